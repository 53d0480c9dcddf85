//! The product's activity as a page.

use crate::{
    removed, rows,
    sought::{self, Activity},
    stack, views,
};
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

async fn activity(at: At, Query(wanted): Query<Activity>) -> Response {
    at.page(move |look| {
        let found = sought::find(look, &wanted)?;
        let page = rows::named(look, found.items)?;
        let people = sought::people(look)?;
        let ends = stack::ends(look)?;
        let body = views::page(look, &wanted, (&page, found.next.as_deref()), &people);
        Ok(Page::of(&ACTIVITY, body).primary(views::back_and_forth(look.scope, &ends)))
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
