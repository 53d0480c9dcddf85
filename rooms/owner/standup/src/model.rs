//! What is said at a stand-up, the meeting of a day, and when the team is reminded.

use kernel::{Area, Heard, Id, Reading, erasure::Said, noun};
use people::Member;
use web::when;

/// Whoever sees the work reads what is said, and says theirs.
pub(crate) const AREA: Area = Area::Work;

/// Minutes that a stand-up takes until the team says otherwise, as the Scrum Guide has it.
pub const MINUTES: i64 = 15;

noun! {
    /// What one says at the stand-up of a day.
    pub struct StandupEntry in "standup_entry" {
        member: Id<Member>,
        /// The day where the product is at home, as 2026-11-23.
        on_day: String,
        /// What was done since the last one.
        yesterday: String,
        today: String,
        blocked: String,
    } label(e) format!("the stand-up of {}", when::short_day(&e.on_day, "-"));
    about { many: "standup-entries", one: "entry of a stand-up", read: Reading::Sees(AREA), place: "standup?entry={id}#entry-{id}",
      said: Some(Said { by: "member", words: &["yesterday", "today", "blocked"], unless: "" }), drafted: &["blocked"],
      heard: Heard { texts: &["yesterday", "today", "blocked"], ..Heard::NOTHING }, hushed: &["member", "on_day"], called: &[("yesterday", "since the last one"), ("blocked", "blocked by")] }
}

noun! {
    /// That the team stood together on a day, and what was noted of it.
    pub struct Standup in "standup" {
        on_day: String,
        began_at: i64,
        /// So long it was to take.
        minutes: i64,
        ended_at: Option<i64>,
        note: String,
    } label(s) format!("the stand-up of {}", when::short_day(&s.on_day, "-"));
    about { many: "standups", one: "stand-up", read: Reading::Sees(AREA), place: "standup?meeting={id}", hushed: &["on_day", "began_at", "ended_at"],
      heard: Heard { texts: &["note"], ..Heard::NOTHING } }
}

noun! {
    /// When the team is reminded of its stand-up, and how long one takes.
    pub struct StandupRule in "standup_rule" {
        /// As 09:15, where the product is at home; empty where nobody is reminded.
        remind_at: String,
        minutes: i64,
    } label(_r) "the stand-up".to_owned();
    about { many: "standup-rules", one: "rule of stand-ups", read: Reading::Sees(AREA), place: "standup", called: &[("remind_at", "reminded at")] }
}
