//! Work that commands leave behind: kept in their transaction (`rows.rs`), taken by a runner on some node (`runner.rs`),
//! done outside of any transaction (`together.rs`, `perform.rs`), and ended in the transaction of its effect. What leaves the house goes
//! through the couriers that are named here.

mod model;
mod outward;
mod perform;
mod rows;
mod runner;
mod standing;
mod together;
mod waits;
mod working;

pub use model::{Asked, Model, Unanswered, asked_of, was_asked};
pub use outward::{Answer, Outward, Sending};
pub(crate) use perform::by_itself;
pub use rows::Claimed;
pub(crate) use rows::{Heeded, leave, leave_where_heard};
pub use runner::run;
pub use standing::{Failing, Standing, standing};
pub use working::{At, Working, Works, is_proposed};

use crate::App;
use kernel::{Lane, Letter, Result, Uuid, task::Kept};
use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex, OnceLock},
};
use tokio::sync::Notify;

/// Why something did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// What the other side said.
    pub said: String,
    /// Another try would come to the same.
    pub for_good: bool,
}

/// Delivers letters. It may block: it is called on a thread that may wait.
pub trait Mail: Send + Sync {
    /// Whether letters are taken just now.
    ///
    /// # Errors
    /// What stands in the way.
    fn ready(&self) -> std::result::Result<(), Undelivered>;

    /// Hands a letter over under an id that stays the same however often it is tried.
    ///
    /// # Errors
    /// What the mail server said.
    fn send(&self, id: Uuid, letter: &Letter) -> std::result::Result<(), Undelivered>;
}

/// Keeps backups. It may block: it is called on a thread that may wait.
pub trait Backups: Send + Sync {
    /// Has one filled with so many rows, sees whether it is whole, and lets go of those beyond what is kept.
    ///
    /// # Errors
    /// What stands in the way; then those from before are still there.
    fn keep(&self, at: i64, fill: &mut dyn FnMut(&mut dyn Write) -> Result<u64>) -> Result<Kept>;

    /// Where, and how many: for whoever looks after the workspace.
    fn told(&self) -> String;
}

/// What runs jobs in this process.
#[derive(Default)]
pub struct Jobs {
    mail: OnceLock<Arc<dyn Mail>>,
    backups: OnceLock<Arc<dyn Backups>>,
    /// What sends requests, and where people reach the house.
    outward: OnceLock<(Arc<dyn Outward>, String)>,
    /// The model that is asked.
    model: OnceLock<Arc<dyn Model>>,
    /// What rooms do themselves, by the kind of task.
    works: Mutex<HashMap<&'static str, Works>>,
    /// Says that there is something to do.
    wake: Notify,
}

impl App {
    /// Sets mail up; only the first call counts.
    pub fn deliver_by(&self, mail: Arc<dyn Mail>) {
        if self.jobs.mail.set(mail).is_err() {
            tracing::warn!("mail was set up before");
        }
    }

    /// Has requests sent to other machines; only the first call counts. `origin` is where people reach the house.
    pub fn reach_out_by(&self, outward: Arc<dyn Outward>, origin: impl Into<String>) {
        if self.jobs.outward.set((outward, origin.into())).is_err() {
            tracing::warn!("requests were set up before");
        }
    }

    /// Whether requests are sent from here.
    pub fn reaches_out(&self) -> bool {
        self.jobs.does(Lane::Web)
    }

    /// Whether mail is set up. Without it links are shown to whoever makes them, and nothing is left to be mailed.
    pub fn mails(&self) -> bool {
        self.jobs.mail.get().is_some()
    }
}

impl App {
    /// Has backups kept; only the first call counts.
    pub fn keep_backups(&self, backups: Arc<dyn Backups>) {
        if self.jobs.backups.set(backups).is_err() {
            tracing::warn!("backups were set up before");
        }
    }

    /// Where this node keeps backups, if it does.
    pub fn backups(&self) -> Option<String> {
        self.jobs.backups.get().map(|backups| backups.told())
    }
}

impl Jobs {
    /// Whether work of a lane can be done by this house at all.
    pub(crate) fn does(&self, lane: Lane) -> bool {
        match lane {
            Lane::House | Lane::Files => true,
            Lane::Mail => self.mail.get().is_some(),
            Lane::Backup => self.backups.get().is_some(),
            Lane::Web => self.outward.get().is_some(),
            Lane::Model => self.model.get().is_some(),
        }
    }

    pub(crate) fn wake(&self) {
        self.wake.notify_waiters();
    }
}
