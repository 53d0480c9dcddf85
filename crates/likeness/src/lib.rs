//! What says the same, of any noun of a product. Each node holds the texts in memory, and whoever asks brings them up to date
//! first by what was changed since, so that asking reads no more than that.

use kernel::{Column, Look, Refusal, Result, Uuid, Value};
use similarity::Index;
pub use similarity::LIKELY;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroU32,
    sync::{Arc, LazyLock, Mutex},
};

/// Texts of so many products and nouns are held; with more, those go that were asked longest ago.
const HELD: usize = 48;
/// Of a long text so much is compared, in characters.
const COMPARED: usize = 2_000;
/// Clocks of nodes may differ by this much, and an act may last as long: what was changed shortly before the last time is
/// looked at once more.
const OVERLAP: i64 = 30_000;
/// So many are read at one asking, since a page waits for it. With more, those that ask next read on, and until then what has
/// been read is compared.
const AT_ONCE: usize = 2_000;

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

/// The texts of one product, and when they were asked last.
type Asked = HashMap<(Uuid, Texts), (i64, Arc<Mutex<Held>>)>;
static HOLD: LazyLock<Mutex<Asked>> = LazyLock::new(Mutex::default);

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
        let held = self.held(look.scope.product_id()?, look.now())?;
        let mut held = held.lock().map_err(|_| broken())?;
        held.catch_up(look, self, AT_ONCE)?;
        Ok(held.like(text, most))
    }

    fn held(self, product: Uuid, now: i64) -> Result<Arc<Mutex<Held>>> {
        let mut hold = HOLD.lock().map_err(|_| broken())?;
        let key = (product, self);
        if hold.len() >= HELD
            && !hold.contains_key(&key)
            && let Some(oldest) = hold.iter().min_by_key(|(_, (asked, _))| *asked).map(|(key, _)| *key)
        {
            hold.remove(&oldest);
        }
        let (asked, held) = hold.entry(key).or_default();
        *asked = now;
        Ok(held.clone())
    }
}

fn broken() -> Refusal {
    Refusal::broken("the texts that are compared")
}

/// The texts of one product as they were read last.
#[derive(Debug, Default)]
pub struct Held {
    index: Index,
    /// Whose text stands at each place of the index.
    ids: Vec<Uuid>,
    places: HashMap<Uuid, Place>,
    /// When the last reading that came to its end began. Not when the newest was changed: many that came in together would be
    /// read again each time.
    until: i64,
    /// The reading under way, if it broke off.
    more: Option<More>,
}

/// Where a thing's text stands.
#[derive(Debug)]
struct Place {
    at: u32,
    /// Tells whether the text is another: most changes are of something else.
    said: Option<NonZeroU32>,
    version: i64,
}

/// How far a reading has come, by when things were changed.
#[derive(Clone, Copy, Debug)]
struct More {
    began: i64,
    changed: i64,
    id: Uuid,
}

impl Held {
    /// Reads what was changed since, at most so many, and says whether that is all.
    ///
    /// # Errors
    /// What the database says.
    pub fn catch_up(&mut self, look: &mut Look, texts: Texts, at_most: usize) -> Result<bool> {
        let Texts { noun, text, standing } = texts;
        let product = look.scope.product_id()?;
        let mut more = self.more.unwrap_or(More { began: look.now(), changed: self.until - OVERLAP, id: Uuid::nil() });
        let sql = format!(
            "select id, version, updated_at, case when {standing} then substr({text}, 1, {COMPARED}) end from {noun}
             where product = $1 and (updated_at, id) > ($2, $3) order by updated_at, id limit {at_most}"
        );
        let rows = look.reader.query(&sql, &[product.value(), Value::Int(more.changed), more.id.value()])?;
        let all = rows.len() < at_most;
        for mut row in rows {
            let (id, version): (Uuid, i64) = (row.take()?, row.take()?);
            (more.changed, more.id) = (row.take()?, id);
            self.keep(id, version, row.take()?);
        }
        // What was changed while it went on is looked at once more by the next one.
        (self.until, self.more) = if all { (self.until.max(more.began), None) } else { (self.until, Some(more)) };
        Ok(all)
    }

    /// Takes in what a thing says now, or that it no longer counts.
    fn keep(&mut self, id: Uuid, version: i64, text: Option<String>) {
        let said = text.as_ref().map(|text| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            NonZeroU32::MIN | hasher.finish() as u32
        });
        let place = match self.places.get_mut(&id) {
            Some(place) if place.version >= version => return,
            Some(place) => place,
            None if text.is_none() => return,
            None => {
                self.ids.push(id);
                self.places.entry(id).or_insert(Place { at: self.ids.len() as u32 - 1, version, said: None })
            }
        };
        place.version = version;
        if place.said == said {
            return;
        }
        place.said = said;
        match text {
            Some(text) => self.index.add(place.at.into(), &text),
            None => self.index.remove(place.at.into()),
        }
    }

    /// Those that are most like a text, the most alike first.
    pub fn like(&self, text: &str, most: usize) -> Vec<(Uuid, f32)> {
        let beginning = text.char_indices().nth(COMPARED).map_or(text, |(at, _)| &text[..at]);
        let found = self.index.like(beginning, most);
        found.into_iter().filter_map(|found| Some((*self.ids.get(found.id as usize)?, found.likeness))).collect()
    }
}
