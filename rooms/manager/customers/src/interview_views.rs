//! Markup of interviews: the list, and one as a page: its snapshot, its guide and its notes.

use crate::{
    model::*,
    rows::Piece,
    who_views::{name_field, ways},
};
use kernel::{Area, Noun, Paged, Scope, Uuid};
use notices::Around;
use people::Person;
use web::{
    Markup, area_field, command_form, date, disclosure, disclosure_by_key, empty, field, html, icon, input, may, options, pill, select, small_act,
    text::{encode, markdown},
    when,
};

const AREA: Area = Area::Customers;

/// An interview with whom it is and how much was taken from it.
pub(crate) struct Line {
    pub interview: Interview,
    pub customer: String,
    pub segment: String,
    pub evidence: i64,
}

fn consent(interview: &Interview) -> Markup {
    let tone = match interview.consent {
        Consent::NotAsked => "warning",
        Consent::Refused => "critical",
        Consent::Given | Consent::Named => "neutral",
    };
    pill(tone, interview.consent.says())
}

fn people_field(people: &[Person], chosen: Option<Uuid>) -> Markup {
    let mut all = vec![(String::new(), "Nobody in particular".to_owned())];
    all.extend(people.iter().map(|person| (person.id.0.simple().to_string(), person.name.clone())));
    select("led_by", "Who leads it", &all, &chosen.map(|id| id.simple().to_string()).unwrap_or_default())
}

fn head_fields(scope: &Scope, people: &[Person], line: Option<&Line>) -> Markup {
    let i = line.map(|line| &line.interview);
    let me = scope.who.member.filter(|_| i.is_none());
    html! {
        div.pair { (field("participant", "Who is talked to", i.map_or("", |i| &i.participant))) (input("date", "held_on", "Day", i.map_or(&when::day(scope.now), |i| &i.held_on))) }
        div.pair { (name_field("customer", "Customer", line.map_or("", |l| &l.customer), "customers")) (name_field("segment", "Segment", line.map_or("", |l| &l.segment), "segments")) }
        div.pair { (people_field(people, i.map_or(me, |i| i.led_by.map(|id| id.0)))) (select("consent", "They agreed", &options(Consent::ALL), i.map_or(Consent::NotAsked, |i| i.consent).word())) }
    }
}

pub(crate) fn plan(scope: &Scope, people: &[Person]) -> Markup {
    let fields = html! { (head_fields(scope, people, None)) (area_field("guide", "What is to be asked", GUIDE, 5)) };
    disclosure("plan-interview", "Plan an interview", "primary", command_form(scope, AREA, "interview.plan", "Add interview", fields))
}

/// Stories of what happened tell more than wishes.
const GUIDE: &str = "- Tell me about the last time you …\n- What made that hard?\n- What did you do then?\n- Why does that matter to you?";

pub(crate) fn list(scope: &Scope, page: &Paged<Line>, first: bool) -> Markup {
    let today = when::day_in(scope.now, &scope.who.zone);
    html! {
        (ways("interviews"))
        @if page.items.is_empty() && first { (empty("message-square", "No interviews yet", "An interview has a guide, what the participant agreed to, and notes. Out of its notes quotes are taken, word for word; each is evidence and can support a need. The Manager and the Owner both decide here.", html! {})) }
        @else { div.scroll tabindex="0" role="region" aria-label="Interviews" { table.list { thead { tr { th { "Participant" } th { "Day" } th { "Agreed" } th.num.spare { "Evidence" } } }
            tbody { @for line in &page.items { @let i = &line.interview; tr.clickable data-id=(i.id()) data-open {
                td { a.title href={ "?open=" (i.id()) } { bdi { (i.participant) } } @for whose in [&line.customer, &line.segment].into_iter().filter(|name| !name.is_empty() && **name != i.participant) { " " bdi.quiet { (whose) } } }
                td { (date(scope, &i.held_on)) @if i.held_on > today { " " span.quiet { "planned" } } }
                td { (consent(i)) }
                td.num.spare { (line.evidence) }
            } } } } } }
        @if let Some(next) = &page.next { p { a.button href={ "?after=" (encode(next)) } { "Older interviews" } } }
    }
}

/// What one interview is drawn from.
pub(crate) struct One<'a> {
    pub line: &'a Line,
    pub pieces: &'a [Piece],
    pub needs: &'a [(Uuid, String)],
    pub people: &'a [Person],
    pub around: &'a Around,
    pub history: &'a activity::History,
}

pub(crate) fn one(scope: &Scope, one: &One) -> Markup {
    let i = &one.line.interview;
    let id = i.id().to_string();
    html! {
        p.crumb { a href="interviews" { "Interviews" } }
        div.columns-2.interview {
            (snapshot(scope, one))
            section { h2 { "Notes" }
                @if i.notes.is_empty() { p.hint { "What was said goes here, as close to their words as it was noted." } } @else { blockquote.transcript dir="auto" data-transcript { (i.notes) } }
                div.row {
                    (notes(scope, i))
                    @if !i.notes.is_empty() { @if i.consent == Consent::Refused { p.hint { "They did not agree to be quoted, so no evidence is taken from here." } } @else { (take(scope, i)) } }
                }
                h2 { "Guide" } @if i.guide.is_empty() { p.hint { "No guide was written." } } @else { div.prose { (markdown(&i.guide)) } }
            }
        }
        div.row {
            (disclosure_by_key(Some('e'), "edit-interview", "Edit", "", command_form(scope, AREA, "interview.edit", "Save", html! {
                input type="hidden" name="interview" value=(id); input type="hidden" name="version" value=(i.meta.version);
                (head_fields(scope, one.people, Some(one.line))) (area_field("guide", "What is to be asked", &i.guide, 5)) })))
            (small_act(scope, AREA, "interview.remove", &[("interview", &id)], "trash-2", "Remove interview"))
        }
        (one.around.view(scope, i.meta.id))
        (activity::history_view(scope, one.history))
    }
}

/// The interview on one page: who it was, their most telling words, what they need and what was learned.
fn snapshot(scope: &Scope, one: &One) -> Markup {
    let i = &one.line.interview;
    let led_by = i.led_by.and_then(|id| one.people.iter().find(|person| person.id == id)).map(|person| person.name.as_str());
    html! { section.snapshot { h2 { "Snapshot" }
        p.byline { (date(scope, &i.held_on)) @if let Some(name) = led_by { " · led by " bdi { (name) } } }
        dl.facts {
            div { dt { "Agreed" } dd { (consent(i)) } }
            @if let Some(customer) = i.customer { @if !one.line.customer.is_empty() { div { dt { "Customer" } dd { a href={ "customer-list?open=" (customer) } { bdi { (one.line.customer) } } } } } }
            @if !one.line.segment.is_empty() { div { dt { "Segment" } dd { bdi { (one.line.segment) } } } }
            div { dt { "Evidence" } dd { (one.pieces.len()) } }
        }
        @if !i.telling.is_empty() { blockquote.telling dir="auto" { (i.telling) } }
        h3 { "What was learned" }
        @if i.learned.is_empty() { p.hint { "Two or three sentences for whoever was not there." } } @else { div.prose { (markdown(&i.learned)) } }
        (learned(scope, i))
        h3 { "Needs" }
        @if one.needs.is_empty() { p.hint { "What they said supports no need yet." } }
        ul { @for (need, title) in one.needs { li { a href={ "customers?open=" (need.simple()) } dir="auto" { (title) } } } }
        h3 { "Quotes" @if !one.pieces.is_empty() { span.quiet { " " (one.pieces.len()) } } }
        @if one.pieces.is_empty() { p.hint { "No evidence was taken from the notes yet." } }
        ul.quotes { @for piece in one.pieces { li { a href={ "inbox?open=" (piece.evidence.id()) } { q dir="auto" { (piece.evidence.quote) } }
            @if piece.needs.is_empty() && piece.evidence.dismissed.is_none() { " " (pill("warning", "to triage")) } } } }
    } }
}

fn learned(scope: &Scope, i: &Interview) -> Markup {
    let fields = html! {
        input type="hidden" name="interview" value=(i.id()); input type="hidden" name="version" value=(i.meta.version);
        (area_field("telling", "Their most telling words, as they stand in the notes", &i.telling, 2))
        (area_field("learned", "What was learned", &i.learned, 5))
    };
    disclosure("learned", "Write what was learned", "plain", command_form(scope, AREA, "interview.edit", "Save", fields))
}

fn notes(scope: &Scope, i: &Interview) -> Markup {
    let fields = html! { input type="hidden" name="interview" value=(i.id()); input type="hidden" name="version" value=(i.meta.version); (area_field("notes", "Notes, or a transcript", &i.notes, 16)) };
    disclosure(
        "interview-notes",
        if i.notes.is_empty() { "Write notes" } else { "Edit notes" },
        "",
        command_form(scope, AREA, "interview.edit", "Save notes", fields),
    )
}

/// Quotes are taken by selecting them.
fn take(scope: &Scope, i: &Interview) -> Markup {
    let fields = html! {
        input type="hidden" name="interview" value=(i.id());
        p.hint { "Select words in the notes and take them over, or type them, with an empty line between two quotes. What you leave out within a quote is told by “…”." }
        button type="button" hidden data-take-quote { (icon("quote")) "Take what is selected" }
        label.field { span { "Quotes" } textarea name="quotes" rows="8" dir="auto" data-keep data-quotes {} span.error data-error="quotes" {} }
    };
    html! { @if may(scope, AREA) { (disclosure_by_key(Some('s'), "split-interview", "Take quotes from the notes", "primary", command_form(scope, AREA, "interview.split", "Record these quotes", fields))) } }
}
