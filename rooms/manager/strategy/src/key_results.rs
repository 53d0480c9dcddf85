//! Commands about key results: what they are, and where they stand.

use crate::{events::*, feeding, model::*, objectives::share};
use kernel::{AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give};
use measures::Measure;
use web::when;

command! {
    /// Adds a key result: a measure with a start and a target.
    pub struct CreateKeyResult in "key_result.create" at Post "/products/{product}/objectives/{objective}/key-results" [Strategy] {
        pub objective: Id<Objective>,
        pub title: Line<300>,
        #[serde(default)]
        pub unit: Text<40>,
        pub start_value: f64,
        pub target: f64,
        /// The measure that it reads.
        pub measure: Option<Id<Measure>>,
        /// The work that feeds it: what was accepted for its objective. Without either its values are typed at check-ins.
        pub fed_by: Option<Work>,
    }
}

impl Command for CreateKeyResult {
    type Before = Objective;

    fn load(&self, look: &mut Look) -> Result<Objective> {
        if let Some(measure) = self.measure {
            Measure::get(look, measure)?;
        }
        Objective::get(look, self.objective)
    }
    fn title(&self, before: &Objective) -> String {
        format!("Measure “{}” by “{}”", before.title, self.title)
    }
    fn decide(self, before: Objective, moment: &Moment, scope: &Scope) -> Result<Decided> {
        one_source(self.measure, self.fed_by)?;
        a_way_to_go(self.start_value, self.target)?;
        let key_result = KeyResult {
            meta: moment.fresh(Some(scope.product_id()?)),
            objective: before.id(),
            title: self.title.into(),
            unit: self.unit.into(),
            start_value: finite("start_value", self.start_value)?,
            target: finite("target", self.target)?,
            current_value: self.start_value,
            confidence: None,
            measure: self.measure,
            fed_by: self.fed_by,
            estimate_model: None,
            estimated: None,
        };
        Ok(Event::created(&KEY_RESULT_CREATED, &key_result).into())
    }
}

/// Its values come from one place.
fn one_source(measure: Option<Id<Measure>>, fed_by: Option<Work>) -> Result<()> {
    match (measure, fed_by) {
        (Some(_), Some(_)) => Err(Refusal::invalid("fed_by", "It either reads a measure or is fed by work. Leave one of them empty.")),
        _ => Ok(()),
    }
}

/// From start to target there is a way to go, or there is nothing to reach and nothing to draw.
fn a_way_to_go(start: f64, target: f64) -> Result<()> {
    match start == target {
        true => Err(Refusal::invalid("target", "It starts at its target, so there is nothing to reach. Give a target that differs from the start.")),
        false => Ok(()),
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
        /// The measure that it reads; none where its values are typed or come from work.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Measure>>")]
        pub measure: Option<Option<Id<Measure>>>,
        /// The work that feeds it.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Work>")]
        pub fed_by: Option<Option<Work>>,
    }
}

impl Command for EditKeyResult {
    type Before = KeyResult;

    fn load(&self, look: &mut Look) -> Result<KeyResult> {
        if let Some(measure) = self.measure.flatten() {
            Measure::get(look, measure)?;
        }
        KeyResult::get(look, self.key_result)
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
            give(&mut k.measure, self.measure);
            give(&mut k.fed_by, self.fed_by);
            one_source(k.measure, k.fed_by)?;
            // One that was there before this was asked for may still be renamed.
            if (k.start_value, k.target) != (before.start_value, before.target) {
                a_way_to_go(k.start_value, k.target)?;
            }
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
    pub struct CheckIn in "key_result.measure" at Post "/products/{product}/key-results/{key_result}/measurements" [Strategy] {
        pub key_result: Id<KeyResult>,
        /// Where it stands; left out where it reads a measure or is fed by work, which say it.
        pub amount: Option<f64>,
        /// In percent.
        pub confidence: Option<f64>,
        #[serde(default)]
        pub note: Text<2_000>,
        /// The day of the measurement; today when empty.
        #[serde(default)]
        pub on_day: AnyDay,
    }
}

impl Command for CheckIn {
    /// The key result, and where it stands by what feeds it.
    type Before = (KeyResult, Option<f64>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let key_result = KeyResult::get(look, self.key_result)?;
        let day = self.on_day.clone().day();
        let stands = feeding::stands(look, &key_result, day.as_deref())?;
        Ok((key_result, stands))
    }
    fn title(&self, (before, stands): &Self::Before) -> String {
        let amount = self.amount.or(*stands).unwrap_or(before.current_value);
        format!("“{}” stands at {} {}", before.title, web::telling::figure(amount), before.unit)
    }
    fn decide(self, (before, stands): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let confidence = share(self.confidence)?;
        let on_day = self.on_day.day();
        when::happened("on_day", on_day.as_ref(), scope, moment.now)?;
        let amount = match (self.amount, before.is_fed()) {
            (Some(_), true) => return Err(Refusal::invalid("amount", "Its value comes by itself. Leave this empty, and say how sure you are.")),
            (None, true) => stands.unwrap_or(before.current_value),
            (Some(amount), false) => finite("amount", amount)?,
            (None, false) => return Err(Refusal::invalid("amount", "Say where it stands.")),
        };
        let measurement = Measurement {
            meta: moment.fresh(Some(scope.product_id()?)),
            key_result: before.id(),
            on_day: on_day.unwrap_or_else(|| when::day(moment.now)),
            amount,
            confidence,
            note: self.note.into(),
            member: scope.who.member.map(Id::new),
        };
        let after = KeyResult { current_value: measurement.amount, confidence: confidence.or(before.confidence), ..before.clone() };
        Ok(vec![Event::created(&MEASURED, &measurement).called(&before.title), Event::changed(&CHECKED_IN, &before, &after)].into())
    }
}
