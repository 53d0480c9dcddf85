//! What fits into a sprint, judged by what the last ones brought to acceptance and by how much of the team is there.

use crate::{
    model::*,
    rows::{self, Lately},
};
use calendar::{Availability, WorkDays};
use kernel::{Area, Id, Look, Result};
use web::{points, several, when};

/// So many closed sprints are looked back on.
const BACK: usize = 3;

/// Accepted points of the last closed sprints: their range and their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Capacity {
    pub low: f64,
    pub high: f64,
    pub mean: f64,
    /// How many sprints it is taken from.
    pub sprints: usize,
}

impl Capacity {
    /// None where no sprint was closed yet, or none brought anything to acceptance.
    pub fn of(velocity: &[f64]) -> Option<Capacity> {
        let (low, high) = velocity.iter().fold((f64::MAX, 0.0_f64), |(low, high), v| (low.min(*v), high.max(*v)));
        (high > 0.0).then(|| Capacity { low, high, mean: (velocity.iter().sum::<f64>() / velocity.len() as f64).round(), sprints: velocity.len() })
    }

    /// The same where another part of the team is there.
    fn at(self, share: f64) -> Capacity {
        Capacity { mean: (self.mean * share).round(), ..self }
    }

    /// "18 to 24 points in the last 3 sprints".
    pub fn told(&self) -> String {
        let range = if self.low == self.high { points(Some(self.low)) } else { format!("{} to {}", points(Some(self.low)), points(Some(self.high))) };
        match self.sprints {
            1 => format!("{} in the last sprint", several(range, "point")),
            n => format!("{} in the last {n} sprints", several(range, "point")),
        }
    }
}

/// What the last sprints tell of others, and the days in which they and those others lie.
pub(crate) struct Outlook {
    capacity: Option<Capacity>,
    days: WorkDays,
    /// The part of the team's days that the last sprints had.
    usual: f64,
}

impl Outlook {
    /// For sprints that end at the latest on a day, as the reader may be told it.
    pub fn read(look: &mut Look, until: &str) -> Result<Outlook> {
        let lately = rows::lately(look, BACK as i64)?;
        Outlook::after(look, &lately, until)
    }

    /// The same after what the last sprints were.
    pub fn after(look: &mut Look, lately: &Lately, until: &str) -> Result<Outlook> {
        let spans = &lately.spans[..lately.spans.len().min(BACK)];
        let velocity = &lately.velocity[..lately.velocity.len().min(BACK)];
        let first = spans.iter().map(|(from, _)| from.as_str()).min().map_or_else(|| when::day(look.now()), str::to_owned);
        let days = calendar::read(look, &first, until)?;
        let shares: Vec<f64> = spans.iter().map(|(from, until)| days.availability(from, until).share()).collect();
        let usual = if shares.is_empty() { 1.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 };
        Ok(Outlook { capacity: Capacity::of(velocity), days, usual })
    }

    /// How much of the team is there from one day to another.
    pub fn there(&self, from: &str, until: &str) -> Availability {
        self.days.availability(from, until)
    }

    /// What fits into those days, where more or fewer are there than in the last sprints.
    pub fn capacity(&self, from: &str, until: &str) -> Option<Capacity> {
        let share = self.there(from, until).share();
        self.capacity.map(|capacity| capacity.at(if self.usual > 0.0 { share / self.usual } else { share }))
    }
}

/// One who does the work, and for how many of the working days they are there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seat {
    pub name: String,
    pub days: i64,
    pub of: i64,
}

impl Outlook {
    /// Everybody who does the work, from one day to another.
    pub fn seats(&self, from: &str, until: &str) -> Vec<Seat> {
        let of = self.days.working(from, until).len() as i64;
        let away = self.there(from, until).away;
        let gone = |name: &str| away.iter().find(|(known, _)| known == name).map_or(0, |(_, days)| *days);
        self.days.team.iter().map(|(_, name)| Seat { name: name.clone(), days: of - gone(name), of }).collect()
    }

    /// How many days are worked on.
    pub fn working_days(&self, from: &str, until: &str) -> usize {
        self.days.working(from, until).len()
    }
}

/// "1 day off for all (Christmas), Ines away 3 days: 15 of 20 days of work are left."
pub(crate) fn told(there: &Availability) -> Option<String> {
    if there.is_whole() {
        return None;
    }
    let closed =
        (!there.holidays.is_empty()).then(|| format!("{} off for all ({})", several(there.holidays.len(), "day"), there.holidays.join(", ")));
    let away = there.away.iter().map(|(name, days)| format!("{name} away {}", several(*days, "day")));
    let why: Vec<String> = closed.into_iter().chain(away).collect();
    Some(format!(
        "{} of {} are left: {}",
        there.have,
        if there.of == 1 { "1 day of work".into() } else { format!("{} days of work", there.of) },
        why.join(", ")
    ))
}

/// How much is in a sprint.
pub(crate) struct Load {
    pub id: Id<Sprint>,
    pub number: i64,
    pub name: String,
    pub starts_on: String,
    pub ends_on: String,
    pub stories: i64,
    pub points: f64,
}

impl Load {
    /// "12 of about 21 points"; stories where sizes are not known, or not for the reader.
    pub fn told(&self, capacity: &Option<Capacity>, look: &Look) -> String {
        match (look.tells(Area::Estimates) && self.points > 0.0, capacity) {
            (false, _) if self.stories == 0 => "empty".into(),
            (false, _) => several(self.stories, "story"),
            (true, None) => several(points(Some(self.points)), "point"),
            (true, Some(capacity)) => format!("{} of about {}", points(Some(self.points)), several(points(Some(capacity.mean)), "point")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_is_a_range_and_a_mean() {
        let of = Capacity::of(&[18.0, 24.0, 20.0]);
        assert_eq!(of, Some(Capacity { low: 18.0, high: 24.0, mean: 21.0, sprints: 3 }));
        assert_eq!(of.map(|c| c.told()), Some("18 to 24 points in the last 3 sprints".to_owned()));
        assert_eq!(Capacity::of(&[5.0]).map(|c| c.told()), Some("5 points in the last sprint".to_owned()));
        let fewer = of.unwrap().at(0.75);
        assert_eq!((fewer.mean, fewer.told()), (16.0, of.unwrap().told()), "what was is as it was");
        assert_eq!(Capacity::of(&[]), None);
        assert_eq!(Capacity::of(&[0.0, 0.0]), None, "sprints that accepted nothing tell nothing");
    }

    #[test]
    fn who_is_away_is_told() {
        let there = Availability { of: 20, have: 15, holidays: vec!["Christmas".into()], away: vec![("Ines".into(), 3)] };
        assert_eq!(told(&there).as_deref(), Some("15 of 20 days of work are left: 1 day off for all (Christmas), Ines away 3 days"));
        assert_eq!(told(&Availability { of: 20, have: 20, ..Availability::default() }), None);
    }
}
