//! The facts of a challenge: what stands in the open, what was asked, and all of them once an answer is handed in; each with
//! its id, by which a model cites it.

use crate::{
    answering::{Told, answers},
    model::*,
    saying,
};
use challenge::{
    Challenge,
    read::{Fact, Own},
};
use std::collections::HashSet;
use web::{Markup, html};

/// A fact in words with the id that cites it.
fn line(fact: &Fact) -> Markup {
    html! { (saying::fact(fact)) " " code.fact-id { "fact:" (fact.id) } }
}

/// Said once for all of them.
fn invented(facts: &[&Fact]) -> Markup {
    let some = facts.iter().filter(|fact| fact.is_invented()).count();
    html! { @if some > 0 { p.hint { @if some == facts.len() { "All of them are invented for this case." } @else { "What has no source beside it is invented for this case." } } } }
}

/// What stands in the open.
pub(super) fn open(challenge: &Challenge) -> Markup {
    let open: Vec<&Fact> = challenge.facts.iter().filter(|fact| !fact.hidden).collect();
    html! { @if !open.is_empty() { details.opens { summary { "Facts " span.quiet { (open.len()) } } ul { @for fact in &open { li dir="auto" { (line(fact)) } } } (invented(&open)) } } }
}

/// What was asked in words and of sources, with what was told; the newest first, so that it stands under the question.
pub(super) fn asked_so_far(challenge: &Challenge, attempt: &Attempt) -> Markup {
    let asked: Vec<&Question> = attempt.asked.iter().filter(|asked| !matches!(asked, Question::Cut { .. })).collect();
    let answers = answers(challenge, &asked);
    let one = |question: &Question, told: &Told| {
        html! { div {
            dt dir="auto" { @match question { Question::Words { words, .. } => (words), Question::Source { source } => (source), Question::Cut { .. } => "" } }
            dd dir="auto" { @match told {
                Told::Fact(fact) => p { (line(fact)) },
                Told::Open(fact) => p { span.quiet { "You know already: " } (line(fact)) },
                Told::Near(fact) => p { span.quiet { "The case does not say that. Near it: " } (line(fact)) },
                Told::Words(all) => { @for words in all { p { (words) } } }
                Told::Nothing => p { "The case does not say." },
            } }
        } }
    };
    let mut all: Vec<Markup> = asked.iter().zip(&answers).map(|(question, told)| one(question, told)).collect();
    all.reverse();
    let earlier = all.split_off(all.len().min(SHOWN));
    html! {
        @if !all.is_empty() { dl.told-so-far { @for one in &all { (one) } } }
        @if !earlier.is_empty() { details.opens { summary { "Asked before " span.quiet { (earlier.len()) } } dl.told-so-far { @for one in &earlier { (one) } } } }
    }
}

/// So many answers stand open; the ones before are folded, or one would scroll past all of them to write.
const SHOWN: usize = 3;

/// All facts, to whoever has handed in: what was asked, what stood in the open, and what nobody asked for.
pub(super) fn all(challenge: &Challenge, attempt: &Attempt) -> Markup {
    if challenge.facts.is_empty() {
        return html! {};
    }
    let asked: Vec<&Question> = attempt.asked.iter().collect();
    let told = answers(challenge, &asked).into_iter();
    let told: HashSet<&str> =
        told.filter_map(|told| if let Told::Fact(fact) | Told::Near(fact) = told { Some(fact.id.as_str()) } else { None }).collect();
    let answer = if let Own::Guesstimate(own) = &challenge.own { own.reference.fact.as_deref() } else { None };
    let of = |fact: &Fact| match (fact.hidden, told.contains(fact.id.as_str())) {
        // The case tells it to nobody.
        _ if answer == Some(fact.id.as_str()) => "the reference",
        (false, _) => "in the brief",
        (true, true) => "asked by you",
        (true, false) => "not asked for",
    };
    let facts: Vec<&Fact> = challenge.facts.iter().collect();
    html! { section aria-labelledby="all-facts" { h2 #all-facts { "The facts" }
        ul.all-facts { @for fact in &facts { li id={ "fact-" (fact.id) } dir="auto" { (line(fact)) " " span.quiet { (of(fact)) } } } }
        (invented(&facts))
    } }
}
