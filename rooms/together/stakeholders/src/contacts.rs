//! That they were told or met: noted by hand, or by whatever told them.

use crate::{events::*, model::*};
use kernel::{AnyDay, Command, Decided, Event, Id, Look, Moment, Noun, Result, Scope, Text, command};
use people::Member;
use web::when;

/// What a command that tells stakeholders of something leaves with each of them: that they were told, by what, today.
///
/// # Errors
/// `SignIn` where nobody does it, `NotFound` outside of a product.
pub fn told_by<T: Noun>(what: &T, stakeholder: Id<Stakeholder>, channel: Channel, moment: &Moment, scope: &Scope) -> Result<Event> {
    let contact = Contact { by_noun: T::TABLE.to_owned(), by_id: Some(what.meta().id), ..noted(stakeholder, channel, what.label(), moment, scope)? };
    Ok(Event::created(&CONTACT_NOTED, &contact))
}

/// What is left with a stakeholder whom a letter told of something, once it went out: on whose behalf, today.
pub fn told_by_letter<T: Noun>(what: &T, stakeholder: &Stakeholder, member: Id<Member>, moment: &Moment) -> Event {
    let contact = Contact {
        meta: moment.fresh(stakeholder.meta.product),
        stakeholder: stakeholder.id(),
        happened_on: when::day(moment.now),
        channel: Channel::Mail,
        note: what.label(),
        member,
        by_noun: T::TABLE.to_owned(),
        by_id: Some(what.meta().id),
    };
    Event::created(&CONTACT_NOTED, &contact)
}

/// That whoever asks told them today.
fn noted(stakeholder: Id<Stakeholder>, channel: Channel, note: String, moment: &Moment, scope: &Scope) -> Result<Contact> {
    Ok(Contact {
        meta: moment.fresh(Some(scope.product_id()?)),
        stakeholder,
        happened_on: when::day_in(moment.now, &scope.who.zone),
        channel,
        note,
        member: Id::new(scope.who.signed_in()?),
        by_noun: String::new(),
        by_id: None,
    })
}

command! {
    /// Notes that a stakeholder was told or met.
    pub struct NoteContact in "contact.note" at Post "/products/{product}/stakeholders/{stakeholder}/contacts" [Announcements] {
        pub stakeholder: Id<Stakeholder>,
        /// The day it was; today when empty.
        #[serde(default)]
        pub happened_on: AnyDay,
        /// By which way; their usual one when left out.
        pub channel: Option<Channel>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for NoteContact {
    type Before = Stakeholder;

    fn load(&self, look: &mut Look) -> Result<Stakeholder> {
        Stakeholder::get(look, self.stakeholder)
    }
    fn title(&self, before: &Stakeholder) -> String {
        format!("Note that “{}” was told", before.name)
    }
    fn decide(self, before: Stakeholder, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let happened_on = self.happened_on.day();
        when::happened("happened_on", happened_on.as_ref(), scope, moment.now)?;
        let channel = self.channel.unwrap_or(before.channel);
        let mut contact = noted(before.id(), channel, self.note.into(), moment, scope)?;
        contact.happened_on = happened_on.unwrap_or(contact.happened_on);
        Ok(Event::created(&CONTACT_NOTED, &contact).into())
    }
}

command! {
    /// Removes a note of having told or met a stakeholder.
    pub struct RemoveContact in "contact.remove" at Delete "/products/{product}/contacts/{contact}" [Announcements] {
        pub contact: Id<Contact>,
    }
}

impl Command for RemoveContact {
    type Before = Contact;

    fn load(&self, look: &mut Look) -> Result<Contact> {
        Contact::get(look, self.contact)
    }
    fn title(&self, before: &Contact) -> String {
        format!("Remove a note: {}", before.label())
    }
    fn decide(self, before: Contact, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&CONTACT_REMOVED, &before, moment.now).into())
    }
}
