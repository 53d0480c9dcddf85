//! The pages of the club: the library, one challenge, one attempt, and one's record.

use crate::{library, library::LIBRARY, model::*, rows, shelves, view};
use kernel::{Id, Look, Mark, Noun, Result, Uuid};
use serde::Deserialize;
use web::{At, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Spot, Web, errors, get, html};

pub(crate) const PRACTICE: PageSpec = PageSpec {
    path: "/practice",
    name: "Practice",
    stand: Spot::Menu,
    icon: "target",
    under: "practice",
    live: &["attempt", "challenge"],
    sights: &[("guesstimates", "?kind=guesstimate"), ("challenge", "/airfields-brazil"), ("found", "?q=water")],
    ..PageSpec::PLAIN
};

pub(crate) const RECORD: PageSpec =
    PageSpec { path: "/practice/record", name: "Your practice", under: "practice", live: &["attempt", "day_off"], ..PageSpec::PLAIN };

pub(crate) const STRENGTHS: PageSpec =
    PageSpec { path: "/practice/strengths", name: "Strengths", under: "practice", live: &["attempt"], ..PageSpec::PLAIN };

pub(crate) const REVIEWS: PageSpec =
    PageSpec { path: "/practice/reviews", name: "Reviews", under: "practice", live: &["attempt", "peer_review"], ..PageSpec::PLAIN };

/// One challenge, which hangs on what its reader does alone.
const TASK: PageSpec = PageSpec { path: "/practice", name: "Challenge", under: "practice", live: &["attempt", "challenge"], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/practice", get(practice))
        .route("/practice/record", get(record))
        .route("/practice/going", get(going))
        .route("/practice/strengths", get(strengths))
        .route("/practice/reviews", get(reviews))
        .route("/practice/reviews/{attempt}", get(review))
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
    /// `1` for what was written in the workspace.
    pub own: String,
    /// Where a page of a discipline goes on.
    pub after: String,
}

impl Wanted {
    pub fn is_narrowed(&self) -> bool {
        !self.q.trim().is_empty() || !self.level.is_empty() || !self.done.is_empty() || !self.own.is_empty()
    }
}

async fn practice(at: At, Query(wanted): Query<Wanted>) -> Response {
    at.page(move |look| {
        let shown = view::Library {
            shown: shelves::shown(look, &wanted)?,
            ratings: rows::ratings(look)?,
            open: rows::all_open(look)?,
            products: rows::products(look)?,
        };
        Ok(Page::of(&PRACTICE, view::library(look.scope, &wanted, &shown)))
    })
    .await
}

async fn challenge(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let me = look.scope.oneself()?;
        let newest = library::task(look, &id)?;
        let open = rows::open(look, &id)?;
        let marked = rows::marked(look, &id)?;
        // What is withdrawn stays for those who have tried it.
        if newest.is_withdrawn() && open.is_none() && marked.is_empty() && !newest.is_by(me) {
            return Err(kernel::Refusal::NotFound);
        }
        // Each is shown with the edition that it was of: the answers of a later one are not told by having tried an earlier.
        let of_open = open.as_ref().filter(|open| open.edition != newest.edition()).map(|open| library::task_of(look, open)).transpose()?;
        let last = marked.first().filter(|last| last.edition != newest.edition()).map(|last| library::task_of(look, last)).transpose()?;
        let before = rows::before(look, marked.first())?;
        let reviews = reviews_of(look, marked.first())?;
        let task = of_open.as_ref().unwrap_or(&newest);
        let tried = !marked.is_empty() || rows::tried(look, &id, open.as_ref())?;
        let body = view::challenge(look.scope, (task, last.as_ref()), (open.as_ref(), tried), (&marked, &reviews), before.as_ref());
        let others = view::with_others(task, &rows::products(look)?);
        Ok(Page::of(&TASK, html! { (body) (others) }).titled(task.title()))
    })
    .await
}

async fn attempt(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let attempt = Attempt::get(look, Id::try_from(id.as_str())?)?;
        let task = library::task_of(look, &attempt)?;
        let before = rows::before(look, Some(&attempt))?;
        let tried = rows::tried(look, &attempt.challenge, Some(&attempt))?;
        let body = match attempt.is_open() {
            true => view::challenge(look.scope, (&task, None), (Some(&attempt), tried), (&[], &[]), None),
            false => {
                let reviews = reviews_of(look, Some(&attempt))?;
                view::challenge(look.scope, (&task, None), (None, tried), (std::slice::from_ref(&attempt), &reviews), before.as_ref())
            }
        };
        Ok(Page::of(&TASK, body).titled(task.title()))
    })
    .await
}

/// The reviews of one's own answer, where it was shared.
fn reviews_of(look: &mut Look, attempt: Option<&Attempt>) -> Result<Vec<PeerReview>> {
    match attempt.filter(|attempt| attempt.shared_at.is_some()) {
        Some(attempt) => rows::reviews_of(look, attempt.id()),
        None => Ok(vec![]),
    }
}

async fn strengths(at: At) -> Response {
    at.page(|look| Ok(Page::of(&STRENGTHS, view::strengths(&rows::recent(look)?)))).await
}

async fn reviews(at: At) -> Response {
    at.page(|look| {
        let waiting = rows::waiting(look)?;
        let done = rows::handed_in(look)?;
        let given = rows::given_reviews(look)?;
        Ok(Page::of(&REVIEWS, view::reviews(look.scope, &waiting, &done, &given)))
    })
    .await
}

/// An answer of another: to be marked, or beside what both have said of it.
async fn review(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let attempt = rows::shared(look, Id::try_from(id.as_str())?)?;
        let task = library::task_of(look, &attempt)?;
        let reviews = rows::reviews_of(look, attempt.id())?;
        // Whoever has not written one themself would read what spoils it.
        if !rows::has_handed_in(look, &attempt.challenge, attempt.edition)? {
            return Err(kernel::Refusal::NotFound);
        }
        let me = look.scope.oneself()?;
        let shared = view::Shared { task: &task, attempt: &attempt, reviews: &reviews, me };
        Ok(Page::of(&REVIEWS, view::review(&shared)).titled(task.title()))
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
