//! Keeping what one is writing: one draft of each kind, read by nobody else.

use crate::{events::*, model::*};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Standing, Text, command, event::edit};

/// One's own draft of a kind, if there is one.
pub(crate) fn own(look: &mut Look, kind: Kind) -> Result<Option<UpdateDraft>> {
    let me = look.scope.who.signed_in()?;
    Ok(UpdateDraft::all(look, "and member = $2 and kind = $3", &[kernel::Column::value(&me), kernel::Column::value(&kind)])?.pop())
}

/// Whether whoever asks keeps a draft of a kind.
pub fn keeps(look: &mut Look, kind: Kind) -> Result<bool> {
    Ok(own(look, kind)?.is_some())
}

/// Whoever may at least propose an update writes one; a text is a person's.
pub fn writes(scope: &Scope, kind: Kind) -> bool {
    scope.who.assistant.is_none() && scope.standing(kind.area()).1 >= Standing::Proposes
}

fn may_write(scope: &Scope, kind: Kind) -> Result<()> {
    match writes(scope, kind) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever decides on an update or may propose one writes it; your hat does neither here.")),
    }
}

command! {
    /// Keeps what one is writing; nobody else reads it before it is published or proposed.
    pub struct SaveDraft in "update_draft.save" at Put "/products/{product}/update-drafts/{kind}" [] {
        /// `roadmap` or `progress`.
        pub kind: Kind,
        #[serde(default)]
        pub title: Text<200>,
        /// In Markdown.
        #[serde(default)]
        pub body: Text<MOST_TEXT>,
        /// Up to when the record was read for it; now when left out. Milliseconds since 1970.
        pub until: Option<i64>,
    }
}

impl Command for SaveDraft {
    type Before = Option<UpdateDraft>;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own(look, self.kind)
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Seen(self.kind.area())
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may_write(scope, self.kind)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Keep a draft about {}", self.kind.says())
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let until = self.until.unwrap_or(moment.now).clamp(0, moment.now);
        if let Some(before) = before {
            let event = edit(&DRAFT_SAVED, &before, |draft| {
                (draft.title, draft.body) = (self.title.into(), self.body.into());
                draft.until = if self.until.is_some() { until } else { draft.until };
                Ok(())
            })?;
            return Ok(event.into());
        }
        let draft = UpdateDraft {
            meta: moment.fresh(Some(scope.product_id()?)),
            member: Id::new(scope.who.signed_in()?),
            kind: self.kind,
            title: self.title.into(),
            body: self.body.into(),
            until,
        };
        Ok(Event::created(&DRAFT_SAVED, &draft).into())
    }
}

command! {
    /// Puts one's draft away, to begin anew from the record.
    pub struct DiscardDraft in "update_draft.discard" at Delete "/products/{product}/update-drafts/{kind}" [] {
        /// `roadmap` or `progress`.
        pub kind: Kind,
    }
}

impl Command for DiscardDraft {
    type Before = Option<UpdateDraft>;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own(look, self.kind)
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Seen(self.kind.area())
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may_write(scope, self.kind)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Put away a draft about {}", self.kind.says())
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        match before {
            Some(draft) => Ok(Event::removed(&DRAFT_DISCARDED, &draft, moment.now).into()),
            None => Err(Refusal::invalid("kind", "There is no draft of yours to put away.")),
        }
    }
}
