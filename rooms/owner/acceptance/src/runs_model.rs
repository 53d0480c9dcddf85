//! Runs of tests and what each said of the criteria.

use backlog::Criterion;
use kernel::{Area, By, Deserialize, Hang, Id, JsonSchema, Noun, Reading, Relation, Serialize, Strand, Tie, Uuid, noun, value::Packed, words};
use people::Member;

words! {
    /// What came of a test.
    pub enum Came { Passed = "passed", Failed = "failed", Skipped = "skipped" says "did not run" }
}

words! {
    /// How a result came to its criterion.
    pub enum Bound { Tag = "tag" says "by its tag", Name = "name" says "by its name", Absent = "absent" says "missing from the run" }
}

/// A test that verifies no criterion that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Loose {
    pub name: String,
    pub came: Came,
}

noun! {
    /// A run of tests: what a pipeline found out about one commit.
    pub struct Run in "run" {
        /// What ran: "unit tests", "end to end"; empty where nobody says.
        suite: String,
        commit_id: String,
        branch: String,
        /// The pipeline.
        link: String,
        ran_at: i64,
        /// How its report was written.
        form: String,
        /// Tells it from others, so that one posted twice is one.
        digest: String,
        passed: i64,
        failed: i64,
        skipped: i64,
        /// What broke outside of any test.
        broke: Packed<Vec<String>>,
        /// Tests that verify no criterion, as many as are kept.
        loose: Packed<Vec<Loose>>,
        loose_count: i64,
        /// What is odd about it: tags that lead nowhere, a clock that is ahead.
        remarks: Packed<Vec<String>>,
        /// Whose token sent it.
        member: Id<Member>,
        /// Why it was taken back; empty where it stands.
        taken_back: String,
    } label(r) r.called();
    about { many: "runs", one: "test run", read: Reading::Sees(Area::Backlog),
      thread: Some(Strand { title: &["suite", "commit_id"], hangs: &[Hang { on: "criterion", by: By::Tie(Tie::Verifies), mend: "", made: None }], ..Strand::PLAIN }), place: "runs?open={id}", long: &["broke", "loose", "remarks"],
      hushed: &["digest", "broke", "loose", "loose_count", "remarks", "member", "form", "ran_at"], called: &[("commit_id", "commit"), ("taken_back", "taken back because")] }
}

impl Run {
    /// "unit tests at 3f9a2c1", as far as it is known.
    pub fn called(&self) -> String {
        let suite = if self.suite.is_empty() { "tests" } else { &self.suite };
        match (self.commit_id.is_empty(), self.branch.is_empty()) {
            (false, _) => format!("{suite} at {}", self.commit()),
            (true, false) => format!("{suite} on {}", self.branch),
            (true, true) => suite.to_owned(),
        }
    }

    /// Whether it says what ran, or of what.
    pub(crate) fn is_named(&self) -> bool {
        !self.suite.is_empty() || !self.commit_id.is_empty()
    }

    /// Enough of its commit to know it by.
    pub fn commit(&self) -> &str {
        short(&self.commit_id)
    }
}

/// The link that says by which run a criterion stands as it does; none of a run that says neither what ran nor of what.
pub(crate) fn verifies(meta: kernel::Meta, run: Uuid, criterion: &Criterion) -> Relation {
    Relation {
        meta,
        from_noun: Run::TABLE.to_owned(),
        from_id: run,
        verb: Tie::Verifies,
        to_noun: Criterion::TABLE.to_owned(),
        to_id: criterion.meta.id,
    }
}

/// As much of a commit as people write.
pub(crate) fn short(commit: &str) -> &str {
    let is_hash = commit.len() > 10 && commit.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { &commit[..8] } else { commit }
}

noun! {
    /// What a run said of a criterion.
    pub struct RunResult in "run_result" {
        run: Id<Run>,
        criterion: Id<Criterion>,
        came: Came,
        /// It passed only after it had failed in the same run.
        flaky: bool,
        /// The test that says so; of several the one that tells most.
        name: String,
        said: String,
        ran_at: i64,
        bound: Bound,
    } label(r) r.came.says().to_owned();
    about { many: "run-results", one: "test result", read: Reading::Of("criterion", "criterion"), part_of: "run", trace: true,
      hushed: &["run", "criterion", "ran_at", "flaky", "bound", "came"], long: &["said"], called: &[("name", "test")] }
}

noun! {
    /// A test that verifies a criterion, known by its name.
    pub struct TestName in "test_name" {
        criterion: Id<Criterion>,
        name: String,
    } label(t) t.name.clone();
    about { many: "test-names", one: "test", read: Reading::Of("criterion", "criterion"), part_of: "criterion", titled: true, hushed: &["criterion"] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_told_as_people_write_them() {
        assert_eq!(short("99684bcacf01d95875834d87903dcb072306c9ad"), "99684bca");
        assert_eq!((short("v1.2.3"), short("release-2026"), short("")), ("v1.2.3", "release-2026", ""));
    }
}
