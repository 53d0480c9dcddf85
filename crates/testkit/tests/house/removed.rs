//! What was removed is listed and comes back.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

#[tokio::test]
async fn removed_things_are_listed_with_who_removed_them_and_come_back() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "Pay by card", "criteria": ["It beeps"] }), "story").await;
    let evidence = h.made("owner", "evidence.record", json!({ "quote": "The zebra crossing is far" }), "evidence").await;
    let story = h.text("select id from story".into()).await;
    let criterion = h.text("select id from criterion".into()).await;
    h.run("owner", "criterion.remove", json!({ "criterion": criterion })).await.unwrap();
    h.run("owner", "evidence.remove", json!({ "evidence": evidence })).await.unwrap();
    h.run("owner", "story.remove", json!({ "story": "3" })).await.unwrap();
    let page = h.get("manager", "/ORB/removed").await.text;
    for label in ["Pay by card", "It beeps", "The zebra crossing is far", "removed by <bdi>Owner</bdi>"] {
        assert!(page.contains(label), "{label}");
    }
    assert!(!h.get("stakeholder", "/ORB/removed").await.text.contains(">Bring back<"), "they would propose it, and read so");
    for thing in [&story, &criterion, &evidence] {
        h.run("owner", "removed.bring_back", json!({ "thing": thing })).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 1);
    assert!(h.get("owner", "/ORB/search?q=zebra").await.text.contains("<mark>zebra</mark> crossing"), "full text finds it again");
    assert!(!h.get("manager", "/ORB/removed").await.text.contains("Pay by card"));
    assert!(matches!(h.run("owner", "removed.bring_back", json!({ "thing": story })).await, Err(Refusal::Invalid(_))), "it is there already");
    // Bringing back is an act like others: it is taken back, and who may not decide proposes it.
    h.run("owner", "story.remove", json!({ "story": "3" })).await.unwrap();
    assert!(matches!(h.run("manager", "removed.bring_back", json!({ "thing": story })).await, Ok(Outcome::Proposed(_))));
    h.run("owner", "removed.bring_back", json!({ "thing": story })).await.unwrap();
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 0);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn a_comment_comes_back_by_whoever_removed_it() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    let story = h.text("select id from story".into()).await;
    let comment = h.made("stakeholder", "comment.add", json!({ "about": "story", "id": story, "body": "b" }), "comment").await;
    h.run("stakeholder", "comment.remove", json!({ "comment": comment })).await.unwrap();
    assert!(matches!(h.run("owner", "removed.bring_back", json!({ "thing": comment })).await, Err(Refusal::Denied { .. })));
    h.run("stakeholder", "removed.bring_back", json!({ "thing": comment })).await.unwrap();
    assert_eq!(h.number("select count(*) from comment where removed_at is null").await, 1);
}

#[tokio::test]
async fn evidence_is_edited_linked_and_found_where_it_stands() {
    let h = House::new().await;
    let evidence = h.made("owner", "evidence.record", json!({ "quote": "Old words", "customer": "Ada" }), "evidence").await;
    let need = h.made("owner", "need.create", json!({ "title": "Know more" }), "need").await;
    h.run("owner", "evidence.edit", json!({ "evidence": evidence, "quote": "New words", "customer": "" })).await.unwrap();
    h.run("owner", "evidence.link", json!({ "evidence": evidence, "need": need })).await.unwrap();
    let page = h.get("owner", "/ORB/customers").await.text;
    for offered in ["evidence.edit", "evidence.unlink", "evidence.remove"] {
        assert!(page.contains(&format!("/ORB/do/{offered}")), "{offered}");
    }
    assert!(h.get("owner", "/ORB/search?q=new+words").await.text.contains("<mark>New</mark> <mark>words</mark>"));
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from relation where removed_at is null").await, 0);
}

#[tokio::test]
async fn evidence_is_reached_however_old_it_is() {
    let h = House::new().await;
    let need = h.made("manager", "need.create", json!({ "title": "Rides that end dry" }), "need").await;
    let oldest = h.made("manager", "evidence.record", json!({ "quote": "The very first ride was wet" }), "evidence").await;
    h.run("manager", "evidence.link", json!({ "evidence": oldest, "need": need })).await.unwrap();
    for i in 0..60 {
        h.app.clock.forward(1_000);
        h.run("manager", "evidence.record", json!({ "quote": format!("Ride {i} was dry"), "customer": "Nadia" })).await.unwrap();
    }
    let first = h.get("owner", "/ORB/customers").await.text;
    assert!(!first.contains("The very first ride") && first.contains("Ride 59 ") && first.contains("60 in the inbox"), "the newest come first");
    let older = first.split("Older evidence").next().unwrap().rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert!(h.get("owner", &format!("/ORB/customers{older}")).await.text.contains("The very first ride"));
    // Search, activity and the palette lead to where it stands.
    let found = h.get("owner", "/ORB/search?q=very+first").await.text;
    assert!(found.contains(&format!("customers?show={oldest}#e-{oldest}")), "{found}");
    assert!(h.get("owner", &format!("/ORB/customers?show={oldest}")).await.text.contains(&format!("id=\"e-{oldest}\"")));
    assert!(h.get("owner", "/ORB/customers?q=FIRST").await.text.contains("The very first ride"));
    assert!(h.get("owner", "/ORB/customers?q=nothing").await.text.contains("No evidence fits"));
    assert!(
        h.get("owner", &format!("/ORB/customers?open={need}")).await.text.contains("<q dir=\"auto\">The very first ride was wet</q>"),
        "and stands behind its need"
    );
    h.run("manager", "evidence.remove", json!({ "evidence": oldest })).await.unwrap();
    assert_eq!(h.get("owner", &format!("/ORB/customers?show={oldest}")).await.status, 200);
}
