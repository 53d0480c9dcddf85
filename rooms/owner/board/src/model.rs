//! What keeps a story from going on, and the rule of the board.

use backlog::Story;
use kernel::{
    Heard, Id, Reading,
    erasure::{Copied, Goes, Said, Way},
    noun, words,
};
use people::Member;
use product::BoardColumn;

noun! {
    /// What keeps a story from going on, why, and who can lift it. That it is blocked stands on the story itself.
    pub struct Blocker in "blocker" {
        story: Id<Story>,
        reason: String,
        /// Who can lift it; nobody in particular where that is not known.
        lifter: Option<Id<Member>>,
        raised_by: Option<Id<Member>>,
        lifted_at: Option<i64>,
        lifted_by: Option<Id<Member>>,
        /// What was done about it.
        outcome: String,
    } label(b) b.reason.clone();
    about { many: "blockers", read: Reading::Of("story", "story"), part_of: "story", place: "blockers#blocker-{id}", titled: true,
      said: Some(Said { by: "raised_by", words: &["reason"], unless: "" }),
      copied: &[Copied { by: "story", way: Way::Into, field: "blocked_reason", goes: Goes::Same }],
      heard: Heard { texts: &["reason"], whose: &["lifter"], ..Heard::NOTHING }, hushed: &["story", "raised_by", "lifted_at", "lifted_by"],
      called: &[("lifter", "who can lift it"), ("outcome", "what was done about it")] }
}

words! {
    /// What happens when a card goes into a column that is at its limit.
    pub enum AtLimit { Warn = "warn" says "it is said on the column", Ask = "ask" says "it asks for a reason, which stands on the column" }
}

noun! {
    /// How the board of a product is kept.
    pub struct BoardRule in "board_rule" {
        at_limit: AtLimit,
    } label(_r) "the rule of the board".to_owned();
    about { many: "board-rules", one: "rule of the board", place: "board", called: &[("at_limit", "at the limit of a column")] }
}

noun! {
    /// That a card went into a column over its limit, and why.
    pub struct OverLimit in "over_limit" {
        story: Id<Story>,
        board_column: Id<BoardColumn>,
        reason: String,
        member: Option<Id<Member>>,
    } label(o) o.reason.clone();
    about { many: "over-limits", one: "card over a limit", read: Reading::Of("story", "story"), part_of: "story", titled: true,
      said: Some(Said { by: "member", words: &["reason"], unless: "" }), hushed: &["story", "member"], called: &[("board_column", "column")] }
}
