//! What is noted in a session.

use crate::{events::*, model::*};
use backlog::Story;
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Words, command};

command! {
    /// Notes what was said in a session, at a story of its agenda or about all of it.
    pub struct NoteInRefinement in "refinement.note" at Post "/products/{product}/refinements/{refinement}/notes" [Work] {
        pub refinement: Id<Refinement>,
        /// Number, key or id; none for the session as a whole.
        pub story: Option<Ref>,
        pub body: Words<5_000>,
    }
}

impl Command for NoteInRefinement {
    type Before = (Refinement, Option<Story>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let session = Refinement::get(look, self.refinement)?;
        let story = self.story.as_ref().filter(|at| !at.0.trim().is_empty()).map(|at| backlog::story(look, at)).transpose()?;
        Ok((session, story))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Note something in refinement".into()
    }
    fn decide(self, (session, story): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if story.as_ref().is_some_and(|story| !session.stories.contains(&story.meta.id)) {
            return Err(Refusal::invalid("story", "This story is not on the agenda."));
        }
        let note = RefinementNote {
            meta: moment.fresh(session.meta.product),
            refinement: session.id(),
            story: story.map(|story| story.id()),
            body: self.body.into(),
            member: scope.who.member.map(Id::new),
        };
        Ok(Event::created(&NOTED, &note).into())
    }
}

command! {
    /// Removes a note of a session.
    pub struct RemoveRefinementNote in "refinement.remove_note" at Delete "/products/{product}/refinement-notes/{refinement_note}" [Work] {
        pub refinement_note: Id<RefinementNote>,
    }
}

impl Command for RemoveRefinementNote {
    type Before = RefinementNote;

    fn load(&self, look: &mut Look) -> Result<RefinementNote> {
        RefinementNote::get(look, self.refinement_note)
    }
    fn title(&self, _: &RefinementNote) -> String {
        "Remove a note of refinement".into()
    }
    fn decide(self, before: RefinementNote, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&NOTE_REMOVED, &before, moment.now).into())
    }
}
