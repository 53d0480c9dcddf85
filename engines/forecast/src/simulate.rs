//! Monte Carlo on throughput: when a backlog is done, and how much by a day.

use crate::{
    SURE, Wrong,
    calendar::Calendar,
    history::{History, nearest_rank},
    past::{Past, first},
    rhythm::Rhythm,
    wrong,
};
use rand_pcg::{Pcg64Mcg, rand_core::Rng};

/// Who works: what they finished before, and when they work.
#[derive(Clone, Debug)]
pub struct Team {
    pub history: History,
    pub calendar: Calendar,
}

/// How it is simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The last day that has passed; forecasts begin on the next.
    pub today: i32,
    /// How many days of the past count.
    pub window: i32,
    pub trials: usize,
    /// The same seed gives the same answer.
    pub seed: u64,
    /// Work that is added each week while the backlog is worked off, in the unit of the sizes.
    pub growth: f64,
    /// Each trial draws its own past first. Without it, a short past is taken for the whole truth.
    pub doubt: bool,
}

impl Settings {
    /// The usual: half a year of past, 10,000 trials.
    pub fn at(today: i32) -> Settings {
        Settings { today, window: 182, trials: 10_000, seed: 1, growth: 0.0, doubt: true }
    }
}

/// Days that one forecast may hold: items times trials.
const MOST_CELLS: usize = 50_000_000;
/// No forecast looks further: twenty years.
pub const FURTHEST: i32 = 7305;
/// Nor further than so many times the length of its history.
pub const TIMES_THE_PAST: i32 = 3;

/// When a backlog is done.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// For each item in order: the days by which it and all before it are done, at the percentiles of
    /// [`SURE`]. `None`: too far to tell, after [`horizon`].
    pub percentiles: Vec<[Option<i32>; 4]>,
    /// The day on which the last item was done, in each trial, in order of time; those that never ended come last.
    pub ends: Vec<Option<i32>>,
}

/// How much is done by a day: at least so much, at the percentiles of [`SURE`] (the surer, the less).
#[derive(Clone, Debug, PartialEq)]
pub struct HowMuch {
    pub percentiles: [f64; 4],
    /// What each trial finished, from the least.
    pub amounts: Vec<f64>,
}

/// The rhythm in which a team finishes its work, if it has one: answers fall on its days.
///
/// # Errors
/// A history that lies in the future.
pub fn rhythm(team: &Team, settings: &Settings) -> Result<Option<Rhythm>, Wrong> {
    Ok(Rhythm::find(&team.history, &team.calendar, first(team, settings)?, settings.today))
}

/// The last day of which anything can be told: as far ahead as three times the length of the shortest history, and
/// twenty years at most.
pub fn horizon(teams: &[Team], today: i32) -> i32 {
    let length = |team: &Team| team.history.items().first().map_or(0, |first| today.saturating_sub(first.on) + 1);
    let shortest = teams.iter().map(length).min().unwrap_or(0);
    today.saturating_add(shortest.saturating_mul(TIMES_THE_PAST).clamp(0, FURTHEST))
}

/// When each item of a backlog is done. An item is the team that works on it and its size.
///
/// # Errors
/// A team with fewer than ten finished items in the window, or with nothing finished at all in it; items of
/// teams that are not there; settings out of bounds.
pub fn when(teams: &[Team], backlog: &[(usize, f64)], settings: &Settings) -> Result<When, Wrong> {
    when_until(teams, backlog, settings, horizon(teams, settings.today))
}

/// The same, told every so many trials how many are done; it stops where the answer is no.
///
/// # Errors
/// As [`when`], and where it was stopped.
pub fn when_watched(teams: &[Team], backlog: &[(usize, f64)], settings: &Settings, goes_on: &dyn Fn(usize) -> bool) -> Result<When, Wrong> {
    trials(teams, backlog, settings, horizon(teams, settings.today), goes_on)
}

/// The same, as far ahead as a day.
pub(crate) fn when_until(teams: &[Team], backlog: &[(usize, f64)], settings: &Settings, furthest: i32) -> Result<When, Wrong> {
    trials(teams, backlog, settings, furthest, &|_| true)
}

/// So many trials are done between two looks at whether they are still wanted.
const BETWEEN_LOOKS: usize = 1_000;

fn trials(teams: &[Team], backlog: &[(usize, f64)], settings: &Settings, furthest: i32, goes_on: &dyn Fn(usize) -> bool) -> Result<When, Wrong> {
    let pasts = pasts(teams, settings, furthest)?;
    if backlog.is_empty() {
        return wrong("The backlog is empty, so it is done already.");
    }
    if backlog.len().saturating_mul(settings.trials) > MOST_CELLS {
        return wrong(format!(
            "{} items in {} trials cannot be held; ask about fewer items, or sum their sizes into one.",
            backlog.len(),
            settings.trials
        ));
    }
    if let Some(at) = backlog.iter().position(|(team, size)| *team >= teams.len() || !size.is_finite() || *size < 0.0) {
        return wrong(format!("Item {} of the backlog has no team or no size.", at + 1));
    }
    let mut random = generator(settings.seed);
    let mut days = vec![vec![i32::MAX; settings.trials]; backlog.len()];
    let queues: Vec<Vec<(usize, f64)>> = (0..teams.len())
        .map(|team| backlog.iter().enumerate().filter(|(_, (t, _))| *t == team).map(|(at, (_, size))| (at, *size)).collect())
        .collect();
    let mut done_on = vec![i32::MAX; backlog.len()];
    for trial in 0..settings.trials {
        if trial % BETWEEN_LOOKS == 0 && !goes_on(trial) {
            return wrong(format!("Stopped after {trial} trials."));
        }
        done_on.fill(i32::MAX);
        for (past, queue) in pasts.iter().zip(&queues) {
            work_off(past, queue, settings, &mut random, &mut done_on);
        }
        let mut latest = i32::MIN;
        for (row, day) in days.iter_mut().zip(&done_on) {
            latest = latest.max(*day);
            row[trial] = latest;
        }
    }
    let known = |day: i32| (day != i32::MAX).then_some(day);
    let percentiles = days
        .iter_mut()
        .map(|row| {
            row.sort_unstable();
            SURE.map(|share| known(row[nearest_rank(row.len(), share)]))
        })
        .collect();
    let ends = days.pop().unwrap_or_default().into_iter().map(known).collect();
    Ok(When { percentiles, ends })
}

/// How much is finished from the day after today up to a day, which is included.
///
/// # Errors
/// As [`when`], and a day that has passed or lies after [`horizon`].
pub fn how_much(teams: &[Team], until: i32, settings: &Settings) -> Result<HowMuch, Wrong> {
    let pasts = pasts(teams, settings, until.min(horizon(teams, settings.today)))?;
    if until <= settings.today {
        return wrong("The day must lie after today.");
    }
    if until > horizon(teams, settings.today) {
        return wrong("Too far to tell: the day lies more than three times as far ahead as the history is long, or twenty years.");
    }
    let mut random = generator(settings.seed);
    let mut amounts = vec![0.0; settings.trials];
    for amount in &mut amounts {
        for past in &pasts {
            let mut drawn = Drawn::begin(past, settings.doubt, &mut random);
            for _ in &past.ahead {
                *amount += drawn.next(past, &mut random);
            }
        }
    }
    amounts.sort_by(f64::total_cmp);
    let percentiles = SURE.map(|share| amounts[amounts.len() - 1 - nearest_rank(amounts.len(), share)]);
    Ok(HowMuch { percentiles, amounts })
}

fn pasts(teams: &[Team], settings: &Settings, furthest: i32) -> Result<Vec<Past>, Wrong> {
    if teams.is_empty() {
        return wrong("There is no team to do it.");
    }
    if !(100..=1_000_000).contains(&settings.trials) || settings.window < 1 {
        return wrong("A forecast takes 100 to 1,000,000 trials and a past of at least a day.");
    }
    if !settings.growth.is_finite() || settings.growth < 0.0 {
        return wrong("Growth is how much is added each week: zero or more.");
    }
    teams.iter().map(|team| Past::of(team, settings, furthest)).collect()
}

/// Walks one team through its items in one trial.
fn work_off(past: &Past, queue: &[(usize, f64)], settings: &Settings, random: &mut Pcg64Mcg, done_on: &mut [i32]) {
    let mut drawn = Drawn::begin(past, settings.doubt, random);
    let grows = settings.growth / past.per_week;
    let (mut done, mut wanted) = (0.0, 0.0);
    let mut items = queue.iter();
    let mut next = items.next();
    for day in &past.ahead {
        done += drawn.next(past, random);
        // What is added stands before the end, and so puts off all that is still to come.
        wanted += grows;
        while let Some((at, size)) = next {
            // Sizes add up with rounding; a billionth of an item is none.
            if done + 1e-9 < wanted + size {
                break;
            }
            wanted += size;
            done_on[*at] = *day;
            next = items.next();
        }
        if next.is_none() {
            return;
        }
    }
}

/// A past drawn from the past, read in stretches.
struct Drawn {
    starts: Vec<usize>,
    start: usize,
    at: usize,
    /// How fast this trial goes, compared with the past.
    pace: f64,
}

impl Drawn {
    fn begin(past: &Past, doubt: bool, random: &mut Pcg64Mcg) -> Drawn {
        let stretches = past.steps.len() - past.stretch + 1;
        let starts = match doubt {
            true => (0..past.steps.len().div_ceil(past.stretch)).map(|_| below(random, stretches)).collect(),
            false => (0..stretches).collect(),
        };
        // Half the logarithm's variance is taken off, so that the pace is 1 on the mean.
        let pace = if doubt && past.drift > 0.0 { (past.drift * normal(random) - past.drift * past.drift / 2.0).exp() } else { 1.0 };
        Drawn { starts, start: 0, at: past.stretch, pace }
    }

    fn next(&mut self, past: &Past, random: &mut Pcg64Mcg) -> f64 {
        if self.at == past.stretch {
            self.start = self.starts[below(random, self.starts.len())];
            self.at = 0;
        }
        self.at += 1;
        past.steps[self.start + self.at - 1] * self.pace
    }
}

fn generator(seed: u64) -> Pcg64Mcg {
    Pcg64Mcg::new((u128::from(seed) << 64) | 0x9e37_79b9_7f4a_7c15)
}

/// Standard normal (Box and Muller 1958).
fn normal(random: &mut Pcg64Mcg) -> f64 {
    let mut share = || ((random.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
    let radius = (-2.0 * share().ln()).sqrt();
    radius * (std::f64::consts::TAU * share()).cos()
}

/// A number below `n`, all equally likely (Lemire's multiplication).
fn below(random: &mut Pcg64Mcg, n: usize) -> usize {
    ((u128::from(random.next_u64()) * n as u128) >> 64) as usize
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::history::Finished;
    use statrs::distribution::{Binomial, DiscreteCDF};

    fn team(days: impl Iterator<Item = i32>) -> Team {
        Team { history: History::new(days.map(Finished::on).collect()).unwrap(), calendar: Calendar::every_day() }
    }

    #[test]
    fn one_a_day_takes_as_many_days_as_items() {
        let answer = when(&[team(0..100)], &[(0, 1.0); 7], &Settings::at(99)).unwrap();
        assert_eq!(answer.percentiles[0], [Some(100); 4]);
        assert_eq!(answer.percentiles[6], [Some(106); 4]);
        assert_eq!(how_much(&[team(0..100)], 109, &Settings::at(99)).unwrap().percentiles, [10.0; 4]);
    }

    #[test]
    fn free_days_and_growth_put_it_off() {
        let mut weekdays = team((0..100).filter(|d| Calendar::weekdays().works(*d)));
        weekdays.calendar = Calendar::weekdays();
        // Day 99 is a Friday: five items take until the next Friday, or a week more when the Monday to Friday are off.
        assert_eq!(when(&[weekdays.clone()], &[(0, 1.0); 5], &Settings::at(99)).unwrap().percentiles[4], [Some(106); 4]);
        weekdays.calendar.off.extend(102..=106);
        assert_eq!(when(&[weekdays], &[(0, 1.0); 5], &Settings::at(99)).unwrap().percentiles[4], [Some(113); 4]);
        let grown = Settings { growth: 3.5, ..Settings::at(99) };
        assert_eq!(when(&[team(0..100)], &[(0, 1.0); 10], &grown).unwrap().percentiles[9], [Some(119); 4]);
        let never = Settings { growth: 7.0, ..Settings::at(99) };
        assert_eq!(when(&[team(0..100)], &[(0, 1.0); 10], &never).unwrap().percentiles[9], [None; 4]);
    }

    #[test]
    fn agrees_with_the_negative_binomial() {
        // A coin a day, drawn day by day without doubt: the day of the tenth head is known in closed form.
        let past = Past { steps: vec![1.0, 0.0], stretch: 1, drift: 0.0, per_week: 7.0, ahead: (1..1000).collect() };
        let mut random = generator(5);
        let trials = 40_000;
        let mut days: Vec<i32> = (0..trials)
            .map(|_| {
                let mut done_on = [i32::MAX; 10];
                let queue: Vec<(usize, f64)> = (0..10).map(|at| (at, 1.0)).collect();
                let settings = Settings { doubt: false, ..Settings::at(0) };
                work_off(&past, &queue, &settings, &mut random, &mut done_on);
                done_on[9]
            })
            .collect();
        days.sort_unstable();
        for share in SURE {
            let day = days[nearest_rank(days.len(), share)];
            // P(done by day d) = P(at least 10 heads in d days).
            let by = |d: i32| 1.0 - Binomial::new(0.5, d as u64).unwrap().cdf(9);
            assert!(by(day) + 0.01 >= share && by(day - 1) - 0.01 < share, "{share}: {day}, {} and {}", by(day - 1), by(day));
        }
    }

    #[test]
    fn the_order_of_the_backlog_holds_across_teams() {
        let slow = team((0..100).step_by(5));
        let answer = when(&[team(0..100), slow], &[(1, 1.0), (0, 1.0), (1, 1.0)], &Settings::at(99)).unwrap();
        for pair in answer.percentiles.windows(2) {
            assert!(pair[0][2] <= pair[1][2], "an item is not done before those above it");
        }
        assert_eq!(answer.ends.len(), 10_000);
    }

    #[test]
    fn trials_are_told_and_stop_when_nobody_wants_them() {
        let told = std::cell::RefCell::new(vec![]);
        let settings = Settings { trials: 3_000, ..Settings::at(99) };
        let watched = |most: usize| {
            when_watched(&[team(0..100)], &[(0, 5.0)], &settings, &|done| {
                told.borrow_mut().push(done);
                done < most
            })
        };
        assert_eq!(watched(usize::MAX).unwrap(), when(&[team(0..100)], &[(0, 5.0)], &settings).unwrap());
        assert_eq!(told.take(), [0, 1_000, 2_000]);
        assert!(watched(1_000).is_err_and(|w| w.0.contains("1000")));
        assert_eq!(told.take(), [0, 1_000]);
    }

    #[test]
    fn what_says_nothing_is_refused() {
        assert!(when(&[team(0..9)], &[(0, 1.0)], &Settings::at(20)).is_err_and(|w| w.0.contains("Only 9 items were finished")));
        assert!(when(&[team(500..600)], &[(0, 1.0)], &Settings::at(20)).is_err_and(|w| w.0.contains("future")));
        assert!(when(&[team(5..6)], &[(0, 1.0)], &Settings::at(20)).is_err_and(|w| w.0.contains("Only 1 item was finished")));
        assert!(when(&[team((0..9).chain(4000..4009))], &[(0, 1.0)], &Settings::at(4010)).is_err(), "a gap of years: the old ones do not count");
        assert!(when(&[team(0..100)], &[(0, 1.0)], &Settings::at(5000)).is_err(), "nothing finished lately");
        assert!(when(&[team(0..100)], &[(1, 1.0)], &Settings::at(99)).is_err());
        assert!(when(&[team(0..100)], &[], &Settings::at(99)).is_err());
        assert!(when(&[team(0..100)], &vec![(0, 1.0); 1_000_000], &Settings::at(99)).is_err_and(|w| w.0.contains("cannot be held")));
        assert!(when(&[], &[(0, 1.0)], &Settings::at(99)).is_err());
        assert!(how_much(&[team(0..100)], 50, &Settings::at(99)).is_err());
        let sizeless = Team { history: History::new(vec![Finished { size: 0.0, ..Finished::on(1) }; 20]).unwrap(), calendar: Calendar::every_day() };
        assert!(when(&[sizeless], &[(0, 1.0)], &Settings::at(5)).is_err());
    }
}
