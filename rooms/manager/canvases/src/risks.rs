//! Commands about risks.

use crate::{events::*, model::*};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give};
use people::Member;

/// Whoever watches a risk belongs to the product.
fn watches(look: &mut Look, owner: Option<Id<Member>>) -> Result<()> {
    match owner {
        None => Ok(()),
        Some(owner) => people::person_of(look, owner)?.filter(|person| !person.is_assistant).map(drop).ok_or(Refusal::NotFound),
    }
}

command! {
    /// Writes down a risk: something that may happen and would harm the product.
    pub struct AddRisk in "risk.add" at Post "/products/{product}/risks" [Strategy] {
        pub title: Line<300>,
        /// What it would do, and how one would notice.
        #[serde(default)]
        pub note: Text<5_000>,
        pub likelihood: Degree,
        pub impact: Degree,
        /// What is done about it.
        #[serde(default)]
        pub response: Text<5_000>,
        /// Whoever watches it.
        pub owner: Option<Id<Member>>,
    }
}

impl Command for AddRisk {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        watches(look, self.owner)
    }
    fn title(&self, (): &()) -> String {
        format!("Write down the risk “{}”", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let risk = Risk {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            note: self.note.into(),
            likelihood: self.likelihood,
            impact: self.impact,
            response: self.response.into(),
            owner: self.owner,
            state: RiskState::Open,
        };
        Ok(Event::created(&RISK_ADDED, &risk).into())
    }
}

command! {
    /// Changes a risk: how likely and how bad, what is done about it, who watches it, what became of it.
    pub struct EditRisk in "risk.edit" at Patch "/products/{product}/risks/{risk}" [Strategy] {
        pub risk: Id<Risk>,
        pub title: Option<Line<300>>,
        pub note: Option<Text<5_000>>,
        pub likelihood: Option<Degree>,
        pub impact: Option<Degree>,
        pub response: Option<Text<5_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub owner: Option<Option<Id<Member>>>,
        pub state: Option<RiskState>,
    }
}

impl Command for EditRisk {
    type Before = Risk;

    fn load(&self, look: &mut Look) -> Result<Risk> {
        watches(look, self.owner.flatten())?;
        Risk::get(look, self.risk)
    }
    fn title(&self, before: &Risk) -> String {
        format!("Change the risk “{}”", before.title)
    }
    fn decide(self, before: Risk, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&RISK_EDITED, &before, |r| {
            give(&mut r.title, self.title);
            give(&mut r.note, self.note);
            give(&mut r.likelihood, self.likelihood);
            give(&mut r.impact, self.impact);
            give(&mut r.response, self.response);
            give(&mut r.owner, self.owner);
            give(&mut r.state, self.state);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a risk that was written down by mistake.
    pub struct RemoveRisk in "risk.remove" at Delete "/products/{product}/risks/{risk}" [Strategy] {
        pub risk: Id<Risk>,
    }
}

impl Command for RemoveRisk {
    type Before = Risk;

    fn load(&self, look: &mut Look) -> Result<Risk> {
        Risk::get(look, self.risk)
    }
    fn title(&self, before: &Risk) -> String {
        format!("Remove the risk “{}”", before.title)
    }
    fn decide(self, before: Risk, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&RISK_REMOVED, &before, moment.now).into())
    }
}
