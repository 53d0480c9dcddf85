//! The page of measures, and their charts as files.

use crate::{draw, model::*, rows, views};
use kernel::{Id, Look, Noun, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const MEASURES: PageSpec = PageSpec {
    path: "measures",
    name: "Measures",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "chart-line",
    go: "m",
    live: &["measure", "measure_value", "release", "comment", "reaction", "attachment"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/measures", get(page)).route("/{product}/measures/{chart}", get(taken))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    /// The dimension by which what is open is taken apart.
    by: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let lines = rows::lines(look)?;
        let reached = rows::reached(look)?;
        let panel = q.open.as_deref().map(|id| panel(look, Id::try_from(id)?, &q.by, (&lines, &reached))).transpose()?;
        let body = views::page(look.scope, &lines, &reached);
        Ok(Page::of(&MEASURES, body).primary(views::add_button(look.scope, lines.is_empty())).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: Id<Measure>, by: &str, (lines, reached): (&[rows::MeasureLine], &[rows::Reached])) -> Result<Markup> {
    let line = lines.iter().find(|line| line.measure.id() == id).ok_or(Refusal::NotFound)?;
    let by = line.measure.dimensions.iter().find(|dimension| *dimension == by).map_or("", String::as_str);
    let parts = if by.is_empty() { vec![] } else { rows::apart(look, &line.measure, by)? };
    let noted = rows::newest(look, id)?;
    let around = Around::read(look, Measure::TABLE, [line.measure.meta.id])?;
    let history = activity::history(look, line.measure.meta.id, 50)?;
    let today = rows::today(look);
    Ok(views::panel(look.scope, line, (by, &parts, reached), (&noted, &today), &around, &history))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    measure: String,
    by: String,
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(wanted): Query<Wanted>) -> Response {
    let file = async {
        let ending = name.strip_prefix("history.").ok_or(Refusal::NotFound)?.to_owned();
        at.read(move |look| {
            let (line, parts) = rows::history(look, Id::try_from(wanted.measure.as_str())?, &wanted.by)?;
            let reached = rows::reached(look)?;
            draw::chart(look.scope, &line, &wanted.by, &parts, &reached).file(&ending).ok_or(Refusal::NotFound)
        })
        .await
    };
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
