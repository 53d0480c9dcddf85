//! Who decides what, walked from one table: every command with an area × every kind of visitor × every door.

use crate::rows::Fixture;
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

/// Commands of the matrix with arguments that fit. What takes back or brings back something is judged by that.
async fn table(h: &House) -> Vec<(&'static CommandSpec, Json)> {
    let undo = ["act.undo", "act.undo_last", "act.redo_last", "removed.bring_back"];
    let fixture = Fixture::made(h).await;
    let commands = h.app.registry.commands().filter(|c| !c.areas.is_empty() && !undo.contains(&c.name));
    commands.map(|spec| (spec, fixture.arguments(spec))).collect()
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

/// Pages, REST and imports are the same gate; each is walked through its own door.
async fn walk(door: Door) {
    let h = &House::new().await;
    let matrix = Matrix::of_way(Way::TwoPeople);
    let mut wrong = vec![];
    let rows = table(h).await;
    assert!(rows.len() > 75, "{}", rows.len());
    for (spec, args) in rows {
        let name = spec.name;
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
    let rows = table(h).await;
    let before =
        h.number("select count(*) from activity where kind not like 'proposal%' and kind not like 'session%' and kind not like 'token%'").await;
    let mut proposals = 0;
    for (spec, args) in rows {
        if proposals == 20 {
            break;
        }
        if let Ok(Outcome::Proposed(_)) = h.run("assistant", spec.name, args).await {
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
    assert!(seen.contains("Nobody holds the hat of Owner yet. Until then the Manager decides on the backlog."), "the page says why");
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
async fn a_lent_hat_acts_until_its_day() {
    let h = House::new().await;
    let developer = h.member("developer").simple().to_string();
    h.run("owner", "hat.lend", json!({ "to": developer, "hat": "owner", "until": "2026-09-30" })).await.unwrap();
    h.made("developer", "story.create", json!({ "title": "s" }), "story").await;
    let lent: Json = kernel::serde_json::from_str(&h.text("select lent from membership where lent <> '[]'".into()).await).unwrap();
    let left = lent[0]["until"].as_i64().unwrap() - h.app.clock.now();
    h.app.clock.forward(left - 1);
    h.made("developer", "story.create", json!({ "title": "to the last moment" }), "story").await;
    h.app.clock.forward(1);
    h.proposed("developer", "story.create", json!({ "title": "t" })).await;
}

/// A hat is chosen among those that one holds; naming another opens nothing.
#[tokio::test]
async fn a_hat_that_one_does_not_hold_is_not_put_on() {
    let h = House::new().await;
    let token = h.token("developer").await;
    for (hat, status) in [("owner", 403), ("manager", 403), ("developer", 202)] {
        let request = axum::http::Request::post("/api/v1/products/ORB/stories")
            .header("authorization", format!("Bearer {token}"))
            .header("tandem-hat", hat)
            .body(r#"{"title":"s"}"#.into())
            .unwrap();
        assert_eq!(h.send(request).await.status, status, "as {hat}");
    }
    assert_eq!(h.number("select count(*) from story").await, 0);
}

#[tokio::test]
async fn an_assistant_changes_no_account() {
    let h = House::new().await;
    let mut tried = 0;
    for spec in h.app.registry.commands().filter(|c| c.authority == kernel::Authority::Oneself && !c.route.is_inside()) {
        let refused = h.run("assistant", spec.name, json!({ "name": "n" })).await;
        assert!(matches!(refused, Err(Refusal::Denied { .. })), "{}: {refused:?}", spec.name);
        tried += 1;
    }
    assert!(tried > 3, "{tried}");
}

#[tokio::test]
async fn a_refusal_says_who_decides() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    let refused = h.run("owner", "story.estimate", json!({ "story": "1", "points": 3 })).await;
    let Err(Refusal::Denied { area, decides, message }) = refused else { panic!("{refused:?}") };
    assert_eq!((area, decides), (Some(Area::Estimates), vec![Hat::Developer]));
    assert_eq!(message, "This is a matter of estimates, which the Developer decides. Your hat has no say in it here.");
    let cut_down = json!({ "name": "t", "can_write": true, "areas": ["sprints", "work"] });
    let Ok(Outcome::Done(done)) = h.app.run(&h.visitor("owner", Door::Page), Ask::named(None, "token.create", cut_down)).await else { panic!() };
    let answer = h.rest(&done.reveal.clone().unwrap(), "POST", "/products/ORB/stories", json!({ "title": "s" })).await;
    assert_eq!((answer.status.as_u16(), answer.json()["detail"].as_str()), (403, Some("This token is for matters of sprints and work only.")));
}

/// Who sees everything but has no say in who belongs to the product reads nothing of invitations, not in the record either.
#[tokio::test]
async fn the_record_keeps_invitations_from_whoever_may_not_read_them() {
    let h = House::of_way(Way::BothHats).await;
    h.run("manager", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })).await.unwrap();
    let sees = json!({ "area": "agreement", "hat": "developer", "standing": "sees" });
    h.run("manager", "agreement.set", sees).await.unwrap();
    let record = async |who: &str| h.rest(&h.token(who).await, "GET", "/products/ORB/activity?limit=100", Json::Null).await.text;
    assert!(record("manager").await.contains("new@x.org"));
    let seen = h.app.ask(&h.visitor("developer", Door::Page), Some("ORB"), |look| Ok(kernel::about::hidden(look.scope).is_empty())).await;
    assert_eq!(seen, Ok(true));
    assert!(!record("developer").await.contains("new@x.org"));
}
