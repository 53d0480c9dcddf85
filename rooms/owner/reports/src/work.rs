//! Working a forecast out of what was read; done beside the requests.

use crate::rows::Read;
use forecast::{
    SURE,
    backtest::backtest,
    calendar::Calendar,
    history::{Finished, History},
    simulate::{self, Settings, Team},
};
use std::collections::BTreeMap;
use web::app::Bench;

/// So many ways that it may go are tried.
pub(crate) const TRIALS: usize = 100_000;
/// The share of the work that the trials are.
const MOST_OF_IT: f64 = 0.9;

/// When it is done.
pub(crate) struct Forecast {
    /// At the percentiles of [`SURE`]; none: too far to tell.
    pub by: [Option<i32>; 4],
    /// How many trials ended on each day.
    pub ends: BTreeMap<i32, usize>,
    /// The last day of which anything can be told.
    pub horizon: i32,
    /// The rhythm in which stories are accepted, if there is one.
    pub rhythm: Option<String>,
    /// How often such forecasts would have held on the product's own past, or why that cannot be said.
    pub held: String,
}

impl Forecast {
    /// How sure, and the day.
    pub fn sure(&self) -> impl Iterator<Item = (f64, Option<i32>)> + '_ {
        SURE.iter().copied().zip(self.by)
    }
}

/// The team as its record tells of it.
pub(crate) fn team(read: &Read) -> Result<Team, String> {
    let items = read.accepted.iter().map(|(on, started)| Finished { on: *on, started: *started, size: 1.0 }).collect();
    let history = History::new(items).map_err(|wrong| wrong.0)?;
    Ok(Team { history, calendar: Calendar { off: read.off.iter().copied().collect(), ..Calendar::weekdays() } })
}

pub(crate) fn work_out(read: &Read, bench: &Bench) -> Result<Forecast, String> {
    let team = team(read)?;
    let settings = Settings { trials: TRIALS, ..Settings::at(read.today) };
    let teams = std::slice::from_ref(&team);
    // Only the last of them is asked about, so they are one large item.
    let backlog = [(0, read.ahead as f64)];
    let goes_on = |done: usize| bench.goes_on(done as f64 / TRIALS as f64 * MOST_OF_IT);
    let found = simulate::when_watched(teams, &backlog, &settings, &goes_on).map_err(|wrong| wrong.0)?;
    bench.goes_on(MOST_OF_IT);
    let mut ends = BTreeMap::new();
    for end in found.ends.iter().flatten() {
        *ends.entry(*end).or_default() += 1;
    }
    let held = backtest(&team, &settings);
    Ok(Forecast {
        by: found.percentiles.last().copied().unwrap_or_default(),
        ends,
        horizon: simulate::horizon(teams, read.today),
        rhythm: simulate::rhythm(&team, &settings).map_err(|wrong| wrong.0)?.map(|rhythm| rhythm.to_string()),
        held: held.map_or_else(|wrong| wrong.0, |report| report.to_string()),
    })
}
