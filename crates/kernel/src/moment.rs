//! When and with which luck a command runs. Clock and dice belong to `app`; a rule is handed a
//! `Moment`, so the same command at the same moment always has the same result.

use crate::{Id, Meta};
use std::cell::RefCell;
use uuid::Uuid;

/// A secret made for someone: the word itself, to be shown once, and what is kept of it.
#[derive(Clone, Debug)]
pub struct Secret {
    pub plain: String,
    pub hash: String,
}

type Dice = Box<dyn FnMut() -> Uuid>;
type Secrets = Box<dyn FnMut() -> Secret>;

/// One instant, with a supply of fresh ids and secrets.
pub struct Moment {
    /// Milliseconds since 1970, UTC.
    pub now: i64,
    ids: RefCell<Dice>,
    secrets: RefCell<Secrets>,
}

impl Moment {
    pub fn new(now: i64, ids: Dice, secrets: Secrets) -> Self {
        Moment { now, ids: RefCell::new(ids), secrets: RefCell::new(secrets) }
    }

    /// A fresh id.
    pub fn id<T>(&self) -> Id<T> {
        Id::new((self.ids.borrow_mut())())
    }

    /// The head of a new thing in a product (or in the workspace).
    pub fn fresh(&self, product: Option<Uuid>) -> Meta {
        Meta { id: (self.ids.borrow_mut())(), product, version: 1, created_at: self.now, updated_at: self.now, removed_at: None }
    }

    pub fn secret(&self) -> Secret {
        (self.secrets.borrow_mut())()
    }

    pub fn in_days(&self, days: i64) -> i64 {
        self.now + days * 86_400_000
    }
}
