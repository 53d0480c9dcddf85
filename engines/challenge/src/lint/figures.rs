//! Whether a fact can be read in a text.

use crate::{
    read::{Fact, Worth},
    text::{Figure, figures, near, plain},
};

/// A text, read once for all the facts that are looked for in it.
pub(super) struct Told<'a> {
    text: &'a str,
    words: String,
    figures: Vec<Figure>,
}

impl Told<'_> {
    pub fn of(text: &str) -> Told<'_> {
        Told { text, words: plain(text), figures: figures(text) }
    }

    /// Whether a fact's figure stands there, as it is.
    pub fn stands(&self, fact: &Fact) -> bool {
        let (value, unit) = match &fact.worth {
            Worth::Text(own) => return self.words.contains(&plain(own)),
            Worth::Figure { value, unit } => (*value, unit.as_str()),
        };
        let whole = value.fract() == 0.0;
        let first: String = unit.split(['/', ' ']).next().unwrap_or("").to_lowercase().trim_end_matches('s').chars().take(4).collect();
        self.figures.iter().any(|f| {
            if f.percent {
                let share = unit.is_empty() || matches!(unit, "%" | "percent");
                return share && (near(f.value / 100.0, value, 1e-3) || !unit.is_empty() && near(f.value, value, 1e-3));
            }
            // Small numbers and years stand for much else.
            let common = whole && (value.abs() < 20.0 || (1900.0..=2100.0).contains(&value));
            let behind: String = self.text[f.end..].chars().take(24).collect::<String>().to_lowercase();
            near(f.value, value, 1e-3) && (!common || !first.is_empty() && behind.contains(&first))
        })
    }

    /// Whether a fact is told there: its figure, a rounding of it, or of a text a good part of its words.
    pub fn shows(&self, fact: &Fact) -> bool {
        const SPELLED: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let value = match &fact.worth {
            Worth::Text(own) => {
                let own = plain(own);
                let own: Vec<&str> = own.split_whitespace().filter(|word| word.chars().count() > 3).collect();
                let there = own.iter().filter(|word| self.words.contains(&format!(" {word} "))).count();
                return there as f64 >= 0.4 * own.len() as f64;
            }
            Worth::Figure { value, .. } => *value,
        };
        let spelled = value.fract() == 0.0
            && SPELLED.get(value.max(0.0) as usize).is_some_and(|word| value >= 0.0 && self.words.contains(&format!(" {word} ")));
        let half = near(value, 0.5, 1e-6) && self.words.contains(" half ");
        let figure = |f: &Figure| near(f.value, value.abs(), 0.02) || near(f.value / 100.0, value.abs(), 0.02);
        spelled || half || self.figures.iter().any(figure)
    }
}
