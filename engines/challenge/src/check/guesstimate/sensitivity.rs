//! What the answer hangs on: by the model, and by what is said.

use crate::{
    answer::sentences,
    check::{
        Found, LEVER, Read,
        words::{covered, effects, has, named, shown, so_many, stems, upto},
    },
    model::{ASKED, Computed},
    read::Guesstimate,
    text::plain,
};

/// Whether a sentence speaks of a line of the model.
fn names(line: &str, sentence: &str) -> bool {
    covered(&stems(line), &stems(sentence)) > 0.4 || plain(sentence).contains(&plain(line))
}

/// Whether what matters most is named as such.
pub(super) fn driver(model: &Computed, read: &Read, found: &mut Found) {
    let lines = model.model.lines();
    let results = model.model.run(estimate::Settings { samples: 1000, seed: 1 }).ok();
    let influences = results.and_then(|results| results.influences(model.answer).ok()).unwrap_or_default();
    let main = influences.iter().max_by(|a, b| a.share.total_cmp(&b.share)).map(|i| &lines[model.model.leaves()[i.leaf].line]);
    let Some(main) = main else {
        for check in ["driver named", "not all on one"] {
            found.add("sensitivity", check, 0.0, "Nothing in the model is uncertain, so nothing drives it.", vec![]);
        }
        return;
    };
    let name = main.name.replace('_', " ");
    let text = format!("{}\n{}\n{}", read.part("Assumptions").text, read.part("Answer").text, read.part("Interval").text);
    let about: Vec<String> = sentences(&text)
        .into_iter()
        .filter(|sentence| {
            has(
                sentence,
                &["most", "largest", "driver", "hangs", "depend", "widest", "moves", "matters", "sensitive", "uncertain", "turns on", "first"],
            )
        })
        .collect();
    let hit = about.iter().filter(|sentence| names(&name, sentence)).count();
    let share = if hit > 0 { 1.0 } else { 0.4 * upto(about.len(), 1) };
    found.add("sensitivity", "driver named", share, format!("What moves the answer most is “{name}”."), shown(&about));
    let top = influences.iter().map(|i| i.share).fold(0.0, f64::max);
    found.add(
        "sensitivity",
        "not all on one",
        1.0 - ((top - 0.5) * 2.0).clamp(0.0, 1.0),
        // A little above half is no fault yet.
        if top <= 0.665 {
            format!("No guess has much more than half of the uncertainty; most, {:.0} %, has “{name}”.", 100.0 * top)
        } else {
            format!(
                "“{name}” has {:.0} % of the uncertainty; a good tree has about half of it at most in one guess: take that one apart.",
                100.0 * top
            )
        },
        vec![],
    );
}

/// How people say what an answer hangs on.
const DECIDES: &[&str] = &["decide", "hang", "depend", "driver", "turns on", "matters", "most of", "moves it"];

/// How people say that something moves the answer.
const MOVES: &[&str] =
    &["would", "halve", "double", "move", "adds", "take", "change", "shorter", "smaller", "larger", "fewer", " more", "less", " if", "cut", "square"];

/// Whether it is said which part of the tree decides, and what the answer does when it moves, by how much.
pub(super) fn lever(model: Option<&Computed>, own: &Guesstimate, read: &Read, found: &mut Found) {
    let all = model.map_or(&[][..], |model| model.model.lines());
    let lines: Vec<String> =
        all.iter().filter(|line| !["answer", ASKED].contains(&line.name.as_str())).map(|line| line.name.replace('_', " ")).collect();
    let part = |said: &str| own.factors.iter().any(|f| named(said, &f.words)) || lines.iter().any(|line| names(line, said));
    let parts = ["Answer", "Assumptions", "Interval"].map(|heading| read.part(heading));
    let about: Vec<String> = parts.iter().flat_map(|part| sentences(&part.text)).filter(|said| part(said)).collect();
    let moved = |said: &&String| has(said, MOVES) && (!effects(said).is_empty() || has(said, &["take away", "takes away"]));
    let told: Vec<&String> = about.iter().filter(moved).collect();
    let deciding: Vec<&String> = about.iter().filter(|said| has(said, DECIDES)).collect();
    let share = if !told.is_empty() { 1.0 } else { 0.5 * upto(deciding.len(), 1) };
    let says = match (told.len(), deciding.len()) {
        (0, 0) => "It is not said how far the answer would move with one of its guesses, such as “half as many … would halve it”.".into(),
        (0, _) => "It is said what decides, and not by how much it would move the answer.".into(),
        (some, _) => format!("{} by how much a part of the tree would move the answer.", so_many(some, "sentence says")),
    };
    found.add("sensitivity", LEVER, share, says, shown(if told.is_empty() { &deciding } else { &told }));
}
