//! How a criterion stands by what runs said of it.

use crate::runs_model::Came;
use backlog::{Criterion, CriterionState};
use kernel::Uuid;

/// What runs said of a criterion so far. Of a suite counts on a commit what it said last, other than that it did not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// When the newest result was.
    pub newest: Option<i64>,
    /// Whether that was on the commit at hand, and what the suite at hand said on that.
    pub same: bool,
    pub passed: bool,
    pub failed: bool,
    pub flaky: bool,
    /// What the suite at hand said last on the commit at hand, and when.
    pub own: Option<(Came, i64)>,
    /// When another suite said last on the commit at hand that it fails, and that it passes.
    pub beside_failed: Option<i64>,
    pub beside_passed: Option<i64>,
}

impl Past {
    /// With what another suite said last on the commit at hand.
    pub fn beside(&mut self, came: Came, at: i64) {
        let of = match came {
            Came::Failed => &mut self.beside_failed,
            Came::Passed => &mut self.beside_passed,
            Came::Skipped => return,
        };
        *of = (*of).max(Some(at));
    }
}

/// What a run said of a criterion, with where it ran.
#[derive(Clone, Debug)]
pub struct Result {
    pub run: Uuid,
    pub suite: String,
    pub commit: String,
    pub came: Came,
    pub flaky: bool,
    pub said: String,
    pub ran_at: i64,
}

/// The criterion as some results leave it, the newest last; of whatever else was said nothing is known.
pub(crate) fn as_of(criterion: &Criterion, results: &[Result]) -> Criterion {
    let unknown =
        Criterion { state: CriterionState::None, checked_by: None, checked_at: None, note: String::new(), flaky: false, ..criterion.clone() };
    let Some((newest, before)) = results.split_last() else { return unknown };
    let here: Vec<&Result> = before.iter().filter(|result| !newest.commit.is_empty() && result.commit == newest.commit).collect();
    // What was said on another commit is not asked for: all that counts is the commit of the newest.
    let mut past = Past { newest: here.last().map(|result| result.ran_at), same: !here.is_empty(), ..Past::default() };
    let mut others: std::collections::HashMap<&str, (Came, i64)> = std::collections::HashMap::new();
    for result in here {
        let own = result.suite == newest.suite;
        if own {
            past.passed |= result.came == Came::Passed;
            past.failed |= result.came == Came::Failed;
            past.flaky |= result.flaky;
        }
        match result.came {
            Came::Skipped => {}
            came if own => past.own = Some((came, result.ran_at)),
            came => drop(others.insert(&result.suite, (came, result.ran_at))),
        }
    }
    for (came, at) in others.into_values() {
        past.beside(came, at);
    }
    after(&unknown, past, newest.came, newest.flaky, &newest.said, newest.ran_at)
}

/// What tells more of a criterion: a failure, then a pass.
pub(crate) fn weight(came: Came) -> u8 {
    match came {
        Came::Failed => 2,
        Came::Passed => 1,
        Came::Skipped => 0,
    }
}

/// The criterion as it stands after a result, or nothing where a newer one is known.
pub(crate) fn after(criterion: &Criterion, past: Past, came: Came, flaky: bool, said: &str, ran_at: i64) -> Criterion {
    let mut after = criterion.clone();
    let newest = past.newest.max(criterion.checked_at);
    let is_newest = newest.is_none_or(|newest| ran_at >= newest);
    let both = flaky || past.flaky || (past.passed || came == Came::Passed) && (past.failed || came == Came::Failed);
    if is_newest || past.same {
        // A commit on which it was flaky does not become another by what a further suite says.
        after.flaky = both || past.same && criterion.flaky;
    }
    if !is_newest {
        return after;
    }
    after.state = state(criterion, past, came, ran_at);
    if after.state != criterion.state || came == Came::Failed {
        said.clone_into(&mut after.note);
    }
    if (after.state, after.flaky, &after.note) != (criterion.state, criterion.flaky, &criterion.note) {
        (after.checked_by, after.checked_at) = (None, Some(ran_at));
    }
    after
}

/// By all that was said on the commit of the newest result: one failure fails, and what did not run takes nothing back.
fn state(criterion: &Criterion, past: Past, came: Came, ran_at: i64) -> CriterionState {
    // What ran before the text was changed has tested another one.
    let is_of_text = |at: i64| criterion.edited_at.is_none_or(|edited| at >= edited);
    let now = (came != Came::Skipped).then_some((came, ran_at));
    // What was said on this commit before does not stand above what another has shown since.
    let own = now.or(past.own).filter(|_| past.same || now.is_some());
    let others = [(Came::Failed, past.beside_failed), (Came::Passed, past.beside_passed)];
    let others = others.into_iter().filter_map(|(came, at)| Some((came, at?))).filter(|_| past.same || now.is_some());
    let told = || others.clone().chain(own);
    let worst = told().filter(|(_, at)| is_of_text(*at)).map(|(came, _)| came).max_by_key(|came| weight(*came));
    match worst {
        Some(Came::Failed) => CriterionState::Failing,
        Some(Came::Passed) => CriterionState::Passing,
        _ if told().next().is_some() => CriterionState::Stale,
        _ if !is_of_text(ran_at) => criterion.state,
        _ => CriterionState::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlog::Form;
    use kernel::{Id, Meta, Rank};

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
    fn what_is_left_says_how_it_stands() {
        let result = |commit: &str, suite: &str, came, ran_at| Result {
            run: Uuid::nil(),
            suite: suite.into(),
            commit: commit.into(),
            came,
            flaky: false,
            said: if came == Came::Failed { "no".into() } else { String::new() },
            ran_at,
        };
        let failing = Criterion { state: CriterionState::Failing, note: "x".into(), checked_at: Some(30), ..criterion() };
        assert_eq!(as_of(&failing, &[]), criterion(), "nobody has said anything");
        let passed = as_of(&failing, &[result("a", "s", Came::Failed, 5), result("b", "s", Came::Passed, 10)]);
        assert_eq!((passed.state, passed.flaky, passed.checked_at), (CriterionState::Passing, false, Some(10)));
        let both = as_of(&failing, &[result("b", "s", Came::Failed, 8), result("b", "s", Came::Passed, 10)]);
        assert_eq!((both.state, both.flaky), (CriterionState::Passing, true), "on one commit");
        let beside = as_of(&failing, &[result("b", "other", Came::Failed, 8), result("b", "s", Came::Passed, 10)]);
        assert_eq!(beside.state, CriterionState::Failing, "another suite fails there");
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
        let beside = Past { newest: Some(10), same: true, beside_failed: Some(10), ..Past::default() };
        let still = after(&failing, beside, Came::Passed, false, "", 20);
        assert_eq!((still.state, still.flaky, still.note.as_str()), (CriterionState::Failing, false, "x"));
        // Unless it was about another text.
        let edited = Criterion { edited_at: Some(15), ..failing.clone() };
        assert_eq!(after(&edited, beside, Came::Passed, false, "", 20).state, CriterionState::Passing);
        assert_eq!(after(&edited, beside, Came::Passed, false, "", 12).state, CriterionState::Stale, "both ran before");
    }

    #[test]
    fn what_did_not_run_takes_nothing_back_on_its_commit() {
        let passing = after(&criterion(), Past::default(), Came::Passed, false, "", 10);
        let beside = Past { newest: Some(10), same: true, beside_passed: Some(10), ..Past::default() };
        assert_eq!(after(&passing, beside, Came::Skipped, false, "later", 20), passing, "another suite passed it");
        let own = Past { newest: Some(10), same: true, passed: true, own: Some((Came::Passed, 10)), ..Past::default() };
        assert_eq!(after(&passing, own, Came::Skipped, false, "", 20), passing, "another part of the suite did");
        let failing = after(&criterion(), Past::default(), Came::Failed, false, "x", 10);
        let own = Past { newest: Some(10), same: true, failed: true, own: Some((Came::Failed, 10)), ..Past::default() };
        assert_eq!(after(&failing, own, Came::Skipped, false, "", 20), failing, "and what failed there goes on failing");
        // On another commit it was, and what is newer counts.
        assert_eq!(after(&passing, Past { newest: Some(10), ..Past::default() }, Came::Skipped, false, "", 20).state, CriterionState::None);
        let before = Past { newest: Some(15), beside_passed: Some(10), ..Past::default() };
        assert_eq!(after(&failing, before, Came::Skipped, false, "", 20).state, CriterionState::None, "it failed on another commit since");
        // A pass of the text of before says that it is stale, not that nobody looked.
        let edited = Criterion { edited_at: Some(15), state: CriterionState::Stale, ..passing };
        assert_eq!(after(&edited, beside, Came::Skipped, false, "", 20).state, CriterionState::Stale);
        let fresh = Criterion { edited_at: Some(15), ..criterion() };
        assert_eq!(after(&fresh, Past::default(), Came::Skipped, false, "", 10).state, CriterionState::None);
    }

    #[test]
    fn both_on_one_commit_is_flaky_until_the_next() {
        let failing = after(&criterion(), Past::default(), Came::Failed, false, "x", 10);
        let same = Past { newest: Some(10), same: true, failed: true, own: Some((Came::Failed, 10)), ..Past::default() };
        let shaky = after(&failing, same, Came::Passed, false, "", 20);
        assert_eq!((shaky.state, shaky.flaky), (CriterionState::Passing, true));
        // A suite beside it that passes at once does not calm it.
        let beside = Past { newest: Some(20), same: true, beside_passed: Some(20), ..Past::default() };
        assert_eq!(after(&shaky, beside, Came::Passed, false, "", 25), shaky);
        // One that arrives late, on the commit that was tested last.
        let late = after(&failing, Past { newest: Some(10), same: true, failed: true, ..Past::default() }, Came::Passed, false, "", 5);
        assert_eq!((late.state, late.flaky), (CriterionState::Failing, true));
        // Another commit says nothing of this one.
        let calm = after(&shaky, Past { newest: Some(20), ..Past::default() }, Came::Passed, false, "", 30);
        assert_eq!((calm.state, calm.flaky), (CriterionState::Passing, false));
        assert!(after(&criterion(), Past::default(), Came::Passed, true, "", 1).flaky, "the runner tried again");
    }
}
