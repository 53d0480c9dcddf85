//! A product as a whole: archived and brought back, under another key, and what goes over to another one.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

async fn signed(h: &House, command: &str, args: Json) {
    let asked = h.proposed("manager", command, args).await;
    let done = h.run("owner", "proposal.sign", json!({ "proposal": asked })).await;
    assert!(matches!(done, Ok(Outcome::Done(_))), "{done:?}");
}

#[tokio::test]
async fn an_archived_product_is_read_and_nothing_in_it_changes() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Kept" }), "story").await;
    let waits = h.proposed("developer", "story.create", json!({ "title": "Waits" })).await;
    signed(&h, "product.archive", json!({ "archived": true })).await;
    for (who, command, args) in [
        ("owner", "story.create", json!({ "title": "s" })),
        ("developer", "story.start", json!({ "story": "1" })),
        ("manager", "product.edit", json!({ "name": "n" })),
        ("stakeholder", "saved_filter.save", json!({ "page": "backlog", "name": "n", "query": "kind=bug" })),
        ("owner", "act.undo_last", json!({})),
        ("owner", "proposal.sign", json!({ "proposal": waits })),
    ] {
        let refused = h.run(who, command, args).await;
        assert!(matches!(&refused, Err(Refusal::Denied { message, .. }) if message.contains("is archived")), "{command}: {refused:?}");
    }
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(page.contains("Kept") && page.contains("</bdi> is archived"), "{page}");
    assert!(!page.contains("/do/story."), "nothing is offered that would be refused");
    let listed = h.get("owner", "/products").await.text;
    let (_, archived) = listed.split_once("<h2>Archived</h2>").expect("a list of its own");
    assert!(archived.contains("href=\"/ORB/\""), "{archived}");
    assert!(!listed.split_once("<main").unwrap().0.contains("href=\"/ORB/\""), "it has left the rail");
    let settings = h.get("manager", "/ORB/settings").await.text;
    assert!(settings.contains("/do/product.archive"), "it is brought back where it was archived");
    assert_eq!(h.rest(&h.token("owner").await, "GET", "/products/ORB/stories/1", Json::Null).await.status, 200);
    // Whoever has no view on that does not hold it up.
    let asked = h.proposed("manager", "product.archive", json!({ "archived": false })).await;
    h.run("owner", "proposal.stand_aside", json!({ "proposal": asked })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "Again" }), "story").await;
    h.run("owner", "proposal.sign", json!({ "proposal": waits })).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_old_key_leads_on() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Found" }), "story").await;
    h.second("SEC", "owner").await;
    let taken = h.run("manager", "product.change_key", json!({ "key": "sec" })).await;
    assert!(format!("{taken:?}").contains("Another product has this key"), "{taken:?}");
    signed(&h, "product.change_key", json!({ "key": "nova" })).await;
    let old = h.get("owner", "/ORB/story/ORB-1?x=1").await;
    assert_eq!((old.status.as_u16(), old.location.as_deref()), (308, Some("/NOVA/story/ORB-1?x=1")));
    let page = h.get("owner", "/NOVA/story/ORB-1").await;
    assert!(page.status == 200 && page.text.contains("NOVA-1") && page.text.contains("Found"), "{}", page.text);
    assert_eq!(h.get("owner", "/NOVA/search?q=orb-1").await.location.as_deref(), Some("/NOVA/story/1"));
    let token = h.token("owner").await;
    let rest = h.rest(&token, "GET", "/products/ORB/stories/ORB-1", Json::Null).await;
    assert_eq!((rest.status.as_u16(), rest.location.as_deref()), (308, Some("/api/v1/products/NOVA/stories/ORB-1")));
    assert_eq!(h.rest(&token, "GET", "/products/NOVA/stories/ORB-1", Json::Null).await.json()["key"], "NOVA-1");
    let posted = h.post("owner", "/ORB/do/story.create", "title=x").await;
    assert_eq!((posted.status.as_u16(), posted.location.as_deref()), (308, Some("/NOVA/do/story.create")), "a form that was open is sent on");
    // Whoever does not belong to it learns nothing, and nobody else gets the old key.
    assert_eq!(h.get("outsider", "/ORB/story/1").await.status, 404);
    let again = json!({ "name": "n", "key": "ORB", "way": "both_hats", "hats": ["owner"] });
    let refused = h.app.run(&h.visitor("manager", kernel::Door::Page), app::Ask::named(None, "product.create", again)).await;
    assert!(format!("{refused:?}").contains("Another product"), "{refused:?}");
    h.enter("NOVA");
    signed(&h, "product.change_key", json!({ "key": "ORB" })).await;
    assert_eq!(h.get("owner", "/NOVA/story/1").await.location.as_deref(), Some("/ORB/story/1"), "and back");
}

#[tokio::test]
async fn a_story_goes_over_with_what_hangs_on_it_and_its_key_leads_there() {
    let h = House::new().await;
    h.second("SEC", "owner").await;
    let id = h.made("owner", "story.create", json!({ "title": "Travels", "labels": ["care"], "criteria": ["one", "two"] }), "story").await;
    let attached = h.attach("developer", "story", &id, "notes.txt", b"zqwords").await.json();
    let file = attached["attached"][0]["id"].as_str().unwrap().replace('-', "");
    h.run("developer", "comment.add", json!({ "about": "story", "id": id, "body": format!("A remark, see [notes](attachment:{file})") }))
        .await
        .unwrap();
    h.run("developer", "story.estimate", json!({ "story": "1", "points": 3 })).await.unwrap();
    // One field is there too, with another choice; one is not.
    for (name, kind, choices, value) in [("Severity", "choice", json!(["High", "Low"]), "High"), ("Budget", "number", json!([]), "7")] {
        let field = crate::own_fields::define(&h, json!({ "name": name, "thing": "story", "kind": kind, "choices": choices })).await;
        h.run("owner", "field_value.set", json!({ "field": field, "thing": "1", "value": value })).await.unwrap();
    }
    h.enter("SEC");
    h.run("owner", "field.define", json!({ "name": "severity", "thing": "story", "kind": "choice", "choices": ["high", "none"] })).await.unwrap();
    h.enter("ORB");
    let page = h.get("owner", "/ORB/story/1/move").await.text;
    for said in [
        "Product SEC",
        "2 criteria",
        "1 comment",
        "1 file",
        "own fields that are there too",
        "<bdi>Budget</bdi>: no field there takes it",
        "its size, 3 points",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Severity"));
    for (who, to) in [("developer", "SEC"), ("owner", "NON"), ("owner", "ORB")] {
        let refused = h.run(who, "story.move_to_product", json!({ "story": "1", "to": to })).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{who} to {to}: {refused:?}");
    }
    h.run("owner", "story.move_to_product", json!({ "story": "1", "to": "SEC" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 1);
    let there = h.get("owner", "/SEC/story/1").await.text;
    assert!(there.contains("Travels") && there.contains("A remark") && there.contains("two") && there.contains("SEC-1"), "{there}");
    let went = h.text("select max(id) from attachment".into()).await;
    assert!(went != file && there.contains(&format!("href=\"/attachments/{went}\"")) && there.contains("high") && !there.contains(&file), "{there}");
    assert_eq!(h.get("owner", &format!("/attachments/{went}")).await.text, "zqwords");
    assert_eq!(h.get("owner", "/ORB/story/1").await.location.as_deref(), Some("/SEC/story/1"));
    assert_eq!(h.get("owner", "/ORB/backlog?q=a&open=1").await.location.as_deref(), Some("/SEC/backlog?q=a&open=1"));
    assert_eq!(
        h.rest(&h.token("owner").await, "GET", "/products/ORB/stories/ORB-1", Json::Null).await.location.as_deref(),
        Some("/api/v1/products/SEC/stories/1")
    );
    assert_eq!(h.get("developer", "/ORB/story/1").await.status, 404, "who does not belong there learns nothing");
    let undone = h.run("owner", "act.undo_last", json!({})).await;
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 1, "{undone:?}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    let told = h.get("owner", "/ORB/activity").await.text;
    assert!(told.contains("moved to another product"), "{told}");
}

#[tokio::test]
async fn a_feature_goes_over_and_its_stories_stay() {
    let h = House::new().await;
    h.second("SEC", "owner").await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "Stays", "feature": "2" }), "story").await;
    let page = h.get("manager", "/ORB/feature/2/move").await.text;
    assert!(page.contains("1 story") && page.contains("Product SEC"), "{page}");
    let moved = h.run("manager", "feature.move_to_product", json!({ "feature": "2", "to": "SEC" })).await;
    assert!(matches!(moved, Ok(Outcome::Done(_) | Outcome::Proposed(_))), "{moved:?}");
    if let Ok(Outcome::Proposed(p)) = moved {
        h.run("owner", "proposal.sign", json!({ "proposal": p.proposal.simple().to_string() })).await.unwrap();
    }
    assert_eq!(h.get("manager", "/ORB/roadmap?open=2").await.location.as_deref(), Some("/SEC/roadmap?open=1"));
    assert_eq!(h.get("manager", "/ORB/story/3").await.status, 200);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
