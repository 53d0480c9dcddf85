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

/// By a query of a room as well, and also from who sees every area.
#[tokio::test]
async fn what_is_private_is_governed_within_queries() {
    let (h, _) = with_a_private_filter().await;
    for (who, seen) in [("manager", 1), ("owner", 0), ("developer", 0)] {
        for from in ["saved_filter", "member join saved_filter on saved_filter.member = member.id"] {
            let count =
                move |look: &mut kernel::Look| look.number(&format!("select count(*) from {from} where saved_filter.removed_at is null"), &[]);
            assert_eq!(h.app.ask(&h.visitor(who, kernel::Door::Page), Some("ORB"), count).await, Ok(seen), "{who} from {from}");
        }
    }
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
    let id = the_shared(&h).await;
    assert!(telling(&read_everywhere(&h, "developer", &id).await).contains(&"/ORB/backlog"));
    h.run("owner", "saved_filter.edit", json!({ "saved_filter": id, "name": "Ours" })).await.unwrap();
    let refused = h.run("developer", "saved_filter.remove", json!({ "saved_filter": id })).await;
    assert!(matches!(refused, Err(kernel::Refusal::Denied { .. })), "{refused:?}");
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": id, "shared": false })).await.unwrap();
    assert_eq!(telling(&read_everywhere(&h, "owner", &id).await), Vec::<&str>::new());
}

/// The filter that is shared.
async fn the_shared(h: &House) -> String {
    h.text("select id from saved_filter where shared = 1 and removed_at is null".into()).await
}

/// What was said while a filter was private stays its member's, whatever becomes of it.
#[tokio::test]
async fn sharing_tells_nothing_of_before_and_undo_opens_nothing() {
    let (h, id) = with_a_private_filter().await;
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": id, "name": "Nice", "query": "kind=bug" })).await.unwrap();
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": id, "shared": true })).await.unwrap();
    let shared = the_shared(&h).await;
    for item in [&id, &shared] {
        let told = h.rest(&h.token("developer").await, "GET", &format!("/products/ORB/activity?item={item}"), Json::Null).await.text;
        assert!(!told.contains("zqmine") && !told.contains("zqwords"), "{told}");
    }
    assert_eq!(telling(&read_everywhere(&h, "developer", &shared).await), Vec::<&str>::new());
    // Another closes it; from then on it is its member's again, and no undo of that opens it.
    let outcome = h.run("owner", "saved_filter.edit", json!({ "saved_filter": shared, "shared": false })).await.unwrap();
    let app::Outcome::Done(done) = outcome else { panic!("it is done at once") };
    h.run("manager", "saved_filter.edit", json!({ "saved_filter": shared, "name": "zqmine" })).await.unwrap();
    let refused = h.run("owner", "act.undo", json!({ "act": done.act })).await;
    assert_eq!(refused, Err(kernel::Refusal::NotFound), "as if there were no such act");
    assert_eq!(telling(&read_everywhere(&h, "owner", &shared).await), Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_ones_own_is_told_to_no_assistant_and_no_token_for_a_part() {
    let h = House::new().await;
    h.run("manager", "day_off.take", json!({ "first_day": "2026-10-05" })).await.unwrap();
    let args = json!({ "name": "part", "can_write": true, "areas": ["backlog"], "products": ["ORB"] });
    let made = h.app.run(&h.visitor("manager", kernel::Door::Page), app::Ask::named(None, "token.create", args)).await.unwrap();
    let app::Outcome::Done(done) = made else { panic!("a token is made at once") };
    for token in [h.token("assistant").await, done.reveal.unwrap()] {
        for path in ["/account/activity", "/account/days-off"] {
            let answer = h.rest(&token, "GET", path, Json::Null).await;
            assert!(answer.status == 403 && !answer.text.contains("x.org") && !answer.text.contains("2026-10-05"), "{path}: {}", answer.text);
        }
    }
    let token = h.token("manager").await;
    assert!(h.rest(&token, "GET", "/account/days-off", Json::Null).await.text.contains("2026-10-05"));
}

#[tokio::test]
async fn ones_own_filters_stand_before_those_of_others() {
    let h = House::new().await;
    for n in 0..20 {
        let filter = json!({ "page": "backlog", "name": format!("Flood {n}"), "query": "kind=bug", "shared": true });
        h.run("stakeholder", "saved_filter.save", filter).await.unwrap();
    }
    h.run("owner", "saved_filter.save", json!({ "page": "backlog", "name": "My own", "query": "kind=task" })).await.unwrap();
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(page.find("My own").unwrap() < page.find("Flood 0").unwrap());
}

#[tokio::test]
async fn nobody_else_hears_that_something_private_changed() {
    let (h, id) = with_a_private_filter().await;
    let orb = kernel::Uuid::parse_str(&h.text("select id from product where key = 'ORB'".into()).await).unwrap();
    let mut news = h.app.hub.subscribe();
    let mut heard = async |args: Json| {
        while news.try_recv().is_ok() {}
        h.run("manager", "saved_filter.edit", args).await.unwrap();
        let (mut own, mut others) = (false, false);
        while let Ok(told) = news.try_recv() {
            // On PostgreSQL the news of tests beside this one is heard too.
            if told.product == Some(orb) {
                own |= told.concerns(Some(orb), h.member("manager"), false);
                others |= told.concerns(Some(orb), h.member("owner"), false);
            }
        }
        (own, others)
    };
    assert_eq!(heard(json!({ "saved_filter": id, "name": "Other" })).await, (true, false));
    assert_eq!(heard(json!({ "saved_filter": id, "shared": true })).await, (true, true));
    let id = the_shared(&h).await;
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
    save("Of somebody gone", "kind=bug&who=Nobody+at+all").await.unwrap();
    let page = h.get("developer", "/ORB/backlog?kind=bug").await.text;
    assert!(page.contains("g 1") && page.contains("<span dir=\"auto\">All bugs</span><span class=\"quiet\">3</span>"), "{page}");
    assert!(page.contains("<span dir=\"auto\">Of somebody gone</span></a>"), "what names nobody is not counted");
    assert!(page.contains("Change this filter") && !page.contains("Save this filter"));
    assert!(h.get("developer", "/ORB/backlog?kind=task").await.text.contains("Save this filter"));
    assert!(save("x", "open=3/4&").await.is_ok(), "what a page does not know narrows nothing");
    h.run("developer", "saved_filter.save", json!({ "page": "decisions", "name": "Of the backlog", "query": "area=backlog" })).await.unwrap();
    assert!(h.get("developer", "/ORB/decisions").await.text.contains("<span dir=\"auto\">Of the backlog</span><span class=\"quiet\">0</span>"));
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1", "2"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "saved_filter.save", json!({ "page": "sprint", "name": "Nobody’s", "query": "who=nobody" })).await.unwrap();
    assert!(h.get("developer", "/ORB/sprint").await.text.contains("<span dir=\"auto\">Nobody’s</span><span class=\"quiet\">2</span>"));
    h.made("manager", "initiative.create", json!({ "title": "Ride in the rain" }), "initiative").await;
    h.made("manager", "need.create", json!({ "title": "Stay dry" }), "need").await;
    for (page, query) in [("customers", "q=dry&"), ("roadmap", "q=rain&")] {
        h.run("developer", "saved_filter.save", json!({ "page": page, "name": "About rain", "query": query })).await.unwrap();
        let seen = h.get("developer", &format!("/ORB/{page}")).await.text;
        assert!(seen.contains(&format!("href=\"{page}?{}\"", query.replace('&', "&amp;"))) && seen.contains("About rain"), "{page}: {seen}");
        assert!(h.get("owner", &format!("/ORB/{page}?{query}")).await.text.contains("Save this filter"), "{page}");
    }
    for (page, query) in [("settings", "kind=bug"), ("backlog", ""), ("backlog", "K=1")] {
        let refused = h.run("developer", "saved_filter.save", json!({ "page": page, "name": "x", "query": query })).await;
        assert!(matches!(refused, Err(kernel::Refusal::Invalid(_))), "{page} {query}: {refused:?}");
    }
}
