//! The strategy page.

use crate::{rows, views};
use kernel::Area;
use web::{At, Page, PageSpec, Response, Router, Spot, Web, Wing, get};

pub(crate) const STRATEGY: PageSpec = PageSpec {
    path: "strategy",
    name: "Strategy",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "target",
    go: "s",
    live: &["vision", "confirmation", "objective", "key_result", "measurement", "relation", "comment", "reaction"],
    areas: &[Area::Strategy],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/strategy", get(strategy))
}

async fn strategy(at: At) -> Response {
    at.page(|look| {
        let visions = rows::visions(look)?;
        let confirmed = match visions.first() {
            Some(current) => rows::confirmations(look, kernel::Noun::id(current))?,
            None => vec![],
        };
        let people = people::people_of(look)?;
        let objectives = rows::objectives(look)?;
        let measurements = rows::measurements(look)?;
        let discussed = objectives.iter().map(|line| line.objective.meta.id).chain(visions.first().map(|vision| vision.meta.id));
        let talk = conversation::comments_about(look, discussed)?;
        let body = views::strategy(look.scope, &visions, &confirmed, &people, (&objectives, &measurements), &talk);
        Ok(Page::of(&STRATEGY, body).primary(views::objective_button(look.scope)))
    })
    .await
}
