//! What a team finished, step by step: day by day, or review by review where it finishes in a rhythm.

use crate::{
    Wrong,
    history::FEWEST,
    rhythm::Rhythm,
    simulate::{Settings, Team},
    wrong,
};

pub(crate) struct Past {
    /// What was finished in each step, the oldest first.
    pub steps: Vec<f64>,
    /// How many steps are drawn at once: a week of days, one review.
    pub stretch: usize,
    /// By how much whole stretches vary beyond chance, as the standard deviation of a logarithm.
    pub drift: f64,
    /// Steps of a week.
    pub per_week: f64,
    /// The days to come on which something can be finished.
    pub ahead: Vec<i32>,
}

impl Past {
    pub fn of(team: &Team, settings: &Settings, furthest: i32) -> Result<Past, Wrong> {
        let Settings { today, window, .. } = *settings;
        let first = first(team, settings)?;
        let known = team.history.between(first, today);
        if known.len() < FEWEST {
            let finished = match known.len() {
                0 => "Nothing was".to_owned(),
                1 => "Only 1 item was".to_owned(),
                n => format!("Only {n} items were"),
            };
            return wrong(format!(
                "{finished} finished in the last {window} days. A forecast takes at least {FEWEST}: with fewer, any date would be a guess."
            ));
        }
        if known.iter().map(|i| i.size).sum::<f64>() <= 0.0 {
            return wrong("What was finished has no size, so nothing can be said of how fast it goes.");
        }
        let (steps, stretch, per_week, ahead) = match Rhythm::find(&team.history, &team.calendar, first, today) {
            Some(rhythm) => {
                let reviews = rhythm.days(&team.calendar, first, today);
                let batches = Rhythm::batches(&team.history, &reviews, first, today);
                let apart = f64::from(reviews[reviews.len() - 1] - reviews[0]) / (reviews.len() - 1) as f64;
                (batches, 1, 7.0 / apart, rhythm.days(&team.calendar, today + 1, furthest))
            }
            None => {
                let days = team.history.by_day(&team.calendar, first, today);
                let week = team.calendar.week_length();
                let ahead = (today + 1..=furthest).filter(|d| team.calendar.works(*d)).collect();
                (days, week, week as f64, ahead)
            }
        };
        if steps.is_empty() {
            return wrong("No working day has passed since the first item was finished.");
        }
        let stretch = stretch.min(steps.len());
        Ok(Past { drift: drift(&steps, stretch, known.iter().map(|i| i.size)), steps, stretch, per_week, ahead })
    }
}

/// The first day of the past that counts.
pub(crate) fn first(team: &Team, settings: &Settings) -> Result<i32, Wrong> {
    let begun = team.history.items().first().map_or(settings.today, |i| i.on);
    match begun > settings.today {
        true => wrong("Every finished item lies in the future; check the dates, and which day is today."),
        false => Ok(begun.max(settings.today.saturating_sub(settings.window - 1))),
    }
}

/// How much the weeks of a past vary beyond what items finished at random would: their pace drifts, and the next
/// weeks may be slow ones throughout. From the variance of a Poisson sum of such sizes, and what exceeds it.
fn drift(steps: &[f64], stretch: usize, sizes: impl Iterator<Item = f64>) -> f64 {
    let weeks: Vec<f64> = steps.rchunks_exact(stretch).map(|week| week.iter().sum()).collect();
    if weeks.len() < 3 {
        return 0.0;
    }
    let mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
    let variance = weeks.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / (weeks.len() - 1) as f64;
    let (sum, squares) = sizes.fold((0.0, 0.0), |(sum, squares), size| (sum + size, squares + size * size));
    let chance = if sum > 0.0 { mean * squares / sum } else { 0.0 };
    let beyond = (variance - chance).max(0.0) / (mean * mean).max(f64::MIN_POSITIVE);
    (1.0 + beyond).ln().sqrt()
}
