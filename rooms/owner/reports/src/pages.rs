//! The page of the forecast, and its charts as files.

use crate::{
    rows::{self, Asked},
    views,
    work::{self, Forecast},
};
use kernel::{Refusal, Result};
use serde::Deserialize;
use std::time::Duration;
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
    sights: &[("feature", "?feature={feature}")],
    ..PageSpec::PLAIN
};

/// A page waits so long for what is worked out; then it shows how far that is and follows.
const MOMENT: Duration = Duration::from_millis(400);
/// Whoever takes a file along waits longer: there is nothing to show before.
const FOR_A_FILE: Duration = Duration::from_secs(60);

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/forecast", get(forecast)).route("/{product}/forecast/{chart}", get(taken))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    feature: String,
}

/// What is asked about as it stands, and what was worked out of it; nothing where there is nothing to be done.
async fn worked(at: &At, feature: String, moment: Duration) -> Result<(Asked, Option<Worked<Forecast>>)> {
    let asked = at.read(move |look| rows::asked(look, &feature)).await?;
    if asked.read.ahead == 0 {
        return Ok((asked, None));
    }
    let read = asked.read.clone();
    let worked = at.house.app.workshop.work_out("forecast", &asked.read, moment, move |bench| work::work_out(&read, bench)).await?;
    Ok((asked, Some(worked)))
}

async fn forecast(at: At, Query(wanted): Query<Wanted>) -> Response {
    match worked(&at, wanted.feature, MOMENT).await {
        Ok((asked, worked)) => at.page(move |look| Ok(Page::of(&FORECAST, views::page(look.scope, &asked, worked.as_ref())))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(wanted): Query<Wanted>) -> Response {
    let file = async {
        let (chart, ending) = name.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let (asked, worked) = worked(&at, wanted.feature, FOR_A_FILE).await?;
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
