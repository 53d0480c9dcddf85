//! The page "Who decides what".

use crate::{rows, views};
use kernel::Area;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const WHO_DECIDES: PageSpec = PageSpec {
    path: "who-decides",
    name: "Who decides what",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "scale",
    go: "w",
    live: &["agreement", "membership", "proposal"],
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/who-decides", get(who_decides))
}

#[derive(Deserialize)]
pub struct Sought {
    /// Part of the name of someone to lend a hat to.
    #[serde(default)]
    people: String,
}

async fn who_decides(at: At, Query(sought): Query<Sought>) -> Response {
    at.page(move |look| {
        let faces = product::faces(look)?;
        let loans =
            views::Loans { borrowers: &product::borrowers(look)?, others: &product::find_members(look, &sought.people, "")?, sought: &sought.people };
        let lived = rows::lived(look)?;
        let waiting = rows::waiting(look)?;
        let body = views::who_decides(look.scope, &faces, &loans, &lived, &waiting);
        Ok(Page::of(&WHO_DECIDES, body))
    })
    .await
}
