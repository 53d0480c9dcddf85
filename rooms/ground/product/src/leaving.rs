//! Commands that take hats away, or whoever wears them. What hangs on them ends with them; and nobody may leave a
//! product behind in which nobody decides who belongs to it.

use crate::{
    commands::{new_membership, titles},
    events::*,
    model::*,
    rows,
};
use kernel::{
    Area, Authority, Command, Decided, Event, Hat, Id, Look, Matrix, Moment, Noun, Proposal, ProposalState, Refusal, Result, Scope, Standing, Uuid,
    command, event::edit, proposal::PROPOSAL_WITHDRAWN,
};
use people::{Account, Member};
use web::app::hats::held_besides;

/// Whether anyone decides on the agreement of a product where these hats are held, and so on who belongs to it.
fn someone_decides(agreed: &Matrix, held: &[Hat]) -> bool {
    let now = agreed.while_held(held);
    held.iter().any(|hat| now.standing(Area::Agreement, *hat) >= Standing::Signs)
}

/// Refuses what would lock everyone out of a product.
///
/// # Errors
/// `Invalid` at the field, with what to do instead.
pub fn stays_open(field: &str, agreed: &Matrix, held: &[Hat]) -> Result<()> {
    match someone_decides(agreed, held) {
        true => Ok(()),
        false => Err(Refusal::invalid(
            field,
            "Then nobody here would decide on the agreement, and nobody could ever let anyone in again. First give someone else a hat that decides on it.",
        )),
    }
}

/// A membership with what hangs on it.
pub struct Belonging {
    membership: Membership,
    name: String,
    /// The hats that others hold.
    others: Vec<Hat>,
    /// Memberships that have a hat from this one on loan.
    borrowers: Vec<Membership>,
}

impl Belonging {
    fn of(look: &mut Look, membership: Membership, name: String) -> Result<Belonging> {
        let product = membership.meta.product.ok_or(Refusal::NotFound)?;
        let others = held_besides(look.reader, product, membership.member.0)?;
        let mut borrowers = rows::with_loans(look.reader, product)?;
        borrowers.retain(|m| m.lent.iter().any(|l| l.from == membership.member.0));
        Ok(Belonging { membership, name, others, borrowers })
    }

    /// In the product at hand.
    fn here(look: &mut Look, member: Id<Member>) -> Result<Belonging> {
        let membership = rows::membership(look, member)?.ok_or(Refusal::NotFound)?;
        let name = people::member(look.reader, member).map_or_else(|_| "Someone".into(), |m| m.name);
        Belonging::of(look, membership, name)
    }

    /// The loans that end with the hats they are made of.
    fn loans_ended(&self, keeps: &[Hat]) -> Result<Vec<Event>> {
        let lender = self.membership.member.0;
        let ended = |before: &Membership| {
            let hats: Vec<Hat> = before.lent.iter().filter(|l| l.from == lender && !keeps.contains(&l.hat)).map(|l| l.hat).collect();
            let event = edit(&LOAN_ENDED, before, |m| {
                m.lent.0.retain(|l| l.from != lender || keeps.contains(&l.hat));
                Ok(())
            })?;
            Ok(event.called(titles(&hats)))
        };
        self.borrowers.iter().map(ended).collect()
    }

    fn ended(&self, moment: &Moment) -> Result<Vec<Event>> {
        let mut events = self.loans_ended(&[])?;
        events.push(Event::removed(&MEMBER_LEFT, &self.membership, moment.now).called(self.name.clone()));
        Ok(events)
    }
}

/// What someone put forward cannot be carried out in their name once they are gone.
fn withdrawn(open: &[Proposal], name: &str, moment: &Moment) -> Vec<Event> {
    let withdraw = |before: &Proposal| {
        let note = format!("{name} left. Whoever still wants this puts it forward in their own name.");
        let after = Proposal { state: ProposalState::Withdrawn, settled_at: Some(moment.now), note, ..before.clone() };
        Event::changed(&PROPOSAL_WITHDRAWN, before, &after)
    };
    open.iter().map(withdraw).collect()
}

command! {
    /// Changes a member's hats.
    pub struct SetHats in "membership.set_hats" at Put "/products/{product}/members/{member}/hats" [Agreement] {
        pub member: Id<Member>,
        pub hats: Vec<Hat>,
    }
}

impl Command for SetHats {
    type Before = Belonging;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Belonging> {
        Belonging::here(look, self.member)
    }
    fn title(&self, before: &Belonging) -> String {
        format!("{} becomes {}", before.name, titles(&self.hats))
    }
    fn decide(self, before: Belonging, _: &Moment, scope: &Scope) -> Result<Decided> {
        let given = hats(&self.hats)?;
        let held: Vec<Hat> = before.others.iter().chain(given.iter()).copied().collect();
        stays_open("hats", &scope.agreed, &held)?;
        let mut events = before.loans_ended(&given)?;
        let event = edit(&HATS_SET, &before.membership, |m| {
            m.worn = m.worn.filter(|worn| given.contains(worn));
            m.hats = given;
            Ok(())
        })?;
        events.push(event.called(before.name));
        Ok(events.into())
    }
}

command! {
    /// Takes someone out of the product; what they did stays in the record.
    pub struct RemoveMembership in "membership.remove" at Delete "/products/{product}/members/{member}" [Agreement] {
        pub member: Id<Member>,
    }
}

impl Command for RemoveMembership {
    /// With what they put forward that is not settled.
    type Before = (Belonging, Vec<Proposal>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let product = look.scope.product_id()?;
        let mut open = rows::put_forward(look.reader, self.member)?;
        open.retain(|p| p.meta.product == Some(product));
        Ok((Belonging::here(look, self.member)?, open))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("{} leaves the product", before.name)
    }
    fn decide(self, (before, open): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        stays_open("member", &scope.agreed, &before.others)?;
        let mut events = withdrawn(&open, &before.name, moment);
        events.extend(before.ended(moment)?);
        Ok(events.into())
    }
}

command! {
    /// Removes an account with everything that acts for it; what it did stays in the record.
    pub struct RemoveAccount in "account.remove" at Delete "/accounts/{member}" [] {
        pub member: Id<Member>,
        /// E-mail of a member who takes over their hats where nobody else would decide on the agreement.
        pub takes_over: Option<String>,
    }
}

/// An account with what hangs on it everywhere.
pub struct Leaving {
    account: Account,
    open: Vec<Proposal>,
    belongings: Vec<(Product, Matrix, Belonging)>,
    heir: Option<Member>,
    /// Where the heir belongs already.
    heirs: Vec<Membership>,
    other_administrator: bool,
}

impl Command for RemoveAccount {
    type Before = Leaving;
    const AUTHORITY: Authority = Authority::Administrator;
    const UNDOABLE: bool = false;
    // Who else decides in each of them must still be there when this is done.
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Leaving> {
        let member = people::member(look.reader, self.member)?;
        let mut belongings = vec![];
        for membership in rows::memberships_of(look.reader, self.member)? {
            let id = membership.meta.product.ok_or(Refusal::NotFound)?;
            let (product, agreed) = rows::agreed(look.reader, id)?;
            belongings.push((product, agreed, Belonging::of(look, membership, member.name.clone())?));
        }
        let heir = match self.takes_over.as_deref().map(str::trim).filter(|address| !address.is_empty()) {
            Some(address) => people::person_by_email(look.reader, address)?.filter(|m| m.answers_for.is_none() && m.id() != self.member),
            None => None,
        };
        let heirs = heir.as_ref().map_or(Ok(vec![]), |m| rows::memberships_of(look.reader, m.id()))?;
        let other_administrator = people::other_administrator(look.reader, self.member)?;
        let open = rows::put_forward(look.reader, self.member)?;
        Ok(Leaving { account: Account::of(look, member)?, open, belongings, heir, heirs, other_administrator })
    }
    fn may(&self, before: &Leaving, scope: &Scope) -> Result<()> {
        match scope.who.member == Some(before.account.member.meta.id) {
            true => Err(Refusal::denied("You cannot remove the account that you are using.")),
            false => Ok(()),
        }
    }
    fn title(&self, before: &Leaving) -> String {
        format!("Remove {}", before.account.member.name)
    }
    fn decide(self, before: Leaving, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.account.member.administrator && !before.other_administrator {
            return Err(Refusal::invalid(
                "member",
                "This is the last administrator. Add another one first, at the machine: tandem member add --administrator.",
            ));
        }
        let mut events = withdrawn(&before.open, &before.account.member.name, moment);
        let mut left_alone = vec![];
        for (product, agreed, belonging) in &before.belongings {
            let own = &belonging.membership.hats;
            let before_that: Vec<Hat> = belonging.others.iter().chain(own.iter()).copied().collect();
            if someone_decides(agreed, &before_that) && !someone_decides(agreed, &belonging.others) {
                match &before.heir {
                    Some(heir) => events.push(taken_over(heir, &before.heirs, product.meta.id, own, moment)?),
                    None => left_alone.push(product.name.as_str()),
                }
            }
            events.extend(belonging.ended(moment)?);
        }
        if !left_alone.is_empty() {
            let message =
                format!("Nobody else decides on the agreement of {}. Give the e-mail of the member who takes over there.", left_alone.join(", "));
            return Err(Refusal::invalid("takes_over", message));
        }
        events.extend(before.account.ended(moment));
        Ok(events.into())
    }
}

/// The heir gets the hats on top of their own.
fn taken_over(heir: &Member, heirs: &[Membership], product: Uuid, given: &[Hat], moment: &Moment) -> Result<Event> {
    match heirs.iter().find(|m| m.meta.product == Some(product)) {
        Some(own) => {
            let together: Vec<Hat> = own.hats.iter().chain(given).copied().collect();
            let event = edit(&HATS_SET, own, |m| {
                m.hats = hats(&together)?;
                Ok(())
            })?;
            Ok(event.called(heir.name.clone()))
        }
        None => {
            let membership = new_membership(moment, product, heir.id(), given)?;
            Ok(Event::created(&MEMBER_BROUGHT_IN, &membership).called(format!("{} as {}", heir.name, titles(given))))
        }
    }
}
