//! Who has a page of a product open just now, on this node and on others: told, never stored.

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

/// Whom one node has in one product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Here {
    pub node: Uuid,
    pub product: Uuid,
    pub people: People,
}

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
    /// Node and product to people, and when it was said.
    elsewhere: HashMap<(Uuid, Uuid), (Instant, People)>,
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

    /// Everyone in a product, on whatever node.
    pub fn people(&self, product: Uuid) -> People {
        let mut people = self.here(product).people;
        let now = Instant::now();
        let mut seats = self.seats();
        seats.elsewhere.retain(|_, (said, _)| now.duration_since(*said) < REMEMBERED);
        for ((_, there), (_, others)) in &seats.elsewhere {
            if *there == product {
                people.extend(others.clone());
            }
        }
        people
    }

    /// What this node says of itself.
    pub(crate) fn here(&self, product: Uuid) -> Here {
        let people = self.seats().here.values().filter(|(p, ..)| *p == product).map(|(_, member, name)| (*member, name.clone())).collect();
        Here { node: self.node, product, people }
    }

    pub(crate) fn hear(&self, said: Here) {
        if said.node == self.node {
            return;
        }
        let product = said.product;
        let before = self.seats().elsewhere.insert((said.node, product), (Instant::now(), said.people.clone()));
        if before.is_none_or(|(_, people)| people != said.people) {
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
        mine.hear(other.here(product));
        assert_eq!(mine.people(product).into_values().collect::<Vec<_>>(), ["Mara", "Tomas"]);
        assert!(mine.people(Uuid::from_u128(8)).is_empty());
        drop(one);
        assert_eq!(mine.people(product).len(), 2, "her second page is still open");
        drop(two);
        assert_eq!(mine.people(product).into_values().collect::<Vec<_>>(), ["Tomas"]);
    }
}
