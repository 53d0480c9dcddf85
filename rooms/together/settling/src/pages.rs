//! The page on which slips are sorted, laid side by side and settled.

use crate::{rows, views};
use kernel::{Area, Id, Look, Noun, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const SORTING: PageSpec = PageSpec {
    path: "sorting",
    name: "Sort the slips",
    wing: Wing::Both,
    stand: Spot::Elsewhere,
    icon: "scale",
    under: "who-decides",
    live: &["sorting", "slip", "settlement", "agreement", "proposal", "signature", "comment", "reaction", "attachment"],
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/sorting", get(sorting))
}

#[derive(Deserialize)]
pub struct Asked {
    /// An earlier one that is to be shown.
    #[serde(default)]
    show: String,
}

async fn sorting(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let shown = match q.show.parse() {
            Ok(id) => crate::Sorting::all(look, "and id = $2", &[kernel::Column::value(&Id::<crate::Sorting>::new(id))])?.pop(),
            Err(_) => None,
        };
        let sorting = match shown {
            Some(sorting) => Some(sorting),
            None => rows::current(look)?,
        };
        let body = match sorting {
            None => views::none(look.scope, &rows::people(look)?, &rows::latest(look)?),
            Some(sorting) if sorting.opened_at.is_none() && sorting.ended_at.is_none() => alone(look, &sorting)?,
            Some(sorting) => side_by_side(look, &sorting)?,
        };
        Ok(Page::of(&SORTING, body))
    })
    .await
}

/// While everyone sorts for themselves.
fn alone(look: &mut Look, sorting: &crate::Sorting) -> Result<web::Markup> {
    let (finished, begun) = rows::progress(look, sorting)?;
    let names = people::names_of(look, sorting.asked.iter().copied())?;
    let asked = look.scope.who.assistant.is_none() && look.scope.who.member.is_some_and(|me| sorting.asked.contains(&me));
    let (deck, examples) = match asked {
        true => (rows::own(look, sorting)?, rows::examples(look)?),
        false => Default::default(),
    };
    let around = Around::read(look, crate::Sorting::TABLE, [sorting.meta.id])?;
    Ok(views::alone(look.scope, sorting, &views::Alone { finished, begun, names, deck, examples, asked, around }))
}

/// Once all sorts lie open.
fn side_by_side(look: &mut Look, sorting: &crate::Sorting) -> Result<web::Markup> {
    let rows = rows::opened(look, sorting)?;
    let names = people::names_of(look, sorting.asked.iter().copied().chain(rows.iter().flat_map(|row| row.slips.iter().map(|slip| slip.member))))?;
    let around = Around::read(look, crate::Sorting::TABLE, [sorting.meta.id])?;
    Ok(views::side_by_side(look.scope, sorting, &rows, &names, &around))
}
