//! The calendar of days off: whose days count where, who sees them, and what they do to a sprint.

use kernel::{Json, Refusal, json};
use testkit::House;

const FILE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nX-WR-CALNAME:Feiertage\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261003\r\nSUMMARY:Unity\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261005\r\nSUMMARY:Bridge day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[tokio::test]
async fn whoever_works_with_someone_sees_when_they_are_away() {
    let h = House::new().await;
    let take = async |who: &str, args: Json| h.app.run(&h.visitor(who, kernel::Door::Page), app::Ask::named(None, "day_off.take", args)).await;
    take("developer", json!({ "first_day": "2026-09-28", "last_day": "2026-09-30" })).await.unwrap();
    take("outsider", json!({ "first_day": "2026-09-28" })).await.unwrap();
    for (args, at) in [
        (json!({ "first_day": "2026-09-29" }), "first_day"),
        (json!({ "first_day": "2026-09-29", "last_day": "2026-09-01" }), "last_day"),
        (json!({ "first_day": "2026-09-29", "last_day": "2036-09-01" }), "last_day"),
    ] {
        let refused = take("developer", args).await;
        assert!(matches!(&refused, Err(Refusal::Invalid(wrong)) if wrong[0].field == at), "{refused:?}");
    }
    assert!(matches!(take("assistant", json!({ "first_day": "2026-09-29" })).await, Err(Refusal::Denied { .. })));
    let seen = async |who: &str, path: &str| h.rest(&h.token(who).await, "GET", path, Json::Null).await;
    let away = seen("owner", "/products/ORB/calendar?from=2026-09-27&until=2026-10-04").await.json();
    assert_eq!(away["away"].as_array().unwrap().len(), 1, "{away}");
    assert_eq!((&away["away"][0]["name"], &away["away"][0]["last_day"]), (&json!("Developer"), &json!("2026-09-30")));
    assert!(h.get("manager", "/ORB/calendar").await.text.contains("Developer"));
    assert_eq!(seen("owner", "/account/days-off").await.json()["items"], json!([]), "the list is one's own");
    let own = seen("developer", "/account/days-off").await.json();
    let id = own["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(seen("outsider", &format!("/account/days-off/{id}")).await.status, 404);
    let drop =
        async |who: &str| h.app.run(&h.visitor(who, kernel::Door::Page), app::Ask::named(None, "day_off.drop", json!({ "day_off": id }))).await;
    assert!(matches!(drop("owner").await, Err(Refusal::NotFound)), "a colleague's are not theirs to change");
    assert!(seen("developer", "/account/activity").await.text.contains("day_off.taken"), "one's own record");
    assert!(!seen("owner", "/account/activity").await.text.contains("day_off"));
    drop("developer").await.unwrap();
    assert_eq!(seen("owner", "/products/ORB/calendar?from=2026-09-27").await.json()["away"], json!([]));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_products_days_off_are_signed_by_both() {
    let h = House::new().await;
    let asked = h.proposed("manager", "holiday.bring_in", json!({ "ics": FILE, "year": 2026 })).await;
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("Days off: Feiertage, 2026"));
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("developer", "/ORB/calendar").await.text;
    assert!(page.contains("Unity") && page.contains("Mon 5 Oct"), "{page}");
    for again in [json!({ "ics": FILE }), json!({ "ics": "BEGIN:VCALENDAR" }), json!({ "ics": "x" })] {
        assert!(matches!(h.run("manager", "holiday.bring_in", again).await, Err(Refusal::Invalid(_))));
    }
    assert!(matches!(h.run("stakeholder", "holiday.add", json!({ "day": "2026-12-25", "name": "x" })).await, Err(Refusal::Denied { .. })));
}

#[tokio::test]
async fn a_sprint_holds_less_while_people_are_away() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    h.run("developer", "story.estimate", json!({ "story": "1", "points": 20 })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-02" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    for command in ["story.start", "story.hand_over"] {
        h.run("developer", command, json!({ "story": "1" })).await.unwrap();
    }
    h.run("owner", "story.accept", json!({ "story": "1", "reason": "r" })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-16" })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "T" }), "story").await;
    let page = async || h.get("owner", "/ORB/sprint?sprint=2&plan=yes").await.text;
    assert!(page().await.contains("of about 20 points") && !page().await.contains("days of work are left"));
    let asked = h.proposed("manager", "holiday.bring_in", json!({ "ics": FILE })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let days = json!({ "first_day": "2026-10-12", "last_day": "2026-10-15" });
    h.app.run(&h.visitor("developer", kernel::Door::Page), app::Ask::named(None, "day_off.take", days)).await.unwrap();
    let fewer = page().await;
    assert!(
        fewer.contains("of about 10 points")
            && fewer.contains("5 of 10 days of work are left: 1 day off for all (Bridge day), Developer away 4 days"),
        "{fewer}"
    );
}
