//! What was ruled out beside the cause, and what is to be done.

use crate::{
    check::{
        Found, Read,
        sense::either,
        words::{REASONS, amounts, covered, has, shown, so_many, stems, upto},
    },
    read::{Case, Speaks},
};

pub(super) fn ruled_out(own: &Case, read: &Read, found: &mut Found) {
    let part = read.part("Ruled out");
    let n = part.all_items.len();
    found.add("ruled-out", "ruled out", upto(part.items.len(), 3), format!("{} ruled out.", so_many(n, "thing is")), shown(&part.items));
    let text = stems(&part.text);
    let decoys = own.story.decoys.iter().filter(|decoy| covered(&stems(&decoy.what), &text) >= 0.4).count();
    found.add(
        "ruled-out",
        "decoys ruled out",
        upto(decoys, own.story.decoys.len().max(1)),
        format!("{decoys} of {} other events are ruled out.", own.story.decoys.len()),
        vec![],
    );
    let reasoned: Vec<&String> = part.items.iter().filter(|item| has(item, REASONS) || !amounts(item).is_empty()).collect();
    found.add(
        "ruled-out",
        "ruled out with reason",
        upto(reasoned.len(), n.clamp(2, 3)),
        format!("{} of {n} have a reason.", reasoned.len()),
        shown(&reasoned),
    );
    let figured = part.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("ruled-out", "ruled out by figures", upto(figured, n.clamp(2, 3)), format!("{figured} of {n} have a figure."), vec![]);
    let against: f64 = own.evidence.iter().filter(|e| e.speaks != Speaks::For).map(|e| covered(&stems(&e.text), &text)).sum();
    found.add(
        "ruled-out",
        "evidence against",
        (1.5 * against).min(1.0),
        either(1.5 * against >= 0.67, "What sources say against others is used.", "What sources say against others is hardly used."),
        vec![],
    );
    let values = own.story.dimensions.iter().flat_map(|d| &d.values).filter(|(value, _)| has(&part.text, &[value.as_str()])).count();
    found.add("ruled-out", "ruled out by cuts", upto(values, 3), format!("{} there.", so_many(values, "value of a dimension occurs")), vec![]);
    let seen = part
        .items
        .iter()
        .filter(|item| {
            has(
                item,
                &[
                    "would",
                    "did not",
                    "didn't",
                    "equally",
                    "same",
                    "unchanged",
                    "steady",
                    "flat",
                    "as before",
                    "as usual",
                    "no change",
                    "also",
                    "not only",
                    "alike",
                    "held",
                    "began before",
                    "everywhere",
                ],
            )
        })
        .count();
    found.add("ruled-out", "ruled out by what would be", upto(seen, n.clamp(2, 3)), format!("{seen} of {n} say what would have been seen."), vec![]);
    // The true cause is not among what is ruled out.
    let planted: f64 = own.evidence.iter().filter(|e| e.speaks == Speaks::For).map(|e| covered(&stems(&e.text), &text)).fold(0.0, f64::max);
    found.add(
        "ruled-out",
        "truth not ruled out",
        part.said() * (1.0 - ((planted - 0.15) / 0.35).clamp(0.0, 1.0)),
        if planted > 0.25 { "Something that speaks for what happened is ruled out." } else { "Nothing that speaks for what happened is ruled out." },
        vec![],
    );
}

pub(super) fn action(own: &Case, read: &Read, found: &mut Found) {
    let part = read.part("Action");
    let text = stems(&part.text);
    for (name, reference, words) in [
        (
            "fix",
            &own.fix,
            [
                "restore",
                "repair",
                "mend",
                "roll back",
                "take back",
                "bring back",
                "switch",
                "fix",
                "turn off",
                "correct",
                "replay",
                "undo",
                "put back",
                "let ",
            ]
            .as_slice(),
        ),
        (
            "prevent",
            &own.prevent,
            [
                "before",
                "test",
                "review",
                "never again",
                "rule",
                "checklist",
                "agree",
                "in future",
                "from now",
                "every release",
                "whoever",
                "prevent",
                "so that",
                "next time",
            ]
            .as_slice(),
        ),
        (
            "watch",
            &own.watch,
            ["alarm", "watch", "daily", "every day", "alert", "each morning", "threshold", "weekly", "monitor", "curve"].as_slice(),
        ),
    ] {
        let like = covered(&stems(reference), &text);
        let said = part.with(words);
        let (near, told): (&'static str, &'static str) = match name {
            "fix" => ("fix as needed", "fix"),
            "prevent" => ("prevention as needed", "prevention"),
            _ => ("watch as needed", "watch"),
        };
        found.add(
            "action",
            near,
            (2.5 * like).min(1.0),
            match name {
                "fix" => format!("Of what mends it {:.0} % of the words are there.", 100.0 * like),
                "prevent" => format!("Of what keeps it from coming again {:.0} % of the words are there.", 100.0 * like),
                _ => format!("Of what would show it sooner {:.0} % of the words are there.", 100.0 * like),
            },
            vec![],
        );
        let (yes, no) = match name {
            "fix" => ("It says what mends it.", "It does not say what mends it."),
            "prevent" => ("It says what keeps it from coming again.", "It does not say what keeps it from coming again."),
            _ => ("It says what would show it sooner.", "It does not say what would show it sooner."),
        };
        found.add("action", told, upto(said.len(), 1), either(!said.is_empty(), yes, no), shown(&said));
    }
    let steps = own.story.steps.iter().filter(|(name, _)| has(&part.text, &[name.as_str()])).count();
    let values = own.story.causes.iter().flat_map(|c| &c.slice).filter(|(_, value)| has(&part.text, &[value.as_str()])).count();
    let says = match steps + values {
        0 => "The action names neither step nor slice.",
        1 => "The action names the step or the slice, and not both.",
        _ => "The action is about the step and the slice.",
    };
    found.add("action", "action where it is", upto(steps + values, 2), says, vec![]);
    let figures = amounts(&part.text).len();
    found.add("action", "action figured", upto(figures, 2), format!("{} in it.", so_many(figures, "figure stands")), vec![]);
}
