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

/// The places of stories that go into a gap together, in their order.
fn placed(stories: Vec<Story>, gap: &Gap) -> Vec<(Story, Rank)> {
    let mut above = gap.above.clone();
    let place = |story: Story| {
        let rank = Rank::between(above.as_ref(), gap.below.as_ref());
        above = Some(rank.clone());
        (story, rank)
    };
    stories.into_iter().map(place).collect()
}

/// Stories in backlog order, each with the place that it gets behind or ahead of another.
pub fn places(look: &mut Look, stories: Vec<Story>, after: Option<&Ref>, before: Option<&Ref>) -> Result<Vec<(Story, Rank)>> {
    let gap = gap(look, after, before, None, &stories)?;
    Ok(placed(stories, &gap))
}

impl Command for MoveStory {
    type Before = (Story, Rank);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        if [&self.after, &self.before].into_iter().flatten().any(|at| at.0 == self.story.0) {
            return Ok((story.clone(), story.rank)); // behind or ahead of itself
        }
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to, std::slice::from_ref(&story))?;
        let there = gap.above.as_ref().is_none_or(|above| *above < story.rank) && gap.below.as_ref().is_none_or(|below| story.rank < *below);
        let rank = if there { story.rank.clone() } else { Rank::between(gap.above.as_ref(), gap.below.as_ref()) };
        Ok((story, rank))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        let place = match (&self.after, &self.before, self.to) {
            (Some(Ref(other)), ..) => format!("behind {other}"),
            (None, Some(Ref(other)), _) => format!("ahead of {other}"),
            (.., Some(end)) => format!("to the {end}"),
            _ => String::new(),
        };
        format!("Move “{}” {place}", before.title)
    }
    fn decide(self, (before, rank): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::changed(&STORY_MOVED, &before, &Story { rank, ..before.clone() }).into())
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
    /// The stories in backlog order, each with its new place.
    type Before = Vec<(Story, Rank)>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let stories = rows::several(look, &self.stories)?;
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to, &stories)?;
        Ok(placed(stories, &gap))
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Move {}", web::several(before.len(), "story"))
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let moved = before.into_iter().map(|(before, rank)| Event::changed(&STORY_MOVED, &before, &Story { rank, ..before.clone() }));
        Ok(moved.collect::<Vec<_>>().into())
    }
}
