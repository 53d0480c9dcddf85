//! Things and what they are parts of: a criterion's story, what a remark is about. Read as they are, without asking who
//! reads, so whoever shows them judges that.

use crate::{Column, Look, NounSpec, Result, Value, about, list, room::Found};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};
use uuid::Uuid;

/// Parts of parts are looked through so far.
const DEEPEST: usize = 3;

/// Things as they are now, removed ones too.
#[derive(Default)]
pub struct Wholes(HashMap<Uuid, Option<Rc<Found>>>);

impl Wholes {
    /// Reads some things by their nouns and ids, with one question for each noun.
    pub fn of<'a>(look: &mut Look, things: impl IntoIterator<Item = (&'a str, Uuid)>) -> Result<Wholes> {
        let mut ids: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for (noun, id) in things {
            ids.entry(noun).or_default().insert(id);
        }
        let mut wholes = Wholes::default();
        for (table, ids) in ids {
            let Some(noun) = about::noun(table) else { continue };
            wholes.read(look, noun, ids)?;
        }
        Ok(wholes)
    }

    fn read(&mut self, look: &mut Look, noun: &NounSpec, ids: impl IntoIterator<Item = Uuid>) -> Result<()> {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        self.0.extend(ids.iter().map(|id| (*id, None)));
        for found in (noun.find)(look.reader, "where id in each($1)", &[list(ids)])? {
            self.0.insert(found.meta.id, Some(found.into()));
        }
        Ok(())
    }

    /// A thing by its noun and id.
    pub fn get(&mut self, look: &mut Look, noun: &NounSpec, id: Uuid) -> Result<Option<Rc<Found>>> {
        if !self.0.contains_key(&id) {
            self.read(look, noun, [id])?;
        }
        Ok(self.0.get(&id).cloned().flatten())
    }

    /// What a thing is a part of, as far up as it goes, or until people talk about it; itself where it is no part.
    pub fn whole(&mut self, look: &mut Look, noun: &'static NounSpec, id: Uuid) -> Result<(&'static NounSpec, Uuid)> {
        let (mut noun, mut id) = (noun, id);
        for _ in 0..DEEPEST {
            let field = noun.about.part_of;
            if noun.about.discussed || field.is_empty() {
                break;
            }
            let Some(part) = self.get(look, noun, id)? else { break };
            // A sign names the thing that its comment is about as well, and is part of the comment.
            let named = if field == "about_id" { Option::<String>::read(noun.cell(&part, "about_noun"))? } else { None };
            let above = named.as_deref().or_else(|| noun.points_at(field)).and_then(about::noun);
            let (Some(above), Some(of)) = (above, Option::<Uuid>::read(noun.cell(&part, field))?) else { break };
            (noun, id) = (above, of);
        }
        Ok((noun, id))
    }
}

impl NounSpec {
    /// What a thing of this noun holds in a field; nothing where it has no such field.
    pub fn cell(&self, thing: &Found, field: &str) -> Value {
        self.fields.iter().position(|known| *known == field).map_or(Value::Null, |at| thing.values[at].clone())
    }
}
