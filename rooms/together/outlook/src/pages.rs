//! The page of the timeline and its files, and the roadmap with what delivery tells of what is open on it.

use crate::{
    bets, picture,
    views::{self, Shown},
};
use kernel::{Area, Refusal, Result};
use reports::{Likely, Promised, likely_of};
use roadmap::{Lanes, Plan, Sight, TERMS};
use serde::Deserialize;
use std::{collections::HashMap, time::Duration};
use web::{
    At, Filter, Page, PageSpec, Query, Response, Router, Web, Wing,
    app::Worked,
    chart::{Timeline, Zoom},
    errors, get, when,
};

pub(crate) const TIMELINE: PageSpec = PageSpec {
    path: "timeline",
    name: "Timeline",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["initiative", "feature", "relation", "objective", "trend", "need", "story", "comment", "reaction", "attachment", "field", "field_value"],
    calm: true,
    areas: &[Area::Roadmap, Area::Commitments],
    wide: true,
    sights: &[("initiative", "?open={initiative}"), ("past", "?as_of={day}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/roadmap", get(board))
        .route("/{product}/timeline", get(timeline))
        .route("/{product}/timeline/{file}", get(taken))
        .route("/{product}/bets", get(bets::page))
}

/// What the address of the page says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub zoom: String,
    pub lanes: String,
    /// `1`: features with a window of their own too.
    pub parts: String,
    pub as_of: String,
    pub open: Option<String>,
    q: String,
    initiative: String,
    feature: String,
    owner: String,
    theme: String,
}

impl Asked {
    pub fn sight(&self) -> Sight {
        Sight { zoom: Zoom::read(&self.zoom), lanes: Lanes::parse(&self.lanes).unwrap_or(Lanes::Objective), parts: self.parts == "1" }
    }

    pub fn filter(&self) -> Filter {
        let said = [("initiative", &self.initiative), ("feature", &self.feature), ("owner", &self.owner), ("theme", &self.theme)];
        let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Filter::read(TERMS, &self.q, &said)
    }

    /// The end of the past day that is asked for; none of today.
    fn past(&self) -> Result<Option<i64>> {
        match self.as_of.as_str() {
            "" => Ok(None),
            day => when::end_of(day).map(Some).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23.")),
        }
    }
}

/// By when the bets in Now are likely to be there, by their numbers; and why nothing can be said of it.
#[derive(Clone, Default)]
pub(crate) struct Beside {
    pub likely: HashMap<i64, String>,
    /// The same at each percentile: how sure, and the day.
    pub sure: HashMap<i64, Vec<(f64, String)>>,
    pub why_not: Option<String>,
}

/// So many bets in Now are held against the record of delivery.
const FORECAST: i64 = 12;

pub(crate) async fn beside(at: &At) -> Result<Beside> {
    let promised: Promised = at.read(|look| reports::promised_of(look, FORECAST)).await?;
    Ok(match reports::likely(at, &promised).await? {
        None => Beside::default(),
        Some(Worked::Failed(why)) => Beside { why_not: Some(why), ..Beside::default() },
        Some(Worked::Under { .. }) => {
            Beside { why_not: Some("The forecast is still being worked out; look again in a moment.".into()), ..Beside::default() }
        }
        Some(Worked::Done(likely)) => Beside { likely: days(&promised, &likely), sure: sure(&promised, &likely), why_not: None },
    })
}

/// The same of features that have something to be done.
async fn with_features(at: &At, mut beside: Beside) -> Result<Beside> {
    for (number, days) in reports::of_features(at).await? {
        if let Some((_, day)) = days.iter().find(|(share, _)| *share == SURELY) {
            beside.likely.insert(number, day.clone());
        }
        beside.sure.insert(number, days);
    }
    Ok(beside)
}

/// How sure the day is that stands at a bar.
const SURELY: f64 = 0.85;

fn days(promised: &Promised, likely: &Likely) -> HashMap<i64, String> {
    promised.bets().iter().enumerate().filter_map(|(place, bet)| Some((bet.number, likely.surely_by(place)?))).collect()
}

fn sure(promised: &Promised, likely: &Likely) -> HashMap<i64, Vec<(f64, String)>> {
    let days = |place: usize| likely.at(place).filter_map(|(share, day)| Some((share, day?))).collect::<Vec<_>>();
    promised.bets().iter().enumerate().map(|(place, bet)| (bet.number, days(place))).collect()
}

/// By when what is open is likely to be done; nothing where nothing of it is left to do.
type Ahead = Option<Worked<Likely>>;

async fn ahead(at: &At, open: Option<&str>) -> Result<Ahead> {
    match open {
        Some(open) => likely_of(at, open).await,
        None => Ok(None),
    }
}

async fn board(at: At, Query(q): Query<roadmap::Asked>) -> Response {
    match ahead(&at, q.opens()).await {
        Ok(ahead) => roadmap::board(at, q, move |scope| views::ahead(scope, ahead.as_ref())).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// What delivery tells of the windows and of what is open beside them; it is known of today only.
async fn of_today(at: &At, q: &Asked) -> Result<(Beside, Ahead)> {
    if !q.as_of.is_empty() {
        return Ok((Beside::default(), None));
    }
    let bets = beside(at).await?;
    // Features are asked about where they are drawn.
    let beside = if q.parts == "1" { with_features(at, bets).await? } else { bets };
    Ok((beside, ahead(at, q.open.as_deref()).await?))
}

async fn timeline(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    let (beside, ahead) = match of_today(&at, &q).await {
        Ok(known) => known,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| {
        let past = q.past()?;
        // What is known of a bet today has no place beside another day.
        let more = views::ahead(look.scope, ahead.as_ref());
        let panel = q.open.as_ref().filter(|_| past.is_none()).map(|open| roadmap::panel(look, open, more)).transpose()?;
        let filter = q.filter();
        let (plan, odd) = match past {
            Some(moment) => (Plan::then(look, &q.as_of, moment)?, None),
            None => {
                let read = Plan::read(look, &filter);
                filter.or_odd(read, Plan::default())?
            }
        };
        let body = views::page(look.scope, &Shown { asked: &q, filter: &filter, plan: &plan, beside: &beside, odd: odd.as_deref() });
        let page = Page::of(&TIMELINE, body).panel(panel);
        Ok(if past.is_some() { page.still() } else { page })
    })
    .await
}

/// So long somebody waits for a picture.
const MOMENT: Duration = Duration::from_secs(20);

/// The timeline as a picture: what stands on it is read, and drawn apart from requests.
async fn pictured(at: &At, q: Asked, beside: Beside) -> Result<Response> {
    let (day, key, svg) = at
        .read(move |look| {
            let plan = match q.past()? {
                Some(moment) => Plan::then(look, &q.as_of, moment)?,
                None => Plan::read(look, &q.filter())?,
            };
            let key = look.scope.product()?.key.clone();
            let drawn = plan.timeline(look.scope, q.sight(), &beside.likely, false, &|_| None);
            Ok((plan.day, key.clone(), drawn.drawing(&format!("Roadmap of {key}"))))
        })
        .await?;
    let named = svg.clone();
    match at.house.app.workshop.work_out("picture", &named, MOMENT, move |_| picture::png(&svg)).await? {
        Worked::Done(picture) => Ok(roadmap::pictured(&key, &day, picture.to_vec())),
        Worked::Under { .. } => Err(Refusal::Busy),
        Worked::Failed(why) => Err(Refusal::invalid("", why)),
    }
}

/// Whoever takes a file along: `roadmap.svg`, `roadmap.png`, `roadmap.csv`.
async fn taken(at: At, web::Path((_, file)): web::Path<(String, String)>, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    let work = async {
        let ending = file.strip_prefix("roadmap.").ok_or(Refusal::NotFound)?.to_owned();
        let beside = if q.as_of.is_empty() && (ending == "svg" || ending == "png") { beside(&at).await? } else { Beside::default() };
        if ending == "png" {
            return pictured(&at, q, beside).await;
        }
        at.read(move |look| {
            // In words everything is told, with a window or without one.
            let plan = match (q.past()?, ending == "md") {
                (Some(moment), true) => Plan::all_then(look, &q.as_of, moment)?.open(),
                (Some(moment), false) => Plan::then(look, &q.as_of, moment)?,
                (None, true) => Plan::all(look, &q.filter())?.open(),
                (None, false) => Plan::read(look, &q.filter())?,
            };
            let drawn: Timeline = plan.timeline(look.scope, q.sight(), &beside.likely, false, &|_| None);
            roadmap::file(look.scope, &plan, &drawn, (ending.as_str(), q.sight().parts))
        })
        .await
    };
    match work.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
