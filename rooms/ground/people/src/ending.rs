//! What opens doors in a member's name, for when the member goes: all of it is shut at once.

use crate::{accounts::withdrawn, events::*, model::*, rows, sessions::end};
use kernel::{Event, Look, Moment, Noun, Result};

/// An account with everything that acts for it.
pub struct Account {
    pub member: Member,
    sessions: Vec<Session>,
    tickets: Vec<Ticket>,
    tokens: Vec<ApiToken>,
    digest: Option<Digest>,
    /// Who acts only as long as this member answers for them.
    pub assistants: Vec<Member>,
}

impl Account {
    pub fn of(look: &mut Look, member: Member) -> Result<Account> {
        let (id, now) = (member.id(), look.now());
        Ok(Account {
            sessions: rows::open_sessions(look.reader, id, 0)?,
            tickets: rows::open_tickets(look.reader, id, now)?,
            tokens: rows::tokens(look.reader, id)?,
            digest: crate::digests::digest_of(look, id)?,
            assistants: rows::assistants(look.reader, id)?,
            member,
        })
    }

    /// The events that end it.
    pub fn ended(self, moment: &Moment) -> Vec<Event> {
        let mut events = end(self.sessions, moment);
        events.extend(withdrawn(&self.tickets, moment));
        events.extend(self.tokens.iter().map(|token| crate::tokens::revoked(token, moment)));
        events.extend(self.digest.iter().map(|wish| Event::removed(&DIGEST_STOPPED, wish, moment.now)));
        events.extend(self.assistants.iter().chain([&self.member]).map(|gone| Event::removed(&ACCOUNT_REMOVED, gone, moment.now)));
        events
    }
}
