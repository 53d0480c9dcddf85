//! What is kept of a review: what came of it, what was shown, what was said.

use backlog::Story;
use customers::Evidence;
use kernel::{
    Area, By, Column, Hang, Heard, Id, Look, Noun, Reading, Ref, Refusal, Result, Strand, Uuid, Value,
    erasure::{Copied, Goes, Said, Way},
    fields::Pointed,
    noun,
};
use people::Member;
use sprint::Sprint;

noun! {
    /// What came of the review of a sprint.
    pub struct Review in "review" {
        sprint: Id<Sprint>,
        held_on: Option<String>,
        /// In Markdown.
        body: String,
    } label(_r) "review".to_owned();
    about { many: "reviews", read: Reading::Sees(Area::Sprints), part_of: "sprint", place: "review", hushed: &["sprint"],
      heard: Heard { texts: &["body"], news: &["body"], new: true, ..Heard::NOTHING }, called: &[("held_on", "day"), ("body", "what came of it")] }
}

noun! {
    /// What is shown of a story at a review, and by whom.
    pub struct DemoNote in "demo_note" {
        sprint: Id<Sprint>,
        story: Id<Story>,
        body: String,
        member: Option<Id<Member>>,
    } label(d) d.body.lines().next().unwrap_or_default().to_owned();
    about { many: "demo-notes", one: "demo note", titled: true, read: Reading::Sees(Area::Sprints), part_of: "sprint", told_new: &["body"], hushed: &["sprint", "member"],
      said: Some(Said { by: "member", words: &["body"], unless: "" }),
      heard: Heard { texts: &["body"], ..Heard::NOTHING }, called: &[("body", "what is shown")] }
}

noun! {
    /// What somebody said about an increment. The words themselves are evidence.
    pub struct ReviewFeedback in "review_feedback" {
        sprint: Id<Sprint>,
        /// The story that it is about; none where it is about all of it.
        story: Option<Id<Story>>,
        /// Who said it, as they say themselves; empty where a member did.
        name: String,
        member: Option<Id<Member>>,
        body: String,
        evidence: Id<Evidence>,
    } label(f) web::clipped(f.body.lines().next().unwrap_or_default(), 90);
    about { many: "review-feedback", one: "feedback at a review", titled: true, read: Reading::Sees(Area::Sprints), part_of: "sprint", told_new: &["body"], hushed: &["sprint", "member", "evidence"],
      said: Some(Said { by: "member", words: &["body"], unless: "" }),
      copied: &[Copied { by: "evidence", way: Way::Into, field: "quote", goes: Goes::Whole }],
      heard: Heard { new: true, ..Heard::NOTHING },
      thread: Some(Strand { title: &["body"], hangs: &[
        Hang { on: "story", by: By::Field("story"), mend: "", made: None },
        Hang { on: "evidence", by: By::Field("evidence"), mend: "", made: None }], ..Strand::PLAIN }) }
}

/// The sprint of a number or an id.
pub(crate) fn sprint(look: &mut Look, at: &Ref) -> Result<Sprint> {
    match at.resolve::<Sprint>(look.scope)? {
        Pointed::Id(id) => Sprint::get(look, id),
        Pointed::Number(number) => Sprint::all(look, "and number = $2", &[Value::Int(number)])?.pop().ok_or(Refusal::NotFound),
    }
}

/// What is kept of the review of a sprint, if anything is.
pub(crate) fn kept(look: &mut Look, sprint: Id<Sprint>) -> Result<Option<Review>> {
    Ok(Review::all(look, "and sprint = $2 order by id limit 1", &[sprint.value()])?.pop())
}

/// Ids of things as a list has them, each once.
pub(crate) fn each_once(ids: impl IntoIterator<Item = Uuid>) -> Value {
    kernel::list(ids.into_iter().collect::<std::collections::BTreeSet<_>>())
}
