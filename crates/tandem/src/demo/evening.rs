//! A club evening at Orbit: four of them took on the same guess within ten minutes, and talked about where they differ.

use super::{Teller, made};
use kernel::{Json, Result, json};

/// Whoever took part, after how many minutes, what was written by its part, and a word to the others.
fn answers() -> [(&'static str, f64, Json, &'static str); 4] {
    [
        (
            "ines",
            6.0,
            json!({
                "scope": "Notices that go out in a normal month, a year on, not those of the launch. A phone with notices switched off gets none.",
                "model": "people = 61k to 63k people -- the brief\nper_home = 2 to 2.4 people/home\ninstalled = 12 % to 30 % -- of homes, as with our own app after a year\nphones = 1 to 1.4 phones/home\nallowed = 50 % to 80 % -- who leaves notices on\nrounds = 4 to 5.5 notices/phone/month -- three bins\nanswer = people / per_home * installed * phones * allowed * rounds",
                "second_way": "Of 62,000 people one in six has the app and three quarters of them leave it on: 7,700 phones with 4.7 notices, 36,000.",
                "assumptions": "- Installed: I trust it least; twice as many would double the answer.\n- Homes are houses, so a little more than two people.",
                "low": "12k",
                "high": "60k",
                "answer": "About 27,000 notices a month, so the step up to 100,000 is safe."
            }),
            "I thought of our own notices first.",
        ),
        (
            "tomas",
            7.5,
            json!({
                "scope": "All notices of a month, one before each round of a bin.",
                "model": "homes = 25k to 30k homes\ninstalled = 20 % to 45 %\nphones = 1 to 1.3 phones/home\nrounds = 5 to 5.5 notices/phone/month\nanswer = homes * installed * phones * rounds",
                "assumptions": "- Everybody who installs it leaves the notices on.",
                "low": "25k",
                "high": "80k",
                "answer": "Around 50,000."
            }),
            "I forgot that one can switch them off.",
        ),
        (
            "mara",
            8.0,
            json!({
                "scope": "Notices sent, not read, in a month a year after the start.",
                "model": "phones = 62k phones -- one for each of them\nshare = 10 % to 25 % -- where it is installed and left on\nrounds = 4 to 6 notices/phone/month\nanswer = phones * share * rounds",
                "second_way": "If each of 27,000 homes had it once, 140,000; a fifth of that is 28,000.",
                "low": "15k",
                "high": "90k",
                "answer": "Some 48,000; the share decides."
            }),
            "",
        ),
        (
            "jonas",
            11.5,
            json!({
                "scope": "One notice for each bin and home.",
                "model": "answer = 62k people / (2 people/home) * (4 to 6 notices/home/month)",
                "low": "100k",
                "high": "200k",
                "answer": "150,000, if everybody takes part."
            }),
            "Too late, and far too many: nobody said that all install it.",
        ),
    ]
}

const MINUTE: f64 = 1.0 / 1440.0;

pub(super) async fn told(t: &Teller) -> Result<()> {
    let plan = json!({ "challenge": "notices-bin-day", "minutes": 10 });
    let evening = made(&t.does("ines", 9.0, "club_evening.plan", plan).await?, "club_evening")?;
    let began = 8.3;
    t.does("ines", began, "club_evening.start", json!({ "evening": evening })).await?;
    for (who, minutes, parts, note) in answers() {
        let answer = json!({ "evening": evening, "parts": parts, "note": note });
        t.does(who, began - minutes * MINUTE, "club_evening.hand_in", answer).await?;
    }
    t.does("ines", began - 13.0 * MINUTE, "club_evening.reveal", json!({ "evening": evening })).await.map(drop)
}
