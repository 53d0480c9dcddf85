//! Days on which nobody works, and days on which one member does not.

use kernel::{Area, Home, Id, Reading, noun};
use people::Member;

noun! {
    /// A day on which nobody in the product works.
    pub struct Holiday in "holiday" {
        /// As 2026-12-25.
        day: String,
        name: String,
    } label(h) format!("{} ({})", h.name, h.day);
    about { many: "holidays", read: Reading::Anyone, titled: true, place: "calendar" }
}

noun! {
    /// Days on which a member does not work, in whatever product: from the first to the last.
    pub struct DayOff in "day_off" {
        member: Id<Member>,
        first_day: String,
        last_day: String,
    } label(d) if d.first_day == d.last_day { d.first_day.clone() } else { format!("{} to {}", d.first_day, d.last_day) };
    about { many: "days-off", one: "day off", home: Home::Member, read: Reading::Company("member"), hushed: &["member"] }
}

/// What the calendar of a product is a matter of.
pub const AREA: Area = Area::Agreement;
