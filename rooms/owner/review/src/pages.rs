//! The page of a review.

use crate::{agenda, model::sprint, views};
use kernel::{Area, Look, Ref, Result};
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const REVIEW: PageSpec = PageSpec {
    path: "review",
    name: "Review",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "eye",
    live: &["sprint", "story", "verdict", "review", "demo_note", "review_feedback", "relation", "shared_link"],
    areas: &[Area::Sprints, Area::Work],
    sights: &[("planned", "?sprint={sprint}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/review", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The number of a sprint; the one whose review is near when left out.
    sprint: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    let promised = match at.read(reports::promised).await {
        Ok(promised) => promised,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    let likely = match reports::likely(&at, &promised).await {
        Ok(likely) => likely,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| {
        let body = body(look, &q.sprint, |look, agenda| views::ahead(look.scope, &promised, likely.as_ref(), agenda))?;
        Ok(Page::of(&REVIEW, body))
    })
    .await
}

fn body(look: &mut Look, wanted: &str, ahead: impl FnOnce(&Look, &agenda::Agenda) -> Markup) -> Result<Markup> {
    let found = match wanted {
        "" => agenda::at_hand(look)?,
        number => Some(sprint(look, &Ref(number.to_owned()))?),
    };
    let Some(found) = found else { return Ok(views::none()) };
    let agenda = agenda::read(look, found)?;
    let around = agenda::around(look, &agenda)?;
    let ahead = ahead(look, &agenda);
    Ok(views::page(look.scope, &agenda, &around, &ahead))
}
