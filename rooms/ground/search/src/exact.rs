//! Things found by what they are called exactly: a number, a key of this product, or the key that they had in the tool
//! from which they were brought in.

use crate::Hit;
use kernel::{
    Column, Key, Look, NounSpec, Result, Value,
    about::{self, Readable},
    list,
};
use std::collections::HashSet;

/// How the origin of what was brought in begins, before the key it had there.
const TOOLS: &[&str] = &["jira", "csv", "github"];

/// The things that are called so, those of this product's own keys first.
pub(crate) fn called(look: &mut Look, words: &str) -> Result<Vec<Hit>> {
    let words = words.trim();
    let key = Key::parse(&words.to_uppercase());
    let own = key.as_ref().filter(|key| look.scope.product().is_ok_and(|p| p.goes_by(&key.product))).map(|key| key.number);
    let mut hits = vec![];
    if let Some(number) = words.trim_start_matches('#').parse::<i64>().ok().or(own) {
        hits = where_all(look, "number = $2", Value::Int(number), |_| true)?;
    }
    if key.is_some() || words.contains('#') {
        let origins = TOOLS.iter().flat_map(|tool| [format!("{tool}:{words}"), format!("{tool}:{}", words.to_uppercase())]);
        hits = first(hits, where_all(look, "origin in each($2)", list(origins), |noun| noun.fields.contains(&"origin"))?);
    }
    Ok(hits)
}

/// Both, each thing once.
pub(crate) fn first(mut hits: Vec<Hit>, others: Vec<Hit>) -> Vec<Hit> {
    hits.extend(others);
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(hit.id));
    hits
}

fn where_all(look: &mut Look, holds: &str, wanted: Value, of: impl Fn(&NounSpec) -> bool) -> Result<Vec<Hit>> {
    let product = look.scope.product_id()?;
    let mut hits = vec![];
    for noun in about::nouns().iter().copied().filter(|noun| noun.about.keyed && of(noun)) {
        let readable = about::may_read(look.scope, noun.table, &noun.about);
        if readable == Readable::Nothing {
            continue;
        }
        let clause = format!("where product = $1 and {holds} and removed_at is null{}", readable.and());
        for thing in look.found(noun, &clause, &[product.value(), wanted.clone()])? {
            let cell = |field: &str| noun.fields.iter().position(|f| *f == field).map_or(Value::Null, |at| thing.values[at].clone());
            let number = Option::read(cell("number"))?;
            hits.push(Hit { noun: noun.table.into(), id: thing.meta.id, number, title: thing.label, sentence: None, about: None });
        }
    }
    Ok(hits)
}
