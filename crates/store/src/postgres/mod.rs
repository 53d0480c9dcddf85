//! PostgreSQL: connections for reading and others for writing, each with a thread that waits for its answers.
//! Writers of one product stand in a queue that holds no connection.

mod answers;
mod cells;
mod collected;
mod fresh;
mod grown;
mod habits;
mod lanes;
mod session;
mod sql;
mod target;
mod texts;
mod together;
mod wire;
mod writing;

pub use fresh::database;

use crate::{Engine, Heard, Lane, ReadJob, WriteJob, gone, migrations};
use answers::Answers;
use crossbeam_channel::{Sender, unbounded};
use habits::Habits;
use kernel::{Refusal, Result};
use lanes::Lanes;
use session::Session;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::Duration,
};
use target::{Purpose, Target};
use wire::{Asked, Fault, Wire};

/// A node writes on so many connections at most; products that are written to at once are few.
const MOST_WRITERS: usize = 4;

pub struct Postgres {
    reading: Sender<ReadJob>,
    lanes: Arc<Lanes>,
    target: Arc<Target>,
}

impl Postgres {
    pub fn open(url: &str, connections: usize) -> Result<Postgres> {
        let target = Arc::new(Target::parse(url)?);
        Wire::open(&target, Purpose::Migrate).and_then(|mut wire| wire.run(migrations::postgres)).map_err(broken)??;
        let (habits, answers) = (Arc::new(Habits::default()), Answers::new(target.room()));
        let (reading, jobs) = unbounded::<ReadJob>();
        for _ in 0..connections.max(1) {
            let (jobs, mut session) = (jobs.clone(), Session::new(target.clone(), Purpose::Read, habits.clone(), answers.clone()));
            spawn("tandem-reading", move || jobs.iter().for_each(|job| read(&mut session, job)))?;
        }
        let (lanes, ready) = Lanes::new();
        for _ in 0..connections.clamp(2, MOST_WRITERS) {
            let (lanes, ready, mut session) =
                (Arc::downgrade(&lanes), ready.clone(), Session::new(target.clone(), Purpose::Write, habits.clone(), answers.clone()));
            spawn("tandem-writing", move || {
                for job in ready {
                    let (job, holding) = job.hold(&lanes);
                    together::write(&mut session, job, &holding);
                }
            })?;
        }
        Ok(Postgres { reading, lanes, target })
    }
}

impl Engine for Postgres {
    fn read(&self, job: ReadJob) -> Result<()> {
        self.reading.send(job).map_err(|_| gone())
    }

    fn write(&self, lane: Lane, job: WriteJob) -> Result<()> {
        self.lanes.enter(lane, job)
    }

    fn listen(&self, heard: Box<dyn Fn(Heard) + Send>) -> Result<()> {
        let target = Arc::downgrade(&self.target);
        spawn("tandem-listen", move || {
            let mut before = false;
            while let Some(target) = target.upgrade() {
                if let Err(cause) = listen(&target, &*heard, before) {
                    tracing::warn!(?cause, "listening for other nodes; trying again");
                }
                before = true;
                drop(target);
                thread::sleep(Duration::from_secs(1));
            }
        })
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    thread::Builder::new().name(name.into()).spawn(work).map(drop).map_err(|e| Refusal::broken(e.to_string()))
}

fn broken(fault: Fault) -> Refusal {
    match fault {
        Fault::Lost(cause) => Refusal::broken(cause),
        Fault::Refused(refusal) => refusal,
    }
}

/// Hears until the connection breaks. What was told before it stood has been missed, unless it is the first.
fn listen(target: &Target, heard: &dyn Fn(Heard), before: bool) -> std::result::Result<(), Fault> {
    let mut wire = Wire::open(target, Purpose::Listen)?;
    if before {
        heard(Heard::Missed);
    }
    loop {
        match wire.heard()? {
            Some(news) => heard(Heard::News(news)),
            // Silence may mean that nobody is there any more.
            None => drop(wire.fly(&[Asked::bare(&"select 1".into())])?),
        }
    }
}

fn read(session: &mut Session, job: ReadJob) {
    if catch_unwind(AssertUnwindSafe(|| job(Ok(session)))).is_err() {
        return session.drop_wire();
    }
    session.end_reading();
}
