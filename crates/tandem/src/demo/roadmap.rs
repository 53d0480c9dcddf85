//! What the roadmap of Orbit says besides: who looks after what, when it is meant to come and what waits for what, a brief, and
//! what the council is shown of it.

use super::{Teller, made};
use kernel::{Column, Refusal, Result, Uuid, json, list};

/// A bet: its title, who looks after it, its theme, its key result with from and to, and how sure one is, in percent.
type Bet = (&'static str, &'static str, &'static str, &'static str, Option<(f64, f64)>, f64);

const BETS: &[Bet] = &[
    ("Reserve a bike for ten minutes", "tomas", "Finding a bike", "Searches that end in a ride", Some((48.0, 70.0)), 70.0),
    ("A monthly report that writes itself", "mara", "Cities", "Hours spent on a monthly report", Some((14.0, 2.0)), 85.0),
    ("Bikes for small shops", "mara", "Shops", "Searches that end in a ride", None, 45.0),
    ("Safe in the wet", "ines", "Winter", "Rides per bike and winter week", Some((3.1, 5.0)), 60.0),
    ("What fits in the box", "mara", "Finding a bike", "", None, 30.0),
];

/// Windows that were agreed lately: a bet or a feature, from and until in days from now.
const WINDOWS: &[(&str, &str, f64, f64)] = &[
    ("feature", "Hold a bike from the map", 60.0, 10.0),
    ("feature", "Holds in the fleet's view", 10.0, -30.0),
    ("feature", "Figures that hold", 60.0, 25.0),
    ("initiative", "Bikes for small shops", -15.0, -120.0),
    ("initiative", "Safe in the wet", -45.0, -150.0),
    ("feature", "Rain mode", -45.0, -100.0),
];

const BRIEF: &[(&str, &str)] = &[
    (
        "why",
        "Every second search ends without a ride. Riders tell us that the bike was gone when they arrived, and that they gave up for good after the second time.\n\nFour interviews and eleven tickets say so since summer.",
    ),
    ("who", "Parents who leave with two children and cannot walk on to the next stand. Not commuters: they take whatever stands there."),
    ("what", "From the map a rider holds one bike for ten minutes. Everybody else sees that it is held, and until when."),
    ("not", "No holds for later today, and no second hold. Both would empty the stands in the morning."),
    (
        "know",
        "Searches that end in a ride rise from 48 % to 70 % by the end of the pilot. If holds that end without a ride stay above a third, we were wrong.",
    ),
];

pub(super) async fn tell(t: &Teller) -> Result<()> {
    for (n, (title, owner, theme, result, moves, sure)) in BETS.iter().enumerate() {
        let days = 88.0 - n as f64;
        let bet = id(t, "initiative", title).await?;
        let mut says = json!({ "initiative": bet, "theme": theme, "confidence": sure, "owner": t.member(owner)? });
        if !result.is_empty() {
            says["key_result"] = json!(id(t, "key_result", result).await?);
        }
        if let Some((from, to)) = moves {
            (says["from_value"], says["to_value"]) = (json!(from), json!(to));
        }
        t.does("mara", days, "initiative.edit", says).await?;
    }
    for (noun, title, from, until) in WINDOWS {
        let thing = id(t, noun, title).await?;
        let window = json!({ (*noun): thing, "starts_on": t.day(*from), "ends_on": t.day(*until) });
        let asked = t.does("mara", 24.0, &format!("{noun}.edit"), window).await?;
        t.agreed("tomas", 23.0, asked).await?;
    }
    let (hold, shops) = (id(t, "initiative", BETS[0].0).await?, id(t, "initiative", BETS[2].0).await?);
    t.does("mara", 22.0, "dependency.add", json!({ "item": shops, "on": hold })).await?;
    let feature = id(t, "feature", "Hold a bike from the map").await?;
    for (part, body) in BRIEF {
        t.does("mara", 20.0, "brief.write", json!({ "feature": feature, "part": part, "body": body })).await?;
    }
    let gone = id(t, "brief_paragraph", "No holds for later today").await?;
    t.does(
        "jonas",
        18.5,
        "comment.add",
        json!({ "about": "brief_paragraph", "id": gone, "body": "Shops asked for exactly that last week. Is it no for good, or no for now?" }),
    )
    .await?;
    let view = json!({ "name": "City council", "opening": "What we mean to do for riders in your city, by quarters.", "grain": "parts", "dates": "quarters", "horizon": "next" });
    made(&t.does("mara", 15.0, "audience.add", view).await?, "audience").map(drop)
}

/// The id of something by its title, or of a paragraph by how it begins.
async fn id(t: &Teller, noun: &'static str, title: &'static str) -> Result<String> {
    let (product, mara) = (t.cast.product.clone(), app::Visitor::member(t.cast.people[0].2, kernel::Door::Page));
    let found = t.app.ask(&mara, Some(&product), move |look| {
        let product = look.scope.product_id()?;
        let (which, value) = match noun {
            "brief_paragraph" => ("body like $2", format!("{title}%").value()),
            _ => ("title in each($2)", list([title.to_owned()])),
        };
        let sql = format!("select id from {noun} where product = $1 and {which} and removed_at is null");
        let mut row = look.first(&sql, &[product.value(), value])?.ok_or(Refusal::NotFound)?;
        Ok(row.take::<Uuid>()?.simple().to_string())
    });
    found.await
}
