//! The page of refinement: the session that runs, or one that is over, or how to begin.

use crate::{model::*, rows, views};
use kernel::{Area, Id, Look, Noun, Result};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Web, Wing, get, html};

pub(crate) const REFINEMENT: PageSpec = PageSpec {
    path: "refinement",
    name: "Refinement",
    wing: Wing::Owner,
    under: "backlog",
    live: &["refinement", "refinement_note", "story", "criterion", "subtask", "comment", "reaction", "relation", "attachment", "field_value"],
    areas: &[Area::Backlog, Area::Estimates],
    wide: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/refinement", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A session that is over; the one that runs when empty.
    session: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let session = match q.session.as_str() {
            "" => rows::running(look)?,
            id => Some(Refinement::get(look, Id::try_from(id)?)?),
        };
        match session {
            Some(session) if session.ended_at.is_none() => running(look, &session),
            Some(session) => over(look, &session),
            None => {
                let lately = rows::lately(look)?;
                Ok(Page::of(&REFINEMENT, views::none(look.scope, &lately)).primary(views::begin(look.scope)))
            }
        }
    })
    .await
}

fn shown(look: &mut Look, session: &Refinement) -> Result<views::Shown> {
    let agreed = product::definition_of_ready(look)?;
    let lines = rows::agenda(look, session)?;
    let missing = lines.iter().map(|line| rows::lacks(look, &agreed, line)).collect();
    Ok(views::Shown { lines, missing, notes: rows::notes(look, session)? })
}

fn running(look: &mut Look, session: &Refinement) -> Result<Page> {
    let shown = shown(look, session)?;
    let at_hand = shown.lines.iter().find(|line| session.at_story == Some(line.id.0)).map(|line| line.number);
    let panel = at_hand.map(|number| backlog::story_panel(look, &number.to_string())).transpose()?;
    let body = html! { (backlog::pick_form(look.scope)) (views::running(look.scope, session, &shown, panel)) };
    Ok(Page::of(&REFINEMENT, body).primary(views::end(look.scope, session)))
}

fn over(look: &mut Look, session: &Refinement) -> Result<Page> {
    let shown = shown(look, session)?;
    let title = format!("Refinement {}", session.number);
    Ok(Page::of(&REFINEMENT, views::over(look.scope, session, &shown)).titled(title))
}
