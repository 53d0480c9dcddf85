//! The first day of whoever is new here: controls do what they say, and what goes wrong says so where it went wrong.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::{House, field};

/// The field that a refusal names.
#[tokio::test]
async fn the_same_is_proposed_once() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "A" }), "initiative").await;
    h.made("manager", "initiative.create", json!({ "title": "B", "horizon": "next" }), "initiative").await;
    // Dropped at a place, then chosen in the menu.
    let dropped = h.proposed("manager", "initiative.move", json!({ "initiative": "1", "horizon": "now", "before": "2" })).await;
    let outcome = h.run("manager", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await.unwrap();
    let Outcome::Proposed(again) = outcome else { panic!("{outcome:?}") };
    assert!(again.already && again.proposal.simple().to_string() == dropped);
    assert_eq!(again.asked, [kernel::Hat::Owner], "it waits for whoever has not signed");
    // What is new has another id each time, and is the same all the same.
    h.proposed("manager", "story.create", json!({ "title": "S" })).await;
    h.proposed("manager", "story.create", json!({ "title": "S" })).await;
    assert_eq!(h.number("select count(*) from proposal").await, 2);
    // Somebody else's, and another change, are their own.
    h.proposed("owner", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await;
    h.proposed("manager", "story.create", json!({ "title": "T" })).await;
    h.proposed("manager", "initiative.move", json!({ "initiative": "2", "horizon": "now" })).await;
    assert_eq!(h.number("select count(*) from proposal").await, 5);
    // Once it is settled the same can be asked for again.
    h.run("owner", "proposal.decline", json!({ "proposal": dropped, "note": "Not yet" })).await.unwrap();
    h.proposed("manager", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await;
    assert_eq!(h.number("select count(*) from proposal").await, 6);
    // The page says so.
    let told = h.post("manager", "/ORB/do/initiative.move", "initiative=1&horizon=now").await;
    assert!(told.headers.get("set-cookie").unwrap().to_str().unwrap().contains("proposed%20this%20already"), "{:?}", told.headers);
}

#[tokio::test]
async fn a_story_goes_back_to_open_and_to_work() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let stage = || h.text("select stage from story".into());
    let back = |who: &'static str, to: &'static str| h.run(who, "story.put_back", json!({ "story": "1", "stage": to }));
    assert_eq!(field(back("developer", "open").await), "stage", "work has not begun");
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    assert!(matches!(back("manager", "doing").await, Err(Refusal::Denied { .. })), "work is not the Manager's");
    back("developer", "doing").await.unwrap();
    assert_eq!((stage().await, h.number("select count(*) from story where handed_over_at is null").await), ("doing".into(), 1));
    back("owner", "open").await.unwrap();
    assert_eq!(stage().await, "open");
    let column = h.text("select board_column.name from story join board_column on board_column.id = story.board_column".into()).await;
    assert_eq!(column, "To do", "its card goes with it");
    assert_eq!(field(back("developer", "accepted").await), "stage");
    h.run("developer", "act.undo_last", json!({})).await.unwrap_err();
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(stage().await, "doing");
    // From its panel, for whoever has a part in work.
    let page = h.get("developer", "/ORB/story/1").await.text;
    assert!(page.contains("Back to open") && page.contains("story.put_back"), "{page}");
    assert!(!h.get("manager", "/ORB/story/1").await.text.contains("story.put_back"));
    assert!(page.contains("<h1 dir=\"auto\">ORB-1 A</h1>"), "a story's page is called by its title");
}

#[tokio::test]
async fn numbers_are_taken_as_people_write_them() {
    let h = House::new().await;
    let objective = h.made("manager", "objective.create", json!({ "title": "O" }), "objective").await;
    let create = |start: &str| h_post(&h, "key_result.create", format!("objective={objective}&title=Hours&start_value={start}&target=40"));
    assert_eq!(create("22%2C5").await.status, 303);
    assert_eq!(h.number("select cast(start_value * 10 as bigint) from key_result").await, 225);
    let unclear = create("1%2C234").await;
    assert!(unclear.status == 422 && unclear.text.contains("could be 1.234 or 1234"), "{}", unclear.text);
    assert!(unclear.text.contains("1,234</textarea>"), "what was typed is still there");
    // It is mended where it stands; until the first check-in it stands where it starts.
    let id = h.text("select id from key_result".into()).await;
    assert!(h.get("manager", "/ORB/strategy").await.text.contains("/ORB/do/key_result.edit"));
    h_post(&h, "key_result.edit", format!("key_result={id}&start_value=20&target=30%2C25&unit=h")).await;
    assert_eq!(h.number("select cast(current_value as bigint) from key_result").await, 20);
    h_post(&h, "key_result.measure", format!("key_result={id}&amount=25&confidence=40")).await;
    h_post(&h, "key_result.edit", format!("key_result={id}&start_value=10")).await;
    assert_eq!(h.number("select cast(current_value as bigint) from key_result").await, 25, "what was measured stays");
    // Programs write a point, whatever stands behind it.
    let token = h.token("manager").await;
    let path = format!("/products/ORB/key-results/{id}/measurements");
    assert!(h.rest(&token, "POST", &path, json!({ "amount": 1.234 })).await.status.is_success());
}

#[tokio::test]
async fn what_is_left_empty_is_taken_away() {
    let h = House::new().await;
    let objective = h.made("manager", "objective.create", json!({ "title": "O", "share": 40 }), "objective").await;
    let need = h.made("owner", "need.create", json!({ "title": "N", "importance": 9, "satisfaction": 3 }), "need").await;
    h.made("manager", "initiative.create", json!({ "title": "I" }), "initiative").await;
    let figures = json!({ "initiative": "1", "from_value": 1, "to_value": 2.5, "confidence": 40 });
    h.run("manager", "initiative.edit", figures).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "title": "J" })).await.unwrap();
    assert_eq!(h.number("select count(*) from initiative where to_value = 2.5 and confidence is not null").await, 1, "what is left out stays");
    h_post(&h, "initiative.edit", "initiative=1&key_result=&from_value=&to_value=&confidence=".into()).await;
    assert_eq!(h.number("select count(*) from initiative where from_value is null and to_value is null and confidence is null").await, 1);
    h_post(&h, "objective.edit", format!("objective={objective}&share=")).await;
    h_post(&h, "need.edit", format!("need={need}&importance=8&satisfaction=")).await;
    assert_eq!(h.number("select count(*) from objective where share is null").await, 1);
    assert_eq!(h.number("select count(*) from need where importance = 8 and satisfaction is null").await, 1);
}

async fn h_post(h: &House, command: &str, fields: String) -> testkit::Answer {
    h.post("manager", &format!("/ORB/do/{command}"), &fields).await
}

#[tokio::test]
async fn days_that_cannot_be_are_refused() {
    let h = House::new().await;
    let objective = |starts: &str, ends: &str| json!({ "title": "O", "starts_on": starts, "ends_on": ends });
    assert_eq!(field(h.run("manager", "objective.create", objective("2026-12-01", "2026-11-01")).await), "ends_on");
    let id = h.made("manager", "objective.create", objective("2026-11-01", "2026-12-01"), "objective").await;
    assert_eq!(field(h.run("manager", "objective.edit", json!({ "objective": id, "ends_on": "2026-10-01" })).await), "ends_on");
    let ask = |due: &str| json!({ "title": "Q", "area": "roadmap", "due_on": due });
    assert_eq!(field(h.run("owner", "proposal.open", ask("2026-01-01")).await), "due_on");
    h.run("owner", "proposal.open", ask("2026-09-30")).await.unwrap();
    let evidence = |day: &str| json!({ "quote": "q", "noted_on": day });
    assert_eq!(field(h.run("owner", "evidence.record", evidence("2027-01-01")).await), "noted_on");
    h.run("owner", "evidence.record", evidence("2026-09-01")).await.unwrap();
    // Once its day has passed, a question says so.
    assert!(!h.get("owner", "/ORB/decisions").await.text.contains("overdue"));
    h.app.clock.forward(30 * 86_400_000);
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("overdue"));
}

#[tokio::test]
async fn a_question_is_answered_in_words_and_talked_about() {
    let h = House::new().await;
    h.run("manager", "proposal.open", json!({ "title": "Ship in May?", "area": "commitments", "reason": "I suggest it." })).await.unwrap();
    let id = h.text("select id from proposal".into()).await;
    assert_eq!(h.number("select count(*) from signature where hat = 'manager'").await, 1, "who suggests it has signed it");
    let page = h.get("owner", "/ORB/decisions").await.text;
    assert!(page.contains("Answer as Owner") && page.contains("name=\"about\" value=\"proposal\""), "{page}");
    h.run("owner", "comment.add", json!({ "about": "proposal", "id": id, "body": "Which market?" })).await.unwrap();
    assert!(h.get("manager", "/ORB/decisions").await.text.contains("Which market?"));
    h.run("owner", "proposal.sign", json!({ "proposal": id, "note": "Yes, in Spain" })).await.unwrap();
    let log = h.get("manager", "/ORB/decisions").await.text;
    assert!(log.contains("D-1") && log.contains("Yes, in Spain") && log.contains("Which market?"));
    // Where nobody else is asked, whoever asks answers by an act of their own.
    h.run("owner", "proposal.open", json!({ "title": "Two columns?", "area": "sprints" })).await.unwrap();
    assert_eq!(h.number("select count(*) from proposal where state = 'open'").await, 1);
}

#[tokio::test]
async fn features_are_hung_on_initiatives_from_either_side() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "Reserve" }), "initiative").await;
    for title in ["Hold", "Pick"] {
        h.made("manager", "feature.create", json!({ "title": title, "horizon": "later" }), "feature").await;
    }
    let gaps = h.get("manager", "/ORB/thread").await.text;
    assert!(gaps.contains("Features without an initiative") && gaps.contains("roadmap?open=2"), "{gaps}");
    let panel = h.get("manager", "/ORB/roadmap?open=1").await.text;
    assert!(panel.contains("Choose features") && panel.contains("Pick"), "{panel}");
    let initiative = h.text("select id from initiative".into()).await;
    h.post("manager", "/ORB/do/feature.edit", &format!("_each=feature&initiative={initiative}&feature=2&feature=3")).await;
    assert_eq!(h.number("select count(*) from feature where initiative is not null").await, 2);
    assert_eq!(h.number("select count(distinct act) from activity where kind = 'feature.edited'").await, 1, "one act");
    assert!(h.get("manager", "/ORB/activity").await.text.contains(" and 1 more"), "which says how many it takes back");
    assert!(!h.get("manager", "/ORB/thread").await.text.contains("Features without an initiative"));
    h.post("manager", "/ORB/do/feature.edit", "feature=2&initiative=").await;
    assert!(h.get("manager", "/ORB/roadmap?open=2").await.text.contains("no initiative"));
    // Where horizons differ, both sides say so, and one act brings the features along.
    h.run("manager", "initiative.move", json!({ "initiative": "1", "horizon": "next" })).await.unwrap();
    assert!(h.get("manager", "/ORB/roadmap?open=3").await.text.contains("is in Next; this feature is planned for Later"));
    let panel = h.get("manager", "/ORB/roadmap?open=1").await.text;
    assert!(panel.contains("1 feature of it is planned otherwise") && panel.contains("Move it to Next"), "{panel}");
    h.post("manager", "/ORB/do/feature.move", "_each=feature&horizon=next&feature=3").await;
    assert!(!h.get("manager", "/ORB/roadmap?open=1").await.text.contains("planned otherwise"));
}

#[tokio::test]
async fn a_key_that_is_nowhere_stays_to_be_put_right() {
    let h = House::new().await;
    // An empty product has no whole chain: it has none yet.
    assert!(h.get("manager", "/ORB/thread").await.text.contains("There is nothing to join yet"));
    assert!(h.get("owner", "/ORB/sprints").await.text.contains("No sprint yet"));
    let page = h.get("manager", "/ORB/thread?of=ORB-999").await;
    assert!(
        page.status == 200 && page.text.contains("value=\"ORB-999\"") && page.text.contains("Nothing that you can see is called"),
        "{}",
        page.text
    );
    assert_eq!(h.get("manager", "/ORB/thread?of=need&id=00000000000000000000000000000001").await.status, 404, "a link that leads nowhere");
}

#[tokio::test]
async fn a_stakeholder_reads_the_vision_and_is_offered_no_plan() {
    let h = House::new().await;
    let vision = json!({ "for_whom": "Autobesitzer", "who": "ihr Auto teilen", "is_a": "Portal", "that": "verleiht", "unlike": "Zettel", "ours": "ist sicher" });
    h.made("manager", "vision.publish", vision, "vision").await;
    let home = h.get("stakeholder", "/ORB/").await.text;
    assert!(home.contains("ihr Auto teilen") && home.contains("What they need"), "{home}");
    assert!(!home.contains("Plan one") && home.contains("Where we are going"));
    assert!(h.get("owner", "/ORB/").await.text.contains("Plan one"));
    let strategy = h.get("manager", "/ORB/strategy").await.text;
    assert!(!strategy.contains(" is a "), "parts in another language are not put into a sentence of ours");
}

#[tokio::test]
async fn home_of_a_product_in_flow_speaks_of_no_sprint() {
    let h = House::new().await;
    h.run("owner", "cadence.set", json!({ "way": "flow" })).await.unwrap();
    let home = async |who: &str| h.get(who, "/ORB/").await.text;
    let fresh = home("owner").await;
    assert!(fresh.contains("In flow") && fresh.contains("Nothing is under way."), "{fresh}");
    assert!(!fresh.contains("Plan one") && !fresh.contains("No sprint is running") && !fresh.contains("Plan a sprint"), "{fresh}");
    assert!(fresh.contains("Take up a story") && home("manager").await.contains("Take up a story"), "the first steps fit it as well");
    for n in 0..10 {
        let story = h.made("owner", "story.create", json!({ "title": format!("Done {n}") }), "story").await;
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
        h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
        h.run("owner", "story.accept", json!({ "story": story, "reason": "seen" })).await.unwrap();
    }
    for title in ["Late", "Waits"] {
        let story = h.made("owner", "story.create", json!({ "title": title }), "story").await;
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    }
    h.run("developer", "story.hand_over", json!({ "story": "12" })).await.unwrap();
    for who in ["owner", "developer"] {
        let page = home(who).await;
        for told in [
            "<strong>2 stories</strong> under way",
            "1 handed over and without a verdict yet",
            "<strong>10 stories</strong> accepted in the last two weeks",
        ] {
            assert!(page.contains(told), "{who}: {told}: {page}");
        }
        assert!(!page.contains("for longer than most"), "{page}");
    }
    assert!(home("owner").await.contains("not enough for the next two weeks"), "ten went in two weeks, and none is ready");
    // Each of the ten took a day, so three are many.
    h.app.clock.forward(2 * 86_400_000);
    assert!(home("developer").await.contains("2 for longer than most"));
    // A sprint that runs still is what Home speaks of.
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["11"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    assert!(!home("owner").await.contains("In flow"));
}
