//! Markup of risks.

use crate::model::*;
use kernel::{Area, Id, Noun, Scope};
use notices::Around;
use people::{Member, Person};
use web::{Markup, area_field, capital, command_form, disclosure, empty, field, html, options, pill, select, small_act};

fn people(all: &[Person]) -> Vec<(String, String)> {
    let mut people = vec![(String::new(), "Nobody yet".to_owned())];
    people.extend(all.iter().map(|person| (person.id.to_string(), person.name.clone())));
    people
}

fn fields(risk: Option<&Risk>, all: &[Person]) -> Markup {
    let degree = |of: fn(&Risk) -> Degree| risk.map_or(Degree::Middling, of).word();
    let owner = risk.and_then(|r| r.owner).map(|id| id.to_string()).unwrap_or_default();
    html! {
        (field("title", "What may happen", risk.map_or("", |r| &r.title)))
        div.pair { (select("likelihood", "How likely", &options(Degree::ALL), degree(|r| r.likelihood))) (select("impact", "How bad", &options(Degree::ALL), degree(|r| r.impact))) }
        (area_field("note", "What it would do, and how you would notice", risk.map_or("", |r| &r.note), 3))
        (area_field("response", "What is done about it", risk.map_or("", |r| &r.response), 3))
        (select("owner", "Who watches it", &people(all), &owner))
    }
}

pub(crate) fn add_button(scope: &Scope, all: &[Person]) -> Markup {
    disclosure("new-risk", "Write down a risk", "primary", command_form(scope, AREA, "risk.add", "Write it down", fields(None, all)))
}

fn name(all: &[Person], owner: Option<Id<Member>>) -> Markup {
    html! { @match owner { None => { span.quiet { "nobody yet" } } Some(owner) => { bdi { (people::name_among(all, owner.0)) } } } }
}

/// How heavy it is, in a word: 6 and 9 of 9 are heavy, 3 and 4 middling.
fn heavy(risk: &Risk) -> Markup {
    match risk.weight() {
        6.. => pill("critical", "heavy"),
        3.. => pill("warning", "middling"),
        _ => pill("neutral", "light"),
    }
}

pub(crate) fn page(scope: &Scope, risks: &[Risk], all: &[Person]) -> Markup {
    let (open, past): (Vec<&Risk>, Vec<&Risk>) = risks.iter().partition(|risk| risk.state == RiskState::Open);
    html! {
        (strategy::ways("risks"))
        @if risks.is_empty() { (empty("octagon-alert", "No risk is written down", &format!("A risk is something that may happen and would harm the product. Say how likely and how bad it is, what is done about it and who watches it; a note on a canvas can become one. {}", web::who_decides(scope, AREA)), html! {})) }
        @if !open.is_empty() { section { h2 { "Open" span.quiet { " " (open.len()) } }
            p.hint { "The heaviest first: how likely times how bad." }
            div.scroll tabindex="0" role="region" aria-label="Open risks" { table.list.risks {
                thead { tr { th { "Risk" } th { "Weighs" } th.spare { "Likely" } th.spare { "Bad" } th { "Watched by" } } }
                tbody { @for risk in open { tr.clickable {
                    td { a href={ "?open=" (risk.id()) } data-panel dir="auto" { (risk.title) } }
                    td { (heavy(risk)) } td.spare { (capital(risk.likelihood.says())) } td.spare { (capital(risk.impact.says())) } td { (name(all, risk.owner)) }
                } } }
            } } } }
        @if !past.is_empty() { section { h2 { "Not open any more" } ul.lines { @for risk in past { li { a.what href={ "?open=" (risk.id()) } data-panel dir="auto" { (risk.title) } span.quiet { (risk.state.says()) } } } } } }
    }
}

pub(crate) fn panel(
    scope: &Scope,
    risk: &Risk,
    origin: Option<&CanvasNote>,
    all: &[Person],
    (around, history): (&Around, &activity::History),
) -> Markup {
    let id = risk.id().to_string();
    html! {
        p.crumb data-thing={ "risk:" (id) } { "Risk · " a href={ "thread?of=risk&id=" (id) } { "Thread" } }
        h2 dir="auto" { (risk.title) }
        dl.facts {
            div { dt { "Stands" } dd { (capital(risk.state.says())) } }
            div { dt { "Likely" } dd { (capital(risk.likelihood.says())) } }
            div { dt { "Bad" } dd { (capital(risk.impact.says())) } }
            div { dt { "Weighs" } dd { (heavy(risk)) } }
            div { dt { "Watched by" } dd { (name(all, risk.owner)) } }
        }
        div.row {
            (disclosure("edit-risk", "Edit", "", command_form(scope, Area::Strategy, "risk.edit", "Save", html! {
                input type="hidden" name="risk" value=(id); input type="hidden" name="version" value=(risk.meta.version); (fields(Some(risk), all)) (select("state", "What became of it", &options(RiskState::ALL), risk.state.word())) })))
            (small_act(scope, AREA, "risk.remove", &[("risk", &id)], "trash-2", "Remove this risk"))
        }
        @for (says, text) in [("What it would do", &risk.note), ("What is done about it", &risk.response)] {
            h3 { (says) } @if text.is_empty() { p.hint { "Nobody has written it down yet." } } @else { div.prose { (web::text::markdown(text)) } }
        }
        @if let Some(note) = origin { h3 { "Where it is from" } p { a href={ "canvases?show=" (note.canvas) "&open=" (note.id()) } dir="auto" { (note.body) } } }
        (around.view(scope, risk.meta.id))
        (activity::history_view(scope, history))
    }
}
