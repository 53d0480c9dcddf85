//! The pages of the club: the library, one challenge, one attempt, and one's record.

use crate::{library, library::LIBRARY, model::*, rows, view};
use kernel::{Id, Mark, Noun, Uuid};
use serde::Deserialize;
use web::{At, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Spot, Web, errors, get, when};

pub(crate) const PRACTICE: PageSpec = PageSpec {
    path: "/practice",
    name: "Practice",
    stand: Spot::Menu,
    icon: "target",
    under: "practice",
    live: &["attempt"],
    sights: &[("guesstimates", "?kind=guesstimate"), ("challenge", "/airfields-brazil"), ("found", "?q=water")],
    ..PageSpec::PLAIN
};

pub(crate) const RECORD: PageSpec =
    PageSpec { path: "/practice/record", name: "Your practice", under: "practice", live: &["attempt", "day_off"], ..PageSpec::PLAIN };

/// One challenge, which hangs on what its reader does alone.
const TASK: PageSpec = PageSpec { path: "/practice", name: "Challenge", under: "practice", live: &["attempt"], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/practice", get(practice))
        .route("/practice/record", get(record))
        .route("/practice/going", get(going))
        .route("/practice/{challenge}", get(challenge))
        .route("/practice/attempts/{attempt}", get(attempt))
}

/// What the library is narrowed by.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    pub kind: String,
    pub q: String,
    pub level: String,
    /// `new` for what has not been tried.
    pub done: String,
}

async fn practice(at: At, Query(wanted): Query<Wanted>) -> Response {
    at.page(move |look| {
        let shown = view::Shelf {
            done: rows::done(look)?,
            ratings: rows::ratings(look)?,
            open: rows::all_open(look)?,
            today: when::days_between("1970-01-01", &when::day_in(look.now(), &look.scope.who.zone)),
        };
        Ok(Page::of(&PRACTICE, view::library(look.scope, &wanted, &shown)))
    })
    .await
}

async fn challenge(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let task = library::task(&id)?;
        look.scope.oneself()?;
        let open = rows::open(look, &id)?;
        let marked = rows::marked(look, &id)?;
        let before = rows::before(look, marked.first())?;
        let body = view::challenge(look.scope, &task, open.as_ref(), &marked, before.as_ref());
        Ok(Page::of(&TASK, body).titled(task.title()))
    })
    .await
}

async fn attempt(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let attempt = Attempt::get(look, Id::try_from(id.as_str())?)?;
        let task = library::task(&attempt.challenge)?;
        let before = rows::before(look, Some(&attempt))?;
        let body = match attempt.is_open() {
            true => view::challenge(look.scope, &task, Some(&attempt), &[], None),
            false => view::challenge(look.scope, &task, None, std::slice::from_ref(&attempt), before.as_ref()),
        };
        Ok(Page::of(&TASK, body).titled(task.title()))
    })
    .await
}

/// On to what was begun last.
async fn going(at: At) -> Response {
    match at.read(|look| Ok(rows::all_open(look)?.into_iter().next())).await {
        Ok(Some(attempt)) => Redirect::to(&format!("/practice/{}", attempt.challenge)).into_response(),
        Ok(None) => Redirect::to("/practice").into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

async fn record(at: At, Query(asked): Query<After>) -> Response {
    at.page(move |look| {
        let shown = view::Record {
            history: rows::history(look, Mark::read(&asked.after)?.as_ref())?,
            ratings: rows::ratings(look)?,
            hits: rows::hits(look)?,
            streak: rows::streak(look)?,
        };
        Ok(Page::of(&RECORD, view::record(look.scope, &shown)))
    })
    .await
}

/// The next drill that has not been answered, after one.
pub(crate) fn next_drill(done: impl Fn(&str) -> bool, after: &str) -> Option<&'static str> {
    let drills: Vec<&str> = LIBRARY.iter().filter(|one| one.kind == challenge::Kind::Drill).map(|one| one.id.as_str()).collect();
    let at = drills.iter().position(|id| *id == after).map_or(0, |at| at + 1);
    let turned = drills[at..].iter().chain(&drills[..at.min(drills.len())]);
    turned.copied().find(|id| *id != after && !done(id))
}

/// An id as forms send it.
pub(crate) fn sent(id: Uuid) -> String {
    id.simple().to_string()
}
