//! What people need: whose need each is, what shows it, that it is no solution yet, and who is left out easily.

use super::segments;
use crate::{
    Challenge,
    check::{
        Found, Read,
        hidden::Hidden,
        part::Part,
        sense::{either, heads, of_one, own_words},
        words::{amounts, cited, covered, has, named, shown, so_many, stems, upto},
    },
    read::{Design, Segment},
};

pub(super) fn needs(challenge: &Challenge, own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Needs");
    let n = part.all_items.len();
    let groups = heads(&read.part("Users").all_items);
    let whose = |item: &str| {
        let first = item.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let somebody =
            ["as a ", "as an ", "as the ", "as somebody ", "as someone ", "whoever ", "somebody who ", "someone who ", "those who ", "people who "];
        own.segments.iter().any(|s| named(item, &s.words)) || somebody.iter().any(|word| first.starts_with(word)) || of_one(item, &groups)
    };
    let (linked, loose): (Vec<&String>, Vec<&String>) = part.items.iter().partition(|item| whose(item));
    let says = format!("{} of {n} needs say whose they are{}.", linked.len(), if loose.is_empty() { "" } else { "; these do not" });
    found.add("needs", "needs traced", upto(linked.len(), n.clamp(2, 4)), says, shown(&loose));
    // Whom the users' part chose is whose needs come. Where a sentence says “we choose them”, its point says whom.
    let users = read.part("Users");
    const CHOOSES: &[&str] =
        &["first", "choose", "chosen", "start with", "focus", "begin with", "design for", "main", "primary", "starts from", "decide for"];
    let choosing = users.with(CHOOSES);
    let points: Vec<&String> = users.all_items.iter().filter(|item| has(item, CHOOSES)).collect();
    let mut chosen: Vec<&Segment> = choosing.iter().flat_map(|s| segments(own, s)).collect();
    if chosen.is_empty() {
        chosen = points.iter().flat_map(|point| segments(own, point)).collect();
    }
    let whom: Vec<_> =
        choosing.iter().map(|s| own_words(s.split([',', ';', ':']).next().unwrap_or(s).split(" because ").next().unwrap_or(s))).collect();
    let mut of_chosen = part.items.iter().filter(|item| chosen.iter().any(|s| named(item, &s.words)) || of_one(item, &whom)).count();
    // Needs that name no other group, in the words in which the chosen one was told, are its needs.
    let mut others = own.segments.iter().filter(|s| !chosen.iter().any(|chosen| chosen.name == s.name));
    let of_others = others.any(|s| named(&part.all_text, &s.words));
    let told = stems(&points.iter().map(|point| point.as_str()).collect::<Vec<_>>().join(" "));
    if of_chosen == 0 && !choosing.is_empty() && !of_others && told.intersection(&stems(&part.text)).count() >= 3 {
        of_chosen = part.items.len();
    }
    let says = match of_chosen {
        0 => "No need says that it is of whom was chosen: begin one with their name, or with “as a …”.".to_owned(),
        some => format!("{} to whom was chosen.", so_many(some, "need belongs")),
    };
    found.add("needs", "needs of the chosen", upto(of_chosen, 1), says, vec![]);
    let evidence = cited(&part.text, challenge.facts.iter());
    found.add(
        "needs",
        "needs evidenced",
        upto(evidence.len(), 2),
        format!("{} behind the needs.", so_many(evidence.len(), "fact stands")),
        evidence.iter().map(|f| f.says.clone()).collect(),
    );
    let hidden = Hidden::of(challenge).used([part]).len();
    let says = format!("{} behind the needs that only asking tells, of 2 looked for.", so_many(hidden, "fact stands"));
    found.add("needs", "needs asked for", upto(hidden, 2), says, vec![]);
    let solutions = solved(challenge, part);
    found.add(
        "needs",
        "needs not solutions",
        part.said() * (1.0 - upto(solutions.len(), 3)),
        match solutions.len() {
            0 => "No need has a solution in it.".to_owned(),
            many => format!("{} a solution in it.", so_many(many, "need has")),
        },
        shown(&solutions),
    );
    let again = covered(&stems(&part.all_text), &stems(&read.part("Solutions").all_text));
    found.add(
        "needs",
        "needs before solutions",
        part.said() * (1.0 - (1.6 * again).min(1.0)),
        if 1.6 * again > 0.33 {
            format!(
                "Many words of the needs are those of the solutions ({:.0} %): a need says what somebody has to get done, not with what.",
                100.0 * again
            )
        } else {
            format!("The needs are told in words of their own; {:.0} % are those of the solutions.", 100.0 * again)
        },
        vec![],
    );
    let followed = covered(&stems(&read.part("Users").text), &stems(&part.text));
    found.add(
        "needs",
        "needs follow users",
        (3.0 * followed).min(1.0),
        format!("{:.0} % of the words on the users come back in their needs.", 100.0 * followed),
        vec![],
    );
    let reasoned = part.with(&["because", "so that", "in order", "otherwise", "since", "when ", "without", "before", "while", "if "]);
    found.add(
        "needs",
        "needs in their moment",
        upto(reasoned.len(), n.clamp(2, 3)),
        format!("{} when, or what for.", so_many(reasoned.len(), "need says")),
        shown(&reasoned),
    );
    let ordered =
        part.with(&["most", "first", "worst", "above all", "then", "more than", "less", "second", "important", "heaviest", "biggest", "largest"]);
    found.add(
        "needs",
        "needs ordered",
        upto(ordered.len(), 1),
        either(!ordered.is_empty(), "It says which need weighs most.", "It does not say which need weighs most."),
        shown(&ordered),
    );
    let figures = amounts(&part.text).len();
    found.add("needs", "needs figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    access(read, found);
}

/// Sentences of the needs that have a solution in them. What the case itself is made of, as the platform of a station, is none.
fn solved<'p>(challenge: &Challenge, part: &'p Part) -> Vec<&'p str> {
    const SURE: &[&str] = &[" app", " apps", "chatbot", "dashboard", "notification", "website", "an interface", "gamif"];
    const MAYBE: &[&str] = &["push ", "button", "feature", "screen", "a tool", "platform"];
    let facts: String = challenge.facts.iter().map(|fact| fact.says.as_str()).collect::<Vec<_>>().join(" ");
    let maybe: Vec<&str> = MAYBE.iter().copied().filter(|word| !has(&challenge.brief, &[word]) && !has(&facts, &[word])).collect();
    part.all_sentences.iter().map(String::as_str).filter(|sentence| has(sentence, SURE) || has(sentence, &maybe)).collect()
}

/// How people speak of those who are left out easily, and of what lets them take part.
const LEFT_OUT: &[&str] = &[
    "read aloud",
    "blind",
    "deaf",
    "see badly",
    "sees badly",
    "see poorly",
    "cannot see",
    "low vision",
    "poor sight",
    "hear badly",
    "hears badly",
    "hard of hearing",
    "cannot hear",
    "cannot walk",
    "elderly",
    "old people",
    "older people",
    "without a phone",
    "no phone",
    "no smartphone",
    "without a smartphone",
    "screen reader",
    "large type",
    "large letters",
    "contrast",
    "wheelchair",
    "language",
    "cannot read",
    "by hand",
    "on paper",
    "by phone",
    "telephone",
    "stairs",
    "rollator",
    "walking frame",
    "disab",
    "impair",
    "one hand",
    "both hands",
    "colour",
    "voice",
    "literacy",
    "without internet",
    "no internet",
    "offline",
];

/// Those who are left out easily: whether they are seen, served, and not forgotten when it is decided and measured.
fn access(read: &Read, found: &mut Found) {
    let of = |parts: &[&str]| -> Vec<&str> { parts.iter().flat_map(|part| read.part(part).with(LEFT_OUT)).collect() };
    let (served, seen, kept) = (of(&["Solutions", "Prioritisation", "Summary"]), of(&["Users", "Needs", "Goal"]), of(&["Trade-offs", "Measures"]));
    let many = served.len() + seen.len() + kept.len();
    let all: Vec<&str> = served.iter().chain(&kept).chain(&seen).copied().collect();
    let says = format!("{} in any part of those who are left out easily, of 4 looked for.", so_many(many, "sentence speaks"));
    found.add("accessibility", "access", upto(many, 4), says, shown(&all));
    for (check, sentences, yes, no) in [
        ("access needs", &seen, "It says under Users or Needs who is left out easily.", "Neither Users nor Needs say who is left out easily."),
        ("access served", &served, "A solution says how they take part.", "No solution says how those take part who are left out easily."),
        ("access kept", &kept, "Trade-offs or Measures look at them, too.", "Neither Trade-offs nor Measures look at those who are left out easily."),
    ] {
        found.add("accessibility", check, upto(sentences.len(), 1), either(!sentences.is_empty(), yes, no), shown(sentences));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Kind, read::Own};

    fn findings(brief: &str, answer: &str) -> Vec<crate::check::Finding> {
        let segment = |name: &str, word: &str| Segment { name: name.into(), words: vec![word.into()] };
        let own =
            Design { segments: vec![segment("The blind", "blind"), segment("Drivers", "driver"), segment("Guests", "guest")], exhibits: vec![] };
        Challenge::of_work(Own::Design(own), "t", brief, vec![]).findings(&Answer::read(Kind::Design, answer))
    }

    fn says(brief: &str, answer: &str, check: &str) -> (f64, String) {
        findings(brief, answer).into_iter().find(|finding| finding.check == check).map_or((-1.0, String::new()), |f| (f.share, f.says))
    }

    #[test]
    fn measures_that_guard_are_measures() {
        let answer = "## Measures\nWrong trams a week: from 310 to 90, does not rise at other stops.\nCalls for help: not more than 12 a week.\nBlind riders who go alone: 640, at most 5 % fewer.";
        let (_, told) = says("", answer, "outcome measured");
        assert!(told.contains("of 3 measures"), "{told}");
        assert_eq!(says("", "## Goal\nNothing.", "outcome measured").1, "Nothing is measured yet.");
    }

    #[test]
    fn the_platform_of_a_station_is_no_solution() {
        let answer = "## Needs\n- To keep both hands: members avoid taking out a phone at the edge of a platform.\n- To know which tram it is.";
        assert_eq!(says("Two trams stand at a platform.", answer, "needs not solutions").1, "No need has a solution in it.");
        assert_eq!(says("They meet in a hall.", answer, "needs not solutions").1, "1 need has a solution in it.");
        assert_eq!(
            says("", "## Needs\nThey need an application form, apples and appointments.", "needs not solutions").1,
            "No need has a solution in it."
        );
    }

    #[test]
    fn needs_in_the_words_of_whom_was_chosen_are_theirs() {
        let answer = "## Users\n- Blind riders, who stand at the edge and listen for the tram that comes; we choose them first, as a wrong tram costs them an hour.\n- Drivers, who see them late.\n\n## Needs\n- To hear which tram comes, while both stand.\n- To stand away from the edge until the right one opens.";
        let (share, told) = says("", answer, "needs of the chosen");
        assert!(share > 0.99, "{told}");
        let (share, told) = says("", "## Users\n- Blind riders; we choose them first.\n\n## Needs\n- Guests want quiet.", "needs of the chosen");
        assert!(share < 0.01 && told.contains("as a …"), "{told}");
    }

    #[test]
    fn a_confidence_that_is_said_to_be_honest_stands() {
        let sure = |percent: u8| {
            says(
                "",
                &format!(
                    "## Prioritisation\n| Solution | Value | Effort | Confidence |\n|---|---|---|---|\n| A horn | 4 | 2 | {percent} % |\n| B bell | 3 | 2 | {percent} % |\n"
                ),
                "not too sure",
            )
        };
        for percent in [40, 60, 64, 69] {
            let (share, told) = sure(percent);
            assert!(share >= 0.67 && told.contains("which is honest"), "{percent}: {share} {told}");
        }
        let (share, told) = sure(75);
        assert!(share < 0.67 && told.contains("about 60 % is taken for honest"), "{share} {told}");
    }

    #[test]
    fn what_softens_a_price_is_something_done() {
        let (share, told) =
            says("", "## Trade-offs\nWhoever reads no mail waits longer, so that letter and warden count as well.\n", "what is done about it");
        assert!(share > 0.4, "{told}");
    }

    #[test]
    fn those_who_see_badly_are_seen() {
        let answer = "## Users\n- Elderly riders and those who see badly are served by the same words.\n\n## Solutions\n- A loudspeaker: the blind hear which tram it is.";
        assert_eq!(["access needs", "access served", "access kept"].map(|check| says("", answer, check).0), [1.0, 1.0, 0.0]);
        assert!(says("", answer, "access").1.starts_with("2 sentences speak"));
    }
}
