//! Taking acts back and doing them again: commands of their own, under the same rights, that leave their own trace.

use crate::{
    REDONE, UNDONE,
    rows::{self, Line},
    stack,
};
use kernel::{
    Act, Area, Authority, Change, Column, Command, Decided, Event, Id, Look, Moment, Refusal, Result, Scope, Searched, StoredCommand, Uuid, Value,
    about, command, event::phrase, json, list,
};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

command! {
    /// Takes back what one of one's own acts changed, where nothing has changed it since. Taking back a taking back does the thing again.
    pub struct Undo in "act.undo" at Post "/products/{product}/acts/{act}/undo" [*] {
        pub act: Id<Line>,
    }
}

command! {
    /// Takes back the last of one's own acts here that stands and can be taken back; again, the one before it.
    pub struct UndoLast in "act.undo_last" at Post "/products/{product}/undo" [*] {}
}

command! {
    /// Does again what one took back last, as long as one has done nothing new since.
    pub struct RedoLast in "act.redo_last" at Post "/products/{product}/redo" [*] {}
}

impl Undo {
    fn meant(&self, _: &mut Look) -> Result<Uuid> {
        Ok(self.act.0)
    }
}

impl UndoLast {
    fn meant(&self, look: &mut Look) -> Result<Uuid> {
        let last = stack::tops(look)?.undo;
        if stack::imported_since(look, last)? {
            return Err(Refusal::invalid(
                "",
                "Your last act was an import, which is not taken back as a whole. Choose its stories in the backlog and remove them.",
            ));
        }
        last.ok_or_else(|| Refusal::invalid("", "There is nothing of yours here that could be taken back."))
    }
}

impl RedoLast {
    fn meant(&self, look: &mut Look) -> Result<Uuid> {
        let top = stack::tops(look)?.redo;
        top.ok_or_else(|| Refusal::invalid("", "There is nothing to do again: you took nothing back since your last act."))
    }
}

/// They differ only in which act they mean.
macro_rules! taking_back {
    ($($command:ty),+) => {$(
        impl Command for $command {
            type Before = Taken;

            fn load(&self, look: &mut Look) -> Result<Taken> {
                let act = self.meant(look)?;
                Taken::load(look, act)
            }
            fn authority(&self, before: &Taken) -> Authority {
                before.authority()
            }
            fn may(&self, before: &Taken, scope: &Scope) -> Result<()> {
                before.may(scope)
            }
            fn title(&self, before: &Taken) -> String {
                before.title()
            }
            fn kept(&self, before: &Taken) -> Option<StoredCommand> {
                Some(before.by_name())
            }
            fn decide(self, before: Taken, moment: &Moment, scope: &Scope) -> Result<Decided> {
                before.back(moment, scope)
            }
        }
    )+};
}

taking_back!(Undo, UndoLast, RedoLast);

/// Refuses as unknown an act about what its author may not read any more: what has become private is not theirs to open.
fn readable(look: &mut Look, lines: &[Line]) -> Result<()> {
    for noun in lines.iter().filter_map(|line| about::noun(&line.noun)).filter(|noun| noun.about.read.is_private()) {
        let ids: HashSet<Uuid> = lines.iter().filter(|line| line.noun == noun.table).map(|line| line.noun_id).collect();
        let clause = format!("where id in each($1){}", about::may_read(look.scope, noun.table, &noun.about).and());
        if look.found(noun, &clause, &[list(ids.iter().copied())])?.len() < ids.len() {
            return Err(Refusal::NotFound);
        }
    }
    Ok(())
}

/// An act that is to be taken back.
pub struct Taken {
    act: Uuid,
    lines: Vec<Line>,
    /// What was changed since, with whoever did it.
    changed: Option<String>,
}

impl Taken {
    fn load(look: &mut Look, act: Uuid) -> Result<Taken> {
        let lines = rows::of_act(look, act)?;
        if lines.is_empty() {
            return Err(Refusal::NotFound);
        }
        readable(look, &lines)?;
        let changed = changed_since(look, &lines)?;
        Ok(Taken { act, lines, changed })
    }

    /// Every area that the act touched.
    fn authority(&self) -> Authority {
        let mut areas: Vec<Area> = self.lines.iter().filter_map(|line| Area::parse(line.area.as_deref()?)).collect();
        areas.sort_unstable();
        areas.dedup();
        if areas.is_empty() { Authority::Anyone } else { Authority::Areas(areas) }
    }

    fn may(&self, scope: &Scope) -> Result<()> {
        let own = |line: &Line| line.member.is_some() && line.member == scope.who.member && line.assistant_id == scope.who.assistant;
        match self.lines.iter().all(|line| own(line) && line.undoable && line.proposal.is_none()) {
            true => Ok(()),
            false => Err(Refusal::denied("Only your own changes can be taken back, and no verdict, signature, start or close of a sprint.")),
        }
    }

    /// Whether it took something back itself.
    fn is_back(&self) -> bool {
        self.lines.iter().all(|line| line.kind == UNDONE.name)
    }

    fn title(&self) -> String {
        let first = self.lines.first();
        let label = first.map_or("something", |line| &line.label);
        let others: HashSet<Uuid> =
            self.lines.iter().filter(|l| first.is_some_and(|f| f.noun == l.noun && f.noun_id != l.noun_id)).map(|l| l.noun_id).collect();
        let what = if others.is_empty() { label.to_owned() } else { format!("{label} and {} more", others.len()) };
        match self.is_back() {
            true => format!("Do a change to {what} again"),
            false => format!("Take back a change to {what}"),
        }
    }

    /// The same with the act named, which stays the same while others follow it.
    fn by_name(&self) -> StoredCommand {
        StoredCommand { name: "act.undo".into(), args: json!({ "act": self.act }) }
    }

    fn back(self, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        if let Some(changed) = self.changed {
            return Err(Refusal::invalid("", format!("{changed} since, so this cannot be taken back.")));
        }
        let kind = if self.is_back() { &REDONE } else { &UNDONE };
        let events = self.lines.into_iter().rev().map(|line| Event { kind, ..taken_back(line, moment, product) }).collect::<Vec<_>>();
        Ok(Decided { takes: Some(self.act), ..events.into() })
    }
}

fn taken_back(line: Line, moment: &Moment, product: Uuid) -> Event {
    let (act, changes) = match line.did {
        Act::Create => (Act::Remove, vec![Change::new("removed_at", Value::Null, Value::Int(moment.now))]),
        Act::Change | Act::Remove => {
            let told = line.changes.into_iter().filter(|c| !c.field.ends_with("_hash"));
            (Act::Change, told.map(Change::back).collect())
        }
    };
    Event {
        kind: &UNDONE,
        act,
        table: Cow::Owned(line.noun),
        id: line.noun_id,
        product: Some(product),
        label: line.label,
        seen: None,
        changes,
        searched: Searched::Again,
        created_at: None,
    }
}

/// What of an act's things is not any more what it made of them: "ORB-7 was changed by Tomas". Columns that are kept as
/// hashes are not looked at.
fn changed_since(look: &mut Look, lines: &[Line]) -> Result<Option<String>> {
    let mut of_noun: HashMap<&str, Vec<&Line>> = HashMap::new();
    for line in lines {
        of_noun.entry(&line.noun).or_default().push(line);
    }
    for (noun, lines) in of_noun {
        let Some(spec) = about::noun(noun) else { return told(look, lines[0]).map(Some) };
        let product = look.scope.product_id()?.value();
        let ids = list(lines.iter().map(|line| line.noun_id));
        let found = (spec.find)(look.reader, "where product = $1 and id in each($2)", &[product, ids])?;
        let things: HashMap<Uuid, _> = found.into_iter().map(|thing| (thing.meta.id, thing)).collect();
        // An act may change a thing twice: its last word counts.
        let mut last: HashMap<(Uuid, &str), &Value> = HashMap::new();
        for line in &lines {
            last.extend(line.changes.iter().map(|c| ((line.noun_id, c.field.as_str()), &c.to)));
        }
        for line in &lines {
            let Some(thing) = things.get(&line.noun_id) else { return told(look, line).map(Some) };
            let holds = |change: &Change| {
                let now = match change.field.as_str() {
                    "removed_at" => Some(thing.meta.removed_at.value()),
                    field => spec.fields.iter().position(|known| *known == field).map(|at| thing.values[at].clone()),
                };
                now.as_ref() == last.get(&(line.noun_id, change.field.as_str())).copied()
            };
            let stands = thing.meta.removed_at.is_none();
            let same = match line.did {
                // Its maker takes it back with all they made of it.
                Act::Create => stands,
                _ => {
                    (stands || line.changes.iter().any(|c| c.field == "removed_at"))
                        && line.changes.iter().filter(|c| !c.field.ends_with("_hash")).all(holds)
                }
            };
            if !same {
                return told(look, line).map(Some);
            }
        }
    }
    others_since(look, lines)
}

/// What the act made new and somebody else has changed since.
fn others_since(look: &mut Look, lines: &[Line]) -> Result<Option<String>> {
    let made: Vec<&Line> = lines.iter().filter(|line| line.did == Act::Create).collect();
    let Some(last) = made.last() else { return Ok(None) };
    let product = look.scope.product_id()?.value();
    let ids = list(made.iter().map(|line| line.noun_id));
    let row = look.first(
        "select noun_id from activity where product = $1 and noun_id in each($2) and id > $3
         and (coalesce(member, '') <> $4 or coalesce(assistant, '') <> $5) order by id desc",
        &[product, ids, last.id.value(), last.member.value(), last.assistant_id.map_or(Value::Text(String::new()), |id| id.value())],
    )?;
    let Some(mut row) = row else { return Ok(None) };
    let id: Uuid = row.take()?;
    made.into_iter().find(|line| line.noun_id == id).map(|line| told(look, line)).transpose()
}

/// "ORB-7 was changed by Tomas", by whoever changed it last.
fn told(look: &mut Look, line: &Line) -> Result<String> {
    let row = look.first(
        "select coalesce(helper.name, member.name, 'Tandem'), activity.kind from activity
         left join member on member.id = activity.member left join member helper on helper.id = activity.assistant
         where activity.product = $1 and activity.noun_id = $2 and activity.id > $3 order by activity.at desc, activity.id desc limit 1",
        &[look.scope.product_id()?.value(), line.noun_id.value(), line.id.value()],
    )?;
    Ok(match row {
        Some(mut row) => {
            let (who, kind): (String, String) = (row.take()?, row.take()?);
            format!("{who} {} “{}”", phrase(&kind).unwrap_or("changed").trim_end_matches(':'), line.label)
        }
        None => format!("“{}” was changed", line.label),
    })
}
