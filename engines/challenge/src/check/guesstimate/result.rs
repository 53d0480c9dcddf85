//! What came out: the answer and the interval.

use super::verb;
use crate::{
    answer::interval,
    check::{
        Found, Read,
        sense::either,
        words::{count, shown, so_many, upto},
    },
    model::Computed,
    read::Guesstimate,
    text::{near, rounded},
};
use estimate::score::{distance, interval_points};

pub(super) fn result(own: &Guesstimate, model: &Computed, read: &Read, found: &mut Found) {
    let [middle, low, high, truth] = [model.middle, model.low, model.high, own.reference.value].map(|value| rounded(value, &own.unit));
    match distance(model.middle, own.reference.value) {
        Some(away) => {
            let says = format!("The middle of the model is {middle}, the reference {truth}.");
            found.add("answer", "distance", 1.0 - (away.orders / 0.6).min(1.0), says, vec![]);
            let says = format!("Between the two lies a factor of {:.2}.", 10_f64.powf(away.orders));
            found.add("answer", "right order", away.points, says, vec![]);
        }
        None => {
            for check in ["distance", "right order"] {
                found.add(
                    "answer",
                    check,
                    0.0,
                    format!("The middle of the model is {middle}, which is no amount; the reference is {truth}."),
                    vec![],
                );
            }
        }
    }
    let overlap = model.high >= own.reference.low && model.low <= own.reference.high;
    let says = format!("The range of the model, {low} to {high}, {} that of the reference.", if overlap { "overlaps" } else { "does not overlap" });
    found.add("answer", "overlaps", f64::from(u8::from(overlap)), says, vec![]);
    let same =
        figures_of(read).iter().any(|value| near(*value, model.middle, 0.25) || own.unit.is_empty() && near(value / 100.0, model.middle, 0.25));
    found.add(
        "answer",
        "says what it computed",
        f64::from(u8::from(same)),
        if same { "The answer in words is what the model gives." } else { "The answer in words is not what the model gives." },
        shown(&read.part("Answer").sentences),
    );
}

fn figures_of(read: &Read) -> Vec<f64> {
    read.part("Answer").figures().iter().map(|f| f.value).collect()
}

/// The answer in words, whether the model computes or not.
pub(super) fn answer(own: &Guesstimate, read: &Read, found: &mut Found) {
    let part = read.part("Answer");
    let told = figures_of(read);
    let right = told.iter().filter_map(|value| distance(*value, own.reference.value)).map(|away| away.orders).fold(f64::INFINITY, f64::min);
    found.add(
        "answer",
        "answer is near",
        1.0 - (right / 0.6).min(1.0),
        if right.is_finite() {
            format!("The figure in the answer is a factor of {:.2} from the reference.", 10_f64.powf(right))
        } else {
            "The answer has no figure.".into()
        },
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

pub(super) fn range(own: &Guesstimate, model: Option<&Computed>, read: &Read, found: &mut Found) {
    let raw = read.answer.part("Interval");
    let Some((mut low, mut high)) = interval(raw) else {
        for check in ["interval points", "interval holds", "interval width"] {
            found.add("interval", check, 0.0, "There is no interval.", vec![]);
        }
        return;
    };
    // A share may be written as a percentage without its sign.
    if own.unit.is_empty() && low > 1.0 && own.reference.value < 1.0 {
        (low, high) = (low / 100.0, high / 100.0);
    }
    let points = interval_points(low, high, own.reference.value).unwrap_or(0.0);
    let says = format!("The interval from {} to {} earns {points:.0} of 100 points.", rounded(low, ""), rounded(high, &own.unit));
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
            if middle { "The model's own middle lies in the interval." } else { "The model's own middle lies outside of the interval." },
            shown(&[raw]),
        );
    }
    let said = read.part("Interval");
    let explained = count(&said.text, &["because", "since", "wider", "narrow", "both ways", "model", "from", "as ", "ten", "miss"]);
    let says = either(explained > 0, "It says why the interval is as wide.", "It does not say why the interval is as wide.");
    found.add("interval", "interval explained", upto(explained, 2), says, shown(&said.sentences));
}
