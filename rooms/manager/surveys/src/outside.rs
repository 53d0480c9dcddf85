//! A survey as people without an account answer it: by a link, or on the feedback portal.

use crate::{
    answering::{AnswerSurvey, Asked},
    apart::FEWEST_APART,
    model::*,
};
use kernel::{Asked as _, Door, Id, Json, Noun, Refusal, Result, Uuid, json};
use std::collections::HashMap;
use web::{
    Ask, At, Markup, Page, Response, Visitor, app, errors, html,
    http::{HeaderValue, StatusCode, header},
};

/// Name of the cookie by which a browser is known again, so that nobody answers twice by mistake.
const COOKIE: &str = "survey";
/// Said of a link that was revoked or never was.
const SHUT: &str = "This link opens nothing, or nothing any more. Ask whoever sent it to you for a new one.";

/// By what a browser is known.
pub struct Browser {
    pub id: Uuid,
    /// What it is to keep, where it keeps nothing yet.
    fresh: Option<String>,
}

fn known_by(word: &str) -> Uuid {
    let hash = app::secret::hash(word);
    hash.get(..32).and_then(|half| Uuid::parse_str(half).ok()).unwrap_or_default()
}

/// By what whoever asks is known.
pub fn browser(at: &At) -> Browser {
    match web::cookie(&at.headers, COOKIE).filter(|word| !word.is_empty()) {
        Some(word) => Browser { id: known_by(word), fresh: None },
        None => {
            let word = at.house.app.clock.moment(None).secret().plain;
            Browser { id: known_by(&word), fresh: Some(word) }
        }
    }
}

/// Has the browser keep by what it is known.
pub fn keep_browser(at: &At, response: &mut Response, browser: &Browser) {
    let Some(word) = &browser.fresh else { return };
    let secure = if at.house.is_https(&at.peer) { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{COOKIE}={word}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}")) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// What was chosen for each item: the fields that begin with a word and a point.
fn chosen(fields: &HashMap<String, String>, of: &str) -> Json {
    let one = |(name, value): (&String, &String)| Some((name.strip_prefix(of)?.strip_prefix('.')?.to_owned(), json!(value)));
    Json::Object(fields.iter().filter_map(one).collect())
}

pub(crate) async fn run(at: &At, key: Option<&str>, survey: Id<Survey>, (hash, by): (&str, &[Uuid]), fields: &HashMap<String, String>) -> Result<()> {
    let args = json!({ "survey": survey, "link_hash": hash, "by": by, "with": chosen(fields, "with"), "without": chosen(fields, "without") });
    // In the queue of its product: closing reads what answering writes.
    let ask = Ask { inside: true, ..Ask::named(key, AnswerSurvey::NAME, args) };
    at.house.app.run(&Visitor::nobody(Door::Page), ask).await.map(drop)
}

/// Answers a survey that the portal shows.
///
/// # Errors
/// `Invalid` where something is missing, or it was answered already.
pub async fn give(at: &At, key: Option<&str>, survey: Id<Survey>, by: &[Uuid], fields: &HashMap<String, String>) -> Result<()> {
    run(at, key, survey, ("", by), fields).await
}

pub(crate) fn answered(at: &At, body: Result<Markup>) -> Response {
    let (status, body) = match body {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => {
            let says = if refusal == Refusal::NotFound { SHUT.to_owned() } else { refusal.sentence() };
            (errors::status(&refusal), html! { div.empty { h1 { "Nothing to answer here" } p role="alert" { (says) } } })
        }
    };
    web::alone(at, status, Page::bare("A survey", body))
}

/// The questions below the name of the product.
pub(crate) fn alone(product: &str, asked: &Asked, body: Markup) -> Markup {
    html! { article.shared.portal { header { p.crumb dir="auto" { (product) } h1 dir="auto" { (asked.survey.title) } } (body) } }
}

/// The questions, with what was chosen already and what is wrong with it.
pub fn questions(asked: &Asked, action: &str, wrong: Option<(&HashMap<String, String>, &str)>) -> Markup {
    if let Some(shut) = &asked.shut {
        return html! { p role="status" { (shut.sentence()) } };
    }
    let row = |item: &Item, of: &str, question: &str| -> Markup {
        let name = format!("{of}.{}", item.id());
        let was = wrong.and_then(|(fields, _)| fields.get(&name)).map_or("", String::as_str);
        html! { fieldset.feeling { legend { (question) }
        @for feeling in Feeling::ALL { label.check { input type="radio" name=(name) value=(feeling) required checked[was == feeling.word()]; span { (feeling.says()) } } } } }
    };
    html! {
        @if !asked.survey.intro.is_empty() { p.lead.body dir="auto" { (asked.survey.intro) } }
        form.stack.kano method="post" action=(action) hx-boost="false" {
            @if let Some((_, says)) = wrong { p.error role="alert" { (says) } }
            @for (n, item) in asked.items.iter().enumerate() { section { h2 { (n + 1) ". " bdi { (item.title) } } @if !item.body.is_empty() { p.body dir="auto" { (item.body) } }
                (row(item, "with", "If you have this, how do you feel?")) (row(item, "without", "If you do not have it, how do you feel?")) } }
            div.row { button.primary type="submit" { "Send my answers" } }
            p.hint { "Answers are added up. Nobody can tell which are yours, and so they cannot be changed later." @if asked.apart { " They also count for the group that this link was made for; of a group nothing is told before " (FEWEST_APART) " of it have answered." } }
        }
    }
}

/// Said once somebody has answered.
pub fn thanks(back: &str) -> Markup {
    html! { div.empty { h1 { "Thank you" } p role="status" { "Your answers were added to the others." } @if !back.is_empty() { a.button href=(back) { "Go back" } } } }
}
