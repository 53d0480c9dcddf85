//! The page of links.

use crate::{model::AREA, rows, views};
use web::{At, Page, PageSpec, Response, Router, Web, Wing, get};

pub(crate) const LINKS: PageSpec = PageSpec {
    path: "links",
    name: "Shared links",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["shared_link"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/links", get(links))
}

async fn links(at: At) -> Response {
    at.page(|look| {
        let lines = rows::links(look)?;
        Ok(Page::of(&LINKS, views::links(look.scope, &lines)).primary(views::make(look.scope)))
    })
    .await
}
