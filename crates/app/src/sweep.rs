//! What becomes of values when somebody's data is erased, wherever they stand: in rows, and in the lines of activity about them.

use crate::{
    copies::Copies,
    emptied::emptied,
    erasing::{Changed, Line, Plan, erased_address},
    quoting,
};
use kernel::{
    Cell, Change, Column, NounSpec, Proposal, Reader, Refusal, Result, Row, Uuid, Value, about,
    erasure::{ERASED, Erasure, FORMER, Names},
    look::find_rows,
    room::Found,
    task::DeadLetter,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::digested;

/// Lines of activity that are looked at with one statement.
const AT_ONCE: i64 = 1_000;

/// What becomes of values, wherever they stand.
pub(crate) struct Sweep<'a> {
    erasure: &'a Erasure,
    names: Names,
    /// The things in which these are looked for, where that is not everywhere: proposals.
    only: Option<HashSet<Uuid>>,
    /// Where words that go were copied to.
    pub(crate) copies: Copies,
    /// What proposals quote of them.
    quoting: HashMap<Uuid, BTreeSet<String>>,
    /// Things with texts that were drafted from the record: their product, and which of their fields these are.
    drafted: HashMap<Uuid, (Uuid, &'static [&'static str])>,
    /// What things are called that go by it, and what they are called now.
    retitled: HashMap<String, String>,
    /// What things held that others point at.
    around: HashMap<Uuid, BTreeSet<String>>,
    /// Fields of which nothing stays, with what stands there instead.
    whole: HashMap<(Uuid, String), String>,
    /// Cells that were changed: what they held, as it is and as it is told of a new thing, and what they hold now.
    cells: HashMap<(Uuid, String), (Value, Value)>,
    /// Things that are called otherwise from now on.
    called: HashMap<Uuid, &'static str>,
    /// Things that are about the member, whose lines may be called by their name.
    theirs: HashSet<Uuid>,
}

impl<'a> Sweep<'a> {
    pub(crate) fn of(erasure: &'a Erasure, names: Names, copies: Copies) -> Sweep<'a> {
        Sweep {
            erasure,
            names,
            only: None,
            copies,
            quoting: HashMap::new(),
            drafted: HashMap::new(),
            retitled: HashMap::new(),
            around: HashMap::new(),
            whole: HashMap::new(),
            cells: HashMap::new(),
            called: HashMap::new(),
            theirs: HashSet::new(),
        }
    }

    /// The same, with words of somebody that are looked for in proposals alone: elsewhere another may have said them.
    pub(crate) fn in_proposals(erasure: &'a Erasure, names: Names, copies: Copies) -> Sweep<'a> {
        Sweep { only: Some(HashSet::new()), ..Sweep::of(erasure, names, copies) }
    }

    /// A text of a thing without the names, where they are looked for in it.
    fn unnamed(&self, id: Uuid, text: &str) -> Option<String> {
        match &self.only {
            Some(only) if !only.contains(&id) => None,
            _ => self.names.taken_out(text),
        }
    }

    /// What proposals quote, ahead of all else: other things are called by them.
    pub(crate) fn proposals(&mut self, reader: &mut dyn Reader, product: Option<Uuid>) -> Result<()> {
        let mut last = Uuid::nil();
        loop {
            if self.copies.is_empty() {
                return Ok(());
            }
            let of = product.map_or(String::new(), |_| " and product = $2".to_owned());
            let params: Vec<Value> = [last.value()].into_iter().chain(product.map(|product| product.value())).collect();
            let some: Vec<Proposal> = find_rows(reader, &format!("where id > $1{of} order by id limit 200"), &params)?;
            let Some(end) = some.last() else { return Ok(()) };
            last = end.meta.id;
            for proposal in some {
                let held = quoting::about(&self.copies, &proposal);
                if let Some(told) = quoting::titled(&proposal.title, &held) {
                    if let (Some(product), Some(number)) = (proposal.meta.product, proposal.number) {
                        self.copies.drafted.retitled(product, number, &proposal.title, &told);
                    }
                    self.retitled.insert(proposal.title, told);
                }
                let sends = proposal.effects.iter().any(|effect| about::noun(&effect.table).is_some_and(|noun| !noun.about.drafted.is_empty()));
                if let Some(product) = proposal.meta.product.filter(|_| sends) {
                    self.drafted.insert(proposal.meta.id, (product, quoting::STRUCTURES));
                }
                if !held.is_empty() {
                    self.quoting.insert(proposal.meta.id, held);
                }
            }
        }
    }

    /// What a text becomes that holds words which were said elsewhere: what it is a copy of, what it quotes, what was drafted.
    fn quoted(&self, id: Uuid, field: &str, text: &str) -> Option<String> {
        let told = self.copies.made_of(id, field, text);
        let told = told.or_else(|| self.quoting.get(&id).and_then(|held| quoting::without(field, text, held)));
        let now = told.as_deref().unwrap_or(text);
        let drafted = self.drafted.get(&id).filter(|(_, fields)| fields.contains(&field));
        let cut = drafted.and_then(|(product, _)| quoting::each(field, now, &mut |text| self.copies.drafted.without(*product, text)));
        cut.or(told)
    }

    /// What a field becomes that holds words which were said elsewhere, if anything else.
    fn copied(&self, noun: &NounSpec, id: Uuid, field: &str, text: &str) -> Option<String> {
        if let Some(told) = self.quoted(id, field, text) {
            return Some(told);
        }
        // What things are called that are about it, and letters that could not be sent about it.
        let names = field.ends_with("_label") || noun.table == <DeadLetter as kernel::Noun>::TABLE && field == "about";
        if !names {
            return None;
        }
        self.around.get(&id).and_then(|held| quoting::titled(text, held)).or_else(|| self.retitled.get(text).cloned())
    }

    /// The account's own row is changed by the command; here only what the record says of it.
    pub(crate) fn the_member(&mut self, member: Uuid) {
        self.whole.insert((member, "name".into()), FORMER.into());
        self.whole.insert((member, "email".into()), erased_address(member));
        self.called.insert(member, FORMER);
    }

    pub(crate) fn thing(&mut self, noun: &NounSpec, thing: &Found, plan: &mut Plan) {
        let id = thing.meta.id;
        if id == self.erasure.member {
            return;
        }
        let member = self.erasure.member.value();
        if let Some(only) = self.only.as_mut().filter(|_| noun.table == <Proposal as kernel::Noun>::TABLE) {
            only.insert(id);
        }
        if let Some(product) = thing.meta.product.filter(|_| !noun.about.drafted.is_empty()) {
            self.drafted.insert(id, (product, noun.about.drafted));
        }
        let around = self.copies.around(noun, thing);
        if !around.is_empty() {
            self.around.insert(id, around);
        }
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
            self.by_model(noun, thing, plan);
        }
        let (mut cells, mut copied) = (vec![], false);
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
                continue;
            }
            if self.copies.is_whole(id, field) && noun.about.titled && noun.named_by() == Some(*field) {
                self.called.insert(id, ERASED);
            }
            let mut now = self.copied(noun, id, field, text);
            copied |= now.is_some();
            if let Some(new) = self.unnamed(id, now.as_deref().unwrap_or(text)) {
                now = Some(new);
            }
            if let Some(new) = now {
                self.change(id, field, &thing.values[at], &new);
                cells.push((*field, new));
            }
        }
        if !cells.is_empty() {
            if said.is_some() {
                plan.extent.said += 1
            } else if copied {
                plan.extent.copied += 1
            } else {
                plan.extent.named += 1
            }
            plan.rows.push(Changed { table: noun.table, id, product: thing.meta.product, cells });
        }
    }

    /// What a model wrote from whatever it was given, whoever had said that.
    pub(crate) fn by_model(&mut self, noun: &NounSpec, thing: &Found, plan: &mut Plan) {
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

    pub(crate) fn change(&mut self, id: Uuid, field: &str, old: &Value, new: &str) {
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
            _ => self.quoted(id, field, text).or_else(|| self.unnamed(id, text)).map(Value::Text),
        }
    }

    pub(crate) fn lines(&self, reader: &mut dyn Reader, plan: &mut Plan) -> Result<()> {
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
    pub(crate) fn line(&self, mut row: Row, plan: &mut Plan) -> Result<String> {
        let line: String = row.take()?;
        let (id, label): (Uuid, String) = (row.take()?, row.take()?);
        let (changes, reason): (String, Option<String>) = (row.take()?, row.take()?);
        let new_label = self.label(id, &label);
        let new_changes = self.changes(id, &changes)?;
        let new_reason = reason.as_deref().and_then(|reason| self.unnamed(id, reason));
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

    /// The same of a line that is called by another thing, whatever it is about.
    pub(crate) fn called_by_another(&self, mut row: Row, plan: &mut Plan) -> Result<()> {
        let (id, _, label): (String, Uuid, String) = (row.take()?, row.take()?, row.take()?);
        let (changes, reason): (String, Option<String>) = (row.take()?, row.take()?);
        if let Some(label) = self.names.taken_out(&label) {
            plan.lines.push(Line { id, label, changes, reason });
        }
        Ok(())
    }

    fn label(&self, id: Uuid, label: &str) -> Option<String> {
        if let Some(called) = self.called.get(&id) {
            return (label != *called).then(|| (*called).to_owned());
        }
        if self.copies.calls(id, label) {
            return Some(ERASED.to_owned());
        }
        let quoted = |held: &HashMap<Uuid, BTreeSet<String>>| held.get(&id).and_then(|held| quoting::titled(label, held));
        if let Some(told) = quoted(&self.around).or_else(|| self.retitled.get(label).cloned()).or_else(|| quoted(&self.quoting)) {
            return Some(told);
        }
        let name = self.erasure.name.as_str();
        // A membership is called by its member: "Mara as Manager".
        let rest = label.strip_prefix(name).filter(|rest| self.theirs.contains(&id) && (rest.is_empty() || rest.starts_with(' ')));
        rest.map(|rest| format!("{FORMER}{rest}")).or_else(|| self.unnamed(id, label))
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
