//! Markup of who is part of a decision, its days, and what it is about.

use crate::{
    beside::Beside,
    involving::arranges,
    linking::{Candidate, may_link},
};
use kernel::{Noun, Proposal, ProposalState, Scope, Uuid};
use web::{Markup, action, capital, date, html, icon, input, product_path, select};

/// A form that somebody has come to, for one proposal: what it is drawn from is read only then.
#[derive(Default)]
pub(crate) struct Come {
    /// Who can be part of it.
    pub people: Option<(Uuid, Vec<(Uuid, String)>)>,
    /// What was typed to find something, and what was found.
    pub link: Option<(Uuid, String, Vec<Candidate>)>,
}

/// "Driven by Tomas · with Ines · Priya is told".
pub(crate) fn involved(p: &Proposal, beside: &Beside) -> Markup {
    let names = |ids: &[Uuid]| html! { @for (n, id) in ids.iter().enumerate() { @if n > 0 { ", " } bdi { (beside.name(*id)) } } };
    html! { @if p.driver.is_some() || !p.contributors.is_empty() || !p.informed.is_empty() { dl.involved {
        @if let Some(driver) = p.driver { div { dt { "Driver" } dd { (names(&[driver])) } } }
        @if !p.contributors.is_empty() { div { dt { "Contributors" } dd { (names(&p.contributors)) } } }
        @if !p.informed.is_empty() { div { dt { "Informed" } dd { (names(&p.informed)) } } }
    } } }
}

/// What it is about, each with its way back out.
pub(crate) fn about(scope: &Scope, p: &Proposal, beside: &Beside) -> Markup {
    let (links, may) = (beside.links(p), may_link(p, scope).is_ok());
    html! { @if !links.is_empty() { div.about-links { span.quiet { "About" } ul { @for link in links { li {
        a.chip href=(link.thing.path) { span.quiet { (capital(&link.noun.one())) } " " @if let Some(key) = &link.thing.key { span.key { (key) } " " } bdi { (link.thing.title) } }
        @if may { form.act.small method="post" action=(action(scope, "proposal.unlink")) data-act { input type="hidden" name="link" value=(link.link);
            button.plain type="submit" aria-label={ "Not about “" (link.thing.title) "”" } title="Take this link away" { (icon("x")) } } }
    } } } } } }
}

/// The ways to the forms below.
pub(crate) fn ways(scope: &Scope, p: &Proposal, come: &Come) -> Markup {
    let id = p.meta.id.simple().to_string();
    let here = |other: Option<Uuid>| other == Some(p.meta.id);
    html! {
        @if may_link(p, scope).is_ok() && !here(come.link.as_ref().map(|(id, ..)| *id)) { a.button.plain href={ "decisions?show=" (id) "&link=" (id) "#link-" (id) } { "Link" } }
        @if p.state == ProposalState::Open && arranges(p, scope) && !here(come.people.as_ref().map(|(id, _)| *id)) { a.button.plain href={ "decisions?show=" (id) "&people=" (id) "#people-" (id) } { "People and days" } }
    }
}

/// The forms that somebody has come to.
pub(crate) fn forms(scope: &Scope, p: &Proposal, come: &Come) -> Markup {
    html! {
        @if let Some((_, typed, found)) = come.link.as_ref().filter(|(id, ..)| *id == p.meta.id) { @if may_link(p, scope).is_ok() { (link(scope, p, typed, found)) } }
        @if let Some((_, people)) = come.people.as_ref().filter(|(id, _)| *id == p.meta.id) { @if arranges(p, scope) { (people_and_days(scope, p, people)) } }
    }
}

fn link(scope: &Scope, p: &Proposal, typed: &str, found: &[Candidate]) -> Markup {
    let id = p.meta.id.simple().to_string();
    html! { section.sheet-like id={ "link-" (id) } aria-label="Link to something" {
        form.filter.find role="search" method="get" action="decisions" aria-label="Find what it is about" {
            input type="hidden" name="show" value=(id); input type="hidden" name="link" value=(id);
            label.filter-box { (icon("search")) span.hidden { "A key or words" } input type="search" name="find" value=(typed) dir="auto" placeholder="A key or words" autocomplete="off" autofocus; }
            button type="submit" { "Find" }
            a.button.plain href={ "decisions?show=" (id) "#p-" (id) } { "Done" }
        }
        @if !typed.is_empty() && found.is_empty() { p.hint { "Nothing is called so." } }
        ul.lines { @for candidate in found { li {
            span.what { span.quiet { (capital(&candidate.noun.one())) } " " @if let Some(key) = &candidate.thing.key { span.key { (key) } " " } bdi { (candidate.thing.title) } }
            form.act method="post" action=(action(scope, "proposal.link")) data-act { input type="hidden" name="proposal" value=(id); input type="hidden" name="about" value=(candidate.noun.table); input type="hidden" name="id" value=(candidate.id.simple().to_string());
                button type="submit" aria-label={ "Link “" (candidate.thing.title) "”" } { "Link" } }
        } } }
    } }
}

fn people_and_days(scope: &Scope, p: &Proposal, people: &[(Uuid, String)]) -> Markup {
    let id = p.id().to_string();
    let back = format!("{}/decisions?show={id}#p-{id}", product_path(scope));
    let choices: Vec<(String, String)> = people.iter().map(|(member, name)| (member.simple().to_string(), name.clone())).collect();
    let listed = |name: &str, legend: &str, chosen: &[Uuid]| {
        html! { fieldset.choices.across { legend { (legend) }
        @for (member, called) in people { label.check { input type="checkbox" name=(name) value=(member.simple().to_string()) checked[chosen.contains(member)]; bdi { (called) } } }
        span.error data-error=(name) {} } }
    };
    html! { section.sheet-like id={ "people-" (id) } aria-label="People and days" {
        form.stack method="post" action=(action(scope, "proposal.involve")) data-act {
            input type="hidden" name="proposal" value=(id); input type="hidden" name="_back" value=(back);
            (select("driver", "Driver: sees to it that it is settled", &choices, &p.driven_by().simple().to_string()))
            (listed("contributors", "Contributors: their word is wanted", &p.contributors))
            (listed("informed", "Informed: they are told how it ends", &p.informed))
            p.hint { "Who signs follows from who decides on " (p.area) "." }
            p.error data-error="" {} div.row { button.primary type="submit" { "Save" } a.button.plain href={ "decisions?show=" (id) "#p-" (id) } { "Not now" } }
        }
        form.stack method="post" action=(action(scope, "proposal.set_days")) data-act {
            input type="hidden" name="proposal" value=(id); input type="hidden" name="_back" value=(back);
            div.pair { (input("date", "due_on", "An answer is needed by", p.due_on.as_deref().unwrap_or_default())) (input("date", "review_on", "Look at it again on", p.review_on.as_deref().unwrap_or_default())) }
            p.error data-error="" {} button type="submit" { "Set the days" }
        }
    } }
}

/// "Looked at again on 3 May".
pub(crate) fn review_day(scope: &Scope, p: &Proposal) -> Markup {
    html! { @if let Some(day) = &p.review_on { p.quiet { (icon("history")) " To be looked at again on " (date(scope, day)) } } }
}
