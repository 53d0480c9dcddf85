//! Reading intake addresses, with what came in by each.

use crate::{intake::OPEN, model::*};
use kernel::{Column, Look, Noun, Reader, Refusal, Result, Uuid, Value, list};
use std::collections::HashMap;

/// An address, whose it is, and what came in by it.
pub(crate) struct Line {
    pub intake: Intake,
    pub by: String,
    pub here: bool,
    pub came: i64,
    pub last: Option<i64>,
}

/// Those that work first, the newest first.
pub(crate) fn lines(look: &mut Look) -> Result<Vec<Line>> {
    let found = Intake::all(look, "order by created_at desc, id desc limit 200", &[])?;
    if found.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let came = look.query(
        "select came_in, count(*), max(created_at) from evidence where came_in in each($1) and removed_at is null group by came_in",
        &[list(found.iter().map(|i| i.meta.id))],
    )?;
    let came: HashMap<Uuid, (i64, i64)> = came.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let members = look.query(
        "select member.id, member.name, membership.id from member
         left join membership on membership.member = member.id and membership.product = $1 and membership.removed_at is null where member.id in each($2)",
        &[product.value(), list(found.iter().map(|i| i.member))],
    )?;
    let members: HashMap<Uuid, (String, Option<Uuid>)> =
        members.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let line = |intake: Intake| {
        let (by, belongs) = members.get(&intake.member.0).cloned().unwrap_or_default();
        let came = came.get(&intake.meta.id);
        Line { by, here: belongs.is_some(), came: came.map_or(0, |(many, _)| *many), last: came.map(|(_, last)| *last), intake }
    };
    let mut all: Vec<Line> = found.into_iter().map(line).collect();
    all.sort_by_key(|line| line.intake.revoked_at.is_some());
    Ok(all)
}

/// Refuses the hash of a word that opens no address.
pub(crate) fn is_open(reader: &mut dyn Reader, hash: String) -> Result<()> {
    let found = reader.query(&format!("select 1 from intake {OPEN}"), &[Value::Text(hash)])?;
    if found.is_empty() { Err(Refusal::NotFound) } else { Ok(()) }
}
