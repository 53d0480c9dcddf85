//! The page of the tree.

use crate::{rows, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Web, Wing, get};

pub(crate) const TREE: PageSpec = PageSpec {
    path: "opportunities",
    name: "Opportunity tree",
    wing: Wing::Manager,
    under: "customers",
    live: &["objective", "need", "initiative", "assumption_test", "relation", "evidence", "segment", "customer"],
    areas: &[Area::Customers, Area::Roadmap],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/opportunities", get(tree))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A test that is looked at.
    test: String,
}

async fn tree(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let grown = rows::grown(look)?;
        Ok(Page::of(&TREE, views::page(look.scope, &grown, &q.test)))
    })
    .await
}
