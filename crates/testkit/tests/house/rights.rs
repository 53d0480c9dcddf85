//! Who decides what, walked from one table: every command with an area × every kind of visitor × every door.

use app::{Ask, Outcome};
use kernel::{Area, CommandSpec, Door, Hat, Json, Matrix, Refusal, Standing, json, matrix::Way};
use testkit::{House, VISITORS};

/// What a command may answer, seen from the gate alone.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Gate {
    /// Let through and done.
    Open,
    /// Let through, then refused by a rule about the content.
    Ruled,
    Proposal,
    Shut,
    NotFound,
    SignIn,
}

/// Commands of the matrix with arguments that fit any fresh house (story 4 is there, sprint 1, feature 2 …).
pub(crate) fn table(h: &Fixture) -> Vec<(&'static str, Json)> {
    vec![
        ("evidence.record", json!({ "quote": "q" })),
        ("evidence.edit", json!({ "evidence": h.evidence, "quote": "z" })),
        ("evidence.remove", json!({ "evidence": h.evidence })),
        ("evidence.link", json!({ "evidence": h.evidence, "need": h.need })),
        ("evidence.unlink", json!({ "evidence": h.evidence, "need": h.need })),
        ("need.create", json!({ "title": "n" })),
        ("need.edit", json!({ "need": h.need, "title": "z" })),
        ("need.remove", json!({ "need": h.need })),
        ("vision.publish", json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": "d", "unlike": "e", "ours": "f" })),
        ("objective.create", json!({ "title": "o" })),
        ("objective.edit", json!({ "objective": h.objective, "title": "z" })),
        ("objective.remove", json!({ "objective": h.objective })),
        ("key_result.create", json!({ "objective": h.objective, "title": "k", "start_value": 0, "target": 1 })),
        ("key_result.edit", json!({ "key_result": h.key_result, "title": "z" })),
        ("key_result.remove", json!({ "key_result": h.key_result })),
        ("key_result.measure", json!({ "key_result": h.key_result, "amount": 1 })),
        ("initiative.create", json!({ "title": "i" })),
        ("initiative.edit", json!({ "initiative": "1", "title": "z" })),
        ("initiative.move", json!({ "initiative": "1", "horizon": "next" })),
        ("initiative.remove", json!({ "initiative": "1" })),
        ("initiative.serve", json!({ "initiative": "1", "objective": h.objective })),
        ("initiative.unserve", json!({ "initiative": "1", "objective": h.objective })),
        ("initiative.address", json!({ "initiative": "1", "need": h.need })),
        ("initiative.unaddress", json!({ "initiative": "1", "need": h.need })),
        ("feature.create", json!({ "title": "f" })),
        ("feature.edit", json!({ "feature": "2", "title": "z" })),
        ("feature.move", json!({ "feature": "2", "horizon": "next" })),
        ("feature.remove", json!({ "feature": "2" })),
        ("story.create", json!({ "title": "s" })),
        ("story.edit", json!({ "story": "4", "title": "z" })),
        ("story.estimate", json!({ "story": "4", "points": 8 })),
        ("story.mark_ready", json!({ "story": "4", "ready": true })),
        ("story.find_ready", json!({ "story": "4", "line": "Seen by design", "holds": true })),
        ("story.drop", json!({ "story": "4", "dropped": true })),
        ("story.duplicate", json!({ "story": "4" })),
        ("story.remove", json!({ "story": "4" })),
        ("story.create_several", json!({ "titles": "a\nb" })),
        ("story.drop_several", json!({ "stories": ["4"], "dropped": true })),
        ("story.remove_several", json!({ "stories": ["4"] })),
        ("story.split_off", json!({ "story": "4", "title": "part" })),
        ("story.set", json!({ "stories": ["4"], "kind": "bug" })),
        ("story.move", json!({ "story": "4", "to": "top" })),
        ("story.move_several", json!({ "stories": ["4"], "to": "top" })),
        ("criterion.add", json!({ "story": "4", "body": "b" })),
        ("criterion.edit", json!({ "criterion": h.criterion, "body": "z" })),
        ("criterion.move", json!({ "criterion": h.criterion })),
        ("criterion.remove", json!({ "criterion": h.criterion })),
        ("criterion.take_over", json!({ "story": "5" })),
        ("criterion.check", json!({ "criterion": h.criterion, "passes": true })),
        ("story.bring_in", json!({ "origin": "csv:1", "title": "t", "kind": "story", "stage": "open" })),
        ("story.hang_brought_in", json!({ "stories": ["4"], "feature": "2" })),
        ("story.link", json!({ "links": [{ "story": "4", "verb": "part_of", "to": "5" }] })),
        ("story.unlink", json!({ "link": h.link })),
        ("sprint.bring_in", json!({ "name": "Old", "starts_on": "2026-08-03", "ends_on": "2026-08-14", "state": "closed" })),
        ("import.record", json!({ "format": "csv", "file_name": "f" })),
        ("sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-18" })),
        ("sprint.edit", json!({ "sprint": "1", "goal": "z" })),
        ("sprint.add_stories", json!({ "sprint": "1", "stories": ["4"] })),
        ("sprint.take_out", json!({ "story": "3" })),
        ("sprint.start", json!({ "sprint": "1" })),
        ("sprint.close", json!({ "sprint": "1" })),
        ("sprint.cancel", json!({ "sprint": "1" })),
        ("story.start", json!({ "story": "4" })),
        ("story.move_card", json!({ "story": "4", "column": h.column })),
        ("story.hand_over", json!({ "story": "4" })),
        ("story.put_back", json!({ "story": "4", "stage": "doing" })),
        ("story.assign", json!({ "story": "4", "member": null })),
        ("story.block", json!({ "story": "4", "reason": "r" })),
        ("story.unblock", json!({ "story": "4" })),
        ("story.accept", json!({ "story": "4", "reason": "r" })),
        ("story.reject", json!({ "story": "4", "reason": "r" })),
        ("story.reopen", json!({ "story": "4" })),
        ("column.add", json!({ "name": "c", "stage": "doing" })),
        ("column.edit", json!({ "column": h.column, "name": "z" })),
        ("column.remove", json!({ "column": h.column })),
        ("product.edit", json!({ "about": "z" })),
        ("product.define_ready", json!({ "seen": ["size"], "others": "Seen by design" })),
        ("product.define_done", json!({ "lines": "In the manual" })),
        ("membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })),
        ("invitation.withdraw", json!({ "invitation": h.invitation })),
        ("membership.set_hats", json!({ "member": h.developer, "hats": ["developer", "stakeholder"] })),
        ("membership.remove", json!({ "member": h.developer })),
        ("agreement.set", json!({ "area": "backlog", "hat": "developer", "standing": "sees" })),
        ("agreement.choose_way", json!({ "way": "safe" })),
    ]
}

/// Ids of what the table is about.
pub(crate) struct Fixture {
    evidence: String,
    need: String,
    objective: String,
    key_result: String,
    criterion: String,
    column: String,
    developer: String,
    invitation: String,
    link: String,
}

/// Makes what the table is about, in the product at hand.
pub(crate) async fn fixture(h: &House) -> Fixture {
    let (objective, _) = crate::chain::thread_above(h).await;
    h.made("owner", "story.create", json!({ "title": "in the sprint" }), "story").await;
    let story = h.made("owner", "story.create", json!({ "title": "S", "criteria": ["c"] }), "story").await;
    h.made("owner", "story.create", json!({ "title": "T", "body": "Acceptance criteria:\n- x" }), "story").await;
    let asked = h.proposed("manager", "membership.invite", json!({ "email": "late@x.org", "hats": ["developer"] })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let ready = json!({ "seen": ["criteria", "size", "feature", "reason"], "others": "Seen by design" });
    let asked = h.proposed("manager", "product.define_ready", ready).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3"] })).await.unwrap();
    let one = async |table: &str, and: &str| {
        h.text(format!("select id from {table} where product = (select id from product where key = '{}'){and}", h.here())).await
    };
    let link = json!({ "links": [{ "story": "4", "verb": "relates", "to": "5" }] });
    Fixture {
        link: h.made("owner", "story.link", link, "relation").await,
        invitation: one("ticket", " and kind = 'invitation'").await,
        evidence: one("evidence", "").await,
        need: one("need", "").await,
        key_result: h
            .made("manager", "key_result.create", json!({ "objective": objective, "title": "k", "start_value": 0, "target": 1 }), "key_result")
            .await,
        criterion: one("criterion", &format!(" and story = '{story}'")).await,
        column: one("board_column", " and name = 'In review'").await,
        developer: h.member("developer").simple().to_string(),
        objective,
    }
}

/// What the printed matrix says a visitor gets, for a command that falls into an area.
fn expected(matrix: &Matrix, area: Area, who: &str) -> Gate {
    let standing = match who {
        "nobody" => return Gate::SignIn,
        "outsider" => return Gate::NotFound,
        "assistant" => matrix.standing(area, Hat::Manager).min(Standing::Proposes),
        hat => matrix.standing(area, Hat::parse(hat).unwrap()),
    };
    match standing {
        Standing::Decides => Gate::Open,
        Standing::Signs | Standing::Proposes => Gate::Proposal,
        Standing::Sees | Standing::None => Gate::Shut,
    }
}

fn seen(result: Result<Outcome, Refusal>) -> Gate {
    match result {
        Ok(Outcome::Done(_)) => Gate::Open,
        Err(Refusal::Invalid(_)) => Gate::Ruled,
        Ok(Outcome::Proposed(_)) => Gate::Proposal,
        Err(Refusal::Denied { .. }) => Gate::Shut,
        Err(Refusal::NotFound) => Gate::NotFound,
        Err(Refusal::SignIn) => Gate::SignIn,
        Err(other) => panic!("{other}"),
    }
}

/// Which area the arguments of the table fall into, where a command has several.
fn area_of(spec: &CommandSpec) -> Area {
    spec.areas[0]
}

#[tokio::test]
async fn every_command_of_the_matrix_has_a_row_in_the_table() {
    let h = House::new().await;
    let rows = table(&fixture(&h).await);
    let undo = ["act.undo", "act.undo_last", "act.redo_last", "removed.bring_back"];
    let missing: Vec<&str> = h
        .app
        .registry
        .commands()
        .filter(|c| !c.areas.is_empty() && !rows.iter().any(|(name, _)| *name == c.name) && !undo.contains(&c.name))
        .map(|c| c.name)
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

/// Pages, REST and imports are the same gate; each is walked through its own door.
async fn walk(door: Door) {
    let h = &House::new().await;
    let matrix = Matrix::of_way(Way::TwoPeople);
    let mut wrong = vec![];
    for (name, args) in table(&fixture(h).await) {
        let spec = h.app.registry.command(name).unwrap().spec;
        for who in VISITORS {
            let wanted = expected(&matrix, area_of(spec), who);
            let got = match door {
                Door::Rest => through_rest(h, spec, who, &args).await,
                _ => {
                    // Nothing is kept, so that each visitor meets the same house.
                    let batch = app::Batch { asks: vec![Ask::named(Some("ORB"), name, args.clone())], title: None, dry: true };
                    let outcome = h.app.run_all(&h.visitor(who, door), batch, |_| {}).await;
                    seen(outcome.map(|mut o| o.pop().unwrap()))
                }
            };
            let fits = got == wanted || (got == Gate::Ruled && matches!(wanted, Gate::Open | Gate::Proposal));
            if !fits {
                wrong.push(format!("{name} as {who}: {got:?} where the matrix says {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Only the visitors whom the gate stops are walked through REST, for what it lets through changes the house.
async fn through_rest(h: &House, spec: &CommandSpec, who: &str, args: &Json) -> Gate {
    let wanted = expected(&Matrix::of_way(Way::TwoPeople), area_of(spec), who);
    if matches!(wanted, Gate::Open | Gate::Proposal) {
        return wanted;
    }
    let token = if who == "nobody" { "wrong".to_owned() } else { h.token(who).await };
    let mut path = spec.route.path.replace("{product}", "ORB");
    for (field, value) in args.as_object().unwrap() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        path = path.replace(&format!("{{{field}}}"), &text);
    }
    match h.rest(&token, spec.route.verb.name(), &path, args.clone()).await.status.as_u16() {
        401 => Gate::SignIn,
        403 => Gate::Shut,
        404 => Gate::NotFound,
        202 => Gate::Proposal,
        200 => Gate::Open,
        422 => Gate::Ruled,
        other => panic!("{}: {other}", spec.name),
    }
}

#[tokio::test]
async fn the_matrix_holds_on_pages() {
    walk(Door::Page).await;
}

#[tokio::test]
async fn the_matrix_holds_in_imports() {
    walk(Door::Import).await;
}

#[tokio::test]
async fn the_matrix_holds_in_rest() {
    walk(Door::Rest).await;
}

#[tokio::test]
async fn an_assistant_tries_twenty_things_and_makes_twenty_proposals() {
    let h = &House::new().await;
    let rows = table(&fixture(h).await);
    let before =
        h.number("select count(*) from activity where kind not like 'proposal%' and kind not like 'session%' and kind not like 'token%'").await;
    let mut proposals = 0;
    for (name, args) in rows {
        if proposals == 20 {
            break;
        }
        if let Ok(Outcome::Proposed(_)) = h.run("assistant", name, args).await {
            proposals += 1;
        }
    }
    assert_eq!(proposals, 20);
    assert_eq!(h.number("select count(*) from proposal where state = 'open' and assistant is not null").await, 20);
    assert_eq!(
        h.number("select count(*) from activity where kind not like 'proposal%' and kind not like 'session%' and kind not like 'token%'").await,
        before,
        "nothing changed"
    );
}

#[tokio::test]
async fn with_both_hats_nothing_waits() {
    let mut h = House::of_way(Way::BothHats).await;
    h.add("both", &[Hat::Manager, Hat::Owner]).await;
    let done = h.run("both", "initiative.create", json!({ "title": "i", "horizon": "now" })).await;
    assert!(matches!(done, Ok(Outcome::Done(_))));
}

#[tokio::test]
async fn a_hat_that_nobody_holds_is_passed_over_and_the_record_says_so() {
    let h = House::new().await;
    let owner = h.member("owner").simple().to_string();
    let asked = h.proposed("manager", "membership.remove", json!({ "member": owner })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.made("manager", "initiative.create", json!({ "title": "i", "horizon": "now" }), "initiative").await;
    let reason = h.text("select reason from activity where kind = 'initiative.created'".into()).await;
    assert!(reason.contains("passed over"), "{reason}");
    // Without an Owner nobody would decide on the backlog; the Manager does, and proposals ask for the Manager.
    h.made("manager", "story.create", json!({ "title": "s" }), "story").await;
    let reason = h.text("select reason from activity where kind = 'story.created'".into()).await;
    assert_eq!(reason, "Nobody holds the hat of Owner; that was passed over.");
    let asked = h.proposed("developer", "story.create", json!({ "title": "t" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from story").await, 2);
    let seen = h.get("manager", "/ORB/backlog").await.text;
    assert!(seen.contains("Nobody holds the hat of Owner yet. Until then the Manager decides on backlog."), "the page says why");
    // Back again: they may come back, and what was theirs is theirs.
    h.made("manager", "membership.invite", json!({ "email": "owner@x.org", "hats": ["owner"] }), "membership").await;
    h.proposed("manager", "story.create", json!({ "title": "u" })).await;
    let agreed = h.get("manager", "/ORB/who-decides").await.text;
    assert!(agreed.contains("Estimates"), "the agreement itself did not change");
}

#[tokio::test]
async fn a_team_without_developers_sizes_its_stories() {
    let mut h = House::new().await;
    h.add("second", &[Hat::Owner]).await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    let shut = h.run("owner", "story.estimate", json!({ "story": "1", "points": 3 })).await;
    assert!(matches!(shut, Err(Refusal::Denied { .. })), "developers are there");
    let developer = h.member("developer").simple().to_string();
    let asked = h.proposed("manager", "membership.remove", json!({ "member": developer })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.made("owner", "story.estimate", json!({ "story": "1", "points": 3 }), "story").await;
    let stopped = h.run("stakeholder", "story.estimate", json!({ "story": "1", "points": 5 })).await;
    assert!(matches!(stopped, Err(Refusal::Denied { .. })), "only Manager and Owner stand in");
    assert!(matches!(h.run("assistant", "story.estimate", json!({ "story": "1", "points": 5 })).await, Ok(Outcome::Proposed(_))));
}

#[tokio::test]
async fn a_new_link_replaces_the_old_one_and_a_withdrawn_one_opens_nothing() {
    let h = House::of_way(Way::BothHats).await;
    let invite = json!({ "email": "new@x.org", "hats": ["developer"] });
    let link = |outcome: Result<Outcome, Refusal>| match outcome {
        Ok(Outcome::Done(done)) => done.reveal.unwrap(),
        other => panic!("{other:?}"),
    };
    let first = link(h.run("manager", "membership.invite", invite.clone()).await);
    assert!(h.get("nobody", &first).await.text.contains("Join Orbit"), "it says to what one is invited");
    assert!(h.get("manager", "/ORB/settings").await.text.contains("new@x.org"), "who is invited is seen");
    assert!(!h.get("stakeholder", "/ORB/settings").await.text.contains("new@x.org"), "addresses are not for everyone");
    let second = link(h.run("manager", "membership.invite", invite).await);
    assert_eq!(h.get("nobody", &first).await.status, 403);
    assert_eq!(h.get("nobody", &second).await.status, 200);
    let ticket = h.text("select id from ticket where kind = 'invitation' and removed_at is null".into()).await;
    h.run("manager", "invitation.withdraw", json!({ "invitation": ticket })).await.unwrap();
    assert_eq!(h.get("nobody", &second).await.status, 403);
    let refused = h.post("nobody", &second, "name=N&password=a+long+password").await;
    assert_eq!(refused.status, 403);
    assert!(!h.get("manager", "/ORB/settings").await.text.contains("new@x.org"));
}

#[tokio::test]
async fn a_lent_hat_acts_until_its_day() {
    let h = House::new().await;
    let developer = h.member("developer").simple().to_string();
    h.run("owner", "hat.lend", json!({ "to": developer, "hat": "owner", "until": "2026-09-30" })).await.unwrap();
    h.made("developer", "story.create", json!({ "title": "s" }), "story").await;
    h.app.clock.forward(30 * 86_400_000);
    h.proposed("developer", "story.create", json!({ "title": "t" })).await;
}
