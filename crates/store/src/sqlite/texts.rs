//! Full text in FTS5. Telling it of one text costs a dozen pages, of many hardly more, so what was written last stands in a
//! table beside it and is told together; whoever searches looks into both.

use super::Session;
use crate::among;
use kernel::{
    Reader, Result, Value, Writer,
    terms::{self, Sought, Term},
};
use uuid::Uuid;

/// So many texts stand beside it at most: every search reads them.
const LATELY: i64 = 24;
/// And none of more bytes than this.
const SHORT: usize = 10_000;
/// Of a transaction that writes more of them FTS5 is told at once, as it brings them together itself.
const AT_ONCE: usize = 8;

/// Pieces of full text that are left alone, and pages written in one step of bringing more of them together.
const PIECES: i64 = 4;
const STEP: i64 = 64;

/// A thing that was found: its place in the order of what is known, its noun and its id.
type Hit = (i64, String, Uuid);

impl Session {
    /// Learns what a thing says now; nothing where it is no longer to be found.
    pub(super) fn learn(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()> {
        let id = Value::Text(id.simple().to_string());
        let known = self.query("select rowid, form from search_doc where id = $1", std::slice::from_ref(&id))?.into_iter().next();
        let known: Option<(Value, i64)> = known.map(|mut row| Ok((Value::Int(row.take()?), row.take()?))).transpose()?;
        let Some((title, body)) = text else {
            return known.map_or(Ok(()), |(doc, _)| self.forget(&doc));
        };
        let doc = match known {
            Some((doc, form)) => {
                if form != terms::FORM {
                    self.execute("update search_doc set form = $1 where rowid = $2", &[Value::Int(terms::FORM), doc.clone()])?;
                }
                doc
            }
            None => {
                let doc = [Value::Text(product.simple().to_string()), Value::Text(table.into()), id, Value::Int(terms::FORM)];
                self.execute("insert into search_doc (product, noun, id, form) values ($1, $2, $3, $4)", &doc)?;
                Value::Int(self.connection.last_insert_rowid())
            }
        };
        let [title, body] = [title, body].map(|text| terms::of(text).join(" "));
        let is_short = title.len() + body.len() <= SHORT;
        // With a blank behind: a text that is an id and nothing else is kept in letters, which are looked for here.
        let [title, body] = [title, body].map(|text| Value::Text(text + " "));
        self.texts += 1;
        if self.texts > AT_ONCE || !is_short {
            self.execute("delete from search_lately where doc = $1", std::slice::from_ref(&doc))?;
            self.execute("insert or replace into search_text (rowid, title, body) values ($1, $2, $3)", &[doc, title, body])?;
            return Ok(());
        }
        self.execute("insert or replace into search_lately (doc, title, body) values ($1, $2, $3)", &[doc, title, body])?;
        if self.count("select count(*) from search_lately")? > LATELY { self.tell_lately() } else { Ok(()) }
    }

    fn forget(&mut self, doc: &Value) -> Result<()> {
        for table in ["search_text where rowid", "search_lately where doc", "search_doc where rowid"] {
            self.execute(&format!("delete from {table} = $1"), std::slice::from_ref(doc))?;
        }
        Ok(())
    }

    fn tell_lately(&mut self) -> Result<()> {
        self.execute("insert or replace into search_text (rowid, title, body) select doc, title, body from search_lately", &[])?;
        self.execute("delete from search_lately", &[]).map(drop)
    }

    /// Brings the pieces together that what was told at different times stands in, one step; whether there is more to do.
    pub(super) fn gather_texts(&mut self, anew: bool) -> Result<bool> {
        if anew {
            self.tell_lately()?;
            if self.count("select count(distinct segid) from search_text_idx")? <= PIECES {
                return Ok(false);
            }
        }
        let before = self.count("select total_changes()")?;
        let pages = Value::Int(if anew { -STEP } else { STEP });
        self.execute("insert into search_text (search_text, rank) values ('merge', $1)", &[pages])?;
        // The statement itself counts as one; so FTS5 says that nothing was left to merge.
        Ok(self.count("select total_changes()")? - before >= 2)
    }

    fn count(&mut self, sql: &str) -> Result<i64> {
        self.query(sql, &[])?.pop().map_or(Ok(0), |mut row| row.take())
    }
}

/// Looks for what has all the words. What has them in its title comes first, the newest before the older: a rank by frequency
/// would count every match of every word, which costs more than all the rest.
pub(super) fn search(reader: &mut dyn Reader, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
    let sought = Sought::read(words);
    let terms = sought.terms();
    if terms.is_empty() {
        return Ok(vec![]);
    }
    let (among_products, whose) = among(products);
    let nouns = tables.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(",");
    let of = format!("d.product {among_products} and d.noun in ({nouns})");
    let (titled, others) = lately(reader, terms, &of, whose.clone())?;
    // A cross join keeps the order of the tables: matches first, then what each is about.
    let sql = format!(
        "select d.rowid, d.noun, d.id from search_text cross join search_doc d on d.rowid = search_text.rowid
         where search_text match $1 and {of} and d.rowid not in (select doc from search_lately) order by search_text.rowid desc limit $3"
    );
    let words = terms.iter().map(|term| format!("\"{}\"{}", term.word, if term.open { "*" } else { "" })).collect::<Vec<_>>().join(" ");
    let mut found: Vec<(String, Uuid)> = vec![];
    for (wanted, mut hits) in [(format!("title : ({words})"), titled), (words, others)] {
        for mut row in reader.query(&sql, &[Value::Text(wanted), whose.clone(), Value::Int(limit.into())])? {
            hits.push((row.take()?, row.take()?, row.take()?));
        }
        hits.sort_by_key(|(place, ..)| std::cmp::Reverse(*place));
        for (_, noun, id) in hits {
            if found.len() < limit as usize && !found.iter().any(|(_, known)| *known == id) {
                found.push((noun, id));
            }
        }
        if found.len() == limit as usize {
            break;
        }
    }
    Ok(found)
}

/// What was written last and has all the words: in its title, and anywhere.
fn lately(reader: &mut dyn Reader, terms: &[Term], of: &str, whose: Value) -> Result<(Vec<Hit>, Vec<Hit>)> {
    let sql = format!("select d.rowid, d.noun, d.id, l.title, l.body from search_lately l cross join search_doc d on d.rowid = l.doc where {of}");
    let (mut titled, mut others) = (vec![], vec![]);
    for mut row in reader.query(&sql, &[Value::Null, whose])? {
        let hit: Hit = (row.take()?, row.take()?, row.take()?);
        let (title, body): (String, String) = (row.take()?, row.take()?);
        let stands = |term: &Term, text: &str| text.split(' ').any(|word| term.is(word));
        if terms.iter().all(|term| stands(term, &title)) {
            titled.push(hit);
        } else if terms.iter().all(|term| stands(term, &title) || stands(term, &body)) {
            others.push(hit);
        }
    }
    Ok((titled, others))
}
