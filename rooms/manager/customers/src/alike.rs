//! What says the same: evidence, needs and whatever another room asks for, those of a product by likeness. The texts are held in
//! memory, a product each, and brought up to date by what was changed since they were last asked, so that asking reads no more
//! than that.

use crate::model::*;
use kernel::{Area, Column, Id, Look, Noun, Refusal, Result, Uuid, Value, list};
use similarity::{Index, LIKELY};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

/// Texts of so many products and nouns are held; with more, all are read again.
const HELD: usize = 32;
/// Of a long text so much is compared, in characters.
const COMPARED: usize = 2_000;
/// Clocks of nodes may differ by this much, and an act may last as long: what was changed shortly before the last time is
/// looked at once more.
const OVERLAP: i64 = 30_000;

/// The texts of one noun in one product.
#[derive(Default)]
struct Texts {
    index: Index,
    /// Each by its place in the index, with the version that was read.
    ids: Vec<Uuid>,
    places: HashMap<Uuid, (u64, i64)>,
    /// When they were read last. Not when the newest was changed: many that came in together would be read again each time.
    until: i64,
}

type Held = HashMap<(Uuid, &'static str), Arc<Mutex<Texts>>>;
static TEXTS: LazyLock<Mutex<Held>> = LazyLock::new(Mutex::default);

fn held(product: Uuid, noun: &'static str) -> Result<Arc<Mutex<Texts>>> {
    let mut texts = TEXTS.lock().map_err(|_| Refusal::broken("the texts that are compared"))?;
    if texts.len() >= HELD && !texts.contains_key(&(product, noun)) {
        texts.clear();
    }
    Ok(texts.entry((product, noun)).or_default().clone())
}

impl Texts {
    fn catch_up(&mut self, look: &mut Look, noun: &str, text: &str) -> Result<()> {
        let product = look.scope.product_id()?;
        // Whoever asks sees the whole noun, so nothing of it is kept from them; what is found is looked up as they may see it.
        let changed = format!("select id, version, removed_at, {text} from {noun} where product = $1 and updated_at >= $2");
        for mut row in look.reader.query(&changed, &[product.value(), Value::Int(self.until - OVERLAP)])? {
            let (id, version): (Uuid, i64) = (row.take()?, row.take()?);
            let (removed, text): (Option<i64>, String) = (row.take()?, row.take()?);
            let place = match self.places.get(&id) {
                Some((_, read)) if *read == version => continue,
                Some((place, _)) => *place,
                None => {
                    self.ids.push(id);
                    self.ids.len() as u64 - 1
                }
            };
            self.places.insert(id, (place, version));
            match removed {
                None => self.index.add(place, beginning(&text)),
                Some(_) => self.index.remove(place),
            }
        }
        self.until = self.until.max(look.now());
        Ok(())
    }
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(COMPARED).map_or(text, |(at, _)| &text[..at])
}

/// Things of a noun that are most like a text, the most alike first; of whoever does not see customers none.
pub fn like(look: &mut Look, noun: &'static str, field: &str, text: &str, most: usize) -> Result<Vec<(Uuid, f32)>> {
    if !look.scope.sees(Area::Customers) {
        return Ok(vec![]);
    }
    like_any(look, noun, field, text, most)
}

/// The same of a noun of another room, which has asked whether whoever asks sees all of them.
pub fn like_any(look: &mut Look, noun: &'static str, field: &str, text: &str, most: usize) -> Result<Vec<(Uuid, f32)>> {
    let texts = held(look.scope.product_id()?, noun)?;
    let mut texts = texts.lock().map_err(|_| Refusal::broken("the texts that are compared"))?;
    texts.catch_up(look, noun, field)?;
    let found = texts.index.like(beginning(text), most);
    Ok(found.into_iter().filter_map(|found| Some((*texts.ids.get(found.id as usize)?, found.likeness))).collect())
}

/// So many that are alike are looked at for needs.
const LOOKED_AT: usize = 25;
/// So alike evidence or a need has to be for the need to be offered.
const OFFERED_FROM: f32 = 0.25;

/// What stands beside a piece of evidence while it is triaged.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Evidence that likely says the same, with how alike it is.
    pub same: Vec<(Evidence, f32)>,
    /// Needs that it may support, the likeliest first.
    pub needs: Vec<Need>,
}

/// Likely duplicates of a piece and the needs that it may support: those of what is like it, and those that sound like it.
pub fn beside(look: &mut Look, piece: &Evidence, linked: &[Uuid]) -> Result<Beside> {
    let own = piece.meta.id;
    let alike: Vec<(Uuid, f32)> = like(look, Evidence::TABLE, "quote", &piece.quote, LOOKED_AT)?.into_iter().filter(|(id, _)| *id != own).collect();
    let likeness: HashMap<Uuid, f32> = alike.iter().copied().collect();
    let likely = list(alike.iter().filter(|(_, likeness)| *likeness >= LIKELY).map(|(id, _)| *id).take(5));
    // A whole and what was taken from it are not duplicates of one another.
    let whole = piece.split_from.unwrap_or(piece.id());
    let mut same: Vec<(Evidence, f32)> =
        Evidence::all(look, "and id in each($2) and id <> $3 and coalesce(split_from, '') <> $3", &[likely, whole.value()])?
            .into_iter()
            .map(|e| (likeness.get(&e.meta.id).copied().unwrap_or_default(), e))
            .map(|(likeness, e)| (e, likeness))
            .collect();
    same.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut scores: HashMap<Uuid, f32> = HashMap::new();
    for (need, likeness) in like(look, Need::TABLE, "title || ' ' || statement", &piece.quote, 8)? {
        scores.insert(need, likeness);
    }
    let near: Vec<Uuid> = alike.iter().filter(|(_, likeness)| *likeness >= OFFERED_FROM).map(|(id, _)| *id).collect();
    for (evidence, needs) in crate::rows::supported(look, near)? {
        let likeness = likeness.get(&evidence).copied().unwrap_or_default();
        for need in needs {
            let score = scores.entry(need).or_default();
            *score = score.max(likeness);
        }
    }
    scores.retain(|need, score| *score >= OFFERED_FROM && !linked.contains(need));
    let mut needs = Need::all(look, "and id in each($2)", &[list(scores.keys().copied())])?;
    needs.sort_by(|a, b| scores.get(&b.meta.id).unwrap_or(&0.0).total_cmp(scores.get(&a.meta.id).unwrap_or(&0.0)).then(a.meta.id.cmp(&b.meta.id)));
    needs.truncate(4);
    Ok(Beside { same, needs })
}

/// The piece with this id, its needs and what is like it.
pub(crate) fn one(look: &mut Look, id: Id<Evidence>) -> Result<(crate::rows::Piece, Beside)> {
    let evidence = Evidence::get(look, id)?;
    let piece = crate::rows::pieces(look, vec![evidence])?.pop().ok_or(Refusal::NotFound)?;
    let beside = beside(look, &piece.evidence, &piece.needs)?;
    Ok((piece, beside))
}
