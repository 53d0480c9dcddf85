//! What a filter or an order asks of own fields, in SQL: `Severity=high`, `Effort>3`, `Due<2026-12-01`, `Severity=none`.

use crate::{held, model::*, rows};
use kernel::{Column, Look, Refusal, Result, Value, value::containing};

/// The field that is called so.
fn called(look: &mut Look, thing: Thing, name: &str, at: &str) -> Result<Field> {
    let name = name.trim();
    let found = rows::defined(look, thing)?.into_iter().find(|field| field.name.to_lowercase() == name.to_lowercase());
    found.ok_or_else(|| Refusal::invalid(at, format!("No own field of {} is called “{name}”.", thing.many())))
}

/// The condition on things of a kind, whose id `id` names in SQL, that `asked` says; its values come to the parameters.
pub fn fits(look: &mut Look, thing: Thing, id: &str, asked: &str, params: &mut Vec<Value>) -> Result<String> {
    let wanted = || Refusal::invalid("field", "Say a field and what it holds: Severity=high, Effort>3, or Severity=none.");
    let at = asked.find(['=', '<', '>']).ok_or_else(wanted)?;
    let (name, sign, value) = (&asked[..at], &asked[at..=at], asked[at + 1..].trim());
    let field = called(look, thing, name, "field")?;
    let mut bind = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let is_set = format!(
        "exists (select 1 from field_value held where held.about_id = {id} and held.field = {} and held.removed_at is null",
        bind(field.meta.id.value())
    );
    if value.is_empty() || value.to_lowercase() == "none" {
        return Ok(format!("not {is_set})"));
    }
    let holds = match field.kind {
        FieldKind::Number | FieldKind::Day => {
            let read = held::read(&field, value, &[]).map_err(|refusal| Refusal::invalid("field", refusal.sentence()))?.unwrap_or_default();
            match (read.number, read.day) {
                (Some(number), _) => format!("held.number {sign} {}", bind(Value::Real(number))),
                (_, day) => format!("held.day {sign} {}", bind(Value::Text(day.unwrap_or_default()))),
            }
        }
        _ if sign != "=" => return Err(Refusal::invalid("field", format!("{} is no number and no day; say {}=…", field.name, field.name))),
        FieldKind::Choice => {
            format!("(lower(held.text) = {} or held.text = {})", bind(Value::Text(value.to_lowercase())), bind(Value::Text(value.to_owned())))
        }
        FieldKind::People => {
            let people = match (value, look.scope.who.member) {
                ("me", Some(me)) => vec![me],
                _ => rows::people_called(look, vec![value.to_owned()])?.into_iter().map(|(_, id)| id).collect(),
            };
            let id = people.first().ok_or_else(|| Refusal::invalid("field", format!("Nobody here is called “{value}”.")))?;
            format!("held.text like {} escape '!'", bind(containing(&id.simple().to_string())))
        }
        FieldKind::Text | FieldKind::Link => format!(
            "(lower(held.text) like {} escape '!' or held.text like {} escape '!')",
            bind(containing(&value.to_lowercase())),
            bind(containing(value))
        ),
    };
    Ok(format!("{is_set} and {holds})"))
}

/// How a list of things of a kind is ordered by a field: what goes on its tables, and on `order by`. A `-` in front turns
/// it round; what holds nothing comes last.
pub fn sorted_by(look: &mut Look, thing: Thing, id: &str, asked: &str, params: &mut Vec<Value>) -> Result<(String, String)> {
    let (name, way) = asked.strip_prefix('-').map_or((asked, ""), |name| (name, " desc"));
    let field = called(look, thing, name, "sort")?;
    params.push(field.meta.id.value());
    let joined =
        format!(" left join field_value sorting on sorting.about_id = {id} and sorting.field = ${} and sorting.removed_at is null", params.len());
    let (cell, empty) = match field.kind {
        FieldKind::Number => ("sorting.number", "sorting.number is null"),
        FieldKind::Day => ("sorting.day", "sorting.day is null"),
        _ => ("lower(sorting.text)", "sorting.text is null"),
    };
    Ok((joined, format!("case when {empty} then 1 else 0 end, {cell}{way}")))
}
