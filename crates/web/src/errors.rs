//! One place that turns a refusal into an answer: a page with a way on, or problem+json.

use crate::{At, Page, Wing, frame, html};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
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
    let mut body = json!({ "type": "about:blank", "title": status.canonical_reason().unwrap_or("Refused"), "status": status.as_u16(), "detail": refusal.sentence() });
    match refusal {
        Refusal::Invalid(fields) => body["errors"] = json!(fields),
        Refusal::Conflict { newer, version } => {
            body["newer"] = newer.clone();
            body["version"] = json!(version);
        }
        Refusal::Denied { area, decides, .. } => {
            body["area"] = json!(area);
            body["decides"] = json!(decides);
        }
        _ => {}
    }
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
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

/// A refusal as a page, or the way to sign in and back.
pub async fn page(at: &At, refusal: Refusal) -> Response {
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
    let body = html! { div.empty { h2 { (title) } p { (refusal.sentence()) } p { a.button href=(home) { "Go home" } } } };
    framed(at, status(&refusal), Page::new(title, Wing::Ground, "", body)).await
}

/// Without the database nobody can be known, so nobody is asked for.
fn away(at: &At) -> Response {
    let body = html! { div.empty { p { (Refusal::Away.sentence()) } p { a.button href=(at.uri.path()) { "Try again" } } } };
    let page = Page::bare("One moment", body);
    (status(&Refusal::Away), frame::lone(&Scope::nowhere(Door::Page, 0), page, &at.uri)).into_response()
}

/// A page with a status, framed as far as the visitor can be known.
pub async fn framed(at: &At, status: StatusCode, page: Page) -> Response {
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
