//! The one way in. `run` takes a command through rights, rules, one transaction, activity and
//! live update, whoever asks and through whichever door; `ask` reads on someone's behalf. Clock,
//! ids and secrets are made here, so rules need none.

mod ask;
mod audience;
pub mod check;
pub mod clock;
mod compute;
mod copies;
mod counting;
mod drafted;
mod emptied;
pub mod erasing;
pub mod files;
mod foresee;
mod gate;
pub mod hats;
mod hearing;
pub mod housekeeping;
mod indexing;
pub mod jobs;
mod kept;
pub mod limits;
pub mod live;
mod looking;
mod outcome;
pub mod parcels;
pub mod presence;
mod proposals;
mod quoting;
mod receipts;
mod registry;
mod rewriting;
mod run;
mod schedules;
mod scope;
mod sealing;
pub mod secret;
mod signing;
mod sweep;
mod turn;
mod visiting;
mod way;
mod whole;
mod wiping;
mod workshop;

pub use ask::Ask;
pub use clock::Clock;
pub use foresee::Foreseen;
pub use hats::Lent;
pub use indexing::index_all;
pub use kernel;
pub use live::{Hub, Told};
pub use outcome::{Done, Outcome, Proposed, Thing};
pub use presence::Presence;
pub use registry::Registry;
pub use run::{Batch, fits_a_proposal};
pub use scope::{Credential, Visitor, products_of, scopes_of, seeing_in, standing_in};
pub use signing::{Proof, proves};
pub use store::{Address, Blob, Blobs, Bucket, Care, Store};
pub use visiting::{Feed, Shown};
pub use workshop::{Bench, Stand, Wait, Worked, Workshop};

use kernel::{Authority, Look, Refusal, Result, Writer, input};
use live::News;
use std::{pin::Pin, sync::Arc};
use store::Heard;

/// What is waited for, without its type: whoever waits builds nothing of it anew.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The house, open for business.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    /// Files that people attach.
    pub blobs: Blobs,
    pub registry: Arc<Registry>,
    pub clock: Clock,
    pub hub: Hub,
    pub presence: Presence,
    pub limits: Arc<limits::Limits>,
    pub jobs: Arc<jobs::Jobs>,
    /// What takes long to work out.
    pub workshop: Workshop,
    turns: compute::Turns,
}

impl App {
    /// Opens the house over a database, with the rooms that it offers.
    pub fn new(store: Store, registry: Registry, clock: Clock) -> Result<App> {
        let hub = Hub::new();
        let presence = Presence::new(hub.node());
        let (heard, seen) = (hub.clone(), presence.clone());
        store.listen(move |what| match what {
            Heard::Missed => heard.missed(),
            Heard::News(payload) => match serde_json::from_str(&payload) {
                Ok(News::Told(told)) => heard.hear(told),
                Ok(News::Here(here)) => seen.hear(here),
                Err(error) => tracing::warn!(%error, "unreadable news from another node"),
            },
        })?;
        let workshop = Workshop::new(clock.clone());
        let (limits, jobs, turns) = (Arc::default(), Arc::default(), compute::Turns::default());
        let blobs = Blobs::beside(&store.address);
        Ok(App { store, blobs, registry: Arc::new(registry), clock, hub, presence, limits, jobs, workshop, turns })
    }

    /// The same with its files at another place.
    pub fn with_files(self, blobs: Blobs) -> App {
        App { blobs, ..self }
    }

    /// Reads on someone's behalf. `product` is a product's key; where it is given but the visitor
    /// is not a member, the scope has no product and every scoped query answers "not found".
    pub async fn ask<T: Send + 'static>(
        &self,
        visitor: &Visitor,
        product: Option<&str>,
        read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (kept, read) = kept::keeping(read);
        self.asked(visitor.clone(), product.map(str::to_owned), read).await?;
        kept.taken()
    }

    /// Boxed, so that it is built here and not once more for each page.
    fn asked(&self, visitor: Visitor, product: Option<String>, read: kept::Reading) -> Boxed<'_, Result<()>> {
        let (now, helped) = (self.clock.now(), self.has_model());
        Box::pin(self.store.read(move |reader| {
            let mut scope = scope::load(reader, &visitor, product.as_deref(), None, now)?;
            scope.helped = helped;
            read(&mut Look::showing(reader, &scope))
        }))
    }

    /// Whether someone could at least propose a command, whatever it is about. Asked where a refusal would come before
    /// the command is run, so that nobody learns from it what they may not.
    pub async fn admits(&self, visitor: &Visitor, product: Option<&str>, command: &str) -> Result<()> {
        let spec = self.registry.command(command)?.spec;
        self.ask(visitor, product, move |look| gate::knock(spec, look.scope)).await
    }

    /// Runs one command; see [`run`](Self::run_all) for several at once.
    ///
    /// # Errors
    /// Every `Refusal` but never half a change.
    pub async fn run(&self, visitor: &Visitor, ask: Ask) -> Result<Outcome> {
        let name = ask.command.clone();
        let result = self
            .run_all(visitor, Batch::one(ask), |_| {})
            .await
            .and_then(|mut outcomes| outcomes.pop().ok_or_else(|| Refusal::broken("a command without an outcome")));
        let outcome = match &result {
            Ok(Outcome::Done(_)) => "done",
            Ok(Outcome::Proposed(_)) => "proposed",
            Err(Refusal::Away | Refusal::Busy | Refusal::Unknown) => "away",
            Err(Refusal::Broken(cause)) => {
                tracing::error!(command = name, cause, "broken");
                "broken"
            }
            Err(_) => "refused",
        };
        metrics::counter!("tandem_commands_total", "command" => name, "outcome" => outcome).increment(1);
        result
    }

    /// Runs several commands in one transaction: all take effect or none does.
    pub async fn run_all(&self, visitor: &Visitor, batch: Batch, progress: impl Fn(usize) + Send + 'static) -> Result<Vec<Outcome>> {
        self.run_ending(visitor, batch, None, progress).await
    }

    /// The same with what else is written in its transaction, such as the end of the job whose effect it is.
    pub(crate) async fn run_ending(
        &self,
        visitor: &Visitor,
        batch: Batch,
        also: Option<run::Also>,
        progress: impl Fn(usize) + Send + 'static,
    ) -> Result<Vec<Outcome>> {
        for ask in &batch.asks {
            let spec = self.registry.command(&ask.command)?.spec;
            if visitor.credential == Credential::Nobody && spec.authority != Authority::Nobody {
                // Whoever shows nothing is not worth the writer.
                return Err(Refusal::SignIn);
            }
            input::sentence("reason", ask.reason.as_deref().unwrap_or(""))?;
        }
        let (registry, clock, visitor) = (self.registry.clone(), self.clock.clone(), visitor.clone());
        let (node, jobs) = (self.hub.node(), self.jobs.clone());
        let Some(first) = batch.asks.first() else { return Ok(vec![]) };
        let spec = self.registry.command(&first.command)?.spec;
        let lane = turn::lane(&visitor, spec, first);
        // Nobody waits for more than a command beside their own.
        let short = batch.asks.len() == 1 && !spec.everywhere;
        let job = move |writer: &mut dyn Writer| run::run_batch(writer, &registry, &clock, &visitor, &batch, (node, &jobs, also), &progress);
        let (outcomes, told, left) = match short {
            true => self.store.write_among(&lane, job).await?,
            false => self.store.write_in(&lane, job).await?,
        };
        for note in told {
            self.hub.tell(note);
        }
        if left {
            self.jobs.wake();
        }
        Ok(outcomes)
    }
}
