//! What fits into a sprint by the pace of the last half year: it is played through many times, and counted how often all of
//! it is done by the last day. Told again with each story that comes in.

use crate::{capacity::Outlook, model::*, rows::Card};
use backlog::Stage;
use forecast::{
    calendar::Calendar,
    history::{Finished, History},
    simulate::{self, Settings, Team},
};
use kernel::{Area, Column, Look, Result, Value};
use web::when;

/// So far back one looks, in days, and at so many stories.
const BACK: i64 = 182;
const MOST: i64 = 400;
/// So often a sprint is played through; the answer is told in full percent.
const TRIALS: usize = 2_000;
const DAY: i64 = 86_400_000;

/// What is read for it.
pub(crate) struct Read {
    /// What was accepted: the day, and its size.
    accepted: Vec<(i32, Option<f64>)>,
    /// Days of the past on which nobody worked.
    off: Vec<i32>,
    today: i32,
    /// So many days of the sprint are worked on from today, of so many weekdays that it lasts, and the part of the team's days
    /// that is left in them.
    days: usize,
    span: usize,
    share: f64,
    /// The sizes of what is to be done in it.
    open: Vec<Option<f64>>,
    sized: bool,
}

/// How well the stories of a sprint fit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fit {
    /// In points, or in stories where sizes are not known or not for the reader.
    pub sized: bool,
    /// How much is done at least in 85 of 100 sprints.
    pub likely: f64,
    /// What is in it.
    pub total: f64,
    /// In how many of 100 all of it is done.
    pub chance: f64,
}

fn day(at: i64) -> i32 {
    i32::try_from(at.div_euclid(DAY)).unwrap_or_default()
}

pub(crate) fn read(look: &mut Look, outlook: &Outlook, sprint: &Sprint, cards: &[Card]) -> Result<Read> {
    let now = look.now();
    let rows = look.query(
        "select story.settled_at, story.points from story where story.product = $1 and story.stage = 'accepted' and story.settled_at > $2
         and story.removed_at is null order by story.settled_at desc limit $3",
        &[look.scope.product_id()?.value(), Value::Int(now - BACK * DAY), Value::Int(MOST)],
    )?;
    let accepted: Vec<(i32, Option<f64>)> = rows.into_iter().map(|mut row| Ok((day(row.take()?), row.take()?))).collect::<Result<_>>()?;
    let closed = calendar::closed(look, &when::day(now - BACK * DAY), &when::day(now))?;
    // A sprint that runs has only the days that are left.
    let first = sprint.starts_on.clone().max(when::day(now));
    let days = outlook.working_days(&first, &sprint.ends_on);
    // Played through are as many weekdays as it lasts, since many teams finish their work on one day of each sprint; what is
    // off, for all or for some, is taken from what comes of it.
    let nth = |on: &str| day(now) + i32::try_from(when::days_between(&when::day(now), on)).unwrap_or_default();
    let last = nth(&sprint.ends_on);
    let span = weekdays_from(nth(&first)).take_while(|day| *day <= last).count();
    let share = outlook.there(&first, &sprint.ends_on).share();
    let open: Vec<Option<f64>> = cards.iter().filter(|c| !matches!(c.stage, Stage::Accepted | Stage::Dropped)).map(|c| c.points).collect();
    let sized = look.tells(Area::Estimates) && open.iter().all(Option::is_some) && accepted.iter().all(|(_, size)| size.is_some());
    let off = calendar::weekdays_without(&closed).off.into_iter().collect();
    Ok(Read { accepted, off, today: day(now), days, span, share, open, sized })
}

/// Monday to Friday, from a day on.
fn weekdays_from(day: i32) -> impl Iterator<Item = i32> {
    let week = Calendar::weekdays();
    (day..).filter(move |day| week.works(*day))
}

impl Read {
    /// The day until which it is played through: from tomorrow on, so that it does not hang on which day of the week it is.
    fn until(&self) -> i32 {
        weekdays_from(self.today + 1).take(self.span).last().unwrap_or(self.today)
    }

    pub fn work_out(&self) -> std::result::Result<Fit, String> {
        if self.days == 0 {
            return Err("No working day of it is left.".into());
        }
        let size = |points: Option<f64>| if self.sized { points.unwrap_or_default() } else { 1.0 };
        let items = self.accepted.iter().map(|(on, points)| Finished { on: *on, started: None, size: size(*points) }).collect();
        let team = Team {
            history: History::new(items).map_err(|wrong| wrong.0)?,
            calendar: Calendar { off: self.off.iter().copied().collect(), ..Calendar::weekdays() },
        };
        let settings = Settings { trials: TRIALS, ..Settings::at(self.today) };
        let found = simulate::how_much(std::slice::from_ref(&team), self.until(), &settings).map_err(|wrong| wrong.0)?;
        let total: f64 = self.open.iter().map(|points| size(*points)).sum();
        let done = found.amounts.iter().filter(|amount| **amount * self.share >= total).count();
        Ok(Fit {
            sized: self.sized,
            likely: (found.percentiles[2] * self.share).floor(),
            total,
            chance: done as f64 / found.amounts.len().max(1) as f64,
        })
    }
}

impl Fit {
    /// "18 points" or "6 stories".
    pub fn amount(&self, amount: f64) -> String {
        web::several(web::points(Some(amount)), if self.sized { "point" } else { "story" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_on(today: i32, open: &[Option<f64>]) -> Read {
        // Two points on each weekday for twenty weeks.
        let accepted = (0..140).map(|n| today - n).filter(|day| Calendar::weekdays().works(*day)).map(|day| (day, Some(2.0))).collect();
        Read { accepted, off: vec![], today, days: 10, span: 10, share: 1.0, open: open.to_vec(), sized: open.iter().all(Option::is_some) }
    }

    fn read(open: &[Option<f64>]) -> Read {
        read_on(20_000, open)
    }

    #[test]
    fn as_much_fits_on_each_day_of_the_week() {
        for today in 20_000..20_007 {
            let read = Read { days: 12, span: 12, ..read_on(today, &[Some(5.0)]) };
            let played = (today + 1..=read.until()).filter(|day| Calendar::weekdays().works(*day)).count();
            assert_eq!(played, 12, "from {today} until {}", read.until());
            let likely = read.work_out().unwrap().likely;
            assert!((18.0..=24.0).contains(&likely), "{likely} from {today}");
        }
        let last = Read { days: 1, span: 1, ..read(&[Some(1.0)]) };
        assert!(last.until() > last.today && last.work_out().unwrap().likely > 0.0, "there is still the last day");
    }

    #[test]
    fn what_is_little_fits_and_what_is_much_does_not() {
        let little = read(&[Some(5.0)]).work_out().unwrap();
        assert!(little.sized && little.chance > 0.99 && little.likely >= 15.0 && little.likely <= 20.0, "{little:?}");
        let much = read(&[Some(60.0)]).work_out().unwrap();
        assert!(much.chance < 0.05 && much.likely == little.likely, "{much:?}");
        let half = Read { share: 0.5, ..read(&[Some(5.0)]) }.work_out().unwrap();
        assert!(half.likely <= little.likely / 2.0, "half of the team does half of it: {half:?}");
        let counted = read(&[Some(5.0), None]).work_out().unwrap();
        assert_eq!((counted.sized, counted.total, counted.amount(counted.total).as_str()), (false, 2.0, "2 stories"));
    }

    #[test]
    fn with_little_behind_nothing_is_said() {
        let mut few = read(&[Some(5.0)]);
        few.accepted.truncate(3);
        assert!(few.work_out().is_err());
        assert!(Read { days: 0, ..read(&[]) }.work_out().is_err());
    }
}
