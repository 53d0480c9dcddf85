//! What says the same, of any noun of a product. Each node holds the texts in memory, and whoever asks brings them up to date
//! first by what was changed since, so that asking reads no more than that.

use kernel::{Column, Look, Refusal, Result, Uuid, Value};
use similarity::Index;
pub use similarity::LIKELY;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

/// Texts of so many products and nouns are held; with more, all are read again.
const HELD: usize = 48;
/// Of a long text so much is compared, in characters.
const COMPARED: usize = 2_000;
/// Clocks of nodes may differ by this much, and an act may last as long: what was changed shortly before the last time is
/// looked at once more.
const OVERLAP: i64 = 30_000;
/// So many are read at one asking, a tenth of a second's work: pages wait for it. With more, those that ask next read on, and
/// until then what has been read is compared.
const AT_ONCE: usize = 10_000;

/// Texts that are compared with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Texts {
    /// Of the things in this table,
    pub noun: &'static str,
    /// what this piece of SQL says,
    pub text: &'static str,
    /// where this piece of SQL holds.
    pub standing: &'static str,
}

impl Texts {
    /// Those of all things of a noun that are not removed.
    pub const fn of(noun: &'static str, text: &'static str) -> Texts {
        Texts { noun, text, standing: "removed_at is null" }
    }

    /// Those that are most like a text, the most alike first. Whoever asks sees the whole noun, so nothing of it is kept from
    /// them; what is found is looked up as they may see it.
    ///
    /// # Errors
    /// What the database says.
    pub fn like(self, look: &mut Look, text: &str, most: usize) -> Result<Vec<(Uuid, f32)>> {
        let held = self.held(look.scope.product_id()?)?;
        let mut held = held.lock().map_err(|_| broken())?;
        held.catch_up(look, self, AT_ONCE)?;
        Ok(held.like(text, most))
    }

    fn held(self, product: Uuid) -> Result<Arc<Mutex<Held>>> {
        static HOLD: LazyLock<Mutex<HashMap<(Uuid, Texts), Arc<Mutex<Held>>>>> = LazyLock::new(Mutex::default);
        let mut hold = HOLD.lock().map_err(|_| broken())?;
        if hold.len() >= HELD && !hold.contains_key(&(product, self)) {
            hold.clear();
        }
        Ok(hold.entry((product, self)).or_default().clone())
    }
}

fn broken() -> Refusal {
    Refusal::broken("the texts that are compared")
}

/// The texts of one product as they were read last.
#[derive(Debug, Default)]
pub struct Held {
    index: Index,
    /// Each by its place in the index, with the version that was read.
    ids: Vec<Uuid>,
    places: HashMap<Uuid, (u64, i64)>,
    /// When they were read last. Not when the newest was changed: many that came in together would be read again each time.
    until: i64,
    /// Where reading broke off, by when things were changed, if there are more.
    more: Option<(i64, Uuid)>,
}

impl Held {
    /// Reads what was changed since, at most so many, and says whether that is all.
    ///
    /// # Errors
    /// What the database says.
    pub fn catch_up(&mut self, look: &mut Look, texts: Texts, at_most: usize) -> Result<bool> {
        let Texts { noun, text, standing } = texts;
        let product = look.scope.product_id()?;
        let (from, id) = self.more.unwrap_or((self.until - OVERLAP, Uuid::nil()));
        let sql = format!(
            "select id, version, updated_at, case when {standing} then {text} end from {noun}
             where product = $1 and (updated_at, id) > ($2, $3) order by updated_at, id limit {at_most}"
        );
        let rows = look.reader.query(&sql, &[product.value(), Value::Int(from), id.value()])?;
        let all = rows.len() < at_most;
        for mut row in rows {
            let (id, version, changed): (Uuid, i64, i64) = (row.take()?, row.take()?, row.take()?);
            let text: Option<String> = row.take()?;
            self.more = Some((changed, id));
            let place = match self.places.get(&id) {
                Some((_, read)) if *read == version => continue,
                Some((place, _)) => *place,
                None if text.is_none() => continue,
                None => {
                    self.ids.push(id);
                    self.ids.len() as u64 - 1
                }
            };
            self.places.insert(id, (place, version));
            match text {
                Some(text) => self.index.add(place, beginning(&text)),
                None => self.index.remove(place),
            }
        }
        if all {
            self.more = None;
            self.until = self.until.max(look.now());
        }
        Ok(all)
    }

    /// Those that are most like a text, the most alike first.
    pub fn like(&self, text: &str, most: usize) -> Vec<(Uuid, f32)> {
        let found = self.index.like(beginning(text), most);
        found.into_iter().filter_map(|found| Some((*self.ids.get(found.id as usize)?, found.likeness))).collect()
    }
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(COMPARED).map_or(text, |(at, _)| &text[..at])
}
