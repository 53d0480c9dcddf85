//! How often credentials may be tried. Nobody is locked out by others: whoever comes from a device that the account was
//! used on before is counted by that device alone, strangers by the account and by where they come from.

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use kernel::{Refusal, Result};
use sha2::{Digest, Sha256};
use std::{num::NonZeroU32, time::Duration};

/// Tries by key; keys are hashes, so that nobody can fill the memory with long ones.
struct Tries(DefaultKeyedRateLimiter<[u8; 32]>);

impl Tries {
    /// So many at once, then one each so many seconds.
    fn of(at_once: u32, seconds: u64) -> Tries {
        let burst = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(Duration::from_secs(seconds)).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        Tries(RateLimiter::keyed(quota.allow_burst(burst)))
    }

    fn one(&self, key: &str) -> Result<()> {
        if self.0.len() > 10_000 {
            self.0.retain_recent();
        }
        self.0.check_key(&Sha256::digest(key.as_bytes()).into()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Refusal::TooMany { retry_seconds: wait.as_secs() + 1 }
        })
    }
}

/// All limits of the house.
pub struct Limits {
    accounts: Tries,
    devices: Tries,
    addresses: Tries,
    letters: Tries,
    links: Tries,
    visitors: Tries,
    questions: Tries,
    crowds: Tries,
    strangers: Tries,
    voices: Tries,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            accounts: Tries::of(10, 6),
            devices: Tries::of(10, 6),
            addresses: Tries::of(100, 1),
            letters: Tries::of(3, 1200),
            links: Tries::of(60, 1),
            visitors: Tries::of(100, 1),
            questions: Tries::of(5, 300),
            crowds: Tries::of(120, 1),
            strangers: Tries::of(30, 1800),
            voices: Tries::of(30, 60),
        }
    }
}

impl Limits {
    /// Counts one try of an account's password. `account` is its address as it is kept; `device` is what the browser
    /// shows of an earlier time, where it fits the account; `from` is where the request comes from.
    ///
    /// # Errors
    /// `TooMany`, with the seconds to wait.
    pub fn password(&self, account: &str, device: Option<&str>, from: &str) -> Result<()> {
        match device {
            Some(device) => self.devices.one(device),
            None => self.addresses.one(from).and_then(|()| self.accounts.one(account)),
        }
    }

    /// Counts one try of anything else that costs or reveals, by where it comes from.
    pub fn from(&self, from: &str) -> Result<()> {
        self.addresses.one(from)
    }

    /// Counts one opening of a link, by its hash and by where it comes from: guesses and a link that goes round alike.
    pub fn link(&self, hash: &str, from: &str) -> Result<()> {
        self.visitors.one(from).and_then(|()| self.links.one(hash))
    }

    /// Counts one question of whoever holds a link, from where it comes.
    pub fn question(&self, from: &str) -> Result<()> {
        self.questions.one(from)
    }

    /// Counts one thing that somebody without an account brings to a place, wherever they come from: many of them together
    /// hold nobody else up. The last of all limits, so that whoever is refused by another uses nothing up of what all share.
    pub fn crowd(&self, place: &str) -> Result<()> {
        self.crowds.one(place)
    }

    /// Counts one thing to be kept that somebody without an account leaves, by who or where they are: so many a day.
    pub fn stranger(&self, who: &str) -> Result<()> {
        self.strangers.one(who)
    }

    /// Counts one word (a vote) of somebody without an account who is known again.
    pub fn voice(&self, who: &str) -> Result<()> {
        self.voices.one(who)
    }

    /// Counts one letter that a stranger has sent to an account.
    pub fn letter(&self, account: &str) -> Result<()> {
        self.letters.one(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_slowed_down_and_known_devices_are_not() {
        let limits = Limits::default();
        let tries = |device, from: &str| (0..50).filter(|_| limits.password("a@x.org", device, from).is_ok()).count();
        assert_eq!(tries(None, "stranger"), 10);
        assert_eq!(tries(None, "another stranger"), 0, "the account is counted wherever they come from");
        assert_eq!(tries(Some("laptop"), "home"), 10, "its own device is not theirs to use up, but has a limit too");
        assert!(limits.password("b@x.org", None, "another stranger").is_ok(), "nor is another account");
    }

    #[test]
    fn many_people_behind_one_address_come_in() {
        let limits = Limits::default();
        assert_eq!((0..100).filter(|n| limits.password(&format!("{n}@x.org"), None, "office").is_ok()).count(), 100);
        assert!(limits.password("101@x.org", None, "office").is_err());
        assert!(limits.from("office").is_err(), "they are counted with everything else from there");
        assert!(limits.from("elsewhere").is_ok());
    }
}
