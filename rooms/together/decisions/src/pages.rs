//! Decisions: what waits, and the log.

use crate::{export, rows, views};
use kernel::Value;
use serde::Deserialize;
use web::{At, IntoResponse, Page, Query, Response, Router, Web, Wing, errors, get, http::header};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/decisions", get(decisions)).route("/{product}/decisions.md", get(markdown))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    area: String,
}

async fn decisions(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let open = rows::proposals(look, "and state = 'open' order by created_at", &[])?;
        let mut log = rows::proposals(look, "and state <> 'open' order by settled_at desc, id desc limit 200", &[])?;
        let words = q.q.to_lowercase();
        log.retain(|d| {
            (words.is_empty() || format!("{} {}", d.proposal.title, d.proposal.reason).to_lowercase().contains(&words))
                && (q.area.is_empty() || d.proposal.area.word() == q.area)
        });
        let body = views::decisions(look.scope, &open, &log, &q.q, &q.area);
        Ok(Page::new("Decisions", Wing::Both, "decisions", body).live("proposal signature").primary(views::ask_button(look.scope)))
    })
    .await
}

async fn markdown(at: At) -> Response {
    let text = at.house.app.ask(&at.visitor, at.product.as_deref(), |look| {
        let name = look.scope.product()?.name.clone();
        let log = rows::proposals(look, "and number > $2 order by number", &[Value::Int(0)])?;
        Ok(export::markdown(&name, &log))
    });
    match text.await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
