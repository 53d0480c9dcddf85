//! Files that are kept beside the database: taken in and given out off the threads of requests, and thrown away once no
//! row names them.

use crate::App;
use kernel::{Refusal, Result, list};
use std::{collections::HashSet, fs::File};
use store::{Blob, Blobs};
use tokio::{
    sync::{Semaphore, SemaphorePermit, mpsc},
    task::spawn_blocking,
};

/// What nothing names is left alone for a day: the row that will name it may be on its way.
const GRACE: i64 = 24 * 3_600_000;

/// Files that are asked about with one statement.
const AT_ONCE: usize = 200;

/// So many files come in at once: each holds a thread until its sender is done.
static TURNS: Semaphore = Semaphore::const_new(32);

/// The first bytes of a file, by which its type is known.
const HEAD: usize = 8 << 10;

/// A file that has come in as a whole.
pub struct Received {
    pub blob: Blob,
    pub head: Vec<u8>,
}

/// A file that comes in piece by piece.
pub struct Receiving {
    pieces: mpsc::Sender<Option<Vec<u8>>>,
    kept: tokio::task::JoinHandle<Result<Received>>,
    limit: u64,
    size: u64,
    _turn: SemaphorePermit<'static>,
}

impl Receiving {
    /// Takes a piece; refuses a file that is larger than may be.
    pub async fn take(&mut self, piece: &[u8]) -> Result<()> {
        self.size += piece.len() as u64;
        if self.size > self.limit {
            return Err(Refusal::TooLarge { limit: self.limit, size: self.size });
        }
        // Where nobody takes it any more, the end says why.
        let _ = self.pieces.send(Some(piece.to_vec())).await;
        Ok(())
    }

    /// It is whole. Without this nothing of it is kept.
    pub async fn end(self) -> Result<Received> {
        let _ = self.pieces.send(None).await;
        self.kept.await.map_err(|error| Refusal::broken(error.to_string()))?
    }
}

fn write(blobs: &Blobs, mut pieces: mpsc::Receiver<Option<Vec<u8>>>) -> Result<Received> {
    let (mut arriving, mut head) = (blobs.begin()?, vec![]);
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Some(piece) => {
                head.extend(piece.iter().take(HEAD - head.len().min(HEAD)));
                arriving.take(&piece)?;
            }
            None => return Ok(Received { blob: arriving.keep()?, head }),
        }
    }
    Err(Refusal::invalid("file", "The upload was cut off."))
}

impl App {
    /// Begins to take a file in, of at most so many bytes.
    ///
    /// # Errors
    /// `TooMany` where as many as may be are coming in.
    pub fn receive_file(&self, limit: u64) -> Result<Receiving> {
        let turn = TURNS.try_acquire().map_err(|_| Refusal::TooMany { retry_seconds: 5 })?;
        let (pieces, arriving) = mpsc::channel(8);
        let blobs = self.blobs.clone();
        Ok(Receiving { pieces, kept: spawn_blocking(move || write(&blobs, arriving)), limit, size: 0, _turn: turn })
    }

    /// A file that is kept, to be read. It may have to come from a bucket first.
    ///
    /// # Errors
    /// `NotFound` where there is no such file.
    pub async fn open_file(&self, sha256: &str) -> Result<File> {
        let (blobs, sha256) = (self.blobs.clone(), sha256.to_owned());
        blocking(move || blobs.open(&sha256)).await
    }

    /// Throws away the files that no row names; how many. On several nodes each does so, and what is gone is gone.
    pub async fn throw_files_away(&self) -> Result<usize> {
        let before = self.clock.now() - GRACE;
        let blobs = self.blobs.clone();
        let old = blocking(move || blobs.kept_before(before)).await?;
        let mut gone = 0;
        for some in old.chunks(AT_ONCE) {
            let named = self.named(some.to_vec()).await?;
            let (loose, blobs) = (some.iter().filter(|name| !named.contains(*name)).cloned().collect::<Vec<_>>(), self.blobs.clone());
            gone += blocking(move || loose.iter().try_fold(0, |gone, name| Ok(gone + usize::from(blobs.throw_away(name, before)?)))).await?;
        }
        Ok(gone)
    }

    /// Those of some files that a row names.
    async fn named(&self, some: Vec<String>) -> Result<HashSet<String>> {
        let fields = self.registry.files();
        self.store
            .read(move |reader| {
                let mut named = HashSet::new();
                for (table, field) in fields {
                    let sql = format!("select distinct {field} from {table} where {field} in each($1)");
                    for mut row in reader.query(&sql, &[list(some.iter().cloned())])? {
                        named.insert(row.take::<String>()?);
                    }
                }
                Ok(named)
            })
            .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    spawn_blocking(work).await.map_err(|error| Refusal::broken(error.to_string()))?
}
