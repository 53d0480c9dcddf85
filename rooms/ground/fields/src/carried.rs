//! What own fields hold of a thing that goes to another product: as far as that has fields which take it.

use crate::{
    events::VALUE_SET,
    held::{Held, people_in},
    model::*,
    rows::{Own, of},
};
use kernel::{Event, Look, Moment, ProductHead, Result, Uuid, Value, list, look::find_rows};
use std::collections::{HashMap, HashSet};

/// What goes along, and the names of the fields whose values do not.
#[derive(Default)]
pub struct Carried {
    values: Vec<(Field, Held, String)>,
    lost: Vec<String>,
}

/// A product into which a thing may go, with what it takes of what the thing holds.
pub struct Destination {
    pub product: ProductHead,
    carried: Carried,
}

impl Destination {
    pub fn takes_some(&self) -> bool {
        !self.carried.values.is_empty()
    }

    /// The names of the fields whose values stay behind.
    pub fn lost(&self) -> &[String] {
        &self.carried.lost
    }
}

/// What fields of another product take of what is held of a thing here: those of the same name that hold the same kind,
/// with the same unit, with that choice, with people who belong there.
pub fn carried(look: &mut Look, thing: Thing, id: Uuid, to: Uuid) -> Result<Carried> {
    Ok(carried_to(look, thing, id, &[to])?.remove(&to).unwrap_or_default())
}

/// Products, each with what it takes of that.
pub fn carried_into(look: &mut Look, thing: Thing, id: Uuid, products: Vec<ProductHead>) -> Result<Vec<Destination>> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.id).collect();
    let mut carried = carried_to(look, thing, id, &ids)?;
    Ok(products.into_iter().map(|product| Destination { carried: carried.remove(&product.id).unwrap_or_default(), product }).collect())
}

/// The same for each of some products, with the same few questions for any number of them.
fn carried_to(look: &mut Look, thing: Thing, id: Uuid, products: &[Uuid]) -> Result<HashMap<Uuid, Carried>> {
    let own: Vec<Own> = of(look, thing, id)?.into_iter().filter(|own| own.held.is_some()).collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let of_thing = [list(products.iter().copied()), Value::Text(thing.word().to_owned())];
    let there: Vec<Field> = find_rows(look.reader, "where product in each($1) and thing = $2 and removed_at is null", &of_thing)?;
    let named = own.iter().filter(|own| own.kind == FieldKind::People).filter_map(|own| own.held.as_ref()).flat_map(|held| people_in(&held.text));
    let people = belonging(look, products, named.collect())?;
    let into = |product: Uuid| {
        let mut carried = Carried::default();
        for own in &own {
            let called = |field: &&Field| field.meta.product == Some(product) && field.name.to_lowercase() == own.name.to_lowercase();
            let taken = there.iter().find(called).and_then(|field| Some((field, fitting(field, own, &people)?)));
            match taken {
                Some((field, held)) => carried.values.push((field.clone(), held, own.told.clone())),
                None => carried.lost.push(own.name.clone()),
            }
        }
        (product, carried)
    };
    Ok(products.iter().copied().map(into).collect())
}

fn fitting(field: &Field, own: &Own, people: &HashSet<(Uuid, Uuid)>) -> Option<Held> {
    let held = own.held.clone().filter(|_| field.kind == own.kind)?;
    match field.kind {
        FieldKind::Text | FieldKind::Day | FieldKind::Link => Some(held),
        FieldKind::Number => (field.unit == own.unit).then_some(held),
        FieldKind::People => {
            let product = field.meta.product?;
            people_in(&held.text).iter().all(|id| people.contains(&(product, *id))).then_some(held)
        }
        FieldKind::Choice => {
            let choice = field.choices.iter().find(|choice| choice.to_lowercase() == held.text.to_lowercase())?;
            Some(Held { text: choice.clone(), ..held })
        }
    }
}

/// Which of some members belong to which of some products.
fn belonging(look: &mut Look, products: &[Uuid], members: Vec<Uuid>) -> Result<HashSet<(Uuid, Uuid)>> {
    if members.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = "select product, member from membership where product in each($1) and member in each($2) and removed_at is null";
    let rows = look.query(sql, &[list(products.iter().copied()), list(members)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

impl Carried {
    /// The same of what the thing becomes there.
    pub fn events(self, moment: &Moment, to: Uuid, became: Uuid, title: &str) -> Vec<Event> {
        let set = |(field, held, told): (Field, Held, String)| {
            let value = FieldValue::of(moment, Some(to), &field, became, held);
            Event::created(&VALUE_SET, &value).called(format!("{} of “{}”: {}", field.name, web::clipped(title, 80), web::clipped(&told, 80)))
        };
        self.values.into_iter().map(set).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta, value::Packed};

    fn field(kind: FieldKind, unit: &str, choices: &[&str]) -> Field {
        let meta = Meta { id: Uuid::nil(), product: Some(Uuid::nil()), version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        Field { meta, name: "F".into(), thing: Thing::Story, kind, unit: unit.into(), choices: Packed(choices) }
    }

    fn own(kind: FieldKind, text: &str) -> Own {
        let held = Some(Held { text: text.into(), number: Some(3.0), day: None });
        Own { id: Id::new(Uuid::nil()), name: "F".into(), kind, unit: "€".into(), choices: vec![], held, told: String::new() }
    }

    #[test]
    fn a_value_goes_along_where_it_means_the_same() {
        use FieldKind::*;
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let there = HashSet::from([(Uuid::nil(), ada)]);
        let fits = |field: Field, own: Own| fitting(&field, &own, &there).map(|held| held.text);
        assert_eq!(fits(field(Text, "", &[]), own(Text, "a")).as_deref(), Some("a"));
        assert_eq!(fits(field(Choice, "", &["High"]), own(Choice, "high")).as_deref(), Some("High"));
        assert!(fits(field(Choice, "", &["Low"]), own(Choice, "High")).is_none());
        assert!(fits(field(Text, "", &[]), own(Choice, "High")).is_none(), "another kind");
        assert!(fits(field(Number, "€", &[]), own(Number, "")).is_some() && fits(field(Number, "days", &[]), own(Number, "")).is_none());
        let named = |id: Uuid| own(People, &format!("[\"{}\"]", id.simple()));
        assert!(fits(field(People, "", &[]), named(ada)).is_some() && fits(field(People, "", &[]), named(bob)).is_none());
    }
}
