//! What a case rests on: evidence, needs, objectives, initiatives, facts.

use crate::{events::*, model::*};
use customers::{Evidence, Need};
use kernel::{Command, Decided, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Tie, command, relation::Ends};
use models::KnownFact;
use strategy::Objective;

/// What was named; one thing at a time.
struct Named<'a> {
    evidence: Option<Id<Evidence>>,
    need: Option<Id<Need>>,
    objective: Option<Id<Objective>>,
    initiative: Option<&'a Ref>,
    known_fact: Option<Id<KnownFact>>,
}

/// The ends of the link between a case and what was named.
fn ends(look: &mut Look, id: Id<GuidedCase>, named: &Named) -> Result<Ends> {
    let case = GuidedCase::get(look, id)?;
    let many = [named.evidence.is_some(), named.need.is_some(), named.objective.is_some(), named.initiative.is_some(), named.known_fact.is_some()];
    match (many.iter().filter(|there| **there).count(), named) {
        (1, Named { evidence: Some(id), .. }) => {
            let evidence = Evidence::get(look, *id)?;
            Ends::read(look, &evidence, Tie::Supports, &case)
        }
        (1, Named { known_fact: Some(id), .. }) => {
            let fact = KnownFact::get(look, *id)?;
            Ends::read(look, &fact, Tie::Supports, &case)
        }
        (1, Named { need: Some(id), .. }) => {
            let need = Need::get(look, *id)?;
            Ends::read(look, &case, Tie::About, &need)
        }
        (1, Named { objective: Some(id), .. }) => {
            let objective = Objective::get(look, *id)?;
            Ends::read(look, &case, Tie::About, &objective)
        }
        (1, Named { initiative: Some(at), .. }) => {
            let initiative = roadmap::initiative(look, at)?;
            Ends::read(look, &case, Tie::About, &initiative)
        }
        _ => Err(Refusal::invalid("evidence", "Name one thing: evidence, a need, an objective, an initiative or a fact.")),
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
        let named = Named {
            evidence: self.evidence,
            need: self.need,
            objective: self.objective,
            initiative: self.initiative.as_ref(),
            known_fact: self.known_fact,
        };
        ends(look, self.guided_case, &named)
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
        let named = Named {
            evidence: self.evidence,
            need: self.need,
            objective: self.objective,
            initiative: self.initiative.as_ref(),
            known_fact: self.known_fact,
        };
        ends(look, self.guided_case, &named)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&CASE_UNLINKED, moment.now)?.into())
    }
}
