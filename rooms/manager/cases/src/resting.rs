//! What a case rests on: evidence, needs, objectives, initiatives, facts.

use crate::{events::*, model::*};
use customers::{Evidence, Need};
use kernel::{Command, Decided, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Tie, command, relation::Ends};
use models::KnownFact;
use strategy::Objective;

/// What a case may rest on.
enum On<'a> {
    Evidence(Id<Evidence>),
    Need(Id<Need>),
    Objective(Id<Objective>),
    Initiative(&'a Ref),
    Fact(Id<KnownFact>),
}

/// What a command of this file names.
macro_rules! named {
    ($asked:expr) => {
        [
            $asked.evidence.map(On::Evidence),
            $asked.need.map(On::Need),
            $asked.objective.map(On::Objective),
            $asked.initiative.as_ref().map(On::Initiative),
            $asked.known_fact.map(On::Fact),
        ]
    };
}

/// The ends of the link between a case and what was named: one thing at a time.
fn ends(look: &mut Look, id: Id<GuidedCase>, named: [Option<On>; 5]) -> Result<Ends> {
    let case = GuidedCase::get(look, id)?;
    let mut named = named.into_iter().flatten();
    let (Some(one), None) = (named.next(), named.next()) else {
        return Err(Refusal::invalid("evidence", "Name one thing: evidence, a need, an objective, an initiative or a fact."));
    };
    match one {
        On::Evidence(id) => {
            let evidence = Evidence::get(look, id)?;
            Ends::read(look, &evidence, Tie::Supports, &case)
        }
        On::Fact(id) => {
            let fact = KnownFact::get(look, id)?;
            Ends::read(look, &fact, Tie::Supports, &case)
        }
        On::Need(id) => {
            let need = Need::get(look, id)?;
            Ends::read(look, &case, Tie::About, &need)
        }
        On::Objective(id) => {
            let objective = Objective::get(look, id)?;
            Ends::read(look, &case, Tie::About, &objective)
        }
        On::Initiative(at) => {
            let initiative = roadmap::initiative(look, at)?;
            Ends::read(look, &case, Tie::About, &initiative)
        }
    }
}

command! {
    /// Says what a case rests on: one piece of evidence, need, objective, initiative or fact.
    pub struct LinkCase in "guided_case.link" at Post "/products/{product}/cases/{guided_case}/linking" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        pub evidence: Option<Id<Evidence>>,
        pub need: Option<Id<Need>>,
        pub objective: Option<Id<Objective>>,
        /// Number, key or id.
        pub initiative: Option<Ref>,
        pub known_fact: Option<Id<KnownFact>>,
    }
}

impl Command for LinkCase {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        ends(look, self.guided_case, named!(self))
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&CASE_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that a case rests on something.
    pub struct UnlinkCase in "guided_case.unlink" at Post "/products/{product}/cases/{guided_case}/unlinking" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        pub evidence: Option<Id<Evidence>>,
        pub need: Option<Id<Need>>,
        pub objective: Option<Id<Objective>>,
        /// Number, key or id.
        pub initiative: Option<Ref>,
        pub known_fact: Option<Id<KnownFact>>,
    }
}

impl Command for UnlinkCase {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        ends(look, self.guided_case, named!(self))
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&CASE_UNLINKED, moment.now)?.into())
    }
}
