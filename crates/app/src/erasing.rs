//! Erasing what names a person, and what they said and brought as far as it is asked for: out of rows, out of the record,
//! out of what was signed. It is worked out first, so that it can be said before, and then written in the transaction of
//! the command that asks for it. Every value in the record is changed as its row is, and what was signed is sealed anew,
//! so the house is as sound as before.

use crate::{Registry, emptied::emptied, proposals::seal};
use kernel::{
    Cell, Change, Column, NounSpec, Proposal, Reader, Refusal, Result, Row, Uuid, Value, about,
    erasure::{ERASED, Erasure, FORMER, Names},
    look::find_rows,
    room::Found,
    value::containing,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::digested;

/// Lines of activity that are looked at with one statement.
const AT_ONCE: i64 = 1_000;

/// How much would be erased.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Extent {
    /// Things in which they are named.
    pub named: usize,
    /// Things in their own words.
    pub said: usize,
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

/// What becomes of values, wherever they stand.
struct Sweep<'a> {
    erasure: &'a Erasure,
    names: Names,
    /// Fields of which nothing stays, with what stands there instead.
    whole: HashMap<(Uuid, String), String>,
    /// Cells that were changed: what they held, as it is and as it is told of a new thing, and what they hold now.
    cells: HashMap<(Uuid, String), (Value, Value)>,
    /// Things that are called otherwise from now on.
    called: HashMap<Uuid, &'static str>,
    /// Things that are about the member, whose lines may be called by their name.
    theirs: HashSet<Uuid>,
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
    let mut sweep = Sweep { erasure, names, whole: HashMap::new(), cells: HashMap::new(), called: HashMap::new(), theirs: HashSet::new() };
    let mut plan = Plan::default();
    sweep.the_member(erasure.member);
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

/// What of a product's proposals, and of lines about whatever, quotes words that somebody said: taken out, and what was signed
/// sealed anew.
pub(crate) fn quoted(reader: &mut dyn Reader, registry: &Registry, product: Uuid, said: &[String]) -> Result<Plan> {
    // In proposals words stand within JSON too.
    let within = |text: &String| serde_json::to_string(text).ok().map(|json| json.trim_matches('"').to_owned());
    let names = Names::words(said.iter().cloned().chain(said.iter().filter_map(within)));
    let erasure = Erasure { member: Uuid::nil(), name: String::new(), email: String::new(), words: vec![], said: false, files: false };
    let mut sweep = Sweep { erasure: &erasure, names, whole: HashMap::new(), cells: HashMap::new(), called: HashMap::new(), theirs: HashSet::new() };
    let mut plan = Plan::default();
    if let Some(noun) = registry.noun(<Proposal as kernel::Noun>::TABLE) {
        for thing in (noun.find)(reader, "where product = $1 order by id", &[product.value()])? {
            sweep.thing(noun, &thing, &mut plan);
        }
    }
    for noun in registry.nouns().filter(|noun| !noun.about.copies.is_empty()) {
        for thing in (noun.find)(reader, "where product = $1 order by id", &[product.value()])? {
            sweep.copied(noun, &thing, &mut plan);
        }
    }
    seal_anew(reader, &mut sweep, &mut plan)?;
    const LINE: &str = "select id, noun_id, label, changes, reason from activity where product = $1 and";
    for row in plan.rows.iter().map(|row| row.id).collect::<Vec<_>>() {
        for line in reader.query(&format!("{LINE} noun_id = $2 order by id"), &[product.value(), row.value()])? {
            sweep.line(line, &mut plan)?;
        }
    }
    for text in said {
        for line in reader.query(&format!("{LINE} label like $2 escape '!' order by id"), &[product.value(), containing(text)])? {
            sweep.line(line, &mut plan)?;
        }
    }
    plan.lines.sort_by(|a, b| a.id.cmp(&b.id));
    plan.lines.dedup_by(|a, b| a.id == b.id);
    Ok(plan)
}

impl Sweep<'_> {
    /// The account's own row is changed by the command; here only what the record says of it.
    fn the_member(&mut self, member: Uuid) {
        self.whole.insert((member, "name".into()), FORMER.into());
        self.whole.insert((member, "email".into()), erased_address(member));
        self.called.insert(member, FORMER);
    }

    fn thing(&mut self, noun: &NounSpec, thing: &Found, plan: &mut Plan) {
        let id = thing.meta.id;
        if id == self.erasure.member {
            return;
        }
        let member = self.erasure.member.value();
        let at = |field: &str| noun.fields.iter().position(|known| *known == field).map(|at| &thing.values[at]);
        let points = noun.fields.iter().any(|field| noun.points_at(field) == Some("member") && at(field) == Some(&member));
        if points {
            self.theirs.insert(id);
        }
        let own = at("member") == Some(&member);
        if own && !noun.about.files.is_empty() && self.erasure.files {
            plan.gone.push((noun.table, id));
            plan.extent.files += 1;
            self.whole.insert((id, "name".into()), ERASED.into());
            self.called.insert(id, ERASED);
            return;
        }
        // What opened doors for them, and tells where they sat.
        if own && noun.about.home == about::Home::Member && noun.about.fades.is_some() {
            plan.gone.push((noun.table, id));
            return;
        }
        let said = noun.about.said.filter(|said| {
            let others = at(said.unless).is_some_and(|value| !value.is_unset());
            self.erasure.said && at(said.by) == Some(&member) && !others
        });
        // Its label is their own words, and stands in every line about it.
        if said.is_some() && noun.about.titled {
            self.called.insert(id, ERASED);
        }
        if self.erasure.said {
            self.copied(noun, thing, plan);
        }
        let mut cells = vec![];
        for (at, field) in noun.fields.iter().enumerate() {
            let Value::Text(text) = &thing.values[at] else { continue };
            let is_word = noun.spoken(field, text).is_some();
            if is_word
                || self.erasure.said && noun.about.copies.contains(field)
                || noun.cells[at] == Cell::Id
                || field.ends_with("_hash")
                || noun.about.files.contains(field)
            {
                continue;
            }
            if said.is_some_and(|said| said.words.contains(field)) {
                let nothing = emptied(noun.cells[at], text);
                self.whole.insert((id, (*field).to_owned()), nothing.clone());
                if *text != nothing {
                    cells.push((*field, nothing));
                }
            } else if let Some(new) = self.names.taken_out(text) {
                self.change(id, field, &thing.values[at], &new);
                cells.push((*field, new));
            }
        }
        if !cells.is_empty() {
            if said.is_some() {
                plan.extent.said += 1
            } else {
                plan.extent.named += 1
            }
            plan.rows.push(Changed { table: noun.table, id, product: thing.meta.product, cells });
        }
    }

    /// What a model wrote from whatever it was given, whoever had said that.
    fn copied(&mut self, noun: &NounSpec, thing: &Found, plan: &mut Plan) {
        let id = thing.meta.id;
        let mut cells = vec![];
        for (at, field) in noun.fields.iter().enumerate().filter(|(_, field)| noun.about.copies.contains(field)) {
            let Value::Text(text) = &thing.values[at] else { continue };
            let nothing = emptied(noun.cells[at], text);
            self.whole.insert((id, (*field).to_owned()), nothing.clone());
            if *text != nothing {
                cells.push((*field, nothing));
            }
        }
        if !cells.is_empty() {
            plan.rows.push(Changed { table: noun.table, id, product: thing.meta.product, cells });
        }
    }

    fn change(&mut self, id: Uuid, field: &str, old: &Value, new: &str) {
        self.cells.insert((id, field.to_owned()), (old.clone(), Value::Text(new.to_owned())));
    }

    /// What a value in the record becomes, if another.
    fn becomes(&self, id: Uuid, field: &str, value: &Value) -> Option<Value> {
        let Value::Text(text) = value else { return None };
        let key = (id, field.to_owned());
        if let Some(by) = self.whole.get(&key) {
            return (!text.is_empty() && text != by).then(|| Value::Text(by.clone()));
        }
        match self.cells.get(&key) {
            Some((old, new)) if value == old => Some(new.clone()),
            Some((old, new)) if *value == digested(old) => Some(digested(new)),
            _ => self.names.taken_out(text).map(Value::Text),
        }
    }

    fn lines(&self, reader: &mut dyn Reader, plan: &mut Plan) -> Result<()> {
        let mut last = String::new();
        loop {
            let sql = "select id, noun_id, label, changes, reason from activity where id > $1 order by id limit $2";
            let rows = reader.query(sql, &[Value::Text(last.clone()), Value::Int(AT_ONCE)])?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                last = self.line(row, plan)?;
            }
        }
    }

    /// What becomes of a line; its id.
    fn line(&self, mut row: Row, plan: &mut Plan) -> Result<String> {
        let line: String = row.take()?;
        let (id, label): (Uuid, String) = (row.take()?, row.take()?);
        let (changes, reason): (String, Option<String>) = (row.take()?, row.take()?);
        let new_label = self.label(id, &label);
        let new_changes = self.changes(id, &changes)?;
        let new_reason = reason.as_deref().and_then(|reason| self.names.taken_out(reason));
        if new_label.is_some() || new_changes.is_some() || new_reason.is_some() {
            plan.lines.push(Line {
                id: line.clone(),
                label: new_label.unwrap_or(label),
                changes: new_changes.unwrap_or(changes),
                reason: new_reason.or(reason),
            });
        }
        Ok(line)
    }

    fn label(&self, id: Uuid, label: &str) -> Option<String> {
        if let Some(called) = self.called.get(&id) {
            return (label != *called).then(|| (*called).to_owned());
        }
        let name = self.erasure.name.as_str();
        // A membership is called by its member: "Mara as Manager".
        let rest = label.strip_prefix(name).filter(|rest| self.theirs.contains(&id) && (rest.is_empty() || rest.starts_with(' ')));
        rest.map(|rest| format!("{FORMER}{rest}")).or_else(|| self.names.taken_out(label))
    }

    /// The changes of a line, as they are kept: of a new thing an object, else a list.
    fn changes(&self, id: Uuid, kept: &str) -> Result<Option<String>> {
        let broken = |e: serde_json::Error| Refusal::broken(e.to_string());
        let mut changed = false;
        let mut swept = |field: &str, value: &mut Value| {
            if let Some(new) = self.becomes(id, field, value) {
                *value = new;
                changed = true;
            }
        };
        let text = match kept.starts_with('[') {
            false => {
                let mut set: BTreeMap<String, Value> = serde_json::from_str(kept).map_err(broken)?;
                set.iter_mut().for_each(|(field, value)| swept(field, value));
                serde_json::to_string(&set)
            }
            true => {
                let mut list: Vec<Change> = serde_json::from_str(kept).map_err(broken)?;
                for change in &mut list {
                    swept(&change.field, &mut change.from);
                    swept(&change.field, &mut change.to);
                    if let Some((from, to)) = &mut change.said {
                        for said in [from, to] {
                            let mut value = Value::Text(said.clone());
                            swept("", &mut value);
                            *said = value.words();
                        }
                    }
                }
                serde_json::to_string(&list)
            }
        };
        Ok(if changed { Some(text.map_err(broken)?) } else { None })
    }
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
