//! A case of root cause: cuts as they are asked and answered, and the causes as they are named.

use crate::model::*;
use kernel::{Refusal, Result};
use rootcause::case::{Hypothesis, Nature, Practice, Query, Source};

/// In what way figures moved, as it is chosen.
pub(crate) const NATURES: [(&str, &str, Nature); 5] = [
    ("loss", "Something broke or stopped: part of a step is lost there", Nature::Loss),
    ("record", "Only the records are lost; it did happen", Nature::Record),
    ("season", "It is so every year at this time", Nature::Season),
    ("mix", "The shares have moved; within each value all is as it was", Nature::Mix),
    ("nothing", "Nothing: no more than chance", Nature::Nothing),
];

/// `device = phone` by its places.
fn value(case: &Practice, text: &str) -> Option<(usize, usize)> {
    let (dimension, value) = text.split_once('=')?;
    let d = case.dimensions.iter().position(|(name, _)| name == dimension.trim())?;
    Some((d, case.dimensions[d].1.iter().position(|name| name == value.trim())?))
}

/// A value by its places, as `device = phone`.
pub(crate) fn value_says(case: &Practice, d: usize, v: usize) -> String {
    format!("{} = {}", case.dimensions[d].0, case.dimensions[d].1[v])
}

/// Every value as `device = phone`.
pub(crate) fn values(case: &Practice) -> Vec<String> {
    (0..case.dimensions.len()).flat_map(|d| (0..case.dimensions[d].1.len()).map(move |v| value_says(case, d, v))).collect()
}

/// A cut as a question to the case.
///
/// # Errors
/// What it names that the case does not have, at its field.
pub(crate) fn query(case: &Practice, asked: &Question) -> Result<Query> {
    let Question::Cut { at, step, by, only } = asked else { return Err(Refusal::invalid("step", "This is no cut.")) };
    let last = case.steps.len() - 1;
    let step = case.steps.iter().position(|name| name == step).ok_or_else(|| Refusal::invalid("step", "The case has no such step."))?;
    let by = match by.as_str() {
        "" => None,
        by => Some(case.dimensions.iter().position(|(name, _)| name == by).ok_or_else(|| Refusal::invalid("by", "The case has no such dimension."))?),
    };
    let only = match only.as_str() {
        "" => None,
        only => Some(value(case, only).ok_or_else(|| Refusal::invalid("only", "Write one value of the case as: device = phone"))?),
    };
    if by.is_some() && only.map(|(d, _)| d) == by {
        return Err(Refusal::invalid("only", "Of one value only there is nothing to tell apart by the same dimension."));
    }
    let source = match at {
        Where::Period => Source::Period,
        Where::Books if step != last => {
            return Err(Refusal::invalid("step", format!("Only the last step is counted independently: choose {}.", case.steps[last])));
        }
        Where::Books => Source::Books,
        Where::YearAgo if only.is_some() => {
            return Err(Refusal::invalid("only", "Of a year ago there are figures for all values together: set “Only” to all."));
        }
        Where::YearAgo => Source::YearAgo,
    };
    let query = Query { source, step, by, only };
    match case.queries().contains(&query) {
        true => Ok(query),
        false => Err(Refusal::invalid("at", "Where two things broke, only the period itself is asked.")),
    }
}

/// The cuts of an attempt, in their order.
pub(crate) fn cuts(case: &Practice, asked: &[Question]) -> Vec<Query> {
    asked.iter().filter_map(|asked| query(case, asked).ok()).collect()
}

/// A cut in words: `pay by device where country = FR`.
pub(crate) fn cut_says(case: &Practice, query: &Query) -> String {
    let by = query.by.map_or(String::new(), |d| format!(" by {}", case.dimensions[d].0));
    let only = query.only.map_or(String::new(), |(d, v)| format!(" where {} = {}", case.dimensions[d].0, case.dimensions[d].1[v]));
    let at = match query.source {
        Source::Period => "",
        Source::Books => ", counted independently",
        Source::YearAgo => ", a year ago",
    };
    format!("{}{by}{only}{at}", case.steps[query.step])
}

/// An explanation in words.
pub(crate) fn says(case: &Practice, what: &Hypothesis) -> String {
    let slice = || {
        let each: Vec<String> = what.slice.iter().map(|(d, v)| format!("{} = {}", case.dimensions[*d].0, case.dimensions[*d].1[*v])).collect();
        if each.is_empty() { String::new() } else { format!(" where {}", each.join(" and ")) }
    };
    match what.nature {
        Nature::Nothing => "Nothing happened but chance".into(),
        Nature::Mix => format!("The mix by {} has moved", what.slice.first().map_or("", |(d, _)| case.dimensions[*d].0.as_str())),
        Nature::Record => format!("{}{}: only the records are lost", case.steps[what.step], slice()),
        Nature::Season => format!("{}{}: as every year at this time", case.steps[what.step], slice()),
        Nature::Loss => format!("{}{}: part of it is lost", case.steps[what.step], slice()),
    }
}

/// What an attempt names as the cause, or as both of two; or which field is missing.
pub(crate) fn named(case: &Practice, attempt: &Attempt) -> Result<Vec<Hypothesis>> {
    let nature = NATURES.iter().find(|(word, ..)| *word == attempt.part("nature")).map(|(.., nature)| *nature);
    let nature = nature.ok_or_else(|| Refusal::invalid("parts.nature", "Say in what way the figures moved."))?;
    let mut found = vec![one(case, attempt, nature, ["step", "first", "second"])?];
    let other = ["other_step", "other_first", "other_second"];
    // Shares that have moved and chance stand alone.
    let may_be_two = !matches!(nature, Nature::Mix | Nature::Nothing);
    if may_be_two && other.iter().any(|key| !attempt.part(key).is_empty()) {
        found.push(one(case, attempt, nature, other)?);
    }
    found.dedup();
    Ok(found)
}

fn one(case: &Practice, attempt: &Attempt, nature: Nature, keys: [&str; 3]) -> Result<Hypothesis> {
    let [step, first, second] = keys;
    let mut slice = vec![];
    for key in [first, second] {
        if !attempt.part(key).is_empty() {
            let wrong = || Refusal::invalid(&format!("parts.{key}"), "The case has no such value.");
            slice.push(value(case, attempt.part(key)).ok_or_else(wrong)?);
        }
    }
    slice.sort_unstable();
    slice.dedup();
    if slice.len() == 2 && slice[0].0 == slice[1].0 {
        return Err(Refusal::invalid(&format!("parts.{second}"), "Two values of one dimension never come together; choose one of another."));
    }
    let step = match nature {
        Nature::Nothing => return Ok(Hypothesis { nature, step: 0, slice: vec![] }),
        Nature::Mix => {
            let (d, _) =
                *slice.first().ok_or_else(|| Refusal::invalid(&format!("parts.{first}"), "Choose a value of the dimension whose mix moved."))?;
            return Ok(Hypothesis { nature, step: 0, slice: vec![(d, 0)] });
        }
        _ => case.steps.iter().position(|name| name == attempt.part(step)),
    };
    let step = step.ok_or_else(|| Refusal::invalid(&format!("parts.{}", keys[0]), "Say at which step."))?;
    Ok(Hypothesis { nature, step, slice })
}

/// How sure the answer is said to be, 0 to 1.
pub(crate) fn confidence(attempt: &Attempt) -> Result<f64> {
    let typed = attempt.part("confidence").trim().trim_end_matches('%').trim().replace(',', ".");
    let share = typed.parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share));
    share.map(|share| share / 100.0).ok_or_else(|| Refusal::invalid("parts.confidence", "Say how sure you are, as a percentage from 0 to 100."))
}
