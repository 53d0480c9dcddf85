//! Markup of personas.

use crate::{
    model::*,
    rows::PersonaLine,
    trend_views::{evidence, several_evidence, ways},
};
use customers::{Evidence, Segment};
use kernel::{Area, Id, Noun, Scope};
use notices::Around;
use web::{Markup, area_field, command_form, disclosure, empty, field, html, join, pill, select, small_act};

fn choices(segments: &[Segment], own: Option<Id<Segment>>) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "No segment yet".to_owned())];
    all.extend(segments.iter().map(|segment| (segment.id().to_string(), segment.name.clone())));
    // One that is gone stays until another is chosen.
    all.extend(
        own.filter(|own| segments.iter().all(|segment| segment.id() != *own)).map(|own| (own.to_string(), "A segment that is gone".to_owned())),
    );
    all
}

fn fields(segments: &[Segment], persona: Option<&Persona>) -> Markup {
    let text = |of: fn(&Persona) -> &String| persona.map_or("", |p| of(p).as_str());
    let own = persona.and_then(|p| p.segment);
    html! {
        (field("name", "Name", text(|p| &p.name)))
        (select("segment", "Segment", &choices(segments, own), &own.map(|id| id.to_string()).unwrap_or_default()))
        (area_field("quote", "What they would say", text(|p| &p.quote), 2))
        (area_field("goals", "Goals", text(|p| &p.goals), 2))
        (area_field("frustrations", "Frustrations", text(|p| &p.frustrations), 2))
        (area_field("context", "Where and how they live or work with it", text(|p| &p.context), 2))
    }
}

pub(crate) fn create_button(scope: &Scope, segments: &[Segment]) -> Markup {
    disclosure("new-persona", "Describe a persona", "primary", command_form(scope, AREA, "persona.create", "Describe", fields(segments, None)))
}

/// Whether it is researched or assumed, by what stands behind it.
fn standing(line: &PersonaLine) -> Markup {
    html! { @match (line.researched, line.evidence) {
        (Some(true), Some(pieces)) => { (pill("good", "researched")) " " span.quiet { (several_evidence(pieces)) } }
        (Some(false), Some(pieces)) => { (pill("warning", "assumed")) " " span.quiet { (pieces) " of " (RESEARCHED) " pieces of evidence" } }
        _ => {}
    } }
}

pub(crate) fn page(scope: &Scope, lines: &[PersonaLine]) -> Markup {
    html! {
        (ways("personas"))
        @if lines.is_empty() {
            (empty("circle-user", "Nobody is described yet", "A persona is one person who stands for a segment: what they want, what gets in their way, where they live with it. It counts as assumed until three pieces of evidence stand behind it. The Manager decides here.", html! {}))
        } @else {
            div.list-head { h2 { "Personas" span.quiet { " " (lines.len()) } } (web::downloads(scope, "personas", "")) }
            p.hint { "Assumed until " (RESEARCHED) " pieces of evidence stand behind it, then researched. How large a segment is and how it grows stands under " a href="customer-list" { "Customers and segments" } "." }
            div.profiles { @for line in lines { @let p = &line.persona; article.tile data-knot={ "persona:" (p.id()) } {
                h3 { a href={ "?open=" (p.id()) } data-panel dir="auto" { (p.name) } }
                p.byline { @if line.segment_name.is_empty() { "Of no segment" } @else { bdi { (line.segment_name) } } }
                p { (standing(line)) }
                @if !p.quote.is_empty() { blockquote dir="auto" { (p.quote) } }
                dl.in-short { @for (says, text) in [("Wants", &p.goals), ("Suffers from", &p.frustrations), ("Lives with it", &p.context)] { @if !text.is_empty() { div { dt { (says) } dd dir="auto" { (web::clipped(text, 200)) } } } } }
            } } }
        }
    }
}

pub(crate) fn panel(
    scope: &Scope,
    line: &PersonaLine,
    segments: &[Segment],
    behind: &[Evidence],
    around: &Around,
    history: &activity::History,
) -> Markup {
    let (p, id) = (&line.persona, line.persona.id().to_string());
    html! {
        p.crumb data-thing={ "persona:" (id) } { "Persona" @if let Some(segment) = p.segment.filter(|_| !line.segment_name.is_empty()) { " · " a href={ "customer-list?open=" (segment) } { bdi { (line.segment_name) } } } " · " a href={ "thread?of=persona&id=" (id) } { "Thread" } }
        h2 dir="auto" { (p.name) }
        p { (standing(line)) }
        @if p.segment.is_some() && line.segment_name.is_empty() { p.hint { "Its segment was removed or merged. Choose another by Edit." } }
        @if !p.quote.is_empty() { blockquote dir="auto" { (p.quote) } }
        @for (name, text) in [("Goals", &p.goals), ("Frustrations", &p.frustrations), ("Where and how they live with it", &p.context)] {
            h3 { (name) } @if text.is_empty() { p.hint { "Nobody has written it down yet." } } @else { div.prose { (web::text::markdown(text)) } }
        }
        @if scope.sees(Area::Customers) { h3 { "What stands behind it" } (evidence(scope, Persona::TABLE, p.meta.id, behind)) }
        @if p.segment.is_none() && !segments.is_empty() { p { (join(scope, "persona", p.meta.id, "segment", "Say of which segment", "plain")) } }
        div.row {
            (disclosure("edit-persona", "Edit", "", command_form(scope, AREA, "persona.edit", "Save", html! {
                input type="hidden" name="persona" value=(id); input type="hidden" name="version" value=(p.meta.version); (fields(segments, Some(p))) })))
            (small_act(scope, AREA, "persona.remove", &[("persona", &id)], "trash-2", "Remove persona"))
        }
        (around.view(scope, p.meta.id))
        (activity::history_view(scope, history))
    }
}
