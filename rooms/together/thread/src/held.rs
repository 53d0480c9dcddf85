//! Where the thread was broken at a past moment: the same facts that the gap report asks the database for, held against
//! things as they were.

use crate::then::{held, pointed};
use kernel::{
    By, Gap, Look, NounSpec, Refusal, Relation, Result, Uuid, Value,
    room::Found,
    strand::{ANYTHING, Fact, hang, strand, thread},
};
use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

/// All that gaps speak of, as it was.
pub(crate) struct Held {
    things: HashMap<&'static str, HashMap<Uuid, Found>>,
    /// For a noun and what it hangs on: pairs of a thing and what it hung on, from either end.
    above: HashMap<(&'static str, &'static str), HashMap<Uuid, Vec<Uuid>>>,
    below: HashMap<(&'static str, &'static str), HashMap<Uuid, Vec<Uuid>>>,
}

impl Held {
    pub(crate) fn read(look: &mut Look, at: i64) -> Result<Held> {
        let mut nouns: BTreeSet<&'static str> = BTreeSet::new();
        for (noun, strand) in thread().filter(|(_, strand)| !strand.gaps.is_empty()) {
            nouns.insert(noun.table);
            nouns.extend(strand.gaps.iter().flat_map(|gap| gap.when).filter_map(other));
        }
        let mut held = Held { things: HashMap::new(), above: HashMap::new(), below: HashMap::new() };
        for table in &nouns {
            let (noun, _) = strand(table).ok_or(Refusal::NotFound)?;
            let things = activity::as_of(look, noun, at, "", &[])?;
            held.things.insert(table, things.into_iter().map(|thing| (thing.meta.id, thing)).collect());
        }
        let links = activity::things_as_of::<Relation>(look, at, "", &[])?;
        for (noun, strand) in thread() {
            for hang in strand.hangs.iter().filter(|hang| hang.on != ANYTHING && nouns.contains(noun.table) && nouns.contains(hang.on)) {
                for (child, parent) in held.pairs(noun.table, hang.on, hang.by, &links) {
                    held.above.entry((noun.table, hang.on)).or_default().entry(child).or_default().push(parent);
                    held.below.entry((noun.table, hang.on)).or_default().entry(parent).or_default().push(child);
                }
            }
        }
        Ok(held)
    }

    fn pairs(&self, child: &str, on: &str, by: By, links: &[Relation]) -> Vec<(Uuid, Uuid)> {
        let of_field = |table: &str, field: &str| -> Vec<(Uuid, Uuid)> {
            let (Some((noun, _)), Some(things)) = (strand(table), self.things.get(table)) else { return vec![] };
            things.values().filter_map(|thing| Some((thing.meta.id, pointed(noun, thing, field)?))).collect()
        };
        let tied = |verb, from: &str, to: &str| {
            let fits = move |link: &&Relation| link.verb == verb && link.from_noun == from && link.to_noun == to;
            links.iter().filter(fits).map(|link| (link.from_id, link.to_id)).collect::<Vec<_>>()
        };
        let turned = |pairs: Vec<(Uuid, Uuid)>| pairs.into_iter().map(|(a, b)| (b, a)).collect();
        match by {
            By::Field(field) => of_field(child, field),
            By::TheirField(field) => turned(of_field(on, field)),
            By::Tie(verb) => tied(verb, child, on),
            By::TiedBy(verb) => turned(tied(verb, on, child)),
            By::Newest => vec![],
        }
    }

    /// The things of a noun of which a gap speaks, in its order.
    pub(crate) fn broken(&self, noun: &'static NounSpec, gap: &Gap, day: &str) -> Vec<&Found> {
        let all = self.things.get(noun.table).into_iter().flat_map(HashMap::values);
        let mut broken: Vec<&Found> = all.filter(|thing| gap.when.iter().all(|fact| self.holds(noun, thing, fact, day))).collect();
        broken.sort_by(|a, b| {
            gap.order.split(", ").map(|field| by(noun, a, b, field)).find(|order| order.is_ne()).unwrap_or(a.meta.id.cmp(&b.meta.id))
        });
        broken
    }

    fn holds(&self, noun: &NounSpec, thing: &Found, fact: &Fact, day: &str) -> bool {
        let value = |field: &str| held(noun, thing, field);
        let some = |ids: Option<&Vec<Uuid>>, other: &str, facts: &[Fact]| {
            let Some((spec, things)) = strand(other).map(|(spec, _)| spec).zip(self.things.get(other)) else { return false };
            let fits = |id: &Uuid| things.get(id).is_some_and(|thing| facts.iter().all(|fact| self.holds(spec, thing, fact, day)));
            ids.is_some_and(|ids| ids.iter().any(fits))
        };
        let above = |on: &'static str| self.above.get(&(noun.table, on)).and_then(|all| all.get(&thing.meta.id));
        let below = |child: &'static str| self.below.get(&(child, noun.table)).and_then(|all| all.get(&thing.meta.id));
        match fact {
            Fact::Is(field, words) => matches!(value(field), Value::Text(text) if words.contains(&text.as_str())),
            Fact::Set(field) => *value(field) != Value::Null,
            Fact::Unset(field) => *value(field) == Value::Null,
            Fact::Over(field) => matches!(value(field), Value::Text(text) if !text.is_empty() && text.as_str() < day),
            // A field that points at something removed still holds it.
            Fact::Bare(on) => match hang(noun.table, on).map(|hang| hang.by) {
                Some(By::Field(field)) => *value(field) == Value::Null,
                _ => above(on).is_none(),
            },
            Fact::On(on, facts) => some(above(on), on, facts),
            Fact::With(child, []) => below(child).is_some(),
            Fact::With(child, facts) => some(below(child), child, facts),
            Fact::Without(child, []) => below(child).is_none(),
            Fact::Without(child, facts) => !some(below(child), child, facts),
        }
    }
}

/// The other noun of which a fact speaks.
pub(crate) fn other(fact: &Fact) -> Option<&'static str> {
    match fact {
        Fact::Bare(noun) | Fact::On(noun, _) | Fact::With(noun, _) | Fact::Without(noun, _) => Some(noun),
        Fact::Is(..) | Fact::Set(_) | Fact::Unset(_) | Fact::Over(_) => None,
    }
}

/// Which of two stands first by one field of an order.
fn by(noun: &NounSpec, a: &Found, b: &Found, field: &str) -> Ordering {
    match field {
        "id" => a.meta.id.cmp(&b.meta.id),
        "created_at desc" => b.meta.created_at.cmp(&a.meta.created_at),
        field => match (held(noun, a, field), held(noun, b, field)) {
            (Value::Int(a), Value::Int(b)) => a.cmp(b),
            (a, b) => a.words().cmp(&b.words()),
        },
    }
}
