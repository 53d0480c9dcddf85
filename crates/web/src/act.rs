//! Every form's target: fields become a command, the outcome becomes an answer. With script the
//! answer is data; without, a redirect or a page that keeps what was typed.

use crate::{At, Page, components, errors, forms, frame, html, offers, telling, text};
use app::{Ask, Batch, Done, Outcome, Proposed, Thing};
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CommandSpec, Hat, Json, Refusal, Result, json};
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
    let ask = |fields: &[(String, String)]| -> Result<Ask> {
        let mut args = forms::arguments(&offered.schema, fields, forms::by_hand)?;
        if let Some(seen) = about("version") {
            args["version"] = seen.parse::<i64>().map_or_else(|_| json!(seen), |version| json!(version));
        }
        Ok(Ask {
            product: at.product.clone(),
            command: command.to_owned(),
            args,
            version: None,
            hat: about("_hat").and_then(|h| Hat::parse(&h)),
            reason: about("_reason"),
            as_proposal: about("_propose").is_some(),
            receipt: about("_once"),
            ..Ask::default()
        })
    };
    let (spec, summary) = (offered.spec, offered.spec.summary);
    let asks = match about("_each") {
        None => ask(&fields).map(|ask| vec![ask]),
        Some(each) => each_of(&fields, &each).iter().map(|fields| ask(fields)).collect(),
    };
    let outcome = match (asks, about("_each")) {
        (Err(refusal), _) => Err(refusal),
        (Ok(mut asks), None) => at.house.app.run(&at.visitor, asks.pop().unwrap_or_default()).await.map(|outcome| vec![outcome]),
        (Ok(asks), Some(_)) => several(&at, asks).await,
    };
    let back = about("_back").or_else(|| at.came_from()).filter(|b| text::is_ours(b)).unwrap_or_else(|| "/".into());
    // What was open and is gone is not gone back to.
    let back = if command.ends_with(".remove") { frame::behind(&back) } else { back };
    match outcome.map(together) {
        Ok(outcomes) if at.scripted => axum::Json(answer(spec, &outcomes, &at).await).into_response(),
        Ok(Together { done: Some(Done { reveal: Some(word), .. }), .. }) => reveal(&at, word, &back).await,
        Ok(outcomes) => {
            let mut response = Redirect::to(&back).into_response();
            if let Ok(cookie) = HeaderValue::from_str(&frame::say(&sentence(&at, command, &outcomes).await)) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(refusal) if at.scripted => errors::problem(&refusal),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict { .. })) => {
            let fields = with_missing(&offered.schema, fields, &refusal);
            typed_again(at, command, summary, fields, refusal).await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// The form once for each value of a field that it repeats: what is picked is done to each, as one act.
fn each_of(fields: &[(String, String)], each: &str) -> Vec<Vec<(String, String)>> {
    let (values, others): (Vec<_>, Vec<_>) = fields.iter().cloned().partition(|(name, _)| name == each);
    values.into_iter().map(|value| others.iter().cloned().chain([value]).collect()).collect()
}

/// So many things are picked at most.
const MOST_PICKED: usize = 500;

async fn several(at: &At, mut asks: Vec<Ask>) -> Result<Vec<Outcome>> {
    match asks.len() {
        0 => return Err(Refusal::invalid("", "Choose at least one.")),
        1..=MOST_PICKED => {}
        n => return Err(Refusal::invalid("", format!("{n} are too many at once; {MOST_PICKED} fit."))),
    }
    // A receipt stands for one answer.
    asks.iter_mut().skip(1).for_each(|ask| ask.receipt = None);
    at.house.app.run_all(&at.visitor, Batch { asks, title: None, dry: false }, |_| {}).await.map_err(|refusal| match refusal {
        Refusal::Invalid(mut wrong) => {
            // Which of them it was says the sentence.
            wrong.iter_mut().for_each(|w| w.field = w.field.split_once(':').map_or(w.field.clone(), |(_, field)| field.to_owned()));
            Refusal::Invalid(wrong)
        }
        other => other,
    })
}

/// What became of everything that was asked for: one act, one proposal, or a part of each.
#[derive(Default)]
struct Together {
    done: Option<Done>,
    proposed: Option<Proposed>,
}

fn together(outcomes: Vec<Outcome>) -> Together {
    let mut all = Together::default();
    for outcome in outcomes {
        match (outcome, &mut all.done) {
            (Outcome::Done(more), Some(done)) => done.things.extend(more.things),
            (Outcome::Done(done), none) => *none = Some(done),
            (Outcome::Proposed(proposed), _) => all.proposed = Some(proposed),
        }
    }
    all
}

/// The way back to where a form stood, with a sentence about what was done.
pub fn told(at: &At, back: Option<String>, sentence: &str) -> Response {
    let back = back.or_else(|| referer(at)).filter(|b| text::is_ours(b)).unwrap_or_else(|| "/".into());
    let mut response = Redirect::to(&back).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&frame::say(sentence)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where the form stood.
fn referer(at: &At) -> Option<String> {
    let full = at.headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = full.split_once("://")?;
    rest.find('/').map(|slash| rest[slash..].to_owned())
}

/// What is told about an outcome: "Added the story Pay by card."
async fn sentence(at: &At, command: &str, all: &Together) -> String {
    let proposed = all.proposed.as_ref().map(|p| {
        let asked = p.asked.iter().map(|h| format!("the {}", h.title())).collect::<Vec<_>>().join(" and ");
        let made = if p.already { "You have proposed this already" } else { "Proposed" };
        format!("{made}: {}. It waits for {}.", p.title, if asked.is_empty() { "a signature".into() } else { asked })
    });
    let done = match &all.done {
        Some(done) => Some(did(at, command, done).await),
        None => None,
    };
    done.into_iter().chain(proposed).collect::<Vec<_>>().join(" ")
}

/// The sentence of what the command was about, and how many more of the same kind.
async fn did(at: &At, command: &str, done: &Done) -> String {
    let noun = command.split('.').next().unwrap_or_default();
    let Some(about) = done.things.iter().rev().find(|t| t.noun == noun).or(done.things.first()) else {
        return at.house.app.registry.command(command).ok().and_then(|offered| offered.spec.later).unwrap_or("Nothing had to change.").into();
    };
    let more = done.things.iter().filter(|t| t.event == about.event).count() - 1;
    let phrase = kernel::event::phrase(&about.event).unwrap_or("changed");
    let label = components::clipped(&about.label, 80);
    let told = components::capital(&if kernel::about::noun(&about.noun).is_some_and(|n| n.about.titled) {
        format!("{phrase} “{label}”")
    } else {
        format!("{phrase} {label}")
    });
    let told = match (&about.moved, more) {
        (Some((from, to)), 0) => format!("{told} from {from} to {to}"),
        (None, 0) if LEAVES_OPEN.iter().any(|verb| phrase.starts_with(verb)) => match (changes_of(at, about).await, phrase.ends_with(':')) {
            (what, _) if what.is_empty() => told,
            (what, true) => format!("{told} ({what})"),
            (what, false) => format!("{told}: {what}"),
        },
        _ => told,
    };
    match more {
        0 if told.trim_end_matches('”').ends_with(['.', '!', '?', '…']) => told,
        0 => format!("{told}."),
        more => format!("{told}, and {more} more."),
    }
}

/// Verbs that do not say what became of a thing.
const LEAVES_OPEN: &[&str] = &["changed", "estimated", "assigned", "put into", "moved", "measured", "checked in"];
/// So many changes are told in a sentence, and none that is longer than so many characters.
const MOST_TOLD: usize = 2;
const LONGEST_TOLD: usize = 60;

/// What changed of a thing, in a few words: "size from 3 to 5, labels".
async fn changes_of(at: &At, thing: &Thing) -> String {
    let thing = thing.clone();
    let told = at
        .read(move |look| {
            let names = telling::names(look, [(thing.noun.as_str(), thing.id, thing.changes.as_slice())])?;
            Ok(telling::told(look.scope, &names, &thing.noun, &thing.changes, &thing.label, false))
        })
        .await
        .unwrap_or_default();
    let short = |line: String, name: &str| if line.chars().count() > LONGEST_TOLD { name.to_owned() } else { line };
    let mut words: Vec<String> = told.iter().take(MOST_TOLD).map(|t| short(t.line(), &t.name)).collect();
    if told.len() > MOST_TOLD {
        words.push(format!("and {} more", told.len() - MOST_TOLD));
    }
    words.join(", ")
}

async fn answer(spec: &CommandSpec, all: &Together, at: &At) -> Json {
    let mut told = json!({ "says": sentence(at, spec.name, all).await });
    if let Some(done) = &all.done {
        told["done"] = json!(done);
        let offer = offers::done(at, spec, done).await;
        if let Some((there, look)) = offers::look(at, spec, done, offer.is_some()) {
            (told["there"], told["look"]) = (json!(there), json!(look));
        }
        told["offer"] = json!(offer);
        told["link"] = json!(done.reveal.as_ref().map(|word| revealed(at, word)));
    }
    if let Some(proposed) = &all.proposed {
        told["proposed"] = json!(proposed);
        told["offer"] = json!(offers::proposed(proposed));
        told["look"] = json!(at.product.as_ref().map(|key| format!("/{key}/decisions?show={0}#p-{0}", proposed.proposal.simple())));
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

/// The fields with an empty one for what the form did not ask for and is missing, such as a reason.
fn with_missing(schema: &Json, mut fields: Vec<(String, String)>, refusal: &Refusal) -> Vec<(String, String)> {
    if let Refusal::Invalid(wrong) = refusal {
        for field in wrong.iter().map(|w| &w.field) {
            if schema["properties"].get(field).is_some() && !fields.iter().any(|(name, _)| name == field) {
                fields.push((field.clone(), String::new()));
            }
        }
    }
    fields
}

/// Without script: the same form once more, with what was typed and what is wrong, or, where someone
/// else was faster, both versions side by side.
async fn typed_again(at: At, command: &str, summary: &str, fields: Vec<(String, String)>, refusal: Refusal) -> Response {
    let status = if matches!(refusal, Refusal::Conflict { .. }) { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let newer = match &refusal {
        Refusal::Conflict { newer, version, names } => Some((newer.clone(), *version, names.clone())),
        _ => None,
    };
    let wrong = match &refusal {
        Refusal::Invalid(wrong) => wrong.clone(),
        _ => vec![],
    };
    let noun = command.split('.').next().unwrap_or_default();
    let body = html! {
        p.error role="alert" { (refusal.sentence()) }
        form.stack method="post" action=(at.uri.path()) {
            @for (name, value) in &fields {
                @let theirs = newer.as_ref().and_then(|(newer, _, names)| names.get(name).cloned().or_else(|| newer.get(name).map(plain)));
                @if name == "version" { input type="hidden" name="version" value=(newer.as_ref().map_or(value.clone(), |(_, v, _)| v.to_string())); }
                @else if name.starts_with('_') || value.len() == 32 { input type="hidden" name=(name) value=(value); }
                @else {
                    label.field { span { (components::capital(&kernel::about::called(noun, name))) }
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
