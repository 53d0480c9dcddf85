//! Cases at work: thought through part by part, with hints, real scores, a choice and a bet that is made of it.

use kernel::{Json, json};
use testkit::{House, field, told};

/// Cases for the tests that try every command.
pub(crate) struct Cases {
    pub open: String,
    pub option: String,
    pub chosen: String,
}

pub(crate) async fn furnished(h: &House) -> Cases {
    let begin = async |title: &str| h.made("manager", "guided_case.begin", json!({ "title": title, "kind": "strategy" }), "guided_case").await;
    let (open, chosen) = (begin("Which market first?").await, begin("Which price?").await);
    let add =
        async |case: &str, title: &str| h.made("manager", "case_option.add", json!({ "guided_case": case, "title": title }), "case_option").await;
    let option = add(&open, "The north").await;
    let other = add(&chosen, "One price for all").await;
    h.run("manager", "guided_case.choose", json!({ "guided_case": chosen, "case_option": other, "choice": "It is simple" })).await.unwrap();
    Cases { open, option, chosen }
}

const VAGUE: &str = "Grow and be the best in winter, stronger than all the others in the whole of the region.";
const PLAIN: &str = "Raise winter rides from 8,000 to 12,000 a month by March 2027, without more complaints.";

async fn begun(h: &House, kind: &str) -> String {
    let objective = h.made("manager", "objective.create", json!({ "title": "More winter rides" }), "objective").await;
    let args = json!({ "title": "How do we grow in winter?", "kind": kind, "goal": VAGUE, "objective": objective });
    h.made("manager", "guided_case.begin", args, "guided_case").await
}

async fn added(h: &House, case: &str, title: &str, body: &str) -> String {
    h.made("manager", "case_option.add", json!({ "guided_case": case, "title": title, "body": body }), "case_option").await
}

#[tokio::test]
async fn a_case_is_thought_through_from_its_goal_to_an_initiative() {
    let h = House::new().await;
    let case = begun(&h, "strategy").await;
    // Whoever has begun one comes to it.
    assert_eq!(h.get("manager", "/ORB/cases?begun=now").await.location, Some(format!("/ORB/cases?show={case}")));
    let page = async |who: &str| h.get(who, &format!("/ORB/cases?show={case}")).await.text;
    let seen = page("manager").await;
    for text in ["How do we grow in winter?", "More winter rides", "What it rests on", "No figures stand in the goal.", "Not doing", "Put aside"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    // A hint that does not fit is put aside, and one that is followed goes by itself.
    let aside = async |hint: &str| h.run("manager", "guided_case.put_hint_aside", json!({ "guided_case": case, "hint": hint, "aside": true })).await;
    assert_eq!(field(aside("nothing of the kind").await), "hint");
    aside("goal dated").await.unwrap();
    assert!(page("manager").await.contains("Bring back"));
    let edit = async |who: &str, more: Json| {
        let mut args = json!({ "guided_case": case });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        h.run(who, "guided_case.edit", args).await
    };
    edit("manager", json!({ "goal": PLAIN })).await.unwrap();
    assert!(!page("manager").await.contains("No figures stand in the goal."));
    assert_eq!(field(edit("manager", json!({ "users": "Riders" })).await), "users", "a case of strategy has no such part");
    // Options are scored by the ways that score everything else.
    let pass = added(&h, &case, "A winter pass", "One price for four months; it costs 40k EUR to build.").await;
    let tyres = added(&h, &case, "Studded tyres", "Fewer falls, but 90 EUR for each bike.").await;
    let asked = h.proposed("owner", "case_option.add", json!({ "guided_case": case, "title": "Heated grips" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(page("manager").await.contains("Score them"));
    let scheme = h.made("manager", "scheme.create", json!({ "thing": "case_option", "by": "value_effort" }), "scheme").await;
    for (option, value) in [(&pass, "8"), (&tyres, "3")] {
        let scores = json!({ "scheme": scheme, "thing": option, "scores": { "value": value, "effort": "2" } });
        h.run("manager", "score.set", scores).await.unwrap();
    }
    let seen = page("manager").await;
    assert!(seen.contains("Scored by") && seen.find("A winter pass") < seen.find("Studded tyres"), "{seen}");
    assert!(h.get("manager", &format!("/ORB/priorities?scheme={scheme}")).await.text.contains("Studded tyres"));
    // The order of the scores is that of the options, by the same command as elsewhere.
    h.run("manager", "scheme.order", json!({ "scheme": scheme, "order": [tyres, pass] })).await.unwrap();
    // A choice is one of them, and what stands first otherwise is said.
    let turn = json!({ "guided_case": case });
    assert!(told(h.run("manager", "guided_case.become_initiative", turn.clone()).await).contains("Choose one of the options first"));
    let other = begun(&h, "design").await;
    let foreign = added(&h, &other, "A map", "").await;
    let choose = |option: &str| json!({ "guided_case": case, "case_option": option, "choice": "Falls cost us more riders than prices do." });
    assert_eq!(field(h.run("manager", "guided_case.choose", choose(&foreign)).await), "case_option");
    h.run("manager", "guided_case.choose", choose(&tyres)).await.unwrap();
    let seen = page("manager").await;
    assert!(seen.contains("stands first") && seen.contains("Put it to a decision") && seen.contains("Falls cost us more"), "{seen}");
    assert_eq!(field(h.run("manager", "case_option.remove", json!({ "case_option": tyres })).await), "case_option");
    // Whoever may not decide on the roadmap proposes the bet; it serves what the case is about, and hangs on it.
    let asked = h.proposed("owner", "guided_case.become_initiative", turn.clone()).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(told(h.run("manager", "guided_case.become_initiative", turn).await).contains("It is an initiative already"));
    assert!(h.get("owner", "/ORB/roadmap").await.text.contains("Studded tyres"));
    assert_eq!(h.number("select count(*) from relation where verb = 'serves' and from_noun = 'initiative' and removed_at is null").await, 1);
    let chain = h.get("owner", &format!("/ORB/thread?of=guided_case&id={case}")).await;
    assert!(chain.status == 200 && chain.text.contains("More winter rides") && chain.text.contains("Studded tyres"), "{}", chain.text);
    // Whoever only sees reads it, and nobody else does.
    let seen = page("stakeholder").await;
    assert!(seen.contains("Raise winter rides") && !seen.contains("do/guided_case."), "{seen}");
    assert_eq!(h.get("outsider", &format!("/ORB/cases?show={case}")).await.status, 404);
    h.run("manager", "guided_case.reopen", json!({ "guided_case": case })).await.unwrap();
    h.run("manager", "guided_case.remove", json!({ "guided_case": case })).await.unwrap();
    assert_eq!(h.number("select count(*) from case_option where removed_at is null").await, 1, "its options went with it");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_case_rests_on_what_is_known() {
    let h = House::new().await;
    let case = begun(&h, "strategy").await;
    let fact = json!({ "name": "winter_riders", "worth": "41,500 people", "source": "The report" });
    let fact = h.made("manager", "known_fact.add", fact, "known_fact").await;
    let piece = h.made("owner", "evidence.record", json!({ "quote": "I stop riding once the first ice is on the bridge." }), "evidence").await;
    let need = h.made("owner", "need.create", json!({ "title": "Ride without falling" }), "need").await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "Safe in the wet" }), "initiative").await;
    let link = async |more: Json| {
        let mut args = json!({ "guided_case": case });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        h.run("manager", "guided_case.link", args).await
    };
    assert_eq!(field(link(json!({})).await), "evidence");
    assert_eq!(field(link(json!({ "evidence": piece, "need": need })).await), "evidence", "one thing at a time");
    for on in [json!({ "known_fact": fact }), json!({ "evidence": piece }), json!({ "need": need }), json!({ "initiative": bet })] {
        link(on).await.unwrap();
    }
    h.run(
        "manager",
        "guided_case.edit",
        json!({ "guided_case": case, "diagnosis": "Of 41,500 people who were winter riders most stop, because of falls." }),
    )
    .await
    .unwrap();
    let seen = h.get("owner", &format!("/ORB/cases?show={case}")).await.text;
    for text in [
        "winter riders: 41,500 people",
        "first ice",
        "Ride without falling",
        "Safe in the wet",
        "1 of 2 figures that matter most stand in the diagnosis",
    ] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    h.run("manager", "guided_case.unlink", json!({ "guided_case": case, "evidence": piece })).await.unwrap();
    assert!(!h.get("owner", &format!("/ORB/cases?show={case}")).await.text.contains("first ice"));
    assert!(told(h.run("manager", "guided_case.unlink", json!({ "guided_case": case, "evidence": piece })).await).contains("not linked"));
    let token = h.token("owner").await;
    let listed = h.rest(&token, "GET", &format!("/products/ORB/cases/{case}"), Json::Null).await.json();
    assert_eq!((listed["kind"].as_str(), listed["state"].as_str()), (Some("strategy"), Some("open")), "{listed}");
    let found = h.get("owner", "/ORB/search?q=winter").await.text;
    assert!(found.contains("How do we grow in "), "{found}");
}

#[tokio::test]
async fn a_design_has_its_own_parts_and_a_past() {
    let h = House::new().await;
    let case = begun(&h, "design").await;
    h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
    added(&h, &case, "A seat with a roof", "").await;
    h.app.clock.forward(3 * 86_400_000);
    let was = web::when::day(h.app.clock.now() - 2 * 86_400_000);
    h.run("manager", "guided_case.edit", json!({ "guided_case": case, "goal": PLAIN, "users": "Parents who bring a child to school every day." }))
        .await
        .unwrap();
    added(&h, &case, "A cover to borrow", "").await;
    let seen = h.get("manager", &format!("/ORB/cases?show={case}")).await.text;
    for text in ["Needs and pain points", "Solutions", "Trade-offs", "1 of the 1 groups that matter most is named: Parents.", "A cover to borrow"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    assert!(!seen.contains("Not doing"));
    let past = h.get("manager", &format!("/ORB/cases?show={case}&as_of={was}")).await.text;
    for text in ["As it is now", "<del>", "<ins>", "added since", "A seat with a roof"] {
        assert!(past.contains(text), "{text}: {past}");
    }
    assert!(h.get("manager", &format!("/ORB/cases?show={case}&as_of=2020-01-01")).await.text.contains("It was not there yet"));
    assert_eq!(h.get("manager", &format!("/ORB/cases?show={case}&as_of=soon")).await.status, 422);
    for n in 2..12 {
        added(&h, &case, &format!("Another {n}"), "").await;
    }
    assert_eq!(field(h.run("manager", "case_option.add", json!({ "guided_case": case, "title": "One too many" })).await), "title");
}
