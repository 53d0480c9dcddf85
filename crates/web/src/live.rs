//! The stream of news: which nouns changed, nothing about their content. One stream per browser,
//! shared between its tabs by the page's script.

use crate::{At, Web};
use axum::{
    extract::{Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use kernel::Result;
use serde::Deserialize;
use std::convert::Infallible;
use tokio_stream::{StreamExt, wrappers::BroadcastStream};
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Of {
    product: String,
}

pub async fn stream(State(house): State<Web>, at: At, Query(of): Query<Of>) -> Response {
    let product: Result<Uuid> = house.app.ask(&at.visitor, Some(&of.product), |look| look.scope.product_id()).await;
    let product = match product {
        Ok(product) => product,
        Err(refusal) => return crate::errors::page(&at, refusal).await,
    };
    let news = BroadcastStream::new(house.app.hub.subscribe()).filter_map(move |told| {
        let event = match told {
            Ok(told) if told.product == Some(product) => {
                let nouns: Vec<&str> = told.nouns.iter().map(String::as_str).collect();
                serde_json::json!({ "nouns": nouns, "act": told.act.simple().to_string() })
            }
            Ok(_) => return None,
            // Too slow to follow: everything may be stale.
            Err(_) => serde_json::json!({ "nouns": ["*"] }),
        };
        Some(Ok::<_, Infallible>(Event::default().event("stale").data(event.to_string())))
    });
    let hello = tokio_stream::once(Ok(Event::default().event("hello").data("")));
    Sse::new(hello.chain(news)).keep_alive(KeepAlive::default()).into_response()
}
