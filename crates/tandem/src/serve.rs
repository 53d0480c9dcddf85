//! Listening, health, metrics, and stopping in good order.

mod connections;

use axum::{http::StatusCode, response::IntoResponse};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use tokio::net::TcpListener;
use web::{Router, State, Web, routing};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts counting; a second call changes nothing.
pub fn count() {
    if METRICS.get().is_none() {
        match PrometheusBuilder::new().install_recorder() {
            Ok(handle) => drop(METRICS.set(handle)),
            Err(error) => tracing::warn!(%error, "no metrics"),
        }
    }
}

pub(crate) fn health() -> Router<Web> {
    Router::new()
        .route("/healthz", routing::get(|| async { "ok" }))
        .route("/readyz", routing::get(ready))
        .route("/metrics", routing::get(|| async { METRICS.get().map(PrometheusHandle::render).unwrap_or_default() }))
}

/// Ready once the database answers.
async fn ready(State(house): State<Web>) -> impl IntoResponse {
    match house.app.store.read(|reader| reader.query("select 1", &[]).map(drop)).await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}

/// Serves until told to stop; requests under way are finished first.
pub async fn serve(house: Web, listener: TcpListener) -> std::io::Result<()> {
    serve_with(house, listener, Router::new()).await
}

/// Serves with a few routes more.
pub async fn serve_with(house: Web, listener: TcpListener, more: Router<Web>) -> std::io::Result<()> {
    count();
    let told = told_to_stop()?;
    let housekeeping = tokio::spawn(app::housekeeping::every_hour(house.app.clone()));
    let jobs = tokio::spawn(app::jobs::run(house.app.clone(), house.closing.watch()));
    let app = crate::router_with(&house, more);
    let closing = house.closing.clone();
    let stop = async move {
        told.await;
        // Streams of news never end by themselves.
        closing.say();
    };
    connections::accept(listener, app, house.proxies.clone(), stop).await;
    housekeeping.abort();
    if let Err(error) = jobs.await {
        tracing::error!(%error, "ending what was under way");
    }
    Ok(())
}

/// Listens for the signals from the call on, not only once it is awaited: a program that works can be told to stop.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(not(unix))]
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        #[cfg(not(unix))]
        interrupt.recv().await;
    })
}
