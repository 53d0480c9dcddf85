//! Full text in the words of each database. What is sought is read once (`kernel::terms`), so that both find the same.

use kernel::{
    Reader, Result, Value,
    terms::{Sought, Term},
};
use uuid::Uuid;

/// Looks in the tables of FTS5.
pub(crate) fn in_sqlite(reader: &mut dyn Reader, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
    let sought = Sought::read(words);
    let terms: Vec<String> = sought.terms().iter().map(|term| format!("\"{}\"{}", term.word, if term.open { "*" } else { "" })).collect();
    if terms.is_empty() {
        return Ok(vec![]);
    }
    let (among_products, whose) = among(products);
    let among = tables.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(",");
    // What has the words in its title comes first, the newest before the older. A rank by frequency would
    // count every match of every word, which costs more than all the rest. A cross join keeps the order of
    // the tables: matches first, then what each is about.
    let sql = format!(
        "select d.noun, d.id from search_text cross join search_doc d on d.rowid = search_text.rowid
         where search_text match $1 and d.product {among_products} and d.noun in ({among}) order by search_text.rowid desc limit $3"
    );
    let words = terms.join(" ");
    let mut found: Vec<(String, Uuid)> = vec![];
    for wanted in [format!("title : ({words})"), words] {
        let rows = reader.query(&sql, &[Value::Text(wanted), whose.clone(), Value::Int(limit.into())])?;
        for mut row in rows {
            let hit = (row.take()?, row.take()?);
            if found.len() < limit as usize && !found.contains(&hit) {
                found.push(hit);
            }
        }
        if found.len() == limit as usize {
            break;
        }
    }
    Ok(found)
}

/// Looks in a `tsvector`.
pub(crate) fn in_postgres(reader: &mut dyn Reader, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
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

/// Within one product or several, as SQL whose value is `$2`.
fn among(products: &[Uuid]) -> (&'static str, Value) {
    match products {
        [one] => ("= $2", Value::Text(one.simple().to_string())),
        several => ("in each($2)", kernel::list(several.iter().copied())),
    }
}
