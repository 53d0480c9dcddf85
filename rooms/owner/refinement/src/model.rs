//! A session and its notes.

use backlog::Story;
use kernel::{Area, Heard, Id, Reading, Uuid, erasure::Said, noun, value::Packed};
use people::Member;
use std::collections::BTreeMap;

noun! {
    /// A session over the top of the backlog.
    pub struct Refinement in "refinement" {
        number: i64,
        /// The stories of its agenda, in their order.
        stories: Packed<Vec<Uuid>>,
        /// So many minutes are meant for each.
        minutes: i64,
        /// The one at hand, and since when.
        at_story: Option<Uuid>,
        since: Option<i64>,
        /// Milliseconds that each took so far.
        spent: Packed<BTreeMap<String, i64>>,
        ended_at: Option<i64>,
        /// Those of its agenda that were ready when it ended, and not before.
        made_ready: Packed<Vec<Uuid>>,
    } label(r) format!("refinement {}", r.number);
    about { many: "refinements", read: Reading::Sees(Area::Backlog), place: "refinement?session={id}", hushed: &["number", "stories", "since", "spent", "ended_at", "made_ready", "at_story"],
      points_at: &[("at_story", "story")], called: &[("minutes", "minutes for each")] }
}

noun! {
    /// What was noted in a session, at a story or about all of it.
    pub struct RefinementNote in "refinement_note" {
        refinement: Id<Refinement>,
        story: Option<Id<Story>>,
        body: String,
        member: Option<Id<Member>>,
    } label(n) n.body.lines().next().unwrap_or_default().chars().take(80).collect();
    about { many: "refinement-notes", one: "note of refinement", read: Reading::Of("refinement", "refinement"), titled: true, part_of: "refinement",
      heard: Heard { texts: &["body"], ..Heard::NOTHING }, said: Some(Said { by: "member", words: &["body"], unless: "" }),
      hushed: &["refinement", "story", "member"], called: &[("body", "text")] }
}

impl Refinement {
    /// Counts what the story at hand has taken until now, and leaves it.
    pub(crate) fn leave(&mut self, now: i64) {
        if let (Some(story), Some(since)) = (self.at_story, self.since) {
            *self.spent.0.entry(story.simple().to_string()).or_default() += (now - since).max(0);
        }
        self.at_story = None;
        self.since = None;
    }

    /// What a story has taken, with what runs now.
    pub fn took(&self, story: Uuid, now: i64) -> i64 {
        let running = self.since.filter(|_| self.at_story == Some(story) && self.ended_at.is_none()).map_or(0, |since| (now - since).max(0));
        self.spent.get(&story.simple().to_string()).copied().unwrap_or_default() + running
    }

    /// The one that comes after the one at hand; the first where none is.
    pub fn next(&self) -> Option<Uuid> {
        match self.at_story {
            None => self.stories.first().copied(),
            Some(at) => self.stories.iter().skip_while(|story| **story != at).nth(1).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    fn session() -> Refinement {
        Refinement {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            number: 1,
            stories: Packed(vec![Uuid::from_u128(1), Uuid::from_u128(2)]),
            minutes: 10,
            at_story: Some(Uuid::from_u128(1)),
            since: Some(1_000),
            spent: Packed::default(),
            ended_at: None,
            made_ready: Packed(vec![]),
        }
    }

    #[test]
    fn time_is_counted_for_each_story_and_goes_on_when_one_comes_back() {
        let mut s = session();
        assert_eq!(s.took(Uuid::from_u128(1), 4_000), 3_000);
        s.leave(4_000);
        assert_eq!((s.took(Uuid::from_u128(1), 9_000), s.took(Uuid::from_u128(2), 9_000)), (3_000, 0));
        (s.at_story, s.since) = (Some(Uuid::from_u128(1)), Some(10_000));
        assert_eq!(s.took(Uuid::from_u128(1), 11_000), 4_000);
        s.leave(8_000);
        assert_eq!(s.took(Uuid::from_u128(1), 20_000), 3_000, "a clock that goes back takes nothing away");
    }

    #[test]
    fn the_next_follows_the_agenda() {
        let mut s = session();
        assert_eq!(s.next(), Some(Uuid::from_u128(2)));
        s.at_story = Some(Uuid::from_u128(2));
        assert_eq!(s.next(), None);
        s.at_story = None;
        assert_eq!(s.next(), Some(Uuid::from_u128(1)));
    }
}
