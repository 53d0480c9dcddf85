//! What a product has said about how it moves.

use kernel::{Area, Heard, Id, Reading, noun, words};
use people::Member;

words! {
    /// In sprints, or without.
    pub enum Way { Sprints = "sprints" says "in sprints", Flow = "flow" says "without sprints, in one flow" }
}

words! {
    /// The day of the week on which sprints begin.
    pub enum Begins {
        Monday = "monday" says "Monday", Tuesday = "tuesday" says "Tuesday", Wednesday = "wednesday" says "Wednesday",
        Thursday = "thursday" says "Thursday", Friday = "friday" says "Friday", Saturday = "saturday" says "Saturday", Sunday = "sunday" says "Sunday",
    }
}

noun! {
    /// How a product moves; there is one of each.
    pub struct Cadence in "cadence" {
        way: Way,
        /// On which day of the week a sprint begins.
        begins: Begins,
        /// For so many weeks.
        weeks: i64,
        /// What they are called, with their number in the place of `{n}`.
        names: String,
        /// So many are planned ahead by themselves; 0 where they are planned by hand.
        ahead: i64,
        /// Who has said so, in whose name they are planned.
        member: Id<Member>,
    } label(c) c.way.says().to_owned();
    about { many: "cadences", read: Reading::Sees(Area::Sprints), place: "cadence",
      heard: Heard { whose: &["member"], ..Heard::NOTHING },
      hushed: &["member"], called: &[("way", "works"), ("begins", "begin on"), ("weeks", "last so many weeks"), ("names", "are called"), ("ahead", "planned ahead")] }
}

/// Scrum Guide 2020: sprints are of one month or less.
pub(crate) const MOST_WEEKS: i64 = 4;
/// So many are planned ahead.
pub(crate) const MOST_AHEAD: i64 = 6;
