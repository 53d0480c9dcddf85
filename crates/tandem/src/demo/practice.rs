//! What somebody of the sample product has practised.

use super::{Teller, made};
use kernel::{Result, json};

/// What Mara has practised: a few drills, a guess that was marked, which Ines has tried too, and a case that she is in the
/// middle of.
pub(crate) async fn told(t: &Teller) -> Result<()> {
    written(t).await?;
    for (days, drill, answer) in [(12.0, "action-against-the-policy", "3"), (6.0, "alarm-base-rate", "18.7"), (5.0, "behaviour-not-age", "1")] {
        t.does("mara", days, "attempt.drill", json!({ "challenge": drill, "parts": { "answer": answer } })).await?;
    }
    let guess = t.does("mara", 5.1, "attempt.begin", json!({ "challenge": "airfields-brazil", "mode": "exam" })).await?;
    let answer = json!({
        "scope": "Strips that are kept clear, private ones too. Not water and not roofs; counting only airports with flights would be a twentieth of it.",
        "model": "land = 8.36M km2  -- the brief\nfarmed = 25 % to 35 % of land  -- pasture and soya\nestates = farmed / (600 to 2000 km2/airfield)  -- a strip for each large estate\ntowns = 700 to 1500 airfield  -- a town of some size has a field\nanswer = estates + towns",
        "second_way": "Some 15,000 small aeroplanes, three to a strip, make 5,000.",
        "assumptions": "- Large estates keep a strip because roads are bad.\n- I trust the size of an estate least: twice as large would halve the answer.",
        "low": "2k",
        "high": "8k",
        "answer": "About 4,000 airfields, 2,000 to 8,000; the size of an estate decides."
    });
    t.does("mara", 5.0, "attempt.hand_in", json!({ "attempt": made(&guess, "attempt")?, "parts": answer })).await?;
    // She gives it to be marked, and Ines, who has tried it too, marks it.
    let given = t.does("mara", 4.9, "specimen.give", json!({ "attempt": made(&guess, "attempt")? })).await?;
    let tried = t.does("ines", 4.3, "attempt.begin", json!({ "challenge": "airfields-brazil", "mode": "learning" })).await?;
    let answer = json!({
        "scope": "Any strip that aeroplanes land on, of grass too.",
        "model": "answer = 2000 to 6000 airfield  -- one for each town and large farm",
        "low": "2k",
        "high": "6k"
    });
    t.does("ines", 4.2, "attempt.hand_in", json!({ "attempt": made(&tried, "attempt")?, "parts": answer })).await?;
    let levels = json!({ "scope": 5, "structure": 4, "assumptions": 4, "second-way": 3, "interval": 4, "answer": 4 });
    t.does("ines", 4.0, "specimen.mark", json!({ "specimen": made(&given, "specimen")?, "levels": levels })).await?;
    let case = t.does("mara", 1.0, "attempt.draw", json!({ "difficulty": 2, "seed": 4821, "mode": "learning" })).await?;
    let case = made(&case, "attempt")?;
    for step in ["visit", "view", "cart", "pay"] {
        t.does("mara", 0.9, "attempt.cut", json!({ "attempt": case, "at": "period", "step": step })).await?;
    }
    Ok(())
}

/// What three of them said of a sprint's goal at its beginning. Tomas is surer than he may be.
pub(crate) async fn foretold(t: &Teller, number: i32, at: f64) -> Result<()> {
    let question = t.does("ines", at, "forecast_question.ask", json!({ "sprint": number.to_string() })).await?;
    let question = made(&question, "forecast_question")?;
    let chances = [("tomas", 90 - i64::from(number % 3) * 5), ("mara", 60 + i64::from(number % 4) * 8), ("ines", 75)];
    // Of the one that runs Mara and Tomas have yet to say.
    for (who, chance) in chances.into_iter().filter(|(who, _)| number < 45 || *who == "ines") {
        t.does(who, at - 0.1, "prediction.give", json!({ "forecast_question": question, "chance": chance })).await?;
    }
    Ok(())
}

/// What somebody of Orbit has written for all: a drill from a figure that once fell there, which Mara has answered; and a
/// guess that she is writing herself.
async fn written(t: &Teller) -> Result<()> {
    let drill = json!({ "challenge.toml": DRILL, "brief.md": BRIEF, "debrief.md": DEBRIEF });
    let draft =
        t.does("ines", 13.2, "challenge_draft.bring_in", json!({ "code": "holds-that-become-rides", "kind": "drill", "files": drill })).await?;
    t.does("ines", 13.1, "challenge_draft.publish", json!({ "draft": made(&draft, "challenge_draft")? })).await?;
    t.does("mara", 12.5, "attempt.drill", json!({ "challenge": "holds-that-become-rides", "parts": { "answer": "10" } })).await?;
    t.does("mara", 2.0, "challenge_draft.begin", json!({ "kind": "guesstimate", "title": "Cargo bikes on a Saturday" })).await.map(drop)
}

const DRILL: &str = r#"kind = "drill"
title = "Holds that become rides"
summary = "A share falls from one month to the next, and nobody does anything otherwise."
level = 2
minutes = 4
skills = ["mix-and-rate", "data-check"]
author = "Ines"

[question]
ask = "By how many percentage points did the share of all holds that become rides fall from May to June?"
type = "number"

[answer]
value = 10
low = 9.5
high = 10.5
unit = "percentage points"
"#;

const BRIEF: &str = "Orbit counts which part of its holds becomes a ride. In May regular riders placed 600 holds and newcomers 200; of the regulars’ holds 80 % became rides, of the newcomers’ 40 %. In June each placed 600, and both shares stayed as they were.";

const DEBRIEF: &str = "In May 480 and 80 of 800 holds became rides, 70 %. In June it was 480 and 240 of 1,200, 60 %. The share fell by **10 points**, and nothing got worse for anybody: both groups ride as often as before, and there are 160 rides more. Only the mix has moved, because newcomers place more holds than they did.

Whoever sees the one figure alone goes looking for a step of the app that broke. Ask first who is in it, and look at each group by itself. Then the question becomes why newcomers ride after two holds in five, and that is worth asking in any month.";
