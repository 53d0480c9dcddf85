//! What is under way in a product that works without sprints: its cards by column, how old each is against how long others
//! took, and how much will be done soon.

use backlog::{Stage, StoryKind};
use forecast::{
    calendar::Calendar,
    history::{Finished, History},
    simulate::{self, Settings, Team},
};
use kernel::{Column, Id, Look, Result, Value};
use product::BoardColumn;
use web::when;

/// So many cards are shown, and so many stories of the backlog before them.
const MOST: i64 = 300;
pub(crate) const WAITING: i64 = 12;
/// So far back one looks for how long work takes, in days, and at so many stories.
const BACK: i64 = 182;
const FINISHED: i64 = 400;
/// So far ahead is told, in days.
pub(crate) const AHEAD: i64 = 14;
const DAY: i64 = 86_400_000;
const TRIALS: usize = 2_000;

/// A card of the flow.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub number: i64,
    pub version: i64,
    pub kind: StoryKind,
    pub title: String,
    pub points: Option<f64>,
    pub stage: Stage,
    pub column: Option<Id<BoardColumn>>,
    pub blocked_since: Option<i64>,
    pub blocked_reason: String,
    pub ready: bool,
    pub assignee: Option<String>,
    /// Days since its work began, that day counted.
    pub age: Option<i64>,
}

/// How long work took, and how much was done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pace {
    /// Cycle times in days at 50, 70, 85 and 95 of 100; none with too little behind it.
    pub took: Option<[i32; 4]>,
    /// Stories accepted in the last four weeks.
    pub lately: usize,
    /// At least so many stories are done in the coming days, in 85 of 100 cases; or why that cannot be said.
    pub likely: Option<std::result::Result<f64, String>>,
}

/// Cards under way, with the first of what waits to be begun.
pub(crate) fn cards(look: &mut Look) -> Result<Vec<Card>> {
    let now = look.now();
    let product = look.scope.product_id()?;
    let mut all = vec![];
    for (and, most) in [("story.stage in ('doing', 'handed_over')", MOST), ("story.stage = 'open'", WAITING)] {
        let sql = format!(
            "select story.number, story.version, story.kind, story.title, story.points, story.stage, story.board_column, story.blocked_since,
             story.blocked_reason, case when story.ready_at is null then 0 else 1 end, member.name, story.started_at
             from story left join member on member.id = story.assignee
             where story.product = $1 and {and} and story.removed_at is null order by story.rank, story.id limit $2"
        );
        for mut row in look.query(&sql, &[product.value(), Value::Int(most)])? {
            let card = Card {
                number: row.take()?,
                version: row.take()?,
                kind: row.take()?,
                title: row.take()?,
                points: row.take()?,
                stage: row.take()?,
                column: row.take()?,
                blocked_since: row.take()?,
                blocked_reason: row.take()?,
                ready: row.take::<i64>()? == 1,
                assignee: row.take()?,
                age: row.take::<Option<i64>>()?.map(|began| when::days_between(&when::day(began), &when::day(now)) + 1),
            };
            all.push(Card { age: card.age.filter(|_| card.stage != Stage::Open), ..card });
        }
    }
    Ok(all)
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
    Ok(work_out(items, calendar::weekdays_without(&closed), day(now)))
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
    Pace { took, lately, likely: Some(found.map(|found| found.percentiles[2]).map_err(|wrong| wrong.0)) }
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
