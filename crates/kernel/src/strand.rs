//! The thread from why to what became of it: on what a noun hangs, said beside its fields. The nouns of the thread are
//! known by that alone, in the order of the rooms, each behind what it hangs on.

use crate::{NounSpec, Tie, about};

/// How a noun is shown in the thread and on what it hangs there.
#[derive(Clone, Copy, Debug)]
pub struct Strand {
    /// What a thing is called, as SQL over its table.
    pub title: &'static str,
    /// What is said about it (a horizon, a stage, a verdict), as SQL.
    pub state: &'static str,
    pub hangs: &'static [Hang],
}

/// One thing upstream that a noun hangs on.
#[derive(Clone, Copy, Debug)]
pub struct Hang {
    pub on: &'static str,
    pub by: By,
    /// The act that mends the thread where this is missing; empty where nothing is broken without it.
    pub mend: &'static str,
}

/// What holds it there.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A field of its own.
    Field(&'static str),
    /// A field of the other's, which lies upstream.
    TheirField(&'static str),
    /// A link from it to the other.
    Tie(Tie),
    /// A link from the other to it.
    TiedBy(Tie),
    /// All hang on the newest, by its number.
    Newest,
}

/// The nouns of the thread with their strands, from why to what became of it.
pub fn thread() -> impl Iterator<Item = (&'static NounSpec, &'static Strand)> {
    about::nouns().iter().filter_map(|noun| Some((*noun, noun.about.thread.as_ref()?)))
}
