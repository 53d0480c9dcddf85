//! Setting what a field holds of a thing. Whoever decides on the thing decides on it.

use crate::{
    events::*,
    held::{self, Held},
    model::*,
    rows,
};
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Uuid, Value, about, command,
    fields::Pointed, room::Found,
};
use std::collections::HashMap;

command! {
    /// Sets what a field holds of a thing; empty takes it away.
    pub struct SetValue in "field_value.set" at Put "/products/{product}/fields/{field}/values/{thing}" [Backlog, Roadmap, Customers] {
        pub field: Id<Field>,
        /// Number, key or id of the thing.
        pub thing: Ref,
        /// As people write it: 2.5, 2026-11-23, one of the choices, names with commas, an address.
        #[serde(default)]
        pub value: Text<{ held::LONGEST }>,
    }
}

/// What setting a value needs to know.
pub struct Setting {
    field: Field,
    thing: Found,
    before: Option<FieldValue>,
    /// Members by what they were named.
    people: Vec<(String, Uuid)>,
    /// What members are called who are named now.
    named: HashMap<Uuid, String>,
}

impl Command for SetValue {
    type Before = Setting;

    fn load(&self, look: &mut Look) -> Result<Setting> {
        let field = Field::get(look, self.field)?;
        let thing = thing(look, field.thing, &self.thing)?;
        let params = [thing.meta.id.value(), field.meta.id.value()];
        let before = FieldValue::all(look, "and about_id = $2 and field = $3", &params)?.pop();
        let (mut people, mut named) = (vec![], HashMap::new());
        if field.kind == FieldKind::People {
            people = rows::people_called(look, held::names(&self.value).map(str::to_owned).collect())?;
            let known = before.iter().flat_map(|value| held::people_in(&value.text)).chain(people.iter().map(|(_, id)| *id));
            named = people::names_of(look, known)?;
        }
        Ok(Setting { field, thing, before, people, named })
    }
    fn authority(&self, before: &Setting) -> Authority {
        Authority::Area(before.field.thing.area())
    }
    fn title(&self, Setting { field, thing, .. }: &Setting) -> String {
        match self.value.is_empty() {
            true => format!("Take {} of “{}” away", field.name, thing.label),
            false => format!("Set {} of “{}” to {}", field.name, thing.label, web::clipped(&self.value, 80)),
        }
    }
    fn decide(self, Setting { field, thing, before, people, named }: Setting, moment: &Moment, _: &Scope) -> Result<Decided> {
        let held = held::read(&field, &self.value, &people)?;
        let told = |held: &Held| held.told(field.kind, &field.unit, &named);
        let label = |held: &Held| format!("{} of “{}”: {}", field.name, web::clipped(&thing.label, 80), web::clipped(&told(held), 80));
        Ok(match (before, held) {
            (None, None) => vec![].into(),
            (Some(before), None) => Event::removed(&VALUE_TAKEN, &before, moment.now).called(label(&before.held())).into(),
            (None, Some(held)) => {
                let value = FieldValue::of(moment, thing.meta.product, &field, thing.meta.id, held.clone());
                Event::created(&VALUE_SET, &value).called(label(&held)).into()
            }
            (Some(before), Some(held)) => {
                let said = Some((told(&before.held()), told(&held)));
                let after = FieldValue { text: held.text.clone(), number: held.number, day: held.day.clone(), ..before.clone() };
                Event::changed(&VALUE_SET, &before, &after).called(label(&held)).saying("text", said).into()
            }
        })
    }
}

impl FieldValue {
    /// What a field holds of a thing from now on.
    pub fn of(moment: &Moment, product: Option<Uuid>, field: &Field, thing: Uuid, held: Held) -> FieldValue {
        FieldValue {
            meta: moment.fresh(product),
            about_noun: field.thing.word().to_owned(),
            about_id: thing,
            field: field.id(),
            text: held.text,
            number: held.number,
            day: held.day,
        }
    }

    pub(crate) fn held(&self) -> Held {
        Held { text: self.text.clone(), number: self.number, day: self.day.clone() }
    }
}

/// The thing of a kind that a reference names.
fn thing(look: &mut Look, kind: Thing, at: &Ref) -> Result<Found> {
    let noun = about::noun(kind.word()).ok_or(Refusal::NotFound)?;
    let (column, value) = match at.resolve::<FieldValue>(look.scope)? {
        Pointed::Number(number) if noun.about.keyed => ("number", Value::Int(number)),
        Pointed::Number(_) => return Err(Refusal::NotFound),
        Pointed::Id(id) => ("id", id.value()),
    };
    let clause = format!("where product = $1 and {column} = $2 and removed_at is null{}", about::may_read(look.scope, noun.table, &noun.about).and());
    let product = look.scope.product_id()?;
    look.found(noun, &clause, &[product.value(), value])?.pop().ok_or(Refusal::NotFound)
}
