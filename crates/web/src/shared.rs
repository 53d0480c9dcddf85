//! The page of a link: what it shows, without the frame of a product. Whatever a link does not open looks the same.

use crate::{At, Page, Path, Wing, frame, html, when};
use app::{Ask, Visitor};
use axum::{
    Form,
    http::{HeaderName, HeaderValue, Method, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Door, Refusal, Scope, json};
use maud::PreEscaped;
use std::collections::HashMap;

/// Said of a link that has expired, was revoked, or never was.
const SHUT: &str = "This link opens nothing, or nothing any more. Ask whoever sent it to you for a new one.";

pub async fn show(method: Method, at: At, Path(word): Path<String>) -> Response {
    let hash = app::secret::hash(&word);
    let shown = match at.house.app.limits.link(&hash, &at.peer.counted()) {
        Ok(()) => at.house.app.visit(hash, method == Method::GET).await,
        Err(refusal) => Err(refusal),
    };
    let (status, page) = match shown {
        Ok(shown) => {
            let title = format!("{}: {}", shown.product, crate::lower_first(shown.look.says.trim_start_matches("The ")));
            let body = html! { article.shared {
                header { p.crumb dir="auto" { (shown.product) } h1 { (shown.look.says) } }
                (PreEscaped(shown.body))
                footer { @if shown.look.feed.is_some() { p { a href={ (at.uri.path().trim_end_matches('/')) "/feed.atom" } { "Follow it in a reader of feeds" } } }
                    p.hint { "Shown as it is now. This link works until " (when::short_day(&when::day(shown.until), "")) "." } }
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
    drawn(&at, status, page)
}

/// A page for whoever holds a link or an address, and nothing else of a product.
pub fn drawn(at: &At, status: StatusCode, page: Page) -> Response {
    let scope = Scope::nowhere(Door::Page, at.house.app.clock.now());
    let mut response = (status, frame::lone(&scope, page, &at.uri)).into_response();
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}

/// What whoever holds a link asks about what it shows; so often and no more, wherever they come from.
pub async fn ask(at: At, Path(word): Path<String>, Form(fields): Form<HashMap<String, String>>) -> Response {
    let wrote = fields.get("body").filter(|body| !body.trim().is_empty()).cloned();
    let (status, title, says) = match asked(&at, app::secret::hash(&word), fields).await {
        Ok(()) => (StatusCode::OK, "Thank you", "What you wrote was handed over. Where it is answered, the answer will stand there too.".to_owned()),
        Err(Refusal::NotFound) => (StatusCode::NOT_FOUND, "Nothing to see here", SHUT.to_owned()),
        Err(other) => (crate::errors::status(&other), "That did not work", other.sentence()),
    };
    let back = at.uri.path().to_owned();
    let wrote = wrote.filter(|_| status != StatusCode::OK);
    drawn(
        &at,
        status,
        Page::bare(
            title,
            html! { div.empty { h1 { (title) } p role="status" { (says) }
            // Nothing that was typed is lost.
            @if let Some(wrote) = wrote { label.field { span { "What you wrote" } textarea rows="8" readonly dir="auto" { (wrote) } } }
            a.button href=(back) { "Go back" } } },
        ),
    )
}

async fn asked(at: &At, hash: String, fields: HashMap<String, String>) -> kernel::Result<()> {
    let from = at.peer.counted();
    at.house.app.limits.link(&hash, &from)?;
    let look = at.house.app.visit(hash.clone(), false).await?.look;
    let command = look.ask.ok_or(Refusal::NotFound)?;
    // Where there is something to be said of each of several things, as at a review, so much is said at once.
    match look.whom.is_empty() {
        true => at.house.app.limits.question(&from)?,
        false => at.house.app.limits.voice(&format!("link {from}"))?,
    }
    let mut args = json!(fields);
    args["link_hash"] = json!(hash);
    let ask = Ask { inside: true, ..Ask::named(None, command, args) };
    at.house.app.run(&Visitor::nobody(Door::Page), ask).await.map(drop)
}
