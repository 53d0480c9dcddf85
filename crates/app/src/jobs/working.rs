//! Work that a room does itself, in as many transactions as it takes: each holds how far the work is, and none is kept of a
//! node that has lost the job meanwhile. So it goes on where it stopped, on whichever node, and nothing is done twice.

use super::rows::Claimed;
use crate::{App, Ask, Batch, Credential, Outcome, Visitor, parcels, run};
use kernel::{Door, Json, Refusal, Result, Uuid, Writer};
use std::{future::Future, pin::Pin, sync::PoisonError};

/// What a room does for a kind of task. It ends the task itself.
pub type Works = fn(Working) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A task under way.
pub struct Working {
    pub app: App,
    /// In whose name, with the rights that they hold now.
    pub visitor: Visitor,
    /// The key of its product.
    pub product: String,
    pub args: Json,
    job: Claimed,
}

/// How far the work on a parcel is.
#[derive(Clone, Debug)]
pub struct At {
    pub parcel: Uuid,
    pub done: i64,
    pub whole: i64,
}

impl App {
    /// Says who does a kind of task.
    pub fn employ(&self, kind: &'static str, works: Works) {
        self.jobs.works.lock().unwrap_or_else(PoisonError::into_inner).insert(kind, works);
    }

    pub(super) async fn work_of(&self, job: &Claimed, product: Option<String>) -> Result<()> {
        let works = self.jobs.works.lock().unwrap_or_else(PoisonError::into_inner).get(job.kind.as_str()).copied();
        let works = works.ok_or_else(|| Refusal::broken(format!("nobody does {}", job.kind)))?;
        let visitor = Visitor { credential: job.actor.map_or(Credential::Nobody, Credential::Member), door: Door::Import };
        works(Working { app: self.clone(), visitor, product: product.unwrap_or_default(), args: job.args.clone(), job: job.clone() }).await
    }
}

impl Working {
    /// Carries commands out in one transaction, in which it is written how far the work is then.
    pub async fn step(&self, asks: Vec<Ask>, at: At) -> Result<Vec<Outcome>> {
        let job = self.job.clone();
        let noted: run::Also = Box::new(move |writer, _| {
            job.hold(writer)?;
            parcels::note(writer, &at)
        });
        self.app.run_ending(&self.visitor, Batch { asks, title: None, dry: false }, Some(noted), |_| {}).await
    }

    /// Does what nothing else tells afterwards to be done, such as a proposal; in the same transaction that is told with the
    /// parcel, by whether it came to a proposal.
    pub async fn once(&self, batch: Batch, parcel: Uuid, told: impl FnOnce(bool) -> String + Send + 'static) -> Result<Vec<Outcome>> {
        let job = self.job.clone();
        let noted: run::Also = Box::new(move |writer, outcomes| {
            job.hold(writer)?;
            parcels::tell(writer, parcel, told(is_proposed(outcomes)))
        });
        self.app.run_ending(&self.visitor, batch, Some(noted), |_| {}).await
    }

    /// Ends the task with what came of its parcel, and with commands that belong to that end.
    pub async fn end(&self, asks: Vec<Ask>, parcel: Uuid, stand: parcels::Stand, told: String) -> Result<()> {
        let job = self.job.clone();
        let end = move |writer: &mut dyn Writer| {
            job.end(writer)?;
            parcels::settle(writer, parcel, stand, told)
        };
        if asks.is_empty() {
            return self.app.store.write(end).await;
        }
        let end: run::Also = Box::new(move |writer, _| end(writer));
        self.app.run_ending(&self.visitor, Batch { asks, title: None, dry: false }, Some(end), |_| {}).await.map(drop)
    }
}

/// Whether a batch came to one proposal.
pub fn is_proposed(outcomes: &[Outcome]) -> bool {
    matches!(outcomes, [Outcome::Proposed(_)])
}
