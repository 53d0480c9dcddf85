//! What Mara and Tomas decided together at Orbit: options weighed, decisions that come back, a matter that is stuck, the
//! slips they sorted, and the notes of their weeks.

use super::{Teller, made};
use kernel::{Json, Refusal, Result, json};

pub(super) async fn tell(t: &Teller) -> Result<()> {
    looked_back(t).await?;
    weighed(t).await?;
    stuck(t).await?;
    sorted(t).await?;
    weeks(t).await
}

fn person(t: &Teller, short: &str) -> Result<String> {
    t.cast.people.iter().find(|person| person.0 == short).map(|person| person.2.to_string()).ok_or(Refusal::NotFound)
}

/// A decision that was looked at again, and held in part.
async fn looked_back(t: &Teller) -> Result<()> {
    let question =
        json!({ "title": "Do we show bikes of other fleets on the map?", "area": "strategy", "reason": "Two cities ask for one map of everything." });
    let question = made(&t.does("tomas", 150.0, "proposal.open", question).await?, "proposal")?;
    let answer = json!({ "proposal": question, "note": "No. A rider who finds somebody else’s bike is theirs from then on." });
    t.does("mara", 148.0, "proposal.sign", answer).await?;
    t.does("mara", 148.0, "proposal.set_days", json!({ "proposal": question, "review_on": t.day(90.0) })).await?;
    let learned = "It held for riders. Lindau now wants it in the contract, so we need an answer for cities that is not about riders.";
    t.does("mara", 89.0, "look_back.say", json!({ "proposal": question, "held": "partly", "learned": learned })).await.map(drop)
}

/// A joint decision with its options, whose day has come.
async fn weighed(t: &Teller) -> Result<()> {
    let considered = json!([
        { "title": "Promise all of it by autumn", "pros": "Aarberg renews without a tender", "cons": "No room for the winter work", "cost": "9 weeks of the team" },
        { "title": "Promise nothing", "pros": "We stay free", "cons": "They ask two rivals for an offer", "cost": "The contract, perhaps" },
    ]);
    let question = json!({ "title": "What do we promise Aarberg for autumn?", "area": "commitments", "reason": "Their council decides on the renewal in October.", "considered": considered, "due_on": t.day(60.0) });
    let question = made(&t.does("tomas", 70.0, "proposal.open", question).await?, "proposal")?;
    let heard = json!({ "kind": "sales_call", "quote": "If a bike can be held from the map, the rest can wait until spring.", "customer": "City of Aarberg" });
    let heard = made(&t.does("mara", 69.0, "evidence.record", heard).await?, "evidence")?;
    t.does("mara", 69.0, "proposal.link", json!({ "proposal": question, "about": "evidence", "id": heard })).await?;
    let part = json!({ "proposal": question, "title": "Promise the hold, and the report in spring", "pros": "It is what they wait for", "cons": "Two promises to keep apart", "cost": "4 weeks of the team", "evidence": [heard] });
    t.does("mara", 68.0, "proposal.consider", part).await?;
    let people =
        json!({ "proposal": question, "driver": person(t, "mara")?, "contributors": [person(t, "ines")?], "informed": [person(t, "priya")?] });
    t.does("tomas", 67.0, "proposal.involve", people).await?;
    t.does("mara", 66.0, "proposal.sign", json!({ "proposal": question, "note": "The hold, and the report in spring." })).await?;
    t.does("tomas", 65.0, "proposal.sign", json!({ "proposal": question, "note": "With the report out of autumn it fits." })).await?;
    t.does("mara", 65.0, "proposal.set_days", json!({ "proposal": question, "review_on": t.day(1.0) })).await.map(drop)
}

/// A joint matter whose day has passed: one position is confirmed, the other waits to be.
async fn stuck(t: &Teller) -> Result<()> {
    let question = json!({ "title": "Do shops get holds before families do?", "area": "priorities", "reason": "Shops pay every weekday; families ask louder.", "due_on": t.day(6.0) });
    let question = made(&t.does("mara", 20.0, "proposal.open", question).await?, "proposal")?;
    let of = |hat: &str, more: (&str, &str)| {
        let mut args = json!({ "proposal": question, "hat": hat });
        if !more.0.is_empty() {
            args[more.0] = Json::from(more.1);
        }
        args
    };
    t.does("tomas", 4.5, "position.tell", of("manager", ("body", "Mara wants shops first because they pay."))).await?;
    let missing = "Not because they pay: because they ride on weekdays, when bikes stand idle.";
    t.does("mara", 4.0, "position.correct", of("manager", ("missing", missing))).await?;
    let told = "Mara wants shops first because they ride on weekdays, when bikes stand idle. Families would take bikes that are scarce already.";
    t.does("tomas", 3.0, "position.tell", of("manager", ("body", told))).await?;
    t.does("mara", 2.5, "position.confirm", of("manager", ("", ""))).await?;
    let his = "Tomas wants families first: three quarters of the hold is built for them, and changing the order costs a sprint.";
    t.does("mara", 1.5, "position.tell", of("owner", ("body", his))).await.map(drop)
}

/// Where each of the two put the slips.
const SLIPS: &[(&str, &str, &str)] = &[
    ("research", "manager", "manager"),
    ("customers", "either", "either"),
    ("strategy", "manager", "manager"),
    ("roadmap", "manager", "manager"),
    ("commitments", "both", "both"),
    ("priorities", "manager", "both"),
    ("announcements", "manager", "manager"),
    ("backlog", "owner", "owner"),
    ("estimates", "team", "team"),
    ("sprints", "owner", "owner"),
    ("work", "owner_and_team", "owner_and_team"),
    ("acceptance", "owner", "owner"),
    ("progress", "either", "owner"),
    ("agreement", "both", "both"),
];

/// The slips, sorted apart and laid side by side; what they agreed on is settled, on two they differ.
async fn sorted(t: &Teller) -> Result<()> {
    let sorting = made(&t.does("mara", 9.0, "sorting.begin", json!({})).await?, "sorting")?;
    for (area, hers, his) in SLIPS {
        for (who, days, pile, note) in
            [("mara", 8.9, hers, "The order is what I answer for."), ("tomas", 8.5, his, "I hear of a new order after it is made.")]
        {
            let note = if *area == "priorities" { note } else { "" };
            t.does(who, days, "sorting.sort", json!({ "sorting": sorting, "area": area, "pile": pile, "note": note })).await?;
        }
    }
    t.does("tomas", 8.0, "sorting.open", json!({ "sorting": sorting })).await?;
    let alike = json!({ "sorting": sorting, "reason": "We both see it so, and have worked so for a year." });
    let alike = t.does("tomas", 7.9, "sorting.settle_alike", alike).await?;
    t.agreed("mara", 7.8, alike).await.map(drop)
}

/// Their weekday, the day of the agreement, and two notes.
async fn weeks(t: &Teller) -> Result<()> {
    let rhythm = t.does("mara", 40.0, "rhythm.set", json!({ "weekday": "monday", "agreement_on": t.day(-45.0) })).await?;
    t.agreed("tomas", 39.5, rhythm).await?;
    let notes = [
        (15.0, "- Aarberg: the hold is on its way, the report stays in spring.\n- Tomas asks the council for their figures by Friday."),
        (
            8.0,
            "- We sorted the slips. Twelve of fourteen alike; *priorities* and *progress* next week.\n- Mara calls the bakery about weekday passes.",
        ),
    ];
    for (days, body) in notes {
        t.does("tomas", days, "week_note.keep", json!({ "monday": t.day(days), "body": body })).await?;
    }
    Ok(())
}
