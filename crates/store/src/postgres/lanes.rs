//! Queues of writers: one job of a product at a time, the others wait without holding a connection.

use crate::{WriteJob, gone};
use crossbeam_channel::{Receiver, Sender, unbounded};
use kernel::Result;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A job that may begin, with the lane that it holds.
pub type Ready = (Option<String>, WriteJob);

pub struct Lanes {
    /// Lanes in which a job is running or about to, with those that wait behind it.
    busy: Mutex<HashMap<String, VecDeque<WriteJob>>>,
    ready: Sender<Ready>,
}

impl Lanes {
    pub fn new() -> (Arc<Lanes>, Receiver<Ready>) {
        let (ready, jobs) = unbounded();
        (Arc::new(Lanes { busy: Mutex::default(), ready }), jobs)
    }

    /// A job without a lane waits for nobody.
    pub fn enter(&self, lane: Option<&str>, job: WriteJob) -> Result<()> {
        let Some(lane) = lane else { return self.ready.send((None, job)).map_err(|_| gone()) };
        let mut busy = self.busy();
        if let Some(waiting) = busy.get_mut(lane) {
            waiting.push_back(job);
            return Ok(());
        }
        busy.insert(lane.to_owned(), VecDeque::new());
        self.ready.send((Some(lane.to_owned()), job)).map_err(|_| gone())
    }

    /// The job of a lane has ended: the next may begin, behind whatever else is ready.
    pub fn next(&self, lane: Option<String>) {
        let Some(lane) = lane else { return };
        let mut busy = self.busy();
        match busy.get_mut(&lane).and_then(VecDeque::pop_front) {
            // Without a receiver the house is closed.
            Some(job) => drop(self.ready.send((Some(lane), job))),
            None => drop(busy.remove(&lane)),
        }
    }

    fn busy(&self) -> MutexGuard<'_, HashMap<String, VecDeque<WriteJob>>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
