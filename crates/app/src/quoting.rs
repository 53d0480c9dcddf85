//! Proposals that are about things whose words are erased: they quote them in their title, in what they would change and in what
//! was considered. Which ones these are is told by the ids they name and by what came of them, so a proposal about something
//! else that says the same stays as it was.

use crate::copies::Copies;
use kernel::{
    Column, Json, Proposal, StoredCommand, Uuid, Value,
    erasure::{ERASED, Names},
    proposal::{ConsideredOption, Effect},
    value::Packed,
};
use std::collections::BTreeSet;

/// Words that are shorter are quoted within others by chance.
const LONG_ENOUGH: usize = 12;

/// What went of all that a proposal is about.
pub(crate) fn about(copies: &Copies, proposal: &Proposal) -> BTreeSet<String> {
    let mut held = copies.asked(proposal.meta.id).cloned().unwrap_or_default();
    let mut learn = |id: Uuid| held.extend(copies.gone(id).into_iter().flatten().cloned());
    for effect in proposal.effects.iter() {
        learn(effect.id);
        effect.changes.iter().flat_map(|change| [&change.from, &change.to]).for_each(|value| {
            if let Value::Text(text) = value {
                Uuid::parse_str(text).into_iter().for_each(&mut learn);
            }
        });
    }
    proposal.commands.iter().for_each(|command| ids_in(&command.args, &mut learn));
    proposal.considered.iter().flat_map(|option| &option.evidence).for_each(|id| learn(*id));
    held
}

pub(crate) fn ids_in(json: &Json, learn: &mut impl FnMut(Uuid)) {
    match json {
        Json::String(text) => Uuid::parse_str(text).into_iter().for_each(learn),
        Json::Array(items) => items.iter().for_each(|item| ids_in(item, learn)),
        Json::Object(fields) => fields.values().for_each(|value| ids_in(value, learn)),
        _ => {}
    }
}

/// What a field of such a proposal becomes, if anything else.
pub(crate) fn without(field: &str, text: &str, held: &BTreeSet<String>) -> Option<String> {
    if held.is_empty() {
        return None;
    }
    match field {
        "title" => titled(text, held),
        "reason" => spoken(text, held),
        _ if STRUCTURES.contains(&field) || field == "considered" => each(field, text, &mut |text| spoken(text, held)),
        _ => None,
    }
}

/// Fields of a proposal that hold what it would do, as structures.
pub(crate) const STRUCTURES: &[&str] = &["commands", "effects"];

/// A field with each of its texts as it becomes: of a proposal's structures all that stand within them, of any other field the
/// one that it is.
pub(crate) fn each(field: &str, text: &str, becomes: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut put = |text: &mut String| {
        if let Some(told) = becomes(text) {
            *text = told;
        }
    };
    let made = match field {
        "commands" => {
            let mut commands = Packed::<Vec<StoredCommand>>::read(Value::Text(text.to_owned())).ok()?;
            commands.0.iter_mut().for_each(|command| json(&mut command.args, &mut put));
            commands.value().words()
        }
        "effects" => {
            let mut effects = Packed::<Vec<Effect>>::read(Value::Text(text.to_owned())).ok()?;
            for effect in &mut effects.0 {
                put(&mut effect.label);
                for change in &mut effect.changes {
                    for value in [&mut change.from, &mut change.to] {
                        if let Value::Text(text) = value {
                            put(text);
                        }
                    }
                    if let Some((from, to)) = &mut change.said {
                        put(from);
                        put(to);
                    }
                }
            }
            effects.value().words()
        }
        "considered" => {
            let mut considered = Packed::<Vec<ConsideredOption>>::read(Value::Text(text.to_owned())).ok()?;
            for option in &mut considered.0 {
                [&mut option.title, &mut option.pros, &mut option.cons].into_iter().for_each(&mut put);
            }
            considered.value().words()
        }
        _ => becomes(text)?,
    };
    (made != text).then_some(made)
}

fn json(value: &mut Json, put: &mut dyn FnMut(&mut String)) {
    match value {
        Json::String(text) => put(text),
        Json::Array(items) => items.iter_mut().for_each(|item| json(item, put)),
        Json::Object(fields) => fields.values_mut().for_each(|value| json(value, put)),
        _ => {}
    }
}

/// A text that says just that, or has long words of it within itself.
fn spoken(text: &str, held: &BTreeSet<String>) -> Option<String> {
    if held.contains(text) {
        return Some(ERASED.to_owned());
    }
    Names::words(held.iter().filter(|said| said.chars().count() >= LONG_ENOUGH).cloned()).taken_out(text)
}

/// A title that calls a thing by its words: between quotation marks, shortened or not, or at its end.
pub(crate) fn titled(title: &str, held: &BTreeSet<String>) -> Option<String> {
    let is_theirs = |words: &str| match words.strip_suffix('…').map(str::trim_end) {
        Some(begun) => !begun.is_empty() && held.iter().any(|said| said.starts_with(begun)),
        None => held.contains(words),
    };
    if is_theirs(title) {
        return Some(ERASED.to_owned());
    }
    let mut told = String::new();
    let mut rest = title;
    while let Some((before, quoted)) = rest.split_once('“') {
        told += before;
        // What is quoted may hold quotation marks itself: the longest goes first.
        let ends = quoted.match_indices('”').map(|(at, _)| at).collect::<Vec<_>>();
        let theirs = ends.iter().rev().find(|at| is_theirs(&quoted[..**at]));
        rest = match theirs {
            Some(at) => {
                told.push('“');
                told += ERASED;
                &quoted[*at..]
            }
            None => {
                told.push('“');
                quoted
            }
        };
    }
    told += rest;
    // As in "Dismiss evidence: Too slow".
    if let Some((says, _)) = told.split_once(": ").filter(|(_, words)| is_theirs(words)) {
        told = format!("{says}: {ERASED}");
    }
    let told = Names::words(held.iter().filter(|said| said.chars().count() >= LONG_ENOUGH).cloned()).taken_out(&told).unwrap_or(told);
    (told != title).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> BTreeSet<String> {
        ["Too slow", "The bell is “loud”, they said, and nobody hears it"].map(str::to_owned).into()
    }

    #[test]
    fn a_title_loses_the_words_it_calls_a_thing_by() {
        for (title, told) in [
            ("Take off “Too slow”", Some("Take off “(erased)”")),
            ("Dismiss evidence: Too slow", Some("Dismiss evidence: (erased)")),
            ("Take off “The bell is…”", Some("Take off “(erased)”")),
            ("Take off “The bell is “loud”, they said, and nobody hears it”", Some("Take off “(erased)”")),
            ("Too slow", Some("(erased)")),
            ("Make it less slow", None),
            ("Answer “Too slow for all of us”", None),
        ] {
            assert_eq!(titled(title, &held()).as_deref(), told, "{title}");
        }
    }

    #[test]
    fn what_would_change_says_nothing_of_it() {
        let commands =
            r#"[{"name":"evidence.record","args":{"n":1,"quote":"Too slow","source":"Said: the bell is “loud”, they said, and nobody hears it."}}]"#;
        let told = without("commands", commands, &held()).unwrap();
        assert_eq!(told, r#"[{"name":"evidence.record","args":{"n":1,"quote":"(erased)","source":"Said: (erased)."}}]"#);
        assert_eq!(without("commands", &told, &held()), None);
        assert_eq!(without("title", "Too slow", &BTreeSet::new()), None);
    }
}
