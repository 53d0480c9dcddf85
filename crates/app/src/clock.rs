//! Clock and dice, the only ones in the house; tests hold both in their hand.

use crate::secret;
use kernel::Moment;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::{ContextV7, Timestamp, Uuid};

/// Tells the time in milliseconds since 1970 (UTC).
#[derive(Clone)]
pub enum Clock {
    System,
    /// Stands still until it is moved.
    Held(Arc<AtomicI64>),
    /// Goes as the system's does, so many milliseconds ahead of it.
    Ahead(Arc<AtomicI64>),
}

impl Clock {
    pub fn held(at: i64) -> Clock {
        Clock::Held(Arc::new(AtomicI64::new(at)))
    }

    /// One that can be put forward.
    pub fn movable() -> Clock {
        Clock::Ahead(Arc::default())
    }

    pub fn now(&self) -> i64 {
        match self {
            Clock::System => system(),
            Clock::Held(at) => at.load(Ordering::Relaxed),
            Clock::Ahead(by) => system() + by.load(Ordering::Relaxed),
        }
    }

    /// Moves a clock on that can be moved.
    pub fn forward(&self, milliseconds: i64) {
        if let Clock::Held(by) | Clock::Ahead(by) = self {
            by.fetch_add(milliseconds, Ordering::Relaxed);
        }
    }

    /// The moment of one transaction.
    pub fn moment(&self, at: Option<i64>) -> Moment {
        let now = at.unwrap_or_else(|| self.now());
        Moment::new(now, Box::new(move || id_at(now)), Box::new(secret::make))
    }
}

fn system() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64)
}

/// One counter for the process, so that ids made within a millisecond stay in order.
static CONTEXT: std::sync::Mutex<ContextV7> = std::sync::Mutex::new(ContextV7::new());

fn id_at(now: i64) -> Uuid {
    let (seconds, nanos) = ((now / 1000).max(0) as u64, (now.rem_euclid(1000) * 1_000_000) as u32);
    match CONTEXT.lock() {
        Ok(context) => Uuid::new_v7(Timestamp::from_unix(&*context, seconds, nanos)),
        Err(_) => Uuid::now_v7(),
    }
}
