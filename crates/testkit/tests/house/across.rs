//! Two products in one workspace: whoever belongs to one neither reads nor changes the other, and learns nothing of it.
//! Every command and query of the registry is tried with ids of the other product and with ids of nothing; both must be
//! answered alike. What is new is tried by being listed.

use crate::rows::Fixture;
use app::{Ask, Batch, Outcome};
use axum::{body::Body, http::Request};
use kernel::{Door, Home, Json, NounSpec, Reading, Refusal, json};
use testkit::{Answer, House};
use web::text::encode;

/// Of the shape of an id and a key, but of nothing that is there.
const NO_ID: &str = "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6";

/// What there is in one product: a thing of every noun, and an act.
pub(crate) struct Mine {
    fixture: Fixture,
    /// By noun.
    ids: Vec<(&'static str, String)>,
    act: String,
    /// Somebody who belongs to this product alone.
    helper: String,
}

impl Mine {
    pub(crate) fn of(&self, noun: &str) -> &str {
        self.ids.iter().find(|(known, _)| *known == noun).map_or_else(|| panic!("no {noun}"), |(_, id)| id)
    }

    /// Fills the product at hand.
    pub(crate) async fn fill(h: &House, stranger: &str, helper: &str) -> Mine {
        let mut fixture = Fixture::made(h).await;
        let key = h.here();
        let comment = json!({ "about": "story", "id": first(h, "story").await, "body": "c" });
        let comment = h.made(stranger, "comment.add", comment, "comment").await;
        h.made(stranger, "comment.react", json!({ "comment": comment, "sign": "thanks" }), "reaction").await;
        let asked = json!({ "proposal": fixture.of("question"), "body": "Why?" });
        fixture.0.extend([("comment", json!(comment)), ("asked", json!(h.made("developer", "proposal.ask", asked, "comment").await))]);
        h.made("manager", "evidence.record", json!({ "quote": "another" }), "evidence").await;
        h.made("manager", "key_result.measure", json!({ "key_result": first(h, "key_result").await, "amount": 0.5 }), "measurement").await;
        h.proposed("manager", "story.create", json!({ "title": "asked" })).await;
        h.run("owner", "import.record", json!({ "format": "csv", "file_name": "f" })).await.unwrap();
        h.run("developer", "story.start", json!({ "story": "3" })).await.unwrap();
        h.run("developer", "story.hand_over", json!({ "story": "3" })).await.unwrap();
        h.run("owner", "story.accept", json!({ "story": "3", "reason": "r" })).await.unwrap();
        let made = h.run(stranger, "story.create", json!({ "title": "made" })).await.unwrap();
        let Outcome::Done(done) = made else { panic!("they decide") };
        fixture.name_the_rest(h).await;
        let (act, helper) = (done.act.simple().to_string(), h.member(helper).simple().to_string());
        fixture.0.extend([("act", json!(act)), ("helper", json!(helper)), ("thing", json!(first(h, "story").await))]);
        let mut ids = vec![];
        for noun in nouns(h) {
            let id = first(h, noun.table).await;
            assert!(!id.is_empty(), "there is no {} in {key} to try", noun.table);
            ids.push((noun.table, id));
        }
        Mine { fixture, ids, act, helper }
    }

    /// Every command of a product with arguments that fit.
    pub(crate) fn rows(&self, h: &House) -> Vec<(&'static str, Json)> {
        let commands = h.app.registry.commands().filter(|c| c.route.in_product());
        commands.map(|spec| (spec.name, self.fixture.arguments(spec))).collect()
    }
}

/// The nouns of a product.
pub(crate) fn nouns(h: &House) -> Vec<&'static NounSpec> {
    h.app.registry.nouns().filter(|noun| noun.about.home == Home::Product).collect()
}

/// The first thing of a noun in the product at hand.
pub(crate) async fn first(h: &House, table: &str) -> String {
    h.text(format!("select coalesce(min(id), '') from {table} where product = (select id from product where key = '{}')", h.here())).await
}

/// Two products with the same in them. Each has two who belong to it alone: `orb` and `orb2`, `sec` and `sec2`.
async fn both() -> (House, Mine, Mine) {
    use kernel::Hat::*;
    let mut h = House::new().await;
    h.add("orb", &[Manager, Owner, Developer]).await;
    h.add("orb2", &[Developer]).await;
    let orb = Mine::fill(&h, "orb", "orb2").await;
    h.twin("SEC").await;
    h.add("sec", &[Manager, Owner, Developer]).await;
    h.add("sec2", &[Developer]).await;
    let sec = Mine::fill(&h, "sec", "sec2").await;
    (h, orb, sec)
}

/// All that is in a product, as far as a change of it would show.
async fn state(h: &House, key: &str) -> String {
    let mut state = String::new();
    for noun in nouns(h) {
        let table = noun.table;
        let sql = format!(
            "select cast(count(*) as text) || '/' || cast(coalesce(sum(version), 0) as text) from {table} where product = (select id from product where key = '{key}')"
        );
        state += &format!("{table} {} ", h.text(sql).await);
    }
    state
}

/// An answer without the word that was asked for, in either way of writing an id.
fn without(text: &str, word: &str) -> String {
    let hyphened = kernel::Uuid::parse_str(word).map_or_else(|_| word.to_owned(), |id| id.to_string());
    text.replace(word, "…").replace(&hyphened, "…").replace(&encode(word), "…")
}

/// What a command would do, in words that can be compared.
async fn tried(h: &House, name: &str, args: &Json, word: &str) -> Result<(), String> {
    let batch = Batch { asks: vec![Ask::named(Some("SEC"), name, args.clone())], title: None, dry: true };
    match h.app.run_all(&h.visitor("sec", Door::Page), batch, |_| {}).await {
        Ok(_) => Ok(()),
        Err(Refusal::Broken(cause)) => panic!("{name} {args}: {cause}"),
        Err(refusal) => Err(without(&format!("{refusal:?}"), word)),
    }
}

#[tokio::test]
async fn every_command_in_a_product_is_tried() {
    let (h, orb, sec) = both().await;
    let rows = sec.rows(&h);
    assert_eq!(orb.rows(&h).len(), rows.len());
    // As they stand the rows are understood, or being refused with another id would show nothing.
    let mut not_understood = vec![];
    for (name, args) in &rows {
        if matches!(tried(&h, name, args, "").await, Err(why) if why.contains("NotFound")) {
            not_understood.push(*name);
        }
    }
    assert!(not_understood.is_empty(), "{not_understood:?}");
}

#[tokio::test]
async fn a_thing_of_another_product_is_to_every_command_as_if_it_were_not() {
    let (h, orb, sec) = both().await;
    let before = state(&h, "ORB").await;
    let mut foreign: Vec<(String, &str)> = orb.ids.iter().map(|(_, id)| (id.clone(), NO_ID)).collect();
    foreign.extend([(orb.act.clone(), NO_ID), (orb.helper.clone(), NO_ID), ("ORB-4".into(), "SEC-999"), ("ORB-4".into(), "NON-4")]);
    let (mut wrong, mut refused) = (vec![], 0);
    for (name, args) in sec.rows(&h) {
        let schema = (h.app.registry.command(name).unwrap().spec.schema)();
        for (field, kind) in schema["properties"].as_object().into_iter().flatten() {
            let (is_list, is_text) = (web::forms::allows(kind, "array"), web::forms::allows(kind, "string"));
            if !(is_list || is_text) || field == "email" {
                continue; // An address is no id: whoever may bring people in may bring in anybody.
            }
            let with = |word: &str| {
                let mut args = args.clone();
                args[field] = if is_list { json!([word]) } else { json!(word) };
                args
            };
            // Where anything is taken it is text; one word shows as much as all of them.
            let is_free = tried(&h, name, &with(NO_ID), NO_ID).await.is_ok();
            for (there, nowhere) in foreign.iter().take(if is_free { 1 } else { usize::MAX }) {
                let (one, other) = (tried(&h, name, &with(there), there).await, tried(&h, name, &with(nowhere), nowhere).await);
                refused += usize::from(one.is_err());
                if one != other {
                    wrong.push(format!("{name}, {field} {there}: {one:?} where nothing is {other:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused > 1_000, "{refused} tries were refused");
    assert_eq!(state(&h, "ORB").await, before);
}

/// The rows of one product sent to the doors of the other.
#[tokio::test]
async fn neither_form_nor_program_reaches_over() {
    let (h, orb, sec) = both().await;
    let before = (state(&h, "ORB").await, state(&h, "SEC").await);
    let token = h.token("sec").await;
    for ((name, args), (_, own)) in orb.rows(&h).into_iter().zip(sec.rows(&h)) {
        let spec = h.app.registry.command(name).unwrap().spec;
        let fill = |key: &str, args: &Json| {
            let mut path = spec.route.path.replace("{product}", key);
            for (field, value) in args.as_object().unwrap() {
                path = path.replace(&format!("{{{field}}}"), value.as_str().unwrap_or("x"));
            }
            path
        };
        let fields: Vec<String> = args.as_object().unwrap().iter().map(|(k, v)| format!("{k}={}", encode(v.as_str().unwrap_or("1")))).collect();
        for (key, form, answer) in [
            ("ORB", false, h.rest(&token, spec.route.verb.name(), &fill("ORB", &args), args.clone()).await),
            ("NON", false, h.rest(&token, spec.route.verb.name(), &fill("NON", &args), args.clone()).await),
            ("ORB", true, h.post("sec", &format!("/ORB/do/{name}"), &fields.join("&")).await),
        ] {
            assert_eq!(answer.status, 404, "{name} in {key}{}: {}", if form { " by form" } else { "" }, answer.text);
        }
        // In their own product, with the other's ids: never the other's thing.
        if args != own && args.as_object().unwrap().iter().any(|(k, v)| own[k] != *v && v.as_str().is_some_and(|v| v.len() == 32)) {
            let reached = h.rest(&token, spec.route.verb.name(), &fill("SEC", &args), args.clone()).await;
            assert!([403, 404, 422].contains(&reached.status.as_u16()), "{name}: {} {}", reached.status, reached.text);
            let posted = h.post("sec", &format!("/SEC/do/{name}"), &fields.join("&")).await;
            assert!([403, 404, 422].contains(&posted.status.as_u16()), "{name} by form: {}", posted.status);
        }
    }
    assert_eq!((state(&h, "ORB").await, state(&h, "SEC").await), before);
}

/// Addresses of what can be read in a product, with a place for an id or key.
fn readings(h: &House) -> (Vec<String>, Vec<String>) {
    let place = |path: &str| {
        let mut path = path.replace("{product}", "KEY");
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, "WORD");
        }
        path
    };
    let mut rest = vec![];
    for query in h.app.registry.queries().filter(|q| q.route.in_product()) {
        let path = place(query.route.path);
        // What stands in the path already would be said twice.
        let is_asked = |field: &&String| !query.route.path.contains(&format!("{{{field}}}"));
        for field in (query.schema)()["properties"].as_object().into_iter().flatten().map(|(name, _)| name).filter(is_asked) {
            rest.push(format!("{path}?{field}=WORD"));
        }
        rest.push(path);
    }
    for noun in nouns(h).into_iter().filter(|n| n.about.read != Reading::Nobody) {
        rest.push(format!("/products/KEY/{}", noun.about.many));
        rest.push(format!("/products/KEY/{}/WORD", noun.about.many));
        for (field, _) in kernel::listing::fields(noun) {
            rest.push(format!("/products/KEY/{}?{field}=WORD", noun.about.many));
        }
        rest.push(format!("/products/KEY/{}?after=0~WORD", noun.about.many));
    }
    let mut pages: Vec<String> = crate::reading::PLACES.iter().map(|path| path.replace("/ORB", "/KEY")).collect();
    for path in [
        "",
        "customers",
        "customer-list",
        "understanding",
        "stakeholders",
        "research",
        "competitors",
        "personas",
        "measures",
        "models",
        "evenings",
        "foresight",
        "causes",
        "cases",
        "launch",
        "portal",
        "surveys",
        "outcomes",
        "strategy",
        "canvases",
        "risks",
        "roadmap",
        "roadmap?as_of=2026-09-20",
        "decisions",
        "thread",
        "activity",
        "backlog",
        "sprint",
        "acceptance",
        "coverage",
        "runs",
        "repositories",
        "search",
    ] {
        for field in ["open", "show", "task", "judge", "of", "sprint", "about", "after", "q", "label", "feature"] {
            pages.push(format!("/KEY/{path}{}{field}=WORD", if path.contains('?') { '&' } else { '?' }));
        }
    }
    pages.extend(["/KEY/story/WORD".into(), "/KEY/import/WORD".into(), "/KEY/conversation?thread=WORD".into()]);
    (pages, rest)
}

/// An answer without what every request has for itself.
fn told(answer: &Answer, word: &str, key: &str) -> (u16, String, Option<String>) {
    let hide = |text: &str| without(text, word).replace(key, "KEY");
    (answer.status.as_u16(), hide(&answer.text), answer.location.as_deref().map(hide))
}

#[tokio::test]
async fn what_is_in_another_product_is_read_through_no_door() {
    let (h, orb, _) = both().await;
    let (pages, rest) = readings(&h);
    let token = h.token("sec").await;
    let cookie = h.cookie("sec").await;
    let get = async |path: &str| h.send(Request::get(path).header("cookie", &cookie).body(Body::empty()).unwrap()).await;
    let words: Vec<&str> = orb.ids.iter().map(|(_, id)| id.as_str()).chain([orb.helper.as_str(), orb.act.as_str()]).collect();
    let mut wrong = vec![];
    // In their own product, with what is in the other.
    for path in rest.iter().filter(|path| path.contains("WORD")) {
        let at = |word: &str| path.replace("KEY", "SEC").replace("WORD", word);
        let nothing = told(&h.rest(&token, "GET", &at(NO_ID), Json::Null).await, NO_ID, "SEC");
        for word in &words {
            let answer = told(&h.rest(&token, "GET", &at(word), Json::Null).await, word, "SEC");
            if answer != nothing {
                wrong.push(format!("{path} with {word}: {answer:?}"));
            }
        }
        let (one, other) = (h.rest(&token, "GET", &at("ORB-4"), Json::Null).await, h.rest(&token, "GET", &at("NON-4"), Json::Null).await);
        if told(&one, "ORB-4", "SEC") != told(&other, "NON-4", "SEC") {
            wrong.push(format!("{path} with a key: {}", one.text));
        }
    }
    for path in pages.iter().filter(|path| path.contains("WORD")) {
        let at = |word: &str| path.replace("KEY", "SEC").replace("WORD", word);
        let nothing = told(&get(&at(NO_ID)).await, NO_ID, "SEC");
        for word in [orb.of("story"), orb.of("initiative"), orb.of("proposal"), orb.of("need"), &orb.helper] {
            if told(&get(&at(word)).await, word, "SEC") != nothing {
                wrong.push(format!("{path} with {word}"));
            }
        }
        if told(&get(&at("ORB-4")).await, "ORB-4", "SEC") != told(&get(&at("NON-4")).await, "NON-4", "SEC") {
            wrong.push(format!("{path} with a key"));
        }
    }
    // At the doors of the other: as at those of a product that is not there.
    for path in &rest {
        let at = |key: &str| path.replace("KEY", key).replace("WORD", "1");
        let (one, other) = (h.rest(&token, "GET", &at("ORB"), Json::Null).await, h.rest(&token, "GET", &at("NON"), Json::Null).await);
        if one.status != 404 || told(&one, "no word", "ORB") != told(&other, "no word", "NON") {
            wrong.push(format!("{path} at the other: {} {}", one.status, one.text));
        }
    }
    for path in pages.iter().map(String::as_str).chain(["/live?product=KEY", "/KEY/company", "/KEY/nonsense"]) {
        let at = |key: &str| path.replace("KEY", key).replace("WORD", "1");
        let (one, other) = (get(&at("ORB")).await, get(&at("NON")).await);
        if one.status != 404 || told(&one, "no word", "ORB") != told(&other, "no word", "NON") {
            wrong.push(format!("{path} at the other: {}", one.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A product written out, searched and told of holds nothing of another.
#[tokio::test]
async fn export_search_and_record_stay_in_their_product() {
    let (h, orb, _) = both().await;
    let (registry, blobs) = (h.app.registry.clone(), h.app.blobs.clone());
    let write = move |look: &mut kernel::Look| {
        let mut file = vec![];
        exchange::export(look, &registry, &blobs, &mut file)?;
        Ok(file)
    };
    let file = h.app.ask(&h.visitor("sec", Door::Cli), Some("SEC"), write.clone()).await.unwrap();
    let token = h.token("sec").await;
    let mut texts = vec![String::from_utf8(file).unwrap()];
    for path in ["/activity?limit=500", "/search?q=made", "/decisions", "/roadmap"] {
        texts.push(h.rest(&token, "GET", &format!("/products/SEC{path}"), Json::Null).await.text);
    }
    for (noun, id) in &orb.ids {
        let hyphened = kernel::Uuid::parse_str(id).unwrap().to_string();
        assert!(texts.iter().all(|text| !text.contains(id.as_str()) && !text.contains(&hyphened)), "the {noun} of the other product");
    }
    let refused = h.app.ask(&h.visitor("sec", Door::Cli), Some("ORB"), write).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "whoever does not belong to it writes nothing out");
}
