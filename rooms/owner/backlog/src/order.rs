//! Commands about the one strict order.

use crate::{events::*, model::*, rows, stories::several};
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

fn gap(look: &mut Look, after: Option<&Ref>, before: Option<&Ref>, to: Option<End>) -> Result<Gap> {
    match (after, before, to) {
        (Some(after), ..) => {
            let above = rows::story(look, after)?.rank;
            Ok(Gap { below: rows::rank_below(look, &above)?, above: Some(above) })
        }
        (None, Some(before), _) => {
            let below = rows::story(look, before)?.rank;
            Ok(Gap { above: rows::rank_above(look, &below)?, below: Some(below) })
        }
        (None, None, Some(End::Top)) => Ok(Gap { above: None, below: rows::first_rank(look)? }),
        (None, None, Some(End::Bottom)) => Ok(Gap { above: rows::last_rank(look)?, below: None }),
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

impl Command for MoveStory {
    type Before = Moved;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to)?;
        // Already there: behind itself, ahead of itself, or next to where it goes.
        let stays = gap.above.as_ref() == Some(&story.rank) || gap.below.as_ref() == Some(&story.rank);
        let rank = if stays { story.rank.clone() } else { Rank::between(gap.above.as_ref(), gap.below.as_ref()) };
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
        let mut stories = several(look, &self.stories)?;
        stories.sort_by(|a, b| a.rank.cmp(&b.rank));
        stories.dedup_by_key(|s| s.id());
        let gap = gap(look, self.after.as_ref(), self.before.as_ref(), self.to)?;
        if stories.iter().any(|s| gap.above.as_ref() == Some(&s.rank) || gap.below.as_ref() == Some(&s.rank)) {
            return Err(Refusal::invalid("after", "Choose a place outside of what is being moved."));
        }
        let mut above = gap.above;
        let placed = stories.into_iter().map(|story| {
            let rank = Rank::between(above.as_ref(), gap.below.as_ref());
            above = Some(rank.clone());
            Moved::new(look, story, rank)
        });
        placed.collect()
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
