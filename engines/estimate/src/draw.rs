//! Distributions: their quantiles, and samples in stratified order.

use rand_pcg::{Pcg64Mcg, rand_core::Rng};
use statrs::{
    distribution::{ContinuousCDF, Normal as Standard},
    function::gamma::ln_gamma,
};
use std::sync::LazyLock;

/// Standard deviations from the middle to the end of a 90 % interval, Φ⁻¹(0.95).
pub const Z90: f64 = 1.644_853_626_951_472_7;

/// Something uncertain. Parameters are in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    Normal {
        mean: f64,
        sd: f64,
    },
    /// A normal of which nothing lies beyond an end: what would, lies at it.
    Bounded {
        mean: f64,
        sd: f64,
        low: f64,
        high: f64,
    },
    /// `exp` of a normal with this mean and standard deviation.
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    /// A beta stretched from low to high.
    Beta {
        a: f64,
        b: f64,
        low: f64,
        high: f64,
    },
    /// One of these, all equally likely, sorted.
    Data(Vec<f64>),
}

use Distribution::*;

static STANDARD: LazyLock<Standard> = LazyLock::new(Standard::standard);

impl Distribution {
    /// From a 90 % interval: lognormal when both ends are positive, else normal. Whoever writes 0 for an end means that
    /// nothing lies beyond it.
    pub fn between(low: f64, high: f64) -> Distribution {
        // The end itself is still in the interval, so that it, and not what comes next, is the 5th percentile.
        let (low, high, least, most) = match (low == 0.0, high == 0.0) {
            (true, _) => (-high / 1000.0, high, 0.0, f64::INFINITY),
            (_, true) => (low, -low / 1000.0, f64::NEG_INFINITY, 0.0),
            _ => (low, high, f64::NEG_INFINITY, f64::INFINITY),
        };
        let (mean, sd) = ((low + high) / 2.0, (high - low) / (2.0 * Z90));
        match low > 0.0 {
            true => Lognormal { mu: (low.ln() + high.ln()) / 2.0, sigma: (high.ln() - low.ln()) / (2.0 * Z90) },
            false if least == 0.0 || most == 0.0 => Bounded { mean, sd, low: least, high: most },
            false => Normal { mean, sd },
        }
    }

    /// From the middle of a 90 % interval and how far it reaches to both sides. Where neither end is negative nothing is.
    pub fn around(mean: f64, spread: f64) -> Distribution {
        let sd = spread / Z90;
        match mean >= spread && mean < 6.0 * sd {
            true => Bounded { mean, sd, low: 0.0, high: f64::INFINITY },
            false => Normal { mean, sd },
        }
    }

    /// PERT: a beta with the weight of four on the mode (Malcolm and others 1959).
    pub fn pert(low: f64, mode: f64, high: f64) -> Distribution {
        let width = high - low;
        Beta { a: 1.0 + 4.0 * (mode - low) / width, b: 1.0 + 4.0 * (high - mode) / width, low, high }
    }

    /// Its family, as it is told to people: the same text means other families in other tools.
    pub fn family(&self) -> &'static str {
        match self {
            Normal { .. } => "normal",
            Bounded { low: 0.0, .. } => "normal from 0",
            Bounded { .. } => "normal up to 0",
            Lognormal { .. } => "lognormal",
            Uniform { .. } => "uniform",
            Triangular { .. } => "triangular",
            Beta { .. } => "beta",
            Data(_) => "data",
        }
    }

    /// The value that a share of all does not exceed, for `p` between 0 and 1.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Normal { mean, sd } => mean + sd * STANDARD.inverse_cdf(p),
            Bounded { mean, sd, low, high } => (mean + sd * STANDARD.inverse_cdf(p)).clamp(*low, *high),
            Lognormal { mu, sigma } => (mu + sigma * STANDARD.inverse_cdf(p)).exp(),
            Uniform { low, high } => low + (high - low) * p,
            Triangular { low, mode, high } => {
                let (width, rise) = (high - low, mode - low);
                match p < rise / width {
                    true => low + (p * width * rise).sqrt(),
                    false => high - ((1.0 - p) * width * (high - mode)).sqrt(),
                }
            }
            Beta { .. } => self.strata(&[p])[0],
            Data(values) => values[((values.len() as f64 * p) as usize).min(values.len() - 1)],
        }
    }

    /// Quantiles at many increasing shares.
    fn strata(&self, shares: &[f64]) -> Vec<f64> {
        let Beta { a, b, low, high } = *self else { return shares.iter().map(|p| self.quantile(*p)).collect() };
        beta_quantiles(a, b, shares).into_iter().map(|x| low + (high - low) * x).collect()
    }
}

/// Quantiles of the standard beta at increasing shares: its density is summed once on a grid that is finest at
/// both ends (x = sin²t), and read off by interpolation; exact to about 1e-6.
fn beta_quantiles(a: f64, b: f64, shares: &[f64]) -> Vec<f64> {
    const STEPS: usize = 8192;
    let constant = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    let half_pi = std::f64::consts::FRAC_PI_2;
    // With x = sin²t the density in t is 2·sin^(2a−1)·cos^(2b−1), which stays finite for a, b ≥ ½.
    let density = |t: f64| {
        let (s, c) = t.sin_cos();
        if s <= 0.0 || c <= 0.0 { 0.0 } else { 2.0 * (constant + (2.0 * a - 1.0) * s.ln() + (2.0 * b - 1.0) * c.ln()).exp() }
    };
    let step = half_pi / STEPS as f64;
    let mut below = Vec::with_capacity(STEPS + 1);
    let mut sum = 0.0;
    below.push(0.0);
    for i in 0..STEPS {
        sum += density((i as f64 + 0.5) * step) * step;
        below.push(sum);
    }
    let mut at = 0;
    let read = |p: &f64| {
        let wanted = p * sum;
        while at + 1 < STEPS && below[at + 1] < wanted {
            at += 1;
        }
        let width = below[at + 1] - below[at];
        let part = if width > 0.0 { (wanted - below[at]) / width } else { 0.5 };
        ((at as f64 + part.clamp(0.0, 1.0)) * step).sin().powi(2)
    };
    shares.iter().map(read).collect()
}

/// Draws samples of one size: the middles of equally likely strata, each distribution in an order of its own. So
/// every line has exactly its own quantiles, and only how lines meet is left to chance (McKay and others 1979).
pub(crate) struct Drawer {
    seed: u64,
    shares: Vec<f64>,
    scores: Vec<f64>,
}

impl Drawer {
    pub fn new(samples: usize, seed: u64) -> Drawer {
        let shares: Vec<f64> = (0..samples).map(|i| (i as f64 + 0.5) / samples as f64).collect();
        let mut scores: Vec<f64> = shares[..samples / 2].iter().map(|p| STANDARD.inverse_cdf(*p)).collect();
        let upper: Vec<f64> = scores.iter().rev().map(|z| -z).collect();
        if samples % 2 == 1 {
            scores.push(0.0);
        }
        scores.extend(upper);
        Drawer { seed, shares, scores }
    }

    pub fn samples(&self) -> usize {
        self.shares.len()
    }

    /// Samples for the place of a distribution in its model. The place, not the order of drawing, decides, so a
    /// new line leaves the others as they were.
    pub fn draw(&self, distribution: &Distribution, place: u64) -> Vec<f64> {
        let mut random = Pcg64Mcg::new((u128::from(self.seed) << 64 | u128::from(place)).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) | 1);
        let mut drawn = match distribution {
            Normal { .. } | Bounded { .. } | Lognormal { .. } => self.scores.clone(),
            other => other.strata(&self.shares),
        };
        shuffle(&mut drawn, &mut random);
        match distribution {
            Normal { mean, sd } => drawn.iter_mut().for_each(|z| *z = mean + sd * *z),
            Bounded { mean, sd, low, high } => drawn.iter_mut().for_each(|z| *z = (mean + sd * *z).clamp(*low, *high)),
            Lognormal { mu, sigma } => drawn.iter_mut().for_each(|z| *z = (mu + sigma * *z).exp()),
            _ => {}
        }
        drawn
    }
}

/// Fisher and Yates, with two of Lemire's bounded draws from each random word.
fn shuffle(values: &mut [f64], random: &mut Pcg64Mcg) {
    let mut word = 0_u64;
    for (turn, i) in (1..values.len()).rev().enumerate() {
        if turn % 2 == 0 {
            word = random.next_u64();
        } else {
            word >>= 32;
        }
        let j = ((word & 0xffff_ffff) * (i as u64 + 1)) >> 32;
        values.swap(i, j as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::Beta as Known;

    #[test]
    fn beta_quantiles_are_those_of_the_book() -> Result<(), Box<dyn std::error::Error>> {
        for (a, b) in [(1.0, 1.0), (2.0, 5.0), (4.0, 8.0), (31.0, 71.0), (0.5, 0.5)] {
            let known = Known::new(a, b)?;
            let shares = [0.01, 0.05, 0.25, 0.5, 0.9, 0.999];
            for (p, x) in shares.iter().zip(beta_quantiles(a, b, &shares)) {
                assert!((known.cdf(x) - p).abs() < 1e-4, "beta({a}, {b}) at {p}: {x}");
            }
        }
        Ok(())
    }

    #[test]
    fn samples_have_the_quantiles_of_their_distribution() {
        let drawer = Drawer::new(1001, 1);
        for d in [
            Distribution::between(5.0, 80.0),
            Distribution::between(-5.0, 10.0),
            Distribution::pert(1.0, 2.0, 9.0),
            Uniform { low: 2.0, high: 3.0 },
            Triangular { low: 0.0, mode: 1.0, high: 5.0 },
            Data(vec![1.0, 2.0, 7.0]),
        ] {
            let mut drawn = drawer.draw(&d, 3);
            assert_ne!(drawn, drawer.draw(&d, 4), "each place has an order of its own");
            assert_eq!(drawn, drawer.draw(&d, 3), "and the same seed the same samples");
            drawn.sort_by(f64::total_cmp);
            assert!((drawn[500] - d.quantile(0.5)).abs() < 1e-3 * d.quantile(0.5).abs(), "{d:?}");
        }
        let Lognormal { .. } = Distribution::between(1.0, 2.0) else { panic!("two positive ends are lognormal") };
        assert!((Distribution::between(3.0, 30.0).quantile(0.05) - 3.0).abs() < 1e-9);
        assert!((Distribution::between(-3.0, 30.0).quantile(0.95) - 30.0).abs() < 1e-9);
    }
}
