//! Commands about what keeps a story from going on. A story has one open blocker at most: its reason and since when stand
//! on the story too, where every list and filter finds them.

use crate::{events::*, model::*, rows};
use backlog::{Stage, Story};
use kernel::{Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, command, event::edit};
use people::Member;

/// A verdict is the Owner's act, and what was dropped rests: nothing else moves them.
///
/// # Errors
/// `Invalid` where the story is accepted or was dropped.
pub fn unsettled(story: &Story) -> Result<()> {
    match story.stage {
        Stage::Accepted => Err(Refusal::invalid("story", "This story is accepted; it does not move any more.")),
        Stage::Dropped => Err(Refusal::invalid("story", "This story was dropped. Take it up again first.")),
        _ => Ok(()),
    }
}

command! {
    /// Marks a story as blocked, with what blocks it and who can lift that.
    pub struct BlockStory in "story.block" at Put "/products/{product}/stories/{story}/block" [Work] {
        /// Number, key or id.
        pub story: Ref,
        pub reason: Line<500>,
        /// Somebody of the product who can lift it; they are told and find it on their Home.
        pub lifter: Option<Id<Member>>,
    }
}

impl Command for BlockStory {
    type Before = (Story, Option<Blocker>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        if let Some(lifter) = self.lifter
            && people::person_of(look, lifter)?.is_none_or(|person| person.is_assistant)
        {
            return Err(Refusal::invalid("lifter", "Choose someone who belongs to this product."));
        }
        let story = backlog::story(look, &self.story)?;
        let open = rows::open_blocker(look, story.id())?;
        Ok((story, open))
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("“{}” is blocked", story.title)
    }
    fn decide(self, (before, open): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        unsettled(&before)?;
        let reason = String::from(self.reason);
        let blocker = match open.filter(|_| before.blocked_since.is_some()) {
            Some(open) => edit(&BLOCKER_CHANGED, &open, |b| {
                b.reason.clone_from(&reason);
                b.lifter = self.lifter.or(b.lifter);
                Ok(())
            })?,
            None => Event::created(
                &BLOCKER_RAISED,
                &Blocker {
                    meta: moment.fresh(Some(scope.product_id()?)),
                    story: before.id(),
                    reason: reason.clone(),
                    lifter: self.lifter,
                    raised_by: scope.who.member.map(Id::new),
                    lifted_at: None,
                    lifted_by: None,
                    outcome: String::new(),
                },
            ),
        };
        let after = Story { blocked_since: before.blocked_since.or(Some(moment.now)), blocked_reason: reason, ..before.clone() };
        Ok(vec![Event::changed(&STORY_BLOCKED, &before, &after), blocker].into())
    }
}

/// The story as it goes on.
fn free(before: &Story) -> Event {
    Event::changed(&STORY_UNBLOCKED, before, &Story { blocked_since: None, blocked_reason: String::new(), ..before.clone() })
}

/// That a blocker is over, for whichever act ends it.
///
/// # Errors
/// None of its own; those of building the event.
pub fn lifted(open: &Blocker, outcome: &str, moment: &Moment, scope: &Scope) -> Result<Event> {
    edit(&BLOCKER_LIFTED, open, |b| {
        (b.lifted_at, b.lifted_by) = (Some(moment.now), scope.who.member.map(Id::new));
        outcome.clone_into(&mut b.outcome);
        Ok(())
    })
}

command! {
    /// Says that a story is no longer blocked.
    pub struct UnblockStory in "story.unblock" at Delete "/products/{product}/stories/{story}/block" [Work] {
        /// Number, key or id.
        pub story: Ref,
        /// What was done about it.
        #[serde(default)]
        pub outcome: Text<500>,
    }
}

impl Command for UnblockStory {
    type Before = (Story, Option<Blocker>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = backlog::story(look, &self.story)?;
        let open = rows::open_blocker(look, story.id())?;
        Ok((story, open))
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("“{}” is no longer blocked", story.title)
    }
    fn decide(self, (before, open): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut events = vec![free(&before)];
        if let Some(open) = open {
            events.push(lifted(&open, &self.outcome, moment, scope)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Lifts a blocker that names whoever asks as the one who can, whatever say they have in the work otherwise.
    pub struct LiftBlocker in "blocker.lift" at Post "/products/{product}/blockers/{blocker}/lifting" [] {
        pub blocker: Id<Blocker>,
        /// What was done about it.
        #[serde(default)]
        pub outcome: Text<500>,
    }
}

impl Command for LiftBlocker {
    type Before = (Blocker, Story);
    const AUTHORITY: Authority = Authority::Seen(Area::Work);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let blocker = Blocker::get(look, self.blocker)?;
        let story = Story::get(look, blocker.story)?;
        Ok((blocker, story))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Self::AUTHORITY
    }
    fn may(&self, (blocker, _): &Self::Before, scope: &Scope) -> Result<()> {
        let named = blocker.lifter.is_some() && blocker.lifter.map(|lifter| lifter.0) == scope.who.member;
        match named && scope.who.assistant.is_none() {
            true => Ok(()),
            false => Err(Refusal::denied("This blocker names somebody else. Whoever has a say in the work says that a story is no longer blocked.")),
        }
    }
    fn title(&self, (blocker, _): &Self::Before) -> String {
        format!("Lift “{}”", blocker.reason)
    }
    fn decide(self, (blocker, story): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if blocker.lifted_at.is_some() {
            return Err(Refusal::invalid("blocker", "It was lifted already."));
        }
        Ok(vec![lifted(&blocker, &self.outcome, moment, scope)?, free(&story)].into())
    }
}
