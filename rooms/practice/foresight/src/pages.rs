//! The page of forecasts.

use crate::{rows, views};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, when};

pub(crate) const FORESIGHT: PageSpec = PageSpec {
    path: "foresight",
    name: "Foresight",
    wing: Wing::Both,
    stand: Spot::Menu,
    icon: "eye",
    under: "foresight",
    live: &["forecast_question", "prediction", "story", "sprint", "release", "key_result", "measurement"],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/foresight", get(page))
}

/// What is to be asked about, by the page that leads here.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    /// Numbers.
    pub story: String,
    pub sprint: String,
    /// Ids.
    pub release: String,
    pub key_result: String,
}

async fn page(at: At, Query(chosen): Query<Chosen>) -> Response {
    at.page(move |look| {
        let lines = rows::lines(look)?;
        let today = when::day(look.now());
        let choices = rows::choices(look)?;
        let asked = views::ask(look.scope, &choices, &chosen, &today);
        Ok(Page::of(&FORESIGHT, views::page(look.scope, &lines, &asked.open)).primary(asked.button))
    })
    .await
}
