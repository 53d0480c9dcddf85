//! Every form's target: fields become a command, the outcome becomes an answer. With script the
//! answer is data; without, a redirect or a page that keeps what was typed.

use crate::{At, Page, components, errors, forms, frame, html, text};
use app::{Ask, Done, Outcome};
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Hat, Json, Refusal, json};
use std::collections::HashMap;

pub async fn in_product(at: At, Path(path): Path<HashMap<String, String>>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    perform(at, path.get("command").map_or("", String::as_str), fields).await
}

pub async fn in_workspace(at: At, Path(command): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    perform(at, &command, fields).await
}

async fn perform(at: At, command: &str, fields: Vec<(String, String)>) -> Response {
    let about = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, v)| v.trim().to_owned()).filter(|v| !v.is_empty());
    let offered = match at.house.app.registry.command(command) {
        Ok(offered) if !offered.spec.route.is_inside() => offered,
        Ok(_) => return errors::page(&at, Refusal::NotFound).await,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    let mut args = forms::arguments(&offered.schema, &fields);
    if let Some(seen) = about("version") {
        args["version"] = seen.parse::<i64>().map_or_else(|_| json!(seen), |version| json!(version));
    }
    let ask = Ask {
        product: at.product.clone(),
        command: command.to_owned(),
        args,
        version: None,
        hat: about("_hat").and_then(|h| Hat::parse(&h)),
        reason: about("_reason"),
        as_proposal: about("_propose").is_some(),
        receipt: about("_once"),
        ..Ask::default()
    };
    let (summary, undoable) = (offered.spec.summary, offered.spec.undoable);
    let outcome = at.house.app.run(&at.visitor, ask).await;
    let back = about("_back").or_else(|| referer(&at)).filter(|b| text::is_ours(b)).unwrap_or_else(|| "/".into());
    match outcome {
        Ok(outcome) if at.scripted => axum::Json(answer(command, &outcome, undoable, &at)).into_response(),
        Ok(Outcome::Done(done)) if done.reveal.is_some() => reveal(&at, done.reveal.unwrap_or_default(), &back).await,
        Ok(outcome) => {
            let mut response = Redirect::to(&back).into_response();
            if let Ok(cookie) = HeaderValue::from_str(&frame::say(&sentence(command, &outcome))) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(refusal) if at.scripted => errors::problem(&refusal),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict { .. })) => typed_again(at, summary, fields, refusal).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// Where the form stood.
fn referer(at: &At) -> Option<String> {
    let full = at.headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = full.split_once("://")?;
    rest.find('/').map(|slash| rest[slash..].to_owned())
}

/// What is told about an outcome: "Added the story Pay by card."
fn sentence(command: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done(done) => did(command, done),
        Outcome::Proposed(p) => {
            let asked = p.asked.iter().map(|h| format!("the {}", h.title())).collect::<Vec<_>>().join(" and ");
            format!("Proposed: {}. It waits for {}.", p.title, if asked.is_empty() { "a signature".into() } else { asked })
        }
    }
}

/// The sentence of what the command was about, and how many more of the same kind.
fn did(command: &str, done: &Done) -> String {
    let noun = command.split('.').next().unwrap_or_default();
    let Some(about) = done.things.iter().rev().find(|t| t.noun == noun).or(done.things.first()) else {
        return "Nothing had to change.".into();
    };
    let more = done.things.iter().filter(|t| t.event == about.event).count() - 1;
    let phrase = kernel::event::phrase(&about.event).unwrap_or("changed");
    let label = components::clipped(&about.label, 80);
    let told = components::capital(&if kernel::about::noun(&about.noun).is_some_and(|n| n.about.titled) {
        format!("{phrase} “{label}”")
    } else {
        format!("{phrase} {label}")
    });
    match more {
        0 if told.trim_end_matches('”').ends_with(['.', '!', '?', '…']) => told,
        0 => format!("{told}."),
        more => format!("{told}, and {more} more."),
    }
}

fn answer(command: &str, outcome: &Outcome, undoable: bool, at: &At) -> Json {
    let mut told = serde_json::to_value(outcome).unwrap_or_default();
    told["says"] = json!(sentence(command, outcome));
    match outcome {
        Outcome::Done(done) => {
            if undoable && !done.things.is_empty() {
                told["undo"] = json!(done.act.simple().to_string());
            }
            if let Some(word) = &done.reveal {
                told["link"] = json!(revealed(at, word));
            }
        }
        Outcome::Proposed(p) => told["look"] = json!(at.product.as_ref().map(|key| format!("/{key}/decisions#p-{}", p.proposal.simple()))),
    }
    told
}

/// A secret with `/` in front is a path of ours and becomes a whole link.
fn revealed(at: &At, word: &str) -> String {
    if word.starts_with('/') { format!("{}{word}", at.origin()) } else { word.to_owned() }
}

async fn reveal(at: &At, word: String, back: &str) -> Response {
    let (word, back) = (revealed(at, &word), back.to_owned());
    let body = html! { p { "This is shown only this once. Copy it now." } p { input type="text" readonly value=(word) aria-label="Copy this"; } p { a.button href=(back) { "Go on" } } };
    errors::framed(at, StatusCode::OK, Page::new("Copy this", crate::Wing::Ground, "", body)).await
}

/// Without script: the same form once more, with what was typed and what is wrong, or, where someone
/// else was faster, both versions side by side.
async fn typed_again(at: At, summary: &str, fields: Vec<(String, String)>, refusal: Refusal) -> Response {
    let status = if matches!(refusal, Refusal::Conflict { .. }) { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let newer = match &refusal {
        Refusal::Conflict { newer, version } => Some((newer.clone(), *version)),
        _ => None,
    };
    let wrong = match &refusal {
        Refusal::Invalid(wrong) => wrong.clone(),
        _ => vec![],
    };
    let body = html! {
        p.error role="alert" { (refusal.sentence()) }
        form.stack method="post" action=(at.uri.path()) {
            @for (name, value) in &fields {
                @let theirs = newer.as_ref().and_then(|(newer, _)| newer.get(name)).map(plain);
                @if name == "version" { input type="hidden" name="version" value=(newer.as_ref().map_or(value.clone(), |(_, v)| v.to_string())); }
                @else if name.starts_with('_') || value.len() == 32 { input type="hidden" name=(name) value=(value); }
                @else {
                    label.field { span { (components::capital(&name.replace('_', " "))) }
                        textarea name=(name) rows="2" { (value) }
                        @if let Some(theirs) = theirs.filter(|t| t != value) { span.hint { "Now it says: " q { (theirs) } } }
                        @for w in wrong.iter().filter(|w| &w.field == name) { span.error { (w.message) } }
                    }
                }
            }
            button.primary type="submit" { "Try again" }
        }
    };
    errors::framed(&at, status, Page::new(summary.to_owned(), crate::Wing::Ground, "", body)).await
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}
