//! The page of shared understanding, and its chart as a file.

use crate::{pulse_view, rows, views};
use customers::Segment;
use kernel::{Area, Look, Noun, Refusal, Result, Uuid};
use strategy::{Confirmable, TargetMarket, TopNeeds, Vision, stood};
use web::{At, Page, PageSpec, Path, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const UNDERSTANDING: PageSpec = PageSpec {
    path: "understanding",
    name: "Understanding",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "quote",
    go: "o",
    live: &["vision", "target_market", "top_needs", "confirmation", "playback", "playback_part", "pulse", "membership", "segment", "need"],
    areas: &[Area::Strategy, Area::Research],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/understanding", get(page)).route("/{product}/understanding/{chart}", get(taken))
}

async fn page(at: At) -> Response {
    at.page(|look| {
        let read = read(look)?;
        let body = views::page(look.scope, &read);
        Ok(Page::of(&UNDERSTANDING, body).primary(views::playback_button(look.scope, &read)))
    })
    .await
}

fn read(look: &mut Look) -> Result<views::Read> {
    let (vision, market, top) = (Vision::current(look)?, TargetMarket::current(look)?, TopNeeds::current(look)?);
    let current: Vec<Uuid> =
        [vision.as_ref().map(|v| v.meta.id), market.as_ref().map(|m| m.meta.id), top.as_ref().map(|n| n.meta.id)].into_iter().flatten().collect();
    let segments = match &market {
        Some(market) => Segment::all(look, "and id in each($2)", &[kernel::list(market.segments.iter().map(|id| id.0))])?,
        None => vec![],
    };
    let needs = match &top {
        Some(top) => customers::Need::all(look, "and id in each($2)", &[kernel::list(top.needs.iter().map(|id| id.0))])?,
        None => vec![],
    };
    Ok(views::Read {
        stood: stood(look, current)?,
        people: people::people_of(look)?.into_iter().filter(|person| !person.is_assistant).collect(),
        playbacks: rows::playbacks(look)?,
        pulses: rows::pulses(look)?,
        needs: needs.into_iter().map(|need| (need.meta.id, need.title)).collect(),
        segments,
        vision,
        market,
        top,
    })
}

/// The trend of the pulse as a file.
async fn taken(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let file = at.read(move |look| {
        look.scope.product_id()?;
        let ending = name.strip_prefix("pulse.").ok_or(Refusal::NotFound)?;
        let pulses = rows::pulses(look)?;
        pulse_view::trend(look.scope, &pulses).and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
    });
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
