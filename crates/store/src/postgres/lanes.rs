//! Queues of writers: one transaction of a product at a time, the others wait without holding a connection.

use crate::{Lane, WriteJob, gone};
use crossbeam_channel::{Receiver, Sender, unbounded};
use kernel::Result;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

/// A job and whether it may share its transaction with its neighbours.
struct Waiting {
    job: WriteJob,
    shares: bool,
}

/// A job that may begin.
pub struct Ready {
    job: WriteJob,
    /// The lane that it holds.
    lane: Option<String>,
    shares: bool,
}

pub struct Lanes {
    /// Lanes in which a job is running or about to, with those that wait behind it.
    busy: Mutex<HashMap<String, VecDeque<Waiting>>>,
    ready: Sender<Ready>,
}

/// What holds a lane while its jobs run.
pub struct Holding {
    lanes: Weak<Lanes>,
    lane: Option<String>,
    shares: bool,
}

impl Holding {
    /// The next job of the lane, if it may share the transaction that is under way.
    pub fn follower(&self) -> Option<WriteJob> {
        let lane = self.lane.as_ref().filter(|_| self.shares)?;
        let lanes = self.lanes.upgrade()?;
        let mut busy = lanes.busy();
        let waiting = busy.get_mut(lane)?;
        waiting.front().is_some_and(|next| next.shares).then(|| waiting.pop_front()).flatten().map(|next| next.job)
    }
}

impl Ready {
    pub fn hold(self, lanes: &Weak<Lanes>) -> (WriteJob, Holding) {
        (self.job, Holding { lanes: lanes.clone(), lane: self.lane, shares: self.shares })
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        if let (Some(lanes), Some(lane)) = (self.lanes.upgrade(), self.lane.take()) {
            lanes.next(lane);
        }
    }
}

impl Lanes {
    pub fn new() -> (Arc<Lanes>, Receiver<Ready>) {
        let (ready, jobs) = unbounded();
        (Arc::new(Lanes { busy: Mutex::default(), ready }), jobs)
    }

    pub fn enter(&self, lane: Lane, job: WriteJob) -> Result<()> {
        let (lane, shares) = match lane {
            Lane::None => return self.begin(Ready { job, lane: None, shares: false }),
            Lane::Shared(lane) => (lane, true),
            Lane::Alone(lane) => (lane, false),
        };
        let mut busy = self.busy();
        if let Some(waiting) = busy.get_mut(lane) {
            waiting.push_back(Waiting { job, shares });
            return Ok(());
        }
        busy.insert(lane.to_owned(), VecDeque::new());
        self.begin(Ready { job, lane: Some(lane.to_owned()), shares })
    }

    fn begin(&self, job: Ready) -> Result<()> {
        self.ready.send(job).map_err(|_| gone())
    }

    /// The jobs of a lane have ended: the next may begin, behind whatever else is ready.
    fn next(&self, lane: String) {
        let mut busy = self.busy();
        match busy.get_mut(&lane).and_then(VecDeque::pop_front) {
            // Without a receiver the house is closed.
            Some(Waiting { job, shares }) => drop(self.begin(Ready { job, lane: Some(lane), shares })),
            None => drop(busy.remove(&lane)),
        }
    }

    fn busy(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Waiting>>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
