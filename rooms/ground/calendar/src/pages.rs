//! The page of days off.

use crate::{model::*, rows, views};
use kernel::{Look, Noun, Result, Value};
use web::{At, Page, PageSpec, Response, Router, Spot, Web, Wing, get, when};

pub(crate) const CALENDAR: PageSpec = PageSpec {
    path: "calendar",
    name: "Days off",
    wing: Wing::Both,
    stand: Spot::Menu,
    icon: "calendar",
    live: &["holiday", "day_off", "membership"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/calendar", get(calendar))
}

/// So far ahead the page looks.
const DAYS: i64 = 400;

async fn calendar(at: At) -> Response {
    at.page(|look| Ok(Page::of(&CALENDAR, read(look)?))).await
}

fn read(look: &mut Look) -> Result<web::Markup> {
    let (today, last) = (when::day_in(look.now(), &look.scope.who.zone), when::day(look.now() + DAYS * 86_400_000));
    let days = rows::read(look, &today, &last)?;
    let holidays = Holiday::all(look, "and on_day >= $2 order by on_day limit 400", &[Value::Text(today)])?;
    Ok(views::calendar(look.scope, &days.away, &holidays))
}
