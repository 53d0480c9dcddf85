//! Reading stakeholders.

use crate::model::*;
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Reader, Result, Serialize, Uuid, Value, query};
use notices::Called;
use std::collections::HashMap;
use web::when;

/// A stakeholder with when they were told and what is open.
#[derive(Clone, Debug)]
pub struct Line {
    pub stakeholder: Stakeholder,
    /// The day they were last told or met.
    pub last: Option<String>,
    /// The day by which they are to hear again.
    pub due: Option<String>,
    /// Promises to them that are open, and how many of those are past their day.
    pub promises: i64,
    pub late: i64,
}

impl Line {
    /// Whether they are to hear by a day.
    pub fn is_due(&self, today: &str) -> bool {
        self.due.as_deref().is_some_and(|due| due <= today)
    }
}

/// All stakeholders by name, in three questions; nobody for whoever has no say in what is announced.
pub(crate) fn lines(look: &mut Look) -> Result<Vec<Line>> {
    let stakeholders = Stakeholder::all(look, "order by lower(name), id", &[])?;
    if stakeholders.is_empty() {
        return Ok(vec![]);
    }
    let (product, today) = (look.scope.product_id()?, today(look));
    let mut told = last_told(look.reader, product)?;
    let open = look.query(
        "select stakeholder, count(*), count(case when due_on < $2 then 1 end) from promise
         where product = $1 and kept = 'open' and removed_at is null group by stakeholder",
        &[product.value(), Value::Text(today)],
    )?;
    let open: HashMap<Uuid, (i64, i64)> = open.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let line = |stakeholder: Stakeholder| {
        let last = told.remove(&stakeholder.meta.id);
        let (promises, late) = open.get(&stakeholder.meta.id).copied().unwrap_or_default();
        Line { due: stakeholder.due(last.as_deref()), last, promises, late, stakeholder }
    };
    Ok(stakeholders.into_iter().map(line).collect())
}

/// The day on which each stakeholder of a product was last told.
pub(crate) fn last_told(reader: &mut dyn Reader, product: Uuid) -> Result<HashMap<Uuid, String>> {
    let told = "select stakeholder, max(happened_on) from contact where product = $1 and removed_at is null group by stakeholder";
    reader.query(told, &[product.value()])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The day it is where whoever asks is.
pub(crate) fn today(look: &Look) -> String {
    when::day_in(look.now(), &look.scope.who.zone)
}

/// Who is to hear now, the longest overdue first; nobody for whoever has no say in it.
pub fn to_tell(look: &mut Look) -> Result<Vec<Line>> {
    let today = today(look);
    let mut due: Vec<Line> = lines(look)?.into_iter().filter(|line| line.is_due(&today)).collect();
    due.sort_by(|a, b| a.due.cmp(&b.due));
    Ok(due)
}

/// So many promises whose day has come are told of at once.
const MOST_DUE: i64 = 20;

/// Promises whose day has come, the oldest first; none for whoever has no say in them.
pub fn promises_due(look: &mut Look) -> Result<Vec<Promise>> {
    let today = today(look);
    Promise::all(look, "and kept = 'open' and due_on <= $2 order by due_on, id limit $3", &[Value::Text(today), Value::Int(MOST_DUE)])
}

/// So many notes of a stakeholder stand on their panel.
pub(crate) const NOTED: usize = 20;

/// What is noted of a stakeholder, newest first.
pub(crate) fn contacts(look: &mut Look, of: Id<Stakeholder>) -> Result<Vec<Contact>> {
    Contact::all(look, &format!("and stakeholder = $2 order by happened_on desc, id desc limit {NOTED}"), &[of.value()])
}

/// What was promised to a stakeholder: what is open by its day, then what was settled last.
pub(crate) fn promises(look: &mut Look, of: Id<Stakeholder>) -> Result<Vec<Promise>> {
    let order = "and stakeholder = $2 order by case when kept = 'open' then 0 else 1 end, coalesce(settled_on, '') desc, coalesce(due_on, '9999'), id limit 50";
    Promise::all(look, order, &[of.value()])
}

/// To whom something was promised.
#[derive(Clone, Copy, Debug)]
pub enum To {
    /// Whoever asks, by their account.
    Me,
    /// One stakeholder, who came by a link that was made for them.
    One(Uuid),
    Nobody,
}

/// A promise as the one to whom it was made reads it: what was promised, and not what the team notes about it.
#[derive(Clone, Debug)]
pub struct Promised {
    pub what: String,
    pub due_on: Option<String>,
    pub kept: Kept,
}

/// So many days what was settled is told.
const TOLD_DAYS: i64 = 90;

/// What was promised to somebody: what is open, by its day, and what was settled lately. They may not read of
/// stakeholders; these rows are theirs.
pub fn promised(look: &mut Look, to: To) -> Result<Vec<Promised>> {
    let (who, id) = match to {
        To::Me => ("member", look.scope.who.member.filter(|_| look.scope.who.assistant.is_none())),
        To::One(id) => ("id", Some(id)),
        To::Nobody => ("id", None),
    };
    let Some(id) = id else { return Ok(vec![]) };
    let sql = format!(
        "select promise.what, promise.due_on, promise.kept from stakeholder join promise on promise.stakeholder = stakeholder.id
         where stakeholder.product = $1 and stakeholder.{who} = $2 and stakeholder.removed_at is null and promise.product = $1
         and promise.removed_at is null and (promise.kept = 'open' or promise.settled_on >= $3)
         order by case when promise.kept = 'open' then 0 else 1 end, coalesce(promise.due_on, '9999'), promise.id limit 20"
    );
    let since = when::days_after(&when::day(look.now()), -TOLD_DAYS);
    let found = look.reader.query(&sql, &[look.scope.product_id()?.value(), id.value(), Value::Text(since)])?;
    found.into_iter().map(|mut row| Ok(Promised { what: row.take()?, due_on: row.take()?, kept: row.take()? })).collect()
}

/// What promises are about and what told somebody by itself, by its id, as far as whoever asks may see it.
pub(crate) fn items(look: &mut Look, promises: &[Promise], contacts: &[Contact]) -> Result<HashMap<Uuid, Called>> {
    let about = promises.iter().filter_map(|p| Some((p.on_noun.clone(), p.on_id?)));
    let wanted: Vec<(String, Uuid)> = about.chain(contacts.iter().filter_map(|c| Some((c.by_noun.clone(), c.by_id?)))).collect();
    notices::called(look, &wanted)
}

/// So many of those who are no stakeholders any more are listed.
const MOST_GONE: i64 = 50;

/// Those who are no stakeholders any more and to whom something was promised, the last to go first.
pub(crate) fn gone(look: &mut Look) -> Result<Vec<Stakeholder>> {
    let clause = "where product = $1 and removed_at is not null and exists
         (select 1 from promise where promise.stakeholder = stakeholder.id and promise.removed_at is null) order by removed_at desc, id limit $2";
    look.find(clause, &[look.scope.product_id()?.value(), Value::Int(MOST_GONE)])
}

/// One of them.
pub(crate) fn gone_one(look: &mut Look, id: Id<Stakeholder>) -> Result<Option<Stakeholder>> {
    let clause = "where product = $1 and id = $2 and removed_at is not null";
    Ok(look.find(clause, &[look.scope.product_id()?.value(), id.value()])?.pop())
}

/// Whom to tell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct ToTell {
    pub stakeholder: Uuid,
    pub name: String,
    pub channel: Channel,
    /// The day they were last told or met.
    pub last: Option<String>,
    /// The day by which they were to hear.
    pub due: Option<String>,
    pub open_promises: i64,
}

query! {
    /// Who is to hear by today, the longest overdue first.
    pub struct ReadToTell in "stakeholders.to_tell" at "/products/{product}/stakeholders-to-tell" -> Vec<ToTell> {}
}

impl Query for ReadToTell {
    fn ask(self, look: &mut Look) -> Result<Vec<ToTell>> {
        let line = |line: Line| ToTell {
            stakeholder: line.stakeholder.meta.id,
            name: line.stakeholder.name,
            channel: line.stakeholder.channel,
            last: line.last,
            due: line.due,
            open_promises: line.promises,
        };
        Ok(to_tell(look)?.into_iter().map(line).collect())
    }
}
