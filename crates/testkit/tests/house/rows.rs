//! What every command of a product is tried with. Its arguments are filled in from its schema: names of things stand for
//! those of the fixture, the rest is the plainest value that fits. A command has a line here only where that would not do.

use crate::across::{first, nouns};
use kernel::{CommandSpec, Json, json};
use serde_json::Map;
use std::collections::BTreeMap;
use testkit::House;

/// Things of a product, by the names that commands call them by.
pub(crate) struct Fixture(pub BTreeMap<&'static str, Json>);

impl Fixture {
    pub fn of(&self, name: &str) -> &Json {
        self.0.get(name).unwrap_or_else(|| panic!("no {name}"))
    }

    /// Makes them in the product at hand: initiative 1, feature 2, story 3 in sprint 1, stories 4 and 5.
    pub async fn made(h: &House) -> Fixture {
        let (objective, _) = crate::chain::thread_above(h).await;
        h.made("owner", "story.create", json!({ "title": "in the sprint" }), "story").await;
        let story = h.made("owner", "story.create", json!({ "title": "S", "criteria": ["c"] }), "story").await;
        assert_eq!(h.attach("owner", "story", &story, "plan.txt", b"the plan").await.status, 200);
        h.made("owner", "story.create", json!({ "title": "T", "body": "Acceptance criteria:\n- x", "labels": ["care", "other", "third"] }), "story")
            .await;
        let asked = h.proposed("manager", "membership.invite", json!({ "email": "late@x.org", "hats": ["developer"] })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        let ready = json!({ "seen": ["criteria", "size", "feature", "reason"], "others": "Seen by design" });
        let asked = h.proposed("manager", "product.define_ready", ready).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
        h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3"] })).await.unwrap();
        let filter = json!({ "page": "backlog", "name": "Bugs", "query": "kind=bug", "shared": true });
        h.run("owner", "saved_filter.save", filter).await.unwrap();
        h.run("owner", "label.colour", json!({ "label": "care", "colour": "rose" })).await.unwrap();
        let field = json!({ "name": "Severity", "thing": "story", "kind": "choice", "choices": ["high", "low"] });
        let asked = h.proposed("manager", "field.define", field).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        let field = h.text(format!("select id from field where product = (select id from product where key = '{}')", h.here())).await;
        h.run("owner", "field_value.set", json!({ "field": field, "thing": "4", "value": "low" })).await.unwrap();
        let day = json!({ "day": "2026-12-25", "name": "Christmas" });
        let asked = h.proposed("manager", "holiday.add", day).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        h.run("manager", "shared_link.make", json!({ "look": "roadmap", "name": "Acme" })).await.unwrap();
        let webhook = json!({ "name": "Chat", "address": "https://hooks.example.org/orbit", "shape": "standard" });
        let asked = h.proposed("manager", "webhook.make", webhook).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        let question = h.made("owner", "proposal.open", json!({ "title": "Which first?", "area": "backlog" }), "proposal").await;
        let ask = |asked: Json| json!({ "proposal": question, "question": "First?", "options": "A\nB", "asked": asked });
        let opened = h.made("owner", "poll.ask", ask(json!([h.member("owner")])), "poll").await;
        h.run("owner", "poll.seal", json!({ "poll": opened, "choice": 0 })).await.unwrap();
        let poll = h.made("owner", "poll.ask", ask(json!([])), "poll").await;
        let scored = crate::priorities::scored(h).await;
        let one = async |table: &str, and: &str| {
            json!(h.text(format!("select id from {table} where product = (select id from product where key = '{}'){and}", h.here())).await)
        };
        let need = one("need", "").await;
        let segment = h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
        let spare = h.made("manager", "segment.create", json!({ "name": "Movers" }), "segment").await;
        let customer = h.made("owner", "customer.create", json!({ "name": "Bakery", "segment": segment }), "customer").await;
        h.made("owner", "customer.create", json!({ "name": "Florist" }), "customer").await;
        crate::research::furnished(h).await;
        let talk = json!({ "participant": "Nadia", "held_on": "2026-09-01", "notes": "z" });
        h.made("manager", "interview.plan", talk, "interview").await;
        h.made("manager", "intake.make", json!({ "name": "Mail" }), "intake").await;
        h.made("manager", "assumption_test.plan", json!({ "initiative": "1", "assumption": "They find it" }), "assumption_test").await;
        h.run("manager", "need.serve", json!({ "need": need, "objective": objective })).await.unwrap();
        let aside = h.made("owner", "evidence.record", json!({ "quote": "Spam" }), "evidence").await;
        h.run("owner", "evidence.dismiss", json!({ "evidence": aside })).await.unwrap();
        let spare_need = h.made("owner", "need.create", json!({ "title": "Spare" }), "need").await;
        let whole = h.made("owner", "evidence.record", json!({ "quote": "z" }), "evidence").await;
        h.made("manager", "target_market.choose", json!({ "segments": [segment] }), "target_market").await;
        h.made("owner", "top_needs.choose", json!({ "needs": [need] }), "top_needs").await;
        let words = json!({ "about": "vision", "whom": h.member("manager"), "words": "It is for you. It is fast." });
        h.made("owner", "playback.write", words, "playback").await;
        h.made("manager", "pulse.begin", json!({}), "pulse").await;
        let spared = h.made("manager", "stakeholder.add", json!({ "name": "Press" }), "stakeholder").await;
        let council = h.made("manager", "stakeholder.add", json!({ "name": "The council", "every_days": 7 }), "stakeholder").await;
        h.made("manager", "contact.note", json!({ "stakeholder": council, "happened_on": "2026-09-01" }), "contact").await;
        h.made("manager", "promise.make", json!({ "stakeholder": council, "what": "A report each month" }), "promise").await;
        let decision = one("proposal", " and state = 'agreed'").await;
        h.run("manager", "look_back.say", json!({ "proposal": decision, "held": "partly", "learned": "Too early" })).await.unwrap();
        let about = json!({ "proposal": question, "about": "story", "id": story });
        let about = h.made("owner", "proposal.link", about, "relation").await;
        let (stuck, told) = (stuck(h, "Which first?").await, stuck(h, "Which last?").await);
        let tell = |proposal: &str, hat: &str| json!({ "proposal": proposal, "hat": hat, "body": "They want it soon" });
        for (who, hat, other) in [("owner", "manager", "manager"), ("manager", "owner", "owner")] {
            h.run(who, "position.tell", tell(&stuck, hat)).await.unwrap();
            h.run(other, "position.confirm", json!({ "proposal": stuck, "hat": hat })).await.unwrap();
        }
        h.run("manager", "proposal.name_decider", json!({ "proposal": stuck, "member": h.member("developer").simple().to_string() })).await.unwrap();
        h.run("owner", "position.tell", tell(&told, "manager")).await.unwrap();
        let [sorting, unopened] = [sorted(h).await, sorted(h).await];
        h.run("manager", "sorting.open", json!({ "sorting": sorting })).await.unwrap();
        let settle = json!({ "sorting": sorting, "area": "progress", "pile": "owner", "reason": "It is their delivery" });
        let asked = h.proposed("manager", "sorting.settle", settle).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        let asked = h.proposed("manager", "rhythm.set", json!({ "weekday": "monday", "agreement_on": "2026-12-01" })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        h.run("owner", "week_note.keep", json!({ "monday": "2026-09-21", "body": "We ship a part" })).await.unwrap();
        let update = json!({ "kind": "roadmap", "title": "What changed", "body": "A window moved.", "everyone": true, "by_link": true });
        let update = h.made("manager", "update.publish", update, "product_update").await;
        let word = crate::updates::linked(h).await;
        for question in ["Until when?", "Why so late?", "Who decided that?"] {
            crate::updates::asked(h, &word, &update, question).await.unwrap();
        }
        h.run("manager", "model_draft.stories", json!({ "feature": "2" })).await.unwrap();
        h.run("manager", "update_draft.save", json!({ "kind": "progress", "title": "D", "body": "b" })).await.unwrap();
        let (release, ready) = crate::launch::released(h).await;
        let (judged, to_judge) = (crate::launch::bet(h, "Judged").await, crate::launch::bet(h, "To judge").await);
        h.made("manager", "brief.write", json!({ "feature": "2", "part": "why", "body": "They wait" }), "brief_paragraph").await;
        h.made("manager", "audience.add", json!({ "name": "The board" }), "audience").await;
        h.run("manager", "dependency.add", json!({ "item": "1", "on": judged })).await.unwrap();
        h.made("manager", "outcome.record", json!({ "initiative": judged, "verdict": "met" }), "outcome").await;
        let riders = json!({ "name": "Riders", "part": "watched", "dimensions": "city" });
        let riders = h.made("manager", "measure.add", riders, "measure").await;
        h.run("manager", "measure.note", json!({ "measure": riders, "on_day": "2026-09-01", "amount": 5 })).await.unwrap();
        for day in ["2026-08-10", "2026-09-08"] {
            let value = json!({ "measure": riders, "on_day": day, "amount": 7, "along": { "city": "Lindau" } });
            h.run("manager", "measure.note", value).await.unwrap();
        }
        h.made("owner", "story.create", json!({ "title": "Later" }), "story").await;
        let step = crate::refining::furnished(h, &story).await;
        let [canvas, answered, reliever, pain] = crate::canvases::furnished(h).await;
        crate::tools::furnished(h).await;
        let ask = async |day: &str| h.made("manager", "forecast_question.ask", json!({ "story": "4", "due_on": day }), "forecast_question").await;
        let (asked_on, said_on) = (ask("2026-11-01").await, ask("2026-11-02").await);
        h.run("manager", "prediction.give", json!({ "forecast_question": said_on, "chance": 60 })).await.unwrap();
        let evening = async || h.made("manager", "club_evening.plan", json!({ "challenge": crate::evenings::GUESS }), "club_evening").await;
        let (planned, started, revealed) = (evening().await, evening().await, evening().await);
        for evening in [&started, &revealed] {
            h.run("manager", "club_evening.start", json!({ "evening": evening })).await.unwrap();
            let parts = crate::evenings::parts();
            h.run("manager", "club_evening.hand_in", json!({ "evening": evening, "parts": parts })).await.unwrap();
        }
        h.run("manager", "club_evening.reveal", json!({ "evening": revealed })).await.unwrap();
        let case_on = crate::evenings::case_on(h, "manager").await;
        let shows = h.made("owner", "evidence.record", json!({ "quote": "Seen" }), "evidence").await;
        let known = one("outcome", "").await;
        h.run("manager", "outcome.support", json!({ "outcome": known, "evidence": shows })).await.unwrap();
        h.run("manager", "canvas_note.support", json!({ "canvas_note": pain, "evidence": shows })).await.unwrap();
        let cases = crate::guided::furnished(h).await;
        h.run("manager", "guided_case.link", json!({ "guided_case": cases.open, "evidence": shows })).await.unwrap();
        let cause = one("cause_note", "").await;
        h.run("manager", "cause_note.support", json!({ "cause_note": cause, "evidence": shows })).await.unwrap();
        let (outcome, launch_task) = (one("outcome", "").await, one("launch_task", " order by id limit 1").await);
        let poker = crate::poker::furnished(h).await;
        let portal = crate::portal::furnished(h).await;
        let (survey, survey_item, survey_link) = crate::surveys::furnished(h).await;
        let (open_survey, _) = crate::surveys::open(h).await;
        let tag = format!("{}-4.1", h.here());
        let run =
            json!({ "commit": "3f9a2c1", "results": [{ "tag": tag, "came": "passed", "name": "z" }], "loose": [{ "name": "y", "came": "failed" }] });
        h.made("owner", "run.record", run, "run").await;
        h.made("owner", "test_name.remember", json!({ "criterion": tag, "name": "y" }), "test_name").await;
        let (path, secret, _) = crate::code::repository(h, "owner", "app").await;
        let message = format!("{}-4", h.here());
        assert_eq!(crate::code::send(h, &path, &secret, &crate::code::push("main", "c1", &message)).await.status, 201);
        crate::board::furnished(h).await;
        let retro = crate::retro::furnished(h).await;
        h.made("owner", "review.record", json!({ "sprint": "1", "body": "n" }), "review").await;
        h.made("owner", "demo_note.write", json!({ "sprint": "1", "story": "3", "body": "n" }), "demo_note").await;
        h.made("owner", "review_feedback.give", json!({ "sprint": "1", "story": "3", "body": "n" }), "review_feedback").await;
        let strangers_word = crate::review::of_a_stranger(h).await;
        let slips = h.made("manager", "sorting.begin", json!({}), "sorting").await;
        let result = json!({ "objective": objective, "title": "k", "start_value": 0, "target": 1 });
        let link = json!({ "links": [{ "story": "4", "verb": "relates", "to": "5" }] });
        Fixture(BTreeMap::from([
            ("release", json!(release.id)),
            ("poker_round", json!(poker.turned)),
            ("round_to_repeat", json!(poker.to_repeat)),
            ("round_to_pass", json!(poker.to_pass)),
            ("laying_round", json!(poker.laying)),
            ("post", json!(portal.post)),
            ("into", json!(portal.into)),
            ("merged_post", json!(portal.merged)),
            ("turned_down", json!(portal.turned)),
            ("voice", json!(portal.voice)),
            ("strangers_post", json!(portal.strangers)),
            ("strangers_word", json!(strangers_word)),
            ("survey", json!(survey)),
            ("item", json!(survey_item)),
            ("survey_item", json!(survey_item)),
            ("survey_link", json!(survey_link)),
            ("open_survey", json!(open_survey)),
            ("shipped", json!(release.feature)),
            ("ready_release", json!(ready.id)),
            ("to_judge", json!(to_judge)),
            ("judged", json!(judged)),
            ("outcome", outcome),
            ("launch_task", launch_task),
            ("forecast_question", json!(asked_on)),
            ("evening", json!(planned)),
            ("started_evening", json!(started)),
            ("case_on", json!(case_on)),
            ("measure", json!(riders)),
            ("estimate_model", one("estimate_model", "").await),
            ("shows", json!(shows)),
            ("guided_case", json!(cases.open)),
            ("case_option", json!(cases.option)),
            ("chosen_case", json!(cases.chosen)),
            ("canvas", json!(canvas)),
            ("canvas_note", json!(pain)),
            ("reliever", json!(reliever)),
            ("answered", json!(answered)),
            ("initiative", json!("1")),
            ("feature", json!("2")),
            ("story", json!("4")),
            ("stories", json!(["4"])),
            ("sprint", json!("1")),
            ("member", json!(h.member("developer").simple().to_string())),
            ("evidence", one("evidence", "").await),
            ("need", need),
            ("spare_need", json!(spare_need)),
            ("aside", json!(aside)),
            ("whole", json!(whole)),
            ("segment", json!(segment)),
            ("step", json!(step)),
            ("spare", json!(spare)),
            ("stakeholder", json!(council)),
            ("spared", json!(spared)),
            ("customer", json!(customer)),
            ("objective", json!(objective)),
            ("key_result", json!(h.made("manager", "key_result.create", result, "key_result").await)),
            ("criterion", one("criterion", &format!(" and story = '{story}'")).await),
            ("poll", json!(poll)),
            ("scheme", json!(scored.scheme)),
            ("spare_scheme", json!(scored.spare)),
            ("round", json!(scored.on)),
            ("spare_round", json!(scored.spare_round)),
            ("revealed_round", json!(scored.revealed)),
            ("rated", json!(scored.items[0])),
            ("other_rated", json!(scored.items[1])),
            ("question", json!(question)),
            ("decision", decision),
            ("about_link", json!(about)),
            ("stuck", json!(stuck)),
            ("told", json!(told)),
            ("sorting", json!(sorting)),
            ("unopened", json!(unopened)),
            ("slips", json!(slips)),
            ("retro", json!(retro.writing)),
            ("sealed_note", json!(retro.sealed)),
            ("open_retro", json!(retro.open)),
            ("retro_note", json!(retro.note)),
            ("other_note", json!(retro.other)),
            ("spare_note", json!(retro.spare)),
            ("retro_theme", json!(retro.theme)),
            ("voting_retro", json!(retro.voting)),
            ("voted_note", json!(retro.voted)),
            ("retro_action", json!(retro.action)),
            ("update", json!(update)),
            ("update_question", one("update_question", " and body = 'Until when?'").await),
            ("spare_question", one("update_question", " and body = 'Why so late?'").await),
            ("strangers_question", one("update_question", " and body = 'Who decided that?'").await),
            ("field", json!(field)),
            ("column", one("board_column", " and name = 'In review'").await),
            ("invitation", one("ticket", " and kind = 'invitation'").await),
            ("link", json!(h.made("owner", "story.link", link, "relation").await)),
        ]))
    }

    /// The first thing of every noun that has no name here yet goes by its noun.
    pub async fn name_the_rest(&mut self, h: &House) {
        for noun in nouns(h) {
            let id = first(h, noun.table).await;
            self.0.entry(noun.table).or_insert(json!(id));
        }
    }

    /// Arguments for a command.
    pub fn arguments(&self, spec: &CommandSpec) -> Json {
        let mut args = self.usual(spec);
        if let Json::Object(particular) = self.particular(spec.name) {
            args.extend(particular);
        }
        Json::Object(args)
    }

    /// What a command cannot do without, and of an edit the first text that it could change.
    fn usual(&self, spec: &CommandSpec) -> Map<String, Json> {
        let schema = (spec.schema)();
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let fields = schema["properties"].as_object().cloned().unwrap_or_default();
        let fill = |name: &str, field: &Json| self.0.get(name).cloned().unwrap_or_else(|| plainest(field));
        let mut args: Map<String, Json> = required.iter().filter_map(|name| Some(((*name).to_owned(), fill(name, fields.get(*name)?)))).collect();
        let is_text = |field: &Json| web::forms::allows(field, "string") && !["enum", "format"].iter().any(|word| field.to_string().contains(word));
        let text = fields.iter().find(|(name, field)| spec.name.ends_with(".edit") && !args.contains_key(*name) && is_text(field));
        args.extend(text.map(|(name, _)| (name.clone(), json!("z"))));
        args
    }

    /// Where the plainest value would be refused, or is taken for nothing.
    fn particular(&self, command: &str) -> Json {
        match command {
            "initiative.move" | "feature.move" => json!({ "horizon": "next" }),
            "cadence.set" => json!({ "weeks": 3 }),
            "poker.edit" => json!({ "title": "z", "ends_time": "" }),
            "forecast_question.ask" => json!({ "story": self.of("story"), "due_on": "2026-11-03" }),
            "poker_round.vote" => json!({ "poker_round": self.of("laying_round"), "card": "5" }),
            "poker_round.reveal" => json!({ "poker_round": self.of("laying_round") }),
            "poker_round.again" => json!({ "poker_round": self.of("round_to_repeat") }),
            "poker_round.pass" => json!({ "poker_round": self.of("round_to_pass") }),
            "poker_round.take" => json!({ "card": "5" }),
            "portal_post.show" => json!({ "post": self.of("turned_down") }),
            "portal_post.erase" => json!({ "post": self.of("strangers_post"), "said": true }),
            "review_feedback.erase" => json!({ "review_feedback": self.of("strangers_word"), "said": true }),
            "portal_post.edit" => json!({ "answer": "z" }),
            "portal_post.unmerge" => json!({ "post": self.of("merged_post") }),
            "portal.open" => json!({ "openness": "members" }),
            "survey_item.add" => json!({ "title": "z" }),
            "survey.close" | "survey.share" => json!({ "survey": self.of("open_survey") }),
            "release.unship" => json!({ "feature": self.of("shipped") }),
            "release.decide" => json!({ "go": "go", "go_reason": "r" }),
            "release.release" => json!({ "release": self.of("ready_release") }),
            "outcome.record" => json!({ "initiative": self.of("to_judge"), "verdict": "missed" }),
            "outcome.unsupport" | "canvas_note.unsupport" | "cause_note.unsupport" | "guided_case.unlink" => json!({ "evidence": self.of("shows") }),
            "estimate_model.create" | "estimate_model.edit" => json!({ "title": "Z", "body": "z = 1 to 2" }),
            "known_fact.add" | "known_fact.edit" => json!({ "worth": "3 to 4 people", "source": "z" }),
            "inquiry.begin" => json!({ "table": "country,before,after\nFR,300,100\nDE,290,291" }),
            "inquiry.begin_from_measure" => {
                json!({ "before_from": "2026-08-01", "before_to": "2026-08-31", "after_from": "2026-09-01", "after_to": "2026-09-20" })
            }
            "guided_case.link" => json!({ "evidence": self.of("evidence") }),
            "guided_case.put_hint_aside" => json!({ "hint": "goal dated", "aside": true }),
            "guided_case.reopen" | "guided_case.become_initiative" => json!({ "guided_case": self.of("chosen_case") }),
            "club_evening.plan" => json!({ "challenge": crate::evenings::GUESS }),
            "club_evening.hand_in" => json!({ "evening": self.of("started_evening"), "parts": crate::evenings::parts() }),
            "club_evening.cut" => json!({ "evening": self.of("case_on"), "at": "period", "step": "income" }),
            "club_evening.ask" => json!({ "evening": self.of("case_on") }),
            "club_evening.reveal" => json!({ "evening": self.of("started_evening") }),
            "cause_note.judge" => json!({ "held": "likely", "why": "z" }),
            "canvas_note.write" | "canvas_note.move" => json!({ "cell": "jobs" }),
            "canvas_note.answer" => json!({ "canvas_note": self.of("reliever"), "answered": self.of("canvas_note") }),
            "canvas_note.unanswer" => json!({ "canvas_note": self.of("reliever") }),
            "assumption_test.edit" => json!({ "assumption": "z", "initiative": null }),
            "dependency.add" => json!({ "item": "1", "on": self.of("to_judge") }),
            "dependency.remove" => json!({ "item": "1", "on": self.of("judged") }),
            "need.serve" => json!({ "need": self.of("spare_need") }),
            "customer.put" => json!({ "name": "Newcomer" }),
            "evidence.bring_back" => json!({ "evidence": self.of("aside") }),
            "evidence.split" => json!({ "evidence": self.of("whole") }),
            "interview.plan" => json!({ "held_on": "2026-09-01" }),
            "measure.bring_in" => json!({ "csv": "day,value\n2026-09-02,7" }),
            "measure.note" => json!({ "on_day": "2026-09-03" }),
            "key_result.create" => json!({ "start_value": 0, "target": 1 }),
            "key_result.estimate" => json!({ "estimate_model": self.of("estimate_model"), "of": "value" }),
            "key_result.measure" => json!({ "amount": 0.5 }),
            "customer.merge" => json!({ "into": "Florist" }),
            "segment.merge" => json!({ "into": "Movers" }),
            "stakeholder.remove" => json!({ "stakeholder": self.of("spared") }),
            "stakeholder.edit" => json!({ "name": "z", "keeper": null, "within": null, "email": "" }),
            "promise.edit" => json!({ "what": "z", "item": null }),
            "promise.settle" => json!({ "became": "kept" }),
            "stakeholder.place" => json!({ "power": "high", "interest": "low" }),
            "competitor.edit" | "capability.edit" => json!({ "name": "z" }),
            "market_size.create" | "market_size.edit" => json!({ "bottom_up": "TAM = 3M EUR/year" }),
            "grade.note" => json!({ "level": "full", "source": "z" }),
            "grade.edit" => json!({ "source": "z", "url": "" }),
            "grade.bring_in" => json!({ "table": "Capability,Competitor,Grade\nPay by card,us,full" }),
            "spot.place" => json!({ "across": 40, "up": 60 }),
            "segment.remove" => json!({ "segment": self.of("spare") }),
            "target_market.choose" => json!({ "segments": [self.of("segment")], "note": "n" }),
            "top_needs.choose" => json!({ "needs": [self.of("need")], "note": "n" }),
            "playback.write" => json!({ "about": "vision", "whom": self.of("helper") }),
            "label.rename" => json!({ "label": "third" }),
            "label.colour" => json!({ "label": "other" }),
            "label.merge" => json!({ "label": "care", "into": "other" }),
            "story.estimate" => json!({ "points": 8 }),
            "story.set" => json!({ "kind": "bug" }),
            "story.move" | "story.move_several" => json!({ "to": "top" }),
            "story.link" => json!({ "links": [{ "story": "4", "verb": "part_of", "to": "5" }] }),
            "story.split" => json!({ "parts": { "1": "z" } }),
            "story.bind" => json!({ "bond": "relates", "to": "5" }),
            "story.drop_duplicate" => json!({ "story": "5", "to": "4" }),
            "story.put_hint_aside" => json!({ "hint": "small: z", "aside": true }),
            "subtask.edit" => json!({ "title": "z", "assignee": null }),
            "refinement.put_on_agenda" => json!({ "on": false }),
            "story.accept" | "story.reject" => json!({ "reason": "r" }),
            "run.record" => json!({ "results": [{ "name": "z", "came": "passed" }] }),
            "story.bring_in" => json!({ "origin": "csv:1", "stage": "open" }),
            "story.find_ready" => json!({ "line": "Seen by design" }),
            "field.define" => json!({ "name": "Budget", "thing": "story", "kind": "number" }),
            "field.from_column" => json!({ "column": "Severity there" }),
            "field_value.set" => json!({ "thing": "5", "value": "high" }),
            "product.change_key" => json!({ "key": "NEWKEY" }),
            "product.archive" => json!({ "archived": false }),
            "product.define_ready" => json!({ "seen": ["size"], "others": "Seen by design" }),
            "proposal.ask" | "proposal.object" => json!({ "proposal": self.of("question") }),
            "proposal.link" => json!({ "proposal": self.of("question"), "about": "story", "id": self.of("thing") }),
            "proposal.unlink" => json!({ "link": self.of("about_link") }),
            "look_back.say" => json!({ "proposal": self.of("decision"), "held": "held" }),
            "position.tell" => json!({ "proposal": self.of("told"), "hat": "owner" }),
            "position.correct" | "position.confirm" => json!({ "proposal": self.of("told"), "hat": "manager" }),
            "proposal.name_decider" => json!({ "proposal": self.of("stuck") }),
            "sorting.sort" => json!({ "sorting": self.of("slips") }),
            "sorting.open" => json!({ "sorting": self.of("unopened") }),
            "rhythm.set" => json!({ "weekday": "tuesday" }),
            "demo_note.edit" => json!({ "body": "z" }),
            "retro.arrange" => json!({ "dots": 7 }),
            "retro.unnote" => json!({ "note": self.of("sealed_note") }),
            "retro.rate" => json!({ "ratings": { "0": 1, "1": 2, "2": 3, "3": 4, "4": 5, "5": 5 } }),
            "retro_note.add" | "retro.vote_begin" => json!({ "retro": self.of("open_retro") }),
            "retro_note.group" => json!({ "onto": self.of("other_note") }),
            "retro_theme.make" => json!({ "retro": self.of("open_retro"), "notes": [self.of("spare_note")] }),
            "retro.vote" => json!({ "retro": self.of("voting_retro"), "dots": { self.of("voted_note").as_str().unwrap(): 1 } }),
            "retro.count" => json!({ "retro": self.of("voting_retro") }),
            "retro_action.edit" => json!({ "what": "z" }),
            "agreement.switch" => json!({ "area": "backlog", "on": false }),
            "proposal.answer" => json!({ "comment": self.of("asked"), "body": "So" }),
            "scheme.create" => json!({ "name": "Z", "by": "rice" }),
            "score.set" => json!({ "thing": "2", "scores": { "reach": "500", "effort": "2" } }),
            "scheme.edit" => json!({ "name": "Y" }),
            "scheme.order" => json!({ "order": [self.of("other_rated"), self.of("rated")] }),
            "scoring_round.begin" => json!({ "items": [self.of("rated"), self.of("other_rated")] }),
            "scoring_round.rate" => crate::priorities::given(self.of("rated").as_str().unwrap(), &[("reach", "5")]),
            "scoring_round.settle" => json!({ "round": self.of("revealed_round"), "thing": "2", "criterion": "reach", "value": "3" }),
            "scoring_round.adopt" => json!({ "round": self.of("revealed_round") }),
            "scheme.remove" => json!({ "scheme": self.of("spare_scheme") }),
            "scoring_round.remove" => json!({ "round": self.of("spare_round") }),
            "update_question.answer" => json!({ "question": self.of("update_question") }),
            "update_question.put_away" => json!({ "question": self.of("spare_question") }),
            "update_question.erase" => json!({ "question": self.of("strangers_question"), "said": true }),
            "update.publish" => json!({ "everyone": true }),
            "poll.ask" => json!({ "proposal": self.of("question"), "options": "A\nB" }),
            "shared_link.make" => json!({ "look": "roadmap" }),
            "webhook.make" => json!({ "address": "https://hooks.example.org/orbit" }),
            "webhook.edit" => json!({ "name": "z", "address": "https://hooks.example.org/z" }),
            "holiday.add" => json!({ "day": "2026-12-24" }),
            "holiday.bring_in" => json!({ "ics": CALENDAR, "year": 2027 }),
            "saved_filter.save" => json!({ "page": "backlog", "query": "kind=bug" }),
            "saved_filter.edit" => json!({ "name": "z", "query": "kind=story" }),
            "criterion.take_over" => json!({ "story": "5" }),
            "sprint.bring_in" => json!({ "name": "Old", "starts_on": "2026-08-03", "ends_on": "2026-08-14", "state": "closed" }),
            "sprint.plan" => json!({ "ends_on": "2026-10-18" }),
            "sprint.take_out" => json!({ "story": "3" }),
            "import.record" => json!({ "format": "csv" }),
            "column.add" => json!({ "stage": "doing" }),
            "board.set_rule" => json!({ "at_limit": "warn" }),
            "standup.give" => json!({ "today": "z" }),
            "standup.set_rule" => json!({ "remind_at": "09:15" }),
            "membership.invite" => json!({ "email": "new@x.org", "hats": ["developer"] }),
            "membership.set_hats" => json!({ "hats": ["developer", "stakeholder"] }),
            "agreement.set" => json!({ "area": "backlog", "hat": "developer", "standing": "sees" }),
            "agreement.choose_way" => json!({ "way": "safe" }),
            "watch.set" => json!({ "about": "story", "id": self.of("thing"), "mode": "watching" }),
            "comment.add" => json!({ "about": "story", "id": self.of("thing") }),
            "hat.lend" => json!({ "to": self.of("helper"), "hat": "owner", "until": "2026-10-01" }),
            "hat.take_back" => json!({ "from": self.of("helper"), "hat": "owner" }),
            _ => json!({}),
        }
    }
}

/// A joint matter whose day has passed, put forward by the Manager.
async fn stuck(h: &House, title: &str) -> String {
    let args = json!({ "title": title, "area": "commitments", "due_on": "2026-09-19" });
    let ask = app::Ask { at: Some(h.app.clock.now() - 4 * 86_400_000), ..app::Ask::named(Some(&h.here()), "proposal.open", args) };
    let outcome = h.app.run(&h.visitor("manager", kernel::Door::Page), ask).await.unwrap();
    outcome.thing("proposal").unwrap().id.simple().to_string()
}

/// Slips that the Owner has begun to sort.
async fn sorted(h: &House) -> String {
    let sorting = h.made("manager", "sorting.begin", json!({ "asked": [h.member("owner")] }), "sorting").await;
    h.run("owner", "sorting.sort", json!({ "sorting": sorting, "area": "backlog", "pile": "owner" })).await.unwrap();
    sorting
}

/// A calendar file with one day off.
const CALENDAR: &str =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270101\r\nSUMMARY:New year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// The plainest value of a field.
fn plainest(field: &Json) -> Json {
    let may = |kind: &str| web::forms::allows(field, kind);
    match &field["enum"][0] {
        Json::Null if may("array") => json!([plainest(&field["items"])]),
        Json::Null if field["format"] == "date" => json!("2026-10-05"),
        Json::Null if may("string") => json!("z"),
        Json::Null if may("boolean") => json!(true),
        Json::Null => json!(1),
        first => first.clone(),
    }
}
