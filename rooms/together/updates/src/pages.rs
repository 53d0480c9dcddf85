//! The stream of updates, one of them, and the page on which one is written.

use crate::{
    audience::Audible,
    drafts,
    model::*,
    reading::{self, Bet},
    rows, views,
    wishes::{self, StopLetters, UpdateWish},
    write_view,
};
use kernel::{Area, Id, Noun, Refusal, Result, seen};
use notices::Around;
use people::Names;
use serde::Deserialize;
use stakeholders::EndLetters;
use web::{Ask, At, Page, PageSpec, Path, Query, Response, Router, Spot, Visitor, Web, Wing, app::Worked, errors, get};

pub(crate) const UPDATES: PageSpec = PageSpec {
    path: "updates",
    name: "Updates",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "file-text",
    go: "l",
    live: &["product_update", "comment", "reaction", "attachment", "update_question"],
    areas: &[Area::Announcements, Area::Progress],
    ..PageSpec::PLAIN
};

pub(crate) const WRITE: PageSpec = PageSpec {
    path: "updates/write",
    name: "Write an update",
    wing: Wing::Both,
    under: "updates",
    live: &["update_draft"],
    calm: true,
    areas: &[Area::Announcements, Area::Progress],
    sights: &[("progress", "?kind=progress")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/updates", get(stream))
        .route("/{product}/updates/write", get(write))
        .route("/updates/stop/{wish}", get(stop_form).post(stop))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    /// One that is to be shown whole.
    #[serde(default)]
    show: String,
}

async fn stream(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        if !q.show.is_empty() {
            let (update, called) = rows::one(look, Id::try_from(q.show.as_str())?)?;
            let names = Names::of(look, [update.body.as_str()].into_iter())?;
            let around = Around::read(look, Update::TABLE, [update.meta.id])?;
            let taken = customers::taken_from(look, around.talk(update.meta.id).iter().map(|said| said.comment.meta.id))?;
            let asked = rows::asked_by_link(look, &update)?;
            let told = update.told.clone();
            let read = views::Reads {
                have: seen::how_many_read(look, update.meta.id, &told)?,
                is_new: look.scope.oneself().is_ok() && !seen::has_read(look, update.meta.id)?,
            };
            let body = views::one(look.scope, &update, &called, &names, (&around, &read, &taken, &asked));
            return Ok(Page::of(&UPDATES, body).titled(update.title));
        }
        let kind = Kind::parse(&q.kind);
        let stream = rows::stream(look, kind)?;
        let names = Names::of(look, stream.updates.iter().map(|update| update.body.as_str()))?;
        let letters = match look.scope.oneself() {
            Ok(_) => Some(wishes::own(look)?.is_none_or(|wish| wish.stopped_at.is_none())),
            Err(_) => None,
        };
        Ok(Page::of(&UPDATES, views::stream(look.scope, &stream, kind, (&names, letters))).primary(views::begin(look.scope)))
    })
    .await
}

/// What is written: what is asked for, or else what is most a matter of the hat that is worn. Of whoever may write one kind only
/// that one, and of others nothing.
fn kind_of(scope: &kernel::Scope, asked: &str) -> Option<Kind> {
    let worn = |kind: &Kind| scope.who.worn.map(|hat| scope.matrix.standing(kind.area(), hat));
    let mut all = Kind::ALL.to_vec();
    all.sort_by_key(|kind| std::cmp::Reverse((worn(kind), scope.standing(kind.area()).1)));
    Kind::parse(asked).into_iter().chain(all).find(|kind| drafts::writes(scope, *kind))
}

async fn write(at: At, Query(q): Query<Asked>) -> Response {
    let bets = match outlook(&at).await {
        Ok(bets) => bets,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| {
        let Some(kind) = kind_of(look.scope, &q.kind) else { return Ok(Page::of(&WRITE, write_view::for_others())) };
        let drafted = reading::drafted(look, kind, &bets)?;
        let (kept, among) = (drafts::own(look, kind)?, Audible::offered(look)?);
        Ok(Page::of(&WRITE, write_view::page(look.scope, kind, &drafted, kept.as_ref(), &among)))
    })
    .await
}

/// The bets that were promised until a day, with the day by which they are likely done, as far as that is known in a moment.
async fn outlook(at: &At) -> Result<Vec<Bet>> {
    let promised = at.read(reports::promised).await?;
    let Some(Worked::Done(likely)) = reports::likely(at, &promised).await? else { return Ok(vec![]) };
    let bet = |(n, bet): (usize, &reports::Bet)| Some((bet.number, bet.title.clone(), bet.until.clone()?, likely.surely_by(n)?));
    Ok(promised.bets().iter().enumerate().filter_map(bet).collect())
}

/// A link in a letter only asks; what ends the letters is a press of its button, or the mail program's own.
async fn stop_form(at: At, Path(id): Path<String>) -> Response {
    let id = match Id::<UpdateWish>::try_from(id.as_str()) {
        Ok(id) => id,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    let read = move |look: &mut kernel::Look| {
        let come = wishes::wish(look, id).is_ok_and(|wish| wish.stopped_at.is_none()) || stakeholders::takes_letters(look, Id::new(id.0));
        Ok(Page::bare(LETTERS, views::stop_letters(come)))
    };
    at.page(read).await
}

const LETTERS: &str = "Updates as letters";

async fn end(at: &At, ask: kernel::Result<Ask>) -> kernel::Result<web::app::Outcome> {
    at.house.app.run(&Visitor::nobody(kernel::Door::Page), ask?).await
}

async fn stop(at: At, Path(id): Path<String>) -> Response {
    let mut stopped = end(&at, Id::try_from(id.as_str()).and_then(|wish| Ask::of(None, &StopLetters { wish }))).await;
    // The letter went to a member, or to a stakeholder without an account.
    if let Err(Refusal::NotFound) = stopped {
        stopped = end(&at, Id::try_from(id.as_str()).and_then(|stakeholder| Ask::of(None, &EndLetters { stakeholder }))).await;
    }
    match stopped {
        // What is not there any more comes no more either.
        Ok(_) | Err(Refusal::NotFound) => at.page(|_| Ok(Page::bare(LETTERS, views::stop_letters(false)))).await,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
