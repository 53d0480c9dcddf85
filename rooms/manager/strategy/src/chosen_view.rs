//! Markup of the target market and the top needs.

use crate::{confirming::Stood, estimated::Estimates, model::*, views::confirmed};
use customers::Segment;
use kernel::{Area, Id, Noun, Scope, Uuid};
use notices::Around;
use people::Person;
use web::{Markup, area_field, command_form, disclosure, empty, html, ordinal, time, who_decides};

/// What the two sections are drawn from.
pub(crate) struct Chosen {
    /// Versions, the newest first.
    pub markets: Vec<TargetMarket>,
    pub top: Vec<TopNeeds>,
    /// What can be chosen from.
    pub segments: Vec<Segment>,
    pub needs: Vec<(Uuid, String)>,
}

/// So many places there are to fill in a form.
const PLACES: usize = 5;

/// The segments of a market, the one that counts most first.
pub fn market_words(market: &TargetMarket, segments: &[Segment]) -> Markup {
    html! { ol.chosen { @for id in market.segments.iter() { li { @match segments.iter().find(|s| s.id() == *id) {
        Some(s) => { a href={ "customer-list?open=" (id) } dir="auto" { (s.name) } @if let Some(share) = s.growth { " " span.quiet { (customers::growth(share)) " a year" } } }
        None => { span.quiet { "A segment that is no longer there" } }
    } } } } @if !market.note.is_empty() { p dir="auto" { (market.note) } } }
}

/// The needs that come first.
pub fn needs_words(top: &TopNeeds, needs: &[(Uuid, String)]) -> Markup {
    html! { ol.chosen { @for id in top.needs.iter() { li { @match needs.iter().find(|(need, _)| *need == id.0) {
        Some((_, title)) => { a href={ "customers?open=" (id) } dir="auto" { (title) } }
        None => { span.quiet { "A need that is no longer there" } }
    } } } } @if !top.note.is_empty() { p dir="auto" { (top.note) } } }
}

/// A choice for each place, in order.
fn places(field: &str, all: &[(Uuid, &str)], chosen: &[Uuid]) -> Markup {
    let many = all.len().min(PLACES.max(chosen.len() + 1));
    html! { @for place in 0..many { label.field { span { (ordinal(place as i64 + 1)) }
    select name=(field) data-keep { option value="" { "–" } @for (id, name) in all { option value=(id.simple().to_string()) dir="auto" selected[chosen.get(place) == Some(id)] { (name) } } } } }
    span.error data-error=(field) {} }
}

fn of<T>(ids: &[Id<T>]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}

pub(crate) fn market(scope: &Scope, chosen: &Chosen, said: (&Stood, &[Person]), (around, estimates): (&Around, &Estimates)) -> Markup {
    if !scope.sees(Area::Research) {
        return html! {};
    }
    let current = chosen.markets.first();
    let all: Vec<(Uuid, &str)> = chosen.segments.iter().map(|s| (s.meta.id, s.name.as_str())).collect();
    let form = command_form(
        scope,
        Area::Research,
        "target_market.choose",
        "Choose the target market",
        html! {
            (places("segments", &all, &current.map(|m| of(&m.segments)).unwrap_or_default()))
            (area_field("note", "Why these, and for whom it is not", current.map_or("", |m| &m.note), 3))
        },
    );
    let choose = if all.is_empty() {
        html! { a.button href="customer-list#new-segment" { "Describe a segment first" } }
    } else {
        disclosure("choose-market", if current.is_none() { "Choose the target market" } else { "Choose anew" }, "", form)
    };
    html! { section.chosen-one #market { h2 { "Target market" }
        @match current {
            None => { (empty("users", "No target market yet", &format!("The segments that the product is for, the one that counts most first. Whoever knows them knows for whom not to build. {}", who_decides(scope, Area::Research)), choose)) }
            Some(m) => { (market_words(m, &chosen.segments)) (confirmed(scope, m, said)) (choose) }
        }
        (estimates.market())
        @if chosen.markets.len() > 1 { details.more { summary { "Earlier versions" } ol reversed { @for m in &chosen.markets[1..] { li value=(m.number) { span.quiet { (time(scope, m.meta.created_at, scope.now)) } (market_words(m, &chosen.segments)) } } } } }
        @if let Some(m) = current { (around.beneath(scope, m.meta.id)) }
    } }
}

pub(crate) fn needs(scope: &Scope, chosen: &Chosen, said: (&Stood, &[Person]), around: &Around) -> Markup {
    if !scope.sees(Area::Customers) {
        return html! {};
    }
    let current = chosen.top.first();
    let all: Vec<(Uuid, &str)> = chosen.needs.iter().map(|(id, title)| (*id, title.as_str())).collect();
    let form = command_form(
        scope,
        Area::Customers,
        "top_needs.choose",
        "Choose the top needs",
        html! {
            (places("needs", &all, &current.map(|n| of(&n.needs)).unwrap_or_default()))
            (area_field("note", "Why these", current.map_or("", |n| &n.note), 3))
        },
    );
    let choose = if all.is_empty() {
        html! { a.button href="customers#new-need" { "Write down a need first" } }
    } else {
        disclosure("choose-needs", if current.is_none() { "Choose the top needs" } else { "Choose anew" }, "", form)
    };
    html! { section.chosen-one #needs { h2 { "Top needs" }
        @match current {
            None => { (empty("lightbulb", "No top needs yet", &format!("The few needs that come first, in their order. What is built should serve one of them. {}", who_decides(scope, Area::Customers)), choose)) }
            Some(n) => { (needs_words(n, &chosen.needs)) (confirmed(scope, n, said)) (choose) }
        }
        @if chosen.top.len() > 1 { details.more { summary { "Earlier versions" } ol reversed { @for n in &chosen.top[1..] { li value=(n.number) { span.quiet { (time(scope, n.meta.created_at, scope.now)) } (needs_words(n, &chosen.needs)) } } } } }
        @if let Some(n) = current { (around.beneath(scope, n.meta.id)) }
    } }
}
