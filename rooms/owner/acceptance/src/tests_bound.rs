//! Tests that verify a criterion and are known by their names: bound by hand once, found in every run from then on.

use crate::{
    model::{TEST_FORGOTTEN, TEST_REMEMBERED},
    runs,
    runs_model::*,
    runs_rows as rows,
    standing::Past,
};
use backlog::Criterion;
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Relation, Result, Scope, Value, Words, command};

/// Tests that verify one criterion.
const MOST: usize = 100;

command! {
    /// Says by its name which test verifies a criterion. Runs from now on count for it, and so does the run at hand.
    pub struct RememberTest in "test_name.remember" at Put "/products/{product}/criteria/{criterion}/tests" [Work] {
        /// Its id, or its tag such as ORB-42.3.
        pub criterion: Words<60>,
        /// The test as a run names it: what it belongs to, “ › ”, and its name.
        pub name: Words<700>,
        /// The run in which it was seen; the newest that has it when left out.
        pub run: Option<Id<Run>>,
    }
}

/// What is bound to what.
pub struct Binding {
    criterion: Criterion,
    bound: Vec<TestName>,
    /// The run in which it was seen, with what was known of the criterion then.
    seen: Option<(Run, Past)>,
    /// By which run the criterion stands as it does.
    tie: Option<Relation>,
}

/// A criterion by its id or its tag.
fn criterion(look: &mut Look, word: &str) -> Result<Criterion> {
    if let Ok(id) = Id::try_from(word) {
        return Criterion::get(look, id);
    }
    match rows::tagged(look, [word].into())?.remove(word) {
        Some(Ok(criterion)) => Ok(criterion),
        Some(Err(why)) => Err(Refusal::invalid("criterion", why)),
        None => Err(Refusal::NotFound),
    }
}

impl Command for RememberTest {
    type Before = Binding;

    fn load(&self, look: &mut Look) -> Result<Binding> {
        let criterion = criterion(look, &self.criterion)?;
        let bound = TestName::all(look, "and criterion = $2", &[Value::Text(criterion.id().to_string())])?;
        let run = match self.run {
            Some(run) => Some(Run::get(look, run)?),
            None => Run::all(look, "and taken_back = '' order by ran_at desc, id desc limit 1", &[])?.pop(),
        };
        let seen = match run.filter(|run| run.loose.iter().any(|loose| loose.name == *self.name)) {
            Some(run) => {
                let past = rows::past(look, vec![criterion.id()], &run.suite, &run.commit_id)?.remove(&criterion.id()).unwrap_or_default();
                Some((run, past))
            }
            None => None,
        };
        let tie = rows::ties(look, [criterion.id()])?.remove(&criterion.id());
        Ok(Binding { criterion, bound, seen, tie })
    }
    fn title(&self, before: &Binding) -> String {
        format!("Bind the test “{}” to “{}”", web::clipped(&self.name, 100), before.criterion.label())
    }
    fn decide(self, Binding { criterion, bound, seen, tie }: Binding, moment: &Moment, _: &Scope) -> Result<Decided> {
        let name = String::from(self.name);
        if bound.iter().any(|test| test.name == name) {
            return Err(Refusal::invalid("name", "This test is bound to this criterion already."));
        }
        if bound.len() >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} tests of one criterion are enough.")));
        }
        let test = TestName { meta: moment.fresh(criterion.meta.product), criterion: criterion.id(), name };
        let mut events = vec![Event::created(&TEST_REMEMBERED, &test)];
        // Where another test has spoken for it in that run, this one counts from the next.
        if let Some((run, past)) = &seen
            && past.newest != Some(run.ran_at)
            && let Some(loose) = run.loose.iter().find(|loose| loose.name == test.name)
        {
            events.extend(runs::heard_late(moment, run, &criterion, loose, (*past, tie.as_ref()))?);
        }
        Ok(events.into())
    }
}

command! {
    /// Says that a test verifies a criterion no more. What it said stays.
    pub struct ForgetTest in "test_name.forget" at Delete "/products/{product}/test-names/{test_name}" [Work] {
        pub test_name: Id<TestName>,
    }
}

impl Command for ForgetTest {
    type Before = TestName;

    fn load(&self, look: &mut Look) -> Result<TestName> {
        TestName::get(look, self.test_name)
    }
    fn title(&self, before: &TestName) -> String {
        format!("Bind the test “{}” to no criterion any more", web::clipped(&before.name, 100))
    }
    fn decide(self, before: TestName, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TEST_FORGOTTEN, &before, moment.now).into())
    }
}
