//! How old a card is, against how long the stories of this product take.

use kernel::{Column, Look, Result};

const DAY: i64 = 86_400_000;
/// So many of the last accepted stories are looked at, and so many are needed before they say anything.
const LOOKED_AT: i64 = 100;
const NEEDED: usize = 10;

/// Days from the beginning of work to its end, both counted.
pub fn age(started: i64, until: i64) -> i64 {
    (until.div_euclid(DAY) - started.div_euclid(DAY)).max(0) + 1
}

/// How long the last accepted stories took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Half of them took at most so many days.
    pub half: i64,
    /// 85 % of them took at most so many.
    pub most: i64,
    pub count: usize,
}

impl Pace {
    /// Of the days that each took; nothing where too few say something.
    fn of(mut days: Vec<i64>) -> Option<Pace> {
        days.sort_unstable();
        let at = |percent: usize| days.get((days.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        (days.len() >= NEEDED).then_some(())?;
        Some(Pace { half: at(50)?, most: at(85)?, count: days.len() })
    }
}

/// The pace of the product at hand: of so many stories that were accepted last, read from the index of what is settled.
pub fn pace(look: &mut Look) -> Result<Option<Pace>> {
    let product = look.scope.product_id()?;
    let sql = format!(
        "select settled_at, started_at from story where product = $1 and stage = 'accepted' and settled_at is not null and removed_at is null
         order by settled_at desc limit {LOOKED_AT}"
    );
    let mut days = vec![];
    for mut row in look.query(&sql, &[product.value()])? {
        let (settled, started): (i64, Option<i64>) = (row.take()?, row.take()?);
        days.extend(started.map(|started| age(started, settled)));
    }
    Ok(Pace::of(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_are_counted() {
        assert_eq!(age(5 * DAY, 5 * DAY + 9), 1);
        assert_eq!(age(5 * DAY + 9, 7 * DAY), 3);
        assert_eq!(age(7 * DAY, 5 * DAY), 1, "clocks that differ make no age less than a day");
    }

    #[test]
    fn half_and_most_are_told_of_enough() {
        assert_eq!(Pace::of((1..10).collect()), None);
        assert_eq!(Pace::of((1..=20).rev().collect()), Some(Pace { half: 10, most: 17, count: 20 }));
        assert_eq!(Pace::of(vec![3; 10]), Some(Pace { half: 3, most: 3, count: 10 }));
    }
}
