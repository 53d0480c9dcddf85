//! A sprint and what was committed to.

use crate::result::SprintResult;
use backlog::Story;
use kernel::{Area, By, Deserialize, Fact, Hang, Heard, Id, JsonSchema, Made, Reading, Serialize, Strand, noun, value::Packed, words};

words! {
    /// Where a sprint stands.
    pub enum SprintState { Planned = "planned", Active = "active" says "running", Closed = "closed", Cancelled = "cancelled" }
}

/// A story as it stood when the sprint started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Committed {
    pub story: Id<Story>,
    pub points: Option<f64>,
}

noun! {
    /// A fixed length of time with one goal.
    pub struct Sprint in "sprint" {
        number: i64,
        name: String,
        goal: String,
        starts_on: String,
        ends_on: String,
        state: SprintState,
        started_at: Option<i64>,
        closed_at: Option<i64>,
        committed: Packed<Vec<Committed>>,
        result: Packed<SprintResult>,
        /// What will be there at its end, one on each line.
        deliverables: String,
    } label(s) s.name.clone(); searched Some((s.name.clone(), s.goal.clone())); veil(sees) if !sees(Area::Estimates) { s.forget_sizes() };
    about { many: "sprints", read: Reading::Sees(Area::Sprints), veiled: &[("committed", Area::Estimates), ("result", Area::Estimates)],
      place: "sprint?sprint={which}", found_by: "name", discussed: true, hushed: &["committed", "result", "state", "started_at", "closed_at"],
      heard: Heard { texts: &["goal"], news: &["goal", "starts_on", "ends_on", "state", "deliverables"], ..Heard::NOTHING },
      called: &[("starts_on", "from"), ("ends_on", "until")], long: &["committed"],
      thread: Some(Strand { title: &["name"], state: "state", open: &[Fact::Is("state", &["planned", "active"])],
        hangs: &[Hang { on: "story", by: By::TheirField("sprint"), mend: "",
          made: Some(Made { area: Area::Sprints, command: "story.set", of: "sprint", on: "stories", undone: "" }) }],
        ..Strand::PLAIN }) }
}

impl Sprint {
    /// Leaves the counts and takes the sizes out, for whoever does not see estimates.
    fn forget_sizes(&mut self) {
        self.committed.0.iter_mut().for_each(|c| c.points = None);
        self.result.0.forget_sizes();
    }
}
