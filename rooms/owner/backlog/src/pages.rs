//! The backlog and the story page.

use crate::{
    Stage, Story, alike,
    blocking::Blocking,
    choices,
    fact::pick_form,
    filter, hints, kept_columns,
    labels::{self, Colours},
    labels_view, moving, persona,
    rows::{self, Backlog},
    split_view, story_acts, story_view, subtasks, templates_view, tending_view, views,
};
use fields::{Columns, Thing, Words};
use kernel::{Area, Look, Noun, Paged, Ref, Result};
use notices::Around;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, get, html};

const SHOWN: &[&str] = &[
    "attachment",
    "product",
    "saved_filter",
    "label",
    "field",
    "field_value",
    "story",
    "criterion",
    "sprint",
    "feature",
    "comment",
    "reaction",
    "verdict",
    "code_ref",
    "relation",
    "subtask",
    "persona",
    "objective",
];

pub(crate) const BACKLOG: PageSpec = PageSpec {
    path: "backlog",
    name: "Backlog",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "list-ordered",
    go: "b",
    tab: "Backlog",
    live: SHOWN,
    areas: &[Area::Backlog, Area::Estimates],
    filtered: true,
    wide: true,
    sights: &[("all", "?stage=all"), ("panel", "?open={story}")],
    ..PageSpec::PLAIN
};
pub(crate) const SEVERAL: PageSpec =
    PageSpec { path: "backlog/several", name: "Several stories", wing: Wing::Owner, under: "backlog", areas: &[Area::Backlog], ..PageSpec::PLAIN };
pub(crate) const STORY: PageSpec =
    PageSpec { path: "story/{story}", name: "Story", wing: Wing::Owner, under: "backlog", live: SHOWN, ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/backlog", get(backlog))
        .route("/{product}/backlog/several", get(several))
        .route("/{product}/backlog/values", get(filter::values))
        .route("/{product}/backlog/alike", get(alike::beneath))
        .route("/{product}/story/{story}", get(story))
        .route("/{product}/story/{story}/move", get(moving::page))
        .route("/{product}/story/{story}/split", get(split_view::page))
        .route("/{product}/templates", get(templates_view::page))
        .route("/{product}/backlog/tending", get(tending_view::page))
        .route("/{product}/labels", get(labels_view::page))
        .route("/{product}/fields/columns", get(kept_columns::page))
}

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    /// Ids of the own fields that are shown as columns, with commas.
    #[serde(default)]
    show: String,
    #[serde(flatten)]
    wanted: Backlog,
}

/// How the address says which own fields are shown, and the order by one.
const COLUMNS: Words = Words { show: "show", sort: "sort" };

async fn backlog(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let filter = q.wanted.filter();
        let (page, odd) = filter.or_odd(rows::page(look, &q.wanted), Paged { items: vec![], next: None })?;
        let panel = q.open.as_ref().map(|open| panel(look, open)).transpose()?;
        let features = choices::feature_choices(look)?;
        let agreed = product::definition_of_ready(look)?;
        let saved = filters::saved(look, BACKLOG.path, &filter, Some(&rows::fits))?;
        let colours = labels::colours(look)?;
        let columns = Columns::read(look, Thing::Story, COLUMNS, (&q.show, &q.wanted.sort), page.items.iter().map(|line| line.id.0))?;
        let narrowed = views::Narrowed { filter: &filter, odd: odd.as_deref(), saved: &saved, colours: &colours, columns: &columns };
        let goal = strategy::product_goal(look)?;
        let body = html! { (strategy::goal_line(look.scope, goal.as_ref())) (views::backlog(look.scope, &page, &narrowed, &agreed)) };
        let personas = if web::may(look.scope, Area::Backlog) { persona::personas(look)? } else { vec![] };
        let primary = views::create_button(look.scope, &features, &personas);
        Ok(Page::of(&BACKLOG, body).primary(primary).panel(panel))
    })
    .await
}

async fn several(at: At) -> Response {
    at.page(|look| {
        let features = choices::feature_choices(look)?;
        Ok(Page::of(&SEVERAL, views::several_form(look.scope, &features)))
    })
    .await
}

async fn story(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    at.page(move |look| {
        let open = path.get("story").cloned().unwrap_or_default();
        let story = rows::story(look, &Ref(open))?;
        let title = format!("{} {}", look.scope.key(story.number), story.title);
        let body = html! { (pick_form(look.scope)) (whole(look, story)?) };
        Ok(Page::of(&STORY, body).titled(title))
    })
    .await
}

/// A story as a panel over a list of them.
pub fn panel(look: &mut Look, open: &str) -> Result<Markup> {
    let story = rows::story(look, &Ref(open.to_owned()))?;
    whole(look, story)
}

/// A story with everything around it; the panel and the page share it. What it has no place for is not asked for.
fn whole(look: &mut Look, story: Story) -> Result<Markup> {
    let criteria = rows::criteria_of(look, story.id())?;
    let around = crate::around::around(look, &story)?;
    let columns = if story_acts::moves_on_board(&story) { product::columns_of(look)? } else { vec![] };
    let columns: Vec<(String, String)> = columns.into_iter().filter(|c| c.stage != Stage::Accepted).map(|c| (c.id().to_string(), c.name)).collect();
    let hanging = Around::read(look, Story::TABLE, [story.meta.id])?;
    let names = people::Names::of(look, [story.body.as_str()].into_iter().chain(criteria.iter().map(|c| c.body.as_str())))?;
    let product::Agreed { ready: agreed, done } = product::definitions(look)?;
    let kin = crate::links_view::kin_of(look, story.id())?;
    let code = crate::code::of(look, story.id())?;
    let history = activity::history(look, story.meta.id, 50)?;
    let colours = if story.labels.is_empty() { Colours::default() } else { labels::colours(look)? };
    let own = fields::of(look, Thing::Story, story.meta.id)?;
    let tasks = subtasks::subtasks_of(look, story.id())?;
    let doers = subtasks::doers(look, &tasks)?;
    let personas = persona::personas(look)?;
    // Hints are for what is still to be planned.
    let hints = match story.stage {
        Stage::Open => {
            let usual = if story.points.is_some() { hints::usual_size(look)? } else { None };
            hints::of(look.scope, &story, &criteria, &kin, usual)
        }
        _ => vec![],
    };
    let blocking = Blocking::read(look, &story)?;
    let shown = story_view::Shown {
        story: &story,
        criteria: &criteria,
        around: &around,
        columns: &columns,
        hanging: &hanging,
        names: &names,
        history: &history,
        kin: &kin,
        code: &code,
        colours: &colours,
        own: &own,
        agreed: &agreed,
        done: &done,
        tasks: &tasks,
        doers: &doers,
        personas: &personas,
        hints: &hints,
        blocking: &blocking,
    };
    Ok(story_view::story(look.scope, &shown))
}
