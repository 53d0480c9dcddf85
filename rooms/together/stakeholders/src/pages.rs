//! The page of stakeholders.

use crate::{
    model::*,
    rows,
    views::{self, Known, Offered},
};
use kernel::{Hat, Id, Look, Noun, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, may};

pub(crate) const STAKEHOLDERS: PageSpec = PageSpec {
    path: "stakeholders",
    name: "Stakeholders",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "circle-user",
    go: "e",
    live: &["stakeholder", "contact", "promise", "shared_link", "membership", "comment", "reaction", "attachment"],
    areas: &[AREA],
    says: Some(AREA),
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/stakeholders", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    /// A promise, whose stakeholder is shown.
    promise: Option<String>,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let lines = rows::lines(look)?;
        let gone = if may(look.scope, AREA) { rows::gone(look)? } else { vec![] };
        let named = lines.iter().map(|line| &line.stakeholder).chain(&gone).flat_map(|one| [one.member, one.keeper]).flatten();
        let named: Vec<kernel::Uuid> = named.map(|member| member.0).collect();
        let keepers = people::to_choose(look, named.iter().copied())?;
        let accounts = match keepers.len() < people::MOST_OFFERED {
            true => keepers.clone(),
            false => people::choose_first(look, &[Hat::Stakeholder], named)?,
        };
        let people = Offered { accounts, keepers };
        let open = match (q.open, q.promise) {
            (Some(id), _) => Some(Id::<Stakeholder>::try_from(id.as_str())?),
            (None, Some(id)) => Some(Promise::get(look, Id::try_from(id.as_str())?)?.stakeholder),
            (None, None) => None,
        };
        let panel = open.map(|id| panel(look, id, &lines, &people)).transpose()?;
        let today = rows::today(look);
        let body = views::page(look.scope, &lines, &gone, &today);
        Ok(Page::of(&STAKEHOLDERS, body).primary(views::add_button(look.scope, &people, &lines)).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: Id<Stakeholder>, lines: &[rows::Line], people: &Offered) -> Result<Markup> {
    let noted = rows::contacts(look, id)?;
    let promises = rows::promises(look, id)?;
    let said = noted.iter().map(|contact| contact.member).chain(promises.iter().filter_map(|promise| promise.member));
    let speakers = people::these(look, said.map(|member| member.0))?;
    let known = Known { items: rows::items(look, &promises, &noted)?, people, speakers, lines, today: rows::today(look), noted, promises };
    let Some(line) = lines.iter().find(|line| line.stakeholder.id() == id) else {
        let gone = rows::gone_one(look, id)?.filter(|_| may(look.scope, AREA)).ok_or(kernel::Refusal::NotFound)?;
        let history = activity::history(look, gone.meta.id, 50)?;
        return Ok(views::gone_panel(look.scope, &gone, &known, &history));
    };
    let links = links::links_for(look, id.0)?;
    let around = Around::read(look, Stakeholder::TABLE, [line.stakeholder.meta.id])?;
    let history = activity::history(look, line.stakeholder.meta.id, 50)?;
    Ok(views::panel(look.scope, line, (&known, &links), &around, &history))
}
