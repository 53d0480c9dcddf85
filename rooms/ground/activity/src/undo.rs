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

/// Acts that others have answered to cannot be taken back silently.
const FINAL: &[&str] = &["product.create", "story.accept", "story.reject", "sprint.start", "sprint.close", "proposal.sign", "proposal.decline"];

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
        before.iter().find_map(|(line, _)| Area::parse(line.area.as_deref()?)).map_or(Authority::Anyone, Authority::Area)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        let own = before.iter().all(|(line, _)| line.member.is_some() && line.member == scope.who.member && line.proposal.is_none());
        match own && !before.iter().any(|(line, _)| FINAL.contains(&line.command.as_str())) {
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
            return Err(Refusal::invalid("", format!("{} has been changed since, so this cannot be taken back.", line.label)));
        }
        Ok(before.into_iter().rev().map(|(line, _)| taken_back(line, moment, product)).collect::<Vec<_>>().into())
    }
}

fn taken_back(line: Line, moment: &Moment, product: Uuid) -> Event {
    let created = is_creation(&line);
    let changes = match created {
        true => vec![Change { field: "removed_at".into(), from: Value::Null, to: Value::Int(moment.now) }],
        false => line.changes.into_iter().map(|c| Change { field: c.field, from: c.to, to: c.from }).collect(),
    };
    Event {
        kind: &UNDONE,
        act: Act::Change,
        table: Cow::Owned(line.noun),
        id: line.noun_id,
        product: Some(product),
        label: line.label,
        changes,
        searched: Searched::Again,
        created_at: None,
    }
}

/// The line that made the thing: all fields from nothing, and more than a removal mark.
fn is_creation(line: &Line) -> bool {
    line.changes.iter().all(|c| c.from == Value::Null && c.field != "removed_at") && line.changes.len() > 3
}

fn still_so(look: &mut Look, line: &Line) -> Result<bool> {
    let fields: Vec<&str> = line.changes.iter().map(|c| c.field.as_str()).filter(|f| !f.ends_with("_hash")).collect();
    let known = line.noun.bytes().chain(fields.iter().flat_map(|f| f.bytes())).all(|b| b.is_ascii_lowercase() || b == b'_');
    if !known || fields.is_empty() {
        return Ok(false);
    }
    let created = is_creation(line);
    let sql = format!("select {}, removed_at from {} where id = $1", fields.join(", "), line.noun);
    let Some(mut row) = look.first(&sql, &[line.noun_id.value()])? else { return Ok(false) };
    for change in line.changes.iter().filter(|c| !c.field.ends_with("_hash")) {
        let now = row.take::<Any>()?.0;
        if !created && now != change.to {
            return Ok(false);
        }
    }
    // A thing made by the act is taken back whatever was done to it since, unless it is gone already.
    Ok(!created || row.take::<Option<i64>>()?.is_none())
}

struct Any(Value);

impl Column for Any {
    fn value(&self) -> Value {
        self.0.clone()
    }
    fn read(value: Value) -> Result<Self> {
        Ok(Any(value))
    }
}
