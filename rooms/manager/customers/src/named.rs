//! Customers and segments as people say them: by a name or an id. Whoever is not known by a name yet is made known by being
//! named, so that recording what a customer said takes one step.

use crate::{events::*, model::*};
use kernel::{Column, Event, EventKind, Id, Look, Meta, Moment, Named, Noun, Result, Uuid, Value, list, look::find_rows, trimmed};

/// What is kept under a name that is its own in a product.
pub trait Record: Noun {
    const CREATED: &'static EventKind;

    /// A new one of which nothing is known but its name.
    fn begun(meta: Meta, name: String) -> Self;
}

impl Record for Customer {
    const CREATED: &'static EventKind = &CUSTOMER_CREATED;

    fn begun(meta: Meta, name: String) -> Customer {
        Customer {
            meta,
            name,
            size: None,
            revenue: None,
            segment: None,
            note: String::new(),
            external_id: String::new(),
            owner: None,
            merged_into: None,
        }
    }
}

impl Record for Segment {
    const CREATED: &'static EventKind = &SEGMENT_CREATED;

    fn begun(meta: Meta, name: String) -> Segment {
        Segment { meta, name, size: None, growth: None, note: String::new() }
    }
}

/// What was typed, looked up.
pub enum Told<T> {
    Nobody,
    Known(Id<T>),
    New(String),
}

impl<T: Record> Told<T> {
    /// # Errors
    /// `NotFound` for an id of nothing that the asker sees; `Invalid` for a name that nobody could read.
    pub(crate) fn read(look: &mut Look, field: &str, said: &str) -> Result<Told<T>> {
        let name = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Ok(Told::Nobody);
        }
        if let Ok(id) = Uuid::parse_str(&name) {
            return T::get(look, Id::new(id)).map(|record| Told::Known(record.id()));
        }
        let name = trimmed(field, &name, 200)?;
        Ok(called::<T>(look, &name)?.map_or(Told::New(name), |record| Told::Known(record.id())))
    }

    /// The record, made where there is none yet.
    pub(crate) fn record(self, moment: &Moment, product: Uuid, events: &mut Vec<Event>) -> Option<Id<T>> {
        match self {
            Told::Nobody => None,
            Told::Known(id) => Some(id),
            Told::New(name) => {
                let record = T::begun(moment.fresh(Some(product)), name);
                events.push(Event::created(T::CREATED, &record));
                Some(record.id())
            }
        }
    }

    /// The same for a field that once held a name.
    pub(crate) fn known(self, moment: &Moment, product: Uuid, events: &mut Vec<Event>) -> Named<T> {
        self.record(moment, product, events).map_or(Named::Nothing, Named::Record)
    }
}

/// The record of a name in the product at hand, however it is written; read whoever asks, so that nothing gets two.
pub(crate) fn called<T: Record>(look: &mut Look, name: &str) -> Result<Option<T>> {
    let lower = name.to_lowercase();
    let capital: String = lower.chars().take(1).flat_map(char::to_uppercase).chain(lower.chars().skip(1)).collect();
    // Databases agree on small letters of English alone; the usual ways of writing others are asked for as they are.
    let ways = [name.to_owned(), lower.clone(), name.to_uppercase(), capital];
    let product = look.scope.product_id()?;
    let clause = "where product = $1 and (lower(name) = $2 or name in each($3)) and removed_at is null order by created_at, id limit 1";
    Ok(find_rows(look.reader, clause, &[product.value(), Value::Text(lower), list(ways)])?.pop())
}
