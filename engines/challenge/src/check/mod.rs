//! What can be told of an answer without a model: checks, each with what it found and the words it rests on, from them
//! a level for each row of the rubric that has any, and a total.
//!
//! A check looks at an answer as a reader with a list would: is the second way independent of the first, do the sums
//! of the actions keep the limits, does the choice follow from the table. It reads no anchor and knows no mark. What is
//! said twice counts once.

mod design;
mod guesstimate;
mod hidden;
mod part;
mod rivals;
mod rootcause;
mod sense;
mod strategy;
mod weights;
mod who;
mod words;

use crate::{Answer, Challenge, Kind, read::Own};
use part::Part;
use std::collections::BTreeSet;

/// What one check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is called; the same for all answers.
    pub check: &'static str,
    /// What it belongs to (`aspect`), such as `diagnosis`.
    pub aspect: &'static str,
    /// How far what is looked for is there, 0 to 1.
    pub share: f64,
    /// One sentence.
    pub says: String,
    /// Words of the answer that it rests on.
    pub words: Vec<String>,
}

/// The level of a row of the rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub row: String,
    /// 1 to 5.
    pub level: f64,
    /// Places in [`Checked::findings`].
    pub findings: Vec<usize>,
}

/// An answer that has been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub findings: Vec<Finding>,
    /// Rows of the rubric that have a check, in their order.
    pub levels: Vec<Level>,
    /// 1 to 5, from all findings: each counts by its weight and that of its row. `None` where no row has a check.
    pub total: Option<f64>,
}

/// What a row is worth before any check.
const DOUBT: f64 = 0.15;

/// What a check without a weight counts in the level of a row that has no other.
const RARE: f64 = 0.25;
/// What reads the text for the rows on what an answer hangs on, which too few challenges have to set a weight by.
const LEVER: &str = "lever with its effect";
/// What counts in the level of its row whatever its weight. Authors' answers seldom lack it, so it parts them little; whoever
/// lacks it is to be told all the same.
const ALWAYS: &[(&str, &[&str])] =
    &[("goal", &["goal measured", "goal from and to", "goal for whom", "one goal", "goal whole"]), ("diagnosis", &["worked out"])];

/// Weights of checks by their names.
pub type Weights = [(&'static str, f64)];

impl Challenge {
    /// Checks an answer; a drill has none.
    pub fn check(&self, answer: &str) -> Checked {
        self.check_by(answer, weights::of(self.kind))
    }

    /// Checks an answer with other weights of the checks than the usual ones.
    pub fn check_by(&self, answer: &str, weights: &Weights) -> Checked {
        let findings = self.findings(&Answer::read(self.kind, answer));
        self.judge(findings, weights)
    }

    /// All that the checks of the kind find.
    pub fn findings(&self, answer: &Answer) -> Vec<Finding> {
        let read = Read::of(answer);
        let mut found = Found(vec![]);
        match &self.own {
            Own::Guesstimate(own) => guesstimate::check(self, own, &read, &mut found),
            Own::Strategy(own) => strategy::check(self, own, &read, &mut found),
            Own::Design(own) => design::check(self, own, &read, &mut found),
            Own::RootCause(own) => rootcause::check(self, own, &read, &mut found),
            Own::Drill(_) => {}
        }
        found.0
    }

    /// Levels and total from findings.
    pub fn judge(&self, findings: Vec<Finding>, weights: &Weights) -> Checked {
        let rows: BTreeSet<&str> = self.rubric.iter().map(|row| aspect(&row.id)).collect();
        let weight = |check: &str| weights.iter().find(|(name, _)| *name == check).map_or(0.0, |(_, weight)| *weight);
        let mut levels = vec![];
        let (mut sum, mut all) = (0.0, 0.0);
        for row in &self.rubric {
            let of_row: Vec<usize> = (0..findings.len()).filter(|at| home(self.kind, findings[*at].aspect, &rows) == aspect(&row.id)).collect();
            let telling = |at: &usize| weight(findings[*at].check) > 0.0;
            let known: f64 = of_row.iter().map(|at| weight(findings[*at].check)).sum();
            let there: f64 = of_row.iter().map(|at| weight(findings[*at].check) * findings[*at].share).sum();
            sum += row.weight * there;
            all += row.weight * known;
            // What few challenges have is shown all the same; how much it tells nothing says, so it counts in its row alone.
            let rare = !of_row.iter().any(telling);
            let always = |at: &usize| {
                let Finding { check, aspect: of, .. } = &findings[*at];
                *of == aspect(&row.id) && (*check == LEVER || ALWAYS.iter().any(|(row, checks)| row == of && checks.contains(check)))
            };
            let mut own: Vec<usize> = of_row.into_iter().filter(|at| rare || telling(at) || always(at)).collect();
            let worth = |at: &usize| if telling(at) { weight(findings[*at].check) } else { RARE };
            let known: f64 = own.iter().map(worth).sum();
            let there: f64 = own.iter().map(|at| worth(at) * findings[*at].share).sum();
            // One sentence of several checks is read once.
            own.dedup_by(|b, a| findings[*a].says == findings[*b].says);
            if known > 0.0 {
                // A row whose checks tell little stays near the middle.
                let level = 1.0 + 4.0 * (there + DOUBT * 0.5) / (known + DOUBT);
                levels.push(Level { row: row.id.clone(), level, findings: own });
            }
        }
        let total = (all > 0.0).then(|| 1.0 + 4.0 * sum / all);
        Checked { findings, levels, total }
    }
}

/// What rows are about, whatever they are called.
fn aspect(row: &str) -> &str {
    match row {
        "second" => "second-way",
        "arithmetic" => "units",
        "calibration" => "interval",
        row => row,
    }
}

/// The aspect whose row a finding counts in: its own, or what it is part of where the rubric has no such row.
fn home(kind: Kind, own: &'static str, rows: &BTreeSet<&str>) -> &'static str {
    let wider: &[(&str, &str)] = match kind {
        Kind::Guesstimate => {
            &[("units", "structure"), ("second-way", "structure"), ("interval", "answer"), ("sensitivity", "assumptions"), ("answer", "interval")]
        }
        Kind::Design => &[("summary", "problem"), ("accessibility", "needs")],
        Kind::RootCause => &[("hypotheses", "clarity"), ("ruled-out", "hypotheses"), ("funnel", "narrowing"), ("confidence", "cause")],
        Kind::Strategy | Kind::Drill => &[],
    };
    match wider.iter().find(|(from, _)| *from == own && !rows.contains(own)) {
        Some((_, to)) => to,
        None => own,
    }
}

/// An answer by its parts.
struct Read<'a> {
    answer: &'a Answer,
    parts: Vec<(&'static str, Part)>,
    whole: String,
}

impl Read<'_> {
    fn of(answer: &Answer) -> Read<'_> {
        let texts: Vec<&str> = answer.kind.headings().iter().map(|heading| answer.part(heading)).collect();
        let parts: Vec<(&'static str, Part)> = answer.kind.headings().iter().copied().zip(Part::all(&texts)).collect();
        let whole = parts.iter().map(|(_, part)| part.text.as_str()).collect::<Vec<_>>().join("\n");
        Read { answer, parts, whole }
    }

    /// What stands below a heading of the kind.
    fn part(&self, heading: &str) -> &Part {
        let at = self.parts.iter().position(|(known, _)| *known == heading).unwrap_or(0);
        &self.parts[at].1
    }
}

/// Findings as they come.
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, aspect: &'static str, check: &'static str, share: f64, says: impl Into<String>, words: Vec<String>) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.0.push(Finding { check, aspect, share, says: says.into(), words });
    }
}
