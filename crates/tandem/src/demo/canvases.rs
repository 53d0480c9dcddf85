//! Canvases of Orbit: the business on one page, what parents want against what Orbit has for them, where it stands; and risks.

use super::{Teller, customers::id, made, research::initiative};
use kernel::{Json, Result, json};

pub(super) async fn tell(t: &Teller, needs: &[String]) -> Result<()> {
    lean(t).await?;
    proposition(t, needs).await?;
    swot(t).await?;
    risks(t).await
}

async fn begun(t: &Teller, days: f64, canvas: Json) -> Result<String> {
    made(&t.does("mara", days, "canvas.begin", canvas).await?, "canvas")
}

/// Notes of a canvas, box by box; their ids in the same order.
async fn written(t: &Teller, canvas: &str, days: f64, notes: &[(&str, &str)]) -> Result<Vec<String>> {
    let mut ids = vec![];
    for (cell, body) in notes {
        let note = json!({ "canvas": canvas, "cell": cell, "body": body });
        ids.push(made(&t.does("mara", days, "canvas_note.write", note).await?, "canvas_note")?);
    }
    Ok(ids)
}

async fn lean(t: &Teller) -> Result<()> {
    let about = json!({ "kind": "lean", "title": "Cargo bikes by the hour", "note": "Looked at again each spring; last with the whole team after the bakery interviews." });
    let canvas = begun(t, 90.0, about).await?;
    let notes = [
        ("problem", "The bike that the map shows is gone when one gets there"),
        ("problem", "A second car costs 400 a month and stands 23 hours a day"),
        ("problem", "Shops pay out of the couriers’ own pockets"),
        ("segments", "Parents with two children and no second car come first"),
        ("segments", "Small shops within 2 km of their customers"),
        ("value", "A bike that carries the week is there within five minutes, in any weather"),
        ("solution", "Hold a bike for ten minutes"),
        ("solution", "One account for a shop’s couriers"),
        ("channels", "Stations in front of daycares; the city’s own app"),
        ("revenue", "1.20 for each ten minutes; shops 60 a month"),
        ("revenue", "Three city contracts"),
        ("costs", "Workshops and the vans that move bikes"),
        ("costs", "Locks: each fifth fails within a year"),
        ("metrics", "Rides a week; searches that end in a ride"),
        ("advantage", "Contracts with three cities, and workshops of our own"),
    ];
    let ids = written(t, &canvas, 89.0, &notes).await?;
    let bet = initiative(t, "Reserve a bike for ten minutes").await?;
    t.does("mara", 88.0, "canvas_note.edit", json!({ "canvas_note": ids[6], "initiative": bet })).await?;
    let shops = initiative(t, "Bikes for small shops").await?;
    let doubt = json!({ "canvas_note": ids[9], "initiative": shops, "title": "Shops pay 60 a month without haggling", "trial": "Five shops get an offer with a price on it", "expects": "3 of 5 sign within two weeks" });
    t.does("mara", 87.0, "canvas_note.become_assumption", doubt).await?;
    let locks = json!({ "canvas_note": ids[12], "title": "Locks fail faster than they are replaced", "likelihood": "high", "impact": "middling" });
    let risk = made(&t.does("mara", 86.0, "canvas_note.become_risk", locks).await?, "risk")?;
    let watched = json!({ "risk": risk, "response": "A second supplier is on trial in Lindau; ask for its figures in March." });
    t.does("mara", 60.0, "risk.edit", watched).await.map(drop)
}

async fn proposition(t: &Teller, needs: &[String]) -> Result<()> {
    let whom = json!({ "kind": "value_proposition", "title": "Lena’s morning", "segment": id(t, "segment", "Parents").await?, "persona": id(t, "persona", "Lena, two children, no second car").await?, "note": "What her morning asks for, against what we have and are building." });
    let canvas = begun(t, 70.0, whom).await?;
    let notes = [
        ("jobs", "Two children at daycare by eight, work at half past"),
        ("jobs", "The week’s shopping on the way home"),
        ("pains", "The bike is gone when she gets there"),
        ("pains", "Brakes howl in the rain"),
        ("pains", "Nobody knows whether the seats fit two"),
        ("gains", "Arrives dry"),
        ("gains", "Knows at breakfast that it will work"),
        ("offers", "Shared cargo bikes with two seats"),
        ("relievers", "Holds a bike for ten minutes"),
        ("relievers", "Brakes are checked before each winter"),
        ("creators", "A canopy for the box"),
        ("creators", "A message at breakfast: two bikes are near"),
    ];
    let ids = written(t, &canvas, 69.0, &notes).await?;
    for (reliever, answers) in [(8, 2), (9, 3), (10, 5), (11, 6)] {
        t.does("mara", 68.0, "canvas_note.answer", json!({ "canvas_note": ids[reliever], "answered": ids[answers] })).await?;
    }
    if let Some(need) = needs.first() {
        t.does("mara", 67.8, "canvas_note.edit", json!({ "canvas_note": ids[2], "need": need })).await?;
    }
    for (note, bet) in [(8, "Reserve a bike for ten minutes"), (9, "Safe in the wet")] {
        t.does("mara", 67.5, "canvas_note.edit", json!({ "canvas_note": ids[note], "initiative": initiative(t, bet).await? })).await?;
    }
    Ok(())
}

async fn swot(t: &Teller) -> Result<()> {
    let canvas = begun(t, 40.0, json!({ "kind": "swot", "title": "Before the tender in Aarberg" })).await?;
    let notes = [
        ("strengths", "Workshops of our own in each city"),
        ("strengths", "Bikes that carry two children"),
        ("weaknesses", "Figures change between two meetings of the council"),
        ("weaknesses", "No bill that an accountant likes"),
        ("opportunities", "Cities pay for figures, not for bikes"),
        ("opportunities", "Centres close to vans"),
        ("threats", "Nimbus offers the bikes for nothing and sells the data"),
    ];
    written(t, &canvas, 39.0, &notes).await.map(drop)
}

async fn risks(t: &Teller) -> Result<()> {
    let risks = [
        (
            "A city ends its contract early",
            "middling",
            "high",
            "A third of the rides would go with it. Sign: the council asks for figures twice.",
            "The monthly report, from Now.",
        ),
        ("The winter is icy for weeks", "middling", "low", "Motors cut out below −8 °C.", ""),
    ];
    for (title, likelihood, impact, note, response) in risks {
        let risk = json!({ "title": title, "likelihood": likelihood, "impact": impact, "note": note, "response": response });
        t.does("mara", 38.0, "risk.add", risk).await?;
    }
    Ok(())
}
