//! Taking out of the record what somebody without an account said, or how they called themselves. Their address is all that
//! tells who they are, so no name is looked for everywhere, as of a member whose data is erased (`erasing.rs`): a command says
//! which fields of which things go. Its events leave in the rows what is to stand there; here everything else that the record
//! knows of these fields becomes the same mark, so the house is as sound as before.

use crate::{copies::Source, erasing, run::Work};
use kernel::{
    Change, Column, Refusal, Result, Uuid, Value,
    erasure::{ERASED, Wipe},
    event::DIGEST,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words that are shorter are quoted by chance.
const LONG_ENOUGH: usize = 12;

/// What goes of one product: the things, what they said, and since when anything may quote it.
#[derive(Default)]
struct Gone {
    sources: Vec<Source>,
    said: BTreeSet<String>,
    since: i64,
}

impl Work<'_> {
    /// Wipes, after the events that say what is to stand there.
    pub fn wipe(&mut self, wipes: &[Wipe]) -> Result<()> {
        if wipes.is_empty() {
            return Ok(());
        }
        let mut gone: BTreeMap<Uuid, Gone> = BTreeMap::new();
        for wipe in wipes {
            let (product, since, held) = self.wipe_lines(wipe)?;
            if let Some(product) = product.filter(|_| !wipe.said.is_empty()) {
                let gone = gone.entry(product).or_insert_with(|| Gone { since, ..Gone::default() });
                gone.since = gone.since.min(since);
                gone.said.extend(wipe.said.iter().filter(|text| text.chars().count() >= LONG_ENOUGH).cloned());
                let held = held.into_iter().chain(wipe.said.iter().filter(|text| *text != ERASED).cloned()).collect();
                gone.sources.push(Source { noun: wipe.noun, id: wipe.id, held });
            }
        }
        for (product, gone) in gone {
            let said: Vec<String> = gone.said.into_iter().collect();
            let plan = erasing::quoted(self.writer.reader(), self.registry, product, gone.sources, (&said, gone.since))?;
            self.rewrite(plan)?;
        }
        // Answers that would be repeated, and what webhooks were told and may be told again.
        self.writer.execute("delete from receipt", &[])?;
        self.writer.execute("delete from delivery", &[])?;
        self.forget_questions()
    }

    /// The lines of one thing; its product, when it was made, and what stood there.
    fn wipe_lines(&mut self, wipe: &Wipe) -> Result<(Option<Uuid>, i64, BTreeSet<String>)> {
        let mut held = BTreeSet::new();
        let fields: String = wipe.fields.iter().map(|field| format!(", {field}")).collect();
        let sql = format!("select product, created_at{fields} from {} where id = $1", wipe.noun);
        let Some(mut row) = self.writer.reader().query(&sql, &[wipe.id.value()])?.pop() else { return Ok((None, 0, held)) };
        let (product, since): (Option<Uuid>, i64) = (row.take()?, row.take()?);
        let mut now: BTreeMap<&str, Value> = BTreeMap::new();
        for field in wipe.fields {
            now.insert(*field, row.take()?);
        }
        // With the product, so that an index leads to them.
        let lines = "select id, label, changes from activity where noun_id = $1 and";
        let (sql, params) = match product {
            Some(product) => (format!("{lines} product = $2 order by id"), vec![wipe.id.value(), product.value()]),
            None => (format!("{lines} product is null order by id"), vec![wipe.id.value()]),
        };
        let lines = self.writer.reader().query(&sql, &params)?;
        for mut line in lines {
            let (id, label, changes): (String, String, String) = (line.take()?, line.take()?, line.take()?);
            let label = match wipe.called {
                true => {
                    held.extend(Some(label).filter(|label| label != ERASED));
                    ERASED.to_owned()
                }
                false => label,
            };
            let changes = wiped(&changes, &now, &mut held)?;
            self.writer.execute(
                "update activity set label = $2, changes = $3 where id = $1",
                &[Value::Text(id), Value::Text(label), Value::Text(changes)],
            )?;
        }
        Ok((product, since, held))
    }
}

/// The changes of a line, as they are kept (of a new thing an object, else a list), without what these fields held before, which is told.
fn wiped(kept: &str, now: &BTreeMap<&str, Value>, held: &mut BTreeSet<String>) -> Result<String> {
    let broken = |e: serde_json::Error| Refusal::broken(e.to_string());
    let mut wipe = |field: &str, value: &mut Value| {
        if now.get(field).is_none_or(|stands| *stands == *value) {
            return;
        }
        if let Value::Text(text) = value
            && !text.is_empty()
        {
            let before = std::mem::replace(text, ERASED.to_owned());
            held.extend(Some(before).filter(|before| before != ERASED && !before.starts_with(DIGEST)));
        }
    };
    if !kept.starts_with('[') {
        let mut set: BTreeMap<String, Value> = serde_json::from_str(kept).map_err(broken)?;
        set.iter_mut().for_each(|(field, value)| wipe(field, value));
        return serde_json::to_string(&set).map_err(broken);
    }
    let mut list: Vec<Change> = serde_json::from_str(kept).map_err(broken)?;
    for change in &mut list {
        if now.contains_key(change.field.as_str()) {
            change.said = None;
        }
        wipe(&change.field, &mut change.from);
        wipe(&change.field, &mut change.to);
    }
    serde_json::to_string(&list).map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_but_what_stands_there_now() {
        let now = BTreeMap::from([
            ("title", Value::Text(ERASED.into())),
            ("source", Value::Text("Feedback portal".into())),
            ("name", Value::Text(String::new())),
        ]);
        let mut held = BTreeSet::new();
        let made = wiped(r#"{"name":"Lena","source":"Feedback portal, Lena","status":"open","title":"A bell"}"#, &now, &mut held).unwrap();
        assert_eq!(made, r#"{"name":"(erased)","source":"(erased)","status":"open","title":"(erased)"}"#);
        let changed = serde_json::to_string(&[
            Change::new("source", Value::Text("Feedback portal, Lena".into()), Value::Text("Feedback portal".into())),
            Change::new("name", Value::Text("Lena".into()), Value::Text(String::new())),
            Change::new("votes", Value::Int(2), Value::Int(1)),
        ]);
        let wiped = wiped(&changed.unwrap(), &now, &mut held).unwrap();
        assert_eq!(held.into_iter().collect::<Vec<_>>(), ["A bell", "Feedback portal, Lena", "Lena"], "what is looked for elsewhere");
        assert!(!wiped.contains("Lena") && wiped.contains("\"Feedback portal\""), "{wiped}");
        let read: Vec<Change> = serde_json::from_str(&wiped).unwrap();
        assert_eq!((read[1].to.clone(), read[2].to.clone()), (Value::Text(String::new()), Value::Int(1)));
    }
}
