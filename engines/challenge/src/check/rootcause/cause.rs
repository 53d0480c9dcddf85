//! The cause that is named, and how sure.

use super::words_of;
use crate::{
    answer::percentage,
    check::{
        Found, Read,
        sense::either,
        words::{amounts, covered, dated, has, shown, so_many, stems, upto},
    },
    read::{Case, Speaks},
};
use rootcause::case::{Hypothesis, Nature, Practice, Query};

/// What the part “Cause” names.
struct Named {
    steps: Vec<usize>,
    /// Dimensions and values.
    values: Vec<(usize, usize)>,
    text: String,
    /// How many steps and values are named in all, said elsewhere too or not.
    ever: (usize, usize),
}

impl Named {
    fn of(case: &Practice, text: &str, all: &str) -> Named {
        let steps = (0..case.steps.len()).filter(|step| has(text, &[case.steps[*step].as_str()])).collect();
        let each = case.dimensions.iter().enumerate().flat_map(|(d, (_, values))| values.iter().enumerate().map(move |(v, name)| (d, v, name)));
        let values = each.filter(|(.., name)| has(text, &[name.as_str()])).map(|(d, v, _)| (d, v)).collect();
        let names = case.dimensions.iter().flat_map(|(_, values)| values);
        let ever = (case.steps.iter().filter(|step| has(all, &[step.as_str()])).count(), names.filter(|name| has(all, &[name.as_str()])).count());
        Named { steps, values, text: text.to_owned(), ever }
    }

    /// Whether the way in which figures moved is said; a loss need not be.
    fn says(&self, nature: Nature) -> bool {
        let words: &[&str] = match nature {
            Nature::Loss => return true,
            Nature::Record => &[
                "not recorded",
                "not counted",
                "tracking",
                "record",
                "data",
                "stored",
                "arrive",
                "counted",
                "measur",
                "did happen",
                "pipeline",
                "file",
            ],
            Nature::Season => &["every year", "last year", "holiday", "season", "calendar", "as in the year before"],
            Nature::Mix => &["mix", "composition", "shares have", "share of", "weigh", "within each", "more of", "proportion"],
            Nature::Nothing => &["nothing is wrong", "nothing happened", "chance", "no incident", "noise"],
        };
        has(&self.text, words)
    }

    /// How right that is about one of the things that happened. Whoever names everything has named nothing.
    fn right(&self, case: &Practice, truth: &Hypothesis) -> f64 {
        let way = if self.says(truth.nature) { 1.0 } else { 0.6 };
        match truth.nature {
            Nature::Nothing => return f64::from(u8::from(self.says(truth.nature))),
            Nature::Mix => {
                let d = truth.slice[0].0;
                let there = has(&self.text, &[case.dimensions[d].0.as_str()]) || self.values.iter().any(|(known, _)| *known == d);
                return if there && self.says(truth.nature) { 1.0 } else { 0.2 * f64::from(u8::from(there)) };
            }
            _ => {}
        }
        if !self.steps.contains(&truth.step) {
            return 0.0;
        }
        let step = (case.truths.len() as f64 / self.ever.0.max(1) as f64).min(1.0).sqrt();
        let wanted: Vec<(usize, usize)> = case.truths.iter().flat_map(|truth| truth.slice.clone()).collect();
        let right = self.values.iter().filter(|value| wanted.contains(value)).count() as f64;
        let precise = if self.values.is_empty() { 0.0 } else { right / self.ever.1.max(1) as f64 };
        let whole = upto(truth.slice.iter().filter(|value| self.values.contains(value)).count(), truth.slice.len());
        let slice = if truth.slice.is_empty() {
            1.0
        } else if precise + whole > 0.0 {
            2.0 * precise * whole / (precise + whole)
        } else {
            0.0
        };
        way * (step * slice).max(self.first(case, truth))
    }

    /// The same for what is named first: a good answer goes on to say where it is not.
    fn first(&self, case: &Practice, truth: &Hypothesis) -> f64 {
        let plain = crate::text::plain(&self.text);
        let at = |name: &str| plain.find(crate::text::plain(name).trim_end());
        let step = self.steps.iter().min_by_key(|step| at(&case.steps[**step]).unwrap_or(usize::MAX));
        let mut values = self.values.clone();
        values.sort_by_key(|(d, v)| at(&case.dimensions[*d].1[*v]).unwrap_or(usize::MAX));
        let mut slice: Vec<(usize, usize)> = vec![];
        for (d, v) in values {
            if slice.len() < truth.slice.len() && slice.iter().all(|(known, _)| *known != d) {
                slice.push((d, v));
            }
        }
        slice.sort_unstable();
        // Of two causes each may be named first in its sentence.
        if case.truths.len() > 1 || step != Some(&truth.step) {
            return 0.0;
        }
        case.rightness(&[Hypothesis { nature: truth.nature, step: truth.step, slice }])
    }

    /// Explanations that it may mean.
    fn meant(&self) -> Vec<Hypothesis> {
        self.steps.iter().map(|step| Hypothesis::loss(*step, &self.values)).collect()
    }
}

pub(super) fn cause(own: &Case, case: &Practice, queries: &[Query], read: &Read, found: &mut Found) -> f64 {
    let part = read.part("Cause");
    let named = Named::of(case, &part.text, &part.all_text);
    let right = case.truths.iter().map(|truth| named.right(case, truth)).sum::<f64>() / case.truths.len().max(1) as f64;
    found.add(
        "cause",
        "cause right",
        right,
        format!("What is named as the cause has {:.0} % in common with what was planted.", 100.0 * right),
        shown(&part.sentences),
    );
    let step = case.truths.iter().filter(|t| t.nature == Nature::Mix || has(&part.text, &[case.steps[t.step].as_str()])).count();
    found.add(
        "cause",
        "step named",
        upto(step, case.truths.len()),
        either(step == case.truths.len(), "The step is named.", "The step at which it happened is not named."),
        shown(&part.sentences),
    );
    let values = |t: &Hypothesis| t.slice.iter().filter(|(d, v)| has(&part.text, &[case.dimensions[*d].1[*v].as_str()])).count();
    let share = case.truths.iter().map(|t| upto(values(t), t.slice.len().max(1))).sum::<f64>() / case.truths.len() as f64;
    let says = match share {
        share if share > 0.99 => "The slice is named in which it happened.",
        share if share > 0.0 => "A part of the slice in which it happened is named.",
        _ => "The slice in which it happened is not named.",
    };
    found.add("cause", "slice named", share, says, shown(&part.sentences));
    let others = case.dimensions.iter().enumerate().flat_map(|(d, (_, vs))| vs.iter().enumerate().map(move |(v, name)| (d, v, name)));
    let others =
        others.filter(|(d, v, name)| !case.truths.iter().any(|t| t.slice.contains(&(*d, *v))) && has(&part.all_text, &[name.as_str()])).count();
    found.add(
        "cause",
        "nothing else named",
        part.said() * (1.0 - upto(others, 3)),
        format!("{} besides.", so_many(others, "other value is named")),
        vec![],
    );
    let mechanism = own.story.causes.iter().filter(|c| has(&part.text, words_of(c.mechanism))).count();
    found.add(
        "cause",
        "mechanism named",
        upto(mechanism, own.story.causes.len()),
        either(mechanism > 0, "It says by what it happened.", "It does not say by what it happened."),
        shown(&part.sentences),
    );
    let evidence: Vec<f64> = own.evidence.iter().filter(|e| e.speaks == Speaks::For).map(|e| covered(&stems(&e.text), &stems(&part.text))).collect();
    let best = evidence.iter().copied().fold(0.0, f64::max);
    found.add(
        "cause",
        "evidence for",
        (2.5 * best).min(1.0),
        format!("{:.0} % of the words of a source that speaks for it come back.", 100.0 * best),
        vec![],
    );
    let against: f64 = own.story.decoys.iter().map(|d| covered(&stems(&d.what), &stems(&part.all_text))).fold(0.0, f64::max);
    found.add(
        "cause",
        "no decoy named",
        part.said() * (1.0 - ((against - 0.3) / 0.5).clamp(0.0, 1.0)),
        if against > 0.45 {
            "Another event of these days is told of as if it were the cause."
        } else {
            "No other event of these days is taken for the cause."
        },
        vec![],
    );
    let possible = case.still_possible(queries);
    let proven = named.meant().iter().any(|g| possible.iter().any(|p| p.step == g.step && p.slice == g.slice));
    found.add(
        "cause",
        "fits the cuts",
        f64::from(u8::from(proven)),
        either(proven, "The cause fits what the cuts showed.", "What the cuts showed does not lead to this cause alone."),
        vec![],
    );
    let fix = stems(&own.fix);
    let related = covered(&fix, &stems(&read.whole));
    found.add(
        "cause",
        "leads to the fix",
        (2.0 * related).min(1.0),
        either(2.0 * related >= 0.67, "The answer speaks of what has to be mended.", "The answer hardly speaks of what has to be mended."),
        vec![],
    );
    let depth = part.with(&["because", "since", "which", "so that", "after", "therefore", "that is why"]);
    found.add(
        "cause",
        "cause explained",
        upto(depth.len(), 2),
        format!("{} how one thing led to the other, of 2 looked for.", so_many(depth.len(), "sentence says")),
        shown(&depth),
    );
    let figures = amounts(&part.text).len();
    found.add("cause", "cause figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let dates = f64::from(u8::from(dated(&part.text)));
    found.add("cause", "cause dated", dates, either(dates > 0.5, "It says since when.", "It does not say since when."), vec![]);
    // Other kinds of rows.
    let mix = read.parts.iter().flat_map(|(_, part)| part.with(&["mix", "share of", "within each", "composition", "rate", "weigh"])).count();
    found.add("mix-and-rate", "mix against rate", upto(mix, 3), format!("{} of shares and rates.", so_many(mix, "sentence speaks")), vec![]);
    let season = read.parts.iter().flat_map(|(_, part)| part.with(&["last year", "every year", "season", "holiday", "same week"])).count();
    found.add("seasonality", "season", upto(season, 2), format!("{} of the season.", so_many(season, "sentence speaks")), vec![]);
    let steps = queries.iter().map(|q| q.step).collect::<std::collections::BTreeSet<_>>().len();
    found.add(
        "funnel",
        "steps against steps",
        upto(steps, case.steps.len()),
        format!("{} of {} steps are held against the one before.", steps, case.steps.len()),
        vec![],
    );
    right
}

pub(super) fn confidence(right: f64, read: &Read, found: &mut Found) {
    let text = read.answer.part("Confidence");
    let said = percentage(text);
    let share = said.map_or(0.0, |said| 1.0 - (said - right).powi(2));
    found.add(
        "cause",
        "confidence",
        share,
        format!("It is {:.0} % sure, and right by {:.0} %.", 100.0 * said.unwrap_or(0.0), 100.0 * right),
        shown(&[text]),
    );
    let open = read.part("Confidence").with(&["because", "would", "not", "open", "until", "remains", "could", "if "]);
    found.add(
        "cause",
        "confidence explained",
        upto(open.len(), 1),
        either(!open.is_empty(), "It says what is still open.", "It does not say what is still open."),
        shown(&open),
    );
}
