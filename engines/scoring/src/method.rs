//! Scores of one item from its inputs.

use crate::{Wrong, wrong};

/// How the three of ICE become one: Ellis multiplies, some average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    Multiply,
    Average,
}

/// One criterion of weighted scoring. A cost counts against the item.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub name: String,
    pub weight: f64,
    pub is_cost: bool,
}

/// A way of scoring. Inputs are numbers in the order of [`Method::inputs`].
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// `reach × impact × confidence / effort` (Intercom): people or events a period; 0.25 to 3; a share; person-months.
    Rice,
    /// Impact, confidence, ease, each 1 to 10 (Ellis).
    Ice(Combine),
    /// `(value + time criticality + risk reduction) / job size` (SAFe), each of 1, 2, 3, 5, 8, 13, 20.
    Wsjf,
    /// `cost of delay a week / duration in weeks` (Reinertsen).
    Cd3,
    /// `value / effort`.
    ValueEffort,
    /// `importance + max(importance − satisfaction, 0)`, each 0 to 10 (Ulwick, “The Path to Growth: The Opportunity
    /// Algorithm”, The Marketing Journal).
    Opportunity,
    /// `Σ(wᵢ·sᵢ) / Σwᵢ`; costs enter with a negative sign.
    Weighted(Vec<Criterion>),
}

/// The quarter of the value/effort square that an item lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarter {
    QuickWin,
    BigBet,
    FillIn,
    MoneyPit,
}

impl Method {
    /// Names of the inputs, in order.
    pub fn inputs(&self) -> Vec<&str> {
        match self {
            Method::Rice => vec!["reach", "impact", "confidence", "effort"],
            Method::Ice(_) => vec!["impact", "confidence", "ease"],
            Method::Wsjf => vec!["value", "time criticality", "risk reduction", "job size"],
            Method::Cd3 => vec!["cost of delay", "duration"],
            Method::ValueEffort => vec!["value", "effort"],
            Method::Opportunity => vec!["importance", "satisfaction"],
            Method::Weighted(criteria) => criteria.iter().map(|c| c.name.as_str()).collect(),
        }
    }

    /// The score of an item; higher goes first.
    ///
    /// # Errors
    /// A missing or superfluous input, one that is no finite number, and a divisor that is not above zero.
    pub fn score(&self, inputs: &[f64]) -> Result<f64, Wrong> {
        self.check()?;
        let names = self.inputs();
        if names.len() != inputs.len() {
            return wrong(format!("{} inputs are needed ({}); {} were given.", names.len(), names.join(", "), inputs.len()));
        }
        if let Some((name, value)) = names.iter().zip(inputs).find(|(_, v)| !v.is_finite()) {
            return wrong(format!("The {name} is {value}, which is no number to score with."));
        }
        if let Some(divisor) = self.divisor()
            && inputs[divisor] <= 0.0
        {
            return wrong(format!("The {} must be above zero; it is {}.", names[divisor], inputs[divisor]));
        }
        let score = self.formula(inputs);
        if score.is_finite() { Ok(score) } else { wrong("The score is too large to be a number.") }
    }

    /// Which input the score is divided by.
    pub(crate) fn divisor(&self) -> Option<usize> {
        match self {
            Method::Rice | Method::Wsjf => Some(3),
            Method::Cd3 | Method::ValueEffort => Some(1),
            _ => None,
        }
    }

    pub(crate) fn check(&self) -> Result<(), Wrong> {
        let Method::Weighted(criteria) = self else { return Ok(()) };
        if let Some(c) = criteria.iter().find(|c| !c.weight.is_finite() || c.weight < 0.0) {
            return wrong(format!("The weight of {} is {}; a weight is zero or more.", c.name, c.weight));
        }
        match criteria.iter().map(|c| c.weight).sum::<f64>() > 0.0 {
            true => Ok(()),
            false => wrong("The weights add up to zero, so no criterion counts."),
        }
    }

    /// The formula alone; inputs have been checked.
    pub(crate) fn formula(&self, x: &[f64]) -> f64 {
        match self {
            Method::Rice => x[0] * x[1] * x[2] / x[3],
            Method::Ice(Combine::Multiply) => x[0] * x[1] * x[2],
            Method::Ice(Combine::Average) => (x[0] + x[1] + x[2]) / 3.0,
            Method::Wsjf => (x[0] + x[1] + x[2]) / x[3],
            Method::Cd3 | Method::ValueEffort => x[0] / x[1],
            Method::Opportunity => x[0] + (x[0] - x[1]).max(0.0),
            Method::Weighted(criteria) => {
                let (mut sum, mut weights) = (0.0, 0.0);
                for (c, s) in criteria.iter().zip(x) {
                    sum += if c.is_cost { -c.weight * s } else { c.weight * s };
                    weights += c.weight;
                }
                sum / weights
            }
        }
    }
}

/// The quarter of an item, against what counts as much value and much effort.
pub fn quarter(value: f64, effort: f64, much_value: f64, much_effort: f64) -> Quarter {
    match (value >= much_value, effort >= much_effort) {
        (true, false) => Quarter::QuickWin,
        (true, true) => Quarter::BigBet,
        (false, false) => Quarter::FillIn,
        (false, true) => Quarter::MoneyPit,
    }
}

/// Columns of WSJF that lack their "1": relative sizes need one smallest item each.
pub fn wsjf_columns_without_one(items: &[[f64; 4]]) -> Vec<&'static str> {
    const NAMES: [&str; 4] = ["value", "time criticality", "risk reduction", "job size"];
    (0..4).filter(|c| !items.iter().any(|item| item[*c] == 1.0)).map(|c| NAMES[c]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_the_books() {
        assert_eq!(Method::Rice.score(&[2000.0, 2.0, 0.8, 4.0]), Ok(800.0));
        assert_eq!(Method::Ice(Combine::Multiply).score(&[8.0, 5.0, 2.0]), Ok(80.0));
        assert_eq!(Method::Ice(Combine::Average).score(&[8.0, 5.0, 2.0]), Ok(5.0));
        assert_eq!(Method::Wsjf.score(&[8.0, 5.0, 1.0, 2.0]), Ok(7.0));
        assert_eq!(Method::Cd3.score(&[3000.0, 2.0]), Ok(1500.0));
        assert_eq!(Method::Opportunity.score(&[9.0, 4.0]), Ok(14.0));
        assert_eq!(Method::Opportunity.score(&[4.0, 9.0]), Ok(4.0));
        assert_eq!(quarter(8.0, 2.0, 5.0, 5.0), Quarter::QuickWin);
        assert_eq!(wsjf_columns_without_one(&[[1.0, 2.0, 1.0, 1.0], [3.0, 5.0, 2.0, 1.0]]), ["time criticality"]);
    }

    #[test]
    fn costs_count_against() {
        let criterion = |name: &str, weight, is_cost| Criterion { name: name.into(), weight, is_cost };
        let method = Method::Weighted(vec![criterion("gain", 3.0, false), criterion("cost", 1.0, true)]);
        assert_eq!(method.score(&[4.0, 4.0]), Ok(2.0));
        let nothing = Method::Weighted(vec![criterion("gain", 0.0, false)]);
        assert!(nothing.score(&[1.0]).is_err_and(|w| w.0.contains("add up to zero")));
    }

    #[test]
    fn what_cannot_be_scored_is_said() {
        assert!(Method::Rice.score(&[1.0, 1.0, 1.0, 0.0]).is_err_and(|w| w.0.contains("effort must be above zero")));
        assert!(Method::Rice.score(&[1.0, f64::NAN, 1.0, 1.0]).is_err_and(|w| w.0.contains("impact")));
        assert!(Method::Rice.score(&[1.0]).is_err_and(|w| w.0.contains("4 inputs")));
        assert!(Method::Ice(Combine::Multiply).score(&[1e200, 1e200, 1.0]).is_err());
    }
}
