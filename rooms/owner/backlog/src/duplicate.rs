//! Another story like one that is there.

use crate::{events::STORY_CREATED, model::*, rows, stories::Place};
use kernel::{Command, Decided, Event, Look, Moment, Noun, Rank, Ref, Result, Scope, command};

command! {
    /// Makes another story like this one, with its criteria, right after it. What became of the first is not copied.
    pub struct DuplicateStory in "story.duplicate" at Post "/products/{product}/stories/{story}/duplicates" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
    }
}

/// A story with its criteria, and the place right after it.
pub(crate) fn with_place_below(look: &mut Look, story: &Ref) -> Result<(Story, Vec<Criterion>, Place)> {
    let story = rows::story(look, story)?;
    let criteria = rows::criteria_of(look, story.id())?;
    let below = rows::rank_below(look, Some(&story.rank), &[])?;
    let place = Place { number: product::next_number(look)?, rank: Rank::between(Some(&story.rank), below.as_ref()), feature: story.feature };
    Ok((story, criteria, place))
}

impl Command for DuplicateStory {
    type Before = (Story, Vec<Criterion>, Place);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        with_place_below(look, &self.story)
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Make another story like “{}”", story.title)
    }
    fn decide(self, (like, criteria, place): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let story = Story {
            kind: like.kind,
            title: like.title,
            body: like.body,
            persona: like.persona,
            persona_of: like.persona_of,
            wants: like.wants,
            so_that: like.so_that,
            labels: like.labels,
            ..crate::stories::blank(moment, scope.product_id()?, place)
        };
        let texts: Vec<String> = criteria.into_iter().map(|c| c.body).collect();
        let mut events = vec![Event::created(&STORY_CREATED, &story)];
        events.extend(crate::criteria::fresh(moment, &story, &texts, 0, None)?);
        Ok(events.into())
    }
}
