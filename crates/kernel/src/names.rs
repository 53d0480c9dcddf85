//! What things are called that are pointed at by their ids, of any number of nouns in one query.

use crate::{Look, Result, Scope, about, list};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Things by their ids, as people call them.
#[derive(Default)]
pub struct Names(HashMap<Uuid, Named>);

/// What one thing is called: its number where it has one, its name, and whether it is gone.
type Named = (Option<i64>, String, bool);

impl Names {
    /// Looks up things by their tables and ids, as far as the asker may see them.
    pub fn of(look: &mut Look, wanted: BTreeMap<&str, BTreeSet<Uuid>>) -> Result<Names> {
        let (mut parts, mut params) = (vec![], vec![]);
        for (table, ids) in wanted {
            let Some((noun, name)) = about::noun(table).and_then(|noun| Some((noun, noun.named_by()?))) else { continue };
            let number = if noun.about.keyed { "number" } else { "cast(null as bigint)" };
            params.push(list(ids));
            parts.push(format!(
                "select id, {number}, {name}, case when removed_at is null then 0 else 1 end from {table} where id in each(${})",
                params.len()
            ));
        }
        if parts.is_empty() {
            return Ok(Names::default());
        }
        let rows = look.query(&parts.join(" union all "), &params)?;
        Ok(Names(rows.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?, row.take()?)))).collect::<Result<_>>()?))
    }

    /// Learns what something is to be called that is not here yet.
    pub fn learn(&mut self, id: Uuid, number: Option<i64>, name: &str) {
        self.0.entry(id).or_insert_with(|| (number, name.to_owned(), false));
    }

    /// `ORB-42`, where the thing has a key.
    pub fn key(&self, scope: &Scope, id: Uuid) -> Option<String> {
        self.0.get(&id)?.0.map(|number| scope.key(number))
    }

    /// The number of its key, where the thing has one.
    pub fn number(&self, id: Uuid) -> Option<i64> {
        self.0.get(&id)?.0
    }

    /// Whether it was removed, so that no page shows it any more.
    pub fn is_gone(&self, id: Uuid) -> bool {
        self.0.get(&id).is_some_and(|(.., gone)| *gone)
    }

    /// "ORB-42 Refund"; nothing where the asker does not see it.
    pub fn called(&self, scope: &Scope, id: Uuid) -> Option<String> {
        let (number, name, _) = self.0.get(&id)?;
        Some(number.map_or_else(|| name.clone(), |number| format!("{} {name}", scope.key(number))))
    }
}
