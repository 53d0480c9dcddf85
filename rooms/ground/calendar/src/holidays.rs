//! The days on which nobody in a product works: written one by one, or brought in from a calendar file.

use crate::{events::*, ics, model::*};
use kernel::{Command, Day, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Words, command};
use std::collections::BTreeSet;

command! {
    /// Adds a day on which nobody in the product works.
    pub struct AddHoliday in "holiday.add" at Post "/products/{product}/holidays" [Agreement] {
        /// As 2026-12-25.
        pub day: Day,
        pub name: Line<100>,
    }
}

impl Command for AddHoliday {
    /// The days that are off already.
    type Before = BTreeSet<String>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        known(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("A day off: {}, {}", self.name, long_day(&self.day))
    }
    fn decide(self, known: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if known.contains(&*self.day) {
            return Err(Refusal::invalid("day", "Nobody works on this day already."));
        }
        let holiday = Holiday { meta: moment.fresh(Some(scope.product_id()?)), on_day: self.day.to_string(), name: self.name.into() };
        Ok(Event::created(&HOLIDAY_ADDED, &holiday).into())
    }
}

command! {
    /// Brings in the days off of a calendar file (.ics), such as a country's public holidays; days that are off already stay as they are.
    pub struct BringInHolidays in "holiday.bring_in" at Post "/products/{product}/holidays/from-file" [Agreement] {
        /// The text of the file.
        pub ics: Words<400_000>,
        /// Only days of this year.
        pub year: Option<i64>,
    }
}

impl Command for BringInHolidays {
    type Before = BTreeSet<String>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        known(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        match (ics::name(&self.ics), self.year) {
            (Some(name), Some(year)) => format!("Days off: {name}, {year}"),
            (Some(name), None) => format!("Days off: {name}"),
            (None, Some(year)) => format!("Days off of {year} from a calendar file"),
            (None, None) => "Days off from a calendar file".into(),
        }
    }
    fn decide(self, known: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let year = self.year.map(|year| format!("{year}-"));
        let found = ics::days(&self.ics, moment.now)?;
        let fresh: Vec<_> =
            found.into_iter().filter(|(day, _)| !known.contains(day) && year.as_ref().is_none_or(|year| day.starts_with(year))).collect();
        if fresh.is_empty() {
            return Err(Refusal::invalid("ics", "Every day in this file is off already, or is past."));
        }
        let events = fresh.into_iter().map(|(day, name)| {
            let holiday = Holiday { meta: moment.fresh(Some(product)), on_day: day, name };
            Event::created(&HOLIDAY_ADDED, &holiday)
        });
        Ok(events.collect::<Vec<_>>().into())
    }
}

command! {
    /// Takes a day off out of the product's calendar.
    pub struct RemoveHoliday in "holiday.remove" at Delete "/products/{product}/holidays/{holiday}" [Agreement] {
        pub holiday: Id<Holiday>,
    }
}

impl Command for RemoveHoliday {
    type Before = Holiday;

    fn load(&self, look: &mut Look) -> Result<Holiday> {
        Holiday::get(look, self.holiday)
    }
    fn title(&self, before: &Holiday) -> String {
        format!("Work on {}, {}", before.name, long_day(&before.on_day))
    }
    fn decide(self, before: Holiday, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&HOLIDAY_REMOVED, &before, moment.now).into())
    }
}

fn known(look: &mut Look) -> Result<BTreeSet<String>> {
    Ok(Holiday::all(look, "", &[])?.into_iter().map(|holiday| holiday.on_day).collect())
}
