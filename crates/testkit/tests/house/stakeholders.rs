//! Stakeholders: where they stand, when they are to hear, what was promised, and who reads of it.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

async fn council(h: &House) -> String {
    let council =
        json!({ "name": "The council", "kind": "group", "wants": "What the money does.", "every_days": 30, "power": "high", "interest": "low" });
    h.made("manager", "stakeholder.add", council, "stakeholder").await
}

fn refused(result: Result<Outcome, Refusal>) -> String {
    match result {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

async fn to_tell(h: &House) -> Json {
    let token = h.token("manager").await;
    h.rest(&token, "GET", "/products/ORB/stakeholders-to-tell", Json::Null).await.json()
}

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn they_are_to_hear_again_after_so_many_days() {
    let h = House::new().await;
    let council = council(&h).await;
    h.made("manager", "stakeholder.add", json!({ "name": "Press" }), "stakeholder").await;
    assert_eq!(to_tell(&h).await, json!([]));
    h.app.clock.forward(31 * DAY);
    let told = to_tell(&h).await;
    assert_eq!((told[0]["name"].as_str(), told[0]["last"].as_str(), told.as_array().unwrap().len()), (Some("The council"), None, 1), "{told}");
    assert!(h.get("manager", "/ORB/stakeholders").await.text.contains("1 day over"));
    h.run("manager", "contact.note", json!({ "stakeholder": council, "note": "They like it." })).await.unwrap();
    assert_eq!(to_tell(&h).await, json!([]));
    let panel = h.get("owner", &format!("/ORB/stakeholders?open={council}")).await.text;
    assert!(panel.contains("They like it.") && panel.contains("every 30 days"), "{panel}");
    assert!(refused(h.run("manager", "contact.note", json!({ "stakeholder": council, "happened_on": "2099-01-01" })).await).contains("to come"));
    let contact = h.text("select id from contact".into()).await;
    h.run("manager", "contact.remove", json!({ "contact": contact })).await.unwrap();
    assert_eq!(to_tell(&h).await.as_array().unwrap().len(), 1, "what was no telling does not count");
    h.run("manager", "stakeholder.edit", json!({ "stakeholder": council, "every_days": null })).await.unwrap();
    assert_eq!(to_tell(&h).await, json!([]));
    assert!(refused(h.run("manager", "stakeholder.edit", json!({ "stakeholder": council, "every_days": 0 })).await).contains("from 1 to"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_owner_proposes_where_somebody_stands() {
    let h = House::new().await;
    let council = council(&h).await;
    let place = json!({ "stakeholder": council, "power": "high", "interest": "high" });
    let asked = h.proposed("owner", "stakeholder.place", place).await;
    assert_eq!(h.text("select interest from stakeholder".into()).await, "low");
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text("select interest from stakeholder".into()).await, "high");
    h.run("manager", "stakeholder.place", json!({ "stakeholder": council, "power": "low", "interest": "middling" })).await.unwrap();
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.text("select power from stakeholder".into()).await, "high");
}

#[tokio::test]
async fn a_promise_is_kept_or_says_what_became_of_it() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "Costs in sight" }), "initiative").await;
    let council = council(&h).await;
    let promised = json!({ "stakeholder": council, "what": "A report", "due_on": "2027-01-31", "item": "ORB-1" });
    let promise = h.made("manager", "promise.make", promised, "promise").await;
    let make = |more: Json| json!({ "stakeholder": council, "what": "x", "due_on": more["due_on"], "item": more["item"] });
    assert!(refused(h.run("manager", "promise.make", make(json!({ "due_on": "2001-01-01" }))).await).contains("passed"));
    assert!(refused(h.run("manager", "promise.make", make(json!({ "item": "ORB-99" }))).await).contains("has this key"));
    assert!(refused(h.run("manager", "promise.settle", json!({ "promise": promise, "became": "broken" })).await).contains("what became of it"));
    let page = h.get("manager", &format!("/ORB/stakeholders?promise={promise}")).await.text;
    assert!(page.contains("A report") && page.contains("1 open") && page.contains("Costs in sight"), "{page}");
    h.run("manager", "promise.edit", json!({ "promise": promise, "due_on": "2027-02-15", "item": "" })).await.unwrap();
    let page = h.get("manager", &format!("/ORB/stakeholders?open={council}")).await.text;
    assert!(page.contains("15 Feb 2027") && !page.contains("Costs in sight</bdi></a></p>"), "{page}");
    h.run("manager", "promise.settle", json!({ "promise": promise, "became": "broken", "note": "The data came late." })).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/stakeholders?open={council}")).await.text.contains("The data came late."));
    assert!(refused(h.run("manager", "promise.settle", json!({ "promise": promise, "became": "kept" })).await).contains("settled already: not kept"));
    assert!(refused(h.run("manager", "promise.edit", json!({ "promise": promise, "what": "y" })).await).contains("settled already"));
}

#[tokio::test]
async fn what_was_promised_to_who_left_stays_readable() {
    let h = House::new().await;
    let council = council(&h).await;
    let open = h.made("manager", "promise.make", json!({ "stakeholder": council, "what": "A report" }), "promise").await;
    let kept = h.made("manager", "promise.make", json!({ "stakeholder": council, "what": "A visit" }), "promise").await;
    h.run("manager", "promise.settle", json!({ "promise": kept, "became": "kept" })).await.unwrap();
    h.run("manager", "contact.note", json!({ "stakeholder": council, "note": "They came." })).await.unwrap();
    h.run("manager", "stakeholder.remove", json!({ "stakeholder": council })).await.unwrap();
    assert_eq!(h.text(format!("select kept from promise where id = '{open}'")).await, "withdrawn");
    let page = h.get("owner", &format!("/ORB/stakeholders?open={council}")).await.text;
    for told in ["No stakeholder any more", "A report", "A visit", "They came.", "withdrawn"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("/ORB/do/promise."), "it is read and no more");
    assert!(h.get("owner", &format!("/ORB/stakeholders?promise={open}")).await.text.contains("A report"));
    assert_eq!(h.get("stakeholder", &format!("/ORB/stakeholders?open={council}")).await.status, 404);
    let more = json!({ "stakeholder": council, "what": "z" });
    assert!(matches!(h.run("manager", "promise.make", more).await, Err(Refusal::NotFound)), "nothing new is promised to them");
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.text(format!("select kept from promise where id = '{open}'")).await, "open", "who comes back is promised it again");
    assert_eq!(h.number("select count(*) from stakeholder where removed_at is null").await, 1);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_looks_after_them_is_reminded_on_the_day_and_each_week() {
    let h = House::new().await;
    let morning = async |days: i64| {
        h.app.clock.forward(days * DAY);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    };
    let reminded = async |who: &str, of: &str| {
        let member = h.member(who).simple().to_string();
        h.text(format!("select cast(count(*) as text) from notice where due = '{of}' and member = '{member}'")).await
    };
    let council = council(&h).await;
    let no_say = h.run("manager", "stakeholder.edit", json!({ "stakeholder": council, "keeper": h.member("developer") })).await;
    assert!(refused(no_say).contains("no say"), "a developer reads nothing of them");
    let owner = h.member("owner").simple().to_string();
    h.run("manager", "stakeholder.edit", json!({ "stakeholder": council, "keeper": owner })).await.unwrap();
    let promise = json!({ "stakeholder": council, "what": "A report", "due_on": "2026-10-20" });
    h.made("manager", "promise.make", promise, "promise").await;
    morning(0).await;
    morning(32).await;
    for (who, of, times) in [("owner", "tell", "1"), ("manager", "tell", "0"), ("owner", "promise", "0"), ("manager", "promise", "1")] {
        assert_eq!(reminded(who, of).await, times, "{who} {of}");
    }
    let home = h.get("owner", "/ORB/").await.text;
    assert!(home.contains("To be told") && home.contains("The council"), "who looks after them sees it on Home");
    let home = h.get("manager", "/ORB/").await.text;
    assert!(home.contains("A report") && home.contains("Promises that are due"), "{home}");
    assert!(h.get("manager", "/notices").await.text.contains("Promised, and due:"));
    morning(3).await;
    assert_eq!(reminded("owner", "tell").await, "1", "once for each occasion");
    morning(9).await;
    assert_eq!((reminded("owner", "tell").await.as_str(), reminded("manager", "promise").await.as_str()), ("2", "2"), "and each week");
    let left = h.proposed("manager", "membership.remove", json!({ "member": owner })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": left })).await.unwrap();
    morning(9).await;
    assert_eq!(reminded("manager", "tell").await, "1", "who decides is reminded where nobody looks after them any more");
}

#[tokio::test]
async fn nobody_reads_what_is_thought_of_them() {
    let h = House::new().await;
    let member = h.member("stakeholder").simple().to_string();
    let about = json!({ "name": "Zqname", "member": member, "wants": "Zqwants" });
    let them = h.made("manager", "stakeholder.add", about, "stakeholder").await;
    h.run("manager", "contact.note", json!({ "stakeholder": them, "note": "Zqnote" })).await.unwrap();
    h.run("manager", "promise.make", json!({ "stakeholder": them, "what": "Zqpromise" })).await.unwrap();
    let token = h.token("stakeholder").await;
    for path in ["stakeholders", "contacts", "promises", "stakeholders-to-tell", "activity?limit=500"] {
        let told = h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await.text;
        assert!(!told.contains("Zq"), "{path}: {told}");
    }
    for page in ["/ORB/stakeholders", "/ORB/activity", "/ORB/search?q=zqname"] {
        assert!(!h.get("stakeholder", page).await.text.contains("Zq"), "{page}");
    }
    let home = h.get("stakeholder", "/ORB/").await.text;
    assert!(home.contains("Zqpromise") && !home.replace("Zqpromise", "").contains("Zq"), "what was promised to them is theirs to read: {home}");
    assert!(h.get("owner", "/ORB/stakeholders").await.text.contains("Zqname"));
    // Who leaves is still somebody to be told.
    let asked = h.proposed("manager", "membership.remove", json!({ "member": member })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/stakeholders?open={them}")).await.text.contains(people::LEFT));
    let outsider = json!({ "name": "x", "member": h.member("outsider") });
    assert!(matches!(h.run("manager", "stakeholder.add", outsider).await, Err(Refusal::NotFound)));
}

/// Whoever would find nothing there is not led there.
#[tokio::test]
async fn the_rail_leads_to_what_one_may_read() {
    let h = House::new().await;
    let led = async |who: &str| h.get(who, "/ORB/backlog").await.text.contains("href=\"/ORB/stakeholders\"");
    assert!(led("manager").await && led("owner").await, "both have a say in announcements");
    assert!(!led("stakeholder").await && !led("developer").await, "these only see them");
}
