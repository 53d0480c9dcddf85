//! The page of the forecast, and its charts as files.

use crate::{
    promises,
    rows::{self, Ahead, Asked, WhatIf},
    views,
    what_if_view::{self, Ends},
    work::{self, Forecast},
};
use forecast::SURE;
use kernel::{Refusal, Result};
use serde::Deserialize;
use std::{collections::HashMap, time::Duration};
use web::{At, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, app::Worked, chart::Chart, errors, get};

pub(crate) const FORECAST: PageSpec = PageSpec {
    path: "forecast",
    name: "Forecast",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "calendar",
    go: "f",
    live: &["story", "feature", "verdict", "holiday"],
    calm: true,
    sights: &[("feature", "?feature={feature}"), ("what-if", "?more=5&by=2027-06-30")],
    ..PageSpec::PLAIN
};

/// A page waits so long for what is worked out; then it shows how far that is and follows.
const MOMENT: Duration = Duration::from_millis(400);
/// Whoever takes a file along waits longer: there is nothing to show before.
const FOR_A_FILE: Duration = Duration::from_secs(60);

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/forecast", get(forecast))
        .route("/{product}/forecast/features", get(by_feature))
        .route("/{product}/forecast/{chart}", get(taken))
        .merge(crate::report_pages::routes())
}

/// The forecast of each feature.
pub(crate) const FEATURES: PageSpec = PageSpec {
    path: "forecast/features",
    name: "Forecast by feature",
    wing: Wing::Owner,
    under: "forecast",
    live: &["story", "feature", "verdict", "holiday"],
    calm: true,
    ..PageSpec::PLAIN
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    feature: String,
    /// So many stories more, or fewer.
    more: String,
    /// How many are done by this day?
    by: String,
}

/// What is asked about as it stands, and what was worked out of it; nothing where there is nothing to be done.
async fn worked(at: &At, wanted: Wanted, moment: Duration) -> Result<(Asked, Option<Worked<Forecast>>)> {
    let what_if = WhatIf::read(&wanted.more, &wanted.by)?;
    let asked = at.read(move |look| rows::asked(look, &wanted.feature, what_if)).await?;
    if asked.read.ahead == 0 {
        return Ok((asked, None));
    }
    let read = asked.read.clone();
    let worked = at.house.app.workshop.work_out("forecast", &asked.read, moment, move |bench| work::work_out(&read, bench)).await?;
    Ok((asked, Some(worked)))
}

async fn forecast(at: At, Query(wanted): Query<Wanted>) -> Response {
    match worked(&at, wanted, MOMENT).await {
        Ok((asked, worked)) => at.page(move |look| Ok(Page::of(&FORECAST, views::page(look.scope, &asked, worked.as_ref())))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// The features with something to be done, and by when each is likely to be done, all of them in one run.
async fn features_worked(at: &At) -> Result<(Vec<Ahead>, Option<Worked<Ends>>)> {
    let (features, read) = at
        .read(|look| {
            let features = rows::features(look)?;
            let ahead = features.iter().map(|feature| feature.ahead).max().unwrap_or_default();
            Ok((features, rows::read(look, ahead)?))
        })
        .await?;
    let ends: Vec<usize> = features.iter().map(|feature| feature.ahead).collect();
    if ends.is_empty() {
        return Ok((features, None));
    }
    let named = (&read, &ends);
    let (given, until) = (read.clone(), ends.clone());
    let work = move |bench: &web::app::Bench| {
        bench.goes_on(0.0);
        work::ends(&given, &until)
    };
    let worked = at.house.app.workshop.work_out("features", &named, MOMENT, work).await?;
    Ok((features, Some(worked)))
}

/// By when features are likely to be done, by their numbers: how sure, and the day. Nothing of those of which nothing can be told
/// by now.
pub async fn of_features(at: &At) -> Result<HashMap<i64, Vec<(f64, String)>>> {
    let (features, worked) = features_worked(at).await?;
    let Some(Worked::Done(ends)) = worked else { return Ok(HashMap::new()) };
    let days = |ends: [Option<i32>; 4]| SURE.iter().zip(ends).filter_map(|(sure, day)| Some((*sure, promises::told(day?)))).collect::<Vec<_>>();
    let of = features.iter().zip(ends.iter()).filter_map(|(feature, ends)| Some((feature.number, days((*ends)?))));
    Ok(of.filter(|(_, days)| !days.is_empty()).collect())
}

async fn by_feature(at: At) -> Response {
    match features_worked(&at).await {
        Ok((features, worked)) => at.page(move |look| Ok(Page::of(&FEATURES, what_if_view::features(look.scope, &features, worked.as_ref())))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(wanted): Query<Wanted>) -> Response {
    let file = async {
        let (chart, ending) = name.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let (asked, worked) = worked(&at, wanted, FOR_A_FILE).await?;
        let (chart, ending) = (chart.to_owned(), ending.to_owned());
        at.read(move |look| {
            let chart: Option<Chart> = match (chart.as_str(), &worked) {
                ("ends", Some(Worked::Done(forecast))) => Some(views::ends(look.scope, &asked, forecast)),
                ("ends", Some(Worked::Under { .. })) => return Err(Refusal::Busy),
                ("weeks", _) => Some(views::weeks(look.scope, &asked)),
                ("times", _) => Some(views::times(look.scope, &asked)),
                _ => None,
            };
            chart.and_then(|chart| chart.file(&ending)).ok_or(Refusal::NotFound)
        })
        .await
    };
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
