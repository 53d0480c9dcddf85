//! Charts with what is behind them: the burndown of a sprint and the forecast.

use kernel::json;
use testkit::House;

const DAY: i64 = 86_400_000;

/// A sprint of three stories in its sixth day: one was accepted on the second, one came in on the third.
async fn sprint() -> House {
    let h = House::new().await;
    for (title, size) in [("One", 3), ("Two", 5), ("Three", 2), ("Late", 8)] {
        let id = h.made("owner", "story.create", json!({ "title": title }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": id, "points": size })).await.unwrap();
    }
    h.run("owner", "sprint.plan", json!({ "name": "First", "starts_on": "2026-09-21", "ends_on": "2026-10-02" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1", "2", "3"] })).await.unwrap();
    assert_eq!(h.get("owner", "/ORB/reports/burndown.csv?sprint=1").await.status, 404, "it has not begun");
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.app.clock.forward(DAY);
    h.run("developer", "story.start", json!({ "story": "1" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "1", "reason": "seen" })).await.unwrap();
    h.app.clock.forward(DAY);
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["4"] })).await.unwrap();
    h.app.clock.forward(3 * DAY);
    h
}

async fn csv(h: &House, who: &str, path: &str) -> Vec<String> {
    h.get(who, path).await.text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_burndown_tells_what_was_left_and_what_came_in() {
    let h = sprint().await;
    let lines = csv(&h, "owner", "/ORB/reports/burndown.csv?sprint=1").await;
    let days = [
        "2026-09-21,10,10,9",
        "2026-09-22,7,10,8",
        "2026-09-23,15,18,7",
        "2026-09-24,15,18,6",
        "2026-09-25,15,18,5",
        "2026-09-26,15,18,5",
        "2026-09-27,,,5",
    ];
    assert_eq!(lines[0], "Day,Left,Scope,Even pace");
    assert_eq!(lines[1..=days.len()], days, "what is to come is not known, and nobody works on Sundays");
    assert_eq!(lines.last().map(String::as_str), Some("2026-10-02,,,0"));
    let page = h.get("owner", "/ORB/reports/burndown").await.text;
    assert!(page.contains("15 of 18 points are left, 10 more than at an even pace. Its scope has grown by 8 points since the start."), "{page}");
    assert!(
        page.contains("<figure class=\"chart\"") && !page.contains("<svg style") && !page.contains(" style="),
        "the policy forbids styles of their own"
    );
    // Whoever does not see sizes counts stories.
    assert_eq!(
        csv(&h, "stakeholder", "/ORB/reports/burndown.csv?sprint=1").await[1..4],
        ["2026-09-21,3,3,2.7", "2026-09-22,2,3,2.4", "2026-09-23,3,4,2.1"]
    );
    let drawing = h.get("owner", "/ORB/reports/burndown.svg?sprint=1").await.text;
    assert!(drawing.starts_with("<svg") && drawing.contains("<style>") && drawing.contains("Even pace"), "{drawing}");
    for nothing in ["/ORB/reports/burndown.png?sprint=1", "/ORB/reports/pace.csv?sprint=1", "/ORB/reports/burndown.csv?sprint=7"] {
        assert_eq!(h.get("owner", nothing).await.status, 404, "{nothing}");
    }
    assert_eq!(h.get("outsider", "/ORB/reports/burndown.csv?sprint=1").await.status, 404);
    // What leaves it as it closes was left on its last day.
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    let lines = csv(&h, "owner", "/ORB/reports/burndown.csv?sprint=1").await;
    assert_eq!(lines[6], "2026-09-26,15,18,5");
}

#[tokio::test]
async fn a_forecast_tells_when_a_feature_is_done_and_how_sure() {
    let h = House::sample().await;
    let key = h.text("select key from product order by created_at limit 1".into()).await;
    let path = |rest: &str| format!("/{key}/forecast{rest}");
    // A file waits for what is worked out; the page has it at once then.
    let lines = csv(&h, "owner", &path("/ends.csv")).await;
    assert_eq!(lines[0], "Day,\"Share of trials, %\"");
    let all: f64 = lines[1..].iter().filter_map(|line| line.rsplit(',').next()?.parse::<f64>().ok()).sum();
    assert!((97.0..=101.0).contains(&all), "nearly all trials are drawn: {all}, {lines:?}");
    let page = h.get("owner", &path("")).await.text;
    assert!(page.contains("with 85 % certainty; as likely as not by") && page.contains("85 % by "), "{page}");
    assert!(page.contains("Accepted each week") && page.contains("From start to acceptance"));
    let feature = csv(&h, "owner", &path("/ends.csv?feature=2")).await;
    assert!(feature.len() > 2 && feature != lines, "a feature in the middle of the backlog is done before all of it");
    assert!(h.get("owner", &path("?feature=2")).await.text.contains("Hold a bike from the map"));
    assert_eq!(h.get("owner", &path("?feature=999999")).await.status, 404);
    assert_eq!(h.get("owner", &format!("/{key}/work/unknown")).await.status, 404);
    // Its bar on the timeline and the panels of it and its bet say the days at each percentile, once they are worked out.
    let told = async |path: &str| {
        let mut page = String::new();
        for _ in 0..100 {
            page = h.get("owner", &format!("/{key}/{path}")).await.text;
            if page.contains("Likely done by") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        page
    };
    let page = told("timeline?parts=1&open=2").await;
    assert!(page.contains("(50 %)") && page.contains("(85 %)"), "{page}");
    let days = |page: &str| page.split_once("Likely done by").and_then(|(_, rest)| rest.split_once("All features")).map(|(days, _)| days.to_owned());
    let of_feature = days(&page).expect("the panel beside the timeline says them");
    for sure in ["50 %", "70 %", "85 %", "95 %"] {
        assert!(of_feature.contains(sure), "{sure}: {of_feature}");
    }
    assert_eq!(days(&told("roadmap?open=2").await), Some(of_feature), "and its own panel the same");
    assert!(days(&told(&format!("roadmap?open={key}-1")).await).is_some(), "its bet, too");
    let past = h.get("owner", &format!("/{key}/roadmap?open=2&as_of=2020-01-01")).await.text;
    assert!(!past.contains("Likely done by") && !past.contains("No forecast yet"), "a past day has none: {past}");
}

#[tokio::test]
async fn what_cannot_be_told_is_said() {
    let h = House::new().await;
    assert!(h.get("owner", "/ORB/forecast").await.text.contains("The backlog is empty"));
    h.made("owner", "story.create", json!({ "title": "One" }), "story").await;
    let page = h.get("owner", "/ORB/forecast").await.text;
    assert!(page.contains("Nothing can be told yet") && !page.contains("<figure"), "{page}");
    assert_eq!(h.get("owner", "/ORB/forecast/ends.csv").await.status, 404);
    assert_eq!(h.get("outsider", "/ORB/forecast").await.status, 404);
    // The same on the panels of a bet and of a feature, each with its reason.
    h.made("manager", "initiative.create", json!({ "title": "Locks" }), "initiative").await;
    h.made("manager", "feature.create", json!({ "title": "Child lock", "initiative": "2" }), "feature").await;
    for page in ["/ORB/roadmap?open=2", "/ORB/roadmap?open=3", "/ORB/timeline?open=3"] {
        let panel = h.get("owner", page).await.text;
        assert!(panel.contains("No story of it is left to do"), "{page}: {panel}");
    }
    h.made("owner", "story.create", json!({ "title": "Two", "feature": "3" }), "story").await;
    for page in ["/ORB/roadmap?open=2", "/ORB/roadmap?open=ORB-3", "/ORB/timeline?open=3"] {
        let panel = h.get("stakeholder", page).await.text;
        assert!(panel.contains("No forecast yet. Nothing was finished in the last 182 days."), "{page}: {panel}");
    }
    assert_eq!(h.get("owner", "/ORB/roadmap?open=999").await.status, 404);
    assert_eq!(h.get("outsider", "/ORB/roadmap?open=2").await.status, 404);
}
