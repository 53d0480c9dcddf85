//! Commands about invitations: what is agreed once is not agreed again, and a link opens its product once.

use crate::{
    commands::{new_membership, titles},
    events::*,
    model::*,
    rows,
};
use kernel::{Area, Authority, Command, Decided, Event, Hat, Id, Instead, Line, Look, Moment, Noun, Refusal, Result, Scope, Standing, command};
use people::{Member, Ticket, TicketKind};

/// What may be done about an invitation instead of taking the act back.
const WITHDRAW: Option<Instead> =
    Some(Instead { says: "Withdraw the invitation", command: "invitation.withdraw", field: "invitation", noun: "ticket", sure: None });

command! {
    /// Brings someone into the product: gives hats to a member, or makes an invitation link for a new one.
    pub struct Invite in "membership.invite" at Post "/products/{product}/members" [Agreement] {
        pub email: String,
        pub hats: Vec<Hat>,
    }
}

impl Command for Invite {
    type Before = Invited;
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> = WITHDRAW;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let email = people::email(&self.email)?;
        let account = people::person_by_email(look.reader, &email)?;
        let membership = match &account {
            Some(member) => rows::membership(look, member.id())?,
            None => None,
        };
        let open = rows::invitations(look)?.into_iter().filter(|t| t.email == email).collect();
        Ok(Invited { email, account, membership, open })
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Bring {} in as {}", self.email, titles(&self.hats))
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let given = hats(&self.hats)?;
        if before.membership.is_some() {
            return Err(Refusal::invalid("email", "They belong to this product already. Change their hats instead."));
        }
        // Whether an address has an account is known only once it has been decided. Another link replaces those that are out.
        let mut events = people::withdrawn(&before.open, moment);
        match before.account {
            Some(member) => {
                let membership = new_membership(moment, product, member.id(), &self.hats)?;
                events.push(Event::created(&MEMBER_BROUGHT_IN, &membership).called(format!("{} as {}", member.name, titles(&self.hats))));
                Ok(Decided { untold: true, ..events.into() })
            }
            None if before.open.iter().any(|ticket| ticket.hats == given) => {
                Err(Refusal::invalid("email", "They are invited so already. “New link” under “Invited, not here yet” needs no signature."))
            }
            None => Ok(Decided { untold: true, ..another_link(events, product, before.email, given.0, moment)? }),
        }
    }
}

/// Whoever has an address: an account and a membership, if there are, and the invitations that wait for them.
pub struct Invited {
    email: String,
    account: Option<Member>,
    membership: Option<Membership>,
    open: Vec<Ticket>,
}

/// A fresh link, after the events that end others; it is mailed too, where mail is set up.
fn another_link(mut events: Vec<Event>, product: kernel::Uuid, email: String, given: Vec<Hat>, moment: &Moment) -> Result<Decided> {
    let (ticket, path) = people::new_ticket(moment, TicketKind::Invitation, Some(product), &email, None, given);
    events.push(Event::created(&people::TICKET_MADE, &ticket));
    Ok(Decided { reveal: Some(path), tasks: vec![people::invitation_letter(&ticket)?], ..events.into() })
}

/// The invitation to the product at hand that nobody has used.
fn invitation(look: &mut Look, id: Id<Ticket>) -> Result<Ticket> {
    rows::invitations(look)?.into_iter().find(|t| t.id() == id).ok_or(Refusal::NotFound)
}

command! {
    /// Makes another link for an invitation that stands, and ends the one before. Nothing has to be agreed again.
    pub struct RenewInvitation in "invitation.renew" at Post "/products/{product}/invitations/{invitation}/renewal" [] {
        pub invitation: Id<Ticket>,
    }
}

impl Command for RenewInvitation {
    type Before = Ticket;
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> = WITHDRAW;
    const AUTHORITY: Authority = Authority::Seen(Area::Agreement);

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        invitation(look, self.invitation)
    }
    fn may(&self, _: &Ticket, scope: &Scope) -> Result<()> {
        match may_renew(scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Only those who agree on who belongs here make a new link.")),
        }
    }
    fn title(&self, before: &Ticket) -> String {
        format!("A new link for {}", before.email)
    }
    fn decide(self, before: Ticket, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let ended = people::withdrawn(std::slice::from_ref(&before), moment);
        another_link(ended, scope.product_id()?, before.email, before.hats.0, moment)
    }
}

/// Whoever holds the link can take up its hats, so that only those who could agree to them make another.
pub(crate) fn may_renew(scope: &Scope) -> bool {
    scope.standing(Area::Agreement).1 >= Standing::Signs
}

command! {
    /// Withdraws an invitation: its link opens nothing any more.
    pub struct WithdrawInvitation in "invitation.withdraw" at Delete "/products/{product}/invitations/{invitation}" [Agreement] {
        pub invitation: Id<Ticket>,
    }
}

impl Command for WithdrawInvitation {
    type Before = Ticket;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        invitation(look, self.invitation)
    }
    fn title(&self, before: &Ticket) -> String {
        format!("Withdraw the invitation for {}", before.email)
    }
    fn decide(self, before: Ticket, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(people::withdrawn(&[before], moment).into())
    }
}

command! {
    /// Joins with an invitation: makes the account and, where the invitation is to a product, the membership.
    pub struct AcceptInvitation in "invitation.accept" inside {
        pub token_hash: String,
        pub name: Line<100>,
        pub password_hash: String,
        pub agent: String,
        #[serde(default)]
        pub zone: String,
    }
}

impl Command for AcceptInvitation {
    type Before = Ticket;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Nobody;
    // Whoever takes the invitation back or renews it writes to its product.
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        let ticket = people::ticket(look, &self.token_hash, TicketKind::Invitation)?;
        match people::person_by_email(look.reader, &ticket.email)? {
            Some(_) => Err(Refusal::invalid("email", "There is an account with this address already. Sign in to accept.")),
            None => Ok(ticket),
        }
    }
    fn title(&self, _: &Ticket) -> String {
        "Join".into()
    }
    fn decide(self, ticket: Ticket, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut member = people::new_member(moment, self.name, &ticket.email, Some(self.password_hash), false)?;
        member.zone = people::zone_or_utc(&self.zone);
        let mut events = vec![Event::created(&people::ACCOUNT_ADDED, &member), people::used(&ticket, member.id(), moment.now)];
        if let Some(product) = ticket.meta.product {
            events.push(joined(product, member.id(), &ticket, moment)?);
        }
        let opened = people::OpenSession { member: member.id(), agent: self.agent }.decide(member, moment, scope)?;
        events.extend(opened.events);
        Ok(Decided { events, ..opened })
    }
}

fn joined(product: kernel::Uuid, member: Id<Member>, ticket: &Ticket, moment: &Moment) -> Result<Event> {
    Ok(Event::created(&MEMBER_JOINED, &new_membership(moment, product, member, &ticket.hats)?).called(titles(&ticket.hats)))
}

command! {
    /// Joins a product with an invitation as the member one is, whatever address it was sent to.
    pub struct AcceptAsMember in "invitation.accept_as_member" inside {
        pub token_hash: String,
    }
}

impl Command for AcceptAsMember {
    /// The invitation, and where whoever accepts it belongs already.
    type Before = (Ticket, Id<Member>, Vec<Membership>);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Oneself;
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let me = Id::new(look.scope.who.signed_in()?);
        Ok((people::ticket(look, &self.token_hash, TicketKind::Invitation)?, me, rows::memberships_of(look.reader, me)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Join".into()
    }
    fn decide(self, (ticket, me, belongs): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some(product) = ticket.meta.product else {
            return Err(Refusal::invalid("", "This is an invitation to make an account, and you have one."));
        };
        if belongs.iter().any(|m| m.meta.product == Some(product)) {
            return Err(Refusal::invalid("", "You belong to this product already. The link still works for whom it was sent to."));
        }
        Ok(vec![people::used(&ticket, me, moment.now), joined(product, me, &ticket, moment)?].into())
    }
}
