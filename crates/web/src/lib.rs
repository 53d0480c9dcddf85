//! The only HTML frame and HTTP kit. A room's page asks (`At::page`), renders markup, and is
//! completed here; every change, from whatever form, arrives at `act` and becomes a command.

mod act;
pub mod assets;
mod at;
pub mod auth;
pub mod bodies;
pub mod chart;
mod compared;
pub mod components;
mod drafting;
pub mod errors;
mod feed;
pub mod filter;
mod filter_bar;
pub mod forms;
mod frame;
mod give;
mod guard;
mod handlers;
mod incoming;
mod join;
mod live;
mod moved;
mod offers;
mod peer;
mod shared;
pub mod telling;
pub mod text;
mod waiting;
pub mod when;
mod work;

pub use act::told;
pub use app::{self, App, Ask, Outcome, Visitor};
pub use at::{At, Closing, House, SESSION, Web, cookie, credential};
pub use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Form, Multipart, Path, State},
    http,
    response::{IntoResponse, Redirect, Response},
    routing::{self, post},
};
pub use compared::compared;
pub use components::*;
pub use drafting::model_drafts;
pub use filter::{Ago, Filter, Term};
pub use filter_bar::FilterBar;
pub use forms::limited;
pub use frame::{Page, bell};
pub use give::{Given, give};
pub use handlers::{Query, get};
pub use incoming::Incoming;
pub use join::{join, join_all, join_by_key, joined_with, link_to, unjoin};
pub use kernel::{PageSpec, Spot, Wing, about::place};
pub use maud::{Markup, PreEscaped, html};
pub use peer::{Peer, Proxies};
pub use shared::drawn as alone;
pub use waiting::{MOST_COUNTED, OpenProposal, to_sign};
pub use work::under_way;

use axum::middleware;
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

/// Everything that is not a room's: acting, live news, assets, health.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/do/{command}", post(act::in_product))
        .route("/do/{command}", post(act::in_workspace))
        .route("/live", routing::get(live::stream))
        .route("/shared/{word}", routing::get(shared::show).post(shared::ask))
        .route("/shared/{word}/", routing::get(shared::show))
        .route("/shared/{word}/feed.atom", get(feed::atom))
        .route("/{product}/work/{name}", routing::get(work::stream))
        .route("/assets/{name}", routing::get(assets::serve))
}

/// Puts the protective layers around a finished router: once, here. `files_at` are the routes that take files.
pub fn protect(router: Router<Web>, house: Web, files_at: &'static [&'static str]) -> Router {
    let guard = guard::Guard { house: house.clone(), files_at };
    router
        .fallback(errors::nothing_here)
        .layer(middleware::from_fn_with_state(house.clone(), moved::lead_on))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(600)))
        .layer(DefaultBodyLimit::max(bodies::OF_FILES))
        .layer(middleware::from_fn_with_state(guard, guard::guard))
        .layer(CompressionLayer::new())
        .with_state(house)
}
