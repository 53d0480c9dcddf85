//! What came of a sprint, as it is kept when it closes.

use backlog::{Stage, Story};
use kernel::{Deserialize, Id, JsonSchema, Noun, Serialize, words};

words! {
    /// Where a story goes that is not accepted when its sprint closes.
    pub enum Leftover { Return = "return", CarryOver = "carry_over" says "carry over", Wait = "wait" }
}

words! {
    /// Whether a sprint reached its goal.
    pub enum GoalMet { Met = "met", Partly = "partly", Missed = "missed" }
}

/// How far a story came that is not accepted when its sprint closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Handed over: the verdict is due.
    Waiting,
    Doing,
    Untouched,
}

impl Group {
    pub const ALL: [Group; 3] = [Group::Waiting, Group::Doing, Group::Untouched];

    /// Where a story belongs; `None` for what is settled.
    pub fn of(stage: Stage) -> Option<Group> {
        match stage {
            Stage::HandedOver => Some(Group::Waiting),
            Stage::Doing => Some(Group::Doing),
            Stage::Open => Some(Group::Untouched),
            Stage::Accepted | Stage::Dropped => None,
        }
    }
}

/// A story that left unaccepted, with its size then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Left {
    pub story: Id<Story>,
    pub points: Option<f64>,
    pub to: Leftover,
}

/// What came of a sprint, as of its last day. Sprints that closed before a field was kept leave it empty.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
#[serde(default)]
pub struct SprintResult {
    pub goal: Option<GoalMet>,
    /// What is to be said about it.
    pub note: String,
    pub accepted: usize,
    pub accepted_points: f64,
    pub left: usize,
    pub left_points: f64,
    /// The stories that are left, and where each went.
    pub went: Vec<Left>,
    /// Verdicts that sent a story back to work.
    pub rejected: usize,
    /// Stories that came in after the start, and stories that were taken out.
    pub added: usize,
    pub removed: usize,
}

impl SprintResult {
    /// How many stories went one way.
    pub fn went(&self, to: Leftover) -> usize {
        self.went.iter().filter(|left| left.to == to).count()
    }

    /// The stories that waited for their verdict.
    pub fn waited(&self) -> impl Iterator<Item = &Left> {
        self.went.iter().filter(|left| left.to == Leftover::Wait)
    }

    /// Leaves the counts and takes the sizes out, for whoever does not see estimates.
    pub(crate) fn forget_sizes(&mut self) {
        (self.accepted_points, self.left_points) = (0.0, 0.0);
        self.went.iter_mut().for_each(|left| left.points = None);
    }

    /// Counts what is in a sprint when it closes.
    pub(crate) fn count(stories: &[Story], committed: &[crate::Committed], to: impl Fn(Group) -> Leftover) -> SprintResult {
        let accepted = stories.iter().filter(|s| s.stage == Stage::Accepted);
        let left = stories.iter().filter_map(|s| Some(Left { story: s.id(), points: s.points, to: to(Group::of(s.stage)?) }));
        let went: Vec<Left> = left.collect();
        SprintResult {
            accepted: accepted.clone().count(),
            accepted_points: accepted.filter_map(|s| s.points).sum(),
            left: went.len(),
            left_points: went.iter().filter_map(|l| l.points).sum(),
            added: stories.iter().filter(|s| !committed.iter().any(|c| c.story == s.id())).count(),
            removed: committed.iter().filter(|c| !stories.iter().any(|s| s.id() == c.story)).count(),
            went,
            ..SprintResult::default()
        }
    }
}
