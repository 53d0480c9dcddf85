//! Markup of one cell of the matrix: what was seen last, what was seen before, and noting it anew.

use crate::{matrix_rows::Age, matrix_views::says, model::*, trend_views::evidence};
use customers::Evidence;
use kernel::{Id, Noun, Scope, Uuid};
use std::collections::HashMap;
use web::{Markup, area_field, capital, command_form, date, disclosure, field, html, input, pill, select, small_act, text::link_out};

/// One cell with its past.
pub(crate) struct Cell<'a> {
    pub capability: &'a Capability,
    pub competitor: Option<&'a Competitor>,
    /// What the product is called.
    pub ours: &'a str,
    /// What was seen last first.
    pub seen: &'a [Grade],
    pub behind: &'a HashMap<Uuid, Vec<Evidence>>,
    pub today: &'a str,
}

fn levels() -> Vec<(String, String)> {
    Level::ALL.iter().map(|level| (level.to_string(), capital(level.says()))).collect()
}

fn fields(grade: Option<&Grade>, today: &str) -> Markup {
    html! {
        div.pair { (select("level", "How well", &levels(), grade.map_or("full", |g| g.level.word()))) (input("date", "seen_on", "Seen on", grade.map_or(today, |g| g.seen_on.as_str()))) }
        (field("source", "Where it was seen", grade.map_or("", |g| &g.source)))
        (field("url", "Address", grade.map_or("", |g| &g.url)))
        (area_field("note", "Note", grade.map_or("", |g| &g.note), 2))
    }
}

pub(crate) fn panel(scope: &Scope, cell: &Cell) -> Markup {
    let Cell { capability, competitor, ours, seen, today, .. } = *cell;
    let whose = competitor.map_or(ours, |c| c.name.as_str());
    html! {
        p.crumb { a href={ "competitors?capability=" (capability.id()) } data-panel { bdi { (capability.name) } } " · "
            @match competitor { Some(c) => { a href={ "competitors?open=" (c.id()) } data-panel { bdi { (c.name) } } } None => { bdi { (ours) } } } }
        h2 dir="auto" { (capability.name) ", " (whose) }
        @if !capability.note.is_empty() { p.hint dir="auto" { "Full is: " (capability.note) } }
        @match seen.first() {
            None => { p.hint { "Nobody has noted yet how well " bdi { (whose) } " does this." } }
            Some(now) => {
                p { strong { (says(now.level)) } @if Age::of(&now.seen_on, today) == Age::Old { " " (pill("warning", "old: look again")) } }
                (told(scope, now))
                h3 { "Why we think so" }
                (evidence(scope, Grade::TABLE, now.meta.id, cell.behind.get(&now.meta.id).map_or(&[], Vec::as_slice)))
            }
        }
        div.row {
            (disclosure("note-grade", if seen.is_empty() { "Note it" } else { "Note it anew" }, if seen.is_empty() { "primary" } else { "" }, command_form(scope, AREA, "grade.note", "Note it", html! {
                input type="hidden" name="capability" value=(capability.id()); @if let Some(c) = competitor { input type="hidden" name="competitor" value=(c.id()); } (fields(None, today)) })))
            @if let Some(now) = seen.first() { (own_acts(scope, now, today)) }
        }
        @if seen.len() > 1 { h3 { "What was seen before" }
            ul.lines { @for grade in &seen[1..] { li.long.noted { span { strong { (says(grade.level)) } } (told(scope, grade)) div.row { (own_acts(scope, grade, today)) }
                @let behind = cell.behind.get(&grade.meta.id).map_or(0, Vec::len); @if behind > 0 { p.quiet { (crate::trend_views::several_evidence(behind as i64)) } } } } } }
    }
}

/// Where and when it was seen.
fn told(scope: &Scope, grade: &Grade) -> Markup {
    html! {
        p.byline { "Seen " (date(scope, &grade.seen_on)) @if !grade.source.is_empty() { " · " bdi { (grade.source) } } @if !grade.url.is_empty() { " · " (link_out(&grade.url)) } }
        @if !grade.note.is_empty() { p dir="auto" { (grade.note) } }
    }
}

/// A slip is set right; what has changed is noted anew.
fn own_acts(scope: &Scope, grade: &Grade, today: &str) -> Markup {
    let id: Id<Grade> = grade.id();
    html! {
        (disclosure(&format!("edit-grade-{id}"), "Set right", "plain", command_form(scope, AREA, "grade.edit", "Save", html! {
            input type="hidden" name="grade" value=(id); input type="hidden" name="version" value=(grade.meta.version); (fields(Some(grade), today)) })))
        (small_act(scope, AREA, "grade.remove", &[("grade", &id.to_string())], "trash-2", "Remove this from the matrix"))
    }
}
