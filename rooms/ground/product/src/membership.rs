//! Commands about the hat one wears, and members who are brought in at the machine.

use crate::{
    commands::{new_membership, titles},
    events::*,
    model::*,
    rows,
};
use kernel::{Authority, Command, Decided, Event, Hat, Id, Look, Moment, Refusal, Result, Scope, command};
use people::Member;

command! {
    /// Wears another of one's hats.
    pub struct WearHat in "hat.wear" at Put "/products/{product}/hat" [] {
        pub hat: Hat,
    }
}

impl Command for WearHat {
    type Before = Membership;
    const IN_ARCHIVE: bool = true;
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
