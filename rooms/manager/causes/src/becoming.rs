//! What is done about a cause: a story in the backlog.

use crate::{events::*, model::*};
use backlog::{CreateStory, Story, StoryKind};
use kernel::{Command, Decided, Id, Line, Look, Making, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit};

command! {
    /// Makes a story of a cause: what is to be done about it.
    pub struct BecomeStory in "cause_note.become_story" at Post "/products/{product}/cause-notes/{cause_note}/story" [Backlog] {
        pub cause_note: Id<CauseNote>,
        /// What is to be done.
        pub title: Line<300>,
        #[serde(default = "bug")]
        pub kind: StoryKind,
    }
}

fn bug() -> StoryKind {
    StoryKind::Bug
}

/// The cause, and the story that is made of it.
pub struct Becoming {
    note: CauseNote,
    making: Making<CreateStory>,
}

impl Command for BecomeStory {
    type Before = Becoming;

    fn load(&self, look: &mut Look) -> Result<Becoming> {
        let note = CauseNote::get(look, self.cause_note)?;
        let inquiry = Inquiry::get(look, note.inquiry)?;
        if let Some(story) = note.story.and_then(|id| Story::get(look, id).ok()) {
            return Err(Refusal::invalid("cause_note", format!("It is a story already: “{}”.", story.title)));
        }
        let why = if note.why.is_empty() { String::new() } else { format!("\n\nWhat says so: {}", note.why) };
        let makes = CreateStory {
            title: String::from(self.title.clone()).into(),
            kind: self.kind,
            body: format!("A cause of “{}”:\n\n{}{why}", inquiry.title, note.body).into(),
            persona: Text::default(),
            wants: Text::default(),
            so_that: Text::default(),
            feature: None,
            labels: vec![],
            criteria: vec![],
            top: false,
            persona_of: None,
        };
        Ok(Becoming { making: Making::read(look, makes)?, note })
    }
    fn title(&self, before: &Becoming) -> String {
        before.making.title()
    }
    fn decide(self, before: Becoming, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (mut decided, made) = before.making.decide(moment, scope)?;
        decided.events.push(edit(&CAUSE_BECAME, &before.note, |note| {
            note.story = Some(Id::<Story>::new(made));
            Ok(())
        })?);
        Ok(decided)
    }
}
