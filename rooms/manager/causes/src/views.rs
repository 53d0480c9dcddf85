//! Markup of root causes: the list, one inquiry with its figures, what may be the cause, and what was found.

use crate::{
    model::*,
    part_views,
    rows::{Hanging, Listed},
};
use kernel::{Area, Noun, Scope};
use notices::Around;
use web::{
    Markup, act, action, area_field, capital, command_form, disclosure, empty, field, html, may, options, pill, product_path, select, several,
    small_act, time,
};

pub(crate) fn listed(scope: &Scope, inquiries: &[Listed], begin: Markup) -> Markup {
    html! {
        p.crumb { a href="measures" { "Measures" } }
        p.lead { "Why did a figure fall, or rise? Bring in what it was before and after by country, device or the like: the parts that explain most come first." }
        (begin)
        @if inquiries.is_empty() { (empty("chart-line", "Nothing is asked yet", "A table with a column for each thing that may matter is enough. What may be the cause is written down, looked into, and ends in stories and a decision. Manager and Owner both decide here.", html! {})) }
        @else { ul.lines { @for inquiry in inquiries { li.long {
            a.what href={ "causes?show=" (inquiry.id.simple()) } dir="auto" { (inquiry.title) }
            @if inquiry.asking == Asking::Settled { (pill("good", "settled")) }
            span.quiet { (inquiry.compared) " " (time(scope, inquiry.changed, scope.now)) }
            @if !inquiry.finding.is_empty() { span dir="auto" { (web::clipped(&inquiry.finding, 160)) } }
        } } } }
    }
}

pub(crate) fn one(
    scope: &Scope,
    inquiry: &Inquiry,
    looked: &crate::looked::Looked,
    (notes, hanging): (&[CauseNote], &Hanging),
    (around, history): (&Around, &activity::History),
) -> Markup {
    let id = inquiry.id().to_string();
    let hidden = html! { input type="hidden" name="inquiry" value=(id); };
    html! {
        p.crumb { a href="causes" { "Root causes" } " · " (inquiry.compared) @if let Some(measure) = inquiry.measure { " " a href={ "measures?open=" (measure) } { "The measure" } } @if inquiry.asking == Asking::Settled { " " (pill("good", "settled")) } }
        @if !inquiry.seen.is_empty() { div.prose { (web::text::markdown(&inquiry.seen)) } }
        @if inquiry.asking == Asking::Settled { (found(scope, inquiry, notes)) }
        (part_views::figures(scope, inquiry, looked))
        (fishbone(scope, inquiry, notes, hanging))
        @if inquiry.asking == Asking::Open { (found(scope, inquiry, notes)) }
        div.row.below {
            (disclosure("edit-inquiry", "Edit", "plain", command_form(scope, AREA, "inquiry.edit", "Save", html! { (hidden) input type="hidden" name="version" value=(inquiry.meta.version); (field("title", "What do you ask?", &inquiry.title)) (area_field("seen", "What was seen", &inquiry.seen, 3)) })))
            (small_act(scope, AREA, "inquiry.remove", &[("inquiry", &id)], "trash-2", "Remove the inquiry and its causes"))
        }
        (around.view(scope, inquiry.meta.id))
        (activity::history_view(scope, history))
    }
}

/// What may be the cause, by kind, each with the answers to why.
fn fishbone(scope: &Scope, inquiry: &Inquiry, notes: &[CauseNote], hanging: &Hanging) -> Markup {
    let roots = |bone: Bone| notes.iter().filter(move |note| note.under.is_none() && note.bone == bone);
    let form = html! { input type="hidden" name="inquiry" value=(inquiry.id());
    (area_field("body", "What may be the cause", "", 2)) (select("bone", "Of which kind", &options(Bone::ALL), Bone::Product.word())) };
    html! { section aria-labelledby="fishbone" { div.list-head { h2 #fishbone { "What may be the cause" } (disclosure("new-cause", "Write down a cause", "", command_form(scope, AREA, "cause_note.write", "Write it down", form))) }
        @if notes.is_empty() { p.hint { "Nothing yet. Think of each kind: the product, people, the way of working, counting, customers, the world outside. Then ask of each why, until something can be changed." } }
        div.fishbone { @for bone in Bone::ALL { @if roots(*bone).next().is_some() { section.bone { h3 { (capital(bone.says())) } ul.whys { @for note in roots(*bone) { (why(note, notes, hanging)) } } } } } }
    } }
}

/// A cause with the reasons of it.
fn why(note: &CauseNote, notes: &[CauseNote], hanging: &Hanging) -> Markup {
    let evidence = hanging.evidence.get(&note.meta.id).copied().unwrap_or(0);
    let story = note.story.and_then(|id| hanging.stories.get(&id.0));
    let below = || notes.iter().filter(|one| one.under == Some(note.id()));
    html! { li {
        a.cause.(note.held.word()) href={ "?show=" (note.inquiry) "&open=" (note.id()) } data-panel dir="auto" { (note.body) }
        " " (held(note.held))
        @if evidence > 0 { " " span.quiet { (several(evidence, "piece")) " of evidence" } }
        @if story.is_some() { " " (pill("neutral", "a story")) }
        @if below().next().is_some() { ul.whys { @for one in below() { (why(one, notes, hanging)) } } }
    } }
}

pub(crate) fn held(held: Held) -> Markup {
    match held {
        Held::Open => html! {},
        Held::Likely => pill("warning", held.says()),
        Held::RuledOut => pill("neutral", held.says()),
        Held::Confirmed => pill("good", held.says()),
    }
}

/// What was found, and what follows from it.
fn found(scope: &Scope, inquiry: &Inquiry, notes: &[CauseNote]) -> Markup {
    let id = inquiry.id().to_string();
    let confirmed: Vec<String> =
        notes.iter().filter(|note| note.held == Held::Confirmed).map(|note| format!("{} ({})", note.body, note.why)).collect();
    let begins = if inquiry.finding.is_empty() { confirmed.join("\n") } else { inquiry.finding.clone() };
    let settle = html! { input type="hidden" name="inquiry" value=(id); (area_field("finding", "The cause, and what says so", &begins, 4)) };
    html! { section aria-labelledby="found" { h2 #found { "What was found" }
        @if inquiry.finding.is_empty() { p.hint { "Not yet. Once a cause is confirmed, say it here; it can then be put to a decision." } }
        @else { div.prose { (web::text::markdown(&inquiry.finding)) } }
        div.row {
            (disclosure("settle-inquiry", if inquiry.finding.is_empty() { "Say what the cause was" } else { "Say it anew" }, "", command_form(scope, AREA, "inquiry.settle", "Settle it", settle)))
            @if inquiry.asking == Asking::Settled { (act(scope, AREA, "inquiry.reopen", &[("inquiry", &id)], "Ask again", "plain")) (decide(scope, inquiry)) }
        }
    } }
}

/// A decision about what is to be done, with what was found as its reason.
fn decide(scope: &Scope, inquiry: &Inquiry) -> Markup {
    let areas = [Area::Roadmap, Area::Backlog, Area::Commitments, Area::Customers, Area::Strategy];
    let choices: Vec<(String, String)> =
        areas.iter().filter(|area| may(scope, **area)).map(|area| (area.to_string(), capital(area.spoken()))).collect();
    let reason = format!(
        "{}\n\nFrom the inquiry [{}]({}/causes?show={}).",
        inquiry.finding,
        inquiry.title.replace(['[', ']'], ""),
        product_path(scope),
        inquiry.id()
    );
    html! { @if !choices.is_empty() { (disclosure("decide-inquiry", "Put it to a decision", "", html! { form.stack method="post" action=(action(scope, "proposal.open")) data-act {
    (web::limited("proposal.open", html! { (field("title", "What is to be decided", "")) (area_field("reason", "Why", &reason, 5)) (select("area", "About", &choices, "")) }))
    p.error data-error="" {} div.row { button.primary type="submit" { "Open the question" } }
    p.hint { "It stands under Decisions, with what was found as its reason." } } })) } }
}
