//! What can happen to the calendar.

use kernel::kinds;

kinds! {
    DAYS_TAKEN = "day_off.taken", "took off";
    DAYS_DROPPED = "day_off.dropped", "works after all on";
    HOLIDAY_ADDED = "holiday.added", "added the day off";
    HOLIDAY_REMOVED = "holiday.removed", "removed the day off";
}
