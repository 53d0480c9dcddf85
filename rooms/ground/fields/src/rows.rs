//! Reading fields and what they hold, for one thing or for all of a list, in one query.

use crate::{
    held::{Held, people_in},
    model::*,
};
use kernel::{Column, Id, Json, Look, Noun, Result, Uuid, Value, json, list as each};
use std::collections::HashMap;

/// The fields that are defined on things of a kind, in the order they were.
pub fn defined(look: &mut Look, thing: Thing) -> Result<Vec<Field>> {
    Field::all(look, "and thing = $2 order by created_at, id", &[Value::Text(thing.word().to_owned())])
}

/// A field, and what it holds of a thing.
pub struct Own {
    pub id: Id<Field>,
    pub name: String,
    pub kind: FieldKind,
    pub unit: String,
    pub choices: Vec<String>,
    pub held: Option<Held>,
    /// In words; empty where it holds nothing.
    pub told: String,
}

impl Own {
    /// For programs: text, number, day, or a list of names.
    pub fn json(&self) -> Json {
        match (&self.held, self.kind) {
            (None, _) => Json::Null,
            (Some(held), FieldKind::Number) => json!(held.number),
            (Some(_), FieldKind::People) => json!(self.told.split(", ").collect::<Vec<_>>()),
            _ => json!(self.told),
        }
    }
}

/// All fields of a thing with what they hold.
pub fn of(look: &mut Look, thing: Thing, id: Uuid) -> Result<Vec<Own>> {
    let mut own = holding(look, thing, id)?;
    tell(look, &mut own)?;
    Ok(own)
}

/// The same with what these values held in the place of what stands there today: as of a past day.
pub fn of_then(look: &mut Look, thing: Thing, id: Uuid, values: &[FieldValue]) -> Result<Vec<Own>> {
    let mut own = holding(look, thing, id)?;
    for one in &mut own {
        let then = values.iter().find(|value| value.field == one.id);
        one.held = then.map(|value| Held { text: value.text.clone(), number: value.number, day: value.day.clone() });
    }
    tell(look, &mut own)?;
    Ok(own)
}

fn holding(look: &mut Look, thing: Thing, id: Uuid) -> Result<Vec<Own>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select field.id, field.name, field.kind, field.unit, field.choices, field_value.id, field_value.text, field_value.number, field_value.day
         from field left join field_value on field_value.field = field.id and field_value.about_id = $3 and field_value.removed_at is null
         where field.product = $1 and field.thing = $2 and field.removed_at is null order by field.created_at, field.id",
        &[product.value(), Value::Text(thing.word().to_owned()), id.value()],
    )?;
    let mut own = vec![];
    for mut row in rows {
        let (id, name, kind, unit) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let choices: kernel::value::Packed<Vec<String>> = row.take()?;
        let set: Option<Uuid> = row.take()?;
        let (text, number, day): (Option<String>, Option<f64>, Option<String>) = (row.take()?, row.take()?, row.take()?);
        let held = set.map(|_| Held { text: text.unwrap_or_default(), number, day });
        own.push(Own { id, name, kind, unit, choices: choices.0, held, told: String::new() });
    }
    Ok(own)
}

/// Says in words what they hold.
fn tell(look: &mut Look, own: &mut [Own]) -> Result<()> {
    let people: Vec<Uuid> =
        own.iter().filter(|o| o.kind == FieldKind::People).filter_map(|o| o.held.as_ref()).flat_map(|held| people_in(&held.text)).collect();
    let named = people::names_of(look, people)?;
    for own in own {
        own.told = own.held.as_ref().map(|held| held.told(own.kind, &own.unit, &named)).unwrap_or_default();
    }
    Ok(())
}

/// What some fields hold of many things, by thing and field.
#[derive(Default)]
pub struct Told(HashMap<(Uuid, Uuid), (Held, String)>);

impl Told {
    /// In words; empty where it holds nothing.
    pub fn of(&self, thing: Uuid, field: Id<Field>) -> &str {
        self.0.get(&(thing, field.0)).map_or("", |(_, told)| told)
    }

    pub fn held(&self, thing: Uuid, field: Id<Field>) -> Option<&Held> {
        self.0.get(&(thing, field.0)).map(|(held, _)| held)
    }
}

/// What these fields hold of these things; nothing is asked where there is nothing to ask.
pub fn told(look: &mut Look, fields: &[Field], things: &[Uuid]) -> Result<Told> {
    if fields.is_empty() || things.is_empty() {
        return Ok(Told(HashMap::new()));
    }
    let by_id: HashMap<Uuid, &Field> = fields.iter().map(|field| (field.meta.id, field)).collect();
    let sql = "select about_id, field, text, number, day from field_value where about_id in each($1) and field in each($2) and removed_at is null";
    let mut found: Vec<(Uuid, Uuid, Held)> = vec![];
    for mut row in look.query(sql, &[each(things.iter().copied()), each(by_id.keys().copied())])? {
        found.push((row.take()?, row.take()?, Held { text: row.take()?, number: row.take()?, day: row.take()? }));
    }
    let of_people = |field: &Uuid| by_id.get(field).is_some_and(|field| field.kind == FieldKind::People);
    let people: Vec<Uuid> = found.iter().filter(|(_, field, _)| of_people(field)).flat_map(|(.., held)| people_in(&held.text)).collect();
    let named = people::names_of(look, people)?;
    let told = |field: Uuid, held: &Held| by_id.get(&field).map(|field| held.told(field.kind, &field.unit, &named)).unwrap_or_default();
    Ok(Told(found.into_iter().map(|(thing, field, held)| ((thing, field), (held.clone(), told(field, &held)))).collect()))
}

/// Things of a list with the fields of each.
pub struct Listed<'a> {
    told: Told,
    fields: &'a [Field],
}

/// What these fields hold, to be told thing by thing.
pub fn list(told: Told, fields: &[Field]) -> Listed<'_> {
    Listed { told, fields }
}

impl Listed<'_> {
    /// The fields of one of them.
    pub fn of(&self, thing: Uuid) -> Vec<Own> {
        let own = |field: &Field| Own {
            id: field.id(),
            name: field.name.clone(),
            kind: field.kind,
            unit: field.unit.clone(),
            choices: field.choices.0.clone(),
            held: self.told.held(thing, field.id()).cloned(),
            told: self.told.of(thing, field.id()).to_owned(),
        };
        self.fields.iter().map(own).collect()
    }
}

/// Members of the product by their names, addresses or ids, each with what they were named by.
pub(crate) fn people_called(look: &mut Look, names: Vec<String>) -> Result<Vec<(String, Uuid)>> {
    if names.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let ids: Vec<Uuid> = names.iter().filter_map(|name| Uuid::parse_str(name).ok()).collect();
    let rows = look.query(
        "select member.id, member.name, member.email from membership join member on member.id = membership.member
         where membership.product = $1 and membership.removed_at is null and member.removed_at is null
         and (member.name in each($2) or lower(member.name) in each($3) or member.email in each($3) or member.id in each($4)) order by member.name",
        &[product.value(), each(names), each(lower), each(ids.iter().copied())],
    )?;
    let mut people = vec![];
    for mut row in rows {
        let (id, name, email): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        people.extend([(name, id), (email, id), (id.simple().to_string(), id), (id.to_string(), id)]);
    }
    Ok(people)
}
