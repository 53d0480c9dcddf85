//! What comes with stories from another tool: sprints, features, and what was decided there before.

use crate::importing::*;
use exchange::Mapping;
use kernel::{json, matrix::Way};
use testkit::House;

const SPRINTS: &str = "id,title,state,points,sprint,closed\n\
    1,Bake bread,Done,5,Spring,2026-03-10\n2,Sell bread,Done,3,Spring,2026-03-12\n3,Clean up,To Do,2,Spring,\n\
    4,Mend the oven,In Progress,8,Autumn,\n5,Grind corn,To Do,1,Winter,\n6,No sprint,To Do,1,,\n";

fn days() -> Mapping {
    let sprints = pairs(&[("Spring", "2026-03-02..2026-03-13"), ("Autumn", "2026-09-14..2026-09-25"), ("Winter", "2026-12-07..2026-12-18")]);
    Mapping { sprints, ..Mapping::default() }
}

#[tokio::test]
async fn sprints_come_in_with_their_days() {
    let h = House::new().await;
    let brought = bring_text(&h, "owner", SPRINTS, &days()).await;
    assert_eq!((brought.report.created, brought.report.sprints.as_slice()), (6, &["Spring".to_owned(), "Autumn".into(), "Winter".into()][..]));
    let state = async |name: &str| h.text(format!("select state from sprint where name = '{name}'")).await;
    assert_eq!(
        [state("Spring").await, state("Autumn").await, state("Winter").await],
        ["closed", "active", "planned"],
        "the clock stands in September 2026"
    );
    let result = h.text("select result from sprint where name = 'Spring'".into()).await;
    assert!(result.contains("\"accepted\":2") && result.contains("\"accepted_points\":8.0"), "{result}");
    let of = async |key: &str| {
        h.text(format!("select coalesce((select name from sprint where sprint.id = story.sprint), '') from story where origin = 'csv:{key}'")).await
    };
    // What a closed sprint left over stands in none; what is running stands on the board.
    assert_eq!([of("1").await, of("3").await, of("4").await, of("5").await, of("6").await], ["Spring", "", "Autumn", "Winter", ""]);
    let board = h.get("owner", "/ORB/sprint").await.text;
    assert!(board.contains("Mend the oven") && board.contains("Autumn"), "{board}");
    assert!(h.get("owner", "/ORB/sprints").await.text.contains("Spring"));
    let again = bring_text(&h, "owner", SPRINTS, &days()).await;
    assert_eq!((again.report.unchanged, again.report.sprints.len(), h.number("select count(*) from sprint").await), (6, 0, 3));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn a_sprint_comes_in_once_and_only_one_runs() {
    let h = House::new().await;
    let sprint = |name: &str, state: &str| json!({ "name": name, "starts_on": "2026-09-14", "ends_on": "2026-09-25", "state": state });
    h.run("owner", "sprint.bring_in", sprint("One", "active")).await.unwrap();
    h.run("owner", "sprint.bring_in", sprint("One", "active")).await.unwrap();
    assert_eq!(h.number("select count(*) from sprint").await, 1, "it is here already");
    let second = h.run("owner", "sprint.bring_in", sprint("Two", "active")).await.unwrap_err().sentence();
    assert!(second.contains("One is still running"), "{second}");
    assert!(h.run("owner", "sprint.bring_in", sprint("Two", "cancelled")).await.is_err());
    let backwards = json!({ "name": "Three", "starts_on": "2026-09-25", "ends_on": "2026-09-14", "state": "planned" });
    assert!(h.run("owner", "sprint.bring_in", backwards).await.unwrap_err().sentence().contains("ends before it starts"));
    h.proposed("developer", "sprint.bring_in", sprint("Four", "planned")).await;
    h.proposed("manager", "sprint.bring_in", sprint("Five", "planned")).await;
    assert_eq!(h.number("select count(*) from sprint").await, 1, "it comes with a backlog, whose Owner plans sprints as well");
}

const EPICS: &str = "id,title,type,parent\n1,Open the library,Epic,\n2,Lend books,Story,1\n3,Take books back,Story,1\n4,Alone,Story,\n";

#[tokio::test]
async fn whoever_decides_both_makes_features_of_epics_at_once() {
    let h = House::of_way(Way::BothHats).await;
    h.second("TWO", "developer").await;
    h.enter("TWO");
    let brought = bring_text(&h, "developer", EPICS, &Mapping::default()).await;
    assert_eq!((brought.report.created, brought.report.features_proposed, brought.features), (3, false, None));
    let hung = "select count(*) from story join feature on feature.id = story.feature where feature.title = 'Open the library'";
    assert_eq!((h.number(hung).await, h.number("select count(*) from proposal").await), (2, 0));
    assert_eq!(field(&h, "csv:2", "labels").await, "[]", "no label stands for a feature that is here");
    let again = bring_text(&h, "developer", EPICS, &Mapping::default()).await;
    assert_eq!((again.report.unchanged, h.number("select count(*) from feature").await), (4, 1));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_manager_makes_features_and_proposes_the_stories() {
    let h = House::new().await;
    let brought = bring_text(&h, "manager", EPICS, &Mapping::default()).await;
    assert_eq!(brought.proposed.as_deref(), Some("Import: 3 new stories from f.csv"));
    assert_eq!((h.number("select count(*) from feature").await, h.number("select count(*) from story").await), (1, 0));
    let proposal = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    let hung = "select count(*) from story join feature on feature.id = story.feature where feature.title = 'Open the library'";
    assert_eq!((h.number(hung).await, h.number("select count(*) from story").await), (2, 3));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_happens_to_stories_meanwhile_does_not_overtake_their_epics() {
    let h = House::new().await;
    bring_text(&h, "owner", EPICS, &Mapping::default()).await;
    h.run("owner", "story.edit", json!({ "story": "1", "labels": ["Open the library", "agreed"] })).await.unwrap();
    h.run("owner", "story.remove", json!({ "story": "2" })).await.unwrap();
    bring_text(&h, "owner", &EPICS.replace("Take books back", "Take books and discs back"), &Mapping::default()).await;
    let proposal = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text("select state from proposal".into()).await, "agreed");
    let hung =
        "select count(*) from story join feature on feature.id = story.feature where feature.title = 'Open the library' and story.removed_at is null";
    assert_eq!((h.number(hung).await, field(&h, "csv:2", "labels").await), (1, r#"["agreed"]"#.into()));
}

#[tokio::test]
async fn what_a_file_decided_before_is_marked_as_imported() {
    let h = House::new().await;
    bring_text(
        &h,
        "owner",
        "id,title,state,points,closed\n1,Bake bread,Done,5,2026-03-10\n2,Sell bread,To Do,3,\n3,Burn bread,Rejected,,\n",
        &Mapping::default(),
    )
    .await;
    let page = async |number: i64| h.get("developer", &format!("/ORB/story/{number}")).await.text;
    let done = page(1).await;
    assert!(done.contains("5 points") && done.contains("as imported") && done.contains("<strong>Accepted</strong> on"), "{done}");
    assert!(page(3).await.contains("<strong>Dropped</strong>, as imported."));
    assert!(page(2).await.contains("as imported"));
    // A size of ours, and a verdict of ours, are marked no more.
    h.run("developer", "story.estimate", json!({ "story": "2", "points": 8.0 })).await.unwrap();
    assert!(!page(2).await.contains("as imported"));
    // Who may not see sizes is not told that there is one.
    let stakeholder = h.get("stakeholder", "/ORB/story/2").await.text;
    assert!(!stakeholder.contains("points"), "{stakeholder}");
    // The record shows what the file said as an import, not as a verdict that somebody gave.
    assert_eq!(h.number("select count(*) from verdict").await, 0);
    assert_eq!(h.number("select count(*) from activity where kind = 'story.estimated'").await, 1);
}
