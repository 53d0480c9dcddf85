//! The strategy page.

use crate::{chosen_view::Chosen, confirming, estimated, feeding, model::*, progress_view::Known, rows, views};
use customers::Segment;
use kernel::{Area, Noun};
use notices::Around;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const STRATEGY: PageSpec = PageSpec {
    path: "strategy",
    name: "Strategy",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "target",
    go: "s",
    live: &[
        "vision",
        "target_market",
        "top_needs",
        "segment",
        "need",
        "confirmation",
        "objective",
        "key_result",
        "measurement",
        "measure",
        "measure_value",
        "estimate_model",
        "market_size",
        "outcome",
        "relation",
        "comment",
        "reaction",
        "attachment",
    ],
    areas: &[Area::Strategy, Area::Research],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/strategy", get(strategy))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Two versions of the vision that are compared, by their numbers.
    from: String,
    to: String,
}

impl Asked {
    fn versions(&self) -> Option<(i64, i64)> {
        Some((self.from.parse().ok()?, self.to.parse().ok()?))
    }
}

async fn strategy(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let visions: Vec<Vision> = rows::versions(look)?;
        let segments = Segment::all(look, "order by coalesce(size, -1) desc, lower(name), id", &[])?;
        let chosen = Chosen { markets: rows::versions(look)?, top: rows::versions(look)?, segments, needs: rows::needs(look)? };
        let current = [visions.first().map(|v| v.meta.id), chosen.markets.first().map(|m| m.meta.id), chosen.top.first().map(|n| n.meta.id)];
        let current: Vec<kernel::Uuid> = current.into_iter().flatten().collect();
        let stood = confirming::stood(look, current.iter().copied())?;
        let people = people::people_of(look)?;
        let objectives = rows::objectives(look)?;
        let measurements = rows::measurements(look)?;
        let measures = measures::lines(look)?;
        let all: Vec<&KeyResult> = objectives.iter().flat_map(|line| &line.key_results).collect();
        let courses = feeding::courses(look, &all, &measurements, &measures)?;
        let real = feeding::real_shares(look)?;
        let estimates = estimated::read(look, &all)?;
        let known = Known { measurements: &measurements, measures: &measures, courses: &courses, people: &people, estimates: &estimates };
        let around = views::Surroundings {
            vision: Around::read(look, Vision::TABLE, visions.first().map(|vision| vision.meta.id))?,
            market: Around::read(look, TargetMarket::TABLE, chosen.markets.first().map(|market| market.meta.id))?,
            top: Around::read(look, TopNeeds::TABLE, chosen.top.first().map(|top| top.meta.id))?,
            objectives: Around::read(look, Objective::TABLE, objectives.iter().map(|line| line.objective.meta.id))?,
        };
        let body = views::strategy(look.scope, (&visions, q.versions()), &chosen, (&stood, &people), (&objectives, &known, &real), &around);
        Ok(Page::of(&STRATEGY, body).primary(views::objective_button(look.scope, &objectives)))
    })
    .await
}
