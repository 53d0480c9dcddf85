//! What a proposal about many things comes to: how many of each, by type and state, and then each by its title.

use crate::telling::{MOST, said};
use kernel::{Names, NounSpec, Scope, Value, about, proposal::Effect};
use std::collections::BTreeMap;
use web::{
    Markup, html, pill,
    telling::{self, Told},
};

/// Up to so many stand open.
const FEW: usize = 12;

/// What becomes of a thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    New,
    Changed,
    Removed,
}

impl What {
    fn of(effect: &Effect) -> What {
        let gone = effect.changes.iter().any(|c| c.field == "removed_at" && c.to != Value::Null);
        match (effect.is_new, gone) {
            (true, _) => What::New,
            (false, true) => What::Removed,
            (false, false) => What::Changed,
        }
    }

    fn word(self) -> &'static str {
        match self {
            What::New => "new",
            What::Changed => "changed",
            What::Removed => "removed",
        }
    }

    fn pill(self) -> Markup {
        let tone = match self {
            What::New => "good",
            What::Changed => "neutral",
            What::Removed => "critical",
        };
        pill(tone, self.word())
    }
}

pub(crate) fn of_many(scope: &Scope, names: &Names, effects: &[&Effect]) -> Markup {
    // What has a key is told by its title; what comes along with it is counted.
    let keyed: Vec<&Effect> = effects.iter().copied().filter(|e| about::noun(&e.table).is_some_and(|noun| noun.about.keyed)).collect();
    let listed = if keyed.is_empty() { effects.to_vec() } else { keyed };
    html! {
        ul.sums { @for line in sums(effects) { li { (line) } } }
        details.diff open[listed.len() <= FEW] { summary { "One by one" span.quiet { " " (listed.len()) } }
            ul.lines.one-by-one { @for effect in listed.iter().take(MOST) { li { (one(scope, names, effect)) } } }
            @if listed.len() > MOST { p.quiet { "and " (listed.len() - MOST) " more" } }
        }
    }
}

fn one(scope: &Scope, names: &Names, effect: &Effect) -> Markup {
    let what = What::of(effect);
    let key = names.key(scope, effect.id).filter(|_| !effect.is_new).or_else(|| new_key(scope, effect));
    let told: Vec<Told> = if what == What::Changed { said(scope, names, effect) } else { vec![] };
    html! {
        span.what { @if let Some(key) = key { span.key { (key) } " " } strong dir="auto" { (effect.label) } (telling::changes(&told)) }
        span.quiet { @if what == What::New { (words_of(effect).join(", ")) } }
        (what.pill())
    }
}

/// The key that a new thing is to have.
fn new_key(scope: &Scope, effect: &Effect) -> Option<String> {
    effect.changes.iter().find(|c| c.field == "number").and_then(|c| if let Value::Int(number) = c.to { Some(scope.key(number)) } else { None })
}

/// The fields by which a thing is counted: its type, and where it stands.
fn counted(noun: &NounSpec) -> impl Iterator<Item = &'static str> {
    let state = noun.about.thread.map(|strand| strand.state);
    noun.fields.iter().copied().filter(move |field| *field == "kind" || Some(*field) == state)
}

/// What those say of it, in words.
fn words_of(effect: &Effect) -> Vec<String> {
    let Some(noun) = about::noun(&effect.table) else { return vec![] };
    counted(noun).filter_map(|field| word(noun, effect, field)).collect()
}

fn word(noun: &NounSpec, effect: &Effect, field: &str) -> Option<String> {
    let change = effect.changes.iter().find(|c| c.field == field)?;
    let Value::Text(text) = &change.to else { return None };
    Some(noun.spoken(field, text).map_or_else(|| text.replace('_', " "), str::to_owned))
}

/// "102 new stories: 80 story, 12 bug; 60 open, 42 accepted".
fn sums(effects: &[&Effect]) -> Vec<String> {
    let mut groups: BTreeMap<(usize, What), Vec<&Effect>> = BTreeMap::new();
    for effect in effects {
        let place = about::nouns().iter().position(|noun| noun.table == effect.table).unwrap_or(usize::MAX);
        groups.entry((place, What::of(effect))).or_default().push(effect);
    }
    let mut lines: Vec<(bool, String)> = vec![];
    for ((place, what), group) in groups {
        let Some(noun) = about::nouns().get(place) else { continue };
        let called = if group.len() == 1 { noun.one() } else { noun.about.many.replace('-', " ") };
        let mut line = format!("{} {} {called}", group.len(), what.word());
        let by: Vec<String> = counted(noun).map(|field| tally(noun, &group, field)).filter(|told| !told.is_empty()).collect();
        if !by.is_empty() {
            line += &format!(": {}", by.join("; "));
        }
        lines.push((!noun.about.keyed, line));
    }
    lines.sort_by_key(|(after, _)| *after);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// "60 open, 42 accepted".
fn tally(noun: &NounSpec, group: &[&Effect], field: &str) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in group.iter().filter_map(|effect| word(noun, effect, field)) {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    counts.iter().map(|(word, count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}
