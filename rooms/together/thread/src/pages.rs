//! The thread page: the chain of one thing, or the gap report.

use crate::{gaps, graph, views};
use serde::Deserialize;
use web::{At, Page, Query, Response, Router, Web, Wing, get};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/thread", get(thread))
}

#[derive(Deserialize)]
pub struct Of {
    of: Option<String>,
    id: Option<String>,
}

async fn thread(at: At, Query(q): Query<Of>) -> Response {
    at.page(move |look| match &q.of {
        Some(of) => {
            let (noun, id) = graph::find(look, of, q.id.as_deref())?;
            let chain = graph::chain(look, &noun, id)?;
            let title = chain.of.number.map_or_else(|| chain.of.title.clone(), |n| format!("Thread of {}", look.scope.key(n)));
            Ok(Page::new(title, Wing::Both, "thread", views::chain(look.scope, &chain)).live("story feature initiative relation verdict").wide())
        }
        None => {
            let gaps = gaps::gaps(look)?;
            Ok(Page::new("Thread and gaps", Wing::Both, "thread", views::gaps(look.scope, &gaps))
                .live("story feature initiative relation need evidence objective criterion"))
        }
    })
    .await
}
