//! Markup of one competitor, and of one capability.

use crate::{
    matrix_rows::Matrix,
    matrix_views::{checked, competitor_fields, says},
    model::*,
};
use kernel::{Noun, Scope};
use notices::Around;
use web::{Markup, act, area_field, command_form, disclosure, field, html, small_act, text::link_out};

pub(crate) fn competitor(scope: &Scope, c: &Competitor, matrix: &Matrix, around: &Around, history: &activity::History) -> Markup {
    let id = c.id().to_string();
    html! {
        p.crumb { "Competitor" }
        h2 dir="auto" { (c.name) }
        p.byline { (checked(scope, c, &matrix.today)) @if !c.url.is_empty() { " · " (link_out(&c.url)) } }
        div.row {
            (act(scope, AREA, "competitor.check", &[("competitor", &id)], "Checked today", ""))
            (disclosure("edit-competitor", "Edit", "plain", command_form(scope, AREA, "competitor.edit", "Save", html! {
                input type="hidden" name="competitor" value=(id); input type="hidden" name="version" value=(c.meta.version); (competitor_fields(Some(c))) })))
            (small_act(scope, AREA, "competitor.remove", &[("competitor", &id)], "trash-2", "Remove competitor, with its column of the matrix"))
        }
        @for (name, text) in [("Positioning", &c.positioning), ("Strengths", &c.strengths), ("Weaknesses", &c.weaknesses), ("Pricing", &c.pricing)] {
            h3 { (name) } @if text.is_empty() { p.hint { "Nobody has written it down yet." } } @else { div.prose { (web::text::markdown(text)) } }
        }
        h3 { "What they can do, beside us" }
        @let known: Vec<&Capability> = matrix.capabilities.iter().filter(|capability| matrix.cell(capability.id(), Some(c.id())).is_some()).collect();
        @if known.is_empty() { p.hint { "Nothing of theirs stands in the matrix yet." } }
        @else { table.list.capabilities-beside { thead { tr { th { "Capability" } th { "They" } th { "We" } } }
            tbody { @for capability in known { tr {
                td { a href={ "competitors?capability=" (capability.id()) "&of=" (id) } data-panel dir="auto" { (capability.name) } }
                td { @if let Some(grade) = matrix.cell(capability.id(), Some(c.id())) { (says(grade.level)) } }
                td { @match matrix.cell(capability.id(), None) { Some(grade) => { (says(grade.level)) } None => { span.quiet { "not known" } } } }
            } } } } }
        (around.view(scope, c.meta.id))
        (activity::history_view(scope, history))
    }
}

pub(crate) fn capability(
    scope: &Scope,
    ours: &str,
    capability: &Capability,
    matrix: &Matrix,
    around: &Around,
    history: &activity::History,
) -> Markup {
    let id = capability.id().to_string();
    html! {
        p.crumb { "Capability" }
        h2 dir="auto" { (capability.name) }
        @if capability.note.is_empty() { p.hint { "Nobody has said yet what counts as full here." } } @else { div.prose { (web::text::markdown(&capability.note)) } }
        h3 { "Who can do it" }
        ul.lines { @for (of, name, competitor) in std::iter::once(("us".to_owned(), ours, None)).chain(matrix.competitors.iter().map(|c| (c.id().to_string(), c.name.as_str(), Some(c.id())))) {
            li { a.what href={ "competitors?capability=" (id) "&of=" (of) } data-panel dir="auto" { (name) } span.quiet { @match matrix.cell(capability.id(), competitor) { Some(grade) => { (says(grade.level)) } None => { "not known" } } } } } }
        div.row {
            (disclosure("edit-capability", "Edit", "", command_form(scope, AREA, "capability.edit", "Save", html! {
                input type="hidden" name="capability" value=(id); input type="hidden" name="version" value=(capability.meta.version);
                (field("name", "Capability", &capability.name)) (area_field("note", "What counts as full", &capability.note, 3)) })))
            (small_act(scope, AREA, "capability.remove", &[("capability", &id)], "trash-2", "Remove capability, with its row of the matrix"))
        }
        (around.view(scope, capability.meta.id))
        (activity::history_view(scope, history))
    }
}
