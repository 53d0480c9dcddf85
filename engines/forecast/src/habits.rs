//! Free days that the calendar denies: items finished on days it takes for free, and working days on which nobody
//! ever finishes anything.

use crate::{
    calendar::{WEEKDAYS, weekday},
    simulate::Team,
};

/// What a history says about a week against the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Items that were finished.
    pub items: usize,
    /// How many of them on weekdays that the calendar takes for free, and which these are.
    pub on_free: (usize, Vec<usize>),
    /// Weekdays that it takes for working days, with nothing ever finished on them.
    pub idle: Vec<usize>,
}

/// A share of items on free days that is worth a word, and the least number of them.
const WORTH_A_WORD: (f64, usize) = (0.1, 3);
/// How likely chance alone may be to leave a weekday empty.
const CHANCE: f64 = 0.01;

impl Habits {
    /// Of a team up to a day; `None` where history and calendar agree.
    pub fn against_calendar(team: &Team, today: i32) -> Option<Habits> {
        let items = team.history.between(i32::MIN, today);
        let mut counts = [0_usize; 7];
        items.iter().for_each(|i| counts[weekday(i.on)] += 1);
        let free: Vec<usize> = (0..7).filter(|d| !team.calendar.week[*d] && counts[*d] > 0).collect();
        let on_free: usize = free.iter().map(|d| counts[*d]).sum();
        let spoken = on_free >= WORTH_A_WORD.1 && on_free as f64 >= WORTH_A_WORD.0 * items.len() as f64;
        // Items of one day may be one batch, so days are counted.
        let mut days: Vec<i32> = items.iter().map(|i| i.on).collect();
        days.dedup();
        let working = team.calendar.week.iter().filter(|works| **works).count() as f64;
        let by_chance = working * ((working - 1.0) / working).powf(days.len() as f64);
        let idle: Vec<usize> = (0..7).filter(|d| team.calendar.week[*d] && counts[*d] == 0 && by_chance < CHANCE).collect();
        (spoken || !idle.is_empty()).then_some(Habits { items: items.len(), on_free: if spoken { (on_free, free) } else { (0, vec![]) }, idle })
    }
}

fn listed(days: &[usize], with: &str) -> String {
    let names: Vec<String> = days.iter().map(|d| format!("{}{with}", WEEKDAYS[*d])).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

impl std::fmt::Display for Habits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = vec![];
        let (on_free, free) = &self.on_free;
        if *on_free > 0 {
            let share = if *on_free == self.items { format!("All {} items", self.items) } else { format!("{on_free} of {} items", self.items) };
            told.push(format!("{share} were finished on {}, which the calendar takes for free days.", listed(free, "s")));
        }
        if !self.idle.is_empty() {
            let days = if self.idle.len() == 1 { "a working day" } else { "working days" };
            told.push(format!("Nothing of {} was ever finished on {}, which the calendar takes for {days}.", self.items, listed(&self.idle, "s")));
        }
        f.write_str(&told.join(" "))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        calendar::Calendar,
        history::{Finished, History},
    };

    fn told(days: impl Iterator<Item = i32>) -> Option<String> {
        let team = Team { history: History::new(days.map(Finished::on).collect()).unwrap(), calendar: Calendar::weekdays() };
        Habits::against_calendar(&team, 10_000).map(|h| h.to_string())
    }

    #[test]
    fn what_the_calendar_denies_is_said() {
        // Day 2 was a Saturday, day 1 a Friday.
        let weekends = (0..140).filter(|d| matches!(d % 7, 2 | 3));
        assert_eq!(told(weekends).as_deref().unwrap().split(", which").next(), Some("All 40 items were finished on Saturdays and Sundays"));
        let no_friday = (0..140).filter(|d| !matches!(d % 7, 1..=3));
        assert_eq!(told(no_friday).as_deref(), Some("Nothing of 80 was ever finished on Fridays, which the calendar takes for a working day."));
        let both = told((0..280).filter(|d| matches!(d % 7, 0 | 2))).unwrap();
        assert!(
            both.starts_with("40 of 80 items were finished on Saturdays") && both.contains("Mondays, Tuesdays, Wednesdays and Fridays"),
            "{both}"
        );
    }

    #[test]
    fn what_agrees_or_may_be_chance_is_not() {
        assert_eq!(told((0..140).filter(|d| Calendar::weekdays().works(*d))), None);
        assert_eq!(told((0..70).filter(|d| d % 7 == 0)), None, "ten Thursdays may be chance");
        assert_eq!(told((0..140).filter(|d| Calendar::weekdays().works(*d)).chain([2, 9])), None, "twice on a Saturday is no habit");
    }
}
