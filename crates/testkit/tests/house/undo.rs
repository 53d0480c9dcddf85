//! Taking back and doing again: a stack of one's own acts, which the server reads from activity.

use app::{Ask, Batch, Outcome};
use kernel::{Door, Json, Refusal, json};
use testkit::House;

async fn undo(h: &House, who: &str) -> Result<Outcome, Refusal> {
    h.run(who, "act.undo_last", json!({})).await
}

async fn redo(h: &House, who: &str) -> Result<Outcome, Refusal> {
    h.run(who, "act.redo_last", json!({})).await
}

async fn title(h: &House, number: i64) -> String {
    h.text(format!("select title from story where number = {number}")).await
}

async fn named(h: &House, who: &str, story: &str, title: &str) {
    h.run(who, "story.edit", json!({ "story": story, "title": title })).await.unwrap();
}

fn sentence(refused: Result<Outcome, Refusal>) -> String {
    match refused {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_last_act_goes_first_and_an_undo_is_never_what_goes_next() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    for name in ["B", "C", "D"] {
        named(&h, "owner", "1", name).await;
    }
    for name in ["C", "B", "A"] {
        undo(&h, "owner").await.unwrap();
        assert_eq!(title(&h, 1).await, name);
    }
    for name in ["B", "C"] {
        redo(&h, "owner").await.unwrap();
        assert_eq!(title(&h, 1).await, name);
    }
    // What was done again can be taken back again.
    undo(&h, "owner").await.unwrap();
    assert_eq!(title(&h, 1).await, "B");
    // A new act clears what could be done again, and goes first itself.
    named(&h, "owner", "1", "E").await;
    assert!(sentence(redo(&h, "owner").await).contains("nothing to do again"));
    for name in ["B", "A"] {
        undo(&h, "owner").await.unwrap();
        assert_eq!(title(&h, 1).await, name);
    }
    undo(&h, "owner").await.unwrap();
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 0, "the story itself goes last");
    assert!(sentence(undo(&h, "owner").await).contains("nothing of yours"));
    redo(&h, "owner").await.unwrap();
    assert!(h.get("owner", "/ORB/search?q=A").await.text.contains("ORB-1"), "full text finds it again");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn everyone_has_a_stack_of_their_own() {
    let mut h = House::new().await;
    h.add("other", &[kernel::Hat::Owner]).await;
    for n in 1..=2 {
        h.made("owner", "story.create", json!({ "title": format!("S{n}") }), "story").await;
    }
    // In turns, on two stories.
    for n in 1..=3 {
        named(&h, "owner", "1", &format!("mine {n}")).await;
        named(&h, "other", "2", &format!("theirs {n}")).await;
    }
    undo(&h, "owner").await.unwrap();
    undo(&h, "other").await.unwrap();
    undo(&h, "owner").await.unwrap();
    assert_eq!((title(&h, 1).await, title(&h, 2).await), ("mine 1".into(), "theirs 2".into()));
    redo(&h, "other").await.unwrap();
    redo(&h, "owner").await.unwrap();
    assert_eq!((title(&h, 1).await, title(&h, 2).await), ("mine 2".into(), "theirs 3".into()));
    // The assistant's acts are not its member's.
    h.run("manager", "comment.add", json!({ "about": "story", "id": h.text("select id from story where number = 1".into()).await, "body": "mine" }))
        .await
        .unwrap();
    h.run("assistant", "comment.add", json!({ "about": "story", "id": h.text("select id from story where number = 1".into()).await, "body": "its" }))
        .await
        .unwrap();
    undo(&h, "manager").await.unwrap();
    assert_eq!(h.text("select body from comment where removed_at is null".into()).await, "its");
    undo(&h, "assistant").await.unwrap();
    assert_eq!(h.number("select count(*) from comment where removed_at is null").await, 0);
}

#[tokio::test]
async fn what_somebody_else_changed_since_stays_and_nothing_below_it_goes() {
    let mut h = House::new().await;
    h.add("tomas", &[kernel::Hat::Owner]).await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    named(&h, "owner", "1", "B").await;
    named(&h, "owner", "1", "C").await;
    named(&h, "tomas", "1", "D").await;
    for _ in 0..2 {
        let said = sentence(undo(&h, "owner").await);
        assert!(said.contains("Tomas changed the story “C” since"), "{said}");
        assert_eq!(title(&h, 1).await, "D");
    }
    // Once they have taken theirs back, mine can go.
    undo(&h, "tomas").await.unwrap();
    undo(&h, "owner").await.unwrap();
    assert_eq!(title(&h, 1).await, "B");
    // What I made and somebody else went on with is theirs too; what they changed of it elsewhere stays out of it.
    h.made("owner", "story.create", json!({ "title": "E" }), "story").await;
    h.run("developer", "story.estimate", json!({ "story": "2", "points": 3 })).await.unwrap();
    let said = sentence(undo(&h, "owner").await);
    assert!(said.contains("Developer") && said.contains("“E”"), "{said}");
}

#[tokio::test]
async fn a_change_of_other_fields_is_no_change_of_this_one() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    named(&h, "owner", "1", "B").await;
    h.run("developer", "story.estimate", json!({ "story": "1", "points": 3 })).await.unwrap();
    undo(&h, "owner").await.unwrap();
    assert_eq!(h.number("select count(*) from story where title = 'A' and points = 3").await, 1);
}

#[tokio::test]
async fn several_things_changed_at_once_are_one_step() {
    let h = House::new().await;
    for n in 1..=3 {
        h.made("owner", "story.create", json!({ "title": format!("S{n}") }), "story").await;
    }
    h.made("manager", "feature.create", json!({ "title": "F" }), "feature").await;
    h.run("owner", "story.set", json!({ "stories": ["1", "2", "3"], "feature": "4" })).await.unwrap();
    undo(&h, "owner").await.unwrap();
    assert_eq!(h.number("select count(*) from story where feature is not null").await, 0);
    redo(&h, "owner").await.unwrap();
    assert_eq!(h.number("select count(*) from story where feature is not null").await, 3);
    // So is one command for each of what was picked, from a form.
    let picked = h.post("owner", "/ORB/do/story.drop", "_each=story&story=1&story=2&story=3&dropped=true").await;
    assert_eq!(picked.status, 303, "{}", picked.text);
    assert_eq!(h.number("select count(*) from story where stage = 'dropped'").await, 3);
    undo(&h, "owner").await.unwrap();
    assert_eq!(h.number("select count(*) from story where stage = 'dropped'").await, 0);
    // Of several none is done where one cannot be, and who may not decide makes one proposal of them.
    assert_eq!(h.post("owner", "/ORB/do/story.drop", "_each=story&story=1&story=99&dropped=true").await.status, 404);
    assert_eq!(h.number("select count(*) from story where stage = 'dropped'").await, 0);
    h.post("manager", "/ORB/do/story.drop", "_each=story&story=1&story=2&dropped=true").await;
    assert_eq!(h.text("select title from proposal".into()).await, "Drop “S1”, and 1 more");
}

#[tokio::test]
async fn an_act_with_a_part_that_stays_is_passed_over() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    named(&h, "owner", "1", "B").await;
    let asks = vec![
        Ask::named(Some("ORB"), "story.edit", json!({ "story": "1", "title": "C" })),
        Ask::named(Some("ORB"), "import.record", json!({ "format": "csv", "file_name": "f" })),
    ];
    h.app.run_all(&h.visitor("owner", Door::Page), Batch { asks, title: None, dry: false }, |_| {}).await.unwrap();
    // Not the batch but the edit below it, which has been overwritten.
    assert!(sentence(undo(&h, "owner").await).contains("changed the story “B”"));
    assert_eq!(title(&h, 1).await, "C");
}

#[tokio::test]
async fn hundreds_of_steps_go_back_and_forth() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "T0" }), "story").await;
    for n in 1..=320 {
        named(&h, "owner", "1", &format!("T{n}")).await;
    }
    for n in (0..320).rev() {
        undo(&h, "owner").await.unwrap();
        if n % 40 == 0 {
            assert_eq!(title(&h, 1).await, format!("T{n}"));
        }
    }
    for _ in 1..=320 {
        redo(&h, "owner").await.unwrap();
    }
    assert_eq!(title(&h, 1).await, "T320");
    assert!(sentence(redo(&h, "owner").await).contains("nothing to do again"));
}

#[tokio::test]
async fn a_lost_right_makes_a_proposal_about_that_very_act() {
    let mut h = House::new().await;
    h.add("second", &[kernel::Hat::Owner]).await;
    h.made("second", "story.create", json!({ "title": "A" }), "story").await;
    named(&h, "second", "1", "B").await;
    let second = h.member("second").simple().to_string();
    let asked = h.proposed("manager", "membership.set_hats", json!({ "member": second, "hats": ["developer"] })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let asked = h.proposed("second", "act.undo_last", json!({})).await;
    // What its author does meanwhile does not change what was asked for.
    h.run("second", "story.estimate", json!({ "story": "1", "points": 2 })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where title = 'A' and points = 2").await, 1);
    // The decision stays; what can be taken back is what they did themselves.
    undo(&h, "second").await.unwrap();
    assert_eq!(h.number("select count(*) from story where title = 'A' and points is null").await, 1);
    assert!(sentence(redo(&h, "owner").await).contains("nothing to do again"));
}

#[tokio::test]
async fn an_accepted_story_is_reopened_and_not_undone() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S", "criteria": ["c"] }), "story").await;
    h.run("owner", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    let accepted = scripted(&h, "story.accept", "story=1&reason=seen").await;
    assert_eq!((accepted["offer"]["says"].as_str(), accepted["offer"]["command"].as_str()), (Some("Reopen"), Some("story.reopen")));
    let reopened = scripted(&h, "story.reopen", &format!("story={}", accepted["offer"]["fields"]["story"].as_str().unwrap())).await;
    assert!(reopened["offer"].is_null(), "{reopened}");
    assert_eq!(h.text("select stage from story".into()).await, "handed_over");
    assert_eq!(h.number("select count(*) from verdict where removed_at is null").await, 1, "the verdict stays in the record");
    assert!(h.get("owner", "/ORB/acceptance").await.text.contains("Accept story"));
}

#[tokio::test]
async fn after_an_act_is_offered_what_can_be_done_about_it() {
    let h = House::new().await;
    let offered = |told: &Json| told["offer"]["says"].as_str().map(str::to_owned);
    let made = scripted(&h, "story.create", "title=A").await;
    assert_eq!(offered(&made).as_deref(), Some("Undo"));
    let act = made["offer"]["fields"]["act"].as_str().unwrap().to_owned();
    let back = scripted(&h, "act.undo", &format!("act={act}")).await;
    assert_eq!(offered(&back).as_deref(), Some("Redo"));
    let again = scripted(&h, "act.redo_last", "").await;
    assert_eq!(offered(&again).as_deref(), Some("Undo"));
    assert_eq!(again["says"], "Did again a change to “A”.");
    let asked = scripted(&h, "initiative.create", "title=Bet").await;
    assert_eq!(offered(&asked).as_deref(), Some("Withdraw the proposal"));
    let id = asked["offer"]["fields"]["proposal"].as_str().unwrap().to_owned();
    assert_eq!(offered(&scripted(&h, "proposal.withdraw", &format!("proposal={id}")).await), None);
    let question = scripted(&h, "proposal.open", "title=Why&area=backlog").await;
    assert_eq!(offered(&question).as_deref(), Some("Withdraw the question"));
    let id = question["offer"]["fields"]["proposal"].as_str().unwrap().to_owned();
    assert_eq!(offered(&scripted(&h, "proposal.sign", &format!("proposal={id}")).await), None, "a signature is not taken back");
}

/// What the owner's page is told after a form.
async fn scripted(h: &House, command: &str, fields: &str) -> Json {
    let request = axum::http::Request::post(format!("/ORB/do/{command}"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-tandem", "1")
        .header("cookie", h.cookie("owner").await)
        .body(fields.to_owned().into())
        .unwrap();
    let answer = h.send(request).await;
    assert_eq!(answer.status, 200, "{command}: {}", answer.text);
    answer.json()
}

/// Whoever made a thing takes it back with all that they made of it since.
#[tokio::test]
async fn a_new_thing_is_taken_back_with_what_its_maker_changed() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let made = h.text("select act from activity where kind = 'story.created'".into()).await;
    named(&h, "owner", "1", "B").await;
    h.run("owner", "act.undo", json!({ "act": made })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 0);
}
