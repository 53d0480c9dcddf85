//! What is scored: features, initiatives, needs, stories and options of cases, as far as a table or an order needs to know them.

use crate::{events::ORDERED, model::*};
use backlog::Story;
use cases::CaseOption;
use customers::Need;
use kernel::{Column, Event, Look, Noun, Rank, Ref, Refusal, Result, Scope, Uuid, Value, fields::Pointed, list};
use roadmap::{Feature, Initiative};
use std::collections::HashMap;

/// A thing that can be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: Uuid,
    /// Of what carries a key.
    pub number: Option<i64>,
    pub title: String,
    /// Needs have none until they were put in order.
    pub rank: Option<Rank>,
}

impl Item {
    /// As a proposal names it: by its key, which says nothing to whoever sees the order and not the thing. Needs have none,
    /// and their order is a matter of the same area as they are.
    pub fn called(&self, scope: &Scope) -> String {
        self.number.map_or_else(|| format!("“{}”", self.title), |number| scope.key(number))
    }

    /// Its page, below the product.
    pub fn place(&self, thing: Thing) -> String {
        kernel::about::place(thing.word(), self.id, self.number).unwrap_or_default()
    }
}

const fn columns(thing: Thing) -> &'static str {
    match thing {
        Thing::Need => "id, cast(null as bigint), title, place",
        Thing::CaseOption => "id, cast(null as bigint), title, rank",
        _ => "id, number, title, rank",
    }
}

/// What still is to be decided on; what is over is ranked no more.
const fn open(thing: Thing) -> &'static str {
    match thing {
        Thing::Feature | Thing::Initiative => "state = 'open'",
        Thing::Need => "1 = 1",
        Thing::Story => "stage = 'open'",
        Thing::CaseOption => "exists (select 1 from guided_case where guided_case.id = case_option.guided_case and guided_case.state = 'open')",
    }
}

fn read(look: &mut Look, thing: Thing, and: &str, params: &[Value]) -> Result<Vec<Item>> {
    let bound: Vec<Value> = std::iter::once(look.scope.product_id()?.value()).chain(params.iter().cloned()).collect();
    let (table, columns) = (thing.word(), columns(thing));
    // Needs without a place follow those with one, the latest first.
    let order = if thing == Thing::Need { "case when place is null then 1 else 0 end, place, created_at desc, id" } else { "rank, id" };
    let sql = format!("select {columns} from {table} where product = $1 and removed_at is null {and} order by {order} limit {MOST_ITEMS}");
    let item = |mut row: kernel::Row| Ok(Item { id: row.take()?, number: row.take()?, title: row.take()?, rank: row.take()? });
    look.query(&sql, &bound)?.into_iter().map(item).collect()
}

/// The first things of a kind that are still to be decided on, in their order.
pub fn all(look: &mut Look, thing: Thing) -> Result<Vec<Item>> {
    read(look, thing, &format!("and {}", open(thing)), &[])
}

/// Things of a kind by their ids, in their order; those that were removed are left out.
pub fn by_ids(look: &mut Look, thing: Thing, ids: &[Uuid]) -> Result<Vec<Item>> {
    match ids {
        [] => Ok(vec![]),
        ids => read(look, thing, "and id in each($2)", &[list(ids.iter().copied())]),
    }
}

/// Things of a kind by number, key or id, each once, in the order in which they are named.
///
/// # Errors
/// `NotFound` where one of them is not there, `Invalid` where there are too many.
pub fn named(look: &mut Look, thing: Thing, refs: &[Ref]) -> Result<Vec<Item>> {
    if refs.len() > MOST_ITEMS {
        return Err(Refusal::invalid("items", format!("{} are too many at once; {MOST_ITEMS} fit.", refs.len())));
    }
    let (mut ids, mut numbers) = (vec![], vec![]);
    for at in refs {
        match at.resolve::<Score>(look.scope)? {
            Pointed::Id(id) => ids.push(id.0),
            Pointed::Number(_) if matches!(thing, Thing::Need | Thing::CaseOption) => return Err(Refusal::NotFound),
            Pointed::Number(number) => numbers.push(number),
        }
    }
    let mut found = by_ids(look, thing, &ids)?;
    if !numbers.is_empty() {
        found.extend(read(look, thing, "and number in numbers($2)", &[list(numbers)])?);
    }
    let mut named: Vec<Item> = vec![];
    for at in refs {
        let item = match at.resolve::<Score>(look.scope)? {
            Pointed::Id(id) => found.iter().find(|item| item.id == id.0),
            Pointed::Number(number) => found.iter().find(|item| item.number == Some(number)),
        };
        let item = item.ok_or(Refusal::NotFound)?;
        if !named.iter().any(|known| known.id == item.id) {
            named.push(item.clone());
        }
    }
    Ok(named)
}

/// Places for things in a new order: those that they have among themselves, so that whatever else stands between stays
/// where it is. What has no place yet follows.
pub(crate) fn places(order: &[Item]) -> Vec<Rank> {
    let mut ranks: Vec<Rank> = order.iter().filter_map(|item| item.rank.clone()).collect();
    ranks.sort();
    for at in 1..ranks.len() {
        // Two in the same place, or pushed into the next one, are parted.
        if ranks[at] <= ranks[at - 1] {
            let before = ranks[at - 1].clone();
            let next = ranks[at + 1..].iter().find(|rank| **rank > before).cloned();
            ranks[at] = Rank::between(Some(&before), next.as_ref());
        }
    }
    while ranks.len() < order.len() {
        ranks.push(Rank::between(ranks.last(), None));
    }
    ranks
}

/// The events that put things into an order.
pub(crate) fn ordered(look: &mut Look, thing: Thing, order: &[Item]) -> Result<Vec<Event>> {
    let mut before: Vec<&Item> = order.iter().collect();
    before.sort_by(|a, b| (a.rank.is_none(), &a.rank).cmp(&(b.rank.is_none(), &b.rank)));
    let stood: HashMap<Uuid, usize> = before.iter().enumerate().map(|(at, item)| (item.id, at + 1)).collect();
    let moves: Vec<Move> = order
        .iter()
        .zip(places(order))
        .enumerate()
        .filter(|(_, (item, rank))| item.rank.as_ref() != Some(rank))
        .map(|(at, (item, rank))| Move { id: item.id, rank, from: stood.get(&item.id).copied().unwrap_or(at + 1), to: at + 1 })
        .collect();
    match thing {
        Thing::Feature => events::<Feature>(look, &moves, "rank", |feature, rank| feature.rank = rank),
        Thing::Initiative => events::<Initiative>(look, &moves, "rank", |initiative, rank| initiative.rank = rank),
        Thing::Story => events::<Story>(look, &moves, "rank", |story, rank| story.rank = rank),
        Thing::Need => events::<Need>(look, &moves, "place", |need, rank| need.place = Some(rank)),
        Thing::CaseOption => events::<CaseOption>(look, &moves, "rank", |option, rank| option.rank = rank),
    }
}

struct Move {
    id: Uuid,
    rank: Rank,
    from: usize,
    to: usize,
}

fn events<T: Noun>(look: &mut Look, moves: &[Move], field: &str, put: fn(&mut T, Rank)) -> Result<Vec<Event>> {
    let found: Vec<T> = T::all(look, "and id in each($2)", &[list(moves.iter().map(|m| m.id))])?;
    let mut events = vec![];
    for step in moves {
        let Some(before) = found.iter().find(|thing| thing.meta().id == step.id) else { continue };
        let mut after = before.clone();
        put(&mut after, step.rank.clone());
        let said = (step.from != step.to).then(|| (web::ordinal(step.from as i64), web::ordinal(step.to as i64)));
        events.push(Event::changed(&ORDERED, before, &after).saying(field, said));
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(n: u128, rank: Option<&Rank>) -> Item {
        Item { id: Uuid::from_u128(n), number: None, title: String::new(), rank: rank.cloned() }
    }

    #[test]
    fn an_order_takes_the_places_that_there_are() {
        let a = Rank::between(None, None);
        let b = Rank::between(Some(&a), None);
        let c = Rank::between(Some(&b), None);
        assert_eq!(places(&[item(3, Some(&c)), item(1, Some(&a)), item(2, Some(&b))]), [a.clone(), b.clone(), c.clone()]);
        // What stands between and is not named keeps its place.
        assert_eq!(places(&[item(3, Some(&c)), item(1, Some(&a))]), [a.clone(), c.clone()]);
        let same = places(&[item(1, Some(&a)), item(2, Some(&a)), item(3, Some(&a)), item(4, Some(&b))]);
        assert!(same.windows(2).all(|pair| pair[0] < pair[1]), "{same:?}");
        let fresh = places(&[item(1, None), item(2, Some(&b)), item(3, None)]);
        assert!(fresh[0] == b && fresh.windows(2).all(|pair| pair[0] < pair[1]), "{fresh:?}");
        assert_eq!(places(&[]), []);
    }
}
