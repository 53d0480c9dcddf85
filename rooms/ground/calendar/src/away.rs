//! A member's own days off: everyone's own matter, in all their products at once.

use crate::{events::*, model::*};
use kernel::{Authority, Command, Day, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Value, Waits, command};
use web::when;

/// So many of one's own stand in the calendar at once.
const MOST: usize = 200;
/// So many days at once.
const LONGEST: i64 = 366;

command! {
    /// Says on which days one does not work.
    pub struct TakeDaysOff in "day_off.take" at Post "/account/days-off" [] {
        /// As 2026-12-24.
        pub first_day: Day,
        /// The same day where it is left out.
        pub last_day: Option<Day>,
    }
}

impl Command for TakeDaysOff {
    /// What one has taken off already.
    type Before = Vec<DayOff>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        DayOff::all(look, "and last_day >= $2", &[Value::Text(when::day(look.now()))])
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Take {} off", long_day(&self.first_day))
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let first_day = self.first_day.to_string();
        let last_day = self.last_day.map_or_else(|| first_day.clone(), |day| day.to_string());
        match when::days_between(&first_day, &last_day) {
            0..=LONGEST => {}
            ..0 => return Err(Refusal::invalid("last_day", "The last day is before the first.")),
            _ => return Err(Refusal::invalid("last_day", "That is more than a year; say it in parts.")),
        }
        if before.len() >= MOST {
            return Err(Refusal::invalid("first_day", format!("{MOST} entries are enough for what is to come.")));
        }
        if before.iter().any(|known| known.first_day <= first_day && last_day <= known.last_day) {
            return Err(Refusal::invalid("first_day", "You have these days off already."));
        }
        let day_off = DayOff { meta: moment.fresh(None), member: Id::new(scope.who.signed_in()?), first_day, last_day };
        Ok(Event::created(&DAYS_TAKEN, &day_off).into())
    }
}

command! {
    /// Takes one's days off back.
    pub struct DropDaysOff in "day_off.drop" at Delete "/account/days-off/{day_off}" [] {
        pub day_off: Id<DayOff>,
    }
}

impl Command for DropDaysOff {
    type Before = DayOff;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<DayOff> {
        DayOff::get(look, self.day_off)
    }
    fn title(&self, _: &DayOff) -> String {
        "Work after all".into()
    }
    fn decide(self, before: DayOff, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&DAYS_DROPPED, &before, moment.now).into())
    }
}
