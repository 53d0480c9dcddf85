//! Stories that are like the one at hand and are done: what they were estimated at, and how long they really took. The texts
//! of a product's accepted stories are held in memory and brought up to date by what was changed since they were last asked.

use backlog::Story;
use kernel::{Area, Column, Look, Noun, Refusal, Result, Uuid, Value, list};
use similarity::Index;
use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
};
use web::when;

/// Texts of so many products are held; with more, all are read again.
const HELD: usize = 16;
/// Clocks of nodes may differ by this much: what was changed shortly before the last time is looked at once more.
const OVERLAP: i64 = 30_000;
/// So many that are alike are shown.
const SHOWN: usize = 5;
/// Beyond these it is hardly alike.
const ALIKE_FROM: f32 = 0.22;

/// The accepted stories of one product.
#[derive(Default)]
struct Texts {
    index: Index,
    ids: Vec<Uuid>,
    places: HashMap<Uuid, (u64, i64)>,
    until: i64,
}

/// What is held of one product, and whether it has been read for the first time.
#[derive(Default)]
struct Held {
    read: AtomicBool,
    texts: Mutex<Texts>,
}

static TEXTS: LazyLock<Mutex<HashMap<Uuid, Arc<Held>>>> = LazyLock::new(Mutex::default);

fn held(product: Uuid) -> Result<Arc<Held>> {
    let mut texts = TEXTS.lock().map_err(|_| Refusal::broken("the texts that are compared"))?;
    if texts.len() >= HELD && !texts.contains_key(&product) {
        texts.clear();
    }
    Ok(texts.entry(product).or_default().clone())
}

impl Texts {
    fn catch_up(&mut self, look: &mut Look) -> Result<()> {
        // Whoever asks sees the backlog; what is found is looked up as they may see it.
        let sql = "select id, version, updated_at, case when stage = 'accepted' and removed_at is null then 1 else 0 end,
                   title || ' ' || wants || ' ' || substr(body, 1, 1000) from story
                   where product = $1 and settled_at is not null and updated_at >= $2";
        for mut row in look.reader.query(sql, &[look.scope.product_id()?.value(), Value::Int(self.until - OVERLAP)])? {
            let (id, version, at): (Uuid, i64, i64) = (row.take()?, row.take()?, row.take()?);
            let (done, text): (i64, String) = (row.take()?, row.take()?);
            self.until = self.until.max(at);
            let place = match self.places.get(&id) {
                Some((_, read)) if *read == version => continue,
                Some((place, _)) => *place,
                None if done == 0 => continue,
                None => {
                    self.ids.push(id);
                    self.ids.len() as u64 - 1
                }
            };
            self.places.insert(id, (place, version));
            if done == 1 { self.index.add(place, &text) } else { self.index.remove(place) }
        }
        Ok(())
    }
}

/// A story that is done and like another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    pub number: i64,
    pub title: String,
    pub points: Option<f64>,
    /// From the day its work began to the day it was accepted, both counted.
    pub days: Option<i64>,
}

/// Accepted stories that are most like one, the most alike first.
pub(crate) fn alike(look: &mut Look, story: &Story) -> Result<Vec<Alike>> {
    if !look.scope.sees(Area::Backlog) || !look.scope.sees(Area::Estimates) {
        return Ok(vec![]);
    }
    let text = format!("{} {} {}", story.title, story.wants, story.body.chars().take(1000).collect::<String>());
    let order: Vec<Uuid> = {
        let held = held(look.scope.product_id()?)?;
        let mut texts = match held.texts.try_lock() {
            Ok(texts) => texts,
            // The first reading of a large product takes seconds. One does it; the others go without rather than wait on threads
            // that every page needs.
            Err(TryLockError::WouldBlock) if !held.read.load(Ordering::Acquire) => return Ok(vec![]),
            Err(_) => held.texts.lock().map_err(|_| Refusal::broken("the texts that are compared"))?,
        };
        texts.catch_up(look)?;
        held.read.store(true, Ordering::Release);
        let found = texts.index.like(&text, SHOWN + 1).into_iter().filter(|found| found.likeness >= ALIKE_FROM);
        found.filter_map(|found| texts.ids.get(found.id as usize).copied()).filter(|id| *id != story.meta.id).take(SHOWN).collect()
    };
    let mut found = Story::all(look, "and id in each($2) and stage = 'accepted'", &[list(order.iter().copied())])?;
    found.sort_by_key(|one| order.iter().position(|id| *id == one.meta.id));
    let days = |one: &Story| {
        let (began, ended) = (one.started_at?, one.settled_at?);
        Some(when::days_between(&when::day(began.min(ended)), &when::day(ended)) + 1)
    };
    Ok(found.into_iter().map(|one| Alike { days: days(&one), number: one.number, title: one.title, points: one.points }).collect())
}
