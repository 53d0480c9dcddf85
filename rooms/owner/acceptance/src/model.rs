//! Verdicts.

use backlog::{Criterion, CriterionState, Story};
use kernel::{Area, By, Deserialize, Hang, Hat, Id, JsonSchema, Reading, Serialize, Strand, Uuid, kinds, noun, value::Packed};
use people::Member;

/// A criterion as it stood when the verdict was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Quoted {
    pub number: i64,
    pub body: String,
    pub state: CriterionState,
    pub note: String,
    /// What the newest test run had said of it: "passed at 3f9a2c1 on main".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proof: String,
}

impl Quoted {
    pub fn of(c: &Criterion, proof: String) -> Quoted {
        Quoted { number: c.number, body: c.body.clone(), state: c.state, note: c.note.clone(), proof }
    }
}

noun! {
    /// Accepted or rejected, by whom, why, and on what evidence.
    pub struct Verdict in "verdict" {
        story: Id<Story>,
        sprint: Option<Uuid>,
        accepted: bool,
        reason: String,
        member: Id<Member>,
        hat: Option<Hat>,
        quoted: Packed<Vec<Quoted>>,
        done_list: Packed<Vec<String>>,
    } label(v) if v.accepted { "accepted".to_owned() } else { format!("rejected: {}", v.reason) }; veil(sees) if !sees(Area::Backlog) { v.quoted.0.clear() };
    about { many: "verdicts", read: Reading::Sees(Area::Acceptance), veiled: &[("quoted", Area::Backlog)], part_of: "story", called: &[("done_list", "definition of done")], told_new: &["done_list"],
      heard: kernel::Heard { texts: &["reason"], new: true, ..kernel::Heard::NOTHING },
      hushed: &["quoted", "member", "hat", "accepted", "sprint"], long: &["quoted", "done_list"],
      points_at: &[("sprint", "sprint")],
      thread: Some(Strand {
        title: &["member", "reason"],
        state: "accepted",
        flag: ("accepted", "rejected"),
        hangs: &[Hang { on: "story", by: By::Field("story"), mend: "", made: None }],
        ..Strand::PLAIN }) }
}

kinds! {
    CRITERION_CHECKED = "criterion.checked", "checked the criterion";
    CRITERION_FAILED = "criterion.failed", "reported as failing the criterion";
    VERDICT_GIVEN = "verdict.given", "gave the verdict";
    STORY_ACCEPTED = "story.accepted", "accepted";
    STORY_REJECTED = "story.rejected", "rejected";
    STORY_REOPENED = "story.reopened", "reopened";
    RUN_RECORDED = "run.recorded", "recorded the run of";
    RUN_LINKED = "run.linked", "linked:";
    RUN_UNLINKED = "run.unlinked", "unlinked:";
    RUN_TAKEN_BACK = "run.taken_back", "took back the run of";
    RESULT_TAKEN_BACK = "run_result.taken_back", "took back what was heard of";
    RESULT_RECORDED = "run_result.recorded", "heard of a criterion:";
    TEST_REMEMBERED = "test_name.remembered", "bound to a criterion the test";
    TEST_FORGOTTEN = "test_name.forgotten", "bound to no criterion any more the test";
}
