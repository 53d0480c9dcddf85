//! Drills: one short question, one right answer.

use crate::saying;
use challenge::read::{Asked, Drill, Right};
use kernel::{Refusal, Result};
use std::collections::BTreeMap;

/// How right an answer is, 0 to 1.
///
/// # Errors
/// What is missing or cannot be read.
pub(crate) fn mark(drill: &Drill, given: &BTreeMap<String, String>) -> Result<f64> {
    let part = |key: &str| given.get(key).map_or("", |text| text.trim());
    let missing = |says: &str| Refusal::invalid("parts.answer", says);
    match (&drill.right, &drill.asked) {
        (Right::Number { low, high, .. }, _) => {
            let read = numbers(part("answer"));
            if read.is_empty() {
                return Err(missing("Write one number, such as 1.59 million, 952,560 or 18 %."));
            }
            // Where it can be read in two ways, as 952.560 can, it was meant in the one that is right.
            Ok(f64::from(u8::from(read.iter().any(|value| (*low..=*high).contains(value)))))
        }
        (Right::Choice(right), Asked::Choice(options)) => {
            let chosen = part("answer").parse::<usize>().ok().filter(|at| *at < options.len()).ok_or_else(|| missing("Choose one of them."))?;
            Ok(f64::from(u8::from(chosen == *right)))
        }
        (Right::Order(right), _) => {
            let places: Option<Vec<usize>> = (0..right.len()).map(|at| part(&format!("place_{at}")).parse().ok()).collect();
            let places = places.ok_or_else(|| missing("Choose one for every place."))?;
            let mut sorted = places.clone();
            sorted.sort_unstable();
            if sorted != (0..right.len()).collect::<Vec<_>>() {
                return Err(missing("Every one of them has one place."));
            }
            Ok(places.iter().zip(right).filter(|(given, right)| given == right).count() as f64 / right.len().max(1) as f64)
        }
        (Right::Short(ideas), _) => {
            let text = part("answer").to_lowercase();
            if text.is_empty() {
                return Err(missing("Write a sentence; an empty answer is none."));
            }
            let named = ideas.iter().filter(|words| words.iter().any(|word| text.contains(&word.to_lowercase()))).count();
            Ok(named as f64 / ideas.len().max(1) as f64)
        }
        (Right::Choice(_), _) => Err(missing("Choose one of them.")),
    }
}

/// What is right, in words.
pub(crate) fn right(drill: &Drill) -> String {
    let option = |at: &usize| match &drill.asked {
        Asked::Choice(options) | Asked::Order(options) => options.get(*at).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    match &drill.right {
        Right::Number { value, low, high } => {
            let unit = if let Asked::Number { unit } = &drill.asked { unit.as_str() } else { "" };
            let about = if low < high { format!(" (anything from {} to {})", saying::fitting(*low), saying::fitting(*high)) } else { String::new() };
            format!("{} {unit}", saying::fitting(*value)).trim_end().to_owned() + &about
        }
        Right::Choice(at) => option(at),
        Right::Order(order) => order.iter().map(option).map(|option| named(&option)).collect::<Vec<_>>().join(", then "),
        Right::Short(ideas) => ideas.iter().filter_map(|words| words.first().cloned()).collect::<Vec<_>>().join(", and "),
    }
}

/// What an option is called, without what is told of it behind a colon.
fn named(option: &str) -> String {
    option.split(": ").next().unwrap_or_default().to_owned()
}

/// What somebody answered, in words.
pub(crate) fn given(drill: &Drill, answer: &BTreeMap<String, String>) -> String {
    let part = |key: &str| answer.get(key).map_or("", |text| text.trim());
    let option = |options: &[String], key: &str| part(key).parse::<usize>().ok().and_then(|at| options.get(at)).cloned().unwrap_or_default();
    match &drill.asked {
        Asked::Choice(options) => option(options, "answer"),
        Asked::Order(options) => {
            let places = (0..options.len()).map(|at| named(&option(options, &format!("place_{at}"))));
            places.collect::<Vec<_>>().join(", then ")
        }
        Asked::Number { .. } | Asked::Short => part("answer").to_owned(),
    }
}

/// A number as people write one, in every way that it can be read: `12.5`, `1,200`, `12,5`, `18 %`, `1.59 million`, `5 weeks`.
fn numbers(typed: &str) -> Vec<f64> {
    let typed = typed.trim().replace('−', "-");
    let end = typed.find(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || ".,-+\u{a0}".contains(c))).unwrap_or(typed.len());
    let (digits, word) = typed.split_at(end);
    // “about 3”, “3 to 5” and “1e5” are not one number.
    if word.chars().any(|c| c.is_ascii_digit()) {
        return vec![];
    }
    let times = match word.split_whitespace().next().unwrap_or("").to_lowercase().as_str() {
        "k" | "thousand" => 1e3,
        "m" | "million" | "millions" => 1e6,
        "bn" | "billion" | "billions" => 1e9,
        _ => 1.0,
    };
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let grouped = |mark: char| {
        let mut groups = digits.split(mark).map(|group| group.trim_start_matches(['-', '+']));
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
        let mut others = groups.map(|group| group.split(['.', ',']).next().unwrap_or("").len()).peekable();
        first && others.peek().is_some() && others.all(|length| length == 3)
    };
    let mut ways = vec![digits.replace(',', ".")];
    for (mark, decimal) in [(',', '.'), ('.', ',')] {
        if grouped(mark) {
            ways.push(digits.replace(mark, "").replace(decimal, "."));
        }
    }
    let mut found: Vec<f64> = ways.iter().filter_map(|way| way.parse::<f64>().ok()).filter(|value| value.is_finite()).map(|v| v * times).collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ideas() {
        assert_eq!(numbers("1,200"), [1.2, 1200.0]);
        assert_eq!(numbers("12,5 %"), [12.5]);
        assert_eq!(numbers("about 3"), [0.0; 0]);
        assert_eq!(numbers("3 to 5"), [0.0; 0]);
        assert_eq!(numbers("952.560"), [952.56, 952_560.0]);
        assert_eq!(numbers("1.000.000"), [1e6]);
        assert_eq!(numbers("1,234.5 EUR"), [1234.5]);
        assert_eq!(numbers("0.125"), [0.125]);
        assert_eq!(numbers("1.59 million"), [1_590_000.0]);
        assert_eq!((numbers("5 weeks"), numbers("29,2 person-days"), numbers("-10")), (vec![5.0], vec![29.2], vec![-10.0]));
        let drill =
            Drill { ask: String::new(), asked: Asked::Short, right: Right::Short(vec![vec!["rate".into(), "ratio".into()], vec!["mix".into()]]) };
        let given = |text: &str| [("answer".to_owned(), text.to_owned())].into();
        assert_eq!(mark(&drill, &given("The mix")), Ok(0.5));
        assert!(mark(&drill, &given(" ")).is_err());
        let drill =
            Drill { ask: String::new(), asked: Asked::Number { unit: "EUR".into() }, right: Right::Number { value: 5.0, low: 5.0, high: 5.0 } };
        assert_eq!(right(&drill), "5 EUR", "no “anything from 5 to 5”");
        let order = Asked::Order(vec!["Repair: value 5".into(), "Rate: value 3".into()]);
        let drill = Drill { ask: String::new(), asked: order, right: Right::Order(vec![1, 0]) };
        assert_eq!(right(&drill), "Rate, then Repair");
        let places = [("place_0".to_owned(), "0".to_owned()), ("place_1".to_owned(), "1".to_owned())].into();
        assert_eq!(super::given(&drill, &places), "Repair, then Rate");
    }
}
