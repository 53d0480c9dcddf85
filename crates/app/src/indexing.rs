//! Teaching full text: anew after the way of taking texts apart has changed, and from nothing after a restore.

use crate::{App, Registry};
use kernel::{Column, Refusal, Result, Uuid, Value, Writer, list, terms};
use std::collections::{BTreeMap, HashMap};

/// Things that are learnt in one transaction.
const AT_ONCE: usize = 200;

impl App {
    /// Indexes anew what is known in an older form; how many things those were. Searches find them meanwhile by the
    /// words of before, or not yet.
    pub async fn index_anew(&self) -> Result<usize> {
        let (mut learnt, mut last) = (0, String::new());
        loop {
            let after = Value::Text(last);
            let old: Vec<(String, String)> = self
                .store
                .read(move |reader| {
                    let sql = "select id, noun from search_doc where form < $1 and id > $2 order by id limit $3";
                    let rows = reader.query(sql, &[Value::Int(terms::FORM), after, Value::Int(AT_ONCE as i64)])?;
                    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
                })
                .await?;
            let Some((end, _)) = old.last() else { return Ok(learnt) };
            (last, learnt) = (end.clone(), learnt + old.len());
            let registry = self.registry.clone();
            self.store.write(move |writer| learn(writer, &registry, old)).await?;
        }
    }

    /// Brings full text that was written piece by piece together, each step in a transaction of its own; how many steps.
    pub async fn gather_index(&self) -> Result<usize> {
        let mut steps = 0;
        while self.store.write(move |writer| writer.gather(steps == 0)).await? {
            steps += 1;
        }
        Ok(steps)
    }
}

/// Indexes everything there is, the older before the newer.
pub fn index_all(writer: &mut dyn Writer, registry: &Registry) -> Result<()> {
    let mut all: Vec<(String, String)> = vec![];
    for noun in registry.nouns().filter(|noun| !noun.about.found_by.is_empty()) {
        let sql = format!("select id from {} where removed_at is null and product is not null", noun.table);
        for mut row in writer.query(&sql, &[])? {
            all.push((row.take()?, noun.table.to_owned()));
        }
    }
    all.sort_unstable();
    all.chunks(AT_ONCE).try_for_each(|some| learn(writer, registry, some.to_vec()))
}

/// Learns what things say now, in the order given: each its id and its noun.
fn learn(writer: &mut dyn Writer, registry: &Registry, things: Vec<(String, String)>) -> Result<()> {
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, noun) in &things {
        wanted.entry(noun).or_default().push(id.clone());
    }
    let mut says: HashMap<Uuid, (Uuid, (String, String))> = HashMap::new();
    for (table, ids) in wanted {
        let Some(noun) = registry.noun(table) else { continue };
        for found in (noun.find)(writer.reader(), "where removed_at is null and id in each($1)", &[list(ids)])? {
            if let (Some(product), Some(text)) = (found.meta.product, found.searched) {
                says.insert(found.meta.id, (product, text));
            }
        }
    }
    for (id, table) in things {
        let id = Uuid::read(Value::Text(id))?;
        match says.remove(&id) {
            Some((product, (title, body))) => writer.index(product, &table, id, Some((&title, &body)))?,
            None => writer.index(Uuid::nil(), &table, id, None)?,
        }
    }
    Ok::<(), Refusal>(())
}
