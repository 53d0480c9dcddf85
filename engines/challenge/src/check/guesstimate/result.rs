//! What came out: the answer, what it hangs on, the second way, the interval.

use super::verb;
use crate::{
    answer::{fences, interval},
    check::{
        Found, Read,
        words::{amounts, count, covered, has, shown, so_many, stems, upto},
    },
    model::{Computed, compute, has_answer},
    read::Guesstimate,
    text::{figures, near},
};
use estimate::score::{distance, interval_points};

pub(super) fn result(own: &Guesstimate, model: &Computed, read: &Read, found: &mut Found) {
    if let Some(away) = distance(model.middle, own.reference.value) {
        let says = format!("The middle of the model, {:.3}, is {:.2} orders of magnitude from the reference.", model.middle, away.orders);
        found.add("answer", "distance", 1.0 - (away.orders / 0.6).min(1.0), says.clone(), vec![]);
        found.add("answer", "right order", away.points, says, vec![]);
    }
    let overlap = model.high >= own.reference.low && model.low <= own.reference.high;
    found.add("answer", "overlaps", f64::from(u8::from(overlap)), "Whether the range of the model overlaps that of the reference.", vec![]);
    let part = read.part("Answer");
    let told: Vec<f64> = part.figures().iter().map(|f| f.value).collect();
    let same = told.iter().any(|value| near(*value, model.middle, 0.25) || own.unit.is_empty() && near(value / 100.0, model.middle, 0.25));
    found.add(
        "answer",
        "says what it computed",
        f64::from(u8::from(same)),
        "Whether the answer in words is what the model gives.",
        shown(&part.sentences),
    );
    let right = told.iter().filter_map(|value| distance(*value, own.reference.value)).map(|away| away.orders).fold(f64::INFINITY, f64::min);
    found.add(
        "answer",
        "answer is near",
        1.0 - (right / 0.6).min(1.0),
        "How near the figure in the answer is to the reference.",
        shown(&part.sentences),
    );
    let short = part.sentences.len();
    found.add(
        "answer",
        "one sentence or two",
        if (1..=3).contains(&short) { 1.0 } else { 0.4 },
        format!("The answer has {}.", so_many(short, "sentence")),
        vec![],
    );
    let hangs = part.with(&[
        "most",
        "hangs",
        "depend",
        "driver",
        "turns on",
        "largest",
        "main",
        "chiefly",
        "mostly",
        "because",
        "would change",
        "sensitive",
        "measure",
        "check",
    ]);
    found.add(
        "answer",
        "what it hangs on",
        upto(hangs.len(), 1),
        format!("{} what the answer hangs on.", verb(hangs.len(), "sentence")),
        shown(&hangs),
    );
}

/// Whether what matters most is named as such.
pub(super) fn driver(model: &Computed, read: &Read, found: &mut Found) {
    let Ok(results) = model.model.run(estimate::Settings { samples: 1000, seed: 1 }) else { return };
    let Ok(influences) = results.influences(model.answer) else { return };
    let lines = model.model.lines();
    let main: Vec<String> = influences.iter().take(1).map(|i| lines[model.model.leaves()[i.leaf].line].name.replace('_', " ")).collect();
    let Some(name) = main.first() else {
        found.add("sensitivity", "driver named", 0.0, "Nothing in the model is uncertain, so nothing drives it.", vec![]);
        return;
    };
    let text = format!("{}\n{}\n{}", read.part("Assumptions").text, read.part("Answer").text, read.part("Interval").text);
    let about: Vec<String> = crate::answer::sentences(&text)
        .into_iter()
        .filter(|sentence| {
            has(
                sentence,
                &["most", "largest", "driver", "hangs", "depend", "widest", "moves", "matters", "sensitive", "uncertain", "turns on", "first"],
            )
        })
        .collect();
    let hit = about.iter().filter(|sentence| covered(&stems(name), &stems(sentence)) > 0.4).count();
    let share = if hit > 0 { 1.0 } else { 0.4 * upto(about.len(), 1) };
    found.add("sensitivity", "driver named", share, format!("What moves the answer most is “{name}”."), shown(&about));
    let top = influences.iter().map(|i| i.share).fold(0.0, f64::max);
    found.add(
        "sensitivity",
        "not all on one",
        1.0 - ((top - 0.5) * 2.0).clamp(0.0, 1.0),
        format!("The largest guess has {:.0} % of the uncertainty.", 100.0 * top),
        vec![],
    );
}

pub(super) fn second(own: &Guesstimate, model: Option<&Computed>, written: &str, read: &Read, found: &mut Found) {
    let raw = read.answer.part("Second way");
    let part = read.part("Second way");
    let block = fences(raw).into_iter().next();
    let there = block.is_some() || amounts(&part.text).len() >= 2;
    found.add(
        "second-way",
        "second way",
        if there { 1.0 } else { 0.3 * upto(part.sentences.len(), 1) },
        "Whether there is a second way with figures.",
        shown(&part.sentences),
    );
    let text = format!("{}\n{}", part.text, fences(raw).join("\n"));
    // Figures that the first way has not.
    let first: Vec<f64> = figures(written).iter().map(|f| f.value).collect();
    let mut own_figures: Vec<f64> = amounts(&text).into_iter().filter(|value| !first.iter().any(|known| near(*known, *value, 0.005))).collect();
    own_figures.dedup();
    found.add(
        "second-way",
        "other figures",
        upto(own_figures.len(), 3),
        format!("{} the first way does not have.", so_many(own_figures.len(), "figure stands there that")),
        vec![],
    );
    let common = covered(&stems(&block.clone().unwrap_or_else(|| part.text.clone())), &stems(written));
    found.add(
        "second-way",
        "other words",
        if there { 1.0 - common } else { 0.0 },
        format!("{:.0} % of its words are those of the first way.", 100.0 * common),
        vec![],
    );
    let computed = block.as_ref().filter(|block| has_answer(block)).and_then(|block| compute(block, &own.unit).ok());
    found.add("second-way", "second computes", f64::from(u8::from(computed.is_some())), "Whether the second way is a model that computes.", vec![]);
    let about = match &computed {
        Some(second) => Some(second.middle),
        None => {
            let values: Vec<f64> = figures(&text).iter().map(|f| f.value).collect();
            let towards = own.reference.value;
            values.into_iter().filter_map(|v| distance(v, towards).map(|away| (away.orders, v))).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, v)| v)
        }
    };
    let near_truth = about.and_then(|value| distance(value, own.reference.value)).map_or(0.0, |away| 1.0 - (away.orders / 0.6).min(1.0));
    found.add("second-way", "second is near", if there { near_truth } else { 0.0 }, "How near the second way comes to the reference.", vec![]);
    let agree = match (about, model) {
        (Some(value), Some(model)) => distance(value, model.middle).map_or(0.0, |away| 1.0 - (away.orders / 0.6).min(1.0)),
        _ => 0.0,
    };
    found.add("second-way", "ways agree", if there { agree } else { 0.0 }, "How near the two ways come to one another.", vec![]);
    let apart = match (&computed, model) {
        // The same tree again is no second way.
        (Some(second), Some(model)) => {
            let names = |c: &Computed| c.model.lines().iter().map(|l| l.name.clone()).collect::<std::collections::BTreeSet<_>>();
            1.0 - covered(&names(second), &names(model))
        }
        (None, _) => 0.4 * f64::from(u8::from(there)),
        _ => 0.0,
    };
    found.add("second-way", "shares no guess", apart, "Whether the second way stands on guesses of its own.", vec![]);
    let compares = count(
        &part.text,
        &["agree", "apart", "between", "near", "close", "both", "differ", "overlap", "same", "higher", "lower", "gap", "within", "against"],
    );
    found.add("second-way", "ways compared", upto(compares, 2), "Whether it says how the two ways compare.", shown(&part.sentences));
}

pub(super) fn range(own: &Guesstimate, model: Option<&Computed>, read: &Read, found: &mut Found) {
    let raw = read.answer.part("Interval");
    let Some((mut low, mut high)) = interval(raw) else {
        found.add("interval", "interval points", 0.0, "There is no interval.", vec![]);
        return;
    };
    // A share may be written as a percentage without its sign.
    if own.unit.is_empty() && low > 1.0 && own.reference.value < 1.0 {
        (low, high) = (low / 100.0, high / 100.0);
    }
    let points = interval_points(low, high, own.reference.value).unwrap_or(0.0);
    let says = format!("The interval from {low} to {high} earns {points:.0} of 100 points.");
    found.add("interval", "interval points", points / 100.0, says.clone(), shown(&[raw]));
    let holds = low <= own.reference.value && own.reference.value <= high;
    found.add(
        "interval",
        "interval holds",
        f64::from(u8::from(holds)),
        if holds { "The reference lies in the interval." } else { "The reference lies outside of the interval." },
        shown(&[raw]),
    );
    let width = if low > 0.0 { (high / low).log10() } else { f64::INFINITY };
    let fair = if width < 0.08 {
        0.2
    } else if width <= 1.0 {
        1.0
    } else {
        0.3
    };
    found.add("interval", "interval width", fair, format!("It spans {width:.2} orders of magnitude."), shown(&[raw]));
    if let Some(model) = model.filter(|model| model.low > 0.0) {
        let own_width = (model.high / model.low).log10();
        let share = if own_width < 0.02 { 0.0 } else { 1.0 - ((width / own_width).log2().abs() / 2.0).min(1.0) };
        found.add("interval", "interval from the model", share, format!("The model itself spans {own_width:.2} orders of magnitude."), shown(&[raw]));
        let middle = low <= model.middle && model.middle <= high;
        found.add(
            "interval",
            "interval has the answer",
            f64::from(u8::from(middle)),
            "Whether the interval has the model's own middle in it.",
            shown(&[raw]),
        );
    }
    let said = read.part("Interval");
    found.add(
        "interval",
        "interval explained",
        upto(count(&said.text, &["because", "since", "wider", "narrow", "both ways", "model", "from", "as ", "ten", "miss"]), 2),
        "Whether it says why it is as wide.",
        shown(&said.sentences),
    );
}
