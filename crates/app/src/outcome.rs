//! What became of a command: it took effect, or it waits for others.

use kernel::{Change, Hat};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A thing that a command touched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Thing {
    pub noun: String,
    pub id: Uuid,
    pub label: String,
    pub event: String,
    /// Where it went, from where to where, if it was moved in an order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moved: Option<(String, String)>,
    /// What changed of it, for whoever tells of it.
    #[serde(skip)]
    pub changes: Vec<Change>,
}

/// It took effect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Done {
    /// Names the act for undo and in activity.
    pub act: Uuid,
    pub things: Vec<Thing>,
    /// A secret that is shown this once.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reveal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hat: Option<Hat>,
}

/// It waits for others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Proposed {
    pub proposal: Uuid,
    pub title: String,
    /// Whose signature is asked for.
    pub asked: Vec<Hat>,
    /// It was put forward before; nothing new was made.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub already: bool,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Done(Done),
    Proposed(Proposed),
}

impl Outcome {
    /// The first thing of a kind that was touched, usually the one created.
    pub fn thing(&self, noun: &str) -> Option<&Thing> {
        match self {
            Outcome::Done(done) => done.things.iter().find(|t| t.noun == noun),
            Outcome::Proposed(_) => None,
        }
    }
}
