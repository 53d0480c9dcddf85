//! A new Manager with an export of Jira in German: what keeps its key, what is proposed to whom, and what comes of the
//! next export.

use crate::importing::*;
use exchange::{Arrival, Brought, Format, Mapping, read};
use kernel::{Door, json};
use testkit::House;

const HEAD: &str = "Zusammenfassung,Vorgangsschlüssel,Vorgangstyp,Status,Statuskategorie,Priorität,Zugewiesene Person,Erstellt,Erledigt,Sprint,\
    Ausgehende Vorgangsverknüpfung (Blocks),Übergeordnet,Kommentar\n";
const ROWS: &str = "Laden öffnen,ORB-1,Epic,Zu erledigen,Zu erledigen,Hoch,,02.Mai.26 08:00,,,,,\n\
    Brot backen,ORB-8,Story,In Arbeit,In Arbeit,Hoch,Annegret Schulze,04.Mai.26 17:16,,Sprint 3,ORB-9,ORB-1,04.Mai.26 18:00;developer;Mit Roggen\n\
    Brot verkaufen,ORB-9,Story,In Prüfung,In Arbeit,Niedrig,,04.Mai.26 17:20,,Sprint 3,,ORB-1,\n\
    Ofen gemauert,ORB-12,Aufgabe,Fertig,Fertig,Mittel,,31.Dez.25 23:40,01.Jan.26 00:10,,,,\n";

fn export(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

async fn jira(h: &House, who: &str, text: &str, mapping: &Mapping, dry: bool) -> Brought {
    let mapping = Mapping { zone: "Europe/Berlin".into(), ..mapping.clone() };
    let draft = read(Format::JiraCsv, text.as_bytes(), &mapping).unwrap();
    Arrival { app: &h.app, visitor: &h.visitor(who, Door::Import), product: "ORB", format: Format::JiraCsv, file_name: "board.csv", draft: &draft }
        .bring(dry, |_| {})
        .await
        .unwrap()
}

async fn sign(h: &House, who: &str) {
    let proposal = h.text("select id from proposal where state = 'open' order by id desc limit 1".into()).await;
    h.run(who, "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text(format!("select state from proposal where id = '{proposal}'")).await, "agreed");
}

fn days() -> Mapping {
    Mapping { sprints: pairs(&[("Sprint 3", "2026-09-14..2026-09-25")]), ..Mapping::default() }
}

#[tokio::test]
async fn a_key_keeps_its_number_where_it_is_free() {
    let h = House::new().await;
    let other = h.made("owner", "story.create", json!({ "title": "Ours" }), "story").await;
    assert_eq!(h.number("select number from story").await, 1);
    let brought = jira(&h, "owner", &export(ROWS), &Mapping::default(), false).await;
    assert_eq!(fields(&h, &["jira:ORB-8", "jira:ORB-9", "jira:ORB-12"], "number").await, ["8", "9", "12"]);
    assert!(says(&brought.report.notes, &["3 keys stay"]), "{:?}", brought.report.notes);
    assert!(says(&brought.report.notes, &["ORB-1 becomes ORB-13"]), "the epic, for a story has its number: {:?}", brought.report.notes);
    sign(&h, "manager").await;
    assert_eq!(h.number("select number from feature").await, 13);
    assert_eq!(h.number("select count(*) from story where id <> ''").await, 4, "{other}");
    // The counter goes on behind them.
    h.made("owner", "story.create", json!({ "title": "Next" }), "story").await;
    assert_eq!(h.number("select number from story where title = 'Next'").await, 14);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_key_of_the_file_is_shown_and_found_beside_the_one_here() {
    let h = House::new().await;
    for title in ["One", "Two", "Three"] {
        h.made("owner", "story.create", json!({ "title": title }), "story").await;
    }
    let brought = jira(&h, "owner", &export("Brot backen,ORB-2,Story,In Arbeit,In Arbeit,,,,,,,,\n"), &Mapping::default(), false).await;
    assert!(says(&brought.report.notes, &["ORB-2 becomes ORB-4"]), "{:?}", brought.report.notes);
    assert!(h.get("owner", "/ORB/story/4").await.text.contains("ORB-2 in Jira"));
    assert!(h.get("owner", "/ORB/backlog?stage=all").await.text.contains("title=\"ORB-2 in Jira\""));
    let found = h.get("owner", "/ORB/find?q=orb-2").await.text;
    assert!(found.contains("Two") && found.contains("Brot backen"), "both are called so: {found}");
    let page = h.get("owner", "/ORB/search?q=ORB-2").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Two") && page.text.contains("Brot backen"));
    assert_eq!(h.get("owner", "/ORB/search?q=ORB-3").await.status, 303, "one alone is gone to");
    // A key of another project goes to its story as well.
    jira(&h, "owner", &export("Fremd,ABC-77,Story,In Arbeit,In Arbeit,,,,,,,,\n"), &Mapping::default(), false).await;
    assert_eq!(h.get("owner", "/ORB/search?q=ABC-77").await.location.as_deref(), Some("/ORB/story/5"));
}

#[tokio::test]
async fn the_manager_is_told_what_happens_at_once_and_what_is_proposed() {
    let h = House::new().await;
    let dry = jira(&h, "manager", &export(ROWS), &days(), true).await;
    assert_eq!(dry.proposed.as_deref(), Some("Import: 3 new stories from board.csv"));
    assert!(says(&dry.report.says, &["Proposed to the Owner: 3 new stories."]) && says(&dry.report.says, &["At once", "1 feature on the roadmap"]));
    let brought = jira(&h, "manager", &export(ROWS), &days(), false).await;
    assert_eq!((brought.report.created, brought.report.rows.len()), (3, 4), "the figures stand there after proposing, too");
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(!["sha256", "\"assignee\"", "extra", "Import run"].iter().any(|raw| decisions.contains(raw)), "{decisions}");
    sign(&h, "owner").await;
    assert_eq!(h.number("select count(*) from story where feature is not null").await, 2, "an epic is a feature and no story besides");
    assert_eq!(h.number("select count(*) from story").await, 3);
    let sprint = "select count(*) from story join sprint on sprint.id = story.sprint where sprint.name = 'Sprint 3' and sprint.state = 'active'";
    assert_eq!(h.number(sprint).await, 2, "the Owner's signature plans the sprint as well");
    let column = |key: &str| format!("select name from board_column join story on story.board_column = board_column.id where origin = '{key}'");
    assert_eq!([h.text(column("jira:ORB-8")).await, h.text(column("jira:ORB-9")).await], ["In progress", "In review"]);
    let blocks = "select count(*) from relation join story one on one.id = from_id join story two on two.id = to_id where verb = 'blocks' and one.number = 8 and two.number = 9";
    assert_eq!((h.number(blocks).await, brought.report.links), (1, 1));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn a_large_proposal_is_summed_up() {
    let h = House::new().await;
    let rows: String =
        (1..=30).map(|n| format!("Story {n},ORB-{n},{},Zu erledigen,Zu erledigen,,,,,,,,\n", if n % 3 == 0 { "Bug" } else { "Story" })).collect();
    jira(&h, "manager", &export(&rows), &Mapping::default(), false).await;
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(decisions.contains("30 new stories: 20 story, 10 bug; 30 open"), "{decisions}");
    assert!(decisions.contains("Story 30") && decisions.contains("One by one"));
}

#[tokio::test]
async fn an_import_that_changes_nothing_proposes_nothing() {
    let h = House::new().await;
    jira(&h, "owner", &export(ROWS), &days(), false).await;
    sign(&h, "manager").await;
    let before = h.number("select max(updated_at) from story").await;
    // What is different is nothing that anybody sees.
    let again = export(&ROWS.replace("Hoch", "Höchste"));
    let nothing = jira(&h, "manager", &again, &Mapping::default(), false).await;
    assert_eq!((nothing.proposed, nothing.features, h.number("select count(*) from proposal where state = 'open'").await), (None, None, 0));
    assert!(says(&nothing.report.says, &["nothing changes"]), "{:?}", nothing.report.says);
    assert!(nothing.report.rows.iter().all(|row| row.what == "unchanged"), "nobody changed them: {:?}", nothing.report.rows);
    // The Owner's own import notes what the file says, and nothing looks younger for it.
    jira(&h, "owner", &again, &Mapping::default(), false).await;
    assert!(field(&h, "jira:ORB-8", "extra").await.contains("Höchste"));
    assert_eq!(h.number("select max(updated_at) from story").await, before);
    // One changed row is one changed story.
    let one = jira(&h, "manager", &again.replace("Brot verkaufen", "Brot und Kuchen verkaufen"), &Mapping::default(), false).await;
    assert_eq!(one.proposed.as_deref(), Some("Import: 1 changed story from board.csv"));
    let effects = h.text("select effects from proposal where state = 'open'".into()).await;
    assert!(effects.contains("Brot und Kuchen verkaufen") && !effects.contains("Brot backen"), "{effects}");
}

#[tokio::test]
async fn what_was_done_in_jira_is_proposed_to_whoever_decides() {
    let h = House::new().await;
    let rows = ROWS.replace("Sprint 3", "");
    jira(&h, "owner", &export(&rows), &Mapping::default(), false).await;
    let done = export(&rows.replace(
        "In Arbeit,In Arbeit,Hoch,Annegret Schulze,04.Mai.26 17:16,",
        "Fertig,Fertig,Hoch,Annegret Schulze,04.Mai.26 17:16,06.Mai.26 09:00",
    ));
    let brought = jira(&h, "manager", &done, &Mapping::default(), false).await;
    assert_eq!((brought.report.updated, brought.report.kept.len()), (1, 0), "{:?}", brought.report.kept);
    assert_eq!(field(&h, "jira:ORB-8", "stage").await, "doing", "until it is signed");
    sign(&h, "owner").await;
    assert_eq!(field(&h, "jira:ORB-8", "stage").await, "accepted");
    // A story that stands in a sprint is told where it stands there, whatever was ticked.
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-14", "ends_on": "2026-09-25" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["9"] })).await.unwrap();
    let ticked = Mapping { take: vec![("ORB-9".into(), "stage".into())], ..Mapping::default() };
    let other = jira(&h, "owner", &done.replace("In Prüfung,In Arbeit", "Fertig,Fertig"), &ticked, false).await;
    let kept: Vec<(&str, &str, bool)> = other.report.kept.iter().map(|k| (k.key.as_str(), k.why(), k.open)).collect();
    assert_eq!(kept, [("ORB-9", "it is in a sprint here", false)]);
}

#[tokio::test]
async fn times_are_those_of_whoever_imports() {
    let h = House::new().await;
    let brought = jira(&h, "owner", &export(ROWS), &Mapping::default(), false).await;
    let at = |n: &str| n.parse::<i64>().unwrap();
    assert_eq!(web::when::iso(at(&field(&h, "jira:ORB-8", "created_at").await)), "2026-05-04T15:16:00Z");
    assert_eq!(web::when::iso(at(&field(&h, "jira:ORB-12", "created_at").await)), "2025-12-31T22:40:00Z");
    assert!(says(&brought.report.notes, &["Europe/Berlin"]), "{:?}", brought.report.notes);
    let told: Vec<_> =
        brought.report.rows.iter().filter(|row| row.key == "ORB-12").map(|row| (row.created.as_deref(), row.here.as_deref())).collect();
    assert_eq!(told.len(), 1);
    // An import that reads them in another zone finds the same comments.
    let draft = read(Format::JiraCsv, export(ROWS).as_bytes(), &Mapping::default()).unwrap();
    Arrival {
        app: &h.app,
        visitor: &h.visitor("owner", Door::Import),
        product: "ORB",
        format: Format::JiraCsv,
        file_name: "board.csv",
        draft: &draft,
    }
    .bring(false, |_| {})
    .await
    .unwrap();
    assert_eq!(h.number("select count(*) from comment").await, 1);
    assert!(h.get("owner", "/ORB/story/8").await.text.contains("Priority"));
}

#[tokio::test]
async fn an_epic_takes_along_what_its_row_says() {
    let h = House::new().await;
    let head = "Issue key,Summary,Issue Type,Status,Description,Labels,Custom field (Team),Comment\n";
    let rows = "ABC-1,Open the shop,Epic,To Do,All of it,retail,Blue,04/May/26 6:00 PM;Ann;Soon\nABC-2,Bake,Story,To Do,,,,\n";
    jira(&h, "manager", &format!("{head}{rows}"), &Mapping::default(), false).await;
    let body = h.text("select body from feature".into()).await;
    for said in ["All of it", "Labels: retail", "Blue", "Ann, 2026-05-04", "Soon"] {
        assert!(body.contains(said), "{said}: {body}");
    }
}

#[tokio::test]
async fn whoever_joins_under_a_name_of_the_file_has_the_stories() {
    let mut h = House::new().await;
    jira(&h, "owner", &export(&ROWS.replace("Annegret Schulze", "Bruno")), &Mapping::default(), false).await;
    h.add("bruno", &[]).await;
    assert_eq!(field(&h, "jira:ORB-8", "assignee").await, "");
    h.join("bruno", &[kernel::Hat::Developer]).await;
    assert_eq!(field(&h, "jira:ORB-8", "assignee").await, h.member("bruno").simple().to_string());
    let page = h.get("owner", "/ORB/story/8").await.text;
    assert!(page.contains("<bdi>Developer</bdi></strong>"), "the handle of a comment is somebody here: {page}");
}

#[tokio::test]
async fn an_import_is_not_taken_back_in_silence() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Ours" }), "story").await;
    jira(&h, "owner", &export(ROWS), &Mapping::default(), false).await;
    let refused = h.run("owner", "act.undo_last", json!({})).await.unwrap_err().sentence();
    assert!(refused.contains("Your last act was an import"), "{refused}");
    h.run("owner", "story.edit", json!({ "story": "8", "title": "Brot" })).await.unwrap();
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(field(&h, "jira:ORB-8", "title").await, "Brot backen");
}

#[tokio::test]
async fn a_file_that_is_cut_off_says_so() {
    let text = "key,title,state\n1,One,Open\n2,Tw";
    let draft = read(Format::Csv, text.as_bytes(), &Mapping::default()).unwrap();
    assert!(draft.problems[0].reason.contains("ends in the middle of this row"), "{:?}", draft.problems);
    assert!(says(&draft.notes, &["looks cut off"]));
    let whole = read(Format::Csv, b"key,title,state\n1,One\n", &Mapping::default()).unwrap();
    assert!(!whole.problems[0].reason.contains("cut off"));
}
