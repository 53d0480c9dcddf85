//! What fits into a sprint, judged by what the last ones brought to acceptance.

use crate::{model::*, rows};
use kernel::{Area, Id, Look, Result};
use web::{points, several};

/// So many closed sprints are looked back on.
const BACK: i64 = 3;

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

    /// "18 to 24 points in the last 3 sprints".
    pub fn told(&self) -> String {
        let range = if self.low == self.high { points(Some(self.low)) } else { format!("{} to {}", points(Some(self.low)), points(Some(self.high))) };
        match self.sprints {
            1 => format!("{} in the last sprint", several(range, "point")),
            n => format!("{} in the last {n} sprints", several(range, "point")),
        }
    }
}

/// As the reader may be told it.
pub(crate) fn capacity(look: &mut Look) -> Result<Option<Capacity>> {
    Ok(Capacity::of(&rows::velocity(look, BACK)?))
}

/// How much is in a sprint.
pub(crate) struct Load {
    pub id: Id<Sprint>,
    pub number: i64,
    pub name: String,
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
        assert_eq!(Capacity::of(&[]), None);
        assert_eq!(Capacity::of(&[0.0, 0.0]), None, "sprints that accepted nothing tell nothing");
    }
}
