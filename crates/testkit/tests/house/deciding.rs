//! Decisions beyond their signatures: what is weighed, who is part of them, what is reworded, and whether they held.

use kernel::{Hat, Json, Refusal, json};
use testkit::{House, told};

const DAY: i64 = 86_400_000;

/// The Manager has put a joint matter forward and so has signed it.
async fn joint() -> (House, String) {
    let h = House::new().await;
    let args =
        json!({ "title": "Ship in May?", "area": "commitments", "considered": [{ "title": "In May" }, { "title": "In June", "cost": "4 weeks" }] });
    let proposal = h.made("manager", "proposal.open", args, "proposal").await;
    (h, proposal)
}

async fn state(h: &House, proposal: &str) -> String {
    h.text(format!("select state from proposal where id = '{proposal}'")).await
}

async fn signed(h: &House, proposal: &str) -> String {
    h.text(format!("select cast(count(*) as text) from signature where proposal = '{proposal}' and removed_at is null")).await
}

#[tokio::test]
async fn nobody_signs_what_they_have_not_read() {
    let (h, joint) = joint().await;
    let read = h.text(format!("select seal from proposal where id = '{joint}'")).await;
    h.run("manager", "proposal.reword", json!({ "proposal": joint, "reason": "The city waits" })).await.unwrap();
    assert!(told(h.run("owner", "proposal.sign", json!({ "proposal": joint, "seal": read })).await).contains("reworded since you read it"));
    assert!(told(h.run("owner", "proposal.stand_aside", json!({ "proposal": joint, "seal": read })).await).contains("reworded"));
    assert_eq!(signed(&h, &joint).await, "1", "whoever rewords what they put forward has signed what they write");
    assert!(matches!(h.run("owner", "proposal.reword", json!({ "proposal": joint, "title": "No" })).await, Err(Refusal::Denied { .. })));
    let read = h.text(format!("select seal from proposal where id = '{joint}'")).await;
    h.run("owner", "proposal.sign", json!({ "proposal": joint, "seal": read })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed");
    assert!(told(h.run("manager", "proposal.reword", json!({ "proposal": joint, "title": "Later" })).await).contains("agreed already"));
    let record = h.get("stakeholder", &format!("/ORB/decisions/{joint}/record.md")).await.text;
    assert!(record.contains(&format!("- Seal: {read} (it fits)")) && record.contains("The city waits"), "{record}");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// Each signs once, with a hat that they hold while they sign.
#[tokio::test]
async fn nobody_signs_twice_or_with_a_hat_that_was_taken_away() {
    let mut h = House::new().await;
    h.add("second", &[Hat::Owner]).await;
    let h = h;
    let joint = h.made("manager", "proposal.open", json!({ "title": "Ship in May?", "area": "commitments" }), "proposal").await;
    let sign = json!({ "proposal": joint });
    assert!(told(h.run("manager", "proposal.sign", sign.clone()).await).contains("signed this already"));
    let asked = h.proposed("manager", "membership.set_hats", json!({ "member": h.member("owner"), "hats": ["developer"] })).await;
    h.run("second", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    for sign in [sign.clone(), json!({ "proposal": joint, "hat": "owner" })] {
        assert!(matches!(h.run("owner", "proposal.sign", sign).await, Err(Refusal::Denied { .. })));
    }
    assert_eq!((state(&h, &joint).await.as_str(), signed(&h, &joint).await.as_str()), ("open", "1"));
    let (one, other) = tokio::join!(h.run("second", "proposal.sign", sign.clone()), h.run("second", "proposal.sign", sign));
    let refused = if one.is_err() { one } else { other };
    assert!(told(refused).contains("agreed already"));
    assert_eq!((state(&h, &joint).await.as_str(), signed(&h, &joint).await.as_str()), ("agreed", "2"));
}

#[tokio::test]
async fn what_is_weighed_anew_is_signed_anew() {
    let (h, joint) = joint().await;
    let evidence = h.made("manager", "evidence.record", json!({ "quote": "We need it before summer" }), "evidence").await;
    let option = json!({ "proposal": joint, "title": "A part in May", "pros": "The city sees something", "cost": "1 week", "evidence": [evidence] });
    assert!(matches!(h.run("developer", "proposal.consider", option.clone()).await, Err(Refusal::Denied { .. })));
    h.run("owner", "proposal.consider", option.clone()).await.unwrap();
    assert_eq!(signed(&h, &joint).await, "0", "the Manager had signed something else");
    assert!(told(h.run("owner", "proposal.consider", option).await).contains("called so"));
    assert!(told(h.run("owner", "proposal.drop_option", json!({ "proposal": joint, "option": 7 })).await).contains("no such option"));
    h.run("owner", "proposal.drop_option", json!({ "proposal": joint, "option": 0 })).await.unwrap();
    let gone = json!({ "proposal": joint, "title": "X", "evidence": ["0192f3a4b5c67d8e9fa0b1c2d3e4f5a6"] });
    assert_eq!(h.run("owner", "proposal.consider", gone).await.unwrap_err(), Refusal::NotFound);
    let page = h.get("owner", "/ORB/decisions").await.text;
    let table = page.split("options-compared").nth(1).expect("the options stand side by side");
    assert!(
        table.contains("A part in May") && table.contains("4 weeks") && table.contains("We need it before summer") && !table.contains(">In May<")
    );
    for who in ["manager", "owner"] {
        h.run(who, "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    }
    assert_eq!(state(&h, &joint).await, "agreed");
    let file = h.get("owner", "/ORB/decisions.md").await.text;
    assert!(file.contains("### Option: A part in May") && file.contains("- Cost: 1 week") && file.contains("- Evidence: We need it"), "{file}");
    assert!(h.app.check().await.unwrap().wrong.is_empty(), "what was signed still fits its seal");
}

#[tokio::test]
async fn whoever_is_part_of_a_decision_hears_of_it() {
    let (h, joint) = joint().await;
    h.app.work_off().await.unwrap();
    let (driver, told) = (h.member("developer"), h.member("stakeholder"));
    let people = json!({ "proposal": joint, "driver": driver, "informed": [told] });
    assert!(matches!(h.run("stakeholder", "proposal.involve", people.clone()).await, Err(Refusal::Denied { .. })));
    h.run("manager", "proposal.involve", people).await.unwrap();
    h.app.work_off().await.unwrap();
    let why = async |who: &str| h.text(format!("select coalesce(max(why), '') from notice where member = '{}'", h.member(who).simple())).await;
    assert_eq!((why("developer").await.as_str(), why("stakeholder").await.as_str()), ("assigned", "named"));
    h.run("developer", "proposal.set_days", json!({ "proposal": joint, "due_on": "2026-10-01" })).await.unwrap();
    assert!(told_passed(&h, &joint).await.contains("has passed"));
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    h.app.clock.forward(1);
    h.app.work_off().await.unwrap();
    assert_eq!(h.text(format!("select cast(count(*) as text) from notice where member = '{}'", told.simple())).await, "2", "and how it ended");
    let page = h.get("owner", "/ORB/decisions").await.text;
    assert!(
        page.contains("<dt>Driver</dt><dd><bdi>Developer</bdi></dd>") && page.contains("<dt>Informed</dt><dd><bdi>Stakeholder</bdi></dd>"),
        "{page}"
    );
}

async fn told_passed(h: &House, joint: &str) -> String {
    told(h.run("developer", "proposal.set_days", json!({ "proposal": joint, "review_on": "2026-01-01" })).await)
}

#[tokio::test]
async fn a_decision_is_about_things_and_found_by_them() {
    let (h, joint) = joint().await;
    let story = h.made("owner", "story.create", json!({ "title": "Rain mode" }), "story").await;
    let found = h.get("owner", &format!("/ORB/decisions?show={joint}&link={joint}&find=ORB-1")).await.text;
    assert!(found.contains("Link “Rain mode”"), "{found}");
    let about = json!({ "proposal": joint, "about": "story", "id": story });
    let link = h.made("owner", "proposal.link", about.clone(), "relation").await;
    h.run("manager", "proposal.link", about).await.unwrap();
    assert_eq!(h.number("select count(*) from relation where verb = 'about' and removed_at is null").await, 1, "once");
    assert!(
        told(h.run("owner", "proposal.link", json!({ "proposal": joint, "about": "signature", "id": story })).await).contains("cannot be linked")
    );
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    let log = async |query: &str| {
        h.get("owner", &format!("/ORB/decisions?{query}")).await.text.split("class=\"log\"").nth(1).unwrap().contains("Ship in May?")
    };
    for (query, there) in
        [("about=ORB-1", true), ("about=ORB-9", false), ("by=manag", true), ("by=nobody", false), ("state=agreed", true), ("state=declined", false)]
    {
        assert_eq!(log(query).await, there, "{query}");
    }
    assert!(h.get("owner", "/ORB/decisions?about=rain").await.text.contains("Write a key"));
    assert!(h.get("owner", "/ORB/decisions.md?about=ORB-9").await.text.lines().count() == 1);
    h.run("owner", "proposal.unlink", json!({ "link": link })).await.unwrap();
    assert!(!log("about=ORB-1").await);
}

#[tokio::test]
async fn a_decision_comes_back_and_is_replaced() {
    let (h, joint) = joint().await;
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    h.run("manager", "proposal.set_days", json!({ "proposal": joint, "review_on": "2026-09-23" })).await.unwrap();
    h.app.keep_schedules().await.unwrap();
    assert!(!h.get("manager", "/ORB/decisions").await.text.contains("id=\"came-back\""));
    h.app.clock.forward(3 * DAY);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    let reminded = "select count(*) from notice where why = 'due' and due = 'review'";
    assert_eq!(h.number(reminded).await, 2, "those who signed are asked");
    h.app.clock.forward(DAY);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number(reminded).await, 2, "once for each day that was set");
    assert!(h.get("manager", "/notices").await.text.contains("Did it hold?"));
    assert!(h.get("manager", "/ORB/decisions").await.text.contains("id=\"came-back\""));
    assert!(!h.get("stakeholder", "/ORB/decisions").await.text.contains("id=\"came-back\""));
    let say = |held: &str, learned: &str| json!({ "proposal": joint, "held": held, "learned": learned });
    assert!(matches!(h.run("developer", "look_back.say", say("held", "")).await, Err(Refusal::Denied { .. })));
    assert!(told(h.run("manager", "look_back.say", say("not", "")).await).contains("what came otherwise"));
    h.run("manager", "look_back.say", say("not", "The locks froze")).await.unwrap();
    let page = h.get("owner", "/ORB/decisions?held=not").await.text;
    assert!(page.contains("did not hold") && page.contains("The locks froze") && !page.contains("id=\"came-back\""), "{page}");
    let newer = json!({ "title": "Ship in June?", "area": "commitments", "supersedes": joint });
    let newer = h.made("manager", "proposal.open", newer, "proposal").await;
    assert!(!h.get("owner", "/ORB/decisions").await.text.contains("Replaced by"), "not before it is settled");
    h.run("owner", "proposal.sign", json!({ "proposal": newer })).await.unwrap();
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("Replaced by"));
    let record = h.get("owner", &format!("/ORB/decisions/{joint}/record.md")).await.text;
    assert!(
        record.starts_with("# D-1: Ship in May?")
            && record.contains("agreed, replaced by D-2 Ship in June?")
            && record.contains("It did not hold, says Manager."),
        "{record}"
    );
}

#[tokio::test]
async fn whoever_is_waited_for_is_reminded() {
    let (h, joint) = joint().await;
    h.app.keep_schedules().await.unwrap();
    h.run("manager", "proposal.remind", json!({ "proposal": joint })).await.unwrap();
    h.run("manager", "proposal.remind", json!({ "proposal": joint })).await.unwrap();
    h.app.work_off().await.unwrap();
    let due = async |who: &str| {
        h.text(format!("select cast(count(*) as text) from notice where due = 'sign' and member = '{}'", h.member(who).simple())).await
    };
    assert_eq!((due("owner").await.as_str(), due("manager").await.as_str()), ("1", "0"), "once a day, and only whom it waits for");
    assert!(matches!(h.run("stakeholder", "proposal.remind", json!({ "proposal": joint })).await, Err(Refusal::Denied { .. })));
    for _ in 0..4 {
        h.app.clock.forward(DAY);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    }
    assert_eq!(due("owner").await, "2", "after three days by the clock");
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    assert!(told(h.run("manager", "proposal.remind", json!({ "proposal": joint })).await).contains("agreed already"));
    h.app.clock.forward(14 * DAY);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(due("owner").await, "2");
}

#[tokio::test]
async fn of_what_was_overtaken_only_what_is_still_wanted_is_put_forward_again() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let overtaken = h.proposed("manager", "story.edit", json!({ "story": id, "title": "B", "body": "More" })).await;
    h.run("owner", "story.edit", json!({ "story": id, "title": "C" })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": overtaken })).await.unwrap();
    let page = h.get("manager", "/ORB/decisions").await.text;
    assert!(page.contains("What you still want"), "{page}");
    let renewal = format!("/ORB/decisions/{overtaken}/renewal");
    assert_eq!(h.post("manager", &renewal, "chosen=true").await.status, 422, "of nothing there is nothing to put forward");
    assert_eq!(h.post("manager", &renewal, "chosen=true&again=body").await.status, 303);
    let renewed = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": renewed })).await.unwrap();
    assert_eq!(h.text("select title || '/' || body from story".into()).await, "C/More");
}

/// Each tells the other's position until it is right, then one person is named, and the record says so.
#[tokio::test]
async fn a_joint_matter_past_its_day_is_loosened() {
    let (h, joint) = joint().await;
    h.run("manager", "proposal.set_days", json!({ "proposal": joint, "due_on": "2026-09-22" })).await.unwrap();
    let tell = |hat: &str, body: &str| json!({ "proposal": joint, "hat": hat, "body": body });
    assert!(told(h.run("owner", "position.tell", tell("manager", "x")).await).contains("not stuck"));
    h.app.keep_schedules().await.unwrap();
    h.app.clock.forward(2 * DAY);
    h.app.keep_schedules().await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from notice where due = 'deadlock'").await, 2, "both hear of it");
    assert!(matches!(h.run("manager", "position.tell", tell("manager", "mine")).await, Err(Refusal::Denied { .. })), "nobody tells their own");
    assert!(matches!(h.run("developer", "position.tell", tell("manager", "theirs")).await, Err(Refusal::Denied { .. })));
    h.run("owner", "position.tell", tell("manager", "She wants it in May")).await.unwrap();
    let of = |hat: &str| json!({ "proposal": joint, "hat": hat });
    assert!(matches!(h.run("owner", "position.confirm", of("manager")).await, Err(Refusal::Denied { .. })));
    let missing = json!({ "proposal": joint, "hat": "manager", "missing": "Because the city pays then" });
    h.run("manager", "position.correct", missing).await.unwrap();
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("something is missing"));
    h.run("owner", "position.tell", tell("manager", "She wants it in May, because the city pays then")).await.unwrap();
    let named = |who: &str| json!({ "proposal": joint, "member": h.member(who) });
    h.run("manager", "position.confirm", of("manager")).await.unwrap();
    assert!(told(h.run("manager", "proposal.name_decider", named("stakeholder")).await).contains("First each tells"));
    h.run("manager", "position.tell", tell("owner", "He wants the tests first")).await.unwrap();
    h.run("owner", "position.confirm", of("owner")).await.unwrap();
    h.run("manager", "proposal.name_decider", named("stakeholder")).await.unwrap();
    h.run("owner", "proposal.name_decider", named("developer")).await.unwrap();
    assert!(
        matches!(h.run("stakeholder", "proposal.sign", json!({ "proposal": joint })).await, Err(Refusal::Denied { .. })),
        "they do not agree on whom"
    );
    h.run("owner", "proposal.name_decider", named("stakeholder")).await.unwrap();
    assert!(h.get("stakeholder", "/ORB/decisions").await.text.contains("Waiting for you"));
    assert!(told(h.run("stakeholder", "proposal.stand_aside", json!({ "proposal": joint })).await).contains("named to decide"));
    h.run("stakeholder", "proposal.sign", json!({ "proposal": joint, "note": "In May" })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed");
    let record = h.get("owner", &format!("/ORB/decisions/{joint}/record.md")).await.text;
    assert!(record.contains("Those who sign named Stakeholder to decide it."), "{record}");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_is_told_of_a_decision_stays_with_whoever_sees_it() {
    let h = House::new().await;
    let hats = h.made("manager", "proposal.open", json!({ "title": "Hats?", "area": "agreement" }), "proposal").await;
    for (command, args) in [
        ("proposal.set_days", json!({ "proposal": hats, "due_on": "2026-10-01" })),
        ("proposal.link", json!({ "proposal": hats, "about": "story", "id": hats })),
        ("position.tell", json!({ "proposal": hats, "hat": "manager", "body": "x" })),
        ("proposal.remind", json!({ "proposal": hats })),
    ] {
        assert_eq!(h.run("stakeholder", command, args).await.unwrap_err(), Refusal::NotFound, "{command}");
    }
    let answer = h.rest(&h.token("stakeholder").await, "GET", "/products/ORB/look-backs", Json::Null).await;
    assert_eq!(answer.json()["items"], json!([]));
}
