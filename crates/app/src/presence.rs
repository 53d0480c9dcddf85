//! Who has a page of a product open just now, on this node and on others: told, never stored.

use crate::{App, live::News};
use kernel::{Reader, Refusal, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::broadcast;
use uuid::Uuid;

/// Members by id, with their names.
pub type People = BTreeMap<Uuid, String>;

/// Whom one node has in one product, by ids alone: news between nodes is short. Many are told in several parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Here {
    pub node: Uuid,
    pub product: Uuid,
    /// The first part takes the place of what was said before, the others add to it.
    pub first: bool,
    pub people: Vec<Uuid>,
}

/// Ids in one part.
const MOST_IN_A_PART: usize = 150;

/// How often a node says again whom it has.
pub const REPEATED: Duration = Duration::from_secs(30);
/// How long that counts: a node that has died says nothing more.
const REMEMBERED: Duration = Duration::from_secs(90);

/// The open pages of this node, and what other nodes said of theirs.
#[derive(Clone)]
pub struct Presence {
    node: Uuid,
    seats: Arc<Mutex<Seats>>,
    changed: broadcast::Sender<Uuid>,
}

#[derive(Default)]
struct Seats {
    /// Seat to product, member and name.
    here: HashMap<Uuid, (Uuid, Uuid, String)>,
    /// Node and product to people, with their names once they are known, and when it was said.
    elsewhere: HashMap<(Uuid, Uuid), (Instant, BTreeMap<Uuid, Option<String>>)>,
}

/// Someone's open page; dropped when it closes.
pub struct Seat {
    id: Uuid,
    product: Uuid,
    of: Presence,
}

impl Presence {
    pub(crate) fn new(node: Uuid) -> Presence {
        Presence { node, seats: Arc::default(), changed: broadcast::channel(64).0 }
    }

    /// Someone opens a page of a product.
    pub fn enter(&self, product: Uuid, member: Uuid, name: String) -> Seat {
        let id = Uuid::now_v7();
        self.seats().here.insert(id, (product, member, name));
        self.tell(product);
        Seat { id, product, of: self.clone() }
    }

    /// Everyone in a product, on whatever node, and those among them whose names are not known here yet.
    fn people(&self, product: Uuid) -> (People, Vec<Uuid>) {
        let mut people = self.here(product);
        let mut unnamed = vec![];
        let now = Instant::now();
        let mut seats = self.seats();
        seats.elsewhere.retain(|_, (said, _)| now.duration_since(*said) < REMEMBERED);
        for (_, (_, others)) in seats.elsewhere.iter().filter(|((_, there), _)| *there == product) {
            for (id, name) in others {
                match name {
                    Some(name) => drop(people.insert(*id, name.clone())),
                    None => unnamed.push(*id),
                }
            }
        }
        unnamed.retain(|id| !people.contains_key(id));
        (people, unnamed)
    }

    fn learn(&self, product: Uuid, names: &People) {
        for (_, (_, others)) in self.seats().elsewhere.iter_mut().filter(|((_, there), _)| *there == product) {
            for (id, name) in others.iter_mut().filter(|(_, name)| name.is_none()) {
                *name = names.get(id).cloned();
            }
        }
    }

    fn here(&self, product: Uuid) -> People {
        self.seats().here.values().filter(|(p, ..)| *p == product).map(|(_, member, name)| (*member, name.clone())).collect()
    }

    /// What this node says of itself, in parts.
    pub(crate) fn said(&self, product: Uuid) -> Vec<Here> {
        let people: Vec<Uuid> = self.here(product).into_keys().collect();
        let part = |first, people: &[Uuid]| Here { node: self.node, product, first, people: people.to_vec() };
        match people.is_empty() {
            true => vec![part(true, &[])],
            false => people.chunks(MOST_IN_A_PART).enumerate().map(|(i, people)| part(i == 0, people)).collect(),
        }
    }

    pub(crate) fn hear(&self, said: Here) {
        if said.node == self.node {
            return;
        }
        let product = said.product;
        let mut seats = self.seats();
        let before = seats.elsewhere.remove(&(said.node, product)).map(|(_, people)| people).unwrap_or_default();
        let mut people = if said.first { BTreeMap::new() } else { before.clone() };
        people.extend(said.people.into_iter().map(|id| (id, before.get(&id).cloned().flatten())));
        let same = people.keys().eq(before.keys());
        seats.elsewhere.insert((said.node, product), (Instant::now(), people));
        drop(seats);
        if !same {
            self.tell(product);
        }
    }

    /// Products whose people have changed.
    pub fn subscribe(&self) -> broadcast::Receiver<Uuid> {
        self.changed.subscribe()
    }

    fn tell(&self, product: Uuid) {
        // No page is open: nobody needs to know.
        let _ = self.changed.send(product);
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Everyone who has a page of a product open, by name.
    pub async fn company(&self, product: Uuid) -> Result<People> {
        let (mut people, unnamed) = self.presence.people(product);
        if unnamed.is_empty() {
            return Ok(people);
        }
        let read = move |reader: &mut dyn Reader| {
            let rows = reader.query("select id, name from member where id in each($1)", &[kernel::list(unnamed)])?;
            rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<People>>()
        };
        let named = self.store.read(read).await?;
        self.presence.learn(product, &named);
        people.extend(named);
        Ok(people)
    }

    /// Tells the other nodes, where there can be any, whom this one has in a product.
    pub async fn announce(&self, product: Uuid) -> Result<()> {
        if !self.store.is_shared() {
            return Ok(());
        }
        let said = self.presence.said(product).into_iter().map(|here| serde_json::to_string(&News::Here(here)));
        let said: Vec<String> = said.collect::<std::result::Result<_, _>>().map_err(|e| Refusal::broken(e.to_string()))?;
        self.store.write(move |writer| said.iter().try_for_each(|part| writer.tell(part))).await
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.of.seats().here.remove(&self.id);
        self.of.tell(self.product);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_and_go_and_other_nodes_add_theirs() {
        let (mine, other) = (Presence::new(Uuid::from_u128(1)), Presence::new(Uuid::from_u128(2)));
        let (product, mara, tomas) = (Uuid::from_u128(9), Uuid::from_u128(10), Uuid::from_u128(11));
        let one = mine.enter(product, mara, "Mara".into());
        let two = mine.enter(product, mara, "Mara".into());
        let _far = other.enter(product, tomas, "Tomas".into());
        other.said(product).into_iter().for_each(|part| mine.hear(part));
        assert_eq!(mine.people(product).1, [tomas], "only the id came");
        mine.learn(product, &People::from([(tomas, "Tomas".into())]));
        assert_eq!(mine.people(product).0.into_values().collect::<Vec<_>>(), ["Mara", "Tomas"]);
        assert!(mine.people(Uuid::from_u128(8)).0.is_empty());
        drop(one);
        assert_eq!(mine.people(product).0.len(), 2, "her second page is still open");
        drop(two);
        assert_eq!(mine.people(product).0.into_values().collect::<Vec<_>>(), ["Tomas"]);
    }

    #[test]
    fn many_people_are_told_in_parts_that_fit() {
        let (mine, other) = (Presence::new(Uuid::from_u128(1)), Presence::new(Uuid::from_u128(2)));
        let product = Uuid::from_u128(9);
        let seats: Vec<Seat> =
            (0..400).map(|n| other.enter(product, Uuid::from_u128(u128::MAX - n), "Someone with a long name ".repeat(9))).collect();
        for part in other.said(product) {
            let text = serde_json::to_string(&News::Here(part.clone())).unwrap();
            assert!(text.len() < 8_000, "{} bytes", text.len());
            mine.hear(part);
        }
        assert_eq!(mine.people(product).1.len(), 400);
        drop(seats);
        other.said(product).into_iter().for_each(|part| mine.hear(part));
        assert_eq!(mine.people(product).1.len(), 0, "the first part takes the place of all that was said");
    }
}
