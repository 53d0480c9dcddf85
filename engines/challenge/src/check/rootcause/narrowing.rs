//! The cuts: what they narrowed, and whether they went where it happened. One that told nothing takes nothing from the others.

use crate::{
    answer::Cut,
    check::{
        Found, Read,
        words::{amounts, so_many, upto},
    },
};
use rootcause::case::{Hypothesis, Practice, Query, space::Gain};

/// A cut as a question to the case. Of several filters the first counts; by day is the sum.
pub(super) fn query(case: &Practice, cut: &Cut) -> Option<Query> {
    let step = case.steps.iter().position(|name| *name == cut.step)?;
    let dimension = |name: &str| case.dimensions.iter().position(|(known, _)| known == name);
    let by = dimension(&cut.by);
    let only = cut.only.iter().find_map(|(name, value)| {
        let d = dimension(name)?;
        Some((d, case.dimensions[d].1.iter().position(|known| known == value)?))
    });
    Some(Query::of(step, by, only.filter(|(d, _)| by != Some(*d))))
}

pub(super) fn narrowing(case: &Practice, queries: &[Query], read: &Read, found: &mut Found) {
    let gains = case.narrow(queries);
    let bits: f64 = gains.iter().map(Gain::bits).sum();
    // Where, whatever the nature: no cut of the period tells a loss from the loss of a record.
    let places = |all: Vec<Hypothesis>| all.into_iter().map(|h| (h.step, h.slice)).collect::<std::collections::BTreeSet<_>>().len();
    // Of two causes what may be one of them is no explanation yet; pairs are counted.
    let (all, left) = match gains.first().zip(gains.last()).filter(|_| case.has_two()) {
        Some((first, last)) => (first.before, last.after),
        None => (places(case.hypotheses()), places(case.still_possible(queries))),
    };
    let what = format!("{all} {}", if case.has_two() { "pairs of causes" } else { "places" });
    let share = 1.0 - (left.max(1) as f64).ln() / (all.max(2) as f64).ln();
    found.add(
        "narrowing",
        "narrowed",
        share,
        format!("{what} were possible, and by the cuts of the period {left} still {}.", if left == 1 { "is" } else { "are" }),
        vec![],
    );
    let telling = gains.iter().filter(|g| g.after < g.before).count();
    found.add("narrowing", "telling cuts", upto(telling, queries.len().max(1)), format!("{telling} of {} cuts narrowed.", queries.len()), vec![]);
    found.add(
        "narrowing",
        "bits a cut",
        (bits / queries.len().max(1) as f64 / 2.5).min(1.0),
        format!("A cut was worth {:.1} bits.", bits / queries.len().max(1) as f64),
        vec![],
    );
    let mut seen: Vec<&Query> = vec![];
    let repeated = queries.iter().filter(|query| {
        let again = seen.contains(query);
        seen.push(query);
        again
    });
    let repeated = repeated.count();
    found.add(
        "narrowing",
        "no cut twice",
        upto(queries.len(), 1) * (1.0 - upto(repeated, 2)),
        format!("{} made twice.", so_many(repeated, "cut is")),
        vec![],
    );
    let steps = queries.iter().map(|q| q.step).collect::<std::collections::BTreeSet<_>>().len();
    found.add("narrowing", "steps compared", upto(steps, case.steps.len().min(3)), format!("{} cut.", so_many(steps, "step is")), vec![]);
    let within = queries.iter().filter(|q| q.only.is_some()).count();
    found.add("narrowing", "goes deeper", upto(within, 2), format!("{} within a value.", so_many(within, "cut goes")), vec![]);
    // The cut that shows it: the true step, within one value of the slice, or by one of its dimensions.
    let truth = |q: &&Query| case.truths.iter().any(|t| t.step == q.step && q.by.is_some_and(|d| t.slice.iter().any(|(e, _)| *e == d)));
    let hit = queries.iter().filter(truth).count();
    found.add("narrowing", "cuts where it is", upto(hit, 2), format!("{} along what was planted.", so_many(hit, "cut goes")), vec![]);
    let sharp = queries.iter().filter(|q| {
        case.truths.iter().any(|t| {
            t.step == q.step
                && t.slice.len() == 2
                && q.only.is_some_and(|o| t.slice.contains(&o))
                && q.by.is_some_and(|d| t.slice.iter().any(|(e, _)| *e == d))
        })
    });
    let two = case.truths.iter().any(|t| t.slice.len() == 2);
    let sharp = sharp.count();
    found.add(
        "narrowing",
        "crosses both",
        if two { upto(sharp, 1) } else { upto(hit, 1) },
        match (two, sharp > 0, hit > 0) {
            (true, true, _) => "A cut within one value of what happened goes by its other dimension.",
            (true, false, _) => "No cut within one value of what happened goes by its other dimension, which would show both together.",
            (false, _, true) => "A cut shows the dimension in which it happened.",
            (false, ..) => "No cut shows the dimension in which it happened.",
        },
        vec![],
    );
    // Each deeper cut follows from one before it at the same step.
    let follows = queries
        .iter()
        .enumerate()
        .filter(|(at, q)| q.only.is_some_and(|(d, _)| queries[..*at].iter().any(|p| p.step == q.step && p.by == Some(d))))
        .count();
    found.add(
        "narrowing",
        "each follows",
        upto(follows, within.max(1)),
        format!("{follows} of {within} deeper cuts follow from one before."),
        vec![],
    );
    let dims = queries.iter().filter_map(|q| q.by).collect::<std::collections::BTreeSet<_>>().len();
    found.add("narrowing", "dimensions tried", upto(dims, 3), format!("{} tried.", so_many(dims, "dimension is")), vec![]);
    let said = read.part("Cuts").items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("narrowing", "cuts read", upto(said, 2), format!("{} what it showed, in figures.", so_many(said, "cut says")), vec![]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answer::{Answer, cut},
        kind::Kind,
    };

    /// A case with one loss in a slice of two values, and what is found of some cuts at its step.
    fn found_of(cuts: &dyn Fn(&Practice) -> Vec<String>) -> Found {
        let case = (0..200).map(|seed| Practice::draw(seed, 3)).find(|case| case.truths.len() == 1 && case.truths[0].slice.len() == 2).unwrap();
        let text = format!("## Cuts\n{}", cuts(&case).iter().map(|cut| format!("- {cut}\n")).collect::<String>());
        let answer = Answer::read(Kind::RootCause, &text);
        let read = Read::of(&answer);
        let queries: Vec<Query> = read.part("Cuts").all_items.iter().filter_map(|item| query(&case, &cut(item)?)).collect();
        let mut found = Found(vec![]);
        narrowing(&case, &queries, &read, &mut found);
        found
    }

    /// Two cuts of the same step and dimension within two values of another differ in one word, and both were passed over.
    #[test]
    fn a_wasted_cut_erases_no_good_one() {
        let written = |case: &Practice, wasted: bool| {
            let truth = &case.truths[0];
            let ((d, v), (e, _)) = (truth.slice[0], truth.slice[1]);
            let (step, by) = (&case.steps[truth.step], &case.dimensions[e].0);
            let within = |value: usize| format!("{step} by {by} where {} = {}", case.dimensions[d].0, case.dimensions[d].1[value]);
            let mut cuts = vec![step.clone() + " by " + &case.dimensions[d].0];
            if wasted {
                cuts.push(within((v + 1) % case.dimensions[d].1.len()));
            }
            cuts.push(within(v));
            cuts
        };
        let shares = |wasted: bool| {
            let found = found_of(&|case| written(case, wasted));
            let of = |check: &str| found.0.iter().find(|f| f.check == check).map_or(-1.0, |f| f.share);
            ["goes deeper", "cuts where it is", "crosses both", "narrowed"].map(of)
        };
        let (without, with) = (shares(false), shares(true));
        assert!(without.iter().zip(&with).all(|(without, with)| with >= without), "{without:?} {with:?}");
        assert!((with[2] - 1.0).abs() < 1e-9 && with[0] > 0.99, "{with:?}");
    }
}
