//! Closed forms: products, quotients and powers of lognormals are lognormal. The oracle for the sampler.

use crate::{check::Code, draw::Distribution, model::Model, parse::Op};
use std::collections::BTreeMap;

/// A line that is exactly lognormal, in base units.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    pub mu: f64,
    pub sigma: f64,
    /// Share of the variance of the logarithm that each leaf brings in.
    pub shares: BTreeMap<usize, f64>,
}

impl Exact {
    /// The quantile, in base units.
    pub fn quantile(&self, share: f64) -> f64 {
        Distribution::Lognormal { mu: self.mu, sigma: self.sigma }.quantile(share)
    }
}

/// A constant times leaves to powers, in logarithms.
#[derive(Clone)]
struct Product {
    constant: f64,
    powers: BTreeMap<usize, f64>,
}

impl Model {
    /// The closed form of a line, where it has one: a product of positive constants and lognormal leaves.
    pub fn exact(&self, line: usize) -> Option<Exact> {
        let mut known: Vec<Option<Product>> = vec![None; self.lines.len()];
        for at in &self.order {
            known[*at] = self.product(&self.lines[*at].code, &known);
        }
        let product = known.swap_remove(line)?;
        let (mut mu, mut variance, mut shares) = (product.constant, 0.0, BTreeMap::new());
        for (leaf, power) in product.powers {
            let Distribution::Lognormal { mu: m, sigma } = self.leaves[leaf].distribution else { return None };
            mu += power * m;
            variance += (power * sigma).powi(2);
            shares.insert(leaf, (power * sigma).powi(2));
        }
        if variance <= 0.0 {
            return None;
        }
        shares.values_mut().for_each(|share| *share /= variance);
        Some(Exact { mu, sigma: variance.sqrt(), shares })
    }

    fn product(&self, code: &Code, known: &[Option<Product>]) -> Option<Product> {
        match code {
            Code::Same(value) => (*value > 0.0).then(|| Product { constant: value.ln(), powers: BTreeMap::new() }),
            Code::Line(line) => known[*line].clone(),
            Code::Leaf(leaf) => matches!(self.leaves[*leaf].distribution, Distribution::Lognormal { .. })
                .then(|| Product { constant: 0.0, powers: BTreeMap::from([(*leaf, 1.0)]) }),
            Code::Binary(op @ (Op::Multiply | Op::Divide), a, b, _) => {
                let (mut a, b) = (self.product(a, known)?, self.product(b, known)?);
                let sign = if *op == Op::Multiply { 1.0 } else { -1.0 };
                a.constant += sign * b.constant;
                for (leaf, power) in b.powers {
                    *a.powers.entry(leaf).or_default() += sign * power;
                }
                Some(a)
            }
            Code::Binary(Op::Power, a, b, _) => {
                let (mut a, Code::Same(exponent)) = (self.product(a, known)?, &**b) else { return None };
                a.constant *= exponent;
                a.powers.values_mut().for_each(|p| *p *= exponent);
                Some(a)
            }
            _ => None,
        }
    }
}
