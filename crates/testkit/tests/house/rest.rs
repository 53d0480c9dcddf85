//! The REST door.

use axum::{body::Body, http::Request};
use kernel::json;
use testkit::House;

#[tokio::test]
async fn the_whole_walk_through_rest() {
    let h = House::new().await;
    let (m, o, d) = (h.token("manager").await, h.token("owner").await, h.token("developer").await);
    let ok = |a: testkit::Answer| {
        assert_eq!(a.status, 200, "{}", a.text);
        a.json()
    };
    ok(h.rest(&m, "POST", "/products/ORB/initiatives", json!({ "title": "Bet" })).await);
    ok(h.rest(&m, "POST", "/products/ORB/features", json!({ "title": "Feature", "initiative": 1 })).await);
    for title in ["A", "B", "C"] {
        ok(h.rest(&o, "POST", "/products/ORB/stories", json!({ "title": title, "feature": "ORB-2" })).await);
    }
    ok(h.rest(&o, "PUT", "/products/ORB/stories/ORB-5/rank", json!({ "to": "top" })).await);
    ok(h.rest(&o, "POST", "/products/ORB/sprints", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await);
    ok(h.rest(&o, "POST", "/products/ORB/sprints/1/stories", json!({ "stories": [3, "4", "ORB-5"] })).await);
    ok(h.rest(&o, "POST", "/products/ORB/sprints/1/start", json!(null)).await);
    for n in 3..=5 {
        ok(h.rest(&d, "POST", &format!("/products/ORB/stories/{n}/start"), json!(null)).await);
        ok(h.rest(&d, "POST", &format!("/products/ORB/stories/{n}/handover"), json!(null)).await);
    }
    ok(h.rest(&o, "POST", "/products/ORB/stories/3/acceptance", json!({})).await);
    ok(h.rest(&o, "POST", "/products/ORB/stories/4/acceptance", json!({})).await);
    ok(h.rest(&o, "POST", "/products/ORB/stories/5/rejection", json!({ "reason": "no" })).await);
    ok(h.rest(&o, "POST", "/products/ORB/sprints/1/close", json!({ "leftover": "return" })).await);
    let chain = ok(h.rest(&m, "GET", "/products/ORB/thread/ORB-3", json!(null)).await);
    assert_eq!(chain["above"].as_array().unwrap().len(), 2);
    let waits = h.rest(&m, "PUT", "/products/ORB/stories/5/rank", json!({ "to": "bottom" })).await;
    assert_eq!(waits.status, 202);
    assert_eq!(waits.json()["asked"], json!(["owner"]));
}

#[tokio::test]
async fn versions_keys_and_problems() {
    let h = House::new().await;
    let token = h.token("owner").await;
    let keyed = |key: &'static str| {
        let (h, token) = (&h, token.clone());
        async move {
            let request =
                Request::post("/api/v1/products/ORB/stories").header("authorization", format!("Bearer {token}")).header("idempotency-key", key);
            h.send(request.body(Body::from(r#"{"title":"Once"}"#)).unwrap()).await
        }
    };
    let (one, two) = (keyed("k1").await, keyed("k1").await);
    assert_eq!(one.json(), two.json());
    assert_eq!(h.number("select count(*) from story").await, 1);
    let keyed_as = |path: &'static str, body: &'static str| {
        let (h, token) = (&h, token.clone());
        async move {
            let request = Request::post(path).header("authorization", format!("Bearer {token}")).header("idempotency-key", "k1");
            h.send(request.body(Body::from(body)).unwrap()).await
        }
    };
    let other = keyed_as("/api/v1/products/ORB/stories", r#"{"title":"Other"}"#).await;
    assert_eq!((other.status.as_u16(), other.json()["errors"][0]["field"].as_str()), (422, Some("Idempotency-Key")), "{}", other.text);
    h.second("TWO", "owner").await;
    assert_eq!(keyed_as("/api/v1/products/TWO/stories", r#"{"title":"Once"}"#).await.status, 200);
    assert_eq!(h.number("select count(*) from story").await, 2, "each product has its own");
    let read = h.rest(&token, "GET", "/products/ORB/stories/1", json!(null)).await;
    assert_eq!(read.etag.as_deref(), Some("\"1\""));
    let patch = |tag: &'static str| {
        let (h, token) = (&h, token.clone());
        async move {
            let request = Request::patch("/api/v1/products/ORB/stories/1").header("authorization", format!("Bearer {token}")).header("if-match", tag);
            h.send(request.body(Body::from(r#"{"title":"New"}"#)).unwrap()).await
        }
    };
    assert_eq!(patch("\"1\"").await.status, 200);
    let late = patch("\"1\"").await;
    assert_eq!((late.status.as_u16(), late.json()["version"].as_i64()), (409, Some(2)));
    assert_eq!(patch("W/\"1\"").await.status, 409, "a proxy made the tag weak: it still protects");
    for unreadable in ["1", "\"1", "\"abc\"", "\"1\", \"2\"", ""] {
        let answer = patch(unreadable).await;
        assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["field"].as_str().map(str::to_owned)), (422, Some("If-Match".into())));
    }
    assert_eq!(patch("*").await.status, 200, "any version there is");
    let wrong = h.rest(&token, "PATCH", "/products/ORB/stories/1", json!({ "title": "B", "version": "2" })).await;
    assert_eq!(wrong.json()["errors"][0]["field"], "version", "no number is not no version");
    let rank = h.rest(&token, "PUT", "/products/ORB/stories/1/rank", json!({ "to": "top", "version": 1 })).await;
    assert_eq!(rank.status, 409, "every act on one thing can be made against a version");
    let wrong = h.rest(&token, "POST", "/products/ORB/stories", json!({ "title": "" })).await;
    assert_eq!((wrong.status.as_u16(), wrong.json()["errors"][0]["field"].as_str().map(str::to_owned)), (422, Some("title".into())));
    assert_eq!(h.rest(&token, "POST", "/products/ORB/stories", json!([1])).await.status, 422);
    assert_eq!(h.rest("no such token", "GET", "/products/ORB/stories", json!(null)).await.status, 401);
    assert_eq!(h.rest(&h.token("outsider").await, "GET", "/products/ORB/stories", json!(null)).await.status, 404);
}

/// What a program counts on is heard or refused, never passed over.
#[tokio::test]
async fn a_header_that_cannot_be_read_is_refused() {
    let h = House::new().await;
    let token = h.token("owner").await;
    let ask = async |headers: &[(&str, &[u8])]| {
        let mut request = Request::post("/api/v1/products/ORB/stories").header("authorization", format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, axum::http::HeaderValue::from_bytes(value).unwrap());
        }
        let answer = h.send(request.body(Body::from(r#"{"title":"Once"}"#)).unwrap()).await;
        let field = if answer.status == 422 { answer.json()["errors"][0]["field"].as_str().map(str::to_owned) } else { None };
        (answer.status.as_u16(), field)
    };
    let long = [b'k'; 201];
    for (name, value) in [
        ("Idempotency-Key", &b"k\xe9"[..]),
        ("Idempotency-Key", b""),
        ("Idempotency-Key", &long),
        ("Tandem-Hat", b"\xe9"),
        ("Tandem-Hat", b"king"),
        ("Tandem-Reason", b"wegen \xfc"),
        ("If-Match", b"\xe9"),
    ] {
        assert_eq!(ask(&[(name, value)]).await, (422, Some(name.to_owned())), "{name} {value:?}");
    }
    assert_eq!(ask(&[("Idempotency-Key", b"a"), ("Idempotency-Key", b"b")]).await, (422, Some("Idempotency-Key".into())));
    assert_eq!(h.number("select count(*) from story").await, 0);
    assert_eq!(ask(&[("Idempotency-Key", &long[1..]), ("Tandem-Hat", b"owner"), ("Tandem-Reason", b"f%C3%BCr")]).await.0, 200);
}

#[tokio::test]
async fn a_reading_token_reads_and_a_revoked_one_does_nothing() {
    let h = House::new().await;
    let made = h.app.run(&h.visitor("owner", kernel::Door::Page), app::Ask::named(None, "token.create", json!({ "name": "r" }))).await.unwrap();
    let app::Outcome::Done(done) = made else { panic!() };
    let token = done.reveal.clone().unwrap();
    assert_eq!(h.rest(&token, "GET", "/products/ORB/stories", json!(null)).await.status, 200);
    assert_eq!(h.rest(&token, "POST", "/products/ORB/stories", json!({ "title": "x" })).await.status, 403);
    let id = done.things[0].id.simple().to_string();
    h.app.run(&h.visitor("owner", kernel::Door::Page), app::Ask::named(None, "token.revoke", json!({ "token": id }))).await.unwrap();
    assert_eq!(h.rest(&token, "GET", "/products/ORB/stories", json!(null)).await.status, 401);
    assert_eq!(
        h.number("select count(*) from activity where changes like '%token_hash%' and changes not like '%\"token_hash\",\"from\":null,\"to\":null%'")
            .await,
        0,
        "no hash enters the record"
    );
}

#[tokio::test]
async fn the_description_names_every_route() {
    let h = House::new().await;
    let answer = h.send(Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap()).await.json();
    assert_eq!(answer["openapi"], "3.1.0");
    assert!(!answer.to_string().contains("\"prefixItems\""), "what makers of clients do not read");
    for c in h.app.registry.commands().filter(|c| !c.route.is_inside()) {
        assert_eq!(answer["paths"][c.route.path][c.route.verb.name().to_lowercase()]["operationId"], c.name);
    }
}

/// Whoever kept the description asks whether it is still that, and is told so without its text.
#[tokio::test]
async fn the_description_is_fetched_anew_only_after_a_change() {
    let h = House::new().await;
    let ask = async |kept: &str| {
        let request = Request::get("/api/v1/openapi.json").header("if-none-match", kept);
        h.send(request.body(Body::empty()).unwrap()).await
    };
    let first = ask("").await;
    let tag = first.etag.unwrap();
    assert!(first.status == 200 && first.headers["cache-control"] == "public, no-cache");
    for kept in [tag.clone(), format!("W/{tag}"), format!("\"old\", {tag}")] {
        let again = ask(&kept).await;
        assert_eq!((again.status.as_u16(), again.text.as_str(), again.etag.as_deref()), (304, "", Some(tag.as_str())), "{kept}");
    }
    let after = ask("\"of another version\"").await;
    assert_eq!((after.status.as_u16(), after.text == first.text), (200, true));
}

#[tokio::test]
async fn every_answer_is_described_with_an_example() {
    let h = House::new().await;
    let document = h.send(Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap()).await.json();
    let mut described = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (verb, operation) in operations.as_object().unwrap() {
            let answer = &operation["responses"]["200"]["content"]["application/json"];
            assert!(answer["schema"].is_object() && !answer["example"].is_null(), "{verb} {path} answers nothing that is described");
            for code in ["401", "404", "422", "default"] {
                assert!(operation["responses"][code].is_object(), "{verb} {path} does not say how it answers {code}");
            }
            described += 1;
        }
    }
    assert!(described > 120, "{described} operations");
    // Makers of clients read an object where anything fits, not `true`.
    assert!(!document.to_string().contains("\"items\":true"));
}

#[tokio::test]
async fn a_field_that_is_no_list_is_given_once() {
    let h = House::new().await;
    let token = h.token("owner").await;
    let story = h.rest(&token, "POST", "/products/ORB/stories?labels=x&labels=y", json!({ "title": "s" })).await;
    assert_eq!(story.status, 200, "{}", story.text);
    assert_eq!(h.text("select labels from story".into()).await, "[\"x\",\"y\"]", "of a list each counts");
    for (method, path, field) in [
        ("POST", "/products/ORB/stories?kind=bug&kind=task", "kind"),
        ("PATCH", "/products/ORB/stories/1?story=2", "story"),
        ("GET", "/products/ORB/updates/drafted?kind=roadmap&kind=progress", "kind"),
    ] {
        let answer = h.rest(&token, method, path, json!({ "title": "t" })).await;
        assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["field"].as_str()), (422, Some(field)), "{path}: {}", answer.text);
        assert!(answer.text.contains("more than once"), "{path}: {}", answer.text);
    }
    assert_eq!(h.text("select title from story".into()).await, "s");
    // So it is on pages, where it is known; what no page reads may stand there as often as it likes.
    let page = h.get("owner", "/ORB/updates?kind=roadmap&kind=progress").await;
    assert!(page.status == 422 && page.text.contains("kind: this was sent more than once"), "{}", page.text);
    assert_eq!(h.get("owner", "/ORB/updates?kind=roadmap&x=1&x=2").await.status, 200);
}

#[tokio::test]
async fn what_is_not_there_is_said_in_json() {
    let h = House::new().await;
    let token = h.token("owner").await;
    for (method, path, status) in
        [("GET", "/nonsense", 404), ("GET", "/products/ORB/nonsense", 404), ("POST", "/nonsense", 404), ("DELETE", "/products/ORB/sprints", 405)]
    {
        let answer = h.rest(&token, method, path, json!(null)).await;
        assert_eq!((answer.status.as_u16(), answer.json()["status"].as_u64()), (status, Some(u64::from(status))), "{method} {path}: {}", answer.text);
    }
    assert_eq!(h.rest("nobody's", "GET", "/nonsense", json!(null)).await.status, 404, "a program is not sent to sign in");
}

/// Every noun of a product is read one by one and in pages, filtered and sorted, as its schema says.
#[tokio::test]
async fn every_noun_is_read_by_id_and_in_pages() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for i in 0..7 {
        h.made("owner", "story.create", json!({ "title": format!("S{i}"), "criteria": ["c"], "labels": ["x"] }), "story").await;
    }
    h.run("developer", "story.estimate", json!({ "story": "5", "points": 3 })).await.unwrap();
    let token = h.token("owner").await;
    let get = |path: String| {
        let (h, token) = (&h, token.clone());
        async move { h.rest(&token, "GET", &path, json!(null)).await }
    };
    let mut read = 0;
    for noun in h.app.registry.nouns().filter(|n| n.about.home == kernel::Home::Product && n.about.read != kernel::Reading::Nobody) {
        let path = format!("/products/ORB/{}", noun.about.many);
        let list = get(path.clone()).await;
        assert_eq!(list.status, 200, "{path}: {}", list.text);
        for item in list.json()["items"].as_array().unwrap() {
            let one = get(format!("{path}/{}", item["id"].as_str().unwrap())).await;
            assert_eq!(one.status, 200, "{path}: {}", one.text);
            assert_eq!(one.etag, Some(format!("\"{}\"", item["version"])), "{path}");
            for (field, value) in item.as_object().unwrap() {
                assert_eq!(&one.json()[field], value, "{path} {field}");
            }
            read += 1;
        }
        assert_eq!(get(format!("{path}/{}", uuid::Uuid::from_u128(1))).await.status, 404);
    }
    assert!(read > 25, "{read} things were there to read");
    assert_eq!(get("/products/ORB/features/ORB-2".into()).await.json()["key"], "ORB-2");
    // In pages, either way, nothing twice and nothing lost.
    for sort in ["number", "-number", "rank", "-rank", "created_at", "-created_at"] {
        let (mut seen, mut after) = (vec![], String::new());
        loop {
            let page = get(format!("/products/ORB/stories?limit=3&sort={sort}&after={after}&fields=number,title")).await.json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|s| s["number"].as_i64().unwrap()));
            assert!(page["items"][0].get("kind").is_none(), "only what was asked for");
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        let mut each = seen.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!((seen.len(), each.len()), (7, 7), "{sort}: {seen:?}");
        assert!(sort != "-number" || seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    }
    let count = |query: &'static str| {
        let get = &get;
        async move { get(format!("/products/ORB/stories?{query}")).await.json()["items"].as_array().map(Vec::len) }
    };
    assert_eq!(count("points=3").await, Some(1));
    assert_eq!(count("points=none&stage=open").await, Some(6));
    assert_eq!(count("stage=doing").await, Some(0));
    h.app.clock.forward(1000);
    let since = h.app.clock.now();
    h.run("owner", "story.edit", json!({ "story": "6", "title": "Later" })).await.unwrap();
    assert_eq!(get(format!("/products/ORB/stories?updated_since={since}")).await.json()["items"].as_array().map(Vec::len), Some(1));
    for wrong in [
        "limit=0",
        "limit=1&limit=2",
        "stage=open&stage=doing",
        "sort=title",
        "fields=secret",
        "nonsense=1",
        "labels=x",
        "points=many",
        "updated_since=today",
        "after=here",
    ] {
        let answer = get(format!("/products/ORB/stories?{wrong}")).await;
        let field = wrong.split('=').next().unwrap();
        assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["field"].as_str()), (422, Some(field)), "{wrong}: {}", answer.text);
    }
}
