//! Taking out of the record what somebody without an account said, or how they called themselves. Their address is all that
//! tells who they are, so no name is looked for everywhere, as of a member whose data is erased (`erasing.rs`): a command says
//! which fields of which things go. Its events leave in the rows what is to stand there; here everything else that the record
//! knows of these fields becomes the same mark, so the house is as sound as before.

use crate::{erasing, run::Work};
use kernel::{
    Change, Column, Refusal, Result, Uuid, Value,
    erasure::{ERASED, Wipe},
};
use std::collections::{BTreeMap, BTreeSet};

/// Words that are shorter are quoted by chance.
const LONG_ENOUGH: usize = 12;

impl Work<'_> {
    /// Wipes, after the events that say what is to stand there.
    pub fn wipe(&mut self, wipes: &[Wipe]) -> Result<()> {
        if wipes.is_empty() {
            return Ok(());
        }
        let mut said: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
        for wipe in wipes {
            if let Some(product) = self.wipe_lines(wipe)? {
                said.entry(product).or_default().extend(wipe.said.iter().filter(|text| text.chars().count() >= LONG_ENOUGH).cloned());
            }
        }
        for (product, said) in said {
            let said: Vec<String> = said.into_iter().collect();
            let plan = erasing::quoted(self.writer.reader(), self.registry, product, &said)?;
            self.rewrite(plan)?;
        }
        // Answers that would be repeated, and what webhooks were told and may be told again.
        self.writer.execute("delete from receipt", &[])?;
        self.writer.execute("delete from delivery", &[])?;
        self.forget_questions()
    }

    /// The lines of one thing; its product.
    fn wipe_lines(&mut self, wipe: &Wipe) -> Result<Option<Uuid>> {
        let fields: String = wipe.fields.iter().map(|field| format!(", {field}")).collect();
        let sql = format!("select product{fields} from {} where id = $1", wipe.noun);
        let Some(mut row) = self.writer.reader().query(&sql, &[wipe.id.value()])?.pop() else { return Ok(None) };
        let product: Option<Uuid> = row.take()?;
        let mut now: BTreeMap<&str, Value> = BTreeMap::new();
        for field in wipe.fields {
            now.insert(*field, row.take()?);
        }
        let lines = self.writer.reader().query("select id, label, changes from activity where noun_id = $1 order by id", &[wipe.id.value()])?;
        for mut line in lines {
            let (id, label, changes): (String, String, String) = (line.take()?, line.take()?, line.take()?);
            let label = if wipe.called { ERASED.to_owned() } else { label };
            let changes = wiped(&changes, &now)?;
            self.writer.execute(
                "update activity set label = $2, changes = $3 where id = $1",
                &[Value::Text(id), Value::Text(label), Value::Text(changes)],
            )?;
        }
        Ok(product)
    }
}

/// The changes of a line, as they are kept (of a new thing an object, else a list), without what these fields held before.
fn wiped(kept: &str, now: &BTreeMap<&str, Value>) -> Result<String> {
    let broken = |e: serde_json::Error| Refusal::broken(e.to_string());
    let wipe = |field: &str, value: &mut Value| {
        let says = matches!(value, Value::Text(text) if !text.is_empty());
        if says && now.get(field).is_some_and(|stands| *stands != *value) {
            *value = Value::Text(ERASED.to_owned());
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
        let made = wiped(r#"{"name":"Lena","source":"Feedback portal, Lena","status":"open","title":"A bell"}"#, &now).unwrap();
        assert_eq!(made, r#"{"name":"(erased)","source":"(erased)","status":"open","title":"(erased)"}"#);
        let changed = serde_json::to_string(&[
            Change::new("source", Value::Text("Feedback portal, Lena".into()), Value::Text("Feedback portal".into())),
            Change::new("name", Value::Text("Lena".into()), Value::Text(String::new())),
            Change::new("votes", Value::Int(2), Value::Int(1)),
        ]);
        let wiped = wiped(&changed.unwrap(), &now).unwrap();
        assert!(!wiped.contains("Lena") && wiped.contains("\"Feedback portal\""), "{wiped}");
        let read: Vec<Change> = serde_json::from_str(&wiped).unwrap();
        assert_eq!((read[1].to.clone(), read[2].to.clone()), (Value::Text(String::new()), Value::Int(1)));
    }
}
