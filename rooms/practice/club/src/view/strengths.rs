//! What one is good at and what not yet: levels by discipline and row of the rubric.

use crate::model::*;
use std::collections::BTreeMap;
use web::{Markup, empty, html, meter, several};

/// The pages about one's own practice.
pub fn ways(here: &str) -> Markup {
    let pages = [("", "Library"), ("record", "Your practice"), ("assistant", "The model"), ("strengths", "Strengths"), ("reviews", "Reviews")];
    html! { nav.chips aria-label="Pages of practice" { @for (path, says) in pages { a.chip href={ "/practice" @if !path.is_empty() { "/" (path) } } aria-current=[(path == here).then_some("page")] { (says) } " " } } }
}

/// Fewer answers tell nothing of a row yet.
const ENOUGH: usize = 3;

/// A row of a rubric over one's answers: by name, since each challenge has rows of its own.
struct Strength {
    name: String,
    levels: Vec<f64>,
}

impl Strength {
    fn mean(&self) -> f64 {
        self.levels.iter().sum::<f64>() / self.levels.len().max(1) as f64
    }

    /// Of the newer half against the older; the newest stand first.
    fn moved(&self) -> Option<f64> {
        let half = self.levels.len() / 2;
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        (half >= 2).then(|| mean(&self.levels[..half]) - mean(&self.levels[self.levels.len() - half..]))
    }
}

/// By discipline, the strongest row first.
fn found(attempts: &[Attempt]) -> Vec<(Discipline, Vec<Strength>)> {
    let mut all: BTreeMap<&str, (Discipline, BTreeMap<String, Vec<f64>>)> = BTreeMap::new();
    for attempt in attempts {
        let of = all.entry(attempt.discipline.word()).or_insert((attempt.discipline, BTreeMap::new()));
        for row in &attempt.marks.rows {
            of.1.entry(row.name.clone()).or_default().push(row.level);
        }
        // Of an invented case there are points alone; where there are rows, they have counted what has points.
        for part in attempt.marks.parts.iter().filter(|part| part.of > 0.0 && attempt.marks.rows.is_empty()) {
            of.1.entry(part.name.clone()).or_default().push(1.0 + 4.0 * (part.points / part.of).clamp(0.0, 1.0));
        }
    }
    let sorted = |(of, rows): (Discipline, BTreeMap<String, Vec<f64>>)| {
        let mut rows: Vec<Strength> = rows.into_iter().map(|(name, levels)| Strength { name, levels }).collect();
        rows.sort_by(|a, b| b.mean().total_cmp(&a.mean()));
        (of, rows)
    };
    all.into_values().map(sorted).filter(|(_, rows)| !rows.is_empty()).collect()
}

pub(crate) fn strengths(attempts: &[Attempt]) -> Markup {
    let found = found(attempts);
    html! {
        (ways("strengths"))
        p.lead { "What comes easily to you and what not yet, from the rows of the rubrics over the answers that you handed in. For your eyes alone." }
        @if found.is_empty() { (empty("target", "Nothing handed in yet", "Once you have handed in a few answers, their rows stand here, the strongest first.", html! { a.button href="/practice" { "Choose a challenge" } })) }
        @for (of, rows) in &found { section { h2 { (of.many()) }
            @let known: Vec<&Strength> = rows.iter().filter(|row| row.levels.len() >= ENOUGH).collect();
            @if let (Some(first), Some(last)) = (known.first(), known.last()) { @if first.name != last.name { p { "Strongest: " strong { (first.name) } ". To practise next: " strong { (last.name) } ". " a href={ "/practice?kind=" (of) "&done=new" } { "Something new to try it on" } } } }
            div.scroll tabindex="0" role="region" aria-label={ (of.many()) ", row by row" } { table.list.strengths {
                thead { tr { th { "Row" } th { "Level" } th.num { "Of 5" } th { "Lately" } th.num { "Answers" } } }
                tbody { @for row in rows { tr { th scope="row" { (row.name) } td { (meter(&row.name, (row.mean() - 1.0) / 4.0)) } td.num { (format!("{:.1}", row.mean())) }
                    td.quiet { @match row.moved() { Some(by) if by > 0.2 => { "rising" } Some(by) if by < -0.2 => { "falling" } Some(_) => { "the same" } None => { "too few" } } }
                    td.num { (row.levels.len()) } } } }
            } }
            @if known.is_empty() { p.hint { (several(ENOUGH, "answer")) " at least are needed before something can be said." } }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attempts::blank, library::of_program};
    use kernel::{Id, Meta, Uuid, value::Packed};

    /// The row “Interval” and the points of the interval were taken for the same, and “Distance” for a row.
    #[test]
    fn an_answer_counts_once_for_each_row() {
        let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let attempt = |challenge: &str, rows: &[&str]| {
            let rows = rows.iter().map(|name| MarkedRow { row: (*name).into(), name: (*name).into(), level: 3.0, findings: vec![] }).collect();
            let parts = ["Distance", "Interval"].map(|name| Part { name: name.into(), points: 80.0, of: 100.0 }).to_vec();
            let blank = blank(&of_program(challenge).unwrap(), Mode::Exam, nobody.clone(), Id::new(Uuid::nil()));
            Attempt { marks: Packed(Marks { rows, parts, says: vec![] }), ..blank }
        };
        let counted =
            |attempt: Attempt| found(&[attempt]).into_iter().flat_map(|(_, rows)| rows).map(|row| (row.name, row.levels.len())).collect::<Vec<_>>();
        assert_eq!(counted(attempt("airfields-brazil", &["Scope", "Interval"])).iter().map(|(_, many)| *many).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(counted(attempt("invented-1-7", &[])).len(), 2, "an invented case has points alone");
    }
}
