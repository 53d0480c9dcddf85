//! Tending the backlog: what nobody has touched for long, and what likely says the same as something else. Both are shown with the
//! acts that settle them; nothing is done by itself.

use crate::{events::*, model::*, rows};
use kernel::{Column, Command, Decided, Event, Look, Moment, Ref, Refusal, Result, Scope, Tie, Value, command, event::edit, relation::Ends};
use similarity::{Index, LIKELY};
use std::collections::HashSet;

/// After so many weeks without a change an open story is stale.
pub const STALE_WEEKS: i64 = 13;
pub(crate) const DAY: i64 = 86_400_000;
/// So many are shown at once.
pub(crate) const SHOWN: usize = 25;
/// So many open stories, the first of the backlog, are held against each other.
pub(crate) const COMPARED: usize = 2_000;

/// An open story that nobody has touched for long.
pub(crate) struct Stale {
    pub number: i64,
    pub title: String,
    pub touched: i64,
}

/// Those untouched the longest, one more than are shown where there are more.
pub(crate) fn stale(look: &mut Look) -> Result<Vec<Stale>> {
    let before = look.now() - STALE_WEEKS * 7 * DAY;
    let sql = format!(
        "select number, title, updated_at from story where product = $1 and stage = 'open' and updated_at < $2 and removed_at is null
         order by updated_at, id limit {}",
        SHOWN + 1
    );
    let found = look.query(&sql, &[look.scope.product_id()?.value(), Value::Int(before)])?;
    found.into_iter().map(|mut row| Ok(Stale { number: row.take()?, title: row.take()?, touched: row.take()? })).collect()
}

/// Two open stories that likely say the same: number and title of each, the one further up first.
pub(crate) struct Alike {
    pub first: (i64, String),
    pub second: (i64, String),
    pub likeness: f32,
}

/// Pairs that likely say the same, the most alike first; without those that are linked already.
pub(crate) fn alike(look: &mut Look) -> Result<Vec<Alike>> {
    let sql = format!(
        "select story.id, story.number, story.title, story.wants from story where product = $1 and stage = 'open' and removed_at is null order by rank, id limit {COMPARED}"
    );
    let mut stories: Vec<(kernel::Uuid, i64, String)> = vec![];
    let mut index = Index::default();
    for mut row in look.query(&sql, &[look.scope.product_id()?.value()])? {
        let (id, number, title, wants): (_, _, String, String) = (row.take()?, row.take()?, row.take()?, row.take()?);
        index.add(stories.len() as u64, &format!("{title} {wants}"));
        stories.push((id, number, title));
    }
    let pairs: Vec<(usize, usize, f32)> =
        index.pairs(LIKELY).into_iter().map(|(a, b, likeness)| (a.min(b) as usize, a.max(b) as usize, likeness)).collect();
    if pairs.is_empty() {
        return Ok(vec![]);
    }
    let linked: HashSet<(kernel::Uuid, kernel::Uuid)> =
        linked(look, pairs.iter().flat_map(|(a, b, _)| [*a, *b]).filter_map(|at| Some(stories.get(at)?.0)))?;
    let fresh = |(a, b, likeness): (usize, usize, f32)| {
        let (one, other) = (stories.get(a)?, stories.get(b)?);
        let known = linked.contains(&(one.0, other.0)) || linked.contains(&(other.0, one.0));
        (!known).then(|| Alike { first: (one.1, one.2.clone()), second: (other.1, other.2.clone()), likeness })
    };
    Ok(pairs.into_iter().filter_map(fresh).take(SHOWN + 1).collect())
}

/// The links that go out from some stories.
fn linked(look: &mut Look, ids: impl Iterator<Item = kernel::Uuid>) -> Result<HashSet<(kernel::Uuid, kernel::Uuid)>> {
    let ids: HashSet<kernel::Uuid> = ids.collect();
    let sql = "select from_id, to_id from relation where from_id in each($1) and to_noun = 'story' and removed_at is null";
    look.query(sql, &[kernel::list(ids)])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

command! {
    /// Says that a story is still wanted, though nothing was done about it for long.
    pub struct StillWanted in "story.still_wanted" at Put "/products/{product}/stories/{story}/wanted" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for StillWanted {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        rows::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("“{}” is still wanted", before.title)
    }
    fn decide(self, before: Story, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&STORY_WANTED, &before, |s| {
            s.wanted_at = Some(moment.now);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Drops a story because another says the same, and links the two.
    pub struct DropDuplicate in "story.drop_duplicate" at Put "/products/{product}/stories/{story}/duplicate-of" [Backlog] {
        /// The one that goes: number, key or id.
        pub story: Ref,
        /// The one that stays: number, key or id.
        pub to: Ref,
    }
}

impl Command for DropDuplicate {
    type Before = (Story, Story, Ends);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let stays = rows::story(look, &self.to).map_err(|_| Refusal::invalid("to", "There is no such story."))?;
        if story.meta.id == stays.meta.id {
            return Err(Refusal::invalid("to", "A story is no duplicate of itself."));
        }
        let ends = Ends::read(look, &story, Tie::Duplicates, &stays)?;
        Ok((story, stays, ends))
    }
    fn title(&self, (story, stays, _): &Self::Before) -> String {
        format!("Drop “{}”: “{}” says the same", story.title, stays.title)
    }
    fn decide(self, (story, _, ends): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = ends.link(&STORY_LINKED, moment, scope.product_id()?)?;
        events.push(crate::stories::dropped(&story, true, moment)?);
        Ok(events.into())
    }
}
