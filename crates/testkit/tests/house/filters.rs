//! Filters: one grammar for what is typed, for the address and for programs, and nothing told wrongly because of them.

use kernel::json;
use testkit::House;

/// A running sprint with three stories of which one is a bug, given to the developer, with a label of two words.
async fn three() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "One", "feature": "2" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "Two late", "kind": "bug", "labels": ["needs care"] }), "story").await;
    h.made("owner", "story.create", json!({ "title": "Three late", "labels": ["needs"] }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "story.set", json!({ "stories": ["3", "4", "5"], "sprint": "1" })).await.unwrap();
    h.run("owner", "story.set", json!({ "stories": ["4"], "assignee": h.member("developer").simple().to_string() })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h
}

/// The titles that a page shows.
fn shown(html: &str) -> Vec<&'static str> {
    ["One", "Two late", "Three late"].into_iter().filter(|title| html.contains(&format!(">{title}</a>"))).collect()
}

#[tokio::test]
async fn what_is_typed_and_what_an_address_says_are_one() {
    let h = three().await;
    for (asked, wanted) in [
        ("q=type:Bugs", vec!["Two late"]),
        ("kind=bug", vec!["Two late"]),
        ("q=label:%22needs%20care%22", vec!["Two late"]),
        ("q=late", vec!["Two late", "Three late"]),
        ("q=late&kind=story", vec!["Three late"]),
        ("q=kind:bug&kind=story", vec!["Two late"]),
        ("q=who:develop", vec!["Two late"]),
        ("who=nobody", vec!["One", "Three late"]),
        ("feature=ORB-2", vec!["One"]),
        ("q=%22kind:bug%22", vec![]),
        ("q=who:somebody", vec![]),
    ] {
        for page in ["backlog", "sprint"] {
            let html = h.get("developer", &format!("/ORB/{page}?{asked}")).await;
            assert_eq!(html.status, 200, "{page}?{asked}");
            assert_eq!(shown(&html.text), wanted, "{page}?{asked}");
        }
    }
}

#[tokio::test]
async fn chips_lead_to_the_page_without_them() {
    let h = three().await;
    let page = h.get("owner", "/ORB/sprint?sprint=1&q=late%20kind:bug&is=unready").await.text;
    assert!(page.contains("href=\"sprint?sprint=1&amp;q=late&amp;is=unready&amp;\" aria-label=\"Bugs, take this filter away\""), "{page}");
    assert!(page.contains("<input type=\"hidden\" name=\"is\" value=\"unready\">"), "what is set goes along with what is typed");
    let feature = h.get("owner", "/ORB/backlog/values?term=feature&q=").await.text;
    assert!(feature.contains("data-value=\"ORB-2\""), "{feature}");
    assert!(h.get("owner", "/ORB/backlog/values?term=label&q=care").await.text.contains("needs care"));
    assert!(h.get("owner", "/ORB/backlog/values?term=who&q=develop").await.text.contains("data-value=\""));
}

#[tokio::test]
async fn what_a_sprint_is_told_by_is_the_whole_of_it() {
    let h = three().await;
    h.run("developer", "story.estimate", json!({ "story": "3", "points": 3 })).await.unwrap();
    let page = h.get("owner", "/ORB/sprint?who=me").await.text;
    assert!(page.contains("of 3 points accepted"), "{page}");
    assert!(page.contains("No story of this sprint fits."), "an empty board says why");
    let home = h.get("stakeholder", "/ORB/").await.text;
    assert!(home.contains("<strong>0</strong> of 3 parts done"), "in plain words and without sizes: {home}");
    assert!(page.contains("<strong>0 stories accepted</strong>, 3 not."), "closing it asks about all of its stories");
}

#[tokio::test]
async fn programs_filter_in_the_same_words() {
    let h = three().await;
    let token = h.token("owner").await;
    let got = h.rest(&token, "GET", "/products/ORB/backlog?q=late%20type:bug", json!(null)).await.json();
    assert_eq!(got["items"].as_array().map(Vec::len), Some(1), "{got}");
    let odd = h.rest(&token, "GET", "/products/ORB/backlog?q=who:somebody", json!(null)).await;
    assert_eq!(odd.status, 422);
}
