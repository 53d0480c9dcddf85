//! Recording a run: what its tests say becomes what is known of the criteria.

use crate::{
    model::{CRITERION_CHECKED, RESULT_RECORDED, RUN_RECORDED},
    runs_model::*,
    runs_rows as rows,
};
use backlog::{Criterion, CriterionState};
use kernel::{
    Command, Decided, Deserialize, Event, Id, JsonSchema, Link, Look, Moment, Noun, Refusal, Result, Scope, Serialize, Text, command, event::edit,
    value::Packed,
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
        /// What ran: "unit tests". Where a suite is named, a criterion that passed in its last run on the branch and is missing in this one passes no more.
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
    /// Criteria that passed in the last run of the suite on the branch, ahead of this one.
    last: Vec<Criterion>,
}

/// What runs said of a criterion so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// When the newest of them was.
    pub newest: Option<i64>,
    /// Whether the newest was on the commit at hand, and what the suite at hand said on that.
    pub same: bool,
    pub passed: bool,
    pub failed: bool,
    pub flaky: bool,
    /// Another suite says on the commit at hand that it fails.
    pub beside: bool,
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
        let weight = |came: Came| match came {
            Came::Failed => 2,
            Came::Passed => 1,
            Came::Skipped => 0,
        };
        self.flaky |= other.flaky;
        if weight(other.came) > weight(self.came) {
            (self.came, self.name, self.said, self.bound) = (other.came, other.name, other.said, other.bound);
        }
    }
}

/// The criterion as it stands after a result, or nothing where a newer one is known.
pub(crate) fn after(criterion: &Criterion, past: Past, came: Came, flaky: bool, said: &str, ran_at: i64) -> Criterion {
    let mut after = criterion.clone();
    let newest = past.newest.max(criterion.checked_at);
    let is_newest = newest.is_none_or(|newest| ran_at >= newest);
    let both = flaky || past.flaky || (past.passed || came == Came::Passed) && (past.failed || came == Came::Failed);
    if is_newest || past.same {
        after.flaky = both;
    }
    if !is_newest {
        return after;
    }
    // What ran before the text was changed has tested another one.
    let is_stale = criterion.edited_at.is_some_and(|edited| ran_at < edited);
    after.state = match came {
        _ if past.beside && came != Came::Failed => CriterionState::Failing,
        Came::Skipped => CriterionState::None,
        _ if is_stale => CriterionState::Stale,
        Came::Passed => CriterionState::Passing,
        Came::Failed => CriterionState::Failing,
    };
    if after.state != criterion.state || came == Came::Failed {
        said.clone_into(&mut after.note);
    }
    if (after.state, after.flaky, &after.note) != (criterion.state, criterion.flaky, &criterion.note) {
        (after.checked_by, after.checked_at) = (None, Some(ran_at));
    }
    after
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
        let last = if self.suite.is_empty() { vec![] } else { rows::last_of(look, &self.suite, &self.branch, self.ran_at.unwrap_or(look.now()))? };
        let criteria = tagged.values().filter_map(|found| found.as_ref().ok()).chain(named.values().flatten()).chain(&last).map(Noun::id);
        let past = rows::past(look, criteria.collect(), &self.suite, &self.commit)?;
        Ok(Before { known, tagged, named, past, last })
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
        };
        let mut events = vec![Event::created(&RUN_RECORDED, &run)];
        for told in told.into_values() {
            let past = before.past.get(&told.criterion.id()).copied().unwrap_or_default();
            events.extend(heard(moment, &run, told, past)?);
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
fn heard(moment: &Moment, run: &Run, told: Told, past: Past) -> Result<Vec<Event>> {
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
    let changed = edit(&CRITERION_CHECKED, &criterion, |c| {
        *c = after;
        Ok(())
    })?;
    Ok(vec![Event::created(&RESULT_RECORDED, &result).called(criterion.label()), changed])
}

/// What a test that is bound by hand said in the run at hand, as it was recorded there.
pub(crate) fn heard_late(moment: &Moment, run: &Run, criterion: &Criterion, loose: &Loose, past: Past) -> Result<Vec<Event>> {
    let told =
        Told { criterion: criterion.clone(), came: loose.came, flaky: false, name: loose.name.clone(), said: String::new(), bound: Bound::Name };
    heard(moment, run, told, past)
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlog::Form;
    use kernel::{Meta, Rank, Uuid};

    fn criterion() -> Criterion {
        Criterion {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            story: Id::new(Uuid::nil()),
            number: 1,
            rank: Rank::between(None, None),
            form: Form::Rule,
            body: String::new(),
            state: CriterionState::None,
            checked_by: None,
            checked_at: None,
            note: String::new(),
            edited_at: None,
            flaky: false,
        }
    }

    #[test]
    fn the_newest_result_counts_and_skipped_is_no_pass() {
        let nothing = Past::default();
        let passed = after(&criterion(), nothing, Came::Passed, false, "", 10);
        assert_eq!((passed.state, passed.checked_at), (CriterionState::Passing, Some(10)));
        let past = Past { newest: Some(10), ..nothing };
        let failed = after(&passed, past, Came::Failed, false, "no list", 20);
        assert_eq!((failed.state, failed.note.as_str(), failed.checked_at), (CriterionState::Failing, "no list", Some(20)));
        assert_eq!(after(&failed, Past { newest: Some(20), ..nothing }, Came::Passed, false, "", 15), failed, "it ran before");
        assert_eq!(after(&passed, past, Came::Skipped, false, "", 20).state, CriterionState::None);
        assert_eq!(after(&passed, past, Came::Passed, false, "", 20), passed, "nothing new leaves no trace");
    }

    #[test]
    fn what_ran_before_the_text_was_changed_is_stale() {
        let edited = Criterion { edited_at: Some(15), ..criterion() };
        for came in [Came::Passed, Came::Failed] {
            assert_eq!(after(&edited, Past::default(), came, false, "", 10).state, CriterionState::Stale);
        }
        assert_eq!(after(&edited, Past::default(), Came::Passed, false, "", 15).state, CriterionState::Passing);
    }

    #[test]
    fn what_fails_in_one_suite_is_not_passed_by_another() {
        let failing = after(&criterion(), Past::default(), Came::Failed, false, "x", 10);
        let beside = Past { newest: Some(10), same: true, beside: true, ..Past::default() };
        let still = after(&failing, beside, Came::Passed, false, "", 20);
        assert_eq!((still.state, still.flaky, still.note.as_str()), (CriterionState::Failing, false, "x"));
    }

    #[test]
    fn both_on_one_commit_is_flaky_until_the_next() {
        let failing = after(&criterion(), Past::default(), Came::Failed, false, "x", 10);
        let same = Past { newest: Some(10), same: true, failed: true, ..Past::default() };
        let shaky = after(&failing, same, Came::Passed, false, "", 20);
        assert_eq!((shaky.state, shaky.flaky), (CriterionState::Passing, true));
        // One that arrives late, on the commit that was tested last.
        let late = after(&failing, Past { newest: Some(10), same: true, failed: true, ..Past::default() }, Came::Passed, false, "", 5);
        assert_eq!((late.state, late.flaky), (CriterionState::Failing, true));
        // Another commit says nothing of this one.
        let calm = after(&shaky, Past { newest: Some(20), ..Past::default() }, Came::Passed, false, "", 30);
        assert_eq!((calm.state, calm.flaky), (CriterionState::Passing, false));
        assert!(after(&criterion(), Past::default(), Came::Passed, true, "", 1).flaky, "the runner tried again");
    }
}
