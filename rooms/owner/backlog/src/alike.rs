//! What says nearly the same as a title that somebody is typing, so that a story is not written twice.

use crate::model::*;
use kernel::{Area, Column, JsonSchema, Look, Query, Result, Scope, Serialize, Uuid, query};
use likeness::Texts;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, IntoResponse, Markup, Response, errors, html, keyed, pill, product_path};

/// What stories are called.
const TITLES: Texts = Texts::of("story", "title");
/// So alike a story has to be to be shown.
const SHOWN_FROM: f32 = 0.4;
/// So many are shown.
const SHOWN: usize = 4;
/// Less than this says nothing yet, in characters.
const LEAST: usize = 4;

/// A story that says nearly the same.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct AlikeStory {
    pub number: i64,
    pub title: String,
    pub stage: Stage,
    /// 0 nothing in common, 1 the same words.
    pub likeness: f32,
}

query! {
    /// Stories whose titles say nearly the same as some words, the most alike first.
    pub struct ReadAlike in "stories.alike" at "/products/{product}/alike-stories" -> Vec<AlikeStory> {
        /// The title of a story that is thought of.
        #[serde(default)]
        pub title: String,
    }
}

impl Query for ReadAlike {
    fn ask(self, look: &mut Look) -> Result<Vec<AlikeStory>> {
        alike(look, &self.title)
    }
}

/// Of whatever stage: what is done or was dropped is told as well, before it is asked for once more.
fn alike(look: &mut Look, title: &str) -> Result<Vec<AlikeStory>> {
    if !look.scope.sees(Area::Backlog) || title.trim().chars().count() < LEAST {
        return Ok(vec![]);
    }
    let like = TITLES.like(look, title, 2 * SHOWN)?;
    let like: HashMap<Uuid, f32> = like.into_iter().filter(|(_, likeness)| *likeness >= SHOWN_FROM).collect();
    if like.is_empty() {
        return Ok(vec![]);
    }
    let sql = "select id, number, title, stage from story where product = $1 and id in each($2) and removed_at is null";
    let rows = look.query(sql, &[look.scope.product_id()?.value(), kernel::list(like.keys().copied())])?;
    let one = |mut row: kernel::Row| {
        let id: Uuid = row.take()?;
        let likeness = like.get(&id).copied().unwrap_or_default();
        Ok(AlikeStory { number: row.take()?, title: row.take()?, stage: row.take()?, likeness })
    };
    let mut found: Vec<AlikeStory> = rows.into_iter().map(one).collect::<Result<_>>()?;
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.number.cmp(&b.number)));
    found.truncate(SHOWN);
    Ok(found)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    title: String,
}

/// What is shown beneath a title while it is typed.
pub(crate) async fn beneath(at: At, web::Query(typed): web::Query<Typed>) -> Response {
    let found = at.read(move |look| {
        look.scope.product_id()?;
        let found = alike(look, &typed.title)?;
        Ok(list(look.scope, &found))
    });
    match found.await {
        Ok(list) => list.into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

fn list(scope: &Scope, found: &[AlikeStory]) -> Markup {
    html! { @if !found.is_empty() { div.alike-posts { p { strong { "Is it one of these?" } } ul.lines { @for one in found { li {
        a href={ (product_path(scope)) "/story/" (one.number) } { (keyed(scope, one.number, &one.title)) }
        @if one.stage != Stage::Open { " " (pill("neutral", one.stage.says())) }
    } } } } } }
}

/// Where it is asked.
pub(crate) fn address(scope: &Scope) -> String {
    format!("{}/backlog/alike", product_path(scope))
}

/// Where it is shown.
pub(crate) fn place() -> Markup {
    html! { div data-alike-here role="status" {} }
}

/// The field of a title, with what is like it beneath.
pub(crate) fn beside_title(scope: &Scope, field: Markup) -> Markup {
    html! { div data-alike=(address(scope)) { (field) (place()) } }
}
