//! Days on which nobody works, and days on which one member does not.

use kernel::{Area, Home, Id, Reading, noun};
use people::Member;

noun! {
    /// A day on which nobody in the product works.
    pub struct Holiday in "holiday" {
        /// As 2026-12-25.
        on_day: String,
        name: String,
    } label(h) h.name.clone();
    about { many: "holidays", titled: true, place: "calendar", called: &[("on_day", "day")] }
}

noun! {
    /// Days on which a member does not work, in whatever product: from the first to the last.
    pub struct DayOff in "day_off" {
        member: Id<Member>,
        first_day: String,
        last_day: String,
    } label(d) span(&d.first_day, &d.last_day);
    about { many: "days-off", one: "day off", home: Home::Member, read: Reading::Company("member"), hushed: &["member"] }
}

/// "24 Dec 2026", "24 Dec 2026 to 2 Jan 2027".
fn span(first: &str, last: &str) -> String {
    match first == last {
        true => long_day(first),
        false => format!("{} to {}", long_day(first), long_day(last)),
    }
}

/// A day with its year.
pub(crate) fn long_day(day: &str) -> String {
    web::when::short_day(day, "-")
}

/// What the calendar of a product is a matter of.
pub const AREA: Area = Area::Agreement;
