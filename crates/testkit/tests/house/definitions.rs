//! The definitions of ready and of done: who changes them, and what the pages make of them.

use kernel::{Json, json};
use testkit::House;

/// What is seen, and a line that people look at.
fn asked() -> Json {
    json!({ "seen": ["criteria", "size"], "others": "Seen by design\n\n Seen by design " })
}

async fn agreed(h: &House) {
    let proposal = h.proposed("manager", "product.define_ready", asked()).await;
    let title = "Change the definition of ready";
    let page = h.get("owner", "/ORB/decisions").await.text;
    assert!(page.contains(title) && page.contains("“Seen by design”"), "whoever signs reads the lines: {page}");
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
}

#[tokio::test]
async fn readiness_is_the_products_own_list() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S", "criteria": ["c"] }), "story").await;
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("1 of 4"), "a new product asks for four things");
    agreed(&h).await;
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(page.contains("1 of 3") && page.contains("Missing: an estimate, Seen by design"), "{page}");
    let panel = h.get("owner", "/ORB/story/1").await.text;
    assert!(panel.contains("aria-label=\"Holds: Seen by design\"") && !panel.contains("Holds: It has an estimate"), "{panel}");
    h.made("owner", "story.find_ready", json!({ "story": "1", "line": "Seen by design", "holds": true }), "story").await;
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("2 of 3"));
    assert!(h.get("owner", "/ORB/activity").await.text.contains("Holds: Seen by design"));
    for (line, why) in [("Tested on a phone", "no such line"), ("It has an estimate", "sees this for itself")] {
        let refused = h.run("owner", "story.find_ready", json!({ "story": "1", "line": line, "holds": true })).await.unwrap_err();
        assert!(refused.sentence().contains(why), "{line}: {}", refused.sentence());
    }
    let told = h.rest(&h.token("owner").await, "GET", "/products/ORB/stories/1/readiness", json!(null)).await.json();
    let holds: Vec<(&str, bool, bool)> = told["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["text"].as_str().unwrap(), l["holds"].as_bool().unwrap(), l["by_people"].as_bool().unwrap()))
        .collect();
    assert_eq!(holds, [("It has acceptance criteria", true, false), ("It has an estimate", false, false), ("Seen by design", true, true)]);
    // What leaves the definition counts for nothing, and an empty one asks for nothing.
    let proposal = h.proposed("manager", "product.define_ready", json!({})).await;
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(!page.contains("class=\"readiness\"") && !h.get("owner", "/ORB/story/1").await.text.contains("ready-list"));
}

#[tokio::test]
async fn the_list_of_everything_says_where_each_story_stands() {
    let h = House::new().await;
    for title in ["Waits", "Moves", "Done"] {
        let story = h.made("owner", "story.create", json!({ "title": title }), "story").await;
        h.run("owner", "story.mark_ready", json!({ "story": story, "ready": true })).await.unwrap();
    }
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-20", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["2", "3"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    for story in ["2", "3"] {
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    }
    h.run("developer", "story.hand_over", json!({ "story": "3" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "3", "reason": "r" })).await.unwrap();
    let page = h.get("owner", "/ORB/backlog?stage=all").await.text;
    let row = |title: &str| page.split("<li class=\"row-item").find(|row| row.contains(&format!(">{title}</a>"))).unwrap().to_owned();
    for (title, stage, ready) in [("Waits", "open", true), ("Moves", "in progress", false), ("Done", "accepted", false)] {
        let row = row(title);
        assert!(row.contains(&format!("\">{stage}</span>")), "{title}: {row}");
        assert_eq!(row.contains("\">ready</span>"), ready, "{title}: {row}");
    }
    assert!(!h.get("owner", "/ORB/story/3").await.text.contains("<dt>Ready</dt>"));
    assert!(!h.get("owner", "/ORB/backlog").await.text.contains("\">open</span>"), "where all are open, none says so");
}

#[tokio::test]
async fn the_definition_of_done_stands_where_a_verdict_is_given() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    assert!(h.get("owner", "/ORB/acceptance").await.text.contains("Write a definition of done"));
    assert!(!h.get("developer", "/ORB/acceptance").await.text.contains("Write a definition of done"), "it falls under acceptance");
    assert!(h.run("developer", "product.define_done", json!({ "lines": "x" })).await.is_err());
    h.made("owner", "product.define_done", json!({ "lines": "In the manual\nMeasured" }), "product").await;
    for page in ["/ORB/acceptance", "/ORB/story/1", "/ORB/backlog?stage=all&open=1"] {
        let told = h.get("owner", page).await.text;
        assert!(told.contains("<li dir=\"auto\">In the manual</li>"), "{page}: {told}");
    }
    let settings = h.get("developer", "/ORB/settings").await.text;
    assert!(settings.contains("In the manual") && settings.contains("The Owner decides on acceptance."), "{settings}");
    let told = h.rest(&h.token("developer").await, "GET", "/products/ORB/definitions", json!(null)).await.json();
    assert_eq!((told["done"].clone(), told["ready"][0]["seen"].clone()), (json!(["In the manual", "Measured"]), json!("criteria")));
}

#[tokio::test]
async fn a_verdict_keeps_the_definition_of_done_as_it_was() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    // Longer than what a line of activity holds itself.
    let long = "In the manual, in every language that we speak, with pictures ".repeat(3).trim_end().to_owned();
    h.made("owner", "product.define_done", json!({ "lines": format!("{long}\nMeasured") }), "product").await;
    h.run("owner", "story.accept", json!({ "story": "1", "reason": "r" })).await.unwrap();
    h.made("owner", "product.define_done", json!({ "lines": "Something else" }), "product").await;
    let story = h.get("owner", "/ORB/story/1").await.text;
    let kept = format!("Definition of done at that time</summary><ul><li dir=\"auto\">{long}</li><li dir=\"auto\">Measured</li>");
    assert!(story.contains(&kept) && !story.contains("Something else"), "{story}");
    let activity = h.get("owner", "/ORB/activity").await.text;
    assert!(activity.contains("Definition of done: In the manual, in every language") && !activity.contains("sha256:"), "{activity}");
    let told = h.rest(&h.token("owner").await, "GET", "/products/ORB/verdicts?fields=done_list", json!(null)).await.json();
    assert_eq!(told["items"][0]["done_list"], json!([long, "Measured"]));
}

#[tokio::test]
async fn a_past_day_knows_nothing_of_windows_that_passed_later() {
    let h = House::of_way(kernel::matrix::Way::BothHats).await;
    h.made("manager", "initiative.create", json!({ "title": "Bet" }), "initiative").await;
    let day = |ahead: i64| web::when::day(h.app.clock.now() + ahead * 86_400_000);
    let (begins, ends, then) = (day(-5), day(2), day(0));
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "starts_on": begins, "ends_on": ends })).await.unwrap();
    h.app.clock.forward(10 * 86_400_000);
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "starts_on": day(-3), "ends_on": day(20) })).await.unwrap();
    h.app.clock.forward(30 * 86_400_000);
    let passed = "window passed";
    assert!(h.get("manager", "/ORB/roadmap").await.text.contains(passed), "the second window is over by now");
    let past = h.get("manager", &format!("/ORB/roadmap?as_of={then}")).await.text;
    let board = past.split_once("class=\"board").unwrap().1;
    assert!(!board.contains(passed) && board.contains(&web::when::short_day(&ends, &ends[..4])), "{board}");
    let between = web::when::day(h.app.clock.now() - 31 * 86_400_000);
    let past = h.get("manager", &format!("/ORB/roadmap?as_of={between}")).await.text;
    assert!(past.split_once("class=\"board").unwrap().1.contains(passed), "the first window was over on {between}");
}
