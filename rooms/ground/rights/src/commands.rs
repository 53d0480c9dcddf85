//! Changing who decides what, and lending a hat while one is away.

use crate::{events::*, rows};
use kernel::{Area, Command, Decided, Event, Hat, Id, Look, Matrix, Moment, Refusal, Result, Scope, Standing, command, event::edit, matrix::Way};
use people::Member;
use product::{Agreement, Membership, Product};
use web::{app::Lent, when};

command! {
    /// Changes what one hat may do in one area.
    pub struct SetStanding in "agreement.set" at Put "/products/{product}/agreement/{area}/{hat}" [Agreement] {
        pub area: Area,
        pub hat: Hat,
        pub standing: Standing,
    }
}

impl Command for SetStanding {
    type Before = Agreement;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Agreement> {
        rows::agreement(look)
    }
    fn title(&self, _: &Agreement) -> String {
        format!("On {}, the {} {}", self.area.spoken(), self.hat.title(), phrase(self.standing))
    }
    fn decide(self, before: Agreement, _: &Moment, scope: &Scope) -> Result<Decided> {
        let mut matrix = scope.agreed.clone();
        matrix.set(self.area, self.hat, self.standing);
        let someone = Hat::ALL.iter().any(|h| matrix.standing(self.area, *h) >= Standing::Signs);
        if !someone {
            return Err(Refusal::invalid("standing", format!("Then nobody would decide on {}. Give it to another hat first.", self.area)));
        }
        product::stays_open("standing", &matrix, &scope.held)?;
        Ok(Event::changed(&STANDING_SET, &before, &Agreement::of(before.meta.clone(), &matrix)).into())
    }
}

fn phrase(standing: Standing) -> &'static str {
    match standing {
        Standing::None => "has no say",
        Standing::Sees => "sees",
        Standing::Proposes => "proposes",
        Standing::Signs => "signs",
        Standing::Decides => "decides",
    }
}

command! {
    /// Fills the matrix anew from a way of working.
    pub struct ChooseWay in "agreement.choose_way" at Put "/products/{product}/agreement/way" [Agreement] {
        pub way: Way,
    }
}

impl Command for ChooseWay {
    type Before = (Agreement, Product);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::agreement(look)?, product::product(look)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Work as {}", self.way.says())
    }
    fn decide(self, (agreement, product): Self::Before, _: &Moment, scope: &Scope) -> Result<Decided> {
        let mut matrix = Matrix::of_way(self.way);
        // Which areas are on is another question.
        Area::ALL.iter().filter(|area| scope.agreed.is_off(**area)).for_each(|area| matrix.switch(*area, false));
        product::stays_open("way", &matrix, &scope.held)?;
        let filled = Agreement::of(agreement.meta.clone(), &matrix);
        Ok(vec![
            Event::changed(&STANDING_SET, &agreement, &filled),
            edit(&WAY_CHOSEN, &product, |p| {
                p.way = self.way;
                Ok(())
            })?,
        ]
        .into())
    }
}

command! {
    /// Switches an area on or off. Where it is off no proposal is asked for: whoever would have to propose or sign decides.
    pub struct SwitchArea in "agreement.switch" at Put "/products/{product}/agreement/{area}/on" [Agreement] {
        pub area: Area,
        pub on: bool,
    }
}

impl Command for SwitchArea {
    type Before = Agreement;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Agreement> {
        rows::agreement(look)
    }
    fn title(&self, _: &Agreement) -> String {
        if self.on { format!("Ask for proposals on {}", self.area) } else { format!("Ask for no proposals on {}", self.area) }
    }
    fn decide(self, before: Agreement, _: &Moment, scope: &Scope) -> Result<Decided> {
        if self.area == Area::Agreement && !self.on {
            return Err(Refusal::invalid("area", "The agreement itself stays on, or whoever may propose could change who decides."));
        }
        let mut matrix = scope.agreed.clone();
        matrix.switch(self.area, self.on);
        Ok(Event::changed(&AREA_SWITCHED, &before, &Agreement::of(before.meta.clone(), &matrix)).into())
    }
}

/// Days that a hat can be lent at once: a leave, not a change of who does what.
const LONGEST_LOAN: i64 = 90;

command! {
    /// Lends one of one's hats to another member until the end of a day, such as during a leave.
    pub struct LendHat in "hat.lend" at Post "/products/{product}/loans" [] {
        pub to: Id<Member>,
        pub hat: Hat,
        /// The last day of the loan, as 2026-11-23; at most 90 days from now.
        pub until: String,
    }
}

impl Command for LendHat {
    /// One's own membership and the other's.
    type Before = (Membership, Membership);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let me = Id::new(look.scope.who.signed_in()?);
        Ok((rows::membership(look, me)?, rows::membership(look, self.to)?))
    }
    fn may(&self, (own, other): &Self::Before, scope: &Scope) -> Result<()> {
        if scope.who.assistant.is_some() || !own.hats.contains(&self.hat) {
            return Err(Refusal::denied("Only a hat of your own can be lent, not one you borrowed."));
        }
        match own.member == other.member {
            true => Err(Refusal::invalid("to", "Choose someone else.")),
            false => Ok(()),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Lend the hat of {}", self.hat.title())
    }
    fn decide(self, (own, other): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let until = when::end_of(&self.until).filter(|until| *until > moment.now);
        let until = until.ok_or_else(|| Refusal::invalid("until", "Give a day from today on, written as 2026-11-23."))?;
        if until > moment.in_days(LONGEST_LOAN + 1) {
            return Err(Refusal::invalid("until", format!("A hat is lent for {LONGEST_LOAN} days at most. For longer, change the member's hats.")));
        }
        let event = edit(&HAT_LENT, &other, |m| {
            m.lent.0.retain(|l| l.until > moment.now && (l.hat, l.from) != (self.hat, own.member.0));
            m.lent.0.push(Lent { hat: self.hat, from: own.member.0, until });
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Takes a lent hat back before its time.
    pub struct TakeHatBack in "hat.take_back" at Delete "/products/{product}/loans/{from}/{hat}" [] {
        /// Who has it now.
        pub from: Id<Member>,
        pub hat: Hat,
    }
}

impl Command for TakeHatBack {
    type Before = Membership;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Membership> {
        rows::membership(look, self.from)
    }
    fn may(&self, other: &Membership, scope: &Scope) -> Result<()> {
        let mine = other.lent.iter().any(|l| l.hat == self.hat && Some(l.from) == scope.who.member);
        let given_back = Some(other.member.0) == scope.who.member;
        let decides = scope.standing(Area::Agreement).1 >= Standing::Signs;
        match (mine || given_back || decides) && scope.who.assistant.is_none() {
            true => Ok(()),
            false => Err(Refusal::denied("Only who lent or borrowed this hat, or decides on the agreement, can end the loan.")),
        }
    }
    fn title(&self, _: &Membership) -> String {
        format!("Take the hat of {} back", self.hat.title())
    }
    fn decide(self, before: Membership, _: &Moment, scope: &Scope) -> Result<Decided> {
        // Of two loans of the same hat a lender ends their own; everyone else may end all.
        let mine = |l: &Lent| l.hat == self.hat && Some(l.from) == scope.who.member;
        let own = before.lent.iter().any(mine);
        let event = edit(&HAT_RETURNED, &before, |m| {
            m.lent.0.retain(|l| if own { !mine(l) } else { l.hat != self.hat });
            Ok(())
        })?;
        Ok(event.into())
    }
}
