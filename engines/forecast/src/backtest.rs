//! How often forecasts of this kind would have held on the given history: every week of it (every day of a short one)
//! is taken for today once, and what came after is the truth.
//!
//! ```
//! use forecast::{backtest::{Verdict, backtest}, calendar::Calendar, history::{Finished, History}, simulate::{Settings, Team}};
//! // Every third day, an item: as steady as it gets.
//! let history = History::new((0..300).step_by(3).map(Finished::on).collect())?;
//! let report = backtest(&Team { history, calendar: Calendar::every_day() }, &Settings::at(300))?;
//! assert!(report.cases > 50 && report.held[3] > 0.9);
//! assert_ne!(report.verdict, Verdict::TooHopeful);
//! # Ok::<(), forecast::Wrong>(())
//! ```

use crate::{
    Wrong,
    history::FEWEST,
    pace::{Pace, Trend},
    simulate::{FURTHEST, Settings, Team, when_until},
    wrong,
};

/// What the forecasts were worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Forecasts made; those of neighbouring days overlap.
    pub cases: usize,
    /// For each percentile of [`crate::SURE`]: the share of forecasts that held.
    pub held: [f64; 4],
    /// The share of cases in which a day before the 85 % date would have held as well.
    pub early: f64,
    pub verdict: Verdict,
    /// How the pace went, where the history is long enough to say.
    pub pace: Option<Pace>,
}

/// Whether to rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The 85 % forecasts held 75 to 95 % of the time.
    Holds,
    TooHopeful,
    /// They held more than 95 % of the time, and a day earlier most would still have.
    TooCautious,
    /// Fewer than twenty cases.
    TooFew,
}

/// Batches that are forecast from each week.
const BATCHES: [usize; 3] = [5, 10, 20];
/// The place of 85 % in [`SURE`].
const AT_85: usize = 2;
/// Trials of each; the percentiles need no more.
const TRIALS: usize = 1000;

/// Tests forecasts of the next 5, 10 and 20 items from every week of a team's history, with the window and the
/// doubt of the settings. Items are counted; sizes do not matter here.
///
/// # Errors
/// A history too short for any forecast.
pub fn backtest(team: &Team, settings: &Settings) -> Result<Report, Wrong> {
    let items = team.history.items();
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return wrong("There is no history to test on.") };
    let mut counted = team.clone();
    counted.history = crate::history::History::new(items.iter().map(|i| crate::history::Finished::on(i.on)).collect())?;
    let teams = [counted];
    let mut cases = 0;
    let mut held = [0_usize; 4];
    let mut early = 0;
    // A short history gives too few weeks; every day of it is a case.
    let step = ((last.on - first.on) / 100).clamp(1, 7);
    let mut today = first.on + 14;
    while today < last.on {
        let passed = items.partition_point(|i| i.on <= today);
        let setting = Settings { today, trials: TRIALS, seed: settings.seed.wrapping_add(today as u64), growth: 0.0, ..settings.clone() };
        let most = BATCHES.iter().rev().find(|n| passed + **n <= items.len());
        if let Some(most) = most
            && team.history.between(today.saturating_sub(settings.window - 1), today).len() >= FEWEST
        {
            let answer = when_until(&teams, &vec![(0, 1.0); *most], &setting, today.saturating_add(FURTHEST))?;
            for batch in BATCHES.iter().filter(|n| *n <= most) {
                let truth = items[passed + batch - 1].on;
                cases += 1;
                for (count, day) in held.iter_mut().zip(answer.percentiles[batch - 1]) {
                    *count += usize::from(day.is_none_or(|day| truth <= day));
                }
                early += usize::from(answer.percentiles[batch - 1][AT_85].is_none_or(|day| truth < day));
            }
        }
        today += step;
    }
    if cases == 0 {
        return wrong(format!("No week of this history has {FEWEST} finished items before it and {} after it.", BATCHES[0]));
    }
    let held = held.map(|count| count as f64 / cases as f64);
    let early = early as f64 / cases as f64;
    let verdict = match held[AT_85] {
        _ if cases < 20 => Verdict::TooFew,
        share if share < 0.75 => Verdict::TooHopeful,
        share if share > 0.95 && early > 0.5 => Verdict::TooCautious,
        _ => Verdict::Holds,
    };
    Ok(Report { cases, held, early, verdict, pace: Pace::of(&team.history, settings.today) })
}

impl Report {
    /// Why forecasts were off, as far as the pace tells.
    fn reason(&self) -> &'static str {
        match (self.verdict, &self.pace) {
            (Verdict::TooHopeful, Some(Pace { trend: Trend::Slower, .. })) => ": work slowed down",
            (Verdict::TooHopeful, Some(pace)) if pace.varies > 1.5 => ": work came in bursts",
            (Verdict::TooCautious, Some(Pace { trend: Trend::Faster, .. })) => ": work sped up",
            (Verdict::TooCautious, Some(pace)) if pace.varies < 0.7 => ": the pace hardly varied",
            _ => "",
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reason = self.reason();
        match self.verdict {
            Verdict::Holds => f.write_str("Such forecasts hold on this history.")?,
            Verdict::TooHopeful => write!(f, "On this history such forecasts are too hopeful{reason}. Plan with the 95 % date.")?,
            Verdict::TooCautious => write!(f, "On this history such forecasts are too cautious{reason}.")?,
            Verdict::TooFew => f.write_str("Too few cases to judge.")?,
        }
        write!(f, " The 85 % dates held in {:.0} % of {} cases", self.held[AT_85] * 100.0, self.cases)?;
        match self.verdict {
            Verdict::TooCautious if self.held[1] >= 0.85 => write!(f, ", the 70 % dates in {:.0} %: they may do.", self.held[1] * 100.0),
            // Where answers fall on few days, no other day would be 85 % sure.
            Verdict::Holds if self.held[AT_85] > 0.95 => {
                write!(f, "; a day before them would have been too early in {:.0} %.", (1.0 - self.early) * 100.0)
            }
            _ => f.write_str("."),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::print_stdout)]
mod tests {
    use super::*;
    use crate::{
        calendar::Calendar,
        history::{Finished, History},
    };
    use rand_pcg::{Pcg64Mcg, rand_core::Rng};

    /// Items finished at random with a mean a day that may change from week to week.
    fn history(seed: u128, days: i32, rate: impl Fn(i32) -> f64) -> Team {
        let mut random = Pcg64Mcg::new(seed * 2 + 1);
        let mut uniform = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let mut finished = vec![];
        for day in (0..days).filter(|d| Calendar::weekdays().works(*d)) {
            // Poisson by Knuth's product of uniforms.
            let limit = (-rate(day)).exp();
            let mut product = uniform();
            while product > limit {
                finished.push(Finished::on(day));
                product *= uniform();
            }
        }
        Team { history: History::new(finished).unwrap(), calendar: Calendar::weekdays() }
    }

    #[test]
    fn forecasts_hold_on_histories_whose_truth_is_known() {
        // Steady; in bursts of three weeks; a slow and a fast team.
        type Rate = fn(i32) -> f64;
        let rates: [Rate; 4] = [|_| 0.8, |d| if (d / 21) % 2 == 0 { 1.4 } else { 0.4 }, |_| 0.25, |_| 4.0];
        for (kind, rate) in rates.into_iter().enumerate() {
            let mut held = 0.0;
            let mut cases = 0;
            for seed in 0..12 {
                let report = backtest(&history(seed * 17 + kind as u128, 500, rate), &Settings::at(500)).unwrap();
                held += report.held[2] * report.cases as f64;
                cases += report.cases;
            }
            let share = held / cases as f64;
            println!("kind {kind}: the 85 % forecasts held in {:.1} % of {cases} cases", share * 100.0);
            assert!((0.75..=0.95).contains(&share), "kind {kind}: {share}");
        }
    }

    #[test]
    fn a_history_that_slows_down_is_called_too_hopeful() {
        let slowing = history(3, 700, |d| 3.0 * (-f64::from(d) / 150.0).exp() + 0.05);
        assert_eq!(backtest(&slowing, &Settings::at(700)).unwrap().verdict, Verdict::TooHopeful);
        assert!(backtest(&history(1, 10, |_| 0.5), &Settings::at(10)).is_err());
    }
}
