//! Nouns read by programs: one by id or key, and lists by keyset, filtered by a noun's own fields. Every noun is read
//! here in the same way, at its home, and cells become JSON without a detour through types.

use crate::{
    Cell, Column, Key, Look, Mark, NounSpec, Refusal, Result, Value,
    about::{Home, Readable, at_home, may_read, sees_field},
    page,
    teller::Teller,
};
use std::fmt::Write;
use uuid::Uuid;

/// What is asked of a list.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: String,
    /// `number`, `rank` or `created_at`, with `-` in front for the other way; what fits the noun when empty.
    pub sort: String,
    /// The fields to tell; all but the long ones when empty.
    pub fields: Vec<String>,
    /// Only what was changed at or after this moment (milliseconds since 1970).
    pub updated_since: Option<i64>,
    /// Fields with what they must hold; `none` for nothing.
    pub filters: Vec<(String, String)>,
}

/// Fields that every noun has, before its own.
pub const META: &[(&str, Cell)] = &[("id", Cell::Id), ("version", Cell::Whole), ("created_at", Cell::Whole), ("updated_at", Cell::Whole)];

/// All fields that a noun tells to programs, in order.
pub fn fields(noun: &NounSpec) -> impl Iterator<Item = (&'static str, Cell)> {
    let own = noun.fields.iter().copied().zip(noun.cells.iter().copied()).filter(|(name, _)| !name.ends_with("_hash"));
    META.iter().copied().chain(own)
}

/// What a list of a noun may be ordered by; the first is the usual one.
pub fn orders(noun: &NounSpec) -> Vec<&'static str> {
    ["number", "rank", "created_at"].into_iter().filter(|order| *order == "created_at" || noun.fields.contains(order)).collect()
}

/// A page of a noun's things as JSON: `{"items": […], "next": …}`.
///
/// # Errors
/// `Invalid` at the parameter that cannot be read.
pub fn list(look: &mut Look, noun: &NounSpec, wanted: &Wanted) -> Result<String> {
    let most = page::limit(wanted.limit)?;
    let told = told(noun, &wanted.fields)?;
    let readable = may_read(look.scope, noun.table, &noun.about);
    let (home, whose) = at_home(look.scope, noun.about.home)?;
    let mut params = vec![whose];
    if readable == Readable::Nothing {
        return Ok(r#"{"items":[],"next":null}"#.into());
    }
    let mut and = readable.and();
    for (field, value) in &wanted.filters {
        and += &filter(look, noun, field, value, &mut params)?;
    }
    if let Some(since) = wanted.updated_since {
        params.push(Value::Int(since));
        // The record is in the order of time already; a tree of times in every table would cost each write.
        let n = params.len();
        let of = if noun.about.home == Home::Product { "product = $1" } else { "product is null" };
        let _ = write!(and, " and id in (select noun_id from activity where {of} and at >= ${n} and noun = '{}')", noun.table);
    }
    let (order, falling) = match wanted.sort.strip_prefix('-') {
        Some(order) => (order, true),
        None => (wanted.sort.as_str(), false),
    };
    let order = match order {
        "" => orders(noun)[0],
        asked => orders(noun)
            .into_iter()
            .find(|o| *o == asked)
            .ok_or_else(|| Refusal::invalid("sort", format!("This list is sorted by {}; a - in front turns it round.", orders(noun).join(", "))))?,
    };
    if let Some(mark) = Mark::<String>::read(&wanted.after)? {
        let at = match order {
            "rank" => Value::Text(mark.at),
            _ => Value::Int(mark.at.parse().map_err(|_| Refusal::invalid("after", "This page ended in another order."))?),
        };
        params.extend([at, mark.id.value()]);
        let n = params.len();
        let _ = write!(and, " and ({order}, id) {} (${}, ${n})", if falling { '<' } else { '>' }, n - 1);
    }
    let way = if falling { " desc" } else { "" };
    let columns: Vec<&str> = told.iter().map(|(name, _)| *name).collect();
    let sql = format!(
        "select {order}, id, {} from {} where {home} and removed_at is null{and} order by {order}{way}, id{way} limit {}",
        columns.join(", "),
        noun.table,
        most + 1
    );
    let rows = look.query(&sql, &params)?;
    let more = rows.len() > most;
    let mut teller = Teller::new(look.scope, noun, &told);
    teller.out.reserve(rows.len() * 40 * told.len());
    teller.words(r#"{"items":["#);
    let mut end = None;
    for (i, mut row) in rows.into_iter().take(most).enumerate() {
        if i > 0 {
            teller.words(",");
        }
        let at: Value = row.take()?;
        let id: Value = row.take()?;
        teller.row(row)?;
        if more && i + 1 == most {
            end = Some(format!("{}~{}", at.words(), id.words()));
        }
    }
    teller.words(r#"],"next":"#);
    teller.json(&end)?;
    teller.words("}");
    teller.text()
}

/// One thing of a noun as JSON, by its id, or its number or key where it has one; with its version.
pub fn one(look: &mut Look, noun: &NounSpec, which: &str) -> Result<(String, i64)> {
    let readable = may_read(look.scope, noun.table, &noun.about);
    let numbered = noun.fields.contains(&"number");
    let key = Key::parse(&which.to_uppercase()).filter(|key| numbered && look.scope.product().is_ok_and(|p| p.goes_by(&key.product)));
    let (column, value) = match (which.parse::<i64>(), key) {
        (Ok(number), _) if numbered => ("number", Value::Int(number)),
        (_, Some(key)) => ("number", Value::Int(key.number)),
        _ => ("id", Uuid::parse_str(which).map_err(|_| Refusal::NotFound)?.value()),
    };
    if readable == Readable::Nothing {
        return Err(Refusal::NotFound);
    }
    let (home, whose) = at_home(look.scope, noun.about.home)?;
    let told: Vec<(&'static str, Cell)> = fields(noun).collect();
    let columns: Vec<&str> = told.iter().map(|(name, _)| *name).collect();
    let sql =
        format!("select version, {} from {} where {home} and {column} = $2 and removed_at is null{}", columns.join(", "), noun.table, readable.and());
    let mut row = look.first(&sql, &[whose, value])?.ok_or(Refusal::NotFound)?;
    let version = row.take()?;
    let mut teller = Teller::new(look.scope, noun, &told);
    teller.row(row)?;
    Ok((teller.text()?, version))
}

/// The fields to tell: those asked for, with the id, or all but the long ones.
fn told(noun: &NounSpec, asked: &[String]) -> Result<Vec<(&'static str, Cell)>> {
    if asked.is_empty() {
        return Ok(fields(noun).filter(|(name, _)| !noun.about.long.contains(name)).collect());
    }
    if let Some(unknown) = asked.iter().find(|name| !fields(noun).any(|(known, _)| known == name.as_str())) {
        let all: Vec<&str> = fields(noun).map(|(name, _)| name).collect();
        return Err(Refusal::invalid("fields", format!("There is no field {unknown:?} here; there are {}.", all.join(", "))));
    }
    Ok(fields(noun).filter(|(name, _)| *name == "id" || asked.iter().any(|a| a == name)).collect())
}

/// A condition on one of a noun's own fields.
fn filter(look: &Look, noun: &NounSpec, field: &str, value: &str, params: &mut Vec<Value>) -> Result<String> {
    let cell = fields(noun).find(|(name, cell)| *name == field && *cell != Cell::Json).map(|(_, cell)| cell);
    let cell = cell.filter(|_| sees_field(look.scope, &noun.about, field));
    let cell = cell.ok_or_else(|| Refusal::invalid(field, "This list cannot be filtered by that."))?;
    if value == "none" && cell == Cell::Named {
        return Ok(format!(" and {field} = ''"));
    }
    if value == "none" {
        return Ok(format!(" and {field} is null"));
    }
    let bad = |wanted: &str| Refusal::invalid(field, format!("{value:?} is not {wanted}."));
    params.push(match cell {
        Cell::Text | Cell::Named if value.contains('\0') => return Err(bad("a text that can be kept")),
        Cell::Text => Value::Text(value.to_owned()),
        Cell::Named => Uuid::parse_str(value).map_or_else(|_| Value::Text(value.to_owned()), |id| id.value()),
        Cell::Id => Uuid::parse_str(value).map_err(|_| bad("an id"))?.value(),
        Cell::Whole => Value::Int(value.parse().map_err(|_| bad("a whole number"))?),
        Cell::Real => Value::Real(value.parse().ok().filter(|v: &f64| v.is_finite()).ok_or_else(|| bad("a number"))?),
        Cell::Flag => Value::Int(match value {
            "true" => 1,
            "false" => 0,
            _ => return Err(bad("true or false")),
        }),
        Cell::Json => return Err(bad("a value that this list is filtered by")),
    });
    Ok(format!(" and {field} = ${}", params.len()))
}
