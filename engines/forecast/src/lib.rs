//! When will it be done, and how much by then: forecasts from what has been finished before.
//!
//! The method is Monte Carlo on throughput (Vacanti, *When Will It Be Done?*, 2020): past working days are drawn
//! again and again, in stretches of a week so that busy and slow weeks stay together, and the days until the
//! backlog is empty are counted. Because a short past is itself uncertain, each trial first draws its own past
//! from the real one (a double bootstrap; Efron and Tibshirani 1993, chapter 13), and a pace of its own where whole weeks
//! vary more than items finished at random would. Where work is finished in a rhythm, reviews are drawn instead of days.
//!
//! Days are numbers, counted from 1970-01-01; the engine knows no clock and no time zone.
//!
//! | module | has |
//! |---|---|
//! | [`history`] | finished items, throughput by day, cycle times and ages |
//! | [`calendar`] | working days |
//! | [`rhythm`] | reviews at which work is finished in batches: every second Thursday, month ends |
//! | [`pace`] | whether work went faster or slower in the later half |
//! | [`habits`] | free days that the calendar denies |
//! | [`simulate`] | when for a backlog in its order, how many by a day |
//! | [`backtest`] | how often such forecasts would have held on this very history |
//!
//! ```
//! use forecast::{calendar::Calendar, history::{Finished, History}, simulate::{Settings, Team, when}};
//! # fn main() -> Result<(), forecast::Wrong> {
//! // One item finished every other working day of half a year.
//! let finished = (0..180).filter(|day| day % 2 == 0).map(Finished::on).collect();
//! let team = Team { history: History::new(finished)?, calendar: Calendar::every_day() };
//! let answer = when(&[team], &[(0, 1.0); 20], &Settings::at(180))?;
//! let last = answer.percentiles.last().unwrap();
//! assert!(last[0] <= last[3], "the surer, the later");
//! # Ok(()) }
//! ```

pub mod backtest;
pub mod calendar;
pub mod habits;
pub mod history;
pub mod pace;
mod past;
pub mod rhythm;
pub mod simulate;

/// How sure: the percentiles of every answer.
pub const SURE: [f64; 4] = [0.5, 0.7, 0.85, 0.95];

/// What is wrong with what was handed in, as a sentence for the person who did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

pub(crate) fn wrong<T>(sentence: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(sentence.into()))
}
