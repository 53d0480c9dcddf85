//! What stands before every request: its number, its headers, who is at the other end, how much of it is read, and
//! whether it comes from our own pages. A form of another site is refused without a token in every page.

use crate::{Peer, Web, bodies, errors};
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::{net::SocketAddr, time::Instant};
use tracing::Instrument;
use uuid::Uuid;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What the guard has to know.
#[derive(Clone)]
pub struct Guard {
    pub house: Web,
    /// Routes that take files.
    pub files_at: &'static [&'static str],
}

pub async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let house = &guard.house;
    let id = Uuid::now_v7().simple().to_string();
    let method = request.method().clone();
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(at)| at.ip());
    let peer = Peer::of(&house.proxies, from, request.headers());
    let path = request.extensions().get::<MatchedPath>().map_or("unmatched", |p| p.as_str()).to_owned();
    let asked = errors::Asked::of(&request);
    let is_read = matches!(method, Method::GET | Method::HEAD | Method::OPTIONS);
    let elsewhere = !is_read && from_elsewhere(request.headers(), house.origin.as_deref(), peer.host.as_deref());
    let https = house.is_https(&peer);
    request.extensions_mut().insert(peer);

    let span = tracing::info_span!("request", id, %method, path);
    let start = Instant::now();
    let answer = async {
        match elsewhere {
            true => {
                Err(asked.told(StatusCode::FORBIDDEN, "This form was sent from another site, so nothing was done. Open Tandem itself and try again."))
            }
            false => bodies::receive(house, guard.files_at, request).await,
        }
    };
    let mut response = match answer.instrument(span.clone()).await {
        Ok(request) => asked.worded(next.run(request).instrument(span.clone()).await),
        Err(response) => response,
    };
    let status = response.status();
    metrics::histogram!("tandem_request_seconds", "path" => path.clone(), "status" => status.as_u16().to_string())
        .record(start.elapsed().as_secs_f64());
    span.in_scope(|| tracing::info!(status = status.as_u16(), ms = start.elapsed().as_secs_f64() * 1000.0, "answered"));
    protect(response.headers_mut(), &id, https);
    // Where the address or the answer may be a secret, nothing is kept of it.
    let kept = if is_read && !path.contains(SECRET) { "private, no-cache" } else { "no-store" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
    response
}

/// The part of a route that stands for a secret word.
const SECRET: &str = "{word}";

fn protect(headers: &mut HeaderMap, id: &str, https: bool) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    let always = https.then_some(("strict-transport-security", "max-age=31536000"));
    for (name, value) in fixed.into_iter().chain(always) {
        // What somebody sent us has a narrower policy of its own (`give`).
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

/// Browsers say where a request comes from; programs with a token of their own say nothing.
fn from_elsewhere(headers: &HeaderMap, origin: Option<&str>, host: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => false,
        Some(_) => true,
        None => match (text("origin"), host) {
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
        let own = |pairs| {
            let headers = headers(pairs);
            !from_elsewhere(&headers, None, headers.get("host").and_then(|h| h.to_str().ok()))
        };
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
