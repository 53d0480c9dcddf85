//! A release with the plan of its launch, what is to be done for it, and what came of a bet.

use backlog::Story;
use customers::Segment;
use kernel::{Area, By, Fact, Hang, Heard, Id, Made, Reading, Strand, Tie, noun, value::Packed, words};
use measures::Measure;
use people::Member;
use roadmap::Initiative;

words! {
    /// How much is made of a launch.
    pub enum Tier { Major = "major", Minor = "minor", Quiet = "quiet" }
}

words! {
    /// Whether it has reached users.
    pub enum ReleaseState { Planned = "planned", Released = "released" }
}

words! {
    /// What was decided about a launch.
    pub enum Go { Go = "go", NoGo = "no_go" says "no-go" }
}

noun! {
    /// A set of accepted features that reach users together, with the plan of its launch.
    pub struct Release in "release" {
        name: String,
        tier: Tier,
        state: ReleaseState,
        /// The day on which it is meant to reach users.
        target_on: Option<String>,
        /// The day on which it did.
        released_on: Option<String>,
        /// What was decided; none before that, and once more when its scope has changed since.
        go: Option<Go>,
        go_reason: String,
        go_at: Option<i64>,
        /// For whom above all.
        segment: Option<Id<Segment>>,
        /// What they are told.
        message: String,
        pricing: String,
        /// By which ways they hear of it.
        channels: String,
        /// What sales, support and the others need to know.
        enablement: String,
        risks: String,
        /// By which it will be seen whether it worked.
        measures: Packed<Vec<Id<Measure>>>,
        /// What is told of it, in Markdown.
        notes: String,
    } label(r) r.name.clone(); searched Some((r.name.clone(), [r.message.as_str(), r.notes.as_str()].join("\n")));
    about { many: "releases", read: Reading::Sees(Area::Commitments), place: "launch?show={id}", titled: true, found_by: "name", discussed: true,
      long: &["notes"], hushed: &["go_at", "measures"],
      heard: Heard { texts: &["message", "notes", "risks"], news: &["state", "go", "target_on"], ..Heard::NOTHING },
      called: &[("target_on", "meant for"), ("released_on", "released"), ("go", "go or no-go"), ("go_reason", "why"), ("message", "what is told"), ("notes", "release notes")],
      thread: Some(Strand { title: &["name"], state: "state", open: &[Fact::Is("state", &["planned"])],
        hangs: &[Hang { on: "feature", by: By::Tie(Tie::Ships), mend: "Say which features it ships",
          made: Some(Made { area: Area::Commitments, command: "release.ship", of: "release", on: "feature", undone: "release.unship" }) }],
        ..Strand::PLAIN }) }
}

noun! {
    /// Something that is to be done for a launch.
    pub struct LaunchTask in "launch_task" {
        release: Id<Release>,
        title: String,
        /// Who does it.
        doer: Option<Id<Member>>,
        due_on: Option<String>,
        done_at: Option<i64>,
    } label(t) t.title.clone();
    about { many: "launch-tasks", read: Reading::Of("release", "release"), part_of: "release", place: "launch?task={id}", titled: true,
      heard: Heard { whose: &["doer"], news: &["due_on"], ..Heard::NOTHING }, hushed: &["release", "done_at"], called: &[("doer", "who does it"), ("due_on", "due")] }
}

words! {
    /// What a bet did to its measure.
    pub enum Judged { Exceeded = "exceeded", Met = "met", Partly = "partly" says "partly met", Missed = "missed" }
}

impl Judged {
    /// Whether it came as was believed, or better.
    pub fn is_hit(self) -> bool {
        matches!(self, Judged::Exceeded | Judged::Met)
    }
}

words! {
    /// What becomes of what was built.
    pub enum NextStep { Keep = "keep" says "keep it", Change = "change" says "change it", Remove = "remove" says "remove it" }
}

noun! {
    /// What came of a released initiative.
    pub struct Outcome in "outcome" {
        initiative: Id<Initiative>,
        verdict: Judged,
        /// What was measured.
        measured: String,
        /// Where its measure stood.
        value: Option<f64>,
        /// How sure the verdict is, 0 to 1.
        confidence: Option<f64>,
        /// What shows it.
        evidence: String,
        learned: String,
        next_step: Option<NextStep>,
        /// How sure of it one was as a bet, 0 to 1, as the initiative said when it was judged.
        bet_confidence: Option<f64>,
        settled_on: String,
        member: Option<Id<Member>>,
        /// The initiative that was made to change or remove what was built.
        next_initiative: Option<Id<Initiative>>,
        /// The story that was made for it.
        next_story: Option<Id<Story>>,
    } label(o) format!("the outcome: {}", o.verdict.says()); searched Some((o.verdict.says().to_owned(), [o.measured.as_str(), o.evidence.as_str(), o.learned.as_str()].join("\n")));
    about { many: "outcomes", read: Reading::Of("initiative", "initiative"), part_of: "initiative", place: "outcomes?show={id}", found_by: "learned", discussed: true,
      hushed: &["initiative", "member", "bet_confidence"], shares: &["confidence", "bet_confidence"],
      heard: Heard { texts: &["measured", "evidence", "learned"], new: true, news: &["verdict"], ..Heard::NOTHING },
      called: &[("measured", "what was measured"), ("evidence", "what shows it"), ("learned", "what was learned"), ("next_step", "what next"), ("settled_on", "judged"), ("next_initiative", "what follows"), ("next_story", "what follows")],
      thread: Some(Strand { title: &["initiative"], state: "verdict", hangs: &[
          Hang { on: "initiative", by: By::Field("initiative"), mend: "", made: None },
          Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "",
            made: Some(Made { area: Area::Strategy, command: "outcome.support", of: "outcome", on: "evidence", undone: "outcome.unsupport" }) }], ..Strand::PLAIN }) }
}
