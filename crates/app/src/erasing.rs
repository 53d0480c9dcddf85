//! Erasing what names a person, and what they said and brought as far as it is asked for: out of rows, out of the record,
//! out of what was signed. It is worked out first, so that it can be said before, and then written in the transaction of
//! the command that asks for it. Every value in the record is changed as its row is, and what was signed is sealed anew,
//! so the house is as sound as before.

use crate::{
    Registry,
    copies::{self, Copies, Source},
    proposals::seal,
    sweep::Sweep,
};
use kernel::{
    Column, NounSpec, Proposal, Reader, Refusal, Result, Uuid, Value,
    erasure::{Erasure, Names},
    list,
    look::find_rows,
    task::DeadLetter,
    value::containing,
};
use std::collections::{BTreeSet, HashSet};

/// Things that are asked for with one statement.
const AT_ONCE: usize = 500;

/// How much would be erased.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Extent {
    /// Things in which they are named.
    pub named: usize,
    /// Things in their own words.
    pub said: usize,
    /// Things of others that hold a copy of those words.
    pub copied: usize,
    /// Files that they brought.
    pub files: usize,
    /// Lines of the record.
    pub lines: usize,
    /// Decisions and proposals that are sealed anew.
    pub sealed_anew: usize,
}

/// A row with new cells.
pub(crate) struct Changed {
    pub table: &'static str,
    pub id: Uuid,
    pub product: Option<Uuid>,
    pub cells: Vec<(&'static str, String)>,
}

/// A line of activity as it will be.
pub(crate) struct Line {
    pub id: String,
    pub label: String,
    pub changes: String,
    pub reason: Option<String>,
}

/// All that is erased.
#[derive(Default)]
pub struct Plan {
    pub(crate) rows: Vec<Changed>,
    /// Rows that go as a whole.
    pub(crate) gone: Vec<(&'static str, Uuid)>,
    pub(crate) lines: Vec<Line>,
    pub extent: Extent,
}

/// Works out what would be erased; nothing is written.
///
/// # Errors
/// `Invalid` for a word that is no name, because Tandem itself uses it.
pub fn plan(reader: &mut dyn Reader, registry: &Registry, erasure: &Erasure) -> Result<Plan> {
    let ordinary = ordinary(registry);
    let is_ordinary = |word: &str| word.trim().chars().count() < 3 || ordinary.contains(&word.trim().to_lowercase());
    if let Some(word) = erasure.words.iter().find(|word| is_ordinary(word)) {
        return Err(Refusal::invalid("words", format!("“{word}” is too ordinary a word to be taken out everywhere. Give a whole name.")));
    }
    let name = Some(erasure.name.clone()).filter(|name| !is_ordinary(name));
    let names = Names::new(erasure.words.iter().cloned().chain([erasure.email.clone()]).chain(name));
    let copies = if erasure.said { copies::said_by(reader, registry, erasure.member)? } else { Copies::default() };
    let mut sweep = Sweep::of(erasure, names, copies);
    let mut plan = Plan::default();
    sweep.the_member(erasure.member);
    sweep.proposals(reader, None)?;
    for noun in registry.nouns() {
        let mut last = None;
        loop {
            let found = noun.after(reader, last)?;
            let Some(end) = found.last() else { break };
            last = Some(end.meta.id);
            for thing in found {
                sweep.thing(noun, &thing, &mut plan);
            }
        }
    }
    seal_anew(reader, &mut sweep, &mut plan)?;
    sweep.lines(reader, &mut plan)?;
    plan.extent.lines = plan.lines.len();
    Ok(plan)
}

/// The words that Tandem itself writes: of commands, things, fields, and what it says of them.
fn ordinary(registry: &Registry) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut learn = |text: &str| words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
    for spec in registry.commands() {
        learn(spec.name);
        learn(&(spec.schema)().to_string());
    }
    for noun in registry.nouns() {
        learn(noun.table);
        learn(&(noun.schema)().to_string());
    }
    words
}

/// What becomes of all that words were copied to which somebody said in a product, and of proposals that quote them: taken out,
/// and what was signed sealed anew.
pub(crate) fn quoted(
    reader: &mut dyn Reader,
    registry: &Registry,
    product: Uuid,
    sources: Vec<Source>,
    (said, since): (&[String], i64),
) -> Result<Plan> {
    // In proposals words stand within JSON too.
    let within = |text: &String| serde_json::to_string(text).ok().map(|json| json.trim_matches('"').to_owned());
    let names = Names::words(said.iter().cloned().chain(said.iter().filter_map(within)));
    let erasure = Erasure { member: Uuid::nil(), name: String::new(), email: String::new(), words: vec![], said: false, files: false };
    let mut sweep = Sweep::in_proposals(&erasure, names, copies::follow(reader, registry, sources)?);
    let mut plan = Plan::default();
    sweep.proposals(reader, Some(product))?;
    let mut visited: BTreeSet<Uuid> = BTreeSet::new();
    if let Some(noun) = registry.noun(<Proposal as kernel::Noun>::TABLE) {
        for thing in (noun.find)(reader, "where product = $1 order by id", &[product.value()])? {
            visited.insert(thing.meta.id);
            sweep.thing(noun, &thing, &mut plan);
        }
    }
    for noun in registry.nouns().filter(|noun| !noun.about.copies.is_empty()) {
        for thing in (noun.find)(reader, "where product = $1 order by id", &[product.value()])? {
            visited.insert(thing.meta.id);
            sweep.by_model(noun, &thing, &mut plan);
        }
    }
    if let Some(noun) = registry.noun(<DeadLetter as kernel::Noun>::TABLE).filter(|_| !sweep.copies.is_empty()) {
        for thing in (noun.find)(reader, "where product_of = $1 order by id", &[product.value()])? {
            visited.insert(thing.meta.id);
            sweep.thing(noun, &thing, &mut plan);
        }
    }
    for noun in registry.nouns().filter(|noun| !noun.about.drafted.is_empty() && !sweep.copies.drafted.is_empty()).collect::<Vec<_>>() {
        for thing in (noun.find)(reader, "where product = $1 order by id", &[product.value()])? {
            if visited.insert(thing.meta.id) {
                sweep.thing(noun, &thing, &mut plan);
            }
        }
    }
    for (noun, clause, ids) in reached(registry, &sweep.copies) {
        for ids in ids.chunks(AT_ONCE) {
            for thing in (noun.find)(reader, &clause, &[list(ids.iter().copied())])? {
                if visited.insert(thing.meta.id) {
                    sweep.thing(noun, &thing, &mut plan);
                }
            }
        }
    }
    seal_anew(reader, &mut sweep, &mut plan)?;
    const LINE: &str = "select id, noun_id, label, changes, reason from activity where";
    let all: Vec<Uuid> = visited.iter().copied().collect();
    for ids in all.chunks(AT_ONCE) {
        for of in ["product = $1", "product is null and $1 <> ''"] {
            for line in reader.query(&format!("{LINE} {of} and noun_id in each($2) order by id"), &[product.value(), list(ids.iter().copied())])? {
                sweep.line(line, &mut plan)?;
            }
        }
    }
    // Lines about what has no title of its own are called by something else, as signatures are by what was signed.
    let own: Vec<String> = registry.nouns().filter(|noun| noun.about.titled).map(|noun| format!("'{}'", noun.table)).collect();
    let of = format!("{LINE} product = $1 and at >= $3 and noun not in ({}) and label like $2 escape '!' order by id", own.join(", "));
    for text in said {
        for line in reader.query(&of, &[product.value(), containing(text), Value::Int(since)])? {
            sweep.called_by_another(line, &mut plan)?;
        }
    }
    plan.lines.sort_by(|a, b| a.id.cmp(&b.id));
    plan.lines.dedup_by(|a, b| a.id == b.id);
    Ok(plan)
}

/// Where to find the things that hold copies, and those that point at what goes.
fn reached(registry: &Registry, copies: &Copies) -> Vec<(&'static NounSpec, String, Vec<Uuid>)> {
    let mut found = vec![];
    for (table, ids) in &copies.tables {
        let ids: Vec<Uuid> = ids.iter().copied().collect();
        for noun in registry.nouns() {
            if noun.table == *table {
                found.push((noun, "where id in each($1) order by id".to_owned(), ids.clone()));
            }
            for field in noun.fields.iter().filter(|field| noun.points_at(field) == Some(*table) || ["about_id", "from_id", "to_id"].contains(*field))
            {
                found.push((noun, format!("where {field} in each($1) order by id"), ids.clone()));
            }
        }
    }
    found
}

/// What was signed and named the person is sealed anew, provided it still was what had been signed.
fn seal_anew(reader: &mut dyn Reader, sweep: &mut Sweep, plan: &mut Plan) -> Result<()> {
    for row in plan.rows.iter_mut().filter(|row| row.table == <Proposal as kernel::Noun>::TABLE) {
        let Some(before) = find_rows::<Proposal>(reader, "where id = $1", &[row.id.value()])?.pop() else { continue };
        if seal(&before) != before.seal {
            continue;
        }
        let mut after = before.clone();
        for (field, text) in &row.cells {
            match *field {
                "title" => after.title.clone_from(text),
                "reason" => after.reason.clone_from(text),
                "commands" => after.commands = Column::read(Value::Text(text.clone()))?,
                "effects" => after.effects = Column::read(Value::Text(text.clone()))?,
                "considered" => after.considered = Column::read(Value::Text(text.clone()))?,
                _ => {}
            }
        }
        let new = seal(&after);
        if new != before.seal {
            sweep.change(row.id, "seal", &Value::Text(before.seal), &new);
            row.cells.push(("seal", new));
            plan.extent.sealed_anew += 1;
        }
    }
    Ok(())
}

/// An address that nobody has.
pub fn erased_address(member: Uuid) -> String {
    format!("erased-{}@invalid", member.simple())
}
