//! What a member may read, walked through every page and door: a word is planted in everything of an area, and whoever
//! does not see the area finds it nowhere. New pages, queries and nouns are walked by being listed.

use kernel::{About, Area, Door, Home, Reading, Verb, about, json};
use testkit::House;

pub(crate) const PLACES: &[&str] = &[
    "/ORB/",
    "/ORB/customers",
    "/ORB/customer-list",
    "/ORB/portal",
    "/ORB/portal?shelf=waits",
    "/ORB/surveys",
    "/ORB/understanding",
    "/ORB/stakeholders",
    "/ORB/research",
    "/ORB/competitors",
    "/ORB/positioning",
    "/ORB/personas",
    "/ORB/market-size",
    "/ORB/measures",
    "/ORB/success",
    "/ORB/models",
    "/ORB/evenings",
    "/ORB/foresight",
    "/ORB/causes",
    "/ORB/cases",
    "/ORB/launch",
    "/ORB/changelog",
    "/ORB/outcomes",
    "/ORB/strategy",
    "/ORB/canvases",
    "/ORB/risks",
    "/ORB/roadmap",
    "/ORB/roadmap?open=1",
    "/ORB/roadmap?open=2",
    "/ORB/roadmap?as_of=2026-09-21",
    "/ORB/timeline?lanes=owner&parts=1",
    "/ORB/timeline?open=1",
    "/ORB/timeline?as_of=2026-09-21",
    "/ORB/timeline/roadmap.md",
    "/ORB/outcome-tree",
    "/ORB/compare?from=2026-09-01",
    "/ORB/priorities",
    "/ORB/rounds",
    "/ORB/poker",
    "/ORB/cadence",
    "/ORB/decisions",
    "/ORB/decisions.md",
    "/ORB/conversation",
    "/ORB/who-decides",
    "/ORB/sorting",
    "/ORB/retro",
    "/ORB/review?sprint=1",
    "/ORB/week",
    "/ORB/thread",
    "/ORB/thread?of=ORB-1",
    "/ORB/thread?of=ORB-3",
    "/ORB/activity",
    "/ORB/backlog",
    "/ORB/backlog?stage=all",
    "/ORB/backlog?open=3",
    "/ORB/story/3",
    "/ORB/story/4",
    "/ORB/sprint",
    "/ORB/sprint?sprint=1",
    "/ORB/sprint?sprint=1&open=3",
    "/ORB/sprint?sprint=1&as_of=2026-09-21",
    "/ORB/sprint?sprint=1&as_of=2026-09-21&open=3",
    "/ORB/sprints",
    "/ORB/reports/ageing",
    "/ORB/reports/cycle-time",
    "/ORB/reports/blocked",
    "/ORB/reports/velocity",
    "/ORB/acceptance",
    "/ORB/acceptance?open=4",
    "/ORB/coverage?which=all",
    "/ORB/runs",
    "/ORB/repositories",
    "/ORB/search?q=zq",
    "/ORB/find?q=zq",
    "/ORB/updates",
    "/ORB/updates/write",
    "/ORB/updates/write?kind=progress",
    "/ORB/settings",
    "/ORB/calendar",
    "/ORB/links",
    "/ORB/webhooks",
    "/ORB/import",
];

/// A word that nobody writes.
fn zq(area: Area) -> String {
    format!("zq{area}")
}

/// A product in which everything of an area has a word of its own; sizes are 987.4.
pub async fn planted(word: fn(Area) -> String) -> House {
    let h = House::new().await;
    let text = |area: Area, more: &str| format!("{} {more}", word(area));
    use Area::*;
    let quote = json!({ "quote": text(Customers, "said"), "customer": text(Customers, "them"), "segment": text(Research, "segment"), "source": text(Customers, "there") });
    let evidence = h.made("manager", "evidence.record", quote, "evidence").await;
    let need = h.made("manager", "need.create", json!({ "title": text(Customers, "need"), "statement": text(Customers, "s") }), "need").await;
    h.run("manager", "evidence.link", json!({ "evidence": evidence, "need": need })).await.unwrap();
    for (noun, id) in [("evidence", &evidence), ("need", &need)] {
        assert_eq!(h.attach("manager", noun, id, &text(Customers, "talk.txt"), text(Customers, "words").as_bytes()).await.status, 200);
    }
    h.run("manager", "portal.open", json!({ "openness": "members" })).await.unwrap();
    let post = json!({ "title": text(Customers, "wish"), "body": text(Customers, "what for") });
    let post = h.made("manager", "portal_post.create", post, "portal_post").await;
    h.run("manager", "portal_post.edit", json!({ "post": post, "answer": text(Customers, "answer") })).await.unwrap();
    let survey = json!({ "title": text(Customers, "survey"), "intro": text(Customers, "intro") });
    let survey = h.made("manager", "survey.begin", survey, "survey").await;
    let item = json!({ "survey": survey, "title": text(Customers, "asked"), "body": text(Customers, "about") });
    h.made("manager", "survey_item.add", item, "survey_item").await;
    let s = |more: &str| text(Strategy, more);
    let vision = json!({ "for_whom": s("a"), "who": s("b"), "is_a": s("c"), "that": s("d"), "unlike": s("e"), "ours": s("f"), "note": s("g") });
    let vision = h.made("manager", "vision.publish", vision, "vision").await;
    h.run("developer", "vision.confirm", json!({ "vision": vision, "question": s("why") })).await.unwrap();
    let segment = h.text("select id from segment".into()).await;
    h.run("manager", "segment.edit", json!({ "segment": segment, "note": text(Research, "note") })).await.unwrap();
    let customer = h.text("select id from customer".into()).await;
    h.run("manager", "customer.edit", json!({ "customer": customer, "segment": segment, "note": text(Customers, "note") })).await.unwrap();
    let market = json!({ "segments": [segment], "note": text(Research, "why") });
    let market = h.made("manager", "target_market.choose", market, "target_market").await;
    h.run("developer", "target_market.confirm", json!({ "target_market": market, "question": text(Research, "who") })).await.unwrap();
    let top = h.made("manager", "top_needs.choose", json!({ "needs": [need], "note": text(Customers, "why") }), "top_needs").await;
    h.run("developer", "top_needs.confirm", json!({ "top_needs": top, "question": text(Customers, "what") })).await.unwrap();
    for (about, area) in [("vision", Strategy), ("target_market", Research), ("top_needs", Customers)] {
        let say = json!({ "about": about, "whom": h.member("manager"), "words": text(area, "meant") });
        let part = h.made("owner", "playback.write", say, "playback_part").await;
        let mark = json!({ "playback_part": part, "meant": false, "instead": text(area, "instead") });
        h.run("manager", "playback_part.mark", mark).await.unwrap();
    }
    let measure = json!({ "name": s("measure"), "meaning": s("meaning"), "unit": s("each"), "dimensions": s("city") });
    let measure = h.made("manager", "measure.add", measure, "measure").await;
    h.run("manager", "measure.note", json!({ "measure": measure, "amount": 1, "along": { (s("city")): s("Lindau") }, "note": s("seen") }))
        .await
        .unwrap();
    let objective = h.made("manager", "objective.create", json!({ "title": s("goal"), "why": s("why") }), "objective").await;
    let result = json!({ "objective": objective, "title": s("result"), "unit": s("unit"), "start_value": 0, "target": 1 });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    h.run("manager", "key_result.measure", json!({ "key_result": result, "amount": 0.5, "note": s("note") })).await.unwrap();
    let canvas = h.made("manager", "canvas.begin", json!({ "kind": "swot", "title": s("canvas"), "note": s("about") }), "canvas").await;
    let note = json!({ "canvas": canvas, "cell": "threats", "body": s("note") });
    let note = h.made("manager", "canvas_note.write", note, "canvas_note").await;
    h.run("manager", "canvas_note.support", json!({ "canvas_note": note, "evidence": evidence })).await.unwrap();
    h.run("manager", "canvas_note.become_risk", json!({ "canvas_note": note, "likelihood": "low", "impact": "low" })).await.unwrap();
    let case = json!({ "title": s("case"), "kind": "strategy", "goal": s("5 of 7 by March 2027"), "objective": objective });
    let case = h.made("manager", "guided_case.begin", case, "guided_case").await;
    let option = json!({ "guided_case": case, "title": s("option"), "body": s("what it is") });
    let option = h.made("manager", "case_option.add", option, "case_option").await;
    h.run("manager", "guided_case.choose", json!({ "guided_case": case, "case_option": option, "choice": s("because") })).await.unwrap();
    h.run("manager", "guided_case.link", json!({ "guided_case": case, "evidence": evidence })).await.unwrap();
    let r = |more: &str| text(Roadmap, more);
    h.made("manager", "initiative.create", json!({ "title": r("bet"), "body": r("body"), "objective": objective, "need": need }), "initiative").await;
    h.run("manager", "initiative.serve", json!({ "initiative": "1", "objective": objective })).await.unwrap();
    h.run("manager", "initiative.address", json!({ "initiative": "1", "need": need })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": r("slice"), "initiative": "1", "body": r("body") }), "feature").await;
    let t = |more: &str| text(Research, more);
    let trend = json!({ "title": t("trend"), "note": t("note"), "would_change": t("change") });
    let trend = h.made("manager", "trend.create", trend, "trend").await;
    h.run("manager", "trend.support", json!({ "trend": trend, "evidence": evidence })).await.unwrap();
    h.run("manager", "trend.affect", json!({ "trend": trend, "initiative": "1" })).await.unwrap();
    let rival = json!({ "name": t("rival"), "positioning": t("a"), "strengths": t("b"), "weaknesses": t("c"), "pricing": t("d") });
    let rival = h.made("manager", "competitor.create", rival, "competitor").await;
    let capability = h.made("manager", "capability.create", json!({ "name": t("can"), "note": t("e") }), "capability").await;
    let grade = json!({ "capability": capability, "competitor": rival, "level": "full", "source": t("seen"), "note": t("f"), "evidence": evidence });
    h.made("manager", "grade.note", grade, "grade").await;
    let axes = json!({ "name": t("chart"), "across_low": t("g"), "across_high": t("h"), "up_low": t("i"), "up_high": t("j"), "note": t("k") });
    let chart = h.made("manager", "positioning.create", axes, "positioning").await;
    h.run("manager", "spot.place", json!({ "positioning": chart, "competitor": rival, "across": 1, "up": 2, "why": t("l") })).await.unwrap();
    let persona = json!({ "name": t("persona"), "segment": segment, "goals": t("m"), "frustrations": t("n"), "context": t("o"), "quote": t("p") });
    let persona = h.made("manager", "persona.create", persona, "persona").await;
    h.run("manager", "persona.support", json!({ "persona": persona, "evidence": evidence })).await.unwrap();
    let market = json!({ "title": t("market"), "bottom_up": format!("TAM = 5 EUR -- {}", t("q")), "top_down": format!("TAM = 6 EUR -- {}", t("r")), "note": t("s") });
    h.made("manager", "market_size.create", market, "market_size").await;
    let model = json!({ "title": text(Research, "estimate"), "body": format!("a = 1 to 2 -- {}", word(Research)), "note": text(Research, "note") });
    h.made("manager", "estimate_model.create", model, "estimate_model").await;
    let fact = json!({ "name": "known", "worth": "3 people", "source": text(Research, "source") });
    h.made("manager", "known_fact.add", fact, "known_fact").await;
    let table = format!("country,before,after\n{},300,100\nDE,290,291", word(Customers));
    let inquiry = json!({ "title": text(Customers, "asked"), "seen": text(Customers, "seen"), "table": table });
    let inquiry = h.made("manager", "inquiry.begin", inquiry, "inquiry").await;
    let cause = h.made("manager", "cause_note.write", json!({ "inquiry": inquiry, "body": text(Customers, "cause") }), "cause_note").await;
    h.run("manager", "cause_note.judge", json!({ "cause_note": cause, "held": "likely", "why": text(Customers, "why") })).await.unwrap();
    h.run("manager", "inquiry.settle", json!({ "inquiry": inquiry, "finding": text(Customers, "finding") })).await.unwrap();
    let b = |more: &str| text(Backlog, more);
    for n in ["one", "two"] {
        let story =
            json!({ "title": b(n), "body": b("body"), "wants": b("wants"), "labels": [word(Backlog)], "criteria": [b("rule")], "feature": "2" });
        let story = h.made("owner", "story.create", story, "story").await;
        let comment = h.made("developer", "comment.add", json!({ "about": "story", "id": story, "body": b("talk") }), "comment").await;
        h.run("owner", "comment.react", json!({ "comment": comment, "sign": "idea" })).await.unwrap();
        h.run("developer", "comment.edit", json!({ "comment": comment, "body": b("edited") })).await.unwrap();
    }
    h.run("developer", "subtask.add", json!({ "story": "3", "title": b("small step") })).await.unwrap();
    h.run("owner", "story_template.create", json!({ "name": b("template"), "body": b("usual"), "criteria": b("always") })).await.unwrap();
    let step = h.made("owner", "map_step.add", json!({ "name": b("on the way") }), "map_step").await;
    h.run("owner", "story.place_on_map", json!({ "stories": ["3"], "step": step })).await.unwrap();
    let session = h.made("owner", "refinement.begin", json!({}), "refinement").await;
    h.run("developer", "refinement.note", json!({ "refinement": session, "story": "3", "body": b("noted") })).await.unwrap();
    let run = json!({ "suite": b("suite"), "commit": "1", "branch": b("branch"), "loose_count": 1, "broke": [b("broke")],
        "results": [{ "tag": "ORB-3.1", "came": "failed", "name": b("test"), "said": b("said") }], "loose": [{ "name": b("loose"), "came": "passed" }] });
    h.run("developer", "run.record", run).await.unwrap();
    h.run("developer", "test_name.remember", json!({ "criterion": "ORB-3.1", "name": b("name") })).await.unwrap();
    let (path, secret, _) = crate::code::repository(&h, "developer", &text(Work, "repository")).await;
    assert_eq!(crate::code::send(&h, &path, &secret, &crate::code::push(&b("branch-orb-3"), "c1", &b("ORB-3"))).await.status, 201);
    h.run("owner", "story.mark_ready", json!({ "story": "3", "ready": true })).await.unwrap();
    for (story, points) in [("3", 987.4), ("4", 986.3)] {
        h.run("developer", "story.estimate", json!({ "story": story, "points": points })).await.unwrap();
    }
    let poker = json!({ "title": text(Estimates, "poker"), "stories": ["3"], "asked": [h.member("developer")] });
    h.made("developer", "poker.begin", poker, "poker").await;
    let dealt = h.text("select id from poker_round".into()).await;
    let card = json!({ "poker_round": dealt, "card": "5", "note": text(Estimates, "note") });
    h.run("developer", "poker_round.vote", card).await.unwrap();
    let ask = app::Ask::named(Some("ORB"), "story.estimate", json!({ "story": "3", "points": 986.3 }));
    let asked = h.app.run(&h.visitor("developer", Door::Page), app::Ask { as_proposal: true, ..ask }).await.unwrap();
    let app::Outcome::Proposed(asked) = asked else { panic!("it was to be a proposal") };
    let asked = asked.proposal.simple().to_string();
    h.run("developer", "comment.add", json!({ "about": "proposal", "id": asked, "body": "987.4 is much" })).await.unwrap();
    // What another tool says is proposed with its size.
    let brought = |origin: &str, size: f64| json!({ "origin": origin, "title": b("three"), "kind": "story", "stage": "open", "points": size });
    let asked = h.proposed("manager", "story.bring_in", brought("csv:1", 987.4)).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.proposed("manager", "story.bring_in", brought("csv:1", 986.3)).await;
    // So short that the record tells it whole.
    h.proposed("manager", "story.bring_in", json!({ "origin": "c:2", "title": "t", "kind": "bug", "stage": "open", "points": 986.3 })).await;
    let p = |more: &str| text(Sprints, more);
    let days = json!({ "name": p("sprint"), "goal": p("goal"), "starts_on": "2026-09-14", "ends_on": "2026-09-27" });
    h.run("owner", "sprint.plan", days).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3", "4"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "4" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "4" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "4", "reason": text(Acceptance, "fine") })).await.unwrap();
    h.app.clock.forward(2 * 86_400_000);
    // A second sprint, so that there is a velocity too.
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "name": p("next"), "goal": p("g"), "starts_on": "2026-09-28", "ends_on": "2026-10-11" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "2", "stories": ["3"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "2" })).await.unwrap();
    let invite = json!({ "email": format!("zq{Agreement}@x.org"), "hats": ["developer"] });
    let asked = h.proposed("manager", "membership.invite", invite.clone()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let invite = json!({ "email": format!("zq{Agreement}2@x.org"), "hats": ["developer"] });
    let asked = h.proposed("manager", "membership.invite", invite).await;
    h.run("developer", "comment.add", json!({ "about": "proposal", "id": asked, "body": word(Agreement) })).await.unwrap();
    let order = |more: &str| text(Priorities, more);
    h.made("manager", "feature.create", json!({ "title": r("other slice") }), "feature").await;
    let asked = h.proposed("manager", "scheme.create", json!({ "name": order("by"), "by": "rice" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let scheme = h.text("select id from scheme".into()).await;
    let asked = h.proposed("manager", "score.set", json!({ "scheme": scheme, "thing": "2", "scores": { "reach": "3k to 8k" } })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let owner = h.member("owner").simple().to_string();
    let begin = json!({ "scheme": scheme, "title": order("round"), "raters": { owner: ["reach"] } });
    let round = h.made("owner", "scoring_round.begin", begin, "scoring_round").await;
    let answers = json!({ "round": round, "ratings": { "2": { "reach": "5" } }, "note": order("note"), "done": true });
    h.run("owner", "scoring_round.rate", answers).await.unwrap();
    let settle = json!({ "round": round, "thing": "2", "criterion": "reach", "value": "6", "reason": order("why") });
    h.run("owner", "scoring_round.settle", settle).await.unwrap();
    for (kind, area, who) in [("roadmap", Announcements, "manager"), ("progress", Progress, "owner")] {
        let update = json!({ "kind": kind, "title": text(area, "update"), "body": text(area, "told"), "everyone": true });
        h.made(who, "update.publish", update, "product_update").await;
        h.run(who, "update_draft.save", json!({ "kind": kind, "title": text(area, "draft"), "body": text(area, "kept") })).await.unwrap();
    }
    for area in Area::ALL {
        let question = json!({ "title": text(*area, "question"), "area": area, "reason": text(*area, "reason") });
        let asked = h.made("manager", "proposal.open", question, "proposal").await;
        h.run("owner", "comment.add", json!({ "about": "proposal", "id": asked, "body": text(*area, "remark") })).await.unwrap();
        h.run("owner", "proposal.ask", json!({ "proposal": asked, "body": text(*area, "doubt") })).await.unwrap();
        let objection = h.made("owner", "proposal.object", json!({ "proposal": asked, "body": text(*area, "against") }), "comment").await;
        h.run("owner", "proposal.answer", json!({ "comment": objection, "body": text(*area, "for") })).await.unwrap();
    }
    h
}

/// The words that must not be found: sizes follow estimates, and so does what is summed up from them.
fn canaries(area: Area) -> Vec<String> {
    match area {
        Area::Estimates => ["987.4", "986.3", "1973.7", "zqestimates"].map(str::to_owned).to_vec(),
        _ => vec![format!("zq{area}")],
    }
}

/// Every address from which something of the product can be read.
async fn addresses(h: &House) -> (Vec<String>, Vec<String>) {
    let first = async |table: &str| h.text(format!("select coalesce(min(id), '') from {table}")).await;
    let (scheme, round) = (first("scheme").await, first("scoring_round").await);
    let pages = PLACES.iter().map(|p| (*p).to_owned()).chain([format!("/ORB/rounds?round={round}")]).collect();
    let fill = |path: &str| {
        let path = path.replace("{product}", "ORB").replace("{of}", "ORB-3").replace("{story}", "3").replace("{sprint}", "1");
        path.replace("{scheme}", &scheme).replace("{round}", &round)
    };
    let mut rest: Vec<String> =
        h.app.registry.queries().filter(|q| q.route.verb == Verb::Get && q.route.in_product()).map(|q| fill(q.route.path)).collect();
    rest.push("/products/ORB/search?q=zq".into());
    rest.push("/products/ORB/activity?limit=500".into());
    rest.push("/products/ORB/stories/4".into());
    for noun in h.app.registry.nouns().filter(|n| n.about.home == Home::Product && n.about.read != Reading::Nobody) {
        rest.push(format!("/products/ORB/{}", noun.about.many));
        if !noun.about.long.is_empty() {
            rest.push(format!("/products/ORB/{}?fields={}", noun.about.many, noun.about.long.join(",")));
        }
        let ids = h.app.store.read(|r| r.query(&format!("select id from {} where removed_at is null", noun.table), &[])).await.unwrap();
        for mut row in ids {
            rest.push(format!("/products/ORB/{}/{}", noun.about.many, row.take::<String>().unwrap()));
        }
    }
    (pages, rest)
}

/// The product written out for someone.
pub(crate) async fn exported(h: &House, who: &str) -> String {
    let (registry, blobs) = (h.app.registry.clone(), h.app.blobs.clone());
    let write = move |look: &mut kernel::Look| {
        let mut file = vec![];
        exchange::export(look, &registry, &blobs, &mut file)?;
        Ok(file)
    };
    String::from_utf8(h.app.ask(&h.visitor(who, Door::Cli), Some("ORB"), write).await.unwrap()).unwrap()
}

/// Of whoever does not see sizes it is not said whether there is one either.
#[tokio::test]
async fn readiness_says_nothing_of_sizes_that_are_not_seen() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    for estimated in [false, true] {
        if estimated {
            h.run("developer", "story.estimate", json!({ "story": "1", "points": 3 })).await.unwrap();
        }
        for page in ["/ORB/story/1", "/ORB/backlog"] {
            let told = h.get("stakeholder", page).await.text;
            assert!(told.contains("0 of 3") && !told.contains("an estimate"), "{page}");
        }
        let owner = h.get("owner", "/ORB/story/1").await.text;
        assert!(owner.contains(if estimated { "1 of 4" } else { "0 of 4" }));
    }
}

#[tokio::test]
async fn what_one_does_not_see_is_found_nowhere() {
    let h = planted(zq).await;
    let (pages, rest) = addresses(&h).await;
    let token = h.token("stakeholder").await;
    let mut wrong = vec![];
    for area in Area::ALL.iter().filter(|a| !matches!(a, Area::Research | Area::Work | Area::Commitments)) {
        let visitor = h.visitor("stakeholder", Door::Page);
        let standing = json!({ "area": area, "hat": "stakeholder", "standing": "none" });
        if let Ok(app::Outcome::Proposed(p)) = h.run("manager", "agreement.set", standing).await {
            h.run("owner", "proposal.sign", json!({ "proposal": p.proposal.simple().to_string() })).await.unwrap();
        }
        let hidden = *area;
        let sees = h.app.ask(&visitor, Some("ORB"), move |look| Ok(look.scope.sees(hidden))).await.unwrap();
        assert!(!sees, "{area} is hidden now");
        let words = canaries(*area);
        let look = |wrong: &mut Vec<String>, place: &str, text: &str| {
            if let Some(at) = words.iter().find_map(|word| text.find(word.as_str())) {
                let from = (0..=at.saturating_sub(120)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                let to = (at + 40..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
                wrong.push(format!("{area} at {place}: …{}…", text[from..to].replace('\n', " ")));
            }
        };
        for page in &pages {
            let answer = h.get("stakeholder", page).await;
            if answer.status.as_u16() >= 500 {
                wrong.push(format!("{area} breaks {page}: {}", answer.status));
                continue;
            }
            // The search box shows what was searched for.
            look(&mut wrong, page, &answer.text.replace("value=\"zq\"", ""));
        }
        for path in &rest {
            let answer = h.rest(&token, "GET", path, json!(null)).await;
            if answer.status.as_u16() >= 500 {
                wrong.push(format!("{area} breaks {path}: {}", answer.status));
                continue;
            }
            look(&mut wrong, path, &answer.text);
        }
        look(&mut wrong, "export", &exported(&h, "stakeholder").await);
        let seen = json!({ "area": area, "hat": "stakeholder", "standing": "sees" });
        if let Ok(app::Outcome::Proposed(p)) = h.run("manager", "agreement.set", seen).await {
            h.run("owner", "proposal.sign", json!({ "proposal": p.proposal.simple().to_string() })).await.unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} places tell what is hidden:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is a part of something that is itself about others is read by whoever reads those.
#[tokio::test]
async fn a_part_of_what_is_about_others_is_read_with_them() {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    let comment = h.made("owner", "comment.add", json!({ "about": "story", "id": story, "body": "Hm" }), "comment").await;
    h.run("owner", "comment.react", json!({ "comment": comment, "sign": "idea" })).await.unwrap();
    let part = About { read: Reading::Of("comment", "comment"), ..About::PLAIN };
    let found = async |who: &str| {
        let me = format!("'{}'", h.member(who).simple());
        let count = move |look: &mut kernel::Look| {
            let seen = about::may_read(look.scope, "reaction", &part).and().replace("$me", &me);
            look.reader.query(&format!("select id from reaction where removed_at is null{seen}"), &[]).map(|rows| rows.len())
        };
        h.app.ask(&h.visitor(who, Door::Page), Some("ORB"), count).await.unwrap()
    };
    assert_eq!(found("stakeholder").await, 1);
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "backlog", "hat": "stakeholder", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!((found("stakeholder").await, found("owner").await), (0, 1));
}

#[tokio::test]
async fn the_words_are_found_by_whoever_sees_them() {
    let h = planted(zq).await;
    let (pages, rest) = addresses(&h).await;
    let token = h.token("owner").await;
    let mut found: std::collections::HashMap<Area, usize> = std::collections::HashMap::new();
    let mut texts = vec![];
    for page in &pages {
        texts.push(h.get("owner", page).await.text);
    }
    for path in &rest {
        texts.push(h.rest(&token, "GET", path, json!(null)).await.text);
    }
    texts.push(exported(&h, "owner").await);
    for area in Area::ALL {
        *found.entry(*area).or_default() += texts.iter().filter(|text| canaries(*area).iter().any(|word| text.contains(word))).count();
    }
    for area in Area::ALL {
        assert!(found[area] >= 3, "{area} is planted in {} places only", found[area]);
    }
}
