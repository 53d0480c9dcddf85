//! The goal: one, of a size, from where to where, by when, for whom, and what must not suffer for it.

use crate::check::{
    Found,
    part::Part,
    sense::{either, moves},
    who::of_whom,
    words::{amounts, count, dated, has, measured, shown, so_many, upto},
};
use crate::text::plain;

/// The bare words of a limit.
const LIMITED: &[&str] = &[" to", " target", " until", " below", " under", " above", " at most", " at least"];

/// Whether one sentence has a value now and one to reach. Beside a measure the bare words of a limit say it, too.
pub(super) fn from_to(part: &Part) -> bool {
    let limited = |sentence: &String| amounts(sentence).len() >= 2 && has(sentence, LIMITED);
    part.sentences.iter().any(|sentence| moves(sentence) || limited(sentence))
}

pub(super) fn goal(part: &Part, found: &mut Found) {
    let timed = dated(&part.text);
    let (sized, moved) = of_goal("goal", part, found);
    let says = either(timed, "The goal has a date.", "The goal has no date.");
    found.add("goal", "goal dated", f64::from(u8::from(timed)), says, shown(&part.sentences));
    let whom: Vec<&String> = part.sentences.iter().filter(|sentence| of_whom(sentence)).collect();
    let says = either(!whom.is_empty(), "The goal says for whom.", "The goal does not say for whom: “people” may be anybody.");
    found.add("goal", "goal for whom", upto(whom.len(), 1), says, shown(&whom));
    const WISHES: &[&str] =
        &["and also", "as well as", "in addition", "leading", "best", "leader", "number one", "grow", "strong", " more", "better"];
    // “No more than” is a limit.
    let limitless = [" no more ", " not more ", " more than "].iter().fold(plain(&part.all_text), |text, limit| text.replace(limit, " "));
    let several = count(&limitless, WISHES);
    // What has a figure to reach is more than a wish, whatever its words.
    let several = if moved { several.saturating_sub(1) } else { several };
    found.add(
        "goal",
        "one goal",
        part.said() * (1.0 - upto(several, 3)),
        either(several == 0, "The goal is one, and no wish.", "The goal has words of a wish, such as “more” or “best”, or of several goals."),
        shown(&part.sentences),
    );
    let held = part.with(&[
        "without",
        "while",
        "not at the cost",
        "keep",
        "at least",
        "at most",
        "no more than",
        "no fewer",
        "no less",
        "and not",
        "not the",
        "rather than",
        "must not",
        "may not",
    ]);
    found.add(
        "goal",
        "goal bounded",
        upto(held.len(), 1),
        either(!held.is_empty(), "The goal says what must not suffer, or what it is not.", "The goal does not say what must not suffer."),
        shown(&held),
    );
    let parts = [
        ("a figure", sized),
        ("from where to where", moved),
        ("by when", timed),
        ("for whom", !whom.is_empty()),
        ("what must not suffer", !held.is_empty()),
    ];
    let missing: Vec<&str> = parts.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let stand = parts.len() - missing.len();
    let says = match missing.as_slice() {
        [] => "Figure, start, day, people and what must not suffer stand all in the goal.".to_owned(),
        missing => format!("{stand} of {} parts of a goal stand; not said: {}.", parts.len(), missing.join(", ")),
    };
    found.add("goal", "goal whole", upto(stand, parts.len()), says, vec![]);
}

/// What every goal has, whatever it is the goal of: a size, and from where to where.
pub(in crate::check) fn of_goal(aspect: &'static str, part: &Part, found: &mut Found) -> (bool, bool) {
    let figures: usize = part.sentences.iter().map(|sentence| measured(sentence).len()).sum();
    found.add(aspect, "goal measured", upto(figures, 1), format!("{} in the goal.", so_many(figures, "figure stands")), shown(&part.sentences));
    let moved: Vec<&String> = part.sentences.iter().filter(|sentence| moves(sentence)).collect();
    let says = either(
        !moved.is_empty(),
        "The goal says from where to where.",
        "The goal does not say from where to where: what it is now, and what it is to be.",
    );
    found.add(aspect, "goal from and to", upto(moved.len(), 1), says, shown(&moved));
    (figures > 0, !moved.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the checks find of a goal, by their names.
    fn shares(text: &str) -> Vec<(&'static str, f64)> {
        let mut found = Found(vec![]);
        goal(&Part::all(&[text])[0], &mut found);
        found.0.iter().map(|finding| (finding.check, finding.share)).collect()
    }

    fn of(text: &str, check: &str) -> f64 {
        shares(text).into_iter().find(|(name, _)| *name == check).map_or(-1.0, |(_, share)| share)
    }

    #[test]
    fn a_wish_with_a_date_is_no_goal() {
        for wish in ["More loans by 2028.", "Reach more people by 31 December 2027.", "People."] {
            assert_eq!(["goal measured", "goal from and to", "goal for whom"].map(|check| of(wish, check)), [0.0; 3], "{wish}");
            assert!(of(wish, "goal whole") <= 0.2, "{wish}");
        }
        let whole = "Readers in the hills borrow 90,000 books a year instead of 75,840 by the end of 2027, without fewer loans at the schools.";
        assert!(shares(whole).iter().all(|(_, share)| *share > 0.99), "{:?}", shares(whole));
        assert_eq!(of("We want 12,000 borrowers, 3 of 4 books from us by 2027.", "goal from and to"), 0.0);
    }
}
