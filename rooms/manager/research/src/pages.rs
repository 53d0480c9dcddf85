//! The pages of research.

use crate::{
    competitor_views, grade_views, matrix_rows, matrix_views, model::*, persona_views, positioning_views, positioning_views::Drawn, rows, size_chart,
    size_views, sizing, trend_views,
};
use customers::Segment;
use kernel::{Id, Look, Noun, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, chart::Chart, errors, get};

/// What hangs on anything that people talk about.
macro_rules! live {
    ($($noun:literal),*) => { &[$($noun,)* "relation", "evidence", "comment", "reaction", "attachment"] };
}

pub(crate) const TRENDS: PageSpec = PageSpec {
    path: "research",
    name: "Research",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "eye",
    go: "v",
    live: live!("trend", "initiative"),
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub(crate) const COMPETITORS: PageSpec = PageSpec {
    path: "competitors",
    name: "Competitors",
    wing: Wing::Manager,
    under: "research",
    live: live!("competitor", "capability", "grade", "product"),
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub(crate) const POSITIONING: PageSpec = PageSpec {
    path: "positioning",
    name: "Positioning",
    wing: Wing::Manager,
    under: "research",
    live: live!("positioning", "spot", "competitor", "product"),
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub(crate) const PERSONAS: PageSpec = PageSpec {
    path: "personas",
    name: "Personas",
    wing: Wing::Manager,
    under: "research",
    live: live!("persona", "segment"),
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub(crate) const SIZES: PageSpec = PageSpec {
    path: "market-size",
    name: "Market size",
    wing: Wing::Manager,
    under: "research",
    live: live!("market_size", "segment", "product"),
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/research", get(trends))
        .route("/{product}/research/{file}", get(radar))
        .route("/{product}/competitors", get(competitors))
        .route("/{product}/positioning", get(positioning))
        .route("/{product}/positioning/{file}", get(positioned))
        .route("/{product}/personas", get(personas))
        .route("/{product}/market-size", get(sizes))
        .route("/{product}/market-size/{file}", get(sized))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    /// A row of the matrix, and whose cell of it: a competitor's id, or `us`.
    capability: Option<String>,
    of: Option<String>,
    /// What stands in a cell, or stood there.
    grade: Option<String>,
    /// A chart with two axes.
    chart: Option<String>,
    /// The estimate of a market.
    size: Option<String>,
}

async fn trends(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let lines = rows::trends(look)?;
        let panel = match &q.open {
            Some(id) => {
                let trend = Trend::get(look, Id::try_from(id.as_str())?)?;
                let line = lines.iter().find(|line| line.trend.id() == trend.id()).ok_or(Refusal::NotFound)?;
                let behind = rows::behind(look, [trend.meta.id])?;
                let around = Around::read(look, Trend::TABLE, [trend.meta.id])?;
                let history = activity::history(look, trend.meta.id, 50)?;
                Some(trend_views::panel(look.scope, line, behind.get(&trend.meta.id).map_or(&[], Vec::as_slice), &around, &history))
            }
            None => None,
        };
        Ok(Page::of(&TRENDS, trend_views::page(look.scope, &lines)).primary(trend_views::create_button(look.scope)).panel(panel))
    })
    .await
}

/// A chart as a file.
async fn taken(at: At, file: String, draw: impl FnOnce(&mut Look, &str) -> Result<Chart> + Send + 'static) -> Response {
    let read = at
        .read(move |look| {
            let (name, ending) = file.rsplit_once('.').ok_or(Refusal::NotFound)?;
            draw(look, name)?.file(ending).ok_or(Refusal::NotFound)
        })
        .await;
    match read {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn radar(at: At, Path((_, file)): Path<(String, String)>) -> Response {
    taken(at, file, |look, name| match name {
        "radar" => Ok(trend_views::radar(&rows::trends(look)?)),
        _ => Err(Refusal::NotFound),
    })
    .await
}

async fn competitors(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let matrix = matrix_rows::matrix(look)?;
        let ours = product::product(look)?.name;
        let panel = competitor_panel(look, &q, &matrix, &ours)?;
        let body = matrix_views::page(look.scope, &ours, &matrix);
        Ok(Page::of(&COMPETITORS, body).primary(matrix_views::create_button(look.scope)).panel(panel))
    })
    .await
}

fn competitor_panel(look: &mut Look, q: &Asked, matrix: &matrix_rows::Matrix, ours: &str) -> Result<Option<Markup>> {
    if let Some(id) = &q.open {
        let competitor = Competitor::get(look, Id::try_from(id.as_str())?)?;
        let around = Around::read(look, Competitor::TABLE, [competitor.meta.id])?;
        let history = activity::history(look, competitor.meta.id, 50)?;
        return Ok(Some(competitor_views::competitor(look.scope, &competitor, matrix, &around, &history)));
    }
    let (capability, of) = match (&q.grade, &q.capability) {
        (Some(id), _) => {
            let grade = Grade::get(look, Id::try_from(id.as_str())?)?;
            (grade.capability, Some(grade.competitor))
        }
        (None, Some(id)) => {
            let whose = |of: &String| if of == "us" { Ok(None) } else { Id::try_from(of.as_str()).map(Some) };
            (Id::try_from(id.as_str())?, q.of.as_ref().map(whose).transpose()?)
        }
        (None, None) => return Ok(None),
    };
    let capability = Capability::get(look, capability)?;
    let Some(of) = of else {
        let around = Around::read(look, Capability::TABLE, [capability.meta.id])?;
        let history = activity::history(look, capability.meta.id, 50)?;
        return Ok(Some(competitor_views::capability(look.scope, ours, &capability, matrix, &around, &history)));
    };
    let competitor = of.map(|id| Competitor::get(look, id)).transpose()?;
    let seen = matrix_rows::past(look, capability.id(), of)?;
    let behind = rows::behind(look, seen.iter().map(|grade| grade.meta.id))?;
    let cell =
        grade_views::Cell { capability: &capability, competitor: competitor.as_ref(), ours, seen: &seen, behind: &behind, today: &matrix.today };
    Ok(Some(grade_views::panel(look.scope, &cell)))
}

/// The chart that is asked for, or the first.
fn chosen(look: &mut Look, q: &Asked, charts: &[Positioning]) -> Result<Option<Positioning>> {
    match &q.chart {
        Some(id) => Positioning::get(look, Id::try_from(id.as_str())?).map(Some),
        None => Ok(charts.first().cloned()),
    }
}

async fn positioning(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let (charts, competitors) = (rows::positionings(look)?, rows::competitors(look)?);
        let ours = product::product(look)?.name;
        let body = match chosen(look, &q, &charts)? {
            Some(chart) => {
                let spots = rows::spots(look, chart.id())?;
                let around = Around::read(look, Positioning::TABLE, [chart.meta.id])?;
                let history = activity::history(look, chart.meta.id, 50)?;
                let drawn = Drawn { chart: &chart, spots: &spots, competitors: &competitors, ours: &ours };
                positioning_views::page(look.scope, &charts, Some((&drawn, &around, &history)))
            }
            None => positioning_views::page(look.scope, &charts, None),
        };
        Ok(Page::of(&POSITIONING, body).primary(positioning_views::create_button(look.scope)))
    })
    .await
}

async fn positioned(at: At, Path((_, file)): Path<(String, String)>, Query(q): Query<Asked>) -> Response {
    taken(at, file, move |look, name| {
        let chart = chosen(look, &q, &[])?.filter(|_| name == "chart").ok_or(Refusal::NotFound)?;
        let (spots, competitors) = (rows::spots(look, chart.id())?, rows::competitors(look)?);
        let ours = product::product(look)?.name;
        Ok(Drawn { chart: &chart, spots: &spots, competitors: &competitors, ours: &ours }.view())
    })
    .await
}

async fn personas(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let lines = rows::personas(look)?;
        let segments = Segment::all(look, "order by lower(name), id limit 300", &[])?;
        let panel = match &q.open {
            Some(id) => {
                let id = Persona::get(look, Id::try_from(id.as_str())?)?.meta.id;
                let line = lines.iter().find(|line| line.persona.meta.id == id).ok_or(Refusal::NotFound)?;
                let behind = rows::behind(look, [id])?;
                let around = Around::read(look, Persona::TABLE, [id])?;
                let history = activity::history(look, id, 50)?;
                Some(persona_views::panel(look.scope, line, &segments, behind.get(&id).map_or(&[], Vec::as_slice), &around, &history))
            }
            None => None,
        };
        Ok(Page::of(&PERSONAS, persona_views::page(look.scope, &lines)).primary(persona_views::create_button(look.scope, &segments)).panel(panel))
    })
    .await
}

async fn sizes(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let all = sizing::sizes(look)?;
        let segments = Segment::all(look, "order by coalesce(size, -1) desc, lower(name), id limit 20", &[])?;
        let currency = product::product(look)?.currency;
        let shown = match &q.size {
            Some(id) => Some(MarketSize::get(look, Id::try_from(id.as_str())?)?),
            None => all.first().cloned(),
        };
        let body = match &shown {
            Some(size) => {
                let found = sizing::of_size(size)?;
                let around = Around::read(look, MarketSize::TABLE, [size.meta.id])?;
                let history = activity::history(look, size.meta.id, 50)?;
                size_views::page(look.scope, &all, Some((size, &found, &around, &history)))
            }
            None => size_views::page(look.scope, &all, None),
        };
        Ok(Page::of(&SIZES, body).primary(size_views::create_button(look.scope, &segments, &currency)))
    })
    .await
}

async fn sized(at: At, Path((_, file)): Path<(String, String)>, Query(q): Query<Asked>) -> Response {
    taken(at, file, move |look, name| {
        let id = q.size.as_deref().ok_or(Refusal::NotFound)?;
        let size = MarketSize::get(look, Id::try_from(id)?)?;
        let found = sizing::of_size(&size)?;
        let address = format!("market-size/{name}?size={id}");
        match (name, &found.top_down) {
            ("below", _) => Ok(size_chart::tree(&size.title, &found.bottom_up, "Bottom-up", address)),
            ("above", Some(way)) => Ok(size_chart::tree(&size.title, way, "Top-down", address)),
            _ => Err(Refusal::NotFound),
        }
    })
    .await
}
