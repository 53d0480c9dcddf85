//! What somebody of the sample product has practised.

use super::{Teller, made};
use kernel::{Result, json};

/// What Mara has practised: a few drills, a guess that was marked, which Ines has tried too, and a case that she is in the
/// middle of.
pub(crate) async fn told(t: &Teller) -> Result<()> {
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
