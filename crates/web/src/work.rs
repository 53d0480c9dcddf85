//! What is worked out beside the requests, as a page shows it: how far it is, followed over a stream until it is there.

use crate::{At, Path, Web, components::product_path, errors};
use app::{Stand, Wait};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use kernel::{Refusal, Scope};
use maud::{Markup, html};
use std::convert::Infallible;
use tokio::sync::mpsc;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};

/// In place of an answer that is still worked out. Whoever has this open waits for it; when nobody does, it is given up.
pub fn under_way(scope: &Scope, name: &str, what: &str, share: f64) -> Markup {
    let percent = (share * 100.0).floor();
    html! { div.under-way data-work={ (product_path(scope)) "/work/" (name) } {
        p { (what) " …" }
        progress max="100" value=(percent) aria-label=(what) {}
        p.hint { "The page follows by itself. " a href="" { "Look again" } }
    } }
}

/// How far a piece of work is, until it is over.
pub async fn stream(State(house): State<Web>, at: At, Path((_, name)): Path<(String, String)>) -> Response {
    if let Err(refusal) = at.read(|look| look.scope.product_id()).await {
        return errors::page(&at, refusal).await;
    }
    let Some(wait) = house.app.workshop.follow(&name) else { return errors::page(&at, Refusal::NotFound).await };
    let (send, events) = mpsc::channel(4);
    let mut closing = house.closing.watch();
    tokio::spawn(async move {
        tokio::select! {
            () = follow(wait, send) => {}
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
    Sse::new(ReceiverStream::new(events).map(Ok::<_, Infallible>)).keep_alive(KeepAlive::default()).into_response()
}

async fn follow(mut wait: Wait, out: mpsc::Sender<Event>) {
    let mut stand = wait.stand();
    loop {
        let (event, over) = match &stand {
            Stand::Under(share) => (Event::default().event("progress").data(format!("{:.0}", share * 100.0)), false),
            Stand::Done(_) | Stand::Failed(_) => (Event::default().event("over").data("over"), true),
        };
        if out.send(event).await.is_err() || over {
            return;
        }
        stand = tokio::select! {
            // Whoever leaves waits no longer.
            () = out.closed() => return,
            next = wait.next() => next,
        };
    }
}
