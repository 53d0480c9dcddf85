//! The one page of a stakeholder: Home of whoever wears that hat, and the same by a link that was made for one of them.

use axum::{body::Body, http::Request};
use kernel::{Json, Refusal, json};
use testkit::{Answer, House};

/// A product with something on every part of the page, and somebody with an account to whom something was promised.
async fn furnished() -> (House, String) {
    let h = House::new().await;
    let vision =
        json!({ "for_whom": "cities", "who": "want fewer cars", "is_a": "fleet", "that": "is there", "unlike": "cars", "ours": "is shared" });
    h.made("manager", "vision.publish", vision, "vision").await;
    h.made("manager", "objective.create", json!({ "title": "Trips without a car" }), "objective").await;
    h.made("manager", "initiative.create", json!({ "title": "Bikes in winter", "horizon": "later" }), "initiative").await;
    let window = json!({ "initiative": "1", "ends_on": "2027-03-31" });
    let asked = h.proposed("manager", "initiative.edit", window).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let sprint = json!({ "goal": "Brakes that hold on ice", "starts_on": "2026-09-21", "ends_on": "2026-10-04" });
    h.run("owner", "sprint.plan", sprint).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "Zqstory" }), "story").await;
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["2"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let member = h.member("stakeholder").simple().to_string();
    let them = json!({ "name": "The council", "member": member, "wants": "Zqwants", "role": "Zqrole", "power": "high" });
    let them = h.made("manager", "stakeholder.add", them, "stakeholder").await;
    h.run("manager", "contact.note", json!({ "stakeholder": them, "note": "Zqnote" })).await.unwrap();
    for (whom, what) in [(them.clone(), "A report in spring"), (press(&h).await, "Zqfor others")] {
        h.made("manager", "promise.make", json!({ "stakeholder": whom, "what": what, "due_on": "2027-04-30" }), "promise").await;
    }
    (h, them)
}

async fn press(h: &House) -> String {
    h.made("manager", "stakeholder.add", json!({ "name": "Press" }), "stakeholder").await
}

async fn link(h: &House, whom: &str, more: Json) -> String {
    let mut args = json!({ "look": "standing", "name": "The council", "whom": whom });
    args.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let app::Outcome::Done(done) = h.run("manager", "shared_link.make", args).await.unwrap() else { panic!("the Manager decides") };
    done.reveal.unwrap()
}

async fn open(h: &House, path: &str) -> Answer {
    h.send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn hide(h: &House, area: &str) {
    let asked = h.proposed("manager", "agreement.set", json!({ "area": area, "hat": "stakeholder", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
}

#[tokio::test]
async fn a_stakeholder_has_one_page() {
    let (h, _) = furnished().await;
    let home = h.get("stakeholder", "/ORB/").await.text;
    for told in
        ["Where we are going", "want fewer cars", "Bikes in winter", "31 Mar 2027", "Where we are", "Brakes that hold on ice", "0</strong> of 1 part"]
    {
        assert!(home.contains(told), "{told}: {home}");
    }
    assert!(home.contains("What we promised you") && home.contains("A report in spring") && home.contains("30 Apr 2027"), "{home}");
    for kept_back in ["Zqwants", "Zqrole", "Zqnote", "Zqfor others"] {
        assert!(!home.contains(kept_back), "{kept_back}: {home}");
    }
    assert!(!h.get("developer", "/ORB/").await.text.contains("A report in spring"));
}

#[tokio::test]
async fn a_link_shows_it_to_one_stakeholder_without_an_account() {
    let (h, them) = furnished().await;
    let path = link(&h, &them, json!({})).await;
    let page = open(&h, &path).await;
    assert_eq!(page.status, 200);
    for told in ["want fewer cars", "Trips without a car", "Bikes in winter", "Brakes that hold on ice", "A report in spring"] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    for kept_back in ["Zq", "31 Mar 2027", "/ORB", "ORB-", "What changed lately"] {
        assert!(!page.text.contains(kept_back), "{kept_back}: {}", page.text);
    }
    assert!(open(&h, &link(&h, &them, json!({ "shows": ["windows"] })).await).await.text.contains("31 Mar 2027"));
    let panel = h.get("manager", &format!("/ORB/stakeholders?open={them}")).await.text;
    assert!(panel.contains("opened 1 time") && panel.contains("/ORB/do/shared_link.revoke"), "{panel}");
    // What the agreement keeps from stakeholders is left out; without the roadmap there is no page.
    for (area, word) in [("strategy", "want fewer cars"), ("sprints", "Brakes that hold on ice")] {
        hide(&h, area).await;
        let page = open(&h, &path).await;
        assert!(page.status == 200 && !page.text.contains(word) && page.text.contains("Bikes in winter"), "{area}: {}", page.text);
    }
    hide(&h, "roadmap").await;
    assert_eq!(open(&h, &path).await.status, 404);
}

#[tokio::test]
async fn the_link_of_a_stakeholder_ends_with_them() {
    let (h, them) = furnished().await;
    let path = link(&h, &them, json!({})).await;
    h.run("manager", "stakeholder.remove", json!({ "stakeholder": them })).await.unwrap();
    assert_eq!(open(&h, &path).await.status, 404);
    assert!(!h.get("stakeholder", "/ORB/").await.text.contains("What we promised you"));
    let make = |args: Json| h.run("manager", "shared_link.make", args);
    assert!(matches!(make(json!({ "look": "standing", "name": "x" })).await, Err(Refusal::Invalid(_))), "it is somebody's page");
    assert!(matches!(make(json!({ "look": "standing", "name": "x", "whom": them })).await, Err(Refusal::NotFound)), "who left has none");
    let press = press(&h).await;
    assert!(matches!(make(json!({ "look": "roadmap", "name": "x", "whom": press })).await, Err(Refusal::Invalid(_))), "it is nobody's page");
    assert!(!h.get("manager", "/ORB/links").await.text.contains("value=\"standing\""), "it is made where they stand");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_told_stands_on_it_and_is_asked_about() {
    let (h, them) = furnished().await;
    let update = async |title: &str, more: Json| {
        let mut args = json!({ "kind": "roadmap", "title": title, "body": "The window moved." });
        args.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        h.made("manager", "update.publish", args, "product_update").await
    };
    let open_to_links = update("News for whoever asks", json!({ "by_link": true })).await;
    update("News for the council", json!({ "stakeholders": [them] })).await;
    update("Zqinside", json!({ "hats": ["developer"] })).await;
    let home = h.get("stakeholder", "/ORB/").await.text;
    assert!(home.contains("What changed") && home.contains("News for the council"), "{home}");
    let path = link(&h, &them, json!({})).await;
    let page = open(&h, &path).await.text;
    assert!(page.contains("News for whoever asks") && page.contains("News for the council") && page.contains("The window moved."), "{page}");
    assert!(!page.contains("Zqinside"), "{page}");
    assert_eq!(page.matches("Ask about it").count(), 1, "what was meant for them alone is asked of whoever sent it");
    let question = format!("update={open_to_links}&body=Why+so+late%3F");
    assert_eq!(h.post("nobody", &path, &question).await.status, 200);
    assert_eq!(h.text("select body from update_question".into()).await, "Why so late?");
    assert_eq!(h.text(format!("select by_noun from contact where stakeholder = '{them}' and by_id is not null")).await, "product_update");
    let panel = h.get("manager", &format!("/ORB/stakeholders?open={them}")).await.text;
    assert!(panel.contains("News for the council</a>") && panel.contains("/ORB/updates?show="), "what told them leads there: {panel}");
    // To others of the same kind it is not told.
    let other = link(&h, &press(&h).await, json!({})).await;
    assert!(!open(&h, &other).await.text.contains("News for the council"));
}
