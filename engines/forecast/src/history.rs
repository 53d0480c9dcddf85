//! What has been finished: throughput, cycle times, ages.
//!
//! ```
//! use forecast::history::{Finished, History, ages};
//! // Twenty items that took 1 to 20 days.
//! let items = (0..20).map(|n| Finished { on: 100 + n, started: Some(100), size: 1.0 }).collect();
//! let times = History::new(items)?.cycle_times().expect("ten or more say when they began");
//! assert_eq!(times, [10, 14, 17, 19]);
//! assert_eq!(ages(&[100], 117, &times)[0].passed, Some(0.85), "18 days old: older than 85 % became");
//! # Ok::<(), forecast::Wrong>(())
//! ```

use crate::{SURE, Wrong, calendar::Calendar, wrong};

/// Fewer finished items than this say nothing about the next ones.
pub const FEWEST: usize = 10;

/// A finished item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finished {
    /// The day it was finished, counted from 1970-01-01.
    pub on: i32,
    /// The day work on it began.
    pub started: Option<i32>,
    /// How much it was: 1 when items are counted, points when those are.
    pub size: f64,
}

impl Finished {
    /// One item, finished on a day.
    pub fn on(day: i32) -> Finished {
        Finished { on: day, started: None, size: 1.0 }
    }
}

/// Finished items in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct History(Vec<Finished>);

impl History {
    /// Any order will do; it is sorted here.
    ///
    /// # Errors
    /// Sizes that are negative or no number, and items that began after they ended.
    pub fn new(mut items: Vec<Finished>) -> Result<History, Wrong> {
        for (at, item) in items.iter().enumerate() {
            if !item.size.is_finite() || item.size < 0.0 {
                return wrong(format!("Item {} has the size {}; a size is zero or more.", at + 1, item.size));
            }
            if item.started.is_some_and(|started| started > item.on) {
                return wrong(format!("Item {} was finished before it was started.", at + 1));
            }
        }
        items.sort_by_key(|i| i.on);
        Ok(History(items))
    }

    pub fn items(&self) -> &[Finished] {
        &self.0
    }

    /// The items finished from one day to another, both included.
    pub fn between(&self, first: i32, last: i32) -> &[Finished] {
        let from = self.0.partition_point(|i| i.on < first);
        let to = self.0.partition_point(|i| i.on <= last).max(from);
        &self.0[from..to]
    }

    /// What was finished on each working day from one day to another. What was finished on a free day counts for
    /// the next working day, the last of them for the last.
    pub fn by_day(&self, calendar: &Calendar, first: i32, last: i32) -> Vec<f64> {
        let mut days = vec![];
        let mut waiting = 0.0;
        let mut items = self.between(first, last).iter().peekable();
        for day in first..=last {
            while let Some(item) = items.next_if(|i| i.on == day) {
                waiting += item.size;
            }
            if calendar.works(day) {
                days.push(std::mem::take(&mut waiting));
            }
        }
        if let Some(last) = days.last_mut() {
            *last += waiting;
        }
        days
    }

    /// Days from start to finish, the first and the last both counted, at the four percentiles of [`SURE`]: the
    /// usual service level expectation. `None` when fewer than ten items say when they were started.
    pub fn cycle_times(&self) -> Option<[i32; 4]> {
        let mut days: Vec<i32> = self.0.iter().filter_map(|i| i.started.map(|s| i.on - s + 1)).collect();
        days.sort_unstable();
        (days.len() >= FEWEST).then(|| SURE.map(|share| days[nearest_rank(days.len(), share)]))
    }
}

/// Where the value stands that `share` of `n` sorted ones do not exceed.
pub(crate) fn nearest_rank(n: usize, share: f64) -> usize {
    ((n as f64 * share).ceil() as usize).clamp(1, n) - 1
}

/// How old work in progress is, and against what: the highest percentile of the cycle times that it has passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Age {
    pub days: i32,
    /// `None`: younger than half of the finished ones were.
    pub passed: Option<f64>,
}

/// Ages of what was started and is not finished, on a day.
pub fn ages(started: &[i32], today: i32, cycle_times: &[i32; 4]) -> Vec<Age> {
    let age = |started: &i32| {
        let days = today - started + 1;
        Age { days, passed: SURE.iter().zip(cycle_times).rev().find(|(_, limit)| days > **limit).map(|(share, _)| *share) }
    };
    started.iter().map(age).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn free_days_count_for_the_next_working_day() {
        // Days 2 and 3 are a weekend, 4 is a Monday.
        let history = History::new([0, 2, 3, 4, 9].map(Finished::on).to_vec()).unwrap();
        assert_eq!(history.by_day(&Calendar::weekdays(), 0, 5), [1.0, 0.0, 3.0, 0.0]);
        assert_eq!(history.by_day(&Calendar::weekdays(), 0, 3), [1.0, 2.0]);
        assert_eq!(history.between(2, 4).len(), 3);
        assert!(history.by_day(&Calendar::weekdays(), 5, 1).is_empty());
    }

    #[test]
    fn cycle_times_and_ages() {
        let items = (1..=100).map(|n| Finished { on: 200, started: Some(201 - n), size: 1.0 }).collect();
        let times = History::new(items).unwrap().cycle_times().unwrap();
        assert_eq!(times, [50, 70, 85, 95]);
        let found = ages(&[0, 86, 60], 100, &times);
        assert_eq!((found[0].passed, found[1].passed, found[2].passed), (Some(0.95), None, None));
        assert_eq!(ages(&[10], 100, &times)[0], Age { days: 91, passed: Some(0.85) });
        assert!(History::new(vec![Finished::on(1)]).unwrap().cycle_times().is_none());
    }

    #[test]
    fn impossible_items_are_named() {
        assert!(History::new(vec![Finished { on: 1, started: Some(2), size: 1.0 }]).is_err());
        assert!(History::new(vec![Finished { on: 1, started: None, size: f64::NAN }]).is_err_and(|w| w.0.contains("Item 1")));
    }
}
