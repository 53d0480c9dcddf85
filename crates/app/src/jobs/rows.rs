//! The table of jobs. A job is claimed by a lease that its node renews; a lease that is not renewed runs out by the clock
//! of the database, which all nodes share, and then another node may take the job.

use crate::Registry;
use kernel::{Column, Ear, Json, Lane, Reader, Refusal, Result, Row, Task, Uuid, Value, Whose, Writer, json, list};
use std::collections::BTreeSet;
use store::Attribution;

/// So long a lease lasts, in milliseconds; it is renewed three times in that time.
pub(crate) const LEASE: i64 = 30_000;

const COLUMNS: &[&str] = &["id", "kind", "args", "about", "product", "actor", "made_at", "due", "tries", "said", "lease", "leased_until", "done"];

/// A job that this node works on.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: Uuid,
    pub kind: String,
    pub args: Json,
    pub about: String,
    pub product: Option<Uuid>,
    /// In whose name.
    pub actor: Option<Uuid>,
    /// This try included.
    pub tries: i64,
    pub lease: Uuid,
}

/// Writes a task down beside the events of its command.
pub(crate) fn leave(writer: &mut dyn Writer, task: Task, id: Uuid, product: Option<Uuid>, by: &Attribution, now: i64) -> Result<()> {
    let actor = match task.whose {
        Whose::Causer => by.assistant.or(by.member),
        Whose::Member(member) => Some(member),
        Whose::Nobody => None,
    };
    writer.note(
        "job",
        COLUMNS,
        vec![
            task.id.unwrap_or(id).value(),
            Value::Text(task.kind),
            Value::Text(task.args.to_string()),
            Value::Text(task.about),
            task.product.or(product).value(),
            actor.value(),
            Value::Int(now),
            Value::Int(now + task.after),
            Value::Int(0),
            Value::Text(String::new()),
            Value::Null,
            Value::Int(0),
            Value::Int(0),
        ],
    )
}

/// What an ear heeds: an act in a product or outside of any, with the id of the job that it may come to.
pub(crate) struct Heeded {
    pub ear: &'static Ear,
    pub id: Uuid,
    pub product: Option<Uuid>,
    pub act: Uuid,
}

/// Leaves a job for each of those to which something listens, all by one statement. Nobody waits to learn which those are.
pub(crate) fn leave_where_heard(writer: &mut dyn Writer, heeded: &[Heeded], now: i64) -> Result<()> {
    let (mut rows, mut values) = (vec![], vec![Value::Int(now)]);
    for Heeded { ear, id, product, act } in heeded {
        let nth = |n: usize| format!("${}", values.len() + n);
        let listens = ear.listens.map(|sql| format!(" where exists ({})", sql.replace("$product", &nth(4)))).unwrap_or_default();
        rows.push(format!(
            "select {}, {}, {}, '', {}, null, cast($1 as bigint), cast($1 as bigint), 0, '', null, 0, 0{listens}",
            nth(1),
            nth(2),
            nth(3),
            nth(4)
        ));
        let args = json!({ "product": product, "act": act });
        values.extend([id.value(), Value::Text(ear.kind.to_owned()), Value::Text(args.to_string()), product.value()]);
    }
    match rows.is_empty() {
        true => Ok(()),
        false => writer.put_any(&format!("insert into job ({}) {}", COLUMNS.join(", "), rows.join(" union all ")), values),
    }
}

fn kinds(registry: &Registry, lane: Lane) -> Value {
    list(registry.tasks().filter(|spec| spec.lane == lane).map(|spec| spec.kind.to_owned()))
}

/// Whether there is anything to claim. Asked beside the writer, again and again, and most of the time there is not.
pub(crate) fn is_due(reader: &mut dyn Reader, registry: &Registry, lane: Lane, now: i64) -> Result<bool> {
    let sql = "select 1 from job where kind in each($1) and due <= $2 and leased_until <= (select now from machine_time) limit 1";
    Ok(!reader.query(sql, &[kinds(registry, lane), Value::Int(now)])?.is_empty())
}

/// Takes up to so many jobs of a lane that are due and that nobody works on. What another version left behind waits for
/// a node that knows it.
pub(crate) fn claim(writer: &mut dyn Writer, registry: &Registry, lane: Lane, now: i64, most: usize) -> Result<Vec<Claimed>> {
    let (lease, kinds) = (Uuid::now_v7(), kinds(registry, lane));
    let sql = "with mine (mine) as materialized (
                 select id from job where kind in each($1) and due <= $2 and leased_until <= (select now from machine_time)
                 order by due, id limit $3 for update skip locked)
               update job set lease = $4, leased_until = (select now from machine_time) + $5, tries = tries + 1
               from mine where id = mine
               returning id, kind, args, about, product, actor, tries";
    let params = [kinds, Value::Int(now), Value::Int(most as i64), lease.value(), Value::Int(LEASE)];
    let mut all = writer.query(sql, &params)?.into_iter().map(|row| claimed(row, lease)).collect::<Result<Vec<_>>>()?;
    // They come back in no order; ids are in that of leaving.
    all.sort_by_key(|job| job.id);
    Ok(all)
}

fn claimed(mut row: Row, lease: Uuid) -> Result<Claimed> {
    Ok(Claimed {
        id: row.take()?,
        kind: row.take()?,
        args: serde_json::from_str(&row.take::<String>()?).map_err(|e| Refusal::broken(e.to_string()))?,
        about: row.take()?,
        product: row.take()?,
        actor: row.take()?,
        tries: row.take()?,
        lease,
    })
}

/// Goes on holding leases; how many jobs that keeps.
pub(crate) fn renew(writer: &mut dyn Writer, leases: Vec<Uuid>) -> Result<u64> {
    let sql = "update job set leased_until = (select now from machine_time) + $1 where lease in each($2)";
    writer.execute(sql, &[Value::Int(LEASE), list(leases)])
}

/// Ends every lease; for a database of which no other process can hold any.
pub(crate) fn release_all(writer: &mut dyn Writer) -> Result<u64> {
    writer.execute("update job set lease = null, leased_until = 0 where lease is not null", &[])
}

/// Ends jobs; the whole transaction is undone where somebody else has one of them by now.
pub(crate) fn end_all(writer: &mut dyn Writer, jobs: &[Claimed]) -> Result<()> {
    let leases: BTreeSet<Uuid> = jobs.iter().map(|job| job.lease).collect();
    let params = [list(jobs.iter().map(|job| job.id)), list(leases)];
    match writer.execute("delete from job where id in each($1) and lease in each($2)", &params)? {
        ended if ended == jobs.len() as u64 => Ok(()),
        _ => Err(Refusal::broken(LOST)),
    }
}

impl Claimed {
    /// Ends the job; the whole transaction is undone where somebody else has it by now.
    pub(crate) fn end(&self, writer: &mut dyn Writer) -> Result<()> {
        match writer.execute("delete from job where id = $1 and lease = $2", &[self.id.value(), self.lease.value()])? {
            1 => Ok(()),
            _ => Err(Refusal::broken(LOST)),
        }
    }

    /// Makes sure that it is still this node's until the transaction ends, and says that it goes on.
    pub(crate) fn hold(&self, writer: &mut dyn Writer) -> Result<()> {
        match writer.execute("update job set said = '' where id = $1 and lease = $2", &[self.id.value(), self.lease.value()])? {
            1 => Ok(()),
            _ => Err(Refusal::broken(LOST)),
        }
    }

    /// Puts it off until later.
    pub(crate) fn put_off(&self, writer: &mut dyn Writer, until: i64, said: &str) -> Result<()> {
        let sql = "update job set lease = null, leased_until = 0, due = $1, said = $2 where id = $3 and lease = $4";
        writer.execute(sql, &[Value::Int(until), Value::Text(said.to_owned()), self.id.value(), self.lease.value()]).map(drop)
    }

    /// Gives it back as it was found: the try does not count.
    pub(crate) fn give_back(&self, writer: &mut dyn Writer) -> Result<()> {
        let sql = "update job set lease = null, leased_until = 0, tries = tries - 1 where id = $1 and lease = $2";
        writer.execute(sql, &[self.id.value(), self.lease.value()]).map(drop)
    }
}

/// Why nothing is kept of a job that another node has taken meanwhile.
pub(crate) const LOST: &str = "another node works on this by now";
