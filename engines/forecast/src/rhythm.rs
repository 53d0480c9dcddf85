//! A rhythm in which work is finished: a review every second Thursday, the last working day of each month. What is
//! finished at such times comes in batches, so a forecast counts reviews and not days.
//!
//! ```
//! use forecast::{calendar::Calendar, history::{Finished, History}, rhythm::Rhythm};
//! // Five items every second Thursday; day 0 was one.
//! let history = History::new((0..10).flat_map(|n| vec![Finished::on(14 * n); 5]).collect())?;
//! let rhythm = Rhythm::find(&history, &Calendar::weekdays(), 0, 130).expect("ten of ten reviews");
//! assert_eq!(rhythm.to_string(), "every second Thursday");
//! assert_eq!(rhythm.days(&Calendar::weekdays(), 127, 160), [140, 154]);
//! # Ok::<(), forecast::Wrong>(())
//! ```

use crate::{
    calendar::{Calendar, WEEKDAYS, date, number, weekday},
    history::History,
};

/// Days of review that come again, as a history shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    beat: Beat,
    /// Reviews so far, and those at which something was finished.
    pub reviews: usize,
    pub kept: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Beat {
    /// Every so many weeks, on the weekday of a day that is one of them.
    Weeks { every: i32, one: i32 },
    /// A day of the month; the 31st is the last of any. On a free day it moves.
    Month { day: i8, moves: Moves },
    /// The first, second … or (0) last such weekday of a month.
    Weekday { nth: i8, weekday: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Moves {
    Not,
    /// To the working day before.
    Back,
    On,
}

/// Of the items so many must have been finished on days of the rhythm.
const ON_THE_BEAT: f64 = 0.8;
/// At so many of its reviews something must have been finished.
const KEPT: f64 = 0.6;
/// Reviews with something finished, fewer of which are no rhythm.
const FEWEST_REVIEWS: usize = 4;
/// How likely chance alone may be to bring such days.
const CHANCE: f64 = 0.01;

impl Rhythm {
    /// The rhythm of what was finished from one day to another; `None` where it shows none beyond chance.
    pub fn find(history: &History, calendar: &Calendar, first: i32, last: i32) -> Option<Rhythm> {
        let items = history.between(first, last);
        let mut days: Vec<(i32, usize)> = vec![];
        for item in items {
            match days.last_mut() {
                Some((day, count)) if *day == item.on => *count += 1,
                _ => days.push((item.on, 1)),
            }
        }
        let begun = days.first()?.0;
        let working = (begun..=last).filter(|d| calendar.works(*d)).count().max(1);
        // What is finished on two days of five has no one day of review.
        if days.len() < FEWEST_REVIEWS || days.len() * 5 > working * 2 {
            return None;
        }
        let beats = beats(begun);
        let fits = |beat: &Beat| {
            let reviews = beat.days(calendar, begun, last);
            let (mut on, mut kept) = (0, 0);
            for (day, count) in &days {
                if reviews.binary_search(day).is_ok() {
                    on += count;
                    kept += 1;
                }
            }
            let likely = chance(days.len(), kept, reviews.len() as f64 / working as f64) * beats.len() as f64;
            let holds = on as f64 >= ON_THE_BEAT * items.len() as f64 && kept as f64 >= KEPT * reviews.len() as f64;
            (holds && kept >= FEWEST_REVIEWS && likely < CHANCE).then_some((on, reviews.len(), kept))
        };
        let mut best: Option<(usize, Rhythm)> = None;
        for beat in &beats {
            if let Some((on, reviews, kept)) = fits(beat)
                && best.as_ref().is_none_or(|(most, known)| on > *most || (on == *most && reviews < known.reviews))
            {
                best = Some((on, Rhythm { beat: *beat, reviews, kept }));
            }
        }
        best.map(|(_, rhythm)| rhythm)
    }

    /// The days of review from one day to another, both included.
    pub fn days(&self, calendar: &Calendar, first: i32, last: i32) -> Vec<i32> {
        self.beat.days(calendar, first, last)
    }

    /// What was finished for each of these reviews; what was finished between two counts for the nearer.
    pub(crate) fn batches(history: &History, reviews: &[i32], first: i32, last: i32) -> Vec<f64> {
        let mut sums = vec![0.0; reviews.len()];
        for item in history.between(first, last) {
            let after = reviews.partition_point(|r| *r < item.on);
            let nearer = match (after.checked_sub(1), reviews.get(after)) {
                (Some(before), Some(next)) if item.on - reviews[before] < next - item.on => before,
                (_, Some(_)) => after,
                (before, None) => before.unwrap_or(0),
            };
            sums[nearer] += item.size;
        }
        sums
    }
}

/// All that are tried, the simplest first.
fn beats(begun: i32) -> Vec<Beat> {
    let mut found: Vec<Beat> = (1..=4).flat_map(|every| (0..7 * every).map(move |day| Beat::Weeks { every, one: begun + day })).collect();
    for day in std::iter::once(31).chain(1..=28) {
        found.extend([Moves::Back, Moves::Not, Moves::On].map(|moves| Beat::Month { day, moves }));
    }
    found.extend((0..=4).flat_map(|nth| (0..7).map(move |weekday| Beat::Weekday { nth, weekday })));
    found
}

/// At least how likely it is that of so many days so many fall on days of review by chance (a binomial's largest term).
fn chance(days: usize, on: usize, share: f64) -> f64 {
    let ways: f64 = (1..=days - on).map(|i| ((on + i) as f64 / i as f64).ln()).sum();
    (ways + on as f64 * share.min(1.0).ln()).exp()
}

impl Beat {
    fn days(&self, calendar: &Calendar, first: i32, last: i32) -> Vec<i32> {
        // What moves may move into the time that is asked about or out of it.
        let (from, to) = (first.saturating_sub(10), last.saturating_add(10));
        let mut found: Vec<i32> = match *self {
            Beat::Weeks { every, one } => {
                let step = 7 * every;
                let begin = from + (one - from).rem_euclid(step);
                (begin..=to).step_by(step as usize).map(|day| if calendar.off.contains(&day) { on(calendar, day) } else { day }).collect()
            }
            Beat::Month { day, moves } => months(from, to)
                .filter_map(|month| {
                    let day = number(month.with().day(day.min(month.days_in_month())).build().ok()?)?;
                    Some(match moves {
                        Moves::Not => day,
                        Moves::Back => (0..10).map(|d| day - d).find(|d| calendar.works(*d)).unwrap_or(day),
                        Moves::On => on(calendar, day),
                    })
                })
                .collect(),
            Beat::Weekday { nth, weekday: wanted } => months(from, to)
                .filter_map(|month| {
                    let first = number(month)?;
                    let day = first + (wanted as i32 - weekday(first) as i32).rem_euclid(7);
                    let end = first + i32::from(month.days_in_month()) - 1;
                    Some(if nth > 0 { day + 7 * (i32::from(nth) - 1) } else { day + (end - day) / 7 * 7 })
                })
                .collect(),
        };
        found.retain(|day| (first..=last).contains(day));
        found.dedup();
        found
    }
}

/// The next working day, if there is one near.
fn on(calendar: &Calendar, day: i32) -> i32 {
    (0..10).map(|d| day + d).find(|d| calendar.works(*d)).unwrap_or(day)
}

/// The first days of the months that touch a time.
fn months(from: i32, to: i32) -> impl Iterator<Item = jiff::civil::Date> {
    let first = date(from).map(|d| d.first_of_month());
    std::iter::successors(first, |month| month.checked_add(jiff::Span::new().months(1)).ok())
        .take_while(move |month| number(*month).is_some_and(|d| d <= to))
}

impl std::fmt::Display for Rhythm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.beat {
            Beat::Weeks { every, one } => {
                let often = ["", "second ", "third ", "fourth "][(every - 1) as usize];
                write!(f, "every {often}{}", WEEKDAYS[weekday(one)])
            }
            Beat::Month { day: 31, moves: Moves::Back } => f.write_str("on the last working day of each month"),
            Beat::Month { day: 31, .. } => f.write_str("on the last day of each month"),
            Beat::Month { day: 1, moves: Moves::On } => f.write_str("on the first working day of each month"),
            Beat::Month { day, moves } => {
                let end = match day {
                    1 | 21 => "st",
                    2 | 22 => "nd",
                    3 | 23 => "rd",
                    _ => "th",
                };
                let moved = match moves {
                    Moves::Not => "",
                    Moves::Back => " or the working day before it",
                    Moves::On => " or the working day after it",
                };
                write!(f, "on the {day}{end} of each month{moved}")
            }
            Beat::Weekday { nth, weekday } => {
                write!(f, "on the {} {} of each month", ["last", "first", "second", "third", "fourth"][nth as usize], WEEKDAYS[weekday])
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::history::Finished;
    use rand_pcg::{Pcg64Mcg, rand_core::Rng};

    fn day(text: &str) -> i32 {
        number(text.parse().unwrap()).unwrap()
    }

    /// Five items on each of these days.
    fn on_days(days: impl IntoIterator<Item = i32>) -> History {
        History::new(days.into_iter().flat_map(|d| vec![Finished::on(d); 5]).collect()).unwrap()
    }

    fn found(days: &[&str]) -> Option<String> {
        let days: Vec<i32> = days.iter().map(|d| day(d)).collect();
        Rhythm::find(&on_days(days.clone()), &Calendar::weekdays(), days[0] - 3, days[days.len() - 1] + 2).map(|r| r.to_string())
    }

    #[test]
    fn rhythms_are_found_and_named() {
        let weekly: Vec<i32> = (0..12).map(|n| day("2026-01-09") + 7 * n).collect();
        let name = |days: &[i32]| Rhythm::find(&on_days(days.to_vec()), &Calendar::weekdays(), days[0], days[days.len() - 1]).map(|r| r.to_string());
        assert_eq!(name(&weekly).as_deref(), Some("every Friday"));
        let third: Vec<i32> = (0..6).map(|n| day("2026-01-07") + 21 * n).collect();
        assert_eq!(name(&third).as_deref(), Some("every third Wednesday"));
        let ends = ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30"];
        assert_eq!(found(&ends).as_deref(), Some("on the last working day of each month"));
        let last_days = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"];
        assert_eq!(found(&last_days).as_deref(), Some("on the last day of each month"));
        let middles = ["2026-01-15", "2026-02-16", "2026-03-16", "2026-04-15", "2026-05-15", "2026-06-15"];
        assert_eq!(found(&middles).as_deref(), Some("on the 15th of each month or the working day after it"));
        let mondays = ["2026-01-05", "2026-02-02", "2026-03-02", "2026-04-06", "2026-05-04", "2026-06-01"];
        assert_eq!(found(&mondays).as_deref(), Some("on the first Monday of each month"));
        let saturdays: Vec<i32> = (0..8).map(|n| day("2026-01-10") + 14 * n).collect();
        assert_eq!(name(&saturdays).as_deref(), Some("every second Saturday"), "whatever the calendar says");
    }

    #[test]
    fn a_review_that_moved_or_was_missed_does_not_hide_the_rhythm() {
        let mut days: Vec<i32> = (0..12).filter(|n| *n != 5).map(|n| day("2026-01-08") + 14 * n).collect();
        days[3] -= 1;
        let history = on_days(days.clone());
        let rhythm = Rhythm::find(&history, &Calendar::weekdays(), days[0], days[10]).unwrap();
        assert_eq!((rhythm.to_string().as_str(), rhythm.reviews, rhythm.kept), ("every second Thursday", 12, 10));
        let reviews = rhythm.days(&Calendar::weekdays(), days[0], days[10]);
        let batches = Rhythm::batches(&history, &reviews, days[0], days[10]);
        assert_eq!((batches[3], batches[5]), (5.0, 0.0));
        let mut calendar = Calendar::weekdays();
        calendar.off.insert(days[10] + 14);
        assert_eq!(rhythm.days(&calendar, days[10] + 1, days[10] + 20), [days[10] + 15], "a review on a day off is held on the next working day");
    }

    #[test]
    fn chance_makes_no_rhythm() {
        let mut random = Pcg64Mcg::new(77);
        let mut below = |n: u64| ((u128::from(random.next_u64()) * u128::from(n)) >> 64) as i32;
        let mut wrong = 0;
        let tries = 2000;
        for turn in 0..tries {
            // From one item in three weeks to two a day.
            let items = 10 + turn % 40;
            let span = 60 + below(200);
            let mut days: Vec<i32> = (0..items).map(|_| 20_000 + below(span as u64)).filter(|d| Calendar::weekdays().works(*d)).collect();
            days.sort_unstable();
            let history = History::new(days.iter().map(|d| Finished::on(*d)).collect()).unwrap();
            wrong += usize::from(Rhythm::find(&history, &Calendar::weekdays(), 20_000, 20_000 + span).is_some());
        }
        assert!(wrong * 100 < tries as usize, "{wrong} of {tries}");
    }
}
