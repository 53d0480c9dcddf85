//! The customers page: evidence inbox and needs.

use crate::{model::*, rows, views};
use kernel::{Area, Column, Id, Look, Noun, Result, Uuid};
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const CUSTOMERS: PageSpec = PageSpec {
    path: "customers",
    name: "Customers",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Manager),
    icon: "users",
    go: "u",
    live: &["evidence", "need", "relation", "comment"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/customers", get(customers))
}

#[derive(Deserialize)]
pub struct Open {
    open: Option<String>,
}

async fn customers(at: At, Query(q): Query<Open>) -> Response {
    at.page(move |look| {
        let needs = rows::needs(look)?;
        let evidence = rows::evidence(look, 200)?;
        let panel = q.open.map(|id| panel(look, &id, &evidence)).transpose()?;
        let primary = views::record_button(look.scope);
        Ok(Page::of(&CUSTOMERS, views::customers(look.scope, &needs, &evidence)).primary(primary).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: &str, evidence: &[(Evidence, Vec<Uuid>)]) -> Result<Markup> {
    let need = Need::get(look, Id::try_from(id)?)?;
    let behind: Vec<&Evidence> = evidence.iter().filter(|(_, needs)| needs.contains(&need.meta.id)).map(|(e, _)| e).collect();
    let bets = look.query(
        "select initiative.number, initiative.title from relation join initiative on initiative.id = relation.from_id
         where relation.to_id = $1 and relation.verb = 'addresses' and relation.removed_at is null and initiative.removed_at is null",
        &[need.meta.id.value()],
    )?;
    let bets: Vec<(i64, String)> = bets.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let comments = conversation::comments_on(look, need.meta.id)?;
    let history = activity::history(look, need.meta.id, 50)?;
    Ok(views::need_panel(look.scope, &need, &behind, &bets, &comments, &history))
}
