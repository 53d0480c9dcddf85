//! What is shown to somebody without an account who holds a link: one thing of a closed list, and never a product. A room
//! says what can be shown and how; nobody who comes by a link is ever handed a `Look` of their own.

use crate::{Area, Look, Result, Room};
use std::sync::OnceLock;

/// One thing that a link can show.
pub struct SharedLook {
    /// `roadmap`.
    pub name: &'static str,
    /// "The roadmap".
    pub says: &'static str,
    /// What it is about: of everything else a visitor sees nothing, whatever is read.
    pub areas: &'static [Area],
    /// What can be shown besides: a name, and what the screen calls it.
    pub options: &'static [(&'static str, &'static str)],
    /// Draws it, with the options that were chosen: markup, escaped already.
    pub show: fn(&mut Look, &[String]) -> Result<String>,
}

/// What the rooms can show; every house has the same rooms, so only the first call counts.
static LOOKS: OnceLock<Vec<&'static SharedLook>> = OnceLock::new();

pub fn learn(rooms: &'static [&'static Room]) {
    LOOKS.get_or_init(|| rooms.iter().flat_map(|room| room.looks).collect());
}

/// Everything that a link can show.
pub fn looks() -> &'static [&'static SharedLook] {
    LOOKS.get().map_or(&[], Vec::as_slice)
}

/// One of them.
pub fn look(name: &str) -> Option<&'static SharedLook> {
    looks().iter().copied().find(|look| look.name == name)
}
