//! What came of a review, and what is shown of each story.

use crate::{DEMO_EDITED, DEMO_NOTED, DEMO_REMOVED, REVIEW_RECORDED, model::*};
use backlog::Story;
use kernel::{AnyDay, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Result, Scope, Text, Words, command, event::edit};
use sprint::Sprint;
use web::when;

command! {
    /// Writes down what came of the review of a sprint: what was decided, what is different now. What was written before is replaced.
    pub struct RecordReview in "review.record" at Put "/products/{product}/sprints/{sprint}/review" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
        /// The day it was held.
        #[serde(default)]
        pub held_on: AnyDay,
        /// In Markdown.
        #[serde(default)]
        pub body: Text<20_000>,
    }
}

impl Command for RecordReview {
    type Before = (Sprint, Option<Review>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sprint = sprint(look, &self.sprint)?;
        let kept = kept(look, sprint.id())?;
        Ok((sprint, kept))
    }
    fn title(&self, (sprint, _): &Self::Before) -> String {
        format!("Write down what came of the review of {}", sprint.name)
    }
    fn decide(self, (sprint, kept): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let held_on = self.held_on.day();
        when::happened("held_on", held_on.as_ref(), scope, moment.now)?;
        let event = match kept {
            Some(kept) => edit(&REVIEW_RECORDED, &kept, |review| {
                (review.held_on, review.body) = (held_on, self.body.into());
                Ok(())
            })?,
            None => {
                let review = Review { meta: moment.fresh(sprint.meta.product), sprint: sprint.id(), held_on, body: self.body.into() };
                Event::created(&REVIEW_RECORDED, &review)
            }
        };
        Ok(event.called(sprint.name).into())
    }
}

command! {
    /// Notes what is shown of a story at a review.
    pub struct NoteDemo in "demo_note.write" at Post "/products/{product}/sprints/{sprint}/demo-notes" [Work] {
        /// Number or id.
        pub sprint: Ref,
        /// Number, key or id.
        pub story: Ref,
        /// In Markdown.
        pub body: Words<5_000>,
    }
}

impl Command for NoteDemo {
    type Before = (Sprint, Story);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((sprint(look, &self.sprint)?, backlog::story(look, &self.story)?))
    }
    fn title(&self, (_, story): &Self::Before) -> String {
        format!("Note what is shown of “{}”", story.title)
    }
    fn decide(self, (sprint, story): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let note = DemoNote {
            meta: moment.fresh(sprint.meta.product),
            sprint: sprint.id(),
            story: story.id(),
            body: self.body.into(),
            member: scope.who.member.map(Id::new),
        };
        Ok(Event::created(&DEMO_NOTED, &note).called(story.title).into())
    }
}

command! {
    /// Changes what is shown of a story at a review.
    pub struct EditDemo in "demo_note.edit" at Patch "/products/{product}/demo-notes/{demo_note}" [Work] {
        pub demo_note: Id<DemoNote>,
        /// In Markdown.
        pub body: Words<5_000>,
    }
}

/// A note with its story.
fn noted(look: &mut Look, id: Id<DemoNote>) -> Result<(DemoNote, Story)> {
    let note = DemoNote::get(look, id)?;
    let story = Story::get(look, note.story)?;
    Ok((note, story))
}

impl Command for EditDemo {
    type Before = (DemoNote, Story);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        noted(look, self.demo_note)
    }
    fn title(&self, (_, story): &Self::Before) -> String {
        format!("Change what is shown of “{}”", story.title)
    }
    fn decide(self, (note, story): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&DEMO_EDITED, &note, |note| {
            note.body = self.body.into();
            Ok(())
        })?;
        Ok(event.called(story.title).into())
    }
}

command! {
    /// Takes a note of what is shown at a review away.
    pub struct RemoveDemo in "demo_note.remove" at Delete "/products/{product}/demo-notes/{demo_note}" [Work] {
        pub demo_note: Id<DemoNote>,
    }
}

impl Command for RemoveDemo {
    type Before = (DemoNote, Story);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        noted(look, self.demo_note)
    }
    fn title(&self, (_, story): &Self::Before) -> String {
        format!("Take off what is shown of “{}”", story.title)
    }
    fn decide(self, (note, story): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&DEMO_REMOVED, &note, moment.now).called(story.title).into())
    }
}
