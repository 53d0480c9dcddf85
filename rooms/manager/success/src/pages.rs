//! The page of success in the market.

use crate::{rows, views};
use kernel::Area;
use web::{At, Page, PageSpec, Response, Router, Web, Wing, get};

pub(crate) const SUCCESS: PageSpec = PageSpec {
    path: "success",
    name: "Success in the market",
    wing: Wing::Manager,
    under: "measures",
    live: &["measure", "measure_value", "key_result", "measurement", "objective", "outcome", "initiative", "release"],
    calm: true,
    areas: &[Area::Strategy],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/success", get(page))
}

/// How promises drifted is read from the record of a quarter, which has no bound.
async fn page(at: At) -> Response {
    at.long()
        .page(|look| {
            let found = rows::success(look)?;
            let shipped = rows::shipped(look)?;
            let drift = if look.scope.sees(Area::Roadmap) { roadmap::drifted(look)? } else { None };
            Ok(Page::of(&SUCCESS, views::page(look.scope, &found, &shipped, drift.as_ref())))
        })
        .await
}
