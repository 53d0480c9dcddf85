//! What was made against another version than there is now.

use crate::{Ask, run::Work};
use kernel::{Column, Event, Json, Look, Names, NounSpec, Refusal, Result, Scope};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl Work<'_> {
    /// Refuses what was made against another version than there is now: both are shown, and nobody is overwritten.
    pub fn unchanged(&mut self, scope: &Scope, ask: &Ask, events: &[Event]) -> Result<()> {
        let Some(seen) = ask.seen()? else { return Ok(()) };
        let noun = ask.command.split('.').next().unwrap_or_default();
        let changed: Vec<&Event> = events.iter().filter(|e| e.seen.is_some()).collect();
        let of_noun: Vec<&Event> = changed.iter().copied().filter(|e| e.table == noun).collect();
        let event = match (of_noun.as_slice(), changed.as_slice()) {
            ([one], _) | ([], [one]) => *one,
            _ if events.is_empty() => return Ok(()),
            _ => return Err(Refusal::invalid("version", "This does not change one thing alone, so it cannot be made against a version.")),
        };
        match event.seen {
            Some(version) if version != seen => {
                let noun = self.registry.noun(&event.table).ok_or(Refusal::NotFound)?;
                let newer =
                    (noun.tell)(&mut Look::showing(self.writer.reader(), scope), "where id = $1", &[event.id.value()])?.pop().unwrap_or_default();
                let names = names_in(&mut Look::showing(self.writer.reader(), scope), noun, &newer)?;
                Err(Refusal::Conflict { newer, version, names })
            }
            _ => Ok(()),
        }
    }
}

/// What a thing as JSON points at, as people call it, by field: "ORB-12 Rain mode".
fn names_in(look: &mut Look, noun: &NounSpec, thing: &Json) -> Result<BTreeMap<String, String>> {
    let id_in = |field: &str| thing[field].as_str().and_then(|id| Uuid::parse_str(id).ok());
    let pointing: Vec<(&str, &str, Uuid)> = noun.fields.iter().filter_map(|field| Some((*field, noun.points_at(field)?, id_in(field)?))).collect();
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for (_, table, id) in &pointing {
        wanted.entry(table).or_default().insert(*id);
    }
    let names = Names::of(look, wanted)?;
    Ok(pointing.into_iter().filter_map(|(field, _, id)| Some((field.to_owned(), names.called(look.scope, id)?))).collect())
}
