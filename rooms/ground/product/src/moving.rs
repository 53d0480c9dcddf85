//! Moving a thing to another product: it is removed here and made anew there, with what hangs on it, so that each product
//! keeps its own past. Whoever moves it has a say here and decides there.

use crate::{events::BROUGHT_ALONG, rows};
use kernel::{
    Act, Area, Change, Column, Event, EventKind, Look, Moment, Noun, NounSpec, ProductHead, Rank, Refusal, Result, Searched, Standing, Uuid, Value,
    about, room::Found,
};
use std::{borrow::Cow, collections::HashMap};
use web::app;

/// The other products of the asker in which they decide on an area.
pub fn elsewhere(look: &mut Look, area: Area) -> Result<Vec<ProductHead>> {
    let here = look.scope.product_id()?;
    let own: Vec<Uuid> = app::products_of(look)?.into_iter().map(|product| product.id).filter(|id| *id != here).collect();
    app::standing_in(look, &own, area, Standing::Decides)
}

/// The one of them that a key names.
pub fn destination(look: &mut Look, key: &str, area: Area) -> Result<ProductHead> {
    let key = key.trim().to_uppercase();
    let found = elsewhere(look, area)?.into_iter().find(|product| product.key == key);
    found.ok_or_else(|| Refusal::invalid("to", format!("Choose another product of yours in which you decide on {}.", area.spoken())))
}

/// The next number of a product, and the place behind all that is there.
pub struct Room {
    pub number: i64,
    pub rank: Rank,
}

/// The room for another thing of a table in a product that is not at hand.
pub fn room_in(look: &mut Look, product: Uuid, table: &str) -> Result<Room> {
    let sql = format!("select rank from {table} where product = $1 and removed_at is null order by rank desc limit 1");
    let last: Option<Rank> = look.first(&sql, &[product.value()])?.map(|mut row| row.take()).transpose()?;
    Ok(Room { number: rows::next_number_in(look, product)?, rank: Rank::between(last.as_ref(), None) })
}

/// What hangs on a thing and goes along with it.
pub struct Along(Vec<(&'static NounSpec, Found)>);

impl Along {
    /// All of these nouns that is part of a thing, the older first.
    pub fn of(look: &mut Look, thing: Uuid, nouns: &[&str]) -> Result<Along> {
        let mut all = vec![];
        for noun in nouns.iter().filter_map(|table| about::noun(table)) {
            let clause = format!("where {} = $1 and removed_at is null order by id", noun.about.part_of);
            all.extend(look.found(noun, &clause, &[thing.value()])?.into_iter().map(|found| (noun, found)));
        }
        Ok(Along(all))
    }

    /// "2 criteria", "1 file": how many of each noun.
    pub fn told(&self) -> Vec<String> {
        let mut counts: Vec<(&NounSpec, usize)> = vec![];
        for (noun, _) in &self.0 {
            match counts.iter_mut().find(|(known, _)| known.table == noun.table) {
                Some((_, count)) => *count += 1,
                None => counts.push((noun, 1)),
            }
        }
        let told = |(noun, count): (&NounSpec, usize)| match (count, noun.about.one) {
            (1, _) => format!("1 {}", noun.one()),
            (_, "") => format!("{count} {}", noun.about.many),
            (_, one) => web::several(count, one),
        };
        counts.into_iter().map(told).collect()
    }

    /// The same on another thing in another product: what points at what moved points at what it became, texts too.
    pub fn went(&self, moment: &Moment, from: Uuid, to: Uuid, product: Uuid) -> Went {
        let mut became = HashMap::from([(from.simple().to_string(), to.simple().to_string())]);
        let mut events = vec![];
        for (noun, found) in &self.0 {
            let id = moment.id::<()>().0;
            became.insert(found.meta.id.simple().to_string(), id.simple().to_string());
            let cell = |value: &Value| match value {
                Value::Text(text) => Value::Text(pointing(&became, text)),
                other => other.clone(),
            };
            events.push(Event {
                kind: &BROUGHT_ALONG,
                act: Act::Create,
                table: Cow::Borrowed(noun.table),
                id,
                product: Some(product),
                label: found.label.clone(),
                seen: None,
                changes: noun.fields.iter().zip(&found.values).map(|(field, value)| Change::new(*field, Value::Null, cell(value))).collect(),
                searched: found.searched.clone().map_or(Searched::Same, |(title, body)| Searched::As(title, body)),
                created_at: Some(found.meta.created_at),
            });
        }
        Went { events, became }
    }
}

/// What went along with a thing.
pub struct Went {
    pub events: Vec<Event>,
    /// Ids here, and what each is there.
    became: HashMap<String, String>,
}

impl Went {
    /// A text of the thing, with its files as they are called there.
    pub fn text(&self, text: &str) -> String {
        pointing(&self.became, text)
    }
}

/// A text that names things by their ids, or a file in `attachment:…`, with what those have become.
fn pointing(became: &HashMap<String, String>, text: &str) -> String {
    if let Some(now) = became.get(text) {
        return now.clone();
    }
    let named = became.iter().filter(|(id, _)| text.contains(id.as_str()));
    named.fold(text.to_owned(), |text, (id, now)| text.replace(id.as_str(), now))
}

/// That a thing went on as another one, and is here no more.
pub fn gone<T: Noun>(kind: &'static EventKind, thing: &T, to: Uuid, now: i64) -> Event {
    let mut event = Event::removed(kind, thing, now);
    event.changes.push(Change::new("moved_to", Value::Null, to.value()));
    event
}
