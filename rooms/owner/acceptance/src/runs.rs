//! Recording a run: what its tests say becomes what is known of the criteria.

use crate::{
    model::{CRITERION_CHECKED, CRITERION_FAILED, RESULT_RECORDED, RUN_LINKED, RUN_RECORDED, RUN_UNLINKED},
    runs_model::*,
    runs_rows as rows,
    standing::{Past, after, weight},
};
use backlog::{Criterion, CriterionState};
use kernel::{
    Command, Decided, Deserialize, Event, Id, JsonSchema, Link, Look, Moment, Noun, Refusal, Relation, Result, Scope, Serialize, Text, Uuid, command,
    event::edit, value::Packed,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// So far a clock may be ahead before it is said.
const AHEAD: i64 = 5 * 60_000;

/// What the tests of one criterion said, as they name it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Said {
    /// The tag of the criterion, such as ORB-42.3; empty where the test is known by its name.
    #[serde(default)]
    pub tag: Text<40>,
    /// The name of the test.
    #[serde(default)]
    pub name: Text<700>,
    pub came: Came,
    #[serde(default)]
    pub flaky: bool,
    /// What it said when it failed.
    #[serde(default)]
    pub said: Text<2_000>,
}

/// A test that verifies nothing that is known.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct LooseSaid {
    pub name: Text<700>,
    pub came: Came,
}

command! {
    /// Records a run of tests whose report was read already. A report as it is goes to POST /products/{product}/runs.
    pub struct RecordRun in "run.record" at Post "/products/{product}/runs/results" [Work] {
        /// What ran: "unit tests". Where a suite is named, a criterion that passed in its last run on the branch and is missing in this one passes no more. Parts of a suite go by one name: on one commit they add up.
        #[serde(default)]
        pub suite: Text<200>,
        #[serde(default)]
        pub commit: Text<100>,
        #[serde(default)]
        pub branch: Text<200>,
        /// The pipeline.
        #[serde(default)]
        pub link: Link,
        /// When it ran, in milliseconds since 1970; now when left out.
        pub ran_at: Option<i64>,
        /// How its report was written.
        #[serde(default)]
        pub form: Text<40>,
        /// Tells it from others: a run that is recorded twice is one.
        #[serde(default)]
        pub digest: Text<100>,
        #[serde(default)]
        pub passed: u32,
        #[serde(default)]
        pub failed: u32,
        #[serde(default)]
        pub skipped: u32,
        /// What broke outside of any test.
        #[serde(default)]
        pub broke: Vec<Text<2_000>>,
        pub results: Vec<Said>,
        /// Tests that verify no criterion, to be bound by hand.
        #[serde(default)]
        pub loose: Vec<LooseSaid>,
        #[serde(default)]
        pub loose_count: u32,
    }
}

/// What is known before a run.
pub struct Before {
    /// The same run was recorded before.
    known: bool,
    /// Criteria by their tags, and why a tag leads to none.
    tagged: HashMap<String, std::result::Result<Criterion, String>>,
    /// Criteria by the names of their tests.
    named: HashMap<String, Vec<Criterion>>,
    past: HashMap<Id<Criterion>, Past>,
    /// By which run each stands as it does.
    ties: HashMap<Id<Criterion>, Relation>,
    /// Criteria that passed when the suite ran last on the branch, on another commit.
    last: Vec<Criterion>,
}

/// What the tests of a criterion come to in a run.
#[derive(Clone, Debug)]
struct Told {
    criterion: Criterion,
    came: Came,
    flaky: bool,
    name: String,
    said: String,
    bound: Bound,
}

impl Told {
    /// With another test of the same criterion: one that fails tells most, and one that did not run least.
    fn with(&mut self, other: Told) {
        self.flaky |= other.flaky;
        if weight(other.came) > weight(self.came) {
            (self.came, self.name, self.said, self.bound) = (other.came, other.name, other.said, other.bound);
        }
    }
}

impl Command for RecordRun {
    type Before = Before;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Before> {
        let known = rows::of_digest(look, &self.digest)?.is_some();
        let tags: HashSet<&str> = self.results.iter().map(|said| &*said.tag).filter(|tag| !tag.is_empty()).collect();
        let tagged = rows::tagged(look, tags)?;
        let names: Vec<&str> = self.results.iter().filter(|said| said.tag.is_empty()).map(|said| &*said.name).collect();
        let named = rows::named(look, &names)?;
        let last = match self.suite.is_empty() {
            true => vec![],
            false => rows::last_of(look, &self.suite, &self.branch, &self.commit, self.ran_at.unwrap_or(look.now()))?,
        };
        let criteria = tagged.values().filter_map(|found| found.as_ref().ok()).chain(named.values().flatten()).chain(&last).map(Noun::id);
        let criteria: Vec<Id<Criterion>> = criteria.collect();
        let ties = rows::ties(look, criteria.iter().copied())?;
        let past = rows::past(look, criteria, &self.suite, &self.commit)?;
        Ok(Before { known, tagged, named, past, ties, last })
    }
    fn title(&self, _: &Before) -> String {
        format!("Record the run of “{}”", if self.suite.is_empty() { "tests" } else { &self.suite })
    }
    fn decide(self, before: Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.known {
            return Ok(Decided::default());
        }
        let mut remarks: Vec<String> = vec![];
        let ran_at = match self.ran_at {
            Some(at) if at < 0 => return Err(Refusal::invalid("ran_at", "Milliseconds since 1970 are not below 0.")),
            Some(at) if at > moment.now + AHEAD => {
                remarks.push("The clock of whatever ran it is ahead, so it counts as of when it arrived.".into());
                moment.now
            }
            at => at.unwrap_or(moment.now).min(moment.now),
        };
        let told = self.told(&before, &mut remarks);
        let run = Run {
            meta: moment.fresh(Some(scope.product_id()?)),
            suite: self.suite.into(),
            commit_id: self.commit.into(),
            branch: self.branch.into(),
            link: self.link.into(),
            ran_at,
            form: self.form.into(),
            digest: self.digest.into(),
            passed: self.passed.into(),
            failed: self.failed.into(),
            skipped: self.skipped.into(),
            broke: Packed(self.broke.into_iter().map(String::from).collect()),
            loose: Packed(self.loose.into_iter().map(|one| Loose { name: one.name.into(), came: one.came }).collect()),
            loose_count: self.loose_count.into(),
            remarks: Packed(remarks),
            member: Id::new(scope.who.signed_in()?),
            taken_back: String::new(),
        };
        let mut events = vec![Event::created(&RUN_RECORDED, &run)];
        for told in told.into_values() {
            let past = before.past.get(&told.criterion.id()).copied().unwrap_or_default();
            let tie = before.ties.get(&told.criterion.id());
            events.extend(heard(moment, &run, told, past, tie)?);
        }
        Ok(events.into())
    }
}

impl RecordRun {
    /// What the run says of each criterion.
    fn told(&self, before: &Before, remarks: &mut Vec<String>) -> BTreeMap<Id<Criterion>, Told> {
        let mut told: BTreeMap<Id<Criterion>, Told> = BTreeMap::new();
        for said in &self.results {
            let (found, bound): (Vec<&Criterion>, Bound) = match before.tagged.get(&*said.tag) {
                Some(Ok(criterion)) => (vec![criterion], Bound::Tag),
                Some(Err(why)) => {
                    if !remarks.contains(why) {
                        remarks.push(why.clone());
                    }
                    continue;
                }
                None => (before.named.get(&*said.name).into_iter().flatten().collect(), Bound::Name),
            };
            for criterion in found {
                let one = Told {
                    criterion: criterion.clone(),
                    came: said.came,
                    flaky: said.flaky,
                    name: said.name.to_string(),
                    said: said.said.to_string(),
                    bound,
                };
                match told.get_mut(&criterion.id()) {
                    Some(known) => known.with(one),
                    None => drop(told.insert(criterion.id(), one)),
                }
            }
        }
        for criterion in &before.last {
            told.entry(criterion.id()).or_insert_with(|| Told {
                criterion: criterion.clone(),
                came: Came::Skipped,
                flaky: false,
                name: String::new(),
                said: "No test of it was in this run, though there was one in the last.".into(),
                bound: Bound::Absent,
            });
        }
        told
    }
}

/// The result, and what it changes in its criterion.
fn heard(moment: &Moment, run: &Run, told: Told, past: Past, tie: Option<&Relation>) -> Result<Vec<Event>> {
    let Told { criterion, came, flaky, name, said, bound } = told;
    let after = after(&criterion, past, came, flaky, &said, run.ran_at);
    let result = RunResult {
        meta: moment.fresh(run.meta.product),
        run: run.id(),
        criterion: criterion.id(),
        came,
        flaky,
        name,
        said,
        ran_at: run.ran_at,
        bound,
    };
    let turned = after.state != criterion.state;
    let begins = after.state == CriterionState::Failing && criterion.state != CriterionState::Failing;
    let changed = edit(if begins { &CRITERION_FAILED } else { &CRITERION_CHECKED }, &criterion, |c| {
        *c = after;
        Ok(())
    })?;
    let mut events = vec![Event::created(&RESULT_RECORDED, &result).called(criterion.label()), changed];
    if turned {
        events.extend(tied(moment, tie, Some(run.meta.id).filter(|_| run.is_named()), &criterion));
    }
    Ok(events)
}

/// By which run a criterion stands as it does from now on: by none where a run says too little to be known by.
pub(crate) fn tied(moment: &Moment, before: Option<&Relation>, run: Option<Uuid>, criterion: &Criterion) -> Vec<Event> {
    let told = format!("a run verifies “{}”", criterion.label());
    let away = before.map(|tie| Event::removed(&RUN_UNLINKED, tie, moment.now).called(told.clone()));
    let new = run.map(|run| Event::created(&RUN_LINKED, &verifies(moment.fresh(criterion.meta.product), run, criterion)).called(told));
    away.into_iter().chain(new).collect()
}

/// What a test that is bound by hand said in the run at hand, as it was recorded there.
pub(crate) fn heard_late(
    moment: &Moment,
    run: &Run,
    criterion: &Criterion,
    loose: &Loose,
    (past, tie): (Past, Option<&Relation>),
) -> Result<Vec<Event>> {
    let told =
        Told { criterion: criterion.clone(), came: loose.came, flaky: false, name: loose.name.clone(), said: String::new(), bound: Bound::Name };
    heard(moment, run, told, past, tie)
}
