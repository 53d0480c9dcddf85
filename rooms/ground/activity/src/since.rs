//! What changed since one was last here: what others did in the product, by the thing that it is about. The mark moves
//! when its member says so, or has looked at the page.

use crate::{
    SEEN,
    rows::{self, History, Line},
    sought::end_of_look,
};
use kernel::{
    Authority, Column, Command, Decided, Look, Mark, Moment, Names, NounSpec, Paged, Result, Scope, Uuid, Value, Wholes, about, command,
    seen::{Glance, Seen, last_here},
};
use std::collections::{BTreeMap, BTreeSet};

command! {
    /// Says up to when one has seen what changed in the product.
    pub struct SeeAll in "activity.see" at Put "/products/{product}/activity/seen" [] {
        /// Milliseconds since 1970; now where it is left out.
        pub until: Option<i64>,
    }
}

impl Command for SeeAll {
    type Before = ();
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<()> {
        look.scope.product_id().map(drop)
    }
    fn title(&self, _: &()) -> String {
        "See what changed".into()
    }
    fn decide(self, _: (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let until = self.until.unwrap_or(moment.now).clamp(0, moment.now);
        let glance = Glance::Here { product: scope.product_id()?, until };
        Ok(Decided { seen: vec![Seen { glance, told: Some((&SEEN, "what changed until now".into())) }], ..Decided::default() })
    }
}

/// So many lines are told on one page, which no number of lines before or after them makes slower.
const AT_ONCE: usize = 120;
/// So many are looked through for those of others.
const MOST_LOOKED_AT: i64 = 2_000;
/// Where somebody never said that they were here.
const A_WEEK: i64 = 7 * 86_400_000;

/// What changed about one thing.
pub(crate) struct About {
    pub noun: &'static NounSpec,
    pub id: Uuid,
    pub lines: Vec<Line>,
}

/// What changed after a moment.
pub(crate) struct Since {
    pub from: i64,
    /// Newest first, each thing once.
    pub things: Vec<About>,
    /// What the lines name, and what the things are called.
    pub history: History,
    pub called: Names,
    pub next: Option<String>,
}

/// What others did in the product since the asker was last here, or since a moment that they name.
pub(crate) fn since(look: &mut Look, from: Option<i64>, after: Option<&Mark<i64>>) -> Result<Since> {
    let from = match from {
        Some(from) => from,
        None => last_here(look)?.unwrap_or(look.now() - A_WEEK),
    };
    let me = look.scope.who.signed_in()?;
    let end = end_of_look(look, after, MOST_LOOKED_AT)?.filter(|end| end.at > from);
    let (mut and, mut params) = (OTHERS.to_owned(), vec![me.value()]);
    let mut place = |value: Value| {
        params.push(value);
        params.len() + 1
    };
    // One bound below, so that it is the one that the index begins at.
    and += &match &end {
        Some(end) => format!(" and (activity.at, activity.id) >= (${}, ${})", place(end.at.value()), place(end.id.value())),
        None => format!(" and activity.at > ${}", place(from.value())),
    };
    if let Some(mark) = after {
        and += &format!(" and (activity.at, activity.id) < (${}, ${})", place(mark.at.value()), place(mark.id.value()));
    }
    let Paged { items, next } = rows::page(look, &and, &params, AT_ONCE)?;
    let next = next.or_else(|| end.map(|end| end.to_string()));
    // Only of a part it must be looked up what it belongs to.
    let is_part = |line: &&Line| about::noun(&line.noun).is_some_and(|noun| !noun.about.discussed && !noun.about.part_of.is_empty());
    let mut wholes = Wholes::of(look, items.iter().filter(is_part).map(|line| (line.noun.as_str(), line.noun_id)))?;
    let mut history = rows::named(look, items)?;
    let mut things: Vec<About> = vec![];
    for line in std::mem::take(&mut history.lines) {
        let Some(noun) = about::noun(&line.noun) else { continue };
        let (noun, id) = wholes.whole(look, noun, line.noun_id)?;
        match things.iter_mut().find(|known| known.id == id) {
            Some(known) => known.lines.push(line),
            None => things.push(About { noun, id, lines: vec![line] }),
        }
    }
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for thing in &things {
        wanted.entry(thing.noun.table).or_default().insert(thing.id);
    }
    let called = Names::of(look, wanted)?;
    Ok(Since { from, things, history, called, next })
}

/// One's own acts are no news to oneself.
const OTHERS: &str = "and (activity.member is null or activity.member <> $2)";

impl About {
    /// What it is called; what its line says where it has no name of its own.
    pub fn title(&self, scope: &Scope, called: &Names) -> String {
        let first = || self.lines.iter().find(|line| line.noun_id == self.id).or(self.lines.first()).map_or(String::new(), |line| line.label.clone());
        called.called(scope, self.id).filter(|name| !name.is_empty()).unwrap_or_else(first)
    }
}
