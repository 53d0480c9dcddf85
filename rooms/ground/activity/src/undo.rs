//! Taking an act back: a command of its own, under the same rights, that leaves its own trace.

use crate::{
    UNDONE,
    rows::{self, Line},
};
use kernel::{
    Act, Area, Authority, Change, Column, Command, Decided, Event, Id, Look, Moment, Refusal, Result, Scope, Searched, Uuid, Value, command,
};
use std::borrow::Cow;

command! {
    /// Takes back what one of one's own acts changed, where nothing has changed it since.
    pub struct Undo in "act.undo" at Post "/products/{product}/acts/{act}/undo" [Research, Customers, Strategy, Roadmap, Commitments, Priorities, Backlog, Estimates, Sprints, Work, Acceptance, Agreement] {
        pub act: Id<Line>,
    }
}

impl Command for Undo {
    /// The act's lines, and for each changed field whether it still holds what the act wrote.
    type Before = Vec<(Line, bool)>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let lines = rows::of_act(look, self.act.0)?;
        if lines.is_empty() {
            return Err(Refusal::NotFound);
        }
        lines.into_iter().map(|line| still_so(look, &line).map(|so| (line, so))).collect()
    }
    fn authority(&self, before: &Self::Before) -> Authority {
        let mut areas: Vec<Area> = before.iter().filter_map(|(line, _)| Area::parse(line.area.as_deref()?)).collect();
        areas.sort_unstable();
        areas.dedup();
        if areas.is_empty() { Authority::Anyone } else { Authority::Areas(areas) }
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        let own = |line: &Line| line.member.is_some() && line.member == scope.who.member && line.assistant_id == scope.who.assistant;
        match before.iter().all(|(line, _)| own(line) && line.undoable && line.proposal.is_none()) {
            true => Ok(()),
            false => Err(Refusal::denied("Only your own changes can be taken back, and no verdict, signature, start or close of a sprint.")),
        }
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Take back a change to {}", before.first().map_or("something", |(line, _)| &line.label))
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        if let Some((line, _)) = before.iter().find(|(_, so)| !so) {
            return Err(Refusal::invalid("act", format!("{} has been changed since, so this cannot be taken back.", line.label)));
        }
        Ok(before.into_iter().rev().map(|(line, _)| taken_back(line, moment, product)).collect::<Vec<_>>().into())
    }
}

fn taken_back(line: Line, moment: &Moment, product: Uuid) -> Event {
    let (act, changes) = match line.did {
        Act::Create => (Act::Remove, vec![Change { field: "removed_at".into(), from: Value::Null, to: Value::Int(moment.now) }]),
        Act::Change | Act::Remove => (Act::Change, line.changes.into_iter().map(|c| Change { field: c.field, from: c.to, to: c.from }).collect()),
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

/// Whether a thing still is what the act made of it. Columns that are kept as hashes are not looked at.
fn still_so(look: &mut Look, line: &Line) -> Result<bool> {
    let changes: Vec<&Change> = line.changes.iter().filter(|c| !c.field.ends_with("_hash")).collect();
    let known = line.noun.bytes().chain(changes.iter().flat_map(|c| c.field.bytes())).all(|b| b.is_ascii_lowercase() || b == b'_');
    if !known || changes.is_empty() {
        return Ok(false);
    }
    let fields: Vec<&str> = changes.iter().map(|c| c.field.as_str()).collect();
    let sql = format!("select removed_at, {} from {} where id = $1 and product = $2", fields.join(", "), line.noun);
    let product = look.scope.product_id()?.value();
    let Some(mut row) = look.first(&sql, &[line.noun_id.value(), product])? else { return Ok(false) };
    let stands = row.take::<Option<i64>>()?.is_none();
    // A thing made by the act is taken back whatever was done to it since, unless it is gone already.
    if line.did == Act::Create {
        return Ok(stands);
    }
    for change in changes {
        if row.take::<Value>()? != change.to {
            return Ok(false);
        }
    }
    Ok(stands || line.changes.iter().any(|c| c.field == "removed_at"))
}
