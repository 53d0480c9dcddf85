//! Commands about passwords. What they get is hashed already.

use crate::{
    accounts::{link_for, usable, used},
    events::*,
    model::*,
    rows,
    sessions::end,
};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit};

command! {
    /// Makes a link with which someone sets a new password.
    pub struct OfferReset in "account.offer_reset" at Post "/accounts/{member}/reset" [] {
        pub member: Id<Member>,
    }
}

impl Command for OfferReset {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn title(&self, before: &Member) -> String {
        format!("New password for {}", before.name)
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(link_for(&before, TicketKind::Reset, moment))
    }
}

command! {
    /// Makes a reset link that is mailed to the member at once.
    pub struct MailReset in "account.mail_reset" inside {
        pub member: Id<Member>,
    }
}

impl Command for MailReset {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn title(&self, before: &Member) -> String {
        format!("New password for {}", before.name)
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(link_for(&before, TicketKind::Reset, moment))
    }
}

command! {
    /// Sets a member's password, already hashed, and signs out everywhere else.
    pub struct SetPassword in "password.set" inside {
        pub member: Id<Member>,
        pub password_hash: String,
    }
}

impl Command for SetPassword {
    type Before = (Member, Vec<Session>);
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::member(look.reader, self.member)?, rows::open_sessions(look.reader, self.member, 0)?))
    }
    fn title(&self, (member, _): &Self::Before) -> String {
        format!("Set the password of {}", member.name)
    }
    fn decide(self, (member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(replaced(&member, sessions, self.password_hash, moment)?.into())
    }
}

command! {
    /// Sets a new password with a reset ticket.
    pub struct ResetPassword in "password.reset" inside {
        pub token_hash: String,
        pub password_hash: String,
    }
}

impl Command for ResetPassword {
    type Before = (Ticket, Member, Vec<Session>);
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let ticket = rows::ticket(look.reader, &self.token_hash)?;
        let member = rows::member(look.reader, ticket.member.ok_or(Refusal::NotFound)?)?;
        let sessions = rows::open_sessions(look.reader, member.id(), 0)?;
        Ok((ticket, member, sessions))
    }
    fn title(&self, (_, member, _): &Self::Before) -> String {
        format!("Set the password of {}", member.name)
    }
    fn decide(self, (ticket, member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        usable(&ticket, moment.now)?;
        let mut events = replaced(&member, sessions, self.password_hash, moment)?;
        events.push(used(&ticket, moment.now));
        Ok(events.into())
    }
}

/// Another password ends every session that was opened with the old one.
fn replaced(member: &Member, sessions: Vec<Session>, password_hash: String, moment: &Moment) -> Result<Vec<Event>> {
    let mut events = end(sessions, moment);
    events.push(edit(&PASSWORD_SET, member, |m| {
        m.password_hash = Some(password_hash);
        Ok(())
    })?);
    Ok(events)
}
