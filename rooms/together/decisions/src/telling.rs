//! What a proposal would change, in words.

use crate::{
    rows::{MOST_COMPARED, Present, Shown},
    summary,
};
use kernel::{Change, Look, Names, ProposalState, Result, Scope, Value, about, proposal::Effect};
use std::fmt::Write;
use web::{
    Markup, capital, html, pill,
    telling::{self, Told, both, is_told, told, value_in_words},
};

/// So many things of one proposal are told; the others are counted.
pub(crate) const MOST: usize = 300;
/// More than so many are summed up before they are told.
const MANY: usize = 12;
/// Up to so many stand open.
const FEW: usize = 3;

/// Looks up what the things in these proposals are called: in them, and of overtaken ones what there is now.
pub(crate) fn names<'a>(look: &mut Look, shown: impl Iterator<Item = &'a Shown>, present: &Present) -> Result<Names> {
    let shown: Vec<&Shown> = shown.collect();
    let now: Vec<(&Effect, Vec<Change>)> = shown
        .iter()
        .filter(|s| s.proposal.state == ProposalState::Overtaken)
        .flat_map(|s| s.proposal.effects.iter().take(MOST_COMPARED))
        .map(|e| {
            let held =
                e.changes.iter().filter_map(|c| Some(Change::new(c.field.as_str(), present.get(&(e.id, c.field.clone()))?.clone(), Value::Null)));
            (e, held.collect())
        })
        .collect();
    let then = shown.iter().flat_map(|s| s.proposal.effects.iter().take(MOST)).map(|e| (e, e.changes.as_slice()));
    let all = then.chain(now.iter().map(|(e, changes)| (*e, changes.as_slice())));
    let mut names = telling::names(look, all.map(|(e, changes)| (e.table.as_str(), e.id, changes)))?;
    // What is new points at what is new beside it.
    for effect in shown.iter().flat_map(|s| s.proposal.effects.iter().take(MOST)).filter(|e| e.is_new) {
        names.learn(effect.id, None, &effect.label);
    }
    Ok(names)
}

pub(crate) fn said(scope: &Scope, names: &Names, effect: &Effect) -> Vec<Told> {
    told(scope, names, &effect.table, &effect.changes, &effect.label, effect.is_new)
}

/// "Story ORB-42 Refund".
fn thing(scope: &Scope, names: &Names, effect: &Effect) -> Markup {
    let noun = about::noun(&effect.table).map(|noun| capital(&noun.one())).unwrap_or_default();
    html! { span.quiet { (noun) } " " @if let Some(key) = names.key(scope, effect.id).filter(|_| !effect.is_new) { span.key { (key) } " " } strong dir="auto" { (effect.label) } }
}

/// "Moved the story Refund": the kind's phrase in front of the thing.
fn by_phrase(effect: &Effect) -> Markup {
    html! { span.quiet { (capital(kernel::event::phrase(&effect.kind).unwrap_or("changed"))) } " " strong dir="auto" { (effect.label) } }
}

/// What would change, field by field: of a new thing what it says, of another from what to what. Nothing where the
/// title has said it.
pub(crate) fn diff(scope: &Scope, names: &Names, effects: &[Effect]) -> Markup {
    if let [one] = effects
        && !one.is_new
        && one.changes.iter().all(|c| c.field == "rank" && c.said.is_some())
    {
        return html! {};
    }
    let many = is_many(effects);
    let effects: Vec<&Effect> = effects.iter().filter(|e| !is_trace(e)).collect();
    html! { @if many { (summary::of_many(scope, names, &effects)) }
    @else if !effects.is_empty() { details.diff open[effects.len() <= FEW] { summary { "What changes" span.quiet { " " (effects.len()) } }
        @for effect in effects { div.effect { (told_effect(scope, names, effect)) } }
    } } }
}

/// Whether it is summed up before it is told: it has many parts, or was done as a whole, as an import is.
fn is_many(effects: &[Effect]) -> bool {
    effects.len() > MANY || effects.iter().any(is_trace)
}

/// Whether it only says that something was done.
fn is_trace(effect: &Effect) -> bool {
    about::noun(&effect.table).is_some_and(|noun| noun.about.trace)
}

fn told_effect(scope: &Scope, names: &Names, effect: &Effect) -> Markup {
    let said = said(scope, names, effect);
    let gone = effect.changes.iter().any(|c| c.field == "removed_at" && c.to != Value::Null);
    html! {
        p { @if effect.table == "relation" { (by_phrase(effect)) }
            @else if effect.is_new { (pill("good", "new")) " " (thing(scope, names, effect)) }
            @else if gone { (pill("critical", "removed")) " " (thing(scope, names, effect)) }
            @else if said.is_empty() { (by_phrase(effect)) }
            @else { (thing(scope, names, effect)) } }
        (telling::changes(&said))
    }
}

/// The same of a settled proposal, folded.
pub(crate) fn diff_folded(scope: &Scope, names: &Names, effects: &[Effect]) -> Markup {
    let many = is_many(effects);
    let effects: Vec<&Effect> = effects.iter().filter(|e| !is_trace(e)).collect();
    html! { @if !effects.is_empty() { details.more { summary { "What it changed" }
        @if many { (summary::of_many(scope, names, &effects)) }
        @else { @for effect in effects { div.effect { (told_effect(scope, names, effect)) } } }
    } } }
}

/// The same in lines of Markdown.
pub(crate) fn listed(scope: &Scope, names: &Names, effects: &[Effect]) -> String {
    let mut out = String::new();
    for effect in effects {
        let phrase = capital(kernel::event::phrase(&effect.kind).unwrap_or("changed"));
        let key = names.key(scope, effect.id).map(|key| key + " ").unwrap_or_default();
        let _ = write!(out, "- {} {key}{}", phrase.trim_end_matches(':'), effect.label);
        let said: Vec<String> = said(scope, names, effect).iter().map(Told::line).collect();
        let _ = writeln!(
            out,
            "{}{}",
            if said.is_empty() || effect.is_new { "" } else { ": " },
            if effect.is_new { String::new() } else { said.join(", ") }
        );
    }
    out
}

/// What was there, what was asked for, what is there now: for a proposal that was overtaken.
pub(crate) fn three_way(scope: &Scope, names: &Names, effects: &[Effect], present: &Present) -> Markup {
    let standing = effects.iter().filter(|e| !e.is_new).take(MOST_COMPARED);
    let rows: Vec<(&Effect, &kernel::NounSpec, &Change)> = standing
        .filter_map(|e| Some((e, about::noun(&e.table)?)))
        .flat_map(|(e, noun)| {
            e.changes.iter().filter(move |c| is_told(noun, c) && about::sees_field(scope, &noun.about, &c.field)).map(move |c| (e, noun, c))
        })
        .collect();
    let nothing = || "–".to_owned();
    html! { @if !rows.is_empty() { div.scroll tabindex="0" role="region" aria-label="Three versions" { table.list.three-way {
        thead { tr { th { "What" } th { "When proposed" } th { "Proposed" } th { "Now" } } }
        tbody { @for (effect, noun, change) in rows {
            @let (from, to) = both(scope, names, noun, change);
            @let now = present.get(&(effect.id, change.field.clone()));
            tr { td { (thing(scope, names, effect)) ", " (noun.called(&change.field)) } td dir="auto" { (from.clone().unwrap_or_else(nothing)) } td dir="auto" { (to.clone().unwrap_or_else(nothing)) }
                td { @if now == Some(&change.from) { span.quiet dir="auto" { (from.unwrap_or_else(nothing)) } }
                    @else { (pill("warning", "changed")) " " span dir="auto" { (present_in_words(scope, names, noun, change, now, to)) } } } }
        } }
    } } } }
}

/// What a field holds now; a place in an order has no words of its own, so it is told by comparison.
fn present_in_words(scope: &Scope, names: &Names, noun: &kernel::NounSpec, change: &Change, now: Option<&Value>, to: Option<String>) -> String {
    match now {
        None => "gone".into(),
        Some(now) if *now == change.to => to.unwrap_or_else(|| "–".into()),
        Some(_) if change.said.is_some() => "elsewhere".into(),
        Some(now) => value_in_words(scope, names, noun, &change.field, now).unwrap_or_else(|| "–".into()),
    }
}
