//! The only HTML frame and HTTP kit. A room's page asks (`At::page`), renders markup, and is
//! completed here; every change, from whatever form, arrives at `act` and becomes a command.

mod act;
pub mod assets;
mod at;
pub mod auth;
pub mod components;
pub mod errors;
pub mod forms;
mod frame;
mod guard;
mod live;
mod place;
pub mod text;
mod waiting;
pub mod when;

pub use app::{self, App, Ask, Outcome, Visitor};
pub use at::{At, House, Mailer, Query, SESSION, Web, cookie};
pub use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Form, Multipart, Path, State},
    http,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
pub use components::*;
pub use frame::{Page, Wing};
pub use maud::{Markup, PreEscaped, html};
pub use place::place;
pub use waiting::{MOST_COUNTED, OpenProposal, to_sign};

use axum::middleware;
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

/// The largest upload, in bytes.
pub const MOST_BYTES: usize = 128 << 20;

/// Everything that is not a room's: acting, live news, assets, health.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/do/{command}", post(act::in_product))
        .route("/do/{command}", post(act::in_workspace))
        .route("/live", get(live::stream))
        .route("/assets/{name}", get(assets::serve))
}

/// Puts the protective layers around a finished router: once, here.
pub fn protect(router: Router<Web>, house: Web) -> Router {
    router
        .fallback(errors::nothing_here)
        .layer(middleware::from_fn_with_state(house.clone(), guard::guard))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(RequestBodyLimitLayer::new(MOST_BYTES))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(http::StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(600)))
        .with_state(house)
}
