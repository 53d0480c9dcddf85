//! What becomes of each story when a sprint ends.

use crate::chain::thread_above;
use kernel::{Refusal, json};
use testkit::House;

/// A running sprint with a story accepted, one handed over, one in progress and one that came in later and was not begun.
async fn running(h: &House) -> [String; 4] {
    thread_above(h).await;
    let mut ids = vec![];
    for title in ["Accepted", "Waiting", "Doing", "Untouched"] {
        let id = h.made("owner", "story.create", json!({ "title": title, "feature": "2" }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": id, "points": 3 })).await.unwrap();
        ids.push(id);
    }
    h.run("owner", "sprint.plan", json!({ "goal": "Riders hold a bike", "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ids[..3] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [ids[3]] })).await.unwrap();
    for id in &ids[..3] {
        h.run("developer", "story.start", json!({ "story": id })).await.unwrap();
    }
    for id in &ids[..2] {
        h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap();
    }
    h.run("owner", "story.accept", json!({ "story": ids[0] })).await.unwrap();
    ids.try_into().unwrap()
}

/// A story's stage, and whether it is in a sprint.
async fn stands(h: &House, id: &str) -> String {
    h.text(format!("select stage || case when sprint is null then '' else ' in a sprint' end from story where id = '{id}'")).await
}

#[tokio::test]
async fn the_form_names_what_will_happen_and_the_queue_is_kept() {
    let h = House::new().await;
    let [accepted, waiting, doing, untouched] = running(&h).await;
    let page = h.get("owner", "/ORB/sprint").await.text;
    for words in ["1 story accepted", "Waiting for a verdict", "Keep them in the queue for acceptance", "In progress", "Not begun"] {
        assert!(page.contains(words), "the form lacks {words:?}");
    }
    h.run("owner", "sprint.close", json!({ "sprint": "1", "goal": "partly", "note": "Holds work, release does not." })).await.unwrap();
    assert_eq!(stands(&h, &accepted).await, "accepted in a sprint");
    assert_eq!(stands(&h, &waiting).await, "handed_over in a sprint");
    assert_eq!((stands(&h, &doing).await, stands(&h, &untouched).await), ("open".into(), "open".into()));
    assert!(h.get("owner", "/ORB/acceptance").await.text.contains("Waiting"), "it waits on in the queue");
    let page = h.get("stakeholder", "/ORB/sprint?sprint=1").await.text;
    for words in ["goal partly reached", "Holds work", "waited for a verdict", "returned to the backlog", "Scope changed: 1 came in, 0 went out"] {
        assert!(page.contains(words), "the summary lacks {words:?}");
    }
    // Until there is another one its result is what the sprint's page opens on.
    let page = h.get("owner", "/ORB/sprint").await.text;
    for words in
        ["goal partly reached", "No sprint is running or planned.", "review?sprint=1", "Plan a sprint", "of 12 points accepted", "scope grew by 3"]
    {
        assert!(page.contains(words), "between two sprints the page lacks {words:?}");
    }
    // Accepted afterwards it counts where it was finished.
    h.run("owner", "story.accept", json!({ "story": waiting })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("1 accepted since") && page.contains("Velocity 6"), "{page}");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_is_rejected_after_its_sprint_returns_to_the_backlog() {
    let h = House::new().await;
    let [_, waiting, ..] = running(&h).await;
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    h.run("owner", "story.reject", json!({ "story": waiting, "reason": "too slow" })).await.unwrap();
    assert_eq!(stands(&h, &waiting).await, "open", "no closed board keeps it");
}

#[tokio::test]
async fn a_cancelled_sprint_keeps_the_queue_too() {
    let h = House::new().await;
    let [_, waiting, doing, _] = running(&h).await;
    h.run("owner", "sprint.cancel", json!({ "sprint": "1" })).await.unwrap();
    assert_eq!((stands(&h, &waiting).await, stands(&h, &doing).await), ("handed_over in a sprint".into(), "open".into()));
}

#[tokio::test]
async fn each_group_goes_its_own_way() {
    let h = House::new().await;
    let [_, waiting, doing, untouched] = running(&h).await;
    let nowhere = h.run("owner", "sprint.close", json!({ "sprint": "1", "doing": "carry_over" })).await;
    assert!(matches!(nowhere, Err(Refusal::Invalid(fields)) if fields[0].field == "into"));
    let unfinished = h.run("owner", "sprint.close", json!({ "sprint": "1", "doing": "wait" })).await;
    assert!(matches!(unfinished, Err(Refusal::Invalid(fields)) if fields[0].field == "doing"), "only what is handed over waits");
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-18" })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1", "waiting": "return", "doing": "carry_over" })).await.unwrap();
    assert_eq!((stands(&h, &waiting).await, stands(&h, &untouched).await), ("open".into(), "open".into()));
    assert_eq!(stands(&h, &doing).await, "doing in a sprint");
    assert_eq!(h.number("select count(*) from story join sprint on sprint.id = story.sprint where sprint.number = 2").await, 1);
}

/// What the page's script is told after an act.
async fn told(h: &House, path: &str, fields: &str) -> kernel::Json {
    let request = axum::http::Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-tandem", "1")
        .header("cookie", h.cookie("owner").await);
    h.send(request.body(fields.to_owned().into()).unwrap()).await.json()
}

#[tokio::test]
async fn neither_start_nor_close_is_undone_and_what_may_be_done_instead_is_named() {
    let h = House::new().await;
    running(&h).await;
    for days in ["starts_on=2026-10-05&ends_on=2026-10-18", "starts_on=2026-10-19&ends_on=2026-11-01"] {
        assert_eq!(h.post("owner", "/ORB/do/sprint.plan", days).await.status, 303);
    }
    let closed = told(&h, "/ORB/do/sprint.close", "sprint=1").await;
    assert!(closed["offer"].is_null(), "{closed}");
    let page = h.get("owner", closed["look"].as_str().unwrap()).await.text;
    assert!(page.contains("What came of it") && page.contains("Put 2 stories that came back into Sprint 2"), "{page}");
    assert!(!h.get("stakeholder", "/ORB/sprint?sprint=1").await.text.contains("that came back into"));
    let form = testkit::offered::Offered::read(&page)
        .controls
        .into_iter()
        .find(|c| c.fields.iter().any(|(name, _)| name == "sprint") && c.action.ends_with("story.set"));
    let fields: Vec<String> = form.unwrap().fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(h.post("owner", "/ORB/do/story.set", &fields.join("&")).await.status, 303);
    assert_eq!(h.number("select count(*) from story join sprint on sprint.id = story.sprint where sprint.number = 2").await, 2);
    assert!(!h.get("owner", "/ORB/sprint?sprint=1").await.text.contains("that came back into"));
    let started = told(&h, "/ORB/do/sprint.start", "sprint=2").await;
    assert_eq!(started["offer"]["says"], "Cancel the sprint");
    let removed = told(&h, "/ORB/do/story.create", "title=x").await;
    assert!(removed["look"].is_null());
    let number = h.text("select cast(max(number) as text) from story".into()).await;
    let removed = told(&h, "/ORB/do/story.remove", &format!("story={number}")).await;
    assert_eq!((removed["there"].as_str(), removed["look"].as_str()), (Some("Removed things"), Some("/ORB/removed")));
}
