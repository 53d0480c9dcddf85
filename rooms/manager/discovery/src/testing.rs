//! Tests of what has to be true for a bet to work.

use crate::{events::*, model::*};
use kernel::{AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Result, Scope, Text, Words, command, event::edit, give};
use roadmap::Initiative;
use web::when;

command! {
    /// Plans a test of what has to be true for a bet to work. What would be seen is said before.
    pub struct PlanTest in "assumption_test.plan" at Post "/products/{product}/initiatives/{initiative}/tests" [Roadmap] {
        /// Number, key or id.
        pub initiative: Ref,
        /// What has to be true.
        pub assumption: Line<300>,
        /// How it is tried out.
        #[serde(default)]
        pub method: Text<2_000>,
        /// What is seen where it holds: "7 of 10 riders find it without help".
        #[serde(default)]
        pub expects: Text<500>,
    }
}

impl Command for PlanTest {
    type Before = Initiative;

    fn load(&self, look: &mut Look) -> Result<Initiative> {
        roadmap::initiative(look, &self.initiative)
    }
    fn title(&self, before: &Initiative) -> String {
        format!("Plan a test for “{}”", before.title)
    }
    fn decide(self, before: Initiative, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let test = AssumptionTest {
            meta: moment.fresh(Some(scope.product_id()?)),
            initiative: before.id(),
            assumption: self.assumption.into(),
            method: self.method.into(),
            expects: self.expects.into(),
            result: None,
            learned: String::new(),
            settled_on: None,
        };
        Ok(Event::created(&TEST_PLANNED, &test).into())
    }
}

command! {
    /// Changes a test, or takes it to another bet.
    pub struct EditTest in "assumption_test.edit" at Patch "/products/{product}/assumption-tests/{assumption_test}" [Roadmap] {
        pub assumption_test: Id<AssumptionTest>,
        /// The bet that it is a test of: number, key or id.
        pub initiative: Option<Ref>,
        pub assumption: Option<Line<300>>,
        pub method: Option<Text<2_000>>,
        pub expects: Option<Text<500>>,
    }
}

impl Command for EditTest {
    type Before = (AssumptionTest, Option<Initiative>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let initiative = self.initiative.as_ref().map(|initiative| roadmap::initiative(look, initiative)).transpose()?;
        Ok((AssumptionTest::get(look, self.assumption_test)?, initiative))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the test “{}”", before.assumption)
    }
    fn decide(self, (before, initiative): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&TEST_EDITED, &before, |t| {
            give(&mut t.initiative, initiative.map(|initiative| initiative.id()));
            give(&mut t.assumption, self.assumption);
            give(&mut t.method, self.method);
            give(&mut t.expects, self.expects);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Tells what a test told, and what was learned.
    pub struct SettleTest in "assumption_test.settle" at Put "/products/{product}/assumption-tests/{assumption_test}/result" [Roadmap] {
        pub assumption_test: Id<AssumptionTest>,
        pub result: TestResult,
        /// What was seen and learned.
        pub learned: Words<5_000>,
        /// The day it was known; today when empty.
        #[serde(default)]
        pub settled_on: AnyDay,
    }
}

impl Command for SettleTest {
    type Before = AssumptionTest;

    fn load(&self, look: &mut Look) -> Result<AssumptionTest> {
        AssumptionTest::get(look, self.assumption_test)
    }
    fn title(&self, before: &AssumptionTest) -> String {
        format!("Tell the result of the test “{}”", before.assumption)
    }
    fn decide(self, before: AssumptionTest, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let day = self.settled_on.day();
        when::happened("settled_on", day.as_ref(), scope, moment.now)?;
        Ok(edit(&TEST_SETTLED, &before, |t| {
            t.result = Some(self.result);
            t.learned = self.learned.into();
            t.settled_on = Some(day.unwrap_or_else(|| when::day_in(moment.now, &scope.who.zone)));
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a test.
    pub struct RemoveTest in "assumption_test.remove" at Delete "/products/{product}/assumption-tests/{assumption_test}" [Roadmap] {
        pub assumption_test: Id<AssumptionTest>,
    }
}

impl Command for RemoveTest {
    type Before = AssumptionTest;

    fn load(&self, look: &mut Look) -> Result<AssumptionTest> {
        AssumptionTest::get(look, self.assumption_test)
    }
    fn title(&self, before: &AssumptionTest) -> String {
        format!("Remove the test “{}”", before.assumption)
    }
    fn decide(self, before: AssumptionTest, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TEST_REMOVED, &before, moment.now).into())
    }
}
