//! The page of the retrospective, and its chart as a file.

use crate::{health_view, model::*, phase_views, rows, views};
use kernel::{Id, Look, Noun, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const RETRO: PageSpec = PageSpec {
    path: "retro",
    name: "Retrospective",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "history",
    live: &["retro", "retro_note", "retro_theme", "retro_action", "comment", "reaction", "attachment"],
    areas: &[ACTIONS],
    wide: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/retro", get(page)).route("/{product}/retro/{chart}", get(taken))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An earlier one that is to be shown.
    show: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        if !look.scope.sees(THERE) {
            return Ok(Page::of(&RETRO, views::not_there()));
        }
        let wanted = if q.show.is_empty() { None } else { Some(Id::<Retro>::try_from(q.show.as_str())?) };
        let Some(read) = rows::read(look, wanted)? else { return Ok(Page::of(&RETRO, views::none(look.scope))) };
        let around = Around::read(look, Retro::TABLE, [read.retro.meta.id])?;
        let body = match read.retro.phase() {
            Phase::Writing => {
                let alone = rows::alone(look, &read.retro)?;
                phase_views::alone(look.scope, &read, &alone, &around)
            }
            _ => {
                let board = rows::board(look, &read)?;
                phase_views::meeting(look.scope, &read, &board, &around)
            }
        };
        Ok(Page::of(&RETRO, body))
    })
    .await
}

/// The trend of the health check as a file.
async fn taken(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let file = at.read(move |look: &mut Look| -> Result<Response> {
        let ending = name.strip_prefix("health.").ok_or(Refusal::NotFound)?;
        if !look.scope.sees(THERE) {
            return Err(Refusal::NotFound);
        }
        let read = rows::read(look, None)?.ok_or(Refusal::NotFound)?;
        health_view::trend(&read).and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
    });
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
