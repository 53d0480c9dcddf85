//! The only crate that knows a database. Jobs are closures: reading jobs each see one unchanging state; writing jobs run inside a transaction that another job cannot see
//! half done. SQLite has one writer that commits waiting jobs together; PostgreSQL has several, one for a product.

pub mod blobs;
mod bucket;
mod cursor;
pub mod dump;
mod events;
mod lists;
mod migrations;
mod postgres;
mod private;
pub mod scratch;
mod sqlite;
mod tls;

pub use blobs::{Blob, Blobs};
pub use bucket::Bucket;
pub use events::{Attribution, digested, write_event};

use kernel::{Reader, Refusal, Result, Value, Writer};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

impl FromStr for Address {
    type Err = String;

    /// `sqlite:path`, `postgres://…` or `postgresql://…`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.split_once(':') {
            Some(("sqlite", path)) => Ok(Address::Sqlite(path.trim_start_matches("//").into())),
            Some(("postgres" | "postgresql", _)) => Ok(Address::Postgres(text.to_owned())),
            _ => Err(format!("{text:?} names no database; write sqlite:FILE or postgres://USER@HOST/NAME")),
        }
    }
}

/// Statements run by this process, for metrics and for the test that a page's number of queries does not
/// grow with its rows.
pub static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// Steps that SQLite's machine took for this process, for the tests that a page walks no more rows in a larger product.
pub static STEPS: AtomicU64 = AtomicU64::new(0);

/// How often this process has waited for the answer of a database that is another process.
pub static ROUND_TRIPS: AtomicU64 = AtomicU64::new(0);

/// A writing job that has not begun after so long is given up.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// So many long reads are served at once, beside the short ones.
pub const LONG_READERS: usize = 2;

/// How careful a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// An acknowledged write survives a power cut.
    Durable,
    /// For tests and throw-away databases.
    Fast,
}

type ReadJob = Box<dyn FnOnce(Result<&mut dyn Reader>) + Send>;
/// Called once the outcome of the commit is known.
type Reply = Box<dyn FnOnce(Result<()>) + Send>;
/// Says whether its work is to be kept.
type WriteJob = Box<dyn FnOnce(Result<&mut dyn Writer>) -> (bool, Reply) + Send>;

/// What is heard of other nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    News(String),
    /// Nothing could be heard for a while: anything may have happened.
    Missed,
}

/// In which queue a job stands.
#[derive(Clone, Copy)]
enum Lane<'a> {
    /// It waits for nobody.
    None,
    /// It may share its transaction with others of the same lane.
    Shared(&'a str),
    /// In a transaction of its own.
    Alone(&'a str),
}

/// A database behind its threads.
trait Engine: Send + Sync {
    fn read(&self, job: ReadJob) -> Result<()>;
    /// A reading job that may take long; once the flag is up nobody waits for it.
    fn read_long(&self, gone: Arc<AtomicBool>, job: ReadJob) -> Result<()> {
        match gone.load(Ordering::Relaxed) {
            true => Ok(()),
            false => self.read(job),
        }
    }
    /// Jobs in one lane follow one another.
    fn write(&self, lane: Lane, job: WriteJob) -> Result<()>;
    fn listen(&self, heard: Box<dyn Fn(Heard) + Send>) -> Result<()>;
}

/// The data of one workspace.
#[derive(Clone)]
pub struct Store {
    engine: Arc<dyn Engine>,
    pub address: Address,
}

impl Store {
    /// Whether there is anything at an address; a database that is another process says so when it is opened.
    pub fn is_there(address: &Address) -> bool {
        match address {
            Address::Sqlite(path) => std::fs::metadata(path).is_ok_and(|file| file.len() > 0),
            Address::Postgres(_) => true,
        }
    }

    /// Opens the database, brings its schema up to date and starts its threads.
    ///
    /// # Errors
    /// `Broken` with the driver's words when it cannot be opened or migrated.
    pub fn open(address: Address, care: Care, readers: usize) -> Result<Store> {
        let engine: Arc<dyn Engine> = match &address {
            Address::Sqlite(path) => Arc::new(sqlite::Sqlite::open(path, care, readers)?),
            Address::Postgres(url) => Arc::new(postgres::Postgres::open(url, readers)?),
        };
        Ok(Store { engine, address })
    }

    /// Runs a reading job and waits for its answer. A job that nobody waits for any more is not begun.
    pub async fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut dyn Reader) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        self.engine.read(Box::new(move |reader| {
            if !answer.is_closed() {
                let _ = answer.send(reader.and_then(job));
            }
        }))?;
        answered.await.map_err(|_| gone())?
    }

    /// Runs a reading job that may take long, apart from the short ones. It is broken off once the flag is up.
    pub async fn read_long<T: Send + 'static>(
        &self,
        gone: Arc<AtomicBool>,
        job: impl FnOnce(&mut dyn Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        self.engine.read_long(
            gone,
            Box::new(move |reader| {
                let _ = answer.send(reader.and_then(job));
            }),
        )?;
        answered.await.map_err(|_| crate::gone())?
    }

    /// Runs a writing job in a transaction and waits until it is committed. An error undoes it.
    pub async fn write<T: Send + 'static>(&self, job: impl FnOnce(&mut dyn Writer) -> Result<T> + Send + 'static) -> Result<T> {
        self.write_as(Lane::None, job).await
    }

    /// The same in a lane: jobs that would wait for one another's locks (those of one product) follow one another, and
    /// hold no connection while they wait.
    pub async fn write_in<T: Send + 'static>(&self, lane: &str, job: impl FnOnce(&mut dyn Writer) -> Result<T> + Send + 'static) -> Result<T> {
        self.write_as(Lane::Alone(lane), job).await
    }

    /// The same for what is short and takes no other lock than its neighbours in the lane: those that wait behind one another
    /// are committed together, each undone by itself where it is refused.
    pub async fn write_among<T: Send + 'static>(&self, lane: &str, job: impl FnOnce(&mut dyn Writer) -> Result<T> + Send + 'static) -> Result<T> {
        self.write_as(Lane::Shared(lane), job).await
    }

    async fn write_as<T: Send + 'static>(&self, lane: Lane<'_>, job: impl FnOnce(&mut dyn Writer) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, mut answered) = oneshot::channel();
        // Taken by whoever comes first: the thread that begins the job, or the asker who gives it up.
        let taken = Arc::new(AtomicBool::new(false));
        let begun = taken.clone();
        self.engine.write(
            lane,
            Box::new(move |writer| {
                if begun.swap(true, Ordering::AcqRel) {
                    return (false, Box::new(|_| ()));
                }
                // What panics is undone by itself, and takes nothing along that is committed with it.
                let done = catch_unwind(AssertUnwindSafe(|| writer.and_then(job)));
                let result = done.unwrap_or_else(|panic| Err(Refusal::broke_off(&*panic)));
                (
                    result.is_ok(),
                    Box::new(move |committed: Result<()>| {
                        let _ = answer.send(result.and_then(|value| committed.map(|()| value)));
                    }),
                )
            }),
        )?;
        let answer = match tokio::time::timeout(LONGEST_WAIT, &mut answered).await {
            Ok(answer) => answer,
            Err(_) if !taken.swap(true, Ordering::AcqRel) => return Err(Refusal::Busy),
            Err(_) => answered.await,
        };
        answer.map_err(|_| gone())?
    }

    /// Whether other nodes may work on the same database.
    pub fn is_shared(&self) -> bool {
        matches!(self.address, Address::Postgres(_))
    }

    /// Hears what other nodes told; never called where there can be only one node.
    pub fn listen(&self, heard: impl Fn(Heard) + Send + 'static) -> Result<()> {
        self.engine.listen(Box::new(heard))
    }
}

fn gone() -> Refusal {
    Refusal::broken("the database thread is gone")
}

/// What is within one product or several, as SQL whose value is `$2`.
fn among(products: &[Uuid]) -> (&'static str, Value) {
    match products {
        [one] => ("= $2", Value::Text(one.simple().to_string())),
        several => ("in each($2)", kernel::list(several.iter().copied())),
    }
}

/// A database of its own for a test on SQLite, as a file in a folder: migrated, and empty.
pub fn fresh_file(folder: &Path) -> Result<Address> {
    sqlite::fresh_file(folder).map(Address::Sqlite)
}

/// A database of its own for a test or a benchmark on PostgreSQL, beside the one that is named: migrated, and empty.
pub fn fresh_database(url: &str) -> Result<Address> {
    postgres::database(url).map(Address::Postgres)
}
