//! A piece of reading without its type, so that what carries it to the database is built once and not for each page.

use kernel::{Look, Refusal, Result};
use std::sync::{Arc, Mutex, PoisonError};

/// What reads, and keeps what it found elsewhere.
pub(crate) type Reading = Box<dyn FnOnce(&mut Look) -> Result<()> + Send>;

/// What a reading found.
pub(crate) struct Kept<T>(Arc<Mutex<Option<T>>>);

/// Parts a reading from what it finds.
pub(crate) fn keeping<T: Send + 'static>(read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static) -> (Kept<T>, Reading) {
    let kept = Arc::new(Mutex::new(None));
    let found = kept.clone();
    let reading = move |look: &mut Look| {
        let value = read(look)?;
        *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        Ok(())
    };
    (Kept(kept), Box::new(reading))
}

impl<T> Kept<T> {
    /// What was found, once the reading is over.
    pub fn taken(self) -> Result<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(|| Refusal::broken("a reading that kept nothing"))
    }
}
