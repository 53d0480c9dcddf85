//! All products on one page: each as far as its own matrix lets one see it, in as many questions for many as for few.

use kernel::{Hat, json};
use testkit::House;

/// The owner works in ORB and SEC, and not in XTR.
async fn three() -> House {
    let h = House::new().await;
    h.second("SEC", "owner").await;
    h.second("XTR", "developer").await;
    for (key, who) in [("ORB", "owner"), ("SEC", "owner"), ("XTR", "manager")] {
        h.enter(key);
        h.made(who, "story.create", json!({ "title": format!("Refund in {key}") }), "story").await;
        h.run("manager", "initiative.create", json!({ "title": format!("Bet of {key}") })).await.unwrap();
    }
    h.enter("ORB");
    h
}

#[tokio::test]
async fn every_product_one_belongs_to_and_no_other() {
    let h = three().await;
    for (path, seen) in [("/all/backlog", "Refund in"), ("/all/roadmap", "Bet of"), ("/all/search?q=refund", "Refund</mark> in")] {
        let page = h.get("owner", path).await;
        assert_eq!(page.status, 200, "{path}");
        for (key, there) in [("ORB", true), ("SEC", true), ("XTR", false)] {
            assert_eq!(page.text.contains(&format!("{seen} {key}")), there, "{key} on {path}: {}", page.text);
        }
    }
    let people = h.get("owner", "/all/people").await.text;
    assert!(people.contains("Manager") && people.contains("Product SEC") && !people.contains("Product XTR"), "{people}");
    assert!(h.get("outsider", "/all/search?q=refund").await.text.contains("Nothing in your products"));
    assert_eq!(h.get("nobody", "/all/backlog").await.status, 303);
}

/// What is empty is not said to fit nothing.
#[tokio::test]
async fn where_nothing_is_there_yet_nothing_is_said_of_filters() {
    let h = House::new().await;
    for (page, empty) in [("/all/backlog", "nothing in these backlogs"), ("/ORB/backlog", "The backlog is empty")] {
        let plain = h.get("owner", page).await.text;
        assert!(plain.contains(empty) && !plain.contains("Nothing fits"), "{page}: {plain}");
        assert!(h.get("owner", &format!("{page}?q=xyz")).await.text.contains("Nothing fits"), "{page}");
    }
}

/// The same with somebody who looks on in SEC and sees no backlog there; one goes on in SEC.
async fn with_a_guest() -> House {
    let mut h = three().await;
    h.enter("SEC");
    h.add("guest", &[Hat::Stakeholder]).await;
    h.run("owner", "agreement.set", json!({ "area": "backlog", "hat": "stakeholder", "standing": "none" })).await.unwrap();
    h
}

#[tokio::test]
async fn in_each_product_its_own_matrix_holds() {
    let h = with_a_guest().await;
    h.enter("ORB");
    h.join("guest", &[Hat::Stakeholder]).await;
    for path in ["/all/backlog", "/all/search?q=refund"] {
        let page = h.get("guest", path).await.text;
        assert!(page.contains("ORB-1") && !page.contains("SEC-1"), "{path}: {page}");
    }
    assert!(h.get("guest", "/all/roadmap").await.text.contains("Bet of SEC"));
}

#[tokio::test]
async fn the_list_is_narrowed_and_an_archived_product_leaves_it() {
    let h = three().await;
    h.enter("SEC");
    h.made("owner", "story.create", json!({ "title": "Broken", "kind": "bug" }), "story").await;
    let bugs = h.get("owner", "/all/backlog?q=kind:bug").await.text;
    assert!(bugs.contains("Broken") && !bugs.contains("Refund in"), "{bugs}");
    h.run("owner", "product.archive", json!({ "archived": true })).await.unwrap();
    let page = h.get("owner", "/all/backlog").await.text;
    assert!(page.contains("Refund in ORB") && !page.contains("Refund in SEC"), "{page}");
}

/// Each product knows the hats that somebody holds, wears and was lent there, and nothing of those elsewhere.
#[tokio::test]
async fn hats_count_in_the_product_where_they_are() {
    let h = with_a_guest().await;
    assert!(!h.get("guest", "/all/backlog").await.text.contains("SEC-1"));
    h.run("owner", "hat.lend", json!({ "to": h.member("guest"), "hat": "owner", "until": "2026-10-30" })).await.unwrap();
    assert!(h.get("guest", "/all/backlog").await.text.contains("SEC-1"), "the Owner's hat sees the backlog");
    h.enter("ORB");
    h.join("guest", &[Hat::Stakeholder, Hat::Developer]).await;
    h.run("guest", "hat.wear", json!({ "hat": "developer" })).await.unwrap();
    for at in [None, Some("ORB"), Some("SEC")] {
        let scopes = h.app.ask(&h.visitor("guest", kernel::Door::Page), at, app::scopes_of).await.unwrap();
        let held: Vec<_> = scopes.iter().map(|s| (s.product.as_ref().unwrap().key.as_str(), s.who.hats.as_slice(), s.who.worn)).collect();
        let orb = ("ORB", &[Hat::Developer, Hat::Stakeholder][..], Some(Hat::Developer));
        let sec = ("SEC", &[Hat::Owner, Hat::Stakeholder][..], None);
        assert!(held.len() == 2 && held.contains(&orb) && held.contains(&sec), "from {at:?}: {held:?}");
    }
}
