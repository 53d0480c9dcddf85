//! What stands before every request: its number, its headers, and whether it comes from our own
//! pages. A form of another site is refused without a token in every page.

use crate::Web;
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::SocketAddr, time::Instant};
use tracing::Instrument;
use uuid::Uuid;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

pub async fn guard(State(house): State<Web>, mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let method = request.method().clone();
    if !matches!(method, Method::GET | Method::HEAD | Method::OPTIONS) && from_elsewhere(request.headers(), house.origin.as_deref()) {
        return (StatusCode::FORBIDDEN, "This form was sent from another site, so nothing was done. Open Tandem itself and try again.")
            .into_response();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
    // Only we say who the peer is.
    request.headers_mut().remove("x-peer");
    if let Some(value) = peer.and_then(|ConnectInfo(at)| HeaderValue::from_str(&at.ip().to_string()).ok()) {
        request.headers_mut().insert(HeaderName::from_static("x-peer"), value);
    }
    let path = request.extensions().get::<MatchedPath>().map_or("unmatched", |p| p.as_str()).to_owned();
    let span = tracing::info_span!("request", id, %method, path);
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    metrics::histogram!("tandem_request_seconds", "path" => path, "status" => status.as_u16().to_string()).record(start.elapsed().as_secs_f64());
    span.in_scope(|| tracing::info!(status = status.as_u16(), ms = start.elapsed().as_secs_f64() * 1000.0, "answered"));
    protect(response.headers_mut(), &id);
    response
}

fn protect(headers: &mut HeaderMap, id: &str) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
}

/// Browsers say where a request comes from; programs with a token of their own say nothing.
fn from_elsewhere(headers: &HeaderMap, origin: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => false,
        Some(_) => true,
        None => match (text("origin"), text("host")) {
            (Some(from), Some(host)) => Some(from) != origin && from.split_once("://").map(|(_, h)| h) != Some(host),
            (Some(_), None) => true,
            // Neither header: no browser sends a form like that. A cookie alone must not suffice.
            (None, _) => headers.contains_key(header::COOKIE) && !headers.contains_key("x-tandem"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_and_programs_may_post() {
        let own = |pairs| !from_elsewhere(&headers(pairs), None);
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", "http://h:1"), ("host", "h:1")]));
        assert!(own(&[("authorization", "Bearer x")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("origin", "http://evil"), ("host", "h:1")]));
        assert!(!own(&[("origin", "null"), ("host", "h:1")]));
        assert!(!own(&[("cookie", "tandem=x"), ("host", "h:1")]));
    }
}
