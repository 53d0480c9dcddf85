//! Roadmaps of many bets with windows, what waits for what, and a month in which a part of them moved; and what customers said
//! before, in many pieces.

use super::product::{WORDS, run};
use app::{App, Visitor};
use kernel::{Json, json};

/// Roadmaps with so many bets, each a product of its own.
pub const FEW: (&str, usize) = ("FEW", 30);
pub const MANY: (&str, usize) = ("MANY", 300);

/// Makes one: each bet serves one of ten objectives and has a window of a quarter, and every fifth waits for the one before.
pub async fn make(app: &App, me: &Visitor, (key, count): (&'static str, usize)) {
    let hats = ["manager", "owner", "developer"];
    run(app, me, None, vec![("product.create", json!({ "name": format!("{count} bets"), "key": key, "way": "both_hats", "hats": hats }))]).await;
    let objectives = run(app, me, Some(key), (0..10).map(|i| ("objective.create", json!({ "title": format!("Objective {i}") }))).collect()).await;
    let begun = web::when::day(app.clock.now());
    let bets = (0..count).map(|i| {
        let horizon = ["now", "next", "later"][i % 3];
        (
            "initiative.create",
            json!({ "title": format!("A bet on the number {i}"), "horizon": horizon, "objective": objectives[i % 10].simple().to_string() }),
        )
    });
    run(app, me, Some(key), bets.collect()).await;
    let windows = (1..=count).map(|n| {
        let from = web::when::days_after(&begun, 200 + n as i64 % 400);
        let until = web::when::days_after(&from, 90);
        ("initiative.edit", json!({ "initiative": n.to_string(), "starts_on": from, "ends_on": until, "theme": format!("Theme {}", n % 7) }))
    });
    run(app, me, Some(key), windows.collect()).await;
    let waits = (2..=count).filter(|n| n % 5 == 0).map(|n| ("dependency.add", json!({ "item": n.to_string(), "on": (n - 1).to_string() })));
    run(app, me, Some(key), waits.collect()).await;
    heard(app, me, (key, count)).await;
}

/// For each bet seven needs with both figures, and thirty-three pieces of evidence: a third supports a need, the rest waits.
async fn heard(app: &App, me: &Visitor, (key, count): (&'static str, usize)) {
    let needs = (0..count * 20 / 3).map(|i| {
        let (importance, satisfaction) = (i * 37 % 101, i * 53 % 97);
        ("need.create", json!({ "title": format!("Know about {} number {i}", said(i)), "importance": importance as f64 / 10.0, "satisfaction": satisfaction as f64 / 10.0 }))
    });
    let needs = run(app, me, Some(key), needs.collect()).await;
    let evidence = (0..count * 100 / 3).map(|i| {
        // Every tenth says nearly what the one before said.
        let about = if i % 10 == 9 { i - 1 } else { i };
        let quote = format!(
            "On the way home {} and I had to look at {} again, which took {} minutes.",
            said(about * 7 + about / 11),
            said(about * 5 + 3),
            about % 50
        );
        let need = if i.is_multiple_of(3) { json!(needs[i / 3 % needs.len()].simple().to_string()) } else { Json::Null };
        ("evidence.record", json!({ "quote": quote, "need": need, "source": "Reviews" }))
    });
    run(app, me, Some(key), evidence.collect()).await;
}

/// A few words that change with a number.
fn said(i: usize) -> String {
    let word = |n: usize| WORDS[n % WORDS.len()];
    format!("the {} of the {} by the {}", word(i), word(i / 12 + 5), word(i / 144 + 2))
}

/// What became of it lately: of every six one slips, one moves, one is told otherwise.
pub async fn move_on(app: &App, me: &Visitor, (key, count): (&'static str, usize)) {
    let today = web::when::day(app.clock.now());
    let of = |n: usize| {
        let bet = n.to_string();
        match n % 6 {
            0 => Some(("initiative.edit", json!({ "initiative": bet, "ends_on": web::when::days_after(&today, 400 + n as i64 % 90) }))),
            1 => Some(("initiative.move", json!({ "initiative": bet, "horizon": "next" }))),
            2 => Some(("initiative.edit", json!({ "initiative": bet, "hypothesis": "We believe that it is otherwise" }))),
            _ => None,
        }
    };
    run(app, me, Some(key), (1..=count).filter_map(of).collect()).await;
}
