//! Chance from a seed.

use rand_pcg::{Pcg64Mcg, rand_core::Rng};

pub(super) struct Dice(Pcg64Mcg);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(Pcg64Mcg::new(((u128::from(seed) << 64) | 0x5851_f42d_4c95_7f2d).wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645) | 1))
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// Between 0 and 1, neither included.
    pub fn share(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// A count around a mean, as Poisson as a rounded normal is where the mean is large.
    pub fn count(&mut self, mean: f64) -> f64 {
        if mean > 30.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0);
        }
        let limit = (-mean).exp();
        let (mut product, mut n) = (self.share(), 0.0);
        while product > limit {
            product *= self.share();
            n += 1.0;
        }
        n
    }

    /// How many of so many, each by itself with the same chance; as a rounded normal where they are many.
    pub fn binomial(&mut self, of: f64, chance: f64) -> f64 {
        let of = of.max(0.0).round();
        let spread = of * chance * (1.0 - chance);
        if of == 0.0 || chance <= 0.0 {
            return 0.0;
        }
        if chance >= 1.0 {
            return of;
        }
        if spread > 30.0 {
            return (of * chance + spread.sqrt() * self.normal()).round().clamp(0.0, of);
        }
        if chance > 0.5 {
            return of - self.binomial(of, 1.0 - chance);
        }
        // By inversion: few come, so the sum is short.
        let odds = chance / (1.0 - chance);
        let (mut term, mut n, mut left) = ((1.0 - chance).powf(of), 0.0, self.share());
        while left > term && n < of {
            left -= term;
            n += 1.0;
            term *= odds * (of - n + 1.0) / n;
        }
        n
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
