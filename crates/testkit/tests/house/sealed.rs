//! What is sealed is read by its author alone until it is opened: every door is tried for each form that seals.

use crate::reading::{PLACES, exported};
use app::{Ask, Batch};
use kernel::{Door, Json, Reading, Refusal, json, sealed::SealForm};
use testkit::House;

/// A round of a form that is on: the id of what will be opened, the page on which it is written and read, who reads it there
/// besides those who seal, and what one says something of.
struct Round {
    id: String,
    page: String,
    reader: &'static str,
    thing: String,
}

async fn begun(h: &House, form: &SealForm) -> Round {
    match form.seals {
        "poll.seal" => {
            let question = json!({ "title": "Card or invoice first?", "area": "backlog" });
            let proposal = h.made("developer", "proposal.open", question, "proposal").await;
            let asked: Vec<Json> = ["manager", "owner", "developer"].map(|who| json!(h.member(who))).into();
            let ask = json!({ "proposal": proposal, "question": "First?", "options": "Card\nInvoice", "asked": asked });
            let id = h.made("developer", "poll.ask", ask, "poll").await;
            Round { id, page: "/ORB/decisions".into(), reader: "stakeholder", thing: String::new() }
        }
        // The Manager is through but for one slip, and lays them open in the end.
        "sorting.sort" => {
            let asked: Vec<Json> = ["manager", "owner", "developer"].map(|who| json!(h.member(who))).into();
            let round = h.made("manager", "sorting.begin", json!({ "asked": asked }), "sorting").await;
            for area in kernel::Area::ALL.iter().filter(|area| **area != kernel::Area::Work) {
                h.run("manager", "sorting.sort", json!({ "sorting": round, "area": area, "pile": "both" })).await.unwrap();
            }
            Round { id: round, page: "/ORB/sorting".into(), reader: "developer", thing: String::new() }
        }
        "retro.note" => {
            let id = h.made("manager", "retro.begin", json!({}), "retro").await;
            Round { id, page: "/ORB/retro".into(), reader: "developer", thing: String::new() }
        }
        "scoring_round.rate" => {
            crate::chain::thread_above(h).await;
            let other = h.made("manager", "feature.create", json!({ "title": "Rain mode" }), "feature").await;
            let asked = h.proposed("manager", "scheme.create", json!({ "name": "RICE", "by": "rice" })).await;
            h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
            let scheme = h.text("select id from scheme".into()).await;
            let raters: serde_json::Map<String, Json> =
                ["manager", "owner", "developer"].map(|who| (h.member(who).simple().to_string(), json!(["reach"]))).into_iter().collect();
            let begin = json!({ "scheme": scheme, "title": "Winter", "items": ["2", other], "raters": raters });
            let id = h.made("developer", "scoring_round.begin", begin, "scoring_round").await;
            Round { page: format!("/ORB/rounds?round={id}"), id, reader: "stakeholder", thing: other }
        }
        "poker_round.vote" => {
            crate::chain::thread_above(h).await;
            h.made("owner", "story.create", json!({ "title": "Foil" }), "story").await;
            let asked: Vec<Json> = ["manager", "owner", "developer"].map(|who| json!(h.member(who))).into();
            let session = h.made("owner", "poker.begin", json!({ "stories": ["3"], "asked": asked }), "poker").await;
            let id = h.text("select id from poker_round".into()).await;
            Round { page: format!("/ORB/poker?session={session}&round={id}"), id, reader: "developer", thing: String::new() }
        }
        "club_evening.hand_in" => {
            let id = h.made("developer", "club_evening.plan", json!({ "challenge": crate::evenings::GUESS }), "club_evening").await;
            h.run("developer", "club_evening.start", json!({ "evening": id })).await.unwrap();
            Round { page: format!("/ORB/evenings?show={id}"), id, reader: "developer", thing: String::new() }
        }
        "club_evening.ask" => {
            let id = crate::evenings::case_on(h, "developer").await;
            Round { page: format!("/ORB/evenings?show={id}"), id, reader: "developer", thing: String::new() }
        }
        other => panic!("say here how a round of {other} begins"),
    }
}

/// What someone seals, with a word in it that nobody else writes.
fn sealing(form: &SealForm, round: &Round, word: &str) -> Json {
    match form.seals {
        "poll.seal" => json!({ "poll": round.id, "choice": 1, "note": word }),
        "sorting.sort" => json!({ "sorting": round.id, "area": "work", "pile": "team", "note": word }),
        "retro.note" => json!({ "retro": round.id, "pile": 0, "body": word }),
        "scoring_round.rate" => {
            let mut args = crate::priorities::given(&round.thing, &[("reach", "5")]);
            (args["round"], args["note"], args["done"]) = (json!(round.id), json!(word), json!(true));
            args
        }
        "poker_round.vote" => json!({ "poker_round": round.id, "card": "5", "note": word }),
        "club_evening.hand_in" => json!({ "evening": round.id, "parts": crate::evenings::parts(), "note": word }),
        "club_evening.ask" => json!({ "evening": round.id, "words": word }),
        other => panic!("say here what {other} takes"),
    }
}

fn opening(form: &SealForm, round: &Round) -> Json {
    match form.opens {
        "poll.open" => json!({ "poll": round.id }),
        "sorting.open" => json!({ "sorting": round.id }),
        "retro.reveal" => json!({ "retro": round.id }),
        "scoring_round.reveal" => json!({ "round": round.id }),
        "poker_round.reveal" => json!({ "poker_round": round.id }),
        "club_evening.reveal" => json!({ "evening": round.id }),
        other => panic!("say here what {other} takes"),
    }
}

/// Everything from which something can be read, as someone reads it.
async fn told(h: &House, who: &str, round: &Round) -> Vec<(String, String)> {
    let mut told = vec![];
    for page in PLACES
        .iter()
        .copied()
        .filter(|page| *page != round.page)
        .chain([round.page.as_str()])
        .chain(["/ORB/search?q=zqsealed", "/ORB/find?q=zqsealed", "/ORB/removed", "/account", "/products"])
        .filter(|_| who != "assistant")
    {
        told.push((page.to_owned(), h.get(who, page).await.text));
    }
    let token = h.token(who).await;
    let mut paths: Vec<String> =
        ["activity?limit=500", "search?q=zqsealed", "decisions", "calendar"].map(|path| format!("/products/ORB/{path}")).into();
    for noun in h.app.registry.nouns().filter(|n| n.about.home == kernel::Home::Product && n.about.read != Reading::Nobody) {
        paths.push(format!("/products/ORB/{}", noun.about.many));
    }
    for path in paths {
        told.push((path.clone(), h.rest(&token, "GET", &path, Json::Null).await.text));
    }
    if who != "assistant" {
        told.push(("export".into(), exported(h, who).await));
    }
    told
}

fn with(told: &[(String, String)]) -> String {
    told.iter()
        .filter(|(_, text)| text.contains("zqsealed"))
        .map(|(place, _)| place.as_str())
        .filter(|place| !place.contains("q=zqsealed"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn forms(h: &House) -> Vec<&'static SealForm> {
    h.app.registry.rooms.iter().flat_map(|room| room.seals).collect()
}

#[tokio::test]
async fn nothing_of_what_is_sealed_comes_through_any_door() {
    let all = forms(&House::new().await);
    assert!(!all.is_empty());
    for form in all {
        let h = House::new().await;
        let orb = kernel::Uuid::parse_str(&h.text("select id from product where key = 'ORB'".into()).await).unwrap();
        let round = begun(&h, form).await;
        let (activity, mut news) = (h.number("select count(*) from activity").await, h.app.hub.subscribe());
        let receipt = Ask { receipt: Some("k".into()), ..Ask::named(Some("ORB"), form.seals, sealing(form, &round, "zqsealed")) };
        for (who, ask) in [("owner", receipt.clone()), ("manager", Ask::named(Some("ORB"), form.seals, sealing(form, &round, "other")))] {
            let outcome = h.app.run(&h.visitor(who, Door::Page), ask).await.unwrap();
            assert!(!kernel::serde_json::to_string(&outcome).unwrap().contains("zqsealed"), "the answer is kept as a receipt");
        }
        assert_eq!(h.number("select count(*) from activity").await, activity, "sealing leaves no line");
        // Under whose names cards of planning poker lie is shown to the whole table, all the while.
        while let Ok(told) = news.try_recv() {
            assert!(told.product != Some(orb) || form.seals == "poker_round.vote", "and nobody hears when it was");
        }
        for who in ["manager", "developer", "stakeholder", "assistant"] {
            assert_eq!(with(&told(&h, who, &round).await), "", "as {who}");
        }
        let own = told(&h, "owner", &round).await;
        assert_eq!(with(&own), round.page, "its author reads it where it was written, and nowhere else");
        // Error texts, conflicts, a second request under the same key, a try, a proposal.
        let other = Ask { args: sealing(form, &round, "zqother"), ..receipt.clone() };
        let refused = h.app.run(&h.visitor("owner", Door::Page), other).await;
        assert!(matches!(&refused, Err(Refusal::Invalid(wrong)) if !format!("{wrong:?}").contains("zqsealed")), "{refused:?}");
        for who in ["manager", "developer", "assistant", "stakeholder"] {
            let mut odd = sealing(form, &round, "zqtried");
            (odd["choice"], odd["ratings"]) = (json!(77), json!({ "none": { "reach": "5" } }));
            for (command, args) in [(form.seals, odd), (form.seals, sealing(form, &round, "zqtried")), (form.opens, opening(form, &round))] {
                let batch = Batch {
                    asks: vec![Ask { version: Some(7), as_proposal: true, ..Ask::named(Some("ORB"), command, args) }],
                    title: None,
                    dry: true,
                };
                let tried = h.app.run_all(&h.visitor(who, Door::Page), batch, |_| {}).await;
                assert!(!format!("{tried:?}").contains("zqsealed"), "{who} {command}: {tried:?}");
            }
        }
        let dump = dumped(&h).await;
        assert!(dump.contains("zqsealed"), "a backup carries it");
        assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
        // The last one who is asked opens it; from then on there is history.
        h.run("developer", form.seals, sealing(form, &round, "third")).await.unwrap();
        if ["sorting.sort", "retro.note"].contains(&form.seals) {
            h.run("manager", form.opens, opening(form, &round)).await.unwrap();
        }
        // What was asked is told with the answer that it led to.
        if form.seals == "club_evening.ask" {
            for who in ["manager", "owner", "developer"] {
                crate::evenings::solved(&h, &round.id, who).await;
            }
        }
        if form.seals.starts_with("club_evening.") {
            h.run("developer", form.opens, opening(form, &round)).await.unwrap();
        }
        for who in ["manager", round.reader] {
            let told = told(&h, who, &round).await;
            // Of what is long the record has no words.
            let told_of = form.seals == "club_evening.ask" || with(&told).contains("/products/ORB/activity");
            assert!(with(&told).contains(&round.page) && told_of, "{who}: {}", with(&told));
        }
        assert!(exported(&h, "manager").await.contains("zqsealed"));
        assert_eq!(h.number("select count(*) from sealed").await, 0, "it stands in nouns now");
        assert!(matches!(h.run("owner", form.seals, sealing(form, &round, "late")).await, Err(Refusal::Invalid(_))));
        assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    }
}

async fn dumped(h: &House) -> String {
    let (tables, named, blobs) = (h.app.registry.tables(), h.app.registry.files(), h.app.blobs.clone());
    let write = move |reader: &mut dyn kernel::Reader| {
        let mut file = vec![];
        store::dump::write(reader, &tables, &store::dump::Files { named, blobs: &blobs }, &mut file)?;
        Ok(file)
    };
    String::from_utf8(h.app.store.read(write).await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_vote_is_changed_until_it_is_opened_and_opened_by_whoever_asked() {
    let h = House::new().await;
    let form = forms(&h).into_iter().find(|form| form.seals == "poll.seal").unwrap();
    let round = begun(&h, form).await.id;
    let seal = async |who: &str, args: Json| h.run(who, "poll.seal", args).await;
    seal("owner", json!({ "poll": round, "choice": 0 })).await.unwrap();
    seal("owner", json!({ "poll": round, "choice": 1, "note": "cheaper" })).await.unwrap();
    assert_eq!(h.number("select count(*) from sealed").await, 1);
    assert!(matches!(seal("stakeholder", json!({ "poll": round, "choice": 0 })).await, Err(Refusal::Denied { .. })));
    assert!(matches!(seal("assistant", json!({ "poll": round, "choice": 0 })).await, Err(Refusal::Denied { .. })));
    assert!(matches!(seal("owner", json!({ "poll": round, "choice": 2 })).await, Err(Refusal::Invalid(_))));
    assert!(matches!(h.run("manager", "poll.open", json!({ "poll": round })).await, Err(Refusal::Denied { .. })), "the Owner decides on the backlog");
    let page = h.get("manager", "/ORB/decisions").await.text;
    assert!(page.contains("<bdi>Owner</bdi> has voted. Waiting for <bdi>Developer</bdi> and <bdi>Manager</bdi>."), "{page}");
    h.run("developer", "poll.open", json!({ "poll": round })).await.unwrap();
    let page = h.get("stakeholder", "/ORB/decisions").await.text;
    assert!(page.contains("“<bdi>cheaper</bdi>”") && page.contains("did not vote"), "{page}");
    assert!(matches!(h.run("developer", "poll.open", json!({ "poll": round })).await, Err(Refusal::Invalid(_))));
}

/// Nobody is waited for who does not see the question, and nobody buries the votes of others.
#[tokio::test]
async fn a_vote_asks_those_who_see_it_and_few_are_asked_for() {
    let h = House::new().await;
    let proposal = h.made("manager", "proposal.open", json!({ "title": "Hats?", "area": "agreement" }), "proposal").await;
    let ask = json!({ "proposal": proposal, "question": "Which?", "options": "A\nB" });
    let round = h.made("manager", "poll.ask", ask.clone(), "poll").await;
    assert!(!h.text(format!("select asked from poll where id = '{round}'")).await.contains(&h.member("stakeholder").to_string()));
    for who in ["manager", "owner", "developer"] {
        h.run(who, "poll.seal", json!({ "poll": round, "choice": 0 })).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from poll where opened_at is not null").await, 1, "with the last of them it is open");
    let backlog = h.made("owner", "proposal.open", json!({ "title": "What?", "area": "backlog" }), "proposal").await;
    let ask = json!({ "proposal": backlog, "question": "Which?", "options": "A\nB" });
    for _ in 0..3 {
        h.run("stakeholder", "poll.ask", ask.clone()).await.unwrap();
    }
    assert!(matches!(h.run("stakeholder", "poll.ask", ask).await, Err(Refusal::Invalid(_))));
    let last = h.text("select max(id) from poll where opened_at is null".into()).await;
    h.run("owner", "poll.open", json!({ "poll": last })).await.unwrap();
}
