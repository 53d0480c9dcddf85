//! The sprint page: the board of the running sprint, planning of the next, and the ones before.

use crate::{adrift, capacity::Outlook, fit, flow, marks::Marks, model::*, past, rows, swim::Rows, views};
use kernel::{Area, Look, Noun, Ref, Refusal, Result, Value};
use notices::Around;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Filter, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, get, html, product_path, when};

pub(crate) const SPRINT: PageSpec = PageSpec {
    path: "sprint",
    name: "Sprint",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "square-kanban",
    go: "p",
    tab: "Sprint",
    live: &[
        "sprint",
        "story",
        "board_column",
        "comment",
        "attachment",
        "verdict",
        "criterion",
        "saved_filter",
        "holiday",
        "day_off",
        "blocker",
        "code_ref",
        "board_rule",
        "over_limit",
        "cadence",
    ],
    areas: &[Area::Sprints, Area::Work],
    filtered: true,
    wide: true,
    sights: &[
        ("planned", "?sprint={sprint}"),
        ("planning", "?sprint={sprint}&plan=yes"),
        ("mine", "?who=me"),
        ("rows", "?rows=person"),
        ("flow", "?flow=yes"),
        ("panel", "?open={story}"),
        ("past", "?as_of={day}"),
    ],
    ..PageSpec::PLAIN
};
pub(crate) const SPRINTS: PageSpec =
    PageSpec { path: "sprints", name: "All sprints", wing: Wing::Owner, under: "sprint", live: &["sprint"], ..PageSpec::PLAIN };
/// A board follows each act, so what is said about its sprint stands apart.
pub(crate) const TALK: PageSpec = PageSpec {
    path: "sprint/{sprint}/talk",
    name: "Files and comments",
    wing: Wing::Owner,
    under: "sprint",
    live: &["sprint", "comment", "reaction", "attachment"],
    areas: &[Area::Sprints],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/sprint", get(board))
        .route("/{product}/sprints", get(all))
        .route("/{product}/sprint/{sprint}/talk", get(talk))
        .merge(crate::pick::routes())
}

/// So many stories of the backlog stand beside a sprint that is planned, at first.
const UNPLANNED: i64 = 30;

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    sprint: Option<String>,
    #[serde(flatten)]
    wanted: Wanted,
    /// The backlog beside a sprint that runs already.
    plan: Option<String>,
    /// So many stories of the backlog stand beside it.
    top: Option<i64>,
    /// What the rows of the board are.
    #[serde(default)]
    rows: String,
    /// Everything in flow in the place of a sprint.
    flow: Option<String>,
    /// A past day: the board as it stood at its end.
    #[serde(default)]
    as_of: String,
}

/// What the cards of a board are narrowed by.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    kind: String,
    is: String,
    who: String,
    feature: String,
    label: String,
}

impl Wanted {
    fn filter(&self) -> Filter {
        let said = [("kind", &self.kind), ("is", &self.is), ("who", &self.who), ("feature", &self.feature), ("label", &self.label)];
        Filter::read(backlog::TERMS_OF_A_BOARD, &self.q, &said.map(|(name, value)| (name, value.as_str())))
    }
}

async fn board(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        if !q.as_of.is_empty() {
            return past_board(look, &q);
        }
        let all = rows::heads(look)?;
        let now = all.iter().find(|s| s.state == SprintState::Active).or(all.iter().rfind(|s| s.state == SprintState::Planned));
        // Between two of them, what came of the last one.
        let last = all.iter().find(|s| s.state == SprintState::Closed);
        let wanted = q.sprint.clone().or(now.or(last).map(|s| s.number.to_string()));
        // Where the product works without sprints, everything in flow is what there is to open, unless one runs still.
        let running = now.is_some_and(|s| s.state == SprintState::Active);
        let without = q.sprint.is_none() && !running && rows::works_in_flow(look)?;
        let flow = q.sprint.is_none() && (q.flow.is_some() || without);
        let chosen = wanted.filter(|_| !flow).map(|text| rows::sprint(look, &Ref(text))).transpose()?;
        let columns = product::columns_of(look)?;
        let panel = q.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        let planning = chosen.as_ref().is_some_and(|s| s.state == SprintState::Planned || s.state == SprintState::Active && q.plan.is_some());
        let filter = q.wanted.filter();
        let (cards, odd) = match &chosen {
            Some(sprint) => filter.or_odd(rows::cards(look, sprint, (!planning).then_some(&filter)), vec![])?,
            None if flow => filter.or_odd(flow::cards(look, Some(&filter)), vec![])?,
            None => (vec![], None),
        };
        let ended = chosen.as_ref().is_some_and(|s| matches!(s.state, SprintState::Closed | SprintState::Cancelled));
        let marks = if planning || ended { Marks::default() } else { Marks::read(look, &columns, &cards)? };
        // What the sprint is told by is the whole of it, however few of its cards are shown.
        let whole = match &chosen {
            Some(sprint) if !planning && !filter.is_plain() => Some(rows::cards(look, sprint, None)?),
            _ => None,
        };
        let (top, more) = if planning { rows::unplanned(look, q.top.unwrap_or(UNPLANNED).clamp(1, 500))? } else { (vec![], false) };
        let left = match &chosen {
            Some(sprint) if sprint.state == SprintState::Closed => rows::still_left(look, &sprint.result)?,
            _ => vec![],
        };
        let fits = |look: &mut Look, filter: &Filter, params: &mut Vec<Value>| rows::fits(look, chosen.as_ref(), filter, params);
        // Whatever is in flow is not counted for each of them.
        let saved = filters::saved(look, SPRINT.path, &filter, if flow { None } else { Some(&fits) })?;
        let lately = rows::lately(look, 6)?;
        // Only planning asks how much fits.
        let outlook = match &chosen {
            Some(sprint) if planning => Some((Outlook::after(look, &lately, &sprint.ends_on)?, sprint)),
            _ => None,
        };
        let capacity = outlook.as_ref().and_then(|(outlook, s)| outlook.capacity(&s.starts_on, &s.ends_on));
        let there = outlook.as_ref().map(|(outlook, s)| outlook.there(&s.starts_on, &s.ends_on));
        let seats = outlook.as_ref().map_or_else(Vec::new, |(outlook, s)| outlook.seats(&s.starts_on, &s.ends_on));
        let fit = match &outlook {
            Some((outlook, sprint)) => Some(fit::read(look, outlook, sprint, &cards)?.work_out()),
            None => None,
        };
        let title = chosen.as_ref().map_or(if flow { "Everything in flow" } else { "Sprint" }.to_owned(), |s| s.name.clone());
        let shown = views::Shown {
            all: &all,
            chosen: chosen.as_ref(),
            columns: &columns,
            cards: &cards,
            whole: whole.as_deref().unwrap_or(&cards),
            planning,
            top: &top,
            more,
            velocity: &lately.velocity,
            capacity,
            there: there.as_ref(),
            seats: &seats,
            fit: fit.as_ref(),
            filter: &filter,
            saved: &saved,
            odd: odd.as_deref(),
            left: &left,
            marks: &marks,
            rows: Rows::parse(&q.rows),
            flow,
            without,
        };
        let takes = chosen.as_ref().filter(|s| matches!(s.state, SprintState::Planned | SprintState::Active)).map(|s| (s.number, s.name.as_str()));
        // In flow all that is under way stands on the board.
        let adrift = if flow { vec![] } else { adrift::read(look)? };
        let goal = if planning { strategy::product_goal(look)? } else { None };
        let body = html! { (backlog::pick_form(look.scope)) (strategy::goal_line(look.scope, goal.as_ref())) (views::sprint(look.scope, &shown)) (adrift::view(look.scope, &adrift, takes)) };
        Ok(Page::of(&SPRINT, body).titled(title).primary(views::acts(look.scope, &shown)).panel(panel))
    })
    .await
}

fn past_board(look: &mut Look, q: &Asked) -> Result<Page> {
    let at = when::end_of(&q.as_of).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?;
    let columns = product::columns_of(look)?;
    let sprint = rows::sprint_as_of(look, q.sprint.as_deref(), at)?;
    let (cards, today) = match &sprint {
        Some(sprint) => (rows::cards_as_of(look, sprint, at)?, rows::cards(look, sprint, None)?),
        None => (vec![], vec![]),
    };
    let title = sprint.as_ref().map_or("Sprint".to_owned(), |s| s.name.clone());
    let then = past::Then { day: &q.as_of, sprint: sprint.as_ref(), columns: &columns, cards: &cards, today: &today };
    Ok(Page::of(&SPRINT, past::board(look.scope, &then)).titled(title).still())
}

async fn talk(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    at.page(move |look| {
        let sprint = rows::sprint(look, &Ref(path.get("sprint").cloned().unwrap_or_default()))?;
        let around = Around::read(look, Sprint::TABLE, [sprint.meta.id])?;
        let body = html! { p.crumb { a href={ (product_path(look.scope)) "/sprint?sprint=" (sprint.number) } dir="auto" { (sprint.name) } } (around.view(look.scope, sprint.meta.id)) };
        Ok(Page::of(&TALK, body).titled(sprint.name))
    })
    .await
}

async fn all(at: At) -> Response {
    at.page(|look| {
        let all = rows::sprints(look)?;
        Ok(Page::of(&SPRINTS, views::all(look.scope, &all)))
    })
    .await
}
