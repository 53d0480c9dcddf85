//! The second way: whether it is one, and what it comes to.

use crate::{
    answer::fences,
    check::{
        Found, Read,
        words::{amounts, count, covered, shown, so_many, stems, upto},
    },
    model::{ASKED, Computed, compute, has_answer},
    read::Guesstimate,
    text::{figures, near as near_to, plain, rounded},
};
use estimate::score::distance;

/// The figure that a text comes to: of those in the unit of the answer, or of all where none has it, the one that is
/// nearest to what the model says.
fn result_of(text: &str, unit: &str, towards: f64) -> Option<f64> {
    let unit = plain(unit.split('/').next().unwrap_or(""));
    let all = figures(text);
    let in_unit = |end: usize| {
        unit.trim().is_empty() || plain(&text[end..].chars().take(24).collect::<String>()).starts_with(unit.trim_end_matches([' ', 's']))
    };
    let meant: Vec<f64> = all.iter().filter(|f| in_unit(f.end)).map(|f| f.value).collect();
    let meant = if meant.is_empty() { all.iter().map(|f| f.value).collect() } else { meant };
    let away = meant.into_iter().filter_map(|value| distance(value, towards).map(|away| (away.orders, value)));
    away.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, value)| value)
}

/// What is said of guesses that both ways stand on.
fn of_its_own(shared: &[&str]) -> String {
    match shared {
        [] => "The second way stands on guesses of its own.".to_owned(),
        shared => {
            format!("The second way has this from the first: {}.", shared.iter().map(|name| name.replace('_', " ")).collect::<Vec<_>>().join(", "))
        }
    }
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
        if there { "There is a second way with figures." } else { "There is no second way with figures." },
        shown(&part.sentences),
    );
    let text = format!("{}\n{}", part.text, fences(raw).join("\n"));
    // Figures that the first way has not.
    let first: Vec<f64> = figures(written).iter().map(|f| f.value).collect();
    let mut own_figures: Vec<f64> = amounts(&text).into_iter().filter(|value| !first.iter().any(|known| near_to(*known, *value, 0.005))).collect();
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
    found.add(
        "second-way",
        "second computes",
        f64::from(u8::from(computed.is_some())),
        if computed.is_some() { "The second way is a model that computes." } else { "The second way is no model that computes." },
        vec![],
    );
    let about = match &computed {
        Some(second) => Some(second.middle),
        None => {
            let values: Vec<f64> = figures(&text).iter().map(|f| f.value).collect();
            let towards = own.reference.value;
            values.into_iter().filter_map(|v| distance(v, towards).map(|away| (away.orders, v))).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, v)| v)
        }
    };
    let orders = |a: Option<f64>, b: f64| a.and_then(|a| distance(a, b)).map(|away| away.orders);
    let near = |orders: Option<f64>| orders.map_or(0.0, |orders| 1.0 - (orders / 0.6).min(1.0));
    let truth = orders(about, own.reference.value);
    let says = match about.filter(|_| there) {
        Some(value) => {
            format!("The second way comes to {}; the reference is {}.", rounded(value, &own.unit), rounded(own.reference.value, &own.unit))
        }
        None => "The second way comes to no figure.".into(),
    };
    found.add("second-way", "second is near", if there { near(truth) } else { 0.0 }, says, vec![]);
    // Of figures in words the one that is meant is nearest to the model.
    let other = match (&computed, model) {
        (None, Some(model)) => result_of(&text, &own.unit, model.middle),
        _ => about,
    };
    let (agree, says) = match (other.filter(|_| there), model) {
        (Some(value), Some(model)) => {
            let away = orders(Some(value), model.middle);
            let [one, two] = [value, model.middle].map(|value| rounded(value, &own.unit));
            (
                near(away),
                format!(
                    "The second way comes to {one}, the model to {two}: a factor of {:.2}.",
                    away.map_or(f64::INFINITY, |away| 10_f64.powf(away))
                ),
            )
        }
        (_, None) => (0.0, "The model does not compute, so nothing can be held against the second way.".into()),
        (None, _) => (0.0, "The second way comes to no figure that could be held against the model.".into()),
    };
    found.add("second-way", "ways agree", agree, says, vec![]);
    let (apart, says) = match (&computed, model) {
        // The same tree again is no second way.
        (Some(second), Some(model)) => {
            let names = |c: &Computed| -> std::collections::BTreeSet<String> {
                c.model.lines().iter().map(|l| l.name.clone()).filter(|name| !matches!(name.as_str(), "answer" | ASKED)).collect()
            };
            let (first, second) = (names(model), names(second));
            let shared: Vec<&str> = second.intersection(&first).map(String::as_str).collect();
            (1.0 - shared.len() as f64 / second.len().max(1) as f64, of_its_own(&shared))
        }
        // Figures in words: those of the model's guesses, and not what the two ways come to.
        (None, Some(model)) if there => {
            let results = [Some(model.middle), Some(model.low), Some(model.high), other].into_iter().flatten();
            let results: Vec<f64> = results.collect();
            let all = amounts(&text);
            let used: Vec<f64> = all.iter().copied().filter(|v| !results.iter().any(|result| near_to(*result, *v, 0.06))).collect();
            let shared: Vec<String> =
                used.iter().filter(|v| first.iter().any(|known| near_to(*known, **v, 0.005))).map(|v| rounded(*v, "")).collect();
            let named: Vec<&str> = shared.iter().map(String::as_str).collect();
            (1.0 - shared.len() as f64 / used.len().max(1) as f64, of_its_own(&named))
        }
        _ => (0.0, "There is no second way that could stand on guesses of its own.".to_owned()),
    };
    found.add("second-way", "shares no guess", apart, says, vec![]);
    let compares = count(
        &part.text,
        &["agree", "apart", "between", "near", "close", "both", "differ", "overlap", "same", "higher", "lower", "gap", "within", "against"],
    );
    found.add(
        "second-way",
        "ways compared",
        upto(compares, 2),
        if compares > 0 { "It says how the two ways compare." } else { "It does not say how the two ways compare." },
        shown(&part.sentences),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Answer, Challenge, Kind,
        read::{Own, Reference},
    };

    fn shares(answer: &str) -> (f64, String) {
        let reference = Reference { value: 39.1e6, low: 3e7, high: 5e7, fact: None };
        let own = Guesstimate { ask: "How many?".into(), unit: "cards".into(), reference, routes: vec![], factors: vec![], switches: vec![] };
        let findings = Challenge::of_work(Own::Guesstimate(own), "t", "", vec![]).findings(&Answer::read(Kind::Guesstimate, answer));
        findings.into_iter().find(|f| f.check == "shares no guess").map(|f| (f.share, f.says)).unwrap()
    }

    #[test]
    fn what_is_told_in_other_figures_shares_no_guess() {
        let model =
            "## Model\n```\nadults = 20 million people\ncards_each = 1.7 to 2.1 cards/people\nanswer = adults * cards_each\n```\n\n## Second way\n";
        let (share, says) = shares(&format!(
            "{model}Three networks: the largest has 27 million cards, which is 70 % of the market: 38.6 million, the model says 38 million."
        ));
        assert!(share > 0.99 && says.contains("of its own"), "{share} {says}");
        let (share, says) = shares(&format!("{model}20 million adults have 2.1 each, of which 5 % lie in drawers: 39.9 million."));
        assert!(share < 0.5 && says.contains("from the first"), "{share} {says}");
    }
}
