//! One place that turns a refusal into an answer: a page with a way on, or problem+json.

use crate::{At, Page, Web, Wing, frame, html};
use app::Boxed;
use axum::{
    Json,
    extract::{FromRequestParts, Request},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Door, Refusal, Scope, json};
use std::any::Any;

/// HTTP status of a refusal.
pub fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::SignIn => StatusCode::UNAUTHORIZED,
        Refusal::Denied { .. } => StatusCode::FORBIDDEN,
        Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Conflict { .. } => StatusCode::CONFLICT,
        Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Away | Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Unknown => StatusCode::GATEWAY_TIMEOUT,
        Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A refusal as problem+json (RFC 9457).
pub fn problem(refusal: &Refusal) -> Response {
    if let Refusal::Broken(cause) = refusal {
        tracing::error!(cause, "broken");
    }
    let status = status(refusal);
    let mut body = detail(status, &refusal.sentence());
    match refusal {
        Refusal::Invalid(fields) => body["errors"] = json!(fields),
        Refusal::Conflict { newer, version, names } => {
            body["newer"] = newer.clone();
            body["names"] = json!(names);
            body["version"] = json!(version);
        }
        Refusal::Denied { area, decides, .. } => {
            body["area"] = json!(area);
            body["decides"] = json!(decides);
        }
        _ => {}
    }
    let mut response = as_problem(status, &body);
    let retry = match refusal {
        Refusal::TooMany { retry_seconds } => Some(*retry_seconds),
        Refusal::Away | Refusal::Busy => Some(5),
        _ => None,
    };
    if let Some(seconds) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn detail(status: StatusCode, sentence: &str) -> kernel::Json {
    json!({ "type": "about:blank", "title": status.canonical_reason().unwrap_or("Refused"), "status": status.as_u16(), "detail": sentence })
}

fn as_problem(status: StatusCode, body: &kernel::Json) -> Response {
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    response
}

const PROBLEM: &str = "application/problem+json";

/// How a request wants to be answered, known before anything else of it.
pub(crate) struct Asked {
    uri: Uri,
    /// A program or the page's script asks: data instead of pages.
    by_program: bool,
}

impl Asked {
    pub fn of(request: &Request) -> Asked {
        Asked { uri: request.uri().clone(), by_program: by_program(request.uri(), request.headers()) }
    }

    /// A sentence with a status, for whomever it is.
    pub fn told(&self, status: StatusCode, sentence: &str) -> Response {
        if self.by_program {
            return as_problem(status, &detail(status, sentence));
        }
        let body = html! { div.empty { h2 { "This did not work" } p { (sentence) } p { a.button href="/" { "Go home" } } } };
        (status, frame::lone(&Scope::nowhere(Door::Page, 0), Page::bare("This did not work", body), &self.uri)).into_response()
    }

    /// Gives words to a refusal that has none of ours: what a library says about a form, a method or a time-out.
    pub fn worded(&self, response: Response) -> Response {
        let status = response.status();
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let is_ours = kind.starts_with("text/html") || kind.starts_with("application/") || self.uri.path() == "/readyz";
        if is_ours || !(status.is_client_error() || status.is_server_error()) {
            return response;
        }
        let sentence = match status {
            StatusCode::NOT_FOUND => Refusal::NotFound.sentence(),
            StatusCode::METHOD_NOT_ALLOWED => "This address is asked in another way.".into(),
            StatusCode::PAYLOAD_TOO_LARGE => "This is too large.".into(),
            StatusCode::GATEWAY_TIMEOUT => "This took too long and was given up.".into(),
            _ if status.is_client_error() => "This cannot be read; something is missing or not in its place.".into(),
            _ => Refusal::Broken(String::new()).sentence(),
        };
        self.told(status, &sentence)
    }
}

fn by_program(uri: &Uri, headers: &axum::http::HeaderMap) -> bool {
    uri.path().starts_with("/api/") || headers.contains_key("x-tandem")
}

/// The answer to a request that is refused before its handler sees it.
pub(crate) async fn before_anything(house: &Web, mut parts: Parts, refusal: Refusal) -> Response {
    if by_program(&parts.uri, &parts.headers) {
        return problem(&refusal);
    }
    match At::from_request_parts(&mut parts, house).await {
        Ok(at) => page(&at, refusal).await,
        Err(response) => response,
    }
}

/// A refusal as a page, or the way to sign in and back.
pub fn page(at: &At, refusal: Refusal) -> Boxed<'_, Response> {
    Box::pin(paged(at, refusal))
}

async fn paged(at: &At, refusal: Refusal) -> Response {
    if at.scripted {
        return problem(&refusal);
    }
    if refusal == Refusal::Away {
        return away(at);
    }
    // Who is not signed in learns nothing about what exists.
    let signed_in = at.house.app.ask(&at.visitor, None, |look| Ok(look.scope.who.member.is_some())).await.unwrap_or(false);
    if refusal == Refusal::SignIn || (refusal == Refusal::NotFound && !signed_in) {
        let to = at.uri.path_and_query().map_or("/", |p| p.as_str());
        return Redirect::to(&format!("/sign-in?to={}", crate::text::encode(to))).into_response();
    }
    if let Refusal::Broken(cause) = &refusal {
        tracing::error!(cause, path = at.uri.path(), "broken");
    }
    let title = match &refusal {
        Refusal::NotFound => "Nothing here",
        Refusal::Denied { .. } => "Not yours to change",
        Refusal::TooMany { .. } | Refusal::Busy => "One moment",
        Refusal::Unknown => "Saved or not?",
        Refusal::Broken(_) => "Something went wrong",
        _ => "This did not work",
    };
    let home = at.product.as_ref().map_or("/".to_owned(), |key| format!("/{key}/"));
    let body = html! { div.empty { p { (refusal.sentence()) } p { a.button href=(home) { "Go home" } } } };
    framed(at, status(&refusal), Page::new(title, Wing::Ground, "", body)).await
}

/// Without the database nobody can be known, so nobody is asked for.
fn away(at: &At) -> Response {
    let body = html! { div.empty { p { (Refusal::Away.sentence()) } p { a.button href="/" { "Go home" } } } };
    let page = Page::bare("One moment", body);
    (status(&Refusal::Away), frame::lone(&Scope::nowhere(Door::Page, 0), page, &at.uri)).into_response()
}

/// A page with a status, framed as far as the visitor can be known.
pub fn framed(at: &At, status: StatusCode, page: Page) -> Boxed<'_, Response> {
    Box::pin(frame_for(at, status, page))
}

async fn frame_for(at: &At, status: StatusCode, page: Page) -> Response {
    let uri = at.uri.clone();
    let scope = at.house.app.ask(&at.visitor, at.product.as_deref(), |look| Ok(look.scope.clone())).await;
    let scope = scope.unwrap_or_else(|_| Scope::nowhere(Door::Page, 0));
    (status, frame::lone(&scope, page, &uri)).into_response()
}

/// The answer to an address that is none of ours.
pub(crate) async fn nothing_here(at: At) -> Response {
    page(&at, Refusal::NotFound).await
}

/// A panic is our fault; the visitor sees a sentence, the log the cause.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().cloned().or_else(|| cause.downcast_ref::<&str>().map(|s| (*s).to_owned()));
    problem(&Refusal::broken(cause.unwrap_or_else(|| "a panic".into())))
}
