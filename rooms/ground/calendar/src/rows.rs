//! The calendar read: by people, by programs, and by whatever counts days.

use jiff::{ToSpan, civil::Date};
use kernel::{Column, JsonSchema, Look, Query, Refusal, Result, Serialize, Uuid, Value, answer, query};
use std::collections::{BTreeMap, BTreeSet};

/// So many entries are read; a team has fewer in any stretch that is looked at.
const MOST: i64 = 1_000;
/// So many days are counted.
const MOST_DAYS: usize = 1_500;

/// Days on which somebody does not work.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Absence {
    pub id: Uuid,
    pub member: Uuid,
    pub name: String,
    pub first_day: String,
    pub last_day: String,
}

/// The days of a product from one day to another: weekdays, but for its days off and for those of whoever does the work.
pub struct WorkDays {
    /// Days on which nobody works, with their names.
    pub holidays: BTreeMap<String, String>,
    /// Who is away when, by the first day.
    pub away: Vec<Absence>,
    /// Those who do the work: the developers, or everyone where there is none.
    pub team: Vec<(Uuid, String)>,
}

/// How much of a team is there in some days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Availability {
    /// Working days of all of them together, if nobody and nothing were off.
    pub of: i64,
    pub have: i64,
    /// Weekdays on which nobody works, with their names.
    pub holidays: Vec<String>,
    /// Who is away on how many days that are otherwise worked on.
    pub away: Vec<(String, i64)>,
}

/// The days of the product at hand on which nobody works, with their names, from one day to another, as 2026-11-23.
pub fn closed(look: &mut Look, from: &str, until: &str) -> Result<BTreeMap<String, String>> {
    let rows = look.query(
        "select on_day, name from holiday where product = $1 and removed_at is null and on_day >= $2 and on_day <= $3 order by on_day limit $4",
        &[look.scope.product_id()?.value(), Value::Text(from.to_owned()), Value::Text(until.to_owned()), Value::Int(MOST)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The same for the engine that forecasts: weekdays without the days on which nobody works.
pub fn weekdays_without(closed: &BTreeMap<String, String>) -> forecast::calendar::Calendar {
    let epoch = Date::constant(1970, 1, 1);
    let number = |day: &String| epoch.until(day.parse::<Date>().ok()?).ok().map(|span| span.get_days());
    let off: BTreeSet<i32> = closed.keys().filter_map(number).collect();
    forecast::calendar::Calendar { off, ..forecast::calendar::Calendar::weekdays() }
}

/// Reads the calendar of the product at hand from one day to another, as 2026-11-23, with who is away when.
pub fn read(look: &mut Look, from: &str, until: &str) -> Result<WorkDays> {
    let holidays = closed(look, from, until)?;
    let product = look.scope.product_id()?.value();
    let away = look.query(
        "select day_off.id, day_off.member, member.name, day_off.first_day, day_off.last_day
         from membership join day_off on day_off.member = membership.member join member on member.id = membership.member
         where membership.product = $1 and membership.removed_at is null and member.removed_at is null and day_off.removed_at is null
         and day_off.last_day >= $2 and day_off.first_day <= $3 order by day_off.first_day, day_off.id limit $4",
        &[product, Value::Text(from.to_owned()), Value::Text(until.to_owned()), Value::Int(MOST)],
    )?;
    let away = away
        .into_iter()
        .map(|mut row| Ok(Absence { id: row.take()?, member: row.take()?, name: row.take()?, first_day: row.take()?, last_day: row.take()? }))
        .collect::<Result<_>>()?;
    let mut team = people(look, " and hats like '%\"developer\"%'")?;
    if team.is_empty() {
        team = people(look, "")?;
    }
    Ok(WorkDays { holidays, away, team })
}

/// Members of the product at hand, by name.
fn people(look: &mut Look, also: &str) -> Result<Vec<(Uuid, String)>> {
    let rows = look.query(
        &format!(
            "select member.id, member.name from membership join member on member.id = membership.member
             where membership.product = $1 and membership.removed_at is null and member.removed_at is null{also} order by member.name, member.id limit $2"
        ),
        &[look.scope.product_id()?.value(), Value::Int(MOST)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The days from one to another, as far as they are counted.
fn days(from: &str, until: &str) -> impl Iterator<Item = Date> {
    let ends = (from.parse::<Date>().ok(), until.parse::<Date>().ok());
    let (from, until) = if let (Some(from), Some(until)) = ends { (from, until) } else { (Date::constant(1970, 1, 2), Date::constant(1970, 1, 1)) };
    from.series(1.days()).take_while(move |day| *day <= until).take(MOST_DAYS)
}

fn is_weekday(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5
}

impl WorkDays {
    /// The days on which work is done at all.
    pub fn working(&self, from: &str, until: &str) -> Vec<String> {
        days(from, until).filter(|day| is_weekday(*day)).map(|day| day.to_string()).filter(|day| !self.holidays.contains_key(day)).collect()
    }

    /// How much of the team is there from one day to another.
    pub fn availability(&self, from: &str, until: &str) -> Availability {
        let weekdays = days(from, until).filter(|day| is_weekday(*day)).count() as i64;
        let working = self.working(from, until);
        let holidays = self.holidays.iter().filter(|(day, _)| day.as_str() >= from && day.as_str() <= until);
        let holidays = holidays.filter(|(day, _)| day.parse().is_ok_and(is_weekday)).map(|(_, name)| name.clone()).collect();
        let gone = |member: Uuid| {
            let theirs: Vec<&Absence> = self.away.iter().filter(|absence| absence.member == member).collect();
            working.iter().filter(|day| theirs.iter().any(|absence| absence.first_day <= **day && **day <= absence.last_day)).count() as i64
        };
        let away: Vec<(String, i64)> = self.team.iter().map(|(member, name)| (name.clone(), gone(*member))).filter(|(_, days)| *days > 0).collect();
        let team = self.team.len() as i64;
        Availability { of: weekdays * team, have: working.len() as i64 * team - away.iter().map(|(_, days)| days).sum::<i64>(), holidays, away }
    }
}

impl Availability {
    /// The part of the team's days that is left, from 0 to 1; all where nobody does the work.
    pub fn share(&self) -> f64 {
        if self.of > 0 { self.have as f64 / self.of as f64 } else { 1.0 }
    }

    pub fn is_whole(&self) -> bool {
        self.have == self.of
    }
}

answer! {
    /// A day on which nobody works.
    pub struct Closed {
        pub day: String,
        pub name: String,
    }
    /// The days of a product.
    pub struct Days {
        /// Days on which nobody works.
        pub holidays: Vec<Closed>,
        /// Who is away when.
        pub away: Vec<Absence>,
        /// Days on which work is done.
        pub working: Vec<String>,
    }
}

query! {
    /// The working days of a product, its days off, and who is away when.
    pub struct ReadCalendar in "calendar.read" at "/products/{product}/calendar" -> Days {
        /// The first day, as 2026-11-23; today when left out.
        #[serde(default)]
        pub from: String,
        /// The last day; a quarter later when left out.
        #[serde(default)]
        pub until: String,
    }
}

impl Query for ReadCalendar {
    fn ask(self, look: &mut Look) -> Result<Days> {
        let day = |field: &str, text: &str, otherwise: i64| match text {
            "" => Ok(web::when::day(otherwise)),
            day => day.parse::<Date>().map(|day| day.to_string()).map_err(|_| Refusal::invalid(field, "Write the day as 2026-11-23.")),
        };
        let (from, until) = (day("from", &self.from, look.now())?, day("until", &self.until, look.now() + 91 * 86_400_000)?);
        let read = read(look, &from, &until)?;
        let working = read.working(&from, &until);
        Ok(Days { holidays: read.holidays.into_iter().map(|(day, name)| Closed { day, name }).collect(), away: read.away, working })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> WorkDays {
        let (ines, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let off = |member, first: &str, last: &str| Absence {
            id: Uuid::nil(),
            member,
            name: String::new(),
            first_day: first.into(),
            last_day: last.into(),
        };
        WorkDays {
            holidays: [("2026-12-25", "Christmas"), ("2026-12-26", "Boxing Day")].map(|(d, n)| (d.to_owned(), n.to_owned())).into(),
            away: vec![
                off(ines, "2026-12-23", "2026-12-28"),
                off(ines, "2026-12-24", "2026-12-24"),
                off(Uuid::from_u128(3), "2026-12-21", "2026-12-31"),
            ],
            team: vec![(ines, "Ines".into()), (jun, "Jun".into())],
        }
    }

    #[test]
    fn a_fortnight_over_christmas() {
        // Monday to Friday of the next week: ten weekdays, of which one is Christmas; Boxing Day is a Saturday.
        let there = calendar().availability("2026-12-21", "2027-01-01");
        assert_eq!((there.of, there.have), (20, 15));
        assert_eq!(there.holidays, ["Christmas"]);
        assert_eq!(there.away, [("Ines".to_owned(), 3)], "days count once, and only those that are worked on");
        assert_eq!(there.share(), 0.75);
    }

    #[test]
    fn days_that_make_no_sense_are_none() {
        assert_eq!(calendar().availability("2027-01-01", "2026-01-01"), Availability::default());
        assert_eq!(calendar().availability("x", "").share(), 1.0);
        assert!(calendar().working("0001-01-01", "9999-12-31").len() <= MOST_DAYS);
    }

    #[test]
    fn the_engine_rests_on_the_same_days() {
        let engine = weekdays_without(&calendar().holidays);
        let christmas = Date::constant(1970, 1, 1).until(Date::constant(2026, 12, 25)).unwrap().get_days();
        assert!(!engine.works(christmas) && engine.works(christmas - 1) && !engine.works(christmas + 2));
    }
}
