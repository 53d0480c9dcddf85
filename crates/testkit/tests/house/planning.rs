//! Sprint planning: what fits, who is there, what is to be seen to; the cadence; and a product without sprints.

use kernel::{Refusal, json};
use testkit::{House, field, told};

const DAY: i64 = 86_400_000;

/// A product that has had stories accepted for weeks, and a sprint that is planned with one of three open stories in it.
async fn planned() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for n in 0..14 {
        let id = h.made("owner", "story.create", json!({ "title": format!("Done {n}"), "feature": "2" }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": id, "points": 2 })).await.unwrap();
        h.run("developer", "story.start", json!({ "story": id })).await.unwrap();
        h.app.clock.forward(2 * DAY);
        h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap();
        h.run("owner", "story.accept", json!({ "story": id, "reason": "r" })).await.unwrap();
    }
    for title in ["Small", "Large", "Loose"] {
        h.made("owner", "story.create", json!({ "title": title, "feature": if title == "Loose" { "" } else { "2" } }), "story").await;
    }
    for (story, points) in [("17", 2), ("18", 100)] {
        h.run("developer", "story.estimate", json!({ "story": story, "points": points })).await.unwrap();
    }
    let day = |days: i64| web::when::day(h.app.clock.now() + days * DAY);
    let plan = json!({ "starts_on": day(1), "ends_on": day(14), "deliverables": "A small thing\nA large one" });
    h.run("owner", "sprint.plan", plan).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["17"] })).await.unwrap();
    h
}

#[tokio::test]
async fn planning_says_what_fits_and_what_is_to_be_seen_to() {
    let h = planned().await;
    let page = h.get("owner", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("In 85 of 100 such sprints at least") && page.contains("<span class=\"pill good\">fits</span>"), "{page}");
    assert!(page.contains("Who is there: ") && page.contains("<li dir=\"auto\">A large one</li>"), "{page}");
    assert!(page.contains("no goal") && page.contains("story.mark_ready") && !page.contains("over capacity"), "{page}");
    // Mended where it is said.
    h.run("owner", "story.mark_ready", json!({ "story": "17", "ready": true })).await.unwrap();
    h.run("owner", "sprint.edit", json!({ "sprint": "1", "goal": "Small things work" })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("To be seen to: nothing"), "{page}");
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["18"] })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("hardly fits") && page.contains("over capacity") && page.contains("Take ORB-18 out"), "{page}");
    h.run("owner", "sprint.take_out", json!({ "story": "18" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["19"] })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("1 no thread") && page.contains("Hang it on a feature") && page.contains("1 no estimate"), "{page}");
    // Of whoever does not see sizes stories are counted.
    let page = h.get("stakeholder", "/ORB/sprint?sprint=1").await.text;
    assert!(page.contains("would be done") && !page.contains("no estimate") && !page.contains("2 points"), "{page}");
}

#[tokio::test]
async fn what_comes_in_after_the_start_is_told_as_such() {
    let h = planned().await;
    h.app.clock.forward(DAY);
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let page = h.get("owner", "/ORB/reports/burndown?sprint=1").await.text;
    assert!(page.contains("Nothing came in and nothing went out"), "{page}");
    assert!(!h.get("owner", "/ORB/sprint").await.text.contains("came in later"));
    h.app.clock.forward(1_000);
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["18"] })).await.unwrap();
    for place in ["sprint?sprint=1", "sprint?sprint=1&plan=yes"] {
        let page = h.get("owner", &format!("/ORB/{place}")).await.text;
        assert_eq!(page.matches("came in later").count(), 1, "{page}");
    }
    h.run("owner", "sprint.take_out", json!({ "story": "17" })).await.unwrap();
    for report in ["burndown?sprint=1", "scope-change"] {
        let page = h.get("owner", &format!("/ORB/reports/{report}")).await.text;
        assert!(page.contains("1 story came in, 100 points; 1 story went out, 2 points"), "{page}");
        assert!(page.contains("/ORB/story/17") && page.contains("/ORB/story/18"), "{page}");
    }
    let page = h.get("stakeholder", "/ORB/reports/burndown?sprint=1").await.text;
    assert!(page.contains("1 story came in; 1 story went out."), "sizes are not told: {page}");
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/reports?report=scope-change", json!(null)).await.json();
    let moved: Vec<(&str, bool)> =
        told[0]["moved"].as_array().unwrap().iter().map(|m| (m["story"].as_str().unwrap(), m["came"].as_bool().unwrap())).collect();
    assert!(moved.len() == 2 && moved.contains(&("ORB-18", true)) && moved.contains(&("ORB-17", false)), "{told}");
    let board = h.rest(&token, "GET", "/products/ORB/sprints/1/board", json!(null)).await.json();
    assert_eq!(board["cards"][0]["came_later"], true);
}

/// Two people close the same sprint: one does, the other is told.
#[tokio::test]
async fn a_sprint_is_closed_once() {
    let mut h = planned().await;
    h.add("second", &[kernel::Hat::Owner]).await;
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let close = || json!({ "sprint": "1" });
    let (one, other) = tokio::join!(h.run("owner", "sprint.close", close()), h.run("second", "sprint.close", close()));
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
    let late = if one.is_ok() { other } else { one };
    assert!(told(late).contains("Sprint 1 is closed already."));
}

#[tokio::test]
async fn a_cadence_plans_the_sprints_that_follow() {
    let h = House::new().await;
    let set = async |args| h.run("owner", "cadence.set", args).await;
    assert_eq!(field(set(json!({ "weeks": 5 })).await), "weeks");
    assert_eq!(field(set(json!({ "names": "Sprint" })).await), "names");
    assert_eq!(field(set(json!({ "ahead": 7 })).await), "ahead");
    assert!(matches!(h.run("manager", "cadence.set", json!({ "weeks": 1 })).await, Err(Refusal::Denied { .. })));
    set(json!({ "weeks": 1, "begins": "wednesday", "names": "Week {n}", "ahead": 2 })).await.unwrap();
    assert!(h.get("owner", "/ORB/cadence").await.text.contains("Each begins on a Wednesday and lasts 1 week."));
    h.run("owner", "cadence.plan", json!({})).await.unwrap();
    assert_eq!(h.text("select name from sprint".into()).await, "Week 1");
    // Each morning those that are missing are planned, and no more.
    for _ in 0..3 {
        h.app.clock.forward(DAY);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    }
    assert_eq!(h.number("select count(*) from sprint").await, 2);
    let days = h.app.store.read(|r| r.query("select starts_on, ends_on from sprint order by number", &[])).await.unwrap();
    let days: Vec<(String, String)> = days.into_iter().map(|mut row| (row.take().unwrap(), row.take().unwrap())).collect();
    assert!(days.iter().all(|(first, last)| web::when::weekday(first) == Some(3) && web::when::days_between(first, last) == 6), "{days:?}");
    assert_eq!(web::when::days_between(&days[0].1, &days[1].0), 1, "they follow one another: {days:?}");
    set(json!({ "way": "flow" })).await.unwrap();
    assert!(told(h.run("owner", "cadence.plan", json!({})).await).contains("works without sprints"));
    assert!(h.get("owner", "/ORB/cadence").await.text.contains("Go to the board"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn without_sprints_it_says_how_the_flow_goes() {
    let h = planned().await;
    h.run("owner", "cadence.set", json!({ "way": "flow" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "18" })).await.unwrap();
    let page = h.get("developer", "/ORB/cadence").await.text;
    assert!(page.contains("<strong>1 story</strong> under way") && !page.contains("older than most"), "{page}");
    h.app.clock.forward(9 * DAY);
    let page = h.get("developer", "/ORB/cadence").await.text;
    assert!(page.contains("1 older than most") && page.contains("sprint?flow=yes"), "{page}");
    assert!(page.contains("85 of 100 at most 3 days") && page.contains("In the next 14 days at least"), "{page}");
}

#[tokio::test]
async fn without_sprints_the_board_opens_on_everything_in_flow() {
    let h = House::new().await;
    let one = h.made("owner", "story.create", json!({ "title": "Print labels" }), "story").await;
    h.run("developer", "story.start", json!({ "story": one })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint").await.text;
    assert!(page.contains("No sprint yet") && page.contains("Under way in no sprint"), "{page}");
    h.run("owner", "cadence.set", json!({ "way": "flow" })).await.unwrap();
    let page = h.get("developer", "/ORB/sprint").await.text;
    assert!(page.contains("Everything in flow") && page.contains("Print labels") && !page.contains("No sprint yet"), "{page}");
    assert!(!page.contains("Under way in no sprint"), "what is under way stands on the board: {page}");
    assert!(h.get("owner", "/ORB/sprint?rows=type").await.text.contains("By type"));
    // One that was planned before is found by its name, and one that runs is gone through to its end.
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    assert!(h.get("owner", "/ORB/sprint").await.text.contains("Print labels"));
    assert!(h.get("owner", "/ORB/sprint?sprint=1").await.text.contains("Top of the backlog"));
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [one] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint").await.text;
    assert!(page.contains("Close sprint") && !page.contains("whatever sprint it is in"), "{page}");
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    assert!(h.get("owner", "/ORB/sprint").await.text.contains("whatever sprint it is in"));
}
