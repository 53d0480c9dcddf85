//! The pages of how a product moves: its cadence, and the flow of whoever works without sprints.

use crate::{
    flow, flow_view,
    following::{self, Next},
    model::Way,
    setting, views,
};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Web, Wing, get, when};

pub(crate) const CADENCE: PageSpec = PageSpec {
    path: "cadence",
    name: "How we work",
    wing: Wing::Owner,
    under: "sprint",
    live: &["cadence", "sprint"],
    areas: &[Area::Sprints],
    ..PageSpec::PLAIN
};

pub(crate) const FLOW: PageSpec = PageSpec {
    path: "flow",
    name: "Flow",
    wing: Wing::Owner,
    under: "sprint",
    live: &["story", "board_column", "comment", "attachment", "verdict", "criterion", "holiday"],
    areas: &[Area::Work],
    wide: true,
    sights: &[("panel", "?open={story}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/cadence", get(cadence)).route("/{product}/flow", get(under_way))
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
        let body = views::page(look.scope, &views::Shown { cadence: &cadence, said, standing: &standing, next: &next });
        Ok(Page::of(&CADENCE, body))
    })
    .await
}

#[derive(Deserialize)]
struct Asked {
    open: Option<String>,
}

async fn under_way(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| {
        let columns = product::columns_of(look)?;
        let cards = flow::cards(look)?;
        let pace = flow::pace(look)?;
        let panel = asked.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        Ok(Page::of(&FLOW, flow_view::flow(look.scope, &columns, &cards, &pace)).panel(panel))
    })
    .await
}
