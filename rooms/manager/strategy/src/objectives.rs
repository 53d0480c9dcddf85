//! Commands about objectives and key results.

use crate::{events::*, model::*, rows};
use kernel::{AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Refusal, Result, Scope, Text, command, event::edit, give};
use web::when;

command! {
    /// Sets an objective.
    pub struct CreateObjective in "objective.create" at Post "/products/{product}/objectives" [Strategy] {
        pub title: Line<300>,
        #[serde(default)]
        pub why: Text<5_000>,
        /// Intended share of capacity in percent.
        pub share: Option<f64>,
        #[serde(default)]
        pub starts_on: AnyDay,
        #[serde(default)]
        pub ends_on: AnyDay,
    }
}

fn share(percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(p) if !(0.0..=100.0).contains(&p) => Err(Refusal::invalid("share", "A share is between 0 and 100 percent.")),
        fine => Ok(fine.map(|p| p / 100.0)),
    }
}

impl Command for CreateObjective {
    /// The last objective's place.
    type Before = Option<Rank>;

    fn load(&self, look: &mut Look) -> Result<Option<Rank>> {
        rows::last_rank(look)
    }
    fn title(&self, _: &Option<Rank>) -> String {
        format!("Set the objective “{}”", self.title)
    }
    fn decide(self, last: Option<Rank>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (starts_on, ends_on) = (self.starts_on.day(), self.ends_on.day());
        when::in_order("ends_on", starts_on.as_ref(), ends_on.as_ref())?;
        let objective = Objective {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            why: self.why.into(),
            rank: Rank::between(last.as_ref(), None),
            share: share(self.share)?,
            starts_on,
            ends_on,
            state: ObjectiveState::Open,
        };
        Ok(Event::created(&OBJECTIVE_CREATED, &objective).into())
    }
}

command! {
    /// Changes an objective, or says what became of it.
    pub struct EditObjective in "objective.edit" at Patch "/products/{product}/objectives/{objective}" [Strategy] {
        pub objective: Id<Objective>,
        pub title: Option<Line<300>>,
        pub why: Option<Text<5_000>>,
        /// Intended share of capacity in percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub share: Option<Option<f64>>,
        pub starts_on: Option<AnyDay>,
        pub ends_on: Option<AnyDay>,
        pub state: Option<ObjectiveState>,
    }
}

impl Command for EditObjective {
    type Before = Objective;

    fn load(&self, look: &mut Look) -> Result<Objective> {
        let objective = Objective::get(look, self.objective)?;
        Ok(objective)
    }
    fn title(&self, before: &Objective) -> String {
        format!("Change the objective “{}”", before.title)
    }
    fn decide(self, before: Objective, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&OBJECTIVE_EDITED, &before, |o| {
            give(&mut o.title, self.title);
            give(&mut o.why, self.why);
            if let Some(given) = self.share {
                o.share = share(given)?;
            }
            give(&mut o.starts_on, self.starts_on);
            give(&mut o.ends_on, self.ends_on);
            give(&mut o.state, self.state);
            when::in_order("ends_on", o.starts_on.as_ref(), o.ends_on.as_ref())
        })?
        .into())
    }
}

command! {
    /// Removes an objective.
    pub struct RemoveObjective in "objective.remove" at Delete "/products/{product}/objectives/{objective}" [Strategy] {
        pub objective: Id<Objective>,
    }
}

impl Command for RemoveObjective {
    type Before = Objective;

    fn load(&self, look: &mut Look) -> Result<Objective> {
        Objective::get(look, self.objective)
    }
    fn title(&self, before: &Objective) -> String {
        format!("Remove the objective “{}”", before.title)
    }
    fn decide(self, before: Objective, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&OBJECTIVE_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Adds a key result: a measure with a start and a target.
    pub struct CreateKeyResult in "key_result.create" at Post "/products/{product}/objectives/{objective}/key-results" [Strategy] {
        pub objective: Id<Objective>,
        pub title: Line<300>,
        #[serde(default)]
        pub unit: Text<40>,
        pub start_value: f64,
        pub target: f64,
    }
}

impl Command for CreateKeyResult {
    type Before = Objective;

    fn load(&self, look: &mut Look) -> Result<Objective> {
        Objective::get(look, self.objective)
    }
    fn title(&self, before: &Objective) -> String {
        format!("Measure “{}” by “{}”", before.title, self.title)
    }
    fn decide(self, before: Objective, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let key_result = KeyResult {
            meta: moment.fresh(Some(scope.product_id()?)),
            objective: before.id(),
            title: self.title.into(),
            unit: self.unit.into(),
            start_value: finite("start_value", self.start_value)?,
            target: finite("target", self.target)?,
            current_value: self.start_value,
            confidence: None,
        };
        Ok(Event::created(&KEY_RESULT_CREATED, &key_result).into())
    }
}

fn finite(field: &str, value: f64) -> Result<f64> {
    match value.is_finite() {
        true => Ok(value),
        false => Err(Refusal::invalid(field, "Give a number.")),
    }
}

command! {
    /// Changes a key result's wording, start or target.
    pub struct EditKeyResult in "key_result.edit" at Patch "/products/{product}/key-results/{key_result}" [Strategy] {
        pub key_result: Id<KeyResult>,
        pub title: Option<Line<300>>,
        pub unit: Option<Text<40>>,
        pub start_value: Option<f64>,
        pub target: Option<f64>,
    }
}

impl Command for EditKeyResult {
    type Before = KeyResult;

    fn load(&self, look: &mut Look) -> Result<KeyResult> {
        let key_result = KeyResult::get(look, self.key_result)?;
        Ok(key_result)
    }
    fn title(&self, before: &KeyResult) -> String {
        format!("Change the key result “{}”", before.title)
    }
    fn decide(self, before: KeyResult, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&KEY_RESULT_EDITED, &before, |k| {
            give(&mut k.title, self.title);
            give(&mut k.unit, self.unit);
            // Until the first check-in it stands where it starts.
            let begun = k.confidence.is_some() || k.current_value != k.start_value;
            k.start_value = finite("start_value", self.start_value.unwrap_or(k.start_value))?;
            k.target = finite("target", self.target.unwrap_or(k.target))?;
            k.current_value = if begun { k.current_value } else { k.start_value };
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a key result.
    pub struct RemoveKeyResult in "key_result.remove" at Delete "/products/{product}/key-results/{key_result}" [Strategy] {
        pub key_result: Id<KeyResult>,
    }
}

impl Command for RemoveKeyResult {
    type Before = KeyResult;

    fn load(&self, look: &mut Look) -> Result<KeyResult> {
        KeyResult::get(look, self.key_result)
    }
    fn title(&self, before: &KeyResult) -> String {
        format!("Remove the key result “{}”", before.title)
    }
    fn decide(self, before: KeyResult, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&KEY_RESULT_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Records where a key result stands, with the confidence of reaching its target.
    pub struct Measure in "key_result.measure" at Post "/products/{product}/key-results/{key_result}/measurements" [Strategy] {
        pub key_result: Id<KeyResult>,
        pub amount: f64,
        /// In percent.
        pub confidence: Option<f64>,
        #[serde(default)]
        pub note: Text<2_000>,
        /// The day of the measurement; today when empty.
        #[serde(default)]
        pub on_day: AnyDay,
    }
}

impl Command for Measure {
    type Before = KeyResult;

    fn load(&self, look: &mut Look) -> Result<KeyResult> {
        KeyResult::get(look, self.key_result)
    }
    fn title(&self, before: &KeyResult) -> String {
        format!("“{}” stands at {} {}", before.title, self.amount, before.unit)
    }
    fn decide(self, before: KeyResult, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let confidence = share(self.confidence)?;
        let on_day = self.on_day.day();
        when::happened("on_day", on_day.as_ref(), scope, moment.now)?;
        let measurement = Measurement {
            meta: moment.fresh(Some(scope.product_id()?)),
            key_result: before.id(),
            on_day: on_day.unwrap_or_else(|| when::day(moment.now)),
            amount: finite("amount", self.amount)?,
            confidence,
            note: self.note.into(),
            member: scope.who.member.map(Id::new),
        };
        let after = KeyResult { current_value: measurement.amount, confidence: confidence.or(before.confidence), ..before.clone() };
        Ok(vec![Event::created(&MEASURED, &measurement).called(&before.title), Event::changed(&CHECKED_IN, &before, &after)].into())
    }
}
