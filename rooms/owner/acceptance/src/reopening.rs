//! Taking an acceptance up again.

use crate::STORY_REOPENED;
use backlog::{Stage, Story};
use kernel::{Command, Decided, Event, Look, Moment, Ref, Refusal, Result, Scope, command};
use product::{BoardColumn, column_of};

command! {
    /// Reopens an accepted story: it waits for a verdict again. The verdict that was given stays in the record.
    pub struct ReopenStory in "story.reopen" at Delete "/products/{product}/stories/{story}/acceptance" [Acceptance] {
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for ReopenStory {
    type Before = (Story, Vec<BoardColumn>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((backlog::story(look, &self.story)?, product::columns_of(look)?))
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("Reopen “{}”", story.title)
    }
    fn decide(self, (before, columns): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.stage != Stage::Accepted {
            return Err(Refusal::invalid("story", "Only an accepted story can be reopened."));
        }
        let after = Story {
            stage: Stage::HandedOver,
            board_column: column_of(&columns, Stage::HandedOver),
            handed_over_at: Some(moment.now),
            settled_at: None,
            ..before.clone()
        };
        Ok(Event::changed(&STORY_REOPENED, &before, &after).into())
    }
}
