//! What a conversation is made of: comments, and signs under them.

use kernel::{
    Hat, Heard, Id, Moment, Reading, Result, Scope, Uuid,
    erasure::{self, Copied, Goes, Way},
    noun, words,
};
use people::Member;

/// The longest comment, in characters.
pub const MOST_TEXT: usize = 20_000;

words! {
    /// What a comment on a proposal asks for: an answer, or one before anything is settled.
    pub enum Asks { Question = "question", Objection = "objection" }
}

noun! {
    /// A remark on a thing. One that answers another belongs to its thread; what is said of a whole thread (that it is
    /// resolved, what it asks for) stands with its first comment.
    pub struct Comment in "comment" {
        about_noun: String,
        about_id: Uuid,
        about_label: String,
        parent: Option<Id<Comment>>,
        body: String,
        member: Id<Member>,
        assistant: Option<Uuid>,
        resolved_at: Option<i64>,
        /// Who wrote it in another tool, from which it was brought in; empty for what was written here.
        author: String,
        asks: Option<Asks>,
        /// Who resolved it, and under which hat where that was what let them.
        resolved_by: Option<Uuid>,
        resolved_hat: Option<Hat>,
        /// The comment with which it was answered.
        answer: Option<Id<Comment>>,
    } label(c) c.about_label.clone(); searched Some((c.about_label.clone(), c.body.clone()));
    about { many: "comments", read: Reading::Between(&[("about_noun", "about_id")]), place: "conversation?thread={id}#c-{id}", found_by: "body", part_of: "about_id",
      said: Some(erasure::Said { by: "member", words: &["body"], unless: "author" }),
      copied: &[Copied { by: "parent", way: Way::From, field: "body", goes: Goes::Lines }, Copied { by: "parent", way: Way::Beside, field: "body", goes: Goes::Lines }],
      heard: Heard { texts: &["body"], whose: &["member"], news: &["resolved_at"], new: true, answers: "parent", ..Heard::NOTHING },
      hushed: &["about_noun", "about_id", "about_label", "parent", "member", "assistant", "resolved_at", "asks", "resolved_by", "resolved_hat", "answer"],
      called: &[("body", "text")], points_at: &[("assistant", "member"), ("resolved_by", "member")] }
}

/// The thing that is talked about.
#[derive(Clone, Debug)]
pub struct Subject {
    pub noun: String,
    pub id: Uuid,
    /// What it is called.
    pub label: String,
}

impl Comment {
    /// What whoever asks says about a thing; it begins a thread.
    pub fn by(scope: &Scope, moment: &Moment, about: Subject, body: String) -> Result<Comment> {
        Ok(Comment {
            meta: moment.fresh(Some(scope.product_id()?)),
            about_noun: about.noun,
            about_id: about.id,
            about_label: about.label,
            parent: None,
            body,
            member: Id::new(scope.who.signed_in()?),
            assistant: scope.who.assistant,
            resolved_at: None,
            author: String::new(),
            asks: None,
            resolved_by: None,
            resolved_hat: None,
            answer: None,
        })
    }

    /// What it is about.
    pub fn subject(&self) -> Subject {
        Subject { noun: self.about_noun.clone(), id: self.about_id, label: self.about_label.clone() }
    }

    /// Whether whoever asks wrote it, or brought it in.
    pub fn is_by(&self, scope: &Scope) -> bool {
        Some(self.member.0) == scope.who.member && self.assistant == scope.who.assistant
    }
}

words! {
    /// The signs that there are.
    pub enum Sign {
        Agree = "agree" says "thumbs up", Thanks = "thanks" says "heart", Hooray = "hooray" says "party popper",
        Idea = "idea" says "light bulb", Seen = "seen" says "eyes",
    }
}

impl Sign {
    /// Its picture in the one set.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Sign::Agree => "thumbs-up",
            Sign::Thanks => "heart",
            Sign::Hooray => "party-popper",
            Sign::Idea => "lightbulb",
            Sign::Seen => "eye",
        }
    }
}

noun! {
    /// A sign that a member puts under a comment. It is read by whoever reads what the comment is about.
    pub struct Reaction in "reaction" {
        comment: Id<Comment>,
        about_noun: String,
        about_id: Uuid,
        member: Id<Member>,
        sign: Sign,
    } label(r) r.sign.says().to_owned();
    about { many: "reactions", made_anew: true, read: Reading::Between(&[("about_noun", "about_id")]), part_of: "comment",
      hushed: &["comment", "about_noun", "about_id", "member"] }
}
