//! Commands about signing in and out. Those `inside` are run by our pages after they checked a password
//! or a link; no other door reaches them.

use crate::{
    accounts::{WithTickets, link_for, used, withdrawn},
    events::*,
    model::*,
    rows,
};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Waits, command};

const SESSION_DAYS: i64 = 30;

command! {
    /// Opens a session for a member whose password has just been checked.
    pub struct OpenSession in "session.open" inside {
        pub member: Id<Member>,
        pub agent: String,
    }
}

impl Command for OpenSession {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("member");

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn title(&self, _: &Member) -> String {
        "Sign in".into()
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        let secret = moment.secret();
        let session = Session {
            meta: moment.fresh(None),
            member: before.id(),
            token_hash: secret.hash,
            agent: self.agent.chars().take(200).collect(),
            expires_at: moment.in_days(SESSION_DAYS),
            ended_at: None,
        };
        Ok(Decided { reveal: Some(secret.plain), author: Some(before.id().0), ..Event::created(&SESSION_OPENED, &session).into() })
    }
}

command! {
    /// Ends the session of one device.
    pub struct EndSession in "session.end" inside {
        pub token_hash: String,
    }
}

impl Command for EndSession {
    type Before = Option<Session>;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("token_hash");

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::session(look.reader, &self.token_hash)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign out".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(end(before, moment).into())
    }
}

pub(crate) fn end(sessions: impl IntoIterator<Item = Session>, moment: &Moment) -> Vec<Event> {
    let ended = |before: Session| {
        let after = Session { ended_at: Some(moment.now), ..before.clone() };
        Event::changed(&SESSION_ENDED, &before, &after)
    };
    sessions.into_iter().map(ended).collect()
}

command! {
    /// Signs out on every device.
    pub struct EndAllSessions in "session.end_all" at Delete "/account/sessions" [] {}
}

impl Command for EndAllSessions {
    type Before = Vec<Session>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::open_sessions(look.reader, Id::new(look.scope.who.signed_in()?), 0)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign out everywhere".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(end(before, moment).into())
    }
}

command! {
    /// Ends one sign-in, whosever it is.
    pub struct EndSignIn in "session.end_one" at Delete "/sessions/{session}" [] {
        pub session: Id<Session>,
    }
}

impl Command for EndSignIn {
    type Before = (Session, Member);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let session = rows::open_session(look.reader, self.session)?;
        let member = rows::member(look.reader, session.member)?;
        Ok((session, member))
    }
    fn title(&self, (_, member): &Self::Before) -> String {
        format!("Sign {} out", member.name)
    }
    fn decide(self, (session, member): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let ended: Vec<Event> = end([session], moment).into_iter().map(|event| event.called(&member.name)).collect();
        Ok(ended.into())
    }
}

command! {
    /// Signs in with a link.
    pub struct EnterWithTicket in "session.enter" inside {
        pub token_hash: String,
        pub agent: String,
    }
}

impl Command for EnterWithTicket {
    type Before = (Ticket, WithTickets);
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let ticket = rows::ticket(look, &self.token_hash, TicketKind::SignIn)?;
        let mut whose = WithTickets::of(look, ticket.member.ok_or(Refusal::NotFound)?)?;
        whose.tickets.retain(|other| other.kind == ticket.kind && other.id() != ticket.id());
        Ok((ticket, whose))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign in".into()
    }
    fn decide(self, (ticket, whose): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let member = whose.member.id();
        let opened = OpenSession { member, agent: self.agent }.decide(whose.member, moment, scope)?;
        let mut events = opened.events;
        events.push(used(&ticket, member, moment.now));
        events.extend(withdrawn(&whose.tickets, moment));
        Ok(Decided { events, ..opened })
    }
}

command! {
    /// Makes a link that signs a member in once, for the first start and for the sample product.
    pub struct OfferSignIn in "account.offer_sign_in" inside {
        pub member: Id<Member>,
    }
}

impl Command for OfferSignIn {
    type Before = WithTickets;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<WithTickets> {
        WithTickets::of(look, self.member)
    }
    fn title(&self, before: &WithTickets) -> String {
        format!("A sign-in link for {}", before.member.name)
    }
    fn decide(self, before: WithTickets, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(link_for(&before, TicketKind::SignIn, moment))
    }
}
