//! The inbox and the landscape.

use crate::{
    alike,
    inbox_rows::{self, Shelf},
    landscape::{self, Measure},
    rows,
    scores::Landscape,
    triage_view, views, who_rows,
};
use kernel::{Area, Id, Look, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Wing, errors, html};

pub(crate) const INBOX: PageSpec = PageSpec {
    path: "inbox",
    name: "Inbox of evidence",
    wing: Wing::Both,
    under: "customers",
    live: &["evidence", "need", "customer", "segment", "relation", "comment", "reaction", "attachment"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

pub(crate) const LANDSCAPE: PageSpec = PageSpec {
    path: "landscape",
    name: "Landscape of needs",
    wing: Wing::Both,
    under: "customers",
    live: &["need", "evidence", "customer", "relation"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    shelf: String,
    q: String,
    after: String,
}

pub(crate) async fn inbox(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let shelf = if q.shelf == "dismissed" { Shelf::Dismissed } else { Shelf::Waiting };
        let words = q.q.trim();
        let page = inbox_rows::shelf(look, shelf, words, &q.after)?;
        let counts = inbox_rows::counts(look)?;
        let offered = who_rows::offered(look)?;
        let needs = rows::any_need(look)?;
        let panel = q.open.map(|id| panel(look, &id)).transpose()?;
        let shown = triage_view::Inbox { shelf, page: &page, words, first: q.after.is_empty(), counts, needs };
        let body = triage_view::page(look.scope, &shown);
        let primary = html! { (views::record_button(look.scope, &offered)) (triage_view::paste(look.scope)) };
        Ok(Page::of(&INBOX, body).primary(primary).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: &str) -> Result<Markup> {
    let (piece, beside) = alike::one(look, Id::try_from(id)?)?;
    let linked = rows::titles(look, piece.needs.iter().copied())?;
    let id = piece.evidence.meta.id;
    let around = Around::read(look, "evidence", [id])?;
    let history = activity::history(look, id, 50)?;
    Ok(triage_view::panel(look.scope, &piece, &linked, &beside, &around, &history))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Ordered {
    by: String,
}

pub(crate) async fn landscape(at: At, Query(q): Query<Ordered>) -> Response {
    at.page(move |look| {
        let by = Measure::parse(&q.by).unwrap_or(Measure::Opportunity);
        let read = Landscape::read(look, by, landscape::DRAWN, landscape::LISTED)?;
        let currency = product::product(look)?.currency;
        Ok(Page::of(&LANDSCAPE, landscape::page(look.scope, &read, by, &currency)))
    })
    .await
}

pub(crate) async fn chart(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let drawn = at.read(move |look| {
        // To take along there are all of them.
        let read = Landscape::read(look, Measure::Opportunity, usize::MAX, 0)?;
        let ending = name.strip_prefix("chart.").ok_or(Refusal::NotFound)?;
        landscape::chart(&read).file(ending).ok_or(Refusal::NotFound)
    });
    match drawn.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
