//! Whom Orbit has to tell what, and what was promised to them.

use super::{Teller, made};
use kernel::{Result, json};

/// A name, whether a group, what they are, power, interest, what they need to hear, how, after how many days, and so many
/// days ago they were last told.
type Told = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, Option<i64>, f64);

const WHO: [Told; 8] = [
    (
        "Henrike Vogt",
        "person",
        "Head of transport, City of Lindau",
        "high",
        "high",
        "What the contract brings: trips that replaced a car, and complaints.",
        "meeting",
        Some(30),
        12.0,
    ),
    (
        "City council of Aarberg",
        "group",
        "Decides on the renewal in spring",
        "high",
        "low",
        "One page before each vote: costs, trips, accidents.",
        "mail",
        Some(90),
        97.0,
    ),
    (
        "Baptiste Moreau",
        "person",
        "Investor, member of the board",
        "high",
        "middling",
        "Whether the bets pay off, before he reads it elsewhere.",
        "call",
        Some(14),
        9.0,
    ),
    (
        "Traders of the old town",
        "group",
        "Thirty shops around the market",
        "middling",
        "high",
        "When bikes for deliveries are there in the morning.",
        "update",
        Some(30),
        24.0,
    ),
    (
        "Rider support",
        "group",
        "Six people on the phone",
        "low",
        "high",
        "What changes in the app, a week before riders see it.",
        "chat",
        Some(7),
        8.0,
    ),
    ("Cyclists’ union", "group", "Writes about every accident", "middling", "high", "What we do about ice and brakes.", "mail", None, 41.0),
    (
        "Insurance broker",
        "person",
        "Liability for the fleet",
        "low",
        "low",
        "New places, and anything that changes how heavy bikes are.",
        "mail",
        Some(180),
        60.0,
    ),
    ("Priya Nair", "person", "Head of Operations", "high", "high", "What changes for the workshops, and when.", "meeting", Some(14), 6.0),
];

pub(super) async fn told(t: &Teller) -> Result<()> {
    for (at, (name, kind, role, power, interest, wants, channel, every, days)) in WHO.into_iter().enumerate() {
        let who = json!({ "name": name, "kind": kind, "role": role, "power": power, "interest": interest, "wants": wants, "channel": channel, "every_days": every });
        let who = made(&t.does("mara", 120.0 - at as f64 * 0.01, "stakeholder.add", who).await?, "stakeholder")?;
        let note = match at {
            0 => "Wants the report to say how many trips replaced a car. She takes it to the council.",
            2 => "Asked twice when winter bikes earn their keep.",
            4 => "They saw the new hold screen and had no questions.",
            _ => "",
        };
        t.does("mara", days, "contact.note", json!({ "stakeholder": who, "note": note, "happened_on": t.day(days) })).await?;
        match at {
            0 => {
                t.does(
                    "mara",
                    11.9,
                    "promise.make",
                    json!({ "stakeholder": who, "what": "The first report that writes itself", "due_on": t.day(-20.0) }),
                )
                .await?;
                let kept = t.does("mara", 80.0, "promise.make", json!({ "stakeholder": who, "what": "Figures of the summer by district" })).await?;
                t.does("mara", 45.0, "promise.settle", json!({ "promise": made(&kept, "promise")?, "became": "kept" })).await?;
            }
            5 => {
                let broken = t
                    .does(
                        "mara",
                        90.0,
                        "promise.make",
                        json!({ "stakeholder": who, "what": "Spikes on a third of the fleet before winter", "due_on": t.day(10.0) }),
                    )
                    .await?;
                let note = "The tyres come in January. They were told before they read it.";
                t.does("mara", 41.0, "promise.settle", json!({ "promise": made(&broken, "promise")?, "became": "broken", "note": note })).await?;
            }
            7 => {
                let member = t.cast.people.iter().find(|(short, ..)| *short == "priya").map(|(_, _, member, _)| member.simple().to_string());
                t.does("mara", 119.0, "stakeholder.edit", json!({ "stakeholder": who, "member": member })).await?;
                let promise = json!({ "stakeholder": who, "what": "Two weeks’ notice before the winter tyres are fitted", "due_on": t.day(-9.0) });
                t.does("mara", 6.0, "promise.make", promise).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
