//! An inquiry reworded, settled by what was found, asked anew, removed.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Words, command, event::edit, give};

command! {
    /// Changes what an inquiry is called, and what was seen.
    pub struct EditInquiry in "inquiry.edit" at Patch "/products/{product}/inquiries/{inquiry}" [Customers] {
        pub inquiry: Id<Inquiry>,
        pub title: Option<Line<200>>,
        pub seen: Option<Text<5_000>>,
    }
}

impl Command for EditInquiry {
    type Before = Inquiry;

    fn load(&self, look: &mut Look) -> Result<Inquiry> {
        Inquiry::get(look, self.inquiry)
    }
    fn title(&self, before: &Inquiry) -> String {
        format!("Change the inquiry “{}”", before.title)
    }
    fn decide(self, before: Inquiry, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&INQUIRY_EDITED, &before, |inquiry| {
            give(&mut inquiry.title, self.title);
            give(&mut inquiry.seen, self.seen);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says what the cause was.
    pub struct SettleInquiry in "inquiry.settle" at Put "/products/{product}/inquiries/{inquiry}/finding" [Customers] {
        pub inquiry: Id<Inquiry>,
        /// The cause, and what says so.
        pub finding: Words<10_000>,
    }
}

impl Command for SettleInquiry {
    type Before = Inquiry;

    fn load(&self, look: &mut Look) -> Result<Inquiry> {
        Inquiry::get(look, self.inquiry)
    }
    fn title(&self, before: &Inquiry) -> String {
        format!("Say what the cause was: {}", before.title)
    }
    fn decide(self, before: Inquiry, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&INQUIRY_SETTLED, &before, |inquiry| {
            inquiry.finding = self.finding.into();
            inquiry.asking = Asking::Settled;
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Asks again; what was found stays to be read until it is found anew.
    pub struct ReopenInquiry in "inquiry.reopen" at Post "/products/{product}/inquiries/{inquiry}/reopening" [Customers] {
        pub inquiry: Id<Inquiry>,
    }
}

impl Command for ReopenInquiry {
    type Before = Inquiry;

    fn load(&self, look: &mut Look) -> Result<Inquiry> {
        Inquiry::get(look, self.inquiry)
    }
    fn title(&self, before: &Inquiry) -> String {
        format!("Ask again: {}", before.title)
    }
    fn decide(self, before: Inquiry, _: &Moment, _: &Scope) -> Result<Decided> {
        if before.asking == Asking::Open {
            return Err(Refusal::invalid("inquiry", "It is still asked."));
        }
        let event = edit(&INQUIRY_REOPENED, &before, |inquiry| {
            inquiry.asking = Asking::Open;
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes an inquiry with the causes that were thought of.
    pub struct RemoveInquiry in "inquiry.remove" at Delete "/products/{product}/inquiries/{inquiry}" [Customers] {
        pub inquiry: Id<Inquiry>,
    }
}

impl Command for RemoveInquiry {
    type Before = (Inquiry, Vec<CauseNote>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Inquiry::get(look, self.inquiry)?, rows::notes(look, self.inquiry)?))
    }
    fn title(&self, (inquiry, _): &Self::Before) -> String {
        format!("Remove the inquiry “{}”", inquiry.title)
    }
    fn decide(self, (inquiry, notes): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = notes.iter().map(|note| Event::removed(&CAUSE_REMOVED, note, moment.now)).collect();
        events.push(Event::removed(&INQUIRY_REMOVED, &inquiry, moment.now));
        Ok(events.into())
    }
}
