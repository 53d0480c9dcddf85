//! Whether a fact can be read in a text.

use crate::{
    read::{Fact, Worth},
    text::{figures, near, plain},
};

/// Whether a fact's figure stands in a text, as it is.
pub(super) fn stands(text: &str, fact: &Fact) -> bool {
    let (value, unit) = match &fact.worth {
        Worth::Text(own) => return plain(text).contains(&plain(own)),
        Worth::Figure { value, unit } => (*value, unit.as_str()),
    };
    let whole = value.fract() == 0.0;
    let first: String = unit.split(['/', ' ']).next().unwrap_or("").to_lowercase().trim_end_matches('s').chars().take(4).collect();
    figures(text).into_iter().any(|f| {
        if f.percent {
            let share = unit.is_empty() || matches!(unit, "%" | "percent");
            return share && (near(f.value / 100.0, value, 1e-3) || !unit.is_empty() && near(f.value, value, 1e-3));
        }
        // Small numbers and years stand for much else.
        let common = whole && (value.abs() < 20.0 || (1900.0..=2100.0).contains(&value));
        let behind: String = text[f.end..].chars().take(24).collect::<String>().to_lowercase();
        near(f.value, value, 1e-3) && (!common || !first.is_empty() && behind.contains(&first))
    })
}

/// Whether a fact is told by a text: its figure, a rounding of it, or of a text a good part of its words.
pub(super) fn shown(text: &str, fact: &Fact) -> bool {
    const SPELLED: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let words = plain(text);
    let value = match &fact.worth {
        Worth::Text(own) => {
            let own = plain(own);
            let own: Vec<&str> = own.split_whitespace().filter(|word| word.chars().count() > 3).collect();
            let there = own.iter().filter(|word| words.contains(&format!(" {word} "))).count();
            return there as f64 >= 0.4 * own.len() as f64;
        }
        Worth::Figure { value, .. } => *value,
    };
    let spelled =
        value.fract() == 0.0 && SPELLED.get(value.max(0.0) as usize).is_some_and(|word| value >= 0.0 && words.contains(&format!(" {word} ")));
    let half = near(value, 0.5, 1e-6) && words.contains(" half ");
    let figure = |f: crate::text::Figure| near(f.value, value.abs(), 0.02) || near(f.value / 100.0, value.abs(), 0.02);
    spelled || half || figures(text).into_iter().any(figure)
}
