//! What programs are promised: every operation of the description that the house serves is asked for, and every answer,
//! given or refused, is held against the schema that stands there. A new operation is walked by being described.

use crate::across::{Mine, first};
use axum::{body::Body, http::Request};
use kernel::{Hat, Json, json};
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use testkit::{Answer, House};

/// Of the shape of an id, but of nothing that is there.
const NO_ID: &str = "0192f3a4-b5c6-7d8e-9fa0-b1c2d3e4f5a6";

/// The description, and what did not keep to it.
struct Contract {
    document: Json,
    /// Its schemas, which allow nothing that they don't tell of, and what holds a value against one: made once each.
    components: Json,
    judges: BTreeMap<String, jsonschema::Validator>,
    /// By operation: the statuses that were answered.
    answered: BTreeMap<String, BTreeSet<u16>>,
    wrong: Vec<String>,
}

/// An operation: its verb, its path, and what is said of it.
#[derive(Clone)]
struct Operation {
    verb: String,
    path: String,
    said: Json,
}

impl Operation {
    fn name(&self) -> &str {
        self.said["operationId"].as_str().unwrap()
    }

    /// Its parameters of a kind (`path`, `query`): name and schema.
    fn parameters(&self, kind: &str) -> Vec<(String, Json)> {
        let all = self.said["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == kind);
        all.map(|p| (p["name"].as_str().unwrap().to_owned(), p["schema"].clone())).collect()
    }
}

impl Contract {
    async fn served(h: &House) -> Contract {
        let answer = h.send(Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap()).await;
        let document = answer.json();
        let components = closed(&document["components"]["schemas"]);
        Contract { document, components, judges: BTreeMap::new(), answered: BTreeMap::new(), wrong: vec![] }
    }

    fn operations(&self) -> Vec<Operation> {
        let paths = self.document["paths"].as_object().unwrap();
        let all = paths.iter().flat_map(|(path, verbs)| verbs.as_object().unwrap().iter().map(move |(verb, said)| (path, verb, said)));
        all.map(|(path, verb, said)| Operation { verb: verb.to_uppercase(), path: path.clone(), said: said.clone() }).collect()
    }

    /// Whether a value is what a schema of the document says, and holds nothing besides.
    fn fits(&mut self, schema: &Json, value: &Json) -> Result<(), String> {
        let judge = match self.judges.entry(schema.to_string()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let whole = json!({ "allOf": [closed(schema)], "components": { "schemas": reached(schema, &self.components) } });
                new.insert(jsonschema::options().should_validate_formats(true).build(&whole).map_err(|e| e.to_string())?)
            }
        };
        let wrong: Vec<String> = judge.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }

    /// Holds an answer against what is said of its operation.
    fn judge(&mut self, operation: &Operation, asked: &str, answer: &Answer) {
        let code = answer.status.as_u16();
        self.answered.entry(operation.name().to_owned()).or_default().insert(code);
        let at = format!("{} {} answers {code}", operation.verb, asked);
        let Some(said) = operation.said["responses"].get(code.to_string()) else {
            return self.wrong.push(format!("{at}, of which nothing is said: {}", answer.text));
        };
        let kind = answer.kind.as_deref().unwrap_or("");
        let Some(schema) = said["content"].get(kind).map(|body| body["schema"].clone()) else {
            return self.wrong.push(format!("{at} as {kind:?}"));
        };
        if let Err(why) = self.fits(&schema, &answer.json()) {
            self.wrong.push(format!("{at}: {why} in {}", answer.text.chars().take(600).collect::<String>()));
        }
        if answer.text.contains("_hash\"") {
            self.wrong.push(format!("{at} and tells the hash of a secret"));
        }
        if code >= 400 && answer.json()["status"] != code {
            self.wrong.push(format!("{at} but says {}", answer.text));
        }
    }

    async fn ask(&mut self, h: &House, operation: &Operation, token: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(operation.verb.as_str()).uri(format!("/api/v1{address}"));
        request = request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = h.send(request.body(Body::from(body.to_owned())).unwrap()).await;
        self.judge(operation, &format!("{address} {headers:?} {body}"), &answer);
        answer
    }

    fn given(&self, name: &str) -> bool {
        self.answered.get(name).is_some_and(|codes| codes.iter().any(|code| *code < 300))
    }
}

/// The same schema, which allows nothing that it doesn't tell of.
fn closed(schema: &Json) -> Json {
    match schema {
        Json::Object(fields) => {
            let mut fields: Map<String, Json> = fields.iter().map(|(name, inner)| (name.clone(), closed(inner))).collect();
            if fields.get("properties").is_some_and(|p| p.as_object().is_some_and(|p| !p.values().all(|v| v == "object"))) {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            Json::Object(fields)
        }
        Json::Array(all) => Json::Array(all.iter().map(closed).collect()),
        other => other.clone(),
    }
}

/// Those of the schemas that one leads to: each judge would be told all of them anew.
fn reached(schema: &Json, all: &Json) -> Json {
    let (mut found, mut ahead) = (Map::new(), vec![schema]);
    while let Some(next) = ahead.pop() {
        match next {
            Json::Object(fields) => ahead.extend(fields.values()),
            Json::Array(inner) => ahead.extend(inner),
            Json::String(text) => {
                let name = text.strip_prefix("#/components/schemas/").filter(|name| !found.contains_key(*name));
                if let Some((name, schema)) = name.and_then(|name| all.as_object()?.get_key_value(name)) {
                    found.insert(name.clone(), schema.clone());
                    ahead.push(schema);
                }
            }
            _ => {}
        }
    }
    Json::Object(found)
}

/// A product with a thing of every noun, whose token for whoever decides most comes with it.
async fn filled() -> (House, Mine, String) {
    let mut h = House::new().await;
    h.add("orb", &[Hat::Manager, Hat::Owner, Hat::Developer]).await;
    h.add("orb2", &[Hat::Developer]).await;
    let mine = Mine::fill(&h, "orb", "orb2").await;
    let waiting = h.made("owner", "story.create", json!({ "title": "waits for a verdict" }), "story").await;
    h.run("developer", "story.hand_over", json!({ "story": waiting })).await.unwrap();
    h.run("orb", "day_off.take", json!({ "first_day": "2026-10-05" })).await.unwrap();
    // Whoever handed in at an evening reads what was handed in there.
    let evening = h.made("orb", "club_evening.plan", json!({ "challenge": crate::evenings::GUESS }), "club_evening").await;
    h.run("orb", "club_evening.start", json!({ "evening": evening })).await.unwrap();
    h.run("orb", "club_evening.hand_in", json!({ "evening": evening, "parts": crate::evenings::parts() })).await.unwrap();
    h.run("orb", "club_evening.reveal", json!({ "evening": evening })).await.unwrap();
    h.run("orb", "attempt.begin", json!({ "challenge": "airfields-brazil", "mode": "learning" })).await.unwrap();
    let attempt = h.made("orb", "attempt.begin", json!({ "challenge": "ambulances-amman", "mode": "learning" }), "attempt").await;
    h.run("orb", "attempt.hand_in", json!({ "attempt": attempt, "parts": { "scope": "s", "low": "1", "high": "2" } })).await.unwrap();
    crate::assistant::helped(&h);
    h.run("orb", "feedback.ask", json!({ "attempt": attempt })).await.unwrap();
    crate::authoring::published(&h, "orb", "written-here", "drill", "alarm-base-rate").await;
    h.run("orb", "model_draft.stories", json!({ "feature": "2" })).await.unwrap();
    let theirs = crate::evenings::shared(&h, "owner", "ambulances-amman").await;
    h.run("orb", "peer_review.give", crate::evenings::review("ambulances-amman", &theirs)).await.unwrap();
    let asked = h.text("select max(id) from forecast_question".into()).await;
    h.run("orb", "prediction.give", json!({ "forecast_question": asked, "chance": 70 })).await.unwrap();
    let story = first(&h, "story").await;
    h.run("orb", "watch.set", json!({ "about": "story", "id": story, "mode": "watching" })).await.unwrap();
    h.run("orb", "notice_wish.set", json!({ "named": "here" })).await.unwrap();
    h.run("orb", "update_wish.set", json!({ "wanted": true })).await.unwrap();
    h.run("orb", "update_draft.save", json!({ "kind": "progress", "title": "D", "body": "b" })).await.unwrap();
    h.run("owner", "comment.add", json!({ "about": "story", "id": story, "body": "@Orb" })).await.unwrap();
    h.app.work_off().await.unwrap();
    let token = h.token("orb").await;
    (h, mine, token)
}

/// What stands in the place of a parameter of a path: the things that there are, by id and by key, or a story.
async fn words(h: &House, path: &str, name: &str) -> Vec<String> {
    let many = path.split(&format!("/{{{name}}}")).next().unwrap().rsplit('/').next().unwrap();
    let Some(noun) = h.app.registry.nouns().find(|noun| noun.about.many == many) else { return vec!["ORB-4".into()] };
    let number = if noun.fields.contains(&"number") { "coalesce(cast(number as text), id)" } else { "id" };
    let sql = format!("select id, {number} from {} where removed_at is null order by id limit 20", noun.table);
    let rows = h.app.store.read(move |reader| reader.query(&sql, &[])).await.unwrap();
    let mut words = vec![];
    for mut row in rows {
        words.extend([row.take::<String>().unwrap(), row.take::<String>().unwrap()]);
    }
    words.dedup();
    words
}

/// Values to try for a parameter behind the `?`: those that it allows, what the first thing holds, and a few more.
fn values(name: &str, schema: &Json, fields: &[String], page: &Json) -> Vec<String> {
    let mut values: Vec<String> = schema["enum"].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect();
    match &page["items"][0][name] {
        Json::String(text) => values.push(text.clone()),
        Json::Number(_) | Json::Bool(_) => values.push(page["items"][0][name].to_string()),
        _ => {}
    }
    match name {
        "after" => values.extend(page["next"].as_str().map(str::to_owned)),
        // A story of what is filled is called so.
        "title" => values.push("waits for a verdict".to_owned()),
        "fields" => values.extend(fields.iter().cloned().chain([fields.join(",")])),
        _ => {}
    }
    values.extend(["1", "none", "no such thing"].map(str::to_owned));
    values
}

/// Whether something is told, and not an empty list.
fn tells(answer: &Answer) -> bool {
    answer.status == 200 && answer.text != "[]" && !answer.text.starts_with(r#"{"items":[]"#)
}

#[tokio::test]
async fn every_reading_answers_what_is_described() {
    let (h, _, token) = filled().await;
    let mut contract = Contract::served(&h).await;
    let outsider = h.token("outsider").await;
    for operation in contract.operations().into_iter().filter(|o| o.verb == "GET") {
        let mut addresses = vec![operation.path.replace("{product}", "ORB")];
        for (name, _) in operation.parameters("path").iter().filter(|(name, _)| name != "product") {
            let words = words(&h, &operation.path, name).await;
            addresses = addresses.iter().flat_map(|a| words.iter().map(move |word| a.replace(&format!("{{{name}}}"), word))).collect();
        }
        assert!(!addresses.is_empty(), "there is nothing to read at {}", operation.path);
        let (schema, mut filled) = (&operation.said["responses"]["200"]["content"]["application/json"]["schema"], 0);
        let item = schema["properties"]["items"]["items"]["$ref"].as_str().map(|r| r.rsplit('/').next().unwrap().to_owned());
        let item = item.map(|name| contract.document["components"]["schemas"][name]["properties"].clone()).unwrap_or_default();
        let fields: Vec<String> = item.as_object().into_iter().flatten().map(|(name, _)| name.clone()).filter(|name| name != "key").collect();
        for address in &addresses {
            let page = contract.ask(&h, &operation, &token, address, &[], "").await;
            filled += usize::from(tells(&page));
            let page = if page.status == 200 { page.json() } else { Json::Null };
            for (name, schema) in operation.parameters("query") {
                for value in values(&name, &schema, &fields, &page) {
                    let value = web::text::encode(&value);
                    let answer = contract.ask(&h, &operation, &token, &format!("{address}?{name}={value}"), &[], "").await;
                    filled += usize::from(tells(&answer));
                    // A page that another follows.
                    if let ("limit", Some(next)) = (name.as_str(), answer.text.split_once("\"next\":\"").and_then(|(_, rest)| rest.split('"').next()))
                    {
                        contract.ask(&h, &operation, &token, &format!("{address}?limit=1&after={next}"), &[], "").await;
                    }
                }
            }
        }
        if filled == 0 {
            contract.wrong.push(format!("{} {} told nothing", operation.verb, operation.path));
        }
        contract.ask(&h, &operation, "wrong", &addresses[0], &[], "").await;
        contract.ask(&h, &operation, &outsider, &addresses[0], &[], "").await;
        let path = operation.path.replace("{product}", "ORB");
        let nothing: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { NO_ID } else { part }).collect();
        contract.ask(&h, &operation, &token, &nothing.join("/"), &[], "").await;
    }
    assert!(contract.wrong.is_empty(), "{} answers:\n{}", contract.wrong.len(), contract.wrong.join("\n"));
}

/// Ids as the description writes them.
fn hyphened(args: Json) -> Json {
    match args {
        Json::String(text) => json!(kernel::Uuid::try_parse(&text).map_or(text, |id| id.to_string())),
        Json::Array(all) => all.into_iter().map(hyphened).collect(),
        Json::Object(fields) => Json::Object(fields.into_iter().map(|(name, value)| (name, hyphened(value))).collect()),
        other => other,
    }
}

/// Commands of the workspace and of one's account, with arguments that fit.
async fn at_large(h: &House) -> Vec<(&'static str, Json)> {
    let member = h.member("outsider").simple().to_string();
    let token = h.made("manager", "token.create", json!({ "name": "t" }), "api_token").await;
    let other = h.made("developer", "token.create", json!({ "name": "o" }), "api_token").await;
    // Of someone who is not among those that try everything, since whoever may sign out everywhere does.
    h.cookie("developer").await;
    let session = h.text(format!("select max(id) from session where member = '{}'", h.member("developer").simple())).await;
    let [again, away] = given_up(h).await;
    let day_off = h.made("manager", "day_off.take", json!({ "first_day": "2026-10-05" }), "day_off").await;
    let mut rows = crate::practice::rows(h).await;
    rows.extend(crate::assistant::rows(h).await);
    rows.extend(crate::authoring::rows(h).await);
    rows.extend([
        ("digest.want", json!({ "wanted": true })),
        ("backup.ask", json!({})),
        ("notice.read", json!({})),
        ("notice_wish.set", json!({ "named": "here" })),
        ("job.retry", json!({ "job": again })),
        ("job.discard", json!({ "job": away })),
        ("account.edit", json!({ "name": "Z", "theme": "dark" })),
        ("account.invite", json!({ "email": "late@y.org" })),
        ("account.offer_reset", json!({ "member": member })),
        ("assistant.add", json!({ "name": "a" })),
        ("product.create", json!({ "name": "P", "key": "PPP", "way": "both_hats", "hats": ["manager"] })),
        ("day_off.take", json!({ "first_day": "2026-10-06" })),
        ("day_off.drop", json!({ "day_off": day_off })),
        ("session.end_one", json!({ "session": session })),
        ("token.withdraw", json!({ "token": other })),
        ("session.end_all", json!({})),
        ("token.create", json!({ "name": "t" })),
        ("token.revoke", json!({ "token": token })),
        ("account.remove", json!({ "member": member })),
        ("account.erase", json!({ "member": member })),
    ]);
    rows
}

/// Two jobs that were given up.
async fn given_up(h: &House) -> [String; 2] {
    let mail = testkit::PostBox::of(&h.app);
    for email in ["gone@y.org", "away@y.org"] {
        mail.refuses(email);
        let invite = app::Ask::named(None, "account.invite", json!({ "email": email }));
        h.app.run(&h.visitor("manager", kernel::Door::Page), invite).await.unwrap();
    }
    h.app.work_off().await.unwrap();
    [h.text("select min(id) from dead_letter".into()).await, h.text("select max(id) from dead_letter".into()).await]
}

/// What needs a thing of its own: something that waits, something that is gone.
async fn particular(h: &House) -> Vec<(&'static str, Json)> {
    let story = async |title: &str| h.made("owner", "story.create", json!({ "title": title }), "story").await;
    let (gone, waiting, planned) = (story("gone").await, story("waiting").await, story("planned").await);
    h.run("owner", "story.remove", json!({ "story": gone })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": waiting })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [planned] })).await.unwrap();
    let leaves = story("leaves").await;
    let feature = h.made("manager", "feature.create", json!({ "title": "leaves too" }), "feature").await;
    h.second("OTH", "orb").await;
    let kept = json!({ "origin": "csv:9", "title": "kept", "kind": "story", "stage": "open", "extra": { "Severity there": "high" } });
    h.run("owner", "story.bring_in", kept).await.unwrap();
    let asked = async |n: usize| h.proposed("manager", "story.create", json!({ "title": format!("asked {n}") })).await;
    let (told, paused) = (webhook(h, "Told").await, webhook(h, "Paused").await);
    let pause = app::Ask::named(Some("ORB"), "webhook.pause", json!({ "webhook": paused, "because": "It answered 500." }));
    h.app.run(&h.visitor("orb", kernel::Door::Task), app::Ask { inside: true, ..pause }).await.unwrap();
    let delivery = kernel::Uuid::now_v7().simple().to_string();
    let args = json!({ "webhook": told }).to_string();
    let sent = format!(
        "insert into delivery (id, sent_for, kind, args, about, body, first_at, last_at, tries, arrived, answer, said)
         values ('{delivery}', '{told}', 'webhook.try', '{args}', 'webhook.test', '', 0, 0, 1, 0, '', 'x')"
    );
    let (sent, ids) = testkit::asked(&sent);
    h.app.store.write(move |writer| writer.execute(&sent, &ids)).await.unwrap();
    let question = h.made("owner", "proposal.open", json!({ "title": "Which?", "area": "backlog" }), "proposal").await;
    let poll = h.made("orb", "poll.ask", json!({ "proposal": question, "question": "Which?", "options": "A\nB" }), "poll").await;
    let said = |about: &str, whom: &str| json!({ "about": about, "whom": h.member(whom), "words": "One." });
    let to_mark = h.made("owner", "playback.write", said("vision", "orb"), "playback_part").await;
    let own_words = h.made("orb", "playback.write", said("vision", "owner"), "playback").await;
    let own = app::Ask { as_proposal: true, ..app::Ask::named(Some("ORB"), "story.create", json!({ "title": "one's own" })) };
    let Ok(app::Outcome::Proposed(own)) = h.app.run(&h.visitor("orb", kernel::Door::Page), own).await else { panic!("it was to be a proposal") };
    let weighed = json!({ "title": "Weighed?", "area": "backlog", "considered": [{ "title": "A", "cost": "2 weeks" }, { "title": "B" }] });
    let weighed = h.made("orb", "proposal.open", weighed, "proposal").await;
    let retro = h.made("orb", "retro.begin", json!({}), "retro").await;
    h.run("orb", "retro.note", json!({ "retro": retro, "pile": 0, "body": "Mine" })).await.unwrap();
    let sealed: Json = kernel::serde_json::from_str(&h.text(format!("select body from sealed where round = '{retro}'")).await).unwrap();
    let talked = h.made("orb", "retro.begin", json!({}), "retro").await;
    h.run("orb", "retro.reveal", json!({ "retro": talked })).await.unwrap();
    for body in ["One", "Other"] {
        h.run("orb", "retro_note.add", json!({ "retro": talked, "pile": 0, "body": body })).await.unwrap();
    }
    let drafted = h.made("orb", "model_draft.stories", json!({ "feature": "2" }), "model_draft").await;
    let held = json!({ "story": story("held up").await, "reason": "r", "lifter": h.member("orb").simple().to_string() });
    let blocker = h.made("owner", "story.block", held, "blocker").await;
    let person = h.member("developer");
    let plan = async || h.made("orb", "club_evening.plan", json!({ "challenge": crate::evenings::GUESS }), "club_evening").await;
    let (to_start, to_reveal, to_remove) = (plan().await, plan().await, plan().await);
    h.run("orb", "club_evening.start", json!({ "evening": to_reveal })).await.unwrap();
    h.run("orb", "club_evening.hand_in", json!({ "evening": to_reveal, "parts": crate::evenings::parts() })).await.unwrap();
    let unasked = h.made("orb", "forecast_question.ask", json!({ "story": "4", "due_on": "2026-11-20" }), "forecast_question").await;
    let joint = h.made("manager", "proposal.open", json!({ "title": "Both?", "area": "commitments" }), "proposal").await;
    vec![
        ("proposal.reword", json!({ "proposal": weighed, "title": "Weighed well?" })),
        ("proposal.consider", json!({ "proposal": weighed, "title": "C", "pros": "quick" })),
        ("proposal.drop_option", json!({ "proposal": weighed, "option": 0 })),
        ("proposal.involve", json!({ "proposal": weighed, "driver": person, "informed": [person] })),
        ("proposal.set_days", json!({ "proposal": weighed, "due_on": "2026-10-01", "review_on": "" })),
        ("proposal.remind", json!({ "proposal": weighed })),
        ("blocker.lift", json!({ "blocker": blocker })),
        ("proposal.stand_aside", json!({ "proposal": joint, "hat": "owner" })),
        ("story.move_to_product", json!({ "story": leaves, "to": "OTH" })),
        ("feature.move_to_product", json!({ "feature": feature, "to": "OTH" })),
        ("field.from_column", json!({ "column": "Severity there" })),
        ("removed.bring_back", json!({ "thing": gone })),
        ("story.reject", json!({ "story": waiting, "reason": "r" })),
        ("sprint.take_out", json!({ "story": planned })),
        ("proposal.sign", json!({ "proposal": asked(1).await, "hat": "owner" })),
        ("proposal.decline", json!({ "proposal": asked(2).await, "note": "n", "hat": "owner" })),
        ("proposal.withdraw", json!({ "proposal": own.proposal })),
        ("poll.open", json!({ "poll": poll })),
        ("club_evening.start", json!({ "evening": to_start })),
        ("club_evening.reveal", json!({ "evening": to_reveal })),
        ("club_evening.remove", json!({ "evening": to_remove })),
        ("forecast_question.remove", json!({ "forecast_question": unasked })),
        ("playback_part.mark", json!({ "playback_part": to_mark, "meant": false, "instead": "That" })),
        ("playback.withdraw", json!({ "playback": own_words })),
        ("webhook.new_secret", json!({ "webhook": told })),
        ("webhook.test", json!({ "webhook": told })),
        ("webhook.send_again", json!({ "webhook": told, "delivery": delivery })),
        ("webhook.resume", json!({ "webhook": paused })),
        ("model_draft.groups", json!({ "retro": talked })),
        ("model_draft.discard", json!({ "model_draft": drafted })),
        ("retro.unnote", json!({ "retro": retro, "note": sealed[0]["id"] })),
    ]
}

/// A webhook of the one whose token is used.
async fn webhook(h: &House, name: &str) -> String {
    let args = json!({ "name": name, "address": "https://hooks.example.org/", "shape": "standard" });
    let asked = h.proposed("orb", "webhook.make", args).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.text(format!("select id from webhook where name = '{name}'")).await
}

#[tokio::test]
async fn every_command_answers_what_is_described() {
    let (h, mine, token) = filled().await;
    let mut contract = Contract::served(&h).await;
    let (manager, stakeholder, outsider) = (h.token("manager").await, h.token("stakeholder").await, h.token("outsider").await);
    let particular = particular(&h).await;
    let usual = mine.rows(&h).into_iter().chain(at_large(&h).await).filter(|(name, _)| !particular.iter().any(|(other, _)| other == name));
    let mut rows: Vec<(&str, Json)> = usual.collect();
    rows.extend(particular);
    rows.iter_mut().for_each(|(_, args)| *args = hyphened(args.take()));
    let operations: Vec<Operation> = contract.operations().into_iter().filter(|o| o.verb != "GET" && o.said["x-raw"].is_null()).collect();
    let missing: Vec<&str> = operations.iter().map(Operation::name).filter(|name| !rows.iter().any(|(row, _)| row == name)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    rows.retain(|(name, _)| operations.iter().any(|o| o.name() == *name));
    // What takes things away comes last, or nothing would be left for the others; what puts work back, after the verdicts on it.
    let away = |name: &str| ["drop", "close", "erase", "remove", "withdraw", "cancel", "revoke"].iter().any(|word| name.contains(word));
    rows.sort_by_key(|(name, _)| (away(name), *name == "story.put_back"));
    // First everything that only asks or is refused, as long as all is there; then all of it in earnest.
    for in_earnest in [false, true] {
        for (name, args) in &rows {
            let operation = operations.iter().find(|o| o.name() == *name).unwrap().clone();
            let (mut address, mut body) = (operation.path.replace("{product}", "ORB"), args.clone());
            for (field, _) in operation.parameters("path").iter().filter(|(field, _)| field != "product") {
                let value = body.as_object_mut().unwrap().remove(field).unwrap_or_else(|| panic!("{name} has no {field}"));
                address = address.replace(&format!("{{{field}}}"), value.as_str().unwrap());
            }
            let text = body.to_string();
            let token = if operation.path.starts_with("/products/") { &token } else { &manager };
            if in_earnest {
                let answer = contract.ask(&h, &operation, token, &address, &[], &text).await;
                let schema = &operation.said["requestBody"]["content"]["application/json"]["schema"];
                if let (true, Err(why)) = (answer.status.is_success(), contract.fits(schema, &body)) {
                    contract.wrong.push(format!("{name} takes what it says it doesn't: {why}"));
                }
                continue;
            }
            if operation.said["x-areas"].as_array().is_some_and(|areas| !areas.is_empty()) {
                contract.ask(&h, &operation, token, &address, &[("tandem-propose", "1")], &text).await;
            }
            for (token, headers, text) in [
                ("wrong", &[][..], text.as_str()),
                (&outsider, &[], &text),
                (&stakeholder, &[("tandem-propose", "1")], &text),
                (token, &[("if-match", "\"999\""), ("tandem-propose", "1")], &text),
                (token, &[("if-match", "none")], &text),
                (token, &[], "{"),
                (token, &[], "[]"),
                (token, &[("tandem-hat", "king")], &text),
            ] {
                contract.ask(&h, &operation, token, &address, headers, text).await;
            }
        }
    }
    let never: Vec<&str> = rows.iter().map(|(name, _)| *name).filter(|name| !contract.given(name)).collect();
    assert!(contract.wrong.is_empty(), "{} answers:\n{}", contract.wrong.len(), contract.wrong.join("\n"));
    let answers: Vec<_> = never.iter().map(|name| (name, contract.answered.get(*name))).collect();
    assert!(never.is_empty(), "never taken: {answers:?}");
    let codes: BTreeSet<u16> = contract.answered.values().flatten().copied().collect();
    assert!([200, 202, 401, 403, 404, 409, 422].iter().all(|code| codes.contains(code)), "{codes:?}");
}

/// The examples in the description are what it describes.
#[tokio::test]
async fn every_example_fits_its_schema() {
    let h = House::new().await;
    let mut contract = Contract::served(&h).await;
    let mut wrong = vec![];
    for operation in contract.operations() {
        let bodies = [&operation.said["requestBody"], &operation.said["responses"]["200"], &operation.said["responses"]["202"]];
        for body in bodies.map(|body| &body["content"]["application/json"]).into_iter().filter(|body| body.is_object()) {
            if let Err(why) = contract.fits(&body["schema"], &body["example"]) {
                wrong.push(format!("{}: {why} in {}", operation.name(), body["example"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
