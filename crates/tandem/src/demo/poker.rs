//! Planning poker at Orbit: stories of the backlog that are estimated before the next sprint, each alone, and one whose cards
//! are turned over already.

use super::{Teller, made};
use kernel::{Column, Json, Result, json};

/// What each lays for the first stories, and what they say with it.
const LAID: &[(&str, &[(&str, &str)])] = &[
    ("ines", &[("3", ""), ("2", ""), ("5", "If the tiles come from the same supplier.")]),
    ("jonas", &[("13", "Nobody knows how the old photos are named."), ("3", "")]),
    ("tomas", &[("5", "")]),
];

pub(super) async fn tell(t: &Teller) -> Result<()> {
    t.does("tomas", 100.0, "cadence.set", json!({ "weeks": 2, "begins": "monday" })).await?;
    let stories = unsized_stories(t).await?;
    let asked: Vec<Json> = LAID.iter().map(|(who, _)| t.member(who).map(Json::String)).collect::<Result<_>>()?;
    let begin = json!({ "title": "Before the next sprint", "stories": stories, "asked": asked, "ends_on": t.day(-2.0), "ends_time": "16:00" });
    let session = made(&t.does("tomas", 1.3, "poker.begin", begin).await?, "poker")?;
    let rounds = rounds(t, &session).await?;
    for (nth, (who, cards)) in LAID.iter().enumerate() {
        for (n, ((card, note), round)) in cards.iter().zip(&rounds).enumerate() {
            let days = 1.2 - nth as f64 * 0.3 - n as f64 * 0.01;
            t.does(who, days, "poker_round.vote", json!({ "poker_round": round, "card": card, "note": note })).await?;
        }
    }
    Ok(())
}

/// The first stories of the backlog without a size.
async fn unsized_stories(t: &Teller) -> Result<Vec<String>> {
    let sql = "select id from story where product = $1 and stage = 'open' and points is null order by rank, id limit 4";
    ids(t, sql, None).await
}

async fn rounds(t: &Teller, session: &str) -> Result<Vec<String>> {
    ids(t, "select id from poker_round where product = $1 and poker = $2 order by place", Some(session.to_owned())).await
}

async fn ids(t: &Teller, sql: &'static str, second: Option<String>) -> Result<Vec<String>> {
    let visitor = app::Visitor::member(t.cast.people[1].2, kernel::Door::Page);
    let read = move |look: &mut kernel::Look| {
        let mut params = vec![look.scope.product_id()?.value()];
        params.extend(second.map(kernel::Value::Text));
        let rows = look.query(sql, &params)?;
        rows.into_iter().map(|mut row| Ok(row.take::<kernel::Uuid>()?.simple().to_string())).collect()
    };
    t.app.ask(&visitor, Some(&t.cast.product), read).await
}
