//! The page of a link: what it shows, without the frame of a product. Whatever a link does not open looks the same.

use crate::{At, Page, Path, Wing, frame, html, when};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Door, Refusal, Scope};
use maud::PreEscaped;

/// Said of a link that has expired, was revoked, or never was.
const SHUT: &str = "This link opens nothing, or nothing any more. Ask whoever sent it to you for a new one.";

pub async fn show(at: At, Path(word): Path<String>) -> Response {
    let hash = app::secret::hash(&word);
    let shown = match at.house.app.limits.link(&hash, &at.peer.counted()) {
        Ok(()) => at.house.app.visit(hash).await,
        Err(refusal) => Err(refusal),
    };
    let (status, page) = match shown {
        Ok(shown) => {
            let title = format!("{}: {}", shown.product, crate::lower_first(shown.look.says.trim_start_matches("The ")));
            let body = html! { article.shared {
                header { p.crumb dir="auto" { (shown.product) } h1 { (shown.look.says) } }
                (PreEscaped(shown.body))
                footer { p.hint { "Shown as it is now. This link works until " (when::short_day(&when::day(shown.until), "")) "." } }
            } };
            (StatusCode::OK, Page { wing: Wing::Manager, ..Page::bare(title, body) })
        }
        Err(refusal) => {
            let (status, sentence) = match &refusal {
                Refusal::NotFound => (StatusCode::NOT_FOUND, SHUT.to_owned()),
                other => (crate::errors::status(other), other.sentence()),
            };
            (status, Page::bare("A link", html! { div.empty { h1 { "Nothing to see here" } p { (sentence) } } }))
        }
    };
    let scope = Scope::nowhere(Door::Page, at.house.app.clock.now());
    let mut response = (status, frame::lone(&scope, page, &at.uri)).into_response();
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}
