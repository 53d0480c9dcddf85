//! Assumptions of a bet, and what their tests told.

use kernel::{Area, By, Hang, Heard, Id, Reading, Strand, noun, words};
use roadmap::Initiative;

words! {
    /// What a test told of its assumption.
    pub enum TestResult { Held = "held" says "it held", Failed = "failed" says "it did not hold", Unclear = "unclear" says "it is still unclear" }
}

noun! {
    /// What has to be true for a bet to work, and how that is tried out.
    pub struct AssumptionTest in "assumption_test" {
        initiative: Id<Initiative>,
        assumption: String,
        /// How it is tried out.
        trial: String,
        /// What is seen where it holds, said before.
        expects: String,
        result: Option<TestResult>,
        /// What was learned.
        learned: String,
        settled_on: Option<String>,
    } label(t) t.assumption.clone(); searched Some((t.assumption.clone(), format!("{}\n{}", t.trial, t.learned)));
    about { many: "assumption-tests", one: "assumption test", read: Reading::Sees(Area::Roadmap), place: "opportunities?test={id}#t-{id}", titled: true,
      found_by: "assumption", part_of: "initiative",
      heard: Heard { texts: &["learned"], news: &["result", "learned"], new: true, ..Heard::NOTHING },
      called: &[("settled_on", "day of the result"), ("expects", "what is seen where it holds"), ("trial", "how it is tried out")],
      thread: Some(Strand { title: &["assumption"], state: "result", hangs: &[Hang { on: "initiative", by: By::Field("initiative"), mend: "", made: None }, Hang { on: "canvas_note", by: By::TheirField("assumption_test"), mend: "", made: None }], ..Strand::PLAIN }) }
}
