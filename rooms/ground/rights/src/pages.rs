//! The page "Who decides what".

use crate::{rows, views};
use kernel::Area;
use web::{At, Page, Response, Router, Web, Wing, get};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/who-decides", get(who_decides))
}

async fn who_decides(at: At) -> Response {
    at.page(|look| {
        let members = product::members_of(look)?;
        let lived = rows::lived(look)?;
        let waiting = rows::waiting(look)?;
        let body = views::who_decides(look.scope, &members, &lived, &waiting);
        Ok(Page::new("Who decides what", Wing::Both, "who-decides", body).about(&[Area::Agreement]).live("agreement membership proposal"))
    })
    .await
}
