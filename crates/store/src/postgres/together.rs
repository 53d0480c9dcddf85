//! Writing: jobs that wait behind one another in a lane are committed together. Each but the first stands in a savepoint, so
//! that one refusal does not undo its neighbours, and each learns its outcome after the commit.

use super::{
    habits::Thread,
    lanes::Holding,
    session::{Session, State},
};
use crate::{Reply, WriteJob};
use kernel::{Refusal, Result, Writer};
use std::time::{Duration, Instant};

/// So many are committed together at most: the first waits for the last.
const MOST: usize = 16;
/// Nor does one more join after so long: on another node somebody may wait for the same product.
const LONGEST: Duration = Duration::from_millis(50);

/// Runs a job, and those behind it that may share its transaction.
pub fn write(session: &mut Session, first: WriteJob, holding: &Holding) {
    let (mut kept, mut room, mut begun) = (vec![], MOST, None);
    let mut next = Some(first);
    while let Some(job) = next.take() {
        room -= 1;
        match kept.is_empty() {
            true => kept.extend(begin(session, job)),
            false => join(session, job, &mut kept),
        }
        // The first may have waited for others.
        let took = begun.get_or_insert_with(Instant::now).elapsed();
        if !kept.is_empty() && room > 0 && took < LONGEST && !session.is_broken() {
            next = holding.follower();
        }
    }
    if !kept.is_empty() {
        tell(kept, &session.commit());
    }
}

/// The first of a transaction; whom to answer once it is committed, if it is to be kept.
fn begin(session: &mut Session, job: WriteJob) -> Option<Reply> {
    let (keep, reply) = job(Ok(session));
    if keep {
        return Some(reply);
    }
    session.roll_back();
    reply(Ok(()));
    None
}

/// One more. What those before have left unsaid comes to light first, so that a mistake is told to whose it is.
fn join(session: &mut Session, job: WriteJob, kept: &mut Vec<Reply>) {
    if let Err(mistake) = session.begin_apart() {
        session.roll_back();
        tell(std::mem::take(kept), &Err(mistake));
        return kept.extend(begin(session, job));
    }
    let (keep, reply) = job(Ok(session));
    let ended = if keep { session.end_apart() } else { Ok(()) };
    if keep && ended.is_ok() {
        return kept.push(reply);
    }
    take_back(session, kept);
    reply(ended);
}

/// Undoes the last one alone; where even that is not possible nothing is kept.
fn take_back(session: &mut Session, kept: &mut Vec<Reply>) {
    if session.take_back().is_err() {
        session.drop_wire();
        tell(std::mem::take(kept), &Err(Refusal::Away));
    }
}

fn tell(replies: Vec<Reply>, committed: &Result<()>) {
    for reply in replies {
        reply(committed.clone());
    }
}

impl Session {
    /// Whether the connection broke on the way.
    fn is_broken(&self) -> bool {
        self.state == State::Broken
    }

    /// What follows can be undone by itself, and asks anew who asks.
    fn begin_apart(&mut self) -> Result<()> {
        if let Some(mistake) = self.mistake.take() {
            return Err(mistake);
        }
        self.savepoint()?;
        self.thread = Thread::default();
        Ok(())
    }

    /// It is kept with what was before; a mistake in it comes to light.
    fn end_apart(&mut self) -> Result<()> {
        match self.mistake.take() {
            Some(mistake) => Err(mistake),
            None => self.release(),
        }
    }

    /// It is undone.
    fn take_back(&mut self) -> Result<()> {
        match self.state {
            State::Broken => Err(Refusal::Away),
            _ => self.rollback(),
        }
    }
}
