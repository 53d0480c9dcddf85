//! What a measure was: noted one by one, by hand or by a program, or brought in as a table.

use crate::{events::*, model::*, table};
use kernel::{
    AnyDay, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Value, Words, command, event::edit, list,
    value::Packed,
};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// The parts that were named, of dimensions that the measure has; an empty part is none.
fn along(measure: &Measure, given: BTreeMap<String, Text<100>>) -> Result<Along> {
    let mut parts = Along::new();
    for (name, part) in given {
        let Some(dimension) = measure.dimensions.iter().find(|dimension| dimension.to_lowercase() == name.to_lowercase()) else {
            return Err(Refusal::invalid("along", format!("“{}” has no dimension “{name}”.", measure.name)));
        };
        if !part.is_empty() {
            parts.insert(dimension.clone(), part.into());
        }
    }
    Ok(parts)
}

/// How an act about a value is told: "Riders: 1,240 on 2026-11-23, Lindau".
fn told(measure: &Measure, value: &MeasureValue) -> String {
    let parts: Vec<&str> = value.along.values().map(String::as_str).collect();
    let of = if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) };
    format!("{}: {}{of}", measure.name, value.label())
}

/// The event that notes a value, or that corrects what was noted of the same day and parts.
fn noted(measure: &Measure, known: Option<&MeasureValue>, read: table::Read, moment: &Moment, scope: &Scope) -> Result<Event> {
    Ok(match known {
        Some(known) => {
            let event = edit(&VALUE_CORRECTED, known, |value| {
                value.amount = read.amount;
                if !read.note.is_empty() {
                    value.note = read.note;
                }
                Ok(())
            })?;
            event.called(told(measure, &MeasureValue { amount: read.amount, ..known.clone() }))
        }
        None => {
            let value = MeasureValue {
                meta: moment.fresh(Some(scope.product_id()?)),
                measure: measure.id(),
                on_day: read.on_day,
                amount: read.amount,
                along: Packed(read.along),
                note: read.note,
                member: scope.who.member.map(Id::new),
            };
            Event::created(&VALUE_NOTED, &value).called(told(measure, &value))
        }
    })
}

command! {
    /// Notes what a measure was on a day. What was noted of the same day and parts before is corrected.
    pub struct NoteValue in "measure.note" at Post "/products/{product}/measures/{measure}/values" [Strategy] {
        pub measure: Id<Measure>,
        pub amount: f64,
        /// The day; today when left out.
        #[serde(default)]
        pub on_day: AnyDay,
        /// What it is of, by dimension: `{"city": "Lindau"}`; of the whole when left out.
        #[serde(default)]
        pub along: BTreeMap<String, Text<100>>,
        #[serde(default)]
        pub note: Text<2_000>,
    }
}

impl Command for NoteValue {
    /// The measure, and what is noted of that day.
    type Before = (Measure, Vec<MeasureValue>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let day = self.on_day.clone().day().unwrap_or_else(|| today(look.scope, look.now()));
        let known = MeasureValue::all(look, "and measure = $2 and on_day = $3", &[self.measure.value(), Value::Text(day)])?;
        Ok((Measure::get(look, self.measure)?, known))
    }
    fn title(&self, (measure, _): &Self::Before) -> String {
        format!("“{}” is {} {}", measure.name, web::telling::figure(self.amount), measure.unit)
    }
    fn decide(self, (measure, known): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let day = self.on_day.day();
        when::happened("on_day", day.as_ref(), scope, moment.now)?;
        if !self.amount.is_finite() {
            return Err(Refusal::invalid("amount", "Give a number."));
        }
        let along = along(&measure, self.along)?;
        let known = known.iter().find(|value| value.along.0 == along);
        let read = table::Read { on_day: day.unwrap_or_else(|| today(scope, moment.now)), amount: self.amount, along, note: self.note.into() };
        Ok(noted(&measure, known, read, moment, scope)?.into())
    }
}

/// The day it is where whoever asks is.
pub(crate) fn today(scope: &Scope, now: i64) -> String {
    when::day_in(now, &scope.who.zone)
}

command! {
    /// Brings in values of a measure from a table (CSV): a column `day`, a column `value`, and one for each dimension.
    pub struct BringInValues in "measure.bring_in" at Post "/products/{product}/measures/{measure}/table" [Strategy] {
        pub measure: Id<Measure>,
        /// The text of the table, with the names of its columns in its first line.
        pub csv: Words<400_000>,
    }
}

impl Command for BringInValues {
    /// The measure, and what is noted of days that the table names; none where it cannot be read.
    type Before = (Measure, Vec<MeasureValue>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let measure = Measure::get(look, self.measure)?;
        let rows = table::read(&self.csv, &measure, &today(look.scope, look.now())).unwrap_or_default();
        let days = list(rows.into_iter().map(|row| row.on_day));
        let known = MeasureValue::all(look, "and measure = $2 and on_day in each($3)", &[self.measure.value(), days])?;
        Ok((measure, known))
    }
    fn title(&self, (measure, _): &Self::Before) -> String {
        format!("Values of “{}” from a table", measure.name)
    }
    fn decide(self, (measure, known): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let rows = table::read(&self.csv, &measure, &today(scope, moment.now))?;
        let mut by: HashMap<(&str, &Along), &MeasureValue> = HashMap::new();
        for value in &known {
            by.insert((value.on_day.as_str(), &value.along.0), value);
        }
        let mut events = vec![];
        for row in rows {
            let known = by.get(&(row.on_day.as_str(), &row.along)).copied();
            events.push(noted(&measure, known, row, moment, scope)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Removes a value that was noted by mistake.
    pub struct RemoveValue in "measure_value.remove" at Delete "/products/{product}/measure-values/{measure_value}" [Strategy] {
        pub measure_value: Id<MeasureValue>,
    }
}

impl Command for RemoveValue {
    type Before = (MeasureValue, Measure);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let value = MeasureValue::get(look, self.measure_value)?;
        let measure = Measure::get(look, value.measure)?;
        Ok((value, measure))
    }
    fn title(&self, (value, measure): &Self::Before) -> String {
        format!("Remove a value: {}", told(measure, value))
    }
    fn decide(self, (value, measure): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&VALUE_REMOVED, &value, moment.now).called(told(&measure, &value)).into())
    }
}
