//! Drills: one short question, one right answer.

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
            let value = number(part("answer")).ok_or_else(|| missing("Write one number."))?;
            Ok(f64::from(u8::from((*low..=*high).contains(&value))))
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
            let figure = web::telling::figure;
            format!("{} {unit} (anything from {} to {})", figure(*value), figure(*low), figure(*high))
        }
        Right::Choice(at) => option(at),
        Right::Order(order) => order.iter().map(option).collect::<Vec<_>>().join(", then "),
        Right::Short(ideas) => ideas.iter().filter_map(|words| words.first().cloned()).collect::<Vec<_>>().join(", and "),
    }
}

/// A number as people write one: `12.5`, `1,200`, `12,5`, `18 %`.
pub(crate) fn number(typed: &str) -> Option<f64> {
    let typed: String = typed.trim().trim_end_matches('%').chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let groups: Vec<&str> = typed.split(',').collect();
    let thousands = groups.len() > 1 && groups[1..].iter().all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let plain = if thousands { typed.replace(',', "") } else { typed.replace(',', ".") };
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ideas() {
        assert_eq!(number("1,200"), Some(1200.0));
        assert_eq!(number("12,5 %"), Some(12.5));
        assert_eq!(number("about 3"), None);
        let drill =
            Drill { ask: String::new(), asked: Asked::Short, right: Right::Short(vec![vec!["rate".into(), "ratio".into()], vec!["mix".into()]]) };
        let given = |text: &str| [("answer".to_owned(), text.to_owned())].into();
        assert_eq!(mark(&drill, &given("The mix")), Ok(0.5));
        assert!(mark(&drill, &given(" ")).is_err());
    }
}
