//! Commands about who belongs to a product and with which hats.

use crate::{
    commands::{new_membership, titles},
    events::*,
    model::*,
    rows,
};
use kernel::{Authority, Command, Decided, Event, Hat, Id, Instead, Line, Look, Moment, Noun, Refusal, Result, Scope, command};
use people::{Member, Ticket, TicketKind};

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
    const INSTEAD: Option<Instead> =
        Some(Instead { says: "Withdraw the invitation", command: "invitation.withdraw", field: "invitation", noun: "ticket", sure: None });

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
        // Whether an address has an account is known only once it has been decided. A new link replaces those that are out.
        let mut events = people::withdrawn(&before.open, moment);
        match before.account {
            Some(member) => {
                let membership = new_membership(moment, product, member.id(), &self.hats)?;
                events.push(Event::created(&MEMBER_BROUGHT_IN, &membership).called(format!("{} as {}", member.name, titles(&self.hats))));
                Ok(Decided { untold: true, ..events.into() })
            }
            None => {
                let (ticket, path) = people::new_ticket(moment, TicketKind::Invitation, Some(product), &before.email, None, given.0);
                events.push(Event::created(&people::TICKET_MADE, &ticket));
                Ok(Decided { reveal: Some(path), untold: true, ..events.into() })
            }
        }
    }
}

/// Whoever has an address: an account and a membership, if there are, and the invitations that are out.
pub struct Invited {
    email: String,
    account: Option<Member>,
    membership: Option<Membership>,
    open: Vec<Ticket>,
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
        rows::invitations(look)?.into_iter().find(|t| t.id() == self.invitation).ok_or(Refusal::NotFound)
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

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        let ticket = people::ticket(look.reader, &self.token_hash)?;
        match people::person_by_email(look.reader, &ticket.email)? {
            Some(_) => Err(Refusal::denied("There is an account with this address already. Sign in instead.")),
            None => Ok(ticket),
        }
    }
    fn title(&self, _: &Ticket) -> String {
        "Join".into()
    }
    fn decide(self, ticket: Ticket, moment: &Moment, scope: &Scope) -> Result<Decided> {
        people::usable(&ticket, moment.now)?;
        if ticket.kind != TicketKind::Invitation {
            return Err(Refusal::NotFound);
        }
        let mut member = people::new_member(moment, self.name, &ticket.email, Some(self.password_hash), false)?;
        member.zone = people::zone_or_utc(&self.zone);
        let mut events = vec![Event::created(&people::ACCOUNT_ADDED, &member), people::used(&ticket, moment.now)];
        if let Some(product) = ticket.meta.product {
            let membership = new_membership(moment, product, member.id(), &ticket.hats)?;
            events.push(Event::created(&MEMBER_JOINED, &membership).called(titles(&ticket.hats)));
        }
        let opened = people::OpenSession { member: member.id(), agent: self.agent }.decide(member, moment, scope)?;
        events.extend(opened.events);
        Ok(Decided { events, ..opened })
    }
}

command! {
    /// Wears another of one's hats.
    pub struct WearHat in "hat.wear" at Put "/products/{product}/hat" [] {
        pub hat: Hat,
    }
}

impl Command for WearHat {
    type Before = Membership;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Membership> {
        let me = Id::new(look.scope.who.signed_in()?);
        rows::membership(look, me)?.ok_or(Refusal::NotFound)
    }
    fn may(&self, _: &Membership, scope: &Scope) -> Result<()> {
        match scope.who.hats.contains(&self.hat) && scope.who.assistant.is_none() {
            true => Ok(()),
            false => Err(Refusal::denied("You do not hold this hat here.")),
        }
    }
    fn title(&self, _: &Membership) -> String {
        format!("Wear the hat of {}", self.hat.title())
    }
    fn decide(self, before: Membership, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::changed(&HAT_WORN, &before, &Membership { worn: Some(self.hat), ..before.clone() }).called(self.hat.title()).into())
    }
}

command! {
    /// Brings a member into a product from the command line, where whoever sits at the machine sets things up.
    pub struct AddMember in "membership.add" inside {
        /// Key of the product.
        pub product: String,
        pub member: Id<Member>,
        pub hats: Vec<Hat>,
    }
}

impl Command for AddMember {
    type Before = (kernel::Uuid, String);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::by_key(look.reader, &self.product)?, people::member(look.reader, self.member)?.name))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Bring a member in".into()
    }
    fn decide(self, (product, name): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let membership = new_membership(moment, product, self.member, &self.hats)?;
        Ok(Event::created(&MEMBER_BROUGHT_IN, &membership).called(format!("{name} as {}", titles(&self.hats))).into())
    }
}
