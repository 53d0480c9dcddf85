//! Markup of a canvas as it stood on a past day: its notes with what hung on them then, its fit of that day beside today's, and
//! what has changed since.

use crate::{
    canvas_views::{as_of, marks},
    fit::Fit,
    fit_view,
    model::*,
    rows::Whole,
};
use kernel::{Scope, Uuid};
use std::collections::{HashMap, HashSet};
use web::{Markup, capital, date, html, several, telling::percent};

pub(crate) fn page(scope: &Scope, (then, fit): (&Whole, Option<&Fit>), (now, fit_now): (&Whole, Option<&Fit>), day: &str) -> Markup {
    let canvas = &then.canvas;
    html! {
        (strategy::ways("canvases"))
        div.canvas-head { p.byline { (capital(canvas.kind.says())) } (as_of(canvas, Some(day))) }
        p.hint { "The canvas at the end of " (date(scope, day)) ", with what hung on it then. What it leads to opens as it is today. " (since(&then.notes, &now.notes)) (linked(then, now)) (fitted(fit, fit_now)) }
        @if let Some(fit) = fit { (fit_view::summary(fit)) }
        div.canvas.(canvas.kind) role="group" aria-label=(canvas.title) { @for cell in canvas.kind.cells() {
            section.lane aria-label=(capital(cell.says())) { header { h2 { (capital(cell.says())) } }
                @for note in then.of(*cell) { article.card.note { p dir="auto" { (note.body) } @let marks = marks(scope, then, fit, note); @if !marks.0.is_empty() { p.meta { (marks) } } } } }
        } }
        @if let Some(fit) = fit { (fit_view::table(scope, then, fit)) }
    }
}

/// Of a day before there was a canvas, no picture of it.
pub(crate) fn not_yet(scope: &Scope, canvas: &Canvas, day: &str) -> Markup {
    html! {
        (strategy::ways("canvases"))
        div.canvas-head { p.byline { (capital(canvas.kind.says())) } (as_of(canvas, Some(day))) }
        p.hint { "It was not there yet at the end of " (date(scope, day)) "." }
    }
}

/// What answers what: each link from a note to another, from a note to what it leads to, and from a bet to a need behind a note.
fn links(whole: &Whole) -> HashSet<(Uuid, Uuid)> {
    let leads = whole.notes.iter().flat_map(|note| {
        let to = [
            note.initiative.map(|id| id.0),
            note.feature.map(|id| id.0),
            note.need.map(|id| id.0),
            note.risk.map(|id| id.0),
            note.assumption_test.map(|id| id.0),
        ];
        to.into_iter().flatten().map(|to| (note.meta.id, to))
    });
    let through = whole.through.iter().flat_map(|(need, bets)| bets.iter().map(|bet| (*bet, *need)));
    whole.answers.iter().copied().chain(leads).chain(through).collect()
}

/// " 2 links made, 1 link taken away."
fn linked(then: &Whole, now: &Whole) -> String {
    let (then, now) = (links(then), links(now));
    let told: Vec<String> = [(now.difference(&then).count(), "made"), (then.difference(&now).count(), "taken away")]
        .into_iter()
        .filter(|(many, _)| *many > 0)
        .map(|(many, what)| format!("{} {what}", several(many, "link")))
        .collect();
    if told.is_empty() { String::new() } else { format!(" {}.", capital(&told.join(", "))) }
}

/// " The fit was 40 % and is 60 % today."
fn fitted(then: Option<&Fit>, now: Option<&Fit>) -> String {
    let share = |fit: Option<&Fit>| fit.and_then(|fit| fit.both().fit());
    match (share(then), share(now)) {
        (Some(then), Some(now)) if percent(then) == percent(now) => format!(" The fit was {} then, as it is today.", percent(then)),
        (Some(then), Some(now)) => format!(" The fit was {} then and is {} today.", percent(then), percent(now)),
        _ => String::new(),
    }
}

/// "Since then 2 notes were written, 1 moved to another box, 1 was changed and 3 were removed."
fn since(then: &[CanvasNote], now: &[CanvasNote]) -> String {
    let was: HashMap<Uuid, &CanvasNote> = then.iter().map(|note| (note.meta.id, note)).collect();
    let is: HashMap<Uuid, &CanvasNote> = now.iter().map(|note| (note.meta.id, note)).collect();
    let written = now.iter().filter(|note| !was.contains_key(&note.meta.id)).count();
    let removed = then.iter().filter(|note| !is.contains_key(&note.meta.id)).count();
    let both = || then.iter().filter_map(|note| Some((note, *is.get(&note.meta.id)?)));
    let moved = both().filter(|(a, b)| a.cell != b.cell).count();
    let changed = both().filter(|(a, b)| a.body != b.body).count();
    let told: Vec<String> = [(written, "written"), (moved, "moved to another box"), (changed, "changed"), (removed, "removed")]
        .into_iter()
        .filter(|(many, _)| *many > 0)
        .map(|(many, what)| format!("{} {what}", several(many, "note")))
        .collect();
    match told.is_empty() {
        true => "Nothing has changed since.".to_owned(),
        false => format!("Since then: {}.", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boxes::Cell;
    use kernel::{Id, Meta, Rank};

    #[test]
    fn what_changed_since_is_told() {
        let note = |id: u128, cell: Cell, body: &str| CanvasNote {
            meta: Meta { id: Uuid::from_u128(id), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            canvas: Id::new(Uuid::nil()),
            cell,
            body: body.to_owned(),
            rank: Rank::between(None, None),
            need: None,
            initiative: None,
            feature: None,
            risk: None,
            assumption_test: None,
        };
        let then = [note(1, Cell::Strengths, "a"), note(2, Cell::Strengths, "b"), note(3, Cell::Threats, "c")];
        let now = [note(1, Cell::Weaknesses, "a"), note(2, Cell::Strengths, "bb"), note(4, Cell::Threats, "d"), note(5, Cell::Threats, "e")];
        assert_eq!(since(&then, &now), "Since then: 2 notes written, 1 note moved to another box, 1 note changed, 1 note removed.");
        assert_eq!(since(&then, &then), "Nothing has changed since.");
    }
}
