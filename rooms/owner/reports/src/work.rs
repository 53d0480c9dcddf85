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
    /// The same as things are, where something else is tried out.
    pub as_it_is: Option<[Option<i32>; 4]>,
    /// How many more stories are accepted by the day that is asked about, at the percentiles of [`SURE`]; or why that
    /// cannot be said.
    pub how_many: Option<Result<[f64; 4], String>>,
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

/// When it would be done as things are, and how many by the day that is asked about; fewer trials do for both.
pub(crate) type Beside = (Option<[Option<i32>; 4]>, Option<Result<[f64; 4], String>>);

pub(crate) fn beside(read: &Read, teams: &[Team]) -> Result<Beside, String> {
    let settings = Settings::at(read.today);
    let when = |ahead: usize| simulate::when(teams, &[(0, ahead as f64)], &settings).map_err(|wrong| wrong.0);
    let as_it_is = read.as_it_is.map(when).transpose()?.and_then(|found| found.percentiles.last().copied());
    // Stories are counted whole: at least 97.8 of them are at least 97.
    let how_many = |until: i32| simulate::how_much(teams, until, &settings).map(|found| found.percentiles.map(f64::floor)).map_err(|wrong| wrong.0);
    Ok((as_it_is, read.until.map(how_many)))
}

/// When each of several ends is reached that are counted from the beginning of the backlog.
pub(crate) fn ends(read: &Read, ends: &[usize]) -> Result<Vec<Option<[Option<i32>; 4]>>, String> {
    let team = team(read)?;
    let (items, place) = crate::promises::steps(ends);
    let backlog: Vec<(usize, f64)> = items.iter().map(|size| (0, *size as f64)).collect();
    let found = simulate::when(std::slice::from_ref(&team), &backlog, &Settings::at(read.today)).map_err(|wrong| wrong.0)?;
    Ok(place.into_iter().map(|at| found.percentiles.get(at?).copied()).collect())
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
    let (as_it_is, how_many) = beside(read, teams)?;
    Ok(Forecast {
        as_it_is,
        how_many,
        by: found.percentiles.last().copied().unwrap_or_default(),
        ends,
        horizon: simulate::horizon(teams, read.today),
        rhythm: simulate::rhythm(&team, &settings).map_err(|wrong| wrong.0)?.map(|rhythm| rhythm.to_string()),
        held: held.map_or_else(|wrong| wrong.0, |report| report.to_string()),
    })
}
