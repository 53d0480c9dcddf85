//! Names of times, in the order of time and never of letters: `01.02.2026` is after `31.01.2026`, `W10` after `W9`,
//! `Jan` after the `Dec` that stands before it.

use crate::{
    Wrong,
    dates::{self, Grain},
    words, wrong,
};
use std::collections::BTreeMap;

/// Where a time stands; times with equal places are one.
#[derive(Clone, Copy, Debug)]
pub struct Place(f64, Option<Grain>);

impl Ord for Place {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place {}

/// How a column names times.
#[derive(Clone, Debug)]
pub enum Periods {
    /// Dates, nearly all of one length.
    Dates(dates::Column, Grain),
    /// Any numbers, such as seconds since 1970.
    Numbers,
    /// Times of one day.
    Clock,
    /// The same words and a number: `Sprint 9`.
    Numbered(String),
    /// Months, weeks, weekdays without their year, which follow one another in the file; the places of all of them.
    Around(BTreeMap<String, usize>),
}

/// Of so many names, one may be something else: the rows of that name are set aside.
const ODD: usize = 4;

impl Periods {
    /// Decides how names are read, from each that occurs, in the order of the file.
    ///
    /// # Errors
    /// They are in no form that is read, or in one that says too little.
    pub fn of(names: &[&str]) -> Result<Periods, Wrong> {
        let column = dates::Column::of(names.iter().copied());
        let mut grains: BTreeMap<Grain, usize> = BTreeMap::new();
        names.iter().filter_map(|name| column.read(name).ok()).for_each(|when| *grains.entry(when.grain).or_default() += 1);
        let most = grains.into_iter().max_by_key(|(_, count)| *count).map(|(grain, _)| grain);
        let dated = most.map(|grain| Periods::Dates(column.clone(), grain));
        let numbered = names.iter().find_map(|name| Some(Periods::Numbered(label(name)?.0)));
        let all = dated.into_iter().chain([Periods::Numbers, Periods::Clock]).chain(around(names).map(Periods::Around)).chain(numbered);
        // The form that reads most, of equals the first.
        let read = |periods: &Periods| names.iter().filter(|name| periods.place(name).is_ok()).count();
        let best = all.map(|periods| (read(&periods), periods)).reduce(|best, next| if next.0 > best.0 { next } else { best });
        match best {
            Some((count, periods)) if count > 0 && (names.len() - count) * ODD <= names.len() => Ok(periods),
            _ => wrong(no_form(names, &column)),
        }
    }

    /// Where a name stands.
    ///
    /// # Errors
    /// Why it cannot be told, as a sentence's end behind the name.
    pub fn place(&self, name: &str) -> Result<Place, String> {
        let number = |n: Option<f64>| n.filter(|n| n.is_finite()).map(|n| Place(n, None));
        match self {
            Periods::Dates(column, grain) => {
                let when = column.read(name).map_err(|why| why.to_string())?;
                match when.grain == *grain {
                    true => Ok(Place(when.millis() as f64, Some(when.grain))),
                    false => Err(format!("is a {}, while the others are {}s", when.grain.word(), grain.word())),
                }
            }
            Periods::Numbers => number(name.trim().parse().ok()).ok_or("is no number".into()),
            Periods::Clock => number(dates::time_of_day(name).map(|t| t.duration_since(jiff::civil::Time::midnight()).as_secs_f64()))
                .ok_or("is no time of day that can be read".into()),
            Periods::Numbered(wanted) => {
                number(label(name).filter(|(words, _)| words == wanted).map(|(_, n)| n)).ok_or("is no time that can be read".into())
            }
            Periods::Around(places) => number(places.get(&words(name)).map(|at| *at as f64)).ok_or("does not occur".into()),
        }
    }
}

/// `Sprint 9` as its words and its number.
fn label(name: &str) -> Option<(String, f64)> {
    let name = words(name);
    let digits = |c: char| c.is_ascii_digit();
    let (first, last) = (name.find(digits)?, name.rfind(digits)?);
    let number = name.get(first..=last)?.parse::<u32>().ok()?;
    Some((format!("{} # {}", name[..first].trim(), name[last + 1..].trim()), f64::from(number)))
}

/// Names that come round again (months, weeks, weekdays), where they follow one another in the file, forwards or
/// backwards, at most once round.
fn around(names: &[&str]) -> Option<BTreeMap<String, usize>> {
    let turns: Vec<(i32, i32)> = names.iter().map(|name| dates::within_a_round(name)).collect::<Option<_>>()?;
    let round = turns.first()?.1;
    if turns.iter().any(|(_, other)| *other != round) {
        return None;
    }
    // Steps that together go less than once round.
    let once = |steps: Vec<i32>| steps.iter().all(|step| *step > 0) && steps.iter().sum::<i32>() < round;
    let pairs = || turns.windows(2).map(|w| w[1].0 - w[0].0);
    let (rising, falling) = (pairs().all(|step| step > 0), pairs().all(|step| step < 0));
    let forwards = rising || (!falling && once(pairs().map(|step| step.rem_euclid(round)).collect()));
    let backwards = falling || once(pairs().map(|step| (-step).rem_euclid(round)).collect());
    let named = names.iter().map(|name| words(name));
    match (forwards, backwards) {
        (true, _) => Some(named.zip(0..).collect()),
        (false, true) => Some(named.rev().zip(0..).collect()),
        (false, false) => None,
    }
}

/// Why nothing fits.
fn no_form(names: &[&str], column: &dates::Column) -> String {
    let named: Vec<String> = names.iter().take(3).map(|name| format!("“{name}”")).collect();
    let named = named.join(", ");
    let why = names.iter().find_map(|name| match column.read(name) {
        Err(why @ (dates::Why::TwoWays(..) | dates::Why::NoYear)) => Some(format!("“{name}” {why}")),
        _ => dates::within_a_round(name).map(|_| format!("“{name}” has no year, and the rows are not in the order of time")),
    });
    match why {
        Some(why) => format!("The times cannot be put in order: {why}."),
        None => format!("The times cannot be put in order ({named}): write days, weeks, months, quarters or numbers."),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The names in the order of time.
    fn order(names: &[&str]) -> Vec<String> {
        let periods = Periods::of(names).unwrap();
        let mut sorted: Vec<&str> = names.iter().copied().filter(|name| periods.place(name).is_ok()).collect();
        sorted.sort_by_key(|name| periods.place(name).unwrap());
        sorted.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn times_are_ordered_as_times() {
        assert_eq!(order(&["30.01.2026", "31.01.2026", "01.02.2026"]), ["30.01.2026", "31.01.2026", "01.02.2026"]);
        assert_eq!(order(&["01.2027", "02.2026", "12.2026"]), ["02.2026", "12.2026", "01.2027"]);
        assert_eq!(order(&["2026-W10", "2026-W9"]), ["2026-W9", "2026-W10"]);
        assert_eq!(order(&["Q1 2027", "Q4 2026"]), ["Q4 2026", "Q1 2027"]);
        assert_eq!(order(&["Apr 2026", "Aug 2025", "Dec 2025", "Feb 2026"]), ["Aug 2025", "Dec 2025", "Feb 2026", "Apr 2026"]);
        assert_eq!(order(&["10", "9", "1587346920"]), ["9", "10", "1587346920"]);
        assert_eq!(order(&["10:05", "9:55"]), ["9:55", "10:05"]);
        assert_eq!(order(&["Sprint 10", "sprint 9"]), ["sprint 9", "Sprint 10"]);
        assert_eq!(order(&["v1 (beta)", "v12 (beta)", "v2 (beta)"]), ["v1 (beta)", "v2 (beta)", "v12 (beta)"]);
        assert_eq!(order(&["2025", "2026"]), ["2025", "2026"]);
    }

    #[test]
    fn what_comes_round_again_follows_the_file() {
        assert_eq!(order(&["Feb", "Mar", "Apr"]), ["Feb", "Mar", "Apr"]);
        assert_eq!(order(&["Nov", "Dec", "Jan"]), ["Nov", "Dec", "Jan"]);
        assert_eq!(order(&["Jan", "Dez", "Nov"]), ["Nov", "Dez", "Jan"]);
        assert_eq!(order(&["Februar", "Januar"]), ["Januar", "Februar"]);
        assert_eq!(order(&["W51", "W52", "W1", "W2"]), ["W51", "W52", "W1", "W2"]);
        assert_eq!(order(&["Q3", "Q4", "Q1"]), ["Q3", "Q4", "Q1"]);
        assert_eq!(order(&["Mon", "Tue", "Wed"]), ["Mon", "Tue", "Wed"]);
        assert!(Periods::of(&["Apr", "Aug", "Feb", "Jan", "Mar"]).unwrap_err().0.contains("no year"));
    }

    #[test]
    fn what_says_too_little_is_refused() {
        let said = |names: &[&str]| Periods::of(names).unwrap_err().0;
        assert!(said(&["before", "after"]).contains("“before”, “after”"));
        assert!(said(&["4/9/2025", "5/9/2025"]).contains("could be 2025-09-04 or 2025-04-09"));
        assert!(said(&[""]).contains("cannot be put in order"));
        let mostly = Periods::of(&["2026-01", "2026-02", "2026-03", "2026-04", "total"]).unwrap();
        assert!(mostly.place("total").is_err() && mostly.place("2026-03").unwrap() < mostly.place("04.2026").unwrap());
        assert!(mostly.place("2026-03-01").unwrap_err().contains("is a day, while the others are months"));
    }
}
