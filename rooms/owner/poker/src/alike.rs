//! Stories that are like the one at hand and are done: what they were estimated at, and how long they really took.

use backlog::Story;
use kernel::{Area, Look, Noun, Result, Uuid, list};
use likeness::Texts;
use web::when;

/// What accepted stories say.
const DONE: Texts =
    Texts { noun: "story", text: "title || ' ' || wants || ' ' || substr(body, 1, 1000)", standing: "stage = 'accepted' and removed_at is null" };
/// So many that are alike are shown.
const SHOWN: usize = 5;
/// Beyond these it is hardly alike.
const ALIKE_FROM: f32 = 0.22;

/// A story that is done and like another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    pub number: i64,
    pub title: String,
    pub points: Option<f64>,
    /// From the day its work began to the day it was accepted, both counted.
    pub days: Option<i64>,
}

/// Accepted stories that are most like one, the most alike first.
pub(crate) fn alike(look: &mut Look, story: &Story) -> Result<Vec<Alike>> {
    if !look.scope.sees(Area::Backlog) || !look.scope.sees(Area::Estimates) {
        return Ok(vec![]);
    }
    let text = format!("{} {} {}", story.title, story.wants, story.body.chars().take(1000).collect::<String>());
    let like = DONE.like(look, &text, SHOWN + 1)?.into_iter().filter(|(id, likeness)| *likeness >= ALIKE_FROM && *id != story.meta.id);
    let order: Vec<Uuid> = like.map(|(id, _)| id).take(SHOWN).collect();
    let mut found = Story::all(look, "and id in each($2) and stage = 'accepted'", &[list(order.iter().copied())])?;
    found.sort_by_key(|one| order.iter().position(|id| *id == one.meta.id));
    let days = |one: &Story| {
        let (began, ended) = (one.started_at?, one.settled_at?);
        Some(when::days_between(&when::day(began.min(ended)), &when::day(ended)) + 1)
    };
    Ok(found.into_iter().map(|one| Alike { days: days(&one), number: one.number, title: one.title, points: one.points }).collect())
}
