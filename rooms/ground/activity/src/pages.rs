//! The product's activity as a page.

use crate::{removed, rows, stack, views};
use kernel::Mark;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const ACTIVITY: PageSpec = PageSpec {
    path: "activity",
    name: "Activity",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "history",
    go: "y",
    live: &["*"],
    ..PageSpec::PLAIN
};

pub(crate) const REMOVED: PageSpec =
    PageSpec { path: "removed", name: "Removed things", wing: Wing::Both, under: "activity", live: &["*"], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/activity", get(activity)).route("/{product}/removed", get(gone))
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: String,
}

async fn activity(at: At, Query(q): Query<After>) -> Response {
    at.page(move |look| {
        let page = rows::latest(look, Mark::read(&q.after)?.as_ref(), kernel::page::USUAL as usize)?;
        let ends = stack::ends(look)?;
        Ok(Page::of(&ACTIVITY, views::page(look.scope, &page)).primary(views::back_and_forth(look.scope, &ends)))
    })
    .await
}

async fn gone(at: At, Query(q): Query<After>) -> Response {
    at.page(move |look| {
        let page = removed::gone(look, Mark::read(&q.after)?.as_ref(), kernel::page::USUAL as usize)?;
        Ok(Page::of(&REMOVED, views::removed(look.scope, &page)))
    })
    .await
}
