//! The Owner's queue.

use crate::{rows, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, Query, Response, Router, Web, Wing, get, html};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/acceptance", get(queue))
}

#[derive(Deserialize)]
pub struct Open {
    open: Option<String>,
}

async fn queue(at: At, Query(q): Query<Open>) -> Response {
    at.page(move |look| {
        let waiting = rows::queue(look)?;
        let given = rows::recent(look, 30)?;
        let panel = q.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        let body = html! { (backlog::pick_form(look.scope)) (views::queue(look.scope, &waiting, &given)) };
        Ok(Page::new("Acceptance", Wing::Owner, "acceptance", body).about(&[Area::Acceptance]).live("story criterion verdict comment").panel(panel))
    })
    .await
}
