//! Reading repositories and what they told.

use crate::model::*;
use backlog::Story;
use kernel::{Column, Look, Noun, Reader, Refusal, Result, Uuid, Value, list, look::find_rows, value::Packed};
use std::collections::{BTreeSet, HashMap};

/// The repository whose word is kept as this, if its address takes anything: whoever made it still belongs to its product.
pub(crate) fn open(reader: &mut dyn Reader, hash: &str) -> Result<CodeSource> {
    let sql = "join member maker on maker.id = code_source.member and maker.removed_at is null
        join membership belongs on belongs.member = maker.id and belongs.product = code_source.product and belongs.removed_at is null
        join product on product.id = code_source.product and product.removed_at is null
        where code_source.token_hash = $1 and code_source.revoked_at is null and code_source.removed_at is null";
    find_rows(reader, sql, &[Value::Text(hash.to_owned())])?.pop().ok_or(Refusal::NotFound)
}

/// The keys that the product goes by, and went by.
pub(crate) fn keys(reader: &mut dyn Reader, source: &CodeSource) -> Result<Vec<String>> {
    let product: Uuid = source.meta.product.ok_or(Refusal::NotFound)?;
    let mut row = reader.query("select key, formerly from product where id = $1", &[product.value()])?.pop().ok_or(Refusal::NotFound)?;
    let (key, formerly): (String, Packed<Vec<String>>) = (row.take()?, row.take()?);
    Ok(std::iter::once(key).chain(formerly.0).collect())
}

/// Stories of the source's product by their numbers.
pub(crate) fn stories(look: &mut Look, source: &CodeSource, numbers: BTreeSet<i64>) -> Result<HashMap<i64, Story>> {
    let product: Uuid = source.meta.product.ok_or(Refusal::NotFound)?;
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<Story> =
        find_rows(look.reader, "where product = $1 and number in numbers($2) and removed_at is null", &[product.value(), list(numbers)])?;
    Ok(found.into_iter().map(|story| (story.number, story)).collect())
}

/// What was told before of these.
pub(crate) fn known(look: &mut Look, source: &CodeSource, which: Vec<String>) -> Result<Vec<CodeRef>> {
    find_rows(look.reader, "where source = $1 and which in each($2) and removed_at is null", &[source.meta.id.value(), list(which)])
}

/// Pieces of a repository are counted as far as this.
pub(crate) const MOST_COUNTED: i64 = 1_000;

/// A repository, who made its address, and what was told by it.
pub(crate) struct Line {
    pub source: CodeSource,
    pub by: String,
    pub here: bool,
    pub told: i64,
    pub last: Option<i64>,
}

/// Those that work first, the newest first.
pub(crate) fn lines(look: &mut Look) -> Result<Vec<Line>> {
    let found = CodeSource::all(look, "order by created_at desc, id desc limit 200", &[])?;
    if found.is_empty() {
        return Ok(vec![]);
    }
    let told = look.query(
        &format!(
            "select code_source.id, (select count(*) from (select 1 from code_ref counted where counted.source = code_source.id and counted.removed_at is null limit {}) as counted), newest.happened_at
             from code_source join code_ref newest on newest.id = (
               select later.id from code_ref later where later.source = code_source.id and later.removed_at is null order by later.happened_at desc, later.id desc limit 1)
             where code_source.id in each($1)",
            MOST_COUNTED + 1
        ),
        &[list(found.iter().map(|source| source.meta.id))],
    )?;
    let told: HashMap<Uuid, (i64, i64)> = told.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let people = people::these(look, found.iter().map(|source| source.member.0))?;
    let line = |source: CodeSource| {
        let by = people.iter().find(|person| person.id == source.member);
        let (count, last) = told.get(&source.meta.id).map_or((0, None), |(count, last)| (*count, Some(*last)));
        Line { by: by.map_or_else(|| people::LEFT.to_owned(), |person| person.name.clone()), here: by.is_some(), told: count, last, source }
    };
    let mut all: Vec<Line> = found.into_iter().map(line).collect();
    all.sort_by_key(|line| line.source.revoked_at.is_some());
    Ok(all)
}
