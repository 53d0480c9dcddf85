//! The stand-up: drafted from what one did, said by oneself alone, together or apart, kept, and reminded of.

use kernel::{Json, Refusal, json};
use testkit::{House, field};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn what_one_says_is_drafted_from_what_one_did() {
    let h = House::new().await;
    let [one, two] = [
        h.made("owner", "story.create", json!({ "title": "Print labels" }), "story").await,
        h.made("owner", "story.create", json!({ "title": "Fold boxes" }), "story").await,
    ];
    for story in [&one, &two] {
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    }
    h.run("developer", "story.hand_over", json!({ "story": one })).await.unwrap();
    let page = h.get("developer", "/ORB/standup").await.text;
    assert!(page.contains("Handed over ORB-1 Print labels") && page.contains("Go on with ORB-2 Fold boxes"), "{page}");
    let others = h.get("owner", "/ORB/standup").await.text;
    assert!(!others.contains("Handed over ORB-1"), "a draft is of what one did oneself: {others}");
    assert_eq!(field(h.run("developer", "standup.give", json!({ "yesterday": " " })).await), "today");
    h.run("developer", "standup.give", json!({ "yesterday": "Labels", "today": "Boxes", "blocked": "No cardboard" })).await.unwrap();
    h.run("developer", "standup.give", json!({ "yesterday": "Labels", "today": "Boxes, then glue", "blocked": "No cardboard" })).await.unwrap();
    assert_eq!(h.number("select count(*) from standup_entry").await, 1, "said again, it takes the place of before");
    let page = h.get("owner", "/ORB/standup").await.text;
    assert!(page.contains("Boxes, then glue") && page.contains("Not yet:"), "{page}");
    // What is in the way becomes an act.
    let manager = h.member("manager").simple().to_string();
    h.run("developer", "story.block", json!({ "story": two, "reason": "No cardboard", "lifter": manager })).await.unwrap();
    assert!(h.get("owner", "/ORB/standup").await.text.contains("can lift it"));
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/standup", Json::Null).await.json();
    assert_eq!(told["said"][0]["today"], "Boxes, then glue", "{told}");
    assert!(!told["missing"].as_array().unwrap().is_empty(), "{told}");
    assert!(matches!(h.run("assistant", "standup.give", json!({ "today": "x" })).await, Err(Refusal::Denied { .. })));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_meeting_has_a_clock_and_each_day_is_kept() {
    let h = House::new().await;
    assert_eq!(field(h.run("owner", "standup.end", json!({})).await), "");
    h.run("owner", "standup.begin", json!({})).await.unwrap();
    h.run("developer", "standup.begin", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from standup").await, 1, "two who begin it begin one");
    let page = h.get("developer", "/ORB/standup").await.text;
    assert!(page.contains("role=\"timer\"") && page.contains("for 15 minutes"), "{page}");
    h.run("developer", "standup.give", json!({ "today": "Boxes" })).await.unwrap();
    h.app.clock.forward(12 * 60_000);
    h.run("owner", "standup.end", json!({ "note": "Pair on the glue" })).await.unwrap();
    let page = h.get("developer", "/ORB/standup").await.text;
    assert!(page.contains("You stood together for 12 minutes") && page.contains("Pair on the glue"), "{page}");
    let day = h.text("select on_day from standup".into()).await;
    h.app.clock.forward(DAY);
    let page = h.get("developer", "/ORB/standup").await.text;
    assert!(!page.contains("Pair on the glue") && page.contains(&format!("standup?day={day}")), "{page}");
    let past = h.get("developer", &format!("/ORB/standup?day={day}")).await.text;
    assert!(past.contains("Pair on the glue") && past.contains("Boxes") && !past.contains("/do/standup.give"), "{past}");
    assert_eq!(h.get("developer", "/ORB/standup?day=nonsense").await.status, 422);
    let entry = h.text("select id from standup_entry".into()).await;
    assert!(h.get("developer", &format!("/ORB/standup?entry={entry}")).await.text.contains("Boxes"));
    assert!(matches!(h.run("manager", "standup.begin", json!({})).await, Err(Refusal::Denied { .. })));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_is_missing_is_reminded_at_the_hour_of_the_team() {
    let h = House::new().await;
    assert_eq!(field(h.run("owner", "standup.set_rule", json!({ "remind_at": "25:00" })).await), "remind_at");
    assert_eq!(field(h.run("owner", "standup.set_rule", json!({ "minutes": 0 })).await), "minutes");
    h.run("owner", "standup.set_rule", json!({ "remind_at": "9:15" })).await.unwrap();
    let now = h.app.clock.now();
    // To the next midnight in UTC that begins a working day.
    let mut midnight = (now / DAY + 1) * DAY;
    while !(1..=5).contains(&((midnight / DAY + 3) % 7 + 1)) {
        midnight += DAY;
    }
    h.app.clock.forward(midnight - now);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    let reminded = "select count(*) from notice where due = 'stand_up'";
    assert_eq!(h.number(reminded).await, 0, "not before its time");
    assert!(h.get("developer", "/ORB/").await.text.contains("Say what you do today"));
    h.run("developer", "standup.give", json!({ "today": "Boxes" })).await.unwrap();
    assert!(!h.get("developer", "/ORB/").await.text.contains("Say what you do today"));
    h.app.clock.forward(9 * HOUR + 16 * 60_000);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    let owner = h.member("owner");
    let to_owner = h.text("select member from notice where due = 'stand_up'".into()).await;
    assert_eq!(to_owner.replace('-', ""), owner.simple().to_string(), "the Owner, who works too, and nobody who has said theirs");
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number(reminded).await, 1);
    // Another hour is another time, and none is none.
    h.run("owner", "standup.set_rule", json!({ "remind_at": "" })).await.unwrap();
    h.app.clock.forward(2 * DAY);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number(reminded).await, 1);
}
