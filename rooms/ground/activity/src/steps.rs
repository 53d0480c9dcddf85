//! What became of things between two moments, step by step: with who took each step and which decision carried it.

use kernel::{Act, Change, Column, Look, NounSpec, Result, Uuid, Value, about, about::Readable, event::read_changes};

/// One change of one thing.
#[derive(Clone, Debug)]
pub struct Step {
    pub thing: Uuid,
    pub at: i64,
    pub did: Act,
    /// Those of the fields that were asked for, and its removal.
    pub changes: Vec<Change>,
    /// The member, or their assistant.
    pub who: String,
    pub hat: Option<String>,
    pub reason: String,
    /// The decision that carried it, with its number where it has one.
    pub decision: Option<(Uuid, Option<i64>)>,
}

/// The steps of the things of a noun in the product at hand after a moment, as far as they touch some fields, made or removed
/// the thing, in the order of time. Only things that changed since are looked at, each by its own lines.
pub fn steps(look: &mut Look, noun: &NounSpec, fields: &[&str], since: i64) -> Result<Vec<Step>> {
    let readable = about::may_read(look.scope, noun.table, &noun.about);
    let seen: Vec<&str> = fields.iter().copied().filter(|field| about::sees_field(look.scope, &noun.about, field)).collect();
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    let touches: Vec<String> = seen.iter().copied().chain(["removed_at"]).map(|field| format!("activity.changes like '%\"{field}\"%'")).collect();
    // A step counts for whoever sees the thing; by whom and why it was taken is told to those who may read its line.
    let told = about::may_read_activity(look.scope).and();
    let sql = format!(
        "select activity.noun_id, activity.at, activity.did, activity.changes, coalesce(helper.name, member.name, ''), activity.hat,
                coalesce(activity.reason, ''), proposal.id, proposal.number, cast(case when 1 = 1{told} then 1 else 0 end as bigint)
         from (select id from {} where product = $1 and updated_at > $2{}) as thing
         cross join activity
         left join member on member.id = activity.member left join member helper on helper.id = activity.assistant
         left join proposal on proposal.id = activity.proposal
         where activity.product = $1 and activity.noun_id = thing.id and activity.at + 0 > $2 and (activity.did = 'created' or {})
         order by activity.at, activity.id",
        noun.table,
        readable.and(),
        touches.join(" or ")
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value(), Value::Int(since)])?;
    rows.into_iter()
        .map(|mut row| {
            let (thing, at, did): (Uuid, i64, Act) = (row.take()?, row.take()?, row.take()?);
            let mut changes = read_changes(&row.take::<String>()?)?;
            changes.retain(|change| change.field == "removed_at" || seen.contains(&change.field.as_str()));
            let (who, hat, reason) = (row.take()?, row.take()?, row.take()?);
            let decision: (Option<Uuid>, Option<i64>) = (row.take()?, row.take()?);
            let step = Step { thing, at, did, changes, who, hat, reason, decision: decision.0.map(|id| (id, decision.1)) };
            Ok(match row.take::<i64>()? {
                1 => step,
                _ => Step { who: String::new(), hat: None, reason: String::new(), ..step },
            })
        })
        .collect()
}
