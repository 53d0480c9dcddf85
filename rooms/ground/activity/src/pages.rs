//! The product's activity as a page.

use crate::{
    rows,
    sought::{self, Activity},
    stack, views,
};
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

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/activity", get(activity))
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
