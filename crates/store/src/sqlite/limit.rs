//! How long a question may take. What is read row by row, for a file or a copy, has no limit.

use super::{STEPS, broken};
use kernel::Result;
use rusqlite::Connection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

pub(super) struct Limit {
    longest: Duration,
    since: Instant,
    /// When the question at hand is given up, in milliseconds from `since`; none is at hand while it is `NEVER`.
    until: Arc<AtomicU64>,
}

const NEVER: u64 = u64::MAX;

impl Limit {
    /// Has a connection look now and then whether it is time to give up.
    pub fn on(connection: &Connection, longest: Duration) -> Result<Limit> {
        let limit = Limit { longest, since: Instant::now(), until: Arc::new(AtomicU64::new(NEVER)) };
        let (since, until) = (limit.since, limit.until.clone());
        connection.progress_handler(STEPS, Some(move || passed(since, &until))).map_err(broken)?;
        Ok(limit)
    }

    /// A question begins.
    pub fn begin(&self) {
        let until = (self.since.elapsed() + self.longest).as_millis();
        self.until.store(u64::try_from(until).unwrap_or(NEVER), Ordering::Relaxed);
    }

    /// It has ended: whether it took too long.
    pub fn end(&self) -> bool {
        let passed = passed(self.since, &self.until);
        self.until.store(NEVER, Ordering::Relaxed);
        passed
    }
}

fn passed(since: Instant, until: &AtomicU64) -> bool {
    since.elapsed().as_millis() > u128::from(until.load(Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::super::{CACHE, Care, Reader, fresh_file, reading};
    use super::*;
    use kernel::Refusal;

    #[test]
    fn a_question_without_end_is_given_up_and_its_connection_serves_on() {
        let file = fresh_file(&std::env::temp_dir().join("tandem-tests")).unwrap();
        let (_, ours) = reading(&file, Care::Fast, 1, CACHE, Some(Duration::from_millis(400))).unwrap();
        let mut session = ours.recv().unwrap();
        let counting =
            |to: &str| format!("with recursive counted (n) as (select 1 union all select n + 1 from counted {to}) select max(n) from counted");
        assert_eq!(session.query(&counting(""), &[]).map(|rows| rows.len()), Err(Refusal::Busy));
        assert_eq!(session.query(&counting("where n < 5000"), &[]).map(|rows| rows.len()), Ok(1), "each question has its own time");
        let began = Instant::now();
        assert_eq!(session.each(&counting("where n < 10000000"), &[], &mut |_| Ok(())), Ok(()), "what is read row by row has no limit");
        assert!(began.elapsed() > Duration::from_millis(400), "and took longer");
    }
}
