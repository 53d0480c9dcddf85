//! The week's page.

use crate::{rows, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const WEEK: PageSpec = PageSpec {
    path: "week",
    name: "This week",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "clock",
    go: "k",
    live: &[
        "proposal",
        "signature",
        "comment",
        "evidence",
        "initiative",
        "settlement",
        "scoring_round",
        "look_back",
        "rhythm",
        "week_note",
        "product_update",
    ],
    calm: true,
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/week", get(week))
}

#[derive(Deserialize)]
pub struct Asked {
    /// A note of an earlier week that is to be shown.
    #[serde(default)]
    note: String,
}

async fn week(at: At, Query(q): Query<Asked>) -> Response {
    let promised = match at.read(reports::promised).await {
        Ok(promised) => promised,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    let kept = match reports::likely(&at, &promised).await {
        Ok(kept) => kept,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| {
        let week = rows::week(look, &q.note)?;
        Ok(Page::of(&WEEK, views::week(look.scope, &week, &promised, kept.as_ref())))
    })
    .await
}
