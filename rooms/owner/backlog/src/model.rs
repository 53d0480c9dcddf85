//! Stories and their criteria.

use kernel::{Area, By, Fact, Gap, Hang, Heard, Id, Made, Mend, Rank, Reading, Refusal, Result, Strand, Tally, Uuid, noun, value::Packed, words};
use people::Member;
use product::BoardColumn;
pub use product::Stage;
use roadmap::Feature;
use std::collections::BTreeMap;

words! {
    /// What kind of backlog item it is.
    pub enum StoryKind { Story = "story", Bug = "bug", Task = "task", Spike = "spike" }
}

const UNFINISHED: Fact = Fact::Is("stage", &["open", "doing", "handed_over"]);

noun! {
    /// A backlog item; what the Owner orders.
    pub struct Story in "story" {
        number: i64,
        kind: StoryKind,
        title: String,
        body: String,
        /// As a …
        persona: String,
        /// I want …
        wants: String,
        /// so that …
        so_that: String,
        points: Option<f64>,
        feature: Option<Id<Feature>>,
        rank: Rank,
        stage: Stage,
        board_column: Option<Id<BoardColumn>>,
        /// Its sprint; the noun is the sprint room's, which lies downstream.
        sprint: Option<Uuid>,
        assignee: Option<Id<Member>>,
        labels: Packed<Vec<String>>,
        ready_at: Option<i64>,
        started_at: Option<i64>,
        handed_over_at: Option<i64>,
        /// When it was accepted or dropped.
        settled_at: Option<i64>,
        blocked_since: Option<i64>,
        blocked_reason: String,
        /// `jira:ABC-1`: where it came from; a second import finds it by this.
        origin: Option<String>,
        origin_url: Option<String>,
        /// Columns of an import that Tandem has no field for.
        extra: Packed<BTreeMap<String, String>>,
        /// What the file said at the last import, field by field; long texts by their digest.
        imported: Packed<BTreeMap<String, String>>,
        /// The lines of the definition of ready that people found to hold.
        found_ready: Packed<Vec<String>>,
        /// The story of another product that it went on as.
        moved_to: Option<Uuid>,
        /// The persona it is for; the noun is the research room's. Its name stands in `persona` too.
        persona_of: Option<Uuid>,
        /// Hints about its text that somebody put aside, each by what it rests on.
        hints_off: Packed<Vec<String>>,
        /// When somebody said that it is still wanted, however long nothing was done about it.
        wanted_at: Option<i64>,
    } label(s) s.title.clone(); searched Some((s.title.clone(), searched_text(s))); veil(sees) if !sees(Area::Estimates) { s.points = None; s.imported.0.clear() };
    about { many: "stories", read: Reading::Sees(Area::Backlog), veiled: &[("points", Area::Estimates), ("imported", Area::Estimates)], place: "story/{which}", keyed: true, titled: true,
      found_by: "title", discussed: true, long: &["body", "extra", "imported"],
      heard: Heard { texts: &["body"], whose: &["assignee"], news: &["body", "stage", "blocked_since"], ..Heard::NOTHING },
      hushed: &["stage", "ready_at", "started_at", "handed_over_at", "settled_at", "blocked_since", "origin", "origin_url", "extra", "imported", "moved_to", "persona_of", "hints_off", "wanted_at"],
      noted: &["origin", "origin_url", "extra", "imported"],
      called: &[("kind", "type"), ("points", "size"), ("body", "notes"), ("persona", "as a"), ("wants", "I want"), ("so_that", "so that"), ("board_column", "column"),
        ("assignee", "works on it"), ("blocked_reason", "what blocks it"), ("found_ready", "holds")],
      points_at: &[("sprint", "sprint"), ("moved_to", "story"), ("persona_of", "persona")], beside: &["sprint_story", "story_span"],
      thread: Some(Strand { state: "stage", open: &[UNFINISHED],
        tally: Some(Tally { table: "story_tally", on: "feature", by: "stage", all: "stories", set: ("ready_at", "ready") }),
        hangs: &[Hang { on: "feature", by: By::Field("feature"), mend: "Hang it on a feature",
          made: Some(Made { area: Area::Backlog, command: "story.set", of: "stories", on: "feature", undone: "" }) },
          Hang { on: "outcome", by: By::TheirField("next_story"), mend: "", made: None }],
        gaps: &[Gap { name: "Stories without a feature", area: Area::Backlog, when: &[UNFINISHED, Fact::Bare("feature")], order: "stage, rank",
          mend: Mend::Join { with: "feature", says: "Hang it on a feature" } }],
        ..Strand::PLAIN }) }
}

fn searched_text(s: &Story) -> String {
    // The first part of a very long text is enough to find it by.
    let body: String = s.body.chars().take(20_000).collect();
    [body.as_str(), &s.persona, &s.wants, &s.so_that, &s.labels.join(" "), s.origin.as_deref().unwrap_or("")].join("\n")
}

words! {
    /// How a criterion is written.
    pub enum Form { Rule = "rule", Scenario = "scenario" }
}

words! {
    /// What is known about a criterion; `stale` means it was edited after it was checked.
    pub enum CriterionState { None = "none" says "not checked", Passing = "passing" says "passes", Failing = "failing" says "fails", Stale = "stale" says "changed since it was checked" }
}

noun! {
    /// One acceptance criterion; `ORB-42.3` is the third of story 42.
    pub struct Criterion in "criterion" {
        story: Id<Story>,
        number: i64,
        rank: Rank,
        form: Form,
        body: String,
        state: CriterionState,
        checked_by: Option<Id<Member>>,
        checked_at: Option<i64>,
        note: String,
        /// When its text was changed last: what ran before has tested another one.
        edited_at: Option<i64>,
        /// Its tests passed and failed on the same commit.
        flaky: bool,
    } label(c) c.body.lines().next().unwrap_or("").to_owned();
    about { many: "criteria", read: Reading::Sees(Area::Backlog), titled: true, part_of: "story", hushed: &["checked_by", "checked_at", "edited_at"],
      heard: Heard { texts: &["body", "note"], turns: &[("state", "failing")], ..Heard::NOTHING },
      called: &[("body", "text"), ("state", "result")],
      thread: Some(Strand { title: &["body"], state: "state", hangs: &[Hang { on: "story", by: By::Field("story"), mend: "", made: None }],
        gaps: &[Gap { name: "Criteria of stories at work that nobody has verified", area: Area::Work, order: "story, number",
          when: &[Fact::On("story", &[Fact::Is("stage", &["doing", "handed_over"])]), Fact::Is("state", &["none", "stale"])],
          mend: Mend::Acts(&[("criterion.check", "criterion", &[("passes", "true")], "It passes"), ("criterion.check", "criterion", &[("passes", "false")], "It fails")]) }],
        ..Strand::PLAIN }) }
}

/// Points are small and not negative.
pub fn points(value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(p) if !(0.0..=1000.0).contains(&p) => Err(Refusal::invalid("points", "An estimate is between 0 and 1000 points.")),
        fine => Ok(fine),
    }
}

/// Labels: trimmed, each once, at most 40 characters and 30 of them.
pub fn labels(given: &[String]) -> Result<Packed<Vec<String>>> {
    let mut labels: Vec<String> = vec![];
    for label in given.iter().map(|l| l.trim()).filter(|l| !l.is_empty()) {
        if label.chars().count() > 40 || label.contains('\0') {
            return Err(Refusal::invalid("labels", format!("The label {label:?} is too long; 40 characters fit.")));
        }
        if !labels.iter().any(|known| known == label) {
            labels.push(label.to_owned());
        }
    }
    match labels.len() {
        0..=30 => Ok(Packed(labels)),
        n => Err(Refusal::invalid("labels", format!("{n} labels are too many; 30 fit."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_kept_once() {
        assert_eq!(labels(&[" a ".into(), "a".into(), "".into(), "b".into()]).map(|l| l.0), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert!(labels(&["x".repeat(41)]).is_err());
    }
}
