//! How far cards lie apart, and who speaks first. Pure.

use crate::model::PokerVote;
use kernel::Uuid;

/// What the cards that count say together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spread {
    pub lowest: f64,
    pub highest: f64,
    /// The one in the middle; of two the higher, since what is small grows more often than what is large shrinks.
    pub middle: f64,
    /// Who laid the lowest and who the highest; none where all said the same.
    pub low: Vec<Uuid>,
    pub high: Vec<Uuid>,
}

impl Spread {
    /// None where nobody could say.
    pub fn of(votes: &[PokerVote]) -> Option<Spread> {
        let mut points: Vec<f64> = votes.iter().filter_map(|vote| vote.points).collect();
        points.sort_by(f64::total_cmp);
        let (lowest, highest) = (*points.first()?, *points.last()?);
        let at = |value: f64| {
            let here = votes.iter().filter(|vote| lowest < highest && vote.points == Some(value));
            here.map(|vote| vote.member.0).collect::<Vec<_>>()
        };
        Some(Spread { lowest, highest, middle: points[points.len() / 2], low: at(lowest), high: at(highest) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta};

    fn votes(points: &[Option<f64>]) -> Vec<PokerVote> {
        let vote = |(n, points): (usize, &Option<f64>)| PokerVote {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            round: Id::new(Uuid::nil()),
            member: Id::new(Uuid::from_u128(n as u128)),
            card: String::new(),
            points: *points,
            note: String::new(),
        };
        points.iter().enumerate().map(vote).collect()
    }

    #[test]
    fn whoever_lies_furthest_out_is_named() {
        let spread = Spread::of(&votes(&[Some(3.0), Some(8.0), None, Some(3.0), Some(5.0)])).unwrap();
        assert_eq!((spread.lowest, spread.middle, spread.highest), (3.0, 5.0, 8.0));
        assert_eq!((spread.low, spread.high), (vec![Uuid::from_u128(0), Uuid::from_u128(3)], vec![Uuid::from_u128(1)]));
    }

    #[test]
    fn where_all_say_the_same_nobody_is() {
        let spread = Spread::of(&votes(&[Some(5.0), Some(5.0)])).unwrap();
        assert!(spread.low.is_empty() && spread.high.is_empty() && spread.lowest == 5.0);
        assert_eq!(Spread::of(&votes(&[None])), None, "nobody could say");
        assert_eq!(Spread::of(&[]), None);
    }
}
