//! What ratings say once they are open: how far the raters agree, where they lie furthest apart, and the value in their
//! middle. Pure.

use crate::{
    inputs::Input,
    model::{Given, Method},
};
use kernel::Uuid;
use scoring::agree::{kendall_w, spread, tau_b};
use std::collections::HashMap;

/// Whose ratings, and what they gave.
pub struct Sheet {
    pub member: Uuid,
    pub gave: Vec<Given>,
}

/// How far people agree on an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The input; nothing for the scores as a whole.
    pub input: Option<usize>,
    pub raters: usize,
    /// Things that all of them rated.
    pub items: usize,
    /// τ-b of two raters, W of more; or why it cannot be said.
    pub found: Result<f64, String>,
}

/// Where ratings lie apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub item: usize,
    pub input: usize,
    /// So many places lie between the highest and the lowest.
    pub places: f64,
    /// Who gave what, the highest first.
    pub gave: Vec<(Uuid, String)>,
}

/// What was revealed.
#[derive(Clone, Debug, Default)]
pub struct Revealed {
    /// On the scores that each would give, where two at least rated everything.
    pub whole: Option<Agreement>,
    /// On each input that is rated.
    pub each: Vec<Agreement>,
    /// The widest first.
    pub gaps: Vec<Gap>,
    /// For each thing and input the value in the middle of all, as it would be written.
    pub middles: Vec<Vec<Option<String>>>,
}

impl Revealed {
    /// How far they agree in one figure: on the whole, or else the mean over the inputs.
    pub fn agreement(&self) -> Option<f64> {
        if let Some(Agreement { found: Ok(whole), .. }) = &self.whole {
            return Some(*whole);
        }
        let each: Vec<f64> = self.each.iter().filter_map(|agreement| agreement.found.clone().ok()).collect();
        (!each.is_empty()).then(|| each.iter().sum::<f64>() / each.len() as f64)
    }
}

/// One answer: its middle, the ends between which it lies, and how it was written.
#[derive(Clone, Copy)]
struct Answer<'a> {
    value: f64,
    ends: (f64, f64),
    written: &'a str,
}

/// One who rated: for each thing what they gave.
type Column<'a> = (Uuid, Vec<Option<Answer<'a>>>);

/// Works out what the sheets say of these things under these inputs. What has been removed since is no longer among the
/// things, and what is not asked for any more not among the inputs; neither counts.
pub fn reveal(method: Method, inputs: &[Input], items: &[Uuid], sheets: &[Sheet], counted: &dyn Fn(usize, usize) -> Option<f64>) -> Revealed {
    let places: HashMap<Uuid, usize> = items.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut columns: Vec<Vec<Column>> = inputs.iter().map(|_| vec![]).collect();
    for sheet in sheets {
        let mut own: Vec<Option<Vec<Option<Answer>>>> = inputs.iter().map(|_| None).collect();
        for given in &sheet.gave {
            let at = inputs.iter().position(|input| input.key == given.criterion && input.counted.is_none());
            let (Some(at), Some(place)) = (at, places.get(&given.about)) else { continue };
            // What cannot be read any more has not been given.
            let Ok(value) = inputs[at].read(&given.written) else { continue };
            own[at].get_or_insert_with(|| vec![None; items.len()])[*place] =
                Some(Answer { value: value.middle(), ends: value.ends(), written: &given.written });
        }
        for (at, column) in own.into_iter().enumerate().filter_map(|(at, column)| Some((at, column?))) {
            columns[at].push((sheet.member, column));
        }
    }
    let rated = || columns.iter().enumerate().filter(move |(at, _)| inputs[*at].counted.is_none());
    let each = rated().map(|(at, raters)| agreement(Some(at), &values(raters))).collect();
    let mut gaps: Vec<Gap> = rated().flat_map(|(at, raters)| gaps(at, raters, items.len())).collect();
    gaps.sort_by(|a, b| b.places.total_cmp(&a.places).then((a.item, a.input).cmp(&(b.item, b.input))));
    let middles = (0..items.len()).map(|item| columns.iter().zip(inputs).map(|(raters, input)| middle(input, raters, item)).collect()).collect();
    Revealed { whole: whole(method, inputs, items.len(), &columns, counted), each, gaps, middles }
}

fn values(raters: &[Column]) -> Vec<Vec<Option<f64>>> {
    raters.iter().map(|(_, column)| column.iter().map(|given| given.map(|answer| answer.value)).collect()).collect()
}

/// Of two raters τ-b, of more W, over the things that all of them rated.
fn agreement(input: Option<usize>, raters: &[Vec<Option<f64>>]) -> Agreement {
    let items = raters.first().map_or(0, Vec::len);
    let common: Vec<usize> = (0..items).filter(|item| raters.iter().all(|rater| rater[*item].is_some())).collect();
    let table: Vec<Vec<f64>> = raters.iter().map(|rater| common.iter().filter_map(|item| rater[*item]).collect()).collect();
    let found = match table.as_slice() {
        [] => Err("Nobody rated it.".to_owned()),
        [_] => Err("One person rated it, so there is nobody to agree with.".to_owned()),
        _ if common.len() < 2 => Err("Fewer than two things were rated by all of them.".to_owned()),
        [a, b] => tau_b(a, b).map_err(|wrong| wrong.0),
        _ => kendall_w(&table).map_err(|wrong| wrong.0),
    };
    Agreement { input, raters: table.len(), items: common.len(), found }
}

/// Agreement on the scores that each would give who rated all that is rated.
fn whole(
    method: Method,
    inputs: &[Input],
    items: usize,
    columns: &[Vec<Column>],
    counted: &dyn Fn(usize, usize) -> Option<f64>,
) -> Option<Agreement> {
    let formula = crate::inputs::formula(method, inputs);
    let rated = inputs.iter().filter(|input| input.counted.is_none()).count();
    // With one input the whole is that one.
    if rated < 2 {
        return None;
    }
    let mut members: Vec<Uuid> = columns.iter().flatten().map(|(member, _)| *member).collect();
    members.sort_unstable();
    members.dedup();
    let mut raters = vec![];
    for member in members {
        let own: Vec<Option<&Column>> = columns.iter().map(|raters| raters.iter().find(|(other, _)| *other == member)).collect();
        if inputs.iter().zip(&own).any(|(input, column)| input.counted.is_none() && column.is_none()) {
            continue;
        }
        let score = |item: usize| {
            let values: Option<Vec<f64>> = own
                .iter()
                .enumerate()
                .map(|(at, column)| match column {
                    Some((_, column)) => column[item].map(|answer| answer.value),
                    None => counted(item, at),
                })
                .collect();
            formula.score(&values?).ok()
        };
        raters.push((0..items).map(score).collect());
    }
    (raters.len() > 1).then(|| agreement(None, &raters))
}

fn gaps(input: usize, raters: &[Column], items: usize) -> Vec<Gap> {
    let found = spread(&values(raters)).unwrap_or_else(|_| vec![None; items]);
    let gap = |(item, places): (usize, Option<f64>)| {
        let places = places.filter(|places| *places > 0.0)?;
        let mut gave: Vec<(Uuid, f64, &str)> =
            raters.iter().filter_map(|(member, column)| column[item].map(|answer| (*member, answer.value, answer.written))).collect();
        gave.sort_by(|a, b| b.1.total_cmp(&a.1));
        // Whoever gave the same ranks it otherwise only because of what they gave to others: there is nothing to settle.
        if gave.first().map(|(_, value, _)| value) == gave.last().map(|(_, value, _)| value) {
            return None;
        }
        Some(Gap { item, input, places, gave: gave.into_iter().map(|(member, _, written)| (member, written.to_owned())).collect() })
    };
    found.into_iter().enumerate().filter_map(gap).collect()
}

/// What all wrote, where they wrote the same; else the median, as the scale has it. Where somebody gave a range, the middle
/// is one too: how unsure they are is not lost by agreeing.
fn middle(input: &Input, raters: &[Column], item: usize) -> Option<String> {
    let gave: Vec<Answer> = raters.iter().filter_map(|(_, column)| column[item]).collect();
    let first = gave.first()?.written;
    if gave.iter().all(|answer| answer.written == first) {
        return Some(first.to_owned());
    }
    let median = |of: fn(&Answer) -> f64| {
        let mut values: Vec<f64> = gave.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
    };
    let (low, high) = (median(|answer| answer.ends.0), median(|answer| answer.ends.1));
    Some(if low < high { input.written_between(low, high) } else { input.written(median(|answer| answer.value)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Scale;

    fn input(key: &str) -> Input {
        Input { key: key.into(), name: key.into(), hint: "", scale: Scale::Number { least: 0.0, most: 1e9 }, cost: false, weight: 1.0, counted: None }
    }

    fn items(n: u128) -> Vec<Uuid> {
        (1..=n).map(Uuid::from_u128).collect()
    }

    fn sheet(member: u128, rows: &[(&str, &[&str])]) -> Sheet {
        let gave = rows.iter().flat_map(|(criterion, values)| {
            values.iter().enumerate().filter(|(_, written)| !written.is_empty()).map(|(at, written)| Given {
                about: Uuid::from_u128(at as u128 + 1),
                criterion: (*criterion).to_owned(),
                written: (*written).to_owned(),
            })
        });
        Sheet { member: Uuid::from_u128(member), gave: gave.collect() }
    }

    fn revealed(inputs: &[Input], n: u128, sheets: &[Sheet]) -> Revealed {
        reveal(Method::ValueEffort, inputs, &items(n), sheets, &|_, _| None)
    }

    #[test]
    fn two_raters_agree_by_tau_and_more_by_w() {
        let both = [input("value"), input("effort")];
        let a = sheet(101, &[("value", &["1", "2", "3", "4"]), ("effort", &["1", "1", "2", "2"])]);
        let b = sheet(102, &[("value", &["1", "2", "4", "3"])]);
        let found = revealed(&both, 4, &[a, b]);
        assert!((found.each[0].found.clone().unwrap() - 4.0 / 6.0).abs() < 1e-12);
        assert!(found.each[1].found.clone().is_err_and(|why| why.contains("One person")), "{:?}", found.each[1]);
        assert_eq!(found.whole, None, "only one of them rated everything");
        assert!((found.agreement().unwrap() - 4.0 / 6.0).abs() < 1e-12);
        let three: Vec<Sheet> = (0..3).map(|n| sheet(101 + n, &[("value", &["1", "2", "3"])])).collect();
        assert_eq!(revealed(&[input("value")], 3, &three).each[0].found, Ok(1.0));
    }

    #[test]
    fn the_whole_is_the_order_of_the_scores() {
        let both = [input("value"), input("effort")];
        let a = sheet(101, &[("value", &["8", "4", "2"]), ("effort", &["1", "1", "1"])]);
        let b = sheet(102, &[("value", &["2", "4", "8"]), ("effort", &["1", "1", "1"])]);
        let found = revealed(&both, 3, &[a, b]);
        assert_eq!(found.whole.as_ref().map(|w| (w.raters, w.items, w.found.clone())), Some((2, 3, Ok(-1.0))));
        assert_eq!(found.agreement(), Some(-1.0));
        assert!(found.each[1].found.clone().is_err_and(|why| why.contains("ties everything")), "said, and not called 0");
    }

    #[test]
    fn the_widest_gap_comes_first_with_who_gave_what() {
        let a = sheet(101, &[("value", &["1", "2", "3", "4"])]);
        let b = sheet(102, &[("value", &["4", "2", "3", "1"])]);
        let found = revealed(&[input("value")], 4, &[a, b]);
        assert_eq!(found.gaps.iter().map(|g| (g.item, g.places)).collect::<Vec<_>>(), [(0, 3.0), (3, 3.0)]);
        assert_eq!(found.gaps[0].gave, [(Uuid::from_u128(102), "4".to_owned()), (Uuid::from_u128(101), "1".to_owned())]);
        assert_eq!(found.middles[0][0].as_deref(), Some("2.5"));
        assert_eq!(found.middles[1][0].as_deref(), Some("2"));
    }

    #[test]
    fn what_was_given_alike_is_no_gap() {
        // The first thing ranks second of one and shares the first place of the other; both gave it a 1.
        let a = sheet(101, &[("value", &["1", "2"])]);
        let b = sheet(102, &[("value", &["1", "1"])]);
        let found = revealed(&[input("value")], 2, &[a, b]);
        assert_eq!(found.gaps.iter().map(|gap| gap.item).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn ranges_have_a_range_in_their_middle() {
        let middle = |written: [&str; 3]| {
            let sheets: Vec<Sheet> = written.iter().zip(101..).map(|(text, member)| sheet(member, &[("value", &[text])])).collect();
            revealed(&[input("value")], 1, &sheets).middles[0][0].clone()
        };
        assert_eq!(middle(["500 to 900", "700", ""]).as_deref(), Some("600 to 800"));
        assert_eq!(middle(["500 to 900", "700", "800"]).as_deref(), Some("700 to 800"));
        assert_eq!(middle(["500 to 900", "700", "700"]).as_deref(), Some("700"), "most of them are sure");
    }

    #[test]
    fn nobody_one_and_what_is_gone() {
        let none = revealed(&[input("value")], 2, &[]);
        assert!(none.each[0].found.clone().is_err_and(|why| why.contains("Nobody")) && none.gaps.is_empty() && none.agreement().is_none());
        assert_eq!(none.middles, [[None], [None]]);
        let one = revealed(&[input("value")], 2, &[sheet(101, &[("value", &["1", "2"])])]);
        assert!(one.gaps.is_empty() && one.middles[1][0].as_deref() == Some("2"));
        // The third thing was removed meanwhile, and “joy” is asked for no longer.
        let gone = revealed(
            &[input("value")],
            2,
            &[sheet(101, &[("value", &["1", "2", "3"]), ("joy", &["9"])]), sheet(102, &[("value", &["2", "1", "3"])])],
        );
        assert_eq!((gone.each[0].items, gone.each[0].found.clone()), (2, Ok(-1.0)));
        let partly = revealed(&[input("value")], 3, &[sheet(101, &[("value", &["1", "2", "3"])]), sheet(102, &[("value", &["", "1", ""])])]);
        assert!(partly.each[0].found.clone().is_err_and(|why| why.contains("Fewer than two")), "{:?}", partly.each[0]);
        assert!(revealed(&[], 0, &[]).gaps.is_empty());
    }
}
