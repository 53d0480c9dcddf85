//! The stream of news: which nouns changed, nothing about their content, and who else is here. One stream per
//! browser, shared between its tabs by the page's script.

use crate::{At, Query, Web, components::avatar};
use app::presence::REPEATED;
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
use std::convert::Infallible;
use tokio_stream::{
    StreamExt,
    wrappers::{BroadcastStream, IntervalStream, WatchStream},
};
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Of {
    product: String,
}

pub async fn stream(State(house): State<Web>, at: At, Query(of): Query<Of>) -> Response {
    let asked: Result<(Uuid, Uuid, String)> = house
        .app
        .ask(&at.visitor, Some(&of.product), |look| Ok((look.scope.product_id()?, look.scope.who.signed_in()?, look.scope.who.name.clone())))
        .await;
    let (product, member, name) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return crate::errors::page(&at, refusal).await,
    };
    let news = BroadcastStream::new(house.app.hub.subscribe()).filter_map(move |told| {
        let event = match told {
            Ok(told) if told.concerns(product) => {
                let nouns: Vec<&str> = told.nouns.iter().map(String::as_str).collect();
                serde_json::json!({ "nouns": nouns, "act": told.act.simple().to_string() })
            }
            Ok(_) => return None,
            // Too slow to follow: everything may be stale.
            Err(_) => serde_json::json!({ "nouns": ["*"] }),
        };
        Some(Ok::<_, Infallible>(Event::default().event("stale").data(event.to_string())))
    });
    let presence = house.app.presence.clone();
    let arrivals = BroadcastStream::new(presence.subscribe());
    let seat = presence.enter(product, member, name);
    let app = house.app.clone();
    let company = arrivals.filter(move |changed| !matches!(changed, Ok(other) if *other != product)).then(move |_| {
        // The stream ends when the page closes, and its seat with it.
        let _ = &seat;
        let app = app.clone();
        async move {
            let people = app.company(product).await.unwrap_or_default();
            let others: Vec<String> = people.into_iter().filter(|(id, _)| *id != member).map(|(_, name)| name).collect();
            let shown: String = others.iter().map(|name| avatar(name).into_string()).collect();
            Ok(Event::default().event("here").data(serde_json::json!({ "names": others, "shown": shown }).to_string()))
        }
    });
    let app = house.app.clone();
    let repeated = IntervalStream::new(tokio::time::interval(REPEATED)).filter_map(move |_| {
        let app = app.clone();
        tokio::spawn(async move {
            if let Err(error) = app.announce(product).await {
                tracing::warn!(%error, "telling other nodes who is here");
            }
        });
        None
    });
    let hello = tokio_stream::once(Ok(Event::default().event("hello").data("")));
    let closing = WatchStream::new(house.closing.watch()).filter_map(|closing| closing.then_some(None));
    let until_closed = hello.chain(news.merge(company).merge(repeated)).map(Some).merge(closing).map_while(|event| event);
    let mut response = Sse::new(until_closed).keep_alive(KeepAlive::default()).into_response();
    // A proxy that gathers the stream into larger pieces would hold back the news.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
