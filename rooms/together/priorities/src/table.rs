//! What scores say of an order: the score of each thing with its spread, how sure each is of its place above the next, which
//! weight would have to change to change the order, and how much of the effort is a must. Pure; worked out beside requests.

use crate::{
    inputs::{Input, Scale, formula},
    model::Method,
};
use scoring::{
    method::{self, Quarter, quarter},
    moscow::{Shares, Wish, shares},
    ranges::{Quantity, compare},
    weights::{Tipping, sensitivity},
};
use serde::Serialize;

/// What is worked with: for each thing, in the order that it has now, what was written for each input; empty where nothing
/// was.
#[derive(Clone, Debug, Serialize)]
pub struct Read {
    pub method: Method,
    /// Key, weight, and whether it counts against, of each input: with these the digest of what is read changes too.
    pub weights: Vec<(String, f64, bool)>,
    pub written: Vec<Vec<String>>,
    #[serde(skip)]
    pub inputs: Vec<Input>,
}

impl Read {
    pub fn new(method: Method, inputs: Vec<Input>, written: Vec<Vec<String>>) -> Read {
        let weights = inputs.iter().map(|input| (input.key.clone(), input.weight, input.cost)).collect();
        Read { method, weights, written, inputs }
    }
}

/// Samples of each score.
pub const SAMPLES: usize = 10_000;
/// The ends of the spread that is shown.
const ENDS: (f64, f64) = (0.05, 0.95);

/// A thing with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Which of the things that were read.
    pub item: usize,
    pub score: f64,
    pub low: f64,
    pub high: f64,
    /// The chance that it truly stands above the one that follows it; none for the last.
    pub above_next: Option<f64>,
    /// Where it lies by value and effort, where the method has both.
    pub against: Option<(f64, f64)>,
}

/// What was worked out.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The highest first; equals stay as they stand now.
    pub order: Vec<Placed>,
    /// Things that lack an input: which, and what they lack.
    pub lacking: Vec<(usize, Vec<String>)>,
    /// Of weighted scoring: the smallest change of each weight that changes the order.
    pub tips: Vec<Tipping>,
    /// Of MoSCoW.
    pub shares: Option<Shares>,
    /// Why something could not be worked out, in sentences.
    pub wrong: Vec<String>,
}

impl Figures {
    /// What counts as much value and much effort: the middle of all.
    pub fn middles(&self) -> Option<(f64, f64)> {
        let (mut values, mut efforts): (Vec<f64>, Vec<f64>) = self.order.iter().filter_map(|placed| placed.against).unzip();
        let middle = |all: &mut Vec<f64>| {
            all.sort_unstable_by(f64::total_cmp);
            Some((*all.get((all.len().checked_sub(1)?) / 2)? + *all.get(all.len() / 2)?) / 2.0)
        };
        Some((middle(&mut values)?, middle(&mut efforts)?))
    }

    /// The quarter of the square in which something lies.
    pub fn quarter(&self, placed: &Placed) -> Option<Quarter> {
        let ((value, effort), (much, hard)) = (placed.against?, self.middles()?);
        Some(quarter(value, effort, much, hard))
    }
}

/// Works it out. `goes_on` is asked between the parts whether anybody still waits.
pub fn work_out(read: &Read, goes_on: &dyn Fn(f64) -> bool) -> Result<Figures, String> {
    let mut figures = Figures::default();
    let mut whole: Vec<(usize, Vec<Quantity>)> = vec![];
    for (item, written) in read.written.iter().enumerate() {
        let lacks: Vec<String> = read.inputs.iter().zip(written).filter(|(_, text)| text.is_empty()).map(|(input, _)| input.name.clone()).collect();
        if !lacks.is_empty() {
            figures.lacking.push((item, lacks));
            continue;
        }
        let values: Result<Vec<Quantity>, String> = read.inputs.iter().zip(written).map(|(input, text)| input.read(text)).collect();
        match values {
            Ok(values) => whole.push((item, values)),
            // A scale that has changed since: it has to be written again.
            Err(why) => figures.lacking.push((item, vec![why])),
        }
    }
    if !goes_on(0.1) {
        return Err("Nobody waits for this any more.".into());
    }
    if whole.is_empty() || read.inputs.is_empty() {
        return Ok(figures);
    }
    let formula = formula(read.method, &read.inputs);
    let quantities: Vec<Vec<Quantity>> = whole.iter().map(|(_, values)| values.clone()).collect();
    let samples = if quantities.iter().flatten().any(Quantity::is_uncertain) { SAMPLES } else { 100 };
    let compared = compare(&formula, &quantities, samples, 1).map_err(|wrong| wrong.0)?;
    if !goes_on(0.8) {
        return Err("Nobody waits for this any more.".into());
    }
    let sure = compared.sureness();
    for (place, at) in compared.order().into_iter().enumerate() {
        let (item, values) = &whole[at];
        figures.order.push(Placed {
            item: *item,
            score: compared.medians()[at],
            low: compared.quantile(at, ENDS.0),
            high: compared.quantile(at, ENDS.1),
            above_next: sure.get(place).copied(),
            against: against(read.method, values),
        });
    }
    let middles: Vec<Vec<f64>> = quantities.iter().map(|values| values.iter().map(Quantity::middle).collect()).collect();
    match (read.method, &formula) {
        (Method::Weighted, method::Method::Weighted(criteria)) => match sensitivity(criteria, &middles) {
            // By the things that were read.
            Ok(tips) => figures.tips = tips.into_iter().map(|tip| Tipping { above: whole[tip.above].0, below: whole[tip.below].0, ..tip }).collect(),
            Err(wrong) => figures.wrong.push(wrong.0),
        },
        (Method::Moscow, _) => {
            let efforts: Vec<(Wish, f64)> = middles.iter().map(|values| (wish(values[0]), values[1])).collect();
            match shares(&efforts) {
                Ok(found) => figures.shares = Some(found),
                Err(wrong) => figures.wrong.push(wrong.0),
            }
        }
        _ => {}
    }
    Ok(figures)
}

/// How much one is worth and how much it costs, where the method speaks of both.
fn against(method: Method, values: &[Quantity]) -> Option<(f64, f64)> {
    let at = |n: usize| values.get(n).map(Quantity::middle);
    match method {
        Method::ValueEffort => Some((at(0)?, at(1)?)),
        Method::Rice => Some((at(0)? * at(1)? * at(2)?, at(3)?)),
        Method::Wsjf => Some((at(0)? + at(1)? + at(2)?, at(3)?)),
        _ => None,
    }
}

pub(crate) fn wish(value: f64) -> Wish {
    match value {
        v if v >= 3.5 => Wish::Must,
        v if v >= 2.5 => Wish::Should,
        v if v >= 1.5 => Wish::Could,
        _ => Wish::Wont,
    }
}

/// A score as people read it: of MoSCoW the wish.
pub(crate) fn told(method: Method, inputs: &[Input], score: f64) -> String {
    match (method, inputs.first()) {
        (Method::Moscow, Some(input @ Input { scale: Scale::Choices(_), .. })) => web::capital(&input.written(score)),
        _ if score.abs() >= 1000.0 => web::telling::figure(score.round()),
        _ => web::telling::figure((score * 10.0).round() / 10.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Scheme, Thing};
    use kernel::{Area, Meta, Uuid, value::Packed};

    pub(crate) fn scheme(method: Method, criteria: &[(&str, f64, bool)]) -> Scheme {
        let criterion = |(i, (name, weight, cost)): (usize, &(&str, f64, bool))| Criterion {
            key: format!("c{i}"),
            name: (*name).into(),
            weight: *weight,
            cost: *cost,
        };
        Scheme {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            name: "S".into(),
            method,
            thing: Thing::Feature,
            area: Area::Priorities,
            criteria: Packed(criteria.iter().enumerate().map(criterion).collect()),
            counted: Packed::default(),
        }
    }

    fn figures(scheme: &Scheme, rows: &[&[&str]]) -> Result<Figures, String> {
        let written = rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        work_out(&Read::new(scheme.method, scheme.inputs(), written), &|_| true)
    }

    #[test]
    fn an_order_says_how_sure_it_is() {
        let found =
            figures(&scheme(Method::Rice, &[]), &[&["1k", "1", "80 %", "2"], &["500 to 8k", "2", "50", "3 to 9"], &["100", "1", "", "1"]]).unwrap();
        assert_eq!(found.lacking, [(2, vec!["Confidence".to_owned()])]);
        assert_eq!(found.order.len(), 2);
        let first = &found.order[0];
        assert!(first.above_next.is_some_and(|sure| (0.5..0.8).contains(&sure)), "{first:?}");
        assert!(found.order[1].above_next.is_none() && found.order.iter().any(|p| p.low < p.score && p.score < p.high));
        let sure = figures(&scheme(Method::Rice, &[]), &[&["10", "1", "80", "2"], &["500", "2", "50", "3"]]).unwrap();
        assert_eq!((sure.order[0].item, sure.order[0].above_next), (1, Some(1.0)));
        assert_eq!(sure.quarter(&sure.order[0]), Some(Quarter::BigBet));
    }

    #[test]
    fn a_weight_says_when_it_tips() {
        let own = scheme(Method::Weighted, &[("value", 2.0, false), ("fit", 1.0, false)]);
        let found = figures(&own, &[&["4", "2"], &["", "1"], &["5", "1"]]).unwrap();
        assert_eq!(found.order.iter().map(|p| p.item).collect::<Vec<_>>(), [2, 0]);
        assert!(found.tips.iter().any(|tip| tip.criterion == 1 && tip.tips_at == 2.0 && (tip.above, tip.below) == (2, 0)), "{:?}", found.tips);
        let nothing = scheme(Method::Weighted, &[("value", 0.0, false)]);
        assert!(figures(&nothing, &[&["4"]]).is_err_and(|why| why.contains("add up to zero")));
    }

    #[test]
    fn musts_are_told_by_their_effort() {
        let found = figures(&scheme(Method::Moscow, &[]), &[&["could", "1"], &["must", "7"], &["should", "2"], &["won't", "40"]]).unwrap();
        assert_eq!(found.order.iter().map(|p| p.item).collect::<Vec<_>>(), [1, 2, 0, 3]);
        let shares = found.shares.unwrap();
        assert!((shares.must - 0.7).abs() < 1e-12 && shares.warnings.iter().any(|w| w.contains("above 60 %")));
        let none = figures(&scheme(Method::Moscow, &[]), &[&["must", "0"]]).unwrap();
        assert!(none.shares.is_none() && none.wrong.len() == 1);
    }

    #[test]
    fn equals_stay_as_they_are() {
        let found = figures(&scheme(Method::Ice, &[]), &[&["5", "5", "5"], &["5", "5", "5"]]).unwrap();
        assert_eq!(found.order.iter().map(|p| (p.item, p.above_next)).collect::<Vec<_>>(), [(0, Some(0.5)), (1, None)]);
        assert!(figures(&scheme(Method::Ice, &[]), &[]).unwrap().order.is_empty());
    }
}
