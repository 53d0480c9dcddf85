//! What a case answers: to each question one of its facts, to a source what stands in it.

use crate::model::*;
use challenge::{
    Challenge,
    read::{Fact, Own},
};
use marking::Meant;
use std::collections::HashSet;

/// An answer to one question.
pub(crate) enum Told<'a> {
    Fact(&'a Fact),
    /// One that stands in the open, so whoever asks knows it already.
    Open(&'a Fact),
    /// One that does not answer, and comes near.
    Near(&'a Fact),
    /// What stands in a source.
    Words(Vec<&'a str>),
    Nothing,
}

/// The answers to what was asked, in its order. What has not been told yet goes before what has, and that before what stands
/// in the brief, or a question would be answered with what everybody knows.
pub(crate) fn answers<'a>(challenge: &'a Challenge, asked: &[&Question]) -> Vec<Told<'a>> {
    let mut told: HashSet<&str> = HashSet::new();
    let mut found = vec![];
    for question in asked {
        let answer = match question {
            Question::Cut { .. } => Told::Nothing,
            Question::Source { source } => source_says(challenge, source),
            Question::Words { told: Some(id), .. } => challenge.fact(id).map_or(Told::Nothing, shown),
            Question::Words { words, .. } if matches!(challenge.own, Own::Strategy(_) | Own::Design(_)) => strictly(challenge, words, &told),
            Question::Words { words, .. } => meant(challenge, words, &told).map_or(Told::Nothing, shown),
        };
        if let Told::Fact(fact) | Told::Near(fact) = answer {
            told.insert(&fact.id);
        }
        found.push(answer);
    }
    found
}

fn shown(fact: &Fact) -> Told<'_> {
    if fact.hidden { Told::Fact(fact) } else { Told::Open(fact) }
}

fn source_says<'a>(challenge: &'a Challenge, source: &str) -> Told<'a> {
    let Own::RootCause(case) = &challenge.own else { return Told::Nothing };
    let mut found: Vec<&str> = case.evidence.iter().filter(|evidence| evidence.source == source).map(|evidence| evidence.text.as_str()).collect();
    if source == "data quality" {
        found.push(&case.data_check);
    }
    if found.is_empty() { Told::Nothing } else { Told::Words(found) }
}

/// What a question about a strategy or a design comes to, where a word in common is no answer. What has not been told yet goes
/// before what has.
fn strictly<'a>(challenge: &'a Challenge, words: &str, told: &HashSet<&str>) -> Told<'a> {
    let open = |id: &str| challenge.fact(id).is_some_and(|fact| !fact.hidden);
    let known = known(challenge);
    let new: Vec<_> = known.iter().filter(|one| !told.contains(one.id)).copied().collect();
    let asked = match marking::meant(&new, &open, words) {
        Some(Meant::Asked(id)) => Some(Meant::Asked(id)),
        _ => marking::meant(&known, &open, words),
    };
    let fact = |id: &str| challenge.fact(id);
    let found = match asked {
        Some(Meant::Asked(id)) => fact(id).map(Told::Fact),
        Some(Meant::Given(id)) => fact(id).map(Told::Open),
        Some(Meant::Near(id)) => fact(id).map(Told::Near),
        None => None,
    };
    found.unwrap_or(Told::Nothing)
}

/// The fact that a question names most plainly.
fn meant<'a>(challenge: &'a Challenge, words: &str, told: &HashSet<&str>) -> Option<&'a Fact> {
    let known = known(challenge);
    let among = |fits: &dyn Fn(&Fact) -> bool| {
        let some: Vec<_> = known.iter().filter(|one| challenge.fact(one.id).is_some_and(fits)).copied().collect();
        marking::nearest(&some, words).and_then(|id| challenge.fact(id))
    };
    let new = |fact: &Fact| fact.hidden && !told.contains(fact.id.as_str());
    let again = |fact: &Fact| fact.hidden && told.contains(fact.id.as_str());
    // What stands in the brief is told again only to whoever asks for that and for little else.
    let open = || among(&|fact: &Fact| !fact.hidden).filter(|fact| known.iter().any(|one| one.id == fact.id && marking::coverage(one, words) > 0.6));
    among(&new).or_else(|| among(&again)).or_else(open)
}

/// The facts of a case as whoever is asked knows them: all but the one that is the answer.
pub fn known(challenge: &Challenge) -> Vec<marking::Known<'_>> {
    let answer = if let Own::Guesstimate(own) = &challenge.own { own.reference.fact.as_deref() } else { None };
    let facts = challenge.facts.iter().filter(|fact| answer != Some(fact.id.as_str()));
    facts.map(|fact| marking::Known { id: &fact.id, says: &fact.says, words: &fact.words }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use challenge::read::{Design, Worth};

    fn fact(id: &str, says: &str, words: &[&str], hidden: bool) -> Fact {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Fact { words, hidden, ..Fact::new(id, says, Worth::Figure { value: 0.5, unit: String::new() }) }
    }

    /// “Why are booked slots not used?” was answered with the share that is booked, which stands in the brief.
    #[test]
    fn what_is_hidden_is_told_before_what_everybody_knows() {
        let facts = vec![
            fact("booked", "Share of the slots that are booked", &["slots", "booked"], false),
            fact("unused", "Why booked slots stay unused", &["unused"], true),
            fact("quiet", "Mornings that stay empty", &["empty", "slots"], true),
        ];
        let challenge = Challenge::of_work(Own::Design(Design { segments: vec![], exhibits: vec![] }), "t", "", facts);
        let ask = |words: &[&str]| {
            let asked: Vec<Question> = words.iter().map(|words| Question::Words { words: (*words).into(), told: None }).collect();
            let says = |told: &Told| match told {
                Told::Fact(fact) => fact.id.clone(),
                Told::Open(fact) => format!("open {}", fact.id),
                _ => "nothing".into(),
            };
            answers(&challenge, &asked.iter().collect::<Vec<_>>()).iter().map(says).collect::<Vec<_>>()
        };
        assert_eq!(ask(&["Which slots stay unused?"]), ["unused"], "of those that are new the nearest by its words");
        assert_eq!(ask(&["Why do they stay unused, though booked?"]), ["unused"]);
        assert_eq!(ask(&["Is it booked?", "And the weather?"]), ["open booked", "nothing"]);
        assert_eq!(ask(&["What stays unused?", "Are the slots unused?"]), ["unused", "quiet"], "nothing twice while something new comes near");
    }

    #[test]
    fn whoever_asks_in_the_words_of_a_fact_is_told_it() {
        let written = crate::library::LIBRARY.iter().filter(|challenge| matches!(challenge.own, Own::Strategy(_) | Own::Design(_)));
        let hidden: Vec<(&Challenge, &Fact)> =
            written.flat_map(|challenge| challenge.facts.iter().map(move |fact| (challenge, fact))).filter(|(_, fact)| fact.hidden).collect();
        let missed: Vec<String> = hidden
            .iter()
            .filter(|(challenge, fact)| {
                let asked = Question::Words { words: format!("{}?", fact.says), told: None };
                !matches!(answers(challenge, &[&asked]).as_slice(), [Told::Fact(told)] if told.id == fact.id)
            })
            .map(|(challenge, fact)| format!("{}: {}", challenge.id, fact.id))
            .collect();
        assert!(hidden.len() > 300 && missed.len() * 100 <= hidden.len(), "{missed:?}");
    }
}
