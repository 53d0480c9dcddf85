//! The pages, and what they share: the way from one to the other, and the products that a reader sees an area of.

use crate::{backlog_page, found, people, roadmap_page, timeline_page};
use kernel::{Area, Look, PageSpec, ProductHead, Result, Uuid};
use serde::Deserialize;
use web::{At, Markup, Page, Query, Response, Router, Web, app, get, html};

pub(crate) const BACKLOG: PageSpec = PageSpec { path: "/all/backlog", name: "Backlogs of all products", wide: true, ..PageSpec::PLAIN };
pub(crate) const ROADMAP: PageSpec =
    PageSpec { path: "/all/roadmap", name: "Roadmaps of all products", wide: true, sights: &[("timeline", "?look=timeline")], ..PageSpec::PLAIN };
pub(crate) const PEOPLE: PageSpec = PageSpec { path: "/all/people", name: "People of all products", ..PageSpec::PLAIN };
pub(crate) const SEARCH: PageSpec =
    PageSpec { path: "/all/search", name: "Search in all products", sights: &[("found", "?q=hold")], ..PageSpec::PLAIN };

const WAYS: &[(&PageSpec, &str)] = &[(&BACKLOG, "Backlog"), (&ROADMAP, "Roadmap"), (&PEOPLE, "People"), (&SEARCH, "Search")];

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/all/backlog", get(backlog))
        .route("/all/roadmap", get(roadmap))
        .route("/all/people", get(people))
        .route("/all/search", get(search))
}

/// What is looked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub stage: String,
}

/// The products that the reader belongs to.
pub(crate) fn own(look: &mut Look) -> Result<Vec<Uuid>> {
    Ok(app::products_of(look)?.into_iter().map(|product| product.id).collect())
}

/// Those of them in which the reader sees an area, by name.
pub(crate) fn seen(look: &mut Look, area: Area) -> Result<Vec<ProductHead>> {
    let own = own(look)?;
    app::seeing_in(look, &own, area)
}

/// A page with the way to the others above it.
fn framed(spec: &'static PageSpec, body: &Markup) -> Page {
    let ways = html! { nav.chips aria-label="All products" { @for (other, says) in WAYS { a.chip href=(other.path) aria-current=[(other.path == spec.path).then_some("page")] { (says) } } } };
    Page::of(spec, html! { (ways) (body) })
}

async fn backlog(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| Ok(framed(&BACKLOG, &backlog_page::page(look, &asked)?))).await
}

/// How the roadmaps are looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sight {
    /// `timeline`; else the board.
    look: String,
    zoom: String,
}

async fn roadmap(at: At, Query(sight): Query<Sight>) -> Response {
    at.page(move |look| {
        let over_time = sight.look == "timeline";
        let body = if over_time { timeline_page::page(look, &sight.zoom)? } else { roadmap_page::page(look)? };
        let way = |says: &str, address: &str, here: bool| html! { a.chip href=(address) aria-current=[here.then_some("true")] { (says) } " " };
        let ways = html! { nav.chips aria-label="Sights of the roadmaps" { (way("Now, Next, Later", "/all/roadmap", !over_time)) (way("Timeline", "/all/roadmap?look=timeline", over_time)) } };
        Ok(framed(&ROADMAP, &html! { (ways) (body) }))
    })
    .await
}

async fn people(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| Ok(framed(&PEOPLE, &people::page(look, &asked.q)?))).await
}

async fn search(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| Ok(framed(&SEARCH, &found::page(look, &asked.q)?))).await
}
