//! The backlog and the story page.

use crate::{
    rows::{self, Backlog},
    story_view, views,
};
use kernel::{Area, Look, Noun, Ref, Result};
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Markup, Page, Path, Query, Response, Router, Web, Wing, get};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/backlog", get(backlog)).route("/{product}/story/{story}", get(story))
}

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    #[serde(flatten)]
    wanted: Backlog,
}

async fn backlog(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let page = rows::page(look, &q.wanted)?;
        let panel = q.open.as_ref().map(|open| panel(look, open)).transpose()?;
        let features = rows::feature_choices(look)?;
        let sprints = rows::sprint_choices(look)?;
        let body = views::backlog(look.scope, &page, &q.wanted, &features, &sprints);
        let primary = views::create_button(look.scope, &features);
        Ok(Page::new("Backlog", Wing::Owner, "backlog", body)
            .about(&[Area::Backlog, Area::Estimates])
            .live("story criterion sprint feature comment verdict")
            .primary(primary)
            .panel(panel)
            .wide())
    })
    .await
}

async fn story(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    at.page(move |look| {
        let open = path.get("story").cloned().unwrap_or_default();
        let title = rows::story(look, &Ref(open.clone()))?;
        let body = panel(look, &open)?;
        Ok(Page::new(look.scope.key(title.number), Wing::Owner, "backlog", body).live("story criterion sprint feature comment verdict"))
    })
    .await
}

/// A story with everything around it; the panel and the page share it.
pub fn panel(look: &mut Look, open: &str) -> Result<Markup> {
    let story = rows::story(look, &Ref(open.to_owned()))?;
    let criteria = rows::criteria_of(look, story.id())?;
    let around = rows::around(look, &story)?;
    let features = rows::feature_choices(look)?;
    let sprints = rows::sprint_choices(look)?;
    let columns: Vec<(String, String)> =
        product::columns_of(look)?.into_iter().filter(|c| c.stage != crate::Stage::Accepted).map(|c| (c.id().to_string(), c.name)).collect();
    let comments = conversation::comments_on(look, story.meta.id)?;
    let kin = crate::links::kin_of(look, story.id())?;
    let history = activity::history(look, story.meta.id, 50)?;
    let shown = story_view::Shown {
        story: &story,
        criteria: &criteria,
        around: &around,
        features: &features,
        sprints: &sprints,
        columns: &columns,
        comments: &comments,
        history: &history,
        kin: &kin,
    };
    Ok(story_view::story(look.scope, &shown))
}
