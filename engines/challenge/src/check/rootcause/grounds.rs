//! Whether what is said rests on what was asked: the cause on the cuts, and not on the first guess.

use crate::check::{
    Found, Read,
    sense::either,
    words::{covered, has, so_many, stems, upto},
};
use rootcause::case::{Practice, Query};

pub(super) fn grounds(case: &Practice, queries: &[Query], read: &Read, found: &mut Found) {
    let cause = read.part("Cause");
    // Values that the cause names, and whether a cut has shown them.
    let values: Vec<(usize, usize)> = places(case, &cause.text);
    let steps: Vec<usize> = (0..case.steps.len()).filter(|step| has(&cause.text, &[case.steps[*step].as_str()])).collect();
    let shown =
        |d: usize, v: usize| queries.iter().any(|q| (steps.is_empty() || steps.contains(&q.step)) && (q.by == Some(d) || q.only == Some((d, v))));
    let cut = values.iter().filter(|(d, v)| shown(*d, *v)).count();
    found.add(
        "narrowing",
        "cause was cut",
        upto(cut, values.len().max(1)),
        format!("{cut} of {} values that the cause names were cut at its step.", values.len()),
        vec![],
    );
    // Whoever guesses first finds what was guessed.
    let guess = read.part("Hypotheses").all_sentences.first().map(|first| covered(&stems(first), &stems(&cause.all_text))).unwrap_or(0.0);
    let says = format!("{:.0} % of the words of the first hypothesis come back in the cause.", 100.0 * guess);
    found.add("hypotheses", "not the first guess", cause.said() * (1.0 - (2.0 * guess).min(1.0)), says, vec![]);
    let out = read.part("Ruled out");
    let of_cuts = places(case, &out.text).into_iter().filter(|(d, v)| queries.iter().any(|q| q.by == Some(*d) || q.only == Some((*d, *v)))).count();
    found.add(
        "ruled-out",
        "ruled out by what was cut",
        upto(of_cuts, 2),
        format!("{} there that a cut has shown.", so_many(of_cuts, "value stands")),
        vec![],
    );
    let remedy = covered(&stems(&cause.text), &stems(&read.part("Action").text));
    found.add(
        "action",
        "action follows the cause",
        (3.0 * remedy).min(1.0),
        if 3.0 * remedy < 0.67 {
            format!("The action has few words of the cause ({:.0} %): say what is done about that.", 100.0 * remedy)
        } else {
            format!("The action speaks of the cause; {:.0} % of its words come back.", 100.0 * remedy)
        },
        vec![],
    );
    // The whole before its parts, and one thing at a time.
    let wide = queries.iter().take_while(|q| q.only.is_none()).count();
    let ordered = queries.iter().skip(wide).all(|q| q.only.is_some() || q.by.is_none());
    found.add(
        "narrowing",
        "wide before deep",
        if wide == 0 {
            0.0
        } else if ordered {
            1.0
        } else {
            0.5
        },
        either(wide > 0 && ordered, "Cuts of everything come before those within a value.", "Cuts within a value come before those of everything."),
        vec![],
    );
    // Cuts at the step where it is lost, after the steps were held against one another.
    let first = queries.first().map(|q| q.step);
    let moved = queries.iter().any(|q| Some(q.step) != first);
    found.add(
        "narrowing",
        "more than one step",
        f64::from(u8::from(moved)),
        either(moved, "More than one step was looked at.", "Only one step was looked at."),
        vec![],
    );
}

/// Values of dimensions that a text names.
fn places(case: &Practice, text: &str) -> Vec<(usize, usize)> {
    let all = case.dimensions.iter().enumerate().flat_map(|(d, (_, values))| values.iter().enumerate().map(move |(v, name)| (d, v, name)));
    all.filter(|(.., name)| has(text, &[name.as_str()])).map(|(d, v, _)| (d, v)).collect()
}
