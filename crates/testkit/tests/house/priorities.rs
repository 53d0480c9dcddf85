//! Scoring: by hand, and in rounds in which people rate apart, reveal, settle and sign.

use app::Ask;
use kernel::{Door, Json, Refusal, json};
use std::sync::atomic::Ordering;
use testkit::House;

/// What is scored in a house.
pub(crate) struct Scored {
    pub scheme: String,
    /// One that nobody uses.
    pub spare: String,
    /// A round in which people are rating, another such one, and one that is revealed.
    pub on: String,
    pub spare_round: String,
    pub revealed: String,
    /// The features of both, by their ids.
    pub items: [String; 2],
}

/// Answers about a thing, by the input.
pub(crate) fn given(thing: &str, answers: &[(&str, &str)]) -> Json {
    let by: serde_json::Map<String, Json> = answers.iter().map(|(input, text)| ((*input).to_owned(), json!(text))).collect();
    let mut ratings = serde_json::Map::new();
    ratings.insert(thing.to_owned(), Json::Object(by));
    json!({ "ratings": ratings })
}

/// Signs what somebody proposed.
async fn signed(h: &House, proposal: &str, who: &str) {
    h.run(who, "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
}

/// A way of scoring features, signed by both.
async fn scheme(h: &House, name: &str, args: Json) -> String {
    let mut all = json!({ "name": name });
    all.as_object_mut().unwrap().extend(args.as_object().unwrap().clone());
    let asked = h.proposed("manager", "scheme.create", all).await;
    signed(h, &asked, "owner").await;
    h.text(format!("select id from scheme where name = '{name}' and product = (select id from product where key = '{}')", h.here())).await
}

async fn id(h: &House, table: &str, title: &str) -> String {
    id_of(h, table, &format!("title = '{title}'")).await
}

async fn id_of(h: &House, table: &str, is: &str) -> String {
    h.text(format!("select id from {table} where {is} and product = (select id from product where key = '{}')", h.here())).await
}

fn rates(h: &House, who: &[&str], inputs: &[&str]) -> Json {
    let all = who.iter().map(|who| (h.member(who).simple().to_string(), json!(inputs)));
    Json::Object(all.collect())
}

fn rating(round: &str, thing: &str, answers: &[(&str, &str)], done: bool) -> Json {
    let mut args = given(thing, answers);
    (args["round"], args["done"]) = (json!(round), json!(done));
    args
}

/// A scored feature, a round that is on and one that is revealed, in a house in which feature 2 is.
pub(crate) async fn scored(h: &House) -> Scored {
    let of_two = id(h, "feature", "Hold").await;
    let other = h.made("manager", "feature.create", json!({ "title": "Rain mode" }), "feature").await;
    let (rice, spare) = (scheme(h, "RICE", json!({ "by": "rice" })).await, scheme(h, "Spare", json!({ "by": "ice" })).await);
    let asked = h.proposed("manager", "score.set", json!({ "scheme": rice, "thing": of_two, "scores": { "reach": "3k to 8k" } })).await;
    signed(h, &asked, "owner").await;
    let begin = |title: &str, raters: Json| json!({ "scheme": rice, "title": title, "items": [of_two, other], "raters": raters });
    let revealed = h.made("owner", "scoring_round.begin", begin("Revealed", rates(h, &["owner"], &["reach"])), "scoring_round").await;
    h.run("owner", "scoring_round.rate", rating(&revealed, &of_two, &[("reach", "100")], true)).await.unwrap();
    let settle = json!({ "round": revealed, "thing": of_two, "criterion": "reach", "value": "200", "reason": "counted anew" });
    h.run("owner", "scoring_round.settle", settle).await.unwrap();
    let on = h.made("owner", "scoring_round.begin", begin("On", json!({})), "scoring_round").await;
    let spare_round = h.made("owner", "scoring_round.begin", begin("Spare", json!({})), "scoring_round").await;
    Scored { scheme: rice, spare, on, spare_round, revealed, items: [of_two, other] }
}

/// A house with three features: Hold, Rain mode and Shop account.
async fn three() -> (House, [String; 3]) {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for title in ["Rain mode", "Shop account"] {
        h.made("manager", "feature.create", json!({ "title": title }), "feature").await;
    }
    let ids = [id(&h, "feature", "Hold").await, id(&h, "feature", "Rain mode").await, id(&h, "feature", "Shop account").await];
    (h, ids)
}

async fn order(h: &House) -> Vec<String> {
    let rows = h.app.store.read(|r| r.query("select title from feature where removed_at is null order by rank, id", &[])).await.unwrap();
    rows.into_iter().map(|mut row| row.take().unwrap()).collect()
}

#[tokio::test]
async fn scores_are_signed_by_both_and_put_into_order() {
    let (h, [hold, rain, shop]) = three().await;
    let rice = scheme(&h, "RICE", json!({ "by": "rice" })).await;
    let scores = |reach: &str, effort: &str| json!({ "reach": reach, "impact": "1", "confidence": "80 %", "effort": effort });
    for (thing, reach, effort) in [(&hold, "500", "4"), (&rain, "3k to 8k", "2"), (&shop, "900", "2")] {
        let asked = h.proposed("manager", "score.set", json!({ "scheme": rice, "thing": thing, "scores": scores(reach, effort) })).await;
        signed(&h, &asked, "owner").await;
    }
    let page = h.get("owner", &format!("/ORB/priorities?scheme={rice}")).await.text;
    let table = page.split("list scores").nth(1).unwrap_or_default();
    let at = |title: &str| table.find(title).unwrap_or_else(|| panic!("{title} in {page}"));
    assert!(at("Rain mode") < at("Shop account") && at("Shop account") < at("Hold"), "{page}");
    assert!(page.contains("Put them into this order") && page.contains("range-span") && !page.contains(" style="), "{page}");
    let before = order(&h).await;
    let asked = h.proposed("manager", "scheme.order", json!({ "scheme": rice, "order": [rain, shop, hold] })).await;
    assert_eq!(order(&h).await, before, "not before both have signed");
    signed(&h, &asked, "owner").await;
    assert_eq!(order(&h).await, ["Rain mode", "Shop account", "Hold"]);
    // Refined is in that order, too, what has no story that is ready.
    let home = h.get("owner", "/ORB/").await.text;
    let refine = home.split("To refine first").nth(1).unwrap_or_else(|| panic!("{home}"));
    assert!(refine.find("Rain mode") < refine.find("Shop account") && refine.contains("no story yet"), "{refine}");
    // The roadmap has it so, since it is its own order.
    let token = h.token("stakeholder").await;
    let roadmap = h.rest(&token, "GET", "/products/ORB/roadmap", Json::Null).await.json();
    assert_eq!(roadmap["features"][0]["title"], "Rain mode");
    let table = h.rest(&token, "GET", &format!("/products/ORB/schemes/{rice}/table"), Json::Null).await.json();
    assert_eq!(table["order"][0]["title"], "Rain mode");
    assert!(table["order"][0]["above_next"].as_f64().unwrap() > 0.9 && table["order"][0]["low"].as_f64() < table["order"][0]["high"].as_f64());
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_is_written_is_read_by_its_scale() {
    let (h, [hold, ..]) = three().await;
    let rice = scheme(&h, "RICE", json!({ "by": "rice" })).await;
    let wrong = async |scores: Json| match h.run("manager", "score.set", json!({ "scheme": rice, "thing": hold, "scores": scores })).await {
        Err(Refusal::Invalid(wrong)) => wrong.into_iter().map(|w| (w.field, w.message)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let told = wrong(json!({ "impact": "7", "effort": "0", "joy": "1" })).await;
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().any(|(field, says)| field == "scores.effort" && says == "Effort is 0.5 at least."), "{told:?}");
    assert!(wrong(json!({ "reach": "8k to 3k" })).await[0].1.contains("wrong way round"));
    for criteria in ["Fit 0\nEffort 0 cost", "Fit -1", "Fit 1\nfit 2", ""] {
        let made = h.run("manager", "scheme.create", json!({ "name": "W", "by": "weighted", "criteria": criteria })).await;
        assert!(matches!(made, Err(Refusal::Invalid(_))), "{criteria}: {made:?}");
    }
    let own = scheme(&h, "Own", json!({ "by": "weighted", "preset": "balanced" })).await;
    assert!(h.text(format!("select criteria from scheme where id = '{own}'")).await.contains("Value to customers"));
}

#[tokio::test]
async fn reach_is_counted_from_evidence() {
    let (h, [hold, ..]) = three().await;
    let rice = scheme(&h, "RICE", json!({ "by": "rice" })).await;
    let asked = h.proposed("manager", "scheme.edit", json!({ "scheme": rice, "counted": { "reach": "evidence" } })).await;
    signed(&h, &asked, "owner").await;
    let scores = json!({ "impact": "2", "confidence": "50", "effort": "1" });
    let asked = h.proposed("owner", "score.set", json!({ "scheme": rice, "thing": hold, "scores": scores })).await;
    signed(&h, &asked, "manager").await;
    let token = h.token("owner").await;
    let table = async || h.rest(&token, "GET", &format!("/products/ORB/schemes/{rice}/table"), Json::Null).await.json();
    assert_eq!(table().await["order"][0]["score"], 1.0, "one piece of evidence behind the need of its initiative");
    let need = id(&h, "need", "Know that a bike is there").await;
    h.made("owner", "evidence.record", json!({ "quote": "Twice.", "need": need, "customer": "Lena" }), "evidence").await;
    assert_eq!(table().await["order"][0]["score"], 2.0);
    let lena = id_of(&h, "customer", "name = 'Lena'").await;
    let asked = h.run("manager", "customer.edit", json!({ "customer": lena, "revenue": 5000 })).await.unwrap();
    assert!(matches!(asked, app::Outcome::Done(_)), "{asked:?}");
    for (source, score) in [("voices", 1.0), ("revenue", 5000.0)] {
        let asked = h.proposed("manager", "scheme.edit", json!({ "scheme": rice, "counted": { "reach": source } })).await;
        signed(&h, &asked, "owner").await;
        assert_eq!(table().await["order"][0]["score"], score, "{source}");
    }
    for (input, source) in [("effort", "evidence"), ("reach", "stars"), ("joy", "evidence")] {
        let asked = h.run("manager", "scheme.edit", json!({ "scheme": rice, "counted": { input: source } })).await;
        assert!(matches!(asked, Err(Refusal::Invalid(_))), "{input} from {source}: {asked:?}");
    }
    let typed = h.run("manager", "score.set", json!({ "scheme": rice, "thing": hold, "scores": { "reach": "9" } })).await;
    assert!(matches!(typed, Err(Refusal::Invalid(_))), "what is counted is not typed");
}

/// Three people rate apart; the last one to finish reveals; two settle; both sign.
#[tokio::test]
async fn a_round_is_rated_apart_revealed_settled_and_signed() {
    let (h, [hold, rain, shop]) = three().await;
    let by = scheme(&h, "Value", json!({ "by": "value_effort" })).await;
    let mut raters = rates(&h, &["manager", "owner"], &["value"]);
    raters.as_object_mut().unwrap().extend(rates(&h, &["developer"], &["effort"]).as_object().unwrap().clone());
    let begin = json!({ "scheme": by, "title": "Winter", "items": [hold, rain, shop], "raters": raters, "ends_on": "2026-10-01" });
    let round = h.made("owner", "scoring_round.begin", begin, "scoring_round").await;
    h.app.work_off().await.unwrap();
    let asked = h.get("developer", "/notices").await.text;
    assert!(asked.contains("Winter"), "who is asked hears of it: {asked}");
    assert!(h.get("developer", "/ORB/").await.text.contains("To rate"));
    let rate = async |who: &str, input: &str, answers: [&str; 3]| {
        for (thing, text) in [&hold, &rain, &shop].into_iter().zip(answers) {
            h.run(who, "scoring_round.rate", rating(&round, thing, &[(input, text)], false)).await.unwrap();
        }
        h.run(who, "scoring_round.rate", json!({ "round": round, "done": true })).await.unwrap();
    };
    rate("manager", "value", ["9", "4", "2"]).await;
    let page = h.get("owner", &format!("/ORB/rounds?round={round}")).await.text;
    assert!(page.contains("<bdi>Manager</bdi> has finished") && !page.contains("value=\"9\""), "{page}");
    rate("owner", "value", ["2", "4", "9"]).await;
    rate("developer", "effort", ["3", "1 to 3", "5"]).await;
    assert_eq!(h.number("select count(*) from scoring_round where opened_at is not null").await, 1, "the last one to finish reveals");
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    let page = h.get("stakeholder", &format!("/ORB/rounds?round={round}")).await.text;
    assert!(page.contains("2 places apart") && page.contains("opposite orders") && page.contains("nobody to agree with"), "{page}");
    assert!(h.get("manager", "/ORB/week").await.text.contains("Scores: <bdi>Winter</bdi>"), "where the two differ stands on the page of the week");
    let settle =
        |thing: &str, value: &str, reason: &str| json!({ "round": round, "thing": thing, "criterion": "value", "value": value, "reason": reason });
    assert!(matches!(h.run("stakeholder", "scoring_round.settle", settle(&hold, "5", "r")).await, Err(Refusal::Denied { .. })));
    h.run("developer", "scoring_round.settle", settle(&hold, "8", "The council asks for it.")).await.unwrap();
    h.run("owner", "scoring_round.settle", settle(&shop, "3", "Two shops only.")).await.unwrap();
    let page = h.get("manager", &format!("/ORB/rounds?round={round}")).await.text;
    assert!(page.contains("2 of 2 settled") && page.contains("The council asks for it."), "{page}");
    let asked = h.proposed("owner", "scoring_round.adopt", json!({ "round": round })).await;
    // Settling anew makes it another matter than what was proposed.
    h.app.clock.forward(1_000);
    h.run("owner", "scoring_round.settle", settle(&shop, "4", "Three shops.")).await.unwrap();
    signed(&h, &asked, "manager").await;
    assert_eq!(h.text(format!("select state from proposal where id = '{asked}'")).await, "overtaken");
    let asked = h.proposed("owner", "scoring_round.adopt", json!({ "round": round, "order": [hold, rain, shop] })).await;
    signed(&h, &asked, "manager").await;
    assert_eq!(order(&h).await, ["Hold", "Rain mode", "Shop account"]);
    let value = async |thing: &str| h.text(format!("select written from score where about_id = '{thing}' and criterion = 'value'")).await;
    assert_eq!((value(&hold).await, value(&rain).await, value(&shop).await), ("8".into(), "4".into(), "4".into()));
    assert_eq!(h.text(format!("select written from score where about_id = '{rain}' and criterion = 'effort'")).await, "1 to 3", "as it was written");
    assert!(matches!(h.run("owner", "scoring_round.settle", settle(&shop, "9", "r")).await, Err(Refusal::Invalid(_))), "it is over");
    assert!(matches!(h.run("owner", "scoring_round.adopt", json!({ "round": round })).await, Err(Refusal::Invalid(_))));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// The same is asked of the database whether others have rated or not, so nothing can be told by what a page does.
#[tokio::test]
async fn a_page_does_the_same_whatever_others_have_sealed() {
    let (h, [hold, rain, _]) = three().await;
    let by = scheme(&h, "Value", json!({ "by": "value_effort" })).await;
    let begin =
        json!({ "scheme": by, "title": "R", "items": [hold, rain], "raters": rates(&h, &["manager", "owner", "developer"], &["value", "effort"]) });
    let round = h.made("owner", "scoring_round.begin", begin, "scoring_round").await;
    let cookie = h.cookie("developer").await;
    let look = async || {
        let request = axum::http::Request::get(format!("/ORB/rounds?round={round}")).header("cookie", &cookie);
        let before = store::STATEMENTS.load(Ordering::Relaxed);
        let page = h.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(page.status, 200);
        (store::STATEMENTS.load(Ordering::Relaxed) - before, page.text)
    };
    look().await;
    let (before, empty) = look().await;
    for who in ["manager", "owner"] {
        h.run(who, "scoring_round.rate", rating(&round, &hold, &[("value", "77")], false)).await.unwrap();
    }
    let (after, sealed) = look().await;
    assert_eq!(before, after);
    let shown = |page: &str| page.split("<main").nth(1).unwrap_or_default().to_owned();
    assert_eq!(shown(&empty), shown(&sealed), "nor is anything else");
}

#[tokio::test]
async fn a_round_takes_what_comes_between() {
    let (h, [hold, rain, shop]) = three().await;
    let by = scheme(&h, "Value", json!({ "by": "value_effort" })).await;
    let begin = |title: &str, raters: Json| json!({ "scheme": by, "title": title, "items": [hold, rain, shop], "raters": raters });
    // Nobody rates: it can be revealed all the same, by one; the second is told.
    let none = h.made("owner", "scoring_round.begin", begin("None", rates(&h, &["developer"], &["value"])), "scoring_round").await;
    assert!(
        matches!(h.run("developer", "scoring_round.reveal", json!({ "round": none })).await, Err(Refusal::Denied { .. })),
        "not before its last day"
    );
    let (one, two) = tokio::join!(
        h.run("owner", "scoring_round.reveal", json!({ "round": none })),
        h.run("manager", "scoring_round.reveal", json!({ "round": none }))
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert!(h.get("owner", &format!("/ORB/rounds?round={none}")).await.text.contains("Nobody finished rating"));
    // Things are removed while people rate, ties are everywhere, and an answer that is open is passed over.
    let raters = rates(&h, &["manager", "owner"], &["value"]);
    let round = h.made("owner", "scoring_round.begin", begin("Ties", raters), "scoring_round").await;
    h.run("manager", "scoring_round.rate", rating(&round, &shop, &[("value", "5")], false)).await.unwrap();
    h.run("manager", "feature.remove", json!({ "feature": shop })).await.unwrap();
    h.run("owner", "scoring_round.rate", rating(&round, &shop, &[("value", "5")], false)).await.unwrap();
    for who in ["manager", "owner"] {
        for thing in [&hold, &rain] {
            h.run(who, "scoring_round.rate", rating(&round, thing, &[("value", "5")], false)).await.unwrap();
        }
        h.run(who, "scoring_round.rate", json!({ "round": round, "done": true })).await.unwrap();
    }
    let page = h.get("owner", &format!("/ORB/rounds?round={round}")).await.text;
    assert!(page.contains("ties everything") && page.contains("Nothing lies apart"), "{page}");
    assert_eq!(h.number("select count(*) from scoring_round where agreement is not null").await, 0, "said, and not called 0");
    // Who is not asked, what is not asked for, what is not there, an assistant.
    let round = h
        .made(
            "owner",
            "scoring_round.begin",
            json!({ "scheme": by, "title": "More", "items": [hold, rain], "raters": rates(&h, &["owner"], &["value"]) }),
            "scoring_round",
        )
        .await;
    assert!(matches!(h.run("developer", "scoring_round.rate", rating(&round, &hold, &[("value", "1")], true)).await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("owner", "scoring_round.rate", rating(&round, &hold, &[("effort", "1")], true)).await, Err(Refusal::Invalid(_))));
    assert!(matches!(h.run("owner", "scoring_round.rate", rating(&round, &by, &[("value", "1")], true)).await, Err(Refusal::NotFound)));
    assert!(
        matches!(h.run("owner", "scoring_round.rate", json!({ "round": round, "done": true })).await, Err(Refusal::Invalid(_))),
        "nothing to seal"
    );
    assert!(matches!(h.run("assistant", "scoring_round.rate", rating(&round, &hold, &[("value", "1")], true)).await, Err(Refusal::Denied { .. })));
    let other = json!({ "scheme": by, "title": "S", "items": [hold, rain] });
    assert!(matches!(h.run("stakeholder", "scoring_round.begin", other).await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("owner", "scheme.remove", json!({ "scheme": by })).await, Err(Refusal::Invalid(_))), "while people rate by it");
    h.run("owner", "scoring_round.rate", rating(&round, &hold, &[("value", "1")], false)).await.unwrap();
    h.run("manager", "scoring_round.remove", json!({ "round": round })).await.unwrap();
    assert_eq!(h.number("select count(*) from sealed").await, 0, "thrown away unread");
}

/// On the morning of the last day those who have not finished are reminded; on the one after it is revealed.
#[tokio::test]
async fn a_round_reminds_and_ends_by_the_clock() {
    let (h, [hold, rain, _]) = three().await;
    let by = scheme(&h, "Value", json!({ "by": "value_effort" })).await;
    let day = |days: i64| web::when::day(h.app.clock.now() + days * 86_400_000);
    let begin = json!({ "scheme": by, "title": "Soon over", "items": [hold, rain], "ends_on": day(3), "raters": rates(&h, &["manager", "developer"], &["value"]) });
    let round = h.made("owner", "scoring_round.begin", begin, "scoring_round").await;
    h.run("manager", "scoring_round.rate", rating(&round, &hold, &[("value", "3")], true)).await.unwrap();
    h.app.work_off().await.unwrap();
    let notices = async |who: &str| {
        h.text(format!("select cast(count(*) as text) from notice where member = '{}' and about_id = '{round}'", h.member(who).simple())).await
    };
    let (manager, developer) = (notices("manager").await, notices("developer").await);
    let mut opened = vec![];
    for _ in 0..6 * 24 {
        h.app.clock.forward(3_600_000);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
        opened.push(h.number("select count(*) from scoring_round where opened_at is not null").await);
    }
    let due = async |who: &str| {
        let sql = format!("select cast(count(*) as text) from notice where member = '{}' and due = 'rate'", h.member(who).simple());
        h.text(sql).await
    };
    assert_eq!(
        (due("manager").await.as_str(), due("developer").await.as_str()),
        ("0", "2"),
        "on the day before and on the last day, if one has not finished"
    );
    assert!(notices("developer").await.parse::<i64>().unwrap() >= developer.parse::<i64>().unwrap() + 2, "asked, reminded, told of the end");
    assert!(notices("manager").await.parse::<i64>().unwrap() > manager.parse::<i64>().unwrap(), "told of the end");
    assert!(opened.contains(&0) && opened.last() == Some(&1));
    assert_eq!(h.number("select count(*) from rating").await, 1);
}

/// Stories are ordered by whoever decides on the backlog, needs by either hat.
#[tokio::test]
async fn each_kind_is_ordered_by_whoever_decides_on_it() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    let stories = [
        h.made("owner", "story.create", json!({ "title": "A" }), "story").await,
        h.made("owner", "story.create", json!({ "title": "B" }), "story").await,
    ];
    let by = h.made("owner", "scheme.create", json!({ "name": "Stories", "by": "ice", "thing": "story" }), "scheme").await;
    h.proposed("manager", "scheme.order", json!({ "scheme": by, "order": [stories[1], stories[0]] })).await;
    h.run("owner", "scheme.order", json!({ "scheme": by, "order": [stories[1], stories[0]] })).await.unwrap();
    assert_eq!(h.text("select title from story order by rank limit 1".into()).await, "B");
    let other = h.made("manager", "need.create", json!({ "title": "Other" }), "need").await;
    let first = id(&h, "need", "Know that a bike is there").await;
    let by = h.made("manager", "scheme.create", json!({ "name": "Needs", "by": "opportunity", "thing": "need" }), "scheme").await;
    h.run("owner", "scheme.order", json!({ "scheme": by, "order": [other, first] })).await.unwrap();
    let token = h.token("stakeholder").await;
    let needs = h.rest(&token, "GET", "/products/ORB/opportunities", Json::Null).await.json();
    assert_eq!(needs[0]["title"], "Other", "before the greater opportunity");
    assert!(matches!(h.run("owner", "scheme.order", json!({ "scheme": by, "order": [other] })).await, Err(Refusal::Invalid(_))));
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.rest(&token, "GET", "/products/ORB/opportunities", Json::Null).await.json()[0]["title"], "Know that a bike is there");
}

/// A form without script sends all answers at once.
#[tokio::test]
async fn a_round_is_rated_without_script() {
    let (h, [hold, rain, _]) = three().await;
    let by = scheme(&h, "Value", json!({ "by": "value_effort" })).await;
    let raters = format!("raters.{}=value&raters.{}=effort", h.member("owner").simple(), h.member("developer").simple());
    let fields = format!("scheme={by}&title=By+form&items={hold}&items={rain}&{raters}&_back=%2FORB%2Frounds");
    assert_eq!(h.post("owner", "/ORB/do/scoring_round.begin", &fields).await.status, 303);
    let round = h.text("select id from scoring_round".into()).await;
    let fields = format!("round={round}&ratings.{hold}.value=5&ratings.{rain}.value=2+to+4&note=n&done=true");
    assert_eq!(h.post("owner", "/ORB/do/scoring_round.rate", &fields).await.status, 303);
    let page = h.get("owner", &format!("/ORB/rounds?round={round}")).await.text;
    assert!(page.contains("value=\"2 to 4\"") && page.contains("2 of 2 answered") && page.contains("You have finished"), "{page}");
    let wrong = h.post("owner", "/ORB/do/scoring_round.rate", &format!("round={round}&ratings.{hold}.value=much")).await;
    assert_eq!(wrong.status, 422);
    let ask = Ask::named(Some("ORB"), "scoring_round.reveal", json!({ "round": round }));
    h.app.run(&h.visitor("owner", Door::Page), ask).await.unwrap();
    assert_eq!(h.number("select count(*) from rating").await, 1);
}
