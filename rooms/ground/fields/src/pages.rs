//! The page where fields are defined, under the product's settings.

use crate::{model::*, views};
use kernel::{Area, Noun, PageSpec};
use web::{At, Page, Response, Router, Web, Wing, get};

pub(crate) const FIELDS: PageSpec = PageSpec {
    path: "fields",
    name: "Own fields",
    wing: Wing::Both,
    under: "settings",
    live: &["field"],
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/fields", get(fields))
}

async fn fields(at: At) -> Response {
    at.page(|look| {
        let fields = Field::all(look, "order by thing, created_at, id", &[])?;
        Ok(Page::of(&FIELDS, views::fields(look.scope, &fields)).primary(views::define_button(look.scope)))
    })
    .await
}
