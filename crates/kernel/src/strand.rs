//! The thread from why to what became of it: on what a noun hangs, how such a link is made, and where the thread is
//! broken, said beside its fields. The nouns of the thread are known by that alone, so a noun that comes later brings its
//! links and gaps along.

use crate::{Area, NounSpec, Tie, about};

/// How a noun is shown in the thread, on what it hangs there, and where it is broken.
#[derive(Clone, Copy, Debug)]
pub struct Strand {
    /// The fields that say what a thing is called; one that points at a record is told by the record's name.
    pub title: &'static [&'static str],
    /// The field that says how it stands (a horizon, a stage, a verdict); empty where nothing does.
    pub state: &'static str,
    /// What a flag says there: where it is set, and where it isn't.
    pub flag: (&'static str, &'static str),
    pub hangs: &'static [Hang],
    pub gaps: &'static [Gap],
    /// What is so of those to which something can still be joined.
    pub open: &'static [Fact],
    /// Where they are counted already.
    pub tally: Option<Tally>,
}

impl Strand {
    /// One that hangs on nothing.
    pub const PLAIN: Strand = Strand { title: &["title"], state: "", flag: ("", ""), hangs: &[], gaps: &[], open: &[], tally: None };
}

/// A table that triggers keep, with how many things hang on each of a field by the words of another, so that nobody has to
/// walk them: `select stories from story_tally where feature = … and stage = …`.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    pub table: &'static str,
    /// The field by which they hang; a column of the table, too.
    pub on: &'static str,
    /// The field whose words tell them apart; a column, too.
    pub by: &'static str,
    /// The column that counts all of them.
    pub all: &'static str,
    /// A field, and the column that counts those in which it is set.
    pub set: (&'static str, &'static str),
}

/// One thing upstream that a noun hangs on.
#[derive(Clone, Copy, Debug)]
pub struct Hang {
    /// Its noun, or [`ANYTHING`].
    pub on: &'static str,
    pub by: By,
    /// The act that mends the thread where this is missing; empty where nothing is broken without it.
    pub mend: &'static str,
    /// How people make the link; none where it is there from the beginning.
    pub made: Option<Made>,
}

/// Stands for every noun: a decision is about any of them.
pub const ANYTHING: &str = "*";

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

/// The command that makes a link, with the fields that name its two ends.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub area: Area,
    pub command: &'static str,
    /// The field with what hangs.
    pub of: &'static str,
    /// The field with what it hangs on.
    pub on: &'static str,
    /// The command that takes the link away, with the same fields; empty where the same command does, with nothing to hang on.
    pub undone: &'static str,
}

/// A kind of break: what is so of a thing where the thread is broken, whose it is to mend, and how.
#[derive(Clone, Copy, Debug)]
pub struct Gap {
    /// "Needs without evidence".
    pub name: &'static str,
    /// Whoever decides here mends it.
    pub area: Area,
    pub when: &'static [Fact],
    /// In which order they are told; one that an index has.
    pub order: &'static str,
    pub mend: Mend,
}

/// What is so of a thing.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    /// The field holds one of these words.
    Is(&'static str, &'static [&'static str]),
    /// The field holds something.
    Set(&'static str),
    /// The field holds nothing.
    Unset(&'static str),
    /// The day in the field has passed.
    Over(&'static str),
    /// It hangs on nothing of that noun.
    Bare(&'static str),
    /// It hangs on something of that noun of which this is so.
    On(&'static str, &'static [Fact]),
    /// Something of that noun hangs on it of which this is so.
    With(&'static str, &'static [Fact]),
    /// Nothing of that noun hangs on it of which this is so.
    Without(&'static str, &'static [Fact]),
}

/// The act that mends a gap.
#[derive(Clone, Copy, Debug)]
pub enum Mend {
    /// A link to something of that noun.
    Join { with: &'static str, says: &'static str },
    /// Commands, each with the field that names the thing and what else it says; what its button says.
    Acts(&'static [(&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str)]),
}

/// The nouns of the thread with their strands, in the order of the rooms.
pub fn thread() -> impl Iterator<Item = (&'static NounSpec, &'static Strand)> {
    about::nouns().iter().filter_map(|noun| Some((*noun, noun.about.thread.as_ref()?)))
}

/// A noun of the thread with its strand.
pub fn strand(table: &str) -> Option<(&'static NounSpec, &'static Strand)> {
    about::noun(table).and_then(|noun| Some((noun, noun.about.thread.as_ref()?)))
}

/// How things of the first noun hang on things of the second, if they do.
pub fn hang(child: &str, parent: &str) -> Option<&'static Hang> {
    strand(child)?.1.hangs.iter().find(|hang| hang.on == parent)
}

/// How two nouns are joined, and whether the first is what hangs.
pub fn joint(one: &str, other: &str) -> Option<(bool, &'static Hang, &'static Made)> {
    let made = |child: &str, parent: &str| hang(child, parent).and_then(|hang| Some((hang, hang.made.as_ref()?)));
    let down = || made(other, one).map(|(hang, made)| (false, hang, made));
    made(one, other).map(|(hang, made)| (true, hang, made)).or_else(down)
}

/// The nouns to which a noun can be joined.
pub fn joins(table: &str) -> impl Iterator<Item = (&'static str, &'static Made)> {
    thread().filter_map(move |(other, _)| joint(table, other.table).map(|(.., made)| (other.table, made)))
}

/// How far from why a noun stands: one further than all that it hangs on, and what hangs on anything furthest of all.
pub fn depth(table: &str) -> usize {
    let hangs = strand(table).map_or(&[][..], |(_, strand)| strand.hangs);
    if hangs.iter().any(|hang| hang.on == ANYTHING) {
        return thread()
            .filter(|(_, other)| other.hangs.iter().all(|hang| hang.on != ANYTHING))
            .map(|(noun, _)| depth(noun.table))
            .max()
            .unwrap_or(0)
            + 1;
    }
    hangs.iter().map(|hang| depth(hang.on) + 1).max().unwrap_or(0)
}
