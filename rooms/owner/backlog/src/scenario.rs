//! A scenario as its steps, so that Given, When and Then stand under one another.

use web::{Markup, html};

/// Words that begin a step.
const STEPS: &[&str] = &["given", "when", "then", "and", "but"];

/// Keyword and the rest of each step. Text on one line is split at its "when" and "then".
pub fn steps(text: &str) -> Vec<(&str, &str)> {
    let mut lines: Vec<&str> = vec![];
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut rest = line;
        for word in [" when ", " then "] {
            // Lower-casing ASCII keeps places in the text where they are.
            if let Some(at) = rest.to_ascii_lowercase().find(word) {
                lines.push(rest[..at].trim_end_matches(','));
                rest = &rest[at + 1..];
            }
        }
        lines.push(rest);
    }
    lines
        .into_iter()
        .map(|line| line.split_once(' ').filter(|(word, _)| STEPS.contains(&word.to_ascii_lowercase().as_str())).unwrap_or(("", line)))
        .collect()
}

/// The markup of a scenario.
pub fn scenario_view(text: &str) -> Markup {
    html! { div.scenario { @for (word, rest) in steps(text) { p dir="auto" { @if !word.is_empty() { strong { (web::capital(&word.to_ascii_lowercase())) } " " } (rest) } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_split_into_its_steps() {
        let told = steps("Given a stop is done, when I open the list, then it is struck through");
        assert_eq!(told, [("Given", "a stop is done"), ("when", "I open the list"), ("then", "it is struck through")]);
    }

    #[test]
    fn lines_are_steps_and_what_is_none_is_kept() {
        let told = steps("Scenario: paying\n  Given a cart\n  And a card\n  When I pay\n  Then I get a receipt, é");
        assert_eq!(told, [("", "Scenario: paying"), ("Given", "a cart"), ("And", "a card"), ("When", "I pay"), ("Then", "I get a receipt, é")]);
    }
}
