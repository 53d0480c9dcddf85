//! Two days of the roadmap held against each other: what entered, left, moved, slipped or changed its scope between them, each
//! with who did it and the decision that carried it. All of it follows from the record; no copy of any day is kept.

use crate::model::*;
use activity::{Step, steps};
use kernel::{
    Act, Column, Day, Look, NounSpec, Query, Refusal, Result, Uuid, Value,
    about::{self, Readable},
    answer, query, words,
};
use std::collections::HashMap;
use web::when;

words! {
    /// What became of a bet or a feature between two days.
    pub enum Became {
        Entered = "entered", Left = "left", Released = "released", Moved = "moved", Slipped = "slipped", PulledIn = "pulled_in" says "pulled in",
        Promised = "promised" says "got a date", Unpromised = "unpromised" says "lost its date", Replanned = "replanned" says "re-planned",
        Rescoped = "rescoped" says "re-scoped",
    }
}

answer! {
    /// The answer to `Compare`.
    pub struct Comparison {
        pub from: String,
        pub to: String,
        /// By what became of them, and by their numbers.
        pub differences: Vec<Difference>,
    }

    /// One difference between the two days.
    pub struct Difference {
        pub became: Became,
        /// `initiative` or `feature`.
        pub noun: String,
        pub id: Uuid,
        pub number: i64,
        pub title: String,
        /// What it was: a horizon, or the end of a window.
        pub from: Option<String>,
        pub to: Option<String>,
        /// By so many days a window ends later, or earlier where it is less than nothing.
        pub days: Option<i64>,
        /// What of its scope changed.
        pub fields: Vec<String>,
        /// Who did it last, under which hat, and why.
        pub who: String,
        pub hat: Option<String>,
        /// Milliseconds since 1970.
        pub at: i64,
        pub reason: String,
        /// The decision that carried it, and its number.
        pub decision: Option<Uuid>,
        pub decision_number: Option<i64>,
    }
}

query! {
    /// What differs between the roadmap of one day and that of another.
    pub struct Compare in "roadmap.compare" at "/products/{product}/roadmap/comparison" -> Comparison {
        /// The earlier day, at its end; 30 days ago when left out.
        pub from: Option<Day>,
        /// The later day; today when left out.
        pub to: Option<Day>,
    }
}

impl Query for Compare {
    fn ask(self, look: &mut Look) -> Result<Comparison> {
        let between = Between::of(look, self.from.map(String::from), self.to.map(String::from))?;
        let courses = courses(look, &between)?;
        Ok(compared(&courses, between))
    }
}

/// What differs, with the days between which it does.
pub(crate) fn compared(courses: &[Course], between: Between) -> Comparison {
    Comparison { differences: differences(courses, &between), from: between.days.0, to: between.days.1 }
}

/// So many days one looks back where nobody says otherwise.
pub(crate) const BACK: i64 = 30;

/// Two days, and the moments at which they end.
pub(crate) struct Between {
    pub days: (String, String),
    from: i64,
    to: i64,
}

impl Between {
    pub fn of(look: &Look, from: Option<String>, to: Option<String>) -> Result<Between> {
        let today = when::day(look.now());
        let to = to.filter(|day| !day.is_empty()).unwrap_or_else(|| today.clone());
        let from = from.filter(|day| !day.is_empty()).unwrap_or_else(|| when::days_after(&to, -BACK));
        let end = |field: &str, day: &str| when::end_of(day).ok_or_else(|| Refusal::invalid(field, "Write the day as 2026-11-23."));
        let (begins, ends) = (end("from", &from)?, end("to", &to)?);
        if to > today {
            return Err(Refusal::invalid("to", "That day is still to come: nothing can be told of it yet."));
        }
        if from >= to {
            return Err(Refusal::invalid("from", "The first day has to come before the second."));
        }
        Ok(Between { days: (from, to), from: begins, to: ends })
    }

    /// Whether something happened after the first day and until the end of the second.
    fn has(&self, at: i64) -> bool {
        at > self.from && at <= self.to
    }
}

/// A bet or a feature with what it is now and every step since the first day.
pub(crate) struct Course {
    pub noun: &'static str,
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    created_at: i64,
    removed_at: Option<i64>,
    state: Value,
    horizon: Value,
    pub ends_on: Option<String>,
    pub steps: Vec<Step>,
}

/// Fields whose change is a change of scope, as people call them.
const SCOPE: &[(&str, &str)] =
    &[("title", "its title"), ("hypothesis", "its hypothesis"), ("body", "what it says"), ("initiative", "what it is part of")];

/// Reads both nouns, each with two questions.
pub(crate) fn courses(look: &mut Look, between: &Between) -> Result<Vec<Course>> {
    let mut all =
        courses_of(look, &NounSpec::of::<Initiative>(), &["title", "hypothesis", "body", "horizon", "state", "starts_on", "ends_on"], between)?;
    let fields = ["title", "body", "initiative", "horizon", "state", "starts_on", "ends_on"];
    all.extend(courses_of(look, &NounSpec::of::<Feature>(), &fields, between)?);
    Ok(all)
}

fn courses_of(look: &mut Look, noun: &NounSpec, fields: &[&str], between: &Between) -> Result<Vec<Course>> {
    let readable = about::may_read(look.scope, noun.table, &noun.about);
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    let mut taken: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for step in steps(look, noun, fields, between.from)? {
        taken.entry(step.thing).or_default().push(step);
    }
    // Whatever took no step differs in nothing; promises that held still are told of.
    let sql = format!(
        "select id, number, title, created_at, removed_at, state, horizon, ends_on from {}
         where product = $1 and (removed_at is null or removed_at > $2){} order by number",
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
                ends_on: row.take()?,
                steps: taken.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

impl Course {
    /// What a field held at a moment: what the first later change took it from, else what it holds now.
    fn held<'a>(&'a self, field: &str, now: &'a Value, moment: i64) -> &'a Value {
        let later = self.steps.iter().filter(|step| step.at > moment && step.did != Act::Create);
        later.flat_map(|step| &step.changes).find(|change| change.field == field).map_or(now, |change| &change.from)
    }

    /// Whether it stood on the roadmap at a moment: it was there and nobody had dropped it.
    fn stood(&self, moment: i64) -> bool {
        let removed = self.removed_at.value();
        self.created_at <= moment
            && self.held("removed_at", &removed, moment).is_unset()
            && self.held("state", &self.state, moment).words() != "dropped"
    }

    /// What a field was taken from and to between two days, and the last step that touched it; nothing where it is the same.
    fn changed(&self, field: &str, between: &Between) -> Option<(&Value, &Value, &Step)> {
        let mut touched = self
            .steps
            .iter()
            .filter(|step| between.has(step.at) && step.did != Act::Create)
            .filter_map(|step| step.changes.iter().find(|change| change.field == field).map(|change| (change, step)));
        let (first, step) = touched.next()?;
        let (last, step) = touched.next_back().unwrap_or((first, step));
        (first.from != last.to).then_some((&first.from, &last.to, step))
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

    fn differences(&self, between: &Between) -> Vec<Difference> {
        let is = |became: Became, step: Option<&Step>| Difference {
            became,
            noun: self.noun.to_owned(),
            id: self.id,
            number: self.number,
            title: self.title.clone(),
            from: None,
            to: None,
            days: None,
            fields: vec![],
            who: step.map(|step| step.who.clone()).unwrap_or_default(),
            hat: step.and_then(|step| step.hat.clone()),
            at: step.map_or(between.to, |step| step.at),
            reason: step.map(|step| step.reason.clone()).unwrap_or_default(),
            decision: step.and_then(|step| step.decision).map(|(id, _)| id),
            decision_number: step.and_then(|step| step.decision).and_then(|(_, number)| number),
        };
        let last = |fields: &[&str]| {
            let touches =
                |step: &&Step| between.has(step.at) && (step.did == Act::Create || step.changes.iter().any(|c| fields.contains(&c.field.as_str())));
            self.steps.iter().rev().find(touches)
        };
        let horizon = |moment: i64| Some(self.held("horizon", &self.horizon, moment).words());
        match (self.stood(between.from), self.stood(between.to)) {
            (false, false) => return vec![],
            (false, true) => return vec![Difference { to: horizon(between.to), ..is(Became::Entered, last(&["removed_at", "state"])) }],
            (true, false) => return vec![Difference { from: horizon(between.from), ..is(Became::Left, last(&["removed_at", "state"])) }],
            (true, true) => {}
        }
        let mut all = vec![];
        if let Some((_, to, step)) = self.changed("state", between)
            && to.words() == "released"
        {
            all.push(is(Became::Released, Some(step)));
        }
        if let Some((from, to, step)) = self.changed("horizon", between) {
            all.push(Difference { from: Some(from.words()), to: Some(to.words()), ..is(Became::Moved, Some(step)) });
        }
        if let Some((from, to, step)) = self.changed("ends_on", between) {
            let (from, to) = (day(from), day(to));
            let days = from.as_ref().zip(to.as_ref()).map(|(from, to)| when::days_between(from, to));
            let became = match (days, &to) {
                (Some(days), _) if days > 0 => Became::Slipped,
                (Some(_), _) => Became::PulledIn,
                (None, Some(_)) => Became::Promised,
                (None, None) => Became::Unpromised,
            };
            all.push(Difference { from, to, days, ..is(became, Some(step)) });
        } else if let Some((from, to, step)) = self.changed("starts_on", between) {
            all.push(Difference { from: day(from), to: day(to), ..is(Became::Replanned, Some(step)) });
        }
        let scope: Vec<(&str, &Step)> =
            SCOPE.iter().filter_map(|(field, says)| self.changed(field, between).map(|(.., step)| (*says, step))).collect();
        if let Some((_, step)) = scope.iter().max_by_key(|(_, step)| step.at) {
            all.push(Difference { fields: scope.iter().map(|(says, _)| (*says).to_owned()).collect(), ..is(Became::Rescoped, Some(*step)) });
        }
        all
    }
}

/// A day as a field holds it; none where it holds nothing.
fn day(value: &Value) -> Option<String> {
    if value.is_unset() { None } else { Some(value.words()).filter(|day| !day.is_empty()) }
}

/// What differs, by what became of it and then by number.
pub(crate) fn differences(courses: &[Course], between: &Between) -> Vec<Difference> {
    let mut all: Vec<Difference> = courses.iter().flat_map(|course| course.differences(between)).collect();
    all.sort_by_key(|difference| (difference.became, difference.number));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Change;

    const DAY: i64 = 86_400_000;

    fn between() -> Between {
        Between { days: ("1970-01-10".into(), "1970-01-20".into()), from: 10 * DAY, to: 20 * DAY }
    }

    fn step(day: i64, changes: &[(&str, &str, &str)]) -> Step {
        let value = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.into()) };
        Step {
            thing: Uuid::nil(),
            at: day * DAY,
            did: Act::Change,
            changes: changes.iter().map(|(field, from, to)| Change::new(*field, value(from), value(to))).collect(),
            who: "Mara".into(),
            hat: None,
            reason: String::new(),
            decision: None,
        }
    }

    fn bet(created: i64, ends_on: Option<&str>, steps: Vec<Step>) -> Course {
        let text = |text: &str| Value::Text(text.into());
        Course {
            noun: "initiative",
            id: Uuid::nil(),
            number: 1,
            title: "Locks".into(),
            created_at: created * DAY,
            removed_at: None,
            state: text("open"),
            horizon: text("now"),
            ends_on: ends_on.map(str::to_owned),
            steps,
        }
    }

    fn became(course: &Course) -> Vec<Became> {
        differences(std::slice::from_ref(course), &between()).iter().map(|d| d.became).collect()
    }

    #[test]
    fn a_window_that_ends_later_slipped_by_so_many_days() {
        let slipped = bet(
            1,
            Some("1970-06-30"),
            vec![step(12, &[("ends_on", "1970-03-31", "1970-05-31")]), step(15, &[("ends_on", "1970-05-31", "1970-06-30")])],
        );
        let found = differences(std::slice::from_ref(&slipped), &between());
        assert_eq!((found[0].became, found[0].days, found[0].from.as_deref()), (Became::Slipped, Some(91), Some("1970-03-31")));
        assert_eq!(slipped.promises(&between()).len(), 3, "what was promised first, and each later promise");
        let back = bet(
            1,
            Some("1970-03-31"),
            vec![step(12, &[("ends_on", "1970-03-31", "1970-05-31")]), step(13, &[("ends_on", "1970-05-31", "1970-03-31")])],
        );
        assert!(became(&back).is_empty(), "what was taken back differs in nothing");
        assert_eq!(became(&bet(1, None, vec![step(12, &[("ends_on", "1970-03-31", "")])])), [Became::Unpromised]);
        assert_eq!(
            became(&bet(1, None, vec![step(12, &[("ends_on", "", "1970-03-31")]), step(25, &[("ends_on", "1970-03-31", "")])])),
            [Became::Promised]
        );
    }

    #[test]
    fn what_comes_and_goes_is_told_as_that_alone() {
        assert_eq!(became(&bet(12, None, vec![step(13, &[("horizon", "later", "now")])])), [Became::Entered]);
        assert_eq!(became(&bet(1, None, vec![step(12, &[("state", "open", "dropped")]), step(25, &[("state", "dropped", "open")])])), [Became::Left]);
        assert_eq!(became(&bet(25, None, vec![])), [], "it came after the second day");
        let moved = bet(1, None, vec![step(12, &[("horizon", "later", "now"), ("title", "Lock", "Locks")])]);
        assert_eq!(became(&moved), [Became::Moved, Became::Rescoped]);
        assert_eq!(became(&bet(1, None, vec![step(22, &[("horizon", "now", "later")])])), [], "what happened later is another comparison");
    }
}
