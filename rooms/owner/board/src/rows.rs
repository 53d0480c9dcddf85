//! Reading what is blocked, and by what.

use crate::model::*;
use backlog::Story;
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, Value, list, query};
use std::collections::HashMap;

/// What is open of a story; the oldest, should there be two.
pub fn open_blocker(look: &mut Look, story: Id<Story>) -> Result<Option<Blocker>> {
    Ok(Blocker::all(look, "and story = $2 and lifted_at is null order by id limit 1", &[story.value()])?.pop())
}

/// The same of several stories.
pub fn open_blockers(look: &mut Look, stories: impl Iterator<Item = Id<Story>>) -> Result<Vec<Blocker>> {
    let stories: Vec<Uuid> = stories.map(|id| id.0).collect();
    if stories.is_empty() {
        return Ok(vec![]);
    }
    Blocker::all(look, "and story in each($2) and lifted_at is null order by id", &[list(stories)])
}

pub(crate) fn rule(look: &mut Look) -> Result<Option<BoardRule>> {
    Ok(BoardRule::all(look, "order by created_at, id limit 1", &[])?.pop())
}

/// A blocked story.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Blocked {
    pub number: i64,
    pub title: String,
    pub reason: String,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// What keeps it; nothing of stories that were marked before there were records of it.
    pub blocker: Option<Uuid>,
    /// Who can lift it, by id and name.
    pub lifter: Option<Uuid>,
    pub lifter_name: Option<String>,
}

/// So many blocked stories are told of.
pub(crate) const MOST: usize = 100;

/// What is blocked, the longest first. The index of what is blocked leads.
pub fn blocked(look: &mut Look) -> Result<Vec<Blocked>> {
    let sql = format!(
        "select story.number, story.title, story.blocked_reason, story.blocked_since, blocker.id, blocker.lifter, member.name
         from story left join blocker on blocker.story = story.id and blocker.lifted_at is null and blocker.removed_at is null
         left join member on member.id = blocker.lifter
         where story.product = $1 and story.blocked_since is not null and coalesce(story.stage, '') in ('open', 'doing', 'handed_over')
         and story.removed_at is null order by story.blocked_since, story.id limit {MOST}"
    );
    let product = look.scope.product_id()?;
    read(look.query(&sql, &[product.value()])?)
}

/// What whoever asks can lift, the longest first.
pub fn to_lift(look: &mut Look) -> Result<Vec<Blocked>> {
    let Some(me) = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none()) else { return Ok(vec![]) };
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select story.number, story.title, blocker.reason, story.blocked_since, blocker.id, blocker.lifter, member.name
         from blocker join story on story.id = blocker.story and story.blocked_since is not null and story.removed_at is null
         join member on member.id = blocker.lifter
         where blocker.product = $1 and blocker.lifter = $2 and blocker.lifted_at is null and blocker.removed_at is null
         and story.stage in ('open', 'doing', 'handed_over') order by story.blocked_since, blocker.id limit 20",
        &[product.value(), me.value()],
    )?;
    read(rows)
}

fn read(rows: Vec<kernel::Row>) -> Result<Vec<Blocked>> {
    let one = |mut row: kernel::Row| {
        let (number, title, reason, since) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Blocked { number, title, reason, since, blocker: row.take()?, lifter: row.take()?, lifter_name: row.take()? })
    };
    rows.into_iter().map(one).collect()
}

/// Who can lift what, by the numbers of the stories that are blocked.
pub fn lifters(look: &mut Look) -> Result<HashMap<i64, String>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select story.number, member.name from blocker join story on story.id = blocker.story join member on member.id = blocker.lifter
         where blocker.product = $1 and blocker.lifted_at is null and blocker.removed_at is null",
        &[product.value()],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// A blocker that is over.
pub(crate) struct Lifted {
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    pub reason: String,
    pub raised: i64,
    pub lifted: i64,
    pub by: Option<String>,
    pub outcome: String,
}

/// So many that are over are shown.
const LATELY: i64 = 20;

/// What was lifted last.
pub(crate) fn lately(look: &mut Look) -> Result<Vec<Lifted>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select blocker.id, story.number, story.title, blocker.reason, blocker.created_at, blocker.lifted_at, member.name, blocker.outcome
         from blocker join story on story.id = blocker.story left join member on member.id = blocker.lifted_by
         where blocker.product = $1 and blocker.lifted_at is not null and blocker.removed_at is null
         order by blocker.lifted_at desc, blocker.id desc limit $2",
        &[product.value(), Value::Int(LATELY)],
    )?;
    let one = |mut row: kernel::Row| {
        let (id, number, title, reason) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Lifted { id, number, title, reason, raised: row.take()?, lifted: row.take()?, by: row.take()?, outcome: row.take()? })
    };
    rows.into_iter().map(one).collect()
}

query! {
    /// What is blocked, why, since when, and who can lift it; the longest first.
    pub struct ReadBlocked in "blockers.open" at "/products/{product}/blocked-stories" -> Vec<Blocked> {}
}

impl Query for ReadBlocked {
    fn ask(self, look: &mut Look) -> Result<Vec<Blocked>> {
        blocked(look)
    }
}
