//! What is said about a noun, once, beside its fields: who may read it, where it is looked at, how it is spoken of.
//! History, search, conversation, export and the doors all read it here.

pub use crate::readable::{Readable, hidden, may_read, may_read_activity, sees_field, show_change, shown};

use crate::{
    Area, Column, Heard, NounSpec, Result, Scope, Strand, Value,
    erasure::{Copied, Said},
};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use uuid::Uuid;

/// Whose thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A product's.
    Product,
    /// The workspace's: accounts, products.
    Workspace,
    /// One member's own, named by its field `member`: sessions, tokens, days off.
    Member,
}

/// Where the things of a home that is at hand are found: a condition whose value is `$1`, and that value.
///
/// # Errors
/// `NotFound` where no product is at hand, `SignIn` where nobody is.
pub fn at_home(scope: &Scope, home: Home) -> Result<(&'static str, Value)> {
    Ok(match home {
        Home::Product => ("product = $1", scope.product_id()?.value()),
        Home::Workspace => ("product is null and $1 = ''", Value::Text(String::new())),
        Home::Member => ("member = $1", scope.oneself()?.value()),
    })
}

/// Who may read the rows of a noun, within a product they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Everyone who belongs to the product.
    Anyone,
    /// Whoever sees an area.
    Sees(Area),
    /// Whoever has a say in an area: may at least propose there.
    Says(Area),
    /// Whoever sees the area that the row names in its field `area`.
    OwnArea,
    /// Whoever may read the one thing it is about: its noun, and the field with its id.
    Of(&'static str, &'static str),
    /// Whoever may read the things it is about, each by the fields with its noun and its id.
    Between(&'static [(&'static str, &'static str)]),
    /// Whoever may read each thing that it points at, of which some may be none: their nouns, and the fields with the ids.
    OfEach(&'static [(&'static str, &'static str)]),
    /// Whoever sees an area, and may read each thing that it points at, as with [`Reading::OfEach`].
    SeesWith(Area, &'static [(&'static str, &'static str)]),
    /// Whoever may read the one thing it is about (its noun, and the field with its id), and has one of their own about
    /// the same, as the field with the member says.
    Alongside(&'static str, &'static str, &'static str),
    /// Only the member whom the field names.
    Own(&'static str),
    /// The member whom the first field names, and everyone where the second, a flag, is set.
    OwnUnless(&'static str, &'static str),
    /// The member whom the field names, and whoever belongs to a product with them.
    Company(&'static str),
    /// Whomever the queries of its room show it to: accounts and products, which everything else names.
    ByRoom,
    /// Nobody, through no door: secrets.
    Nobody,
}

impl Reading {
    /// Whether it rests on things of many kinds, at once or by way of the thing that it is a part of.
    pub(crate) fn is_between(self) -> bool {
        let is = |whole: &str| noun(whole).is_some_and(|noun| noun.about.read.is_between());
        match self {
            Reading::Between(_) => true,
            Reading::Of(whole, _) => is(whole),
            Reading::OfEach(ends) | Reading::SeesWith(_, ends) => ends.iter().any(|(whole, _)| is(whole)),
            _ => false,
        }
    }

    /// Whether it rests on who the reader is, and not on hats alone.
    pub fn is_private(self) -> bool {
        match self {
            Reading::Own(_) | Reading::OwnUnless(..) | Reading::Company(_) | Reading::Alongside(..) => true,
            Reading::Of(whole, _) => noun(whole).is_some_and(|noun| noun.about.read.is_private()),
            _ => false,
        }
    }
}

/// A cell without what belongs to areas that are not seen.
pub type Veil = fn(&str, &dyn Fn(Area) -> bool) -> String;

/// What is said about a noun.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// As it is counted and addressed: `stories`.
    pub many: &'static str,
    /// What people call one, where that is not its own name.
    pub one: &'static str,
    pub home: Home,
    pub read: Reading,
    /// Fields that follow another area: sizes follow `estimates`.
    pub veiled: &'static [(&'static str, Area)],
    /// Fields whose JSON tells of other things, each with what takes out of it what a reader does not see there.
    pub within: &'static [(&'static str, Veil)],
    /// Its page below the product, with `{which}` for its number or id and `{id}` for its id; empty where it has none.
    pub place: &'static str,
    /// It carries a key such as `ORB-42`.
    pub keyed: bool,
    /// Its label is a title that someone wrote, and not words of ours.
    pub titled: bool,
    /// The field that a search shows; empty for what is not searched.
    pub found_by: &'static str,
    /// It can be talked about.
    pub discussed: bool,
    /// Fields that say nothing to a person.
    pub hushed: &'static [&'static str],
    /// Fields in which machinery keeps what it needs: where nothing else changes, nobody has changed the thing.
    pub noted: &'static [&'static str],
    /// Fields of a new thing that activity tells, each whole; of most its label says enough.
    pub told_new: &'static [&'static str],
    /// The field that points at the thing it is a part of: a criterion's story. The activity of a thing has that of its parts.
    pub part_of: &'static str,
    /// What people call a field, where that is not its own name: `so_that` is "the reason".
    pub called: &'static [(&'static str, &'static str)],
    /// Fields that are a share from 0 to 1, told in percent.
    pub shares: &'static [&'static str],
    /// Fields that lists leave out unless they are asked for.
    pub long: &'static [&'static str],
    /// Fields that point at a noun which their type does not name, because it lies downstream.
    pub points_at: &'static [(&'static str, &'static str)],
    /// Fields that name files which are kept beside the database: the SHA-256 of what they hold.
    pub files: &'static [&'static str],
    /// Tables that triggers keep beside it and that a backup takes along, ahead of it.
    pub beside: &'static [&'static str],
    /// It only says that something was done; a proposal does not tell of it.
    pub trace: bool,
    /// What of it is a member's own words, for when their data is erased.
    pub said: Option<Said>,
    /// Where words stand that were copied from another thing, or to one.
    pub copied: &'static [Copied],
    /// Fields with text that was drafted from the record: a line of it may quote what was said of the thing that it names by key.
    pub drafted: &'static [&'static str],
    /// Fields in which a model wrote from whatever it was given: nobody can tell whose words stand there, so they go with anybody's.
    pub copies: &'static [&'static str],
    /// Who hears what of it.
    pub heard: Heard,
    /// Where it hangs in the thread.
    pub thread: Option<Strand>,
    /// It comes back by the act that made it, and not as what was removed: members, links that open doors, ties.
    pub made_anew: bool,
    /// A field with a moment, and so many days after it a row is thrown away.
    pub fades: Option<(&'static str, i64)>,
    /// With a row that is thrown away goes what was told of it: it is of somebody who never said that it may stay.
    pub leaves_nothing: bool,
}

impl About {
    /// Something in a product that everyone there may read, and nothing else to say about it.
    pub const PLAIN: About = About {
        many: "",
        one: "",
        home: Home::Product,
        read: Reading::Anyone,
        veiled: &[],
        within: &[],
        place: "",
        keyed: false,
        titled: false,
        found_by: "",
        discussed: false,
        hushed: &[],
        noted: &[],
        told_new: &[],
        part_of: "",
        called: &[],
        shares: &[],
        long: &[],
        points_at: &[],
        files: &[],
        beside: &[],
        trace: false,
        said: None,
        copied: &[],
        drafted: &[],
        copies: &[],
        heard: Heard::NOTHING,
        thread: None,
        made_anew: false,
        fades: None,
        leaves_nothing: false,
    };
}

/// The nouns of all rooms, for whoever meets one by name. Filled once, from the rooms' lists.
static KNOWN: OnceLock<Known> = OnceLock::new();

struct Known {
    all: Vec<&'static NounSpec>,
    by_table: FxHashMap<&'static str, &'static NounSpec>,
    private: OnceLock<Vec<&'static str>>,
}

/// Makes nouns known; every house has the same rooms, so only the first call counts.
pub fn learn(nouns: impl Iterator<Item = &'static NounSpec>) {
    KNOWN.get_or_init(|| {
        let all: Vec<&NounSpec> = nouns.collect();
        Known { by_table: all.iter().map(|noun| (noun.table, *noun)).collect(), all, private: OnceLock::new() }
    });
}

/// Every noun, in the order of the rooms.
pub fn nouns() -> &'static [&'static NounSpec] {
    KNOWN.get().map_or(&[], |known| &known.all)
}

/// A noun by its table, which is also its name.
pub fn noun(table: &str) -> Option<&'static NounSpec> {
    KNOWN.get()?.by_table.get(table).copied()
}

/// The nouns of which members read different things in the same product, whatever their hats.
pub fn private() -> &'static [&'static str] {
    let tables = |known: &Known| known.all.iter().filter(|noun| noun.about.read.is_private()).map(|noun| noun.table).collect();
    KNOWN.get().map_or(&[], |known| known.private.get_or_init(|| tables(known)))
}

/// What people call a field of a noun.
pub fn called(table: &str, field: &str) -> String {
    noun(table).map_or_else(|| field.replace('_', " "), |noun| noun.called(field))
}

/// The page of a thing, below its product; `None` where it has none of its own.
pub fn place(table: &str, id: Uuid, number: Option<i64>) -> Option<String> {
    let pattern = noun(table)?.about.place;
    let id = id.simple().to_string();
    let which = number.map_or_else(|| id.clone(), |n| n.to_string());
    (!pattern.is_empty()).then(|| pattern.replace("{which}", &which).replace("{id}", &id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noun;

    macro_rules! nouns {
        ($($name:ident in $table:literal reads $read:expr),*) => {
            $(noun! { pub struct $name in $table { of: Uuid } label(one) one.of.to_string(); about { read: $read } })*
            static ALL: &[NounSpec] = &[$(NounSpec::of::<$name>()),*];
        };
    }

    nouns! {
        Story in "story" reads Reading::Anyone,
        Diary in "diary" reads Reading::Own("of"),
        Page in "page" reads Reading::Of("diary", "of"),
        Note in "note" reads Reading::Between(&[("of_noun", "of")]),
        Mark in "mark" reads Reading::Of("note", "of"),
        Task in "task" reads Reading::Of("story", "of"),
        Sum in "sum" reads Reading::OfEach(&[("story", "of"), ("note", "of")]),
        Bill in "bill" reads Reading::SeesWith(Area::Work, &[("story", "of")])
    }

    #[test]
    fn a_part_is_read_as_the_whole() {
        learn(ALL.iter());
        let those = |is: fn(Reading) -> bool| super::nouns().iter().filter(|noun| is(noun.about.read)).map(|noun| noun.table).collect::<Vec<_>>();
        assert_eq!(those(Reading::is_private), ["diary", "page"]);
        assert_eq!(private(), ["diary", "page"]);
        assert_eq!(those(Reading::is_between), ["note", "mark", "sum"]);
    }
}
