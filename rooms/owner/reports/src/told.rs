//! The forecast for programs.

use crate::{
    rows::{self, WhatIf},
    work,
};
use forecast::{
    SURE,
    backtest::backtest,
    simulate::{self, Settings},
};
use kernel::{Look, Query, Result, answer, query};
use web::when;

query! {
    /// When a feature or the whole backlog is likely to be accepted, and how many stories by a day, from what was accepted before.
    pub struct ReadForecast in "forecast.read" at "/products/{product}/forecast" -> ForecastOut {
        /// Number, key or id; the whole backlog when empty.
        #[serde(default)]
        pub feature: String,
        /// What if so many stories came in, such as `5`, or went out, such as `-5`.
        #[serde(default)]
        pub more: String,
        /// How many are accepted by this day, as 2026-11-23.
        #[serde(default)]
        pub by: String,
    }
}

answer! {
    /// A forecast, at four percentiles.
    pub struct ForecastOut {
        /// Stories that stand before the end of what is asked about, itself included.
        pub ahead: i64,
        pub sure: Vec<SureOut>,
        /// Why nothing can be told, where nothing can.
        pub why_not: Option<String>,
        /// The rhythm in which stories are accepted, if there is one.
        pub rhythm: Option<String>,
        /// How often such forecasts held on the product's own past.
        pub held: Option<String>,
    }
    /// One percentile of it.
    pub struct SureOut {
        /// As a share: 0.85.
        pub sure: f64,
        /// The day by which it is done; none where that is too far to tell.
        pub done_by: Option<String>,
        /// At least so many more are accepted by the day that was asked about.
        pub at_least: Option<f64>,
    }
}

impl Query for ReadForecast {
    fn ask(self, look: &mut Look) -> Result<ForecastOut> {
        let what_if = WhatIf::read(&self.more, &self.by)?;
        let asked = rows::asked(look, &self.feature, what_if)?;
        let ahead = i64::try_from(asked.read.ahead).unwrap_or(i64::MAX);
        let nothing = |why: String| ForecastOut { ahead, sure: vec![], why_not: Some(why), rhythm: None, held: None };
        if asked.read.ahead == 0 {
            return Ok(nothing("Nothing is left to do.".into()));
        }
        Ok(work_out(&asked.read, ahead).unwrap_or_else(nothing))
    }
}

fn work_out(read: &rows::Read, ahead: i64) -> std::result::Result<ForecastOut, String> {
    let team = work::team(read)?;
    let (teams, settings) = (std::slice::from_ref(&team), Settings::at(read.today));
    let found = simulate::when(teams, &[(0, read.ahead as f64)], &settings).map_err(|wrong| wrong.0)?;
    let days = found.percentiles.last().copied().unwrap_or_default();
    let (_, how_many) = work::beside(read, teams)?;
    let many = how_many.and_then(|found| found.ok());
    let day = |day: i32| when::day(i64::from(day) * 86_400_000);
    let sure = SURE.iter().enumerate().map(|(at, sure)| SureOut {
        sure: *sure,
        done_by: days.get(at).copied().flatten().map(day),
        at_least: many.and_then(|many| many.get(at).copied()),
    });
    Ok(ForecastOut {
        ahead,
        sure: sure.collect(),
        why_not: None,
        rhythm: simulate::rhythm(&team, &settings).map_err(|wrong| wrong.0)?.map(|rhythm| rhythm.to_string()),
        held: backtest(&team, &settings).ok().map(|report| report.to_string()),
    })
}
