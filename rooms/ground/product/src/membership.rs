//! Commands about who belongs to a product and with which hats.

use crate::{commands::new_membership, events::*, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Hat, Id, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit};
use people::{Member, Ticket, TicketKind};

command! {
    /// Brings someone into the product: gives hats to a member, or makes an invitation link for a new one.
    pub struct Invite in "membership.invite" at Post "/products/{product}/members" [Agreement] {
        pub email: String,
        pub hats: Vec<Hat>,
    }
}

impl Command for Invite {
    /// The account, if there is one, and its membership, if it has one.
    type Before = (Option<Member>, Option<Membership>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let known = people::person_by_email(look.reader, &people::email(&self.email)?)?;
        let membership = match &known {
            Some(member) => rows::membership(look, member.id())?,
            None => None,
        };
        Ok((known, membership))
    }
    fn title(&self, _: &Self::Before) -> String {
        let hats: Vec<&str> = self.hats.iter().map(|h| h.title()).collect();
        format!("Bring {} in as {}", self.email, hats.join(" and "))
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let given = hats(&self.hats)?;
        match before {
            (_, Some(membership)) if membership.meta.removed_at.is_none() => {
                Err(Refusal::invalid("email", "They belong to this product already. Change their hats instead."))
            }
            (Some(member), _) => Ok(Event::created(&MEMBER_JOINED, &new_membership(moment, product, member.id(), &self.hats)?).into()),
            (None, _) => {
                let (ticket, path) = people::new_ticket(moment, TicketKind::Invitation, Some(product), &people::email(&self.email)?, None, given.0);
                Ok(Decided { reveal: Some(path), ..Event::created(&people::TICKET_MADE, &ticket).into() })
            }
        }
    }
}

command! {
    /// Joins with an invitation: makes the account and, where the invitation is to a product, the membership.
    pub struct AcceptInvitation in "invitation.accept" inside {
        pub token_hash: String,
        pub name: String,
        pub password_hash: String,
        pub agent: String,
    }
}

impl Command for AcceptInvitation {
    type Before = Ticket;

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        let ticket = people::ticket(look.reader, &self.token_hash)?;
        match people::person_by_email(look.reader, &ticket.email)? {
            Some(_) => Err(Refusal::denied("There is an account with this address already. Sign in instead.")),
            None => Ok(ticket),
        }
    }
    fn authority(&self, _: &Ticket) -> Authority {
        Authority::Nobody
    }
    fn title(&self, _: &Ticket) -> String {
        "Join".into()
    }
    fn decide(self, ticket: Ticket, moment: &Moment, scope: &Scope) -> Result<Decided> {
        people::usable(&ticket, moment.now)?;
        if ticket.kind != TicketKind::Invitation {
            return Err(Refusal::NotFound);
        }
        let member = people::new_member(moment, &self.name, &ticket.email, Some(self.password_hash), false)?;
        let mut events = vec![Event::created(&people::ACCOUNT_ADDED, &member), people::used(&ticket, moment.now)];
        if let Some(product) = ticket.meta.product {
            events.push(Event::created(&MEMBER_JOINED, &new_membership(moment, product, member.id(), &ticket.hats)?));
        }
        let opened = people::OpenSession { member: member.id(), agent: self.agent }.decide(member, moment, scope)?;
        events.extend(opened.events);
        Ok(Decided { events, reveal: opened.reveal, carry_out: None })
    }
}

command! {
    /// Changes a member's hats.
    pub struct SetHats in "membership.set_hats" at Put "/products/{product}/members/{member}/hats" [Agreement] {
        pub member: Id<Member>,
        pub hats: Vec<Hat>,
    }
}

impl Command for SetHats {
    type Before = (Membership, String);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        named(look, self.member)
    }
    fn title(&self, (_, name): &Self::Before) -> String {
        let hats: Vec<&str> = self.hats.iter().map(|h| h.title()).collect();
        format!("{name} becomes {}", hats.join(" and "))
    }
    fn decide(self, (before, _): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&HATS_SET, &before, |m| {
            m.hats = hats(&self.hats)?;
            m.worn = m.worn.filter(|worn| m.hats.contains(worn));
            Ok(())
        })?;
        Ok(event.into())
    }
}

fn named(look: &mut Look, member: Id<Member>) -> Result<(Membership, String)> {
    let membership = rows::membership(look, member)?.ok_or(Refusal::NotFound)?;
    let name = people::people_of(look)?.into_iter().find(|p| p.id == member).map_or_else(|| "Someone".into(), |p| p.name);
    Ok((membership, name))
}

command! {
    /// Takes someone out of the product; what they did stays in the record.
    pub struct RemoveMembership in "membership.remove" at Delete "/products/{product}/members/{member}" [Agreement] {
        pub member: Id<Member>,
    }
}

impl Command for RemoveMembership {
    type Before = (Membership, String);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        named(look, self.member)
    }
    fn title(&self, (_, name): &Self::Before) -> String {
        format!("{name} leaves the product")
    }
    fn decide(self, (before, _): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&MEMBER_LEFT, &before, moment.now).into())
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

    fn load(&self, look: &mut Look) -> Result<Membership> {
        let me = Id::new(look.scope.who.signed_in()?);
        rows::membership(look, me)?.ok_or(Refusal::NotFound)
    }
    fn authority(&self, _: &Membership) -> Authority {
        Authority::Anyone
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
        Ok(Event::changed(&HAT_WORN, &before, &Membership { worn: Some(self.hat), ..before.clone() }).into())
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
    type Before = kernel::Uuid;

    fn load(&self, look: &mut Look) -> Result<kernel::Uuid> {
        rows::by_key(look.reader, &self.product)
    }
    fn authority(&self, _: &kernel::Uuid) -> Authority {
        Authority::Nobody
    }
    fn title(&self, _: &kernel::Uuid) -> String {
        "Bring a member in".into()
    }
    fn decide(self, product: kernel::Uuid, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::created(&MEMBER_JOINED, &new_membership(moment, product, self.member, &self.hats)?).into())
    }
}
