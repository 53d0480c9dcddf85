//! What became of each bet and feature, step by step, and what it was at a moment: read from the record alone.

use crate::{
    compare::{Between, SCOPE},
    model::*,
};
use activity::{Step, steps};
use kernel::{
    Act, Column, Look, NounSpec, Result, Uuid, Value,
    about::{self, Readable},
};
use std::collections::HashMap;

/// A bet or a feature with what it is now and every step since the first day.
pub(crate) struct Course {
    pub noun: &'static str,
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    pub created_at: i64,
    pub removed_at: Option<i64>,
    pub state: Value,
    pub horizon: Value,
    pub starts_on: Option<String>,
    pub ends_on: Option<String>,
    /// Empty for features.
    pub theme: String,
    /// The bet that a feature is part of; empty for bets.
    pub initiative: Value,
    pub steps: Vec<Step>,
}

/// Reads both nouns, each with two questions.
pub(crate) fn courses(look: &mut Look, between: &Between) -> Result<Vec<Course>> {
    let mut all = courses_of(look, &NounSpec::of::<Initiative>(), between)?;
    all.extend(courses_of(look, &NounSpec::of::<Feature>(), between)?);
    Ok(all)
}

fn courses_of(look: &mut Look, noun: &NounSpec, between: &Between) -> Result<Vec<Course>> {
    let scope = SCOPE.iter().map(|(field, _)| *field);
    let fields: Vec<&str> = scope.chain(["horizon", "state", "starts_on", "ends_on", "theme"]).filter(|field| noun.fields.contains(field)).collect();
    let readable = about::may_read(look.scope, noun.table, &noun.about);
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    let mut taken: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for step in steps(look, noun, &fields, between.from)? {
        taken.entry(step.thing).or_default().push(step);
    }
    // Whatever took no step differs in nothing; promises that held still are told of.
    let if_there = |field: &'static str| if noun.fields.contains(&field) { field } else { "cast('' as text)" };
    let sql = format!(
        "select id, number, title, created_at, removed_at, state, horizon, starts_on, ends_on, {}, {} from {}
         where product = $1 and (removed_at is null or removed_at > $2){} order by number",
        if_there("theme"),
        if_there("initiative"),
        noun.table,
        readable.and()
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value(), Value::Int(between.from)])?;
    rows.into_iter()
        .map(|mut row| {
            let id: Uuid = row.take()?;
            Ok(Course {
                noun: noun.table,
                id,
                number: row.take()?,
                title: row.take()?,
                created_at: row.take()?,
                removed_at: row.take()?,
                state: row.take()?,
                horizon: row.take()?,
                starts_on: row.take()?,
                ends_on: row.take()?,
                theme: row.take()?,
                initiative: row.take()?,
                steps: taken.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

impl Course {
    /// What a field held at a moment: what the first later change took it from, else what it holds now.
    pub fn held<'a>(&'a self, field: &str, now: &'a Value, moment: i64) -> &'a Value {
        let later = self.steps.iter().filter(|step| step.at > moment && step.did != Act::Create);
        later.flat_map(|step| &step.changes).find(|change| change.field == field).map_or(now, |change| &change.from)
    }

    /// Whether it stood on the roadmap at a moment: it was there and nobody had dropped it.
    pub fn stood(&self, moment: i64) -> bool {
        let removed = self.removed_at.value();
        self.created_at <= moment
            && self.held("removed_at", &removed, moment).is_unset()
            && self.held("state", &self.state, moment).words() != "dropped"
    }

    /// What a field was taken from and to between two days, and the last step that touched it; nothing where it is the same.
    pub fn changed(&self, field: &str, between: &Between) -> Option<(&Value, &Value, &Step)> {
        taken(&self.steps, field, between)
    }

    /// The same from a step on, which is left out itself.
    pub fn changed_after(&self, step: usize, field: &str, between: &Between) -> Option<(&Value, &Value, &Step)> {
        taken(self.steps.get(step + 1..).unwrap_or_default(), field, between)
    }

    /// The last step between two days with which it came onto the roadmap or left it, by its place among the steps; whatever
    /// else was done since is no matter of that.
    pub fn turned(&self, between: &Between) -> Option<usize> {
        let removed = self.removed_at.value();
        let mut is_removed = !self.held("removed_at", &removed, between.from).is_unset();
        let mut is_dropped = self.held("state", &self.state, between.from).words() == "dropped";
        let (mut stands, mut turned) = (self.stood(between.from), None);
        for (place, step) in self.steps.iter().enumerate().filter(|(_, step)| between.has(step.at)) {
            for change in step.changes.iter().filter(|_| step.did != Act::Create) {
                match change.field.as_str() {
                    "removed_at" => is_removed = !change.to.is_unset(),
                    "state" => is_dropped = change.to.words() == "dropped",
                    _ => {}
                }
            }
            if stands == (is_removed || is_dropped) {
                stands = !stands;
                turned = Some(place);
            }
        }
        turned
    }

    /// The ends of its window from the first day on: what was promised then, and each later promise with its moment.
    pub fn promises(&self, between: &Between) -> Vec<(i64, Option<String>)> {
        let now = self.ends_on.value();
        let mut all = vec![];
        if self.stood(between.from) {
            all.push((between.from, day(self.held("ends_on", &now, between.from))));
        }
        for step in self.steps.iter().filter(|step| between.has(step.at)) {
            let change = step.changes.iter().find(|change| change.field == "ends_on");
            all.extend(change.map(|change| (step.at, day(&change.to))));
        }
        all
    }

    /// The end of its window at the second day, of what stood on the roadmap then.
    pub fn promised(&self, between: &Between) -> Option<String> {
        let now = self.ends_on.value();
        if self.stood(between.to) { day(self.held("ends_on", &now, between.to)) } else { None }
    }
}

/// What a field was taken from and to by some steps between two days, and the last that touched it; nothing where it is the same.
fn taken<'a>(steps: &'a [Step], field: &str, between: &Between) -> Option<(&'a Value, &'a Value, &'a Step)> {
    let mut touched = steps
        .iter()
        .filter(|step| between.has(step.at) && step.did != Act::Create)
        .filter_map(|step| step.changes.iter().find(|change| change.field == field).map(|change| (change, step)));
    let (first, step) = touched.next()?;
    let (last, step) = touched.next_back().unwrap_or((first, step));
    (first.from != last.to).then_some((&first.from, &last.to, step))
}

/// A day as a field holds it; none where it holds nothing.
pub(crate) fn day(value: &Value) -> Option<String> {
    if value.is_unset() { None } else { Some(value.words()).filter(|day| !day.is_empty()) }
}
