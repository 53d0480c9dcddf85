//! Likely duplicates among short texts, in any language that writes spaces between words, without a model.
//!
//! A text becomes its words and the four-letter pieces of them, so that endings and slips of the pen cost little.
//! Pieces are weighed by how rare they are (tf·idf; Salton and Buckley 1988) and two texts compared by the cosine
//! of their pieces. Pieces that a large part of all texts share find nobody; they are left out of the search and
//! counted in the comparison.
//!
//! ```
//! use similarity::Index;
//! let mut index = Index::default();
//! index.add(1, "The map does not load when I am offline");
//! index.add(2, "Add a dark mode for night rides");
//! let found = index.like("map doesn't load while offline", 3);
//! assert_eq!(found[0].id, 1);
//! assert!(found[0].likeness > 0.3);
//! ```

mod having;
mod pieces;

use having::Having;
use pieces::{Counted, pieces};
use std::collections::{HashMap, HashSet};

/// From here on two texts are likely to say the same (measured in `tests/pairs.rs`).
pub const LIKELY: f32 = 0.5;

/// A text that is like another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub id: u64,
    /// The cosine: 0 nothing in common, 1 the same pieces.
    pub likeness: f32,
}

/// Texts to be searched for what is like them, at most 2^28 over its life. An id stands for one text; adding it again replaces it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    texts: Vec<Option<Text>>,
    places: HashMap<u64, u32>,
    having: HashMap<u32, Having>,
    alive: usize,
    /// What counted as common when it was last looked whether pieces that are only counted are to be listed.
    looked_at: usize,
}

/// Less than this is hardly alike.
const HARDLY: f32 = 0.2;

/// How long a text is, and its frequent pieces alone.
#[derive(Default)]
struct Lengths {
    all: f32,
    frequent: f32,
}

/// What is summed for each text, and which texts were touched.
struct Shared {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Shared {
    fn of(index: &Index) -> Shared {
        Shared { sums: vec![0.0; index.texts.len()], touched: vec![] }
    }

    fn add(&mut self, place: u32, amount: f32) {
        let sum = &mut self.sums[place as usize];
        if *sum == 0.0 {
            self.touched.push(place);
        }
        *sum += amount;
    }
}

#[derive(Clone, Debug)]
struct Text {
    id: u64,
    pieces: Box<[Counted]>,
}

impl Index {
    pub fn len(&self) -> usize {
        self.alive
    }

    pub fn is_empty(&self) -> bool {
        self.alive == 0
    }

    pub fn add(&mut self, id: u64, text: &str) {
        self.remove(id);
        let place = self.texts.len() as u32;
        let pieces = pieces(text);
        let common = self.common();
        for piece in &pieces {
            if self.having.entry(piece.what()).or_default().add(piece.of(place), common) {
                self.looked_at = self.looked_at.min(common);
            }
        }
        self.texts.push(Some(Text { id, pieces }));
        self.places.insert(id, place);
        self.alive += 1;
        // Nothing that was twice too common has become rare before twice as much is common.
        let common = self.common();
        if common > 2 * self.looked_at {
            self.list(self.having.iter().filter(|(_, having)| having.is_unlisted(2 * common)).map(|(what, _)| *what).collect());
            self.looked_at = common;
        }
    }

    /// Forgets a text; an unknown id changes nothing.
    pub fn remove(&mut self, id: u64) {
        let Some(place) = self.places.remove(&id) else { return };
        let Some(text) = self.texts[place as usize].take() else { return };
        self.alive -= 1;
        let common = self.common();
        let mut rare = HashSet::new();
        for piece in text.pieces {
            if let Some(having) = self.having.get_mut(&piece.what()) {
                having.remove(place);
                match having.len() {
                    0 => drop(self.having.remove(&piece.what())),
                    _ if having.is_unlisted(common) => drop(rare.insert(piece.what())),
                    _ => {}
                }
            }
        }
        self.list(rare);
    }

    /// Lists the texts of pieces that were only counted, and have become rare among all there are.
    fn list(&mut self, pieces: HashSet<u32>) {
        if pieces.is_empty() {
            return;
        }
        let mut lists: HashMap<u32, Vec<Counted>> = HashMap::new();
        for (place, text) in self.texts.iter().enumerate() {
            for piece in text.iter().flat_map(|text| text.pieces.iter()).filter(|piece| pieces.contains(&piece.what())) {
                lists.entry(piece.what()).or_default().push(piece.of(place as u32));
            }
        }
        self.having.extend(lists.into_iter().map(|(what, list)| (what, Having::Few(list))));
    }

    /// The texts most like this one, at most `most` of them, the most alike first. What is hardly alike is left out.
    pub fn like(&self, text: &str, most: usize) -> Vec<Match> {
        let pieces = pieces(text);
        let mut shared = Shared::of(self);
        let frequent = self.share_rare(&pieces, u32::MAX, &mut shared);
        let own = self.lengths(&pieces);
        // Who shares most of the rare pieces is looked at closely.
        let mut touched = std::mem::take(&mut shared.touched);
        let close = touched.len().min(50 + 2 * most);
        if close < touched.len() {
            touched.select_nth_unstable_by(close, |a, b| shared.sums[*b as usize].total_cmp(&shared.sums[*a as usize]));
        }
        let exact = |place: &u32| {
            let text = self.texts[*place as usize].as_ref()?;
            let likeness = self.complete(shared.sums[*place as usize], &frequent, text) / (own.all * self.lengths(&text.pieces).all);
            (likeness >= HARDLY).then(|| Match { id: text.id, likeness: likeness.min(1.0) })
        };
        let mut found: Vec<Match> = touched[..close].iter().filter_map(exact).collect();
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.id.cmp(&b.id)));
        found.truncate(most);
        found
    }

    /// All pairs that are at least so alike, the most alike first.
    pub fn pairs(&self, least: f32) -> Vec<(u64, u64, f32)> {
        let lengths: Vec<Lengths> = self.texts.iter().map(|text| text.as_ref().map_or(Lengths::default(), |t| self.lengths(&t.pieces))).collect();
        let mut shared = Shared::of(self);
        let mut found = vec![];
        for (place, text) in self.texts.iter().enumerate() {
            let Some(text) = text else { continue };
            let frequent = self.share_rare(&text.pieces, place as u32, &mut shared);
            let own = &lengths[place];
            for before in shared.touched.drain(..) {
                let sum = std::mem::take(&mut shared.sums[before as usize]);
                let other = &lengths[before as usize];
                let (Some(text_before), wanted) = (&self.texts[before as usize], least * own.all * other.all) else { continue };
                // By Cauchy and Schwarz, frequent pieces add no more than this; few get past it.
                if sum + own.frequent * other.frequent < wanted {
                    continue;
                }
                let sum = self.complete(sum, &frequent, text_before);
                if sum >= wanted {
                    found.push((text_before.id, text.id, (sum / (own.all * other.all)).min(1.0)));
                }
            }
        }
        found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        found
    }

    /// Sums what texts before a place share of the rare pieces; the frequent ones come back with their weights.
    fn share_rare(&self, pieces: &[Counted], before: u32, shared: &mut Shared) -> Vec<(u32, f32)> {
        let mut frequent = vec![];
        for piece in pieces {
            let Some(having) = self.having.get(&piece.what()) else { continue };
            let weight = piece.often() * self.rarity(having.len()).powi(2);
            let Some(having) = having.listed(self.common()) else {
                frequent.push((piece.what(), weight));
                continue;
            };
            for other in having.iter().take_while(|other| other.what() < before) {
                shared.add(other.what(), weight * other.often());
            }
        }
        frequent
    }

    /// Adds what a text shares of the frequent pieces.
    fn complete(&self, rare: f32, frequent: &[(u32, f32)], text: &Text) -> f32 {
        let of =
            |(piece, weight): &(u32, f32)| text.pieces.binary_search_by_key(piece, |p| p.what()).map_or(0.0, |at| weight * text.pieces[at].often());
        rare + frequent.iter().map(of).sum::<f32>()
    }

    /// A piece of more texts than this finds nobody.
    fn common(&self) -> usize {
        (self.alive / 50).max(20)
    }

    fn lengths(&self, pieces: &[Counted]) -> Lengths {
        let (mut all, mut frequent) = (0.0, 0.0);
        for piece in pieces {
            let having = self.having.get(&piece.what()).map_or(0, Having::len);
            let square = (piece.often() * self.rarity(having)).powi(2);
            all += square;
            frequent += if having > self.common() { square } else { 0.0 };
        }
        Lengths { all: all.sqrt(), frequent: frequent.sqrt() }
    }

    /// idf, smoothed so that a piece of every text still counts a little.
    fn rarity(&self, having: usize) -> f32 {
        ((1.0 + self.alive as f32) / (1.0 + having as f32)).ln() + 0.3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_found_and_another_is_not() {
        let mut index = Index::default();
        index.add(1, "Größe der Schrift lässt sich nicht ändern");
        index.add(2, "Die Karte lädt nicht");
        index.add(3, "La aplicación se cierra al abrir el mapa");
        let found = index.like("Schriftgröße nicht änderbar, Größe der Schrift", 5);
        assert_eq!(found[0].id, 1);
        assert!((index.like("La aplicación se cierra al abrir el mapa", 1)[0].likeness - 1.0).abs() < 1e-5);
        assert!(index.like("quarterly revenue", 5).iter().all(|m| m.likeness < 0.1), "a piece in common is not yet likeness");
    }

    #[test]
    fn what_is_removed_or_replaced_is_gone() {
        let mut index = Index::default();
        index.add(1, "crash when opening the map");
        index.add(1, "invoices by e-mail");
        assert_eq!((index.len(), index.like("crash opening map", 5).len()), (1, 0));
        index.remove(1);
        index.remove(7);
        assert!(index.is_empty() && index.like("invoices", 1).is_empty());
    }

    /// What holds of the lists whatever was added and removed.
    fn is_sound(index: &Index) {
        let mut held: HashMap<u32, Vec<Counted>> = HashMap::new();
        for (place, text) in index.texts.iter().enumerate() {
            for piece in text.iter().flat_map(|text| text.pieces.iter()) {
                held.entry(piece.what()).or_default().push(piece.of(place as u32));
            }
        }
        assert_eq!(held.len(), index.having.len());
        for (what, list) in held {
            match &index.having[&what] {
                Having::Few(listed) => assert_eq!(*listed, list),
                Having::Many(many) => {
                    assert_eq!(*many as usize, list.len());
                    assert!(list.len() > index.common(), "{} of {} texts are found by it", list.len(), index.len());
                }
            }
        }
    }

    #[test]
    fn what_becomes_rare_finds_texts_again() {
        let mut index = Index::default();
        for n in 0..300 {
            index.add(n, if n % 2 == 0 { "the ticket of today" } else { "a lantern" });
            is_sound(&index);
        }
        assert!(index.having.values().any(|having| matches!(having, Having::Many(_))));
        // Among many others they are rare.
        for n in 300..12_000 {
            index.add(n, &format!("other{n}"));
        }
        is_sound(&index);
        let found = index.like("a lantern", 200);
        assert!(found.len() == 150 && found.iter().all(|found| found.id % 2 == 1 && found.likeness > 0.99));
        assert!(index.having.values().all(|having| having.len() > 2 * index.common() || matches!(having, Having::Few(_))));
        for n in (300..12_000).chain(0..280) {
            index.remove(n);
            if n % 97 == 0 || n < 300 {
                is_sound(&index);
            }
        }
        assert_eq!((index.len(), index.like("a lantern", 30).len()), (20, 10));
    }

    #[test]
    fn empty_and_odd_texts_are_alike_to_nothing() {
        let mut index = Index::default();
        for (id, text) in ["", "   ", "!!!", "\0\0", "👍👍"].into_iter().enumerate() {
            index.add(id as u64, text);
        }
        index.add(9, &"word ".repeat(100_000));
        assert!(index.like("", 3).is_empty());
        assert!(index.pairs(0.9).is_empty());
    }
}
