//! Whether work went faster or slower in the later half of a history, or as fast as before.
//!
//! ```
//! use forecast::{history::{Finished, History}, pace::{Pace, Trend}};
//! // Three items a week, every week.
//! let history = History::new((0..168).filter(|day| [1, 3, 4].contains(&(day % 7))).map(Finished::on).collect())?;
//! let pace = Pace::of(&history, 167).expect("long enough");
//! assert_eq!((pace.trend, pace.first, pace.second), (Trend::Steady, 36, 36));
//! # Ok::<(), forecast::Wrong>(())
//! ```

use crate::history::History;

/// How the two halves of a history compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub trend: Trend,
    /// Items finished in the first and in the second half.
    pub first: usize,
    pub second: usize,
    /// The variance of what a week brings, by its mean: 1 for items finished at random.
    pub varies: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// No clear difference.
    Steady,
    Faster,
    Slower,
}

/// Weeks of which fewer say nothing about halves.
const FEWEST_WEEKS: usize = 8;
/// Standard deviations by which the halves must differ. With weeks that hang together as those of real teams do, this
/// calls fewer than one steady history in twenty faster or slower (see the test).
const CLEARLY: f64 = 2.75;
/// A difference below this ratio is none to speak of.
const NOTABLE: f64 = 1.25;

impl Pace {
    /// The pace up to a day; `None` where the history is shorter than eight weeks.
    pub fn of(history: &History, today: i32) -> Option<Pace> {
        let first = history.items().first()?.on;
        let weeks = usize::try_from((today - first + 1) / 7).unwrap_or(0);
        if weeks < FEWEST_WEEKS {
            return None;
        }
        // Counted back from today; what is left over at the beginning does not count.
        let counts: Vec<f64> = (0..weeks as i32).rev().map(|w| history.between(today - 7 * w - 6, today - 7 * w).len() as f64).collect();
        let middle = first + (today - first) / 2;
        let (a, b) = (history.between(first, middle).len(), history.between(middle + 1, today).len());
        let trend = match difference(&counts[..weeks / 2], &counts[weeks - weeks / 2..]) {
            t if t > 1.0 && b as f64 > NOTABLE * a as f64 => Trend::Faster,
            t if t < -1.0 && a as f64 > NOTABLE * b as f64 => Trend::Slower,
            _ => Trend::Steady,
        };
        let mean = counts.iter().sum::<f64>() / weeks as f64;
        let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (weeks - 1) as f64;
        Some(Pace { trend, first: a, second: b, varies: if mean > 0.0 { variance / mean } else { 0.0 } })
    }
}

/// The difference of two halves, in parts of what is clear. Its variance is the long-run one of weeks that hang together
/// (Newey and West 1987), and no less than chance alone would bring.
fn difference(a: &[f64], b: &[f64]) -> f64 {
    let half = a.len();
    let mean = |x: &[f64]| x.iter().sum::<f64>() / half as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let left: [Vec<f64>; 2] = [a.iter().map(|x| x - mean_a).collect(), b.iter().map(|x| x - mean_b).collect()];
    let freedom = (2 * half - 2) as f64;
    let covariance = |lag: usize| left.iter().map(|x| x.iter().zip(&x[lag..]).map(|(p, q)| p * q).sum::<f64>()).sum::<f64>() / freedom;
    let lags = ((2 * half) as f64).sqrt() as usize / 2;
    let own = covariance(0);
    let together = own + (1..=lags).map(|lag| 2.0 * (1.0 - lag as f64 / (lags + 1) as f64) * covariance(lag)).sum::<f64>();
    let variance = together.max(own).max(mean_a.midpoint(mean_b)).max(f64::MIN_POSITIVE);
    // Student's quantile from the normal one, by the first term of its expansion.
    let clear = CLEARLY * (1.0 + (CLEARLY * CLEARLY + 1.0) / (4.0 * freedom));
    (mean_b - mean_a) * (half as f64).sqrt() / (2.0 * variance).sqrt() / clear
}

impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let near = self.first.max(self.second) as f64 <= NOTABLE * self.first.min(self.second) as f64;
        let told = match self.trend {
            Trend::Faster => "Work sped up",
            Trend::Slower => "Work slowed down",
            Trend::Steady if near => "The pace is steady",
            Trend::Steady => "The pace did not clearly change",
        };
        write!(f, "{told}: {} in the first half of the history, {} in the second.", self.first, self.second)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::print_stdout)]
mod tests {
    use super::*;
    use crate::history::Finished;
    use rand_pcg::{Pcg64Mcg, rand_core::Rng};

    struct Dice(Pcg64Mcg);

    impl Dice {
        fn share(&mut self) -> f64 {
            ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        }

        fn normal(&mut self) -> f64 {
            (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
        }

        /// Knuth's product of uniforms.
        fn poisson(&mut self, mean: f64) -> usize {
            let (limit, mut product, mut count) = ((-mean).exp(), self.share(), 0);
            while product > limit {
                product *= self.share();
                count += 1;
            }
            count
        }
    }

    /// Weeks of which the mean does not change: what each brings.
    type Stationary = fn(&mut Dice, usize) -> Vec<usize>;
    const STATIONARY: [(&str, Stationary); 7] = [
        ("Poisson, 1.25 a week", |d, weeks| (0..weeks).map(|_| d.poisson(1.25)).collect()),
        ("Poisson, 20 a week", |d, weeks| (0..weeks).map(|_| d.poisson(20.0)).collect()),
        ("as even as it gets", |_, weeks| vec![3; weeks]),
        ("twice as wide as Poisson and more", |d, weeks| {
            (0..weeks)
                .map(|_| {
                    let pace = -(d.share().ln() + d.share().ln()) / 2.0;
                    d.poisson(5.0 * pace)
                })
                .collect()
        }),
        ("weeks that resemble the week before", |d, weeks| {
            let mut mood = d.normal();
            (0..weeks)
                .map(|_| {
                    mood = 0.5 * mood + 0.75_f64.sqrt() * d.normal();
                    d.poisson(5.0 * (0.5 * mood - 0.125).exp())
                })
                .collect()
        }),
        ("busy and slow times of about a month", |d, weeks| {
            let mut busy = d.share() < 0.5;
            (0..weeks)
                .map(|_| {
                    busy ^= d.share() < 0.25;
                    d.poisson(if busy { 6.0 } else { 2.0 })
                })
                .collect()
        }),
        ("a batch every second week", |d, weeks| {
            let turn = usize::from(d.share() < 0.5);
            (0..weeks).map(|w| if (w + turn) % 2 == 0 { d.poisson(8.0) } else { 0 }).collect()
        }),
    ];

    fn of(weeks: &[usize]) -> Option<Pace> {
        let items = weeks.iter().enumerate().flat_map(|(w, n)| (0..*n).map(move |i| Finished::on(7 * w as i32 + (i % 5) as i32))).collect();
        Pace::of(&History::new(items).unwrap(), 7 * weeks.len() as i32 - 1)
    }

    #[test]
    fn a_steady_history_is_rarely_called_anything_else() {
        let mut dice = Dice(Pcg64Mcg::new(11));
        for (name, draw) in STATIONARY {
            for weeks in [8, 12, 26, 52, 104] {
                let (tries, mut faster, mut slower) = (1000, 0, 0);
                for _ in 0..tries {
                    match of(&draw(&mut dice, weeks)).map(|p| p.trend) {
                        Some(Trend::Faster) => faster += 1,
                        Some(Trend::Slower) => slower += 1,
                        _ => {}
                    }
                }
                println!("{name}, {weeks} weeks: {:.1} % faster, {:.1} % slower", faster as f64 / 10.0, slower as f64 / 10.0);
                assert!((faster + slower) * 20 < tries, "{name}, {weeks} weeks: {faster} and {slower} of {tries}");
            }
        }
    }

    #[test]
    fn a_clear_change_is_called_one() {
        let mut dice = Dice(Pcg64Mcg::new(5));
        for (before, later, trend) in [(4.0, 10.0, Trend::Faster), (10.0, 4.0, Trend::Slower)] {
            let mut weeks = || (0..26).map(|w| dice.poisson(if w < 13 { before } else { later })).collect::<Vec<_>>();
            let found = (0..200).filter(|_| of(&weeks()).map(|p| p.trend) == Some(trend));
            assert!(found.count() > 180, "{trend:?}");
        }
        let told = of(&[2, 2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6]).unwrap().to_string();
        assert_eq!(told, "Work sped up: 12 in the first half of the history, 36 in the second.");
        assert_eq!(of(&[3; 5]), None);
    }
}
