//! Commands about accounts, invitations and the tickets behind links.

use crate::{events::*, model::*, rows, sessions::end};
use kernel::{Authority, Command, Decided, Event, Hat, Id, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, trimmed, value::Packed};

const TICKET_DAYS: i64 = 7;

command! {
    /// Adds an account with a password that has been hashed already: by set-up, or by `tandem member add`.
    pub struct AddAccount in "account.add" inside {
        pub name: String,
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
        let member = new_member(moment, &self.name, &self.email, self.password_hash, self.administrator)?;
        Ok(Event::created(&ACCOUNT_ADDED, &member).into())
    }
}

/// A fresh account.
pub fn new_member(moment: &Moment, name: &str, address: &str, password_hash: Option<String>, administrator: bool) -> Result<Member> {
    Ok(Member {
        meta: moment.fresh(None),
        name: trimmed("name", name, 100)?,
        email: email(address)?,
        password_hash,
        administrator,
        answers_for: None,
        zone: "UTC".into(),
        theme: "system".into(),
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

/// A link for a member who has an account, for whoever hands it over.
pub(crate) fn link_for(member: &Member, kind: TicketKind, moment: &Moment) -> Decided {
    let (ticket, path) = new_ticket(moment, kind, None, &member.email, Some(member.id()), vec![]);
    Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() }
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

/// Refuses a ticket that was used or is too old.
pub fn usable(ticket: &Ticket, now: i64) -> Result<()> {
    match (ticket.used_at, ticket.expires_at > now) {
        (None, true) => Ok(()),
        (Some(_), _) => Err(Refusal::denied("This link was used already. Ask for a new one.")),
        _ => Err(Refusal::denied("This link has expired. Ask for a new one.")),
    }
}

/// The event of a ticket's use.
pub fn used(ticket: &Ticket, now: i64) -> Event {
    Event::changed(&TICKET_USED, ticket, &Ticket { used_at: Some(now), ..ticket.clone() })
}

command! {
    /// Invites someone to the workspace; hats in a product are given there.
    pub struct InviteAccount in "account.invite" at Post "/invitations" [] {
        pub email: String,
    }
}

impl Command for InviteAccount {
    type Before = ();
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<()> {
        unknown(look, &self.email)
    }
    fn title(&self, (): &()) -> String {
        format!("Invite {}", self.email)
    }
    fn decide(self, (): (), moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::Invitation, None, &email(&self.email)?, None, vec![]);
        Ok(Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() })
    }
}

command! {
    /// Changes one's own name, time zone and theme.
    pub struct EditAccount in "account.edit" at Patch "/account" [] {
        pub name: Option<String>,
        pub zone: Option<String>,
        /// `light`, `dark` or `system`.
        pub theme: Option<String>,
    }
}

impl Command for EditAccount {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, Id::new(look.scope.who.signed_in()?))
    }
    fn title(&self, _: &Member) -> String {
        "Change the account".into()
    }
    fn decide(self, before: Member, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&ACCOUNT_EDITED, &before, |m| {
            if let Some(name) = &self.name {
                m.name = trimmed("name", name, 100)?;
            }
            if let Some(zone) = self.zone {
                m.zone = web::when::zone(&zone)?;
            }
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

command! {
    /// Removes an account; what it did stays in the record.
    pub struct RemoveAccount in "account.remove" at Delete "/accounts/{member}" [] {
        pub member: Id<Member>,
    }
}

impl Command for RemoveAccount {
    type Before = (Member, Vec<Session>);
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::member(look.reader, self.member)?, rows::open_sessions(look.reader, self.member, 0)?))
    }
    fn may(&self, (member, _): &Self::Before, scope: &Scope) -> Result<()> {
        match scope.who.member == Some(member.meta.id) {
            true => Err(Refusal::denied("You cannot remove the account that you are using.")),
            false => Ok(()),
        }
    }
    fn title(&self, (member, _): &Self::Before) -> String {
        format!("Remove {}", member.name)
    }
    fn decide(self, (member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = end(sessions, moment);
        events.push(Event::removed(&ACCOUNT_REMOVED, &member, moment.now));
        Ok(events.into())
    }
}
