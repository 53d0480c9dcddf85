//! The runner: on every node, for each lane, a few jobs at a time, for as long as the house is open.

use super::{
    rows::{self, Claimed},
    together,
};
use crate::App;
use kernel::{Lane, Result, Uuid};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, task::JoinSet};

/// How a lane is worked on by one node.
struct Pace {
    /// Tries at the same time.
    at_once: usize,
    /// Jobs that are claimed ahead, so that the next begins at once.
    ahead: usize,
    /// Jobs of one product that a try takes together.
    together: usize,
}

const fn pace(lane: Lane) -> Pace {
    match lane {
        // A file that waits is better off on a node that has time for it.
        Lane::Files => Pace { at_once: 2, ahead: 1, together: 1 },
        // A model of one's own machine answers one after the other anyway.
        Lane::Model => Pace { at_once: 2, ahead: 2, together: 1 },
        // Short acts of one product, which wait for one another anyway.
        Lane::House => Pace { at_once: 8, ahead: 256, together: together::MOST },
        _ => Pace { at_once: 8, ahead: 64, together: 1 },
    }
}

/// Takes the first of those that were claimed, and others of its product.
fn take(claimed: &mut Vec<Claimed>, most: usize) -> Vec<Claimed> {
    let product = claimed.first().map(|job| job.product);
    let mut room = most;
    let (taken, left) = std::mem::take(claimed).into_iter().partition(|job| {
        let fits = room > 0 && Some(job.product) == product;
        room -= usize::from(fits);
        fits
    });
    *claimed = left;
    taken
}

/// How often a node looks by itself, for what is due or was left by another node.
const LOOK: Duration = Duration::from_secs(1);
/// How long jobs under way may still take when the house closes.
const PATIENCE: Duration = Duration::from_secs(15);

/// The jobs that a lane holds, whose leases are to be renewed.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<HashMap<Uuid, Claimed>>>);

impl Held {
    fn take(&self, job: &Claimed) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job.id, job.clone());
    }
    fn release(&self, id: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
    fn all(&self) -> Vec<Claimed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

/// Runs jobs until the house closes; those under way are waited for, the others given back.
pub async fn run(app: App, closing: watch::Receiver<bool>) {
    if !app.store.is_shared()
        && let Err(error) = app.store.write(rows::release_all).await
    {
        tracing::warn!(%error, "taking over what was under way");
    }
    let schedules = tokio::spawn(by_the_clock(app.clone()));
    let mut lanes = JoinSet::new();
    for lane in Lane::ALL.iter().filter(|lane| app.jobs.does(**lane)) {
        lanes.spawn(work_on(app.clone(), *lane, closing.clone()));
    }
    lanes.join_all().await;
    schedules.abort();
}

/// How often it is looked whether the time of a schedule has come.
const MINUTE: Duration = Duration::from_secs(60);

async fn by_the_clock(app: App) {
    let mut minutes = tokio::time::interval(MINUTE);
    loop {
        minutes.tick().await;
        if let Err(error) = app.keep_schedules().await {
            tracing::warn!(%error, "keeping schedules");
        }
    }
}

async fn work_on(app: App, lane: Lane, mut closing: watch::Receiver<bool>) {
    let (held, mut under_way, mut next) = (Held::default(), JoinSet::new(), vec![]);
    let Pace { at_once, ahead, together } = pace(lane);
    let renewing = tokio::spawn(renew(app.clone(), held.clone()));
    while !*closing.borrow() {
        let woken = app.jobs.wake.notified();
        let mut more = false;
        if next.is_empty() {
            match app.claim(lane, ahead).await {
                Ok(claimed) => {
                    claimed.iter().for_each(|job| held.take(job));
                    more = !claimed.is_empty();
                    next = claimed;
                }
                Err(error) => tracing::warn!(%error, "looking for jobs"),
            }
        }
        while under_way.len() < at_once && !next.is_empty() {
            let (app, held, jobs) = (app.clone(), held.clone(), take(&mut next, together));
            under_way.spawn(async move {
                let ids: Vec<Uuid> = jobs.iter().map(|job| job.id).collect();
                app.perform_together(jobs).await;
                ids.into_iter().for_each(|id| held.release(id));
            });
        }
        if under_way.len() < at_once && (more || !next.is_empty()) {
            continue;
        }
        tokio::select! {
            _ = closing.changed() => {}
            _ = under_way.join_next(), if !under_way.is_empty() => {}
            () = woken, if next.is_empty() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    for job in next {
        held.release(job.id);
        app.give_back(job).await;
    }
    if tokio::time::timeout(PATIENCE, async { while under_way.join_next().await.is_some() {} }).await.is_err() {
        // Whoever is still at it has not ended it, and will not: another node may begin at once.
        under_way.shutdown().await;
        for job in held.all() {
            app.give_back(job).await;
        }
    }
    renewing.abort();
}

/// Says again and again that this node still works on what it holds.
async fn renew(app: App, held: Held) {
    let mut times = tokio::time::interval(Duration::from_millis(rows::LEASE as u64 / 3));
    loop {
        times.tick().await;
        let leases: BTreeSet<Uuid> = held.all().iter().map(|job| job.lease).collect();
        if !leases.is_empty()
            && let Err(error) = app.store.write(move |writer| rows::renew(writer, leases.into_iter().collect())).await
        {
            tracing::warn!(%error, "renewing the leases of jobs");
        }
    }
}

impl App {
    /// Claims jobs of a lane that are due.
    pub async fn claim(&self, lane: Lane, most: usize) -> Result<Vec<Claimed>> {
        let (registry, now) = (self.registry.clone(), self.clock.now());
        let known = registry.clone();
        if !self.store.read(move |reader| rows::is_due(reader, &known, lane, now)).await? {
            return Ok(vec![]);
        }
        self.store.write(move |writer| rows::claim(writer, &registry, lane, now, most)).await
    }

    async fn give_back(&self, job: Claimed) {
        if let Err(error) = self.store.write(move |writer| job.give_back(writer)).await {
            tracing::warn!(%error, "giving a job back");
        }
    }

    /// Does all that is due, one after the other, and what follows from it; how many tries that took. For tests and for
    /// whoever runs a command by hand.
    pub async fn work_off(&self) -> Result<usize> {
        let mut tries = 0;
        loop {
            let before = tries;
            for lane in Lane::ALL.iter().filter(|lane| self.jobs.does(**lane)) {
                let Pace { ahead, together, .. } = pace(*lane);
                let mut due = self.claim(*lane, ahead).await?;
                tries += due.len();
                while !due.is_empty() {
                    self.perform_together(take(&mut due, together)).await;
                }
            }
            if tries == before {
                return Ok(tries);
            }
        }
    }
}
