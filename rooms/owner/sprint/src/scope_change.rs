//! What came into a sprint after it started, and what went out: the commitment stays as it was on that day.

use crate::model::*;
use backlog::Stage;
use kernel::{Column, Look, Result, Scope, Uuid, list};
use std::collections::BTreeSet;
use web::{Markup, html, keyed, pill, points, several};

/// A story that was not in it all the time.
pub(crate) struct Changed {
    number: i64,
    title: String,
    points: Option<f64>,
    stage: Stage,
    came: bool,
}

/// Nothing for a sprint that has not begun.
pub(crate) fn read(look: &mut Look, sprint: &Sprint) -> Result<Vec<Changed>> {
    if sprint.started_at.is_none() {
        return Ok(vec![]);
    }
    let committed: BTreeSet<Uuid> = sprint.committed.iter().map(|one| one.story.0).collect();
    // What left when it closed was in it until then.
    let left: BTreeSet<Uuid> = sprint.result.went.iter().map(|one| one.story.0).collect();
    let rows = look.query(
        "select story.id, story.number, story.title, story.points, story.stage, case when story.sprint = $2 then 1 else 0 end from story
         where story.product = $1 and (story.sprint = $2 or story.id in each($3)) and story.removed_at is null order by story.number limit 500",
        &[look.scope.product_id()?.value(), sprint.meta.id.value(), list(committed.iter().chain(&left).copied())],
    )?;
    let mut changed = vec![];
    for mut row in rows {
        let (id, number, title): (Uuid, i64, String) = (row.take()?, row.take()?, row.take()?);
        let (points, stage, here): (Option<f64>, Stage, i64) = (row.take()?, row.take()?, row.take()?);
        let there = here == 1 || left.contains(&id);
        if there != committed.contains(&id) {
            changed.push(Changed { number, title, points, stage, came: there });
        }
    }
    Ok(changed)
}

pub(crate) fn view(scope: &Scope, sprint: &Sprint, changed: &[Changed]) -> Markup {
    let size = |came: bool| changed.iter().filter(|one| one.came == came).filter_map(|one| one.points).sum::<f64>();
    let count = |came: bool| changed.iter().filter(|one| one.came == came).count();
    html! { @if sprint.started_at.is_some() { section.scope-changed { h2 { "After the start" }
        @if changed.is_empty() { p.hint { "Nothing came in and nothing went out: its scope is what was committed to." } }
        @else {
            p { (several(count(true), "story")) " came in" @if size(true) > 0.0 { ", " (several(points(Some(size(true))), "point")) } "; " (several(count(false), "story")) " went out" @if size(false) > 0.0 { ", " (several(points(Some(size(false))), "point")) } ". What was committed to stays as it was: " (several(sprint.committed.len(), "story")) "." }
            ul.lines { @for one in changed { li { @if one.came { (pill("neutral", "came in")) } @else { (pill("warning", "went out")) }
                a.what href={ (web::product_path(scope)) "/story/" (one.number) } { (keyed(scope, one.number, &one.title)) } span.points { (points(one.points)) } span.quiet { (one.stage.says()) } } } }
        }
    } } }
}
