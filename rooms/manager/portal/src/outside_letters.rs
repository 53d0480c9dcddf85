//! What links in letters lead to, for people without an account.

use crate::{
    confirming::{self, Confirm, KNOWN, StopLetters},
    forgetting::ForgetAddress,
    letters_view,
    model::*,
    opening::OPEN,
    outside::{COOKIE, Fields, drawn, front, kept, page, refused, run, visit},
    outside_views::Front,
};
use kernel::{Asked as _, Door, Json, Key, Look, Noun, Refusal, Result, Uuid, json};
use web::{
    Ask, At, Form, IntoResponse, Markup, Outcome, Path, Redirect, Response, Visitor, app, errors,
    http::{HeaderValue, StatusCode, header},
};

/// What waits for the word of a letter.
fn asked(look: &mut Look, front: &Front, hash: &str, wrong: Option<&str>) -> Result<Markup> {
    let product = look.scope.product_id()?;
    match confirming::letter(look, product, hash) {
        Ok(letter) => {
            let posts: Vec<Uuid> = letter.waits.iter().filter_map(|wait| wait.post).map(|post| post.0).collect();
            let named = Post::all(look, "and id in each($2) and showing = 'shown'", &[kernel::list(posts)])?;
            Ok(letters_view::confirm(front, &letter, &named, wrong))
        }
        Err(Refusal::NotFound) if confirming::was_used(look, product, hash)? => Ok(letters_view::confirmed(front)),
        Err(Refusal::NotFound) => Ok(letters_view::unknown(front)),
        Err(other) => Err(other),
    }
}

/// A link in a letter only asks; what confirms is a press of its button.
pub(crate) async fn letter(at: At, Path((key, word)): Path<(String, String)>) -> Response {
    let (kept, mails, hash) = (kept(&at), at.house.app.mails(), app::secret::hash(&word));
    let read = visit(&at, &key, move |look| {
        let front = front(look, &kept, mails)?;
        asked(look, &front, &hash, None)
    });
    drawn(&at, "Is this from you?", read.await)
}

/// Of each thing that was shown whether it is theirs.
fn said(fields: &Fields) -> Json {
    let one = |name: &String| {
        let id = name.strip_prefix("shown.")?;
        Some((id.to_owned(), json!(fields.contains_key(&format!("theirs.{id}")))))
    };
    Json::Object(fields.keys().filter_map(one).collect())
}

pub(crate) async fn confirm(at: At, Path((key, word)): Path<(String, String)>, Form(fields): Form<Fields>) -> Response {
    let hash = app::secret::hash(&word);
    let confirmed = async {
        // The door of its page first: guesses are counted there.
        visit(&at, &key, |_| Ok(())).await?;
        match run(&at, &key, Confirm::NAME, json!({ "key": key, "letter_hash": hash, "waits": said(&fields) })).await? {
            Outcome::Done(done) => done.reveal.ok_or(Refusal::NotFound),
            Outcome::Proposed(_) => Err(Refusal::NotFound),
        }
    };
    let (mails, own) = (at.house.app.mails(), kept(&at));
    match confirmed.await {
        Ok(known) => {
            let kept = app::secret::hash(&known);
            let read = at.house.app.visit_open(&OPEN, key.clone(), move |look| Ok(letters_view::confirmed(&front(look, &kept, mails)?)));
            let mut response = drawn(&at, "Thank you", read.await);
            keep(&at, &mut response, &key, &known, KNOWN);
            response
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let says = refusal.sentence();
            let read = at.house.app.visit_open(&OPEN, key.clone(), move |look| {
                let front = front(look, &own, mails)?;
                asked(look, &front, &hash, Some(&says))
            });
            match read.await {
                Ok(body) => page(&at, errors::status(&refusal), "Is this from you?", body),
                Err(_) => refused(&at, &refusal),
            }
        }
        Err(refusal) => refused(&at, &refusal),
    }
}

/// Has the browser keep the word, for the pages of this portal alone.
fn keep(at: &At, response: &mut Response, key: &str, word: &str, days: i64) {
    let secure = if at.house.is_https(&at.peer) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={word}; Path=/portal/{key}; HttpOnly; SameSite=Lax; Max-Age={}{secure}", days * 86_400);
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

pub(crate) async fn forget_browser(at: At, Path(key): Path<String>) -> Response {
    if !Key::is_product_key(&key) {
        return refused(&at, &Refusal::NotFound);
    }
    let mut response = Redirect::to(&format!("/portal/{key}")).into_response();
    keep(&at, &mut response, &key, "", 0);
    response
}

/// Whether letters still go to whoever has this way out.
async fn gets_letters(at: &At, way_out: &str) -> bool {
    let Ok(way_out) = Uuid::parse_str(way_out) else { return false };
    let nobody = Visitor::nobody(Door::Page);
    at.house.app.ask(&nobody, None, move |look| Ok(confirming::written_to(look, way_out)?.stopped_at.is_none())).await.unwrap_or(false)
}

pub(crate) async fn letters(at: At, Path(way_out): Path<String>) -> Response {
    let from = at.peer.counted();
    if let Err(refusal) = at.house.app.limits.link(&format!("portal letters {from}"), &from) {
        return refused(&at, &refusal);
    }
    let come = gets_letters(&at, &way_out).await;
    page(&at, StatusCode::OK, "Letters of the portal", letters_view::stop(come, &way_out))
}

pub(crate) async fn stop_letters(at: At, Path(way_out): Path<String>) -> Response {
    wanted(&at, &way_out, false).await
}

pub(crate) async fn letters_again(at: At, Path(way_out): Path<String>) -> Response {
    wanted(&at, &way_out, true).await
}

pub(crate) async fn forget(at: At, Path(way_out): Path<String>) -> Response {
    let said = said_of(&at, &way_out, ForgetAddress::NAME, json!({ "way_out": way_out })).await;
    answered(&at, said, letters_view::forgotten())
}

/// Says whether letters are to come.
async fn wanted(at: &At, way_out: &str, again: bool) -> Response {
    let said = said_of(at, way_out, StopLetters::NAME, json!({ "way_out": way_out, "again": again })).await;
    answered(at, said, letters_view::stop(again, way_out))
}

async fn said_of(at: &At, way_out: &str, command: &str, args: Json) -> Result<()> {
    // What is no way out at all leads nowhere.
    Uuid::parse_str(way_out).map_err(|_| Refusal::NotFound)?;
    at.house.app.run(&Visitor::nobody(Door::Page), Ask { inside: true, ..Ask::named(None, command, args) }).await.map(drop)
}

/// Of a way out that leads nowhere the same is said: nobody learns which there are.
fn answered(at: &At, said: Result<()>, body: Markup) -> Response {
    match said {
        Ok(()) | Err(Refusal::NotFound) => page(at, StatusCode::OK, "Letters of the portal", body),
        Err(refusal) => refused(at, &refusal),
    }
}
