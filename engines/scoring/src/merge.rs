//! One strict order from many partial ones: ranked pairs (Tideman 1987). Whoever beats all others one against
//! one comes first, and no majority is set aside except to break a circle of larger ones.
//!
//! ```
//! use scoring::merge::strict_order;
//! // Three people order some of four things; groups are equals.
//! let ballots = [vec![vec![2], vec![0]], vec![vec![0], vec![1, 3]], vec![vec![2], vec![3]]];
//! assert_eq!(strict_order(4, &ballots), Ok(vec![2, 0, 1, 3]));
//! ```

use crate::{Wrong, wrong};

/// A ballot: items from the best, in groups of equals. What is not named is not judged.
pub type Ballot = Vec<Vec<usize>>;

/// Puts `items` things into one strict order that follows the ballots. Where they leave two things equal, the
/// one that more ballots place higher on the whole goes first, then the one that came first before.
///
/// # Errors
/// A ballot that names something twice or something that is not there.
pub fn strict_order(items: usize, ballots: &[Ballot]) -> Result<Vec<usize>, Wrong> {
    let mut prefers = vec![vec![0_u32; items]; items];
    for (at, ballot) in ballots.iter().enumerate() {
        let mut seen = vec![false; items];
        for item in ballot.iter().flatten() {
            match seen.get_mut(*item) {
                None => return wrong(format!("Ballot {} names item {}, but there are {items}.", at + 1, item + 1)),
                Some(seen) if *seen => return wrong(format!("Ballot {} names item {} twice.", at + 1, item + 1)),
                Some(seen) => *seen = true,
            }
        }
        for (place, group) in ballot.iter().enumerate() {
            for better in group {
                for worse in ballot[place + 1..].iter().flatten() {
                    prefers[*better][*worse] += 1;
                }
            }
        }
    }
    // Wins over all: how ties are broken.
    let standing: Vec<i64> = (0..items).map(|i| (0..items).map(|j| i64::from(prefers[i][j]) - i64::from(prefers[j][i])).sum()).collect();
    let mut wins: Vec<(u32, u32, usize, usize)> = vec![];
    for (i, row) in prefers.iter().enumerate() {
        for (j, ahead) in row.iter().enumerate() {
            if *ahead > prefers[j][i] {
                wins.push((ahead - prefers[j][i], *ahead, i, j));
            }
        }
    }
    wins.sort_by(|x, y| (y.0, y.1, standing[y.2]).cmp(&(x.0, x.1, standing[x.2])).then((x.2, x.3).cmp(&(y.2, y.3))));
    let mut above = vec![vec![false; items]; items];
    for (.., winner, loser) in wins {
        if !above[loser][winner] {
            lock(&mut above, winner, loser);
        }
    }
    Ok(read_off(&above, &standing))
}

/// Winner above loser, and with it all that stands above the one over all that stands below the other.
fn lock(above: &mut [Vec<bool>], winner: usize, loser: usize) {
    if above[winner][loser] {
        return;
    }
    let n = above.len();
    let uppers: Vec<usize> = (0..n).filter(|i| *i == winner || above[*i][winner]).collect();
    let lowers: Vec<usize> = (0..n).filter(|i| *i == loser || above[loser][*i]).collect();
    for i in &uppers {
        for j in &lowers {
            above[*i][*j] = true;
        }
    }
}

fn read_off(above: &[Vec<bool>], standing: &[i64]) -> Vec<usize> {
    let n = above.len();
    let mut left: Vec<usize> = (0..n).collect();
    let mut order = Vec::with_capacity(n);
    while !left.is_empty() {
        let free = left.iter().copied().filter(|i| !left.iter().any(|j| above[*j][*i]));
        let Some(next) = free.max_by_key(|i| (standing[*i], std::cmp::Reverse(*i))) else { break };
        left.retain(|i| *i != next);
        order.push(next);
    }
    order
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(items: &[usize]) -> Ballot {
        items.iter().map(|i| vec![*i]).collect()
    }

    #[test]
    fn a_circle_is_broken_at_its_weakest() {
        // 0 over 1 by 5, 1 over 2 by 3, 2 over 0 by 1.
        let ballots: Vec<Ballot> = [vec![line(&[0, 1, 2]); 4], vec![line(&[1, 2, 0]); 2], vec![line(&[2, 0, 1]); 3]].concat();
        assert_eq!(strict_order(3, &ballots).unwrap(), [0, 1, 2]);
    }

    #[test]
    fn partial_ballots_join() {
        assert_eq!(strict_order(4, &[line(&[3, 1]), line(&[1, 0]), line(&[0, 2])]).unwrap(), [3, 1, 0, 2]);
        assert_eq!(strict_order(3, &[]).unwrap(), [0, 1, 2]);
        assert_eq!(strict_order(2, &[vec![vec![0, 1]]]).unwrap(), [0, 1], "equals keep their order");
    }

    #[test]
    fn bad_ballots_are_named() {
        assert!(strict_order(2, &[line(&[0, 0])]).is_err_and(|w| w.0.contains("twice")));
        assert!(strict_order(2, &[line(&[2])]).is_err_and(|w| w.0.contains("item 3")));
    }

    proptest! {
        #[test]
        fn every_item_stands_once_and_the_unbeaten_first(orders in proptest::collection::vec(Just((0..7).collect::<Vec<usize>>()).prop_shuffle(), 1..9)) {
            let ballots: Vec<Ballot> = orders.iter().map(|o| line(o)).collect();
            let order = strict_order(7, &ballots).unwrap();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..7).collect::<Vec<_>>());
            let beats = |a: usize, b: usize| {
                let over = orders.iter().filter(|o| o.iter().position(|x| *x == a) < o.iter().position(|x| *x == b)).count();
                over * 2 > orders.len()
            };
            if let Some(champion) = (0..7).find(|a| (0..7).all(|b| *a == b || beats(*a, b))) {
                prop_assert_eq!(order[0], champion);
            }
        }
    }
}
