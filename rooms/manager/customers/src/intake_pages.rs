//! Where intake addresses are made and revoked, and where they take things in.

use crate::{
    intake_rows::{self, Line},
    model::*,
    sent,
    who_views::ways,
};
use kernel::{Area, Door, Json, Noun, Refusal, Result, Scope, json};
use serde::Deserialize;
use web::{
    Ask, At, Bytes, IntoResponse, Markup, Page, PageSpec, Path, Query, Response, Visitor, Wing, act, app, area_field, command_form, disclosure,
    empty, errors, field, html,
    http::{HeaderValue, StatusCode, header},
    may, options, pill, select, several, time,
};

pub(crate) const INTAKES: PageSpec = PageSpec {
    path: "intakes",
    name: "Intake addresses",
    wing: Wing::Both,
    under: "customers",
    live: &["intake", "evidence"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

const AREA: Area = Area::Customers;

pub(crate) async fn intakes(at: At) -> Response {
    let origin = at.origin();
    at.page(move |look| {
        let lines = intake_rows::lines(look)?;
        Ok(Page::of(&INTAKES, view(look.scope, &lines, &origin)).primary(make(look.scope)))
    })
    .await
}

fn make(scope: &Scope) -> Markup {
    let fields = html! {
        (field("name", "What sends to it", ""))
        (select("kind", "What that sends", &options(EvidenceKind::ALL), "ticket"))
        p.hint { "Whoever knows the address can send to it, and see nothing. It is shown once." }
    };
    disclosure("make-intake", "Make an address", "primary", command_form(scope, AREA, "intake.make", "Make address", fields))
}

fn view(scope: &Scope, lines: &[Line], origin: &str) -> Markup {
    html! {
        (ways("intakes"))
        p.lead { "Mail servers, chats and browsers send evidence to an address. What comes in waits in the " a href="inbox" { "inbox" } "." }
        @if lines.is_empty() { (empty("inbox", "No address yet", if may(scope, AREA) { "Make an address for each thing that sends: a mailbox, a chat, your browser. Each can be revoked by itself." } else { "Addresses are seen by those who have a say in customers." }, html! {})) }
        ul.lines.intakes { @for line in lines { @let i = &line.intake; li {
            div.what { strong { bdi { (i.name) } }
                p.hint { (web::capital(i.kind.says())) " · made by " bdi { (line.by) } " " (time(scope, i.meta.created_at, scope.now)) " · "
                    @match line.last { Some(last) => { (several(line.came, "piece")) " came in, the last " (time(scope, last, scope.now)) } None => "nothing came in yet" } } }
            @if i.revoked_at.is_some() { (pill("neutral", "revoked")) }
            @else { @if !line.here { (pill("neutral", "its maker has left")) } (act(scope, AREA, "intake.revoke", &[("intake", &i.id().to_string())], "Revoke", "plain")) }
        } } }
        details.more { summary { "What can be sent" }
            p { "By HTTP POST to the address, up to one a second: JSON, the fields of a form, a mail message (" code { "message/rfc822" } "), or plain text. The fields " code { "quote" } " or " code { "text" } ", " code { "source" } " or " code { "from" } ", " code { "customer" } ", " code { "url" } ", " code { "date" } " and " code { "kind" } " are understood. A customer is found by name or by their id in another system, and not made known by a sender." }
            p { "From a terminal, or as the last step of a mail server:" }
            pre { code { "curl --data-binary @message.eml -H 'Content-Type: message/rfc822' \\\n  " (origin) "/in/…" } }
            p { "Chats that post their messages to an address of yours (outgoing webhooks) send to it as they are." }
            p { "From a browser: opened with " code { "?quote=…&url=…" } " behind it, the address shows a form, filled in. A bookmark with this address sends what is selected on any page; put your own word in the place of “…”:" }
            pre { code { "javascript:open('" (origin) "/in/…?quote='+encodeURIComponent(getSelection())+'&url='+encodeURIComponent(location.href)+'&source='+encodeURIComponent(document.title))" } }
        }
    }
}

/// Said of an address that was revoked, or never was.
const SHUT: &str = "This address takes nothing, or nothing any more.";

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    quote: String,
    url: String,
    source: String,
}

/// The form of an address, filled in by whatever opened it. It tells nothing of the product.
pub(crate) async fn form(at: At, Path(word): Path<String>, Query(filled): Query<Filled>) -> Response {
    let hash = app::secret::hash(&word);
    if let Err(refusal) = is_open(&at, hash).await {
        return told(&at, &refusal);
    }
    let body = html! { article.shared { header { h1 { "Send feedback" } }
    form.stack method="post" action=(at.uri.path()) {
        input type="hidden" name="_page" value="1";
        (area_field("quote", "What was said or seen, word for word", &filled.quote, 8)) (field("source", "From", &filled.source)) (field("customer", "Customer", "")) (field("url", "Link", &filled.url))
        div.row { button.primary type="submit" { "Send" } }
    } } };
    page(&at, StatusCode::OK, "Send feedback", body)
}

async fn is_open(at: &At, hash: String) -> Result<()> {
    at.house.app.limits.link(&hash, &at.peer.counted())?;
    at.house.app.store.read(move |reader| intake_rows::is_open(reader, hash)).await
}

pub(crate) async fn receive(at: At, Path(word): Path<String>, body: Bytes) -> Response {
    let kind = at.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let by_page = body.starts_with(b"_page=1&");
    match received(&at, app::secret::hash(&word), &kind, &body).await {
        Ok(()) if by_page => {
            let body =
                html! { div.empty { h1 { "Thank you" } p role="status" { "It was handed over." } a.button href=(at.uri.path()) { "Send another" } } };
            page(&at, StatusCode::OK, "Thank you", body)
        }
        Ok(()) => (
            StatusCode::CREATED,
            [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))],
            json!({ "says": "It was handed over." }).to_string(),
        )
            .into_response(),
        Err(refusal) if by_page => told(&at, &refusal),
        Err(Refusal::NotFound) => (
            StatusCode::NOT_FOUND,
            [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))],
            json!({ "status": 404, "detail": SHUT }).to_string(),
        )
            .into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

async fn received(at: &At, hash: String, kind: &str, body: &[u8]) -> Result<()> {
    is_open(at, hash.clone()).await?;
    let mut args: Json = sent::read(kind, body)?;
    args["intake_hash"] = json!(hash);
    let ask = Ask { inside: true, ..Ask::named(None, "evidence.receive", args) };
    at.house.app.run(&Visitor::nobody(Door::Rest), ask).await.map(drop)
}

fn told(at: &At, refusal: &Refusal) -> Response {
    let (title, says) = match refusal {
        Refusal::NotFound => ("Nothing to see here", SHUT.to_owned()),
        other => ("That did not work", other.sentence()),
    };
    page(at, errors::status(refusal), title, html! { div.empty { h1 { (title) } p role="alert" { (says) } } })
}

/// A page for whoever knows the address.
fn page(at: &At, status: StatusCode, title: &str, body: Markup) -> Response {
    web::alone(at, status, Page::bare(title, body))
}
