//! Commands about passwords. What they get is hashed already.

use crate::{
    accounts::{WithTickets, link_for, used, withdrawn},
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
    type Before = WithTickets;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<WithTickets> {
        WithTickets::of(look, self.member)
    }
    fn title(&self, before: &WithTickets) -> String {
        format!("New password for {}", before.member.name)
    }
    fn decide(self, before: WithTickets, moment: &Moment, _: &Scope) -> Result<Decided> {
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
    type Before = WithTickets;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<WithTickets> {
        WithTickets::of(look, self.member)
    }
    fn title(&self, before: &WithTickets) -> String {
        format!("New password for {}", before.member.name)
    }
    fn decide(self, before: WithTickets, moment: &Moment, _: &Scope) -> Result<Decided> {
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
    type Before = (WithTickets, Vec<Session>);
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((WithTickets::of(look, self.member)?, rows::open_sessions(look.reader, self.member, 0)?))
    }
    fn title(&self, (whose, _): &Self::Before) -> String {
        format!("Set the password of {}", whose.member.name)
    }
    fn decide(self, (whose, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(replaced(&whose, sessions, self.password_hash, moment)?.into())
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
    type Before = (Ticket, WithTickets, Vec<Session>);
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let ticket = rows::ticket(look, &self.token_hash, TicketKind::Reset)?;
        let mut whose = WithTickets::of(look, ticket.member.ok_or(Refusal::NotFound)?)?;
        whose.tickets.retain(|other| other.id() != ticket.id());
        let sessions = rows::open_sessions(look.reader, whose.member.id(), 0)?;
        Ok((ticket, whose, sessions))
    }
    fn title(&self, (_, whose, _): &Self::Before) -> String {
        format!("Set the password of {}", whose.member.name)
    }
    fn decide(self, (ticket, whose, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = replaced(&whose, sessions, self.password_hash, moment)?;
        events.push(used(&ticket, whose.member.id(), moment.now));
        Ok(events.into())
    }
}

/// Another password ends every session that was opened with the old one, and every link that would open another.
fn replaced(whose: &WithTickets, sessions: Vec<Session>, password_hash: String, moment: &Moment) -> Result<Vec<Event>> {
    let mut events = end(sessions, moment);
    events.extend(withdrawn(&whose.tickets, moment));
    events.push(edit(&PASSWORD_SET, &whose.member, |m| {
        m.password_hash = Some(password_hash);
        Ok(())
    })?);
    Ok(events)
}
