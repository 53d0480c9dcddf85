//! What can be told of a text by its words and figures.

use crate::{
    read::{Fact, Worth},
    text::{Figure, figures, near, plain},
};
use std::collections::BTreeSet;

/// Whether a text has a word that begins so, or a phrase; with a blank ahead, the word itself.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    let plain = plain(text);
    words.iter().any(|word| begins(&plain, word))
}

/// How many of these beginnings of words occur.
pub(super) fn count(text: &str, words: &[&str]) -> usize {
    let plain = plain(text);
    words.iter().filter(|word| begins(&plain, word)).count()
}

fn begins(plain: &str, word: &str) -> bool {
    // With a blank ahead it is a whole word: “ no” is not “note”.
    let whole = word.starts_with(' ');
    let word = self::plain(word);
    let word = if whole { word.trim_start() } else { word.trim() };
    !word.trim().is_empty() && plain.match_indices(word).any(|(at, _)| plain[..at].ends_with(' '))
}

/// Whether one of a challenge's own words for something occurs.
pub(super) fn named(text: &str, words: &[String]) -> bool {
    let plain = plain(text);
    words.iter().any(|word| begins(&plain, word))
}

/// Words that carry meaning, by their beginnings.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] = &[
        "about", "after", "again", "against", "also", "because", "been", "before", "being", "both", "cannot", "could", "does", "each", "even",
        "every", "from", "have", "here", "into", "just", "less", "like", "many", "more", "most", "much", "must", "only", "other", "over", "same",
        "should", "since", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "under",
        "very", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your", "without", "within", "between", "still",
    ];
    plain(text)
        .split_whitespace()
        .filter(|word| word.chars().count() > 3 && !EMPTY.contains(word) && !word.chars().all(|c| c.is_ascii_digit()))
        .map(|word| word.chars().take(6).collect::<String>().trim_end_matches('s').to_owned())
        .collect()
}

/// The share of the one's words that the other has, too.
pub(super) fn covered(of: &BTreeSet<String>, by: &BTreeSet<String>) -> f64 {
    if of.is_empty() { 0.0 } else { of.intersection(by).count() as f64 / of.len() as f64 }
}

/// Whether a text gives a fact: its figure within 1 %, or for a text half of its words.
pub(super) fn cites(text: &str, fact: &Fact) -> bool {
    match &fact.worth {
        Worth::Text(own) => {
            let own_figures: Vec<f64> = figures(own).iter().map(|f| f.value).filter(|v| *v > 12.0).collect();
            let there = figures(text);
            let figure = own_figures.iter().any(|value| there.iter().any(|f| near(f.value, *value, 0.001)));
            let common = stems(own);
            figure || common.len() >= 4 && covered(&common, &stems(text)) >= 0.5
        }
        Worth::Figure { value, unit } => gives(text, *value, unit),
    }
}

/// Whether a figure stands in a text, as a number or as a percentage.
pub(super) fn gives(text: &str, value: f64, unit: &str) -> bool {
    figures(text).iter().any(|f| figure_stands(text, f, value, unit))
}

/// Whether a figure of a text is this value.
pub(super) fn figure_stands(text: &str, f: &Figure, value: f64, unit: &str) -> bool {
    let value = value.abs();
    let share = unit.is_empty() && value <= 1.0;
    // Small whole numbers stand for too much.
    let common = value.fract() == 0.0 && value < 10.0 && !share;
    let behind: String = text[f.end..].chars().take(24).collect();
    let unit_behind = || has(&behind, &[unit.split(['/', ' ']).next().unwrap_or("").trim_end_matches('s')]);
    match f.percent {
        true if unit.starts_with('%') => near(f.value, value, 0.01),
        true => near(f.value / 100.0, value, 0.01),
        false => {
            near(f.value, value, 0.01) && (!common || unit_behind())
                || share && value > 0.0 && near(f.value, 100.0 * value, 0.001) && behind.trim_start().starts_with("of 100")
        }
    }
}

/// Which of some facts a text gives.
pub(super) fn cited<'f>(text: &str, facts: impl Iterator<Item = &'f Fact>) -> Vec<&'f Fact> {
    facts.filter(|fact| cites(text, fact)).collect()
}

pub(super) const TIMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "week",
    "month",
    "quarter",
    "year",
    "day",
    "spring",
    "summer",
    "autumn",
    "winter",
    "season",
    "deadline",
];

/// Whether a figure is a year: four digits as they are, and no money.
fn is_year(text: &str, f: &Figure) -> bool {
    let written = &text[f.start..f.end];
    !f.percent && written.len() == 4 && (1990.0..2060.0).contains(&f.value) && !super::sense::is_money(text, f)
}

/// A text without its rates and without “may”: “24,000 EUR a year” is no time, “within a year” is one.
fn times_of(text: &str) -> String {
    const TIMED: &[&str] = &["after", "within", "in", "for", "over", "than", "half", "until", "by", "once", "take", "takes", "of"];
    const UNITS: &[&str] = &["year", "month", "week", "day", "quarter", "season"];
    let plain = plain(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let rate = |at: usize| {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at]);
        UNITS.contains(&words[at])
            && (before(1) == "per" || matches!(before(1), "a" | "each" | "every") && !TIMED.contains(&before(2)) || before(1) == "eur")
    };
    let modal = |word: &str| word == "may" && !text.contains("May");
    let kept: Vec<&str> = (0..words.len()).filter(|at| !rate(*at) && !modal(words[*at])).map(|at| words[at]).collect();
    kept.join(" ")
}

/// Whether a time is named: a date, or so many weeks.
pub(super) fn dated(text: &str) -> bool {
    let year = figures(text).iter().any(|f| is_year(text, f) && (2020.0..2045.0).contains(&f.value));
    let times = times_of(text);
    let span = has(&times, TIMES)
        && (!figures(&times).is_empty()
            || has(
                &times,
                &[
                    "first", "second", "third", "one", "two", "three", "four", "five", "six", "eight", "nine", "twelve", "end of", "within", "until",
                    "by the",
                ],
            ));
    year || span
}

/// Figures that are no years, no days of a month and no numbers of a list.
pub(super) fn amounts(text: &str) -> Vec<f64> {
    sizes(text).into_iter().map(|f| f.value).collect()
}

/// The same with where they stand.
pub(super) fn sizes(text: &str) -> Vec<Figure> {
    figures(text).into_iter().filter(|f| !is_year(text, f) && !is_day(text, f)).collect()
}

/// The word ahead of a figure, and the one behind it.
pub(super) fn beside(text: &str, f: &Figure) -> [String; 2] {
    let last = |text: &str| plain(text).split_whitespace().next_back().unwrap_or("").to_owned();
    let behind = plain(&text[f.end..].chars().take(24).collect::<String>());
    let ahead: String = text[..f.start].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    [last(&ahead), behind.split_whitespace().next().unwrap_or("").to_owned()]
}

/// Whether a figure is the day of a month: “31 December”, “May 3rd”.
fn is_day(text: &str, f: &Figure) -> bool {
    // “12 may pay” names no month.
    let month = |word: &str| {
        (word != "may" || text.contains("May")) && TIMES[..12].contains(&word)
            || ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].contains(&word)
    };
    let [ahead, behind] = beside(text, f);
    let own = if ["st", "nd", "rd", "th"].contains(&behind.as_str()) { String::new() } else { behind };
    !f.percent && f.value.fract() == 0.0 && (1.0..=31.0).contains(&f.value) && (month(&ahead) || month(&own))
}

/// Figures of how much: no dates and no spans until something is there, as in “within 18 months” or “month 5”.
pub(super) fn measured(text: &str) -> Vec<Figure> {
    const UNTIL: &[&str] = &["within", "in", "after", "by", "over", "next", "until", "for"];
    const UNITS: &[&str] = &["month", "months", "week", "weeks", "year", "years", "quarter", "quarters", "day", "days"];
    let span = |f: &Figure| {
        let [ahead, behind] = beside(text, f);
        UNTIL.contains(&ahead.as_str()) && UNITS.contains(&behind.as_str()) || UNITS.contains(&ahead.as_str())
    };
    sizes(text).into_iter().filter(|f| !span(f)).collect()
}

pub(super) const REASONS: &[&str] = &[
    "because",
    "since",
    "as ",
    "so that",
    "therefore",
    "for ",
    "due to",
    "hence",
    "which means",
    "that is why",
    "so ",
    "would ",
    "whereas",
    "unless",
];
pub(super) const CONDITIONS: &[&str] = &["if", "unless", "when", "once", "should", "in case", "as soon as", "where", "until"];
pub(super) const LIMITS: &[&str] = &[
    "below",
    "above",
    "under",
    "over",
    "at least",
    "at most",
    "less than",
    "more than",
    "fewer than",
    "exceed",
    "fall",
    "drop",
    "reach",
    "threshold",
    "than",
    "no more",
    "worse",
    "rise",
];
pub(super) const STOPS: &[&str] = &[
    "pause",
    "turn back",
    "end ",
    "reverse",
    "undo",
    "withdraw",
    "cancel",
    "drop",
    "halt",
    "give up",
    "return",
    "switch",
    "fall back",
    "go back",
    "close",
    "roll back",
    "abandon",
    "hold",
    "renegotiate",
    "we end",
];

/// The first sentences, for showing what a finding rests on.
pub(super) fn shown<S: AsRef<str>>(sentences: &[S]) -> Vec<String> {
    sentences.iter().take(3).map(|s| s.as_ref().trim().to_owned()).collect()
}

/// The factors that a text says, in words or figures: “five times”, “a third”, “double”, “3 times”, “by 40 %”.
pub(super) fn effects(text: &str) -> Vec<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("half", 0.5),
        ("halve", 0.5),
        ("third", 1.0 / 3.0),
        ("quarter", 0.25),
        ("fifth", 0.2),
        ("tenth", 0.1),
        ("double", 2.0),
        ("twice", 2.0),
        ("two times", 2.0),
        ("three times", 3.0),
        ("triple", 3.0),
        ("four times", 4.0),
        ("five times", 5.0),
        ("six times", 6.0),
        ("seven times", 7.0),
        ("eight times", 8.0),
        ("nine times", 9.0),
        ("ten times", 10.0),
        ("square", 2.0),
    ];
    let plain = plain(text);
    let told = WORDS.iter().filter(|(word, _)| begins(&plain, word)).map(|(_, factor)| *factor);
    let figures = figures(text).into_iter().filter_map(|f| match f.percent {
        true => Some(f.value / 100.0),
        false => text[f.end..].trim_start().starts_with("times").then_some(f.value),
    });
    told.chain(figures).filter(|factor| *factor > 0.0).collect()
}

/// A share from a count: nothing for none, all from so many on.
pub(super) fn upto(count: usize, full: usize) -> f64 {
    (count as f64 / full.max(1) as f64).min(1.0)
}

/// “1 item stands”, “3 items stand”: a phrase that begins with its noun, said of so many.
pub(super) fn so_many(count: usize, one: &str) -> String {
    if count == 1 {
        return format!("1 {one}");
    }
    let mut noun = true;
    let word = |word: &str| {
        let verb = match word {
            "is" => Some("are"),
            "has" => Some("have"),
            "does" => Some("do"),
            "goes" => Some("go"),
            "stands" => Some("stand"),
            "says" => Some("say"),
            "speaks" => Some("speak"),
            "belongs" => Some("belong"),
            "occurs" => Some("occur"),
            "waves" => Some("wave"),
            "counts" => Some("count"),
            "carries" => Some("carry"),
            "takes" => Some("take"),
            "lies" => Some("lie"),
            "comes" => Some("come"),
            _ => None,
        };
        if let Some(verb) = verb {
            return verb.to_owned();
        }
        let plural = std::mem::replace(&mut noun, matches!(word, "other" | "or"));
        match word {
            _ if !plural || matches!(word, "other" | "or") => word.to_owned(),
            "criterion" => "criteria".to_owned(),
            "hypothesis" => "hypotheses".to_owned(),
            "guess" => "guesses".to_owned(),
            _ => format!("{word}s"),
        }
    };
    // What stands on both sides of “or” is counted.
    let words: Vec<&str> = one.split(' ').collect();
    let told: Vec<String> = words.into_iter().map(word).collect();
    format!("{} {}", if count == 0 { "No".to_owned() } else { count.to_string() }, told.join(" "))
}

/// “There is 1 option.”, “There are 3 options.”, “There are no options.”
pub(super) fn there_are(count: usize, one: &str) -> String {
    let many = so_many(count, one);
    match count {
        0 => format!("There are {}.", many.replacen("No ", "no ", 1)),
        1 => format!("There is {many}."),
        _ => format!("There are {many}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_as_people_say_them() {
        assert_eq!(so_many(1, "fact is used"), "1 fact is used");
        assert_eq!(so_many(2, "fact is used"), "2 facts are used");
        assert_eq!(so_many(3, "guess or fact"), "3 guesses or facts");
        assert_eq!(so_many(3, "other event is"), "3 other events are");
        assert_eq!(so_many(0, "value of a dimension occurs"), "No values of a dimension occur");
        assert_eq!(so_many(3, "solution does without a machine"), "3 solutions do without a machine");
        assert_eq!([0, 1, 2].map(|n| there_are(n, "option")), ["There are no options.", "There is 1 option.", "There are 2 options."]);
    }

    #[test]
    fn a_date_is_no_size() {
        assert_eq!(amounts("Reach more people by 31 December 2027."), []);
        let sizes = |text: &str| measured(text).iter().map(|f| f.value).collect::<Vec<_>>();
        assert_eq!(sizes("From 41 to 60 of 100 within 18 months, seen in month 5, by May 3"), [41.0, 60.0, 100.0]);
        assert_eq!(sizes("from 12 days to 3 days"), [12.0, 3.0]);
    }

    #[test]
    fn times_and_words() {
        assert!(dated("until the end of March") && dated("within 6 weeks") && dated("by 2027") && !dated("soon"));
        assert!(!dated("revenue from singers falls below 24,000 EUR a year") && dated("within a year, 300") && !dated("they may leave us 12 keys"));
        assert!(has("The Riders' deposits", &["deposit"]) && !has("redeposit", &["deposit"]));
        assert_eq!(amounts("In 2026, 12 % of 400"), [12.0, 400.0]);
        assert!(!gives("60 % of the scans", 0.6, "%") && amounts("2 people, 2,000 EUR, in 2026") == [2.0, 2000.0]);
        assert!(gives("12 % of all", 0.12, "") && gives("it cost 45 EUR", 45.0, "EUR") && !gives("3 of them", 3.0, "lines"));
    }
}
