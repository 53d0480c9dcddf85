//! Full text as a `tsvector`, which stands in the row itself. What is sought is read once (`kernel::terms`), so that both
//! databases find the same.

use crate::among;
use kernel::{
    Reader, Result, Value,
    terms::{Sought, Term},
};
use uuid::Uuid;

/// Looks for what has all the words.
pub(super) fn search(reader: &mut dyn Reader, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
    let sought = Sought::read(words);
    if sought.is_empty() {
        return Ok(vec![]);
    }
    // `A` marks the words of titles (`collected.rs`).
    let all = |weight: &str| {
        let term = |term: &Term| match format!("{}{weight}", if term.open { "*" } else { "" }) {
            how if how.is_empty() => format!("'{}'", term.word),
            how => format!("'{}':{how}", term.word),
        };
        Value::Text(sought.terms().iter().map(term).collect::<Vec<_>>().join(" & "))
    };
    // What has the words in its title comes first, the newest before the older: ids begin with the time.
    let (among_products, whose) = among(products);
    let sql = format!(
        "select noun, id from search_doc where product {among_products} and noun in each($1) and words @@ $3::text::tsquery
         order by words @@ $4::text::tsquery desc, id desc limit $5"
    );
    let params = [kernel::list(tables.iter().map(|t| (*t).to_owned())), whose, all(""), all("A"), Value::Int(limit.into())];
    reader.query(&sql, &params)?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}
