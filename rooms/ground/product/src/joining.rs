//! The page behind an invitation's link: a new person makes an account, a member comes in as the one they are.

use crate::{
    invitations::{AcceptAsMember, AcceptInvitation},
    joining_view, rows,
};
use kernel::{Hat, Id, Look, Noun, Refusal, Result};
use people::{TicketKind, dead_link, run_inside};
use serde::Deserialize;
use web::{
    At, Form, IntoResponse, Page, Path, Redirect, Response, Router, Web,
    app::{Ask, secret},
    auth, errors, get,
    http::header,
};

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/join/{word}", get(join_form).post(join))
}

/// What someone is invited to, and who opened the link.
#[derive(Clone)]
pub(crate) struct Welcome {
    pub email: String,
    /// Whether the address has an account.
    pub known: bool,
    /// Where the invitation is to a product.
    pub product: Option<Invited>,
    pub reader: Option<Reader>,
}

#[derive(Clone)]
pub(crate) struct Invited {
    pub key: String,
    pub name: String,
    pub hats: Vec<Hat>,
}

/// Whoever is signed in.
#[derive(Clone)]
pub(crate) struct Reader {
    pub name: String,
    pub email: String,
    /// They belong to the product already.
    pub belongs: bool,
}

fn welcome(look: &mut Look, word: &str) -> Result<Welcome> {
    let ticket = people::ticket(look, &secret::hash(word), TicketKind::Invitation)?;
    let product = match ticket.meta.product {
        Some(id) => Some(rows::agreed(look.reader, id)?.0),
        None => None,
    };
    let reader = match look.scope.who.member {
        Some(me) => {
            let member = people::member(look.reader, Id::new(me))?;
            let belongs = rows::memberships_of(look.reader, member.id())?.iter().any(|m| m.meta.product == ticket.meta.product);
            Some(Reader { belongs: belongs && product.is_some(), name: member.name, email: member.email })
        }
        None => None,
    };
    Ok(Welcome {
        known: people::person_by_email(look.reader, &ticket.email)?.is_some(),
        email: ticket.email,
        product: product.map(|p| Invited { key: p.key, name: p.name, hats: ticket.hats.0 }),
        reader,
    })
}

/// Where whoever used this link themselves was led by it.
fn used_by_me(look: &mut Look, word: &str) -> Result<Option<String>> {
    let Some(me) = look.scope.who.member else { return Ok(None) };
    let ticket = people::ever(look.reader, &secret::hash(word), TicketKind::Invitation)?;
    match ticket.filter(|t| t.used_at.is_some() && t.member == Some(Id::new(me))).and_then(|t| t.meta.product) {
        Some(product) => Ok(rows::products_of(look)?.into_iter().find(|p| p.meta.id == product).map(|p| format!("/{}/", p.key))),
        None => Ok(None),
    }
}

async fn join_form(at: At, Path(word): Path<String>) -> Response {
    let shown = word.clone();
    match at.read(move |look| welcome(look, &word)).await {
        Ok(welcome) => at.page(move |_| Ok(page(&shown, &welcome, "", None))).await,
        Err(refusal) => not_joined(&at, shown, refusal).await,
    }
}

fn page(word: &str, welcome: &Welcome, name: &str, wrong: Option<&str>) -> Page {
    Page::bare("Join", joining_view::join(word, welcome, name, wrong))
}

async fn not_joined(at: &At, word: String, refusal: Refusal) -> Response {
    match at.read(move |look| used_by_me(look, &word)).await {
        Ok(Some(to)) => Redirect::to(&to).into_response(),
        _ => dead_link(at, refusal).await,
    }
}

#[derive(Clone, Default, Deserialize)]
pub(crate) struct Joining {
    /// `member`: as whoever is signed in, instead of with a new account.
    #[serde(default, rename = "as")]
    way: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    zone: String,
}

async fn join(at: At, Path(word): Path<String>, Form(form): Form<Joining>) -> Response {
    let shown = word.clone();
    let welcome = match at.read(move |look| welcome(look, &word)).await {
        Ok(welcome) => welcome,
        Err(refusal) => return not_joined(&at, shown, refusal).await,
    };
    let home = welcome.product.as_ref().map_or("/".to_owned(), |p| format!("/{}/", p.key));
    let joined = match form.way.as_str() {
        "member" => as_member(&at, &shown).await.map(|()| None),
        _ => with_account(&at, &shown, form.clone()).await.map(Some),
    };
    match joined {
        Ok(session) => {
            let mut response = Redirect::to(&home).into_response();
            if let Some(session) = session {
                auth::open(&at, &mut response, &session);
            }
            response
        }
        // Somebody else was faster, or it was taken back while this was filled in.
        Err(refusal @ Refusal::Denied { .. }) => not_joined(&at, shown, refusal).await,
        Err(refusal) => errors::framed(&at, errors::status(&refusal), page(&shown, &welcome, &form.name, Some(&refusal.sentence()))).await,
    }
}

async fn as_member(at: &At, word: &str) -> Result<()> {
    at.house.app.limits.from(&at.peer.counted())?;
    at.house.app.run(&at.visitor, Ask::of(None, &AcceptAsMember { token_hash: secret::hash(word) })?).await.map(drop)
}

/// With a new account; the word of its first session.
async fn with_account(at: &At, word: &str, form: Joining) -> Result<String> {
    at.house.app.limits.from(&at.peer.counted())?;
    people::password(&form.password)?;
    let password_hash = secret::hash_password(form.password).await?;
    let agent = at.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let accept = AcceptInvitation { token_hash: secret::hash(word), name: form.name.into(), password_hash, agent, zone: form.zone };
    Ok(run_inside(&at.house.app, &accept).await?.unwrap_or_default())
}
