//! The sprint page: the board of the running sprint, planning of the next, and the ones before.

use crate::{adrift, model::*, past, rows, views};
use kernel::{Area, Look, Noun, Ref, Refusal, Result};
use serde::Deserialize;
use web::{At, Page, Query, Response, Router, Web, Wing, get, html, when};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/sprint", get(board)).route("/{product}/sprints", get(all))
}

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    sprint: Option<String>,
    /// A past day: the board as it stood at its end.
    #[serde(default)]
    as_of: String,
}

async fn board(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        if !q.as_of.is_empty() {
            return past_board(look, &q);
        }
        let all = rows::heads(look)?;
        let now = all.iter().find(|s| s.state == SprintState::Active).or(all.iter().rfind(|s| s.state == SprintState::Planned));
        let wanted = q.sprint.clone().or(now.map(|s| s.number.to_string()));
        let chosen = wanted.map(|text| rows::sprint(look, &Ref(text))).transpose()?;
        let columns = product::columns_of(look)?;
        let panel = q.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        let cards = match &chosen {
            Some(sprint) => rows::cards(look, sprint.id())?,
            None => vec![],
        };
        let top = match &chosen {
            Some(s) if s.state == SprintState::Planned => backlog::lines_where(look, "and story.stage = 'open' and story.sprint is null and story.rank <= coalesce((select rank from story where product = $1 and stage = 'open' and sprint is null and removed_at is null order by rank limit 1 offset 30), 'g')", &[])?,
            _ => vec![],
        };
        let velocity = rows::velocity(look, 6)?;
        let title = chosen.as_ref().map_or("Sprint".to_owned(), |s| s.name.clone());
        let shown = views::Shown { all: &all, chosen: chosen.as_ref(), columns: &columns, cards: &cards, top: &top, velocity: &velocity };
        let takes = chosen.as_ref().filter(|s| matches!(s.state, SprintState::Planned | SprintState::Active)).map(|s| (s.number, s.name.as_str()));
        let adrift = adrift::read(look)?;
        let body = html! { (views::sprint(look.scope, &shown)) (adrift::view(look.scope, &adrift, takes)) };
        Ok(Page::new(title, Wing::Owner, "sprint", body).about(&[Area::Sprints, Area::Work]).live("sprint story board_column comment verdict criterion").primary(views::primary(look.scope, &shown)).panel(panel).wide())
    })
    .await
}

fn past_board(look: &mut Look, q: &Asked) -> Result<Page> {
    let at = when::end_of(&q.as_of).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?;
    let columns = product::columns_of(look)?;
    let sprint = rows::sprint_as_of(look, q.sprint.as_deref(), at)?;
    let (cards, today) = match &sprint {
        Some(sprint) => (rows::cards_as_of(look, sprint.id(), at)?, rows::cards(look, sprint.id())?),
        None => (vec![], vec![]),
    };
    let title = sprint.as_ref().map_or("Sprint".to_owned(), |s| s.name.clone());
    let then = past::Then { day: &q.as_of, sprint: sprint.as_ref(), columns: &columns, cards: &cards, today: &today };
    Ok(Page::new(title, Wing::Owner, "sprint", past::board(look.scope, &then)).wide())
}

async fn all(at: At) -> Response {
    at.page(|look| {
        let all = rows::sprints(look)?;
        Ok(Page::new("All sprints", Wing::Owner, "sprint", views::all(look.scope, &all)).live("sprint"))
    })
    .await
}
