//! The customers page: evidence inbox and needs.

use crate::{model::*, rows, views};
use kernel::{Area, Column, Id, Look, Noun, Result};
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const CUSTOMERS: PageSpec = PageSpec {
    path: "customers",
    name: "Customers",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Manager),
    icon: "users",
    go: "u",
    live: &["evidence", "need", "relation", "comment", "reaction", "attachment", "field", "field_value"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/customers", get(customers))
}

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    #[serde(flatten)]
    wanted: rows::Wanted,
}

async fn customers(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let needs = rows::needs(look)?;
        let evidence = rows::evidence(look, &q.wanted)?;
        let files = attachments::attached_to_each(look, evidence.items.iter().map(|(item, _)| item.meta.id))?;
        let loose = rows::loose(look)?;
        let defined = fields::defined(look, fields::Thing::Evidence)?;
        let ids: Vec<kernel::Uuid> = evidence.items.iter().map(|(item, _)| item.meta.id).collect();
        let own = fields::list(fields::told(look, &defined, &ids)?, &defined);
        let talk = conversation::comments_about(look, evidence.items.iter().map(|(item, _)| item.meta.id))?;
        let panel = q.open.map(|id| panel(look, &id)).transpose()?;
        let primary = views::record_button(look.scope);
        let body = views::customers(
            look.scope,
            &needs,
            &views::Inbox { evidence: &evidence, files: &files, loose, wanted: &q.wanted, talk: &talk, own: &own },
        );
        Ok(Page::of(&CUSTOMERS, body).primary(primary).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: &str) -> Result<Markup> {
    let need = Need::get(look, Id::try_from(id)?)?;
    let behind = rows::behind(look, need.id())?;
    let bets = look.query(
        "select initiative.number, initiative.title from relation join initiative on initiative.id = relation.from_id
         where relation.to_id = $1 and relation.verb = 'addresses' and relation.removed_at is null and initiative.removed_at is null",
        &[need.meta.id.value()],
    )?;
    let bets: Vec<(i64, String)> = bets.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let files = attachments::attached_to(look, need.meta.id)?;
    let comments = conversation::comments_on(look, need.meta.id)?;
    let watching = notices::watching(look, "need", need.meta.id)?;
    let history = activity::history(look, need.meta.id, 50)?;
    let own = fields::of(look, fields::Thing::Need, need.meta.id)?;
    Ok(views::need_panel(look.scope, &need, &behind, &bets, &own, &files, (&comments, watching), &history))
}
