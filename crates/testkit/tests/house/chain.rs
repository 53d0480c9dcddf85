//! The chain, end to end: from a vision to a verdict.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

/// Vision, objective, need with evidence, initiative in Now, feature.
pub async fn thread_above(h: &House) -> (String, i64) {
    h.made("manager", "vision.publish", json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": "d", "unlike": "e", "ours": "f" }), "vision").await;
    let objective = h.made("manager", "objective.create", json!({ "title": "Riders find a bike" }), "objective").await;
    let need = h.made("owner", "need.create", json!({ "title": "Know that a bike is there", "importance": 9, "satisfaction": 3 }), "need").await;
    h.made("owner", "evidence.record", json!({ "quote": "It was gone.", "need": need }), "evidence").await;
    h.made("manager", "initiative.create", json!({ "title": "Reserve", "objective": objective, "need": need }), "initiative").await;
    h.made("manager", "feature.create", json!({ "title": "Hold", "initiative": "1" }), "feature").await;
    (objective, 2)
}

async fn story(h: &House, title: &str, criteria: &[&str]) -> String {
    let id = h.made("owner", "story.create", json!({ "title": title, "feature": "2", "criteria": criteria }), "story").await;
    h.run("developer", "story.estimate", json!({ "story": id, "points": 3 })).await.unwrap();
    id
}

#[tokio::test]
async fn from_vision_to_verdict() {
    let h = House::new().await;
    thread_above(&h).await;
    let (a, b, c) = (story(&h, "One", &["it works"]).await, story(&h, "Two", &[]).await, story(&h, "Three", &["it fails"]).await);
    h.run("owner", "sprint.plan", json!({ "goal": "g", "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [a, b, c] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    for id in [&a, &b, &c] {
        h.run("developer", "story.start", json!({ "story": id })).await.unwrap();
        h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap();
    }
    // A criterion that is not known to pass asks for a reason.
    let bare = h.run("owner", "story.accept", json!({ "story": a })).await;
    assert!(matches!(bare, Err(Refusal::Invalid(fields)) if fields[0].field == "reason"));
    let criterion = h.text(format!("select id from criterion where story = '{a}'")).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": a })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": b })).await.unwrap();
    h.run("owner", "story.reject", json!({ "story": c, "reason": "it fails" })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where stage = 'accepted' and sprint is not null").await, 2);
    assert_eq!(h.number("select count(*) from story where stage = 'open' and sprint is null").await, 1, "what is left returns");
    assert_eq!(h.number("select count(*) from verdict where accepted = 0").await, 1);

    let page = h.get("stakeholder", "/ORB/thread?of=ORB-3").await;
    for word in ["Vision", "Riders find a bike", "Know that a bike is there", "It was gone.", "Reserve", "Hold", "One", "Sprint 1", "accepted"] {
        assert!(page.text.contains(word), "the chain lacks {word}");
    }
    let report = h.app.check().await.unwrap();
    assert!(report.wrong.is_empty(), "{:?}", report.wrong);
}

#[tokio::test]
async fn a_verdict_is_given_once_and_only_on_what_was_handed_over() {
    let h = House::new().await;
    thread_above(&h).await;
    let id = story(&h, "One", &[]).await;
    assert!(matches!(h.run("owner", "story.accept", json!({ "story": id })).await, Err(Refusal::Invalid(_))));
    h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap();
    // A double click: two at once, one verdict.
    let (one, two) = tokio::join!(h.run("owner", "story.accept", json!({ "story": id })), h.run("owner", "story.accept", json!({ "story": id })));
    assert_eq!([&one, &two].iter().filter(|r| r.is_ok()).count(), 1);
    assert_eq!(h.number("select count(*) from verdict").await, 1);
    assert!(matches!(h.run("owner", "story.reject", json!({ "story": id, "reason": "x" })).await, Err(Refusal::Invalid(_))));
    // Only a verdict moves a card to accepted.
    let second = story(&h, "Two", &[]).await;
    let column = h.text("select id from board_column where stage = 'accepted'".into()).await;
    assert!(matches!(h.run("developer", "story.move_card", json!({ "story": second, "column": column })).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn a_sprint_starts_and_closes_once() {
    let h = House::new().await;
    thread_above(&h).await;
    let id = story(&h, "One", &[]).await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    assert!(h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.is_err(), "an empty sprint does not start");
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [id] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let (one, two) = tokio::join!(h.run("owner", "sprint.close", json!({ "sprint": "1" })), h.run("owner", "sprint.close", json!({ "sprint": "1" })));
    assert_eq!([&one, &two].iter().filter(|r| r.is_ok()).count(), 1);
    for bad in [
        json!({ "starts_on": "2026-10-04", "ends_on": "2026-09-21" }),
        json!({ "starts_on": "2026-09-21", "ends_on": "2026-12-01" }),
        json!({ "starts_on": "soon", "ends_on": "2026-12-01" }),
    ] {
        assert!(matches!(h.run("owner", "sprint.plan", bad).await, Err(Refusal::Invalid(_))));
    }
}

#[tokio::test]
async fn what_is_left_carries_over() {
    let h = House::new().await;
    thread_above(&h).await;
    let id = story(&h, "One", &[]).await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [id] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    assert!(h.run("owner", "sprint.close", json!({ "sprint": "1", "untouched": "carry_over" })).await.is_err(), "nowhere to go yet");
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-18" })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1", "untouched": "carry_over" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story join sprint on sprint.id = story.sprint where sprint.number = 2").await, 1);
}

#[tokio::test]
async fn the_order_is_strict_and_moves_are_exact() {
    let h = House::new().await;
    let mut ids = vec![];
    for i in 0..6 {
        ids.push(h.made("owner", "story.create", json!({ "title": format!("S{i}") }), "story").await);
    }
    h.run("owner", "story.move", json!({ "story": ids[5], "to": "top" })).await.unwrap();
    h.run("owner", "story.move", json!({ "story": ids[0], "after": ids[3] })).await.unwrap();
    h.run("owner", "story.move_several", json!({ "stories": [ids[1], ids[2]], "to": "bottom" })).await.unwrap();
    let page = h.rest(&h.token("owner").await, "GET", "/products/ORB/backlog", json!(null)).await.json();
    let titles: Vec<&str> = page["items"].as_array().unwrap().iter().map(|s| s["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["S5", "S3", "S0", "S4", "S1", "S2"]);
}

#[tokio::test]
async fn another_story_like_one_stands_right_after_it() {
    let h = House::new().await;
    let first =
        h.made("owner", "story.create", json!({ "title": "Like me", "body": "Text", "labels": ["web"], "criteria": ["a", "b"] }), "story").await;
    h.made("owner", "story.create", json!({ "title": "Last" }), "story").await;
    h.run("developer", "story.estimate", json!({ "story": first, "points": 5 })).await.unwrap();
    h.run("owner", "story.duplicate", json!({ "story": first })).await.unwrap();
    let page = h.rest(&h.token("owner").await, "GET", "/products/ORB/backlog", json!(null)).await.json();
    let told: Vec<(&str, bool)> = page["items"].as_array().unwrap().iter().map(|s| (s["title"].as_str().unwrap(), s["points"].is_null())).collect();
    assert_eq!(told, [("Like me", false), ("Like me", true), ("Last", true)], "after the first, and without its size");
    assert_eq!(h.number("select count(*) from criterion").await, 4);
}

#[tokio::test]
async fn an_edited_criterion_goes_stale() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "One", "criteria": ["a", "b"] }), "story").await;
    let criterion = h.text(format!("select id from criterion where story = '{id}' and number = 1")).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    h.run("owner", "criterion.edit", json!({ "criterion": criterion, "body": "a, but better" })).await.unwrap();
    assert_eq!(h.text(format!("select state from criterion where id = '{criterion}'")).await, "stale");
    let out = h.run("owner", "criterion.edit", json!({ "criterion": criterion, "body": "a, but better" })).await.unwrap();
    assert!(matches!(out, Outcome::Done(done) if done.things.is_empty()), "no difference leaves no trace");
}
