//! What is meant where one key word would mislead: how many people, whose money, who is spoken of, and what answers what.

use super::{
    who::TRADES,
    words::{CONDITIONS, STOPS, has, measured, stems},
};
use crate::text::{Figure, figures, plain};
use std::collections::BTreeSet;

/// One of two sentences: what is there, or that it is not.
pub(super) fn either(there: bool, yes: &str, no: &str) -> String {
    if there { yes } else { no }.to_owned()
}

/// A text with small numbers as figures, however they are written: “two people” is “2 people”.
fn numbered(text: &str) -> String {
    const NUMBERS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let number = |word: &str| {
        let bare = word.trim().to_lowercase();
        NUMBERS.iter().position(|known| *known == bare).map_or_else(|| word.to_owned(), |at| format!("{} ", at + 1))
    };
    text.split_inclusive(char::is_whitespace).map(number).collect()
}

/// How many people do something, where that is said.
pub(super) fn people(item: &str) -> Option<f64> {
    const PEOPLE: &[&str] = &["people", "person", "staff", "employee", "expert"];
    let item = numbered(item);
    let does = |f: &&Figure| {
        let behind = plain(&item[f.end..].chars().take(40).collect::<String>());
        // In “months 1–5: 2 developers” the 5 is none of them.
        let mut next = behind.split_whitespace().take(2).take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        let named = next.any(|word| PEOPLE.iter().chain(TRADES).any(|known| word.starts_with(known)));
        !f.percent && f.value >= 1.0 && named
    };
    figures(&item).iter().find(does).map(|f| f.value)
}

/// Whether a figure of a text is a sum of money.
pub(super) fn is_money(text: &str, f: &Figure) -> bool {
    const CODES: &[&str] = &[
        "EUR", "SEK", "CZK", "PLN", "RON", "USD", "GBP", "CHF", "DKK", "NOK", "HUF", "INR", "KES", "UGX", "MAD", "JPY", "CAD", "AUD", "NZD", "ZAR",
        "BRL", "MXN", "TRY", "UAH", "BGN", "ISK", "NGN", "GHS", "TZS", "IDR", "PHP", "THB", "VND", "KRW", "CLP", "COP", "PEN", "ARS", "RSD", "GEL",
    ];
    let code = |word: &str| CODES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())) || word.starts_with(['€', '$', '£']);
    let behind: String = text[f.end..].chars().take(12).collect();
    let first = behind.split([' ', '\u{a0}', '\u{202f}', '/', '\n']).find(|word| !word.is_empty()).unwrap_or("");
    let before = text[..f.start].trim_end();
    let mut tokens = before.rsplit(|c: char| c.is_whitespace() || c == '(').filter(|word| !word.is_empty());
    let (last, earlier) = (tokens.next().unwrap_or(""), tokens.next().unwrap_or(""));
    // In “90 EUR 34 of 60” the currency is that of the figure before it.
    let ahead = CODES.contains(&last) && !earlier.ends_with(|c: char| c.is_ascii_digit());
    !f.percent && (code(first) || first.to_lowercase().starts_with("euro") || ahead || before.ends_with(['€', '$', '£']))
}

/// Whether a risk says on what condition something is done: “if”, “when”, or a sign and then what follows.
pub(super) fn conditional(item: &str) -> bool {
    has(item, CONDITIONS) || then(item)
}

/// “…: then we stop”.
fn then(item: &str) -> bool {
    let lower = item.to_lowercase();
    [": then ", "; then ", ", then ", ". then "].iter().any(|mark| lower.contains(mark))
}

/// Whether it says what is done then: one turns back, or does something else.
pub(super) fn answered(item: &str) -> bool {
    let denied = has(item, &["for nobody", "never turn back", "not turn back", "never stop", "do not stop"]);
    let lower = item.to_lowercase();
    let ours = [", we ", "; we ", ": we ", "then we ", ", i "].iter().any(|mark| lower.contains(mark));
    conditional(item) && !denied && (stops(item) || then(item) || ours || has(item, &["instead"]))
}

/// Whether something is ended or taken back: “then we stop”, and not “the 140 stops” of a bus.
pub(super) fn stops(text: &str) -> bool {
    has(text, STOPS) || stops_doing(text)
}

/// “Stop: …”, as the form of measures asks for.
pub(super) fn bids_stop(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.match_indices("stop:").any(|(at, _)| !lower[..at].ends_with(char::is_alphanumeric))
}

fn stops_doing(text: &str) -> bool {
    // Whoever stops stands ahead of it, or what bids it; a clause that begins with it bids, too.
    const AHEAD: &[&str] =
        &["we", "i", "they", "it", "then", "to", "will", "would", "must", "should", "shall", "may", "can", "and", "or", "not", "nobody", "everybody"];
    text.split([',', ';', '.', ':', '(', '–', '—', '\n']).any(|clause| {
        let clause = plain(clause);
        let words: Vec<&str> = clause.split_whitespace().collect();
        words.iter().enumerate().any(|(at, word)| match *word {
            "stopped" | "stopping" => true,
            "stop" => at == 0 || AHEAD.contains(&words[at - 1]),
            "stops" => at > 0 && ["it", "this", "that", "everything", "work", "trial", "pilot"].contains(&words[at - 1]),
            _ => false,
        })
    })
}

/// Whether a text says what speaks against something. “Only” may praise as well as blame, so it counts for nothing.
pub(super) fn has_drawback(text: &str) -> bool {
    has(
        text,
        &[
            " but",
            " yet",
            " while",
            " though",
            "although",
            "however",
            "cost",
            "risk",
            "slow",
            "loses",
            "lose ",
            "needs",
            "price",
            "drawback",
            "downside",
            "disadvantage",
            "against it",
            "leaves",
            "does not",
            "do not",
            "cannot",
            "fewer",
            "worse",
            "too late",
            "too few",
            "too small",
            "fails",
            "depends",
            "without",
        ],
    )
}

/// Whether a text says from where to where something is to move: a figure that is, and one that is to be.
pub(super) fn moves(sentence: &str) -> bool {
    const NOW: &[&str] =
        &[" today ", " now ", " currently ", " baseline ", " so far ", " at present ", " instead of ", " rather than ", " this year ", " last year "];
    let sizes = measured(sentence);
    let said = plain(sentence);
    let arrow = sentence.contains('→') || sentence.contains("->");
    // “from 41 % of readers to 60 %”: a few words behind each.
    let behind = |from: usize, to: usize| sentence.get(from..to).map(|text| plain(text).split_whitespace().count()).unwrap_or(usize::MAX);
    let lower = sentence.to_lowercase();
    let from_to = lower.len() == sentence.len()
        && lower.match_indices("from ").any(|(at, _)| {
            let first = sizes.iter().position(|f| f.start > at && behind(at + 5, f.start) <= 3);
            let to = |f: &Figure| {
                lower.get(..f.start).is_some_and(|ahead| {
                    let ahead: Vec<&str> = ahead.split_whitespace().collect();
                    ahead.iter().rev().take(4).any(|word| *word == "to" || *word == "towards")
                })
            };
            first.is_some_and(|first| sizes[first + 1..].iter().any(to))
        });
    sizes.len() >= 2 && (arrow || from_to || NOW.iter().any(|word| said.contains(word)))
}

/// Whether a sentence sets a limit to what may get worse.
pub(super) fn guards(sentence: &str) -> bool {
    has(
        sentence,
        &[
            "guard",
            "get worse",
            "not fall",
            "not rise",
            "must not",
            "may not",
            "no more than",
            "not more",
            "not fewer",
            "not less",
            "no fewer",
            "no less",
            "not longer",
            "not exceed",
            "at the same time",
            "unharmed",
            "not worse",
            "counter",
            "without",
            "stay",
            "not below",
            "not above",
            "not under",
            "not over",
            "at most",
            "limit",
            "unchanged",
            "no rise",
            "no fall",
            "no higher",
            "no lower",
            "remain",
            "nobody",
            "watch that",
            "does not",
            "do not",
        ],
    )
}

/// Whether a sentence says that something is for all: “of all groups” picks one of them.
pub(super) fn for_all(sentence: &str) -> bool {
    const ALL: &[&str] =
        &["everyone", "everybody", "all users", "all people", "all groups", "anyone", "equally", "general public", "all of them", "all of these"];
    let mut plain = plain(sentence);
    for other in
        [" of all groups ", " of all users ", " of all people ", " not for everyone ", " not for everybody ", " not everyone ", " not everybody "]
    {
        plain = plain.replace(other, " ");
    }
    has(&plain, ALL)
}

/// Whether a group is told by how old its people are.
pub(super) fn aged(item: &str) -> bool {
    figures(item).iter().any(|f| {
        let old = (12.0..=99.0).contains(&f.value) && !f.percent;
        let behind = item[f.end..].trim_start_matches([' ', '-', '+']).to_lowercase();
        let before = item[..f.start].trim_end().to_lowercase();
        let said_behind = ["years old", "year-old", "year old"].iter().any(|says| behind.starts_with(says)) || item[f.end..].starts_with('+');
        old && (said_behind || ["aged", "age", "ages"].contains(&before.rsplit(' ').next().unwrap_or("")))
    })
}

/// What somebody's groups are called, from the items that name them: the words before what is said of each.
pub(super) fn heads(items: &[String]) -> Vec<BTreeSet<String>> {
    let cut = |item: &str, marks: &[&str]| -> BTreeSet<String> {
        let end = marks.iter().filter_map(|mark| item.find(mark)).min().unwrap_or(item.len());
        own_words(&item[..end].split_whitespace().take(8).collect::<Vec<_>>().join(" "))
    };
    let head = |item: &String| {
        let short = cut(item, &[":", ",", ";", ".", "(", " – ", " who ", " whose ", " that ", " which "]);
        if short.is_empty() { cut(item, &[":", ",", ";", ".", "("]) } else { short }
    };
    items.iter().map(head).filter(|head| !head.is_empty()).collect()
}

/// Words that tell one group from another.
pub(super) fn own_words(text: &str) -> BTreeSet<String> {
    const ANY: &[&str] = &[
        "people", "person", "househ", "user", "group", "first", "choose", "chosen", "start", "focus", "begin", "design", "main", "primar", "target",
        "serve", "decide", "pick", "worker", "custom", "member",
    ];
    stems(text).into_iter().filter(|stem| !ANY.contains(&stem.as_str())).collect()
}

/// Whether a text speaks of one of such groups.
pub(super) fn of_one(text: &str, heads: &[BTreeSet<String>]) -> bool {
    let words = stems(text);
    heads.iter().any(|head| head.iter().any(|word| words.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_in_words_and_figures() {
        assert_eq!(people("two people watch 20 conductors prepare a programme; 4,000 EUR"), Some(2.0));
        assert_eq!(people("Months 1-5: one developer and one contractor build score import"), Some(1.0));
        assert_eq!(people("1 analyst, months 1–3"), Some(1.0));
        assert_eq!(people("offer 40 choirs the subscription at 90 EUR"), None);
    }

    #[test]
    fn a_condition_and_its_answer_need_no_certain_word() {
        let then = "if fewer than 10 of the 40 test choirs have paid by month 4, we go to 60 EUR and the Lehthaus way.";
        assert!(conditional(then) && answered(then));
        let colon = "Preparation stays above two hours in month 5: then we stop the import and prepare scores ourselves.";
        assert!(conditional(colon) && answered(colon));
        assert!(!answered("If they ask, we turn back to 12 % for nobody"));
        assert!(!answered("Functions may be late; we begin with the tuner."));
    }

    #[test]
    fn the_stops_of_a_bus_end_nothing() {
        for none in ["Loans at the 140 stops: from 75,840 to 80,000", "complaints from the 46 school stops", "if two trams stand at the double stop"]
        {
            assert!(!stops(none), "{none}");
        }
        for some in ["if it falls below 60, we stop", "Stop: fewer than 3 by May", "then it stops", "must be stopped", "if so, stop the trial"] {
            assert!(stops(some), "{some}");
        }
    }

    #[test]
    fn only_is_no_drawback_and_fewer_is() {
        assert!(!has_drawback("the outside loudspeaker speaks once, quietly, only when somebody presses."));
        assert!(!has_drawback("Button post at the double stop which says what stands at place A"));
        assert!(!has_drawback("Filter: only bikes that last for my way: Rider says where to;"));
        assert!(has_drawback("drawback: fewer bikes in the list") && has_drawback("Cheap, but late"));
    }

    #[test]
    fn a_goal_moves_from_a_figure_to_a_figure() {
        assert!(moves("From 41 % of readers to 60 % by May 2027") && moves("Loans: 75,840 → 90,000") && moves("90,000 loans, 75,840 today"));
        assert!(!moves("12,000 people get 3 books a year from us by 31 December 2027 and live up to 4 km away"));
        assert!(!moves("More loans by 2028.") && !moves("from 3 to many"));
    }

    #[test]
    fn guards_and_groups_are_read_as_they_are_meant() {
        assert!(guards("Quarrels that reach the board: not more than today, counted each month."));
        assert!(guards("Must not get worse: number of farmers in a cover, 61,000, not below 45,000."));
        assert!(!for_all("We choose the newcomers, as they suffer most and, of all groups, have the fewest ways out."));
        assert!(for_all("It is for all groups alike."));
        assert!(!aged("Old keys: 1,840 clients, 25 of which write") && aged("People aged 65 and more") && aged("Those over 40 years old"));
        let heads = heads(&["Those who hold the evening: they have their lock on the board".into(), "Newcomers, whose lock comes late".into()]);
        assert!(of_one("A wash at an hour when I am at home (newcomers).", &heads) && !of_one("A quick repair of a machine", &heads));
    }

    #[test]
    fn money_is_money_with_its_currency() {
        let money = |text: &str| figures(text).iter().map(|f| is_money(text, f)).collect::<Vec<_>>();
        assert_eq!(money("1 person, 2,000 EUR"), [false, true]);
        assert_eq!(money("2,000 EUR, 1 person"), [true, false]);
        assert_eq!(money("(EUR 6,000, 1 person) for €30"), [true, false, true]);
    }
}
