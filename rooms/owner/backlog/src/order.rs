//! Commands about the one strict order.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, command, words};

words! {
    /// Either end of the backlog.
    pub enum End { Top = "top", Bottom = "bottom" }
}

command! {
    /// Moves a story behind or ahead of another, or to an end of the backlog.
    pub struct MoveStory in "story.move" at Put "/products/{product}/stories/{story}/rank" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// The one it goes behind.
        pub after: Option<Ref>,
        /// The one it goes ahead of.
        pub before: Option<Ref>,
        pub to: Option<End>,
    }
}

/// Where something goes.
struct Gap {
    above: Option<Rank>,
    below: Option<Rank>,
}

/// The gap at a place, seen without the stories that move.
fn gap(look: &mut Look, after: Option<&Ref>, before: Option<&Ref>, to: Option<End>, moving: &[Story]) -> Result<Gap> {
    let besides: Vec<_> = moving.iter().map(Story::id).collect();
    let fixed = |look: &mut Look, field: &str, at: &Ref| match rows::story(look, at)? {
        other if besides.contains(&other.id()) => Err(Refusal::invalid(field, "Choose a place outside of what is being moved.")),
        other => Ok(other.rank),
    };
    match (after, before, to) {
        (Some(after), ..) => {
            let above = fixed(look, "after", after)?;
            Ok(Gap { below: rows::rank_below(look, Some(&above), &besides)?, above: Some(above) })
        }
        (None, Some(before), _) => {
            let below = fixed(look, "before", before)?;
            Ok(Gap { above: rows::rank_above(look, Some(&below), &besides)?, below: Some(below) })
        }
        (None, None, Some(End::Top)) => Ok(Gap { above: None, below: rows::rank_below(look, None, &besides)? }),
        (None, None, Some(End::Bottom)) => Ok(Gap { above: rows::rank_above(look, None, &besides)?, below: None }),
        (None, None, None) => Err(Refusal::invalid("after", "Say where it goes: behind or ahead of another story, or to an end.")),
    }
}

/// A story on its way.
pub struct Moved {
    story: Story,
    rank: Rank,
    key: String,
    /// Where it stands and where it goes, in words.
    said: Option<(String, String)>,
}

impl Moved {
    fn new(look: &mut Look, story: Story, rank: Rank) -> Result<Moved> {
        let said = if rank == story.rank { None } else { rows::places(look, &story, &rank)? };
        Ok(Moved { key: look.scope.key(story.number), story, rank, said })
    }

    fn event(self) -> Event {
        Event::changed(&STORY_MOVED, &self.story, &Story { rank: self.rank, ..self.story.clone() }).saying("rank", self.said)
    }
}

/// Stories that go into a gap together, in their order.
fn placed(look: &mut Look, stories: Vec<Story>, gap: &Gap) -> Result<Vec<Moved>> {
    let mut above = gap.above.clone();
    let place = |story: Story| {
        let rank = Rank::between(above.as_ref(), gap.below.as_ref());
        above = Some(rank.clone());
        Moved::new(look, story, rank)
    };
    stories.into_iter().map(place).collect()
}

/// A story with the place that it gets, and where it stands and goes in words.
pub type Placed = (Story, Rank, Option<(String, String)>);

/// Stories in backlog order, each with its place behind or ahead of another.
pub fn places(look: &mut Look, stories: Vec<Story>, after: Option<&Ref>, before: Option<&Ref>) -> Result<Vec<Placed>> {
    let gap = gap(look, after, before, None, &stories)?;
    Ok(placed(look, stories, &gap)?.into_iter().map(|moved| (moved.story, moved.rank, moved.said)).collect())
}

impl Command for MoveStory {
    type Before = Moved;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        if [&self.after, &self.before].into_iter().flatten().any(|at| at.0 == self.story.0) {
            let rank = story.rank.clone();
            return Moved::new(look, story, rank); // behind or ahead of itself
        }
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to, std::slice::from_ref(&story))?;
        let there = gap.above.as_ref().is_none_or(|above| *above < story.rank) && gap.below.as_ref().is_none_or(|below| story.rank < *below);
        let rank = if there { story.rank.clone() } else { Rank::between(gap.above.as_ref(), gap.below.as_ref()) };
        Moved::new(look, story, rank)
    }
    fn title(&self, Moved { story, key, said, .. }: &Moved) -> String {
        match said {
            Some((from, to)) => format!("Move {key} “{}” from {from} to {to}", story.title),
            None => format!("Move {key} “{}”", story.title),
        }
    }
    fn decide(self, before: Moved, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.event().into())
    }
}

command! {
    /// Moves several stories together, keeping their order among themselves.
    pub struct MoveStories in "story.move_several" at Post "/products/{product}/moves" [Backlog] {
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
        pub after: Option<Ref>,
        pub before: Option<Ref>,
        pub to: Option<End>,
    }
}

impl Command for MoveStories {
    /// The stories in backlog order, each on its way.
    type Before = Vec<Moved>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let stories = rows::several(look, &self.stories)?;
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to, &stories)?;
        placed(look, stories, &gap)
    }
    fn title(&self, before: &Self::Before) -> String {
        // All of them go where the first goes.
        let place = before.first().and_then(|first| first.said.as_ref()).map(|(_, to)| format!(" to {to}")).unwrap_or_default();
        format!("Move {}{place}", web::several(before.len(), "story"))
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.into_iter().map(Moved::event).collect::<Vec<_>>().into())
    }
}
