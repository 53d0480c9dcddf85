//! Whose things are: what is a member's own is read by them alone, through every page and door, and nobody hears of it.

use crate::reading::{PLACES, exported};
use kernel::{Json, json};
use testkit::House;

/// A house in which the Manager keeps a filter to themself.
async fn with_a_private_filter() -> (House, String) {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Pay by card", "kind": "bug" }), "story").await;
    let filter = json!({ "page": "backlog", "name": "zqmine", "query": "q=zqwords&kind=bug" });
    let id = h.made("manager", "saved_filter.save", filter, "saved_filter").await;
    (h, id)
}

/// Everything from which something of the product can be read, as someone reads it.
async fn read_everywhere(h: &House, who: &str, id: &str) -> Vec<(String, String)> {
    let mut told = vec![];
    let searched = ["/ORB/search?q=zqmine", "/ORB/find?q=zqmine", "/ORB/activity?kind=saved_filter", "/ORB/removed"];
    // An assistant comes by REST alone.
    for page in
        PLACES.iter().map(|p| (*p).to_owned()).chain(searched.map(str::to_owned)).chain([format!("/ORB/filters/{id}")]).filter(|_| who != "assistant")
    {
        let answer = h.get(who, &page).await;
        told.push((page, answer.text + answer.location.as_deref().unwrap_or("")));
    }
    let token = h.token(who).await;
    for path in ["filters", "filters?shared=false", "activity?limit=500", "search?q=zqmine", "activity?kind=saved_filter"]
        .map(|path| format!("/products/ORB/{path}"))
        .into_iter()
        .chain([format!("/products/ORB/filters/{id}"), format!("/products/ORB/activity?about={id}"), "/account/activity".to_owned()])
    {
        told.push((path.clone(), h.rest(&token, "GET", &path, Json::Null).await.text));
    }
    told
}

/// Where the filter is told of. A search says again what was looked for, so there it is the way to the filter that counts.
fn telling(told: &[(String, String)]) -> Vec<&str> {
    let tells = |(place, text): &&(String, String)| match place.contains("q=zqmine") {
        true => text.contains("filters/") || text.contains("saved_filter"),
        false => text.contains("zqmine") || text.contains("zqwords"),
    };
    told.iter().filter(tells).map(|(place, _)| place.as_str()).collect()
}

#[tokio::test]
async fn what_is_private_is_read_by_its_member_alone() {
    let (h, id) = with_a_private_filter().await;
    for who in ["owner", "developer", "stakeholder", "assistant"] {
        let told = telling(&read_everywhere(&h, who, &id).await).join(", ");
        assert_eq!(told, "", "as {who}");
        if who != "assistant" {
            assert!(!exported(&h, who).await.contains("zqmine"), "in the export of {who}");
        }
        for (command, more) in [("saved_filter.edit", json!({ "name": "x" })), ("saved_filter.remove", json!({})), ("removed.bring_back", json!({}))]
        {
            let mut args = more;
            args[if command.starts_with("saved") { "saved_filter" } else { "thing" }] = json!(id);
            let refused = h.run(who, command, args).await;
            assert!(matches!(&refused, Err(kernel::Refusal::NotFound | kernel::Refusal::Denied { .. })), "{who} {command}: {refused:?}");
        }
    }
    let own = read_everywhere(&h, "manager", &id).await;
    for place in ["/ORB/backlog", "/ORB/find?q=zqmine", "/ORB/activity", "/products/ORB/filters", "/products/ORB/search?q=zqmine"] {
        assert!(telling(&own).contains(&place), "{place} tells the one whose it is");
    }
    assert!(exported(&h, "manager").await.contains("zqmine"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    // Shared, it is the product's; taken back, it is gone for the others.
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": id, "shared": true })).await.unwrap();
    assert!(telling(&read_everywhere(&h, "developer", &id).await).contains(&"/ORB/backlog"));
    h.run("owner", "saved_filter.edit", json!({ "saved_filter": id, "name": "Ours" })).await.unwrap();
    let refused = h.run("developer", "saved_filter.remove", json!({ "saved_filter": id })).await;
    assert!(matches!(refused, Err(kernel::Refusal::Denied { .. })), "{refused:?}");
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": id, "shared": false })).await.unwrap();
    assert_eq!(telling(&read_everywhere(&h, "owner", &id).await), Vec::<&str>::new());
}

#[tokio::test]
async fn nobody_else_hears_that_something_private_changed() {
    let (h, id) = with_a_private_filter().await;
    let orb = kernel::Uuid::parse_str(&h.text("select id from product where key = 'ORB'".into()).await).unwrap();
    let mut news = h.app.hub.subscribe();
    let mut heard = async |args: Json| {
        h.run("manager", "saved_filter.edit", args).await.unwrap();
        // On PostgreSQL the news of tests beside this one is heard too.
        let told = loop {
            let told = news.recv().await.unwrap();
            if told.product == Some(orb) {
                break told;
            }
        };
        (told.concerns(orb, h.member("manager")), told.concerns(orb, h.member("owner")))
    };
    assert_eq!(heard(json!({ "saved_filter": id, "name": "Other" })).await, (true, false));
    assert_eq!(heard(json!({ "saved_filter": id, "shared": true })).await, (true, true));
    assert_eq!(heard(json!({ "saved_filter": id, "name": "Third" })).await, (true, true));
    assert_eq!(heard(json!({ "saved_filter": id, "shared": false })).await, (true, true), "it goes from the pages of the others");
    assert_eq!(heard(json!({ "saved_filter": id, "name": "Fourth" })).await, (true, false));
}

#[tokio::test]
async fn a_saved_filter_stands_over_its_list_with_how_many_fit() {
    let (h, _) = with_a_private_filter().await;
    for title in ["Refund", "Receipt"] {
        h.made("owner", "story.create", json!({ "title": title, "kind": "bug" }), "story").await;
    }
    let save =
        async |name: &str, query: &str| h.run("developer", "saved_filter.save", json!({ "page": "backlog", "name": name, "query": query })).await;
    save("All bugs", "kind=bug").await.unwrap();
    save("Of somebody gone", "who=Nobody+at+all").await.unwrap();
    let page = h.get("developer", "/ORB/backlog?kind=bug").await.text;
    assert!(page.contains("g 1") && page.contains("<span dir=\"auto\">All bugs</span><span class=\"quiet\">3</span>"), "{page}");
    assert!(page.contains("<span dir=\"auto\">Of somebody gone</span></a>"), "what names nobody is not counted");
    assert!(page.contains("Change this filter") && !page.contains("Save this filter"));
    assert!(h.get("developer", "/ORB/backlog?kind=task").await.text.contains("Save this filter"));
    assert!(matches!(save("x", "open=3/4&").await, Ok(_)), "what a page does not know narrows nothing");
    for (page, query) in [("settings", "kind=bug"), ("backlog", ""), ("backlog", "K=1")] {
        let refused = h.run("developer", "saved_filter.save", json!({ "page": page, "name": "x", "query": query })).await;
        assert!(matches!(refused, Err(kernel::Refusal::Invalid(_))), "{page} {query}: {refused:?}");
    }
}
