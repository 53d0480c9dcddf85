//! Where a key result's values come from when nobody types them: a measure, what was accepted for its objective, or what was
//! judged of its bets; and how much of what was accepted went into each objective.

use crate::model::*;
use kernel::{Area, Column, Id, Look, Noun, Result, Uuid};
use measures::{MeasureLine, Point};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// What was accepted of a feature, for an objective that its initiative serves.
struct Accepted {
    objective: Uuid,
    feature: Uuid,
    stories: f64,
    points: f64,
}

/// Whether what was accepted may be told here, and whether in points too.
fn told(look: &Look) -> (bool, bool) {
    let seen = [Area::Backlog, Area::Roadmap].iter().all(|area| look.tells(*area));
    (seen, seen && look.tells(Area::Estimates))
}

fn accepted(look: &mut Look) -> Result<Vec<Accepted>> {
    let rows = look.query(
        "select relation.to_id, feature.id, tally.stories, tally.points from story_tally tally
         join feature on feature.id = tally.feature and feature.removed_at is null
         join initiative on initiative.id = feature.initiative and initiative.removed_at is null
         join relation on relation.from_id = initiative.id and relation.verb = 'serves' and relation.removed_at is null
         where tally.product = $1 and tally.stage = 'accepted' and tally.feature <> '' and tally.stories > 0 and relation.product = $1",
        &[look.scope.product_id()?.value()],
    )?;
    let read = |mut row: kernel::Row| {
        let (objective, feature, stories, points): (Uuid, Uuid, i64, f64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Accepted { objective, feature, stories: stories as f64, points })
    };
    rows.into_iter().map(read).collect()
}

/// A bet of an objective that came as it was believed, or better.
struct Came {
    objective: Uuid,
    /// The day on which it was judged.
    on_day: String,
}

/// Bets that came as believed, by the day on which that was judged; nothing where bets are not told here.
fn came(look: &mut Look) -> Result<Vec<Came>> {
    if !look.tells(Area::Roadmap) {
        return Ok(vec![]);
    }
    let rows = look.query(
        "select relation.to_id, outcome.settled_on from outcome
         join initiative on initiative.id = outcome.initiative and initiative.removed_at is null
         join relation on relation.from_id = initiative.id and relation.verb = 'serves' and relation.removed_at is null
         where outcome.product = $1 and outcome.verdict in ('met', 'exceeded') and outcome.removed_at is null and relation.product = $1
         order by outcome.settled_on, outcome.id",
        &[look.scope.product_id()?.value()],
    )?;
    rows.into_iter().map(|mut row| Ok(Came { objective: row.take()?, on_day: row.take()? })).collect()
}

/// What feeds key results, as far as any is fed.
struct Sources {
    measures: Vec<MeasureLine>,
    accepted: Vec<Accepted>,
    came: Vec<Came>,
    seen: (bool, bool),
    /// Whether bets are told here.
    bets: bool,
}

impl Sources {
    fn read(look: &mut Look, of: &[KeyResult]) -> Result<Sources> {
        let (seen, bets) = (told(look), look.tells(Area::Roadmap));
        let fed = |by: &[Work]| of.iter().any(|k| k.fed_by.is_some_and(|work| by.contains(&work)));
        Ok(Sources {
            measures: if of.iter().any(|k| k.measure.is_some()) { measures::lines(look)? } else { vec![] },
            accepted: if fed(&[Work::Points, Work::Items]) && seen.0 { accepted(look)? } else { vec![] },
            came: if fed(&[Work::Verdicts]) { came(look)? } else { vec![] },
            seen,
            bets,
        })
    }

    /// Where a key result stands, or where its measure stood on a day; nothing where nothing feeds it, or the reader does not
    /// see what does.
    fn stands(&self, of: &KeyResult, day: Option<&str>) -> Option<f64> {
        if let Some(measure) = of.measure {
            let line = self.measures.iter().find(|line| line.measure.id() == measure)?;
            return Some(line.points.iter().rev().find(|point| day.is_none_or(|day| point.on_day.as_str() <= day))?.amount);
        }
        let own = self.accepted.iter().filter(|one| one.objective == of.objective.0);
        match of.fed_by? {
            Work::Items if self.seen.0 => Some(own.map(|one| one.stories).sum::<f64>() + 0.0),
            Work::Points if self.seen.1 => Some(own.map(|one| one.points).sum::<f64>() + 0.0),
            Work::Verdicts if self.bets => Some(self.came.iter().filter(|one| one.objective == of.objective.0).count() as f64),
            _ => None,
        }
    }
}

/// Puts into key results where they stand by what feeds them. Where a reader does not see that, the value of the last
/// check-in stays.
pub(crate) fn feed(look: &mut Look, key_results: &mut [KeyResult]) -> Result<()> {
    if !key_results.iter().any(KeyResult::is_fed) {
        return Ok(());
    }
    let sources = Sources::read(look, key_results)?;
    for k in key_results.iter_mut() {
        k.current_value = sources.stands(k, None).unwrap_or(k.current_value);
    }
    Ok(())
}

/// Where key results stood on a day by the measures that they read, by their ids. What is fed by work is in none of it: what
/// was accepted is known of today.
///
/// # Errors
/// Whatever reading refuses.
pub fn stood_on(look: &mut Look, of: &[KeyResult], day: &str) -> Result<HashMap<Uuid, f64>> {
    let read: Vec<KeyResult> = of.iter().filter(|k| k.measure.is_some()).cloned().collect();
    let sources = Sources::read(look, &read)?;
    Ok(read.iter().filter_map(|k| Some((k.meta.id, sources.stands(k, Some(day))?))).collect())
}

/// Where one stands by what feeds it; what reads a measure, where that stood on a day.
pub(crate) fn stands(look: &mut Look, key_result: &KeyResult, day: Option<&str>) -> Result<Option<f64>> {
    if !key_result.is_fed() {
        return Ok(None);
    }
    Ok(Sources::read(look, std::slice::from_ref(key_result))?.stands(key_result, day))
}

/// What key results were, day by day, by their ids: what the measure says, what was accepted or judged up to each day, or what
/// was said at check-ins.
pub(crate) fn courses(
    look: &mut Look,
    of: &[&KeyResult],
    measurements: &[Measurement],
    measures: &[MeasureLine],
) -> Result<HashMap<Uuid, Vec<Point>>> {
    let seen = told(look);
    let work = |k: &&&KeyResult| k.fed_by == Some(Work::Items) && seen.0 || k.fed_by == Some(Work::Points) && seen.1;
    let done = if of.iter().any(|k| work(&k)) { accepted_by_day(look)? } else { vec![] };
    let bets = look.tells(Area::Roadmap);
    let came = if of.iter().any(|k| k.fed_by == Some(Work::Verdicts)) { came(look)? } else { vec![] };
    let course = |k: &&KeyResult| -> Vec<Point> {
        if let Some(line) = k.measure.and_then(|id| measures.iter().find(|line| line.measure.id() == id)) {
            return line.points.clone();
        }
        if work(&k) {
            let own = done.iter().filter(|day| day.objective == k.objective.0);
            let more = |day: &Day| if k.fed_by == Some(Work::Points) { day.points } else { day.stories };
            let add = |sum: &mut f64, day: &Day| {
                *sum += more(day);
                Some(Point { on_day: when::day(day.day * DAY), amount: *sum })
            };
            return own.scan(0.0, add).collect();
        }
        if k.fed_by == Some(Work::Verdicts) && bets {
            let own = came.iter().filter(|one| one.objective == k.objective.0).enumerate();
            let by_day: BTreeMap<&str, f64> = own.map(|(before, one)| (one.on_day.as_str(), before as f64 + 1.0)).collect();
            return by_day.into_iter().map(|(day, amount)| Point { on_day: day.to_owned(), amount }).collect();
        }
        // Of several check-ins of a day the last one counts.
        let said: BTreeMap<&str, f64> = measurements.iter().filter(|m| m.key_result == k.id()).map(|m| (m.on_day.as_str(), m.amount)).collect();
        said.into_iter().map(|(day, amount)| Point { on_day: day.to_owned(), amount }).collect()
    };
    Ok(of.iter().map(|k| (k.meta.id, course(k))).collect())
}

const DAY: i64 = 86_400_000;

/// What was accepted for an objective on a day.
struct Day {
    objective: Uuid,
    /// Counted from 1970-01-01.
    day: i64,
    stories: f64,
    points: f64,
}

fn accepted_by_day(look: &mut Look) -> Result<Vec<Day>> {
    let rows = look.query(
        "select relation.to_id, coalesce(story.settled_at, story.created_at) / 86400000, count(*), coalesce(sum(story.points), 0.0) from story
         join feature on feature.id = story.feature and feature.removed_at is null
         join initiative on initiative.id = feature.initiative and initiative.removed_at is null
         join relation on relation.from_id = initiative.id and relation.verb = 'serves' and relation.removed_at is null
         where story.product = $1 and story.stage = 'accepted' and story.removed_at is null and relation.product = $1
         and relation.to_id in (select objective from key_result where product = $1 and fed_by is not null and removed_at is null)
         group by relation.to_id, coalesce(story.settled_at, story.created_at) / 86400000 order by 1, 2",
        &[look.scope.product_id()?.value()],
    )?;
    let read = |mut row: kernel::Row| {
        let (objective, day, stories, points): (Uuid, i64, i64, f64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Day { objective, day, stories: stories as f64, points })
    };
    rows.into_iter().map(read).collect()
}

/// How much of all that was accepted went into each objective, from 0 to 1: of points, or of stories where sizes are not
/// told; nothing before anything was accepted. What serves several objectives counts for each in equal parts, as in
/// alignment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Real {
    pub sized: bool,
    shares: HashMap<Uuid, f64>,
}

impl Real {
    pub(crate) fn of(&self, objective: Id<Objective>) -> Option<f64> {
        (!self.shares.is_empty()).then(|| self.shares.get(&objective.0).copied().unwrap_or_default())
    }
}

pub(crate) fn real_shares(look: &mut Look) -> Result<Real> {
    let (seen, sized) = told(look);
    if !seen {
        return Ok(Real::default());
    }
    let product = look.scope.product_id()?.value();
    let all = look.first(
        "select cast(coalesce(sum(stories), 0) as bigint), coalesce(sum(points), 0.0) from story_tally where product = $1 and stage = 'accepted'",
        &[product],
    )?;
    let (stories, points): (i64, f64) = all.map_or(Ok((0, 0.0)), |mut row| Ok((row.take()?, row.take()?)))?;
    let sized = sized && points > 0.0;
    let all = if sized { points } else { stories as f64 };
    if all <= 0.0 {
        return Ok(Real::default());
    }
    Ok(Real { sized, shares: parts(&accepted(look)?, sized, all) })
}

fn parts(accepted: &[Accepted], sized: bool, all: f64) -> HashMap<Uuid, f64> {
    let mut serves: HashMap<Uuid, f64> = HashMap::new();
    accepted.iter().for_each(|one| *serves.entry(one.feature).or_default() += 1.0);
    let mut shares: HashMap<Uuid, f64> = HashMap::new();
    for one in accepted {
        let size = if sized { one.points } else { one.stories };
        *shares.entry(one.objective).or_default() += size / serves.get(&one.feature).copied().unwrap_or(1.0) / all;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serves_two_objectives_counts_for_each_by_half() {
        let [a, b, x, y] = [1, 2, 3, 4].map(Uuid::from_u128);
        let one = |objective, feature, stories, points| Accepted { objective, feature, stories, points };
        let accepted = [one(a, x, 4.0, 10.0), one(b, x, 4.0, 10.0), one(b, y, 1.0, 5.0)];
        let shares = parts(&accepted, true, 20.0);
        assert_eq!((shares[&a], shares[&b]), (0.25, 0.5), "a quarter hangs on nothing");
        let shares = parts(&accepted, false, 5.0);
        assert!((shares[&a] - 0.4).abs() < 1e-9 && (shares[&b] - 0.6).abs() < 1e-9, "{shares:?}");
    }
}
