//! What Orbit has released, what it is about to, and what came of earlier bets.

use super::{Teller, made};
use kernel::{Result, json};

/// An earlier bet: title, hypothesis, how sure one was, when it was written down and promised, in days before the present, and
/// what came of it: verdict, what was measured, what was learned, what next.
type Settled = (&'static str, &'static str, i64, f64, f64, Option<(&'static str, &'static str, &'static str, &'static str)>);

const SETTLED: [Settled; 7] = [
    (
        "Child seats on every third bike",
        "We believe that seats will bring parents who now drive to school.",
        70,
        640.0,
        520.0,
        Some(("met", "School runs: 3 % to 9 % of rides", "Seats are asked for by name; parents plan around them.", "keep")),
    ),
    (
        "A flat price for ten minutes",
        "We believe that a flat price will take away the fear of the meter.",
        65,
        560.0,
        430.0,
        Some(("partly", "First rides grew by 11 %, not by 25 %", "The fear is of a bike that is gone, less of the price.", "change")),
    ),
    (
        "Rides by the month",
        "We believe that a monthly pass will make riding a habit.",
        75,
        520.0,
        400.0,
        Some(("exceeded", "Riders who came back: 24 % to 33 %", "Passes are bought on the second ride, so offer them there.", "keep")),
    ),
    (
        "Reviews after each ride",
        "We believe that stars after a ride will tell us which bikes are worn.",
        60,
        430.0,
        320.0,
        Some(("missed", "One review for 140 rides", "Nobody rates a bike. The lock’s own counter tells more.", "remove")),
    ),
    (
        "Lanes on the map",
        "We believe that showing lanes will bring riders who are afraid of traffic.",
        70,
        380.0,
        260.0,
        Some(("met", "Rides by first-time riders: 12 % more", "They ride longer ways to stay on lanes.", "keep")),
    ),
    (
        "Chat with support",
        "We believe that a chat will halve the calls.",
        30,
        330.0,
        230.0,
        Some(("missed", "Calls fell by 4 %", "People call because a bike will not open; then they do not type.", "change")),
    ),
    ("Parking by photo", "We believe that a photo at the end of a ride will keep pavements free.", 55, 250.0, 12.0, None),
];

/// Earlier bets that were to be changed, and what is tried in their place.
const CHANGED: [(&str, &str); 2] =
    [("A flat price for ten minutes", "No fare where the bike is gone"), ("Chat with support", "Call back instead of chat")];

pub(super) async fn told(t: &Teller) -> Result<()> {
    let mut changed = vec![];
    for (title, hypothesis, sure, began, promised, outcome) in SETTLED {
        let bet = made(&t.does("mara", began, "initiative.create", json!({ "title": title, "hypothesis": hypothesis })).await?, "initiative")?;
        t.does("mara", began - 0.1, "initiative.edit", json!({ "initiative": bet, "confidence": sure })).await?;
        let window = json!({ "initiative": bet, "starts_on": t.day(began), "ends_on": t.day(promised), "state": "released" });
        let asked = t.does("mara", promised + 10.0, "initiative.edit", window).await?;
        t.agreed("tomas", promised + 9.0, asked).await?;
        if let Some((verdict, measured, learned, next)) = outcome {
            let record = json!({ "initiative": bet, "verdict": verdict, "measured": measured, "learned": learned, "next_step": next, "confidence": 80, "evidence": "The dashboard of that month, and twelve calls." });
            let outcome = made(&t.does("mara", promised - 4.0, "outcome.record", record).await?, "outcome")?;
            if let Some((_, instead)) = CHANGED.iter().find(|(earlier, _)| *earlier == title) {
                changed.push((outcome, promised - 5.0, *instead));
            }
        }
    }
    summer(t).await?;
    winter(t).await?;
    for (outcome, days, instead) in changed {
        t.does("mara", days, "outcome.make_initiative", json!({ "outcome": outcome, "title": instead })).await?;
    }
    Ok(())
}

/// A small release that is out.
async fn summer(t: &Teller) -> Result<()> {
    let feature = json!({ "title": "Find a bike by its number", "body": "Type the number on the frame and the map shows where that bike stands. Shops asked for it, because they send somebody to fetch one." });
    let feature = made(&t.does("mara", 75.0, "feature.create", feature).await?, "feature")?;
    for (title, kind) in [("Find a bike by the number on its frame", "story"), ("The map jumped when two bikes stood close", "bug")] {
        let story = made(&t.does("tomas", 74.0, "story.create", json!({ "title": title, "kind": kind, "feature": feature })).await?, "story")?;
        t.does("ines", 73.0, "story.estimate", json!({ "story": story, "points": 2 })).await?;
        t.does("ines", 72.0, "story.start", json!({ "story": story })).await?;
        t.does("ines", 66.0, "story.hand_over", json!({ "story": story })).await?;
        t.does("tomas", 65.0, "story.accept", json!({ "story": story, "reason": "Seen on the street." })).await?;
    }
    let asked = t.does("mara", 70.0, "release.plan", json!({ "name": "August", "tier": "quiet", "target_on": t.day(60.0) })).await?;
    let release = made(&t.agreed("tomas", 69.5, asked).await?, "release")?;
    let asked = t.does("mara", 69.0, "release.ship", json!({ "release": release, "feature": feature })).await?;
    t.agreed("tomas", 68.5, asked).await?;
    let asked =
        t.does("mara", 63.0, "release.decide", json!({ "release": release, "go": "go", "go_reason": "Small, and easily taken back." })).await?;
    t.agreed("tomas", 62.5, asked).await?;
    t.does("mara", 60.0, "release.release", json!({ "release": release })).await.map(drop)
}

/// The one that is being prepared.
async fn winter(t: &Teller) -> Result<()> {
    let asked = t.does("mara", 20.0, "release.plan", json!({ "name": "Holds", "tier": "major", "target_on": t.day(-24.0) })).await?;
    let release = made(&t.agreed("tomas", 19.5, asked).await?, "release")?;
    for feature in ["2", "3"] {
        let asked = t.does("mara", 19.0, "release.ship", json!({ "release": release, "feature": feature })).await?;
        t.agreed("tomas", 18.5, asked).await?;
    }
    let plan = json!({ "release": release, "message": "**The bike you see is the bike you get.** Hold it for ten minutes, walk there, ride.", "pricing": "Free, twice a day.", "channels": "In the app on the first search; a letter to riders who gave up; the three city councils a week ahead.", "enablement": "Support gets the answers to: my hold ran out, somebody took my bike, how often may I hold.", "risks": "Old locks in Lindau answer late. Way back: holds are switched off by city." });
    t.does("mara", 17.0, "release.plan_launch", plan).await?;
    t.does("tomas", 16.0, "release.draft_checklist", json!({ "release": release })).await.map(drop)
}
