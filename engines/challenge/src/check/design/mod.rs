//! Designs: people and what they need, options that differ, a table that is followed.

mod options;

use self::options::{options, prioritisation, summary, trade_offs};
use super::strategy::{from_to, measures, worked_out};
use crate::{
    Challenge,
    check::{
        Found, Read,
        sense::{Hidden, aged, either, for_all, guards, heads, of_one, own_words},
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
    trade_offs(own, read, &heads(&read.part("Users").all_items), found);
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
    let asked = Hidden::of(challenge);
    let hidden = asked.used(read.parts.iter().map(|(_, part)| part));
    let all = asked.len();
    found.add(
        "problem",
        "asked for",
        upto(hidden.len(), all.clamp(1, 5)),
        format!("{} of {all} facts that only asking tells are used somewhere in the answer.", hidden.len()),
        hidden.iter().map(|f| f.says.clone()).collect(),
    );
    found.add(
        "problem",
        "goal from and to",
        f64::from(u8::from(from_to(part))),
        either(from_to(part), "The goal says from where to where.", "The goal does not say from where to where."),
        shown(&part.sentences),
    );
    let why = part.with(REASONS);
    found.add(
        "problem",
        "why",
        upto(why.len(), 2),
        format!("{} why, or what for, of 2 looked for.", so_many(why.len(), "sentence of the goal says")),
        shown(&why),
    );
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
        match solution.len() {
            0 => "The goal names no solution yet.".to_owned(),
            many => format!("{} a solution already.", so_many(many, "sentence of the goal has")),
        },
        shown(&solution),
    );
    let not = part.with(&["not ", "rather than", "instead of", "without", "no ", "isn't"]);
    found.add(
        "problem",
        "goal bounded",
        upto(not.len(), 1),
        either(
            !not.is_empty(),
            "It says what the goal is not, or what must not suffer.",
            "It does not say what the goal is not, or what must not suffer.",
        ),
        shown(&not),
    );
    let (worked, _) = worked_out(challenge, &read.whole);
    found.add(
        "problem",
        "worked out",
        upto(worked.len(), 2),
        format!("{} from figures of the case.", so_many(worked.len(), "figure is worked out")),
        worked.iter().map(f64::to_string).collect(),
    );
}

/// Whether measures count what people have of it, and not that the solution is there. What guards and when one stops is
/// said in the words of the solution, and is no measure of it.
fn outcome(read: &Read, found: &mut Found) {
    let part = read.part("Measures");
    let aim = stems(&format!("{} {}", read.part("Goal").text, read.part("Needs").text));
    let means: std::collections::BTreeSet<String> = stems(&read.part("Solutions").text).difference(&aim).cloned().collect();
    let counts: Vec<&String> = part.all_items.iter().filter(|item| !guards(item) && !has(item, &["stop:", "if ", "decide"])).collect();
    let share = |item: &str, of: &std::collections::BTreeSet<String>| covered(&stems(item), of);
    let ends: Vec<&&String> = counts.iter().filter(|item| share(item, &aim) >= 0.3 && share(item, &aim) >= share(item, &means)).collect();
    let output: Vec<&&String> = counts.iter().filter(|item| share(item, &means) > share(item, &aim)).collect();
    let n = counts.len();
    let says = format!("{} of {n} measures count what goal or needs speak of.", ends.len());
    found.add("measures", "outcome measured", part.said() * upto(ends.len(), n), says, shown(&ends));
    let says = match output.len() {
        0 => "No measure counts only that the solution is there.".to_owned(),
        many => format!("{} more that the solution is there than what comes of it.", so_many(many, "measure counts")),
    };
    let only = output.len() as f64 / n.max(1) as f64;
    found.add("measures", "not the output measured", part.said() * (1.0 - only), says, shown(&output));
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
        format!("{} of the {} groups that matter most are named; 3 are looked for.", there.len(), own.segments.len()),
        vec![],
    );
    let all = segments(own, &read.whole);
    found.add(
        "users",
        "segments anywhere",
        upto(all.len(), own.segments.len()),
        format!("{} of the {} groups that matter most occur anywhere in the answer.", all.len(), own.segments.len()),
        vec![],
    );
    let demographic = part.all_items.iter().filter(|item| has(item, DEMOGRAPHIC) || aged(item)).count();
    found.add(
        "users",
        "not demographic",
        part.said() * (1.0 - upto(demographic, part.items.len().max(2))),
        match demographic {
            0 => "No group is told by age or income.".to_owned(),
            many => format!("{} by age or income; {} by something else.", so_many(many, "group is told"), part.all_items.len().saturating_sub(many)),
        },
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
    found.add(
        "users",
        "one chosen",
        upto(chosen.len(), 1),
        either(!chosen.is_empty(), "One group is chosen.", "No group is chosen."),
        shown(&chosen),
    );
    let reasoned: Vec<&&str> =
        chosen.iter().filter(|sentence| has(sentence, &["because", "since", "as ", "for ", "so that", "whoever", "if it works"])).collect();
    found.add(
        "users",
        "chosen with reason",
        upto(reasoned.len(), 1),
        either(!reasoned.is_empty(), "It says why that one.", "It does not say why that one."),
        shown(&reasoned),
    );
    let figures = amounts(&part.text).len();
    found.add("users", "users figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let everyone: Vec<&String> = part.all_sentences.iter().filter(|sentence| for_all(sentence)).collect();
    found.add(
        "users",
        "not everyone",
        part.said() * (1.0 - upto(everyone.len(), 1)),
        match everyone.len() {
            0 => "Nothing says that it is for all.".to_owned(),
            many => format!("{} that it is for all.", so_many(many, "sentence says")),
        },
        shown(&everyone),
    );
    let apart = part.with(&["not ", "also", "harm", "affected", "other side", "besides", "too", "later", "second"]);
    found.add(
        "users",
        "others seen",
        upto(apart.len(), 2),
        format!("{} of others who are touched, of 2 looked for.", so_many(apart.len(), "sentence speaks")),
        shown(&apart),
    );
}

fn needs(challenge: &Challenge, own: &Design, read: &Read, found: &mut Found) {
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
    // Whom the users' part chose is whose needs come.
    let users = read.part("Users");
    let choosing =
        users.with(&["first", "choose", "chosen", "start with", "focus", "begin with", "design for", "main", "primary", "starts from", "decide for"]);
    let chosen: Vec<&Segment> = choosing.iter().flat_map(|s| segments(own, s)).collect();
    let whom: Vec<_> =
        choosing.iter().map(|s| own_words(s.split([',', ';', ':']).next().unwrap_or(s).split(" because ").next().unwrap_or(s))).collect();
    let of_chosen = part.items.iter().filter(|item| chosen.iter().any(|s| named(item, &s.words)) || of_one(item, &whom)).count();
    let says = format!("{} to whom was chosen.", so_many(of_chosen, "need belongs"));
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
            "by phone",
            "telephone",
            "stairs",
            "rollator",
            "disab",
            "impair",
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
        format!("{} anywhere of those who are left out easily, of 4 looked for.", so_many(access.len(), "sentence speaks")),
        shown(&access),
    );
}
