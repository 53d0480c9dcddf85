//! The page of the story map.

use crate::{rows, views};
use kernel::{Area, Noun, Ref, Refusal};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Web, Wing, get, html};

pub(crate) const MAP: PageSpec = PageSpec {
    path: "storymap",
    name: "Story map",
    wing: Wing::Owner,
    under: "backlog",
    live: &["map_step", "map_place", "story", "release"],
    areas: &[Area::Backlog],
    wide: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/storymap", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The story whose place is shown.
    open: Option<String>,
    /// The step that is shown.
    step: Option<String>,
    /// With releases that reached users.
    shipped: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let map = rows::map(look, !q.shipped.is_empty())?;
        let panel = match (&q.open, &q.step) {
            (None, None) => None,
            (None, Some(id)) => {
                let found = map.steps.iter().enumerate().find(|(_, step)| step.id().to_string() == *id);
                let (at, step) = found.ok_or(Refusal::NotFound)?;
                Some(views::step_panel(look.scope, &map, at, step))
            }
            (Some(open), _) => {
                let story = backlog::story(look, &Ref(open.clone()))?;
                let place = rows::place_of(look, story.meta.id)?;
                let form = views::place_form(look.scope, &map, story.number, place.as_ref());
                Some(html! { (form) (backlog::story_panel(look, open)?) })
            }
        };
        let body = html! { (backlog::pick_form(look.scope)) (views::page(look.scope, &map, !q.shipped.is_empty())) };
        Ok(Page::of(&MAP, body).primary(views::add_step(look.scope, &map)).panel(panel))
    })
    .await
}
