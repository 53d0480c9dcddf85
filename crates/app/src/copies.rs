//! Where words of things stand that are erased: in the things themselves, and wherever they were copied to. Copies are found by
//! the ids that lead to them (`about.copied`), so words of others that say the same by chance stay.

use crate::{
    Registry,
    drafted::Drafted,
    emptied::{emptied, unquoted},
    quoting,
};
use kernel::{
    Cell, Column, NounSpec, Reader, Result, Uuid, Value,
    erasure::{Copied, ERASED, Goes, Way},
    event::{DIGEST, read_changes},
    list,
    room::Found,
    task::DeadLetter,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Things that are asked for with one statement.
const AT_ONCE: usize = 500;

/// A thing whose words go, with all that it holds and held of them, and what it was called by them.
#[derive(Debug)]
pub(crate) struct Source {
    pub noun: &'static str,
    pub id: Uuid,
    pub held: BTreeSet<String>,
}

/// A field that holds words of another thing.
struct Held {
    goes: Goes,
    cell: Cell,
    held: BTreeSet<String>,
}

/// All that words reach.
#[derive(Default)]
pub(crate) struct Copies {
    fields: HashMap<(Uuid, String), Held>,
    /// Things whose own words go, or that were taken from such, with what they held.
    gone: HashMap<Uuid, BTreeSet<String>>,
    /// Where they stand.
    pub(crate) tables: BTreeMap<&'static str, BTreeSet<Uuid>>,
    /// Proposals by which they came or were changed.
    asked: HashMap<Uuid, BTreeSet<String>>,
    /// What texts may quote of them that were drafted from the record.
    pub(crate) drafted: Drafted,
}

/// Follows words from where they were said to wherever they were copied, and from there on.
pub(crate) fn follow(reader: &mut dyn Reader, registry: &Registry, sources: Vec<Source>) -> Result<Copies> {
    let mut copies = Copies::default();
    let mut said: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
    let mut wave = sources;
    while !wave.is_empty() {
        let mut next: BTreeMap<&'static str, BTreeMap<Uuid, &'static str>> = BTreeMap::new();
        let by_id: HashMap<Uuid, &Source> = wave.iter().map(|source| (source.id, source)).collect();
        for noun in registry.nouns() {
            for copied in noun.about.copied {
                let Some(other) = other(noun, copied) else { continue };
                let holder = if copied.way == Way::Into { registry.noun(other) } else { Some(noun) };
                let Some(holder) = holder else { continue };
                let Some(at) = holder.fields.iter().position(|field| *field == copied.field) else { continue };
                for (copy, of) in ends(reader, noun, other, copied, &wave)? {
                    let Some(source) = by_id.get(&of) else { continue };
                    let key = (copy, copied.field.to_owned());
                    let known = copies.fields.entry(key).or_insert_with(|| Held { goes: copied.goes, cell: holder.cells[at], held: BTreeSet::new() });
                    known.held.extend(source.held.iter().cloned());
                    copies.tables.entry(holder.table).or_default().insert(copy);
                    if copied.goes == Goes::Whole && !copies.gone.contains_key(&copy) && !by_id.contains_key(&copy) {
                        next.entry(holder.table).or_default().insert(copy, copied.field);
                    }
                }
            }
        }
        for source in wave {
            copies.tables.entry(source.noun).or_default().insert(source.id);
            said.entry(source.noun).or_default().insert(source.id);
            copies.gone.entry(source.id).or_default().extend(source.held);
        }
        wave = vec![];
        for (table, found) in next {
            let Some(noun) = registry.noun(table) else { continue };
            let ids: Vec<Uuid> = found.keys().copied().collect();
            let fields: BTreeSet<&str> = found.values().copied().collect();
            for ids in ids.chunks(AT_ONCE) {
                let things = (noun.find)(reader, "where id in each($1) order by id", &[list(ids.iter().copied())])?;
                wave.extend(remembered(reader, noun, &fields.iter().copied().collect::<Vec<_>>(), &things, &mut copies)?);
            }
        }
    }
    copies.drafted = Drafted::of(reader, registry, &said, &copies.gone)?;
    Ok(copies)
}

/// The noun at the other end of a copy.
fn other(noun: &NounSpec, copied: &Copied) -> Option<&'static str> {
    match copied.way {
        Way::From | Way::Into => noun.points_at(copied.by),
        Way::Beside => Some(noun.table),
    }
}

/// Copies of what these things say, each with the thing that it is a copy of.
fn ends(reader: &mut dyn Reader, noun: &NounSpec, other: &str, copied: &Copied, wave: &[Source]) -> Result<Vec<(Uuid, Uuid)>> {
    let (table, by) = (noun.table, copied.by);
    let from = if copied.way == Way::Into { table } else { other };
    let ids: Vec<Uuid> = wave.iter().filter(|source| source.noun == from).map(|source| source.id).collect();
    let sql = match copied.way {
        Way::From => format!("select id, {by} from {table} where {by} in each($1)"),
        Way::Into => format!("select {by}, id from {table} where id in each($1) and {by} is not null"),
        Way::Beside => format!(
            "select beside.id, said.id from {table} said join {table} beside on beside.{by} = said.{by} where said.id in each($1) and beside.id <> said.id"
        ),
    };
    let mut found = vec![];
    for ids in ids.chunks(AT_ONCE) {
        for mut row in reader.query(&sql, &[list(ids.iter().copied())])? {
            found.push((row.take()?, row.take()?));
        }
    }
    Ok(found)
}

/// Words that somebody holds to be gone say nothing of where they stood.
fn learn(held: &mut BTreeSet<String>, text: &str) {
    if !text.trim().is_empty() && text != ERASED && !text.starts_with(DIGEST) {
        held.insert(text.to_owned());
    }
}

/// Things with what they hold in some fields, and held according to the record.
fn remembered(reader: &mut dyn Reader, noun: &NounSpec, fields: &[&str], things: &[Found], copies: &mut Copies) -> Result<Vec<Source>> {
    let texts: Vec<usize> = (0..noun.fields.len()).filter(|at| fields.contains(&noun.fields[*at]) && noun.cells[*at] == Cell::Text).collect();
    let mut held: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    let mut of_product: BTreeMap<Option<Uuid>, Vec<Uuid>> = BTreeMap::new();
    for thing in things {
        let held = held.entry(thing.meta.id).or_default();
        if noun.about.titled {
            learn(held, &thing.label);
        }
        for at in &texts {
            if let Value::Text(text) = &thing.values[*at] {
                learn(held, text);
            }
        }
        of_product.entry(thing.meta.product).or_default().push(thing.meta.id);
    }
    let mut asked: Vec<(Uuid, Uuid)> = vec![];
    for (product, ids) in of_product {
        let of = if product.is_some() { "product = $1" } else { "product is null and $1 = ''" };
        let sql = format!("select noun_id, label, changes, proposal from activity where {of} and noun_id in each($2)");
        let product = product.map_or(Value::Text(String::new()), |product| product.value());
        for mut row in reader.query(&sql, &[product, list(ids)])? {
            let (id, label, changes, proposal): (Uuid, String, String, Option<Uuid>) = (row.take()?, row.take()?, row.take()?, row.take()?);
            let Some(held) = held.get_mut(&id) else { continue };
            if noun.about.titled {
                learn(held, &label);
            }
            for change in read_changes(&changes)?.iter().filter(|change| texts.iter().any(|at| noun.fields[*at] == change.field)) {
                for value in [&change.from, &change.to] {
                    if let Value::Text(text) = value {
                        learn(held, text);
                    }
                }
            }
            asked.extend(proposal.map(|proposal| (proposal, id)));
        }
    }
    for (proposal, id) in asked {
        copies.asked.entry(proposal).or_default().extend(held[&id].iter().cloned());
    }
    Ok(held.into_iter().map(|(id, held)| Source { noun: noun.table, id, held }).collect())
}

/// What a member said in their own words, and wherever that was copied to.
pub(crate) fn said_by(reader: &mut dyn Reader, registry: &Registry, member: Uuid) -> Result<Copies> {
    let (mut sources, mut came) = (vec![], Copies::default());
    for noun in registry.nouns() {
        let Some(said) = noun.about.said else { continue };
        let mut own = (noun.find)(reader, &format!("where {} = $1 order by id", said.by), &[member.value()])?;
        if let Some(at) = noun.fields.iter().position(|field| *field == said.unless) {
            own.retain(|thing| thing.values[at].is_unset());
        }
        for own in own.chunks(AT_ONCE) {
            sources.extend(remembered(reader, noun, said.words, own, &mut came)?);
        }
    }
    let mut copies = follow(reader, registry, sources)?;
    for (proposal, held) in came.asked {
        copies.asked.entry(proposal).or_default().extend(held);
    }
    Ok(copies)
}

impl Copies {
    pub(crate) fn is_empty(&self) -> bool {
        self.gone.is_empty()
    }

    /// What became of a thing's own words, or what was taken from them: what it held.
    pub(crate) fn gone(&self, id: Uuid) -> Option<&BTreeSet<String>> {
        self.gone.get(&id)
    }

    /// What a proposal brought about.
    pub(crate) fn asked(&self, proposal: Uuid) -> Option<&BTreeSet<String>> {
        self.asked.get(&proposal)
    }

    /// Whether all that a field holds was taken from what goes.
    pub(crate) fn is_whole(&self, id: Uuid, field: &str) -> bool {
        self.fields.get(&(id, field.to_owned())).is_some_and(|copy| copy.goes == Goes::Whole)
    }

    /// What a field becomes that holds words of another thing, if anything else.
    pub(crate) fn made_of(&self, id: Uuid, field: &str, text: &str) -> Option<String> {
        if self.fields.is_empty() || text.is_empty() {
            return None;
        }
        let copy = self.fields.get(&(id, field.to_owned()))?;
        let made = match copy.goes {
            Goes::Whole => emptied(copy.cell, text),
            Goes::Same if says_the_same(text, &copy.held) => ERASED.to_owned(),
            Goes::Same => return None,
            Goes::Quotes => unquoted(text)?,
            Goes::Lines => without_lines(text, &copy.held)?,
        };
        (made != text).then_some(made)
    }

    /// Whether a thing was called by words that it took over from another.
    pub(crate) fn calls(&self, noun_id: Uuid, label: &str) -> bool {
        let took = |field: &str| self.fields.get(&(noun_id, field.to_owned())).is_some_and(|copy| says_the_same(label, &copy.held));
        !self.fields.is_empty() && ["title", "name"].into_iter().any(took)
    }

    /// What things held that a thing points at.
    pub(crate) fn around(&self, noun: &NounSpec, thing: &Found) -> BTreeSet<String> {
        let mut held = BTreeSet::new();
        if self.gone.is_empty() {
            return held;
        }
        let is_letter = noun.table == <DeadLetter as kernel::Noun>::TABLE;
        for (value, cell) in thing.values.iter().zip(noun.cells) {
            let Value::Text(text) = value else { continue };
            if is_letter && *cell == Cell::Json {
                let args = serde_json::from_str(text).unwrap_or_default();
                quoting::ids_in(&args, &mut |id| held.extend(self.gone.get(&id).into_iter().flatten().cloned()));
            }
            if matches!(cell, Cell::Id | Cell::Named | Cell::Text)
                && text.len() == 32
                && let Ok(id) = Uuid::parse_str(text)
                && let Some(known) = self.gone.get(&id)
            {
                held.extend(known.iter().cloned());
            }
        }
        held
    }
}

/// Whether a text is what was said, or the first line of it, or the beginning of that.
fn says_the_same(text: &str, held: &BTreeSet<String>) -> bool {
    let begun = text.strip_suffix('…').map(str::trim_end).filter(|begun| !begun.is_empty());
    held.contains(text)
        || held.iter().filter_map(|said| said.lines().next()).any(|line| line == text || begun.is_some_and(|begun| line.starts_with(begun)))
}

/// A text without the lines that quote what was said, as Markdown quotes.
fn without_lines(text: &str, held: &BTreeSet<String>) -> Option<String> {
    let lines: BTreeSet<&str> = held.iter().flat_map(|said| said.lines()).map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut found = false;
    let told: Vec<String> = text
        .split('\n')
        .map(|line| match line.trim_start().strip_prefix('>') {
            Some(quoted) if lines.contains(quoted.trim()) => {
                found = true;
                format!("> {ERASED}")
            }
            _ => line.to_owned(),
        })
        .collect();
    found.then(|| told.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_quote_it_go() {
        let held = BTreeSet::from(["It is slow.\nIt is loud.".to_owned()]);
        assert_eq!(without_lines("> It is slow.\n> Is it?\n\nIt is slow.", &held).as_deref(), Some("> (erased)\n> Is it?\n\nIt is slow."));
        assert_eq!(without_lines("It is slow.", &held), None);
    }

    #[test]
    fn what_is_called_by_the_beginning_is_found() {
        let held = BTreeSet::from(["It is slow in the morning.\nIt is loud.".to_owned()]);
        for (text, same) in
            [("It is slow in the morning.", true), ("It is slow in…", true), ("It is slow", false), ("…", false), ("It is loud.", false)]
        {
            assert_eq!(says_the_same(text, &held), same, "{text}");
        }
    }

    #[test]
    fn what_is_no_word_of_anybody_is_not_learned() {
        let mut held = BTreeSet::new();
        for text in ["", " ", ERASED, "sha256:00", "Too slow"] {
            learn(&mut held, text);
        }
        assert_eq!(held.into_iter().collect::<Vec<_>>(), ["Too slow"]);
    }
}
