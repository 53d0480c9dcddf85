//! The stream of news: which nouns changed, nothing about their content, and who else is here. One stream per
//! browser, shared between its tabs by the page's script. It lasts as long as the right to see the product.

use crate::{App, At, Query, Visitor, Web, components::avatar};
use app::{Told, live::EVERYTHING, presence::REPEATED};
use axum::{
    extract::State,
    http::HeaderValue,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use kernel::Result;
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use uuid::Uuid;

/// Changes to these may end someone's right to a product.
const RIGHTS: &[&str] = &["member", "membership", "session", "product"];

#[derive(Deserialize)]
pub struct Of {
    /// Outside of any product what is the member's own is news, and what is of the workspace to whoever looks after it.
    #[serde(default)]
    product: Option<String>,
    /// The page was asked for so many milliseconds ago: what was told since then it may have been drawn too early to show.
    #[serde(default)]
    ago: u32,
}

pub async fn stream(State(house): State<Web>, at: At, Query(of): Query<Of>) -> Response {
    let guest = Guest { app: house.app.clone(), visitor: at.visitor.clone(), key: of.product.clone() };
    // Subscribed before the right is judged, so that no news of its end falls in between.
    let (news, arrivals) = (house.app.hub.subscribe(), house.app.presence.subscribe());
    let missed = house.app.hub.lately(Duration::from_millis(of.ago.into()));
    let here = match guest.judged().await {
        Ok(here) => here,
        Err(refusal) => return crate::errors::page(&at, refusal).await,
    };
    let (send, events) = mpsc::channel(16);
    let mut closing = house.closing.watch();
    tokio::spawn(async move {
        tokio::select! {
            () = guest.follow(here, missed, news, arrivals, send) => {}
            // The server stops: what is open ends, so that the requests under way can.
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
    let mut response = Sse::new(ReceiverStream::new(events).map(Ok::<_, Infallible>)).keep_alive(KeepAlive::default()).into_response();
    // A proxy that gathers the stream into larger pieces would hold back the news.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Whoever follows the news of a product.
struct Guest {
    app: App,
    visitor: Visitor,
    key: Option<String>,
}

/// Where they are, and as whom.
struct Here {
    /// None where they are in no product.
    product: Option<Uuid>,
    member: Uuid,
    name: String,
    /// They look after the workspace.
    administrator: bool,
}

impl Guest {
    /// Whether they may follow it now.
    async fn judged(&self) -> Result<Here> {
        let in_product = self.key.is_some();
        self.app
            .ask(&self.visitor, self.key.as_deref(), move |look| {
                let product = if in_product { Some(look.scope.product_id()?) } else { None };
                let (who, member) = (&look.scope.who, look.scope.who.signed_in()?);
                Ok(Here { product, member, name: who.name.clone(), administrator: who.administrator })
            })
            .await
    }

    /// A database that does not answer takes no right away; it is asked again soon.
    async fn has_left(&self) -> bool {
        matches!(self.judged().await, Err(refusal) if !refusal.is_ours())
    }

    /// Passes news on until the page closes or the right to it ends.
    async fn follow(
        self,
        here: Here,
        missed: Vec<Arc<Told>>,
        mut news: tokio::sync::broadcast::Receiver<Arc<Told>>,
        mut arrivals: tokio::sync::broadcast::Receiver<Uuid>,
        out: mpsc::Sender<Event>,
    ) {
        let Here { product, member, name, administrator } = here;
        let presence = self.app.presence.clone();
        let _seat = product.map(|product| presence.enter(product, member, name));
        // No product has this id.
        let at = product.unwrap_or_default();
        let mut repeated = tokio::time::interval(REPEATED);
        // An event without data is none to a browser.
        if out.send(Event::default().event("hello").data("{}")).await.is_err() {
            return;
        }
        for told in missed.iter().filter(|told| told.concerns(product, member, administrator)) {
            if out.send(stale(told)).await.is_err() {
                return;
            }
        }
        loop {
            let event = tokio::select! {
                () = out.closed() => return,
                told = news.recv() => {
                    let judge = match &told {
                        Ok(told) => may_end(told, at),
                        Err(_) => true,
                    };
                    if judge && self.has_left().await {
                        return;
                    }
                    match told {
                        Ok(told) if told.concerns(product, member, administrator) => stale(&told),
                        Ok(_) => continue,
                        // Too slow to follow: everything may be stale.
                        Err(RecvError::Lagged(_)) => Event::default().event("stale").data(r#"{"nouns":["*"]}"#),
                        Err(RecvError::Closed) => return,
                    }
                }
                changed = arrivals.recv() => match changed {
                    Ok(other) if Some(other) != product => continue,
                    Err(RecvError::Closed) => return,
                    _ => {
                        let people = self.app.company(at).await.unwrap_or_default();
                        company(people.into_iter().filter(|(id, _)| *id != member).map(|(_, name)| name).collect())
                    }
                },
                // News may have been missed and a session ends by itself, so the right is judged again from time to time.
                _ = repeated.tick() => {
                    if self.has_left().await {
                        return;
                    }
                    if let Some(product) = product
                        && let Err(error) = self.app.announce(product).await
                    {
                        tracing::warn!(%error, "telling other nodes who is here");
                    }
                    continue;
                }
            };
            if out.send(event).await.is_err() {
                return;
            }
        }
    }
}

fn may_end(told: &Told, product: Uuid) -> bool {
    told.product.is_none_or(|of| of == product) && told.nouns.iter().any(|noun| noun == EVERYTHING || RIGHTS.contains(&noun.as_str()))
}

fn stale(told: &Told) -> Event {
    let nouns: Vec<&str> = told.nouns.iter().map(String::as_str).collect();
    let news = serde_json::json!({ "nouns": nouns, "act": told.act.simple().to_string() });
    Event::default().event("stale").data(news.to_string())
}

fn company(others: Vec<String>) -> Event {
    let shown: String = others.iter().map(|name| avatar(name).into_string()).collect();
    Event::default().event("here").data(serde_json::json!({ "names": others, "shown": shown }).to_string())
}
