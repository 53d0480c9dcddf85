//! Two days of the roadmap held against each other: what entered, left, moved, slipped or changed its scope between them, each
//! with who did it and the decision that carried it. All of it follows from the record; no copy of any day is kept.

use crate::courses::{Course, courses, day};
use activity::Step;
use kernel::{Day, Look, Query, Refusal, Result, Uuid, Value, answer, query, words};
use web::when;

words! {
    /// What became of a bet or a feature between two days.
    pub enum Became {
        Entered = "entered", Left = "left", Released = "released", Reopened = "reopened" says "opened again", Moved = "moved", Slipped = "slipped", PulledIn = "pulled_in" says "pulled in",
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
    pub from: i64,
    pub to: i64,
}

impl Between {
    pub fn of(look: &Look, from: Option<String>, to: Option<String>) -> Result<Between> {
        let today = when::day(look.now());
        let to = to.filter(|day| !day.is_empty()).unwrap_or_else(|| today.clone());
        let from = from.filter(|day| !day.is_empty()).unwrap_or_else(|| when::days_after(&to, -BACK));
        let end = |field: &str, day: &str| when::end_of(day).ok_or_else(|| Refusal::invalid(field, "Write the day as 2026-11-23."));
        let (begins, ends) = (end("from", &from)?, end("to", &to)?);
        // Days are counted in UTC; where the next one has begun already, it is nobody's future.
        let own = when::day_in(look.now(), &look.scope.who.zone);
        if to > today.max(own) {
            return Err(Refusal::invalid("to", "That day is still to come: nothing can be told of it yet."));
        }
        if from >= to {
            return Err(Refusal::invalid("from", "The first day has to come before the second."));
        }
        Ok(Between { days: (from, to), from: begins, to: ends })
    }

    /// Whether something happened after the first day and until the end of the second.
    pub fn has(&self, at: i64) -> bool {
        at > self.from && at <= self.to
    }
}

/// Fields whose change is a change of scope, as people call them.
pub(crate) const SCOPE: &[(&str, &str)] = &[
    ("title", "its title"),
    ("hypothesis", "its hypothesis"),
    ("body", "what it says"),
    ("key_result", "the key result it is to move"),
    ("from_value", "from where it moves that"),
    ("to_value", "to where it moves that"),
    ("size", "its size"),
    ("initiative", "what it is part of"),
];

impl Course {
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
        let turned = self.turned(between);
        let turn = turned.and_then(|place| self.steps.get(place));
        let moved = |(from, to, step): (&Value, &Value, &Step)| Difference {
            from: Some(from.words()),
            to: Some(to.words()),
            ..is(Became::Moved, Some(step))
        };
        match (self.stood(between.from), self.stood(between.to)) {
            (false, false) => return vec![],
            (false, true) => {
                let since = turned.and_then(|place| self.changed_after(place, "horizon", between));
                // It came in where it stood before it was moved on.
                let came = since.map_or_else(|| self.held("horizon", &self.horizon, between.to), |(from, ..)| from).words();
                let entered = Difference { to: Some(came), ..is(Became::Entered, turn) };
                return std::iter::once(entered).chain(since.map(moved)).collect();
            }
            (true, false) => {
                let from = self.held("horizon", &self.horizon, between.from).words();
                return vec![Difference { from: Some(from), ..is(Became::Left, turn) }];
            }
            (true, true) => {}
        }
        let mut all = vec![];
        if let Some((_, to, step)) = self.changed("state", between) {
            // What stands at both ends was released in between, or that was taken back.
            all.push(is(if to.words() == "released" { Became::Released } else { Became::Reopened }, Some(step)));
        }
        all.extend(self.changed("horizon", between).map(moved));
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

/// What differs, by what became of it and then by number.
pub(crate) fn differences(courses: &[Course], between: &Between) -> Vec<Difference> {
    let mut all: Vec<Difference> = courses.iter().flat_map(|course| course.differences(between)).collect();
    all.sort_by_key(|difference| (difference.became, difference.number));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Act, Change};

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

    fn made(day: i64) -> Step {
        Step { did: Act::Create, ..step(day, &[]) }
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
            starts_on: None,
            ends_on: ends_on.map(str::to_owned),
            theme: String::new(),
            initiative: Value::Null,
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
    fn what_entered_or_left_is_told_of_whoever_did_that() {
        let by = |who: &str, step: Step| Step { who: who.into(), ..step };
        let named = |steps: Vec<Step>, created: i64, state: &str| {
            let course = Course { state: Value::Text(state.into()), ..bet(created, None, steps) };
            let found = differences(&[course], &between());
            found.iter().map(|d| (d.became, d.who.clone(), d.at / DAY)).collect::<Vec<_>>()
        };
        let released = vec![by("Mara", made(12)), by("Tomas", step(15, &[("state", "open", "released")]))];
        assert_eq!(named(released, 12, "released"), [(Became::Entered, "Mara".to_owned(), 12)]);
        let back = vec![
            by("Mara", step(12, &[("state", "open", "dropped")])),
            by("Tomas", step(13, &[("state", "dropped", "open")])),
            by("Ines", step(14, &[("state", "open", "dropped")])),
            by("Mara", step(15, &[("horizon", "now", "later")])),
        ];
        assert_eq!(named(back, 1, "dropped"), [(Became::Left, "Ines".to_owned(), 14)]);
        let dropped = vec![by("Ines", step(13, &[("state", "dropped", "open")])), by("Mara", step(16, &[("state", "open", "released")]))];
        assert_eq!(named(dropped, 1, "released"), [(Became::Entered, "Ines".to_owned(), 13)]);
    }

    #[test]
    fn a_release_that_was_taken_back_and_a_hypothesis_are_told() {
        let reopened = bet(1, None, vec![step(12, &[("state", "released", "open")])]);
        assert_eq!(became(&reopened), [Became::Reopened]);
        let aimed = bet(1, None, vec![step(12, &[("key_result", "", "k"), ("to_value", "10", "20")]), step(13, &[("size", "S", "L")])]);
        let found = differences(std::slice::from_ref(&aimed), &between());
        assert_eq!(found[0].became, Became::Rescoped);
        assert_eq!(found[0].fields, ["the key result it is to move", "to where it moves that", "its size"]);
    }

    #[test]
    fn only_what_stands_at_the_second_day_has_a_promise_there() {
        let held = |course: Course| course.promised(&between());
        let moved = step(25, &[("ends_on", "1970-03-31", "1970-06-30")]);
        assert_eq!(held(bet(1, Some("1970-06-30"), vec![moved])).as_deref(), Some("1970-03-31"), "what was said later is not told");
        let dropped = Course { state: Value::Text("dropped".into()), ..bet(1, Some("1970-06-30"), vec![step(12, &[("state", "open", "dropped")])]) };
        assert_eq!(held(dropped), None);
        assert_eq!(held(bet(25, Some("1970-06-30"), vec![])), None, "it came later");
    }

    #[test]
    fn what_comes_and_goes_is_told_as_that_alone() {
        let entered = bet(12, None, vec![made(12), step(13, &[("horizon", "later", "now")])]);
        assert_eq!(became(&entered), [Became::Entered, Became::Moved], "what it became since is told too");
        let found = differences(std::slice::from_ref(&entered), &between());
        assert_eq!((found[0].to.as_deref(), found[1].to.as_deref()), (Some("later"), Some("now")));
        assert_eq!(became(&bet(1, None, vec![step(12, &[("state", "open", "dropped")]), step(25, &[("state", "dropped", "open")])])), [Became::Left]);
        assert_eq!(became(&bet(25, None, vec![])), [], "it came after the second day");
        let moved = bet(1, None, vec![step(12, &[("horizon", "later", "now"), ("title", "Lock", "Locks")])]);
        assert_eq!(became(&moved), [Became::Moved, Became::Rescoped]);
        assert_eq!(became(&bet(1, None, vec![step(22, &[("horizon", "now", "later")])])), [], "what happened later is another comparison");
    }
}
