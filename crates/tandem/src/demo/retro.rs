//! What the team of Orbit says at the end of its sprints.

use super::{Teller, made};
use kernel::{Json, Refusal, Result, Uuid, json};

/// What was noted at a retrospective: who, in which column, what.
const NOTED: [&[(&str, i64, &str)]; 4] = [
    &[
        ("ines", 1, "Builds wait twenty minutes for one machine"),
        ("jonas", 1, "The build machine is busy for twenty minutes each time"),
        ("tomas", 0, "Show the shops what we build while it is small"),
        ("mara", 2, "Quick answers when I ask what a story costs"),
        ("ines", 2, "Pairing on the lock"),
    ],
    &[
        ("jonas", 1, "Stories come in on the last day"),
        ("ines", 1, "Stories that come in late push out what we promised"),
        ("tomas", 0, "Write criteria together before the sprint"),
        ("mara", 2, "The demo to the city of Lindau"),
    ],
    &[
        ("ines", 0, "Try each story on a phone without network before it is handed over"),
        ("jonas", 1, "Waiting for the lock supplier without telling anybody"),
        ("tomas", 1, "Two rejections because nobody tried it without network"),
        ("mara", 2, "Criteria as rows: we speak of the same thing now"),
        ("jonas", 2, "Fewer stories at once"),
    ],
    &[
        ("ines", 0, "Agree on who calls the supplier"),
        ("tomas", 1, "We learn of blocked work at the end of the week"),
        ("jonas", 1, "Blocked work is told too late"),
        ("mara", 0, "Invite a shop to the next review"),
        ("ines", 2, "Accepted within a day"),
    ],
];

/// What was agreed on, by whom until how many days later, and whether it was done.
const AGREED: [(&str, &str, bool); 4] = [
    ("Buy a second build machine", "jonas", true),
    ("Nothing comes into a sprint after its first week without a word to all", "tomas", true),
    ("A checklist for work without network, in the definition of done", "ines", true),
    ("One of us calls the lock supplier each Monday", "jonas", false),
];

async fn open(t: &Teller) -> Result<String> {
    let product = t.cast.product.clone();
    let somebody = app::Visitor::member(t.cast.people[1].2, kernel::Door::Page);
    t.app
        .ask(&somebody, Some(&product), |look| {
            let product = look.scope.product_id()?;
            let last = look.first("select id from retro where product = $1 order by number desc limit 1", &[kernel::Column::value(&product)])?;
            let id: Uuid = last.ok_or(Refusal::NotFound)?.take()?;
            Ok(id.simple().to_string())
        })
        .await
}

fn ratings(nth: usize, who: usize) -> Json {
    let rating = |statement: usize| (3 + (nth + statement * 2 + who * 3) % 3).min(5) as i64 - i64::from(statement == 3 && nth < 2);
    Json::Object((0..6).map(|statement| (statement.to_string(), json!(rating(statement)))).collect())
}

/// One of the last sprints, looked back on the day it closed: what was said, voted on, agreed on, and what became of it.
pub(super) async fn held(t: &Teller, nth: usize, ends: f64) -> Result<()> {
    let Some(notes) = NOTED.get(nth) else { return Ok(()) };
    let retro = open(t).await?;
    for (at, (who, pile, body)) in notes.iter().enumerate() {
        t.does(who, ends + 6.0 - at as f64, "retro.note", json!({ "retro": retro, "pile": pile, "body": body })).await?;
    }
    for (at, who) in ["mara", "tomas", "ines", "jonas"].iter().enumerate() {
        t.does(who, ends + 0.9 - at as f64 * 0.01, "retro.rate", json!({ "retro": retro, "ratings": ratings(nth, at) })).await?;
    }
    let app::Outcome::Done(done) = t.does("ines", ends + 0.5, "retro.reveal", json!({ "retro": retro })).await? else { return Ok(()) };
    let revealed: Vec<String> = done.things.iter().filter(|thing| thing.noun == "retro_note").map(|thing| thing.id.simple().to_string()).collect();
    // Two of each say the same: those that were noted as what to stop.
    let stop: Vec<&String> = {
        let mut piles: Vec<i64> = notes.iter().map(|(_, pile, _)| *pile).collect();
        piles.sort_unstable();
        revealed.iter().zip(piles).filter(|(_, pile)| *pile == 1).map(|(id, _)| id).collect()
    };
    let mut first = revealed.first().cloned().unwrap_or_default();
    if let [one, other] = stop.as_slice() {
        let name = ["Waiting for builds", "Scope on the last day", "Without network", "Blocked and silent"][nth % 4];
        first = made(
            &t.does("ines", ends + 0.49, "retro_theme.make", json!({ "retro": retro, "name": name, "notes": [one, other] })).await?,
            "retro_theme",
        )?;
    }
    t.does("ines", ends + 0.48, "retro.vote_begin", json!({ "retro": retro })).await?;
    let alone = revealed.last().cloned().unwrap_or_default();
    for (who, dots) in [("mara", 2), ("tomas", 3), ("ines", 4), ("jonas", 3)] {
        let dots = json!({ first.as_str(): dots, alone.as_str(): 5 - dots });
        t.does(who, ends + 0.47, "retro.vote", json!({ "retro": retro, "dots": dots })).await?;
    }
    t.does("ines", ends + 0.46, "retro.count", json!({ "retro": retro })).await?;
    let (what, owner, kept) = AGREED[nth];
    let action = json!({ "retro": retro, "what": what, "owner": t.member(owner)?, "due_on": t.day(ends - 12.0) });
    let action = made(&t.does("ines", ends + 0.45, "retro_action.make", action).await?, "retro_action")?;
    t.does("ines", ends + 0.44, "retro.end", json!({ "retro": retro })).await?;
    if kept {
        t.does(owner, ends - 7.0, "retro_action.settle", json!({ "retro_action": action, "became": "done" })).await?;
    }
    Ok(())
}

/// The sprint that is running: what was noted for it so far, by two of them.
pub(super) async fn running(t: &Teller) -> Result<()> {
    let retro = open(t).await?;
    for (who, days, pile, body) in [
        ("ines", 3.0, 2, "Holding a bike works on the first try"),
        ("jonas", 1.5, 1, "The supplier’s key again"),
        ("tomas", 0.8, 0, "A demo on a real bike at the review"),
    ] {
        t.does(who, days, "retro.note", json!({ "retro": retro, "pile": pile, "body": body })).await?;
    }
    for who in ["ines", "jonas"] {
        t.does(who, 0.7, "retro.rate", json!({ "retro": retro, "ratings": ratings(3, 1) })).await?;
    }
    Ok(())
}
