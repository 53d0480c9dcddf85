//! What a member has looked at: the machinery's own state, without activity. A command says it (`Decided::seen`), and one
//! place writes it (`app`); for everybody else it is as if it were not.

use crate::{Column, EventKind, Look, Result, list};
use uuid::Uuid;

/// The tables, which a backup takes along.
pub const TABLES: &[&str] = &["unread", "last_here", "has_read"];

/// Something looked at, or yet to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Glance {
    /// There is something new about a thing, since a moment.
    Yet { thing: Uuid, since: i64 },
    /// Nothing about these things is new any more.
    Done(Vec<Uuid>),
    /// Nothing about anything is.
    All,
    /// Everything in a product was seen up to a moment.
    Here { product: Uuid, until: i64 },
    /// It was read. How many have is told; who has, to nobody.
    Read(Uuid),
}

/// What a command says that its asker has looked at.
#[derive(Clone, Debug)]
pub struct Seen {
    pub glance: Glance,
    /// How it is told to its member; nothing where nobody asked for it.
    pub told: Option<(&'static EventKind, String)>,
}

/// So many things with something new about them are counted.
pub const MOST_COUNTED: i64 = 99;

/// How many things there are with something new about them for whoever asks, up to one more than are counted.
pub fn unread(look: &mut Look) -> Result<i64> {
    if look.scope.oneself().is_err() {
        return Ok(0);
    }
    look.number(&format!("select count(*) from (select 1 from unread where member = $me limit {}) as new", MOST_COUNTED + 1), &[])
}

/// Up to which moment whoever asks has seen the product at hand, if they ever said so.
pub fn last_here(look: &mut Look) -> Result<Option<i64>> {
    let product = look.scope.product_id()?;
    look.first("select at from last_here where member = $me and product = $1", &[product.value()])?.map(|mut row| row.take()).transpose()
}

/// How many of these members have read a thing.
pub fn how_many_read(look: &mut Look, thing: Uuid, among: &[Uuid]) -> Result<i64> {
    look.number("select count(*) from has_read where thing = $1 and member in each($2)", &[thing.value(), list(among.iter().copied())])
}

/// Whether whoever asks has read a thing.
pub fn has_read(look: &mut Look, thing: Uuid) -> Result<bool> {
    Ok(look.number("select count(*) from has_read where thing = $1 and member = $me", &[thing.value()])? > 0)
}
