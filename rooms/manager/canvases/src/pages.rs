//! The pages of canvases and of risks.

use crate::{
    canvas_views::{self, Beside, Whom},
    markdown,
    model::*,
    note_view::{self, Known},
    past, past_view, risk_views,
    rows::{self, Whole},
};
use customers::Segment;
use kernel::{Id, Look, Noun, Refusal, Result};
use notices::Around;
use roadmap::{BetState, Initiative};
use serde::Deserialize;
use web::{At, IntoResponse, Markup, Page, PageSpec, Path, Query, Response, Router, Web, Wing, errors, get, http::header, when};

pub(crate) const CANVASES: PageSpec = PageSpec {
    path: "canvases",
    name: "Canvases",
    wing: Wing::Manager,
    under: "strategy",
    live: &[
        "canvas",
        "canvas_note",
        "relation",
        "initiative",
        "feature",
        "need",
        "risk",
        "assumption_test",
        "evidence",
        "comment",
        "reaction",
        "attachment",
    ],
    areas: &[AREA],
    wide: true,
    ..PageSpec::PLAIN
};

pub(crate) const RISKS: PageSpec = PageSpec {
    path: "risks",
    name: "Risks",
    wing: Wing::Manager,
    under: "strategy",
    live: &["risk", "canvas_note", "membership", "comment", "reaction", "attachment"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/canvases", get(canvases))
        .route("/{product}/canvases/{canvas}/canvas.md", get(file))
        .route("/{product}/risks", get(risks))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A canvas that is shown whole.
    show: String,
    /// A note, or a risk, in the panel.
    open: String,
    /// A past day: the canvas as it stood at its end.
    as_of: String,
}

async fn canvases(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let note = match q.open.as_str() {
            "" => None,
            id => Some(CanvasNote::get(look, Id::try_from(id)?)?),
        };
        let id = match (q.show.as_str(), &note) {
            ("", None) => None,
            ("", Some(note)) => Some(note.canvas),
            (show, _) => Some(Id::<Canvas>::try_from(show)?),
        };
        match (id, q.as_of.as_str()) {
            (None, _) => {
                let listed = rows::canvases(look)?;
                let whom = whom(look)?;
                Ok(Page::of(&CANVASES, canvas_views::page(look.scope, &listed)).primary(canvas_views::begin_button(look.scope, &whom)))
            }
            (Some(id), "") => one(look, id, note),
            (Some(id), day) => as_it_was(look, id, day),
        }
    })
    .await
}

fn whom(look: &mut Look) -> Result<Whom> {
    Ok(Whom { segments: Segment::all(look, "order by lower(name), id", &[])?, personas: research::personas(look)? })
}

fn one(look: &mut Look, id: Id<Canvas>, note: Option<CanvasNote>) -> Result<Page> {
    let whole = rows::whole(look, id)?;
    let fit = whole.fit(look);
    let panel = match note {
        // One of another canvas has nothing to do here.
        Some(note) if note.canvas != id => return Err(Refusal::NotFound),
        Some(note) => Some(panel(look, &whole, fit.as_ref(), &note)?),
        None => None,
    };
    let around = Around::read(look, Canvas::TABLE, [whole.canvas.meta.id])?;
    let history = activity::history(look, whole.canvas.meta.id, 50)?;
    let whom = whom(look)?;
    let body = canvas_views::one(look.scope, &whole, fit.as_ref(), &Beside { around: &around, history: &history, whom: &whom });
    Ok(Page::of(&CANVASES, body).titled(whole.canvas.title).panel(panel))
}

fn panel(look: &mut Look, whole: &Whole, fit: Option<&crate::Fit>, note: &CanvasNote) -> Result<Markup> {
    let behind = customers::supporting(look, note.meta.id, rows::BEHIND)?;
    let bets: Vec<Initiative> = roadmap::initiatives(look)?.into_iter().filter(|bet| bet.state == BetState::Open).collect();
    let history = activity::history(look, note.meta.id, 50)?;
    Ok(note_view::panel(look.scope, note, &Known { whole, fit, behind: &behind, bets: &bets, history: &history }))
}

fn as_it_was(look: &mut Look, id: Id<Canvas>, day: &str) -> Result<Page> {
    let at = when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?;
    let now = Canvas::get(look, id)?;
    let Some(then) = past::whole_then(look, id, at)? else {
        return Ok(Page::of(&CANVASES, past_view::not_yet(look.scope, &now, day)).titled(now.title).still());
    };
    let today = rows::whole(look, id)?;
    let fits = (then.fit(look), today.fit(look));
    let body = past_view::page(look.scope, (&then, fits.0.as_ref()), (&today, fits.1.as_ref()), day);
    Ok(Page::of(&CANVASES, body).titled(then.canvas.title).still())
}

async fn file(at: At, Path((_, canvas)): Path<(String, String)>) -> Response {
    let text = at.read(move |look| {
        let whole = rows::whole(look, Id::try_from(canvas.as_str())?)?;
        Ok(markdown::markdown(look, &whole))
    });
    match text.await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn risks(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let risks = rows::risks(look)?;
        let people = people::to_choose(look, risks.iter().filter_map(|risk| risk.owner.map(|owner| owner.0)))?;
        let panel = match q.open.as_str() {
            "" => None,
            id => {
                let risk = Risk::get(look, Id::try_from(id)?)?;
                let origin = rows::origin(look, risk.id())?;
                let around = Around::read(look, Risk::TABLE, [risk.meta.id])?;
                let history = activity::history(look, risk.meta.id, 50)?;
                Some(risk_views::panel(look.scope, &risk, origin.as_ref(), &people, (&around, &history)))
            }
        };
        let body = risk_views::page(look.scope, &risks, &people);
        Ok(Page::of(&RISKS, body).primary(risk_views::add_button(look.scope, &people)).panel(panel))
    })
    .await
}
