//! Whoever may not: a refusal tells nothing about what exists, and nothing much is read before it.

use app::{Ask, Outcome};
use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::{Authority, CommandSpec, Hat, Json, Matrix, Standing, json, matrix::Way};
use testkit::{Answer, House};

/// Words that stand for something there, and words that stand for nothing.
async fn words(h: &House) -> (Vec<String>, Vec<String>) {
    crate::chain::thread_above(h).await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    h.cookie("owner").await;
    h.token("owner").await;
    let mut there = vec!["1".to_owned(), "owner@x.org".into(), "ORB".into(), "manager".into(), "2026-09-30".into()];
    for table in ["member", "story", "need", "evidence", "objective", "key_result", "membership", "session", "api_token"] {
        there.push(h.text(format!("select coalesce((select min(id) from {table}), 'none')")).await);
    }
    (there, vec!["999".into(), "nobody@x.org".into(), "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6".into(), "\0".into()])
}

/// The same word in every field that takes text.
fn filled(schema: &Json, word: &str) -> Json {
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let fill = |field: &Json| match (web::forms::allows(field, "array"), web::forms::allows(field, "string")) {
        (true, _) => json!([word]),
        (_, true) => json!(word),
        _ => json!(1),
    };
    fields.into_iter().filter(|(name, _)| name != "product").map(|(name, field)| (name, fill(&field))).collect()
}

async fn asked(h: &House, token: &str, spec: &CommandSpec, word: &str) -> (u16, String) {
    let args = filled(&(spec.schema)(), word);
    let mut path = spec.route.path.replace("{product}", "ORB");
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, &web::text::encode(word));
    }
    let answer = h.rest(token, spec.route.verb.name(), &path, args).await;
    (answer.status.as_u16(), answer.text)
}

/// Whether someone could not even propose a command, whatever it is about.
fn is_shut(spec: &CommandSpec, who: &str) -> bool {
    let matrix = Matrix::of_way(Way::TwoPeople);
    let by_area = !spec.areas.is_empty() && spec.areas.iter().all(|area| matrix.standing(*area, Hat::Stakeholder) < Standing::Proposes);
    match who {
        "nobody" => true,
        "outsider" => spec.route.in_product() || spec.authority == Authority::Administrator,
        _ => by_area || spec.authority == Authority::Administrator,
    }
}

#[tokio::test]
async fn a_refusal_is_the_same_whether_the_thing_exists_or_not() {
    let h = House::new().await;
    let (there, nowhere) = words(&h).await;
    let mut tried = 0;
    for who in ["nobody", "outsider", "stakeholder"] {
        let token = if who == "nobody" { "wrong".to_owned() } else { h.token(who).await };
        for spec in h.app.registry.commands().filter(|c| !c.route.is_inside() && is_shut(c, who)) {
            let first = asked(&h, &token, spec, &there[0]).await;
            assert!([401, 403, 404].contains(&first.0), "{} as {who}: {first:?}", spec.name);
            for word in there.iter().chain(&nowhere) {
                tried += 1;
                assert_eq!(asked(&h, &token, spec, word).await, first, "{} as {who} tells of {word:?}", spec.name);
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[tokio::test]
async fn bad_json_tells_strangers_nothing_but_to_sign_in() {
    let h = House::new().await;
    for (who, status) in [("nobody", 401), ("outsider", 404), ("owner", 422)] {
        let token = if who == "nobody" { "wrong".to_owned() } else { h.token(who).await };
        let request = Request::post("/api/v1/products/ORB/stories").header(header::AUTHORIZATION, format!("Bearer {token}"));
        assert_eq!(h.send(request.body(Body::from("{")).unwrap()).await.status, status, "{who}");
    }
}

/// Every field of every command and query that takes text is given what no database keeps.
#[tokio::test]
async fn nul_is_refused_in_a_sentence() {
    let h = House::new().await;
    let token = h.token("manager").await;
    for spec in h.app.registry.commands().filter(|c| !c.route.is_inside()) {
        let (status, text) = asked(&h, &token, spec, "a\0b").await;
        let has_text = filled(&(spec.schema)(), "x").to_string().contains("\"x\"");
        assert!(!has_text || [403, 404, 422].contains(&status), "{}: {status} {text}", spec.name);
        assert!(status < 500, "{}: {status} {text}", spec.name);
    }
    for spec in h.app.registry.queries() {
        let mut path = spec.route.path.replace("{product}", "ORB");
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, "a%00b");
        }
        for field in (spec.schema)()["properties"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let answer = h.rest(&token, "GET", &format!("{path}?{field}=a%00b"), Json::Null).await;
            assert!(answer.status.as_u16() < 500, "{} {field}: {}", spec.name, answer.text);
        }
    }
    for path in ["/ORB/search?q=%00", "/ORB/backlog?label=%00", "/ORB/story/%00", "/%00/", "/join/%00", "/help/%00", "/ORB/activity?member=%00"] {
        assert!(h.get("owner", path).await.status.as_u16() < 500, "{path}");
    }
    for form in ["email=%00%40x.org&password=x", "email=a%40x.org&password=%00", "email=a&password=b&to=%00"] {
        assert!(h.post("nobody", "/sign-in", form).await.status.as_u16() < 500, "{form}");
    }
    let reason = h.post("owner", "/ORB/do/story.create", "title=t&_reason=a%00b").await;
    assert_eq!(reason.status, 422);
}

#[tokio::test]
async fn a_refusal_names_a_field_of_the_command() {
    let h = House::new().await;
    let token = h.token("manager").await;
    for spec in h.app.registry.commands().filter(|c| !c.route.is_inside() && c.route.in_product()) {
        let schema = (spec.schema)();
        for (field, kind) in schema["properties"].as_object().into_iter().flatten() {
            let path = spec.route.path.replace("{product}", "ORB");
            if path.contains(&format!("{{{field}}}")) || web::forms::allows(kind, "object") || kind.as_object().is_some_and(|k| k.is_empty()) {
                continue;
            }
            let mut args = filled(&schema, "1");
            args[field] = json!({ "no": "such" });
            let path = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
            let answer = h.rest(&token, spec.route.verb.name(), &path, args).await;
            if answer.status == 422 {
                for wrong in answer.json()["errors"].as_array().unwrap() {
                    let named = wrong["field"].as_str().unwrap().split(['.', '[']).next().unwrap();
                    assert!(schema["properties"].get(named).is_some(), "{} {field}: {wrong}", spec.name);
                }
            }
        }
    }
}

async fn sent(h: &House, request: axum::http::request::Builder, bytes: usize) -> Answer {
    let request = request.header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    h.send(request.body(Body::from(format!("email=a%40x.org&password=x&title=t&to={}", "x".repeat(bytes)))).unwrap()).await
}

#[tokio::test]
async fn little_is_read_of_strangers_and_more_of_members() {
    let h = House::new().await;
    let cookie = h.cookie("owner").await;
    assert_eq!(sent(&h, Request::post("/sign-in"), 10_000).await.status, 422);
    assert_eq!(sent(&h, Request::post("/sign-in"), 17_000).await.status, 413);
    assert_eq!(sent(&h, Request::post("/sign-in").header(header::CONTENT_LENGTH, "20000000"), 17_000).await.status, 413);
    let as_owner = || Request::post("/ORB/do/story.create").header(header::COOKIE, &cookie);
    assert_eq!(sent(&h, as_owner(), 100_000).await.status, 303);
    assert_eq!(sent(&h, as_owner(), 1_100_000).await.status, 413);
    let out = sent(&h, Request::post("/ORB/do/story.create").header(header::COOKIE, "tandem=gone"), 100_000).await;
    assert_eq!((out.status.as_u16(), out.location.as_deref()), (303, Some("/sign-in?to=%2FORB%2Fdo%2Fstory%2Ecreate")));
    let token = h.token("owner").await;
    let long = json!({ "title": "t", "body": "x".repeat(1_100_000) });
    let refused = h.rest(&token, "POST", "/products/ORB/stories", long.clone()).await;
    assert_eq!((refused.status.as_u16(), refused.json()["status"].as_u64()), (413, Some(413)));
    assert_eq!(h.rest("wrong", "POST", "/products/ORB/stories", long).await.status, 401);
}

/// Lists that a browser or program repeats are bounded before anything is done with them.
#[tokio::test]
async fn long_lists_are_refused_before_any_work() {
    let h = House::new().await;
    let many = |word: &str| vec![word.to_owned(); 20_000];
    for (command, args, field) in [
        ("story.create", json!({ "title": "t", "labels": (0..50_000).map(|n| n.to_string()).collect::<Vec<_>>() }), "labels"),
        ("story.create", json!({ "title": "t", "criteria": many("c") }), "criteria"),
        ("membership.invite", json!({ "email": "a@x.org", "hats": many("owner") }), "hats"),
        ("story.move_several", json!({ "stories": many("1"), "to": "top" }), "stories"),
    ] {
        match h.run("owner", command, args).await {
            Err(kernel::Refusal::Invalid(fields)) => assert_eq!(fields[0].field, field, "{command}"),
            other => panic!("{command}: {other:?}"),
        }
    }
    let hats = json!({ "email": "a@x.org", "hats": ["developer", "developer", "developer"] });
    let Ok(Outcome::Proposed(p)) = h.run("manager", "membership.invite", hats).await else { panic!() };
    assert!(!p.title.contains("Developer and Developer"), "{}", p.title);
    let open = h.get("manager", "/ORB/decisions").await.text;
    assert!(!open.contains("developer, developer"));
}

#[tokio::test]
async fn every_refusal_is_in_our_words() {
    let h = House::new().await;
    let token = h.token("owner").await;
    for (method, path) in
        [("GET", "/nothing"), ("DELETE", "/products/ORB/stories"), ("GET", "/products/%FF/stories"), ("POST", "/products/orb!/stories")]
    {
        let answer = h.rest(&token, method, path, Json::Null).await;
        assert_eq!(answer.json()["status"].as_u64(), Some(answer.status.as_u16().into()), "{method} {path}: {}", answer.text);
        assert_eq!(answer.kind.as_deref(), Some("application/problem+json"), "{method} {path}");
    }
    for (path, fields) in [("/sign-in", "nothing=1"), ("/ORB/backlog", "x=1"), ("/ORB/import", "x=1"), ("/%FF/do/story.create", "title=t")] {
        let answer = h.post("owner", path, fields).await;
        assert!(answer.status.is_client_error() && answer.kind.as_deref().is_some_and(|k| k.starts_with("text/html")), "{path}: {answer:?}");
    }
    let scripted = Request::post("/ORB/backlog").header("x-tandem", "1").header("sec-fetch-site", "cross-site");
    let answer = h.send(scripted.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.kind.as_deref()), (403, Some("application/problem+json")));
}

#[tokio::test]
async fn no_link_of_a_page_leaves_the_site() {
    let h = House::new().await;
    for path in ["/%2Fevil.test/x", "/%2Fevil.test/story/1", "/%5Cevil.test/backlog", "/%09%2Fevil.test/"] {
        let page = h.get("owner", path).await.text;
        assert!(!page.contains("href=\"//") && !page.contains("href=\"/\\") && !page.contains("evil.test/\""), "{path}: {page}");
    }
    let cookie = h.cookie("owner").await;
    for from in ["http://h//evil.test/x", "http://h/\\evil.test", "//evil.test/", "https://evil.test//evil.test"] {
        let request = Request::post("/ORB/do/story.create").header("sec-fetch-site", "same-origin").header(header::COOKIE, &cookie);
        let request = request.header(header::REFERER, from).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = h.send(request.body(Body::from("title=t")).unwrap()).await;
        let to = answer.location.unwrap();
        assert!(web::text::is_ours(&to), "{from} leads to {to}");
    }
    let refused = h.run("manager", "evidence.record", json!({ "quote": "q", "url": "javascript:alert(1)" })).await;
    assert!(matches!(refused, Err(kernel::Refusal::Invalid(fields)) if fields[0].field == "url"));
    h.made("manager", "evidence.record", json!({ "quote": "q", "url": "https://x.org/1" }), "evidence").await;
    // Kept before there was a rule.
    h.app.store.write(|w| w.execute("update evidence set url = 'javascript:alert(1)'", &[]).map(drop)).await.unwrap();
    let page = h.get("manager", "/ORB/customers").await.text;
    assert!(page.contains("javascript:alert(1)") && !page.contains("href=\"javascript"), "shown as text");
}

#[tokio::test]
async fn secrets_are_not_kept_by_browsers_and_https_stays_https() {
    let h = House::new().await;
    let kept = |answer: Answer| answer.headers.get(header::CACHE_CONTROL).unwrap().to_str().unwrap().to_owned();
    assert_eq!(kept(h.get("nobody", "/join/secret").await), "no-store");
    assert_eq!(kept(h.post("owner", "/do/token.create", "name=t").await), "no-store");
    assert_eq!(kept(h.get("owner", "/ORB/backlog").await), "private, no-cache");
    let token = h.token("owner").await;
    assert_eq!(kept(h.rest(&token, "POST", "/tokens", json!({ "name": "t" })).await), "no-store");
    let page = h.get("owner", "/ORB/backlog").await;
    assert!(page.headers.get("strict-transport-security").is_none(), "not on plain HTTP");
    let house = web::House {
        app: h.app.clone(),
        origin: Some("https://t.example".into()),
        proxies: web::Proxies::default(),
        closing: web::Closing::default(),
    };
    let router = tandem::router(&std::sync::Arc::new(house));
    let response = tower::ServiceExt::oneshot(router, Request::get("/sign-in").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
}

#[tokio::test]
async fn nobody_locks_another_out() {
    let h = House::new().await;
    let owner = kernel::Id::new(h.member("owner"));
    let password_hash = app::secret::hash_password("a long password".into()).await.unwrap();
    people::run_inside(&h.app, &people::SetPassword { member: owner, password_hash }).await.unwrap();
    let post_box = testkit::PostBox::of(&h.app);
    let house = web::House {
        app: h.app.clone(),
        origin: Some("https://t.example".into()),
        proxies: web::Proxies::default(),
        closing: web::Closing::default(),
    };
    let router = tandem::router(&std::sync::Arc::new(house));
    let try_it = async |email: &str, password: &str, cookies: &str| {
        let request =
            Request::post("/sign-in").header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = format!("email={}&password={}", web::text::encode(email), web::text::encode(password));
        let response =
            tower::ServiceExt::oneshot(router.clone(), request.header(header::COOKIE, cookies).body(Body::from(body)).unwrap()).await.unwrap();
        let cookies: Vec<String> =
            response.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap().split(';').next().unwrap().to_owned()).collect();
        (response.status().as_u16(), cookies)
    };
    let (status, cookies) = try_it("owner@x.org", "a long password", "").await;
    assert_eq!(status, 303);
    let device = cookies.into_iter().find(|c| c.starts_with("device=")).unwrap();
    // Ten tries, however the address is written.
    let spellings = ["owner@x.org", " owner@x.org ", "OWNER@x.org", "Owner@X.ORG  "];
    let tries: Vec<u16> = {
        let mut tries = vec![];
        for i in 0..12 {
            tries.push(try_it(spellings[i % 4], "wrong wrong wrong", "").await.0);
        }
        tries
    };
    assert_eq!(tries.iter().filter(|status| **status == 422).count(), 9, "{tries:?}");
    assert_eq!(try_it("owner@x.org", "a long password", "").await.0, 429, "a stranger with the right password waits");
    assert_eq!(try_it("owner@x.org", "a long password", &device).await.0, 303, "a device that the account was used on does not");
    assert_eq!(try_it("manager@x.org", "wrong wrong wrong", &device).await.0, 422, "the device is known for its own account alone");
    h.app.work_off().await.unwrap();
    let letter = post_box.letters().pop().unwrap();
    assert!(letter.to == "owner@x.org" && post_box.link(&letter).starts_with("/enter/"), "{letter:?}");
    let unknown: Vec<u16> = {
        let mut tries = vec![];
        for _ in 0..12 {
            tries.push(try_it("nobody@x.org", "wrong wrong wrong", "").await.0);
        }
        tries
    };
    assert_eq!(unknown.iter().filter(|status| **status == 429).count(), 2, "an unknown address is treated alike: {unknown:?}");
    h.app.work_off().await.unwrap();
    assert!(post_box.letters().len() <= 3, "letters are few");
}

#[tokio::test]
async fn what_is_old_is_thrown_away_and_the_record_stays() {
    let h = House::new().await;
    let ask = Ask { receipt: Some("k".into()), ..Ask::named(Some("ORB"), "story.create", json!({ "title": "t" })) };
    h.app.run(&h.visitor("owner", kernel::Door::Rest), ask).await.unwrap();
    h.cookie("owner").await;
    let offer = Ask::named(None, "account.invite", json!({ "email": "new@x.org" }));
    h.app.run(&h.visitor("manager", kernel::Door::Page), offer).await.unwrap();
    let activity = h.number("select count(*) from activity").await;
    assert_eq!(h.app.tidy_up().await.unwrap(), 0, "nothing is old yet");
    h.app.clock.forward(3 * 86_400_000);
    h.cookie("owner").await;
    assert_eq!(h.app.tidy_up().await.unwrap(), 1, "the receipt");
    h.app.clock.forward(60 * 86_400_000);
    assert_eq!(h.app.tidy_up().await.unwrap(), 1, "the invitation that expired long ago");
    h.app.clock.forward(121 * 86_400_000);
    h.cookie("owner").await;
    assert!(h.app.tidy_up().await.unwrap() >= 2, "sessions of half a year ago");
    assert_eq!(h.number("select count(*) from session").await, 1, "the one that is in use stays");
    assert!(h.number("select count(*) from activity").await >= activity, "what people did stays");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}
