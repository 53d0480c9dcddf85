//! The page of forecasts.

use crate::{rows, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, when};

pub(crate) const FORESIGHT: PageSpec = PageSpec {
    path: "foresight",
    name: "Foresight",
    wing: Wing::Both,
    stand: Spot::Menu,
    icon: "eye",
    under: "foresight",
    live: &["forecast_question", "prediction", "story"],
    areas: &[Area::Backlog],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/foresight", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The number of a story that is to be asked about.
    story: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let lines = rows::lines(look)?;
        let today = when::day(look.now());
        let choices = rows::choices(look)?;
        Ok(Page::of(&FORESIGHT, views::page(look.scope, &lines)).primary(views::ask_button(look.scope, &choices, &q.story, &today)))
    })
    .await
}
