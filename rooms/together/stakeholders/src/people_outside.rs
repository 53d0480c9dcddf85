//! Who they are and how much they weigh.

use crate::{events::*, model::*};
use kernel::{Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Standing, Text, command, event::edit, give};
use people::Member;
use web::when;

/// So many days at most lie between two times of telling.
const LONGEST: i64 = 400;

fn every(days: Option<i64>) -> Result<Option<i64>> {
    match days {
        Some(days) if !(1..=LONGEST).contains(&days) => Err(Refusal::invalid("every_days", format!("Give a number of days from 1 to {LONGEST}."))),
        fine => Ok(fine),
    }
}

/// The account of somebody who belongs to the product.
fn belongs(look: &mut Look, member: Option<Id<Member>>) -> Result<()> {
    match member {
        Some(member) => people::person_of(look, member)?.filter(|person| !person.is_assistant).map(|_| ()).ok_or(Refusal::NotFound),
        None => Ok(()),
    }
}

/// An address as it is kept; none where the field is left empty.
fn address(text: &str) -> Result<String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => people::email(text),
    }
}

/// A person may belong to a group that stands beside them here; a group belongs to none, so nothing goes in a circle.
fn within(look: &mut Look, group: Option<Id<Stakeholder>>) -> Result<()> {
    let Some(group) = group else { return Ok(()) };
    match Stakeholder::get(look, group)?.kind {
        Kind::Group => Ok(()),
        Kind::Person => Err(Refusal::invalid("within", "This is a person. Choose a group.")),
    }
}

fn one_within_none(stakeholder: &Stakeholder) -> Result<()> {
    match (stakeholder.kind, stakeholder.within) {
        (Kind::Group, Some(_)) => Err(Refusal::invalid("within", "A group belongs to no other group.")),
        _ => Ok(()),
    }
}

/// Somebody who looks after a stakeholder belongs to the product and has a say in what is announced, or could not read of them.
fn keeps(look: &mut Look, keeper: Option<Id<Member>>) -> Result<()> {
    let Some(keeper) = keeper else { return Ok(()) };
    let person = people::person_of(look, keeper)?.filter(|person| !person.is_assistant).ok_or(Refusal::NotFound)?;
    match person.hats.iter().any(|hat| look.scope.matrix.standing(AREA, *hat) >= Standing::Proposes) {
        true => Ok(()),
        false => Err(Refusal::invalid("keeper", format!("{} has no say in what is announced, and so does not read of stakeholders.", person.name))),
    }
}

command! {
    /// Adds a stakeholder: a person or a group outside of the team.
    pub struct AddStakeholder in "stakeholder.add" at Post "/products/{product}/stakeholders" [Announcements] {
        pub name: Line<200>,
        #[serde(default = "person")]
        pub kind: Kind,
        /// What they are: "Head of transport, City of Lindau".
        #[serde(default)]
        pub role: Text<300>,
        /// Their account, where they have one and belong to the product.
        pub member: Option<Id<Member>>,
        /// Where updates that are sent as letters reach them, while they have no account.
        #[serde(default)]
        pub email: Text<254>,
        /// The group that a person belongs to.
        pub within: Option<Id<Stakeholder>>,
        #[serde(default = "middling")]
        pub power: Level,
        #[serde(default = "middling")]
        pub interest: Level,
        /// What they need to hear.
        #[serde(default)]
        pub wants: Text<5_000>,
        #[serde(default = "mail")]
        pub channel: Channel,
        /// At the latest after so many days they are to hear again.
        pub every_days: Option<i64>,
        /// Whoever looks after them and is reminded; whoever asks when left out.
        pub keeper: Option<Id<Member>>,
        /// A letter comes to them when a release ships, with its notes, while they have no account.
        #[serde(default)]
        pub releases: bool,
    }
}

fn person() -> Kind {
    Kind::Person
}

fn middling() -> Level {
    Level::Middling
}

fn mail() -> Channel {
    Channel::Mail
}

impl Command for AddStakeholder {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        belongs(look, self.member)?;
        within(look, self.within)?;
        keeps(look, self.keeper)
    }
    fn title(&self, (): &()) -> String {
        format!("Add the stakeholder “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let stakeholder = Stakeholder {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            kind: self.kind,
            role: self.role.into(),
            member: self.member,
            email: address(&self.email)?,
            letters_stopped_at: None,
            within: self.within,
            power: self.power,
            interest: self.interest,
            wants: self.wants.into(),
            channel: self.channel,
            every_days: every(self.every_days)?,
            since: when::day(moment.now),
            releases: self.releases,
            keeper: self.keeper.or(scope.who.member.filter(|_| scope.who.assistant.is_none()).map(Id::new)),
        };
        one_within_none(&stakeholder)?;
        Ok(Event::created(&STAKEHOLDER_ADDED, &stakeholder).into())
    }
}

command! {
    /// Changes a stakeholder.
    pub struct EditStakeholder in "stakeholder.edit" at Patch "/products/{product}/stakeholders/{stakeholder}" [Announcements] {
        pub stakeholder: Id<Stakeholder>,
        pub name: Option<Line<200>>,
        pub kind: Option<Kind>,
        pub role: Option<Text<300>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub member: Option<Option<Id<Member>>>,
        /// Another address begins anew: whoever reads there has not said that they want no letters.
        pub email: Option<Text<254>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Stakeholder>>")]
        pub within: Option<Option<Id<Stakeholder>>>,
        pub wants: Option<Text<5_000>>,
        pub channel: Option<Channel>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<i64>")]
        pub every_days: Option<Option<i64>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub keeper: Option<Option<Id<Member>>>,
        /// Whether a letter comes to them when a release ships.
        pub releases: Option<bool>,
    }
}

impl Command for EditStakeholder {
    type Before = Stakeholder;

    fn load(&self, look: &mut Look) -> Result<Stakeholder> {
        belongs(look, self.member.flatten())?;
        keeps(look, self.keeper.flatten())?;
        within(look, self.within.flatten())?;
        Stakeholder::get(look, self.stakeholder)
    }
    fn title(&self, before: &Stakeholder) -> String {
        format!("Change the stakeholder “{}”", before.name)
    }
    fn decide(self, before: Stakeholder, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&STAKEHOLDER_EDITED, &before, |s| {
            give(&mut s.name, self.name);
            give(&mut s.kind, self.kind);
            give(&mut s.role, self.role);
            give(&mut s.member, self.member);
            give(&mut s.within, self.within);
            if let Some(email) = &self.email {
                let email = address(email)?;
                s.letters_stopped_at = s.letters_stopped_at.filter(|_| email == s.email);
                s.email = email;
            }
            give(&mut s.wants, self.wants);
            give(&mut s.channel, self.channel);
            give(&mut s.keeper, self.keeper);
            give(&mut s.releases, self.releases);
            if let Some(days) = self.every_days {
                s.every_days = every(days)?;
            }
            one_within_none(s)
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says how much power and interest a stakeholder has.
    pub struct PlaceStakeholder in "stakeholder.place" at Put "/products/{product}/stakeholders/{stakeholder}/place" [Announcements] {
        pub stakeholder: Id<Stakeholder>,
        pub power: Level,
        pub interest: Level,
    }
}

impl Command for PlaceStakeholder {
    type Before = Stakeholder;

    fn load(&self, look: &mut Look) -> Result<Stakeholder> {
        Stakeholder::get(look, self.stakeholder)
    }
    fn title(&self, before: &Stakeholder) -> String {
        format!("Place “{}”: {} power, {} interest", before.name, self.power.says(), self.interest.says())
    }
    fn decide(self, before: Stakeholder, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&STAKEHOLDER_PLACED, &before, |s| {
            (s.power, s.interest) = (self.power, self.interest);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes somebody who is no stakeholder any more. What was promised to them stays readable; what is open of it is withdrawn.
    pub struct RemoveStakeholder in "stakeholder.remove" at Delete "/products/{product}/stakeholders/{stakeholder}" [Announcements] {
        pub stakeholder: Id<Stakeholder>,
    }
}

/// What a promise says that was open when whoever it was made to left.
const THEY_LEFT: &str = "They are no stakeholder any more.";

impl Command for RemoveStakeholder {
    /// The stakeholder, and the promises to them that are open.
    type Before = (Stakeholder, Vec<Promise>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let stakeholder = Stakeholder::get(look, self.stakeholder)?;
        let open = Promise::all(look, "and stakeholder = $2 and kept = 'open' order by id", &[stakeholder.meta.id.value()])?;
        Ok((stakeholder, open))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the stakeholder “{}”", before.name)
    }
    fn decide(self, (before, open): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = vec![];
        for promise in &open {
            events.push(edit(&PROMISE_WITHDRAWN, promise, |p| {
                p.settle(Kept::Withdrawn, THEY_LEFT.into(), moment);
                Ok(())
            })?);
        }
        events.push(Event::removed(&STAKEHOLDER_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}
