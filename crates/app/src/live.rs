//! What open pages are told after a commit: which nouns of which product changed. They fetch what
//! they show again, as themselves, so nothing leaks.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::broadcast;
use uuid::Uuid;

/// One committed act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    pub node: Uuid,
    pub product: Option<Uuid>,
    /// Only this member's pages are to know: it is about what nobody else may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Uuid>,
    pub nouns: BTreeSet<String>,
    pub act: Uuid,
}

impl Told {
    /// Whether a page is to know of it that a member looks at, in a product or outside of any. What is of the workspace is told
    /// to whoever looks after it, on pages of no product.
    pub fn concerns(&self, product: Option<Uuid>, member: Uuid, administrator: bool) -> bool {
        match (self.only, self.product) {
            (Some(only), of) => only == member && (of.is_none() || of == product),
            (None, None) => administrator && product.is_none() || self.nouns.contains(EVERYTHING),
            (None, of) => of == product || self.nouns.contains(EVERYTHING),
        }
    }
}

/// What one node tells the others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum News {
    Told(Told),
    Here(crate::presence::Here),
}

/// Stands for all nouns of all products.
pub const EVERYTHING: &str = "*";

/// So many news are kept for pages that begin to listen after they were drawn, and may be so far behind.
const KEPT: usize = 256;

/// Spreads news among the pages of this node.
#[derive(Clone)]
pub struct Hub {
    send: broadcast::Sender<Arc<Told>>,
    lately: Arc<Mutex<VecDeque<(Instant, Arc<Told>)>>>,
    node: Uuid,
}

impl Hub {
    pub(crate) fn new() -> Hub {
        Hub { send: broadcast::channel(KEPT).0, lately: Arc::default(), node: Uuid::now_v7() }
    }

    /// This process among several on one database.
    pub fn node(&self) -> Uuid {
        self.node
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Told>> {
        self.send.subscribe()
    }

    /// What was told in so long a time before now: whoever has subscribed already misses nothing between that and this.
    pub fn lately(&self, ago: Duration) -> Vec<Arc<Told>> {
        let lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.iter().filter(|(at, _)| at.elapsed() <= ago).map(|(_, told)| told.clone()).collect()
    }

    pub(crate) fn tell(&self, told: Told) {
        let told = Arc::new(told);
        {
            let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
            lately.push_back((Instant::now(), told.clone()));
            if lately.len() > KEPT {
                lately.pop_front();
            }
        }
        // No page is open: nobody needs to know.
        let _ = self.send.send(told);
    }

    /// Other nodes could not be heard for a while: everything on any page may be stale.
    pub(crate) fn missed(&self) {
        self.tell(Told { node: self.node, product: None, only: None, nouns: BTreeSet::from([EVERYTHING.to_owned()]), act: Uuid::nil() });
    }

    /// News from another node; one's own has been told already.
    pub(crate) fn hear(&self, told: Told) {
        if told.node != self.node {
            self.tell(told);
        }
    }
}
