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
//! assert!(found[0].likeness > 0.5);
//! ```

mod pieces;

use pieces::pieces;
use std::collections::HashMap;

/// From here on two texts are likely to say the same (measured in `tests/pairs.rs`).
pub const LIKELY: f32 = 0.5;

/// A text that is like another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub id: u64,
    /// The cosine: 0 nothing in common, 1 the same pieces.
    pub likeness: f32,
}

/// Texts to be searched for what is like them. An id stands for one text; adding it again replaces it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    texts: Vec<Option<Text>>,
    places: HashMap<u64, u32>,
    /// Texts that have a piece, by their place.
    having: HashMap<u32, Vec<u32>>,
    alive: usize,
}

#[derive(Clone, Debug)]
struct Text {
    id: u64,
    /// Piece and how often it occurs, as √count.
    pieces: Vec<(u32, f32)>,
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
        for (piece, _) in &pieces {
            self.having.entry(*piece).or_default().push(place);
        }
        self.texts.push(Some(Text { id, pieces }));
        self.places.insert(id, place);
        self.alive += 1;
    }

    /// Forgets a text; an unknown id changes nothing.
    pub fn remove(&mut self, id: u64) {
        let Some(place) = self.places.remove(&id) else { return };
        let Some(text) = self.texts[place as usize].take() else { return };
        self.alive -= 1;
        for (piece, _) in text.pieces {
            if let Some(having) = self.having.get_mut(&piece) {
                having.retain(|p| *p != place);
                if having.is_empty() {
                    self.having.remove(&piece);
                }
            }
        }
    }

    /// The texts most like this one, at most `most` of them, the most alike first.
    pub fn like(&self, text: &str, most: usize) -> Vec<Match> {
        let mut found = self.compare(&pieces(text), None, &mut HashMap::new());
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.id.cmp(&b.id)));
        found.truncate(most);
        found
    }

    /// All pairs that are at least so alike, the most alike first.
    pub fn pairs(&self, least: f32) -> Vec<(u64, u64, f32)> {
        let mut lengths = HashMap::new();
        let mut found = vec![];
        for (place, text) in self.texts.iter().enumerate() {
            let Some(text) = text else { continue };
            let before = self.compare(&text.pieces, Some(place as u32), &mut lengths);
            found.extend(before.into_iter().filter(|m| m.likeness >= least).map(|m| (m.id, text.id, m.likeness)));
        }
        found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        found
    }

    /// Texts that share a telling piece, of those that stand before a place if one is given.
    fn compare(&self, pieces: &[(u32, f32)], before: Option<u32>, lengths: &mut HashMap<u32, f32>) -> Vec<Match> {
        let common = (self.alive / 50).max(20);
        let mut shared: HashMap<u32, f32> = HashMap::new();
        let mut frequent = vec![];
        for (piece, count) in pieces {
            let Some(having) = self.having.get(piece) else { continue };
            if having.len() > common {
                frequent.push((*piece, *count));
                continue;
            }
            let weight = count * self.rarity(having.len()).powi(2);
            for place in having.iter().take_while(|place| before.is_none_or(|b| **place < b)) {
                let Some(text) = &self.texts[*place as usize] else { continue };
                if let Ok(at) = text.pieces.binary_search_by_key(piece, |(p, _)| *p) {
                    *shared.entry(*place).or_default() += weight * text.pieces[at].1;
                }
            }
        }
        let own = self.length(pieces);
        if own == 0.0 {
            return vec![];
        }
        let complete = |(place, mut sum): (u32, f32)| {
            let text = self.texts[place as usize].as_ref()?;
            for (piece, count) in &frequent {
                if let Ok(at) = text.pieces.binary_search_by_key(piece, |(p, _)| *p) {
                    sum += count * text.pieces[at].1 * self.rarity(self.having[piece].len()).powi(2);
                }
            }
            let length = *lengths.entry(place).or_insert_with(|| self.length(&text.pieces));
            Some(Match { id: text.id, likeness: (sum / (own * length)).min(1.0) })
        };
        shared.into_iter().filter_map(complete).collect()
    }

    fn length(&self, pieces: &[(u32, f32)]) -> f32 {
        let known = |piece: &u32| self.having.get(piece).map_or(0, Vec::len);
        pieces.iter().map(|(piece, count)| (count * self.rarity(known(piece))).powi(2)).sum::<f32>().sqrt()
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
