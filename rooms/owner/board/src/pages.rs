//! The page of what is blocked, and the page of how the board is kept.

use crate::{limits, rows, views};
use kernel::Area;
use web::{At, Page, PageSpec, Response, Router, Web, Wing, get};

pub(crate) const BLOCKERS: PageSpec = PageSpec {
    path: "blockers",
    name: "Blockers",
    wing: Wing::Owner,
    under: "sprint",
    live: &["blocker", "story"],
    areas: &[Area::Work],
    ..PageSpec::PLAIN
};
pub(crate) const RULES: PageSpec = PageSpec {
    path: "board",
    name: "How the board works",
    wing: Wing::Owner,
    under: "sprint",
    live: &["board_rule", "board_column"],
    areas: &[Area::Sprints],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/blockers", get(blockers)).route("/{product}/board", get(rules))
}

async fn blockers(at: At) -> Response {
    at.page(|look| {
        let (open, over) = (rows::blocked(look)?, rows::lately(look)?);
        Ok(Page::of(&BLOCKERS, views::blockers(look.scope, &open, &over)))
    })
    .await
}

async fn rules(at: At) -> Response {
    at.page(|look| {
        let (columns, at_limit) = (product::columns_of(look)?, limits::at_limit(look)?);
        Ok(Page::of(&RULES, views::rules(look.scope, &columns, at_limit)))
    })
    .await
}
