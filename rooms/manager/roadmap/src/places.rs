//! Places in the order of initiatives and of features: where something goes, and how people say it.

use crate::model::Horizon;
use kernel::{Rank, Refusal, Result, Scope, Uuid};

/// Something in its order.
pub struct Stand {
    pub id: Uuid,
    pub rank: Rank,
    pub number: i64,
    pub title: String,
    pub horizon: Horizon,
}

/// Something on its way to another place.
pub struct Moved<T> {
    pub thing: T,
    pub rank: Rank,
    pub key: String,
    /// Where it stands and where it goes, in words.
    pub said: Option<(String, String)>,
}

/// Where a thing goes in an order, given what it goes behind or ahead of.
pub(crate) fn place(order: &[Stand], moved: Option<Uuid>, after: Option<Uuid>, before: Option<Uuid>) -> Result<Rank> {
    let rest: Vec<&Stand> = order.iter().filter(|stand| Some(stand.id) != moved).collect();
    let at = match (after, before) {
        (Some(id), _) => rest.iter().position(|s| s.id == id).map(|i| i + 1).ok_or(Refusal::NotFound)?,
        (None, Some(id)) => rest.iter().position(|s| s.id == id).ok_or(Refusal::NotFound)?,
        (None, None) => rest.len(),
    };
    let above = at.checked_sub(1).map(|i| &rest[i].rank);
    Ok(Rank::between(above, rest.get(at).map(|stand| &stand.rank)))
}

/// "3rd" and "1st, before ORB-8 “Rain mode”": where it stands in its horizon, and where it goes in the one it goes to.
pub(crate) fn said(scope: &Scope, order: &[Stand], moved: Uuid, to: Horizon, rank: &Rank) -> Option<(String, String)> {
    let now = order.iter().find(|stand| stand.id == moved)?;
    let above = |horizon: Horizon, rank: &Rank| order.iter().filter(|s| s.id != moved && s.horizon == horizon && s.rank < *rank).count() as i64;
    let next = order.iter().find(|s| s.id != moved && s.horizon == to && s.rank > *rank);
    let beside = match next {
        Some(next) => format!(", before {} “{}”", scope.key(next.number), next.title),
        None => ", the last".to_owned(),
    };
    Some((web::ordinal(above(now.horizon, &now.rank) + 1), web::ordinal(above(to, rank) + 1) + &beside))
}

impl<T> Moved<T> {
    /// What it would be called as a proposal.
    pub(crate) fn title(&self, title: &str, from: Horizon, to: Horizon) -> String {
        let key = &self.key;
        match &self.said {
            _ if from != to => format!("Move {key} “{title}” from {} to {}", web::capital(from.word()), web::capital(to.word())),
            Some((before, after)) => format!("Move {key} “{title}” from {before} to {after}"),
            None => format!("Move {key} “{title}”"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Door;

    fn order() -> Vec<Stand> {
        let mut last = None;
        (1..=4)
            .map(|n| {
                let rank = Rank::between(last.as_ref(), None);
                last = Some(rank.clone());
                let horizon = if n < 4 { Horizon::Next } else { Horizon::Now };
                Stand { id: Uuid::from_u128(n), rank, number: n as i64, title: format!("B{n}"), horizon }
            })
            .collect()
    }

    #[test]
    fn a_place_is_found_around_the_moved_thing() {
        let (order, id) = (order(), |n: u128| Some(Uuid::from_u128(n)));
        assert!(place(&order, id(1), id(2), None).is_ok_and(|r| r > order[1].rank && r < order[2].rank));
        assert!(place(&order, id(2), None, id(1)).is_ok_and(|r| r < order[0].rank));
        assert_eq!(place(&order, None, id(9), None), Err(Refusal::NotFound));
    }

    #[test]
    fn places_are_said_within_their_horizon() {
        let (order, nowhere) = (order(), Scope::nowhere(Door::Page, 0));
        let moved = Uuid::from_u128(3);
        let first = Rank::between(None, Some(&order[0].rank));
        let told = |to, rank: &Rank| said(&nowhere, &order, moved, to, rank).unwrap();
        assert_eq!(told(Horizon::Next, &first), ("3rd".into(), "1st, before ?-1 “B1”".into()));
        let end = Rank::between(Some(&order[3].rank), None);
        assert_eq!(told(Horizon::Now, &end), ("3rd".into(), "2nd, the last".into()));
    }
}
