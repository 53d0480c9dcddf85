//! The Owner's queue.

use crate::{feature_files, receive, rows, run_pages, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, html, post};

pub(crate) const ACCEPTANCE: PageSpec = PageSpec {
    path: "acceptance",
    name: "Acceptance",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "circle-check-big",
    go: "a",
    tab: "Accept",
    live: &["product", "story", "criterion", "verdict", "run_result", "comment", "reaction", "attachment"],
    areas: &[Area::Acceptance],
    sights: &[("panel", "?open={story}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/acceptance", get(queue))
        .route("/{product}/runs", get(run_pages::runs))
        .route("/{product}/coverage", get(run_pages::coverage))
        .route("/{product}/features.zip", get(feature_files::packed))
        .route("/{product}/features/{file}", get(feature_files::one))
        .route(receive::RUNS_AT, post(receive::receive))
}

#[derive(Deserialize)]
pub struct Open {
    open: Option<String>,
}

async fn queue(at: At, Query(q): Query<Open>) -> Response {
    at.page(move |look| {
        let waiting = rows::queue(look)?;
        let given = rows::recent(look, 30)?;
        let done = product::definition_of_done(look)?;
        let panel = q.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        let body = html! { (backlog::pick_form(look.scope)) (views::queue(look.scope, &waiting, &given, &done)) };
        Ok(Page::of(&ACCEPTANCE, body).panel(panel))
    })
    .await
}
