//! The tools at Orbit: what a winter pass would bring in, the facts beneath it, and why fewer searches ended in a ride.

use super::{Teller, made};
use kernel::{Result, json};
use std::fmt::Write;

pub(super) async fn tell(t: &Teller) -> Result<()> {
    estimates(t).await?;
    cause(t).await
}

async fn estimates(t: &Teller) -> Result<()> {
    let facts = [
        ("registered", "40k to 60k people", "Riders with a trip since spring, from the weekly report", 2026),
        ("stations", "212 stations", "Station list of the three cities", 2026),
        ("winter", "4 months", "Contract with the cities, annex 2", 2026),
    ];
    for (name, worth, source, year) in facts {
        t.does("mara", 40.0, "known_fact.add", json!({ "name": name, "worth": worth, "source": source, "year": year })).await?;
    }
    let first = "riders = 40k to 60k people -- riders with a trip since spring, 2026\nshare = 18 of 240 -- of those asked at stations, who would take one\nprice = 9 to 12 EUR/person/month\nmonths = 4 months -- contract with the cities\nincome = riders * share * price * months";
    let pass = json!({ "title": "What would a winter pass bring in?", "serves": "revenue", "body": first, "note": "For the talk about next year’s bets. The share is what we know least." });
    let pass = made(&t.does("mara", 38.0, "estimate_model.create", pass).await?, "estimate_model")?;
    let second = "riders = 40k to 60k people -- riders with a trip since spring, 2026\nshare = 18 of 240 -- of those asked at stations, who would take one\nprice = 9 to 14 EUR/person/month -- Lindau pays more, trial in March\nmonths = 4 months -- contract with the cities\nincome = riders * share * price * months\n\n# what it costs to build and to run\nbuilding = 25k to 60k EUR -- two developers, six to ten weeks\nsupport = riders * share * (0.2 to 0.5 EUR/person)\nprofit = income - building - support\nworth_it = P(profit > 50k EUR)";
    t.does("mara", 21.0, "estimate_model.edit", json!({ "estimate_model": pass, "body": second })).await?;
    let effort = "left = 11 to 16 stories -- as they are split now\npace = 2.5 to 4 stories/week -- the last six sprints\ninterruptions = 10 to 30 % -- care for what runs\nweeks = left / (pace * (1 - interruptions))";
    let effort = json!({ "title": "How long until holds work in all three cities?", "serves": "effort", "body": effort });
    t.does("mara", 15.0, "estimate_model.create", effort).await?;
    let rides = "searches = 9 to 14 searches/bike/week -- last winter, in Lindau\nfound = 55 to 65 % -- end at a bike\ntaken = 50 to 75 % -- of those, in the wet\nrides = searches * found * taken";
    let rides = json!({ "title": "How often is a bike ridden in a winter week?", "serves": "other", "body": rides });
    let rides = made(&t.does("mara", 14.0, "estimate_model.create", rides).await?, "estimate_model")?;
    let result = super::customers::id_by(t, "key_result", "title", "Rides per bike and winter week").await?;
    t.does("mara", 13.8, "key_result.estimate", json!({ "key_result": result, "estimate_model": rides, "of": "target" })).await.map(drop)
}

async fn cause(t: &Teller) -> Result<()> {
    // Searches that ended in a ride, by city, platform and kind of bike: something broke on phones in Aarberg.
    let mut table = String::from("week,city,platform,rides,searches\n");
    for week in 1..=5 {
        for (c, city) in ["Lindau", "Aarberg", "Sternheim"].into_iter().enumerate() {
            for (p, platform) in ["Android", "iPhone", "web"].into_iter().enumerate() {
                let searches = 900 - 210 * c - 190 * p + 7 * week;
                let rate = if week == 5 && c == 1 && p == 0 { 29 } else { 57 + c - p };
                let _ = writeln!(table, "{week},{city},{platform},{},{searches}", searches * rate / 100);
            }
        }
    }
    let seen = "Since Monday fewer searches end in a ride. Support has not had more calls than usual.";
    let asked = json!({ "title": "Why do fewer searches end in a ride?", "seen": seen, "table": table, "counted": "rides/searches" });
    let inquiry = made(&t.does("tomas", 6.0, "inquiry.begin", asked).await?, "inquiry")?;
    let write = async |days: f64, bone: &str, body: &str, under: Option<&str>| {
        let note = json!({ "inquiry": inquiry, "bone": bone, "body": body, "under": under });
        made(&t.does("tomas", days, "cause_note.write", note).await?, "cause_note")
    };
    let app = write(5.8, "product", "On Android in Aarberg the map shows bikes that are gone", None).await?;
    let why = write(5.6, "product", "Release 4.2 keeps positions for an hour where the station has no signal", Some(&app)).await?;
    let rain = write(5.5, "outside", "It rained on three days", None).await?;
    let count = write(5.4, "data", "Searches from robots are counted", None).await?;
    t.does(
        "tomas",
        5.0,
        "cause_note.judge",
        json!({ "cause_note": rain, "held": "ruled_out", "why": "It rained in Lindau as well, where nothing fell." }),
    )
    .await?;
    t.does("tomas", 4.8, "cause_note.judge", json!({ "cause_note": count, "held": "ruled_out", "why": "The web is as it was." })).await?;
    t.does(
        "tomas",
        4.5,
        "cause_note.judge",
        json!({ "cause_note": why, "held": "confirmed", "why": "Positions in the log of the old town are up to 58 minutes old." }),
    )
    .await?;
    let story = json!({ "cause_note": why, "title": "Ask for positions anew where a station was silent", "kind": "bug" });
    t.does("tomas", 4.4, "cause_note.become_story", story).await.map(drop)
}
