//! An update, and the draft of one.

use crate::audience::Audience;
use conversation::Comment;
use kernel::{Area, Heard, Id, Reading, Uuid, erasure::Said, noun, value::Packed, words};
use people::Member;

/// The longest update, in characters.
pub const MOST_TEXT: usize = conversation::MOST_TEXT;

words! {
    /// What an update tells of.
    pub enum Kind { Roadmap = "roadmap" says "vision and roadmap", Progress = "progress" says "progress" }
}

impl Kind {
    /// Who decides on what is said there.
    pub const fn area(self) -> Area {
        match self {
            Kind::Roadmap => Area::Announcements,
            Kind::Progress => Area::Progress,
        }
    }
}

noun! {
    /// What was told to whom it concerns. It stands as it was published.
    pub struct Update in "product_update" {
        kind: Kind,
        /// Who decides on it, by what it tells of.
        area: Area,
        title: String,
        /// In Markdown.
        body: String,
        member: Id<Member>,
        /// From when on, and up to when, the record was told.
        since: i64,
        until: i64,
        /// Whom it was meant for.
        audience: Packed<Audience>,
        /// The members who were told, as the audience came to when it was published.
        told: Packed<Vec<Uuid>>,
        /// Whoever holds a link to the updates reads it.
        by_link: bool,
    } label(u) u.title.clone(); searched Some((u.title.clone(), u.body.clone()));
    about { many: "updates", one: "update", read: Reading::OwnArea, place: "updates?show={id}", titled: true, found_by: "title", discussed: true,
      said: Some(Said { by: "member", words: &["title", "body"], unless: "" }), drafted: &["body"], long: &["body"],
      hushed: &["area", "member", "since", "until", "audience", "told", "by_link"], called: &[("body", "text"), ("kind", "tells of")],
      heard: Heard { texts: &["body"], whose: &["member"], addressed: &["told"], ..Heard::NOTHING } }
}

noun! {
    /// What somebody is writing; nobody else reads it before it is published or proposed.
    pub struct UpdateDraft in "update_draft" {
        member: Id<Member>,
        kind: Kind,
        title: String,
        body: String,
        /// Up to when the record was read when it was begun.
        until: i64,
    } label(d) format!("an update about {}", d.kind.says());
    about { many: "update-drafts", one: "draft of an update", made_anew: true, read: Reading::Own("member"),
      said: Some(Said { by: "member", words: &["title", "body"], unless: "" }), drafted: &["body"], long: &["body"], hushed: &["member", "kind", "until"],
      called: &[("body", "text")] }
}

words! {
    /// What became of a question.
    pub enum AskedState { Waits = "waits", Answered = "answered", PutAway = "put_away" says "put away" }
}

noun! {
    /// What somebody without an account asked about an update.
    pub struct UpdateQuestion in "update_question" {
        update_of: Id<Update>,
        /// The link by which they came.
        link: Uuid,
        /// Who they say they are.
        name: String,
        body: String,
        state: AskedState,
        answer: String,
        /// Where it stands in the thread.
        comment: Option<Id<Comment>>,
    } label(q) web::clipped(&q.body, 80);
    about { many: "update-questions", one: "question about an update", read: Reading::Says(Area::Announcements), part_of: "update_of",
      heard: Heard { new: true, ..Heard::NOTHING }, hushed: &["update_of", "link", "comment"], points_at: &[("link", "shared_link")] }
}

impl UpdateQuestion {
    /// What whoever gives no name is called.
    pub(crate) const NOBODY: &'static str = "Somebody";

    /// Who asks, as far as they say.
    pub(crate) fn by(&self) -> &str {
        if self.name.is_empty() { Self::NOBODY } else { &self.name }
    }
}
