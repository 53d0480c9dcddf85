//! The page of jobs.

use crate::{rows, views};
use kernel::Mark;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, app::jobs, get};

pub(crate) const JOBS: PageSpec = PageSpec {
    path: "/jobs",
    name: "Jobs",
    stand: Spot::Menu,
    icon: "inbox",
    under: "jobs",
    live: &["dead_letter"],
    administrators: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/jobs", get(page))
}

/// Where the last page ended.
#[derive(Default, Deserialize)]
pub struct From {
    #[serde(default)]
    after: String,
}

async fn page(at: At, Query(from): Query<From>) -> Response {
    let house = at.house.clone();
    at.page(move |look| {
        let given_up = rows::all_given_up(look.reader, Mark::read(&from.after)?.as_ref())?;
        let names = rows::names(look, &given_up.items)?;
        let standing = jobs::standing(look.reader)?;
        let says = |kind: &str| house.app.registry.task(kind).map_or("Something that this version does not know", |spec| spec.says);
        let shown = views::Shown { mails: house.app.mails(), standing, given_up, names, is_first: from.after.is_empty() };
        Ok(Page::of(&JOBS, views::jobs(look.scope, &shown, &says)))
    })
    .await
}
