//! The page of webhooks.

use crate::{model::AREA, rows, views};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Web, Wing, get};

pub(crate) const WEBHOOKS: PageSpec =
    PageSpec { path: "webhooks", name: "Webhooks", wing: Wing::Both, under: "settings", live: &["webhook"], areas: &[AREA], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/webhooks", get(webhooks))
}

/// Whose messages are open.
#[derive(Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    show: String,
}

async fn webhooks(at: At, Query(shown): Query<Shown>) -> Response {
    let sends = at.house.app.reaches_out();
    at.page(move |look| {
        let lines = rows::webhooks(look)?;
        Ok(Page::of(&WEBHOOKS, views::webhooks(look.scope, &lines, &shown.show, sends)).primary(views::make(look.scope)))
    })
    .await
}
