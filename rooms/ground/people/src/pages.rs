//! Signing in and out, joining, a new password, one's account, all accounts.

use crate::{digests, digests::StopDigest, erasing, letters::AskForLink, model::*, passwords::*, rows, sessions::*, views};
use kernel::{Id, Mark, Noun, Refusal, Result};
use serde::Deserialize;
use web::{
    App, Ask, At, Form, IntoResponse, Markup, Outcome, Page, PageSpec, Path, Query, Redirect, Response, Router, SESSION, Spot, Visitor, Web,
    app::secret,
    auth, errors, get,
    http::{HeaderMap, header},
    post, text,
};

pub(crate) const ACCOUNT: PageSpec =
    PageSpec { path: "/account", name: "Your account", stand: Spot::Menu, icon: "circle-user", under: "account", ..PageSpec::PLAIN };
pub(crate) const MEMBERS: PageSpec = PageSpec {
    path: "/members",
    name: "All accounts",
    stand: Spot::Menu,
    icon: "users",
    under: "members",
    live: &["member"],
    administrators: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(sign_in_form).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/new-password", get(forgotten_form).post(forgotten))
        .route("/new-password/{word}", get(reset_form).post(reset))
        .route("/enter/{word}", get(enter_form).post(enter))
        .route("/letters/stop/{digest}", get(stop_form).post(stop))
        .route("/account", get(account))
        .route("/account/password", post(change_password))
        .route("/members", get(members))
        .route("/members/{member}/erasure", get(erasing::page))
}

#[derive(Deserialize)]
pub struct To {
    #[serde(default)]
    to: String,
}

async fn sign_in_form(at: At, Query(to): Query<To>) -> Response {
    at.page(move |look| {
        Ok(Page::bare(
            "Sign in",
            match rows::nobody_yet(look.reader)? {
                true => views::nobody_yet(),
                false => views::sign_in(&to.to, "", None),
            },
        ))
    })
    .await
}

#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    to: String,
}

async fn sign_in(at: At, Form(form): Form<SignIn>) -> Response {
    match check_password(&at, &form).await {
        Ok(word) => {
            let mut response = Redirect::to(if text::is_ours(&form.to) { &form.to } else { "/" }).into_response();
            auth::open(&at, &mut response, &word);
            response
        }
        Err(refusal) => {
            let mut wrong = refusal.sentence();
            if matches!(refusal, Refusal::TooMany { .. }) && at.house.app.mails() {
                wrong.push_str(" If there is an account with this address, a link that signs you in is on its way to it.");
            }
            let page = Page::bare("Sign in", views::sign_in(&form.to, &form.email, Some(&wrong)));
            errors::framed(&at, errors::status(&refusal), page).await
        }
    }
}

async fn check_password(at: &At, form: &SignIn) -> Result<String> {
    let wrong = || Refusal::invalid("password", "This e-mail address and password do not fit together.");
    let address = email(&form.email).map_err(|_| wrong())?;
    let (wanted, shown) = (address.clone(), web::cookie(&at.headers, auth::DEVICE).map(secret::hash));
    let nobody = Visitor::nobody(kernel::Door::Page);
    let (known, device) = at
        .house
        .app
        .ask(&nobody, None, move |look| {
            let known = rows::person_by_email(look.reader, &wanted)?;
            let device = match (&known, shown) {
                (Some(member), Some(shown)) if rows::was_opened(look.reader, member.id(), &shown)? => Some(shown),
                _ => None,
            };
            Ok((known, device))
        })
        .await?;
    if let Err(refusal) = at.house.app.limits.password(&address, device.as_deref(), &at.peer.counted()) {
        // Whoever is kept waiting by others' tries has another way in.
        mail_link(at, &address, TicketKind::SignIn).await?;
        return Err(refusal);
    }
    let hash = known.as_ref().and_then(|m| m.password_hash.clone());
    match (secret::verify_password(form.password.clone(), hash).await?, known) {
        (true, Some(member)) => open_session(&at.house.app, member.id(), &at.headers).await,
        _ => Err(wrong()),
    }
}

/// Has a link mailed, if mail is set up. Whether somebody has this address is found out when the letter is written, so
/// the answer is the same for all of them and takes as long.
async fn mail_link(at: &At, address: &str, kind: TicketKind) -> Result<()> {
    if !at.house.app.mails() || at.house.app.limits.letter(address).is_err() {
        return Ok(());
    }
    run_inside(&at.house.app, &AskForLink { email: address.to_owned(), kind }).await.map(drop)
}

/// Opens a session and returns the word for the cookie.
pub async fn open_session(app: &App, member: Id<Member>, headers: &HeaderMap) -> Result<String> {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("unknown device").to_owned();
    run_inside(app, &OpenSession { member, agent }).await?.ok_or_else(|| Refusal::broken("a session without a word"))
}

/// Runs a command that only our pages may run; returns what it reveals.
pub async fn run_inside<C: kernel::Command>(app: &App, command: &C) -> Result<Option<String>> {
    match app.run(&Visitor::nobody(kernel::Door::Page), Ask::of(None, command)?).await? {
        Outcome::Done(done) => Ok(done.reveal),
        Outcome::Proposed(_) => Ok(None),
    }
}

async fn sign_out(at: At) -> Response {
    if let Some(word) = web::cookie(&at.headers, SESSION) {
        let ended = run_inside(&at.house.app, &EndSession { token_hash: secret::hash(word) }).await;
        if let Err(refusal) = ended {
            return errors::page(&at, refusal).await;
        }
    }
    let mut response = Redirect::to("/sign-in").into_response();
    auth::close(&mut response);
    response
}

#[derive(Deserialize)]
pub struct Forgotten {
    email: String,
}

async fn forgotten_form(at: At) -> Response {
    let mail = at.house.app.mails();
    at.page(move |_| Ok(Page::bare("New password", views::forgotten(mail, false)))).await
}

/// Answers the same whether the address is known or not.
async fn forgotten(at: At, Form(form): Form<Forgotten>) -> Response {
    if let Err(refusal) = at.house.app.limits.from(&at.peer.counted()) {
        return errors::page(&at, refusal).await;
    }
    if let Ok(address) = email(&form.email)
        && let Err(refusal) = mail_link(&at, &address, TicketKind::Reset).await
    {
        return errors::page(&at, refusal).await;
    }
    let mail = at.house.app.mails();
    at.page(move |_| Ok(Page::bare("New password", views::forgotten(mail, true)))).await
}

/// A link that opens nothing, as a page of its own; other refusals as everywhere.
pub async fn dead_link(at: &At, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Denied { .. } if !at.scripted => {
            errors::framed(at, errors::status(&refusal), Page::bare("This link does not work", views::dead_link(&refusal.sentence()))).await
        }
        other => errors::page(at, other).await,
    }
}

/// Shows what a link is for, as long as it works.
async fn opened(at: At, word: String, kind: TicketKind, title: &'static str, show: fn(&str) -> Markup) -> Response {
    match at.read(move |look| rows::ticket(look, &secret::hash(&word), kind)).await {
        Ok(ticket) => at.page(move |_| Ok(Page::bare(title, show(&ticket.email)))).await,
        Err(refusal) => dead_link(&at, refusal).await,
    }
}

async fn reset_form(at: At, Path(word): Path<String>) -> Response {
    opened(at, word, TicketKind::Reset, "New password", |email| views::new_password(email, None)).await
}

#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
}

async fn reset(at: At, Path(word): Path<String>, Form(form): Form<NewPassword>) -> Response {
    match set_new(&at, &word, form.password).await {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(refusal @ Refusal::Denied { .. }) => dead_link(&at, refusal).await,
        Err(refusal) => {
            let page = Page::bare("New password", views::new_password("your account", Some(&refusal.sentence())));
            errors::framed(&at, errors::status(&refusal), page).await
        }
    }
}

async fn set_new(at: &At, word: &str, typed: String) -> Result<()> {
    at.house.app.limits.from(&at.peer.counted())?;
    password(&typed)?;
    let hash = secret::hash(word);
    at.house.app.ask(&at.visitor, None, move |look| rows::ticket(look, &hash, TicketKind::Reset)).await?;
    let password_hash = secret::hash_password(typed).await?;
    run_inside(&at.house.app, &ResetPassword { token_hash: secret::hash(word), password_hash }).await.map(drop)
}

async fn enter_form(at: At, Path(word): Path<String>) -> Response {
    opened(at, word, TicketKind::SignIn, "Sign in", views::enter).await
}

/// A sign-in link works once, and only when its button is pressed, so that previews do not use it up.
async fn enter(at: At, Path(word): Path<String>) -> Response {
    if let Err(refusal) = at.house.app.limits.from(&at.peer.counted()) {
        return errors::page(&at, refusal).await;
    }
    let agent = at.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("unknown device").to_owned();
    match run_inside(&at.house.app, &EnterWithTicket { token_hash: secret::hash(&word), agent }).await {
        Ok(session) => {
            let mut response = Redirect::to("/").into_response();
            auth::open(&at, &mut response, &session.unwrap_or_default());
            response
        }
        Err(refusal) => dead_link(&at, refusal).await,
    }
}

/// A link in a letter only asks; what ends the letters is a press of its button, or the mail program's own.
async fn stop_form(at: At, Path(id): Path<String>) -> Response {
    let id = match Id::try_from(id.as_str()) {
        Ok(id) => id,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| Ok(Page::bare("Letters in the morning", views::stop_letters(digests::digest(look, id).is_ok())))).await
}

async fn stop(at: At, Path(id): Path<String>) -> Response {
    let stopped = match Id::try_from(id.as_str()) {
        Ok(digest) => run_inside(&at.house.app, &StopDigest { digest }).await,
        Err(refusal) => Err(refusal),
    };
    match stopped {
        // Stopped before is stopped too.
        Ok(_) | Err(Refusal::NotFound) => at.page(|_| Ok(Page::bare("Letters in the morning", views::stop_letters(false)))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn account(at: At) -> Response {
    let own = match &at.visitor.credential {
        web::app::Credential::Session(hash) => Some(hash.clone()),
        _ => None,
    };
    let mails = at.house.app.mails();
    at.page(move |look| {
        let me = Id::new(look.scope.who.signed_in()?);
        let member = rows::member(look.reader, me)?;
        let tokens = rows::tokens(look.reader, me)?;
        let products = web::app::products_of(look)?;
        let sessions = rows::open_sessions(look.reader, me, look.scope.now)?;
        let letters = (mails, digests::digest_of(look, me)?.is_some());
        Ok(Page::of(&ACCOUNT, views::account(look.scope, &member, &tokens, &products, &sessions, own.as_deref(), letters)))
    })
    .await
}

#[derive(Deserialize)]
pub struct ChangePassword {
    current: String,
    password: String,
}

async fn change_password(at: At, Form(form): Form<ChangePassword>) -> Response {
    match change(&at, form).await {
        Ok(word) => {
            let mut response = Redirect::to("/account").into_response();
            auth::open(&at, &mut response, &word);
            response
        }
        Err(refusal) => {
            let page = Page::of(&ACCOUNT, views::change_password(Some(&refusal.sentence()))).titled("Your password was not changed");
            errors::framed(&at, errors::status(&refusal), page).await
        }
    }
}

async fn change(at: &At, form: ChangePassword) -> Result<String> {
    let member = at.house.app.ask(&at.visitor, None, |look| rows::member(look.reader, Id::new(look.scope.who.signed_in()?))).await?;
    at.house.app.limits.password(&member.email, Some(&format!("{:?}", at.visitor.credential)), &at.peer.counted())?;
    if !secret::verify_password(form.current, member.password_hash.clone()).await? {
        return Err(Refusal::invalid("current", "The current password is not right."));
    }
    password(&form.password)?;
    let password_hash = secret::hash_password(form.password).await?;
    run_inside(&at.house.app, &SetPassword { member: member.id(), password_hash }).await?;
    open_session(&at.house.app, member.id(), &at.headers).await
}

/// Which accounts to show.
#[derive(Default, Deserialize)]
pub struct Sought {
    /// Part of a name or an address.
    #[serde(default)]
    pub people: String,
    /// Where the last page ended.
    #[serde(default)]
    after: String,
}

async fn members(at: At, Query(sought): Query<Sought>) -> Response {
    at.page(move |look| {
        let page = rows::accounts(look.reader, &sought.people, Mark::read(&sought.after)?.as_ref())?;
        let former = if look.scope.who.administrator { erasing::former_members(look.reader)? } else { vec![] };
        Ok(Page::of(&MEMBERS, views::members(look.scope, &page, &sought.people, sought.after.is_empty(), &former)))
    })
    .await
}
