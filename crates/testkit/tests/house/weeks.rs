//! The week's page of the two: what it sums up, who keeps its notes, and when they are reminded of it and of the agreement.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

const DAY: i64 = 86_400_000;

async fn rhythm(h: &House, args: kernel::Json) {
    let asked = h.proposed("manager", "rhythm.set", args).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
}

async fn mornings(h: &House, days: i64) {
    for _ in 0..days {
        h.app.clock.forward(DAY);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    }
}

async fn due(h: &House, what: &str) -> String {
    h.text(format!("select cast(count(*) as text) from notice where due = '{what}'")).await
}

#[tokio::test]
async fn both_are_reminded_on_their_weekday_and_when_the_agreement_comes_back() {
    let h = House::new().await;
    h.app.keep_schedules().await.unwrap();
    mornings(&h, 7).await;
    assert_eq!((due(&h, "week").await.as_str(), due(&h, "agreement").await.as_str()), ("0", "0"), "nobody asked for it");
    rhythm(&h, json!({ "weekday": "wednesday", "agreement_on": "2026-10-08" })).await;
    mornings(&h, 7).await;
    assert_eq!((due(&h, "week").await.as_str(), due(&h, "agreement").await.as_str()), ("2", "0"), "the Manager and the Owner, once");
    assert!(h.get("owner", "/notices").await.text.contains("Ten minutes for the two of you:"));
    mornings(&h, 7).await;
    assert_eq!((due(&h, "week").await.as_str(), due(&h, "agreement").await.as_str()), ("4", "2"));
    assert!(h.get("manager", "/ORB/who-decides").await.text.contains("This agreement is to be looked at again."));
    rhythm(&h, json!({ "weekday": "never", "agreement_on": "" })).await;
    mornings(&h, 7).await;
    assert_eq!((due(&h, "week").await.as_str(), due(&h, "agreement").await.as_str()), ("4", "2"));
    let passed = h.run("manager", "rhythm.set", json!({ "agreement_on": "2026-01-01" })).await;
    assert!(matches!(passed, Err(Refusal::Invalid(_))), "{passed:?}");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_week_sums_up_what_the_two_talk_about() {
    let h = House::new().await;
    let joint =
        h.made("manager", "proposal.open", json!({ "title": "Ship in May?", "area": "commitments", "due_on": "2026-09-22" }), "proposal").await;
    h.run("owner", "proposal.ask", json!({ "proposal": joint, "body": "Which market?" })).await.unwrap();
    h.made("owner", "evidence.record", json!({ "quote": "I gave up and took the car" }), "evidence").await;
    let asked = h.proposed("manager", "initiative.create", json!({ "title": "Holds", "horizon": "now" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.clock.forward(3 * DAY);
    let page = h.get("owner", "/ORB/week").await.text;
    for told in
        ["Ship in May?", "past its day", "on the Owner, ", "Which market?", "I gave up and took the car", "Holds", "no window, nothing left to do"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(h.get("outsider", "/ORB/week").await.status, 404);
}

#[tokio::test]
async fn notes_are_kept_by_the_two_and_one_for_each_week() {
    let h = House::new().await;
    let keep = |who: &'static str, day: &str, body: &str| {
        let args = json!({ "monday": day, "body": body });
        let h = &h;
        async move { h.run(who, "week_note.keep", args).await }
    };
    keep("manager", "2026-09-23", "We ship a **part**").await.unwrap();
    keep("owner", "2026-09-21", "We ship a part in May").await.unwrap();
    assert_eq!(h.number("select count(*) from week_note").await, 1, "a week has one");
    assert!(matches!(keep("developer", "2026-09-21", "me too").await, Err(Refusal::Denied { .. })));
    assert!(h.get("developer", "/ORB/week").await.text.contains("We ship a part in May"), "whoever sees the agreement reads them");
    assert!(!h.get("stakeholder", "/ORB/week").await.text.contains("We ship a part"));
    // Two who write at once: the later one gets both.
    let note = json!({ "monday": "2026-09-21", "body": "Mine", "version": 1 });
    let late = h.run("manager", "week_note.keep", note).await;
    assert!(matches!(late, Err(Refusal::Conflict { .. })), "{late:?}");
    h.app.clock.forward(7 * DAY);
    let page = h.get("manager", "/ORB/week").await.text;
    assert!(page.contains("Earlier notes") && page.contains("The week of 21 Sep"), "{page}");
    assert!(matches!(keep("owner", "2026-09-29", "Next").await, Ok(Outcome::Done(_))));
}
