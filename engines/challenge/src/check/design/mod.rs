//! Designs: people and what they need, options that differ, a table that is followed.

mod needs;
mod options;
mod ranking;

use self::{
    needs::needs,
    options::{options, summary, trade_offs},
    ranking::prioritisation,
};
use super::strategy::{measures, of_goal, said_of_worked, worked_out};
use crate::{
    Challenge,
    check::{
        Found, Read,
        hidden::Hidden,
        sense::{aged, bids_stop, either, for_all, guards, heads},
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
    let aim = ["Goal", "Needs"].map(|part| read.part(part).all_text.as_str()).join(" ");
    measures(challenge, read.part("Measures"), &aim, found);
    outcome(read, found);
    summary(own, read, found);
}

fn problem(challenge: &Challenge, read: &Read, found: &mut Found) {
    let part = read.part("Goal");
    of_goal("problem", part, found);
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
    let why = part.with(REASONS);
    found.add(
        "problem",
        "why",
        upto(why.len(), 2),
        format!("{} why, or what for, of 2 looked for.", so_many(why.len(), "sentence of the goal says")),
        shown(&why),
    );
    let solution = part.ever_with(&[
        " app",
        " apps",
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
    let sentences: Vec<String> = read.parts.iter().flat_map(|(_, part)| part.sentences.iter().cloned()).collect();
    said_of_worked("problem", &worked_out(challenge, &sentences).0, found);
}

/// Whether measures count what people have of it, and not that the solution is there. What guards and when one stops is
/// said in the words of the solution, and is no measure of it.
fn outcome(read: &Read, found: &mut Found) {
    let part = read.part("Measures");
    let aim = stems(&format!("{} {}", read.part("Goal").text, read.part("Needs").text));
    let means: std::collections::BTreeSet<String> = stems(&read.part("Solutions").text).difference(&aim).cloned().collect();
    let bounds = |item: &str| guards(item) || bids_stop(item) || has(item, &[" if", "decide"]);
    let mut counts: Vec<&String> = part.all_items.iter().filter(|item| !bounds(item)).collect();
    // Where each says what must not suffer, too, each is a measure all the same.
    if counts.is_empty() {
        counts = part.all_items.iter().filter(|item| !amounts(item).is_empty()).collect();
    }
    let share = |item: &str, of: &std::collections::BTreeSet<String>| covered(&stems(item), of);
    let ends: Vec<&&String> = counts.iter().filter(|item| share(item, &aim) >= 0.3 && share(item, &aim) >= share(item, &means)).collect();
    let output: Vec<&&String> = counts.iter().filter(|item| share(item, &means) > share(item, &aim)).collect();
    let n = counts.len();
    let says = match n {
        0 => "Nothing is measured yet.".to_owned(),
        n => format!("{} of {} what goal or needs speak of.", ends.len(), so_many(n, "measure counts")),
    };
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
    let called: Vec<&str> = there.iter().map(|segment| segment.name.as_str()).collect();
    let which = if called.is_empty() { String::new() } else { format!(": {}", called.join("; ")) };
    found.add(
        "users",
        "segments",
        upto(there.len(), 3),
        format!(
            "{} of the {} groups that matter most {} named{which}. 3 are looked for.",
            there.len(),
            own.segments.len(),
            if there.len() == 1 { "is" } else { "are" }
        ),
        vec![],
    );
    let all = segments(own, &read.whole);
    found.add(
        "users",
        "segments anywhere",
        upto(all.len(), own.segments.len()),
        format!(
            "{} of the {} groups that matter most {} somewhere in the answer.",
            all.len(),
            own.segments.len(),
            if all.len() == 1 { "occurs" } else { "occur" }
        ),
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
        " serve",
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
