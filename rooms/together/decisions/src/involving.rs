//! Who is part of a decision, besides those who sign: who drives it, whose word is wanted, who is told; and the days on
//! which an answer is needed and on which it is looked at again. None of this is what was signed, so none of it is sealed.

use crate::{commands::still_open, poll, rows};
use kernel::{
    AnyDay, Authority, Command, Decided, Event, Id, Look, Moment, Noun, Proposal, ProposalState, Refusal, Result, Scope, Standing, Task, Uuid,
    command, event::edit, kinds, value::Packed,
};
use notices::Due;
use people::Member;
use web::when;

kinds! {
    PEOPLE_SET = "proposal.people_set", "said who is part of";
    DAYS_SET = "proposal.days_set", "set the days of";
}

/// Whoever may arrange a proposal: its author, whoever drives it, and whoever signs.
pub(crate) fn arranges(proposal: &Proposal, scope: &Scope) -> bool {
    let me = scope.who.member;
    let own = me == Some(proposal.author) || me == Some(proposal.driven_by());
    (own || scope.standing(proposal.area).1 >= Standing::Signs) && scope.who.assistant.is_none()
}

fn may_arrange(proposal: &Proposal, scope: &Scope) -> Result<()> {
    match arranges(proposal, scope) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever put this forward, drives it or signs arranges that.")),
    }
}

/// So many people are asked for their word, and so many are told.
const MOST_INVOLVED: usize = 50;

command! {
    /// Says who drives an open proposal, whose word is wanted on it and who is told how it ends. Whoever is named hears of it.
    pub struct Involve in "proposal.involve" at Put "/products/{product}/proposals/{proposal}/people" [] {
        pub proposal: Id<Proposal>,
        /// Whoever put it forward where nobody is named.
        pub driver: Option<Id<Member>>,
        #[serde(default)]
        pub contributors: Vec<Id<Member>>,
        #[serde(default)]
        pub informed: Vec<Id<Member>>,
    }
}

impl Command for Involve {
    /// The proposal, and who of those that are named sees it.
    type Before = (Proposal, Vec<Uuid>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let proposal = Proposal::get(look, self.proposal)?;
        let named = self.driver.iter().chain(&self.contributors).chain(&self.informed).map(|id| id.0);
        let people = poll::these(look, proposal.area, named)?;
        Ok((proposal, people))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, (before, _): &Self::Before, scope: &Scope) -> Result<()> {
        still_open(before)?;
        may_arrange(before, scope)
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Say who is part of “{}”", before.title)
    }
    fn decide(self, (before, people): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let those = |field: &str, given: Vec<Id<Member>>| {
            let mut ids: Vec<Uuid> = given.into_iter().map(|id| id.0).collect();
            ids.sort();
            ids.dedup();
            match ids.len() {
                n if n > MOST_INVOLVED => Err(Refusal::invalid(field, format!("{n} are too many; {MOST_INVOLVED} fit."))),
                _ => Ok(Packed(ids)),
            }
        };
        let (contributors, informed) = (those("contributors", self.contributors)?, those("informed", self.informed)?);
        let driver = self.driver.map(|id| id.0).filter(|id| *id != before.author);
        // Whoever was there before may have lost sight of it since.
        let known = |id: &Uuid| people.contains(id) || before.contributors.contains(id) || before.informed.contains(id) || before.driver == Some(*id);
        if !driver.iter().chain(contributors.iter()).chain(informed.iter()).all(known) {
            return Err(Refusal::NotFound);
        }
        let event = edit(&PEOPLE_SET, &before, |p| {
            p.driver = driver;
            p.contributors = contributors;
            p.informed = informed;
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says by when an answer is needed, and when the decision is looked at again. What is left out stays as it is.
    pub struct SetDays in "proposal.set_days" at Put "/products/{product}/proposals/{proposal}/days" [] {
        pub proposal: Id<Proposal>,
        /// As 2026-11-23; empty for none.
        pub due_on: Option<AnyDay>,
        pub review_on: Option<AnyDay>,
    }
}

impl Command for SetDays {
    type Before = Proposal;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Proposal> {
        Proposal::get(look, self.proposal)
    }
    fn authority(&self, before: &Proposal) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, before: &Proposal, scope: &Scope) -> Result<()> {
        may_arrange(before, scope)?;
        match before.state {
            ProposalState::Open | ProposalState::Agreed => Ok(()),
            state => Err(Refusal::invalid("proposal", format!("This proposal is {state}; there is nothing to look at again."))),
        }
    }
    fn title(&self, before: &Proposal) -> String {
        format!("Set the days of “{}”", before.title)
    }
    fn decide(self, before: Proposal, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (due_on, review_on) = (self.due_on.map(AnyDay::day), self.review_on.map(AnyDay::day));
        for (field, day, old) in [("due_on", &due_on, &before.due_on), ("review_on", &review_on, &before.review_on)] {
            if let Some(day) = day.as_ref().filter(|day| *day != old) {
                when::to_come(field, day.as_ref(), scope, moment.now)?;
            }
        }
        if due_on.as_ref().is_some_and(|day| *day != before.due_on) && before.state != ProposalState::Open {
            return Err(Refusal::invalid("due_on", "It is settled; an answer is there."));
        }
        let event = edit(&DAYS_SET, &before, |p| {
            if let Some(day) = due_on {
                p.due_on = day;
            }
            if let Some(day) = review_on {
                p.review_on = day;
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Reminds those whose signature an open proposal waits for; each of them once a day at most.
    pub struct RemindSigners in "proposal.remind" at Post "/products/{product}/proposals/{proposal}/reminders" [] {
        pub proposal: Id<Proposal>,
    }
}

impl Command for RemindSigners {
    /// The proposal, and whose word it waits for.
    type Before = (Proposal, Vec<Uuid>);
    const UNDOABLE: bool = false;
    const LATER: Option<&'static str> = Some("They are reminded.");

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let proposal = Proposal::get(look, self.proposal)?;
        let waited_for = rows::waited_for(look, &proposal)?;
        Ok((proposal, waited_for))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, (before, _): &Self::Before, scope: &Scope) -> Result<()> {
        still_open(before)?;
        may_arrange(before, scope)
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remind the signers of “{}”", before.title)
    }
    fn decide(self, (before, waited_for): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let others: Vec<Uuid> = waited_for.into_iter().filter(|member| Some(*member) != scope.who.member).collect();
        if others.is_empty() {
            return Err(Refusal::invalid("proposal", "It waits for nobody else."));
        }
        let occasion = format!("asked {}", when::day(moment.now));
        let tasks: Result<Vec<Task>> =
            others.into_iter().map(|member| notices::remind(member, Due::Sign, (Proposal::TABLE, before.meta.id), &occasion)).collect();
        Ok(Decided { tasks: tasks?, events: Vec::<Event>::new(), ..Decided::default() })
    }
}
