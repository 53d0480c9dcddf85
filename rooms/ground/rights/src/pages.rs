//! The page "Who decides what".

use crate::{rhythm, rows, views};
use kernel::{Area, Refusal};
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const WHO_DECIDES: PageSpec = PageSpec {
    path: "who-decides",
    name: "Who decides what",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "scale",
    go: "w",
    live: &["agreement", "membership", "proposal", "rhythm"],
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/who-decides", get(who_decides)).route("/{product}/who-decides/{command}", get(here))
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
        let body = views::who_decides(look.scope, &faces, &loans, &lived, &waiting, rhythm::rhythm(look)?.as_ref());
        Ok(Page::of(&WHO_DECIDES, body))
    })
    .await
}

/// Who decides on what a control does, by the command that it runs.
async fn here(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    let spec = match at.house.app.registry.command(path.get("command").map_or("", String::as_str)) {
        Ok(offered) if !offered.spec.route.is_inside() => offered.spec,
        _ => return errors::page(&at, Refusal::NotFound).await,
    };
    at.page(move |look| {
        look.scope.product_id()?;
        let faces = product::faces(look)?;
        Ok(Page::new("Who decides here?", Wing::Both, "who-decides", views::here(look.scope, spec, &faces)))
    })
    .await
}
