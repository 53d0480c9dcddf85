//! What may be the cause: written by kind, asked why of, judged, and tied to evidence.

use crate::{events::*, model::*, rows};
use customers::Evidence;
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Tie, Words, command, event::edit, give, relation::Ends};

/// So many causes are thought of; more are no picture any more.
pub(crate) const MOST: usize = 100;
/// Asking why so often leads to something that can be changed, or to nothing.
const DEEPEST: usize = 7;

command! {
    /// Writes down what may be the cause, or why another is.
    pub struct WriteCause in "cause_note.write" at Post "/products/{product}/inquiries/{inquiry}/notes" [Customers] {
        pub inquiry: Id<Inquiry>,
        pub body: Words<500>,
        /// Of which kind it is; that of the one above where it is asked why of.
        pub bone: Option<Bone>,
        /// The one that it is the reason of.
        pub under: Option<Id<CauseNote>>,
        /// The part of the figures that it speaks of: `country = FR`.
        #[serde(default)]
        pub slice: Text<500>,
    }
}

impl Command for WriteCause {
    type Before = (Inquiry, Vec<CauseNote>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Inquiry::get(look, self.inquiry)?, rows::notes(look, self.inquiry)?))
    }
    fn title(&self, (inquiry, _): &Self::Before) -> String {
        format!("A cause of “{}”: {}", inquiry.title, web::clipped(&self.body, 90))
    }
    fn decide(self, (inquiry, notes): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if notes.len() >= MOST {
            return Err(Refusal::invalid("body", format!("{MOST} causes stand here; more cannot be taken in. Rule some out, or remove them.")));
        }
        let find = |id: Id<CauseNote>| notes.iter().find(|note| note.id() == id);
        let above = self.under.map(|id| find(id).ok_or_else(|| Refusal::invalid("under", "That cause is not one of this inquiry."))).transpose()?;
        let mut deep = 0;
        let mut at = above;
        while let Some(note) = at {
            deep += 1;
            if deep >= DEEPEST {
                return Err(Refusal::invalid(
                    "body",
                    format!("Asked why {DEEPEST} times: if nothing here can be changed, begin with another cause."),
                ));
            }
            at = note.under.and_then(find);
        }
        let note = CauseNote {
            meta: moment.fresh(Some(scope.product_id()?)),
            inquiry: inquiry.id(),
            under: self.under,
            bone: self.bone.or(above.map(|note| note.bone)).unwrap_or(Bone::Other),
            body: self.body.into(),
            slice: self.slice.into(),
            held: Held::Open,
            why: String::new(),
            story: None,
        };
        Ok(Event::created(&CAUSE_WRITTEN, &note).into())
    }
}

command! {
    /// Changes the text of a cause, or its kind.
    pub struct EditCause in "cause_note.edit" at Patch "/products/{product}/cause-notes/{cause_note}" [Customers] {
        pub cause_note: Id<CauseNote>,
        pub body: Option<Words<500>>,
        pub bone: Option<Bone>,
    }
}

impl Command for EditCause {
    type Before = CauseNote;

    fn load(&self, look: &mut Look) -> Result<CauseNote> {
        CauseNote::get(look, self.cause_note)
    }
    fn title(&self, before: &CauseNote) -> String {
        format!("Change the cause “{}”", before.label())
    }
    fn decide(self, before: CauseNote, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&CAUSE_EDITED, &before, |note| {
            give(&mut note.body, self.body);
            give(&mut note.bone, self.bone);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says what is thought of a cause by now, and what says so.
    pub struct JudgeCause in "cause_note.judge" at Put "/products/{product}/cause-notes/{cause_note}/judgement" [Customers] {
        pub cause_note: Id<CauseNote>,
        pub held: Held,
        /// What says so; it has to be said where one is ruled out or confirmed.
        #[serde(default)]
        pub why: Text<2_000>,
    }
}

impl Command for JudgeCause {
    type Before = CauseNote;

    fn load(&self, look: &mut Look) -> Result<CauseNote> {
        CauseNote::get(look, self.cause_note)
    }
    fn title(&self, before: &CauseNote) -> String {
        format!("“{}” is {}", before.label(), self.held.says())
    }
    fn decide(self, before: CauseNote, _: &Moment, _: &Scope) -> Result<Decided> {
        if self.why.is_empty() && matches!(self.held, Held::RuledOut | Held::Confirmed) {
            return Err(Refusal::invalid("why", "Say what says so: a figure, a date, or what somebody saw."));
        }
        let event = edit(&CAUSE_JUDGED, &before, |note| {
            note.held = self.held;
            note.why = self.why.into();
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes a cause, with all that was written as its reason.
    pub struct RemoveCause in "cause_note.remove" at Delete "/products/{product}/cause-notes/{cause_note}" [Customers] {
        pub cause_note: Id<CauseNote>,
    }
}

impl Command for RemoveCause {
    type Before = (CauseNote, Vec<CauseNote>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let note = CauseNote::get(look, self.cause_note)?;
        let all = rows::notes(look, note.inquiry)?;
        Ok((note, all))
    }
    fn title(&self, (note, _): &Self::Before) -> String {
        format!("Remove the cause “{}”", note.label())
    }
    fn decide(self, (note, all): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut gone = vec![&note];
        let mut at = 0;
        while let Some(above) = gone.get(at).copied() {
            gone.extend(all.iter().filter(|one| one.under == Some(above.id())));
            at += 1;
        }
        // The deepest first, so that nothing stands under what is gone.
        let events: Vec<Event> = gone.into_iter().rev().map(|note| Event::removed(&CAUSE_REMOVED, note, moment.now)).collect();
        Ok(events.into())
    }
}

/// Evidence, a cause, and the link between them, if any.
fn behind(look: &mut Look, evidence: Id<Evidence>, note: Id<CauseNote>) -> Result<Ends> {
    let (evidence, note) = (Evidence::get(look, evidence)?, CauseNote::get(look, note)?);
    Ends::read(look, &evidence, Tie::Supports, &note)
}

command! {
    /// Says that evidence speaks for a cause.
    pub struct SupportCause in "cause_note.support" at Put "/products/{product}/cause-notes/{cause_note}/evidence/{evidence}" [Customers] {
        pub cause_note: Id<CauseNote>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for SupportCause {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.cause_note)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&CAUSE_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that evidence speaks for a cause.
    pub struct UnsupportCause in "cause_note.unsupport" at Delete "/products/{product}/cause-notes/{cause_note}/evidence/{evidence}" [Customers] {
        pub cause_note: Id<CauseNote>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for UnsupportCause {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.cause_note)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&CAUSE_UNLINKED, moment.now)?.into())
    }
}
