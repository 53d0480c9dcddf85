//! Markup of canvases: the list, and one as the well-known picture, which on a phone is a list of its boxes.

use crate::{
    boxes::{Cell, Kind},
    fit::{Fit, Stands},
    fit_view,
    model::*,
    rows::{Listed, Whole},
};
use customers::Segment;
use kernel::{Noun, Scope, Uuid};
use notices::Around;
use research::PersonaLine;
use roadmap::BetState;
use web::{
    Markup, area_field, capital, command_form, disclosure, empty, field, html, icon, line_form, may, options, pill, select, several, small_act, time,
};

/// What a canvas can be about.
pub(crate) struct Whom {
    pub segments: Vec<Segment>,
    pub personas: Vec<PersonaLine>,
}

fn choices<'a>(nobody: &str, all: impl Iterator<Item = (String, &'a str)>) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), nobody.to_owned())];
    choices.extend(all.map(|(id, name)| (id, name.to_owned())));
    choices
}

fn fields(canvas: Option<&Canvas>, whom: &Whom) -> Markup {
    let segments = choices("No segment", whom.segments.iter().map(|s| (s.id().to_string(), s.name.as_str())));
    let personas = choices("No persona", whom.personas.iter().map(|line| (line.persona.id().to_string(), line.persona.name.as_str())));
    let own = |id: Option<Uuid>| id.map(|id| id.simple().to_string()).unwrap_or_default();
    html! {
        (field("title", "What it is called", canvas.map_or("", |c| &c.title)))
        (area_field("note", "What it is about", canvas.map_or("", |c| &c.note), 2))
        @if !whom.segments.is_empty() || !whom.personas.is_empty() { div.pair {
            @if !whom.segments.is_empty() { (select("segment", "For the segment", &segments, &own(canvas.and_then(|c| c.segment).map(|id| id.0)))) }
            @if !whom.personas.is_empty() { (select("persona", "For the persona", &personas, &own(canvas.and_then(|c| c.persona).map(|id| id.0)))) } } }
    }
}

pub(crate) fn begin_button(scope: &Scope, whom: &Whom) -> Markup {
    let form = html! { (select("kind", "Which one", &options(Kind::ALL), Kind::Lean.word())) (fields(None, whom)) };
    disclosure("new-canvas", "Begin a canvas", "primary", command_form(scope, AREA, "canvas.begin", "Begin canvas", form))
}

pub(crate) fn page(scope: &Scope, listed: &[Listed]) -> Markup {
    html! {
        (strategy::ways("canvases"))
        @if listed.is_empty() { (empty("square-kanban", "No canvas yet", &format!("A canvas shows a business, a value proposition or a market on one page. Its notes rest on evidence, and what follows from them becomes an initiative, a risk or an assumption to test. {}", web::who_decides(scope, AREA)), html! {})) }
        @else { div.profiles { @for one in listed { article.tile {
            h3 { a href={ "canvases?show=" (one.canvas.id()) } dir="auto" { (one.canvas.title) } }
            p.byline { (capital(one.canvas.kind.says())) " · " (several(one.notes, "note")) " · " (time(scope, one.last, scope.now)) }
            @if !one.canvas.note.is_empty() { p dir="auto" { (web::clipped(&one.canvas.note, 200)) } }
        } } } }
        section { h2 { "What each is for" } dl.in-short.kinds { @for kind in Kind::ALL { div { dt { (capital(kind.says())) } dd { (kind.purpose()) } } } } }
    }
}

/// What stands around a canvas that is shown.
pub(crate) struct Beside<'a> {
    pub around: &'a Around,
    pub history: &'a activity::History,
    pub whom: &'a Whom,
}

pub(crate) fn one(scope: &Scope, whole: &Whole, fit: Option<&Fit>, beside: &Beside) -> Markup {
    let canvas = &whole.canvas;
    let id = canvas.id().to_string();
    html! {
        (strategy::ways("canvases"))
        (head(scope, whole))
        @if !canvas.note.is_empty() { div.prose.about { (web::text::markdown(&canvas.note)) } }
        @if let Some(fit) = fit { (fit_view::summary(fit)) }
        @if may(scope, AREA) { p.hint.keys-hint { "Drag a note to another box. By keys: " kbd { "j" } " " kbd { "k" } " go from note to note, " kbd { "Shift" } " and an arrow move one, to the next box or within its own." } }
        div.canvas.(canvas.kind) role="group" aria-label=(canvas.title) { @for cell in canvas.kind.cells() { (cell_of(scope, whole, fit, *cell)) } }
        @if let Some(fit) = fit { (fit_view::table(scope, whole, fit)) }
        div.row.below {
            (disclosure("edit-canvas", "Edit", "plain", command_form(scope, AREA, "canvas.edit", "Save", html! {
                input type="hidden" name="canvas" value=(id); input type="hidden" name="version" value=(canvas.meta.version); (fields(Some(canvas), beside.whom)) })))
            (small_act(scope, AREA, "canvas.remove", &[("canvas", &id)], "trash-2", "Remove the canvas with its notes"))
        }
        (beside.around.view(scope, canvas.meta.id))
        (activity::history_view(scope, beside.history))
    }
}

/// What kind it is, for whom, and the ways to see it otherwise.
fn head(scope: &Scope, whole: &Whole) -> Markup {
    let canvas = &whole.canvas;
    html! { div.canvas-head {
        p.byline { (capital(canvas.kind.says()))
            @if let (Some(id), Some(name)) = (canvas.segment, &whole.segment) { " · " a href={ "customer-list?open=" (id) } { bdi { (name) } } }
            @if let (Some(id), Some(name)) = (canvas.persona, &whole.persona) { " · " a href={ "personas?open=" (id) } { bdi { (name) } } }
            " · " (several(whole.notes.len(), "note")) }
        (as_of(canvas, None))
        a.button.plain href={ "canvases/" (canvas.id()) "/canvas.md" } hx-boost="false" { (icon("file-text")) "As Markdown" }
        @if may(scope, AREA) && canvas.kind == Kind::ValueProposition && canvas.persona.is_none() && canvas.segment.is_none() { p.hint { "Say under Edit whose jobs, pains and gains these are: a segment or a persona." } }
    } }
}

pub(crate) fn as_of(canvas: &Canvas, day: Option<&str>) -> Markup {
    html! { form.row.as-of method="get" { input type="hidden" name="show" value=(canvas.id());
    label.field { span { "As of" } input type="date" name="as_of" value=(day.unwrap_or("")); } button type="submit" { "Show" }
    @if day.is_some() { a.button href={ "canvases?show=" (canvas.id()) } { "Back to today" } } } }
}

fn cell_of(scope: &Scope, whole: &Whole, fit: Option<&Fit>, cell: Cell) -> Markup {
    let canvas = &whole.canvas;
    let (moves, called) = (may(scope, AREA), capital(cell.says()));
    html! { section.lane data-drop=[moves.then_some("note")] data-cell=(cell) aria-label=(called) {
        header { h2 { (called) } }
        @if whole.of(cell).next().is_none() { p.hint { (cell.question()) } }
        @for note in whole.of(cell) { (card(scope, whole, fit, note)) }
        (line_form(scope, AREA, "canvas_note.write", "Add", html! {
            input type="hidden" name="canvas" value=(canvas.id()); input type="hidden" name="cell" value=(cell);
            input type="text" name="body" placeholder="Write a note" aria-label={ "Write a note under " (called) } dir="auto" autocomplete="off" data-keep; }))
    } }
}

fn card(scope: &Scope, whole: &Whole, fit: Option<&Fit>, note: &CanvasNote) -> Markup {
    let id = note.id();
    html! { article.card.note data-id=(id) data-open tabindex="0" data-knot={ "canvas_note:" (id) } {
        a.title href={ "canvases?show=" (note.canvas) "&open=" (id) } data-panel dir="auto" { (note.body) }
        @let marks = marks(scope, whole, fit, note);
        @if !marks.0.is_empty() { p.meta { (marks) } }
    } }
}

/// What stands behind a note, and where it leads.
pub(crate) fn marks(scope: &Scope, whole: &Whole, fit: Option<&Fit>, note: &CanvasNote) -> Markup {
    let works = [note.initiative.map(|id| id.0), note.feature.map(|id| id.0)];
    html! {
        @if let Some(one) = fit.and_then(|fit| fit.of(note.meta.id)) { (stands(one.stands())) }
        @if fit.is_some_and(|fit| fit.idle.contains(&note.meta.id)) { (pill("warning", "answers nothing yet")) }
        @if let Some(pieces) = whole.evidence.get(&note.meta.id) { span { (several(pieces, "piece")) " of evidence" } }
        @for work in works.into_iter().flatten().filter_map(|id| whole.works.get(&id)) { a.key href={ "roadmap?open=" (work.number) } title=(work.title) { (scope.key(work.number)) } @if work.state == BetState::Dropped { span.quiet { "dropped" } } }
        @if let Some(title) = note.need.and_then(|id| whole.needs.get(&id.0)) { span.chip.chip-need dir="auto" { (web::clipped(title, 60)) } }
        @if let Some(risk) = note.risk.and_then(|id| whole.risks.get(&id.0)) { a href={ "risks?open=" (risk.id()) } { "risk" } }
        @if let Some(test) = note.assumption_test.and_then(|id| whole.tests.get(&id.0)) { a href={ "opportunities?test=" (test.id()) "#t-" (test.id()) } { "assumption" } }
    }
}

pub(crate) fn stands(stands: Stands) -> Markup {
    match stands {
        Stands::Answered => pill("good", "answered"),
        Stands::OnlySaid => pill("warning", "only said"),
        Stands::ByNothing => pill("critical", "by nothing"),
    }
}
