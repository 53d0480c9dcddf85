//! Defining fields, changing and removing them.

use crate::{events::*, model::*};
use kernel::{Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Value, command, event::edit, give};

command! {
    /// Defines a field on things of a kind.
    pub struct DefineField in "field.define" at Post "/products/{product}/fields" [Agreement] {
        pub name: Line<60>,
        /// What it is defined on.
        pub thing: Thing,
        /// What it holds; this stays as it is.
        pub kind: FieldKind,
        /// Of a number: what it counts, such as € or days.
        #[serde(default)]
        pub unit: Text<20>,
        /// Of a choice: what there is to choose from.
        #[serde(default)]
        pub choices: Vec<String>,
    }
}

/// Whether another field on such things is called so.
fn is_taken(look: &mut Look, thing: Thing, name: &str, besides: Option<Id<Field>>) -> Result<bool> {
    let fields = crate::rows::defined(look, thing)?;
    Ok(fields.iter().any(|field| field.name.to_lowercase() == name.to_lowercase() && Some(field.id()) != besides))
}

fn taken() -> Refusal {
    Refusal::invalid("name", "Another field of these is called so.")
}

/// A new field, where there is room for it.
pub fn defined_event(moment: &Moment, scope: &Scope, asked: DefineField) -> Result<(Field, Event)> {
    let field = Field {
        meta: moment.fresh(Some(scope.product_id()?)),
        name: asked.name.into(),
        thing: asked.thing,
        kind: asked.kind,
        unit: if asked.kind == FieldKind::Number { asked.unit.into() } else { String::new() },
        choices: choices_of(asked.kind, &asked.choices)?,
    };
    let event = Event::created(&FIELD_DEFINED, &field);
    Ok((field, event))
}

impl DefineField {
    /// Refuses a name that is taken, and more fields than fit.
    pub fn fits(&self, look: &mut Look) -> Result<()> {
        let product = look.scope.product_id()?;
        let sql = "select count(*) from field where product = $1 and thing = $2 and removed_at is null";
        if look.number(sql, &[product.value(), Value::Text(self.thing.word().to_owned())])? >= MOST_FIELDS {
            return Err(Refusal::invalid("name", format!("{MOST_FIELDS} fields are enough. Remove one that is not used.")));
        }
        if is_taken(look, self.thing, &self.name, None)? { Err(taken()) } else { Ok(()) }
    }
}

impl Command for DefineField {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        self.fits(look)
    }
    fn title(&self, (): &()) -> String {
        format!("Define the field “{}” on {}", self.name, self.thing.many())
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(defined_event(moment, scope, self)?.1.into())
    }
}

command! {
    /// Changes what a field is called, what it counts, or what there is to choose from.
    pub struct EditField in "field.edit" at Patch "/products/{product}/fields/{field}" [Agreement] {
        pub field: Id<Field>,
        pub name: Option<Line<60>>,
        pub unit: Option<Text<20>>,
        /// What was chosen before stays chosen where it is.
        pub choices: Option<Vec<String>>,
    }
}

impl Command for EditField {
    /// The field, and whether its new name is taken.
    type Before = (Field, bool);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let field = Field::get(look, self.field)?;
        let taken = match &self.name {
            Some(name) => is_taken(look, field.thing, name, Some(field.id()))?,
            None => false,
        };
        Ok((field, taken))
    }
    fn title(&self, (field, _): &Self::Before) -> String {
        format!("Change the field “{}”", field.name)
    }
    fn decide(self, (before, is_taken): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if is_taken {
            return Err(taken());
        }
        Ok(edit(&FIELD_EDITED, &before, |field| {
            give(&mut field.name, self.name);
            if field.kind == FieldKind::Number {
                give(&mut field.unit, self.unit);
            }
            if let Some(choices) = &self.choices {
                field.choices = choices_of(field.kind, choices)?;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a field. What it held comes back with it.
    pub struct RemoveField in "field.remove" at Delete "/products/{product}/fields/{field}" [Agreement] {
        pub field: Id<Field>,
    }
}

impl Command for RemoveField {
    type Before = Field;

    fn load(&self, look: &mut Look) -> Result<Field> {
        Field::get(look, self.field)
    }
    fn title(&self, before: &Field) -> String {
        format!("Remove the field “{}” of {}", before.name, before.thing.many())
    }
    fn decide(self, before: Field, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&FIELD_REMOVED, &before, moment.now).into())
    }
}
