//! What was promised against what the record of delivery tells: for each bet in Now its window, and by when its stories are
//! likely to be accepted, all of them in one run; and the same of one bet or feature that is looked at.

use crate::{
    rows::{self, AHEAD_OF_LAST, LAST, Read, UNDONE},
    work,
};
use forecast::SURE;
use kernel::{Column, Look, Ref, Result, Value};
use std::time::Duration;
use web::{
    At,
    app::{Bench, Worked},
    when,
};

/// A bet in Now.
#[derive(Clone, Debug, PartialEq)]
pub struct Bet {
    pub number: i64,
    pub title: String,
    /// The end of its window.
    pub until: Option<String>,
    /// Stories of it that are still to be done.
    pub left: usize,
    /// How many stories stand before the end of its last one, itself included.
    pub ahead: usize,
}

/// The bets in Now, and what a forecast of them rests on.
pub struct Promised {
    bets: Vec<Bet>,
    read: Read,
}

impl Promised {
    /// The bets in the order of the roadmap.
    pub fn bets(&self) -> &[Bet] {
        &self.bets
    }
}

/// So many bets are looked at where nobody asks for more.
const MOST: i64 = 6;

pub fn promised(look: &mut Look) -> Result<Promised> {
    promised_of(look, MOST)
}

/// The same of so many bets in Now.
pub fn promised_of(look: &mut Look, most: i64) -> Result<Promised> {
    let product = look.scope.product_id()?;
    // The last story of each bet is looked for once and joined, not asked for anew at every story that is counted.
    let sql = format!(
        "with bet as (
           select number, title, ends_on, rank as place,
                  (select cast(coalesce(sum(stories), 0) as bigint) from feature
                   join story_tally tally on tally.product = feature.product and tally.feature = feature.id and tally.stage in {UNDONE}
                   where feature.initiative = initiative.id and feature.removed_at is null) as still,
                  (select story.id from feature
                   join story on story.product = feature.product and story.feature = feature.id and story.stage in {UNDONE} and story.removed_at is null
                   where feature.initiative = initiative.id and feature.removed_at is null {LAST}) as last_id
           from initiative where product = $1 and horizon = 'now' and state = 'open' and removed_at is null order by rank limit $2)
         select bet.number, bet.title, bet.ends_on, bet.still, {AHEAD_OF_LAST}
         from bet left join story last on last.id = bet.last_id order by bet.place"
    );
    let rows = look.query(&sql, &[product.value(), Value::Int(most)])?;
    let bet = |mut row: kernel::Row| {
        Ok(Bet { number: row.take()?, title: row.take()?, until: row.take()?, left: rows::size(row.take()?), ahead: rows::size(row.take()?) })
    };
    let bets: Vec<Bet> = rows.into_iter().map(bet).collect::<Result<_>>()?;
    let ahead = bets.iter().map(|bet| bet.ahead).max().unwrap_or_default();
    Ok(Promised { read: rows::read(look, ahead)?, bets })
}

/// By when each bet, or the one thing that was asked about, is likely to be done, at each percentile.
pub struct Likely(Vec<[Option<i32>; 4]>);

const DAY: i64 = 86_400_000;
/// How sure one wants to be who has promised something.
const SURELY: f64 = 0.85;

pub(crate) fn told(day: i32) -> String {
    when::day(i64::from(day) * DAY)
}

impl Likely {
    /// The day by which a bet, by its place, is done in 85 of 100 ways that it may go; none where it is too far to tell.
    pub fn surely_by(&self, bet: usize) -> Option<String> {
        self.at(bet).find(|(share, _)| *share == SURELY).and_then(|(_, day)| day)
    }

    /// The same at each percentile: how sure, and the day.
    pub fn at(&self, bet: usize) -> impl Iterator<Item = (f64, Option<String>)> + '_ {
        let days = self.0.get(bet).copied().unwrap_or_default();
        SURE.iter().copied().zip(days.map(|day| day.map(told)))
    }
}

/// A page waits so long for it.
const MOMENT: Duration = Duration::from_millis(400);

/// Works out by when they are likely to be done; nothing where nothing is left to do.
pub async fn likely(at: &At, promised: &Promised) -> Result<Option<Worked<Likely>>> {
    let ends: Vec<usize> = promised.bets.iter().map(|bet| if bet.left == 0 { 0 } else { bet.ahead }).collect();
    if ends.iter().all(|end| *end == 0) {
        return Ok(None);
    }
    worked(at, promised.read.clone(), ends).await.map(Some)
}

/// The same of one bet or feature, named as an address does; nothing where nothing of it is left to do.
pub async fn likely_of(at: &At, item: &str) -> Result<Option<Worked<Likely>>> {
    let item = Ref(item.to_owned());
    let read = at.read(move |look| match rows::ahead_of(look, &item)? {
        0 => Ok(None),
        ahead => rows::read(look, ahead).map(Some),
    });
    match read.await? {
        Some(read) => {
            let ends = vec![read.ahead];
            worked(at, read, ends).await.map(Some)
        }
        None => Ok(None),
    }
}

async fn worked(at: &At, read: Read, ends: Vec<usize>) -> Result<Worked<Likely>> {
    let given = (read.clone(), ends.clone());
    let work = move |bench: &Bench| {
        bench.goes_on(0.0);
        work_out(&given.0, &given.1)
    };
    at.house.app.workshop.work_out("promises", &(&read, &ends), MOMENT, work).await
}

/// The stories up to the end of each bet are items that follow one another, so one run tells of all.
fn work_out(read: &Read, ends: &[usize]) -> std::result::Result<Likely, String> {
    Ok(Likely(work::ends(read, ends)?.into_iter().map(Option::unwrap_or_default).collect()))
}

/// Ends that are counted from the beginning as items that follow one another, and which item each end is.
pub(crate) fn steps(ends: &[usize]) -> (Vec<usize>, Vec<Option<usize>>) {
    let mut sorted: Vec<usize> = ends.iter().copied().filter(|end| *end > 0).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let items = sorted.iter().scan(0, |before, end| Some(end - std::mem::replace(before, *end))).collect();
    (items, ends.iter().map(|end| sorted.iter().position(|known| known == end)).collect())
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn ends_become_items_that_follow_one_another() {
        assert_eq!(steps(&[7, 3, 0, 7, 12]), (vec![3, 4, 5], vec![Some(1), Some(0), None, Some(1), Some(2)]));
        assert_eq!(steps(&[0, 0]), (vec![], vec![None, None]));
    }
}
