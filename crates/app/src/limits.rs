//! Rate limits on whatever takes a credential, by e-mail and by address.

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use kernel::{Refusal, Result};
use std::num::NonZeroU32;

/// Ten tries at once, then one each six seconds, for each key.
pub struct Limits(DefaultKeyedRateLimiter<String>);

impl Default for Limits {
    fn default() -> Self {
        let per_minute = NonZeroU32::MIN.saturating_add(9);
        Limits(RateLimiter::keyed(Quota::per_minute(per_minute)))
    }
}

impl Limits {
    /// Counts one try of a credential.
    ///
    /// # Errors
    /// `TooMany`, with the seconds to wait.
    pub fn credential(&self, key: &str) -> Result<()> {
        if self.0.len() > 10_000 {
            self.0.retain_recent();
        }
        self.0.check_key(&key.to_lowercase()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Refusal::TooMany { retry_seconds: wait.as_secs() + 1 }
        })
    }
}
