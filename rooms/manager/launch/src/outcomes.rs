//! What came of a bet: recorded once it is released, with a verdict, what shows it, what was learned and what next.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, command, event::edit, give};
use roadmap::{BetState, Initiative};
use web::when;

/// A percentage as a share.
fn share(percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(p) if !(0.0..=100.0).contains(&p) => Err(Refusal::invalid("confidence", "Give a percentage between 0 and 100.")),
        fine => Ok(fine.map(|p| p / 100.0)),
    }
}

fn finite(value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(value) if !value.is_finite() => Err(Refusal::invalid("value", "Give a number.")),
        fine => Ok(fine),
    }
}

command! {
    /// Records what came of a released initiative: a verdict, and what shows it, what was learned and what next.
    pub struct RecordOutcome in "outcome.record" at Post "/products/{product}/initiatives/{initiative}/outcome" [Strategy] {
        /// Number, key or id.
        pub initiative: Ref,
        pub verdict: Judged,
        /// What was measured.
        #[serde(default)]
        pub measured: Text<5_000>,
        /// Where its measure stood.
        pub value: Option<f64>,
        /// How sure the verdict is, in percent.
        pub confidence: Option<f64>,
        /// What shows it.
        #[serde(default)]
        pub evidence: Text<5_000>,
        #[serde(default)]
        pub learned: Text<5_000>,
        /// Keep it, change it or remove it.
        pub next_step: Option<NextStep>,
    }
}

impl Command for RecordOutcome {
    type Before = (Initiative, Option<Outcome>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let initiative = roadmap::initiative(look, &self.initiative)?;
        let known = rows::outcome_of(look, initiative.id())?;
        Ok((initiative, known))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("The outcome of “{}”: {}", before.title, self.verdict.says())
    }
    fn decide(self, (initiative, known): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if known.is_some() {
            return Err(Refusal::invalid("initiative", "What came of it is recorded already. Change that instead."));
        }
        if initiative.state != BetState::Released {
            return Err(Refusal::invalid("initiative", "It has not been released, so nothing has come of it yet. Release it first."));
        }
        let outcome = Outcome {
            meta: moment.fresh(Some(scope.product_id()?)),
            initiative: initiative.id(),
            verdict: self.verdict,
            measured: self.measured.into(),
            value: finite(self.value)?,
            confidence: share(self.confidence)?,
            evidence: self.evidence.into(),
            learned: self.learned.into(),
            next_step: self.next_step,
            bet_confidence: initiative.confidence,
            settled_on: when::day_in(moment.now, &scope.who.zone),
            member: scope.who.member.map(Id::new),
            next_initiative: None,
            next_story: None,
        };
        Ok(Event::created(&OUTCOME_RECORDED, &outcome).called(format!("{}: {}", initiative.title, outcome.verdict.says())).into())
    }
}

command! {
    /// Changes what was recorded of a bet's outcome.
    pub struct EditOutcome in "outcome.edit" at Patch "/products/{product}/outcomes/{outcome}" [Strategy] {
        pub outcome: Id<Outcome>,
        pub verdict: Option<Judged>,
        pub measured: Option<Text<5_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub value: Option<Option<f64>>,
        /// In percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub confidence: Option<Option<f64>>,
        pub evidence: Option<Text<5_000>>,
        pub learned: Option<Text<5_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<NextStep>")]
        pub next_step: Option<Option<NextStep>>,
    }
}

impl Command for EditOutcome {
    type Before = (Outcome, Option<Initiative>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let outcome = Outcome::get(look, self.outcome)?;
        let initiative = Initiative::get(look, outcome.initiative).ok();
        Ok((outcome, initiative))
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Change the outcome of “{}”", called(before))
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let name = called(&before).to_owned();
        let event = edit(&OUTCOME_EDITED, &before.0, |o| {
            give(&mut o.verdict, self.verdict);
            give(&mut o.measured, self.measured);
            give(&mut o.evidence, self.evidence);
            give(&mut o.learned, self.learned);
            give(&mut o.next_step, self.next_step);
            if let Some(value) = self.value {
                o.value = finite(value)?;
            }
            if let Some(confidence) = self.confidence {
                o.confidence = share(confidence)?;
            }
            Ok(())
        })?;
        Ok(event.called(name).into())
    }
}

/// The bet whose outcome it is, by its title.
fn called((_, initiative): &(Outcome, Option<Initiative>)) -> &str {
    initiative.as_ref().map_or("a bet that was removed", |i| i.title.as_str())
}

command! {
    /// Removes an outcome that was recorded by mistake; the bet is to be judged again.
    pub struct RemoveOutcome in "outcome.remove" at Delete "/products/{product}/outcomes/{outcome}" [Strategy] {
        pub outcome: Id<Outcome>,
    }
}

impl Command for RemoveOutcome {
    type Before = (Outcome, Option<Initiative>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let outcome = Outcome::get(look, self.outcome)?;
        let initiative = Initiative::get(look, outcome.initiative).ok();
        Ok((outcome, initiative))
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Remove the outcome of “{}”", called(before))
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let name = called(&before).to_owned();
        Ok(Event::removed(&OUTCOME_REMOVED, &before.0, moment.now).called(name).into())
    }
}
