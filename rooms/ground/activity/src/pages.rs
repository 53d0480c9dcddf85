//! The product's activity as a page.

use crate::{rows, views};
use serde::Deserialize;
use web::{At, Page, Query, Response, Router, Web, Wing, get};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/activity", get(activity))
}

#[derive(Deserialize)]
pub struct Before {
    before: Option<i64>,
}

async fn activity(at: At, Query(q): Query<Before>) -> Response {
    at.page(move |look| {
        let lines = rows::latest(look, 0, q.before.unwrap_or(i64::MAX), 100)?;
        Ok(Page::new("Activity", Wing::Both, "activity", views::page(look.scope, &lines)).live("*"))
    })
    .await
}
