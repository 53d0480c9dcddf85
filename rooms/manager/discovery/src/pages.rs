//! The page of the tree.

use crate::{rows, rows::Part, views};
use kernel::{Area, Id, Refusal};
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
    /// An objective that is looked at alone, or `none`: what stands under none.
    of: String,
}

async fn tree(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let part = match q.of.as_str() {
            "" => Part::Whole,
            "none" => Part::Loose,
            id => Part::Of(Id::try_from(id)?),
        };
        let grown = rows::grown(look, &part, &q.test)?;
        if matches!(part, Part::Of(_)) && grown.roots.is_empty() {
            return Err(Refusal::NotFound);
        }
        Ok(Page::of(&TREE, views::page(look.scope, &grown, &part, &q.test)))
    })
    .await
}
