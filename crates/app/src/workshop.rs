//! Long computation: what takes longer than a request should hold a thread is worked out beside them all, a few at a
//! time, told how far it has come, kept for whoever asks for the same, and given up once nobody waits for it.
//!
//! A page reads what it needs first, as whoever asks; what is worked out of that depends on nothing else. So its name is
//! the digest of what was read, and an answer that is kept can never be an old one.

use crate::Clock;
use kernel::{Refusal, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    any::Any,
    collections::HashMap,
    fmt::Write,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Semaphore, watch},
    task::spawn_blocking,
};

/// So many are worked on at once; the others wait their turn.
const AT_ONCE: usize = 2;
/// So many wait or are worked on; more are turned away.
const MOST: usize = 64;
/// So many answers are kept, the last ones asked for.
const KEPT: usize = 64;
/// Whoever reloads a page is still waiting; in milliseconds.
const PATIENCE: i64 = 10_000;

/// How far a piece of work has come.
#[derive(Clone)]
pub enum Stand {
    /// A share from 0 to 1.
    Under(f64),
    Done(Arc<dyn Any + Send + Sync>),
    /// It could not be worked out, in a sentence; or the reason is in the log.
    Failed(String),
}

/// One piece of work.
struct Piece {
    stand: watch::Sender<Stand>,
    waiting: AtomicUsize,
    /// When the last one who waited went away.
    left_at: AtomicI64,
    /// In the order of asking.
    asked: AtomicUsize,
    /// The work was told that nobody waits; whoever comes later begins anew.
    given_up: AtomicBool,
}

/// All pieces by name.
#[derive(Clone)]
pub struct Workshop {
    pieces: Arc<Mutex<HashMap<String, Arc<Piece>>>>,
    turns: Arc<Semaphore>,
    asked: Arc<AtomicUsize>,
    clock: Clock,
}

/// What work tells of itself while it goes on.
pub struct Bench {
    piece: Arc<Piece>,
    clock: Clock,
}

impl Bench {
    /// Tells how much of it is done; whether it is to go on.
    pub fn goes_on(&self, share: f64) -> bool {
        self.piece.stand.send_replace(Stand::Under(share.clamp(0.0, 1.0)));
        self.piece.goes_on(self.clock.now())
    }
}

impl Piece {
    fn is_wanted(&self, now: i64) -> bool {
        self.waiting.load(Ordering::Acquire) > 0 || now - self.left_at.load(Ordering::Acquire) < PATIENCE
    }

    /// Whether the work is to go on; once it is not, that holds.
    fn goes_on(&self, now: i64) -> bool {
        if !self.is_wanted(now) {
            self.given_up.store(true, Ordering::Release);
        }
        !self.given_up.load(Ordering::Acquire)
    }

    fn is_over(&self) -> bool {
        !matches!(*self.stand.borrow(), Stand::Under(_))
    }
}

/// Somebody waits for a piece of work, until this is dropped.
pub struct Wait {
    piece: Arc<Piece>,
    clock: Clock,
    stand: watch::Receiver<Stand>,
}

impl Wait {
    /// Where it stands now.
    pub fn stand(&self) -> Stand {
        self.stand.borrow().clone()
    }

    /// Where it stands once that has changed.
    pub async fn next(&mut self) -> Stand {
        // The sender lives as long as the piece, which this holds.
        let _ = self.stand.changed().await;
        self.stand.borrow_and_update().clone()
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.piece.left_at.store(self.clock.now(), Ordering::Release);
        self.piece.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

/// An answer, or how far it is and under which name it can be followed.
#[derive(Debug)]
pub enum Worked<T> {
    Done(Arc<T>),
    Under { name: String, share: f64 },
    Failed(String),
}

impl Workshop {
    pub(crate) fn new(clock: Clock) -> Workshop {
        Workshop { pieces: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)), asked: Arc::default(), clock }
    }

    /// Works something out of what was read, and waits for it a moment. What is named the same is worked out once.
    ///
    /// # Errors
    /// `Busy` where too much is being worked out already.
    pub async fn work_out<T: Send + Sync + 'static>(
        &self,
        kind: &'static str,
        read: &impl Serialize,
        moment: Duration,
        work: impl FnOnce(&Bench) -> std::result::Result<T, String> + Send + 'static,
    ) -> Result<Worked<T>> {
        let name = name_of(kind, read)?;
        let mut wait = self.begin(&name, move |bench| work(bench).map(|done| Arc::new(done) as Arc<dyn Any + Send + Sync>))?;
        let over = async {
            let mut stand = wait.stand();
            while let Stand::Under(_) = stand {
                stand = wait.next().await;
            }
        };
        // Whether it ended or the moment did.
        let _ = tokio::time::timeout(moment, over).await;
        Ok(match wait.stand() {
            Stand::Under(share) => Worked::Under { name, share },
            Stand::Failed(why) => Worked::Failed(why),
            Stand::Done(answer) => Worked::Done(answer.downcast().map_err(|_| Refusal::broken("an answer of another kind"))?),
        })
    }

    /// Waits for a piece of work that was begun; none where there is no such one any more.
    pub fn follow(&self, name: &str) -> Option<Wait> {
        let pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        pieces.get(name).map(|piece| self.wait(piece))
    }

    fn wait(&self, piece: &Arc<Piece>) -> Wait {
        piece.waiting.fetch_add(1, Ordering::AcqRel);
        piece.asked.store(self.asked.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        Wait { piece: piece.clone(), clock: self.clock.clone(), stand: piece.stand.subscribe() }
    }

    fn begin(
        &self,
        name: &str,
        work: impl FnOnce(&Bench) -> std::result::Result<Arc<dyn Any + Send + Sync>, String> + Send + 'static,
    ) -> Result<Wait> {
        let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(piece) = pieces.get(name) {
            return Ok(self.wait(piece));
        }
        if pieces.values().filter(|piece| !piece.is_over()).count() >= MOST {
            return Err(Refusal::Busy);
        }
        // Those asked for longest ago make room.
        while pieces.values().filter(|piece| piece.is_over()).count() >= KEPT {
            let oldest = pieces
                .iter()
                .filter(|(_, piece)| piece.is_over())
                .min_by_key(|(_, piece)| piece.asked.load(Ordering::Relaxed))
                .map(|(name, _)| name.clone());
            match oldest {
                Some(oldest) => pieces.remove(&oldest),
                None => break,
            };
        }
        let piece = Arc::new(Piece {
            stand: watch::Sender::new(Stand::Under(0.0)),
            waiting: AtomicUsize::new(0),
            left_at: AtomicI64::new(self.clock.now()),
            asked: AtomicUsize::new(0),
            given_up: AtomicBool::new(false),
        });
        pieces.insert(name.to_owned(), piece.clone());
        let wait = self.wait(&piece);
        drop(pieces);
        tokio::spawn(self.clone().carry(name.to_owned(), piece, work));
        Ok(wait)
    }

    async fn carry(
        self,
        name: String,
        piece: Arc<Piece>,
        work: impl FnOnce(&Bench) -> std::result::Result<Arc<dyn Any + Send + Sync>, String> + Send + 'static,
    ) {
        let Ok(turn) = self.turns.clone().acquire_owned().await else { return };
        let bench = Bench { piece: piece.clone(), clock: self.clock.clone() };
        let result = match piece.goes_on(self.clock.now()) {
            true => {
                spawn_blocking(move || {
                    let _turn = turn;
                    work(&bench)
                })
                .await
            }
            false => Ok(Err(String::new())),
        };
        match result {
            Ok(Ok(answer)) => drop(piece.stand.send_replace(Stand::Done(answer))),
            Ok(Err(_)) if piece.given_up.load(Ordering::Acquire) => {
                self.forget(&name);
                drop(piece.stand.send_replace(Stand::Failed("Nobody waited for it any more.".into())));
            }
            Ok(Err(why)) => drop(piece.stand.send_replace(Stand::Failed(why))),
            Err(error) => {
                tracing::error!(%error, "a computation broke off");
                self.forget(&name);
                drop(piece.stand.send_replace(Stand::Failed("This could not be worked out. The reason is in the log of the server.".into())));
            }
        }
    }

    fn forget(&self, name: &str) {
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

fn name_of(kind: &str, read: &impl Serialize) -> Result<String> {
    let text = serde_json::to_vec(&(kind, read)).map_err(|error| Refusal::broken(error.to_string()))?;
    let mut name = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(name, "{byte:02x}");
    }
    Ok(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const SOON: Duration = Duration::from_secs(60);
    const NOT_AT_ALL: Duration = Duration::ZERO;

    fn workshop() -> Workshop {
        Workshop::new(Clock::held(1_000_000))
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_same_is_worked_out_once() {
        let shop = workshop();
        for _ in 0..3 {
            let once = Arc::new(AtomicUsize::new(0));
            let counted = once.clone();
            let Worked::Done(answer) = shop.work_out("sum", &[1, 2], SOON, move |_| Ok(counted.fetch_add(1, Ordering::Relaxed) + 3)).await.unwrap()
            else {
                panic!("not done")
            };
            assert_eq!(*answer, 3);
        }
        let Worked::Done(other) = shop.work_out("sum", &[2, 2], SOON, |_| Ok(4_usize)).await.unwrap() else { panic!("not done") };
        assert_eq!(*other, 4, "what was read is another");
        assert!(
            matches!(shop.work_out("sum", &[9], SOON, |_| Err::<usize, _>("too few".into())).await.unwrap(), Worked::Failed(why) if why == "too few")
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_waits_sees_how_far_it_is() {
        let shop = workshop();
        let (go, gone) = mpsc::channel::<f64>();
        let work = move |bench: &Bench| {
            while let Ok(share) = gone.recv() {
                bench.goes_on(share);
            }
            Ok(7_i64)
        };
        let Worked::Under { name, .. } = shop.work_out("slow", &0, NOT_AT_ALL, work).await.unwrap() else { panic!("done at once") };
        let mut wait = shop.follow(&name).unwrap();
        go.send(0.5).unwrap();
        assert!(matches!(wait.next().await, Stand::Under(share) if share == 0.5));
        drop(go);
        assert!(matches!(wait.next().await, Stand::Done(_)));
        assert!(shop.follow("unknown").is_none());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_nobody_waits_for_is_given_up() {
        let shop = workshop();
        let (go, gone) = mpsc::channel::<()>();
        let (say, said) = mpsc::channel::<bool>();
        let work = move |bench: &Bench| {
            while gone.recv().is_ok() {
                let goes_on = bench.goes_on(0.1);
                say.send(goes_on).map_err(|e| e.to_string())?;
                if !goes_on {
                    return Err("given up".into());
                }
            }
            Ok(())
        };
        let Worked::Under { name, .. } = shop.work_out("slow", &0, NOT_AT_ALL, work).await.unwrap() else { panic!("done at once") };
        let wait = shop.follow(&name).unwrap();
        shop.clock.forward(PATIENCE * 2);
        go.send(()).unwrap();
        assert!(said.recv().unwrap(), "somebody waits");
        let other = shop.follow(&name).unwrap();
        drop(wait);
        drop(other);
        go.send(()).unwrap();
        assert!(said.recv().unwrap(), "a reload is not a leaving");
        shop.clock.forward(PATIENCE);
        go.send(()).unwrap();
        assert!(!said.recv().unwrap(), "nobody came back");
        while shop.follow(&name).is_some() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn too_much_at_once_is_turned_away() {
        let shop = workshop();
        let (go, gone) = mpsc::channel::<()>();
        let gone = Arc::new(Mutex::new(gone));
        for n in 0..MOST {
            let gone = gone.clone();
            let begun = shop.work_out("slow", &n, NOT_AT_ALL, move |_| Ok(gone.lock().unwrap().recv().is_ok())).await;
            assert!(begun.is_ok());
        }
        assert!(matches!(shop.work_out("slow", &MOST, NOT_AT_ALL, |_| Ok(true)).await, Err(Refusal::Busy)));
        drop(go);
    }
}
