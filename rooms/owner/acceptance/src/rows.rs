//! Reading what waits for a verdict, and the verdicts given.

use crate::runs_rows::{Newest, newest};
use backlog::{Criterion, Story};
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Result, Serialize, Value, list, query};
use std::collections::HashMap;

/// A story that waits, with its criteria.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Waiting {
    #[serde(flatten)]
    pub story: Story,
    pub criteria: Vec<Criterion>,
    /// Title of its feature.
    pub feature: Option<String>,
    /// Who worked on it.
    pub by: Option<String>,
    /// What the newest test run said of a criterion, by its id.
    #[serde(skip)]
    pub(crate) proofs: HashMap<Id<Criterion>, Newest>,
}

/// What has been handed over, longest first.
pub(crate) fn queue(look: &mut Look) -> Result<Vec<Waiting>> {
    let stories = Story::all(look, "and stage = 'handed_over' order by handed_over_at, id limit 200", &[])?;
    // Of the stories that are shown, however many wait behind them.
    let ids = list(stories.iter().map(|story| story.meta.id));
    let criteria = Criterion::all(look, "and story in each($2) order by rank, id", std::slice::from_ref(&ids))?;
    let mut proofs = newest(look, criteria.iter().map(Noun::id))?;
    let mut by_story: HashMap<Id<Story>, Vec<Criterion>> = HashMap::new();
    for criterion in criteria {
        by_story.entry(criterion.story).or_default().push(criterion);
    }
    let mut around: HashMap<Id<Story>, (Option<String>, Option<String>)> = look
        .query(
            "select story.id, feature.title, member.name from story left join feature on feature.id = story.feature
             left join member on member.id = story.assignee where story.id in each($1)",
            &[ids],
        )?
        .into_iter()
        .map(|mut row| Ok((row.take()?, (row.take()?, row.take()?))))
        .collect::<Result<_>>()?;
    let whole = |story: Story| {
        let (feature, by) = around.remove(&story.id()).unwrap_or_default();
        let criteria = by_story.remove(&story.id()).unwrap_or_default();
        let proofs = criteria.iter().filter_map(|c| Some((c.id(), proofs.remove(&c.id())?))).collect();
        Waiting { criteria, story, feature, by, proofs }
    };
    Ok(stories.into_iter().map(whole).collect())
}

/// A verdict as a line.
pub(crate) struct Given {
    pub number: i64,
    pub title: String,
    pub accepted: bool,
    pub reason: String,
    pub at: i64,
    pub by: Option<String>,
    /// Criteria that were not known to pass.
    pub unverified: usize,
}

pub(crate) fn recent(look: &mut Look, most: i64) -> Result<Vec<Given>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select story.number, story.title, verdict.accepted, verdict.reason, verdict.created_at, member.name, verdict.quoted
         from verdict join story on story.id = verdict.story left join member on member.id = verdict.member
         where verdict.product = $1 and verdict.removed_at is null order by verdict.created_at desc, verdict.id desc limit $2",
        &[product.value(), Value::Int(most)],
    )?;
    rows.into_iter()
        .map(|mut r| {
            Ok(Given {
                number: r.take()?,
                title: r.take()?,
                accepted: r.take()?,
                reason: r.take()?,
                at: r.take()?,
                by: r.take()?,
                unverified: r
                    .take::<kernel::value::Packed<Vec<crate::Quoted>>>()?
                    .iter()
                    .filter(|q| q.state != backlog::CriterionState::Passing)
                    .count(),
            })
        })
        .collect()
}

query! {
    /// What has been handed over and waits for a verdict, with its criteria.
    pub struct Queue in "acceptance.queue" at "/products/{product}/acceptance" -> Vec<Waiting> {}
}

impl Query for Queue {
    fn ask(self, look: &mut Look) -> Result<Vec<Waiting>> {
        queue(look)
    }
}

/// So many stories, the last ones, are the history of a forecast: a pace of years ago says nothing of the next, and what is
/// read must not grow for ever.
const FINISHED: i64 = 5_000;

/// When each of the last accepted stories was accepted and started, in milliseconds since 1970: the history of a forecast.
pub fn finished(look: &mut Look) -> Result<Vec<(i64, Option<i64>)>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select settled_at, started_at from story
         where product = $1 and stage = 'accepted' and settled_at is not null and removed_at is null order by settled_at desc limit $2",
        &[product.value(), Value::Int(FINISHED)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// How many stories are neither accepted nor dropped.
pub fn unfinished(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number(
        "select cast(coalesce(sum(stories), 0) as bigint) from story_tally where product = $1 and stage in ('open', 'doing', 'handed_over')",
        &[product.value()],
    )
}
