//! What is scored at Orbit: features in rounds that agree better with time, needs, and a round that waits for its Owner.

use super::{Teller, made, world::NEEDS};
use kernel::{Json, Result, json};

/// The features that are scored: those that are not in Now. Their numbers, and what each rater gives: the Manager and the
/// Owner reach, impact and confidence, the developers effort.
type Row = (&'static str, [&'static str; 3], [&'static str; 3], [&'static str; 2]);

const FIRST: &[Row] = &[
    ("8", ["900", "2", "80 %"], ["300 to 700", "1", "50 %"], ["4", "3 to 6"]),
    ("9", ["400", "0.5", "80 %"], ["1200", "1", "80 %"], ["1", "1"]),
    ("11", ["5k to 9k", "1", "80 %"], ["6k", "2", "80 %"], ["2", "2 to 4"]),
    ("12", ["6k", "0.5", "100 %"], ["2k to 4k", "2", "80 %"], ["1", "1"]),
    ("14", ["2k", "1", "50 %"], ["1500", "0.25", "50 %"], ["2", "3"]),
];
const SECOND: &[Row] = &[
    ("8", ["900 to 1500", "2", "80 %"], ["600 to 1200", "2", "80 %"], ["4", "4 to 6"]),
    ("9", ["300 to 900", "1", "80 %"], ["400 to 1000", "1", "80 %"], ["1", "1"]),
    ("11", ["6k to 9k", "2", "80 %"], ["6k to 8k", "2", "80 %"], ["3", "2 to 4"]),
    ("12", ["5k", "1", "100 %"], ["4k to 6k", "2", "100 %"], ["2", "2 to 4"]),
    ("14", ["1800", "0.5", "50 %"], ["1500", "0.25", "50 %"], ["2", "3"]),
];

/// Each in the order in which they finish; the last one reveals.
const RATERS: [(&str, &[&str]); 4] =
    [("mara", &["reach", "impact", "confidence"]), ("ines", &["effort"]), ("jonas", &["effort"]), ("tomas", &["reach", "impact", "confidence"])];

pub(super) async fn tell(t: &Teller, needs: &[String]) -> Result<()> {
    let asked = t.says("mara", 96.0, "scheme.create", json!({ "name": "RICE", "by": "rice" }), "So that we argue about figures.").await?;
    let rice = made(&t.agreed("tomas", 95.5, asked).await?, "scheme")?;
    let autumn = rated(t, &rice, "What comes after the holds", 92.0, FIRST).await?;
    let widest = [
        ("12", "reach", "5k", "Every bike has its brakes checked, so every rider profits."),
        ("11", "impact", "2", "The survey says that six of ten stay at home when it rains."),
    ];
    settled(t, &autumn, 90.0, &widest).await?;
    let winter = rated(t, &rice, "Before the winter", 33.0, SECOND).await?;
    settled(t, &winter, 31.0, &[("12", "impact", "2", "Two cities asked for it in writing.")]).await?;
    bets(t).await?;
    own_criteria(t).await?;
    opportunities(t, needs).await?;
    worth(t, needs).await?;
    wishes(t).await
}

/// A round from its beginning until it is revealed; its id.
async fn rated(t: &Teller, scheme: &str, title: &str, days: f64, rows: &[Row]) -> Result<String> {
    let items: Vec<&str> = rows.iter().map(|(number, ..)| *number).collect();
    let begin = json!({ "scheme": scheme, "title": title, "items": items, "raters": raters(t, &RATERS), "ends_on": t.day(days - 3.0) });
    let round = made(&t.does("tomas", days, "scoring_round.begin", begin).await?, "scoring_round")?;
    for (nth, (who, inputs)) in RATERS.iter().enumerate() {
        let answers = |(number, manager, owner, developers): &Row| {
            let given: Vec<&str> = match *who {
                "mara" => manager.to_vec(),
                "tomas" => owner.to_vec(),
                "ines" => vec![developers[0]],
                _ => vec![developers[1]],
            };
            let by: serde_json::Map<String, Json> = inputs.iter().zip(given).map(|(input, text)| ((*input).to_owned(), json!(text))).collect();
            ((*number).to_owned(), Json::Object(by))
        };
        let ratings: serde_json::Map<String, Json> = rows.iter().map(answers).collect();
        let args = json!({ "round": round, "ratings": ratings, "done": true });
        t.does(who, days - 0.5 - nth as f64 * 0.3, "scoring_round.rate", args).await?;
    }
    Ok(round)
}

fn raters(t: &Teller, all: &[(&str, &[&str])]) -> Json {
    let member = |who: &str| t.cast.people.iter().find(|person| person.0 == who).map(|person| person.2.simple().to_string());
    Json::Object(all.iter().filter_map(|(who, inputs)| Some((member(who)?, json!(inputs)))).collect())
}

/// What lay furthest apart is settled, and both sign what follows.
async fn settled(t: &Teller, round: &str, days: f64, gaps: &[(&str, &str, &str, &str)]) -> Result<()> {
    for (nth, (thing, input, value, reason)) in gaps.iter().enumerate() {
        let settle = json!({ "round": round, "thing": thing, "criterion": input, "value": value, "reason": reason });
        t.does(if nth % 2 == 0 { "mara" } else { "tomas" }, days - nth as f64 * 0.01, "scoring_round.settle", settle).await?;
    }
    let asked = t.does("tomas", days - 0.2, "scoring_round.adopt", json!({ "round": round })).await?;
    t.agreed("mara", days - 0.4, asked).await.map(drop)
}

/// The bets that are open: impact, confidence and ease of each, 1 to 10.
const BETS: &[(&str, [&str; 3])] = &[
    ("1", ["9", "8", "5"]),
    ("4", ["8", "7", "4 to 6"]),
    ("7", ["6", "5 to 7", "4"]),
    ("10", ["8", "5", "3 to 6"]),
    ("13", ["4", "3", "7"]),
    ("15", ["3", "2", "6"]),
];

/// Bets held against each other in an afternoon, talked over and signed.
async fn bets(t: &Teller) -> Result<()> {
    let asked = t.says("mara", 24.0, "scheme.create", json!({ "name": "Bets at a glance", "by": "ice", "thing": "initiative" }), "").await?;
    let scheme = made(&t.agreed("tomas", 23.9, asked).await?, "scheme")?;
    for (nth, (bet, [impact, confidence, ease])) in BETS.iter().enumerate() {
        let days = 23.5 - nth as f64 * 0.02;
        let scores = json!({ "impact": impact, "confidence": confidence, "ease": ease });
        let asked = t.does("mara", days, "score.set", json!({ "scheme": scheme, "thing": bet, "scores": scores })).await?;
        t.agreed("tomas", days - 0.01, asked).await?;
    }
    Ok(())
}

/// Criteria of one's own, and a round by them in which the Owner has yet to finish.
async fn own_criteria(t: &Teller) -> Result<()> {
    let own = json!({ "name": "What next year is about", "by": "weighted", "thing": "initiative",
        "criteria": "Rides in winter 3\nRenewals without being asked 3\nFewer complaints 2\nEffort 2 cost" });
    let asked = t.does("tomas", 6.0, "scheme.create", own).await?;
    let own = made(&t.agreed("mara", 5.5, asked).await?, "scheme")?;
    let keys = keys(t, &own).await?;
    let inputs: Vec<&str> = keys.iter().map(String::as_str).collect();
    let all: Vec<(&str, &[&str])> = vec![("mara", &inputs), ("tomas", &inputs), ("ines", &inputs[inputs.len().saturating_sub(1)..])];
    let begin =
        json!({ "scheme": own, "title": "Bets for next year", "items": ["7", "10", "13", "15"], "raters": raters(t, &all), "ends_on": t.day(-1.0) });
    let round = made(&t.does("mara", 1.6, "scoring_round.begin", begin).await?, "scoring_round")?;
    let given = |inputs: &[&str], rows: [(&str, &[&str]); 4]| {
        let by = |texts: &[&str]| Json::Object(inputs.iter().zip(texts).map(|(input, text)| ((*input).to_owned(), json!(text))).collect());
        Json::Object(rows.iter().map(|(number, texts)| ((*number).to_owned(), by(texts))).collect())
    };
    let manager =
        given(&inputs, [("7", &["2", "4", "6", "5"]), ("10", &["9", "5", "7", "4"]), ("13", &["1", "2", "4", "3"]), ("15", &["3", "6", "1", "8"])]);
    t.does(
        "mara",
        1.4,
        "scoring_round.rate",
        json!({ "round": round, "ratings": manager, "done": true, "note": "Winter is what the cities will judge us by." }),
    )
    .await?;
    let effort = given(all[2].1, [("7", &["6"]), ("10", &["4 to 6"]), ("13", &["3"]), ("15", &["9"])]);
    t.does("ines", 0.9, "scoring_round.rate", json!({ "round": round, "ratings": effort, "done": true })).await?;
    let begun = given(&inputs[..1], [("7", &["3"]), ("10", &["8"]), ("13", &[]), ("15", &[])]);
    t.does("tomas", 0.3, "scoring_round.rate", json!({ "round": round, "ratings": begun })).await.map(drop)
}

/// The criteria of a way of scoring, as ratings name them.
async fn keys(t: &Teller, scheme: &str) -> Result<Vec<String>> {
    let id = kernel::Id::try_from(scheme)?;
    let visitor = app::Visitor::member(t.cast.people[0].2, kernel::Door::Page);
    let read = move |look: &mut kernel::Look| <priorities::Scheme as kernel::Noun>::get(look, id);
    Ok(t.app.ask(&visitor, Some(&t.cast.product), read).await?.criteria.iter().map(|criterion| criterion.key.clone()).collect())
}

/// What each need is worth by four criteria: two of them weigh the needs nearly alike.
const WORTH: [[&str; 4]; 5] = [["9", "4", "9", "6"], ["5", "9", "7", "4"], ["8", "6", "7", "5"], ["4", "8", "5", "3"], ["6", "5", "6", "2"]];

/// Needs by criteria of one's own, which either hat says too.
async fn worth(t: &Teller, needs: &[String]) -> Result<()> {
    let own = json!({ "name": "What a need is worth", "by": "weighted", "thing": "need",
        "criteria": "How many have it 3\nRevenue at stake 2\nFit with the vision 2\nEffort 1 cost" });
    let scheme = made(&t.does("tomas", 60.0, "scheme.create", own).await?, "scheme")?;
    let keys = keys(t, &scheme).await?;
    for (nth, (need, values)) in needs.iter().zip(WORTH).enumerate() {
        let scores: serde_json::Map<String, Json> = keys.iter().zip(values).map(|(key, value)| (key.clone(), json!(value))).collect();
        t.does("tomas", 59.0 - nth as f64 * 0.01, "score.set", json!({ "scheme": scheme, "thing": need, "scores": scores })).await?;
    }
    Ok(())
}

/// Stories that a city is to see in its pilot: what they must have, and the effort of each in points.
const WISHES: &[(&str, &str, &str)] = &[
    ("151", "must", "5"),
    ("152", "must", "3"),
    ("156", "must", "5"),
    ("159", "should", "3 to 8"),
    ("160", "could", "2"),
    ("162", "should", "3"),
    ("163", "could", "5"),
    ("164", "must", "2"),
    ("165", "won’t", "3"),
];

/// Stories by what they must have, which their Owner says alone.
async fn wishes(t: &Teller) -> Result<()> {
    let pilot = json!({ "name": "For the pilot in Lindau", "by": "moscow", "thing": "story" });
    let scheme = made(&t.does("tomas", 8.0, "scheme.create", pilot).await?, "scheme")?;
    for (nth, (story, wish, effort)) in WISHES.iter().enumerate() {
        let scores = json!({ "wish": wish, "effort": effort });
        t.does("tomas", 7.9 - nth as f64 * 0.01, "score.set", json!({ "scheme": scheme, "thing": story, "scores": scores })).await?;
    }
    Ok(())
}

/// Needs by their opportunity, which either hat says.
async fn opportunities(t: &Teller, needs: &[String]) -> Result<()> {
    let made_so = t.does("tomas", 120.0, "scheme.create", json!({ "name": "Opportunity", "by": "opportunity", "thing": "need" })).await?;
    let scheme = made(&made_so, "scheme")?;
    for (need, (.., importance, satisfaction, _)) in needs.iter().zip(NEEDS) {
        let scores = json!({ "importance": importance.to_string(), "satisfaction": satisfaction.to_string() });
        t.does("mara", 118.0, "score.set", json!({ "scheme": scheme, "thing": need, "scores": scores })).await?;
    }
    Ok(())
}
