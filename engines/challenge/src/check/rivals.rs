//! Who competes: whether somebody is spoken of, and whether it is said what they will do.

use super::words::has;
use crate::text::plain;

/// Whether a text names somebody who is called so, by the whole name or its first word.
pub(super) fn spoken_of(text: &str, name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or("");
    let short = first.chars().count() >= 4 && first.chars().next().is_some_and(char::is_uppercase);
    has(text, &[name]) || short && text.split(|c: char| !c.is_alphanumeric()).any(|word| word == first)
}

/// Whether a sentence says what somebody will or may do: the name comes first, and it is no question.
pub(super) fn foretells(sentence: &str, name: &str) -> bool {
    let all = plain(sentence);
    let words: Vec<&str> = all.split_whitespace().collect();
    let called = plain(name);
    let first = called.split_whitespace().next().unwrap_or("");
    let does = |at: usize| words[at + 1..].iter().take(9).any(|word| REACTS.contains(word));
    !sentence.trim_end().ends_with('?') && words.iter().enumerate().any(|(at, word)| *word == first && does(at))
}

/// Whether a sentence goes on about whoever the one before it named.
pub(super) fn goes_on(sentence: &str) -> bool {
    let all = plain(sentence);
    let mut words = all.split_whitespace();
    matches!(words.next(), Some("it" | "they" | "both" | "neither")) && words.take(4).any(|word| REACTS.contains(&word))
}

/// Whether a sentence says of all who compete what they will or will not do: “which neither will copy”.
pub(super) fn of_all(sentence: &str) -> bool {
    let all = plain(sentence);
    let words: Vec<&str> = all.split_whitespace().collect();
    let whole = |at: usize| {
        matches!(words[at], "neither" | "both")
            || words[at] == "none" && words.get(at + 1) == Some(&"of")
            || words[at] == "nobody" && words.get(at + 1) == Some(&"else")
    };
    let does = |at: usize| words[at + 1..].iter().take(4).any(|word| ["will", "would", "can", "could", "cannot", "may", "might"].contains(word));
    !sentence.trim_end().ends_with('?') && (0..words.len()).any(|at| whole(at) && does(at))
}

const REACTS: &[&str] = &[
    "will",
    "would",
    "may",
    "might",
    "could",
    "can",
    "cannot",
    "answers",
    "copies",
    "reacts",
    "responds",
    "undercuts",
    "matches",
    "lowers",
    "follows",
    "imitates",
    "counters",
    "needs",
    "takes",
    "likely",
    "probably",
    "wants",
    "cuts",
    "offers",
    "raises",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn competitors_are_known_by_their_first_name_and_only_statements_foretell() {
        let name = "Setuvan Rentals";
        let said = "Setuvan will go on with large builders and may offer its service car, when it sees the money.";
        assert!(spoken_of(said, name) && foretells(said, name));
        assert!(!foretells("60 EUR of which may go to Tuttiplan, so the choir has money", "Tuttiplan"));
        assert!(!foretells("Can Fuguta or Grădina Vecină copy it within a year?", "Fuguta"));
        assert!(!foretells("an own app costs 40,000 EUR from Przystanka.", "Przystanka"));
        assert!(!spoken_of("a green roof", "Green Riders"));
    }

    #[test]
    fn what_is_said_of_all_who_compete_is_said_of_each() {
        assert!(of_all("by the visit, which neither will copy since it earns nothing") && of_all("None of them can serve the hills"));
        assert!(!of_all("Neither a bus nor a locker is cheap") && !of_all("Will neither copy it?"));
    }
}
