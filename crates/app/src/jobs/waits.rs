//! How often and how long a job is tried.

use rand::RngExt;

const FIRST: i64 = 15_000;
const LONGEST: i64 = 3_600_000;

/// The wait after a try, in milliseconds: twice that of before, up to an hour.
fn wait(tries: i64) -> i64 {
    let doubled = tries.clamp(1, 20) - 1;
    (FIRST << doubled).min(LONGEST)
}

/// The same with a quarter more or less, so that what failed together is not tried again together.
pub(crate) fn wait_about(tries: i64) -> i64 {
    let wait = wait(tries);
    wait + rand::rng().random_range(-wait / 4..=wait / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::task::MOST_TRIES;

    #[test]
    fn waits_grow_and_outlast_a_day() {
        let waits: Vec<i64> = (1..MOST_TRIES).map(wait).collect();
        assert_eq!(waits[..4], [15_000, 30_000, 60_000, 120_000]);
        assert!(waits.windows(2).all(|two| two[0] <= two[1]));
        assert_eq!(wait(1_000), LONGEST);
        let shortest: i64 = waits.iter().map(|wait| wait * 3 / 4).sum();
        assert!(shortest > 24 * 3_600_000, "a mail server may be down for a day");
        for tries in 1..50 {
            let about = wait_about(tries);
            assert!((wait(tries) * 3 / 4..=wait(tries) * 5 / 4).contains(&about));
        }
    }
}
