//! Designs: people and what they need, options that differ, a table that is followed.

mod options;

use self::options::{options, prioritisation, summary, trade_offs};
use super::strategy::{from_to, measures, worked_out};
use crate::{
    Challenge,
    check::{
        Found, Read,
        words::{REASONS, amounts, cited, covered, has, named, shown, so_many, stems, upto},
    },
    read::{Design, Segment},
};

pub(super) fn check(challenge: &Challenge, own: &Design, read: &Read, found: &mut Found) {
    problem(challenge, read, found);
    users(own, read, found);
    needs(challenge, own, read, found);
    options(challenge, read, found);
    prioritisation(read, found);
    trade_offs(own, read, found);
    measures(challenge, read.part("Measures"), found);
    outcome(read, found);
    summary(own, read, found);
}

fn problem(challenge: &Challenge, read: &Read, found: &mut Found) {
    let part = read.part("Goal");
    let figures = amounts(&part.text).len();
    found.add("problem", "goal measured", upto(figures, 1), format!("{} in the goal.", so_many(figures, "figure stands")), shown(&part.sentences));
    let facts = cited(&part.text, challenge.facts.iter());
    found.add(
        "problem",
        "goal from facts",
        upto(facts.len(), 2),
        format!("{} in the goal.", so_many(facts.len(), "fact stands")),
        facts.iter().map(|f| f.says.clone()).collect(),
    );
    let hidden = cited(&read.whole, challenge.facts.iter().filter(|fact| fact.hidden));
    let all = challenge.facts.iter().filter(|fact| fact.hidden).count();
    found.add(
        "problem",
        "asked for",
        upto(hidden.len(), all.clamp(1, 5)),
        format!("{} that had to be asked for.", so_many(hidden.len(), "fact is used")),
        hidden.iter().map(|f| f.says.clone()).collect(),
    );
    found.add(
        "problem",
        "goal from and to",
        f64::from(u8::from(from_to(part))),
        "Whether the goal says from where to where.",
        shown(&part.sentences),
    );
    let why = part.with(REASONS);
    found.add("problem", "why", upto(why.len(), 2), "Whether it says why.", shown(&why));
    let solution = part.ever_with(&[
        "app",
        "chatbot",
        "platform",
        "feature",
        "button",
        "dashboard",
        "screen",
        "portal",
        "introduce",
        "build",
        "launch",
        "roll out",
        "modern",
        "digital",
    ]);
    found.add(
        "problem",
        "no solution yet",
        part.said() * (1.0 - upto(solution.len(), 2)),
        format!("{} a solution already.", so_many(solution.len(), "sentence of the goal has")),
        shown(&solution),
    );
    let not = part.with(&["not ", "rather than", "instead of", "without", "no ", "isn't"]);
    found.add("problem", "goal bounded", upto(not.len(), 1), "Whether it says what the goal is not, or what must not suffer.", shown(&not));
    let (worked, _) = worked_out(challenge, &read.whole);
    found.add(
        "problem",
        "worked out",
        upto(worked.len(), 2),
        format!("{} from figures of the case.", so_many(worked.len(), "figure is worked out")),
        worked.iter().map(f64::to_string).collect(),
    );
}

/// Whether measures count what people have of it, and not that the solution is there.
fn outcome(read: &Read, found: &mut Found) {
    let said = read.part("Measures").said();
    let part = stems(&read.part("Measures").all_text);
    let aim = stems(&format!("{} {}", read.part("Goal").text, read.part("Needs").text));
    let means: std::collections::BTreeSet<String> = stems(&read.part("Solutions").text).difference(&aim).cloned().collect();
    let (ends, means) = (covered(&part, &aim), covered(&part, &means));
    let says = format!("{:.0} % of the words of the measures are of goal and needs, {:.0} % of the solutions alone.", 100.0 * ends, 100.0 * means);
    found.add("measures", "outcome measured", said * (2.0 * ends).min(1.0), says.clone(), vec![]);
    found.add("measures", "not the output measured", said * (1.0 - (5.0 * means).min(1.0)), says, vec![]);
}

const DEMOGRAPHIC: &[&str] = &[
    "aged",
    "age ",
    "ages",
    "years old",
    "young",
    "old people",
    "older",
    "elderly",
    "senior",
    "male",
    "female",
    "men",
    "women",
    "millennial",
    "gen z",
    "income",
    "middle class",
    "tech savvy",
    "urban",
    "students",
    "families",
    "18",
    "25",
    "35",
    "45",
    "65",
];

const BEHAVIOUR: &[&str] =
    &["who", "when", "every", "each", "must", "have to", "cannot", "try", "wait", "use", "need", "with", "whose", "while", "that"];

fn segments<'a>(own: &'a Design, text: &str) -> Vec<&'a Segment> {
    own.segments.iter().filter(|segment| named(text, &segment.words)).collect()
}

fn users(own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Users");
    let there = segments(own, &part.text);
    found.add(
        "users",
        "segments",
        upto(there.len(), 3),
        format!("{} of {} groups of people are named.", there.len(), own.segments.len()),
        there.iter().map(|s| s.name.clone()).collect(),
    );
    let all = segments(own, &read.whole);
    found.add(
        "users",
        "segments anywhere",
        upto(all.len(), own.segments.len()),
        format!("{} of {} groups occur anywhere.", all.len(), own.segments.len()),
        vec![],
    );
    let demographic = part.all_items.iter().filter(|item| has(item, DEMOGRAPHIC)).count();
    found.add(
        "users",
        "not demographic",
        part.said() * (1.0 - upto(demographic, part.items.len().max(2))),
        format!("{} by age or income.", so_many(demographic, "group is told")),
        vec![],
    );
    let doing = part.items.iter().filter(|item| has(item, BEHAVIOUR)).count();
    found.add(
        "users",
        "by what they do",
        upto(doing, part.all_items.len().clamp(1, 3)),
        format!("{} by what they do.", so_many(doing, "group is told")),
        shown(&part.items),
    );
    let chosen = part.with(&[
        "first",
        "choose",
        "chosen",
        "start with",
        "focus",
        "begin with",
        "we design for",
        "main",
        "primary",
        "target",
        "serve",
        "decide for",
        "pick",
    ]);
    found.add("users", "one chosen", upto(chosen.len(), 1), "Whether one group is chosen.", shown(&chosen));
    let reasoned: Vec<&&str> =
        chosen.iter().filter(|sentence| has(sentence, &["because", "since", "as ", "for ", "so that", "whoever", "if it works"])).collect();
    found.add("users", "chosen with reason", upto(reasoned.len(), 1), "Whether it says why that one.", shown(&reasoned));
    let figures = amounts(&part.text).len();
    found.add("users", "users figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let everyone = part.ever_with(&[
        "everyone",
        "everybody",
        "all users",
        "all people",
        "all groups",
        "anyone",
        "equally",
        "general public",
        "all of them",
        "all of these",
    ]);
    found.add(
        "users",
        "not everyone",
        part.said() * (1.0 - upto(everyone.len(), 1)),
        format!("{} that it is for all.", so_many(everyone.len(), "sentence says")),
        shown(&everyone),
    );
    let apart = part.with(&["not ", "also", "harm", "affected", "other side", "besides", "too", "later", "second"]);
    found.add("users", "others seen", upto(apart.len(), 2), "Whether others who are touched are named.", shown(&apart));
}

fn needs(challenge: &Challenge, own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Needs");
    let n = part.all_items.len();
    let linked = part.items.iter().filter(|item| own.segments.iter().any(|s| named(item, &s.words))).count();
    found.add("needs", "needs traced", upto(linked, n.clamp(2, 4)), format!("{linked} of {n} needs name whose they are."), shown(&part.items));
    // Whom the users' part chose is whose needs come.
    let chosen: Vec<&Segment> = read
        .part("Users")
        .with(&["first", "choose", "chosen", "start with", "focus", "begin with", "design for", "main", "primary"])
        .iter()
        .flat_map(|s| segments(own, s))
        .collect();
    let of_chosen = part.items.iter().filter(|item| chosen.iter().any(|s| named(item, &s.words))).count();
    found.add("needs", "needs of the chosen", upto(of_chosen, 1), format!("{} to whom was chosen.", so_many(of_chosen, "need belongs")), vec![]);
    let evidence = cited(&part.text, challenge.facts.iter());
    found.add(
        "needs",
        "needs evidenced",
        upto(evidence.len(), 2),
        format!("{} behind the needs.", so_many(evidence.len(), "fact stands")),
        evidence.iter().map(|f| f.says.clone()).collect(),
    );
    let hidden = evidence.iter().filter(|fact| fact.hidden).count();
    found.add("needs", "needs asked for", upto(hidden, 2), format!("{} of these had to be asked for.", so_many(hidden, "fact")), vec![]);
    let solutions = part.ever_with(&[
        "app",
        "chatbot",
        "dashboard",
        "notification",
        "push",
        "button",
        "feature",
        "screen",
        "website",
        "an interface",
        "a tool",
        "platform",
        "gamif",
    ]);
    found.add(
        "needs",
        "needs not solutions",
        part.said() * (1.0 - upto(solutions.len(), 3)),
        format!("{} a solution in it.", so_many(solutions.len(), "need has")),
        shown(&solutions),
    );
    let again = covered(&stems(&part.all_text), &stems(&read.part("Solutions").all_text));
    found.add(
        "needs",
        "needs before solutions",
        part.said() * (1.0 - (1.6 * again).min(1.0)),
        format!("{:.0} % of the words of the needs are those of the solutions.", 100.0 * again),
        vec![],
    );
    let followed = covered(&stems(&read.part("Users").text), &stems(&part.text));
    found.add(
        "needs",
        "needs follow users",
        (3.0 * followed).min(1.0),
        format!("{:.0} % of the words of the users' part come back.", 100.0 * followed),
        vec![],
    );
    let reasoned = part.with(&["because", "so that", "in order", "otherwise", "since", "when ", "without", "before", "while", "if "]);
    found.add("needs", "needs in their moment", upto(reasoned.len(), n.clamp(2, 3)), "Whether it says when or what for.", shown(&reasoned));
    let ordered =
        part.with(&["most", "first", "worst", "above all", "then", "more than", "less", "second", "important", "heaviest", "biggest", "largest"]);
    found.add("needs", "needs ordered", upto(ordered.len(), 1), "Whether it says which weighs most.", shown(&ordered));
    let figures = amounts(&part.text).len();
    found.add("needs", "needs figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let access = read.parts.iter().flat_map(|(_, part)| {
        part.with(&[
            "read aloud",
            "blind",
            "deaf",
            "without a phone",
            "no phone",
            "no smartphone",
            "screen reader",
            "large type",
            "contrast",
            "wheelchair",
            "language",
            "cannot read",
            "by hand",
            "on paper",
            "call",
            "one hand",
            "colour",
            "voice",
            "literacy",
            "without internet",
            "offline",
        ])
    });
    let access: Vec<&str> = access.collect();
    found.add(
        "accessibility",
        "access",
        upto(access.len(), 4),
        format!("{} of those who are left out easily.", so_many(access.len(), "sentence speaks")),
        shown(&access),
    );
}
