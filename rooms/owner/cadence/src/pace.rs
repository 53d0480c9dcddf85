//! How a product that works without sprints goes: how much is under way, how long work takes, how much is done and will be
//! done soon.

use forecast::{
    calendar::Calendar,
    history::{Finished, History},
    simulate::{self, Settings, Team},
};
use kernel::{Column, Look, Result, Value};
use web::when;

/// So far back one looks for how long work takes, in days, and at so many stories.
const BACK: i64 = 182;
const FINISHED: i64 = 400;
/// So far ahead is told, in days.
pub(crate) const AHEAD: i64 = 14;
const DAY: i64 = 86_400_000;
const TRIALS: usize = 2_000;

/// How long work took, and how much was done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pace {
    /// Stories under way, and of these the ones that have been for longer than 85 of 100 took.
    pub under_way: i64,
    pub old: i64,
    /// Cycle times in days at 50, 70, 85 and 95 of 100; none with too little behind it.
    pub took: Option<[i32; 4]>,
    /// Stories accepted in the last four weeks.
    pub lately: usize,
    /// At least so many stories are done in the coming days, in 85 of 100 cases; or why that cannot be said.
    pub likely: Option<std::result::Result<f64, String>>,
}

fn day(at: i64) -> i32 {
    i32::try_from(at.div_euclid(DAY)).unwrap_or_default()
}

/// What the last half year says.
pub(crate) fn pace(look: &mut Look) -> Result<Pace> {
    let now = look.now();
    let rows = look.query(
        "select story.settled_at, story.started_at from story where story.product = $1 and story.stage = 'accepted' and story.settled_at > $2
         and story.removed_at is null order by story.settled_at desc limit $3",
        &[look.scope.product_id()?.value(), Value::Int(now - BACK * DAY), Value::Int(FINISHED)],
    )?;
    let mut items = vec![];
    for mut row in rows {
        let (settled, started): (i64, Option<i64>) = (row.take()?, row.take()?);
        items.push(Finished { on: day(settled), started: started.map(|at| day(at.min(settled))), size: 1.0 });
    }
    let closed = calendar::closed(look, &when::day(now - BACK * DAY), &when::day(now + AHEAD * DAY))?;
    let pace = work_out(items, calendar::weekdays_without(&closed), day(now));
    // Both days are counted, so one of that many days began so many days before but one.
    let since = pace.took.map_or(0, |took| (i64::from(day(now)) - i64::from(took[2]) + 1) * DAY);
    let sql = "select count(*), count(case when story.started_at < $2 then 1 end) from story where story.product = $1
               and story.stage in ('doing', 'handed_over') and story.removed_at is null";
    Ok(match look.first(sql, &[look.scope.product_id()?.value(), Value::Int(since)])? {
        Some(mut row) => Pace { under_way: row.take()?, old: row.take()?, ..pace },
        None => pace,
    })
}

fn work_out(items: Vec<Finished>, calendar: Calendar, today: i32) -> Pace {
    let lately = items.iter().filter(|item| item.on > today - 28).count();
    let history = match History::new(items) {
        Ok(history) => history,
        Err(wrong) => return Pace { likely: Some(Err(wrong.0)), lately, ..Pace::default() },
    };
    let took = history.cycle_times();
    let settings = Settings { trials: TRIALS, ..Settings::at(today) };
    let found = simulate::how_much(&[Team { history, calendar }], today + AHEAD as i32, &settings);
    Pace { took, lately, likely: Some(found.map(|found| found.percentiles[2].floor()).map_err(|wrong| wrong.0)), ..Pace::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_pace_is_told() {
        let items: Vec<Finished> = (0..120).map(|n| Finished { on: 20_000 - n, started: Some(20_000 - n - 4), size: 1.0 }).collect();
        let pace = work_out(items, Calendar::every_day(), 20_000);
        assert_eq!(pace.took, Some([5, 5, 5, 5]), "both days counted");
        assert_eq!(pace.lately, 28);
        let likely = pace.likely.unwrap().unwrap();
        assert!((10.0..=14.0).contains(&likely), "{likely}");
        let none = work_out(vec![], Calendar::every_day(), 20_000);
        assert!(none.took.is_none() && none.likely.unwrap().is_err());
    }
}
