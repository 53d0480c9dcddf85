//! Links for people without an account: what they show, what they don't, and that their word opens nothing else.

use crate::reading::planted;
use axum::{body::Body, http::Request};
use kernel::{Area, Door, Json, Refusal, json};
use testkit::{Answer, House};

async fn made(h: &House, more: Json) -> String {
    let mut args = json!({ "look": "roadmap", "name": "Acme", "days": 7 });
    args.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let outcome = h.run("manager", "shared_link.make", args).await.unwrap();
    let app::Outcome::Done(done) = outcome else { panic!("the Manager decides") };
    done.reveal.unwrap()
}

async fn open(h: &House, path: &str) -> Answer {
    h.send(Request::get(path).body(Body::empty()).unwrap()).await
}

fn zq(area: Area) -> String {
    format!("zq{area}")
}

#[tokio::test]
async fn a_link_shows_the_roadmap_and_nothing_else() {
    let h = planted(zq).await;
    let window = json!({ "initiative": "1", "ends_on": "2027-03-31" });
    let asked = h.proposed("manager", "initiative.edit", window).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let path = made(&h, json!({})).await;
    let page = open(&h, &path).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("zqroadmap bet") && page.text.contains("zqroadmap slice") && page.text.contains("Orbit"));
    for area in Area::ALL.iter().filter(|area| **area != Area::Roadmap) {
        assert!(!page.text.contains(&zq(*area)), "{area}");
    }
    for inside in ["zqroadmap body", "ORB-", "/ORB", "Manager", "Mar 2027", "data-product=\"", "csv:"] {
        assert!(!page.text.contains(inside), "{inside}: {}", page.text);
    }
    assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(page.headers.get("set-cookie").is_none());
    let dated = open(&h, &made(&h, json!({ "shows": ["dates"] })).await).await;
    assert!(dated.text.contains("31 Mar 2027"));
}

#[tokio::test]
async fn the_word_of_a_link_opens_no_other_address() {
    let h = planted(zq).await;
    let path = made(&h, json!({})).await;
    let word = path.rsplit('/').next().unwrap();
    for place in crate::reading::PLACES.iter().copied().chain(["/ORB/links", "/live?product=ORB", "/account", "/members", "/products"]) {
        for header in [("cookie", format!("tandem={word}")), ("authorization", format!("Bearer {word}"))] {
            let answer = h.send(Request::get(place).header(header.0, header.1).body(Body::empty()).unwrap()).await;
            assert!(!answer.status.is_success() && !answer.text.contains("zq"), "{place}: {}", answer.status);
        }
    }
    for query in h.app.registry.queries() {
        let place = query.route.path.replace("{product}", "ORB").replace('{', "").replace('}', "");
        assert_eq!(h.rest(word, "GET", &place, Json::Null).await.status, 401, "{place}");
    }
    for command in h.app.registry.commands().filter(|c| !c.route.is_inside()) {
        let place = command.route.path.replace("{product}", "ORB").replace('{', "").replace('}', "");
        assert_eq!(h.rest(word, command.route.verb.name(), &place, json!({})).await.status, 401, "{place}");
    }
    for more in ["/", "/ORB", "?open=1", "?as_of=2026-01-01", "/roadmap"] {
        let answer = open(&h, &format!("{path}{more}")).await;
        assert!(!answer.text.contains("zqstrategy") && !answer.text.contains("zqcustomers") && !answer.text.contains("zqbacklog"), "{more}");
    }
}

#[tokio::test]
async fn expired_revoked_and_guessed_are_one_sentence() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "Pay by card" }), "initiative").await;
    let (revoked, expired) = (made(&h, json!({ "name": "Revoked" })).await, made(&h, json!({ "days": 1 })).await);
    assert!(open(&h, &revoked).await.text.contains("Pay by card"));
    let id = h.text("select id from shared_link where name = 'Revoked'".into()).await;
    h.run("manager", "shared_link.revoke", json!({ "shared_link": id })).await.unwrap();
    h.app.clock.forward(2 * 86_400_000);
    let guessed = format!("/shared/{}", "0".repeat(64));
    let mut told: Vec<(u16, String)> = vec![];
    for path in [&revoked, &expired, &guessed] {
        let answer = open(&h, path).await;
        told.push((answer.status.as_u16(), answer.text.replace(path.as_str(), "…")));
    }
    assert!(told.iter().all(|one| *one == told[0]) && told[0].0 == 404, "{told:?}");
    assert!(told[0].1.contains("opens nothing, or nothing any more"));
    assert!(matches!(h.run("manager", "shared_link.revoke", json!({ "shared_link": id })).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn links_are_counted_limited_and_seen_by_those_who_publish() {
    let h = House::new().await;
    let path = made(&h, json!({ "name": "Acme board" })).await;
    for _ in 0..3 {
        open(&h, &path).await;
    }
    let page = h.get("manager", "/ORB/links").await.text;
    assert!(page.contains("Acme board") && page.contains("opened 3 times"), "{page}");
    assert!(h.get("owner", "/ORB/links").await.text.contains("Acme board"), "the Owner may propose there");
    for who in ["developer", "stakeholder"] {
        assert!(!h.get(who, "/ORB/links").await.text.contains("Acme board") && !h.get(who, "/ORB/activity").await.text.contains("Acme board"));
    }
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    let word = path.rsplit('/').next().unwrap();
    let token = h.token("manager").await;
    let told = h.rest(&token, "GET", "/products/ORB/shared-links", Json::Null).await.text
        + &h.rest(&token, "GET", "/products/ORB/activity", Json::Null).await.text;
    assert!(told.contains("Acme board") && !told.contains(word) && !told.contains(&app::secret::hash(word)) && !told.contains("hash"));
    let mut statuses = vec![];
    for n in 0..130 {
        statuses.push(open(&h, &format!("/shared/{n:064}")).await.status.as_u16());
    }
    assert!(statuses.contains(&429), "whoever guesses is slowed down");
    for bad in [json!({ "look": "backlog" }), json!({ "days": 0 }), json!({ "days": 400 }), json!({ "shows": ["secrets"] })] {
        let mut args = json!({ "look": "roadmap", "name": "x" });
        args.as_object_mut().unwrap().extend(bad.as_object().unwrap().clone());
        assert!(matches!(h.run("manager", "shared_link.make", args).await, Err(Refusal::Invalid(_))));
    }
    h.proposed("owner", "shared_link.make", json!({ "look": "roadmap", "name": "y" })).await;
    let refused = h
        .app
        .run(&h.visitor("stakeholder", Door::Page), app::Ask::named(Some("ORB"), "shared_link.make", json!({ "look": "roadmap", "name": "z" })))
        .await;
    assert!(matches!(refused, Err(Refusal::Denied { .. })));
}
