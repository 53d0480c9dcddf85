//! The page of how a product moves.

use crate::{
    following::{self, Next},
    model::Way,
    pace, setting, views,
};
use kernel::Area;
use web::{At, Page, PageSpec, Response, Router, Web, Wing, get, when};

pub(crate) const CADENCE: PageSpec = PageSpec {
    path: "cadence",
    name: "How we work",
    wing: Wing::Owner,
    under: "sprint",
    live: &["cadence", "sprint"],
    areas: &[Area::Sprints],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/cadence", get(cadence))
}

/// So many that follow are shown.
const SHOWN: i64 = 4;

async fn cadence(at: At) -> Response {
    at.page(|look| {
        let known = setting::cadence(look)?;
        let said = known.is_some();
        let cadence = match known {
            Some(known) => known,
            None => following::usual(look)?,
        };
        let standing = following::standing(look)?;
        let today = when::day_in(look.scope.now, &look.scope.who.zone);
        let next: Vec<Next> = if cadence.way == Way::Sprints { following::next(&cadence, &standing, &today, SHOWN) } else { vec![] };
        let pace = if cadence.way == Way::Flow { Some(pace::pace(look)?) } else { None };
        let body = views::page(look.scope, &views::Shown { cadence: &cadence, said, standing: &standing, next: &next, pace: pace.as_ref() });
        Ok(Page::of(&CADENCE, body))
    })
    .await
}
