//! Markup of all sessions, and of beginning one.

use crate::{model::*, rows::ToVote};
use kernel::{Area, Noun, Scope, Standing};
use people::Seer;
use scale::EstimateScale;
use web::{Markup, action, avatar, date, disclosure, empty, field, html, input, keyed, limited, pill, several};

pub(crate) struct All {
    pub sessions: Vec<Poker>,
    pub waiting: Vec<ToVote>,
    pub people: Vec<Seer>,
    /// Stories without a size: number and title.
    pub offered: Vec<(i64, String)>,
    pub scale: Option<EstimateScale>,
}

/// What it is for, in a sentence.
pub(crate) const LEAD: &str = "Each lays a card in secret, all are turned over at once, and whoever lies furthest out speaks first.";

pub(crate) fn all(scope: &Scope, all: &All) -> Markup {
    let (on, over): (Vec<&Poker>, Vec<&Poker>) = all.sessions.iter().partition(|poker| poker.ended_at.is_none());
    html! {
        p.crumb { a href="backlog" { "Backlog" } }
        p.lead { (LEAD) }
        @if !all.waiting.is_empty() { section { h2 { "Waiting for you" } ul.lines { @for one in &all.waiting { (to_vote_line(scope, one)) } } } }
        @if all.sessions.is_empty() {
            @let what = if all.offered.is_empty() { "Every open story has a size. As soon as one has none, it can be estimated here." } else { "Choose stories without a size and who lays cards: all at one table, or each alone until a day." };
            (empty("square-kanban", "No planning poker yet", what, html! {}))
        }
        @if !on.is_empty() { section { h2 { "Going on" } ul.lines { @for poker in on { (line(scope, poker)) } } } }
        @if !over.is_empty() { section { h2 { "Before" } ul.lines { @for poker in over { (line(scope, poker)) } } } }
        (scale::form(scope, all.scale.as_ref()))
    }
}

/// What is said to whoever does not see sizes.
pub(crate) fn unseen(scope: &Scope) -> Markup {
    html! { p.crumb { a href="backlog" { "Backlog" } } (empty("square-kanban", "Sizes are not shown to you here", &web::who_decides(scope, Area::Estimates), html! {})) }
}

fn line(scope: &Scope, poker: &Poker) -> Markup {
    html! { li { a.what href={ "poker?session=" (poker.id()) } dir="auto" { (poker.title) }
        @match (poker.ended_at, &poker.ends_on) {
            (Some(at), _) => { span.quiet { "ended " (web::time(scope, at, scope.now)) } }
            (None, Some(day)) => { span.quiet { "until " (until(scope, day, poker.ends_at)) } }
            (None, None) => { (pill("neutral", "at one table")) span.quiet { (web::time(scope, poker.meta.created_at, scope.now)) } }
        }
        span.quiet { @match poker.asked.len() { 1 => { "1 person" } n => { (n) " people" } } }
    } }
}

/// Planning poker that waits for its reader.
pub fn to_vote_line(scope: &Scope, one: &ToVote) -> Markup {
    html! { li { a.what href={ "poker?session=" (one.id.simple()) } { "Estimate: " bdi { (one.title) } }
    span.quiet { (several(one.stories, "story")) @if let Some(day) = &one.ends_on { " until " (until(scope, day, one.ends_at)) } } } }
}

/// Until when cards are laid: the last day, or the very hour where one was named.
pub(crate) fn until(scope: &Scope, day: &str, at: Option<i64>) -> Markup {
    html! { @match at { Some(at) => { (web::when::exact(at, &scope.who.zone)) } None => { (date(scope, day)) } } }
}

/// Opens the form that begins a session; none for whoever may not.
pub(crate) fn begin_button(scope: &Scope, all: &All) -> Markup {
    html! { @if may_begin(scope).is_ok() && !all.offered.is_empty() && !all.people.is_empty() {
        (disclosure("begin-poker", "Begin planning poker", "primary", begin_form(scope, all)))
    } }
}

fn begin_form(scope: &Scope, all: &All) -> Markup {
    html! { form.stack method="post" action=(action(scope, "poker.begin")) data-act data-go="poker?session=newest" {
        input type="hidden" name="_back" value={ (web::product_path(scope)) "/poker?session=newest" };
        (limited("poker.begin", html! { (field("title", "What it is called", "Planning poker")) }))
        fieldset.choices { legend { "Stories without a size, in the order of the backlog" }
            div.picks { @for (n, (number, title)) in all.offered.iter().enumerate() { label.check { input type="checkbox" name="stories" value=(number) checked[n < 5]; (keyed(scope, *number, title)) } } }
            span.error data-error="stories" {} }
        fieldset.choices { legend { "Who lays cards" }
            div.picks { @for person in &all.people { label.check { input type="checkbox" name="asked" value=(person.id.simple()) checked[person.standing >= Standing::Signs]; (avatar(&person.name)) bdi { (person.name) } } } }
            span.error data-error="asked" {} }
        div.pair { (input("date", "ends_on", "Each alone until (leave empty where all sit together)", "")) (input("time", "ends_time", "At (optional)", "")) }
        p.hint { "Nobody reads a card before all are turned over: by you, by the last one to lay theirs, at the hour that is named here, or on the morning after the last day." }
        p.error data-error="" {} div.row { button.primary type="submit" { "Deal the cards" } }
    } }
}
