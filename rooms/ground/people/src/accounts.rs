//! Commands about accounts, invitations and the tickets behind links.

use crate::{events::*, model::*, rows};
use kernel::{
    Authority, Command, Decided, Event, Hat, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Waits, command, event::edit, give, value::Packed,
};

const TICKET_DAYS: i64 = 7;

command! {
    /// Adds an account with a password that has been hashed already: by set-up, or by `tandem member add`.
    pub struct AddAccount in "account.add" inside {
        pub name: Line<100>,
        pub email: String,
        pub password_hash: Option<String>,
        pub administrator: bool,
    }
}

impl Command for AddAccount {
    type Before = ();
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<()> {
        unknown(look, &self.email)
    }
    fn title(&self, (): &()) -> String {
        format!("Add {}", self.name)
    }
    fn decide(self, (): (), moment: &Moment, _: &Scope) -> Result<Decided> {
        let member = new_member(moment, self.name, &self.email, self.password_hash, self.administrator)?;
        Ok(Event::created(&ACCOUNT_ADDED, &member).into())
    }
}

/// A fresh account.
pub fn new_member(moment: &Moment, name: Line<100>, address: &str, password_hash: Option<String>, administrator: bool) -> Result<Member> {
    Ok(Member {
        meta: moment.fresh(None),
        name: name.into(),
        email: email(address)?,
        password_hash,
        administrator,
        answers_for: None,
        zone: "UTC".into(),
        theme: "system".into(),
        keys_off: false,
    })
}

/// The zone that a browser says it is in, if it is one.
pub fn zone_or_utc(zone: &str) -> String {
    web::when::zone(zone).unwrap_or_else(|_| "UTC".into())
}

/// Refuses an address that has an account.
fn unknown(look: &mut Look, address: &str) -> Result<()> {
    match rows::person_by_email(look.reader, &email(address)?)? {
        Some(_) => Err(Refusal::invalid("email", "There is an account with this address already.")),
        None => Ok(()),
    }
}

/// A member with the tickets that are out for them.
pub struct WithTickets {
    pub(crate) member: Member,
    pub(crate) tickets: Vec<Ticket>,
}

impl WithTickets {
    pub(crate) fn of(look: &mut Look, member: Id<Member>) -> Result<WithTickets> {
        let now = look.now();
        Ok(WithTickets { member: rows::member(look.reader, member)?, tickets: rows::open_tickets(look.reader, member, now)? })
    }
}

/// The events that make tickets useless.
pub fn withdrawn(tickets: &[Ticket], moment: &Moment) -> Vec<Event> {
    tickets.iter().map(|ticket| Event::removed(&TICKET_WITHDRAWN, ticket, moment.now)).collect()
}

/// A link for a member who has an account, for whoever hands it over. It takes the place of earlier ones of its kind.
pub(crate) fn link_for(whose: &WithTickets, kind: TicketKind, moment: &Moment) -> Decided {
    let (ticket, path) = new_ticket(moment, kind, None, &whose.member.email, Some(whose.member.id()), vec![]);
    let mut events: Vec<Event> = whose.tickets.iter().filter(|t| t.kind == kind).flat_map(|t| withdrawn(std::slice::from_ref(t), moment)).collect();
    events.push(Event::created(&TICKET_MADE, &ticket));
    Decided { reveal: Some(path), ..events.into() }
}

/// A fresh ticket with the path that its link has.
pub fn new_ticket(
    moment: &Moment,
    kind: TicketKind,
    product: Option<kernel::Uuid>,
    address: &str,
    member: Option<Id<Member>>,
    hats: Vec<Hat>,
) -> (Ticket, String) {
    let secret = moment.secret();
    let path = match kind {
        TicketKind::Invitation => format!("/join/{}", secret.plain),
        TicketKind::Reset => format!("/new-password/{}", secret.plain),
        TicketKind::SignIn => format!("/enter/{}", secret.plain),
    };
    let ticket = Ticket {
        meta: moment.fresh(product),
        kind,
        token_hash: secret.hash,
        email: address.to_owned(),
        member,
        hats: Packed(hats),
        expires_at: moment.in_days(TICKET_DAYS),
        used_at: None,
    };
    (ticket, path)
}

/// The event of a ticket's use.
pub fn used(ticket: &Ticket, by: Id<Member>, now: i64) -> Event {
    Event::changed(&TICKET_USED, ticket, &Ticket { used_at: Some(now), member: Some(by), ..ticket.clone() })
}

command! {
    /// Invites someone to the workspace; hats in a product are given there.
    pub struct InviteAccount in "account.invite" at Post "/invitations" [] {
        pub email: String,
    }
}

impl Command for InviteAccount {
    /// The invitations to the workspace that are out for the address.
    type Before = Vec<Ticket>;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        unknown(look, &self.email)?;
        let now = look.now();
        rows::invitations(look.reader, &email(&self.email)?, now)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Invite {}", self.email)
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::Invitation, None, &email(&self.email)?, None, vec![]);
        let mut events = withdrawn(&before, moment);
        events.push(Event::created(&TICKET_MADE, &ticket));
        Ok(Decided { reveal: Some(path), ..events.into() })
    }
}

command! {
    /// Changes one's own name, time zone, theme, and whether single keys are shortcuts.
    pub struct EditAccount in "account.edit" at Patch "/account" [] {
        pub name: Option<Line<100>>,
        pub zone: Option<String>,
        /// `light`, `dark` or `system`.
        pub theme: Option<String>,
        /// Whether single keys do nothing.
        pub keys_off: Option<bool>,
    }
}

impl Command for EditAccount {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, Id::new(look.scope.who.signed_in()?))
    }
    fn title(&self, _: &Member) -> String {
        "Change the account".into()
    }
    fn decide(self, before: Member, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&ACCOUNT_EDITED, &before, |m| {
            give(&mut m.name, self.name);
            if let Some(zone) = self.zone {
                m.zone = web::when::zone(&zone)?;
            }
            m.keys_off = self.keys_off.unwrap_or(m.keys_off);
            match self.theme.as_deref() {
                None => {}
                Some(theme @ ("light" | "dark" | "system")) => m.theme = theme.to_owned(),
                Some(_) => return Err(Refusal::invalid("theme", "Choose light, dark or system.")),
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}
