//! Notices as a page, the bell by itself, whom a text can name, and the way out of letters.

use crate::{model::NoticeWish, rows, views, wishes, wishes::StopMail};
use kernel::{Hat, Id, Mark, Refusal};
use serde::Deserialize;
use web::{Ask, At, IntoResponse, Outcome, Page, PageSpec, Path, Query, Response, Router, Spot, Visitor, Web, errors, get};

pub(crate) const NOTICES: PageSpec = PageSpec {
    path: "/notices",
    name: "Notices",
    stand: Spot::Menu,
    icon: "bell",
    under: "notices",
    live: &["notice"],
    sights: &[("unread", "?only=unread")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/notices", get(notices))
        .route("/notices/bell", get(bell))
        .route("/notices/stop/{wish}", get(stop_form).post(stop))
        .route("/{product}/names", get(names))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    after: String,
}

async fn notices(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| {
        let only = asked.only == "unread";
        let page = rows::latest(look, Mark::read(&asked.after)?.as_ref(), only)?;
        let unread = kernel::seen::unread(look)?;
        let products = web::app::products_of(look)?;
        Ok(Page::of(&NOTICES, views::page(look.scope, &page, only, unread, &products)).primary(views::read_all(unread)))
    })
    .await
}

/// The bell as it is now, for whoever hears that there is something new.
async fn bell(at: At) -> Response {
    match at.read(kernel::seen::unread).await {
        Ok(unread) => web::bell(unread).into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// So many are offered.
const MOST: usize = 7;

/// Whom a text can name: people and hats whose name begins so.
async fn names(at: At, Query(typed): Query<Typed>) -> Response {
    let read = at.read(move |look| {
        let words = typed.q.trim().to_lowercase();
        let people = rows::people_beginning(look, &words, MOST)?;
        let hats: Vec<Hat> =
            Hat::ALL.iter().copied().filter(|hat| look.scope.held.contains(hat) && hat.title().to_lowercase().starts_with(&words)).collect();
        Ok(views::names(&people, &hats))
    });
    match read.await {
        Ok(markup) => markup.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// A link in a letter only asks; what ends the letters is a press of its button, or the mail program's own.
async fn stop_form(at: At, Path(id): Path<String>) -> Response {
    match Id::<NoticeWish>::try_from(id.as_str()) {
        Ok(id) => at.page(move |look| Ok(Page::bare("Letters at once", views::stop_letters(wishes::wish(look, id).is_ok())))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn stop(at: At, Path(id): Path<String>) -> Response {
    let stopped = match Id::try_from(id.as_str()).and_then(|wish| Ask::of(None, &StopMail { wish })) {
        Ok(ask) => at.house.app.run(&Visitor::nobody(kernel::Door::Page), ask).await,
        Err(refusal) => Err(refusal),
    };
    match stopped {
        Ok(Outcome::Done(_) | Outcome::Proposed(_)) | Err(Refusal::NotFound) => {
            at.page(|_| Ok(Page::bare("Letters at once", views::stop_letters(false)))).await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
