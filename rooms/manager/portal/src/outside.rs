//! The portal as people without an account use it. Everything is a plain page: a link leads to it, and forms work without script.

use crate::{
    model::*,
    opening::{self, OPEN},
    outside_views::{self as views, Filled, Front},
    pages::{Asked, Typed},
    rows,
    strangers::{self, ReceivePost, SpeakUp},
    views::alike_list,
};
use kernel::{Asked as _, Door, Id, Json, Key, Look, Noun, Refusal, Result, Uuid, json};
use std::collections::HashMap;
use web::{Ask, At, Form, IntoResponse, Markup, Outcome, Page, Path, Query, Redirect, Response, Visitor, app, errors, html, http::StatusCode};

/// Name of the cookie with the word by which a browser is known whose address was confirmed. No page, query or command of the
/// house takes it but these.
pub(crate) const COOKIE: &str = "portal";
/// Said where nothing is open, or nothing any more.
const SHUT: &str = "Nothing is open at this address, or nothing any more.";

pub(crate) type Fields = HashMap<String, String>;

pub(crate) fn kept(at: &At) -> String {
    web::cookie(&at.headers, COOKIE).filter(|word| !word.is_empty()).map(app::secret::hash).unwrap_or_default()
}

/// Reads on behalf of whoever comes; so often and no more from one place.
pub(crate) async fn visit<T: Send + 'static>(at: &At, key: &str, read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static) -> Result<T> {
    let from = at.peer.counted();
    at.house.app.limits.link(&format!("portal {key} {from}"), &from)?;
    if !Key::is_product_key(key) {
        return Err(Refusal::NotFound);
    }
    at.house.app.visit_open(&OPEN, key.to_owned(), read).await
}

/// What stands at the head of every page, and whether the browser is known.
pub(crate) fn front(look: &mut Look, kept: &str, mails: bool) -> Result<Front> {
    let portal = opening::here(look)?.ok_or(Refusal::NotFound)?;
    let product = look.scope.product()?.clone();
    let known = strangers::known(look, product.id, kept)?;
    Ok(Front {
        key: product.key,
        name: product.name,
        known: known.map(|visitor| visitor.meta.id),
        mails,
        surveys: surveys::in_portal(look)?,
        roadmap: portal.shows_roadmap && look.scope.sees(kernel::Area::Roadmap),
        changelog: portal.shows_changelog && look.scope.sees(kernel::Area::Commitments),
        portal,
    })
}

pub(crate) fn page(at: &At, status: StatusCode, title: &str, body: Markup) -> Response {
    web::alone(at, status, Page::bare(title, body))
}

/// A page, or why there is none.
pub(crate) fn drawn(at: &At, title: &str, body: Result<Markup>) -> Response {
    match body {
        Ok(body) => page(at, StatusCode::OK, title, body),
        Err(refusal) => refused(at, &refusal),
    }
}

pub(crate) fn refused(at: &At, refusal: &Refusal) -> Response {
    let (title, says) = match refusal {
        Refusal::NotFound => ("Nothing to see here", SHUT.to_owned()),
        other => ("That did not work", other.sentence()),
    };
    page(at, errors::status(refusal), title, html! { div.empty { h1 { (title) } p role="alert" { (says) } } })
}

/// Runs one of the commands of strangers, in its turn among all that changes the product.
pub(crate) async fn run(at: &At, key: &str, command: &str, args: Json) -> Result<Outcome> {
    let ask = Ask { inside: true, ..Ask::named(Some(key), command, args) };
    at.house.app.run(&Visitor::nobody(Door::Page), ask).await
}

pub(crate) async fn list(at: At, Path(key): Path<String>, Query(q): Query<Asked>) -> Response {
    let (kept, mails) = (kept(&at), at.house.app.mails());
    let read = visit(&at, &key, move |look| {
        let front = front(look, &kept, mails)?;
        let wanted = q.wanted();
        let page = rows::posts(look, &wanted)?;
        let (votes, _) = mine(look, &front, page.items.iter().map(|post| post.meta.id))?;
        Ok(views::list(look.scope, &front, &page, &wanted, &votes))
    });
    drawn(&at, "Feedback", read.await)
}

/// What of these posts whoever is known wants and follows.
fn mine(
    look: &mut Look,
    front: &Front,
    posts: impl IntoIterator<Item = Uuid>,
) -> Result<(std::collections::HashSet<Uuid>, std::collections::HashSet<Uuid>)> {
    match front.known {
        Some(visitor) => rows::wanted_by(look, Whose::Visitor(visitor), posts),
        None => Ok(Default::default()),
    }
}

pub(crate) async fn one(at: At, Path((key, id)): Path<(String, String)>) -> Response {
    drawn(&at, "Feedback", seen(&at, &key, &id, None, "").await)
}

/// The page of a post, with what was wrong with a form on it.
async fn seen(at: &At, key: &str, id: &str, wrong: Option<String>, email: &str) -> Result<Markup> {
    let (kept, mails, id, email) = (kept(at), at.house.app.mails(), Id::<Post>::try_from(id)?, email.to_owned());
    visit(at, key, move |look| {
        let front = front(look, &kept, mails)?;
        let product = look.scope.product_id()?;
        let post = opening::shown(look, product, id)?;
        let (votes, follows) = mine(look, &front, [post.meta.id])?;
        Ok(views::one(look.scope, &front, &post, (votes.contains(&post.meta.id), follows.contains(&post.meta.id)), (wrong.as_deref(), &email)))
    })
    .await
}

pub(crate) async fn alike(at: At, Path(key): Path<String>, Query(typed): Query<Typed>) -> Response {
    let found = visit(&at, &key, move |look| rows::alike(look, &format!("{} {}", typed.title, typed.body), None)).await;
    match found {
        Ok(posts) => alike_list(&posts, |post| format!("/portal/{key}/post/{}", post.id())).into_response(),
        Err(refusal) => (errors::status(&refusal), html! {}).into_response(),
    }
}

pub(crate) async fn roadmap(at: At, Path(key): Path<String>) -> Response {
    let (kept, mails) = (kept(&at), at.house.app.mails());
    let read = visit(&at, &key, move |look| {
        let front = front(look, &kept, mails)?;
        if !front.roadmap {
            return Err(Refusal::NotFound);
        }
        let body = roadmap::outside(look, false)?;
        Ok(views::framed(&front, "roadmap", "Where it is going", body))
    });
    drawn(&at, "Roadmap", read.await)
}

pub(crate) async fn changelog(at: At, Path(key): Path<String>) -> Response {
    let (kept, mails) = (kept(&at), at.house.app.mails());
    let read = visit(&at, &key, move |look| {
        let front = front(look, &kept, mails)?;
        if !front.changelog {
            return Err(Refusal::NotFound);
        }
        let body = launch::logged(look)?;
        Ok(views::framed(&front, "changelog", "What has changed", body))
    });
    drawn(&at, "Changelog", read.await)
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).cloned().unwrap_or_default()
}

fn said(fields: &Fields, name: &str) -> Option<bool> {
    fields.get(name).map(|value| value == "true")
}

/// Counts what somebody brings who may be anybody: by who they are, or by where it comes from and where it costs somebody a
/// letter by their address, and at last by all that comes to this portal. Whoever brings too much shuts it for nobody else.
async fn admit(at: &At, key: &str, fields: &Fields, posts: bool) -> Result<Option<Uuid>> {
    let (limits, from) = (&at.house.app.limits, at.peer.counted());
    let kept = kept(at);
    let known = visit(at, key, move |look| {
        let product = look.scope.product_id()?;
        Ok(strangers::known(look, product, &kept)?.map(|visitor| visitor.meta.id))
    })
    .await?;
    // A slip of the pen is told without being counted.
    let email = if known.is_none() { people::email(&text(fields, "email"))? } else { String::new() };
    if known.is_none() || posts {
        limits.question(&from)?;
    }
    match known {
        Some(visitor) => {
            let who = format!("portal {visitor}");
            limits.voice(&who)?;
            if posts {
                limits.stranger(&who)?;
            }
        }
        None => {
            if !at.house.app.mails() {
                return Err(Refusal::invalid("email", "No letters are sent from here yet, so no address can be confirmed."));
            }
            limits.stranger(&format!("portal {from}"))?;
            limits.letter(&format!("portal {}", strangers::mailbox(&email)))?;
        }
    }
    limits.crowd(&format!("portal {key}"))?;
    Ok(known)
}

pub(crate) async fn receive(at: At, Path(key): Path<String>, Form(fields): Form<Fields>) -> Response {
    match received(&at, &key, &fields).await {
        Ok(body) => page(&at, StatusCode::OK, "Thank you", body),
        Err(refusal @ (Refusal::NotFound | Refusal::TooLarge { .. })) => refused(&at, &refusal),
        Err(refusal) => {
            // What was typed comes back, with what was wrong with it.
            let (kept, mails, says) = (kept(&at), at.house.app.mails(), refusal.sentence());
            let filled =
                Filled { title: text(&fields, "title"), body: text(&fields, "body"), name: text(&fields, "name"), email: text(&fields, "email") };
            let drawn = at.house.app.visit_open(&OPEN, key, move |look| {
                let front = front(look, &kept, mails)?;
                Ok(views::framed(&front, "", "Post something", views::post_form(&front, &filled, Some(&says))))
            });
            match drawn.await {
                Ok(body) => page(&at, errors::status(&refusal), "Post something", body),
                Err(_) => refused(&at, &refusal),
            }
        }
    }
}

async fn received(at: &At, key: &str, fields: &Fields) -> Result<Markup> {
    let known = admit(at, key, fields, true).await?;
    let (title, body, email) = (text(fields, "title"), text(fields, "body"), text(fields, "email"));
    let args = json!({ "key": key, "title": title, "body": body, "name": text(fields, "name"), "email": email, "follows": said(fields, "follows").unwrap_or(false), "kept_hash": kept(at) });
    let outcome = run(at, key, ReceivePost::NAME, args).await?;
    let own = outcome.thing(Post::TABLE).map(|thing| thing.id);
    let (kept, mails) = (kept(at), at.house.app.mails());
    let words = format!("{title} {body}");
    let waits = known.is_none();
    at.house
        .app
        .visit_open(&OPEN, key.to_owned(), move |look| {
            let front = front(look, &kept, mails)?;
            let posts = rows::alike(look, &words, own.map(Id::new))?;
            let state = if waits {
                views::Left::Mail(email)
            } else if front.portal.moderated {
                views::Left::Approval
            } else {
                views::Left::Shown
            };
            Ok(views::thanks(&front, &state, &posts))
        })
        .await
}

pub(crate) async fn speak_up(at: At, Path((key, id)): Path<(String, String)>, Form(fields): Form<Fields>) -> Response {
    let spoken = async {
        let known = admit(&at, &key, &fields, false).await?;
        let post = Id::<Post>::try_from(id.as_str())?;
        let args = json!({ "key": key, "post": post, "votes": said(&fields, "votes"), "follows": said(&fields, "follows"), "email": text(&fields, "email"), "kept_hash": kept(&at) });
        run(&at, &key, SpeakUp::NAME, args).await?;
        Ok::<_, Refusal>(known)
    };
    match spoken.await {
        Ok(Some(_)) => {
            let back = fields.get("back").filter(|back| web::text::is_ours(back) && back.starts_with(&format!("/portal/{key}")));
            Redirect::to(back.map_or(&format!("/portal/{key}/post/{id}"), |back| back)).into_response()
        }
        Ok(None) => {
            let (kept, mails, email) = (kept(&at), at.house.app.mails(), text(&fields, "email"));
            let read =
                at.house.app.visit_open(&OPEN, key, move |look| Ok(views::thanks(&front(look, &kept, mails)?, &views::Left::Mail(email), &[])));
            drawn(&at, "Thank you", read.await)
        }
        Err(Refusal::NotFound) => refused(&at, &Refusal::NotFound),
        Err(refusal) => match seen(&at, &key, &id, Some(refusal.sentence()), &text(&fields, "email")).await {
            Ok(body) => page(&at, errors::status(&refusal), "Feedback", body),
            Err(_) => refused(&at, &refusal),
        },
    }
}
