//! What waits for what on the roadmap: one bet or feature cannot be over before another is. Never round in a circle.

use crate::{events::*, model::*, rows};
use kernel::{Column, Command, Decided, Look, Moment, Ref, Refusal, Relation, Result, Scope, Tie, Uuid, command, list, relation::Ends};
use std::collections::{HashMap, HashSet};

/// An initiative or a feature.
#[derive(Clone, Debug)]
pub enum Item {
    Bet(Initiative),
    Part(Feature),
}

impl Item {
    /// By number, key or id.
    pub(crate) fn find(look: &mut Look, at: &Ref) -> Result<Item> {
        match rows::initiative(look, at) {
            Err(Refusal::NotFound) => Ok(Item::Part(rows::feature(look, at)?)),
            found => found.map(Item::Bet),
        }
    }

    pub fn id(&self) -> Uuid {
        match self {
            Item::Bet(i) => i.meta.id,
            Item::Part(f) => f.meta.id,
        }
    }

    fn ends(look: &mut Look, first: &Item, then: &Item) -> Result<Ends> {
        match (first, then) {
            (Item::Bet(a), Item::Bet(b)) => Ends::read(look, a, Tie::Blocks, b),
            (Item::Bet(a), Item::Part(b)) => Ends::read(look, a, Tie::Blocks, b),
            (Item::Part(a), Item::Bet(b)) => Ends::read(look, a, Tie::Blocks, b),
            (Item::Part(a), Item::Part(b)) => Ends::read(look, a, Tie::Blocks, b),
        }
    }
}

/// That one waits for another, by their ids: what comes first, and what waits for it.
pub(crate) type Wait = (Uuid, Uuid);

/// Everything on the roadmap that waits for something else.
pub(crate) fn waits(look: &mut Look) -> Result<Vec<Wait>> {
    let product = look.scope.product_id()?;
    let ours = list(["initiative".to_owned(), "feature".to_owned()]);
    let rows = look.query(
        "select from_id, to_id from relation where product = $1 and verb = 'blocks' and from_noun in each($2) and to_noun in each($2)
         and removed_at is null order by created_at, id",
        &[product.value(), ours],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The way from one to another along what waits for what, both included; nothing where there is none.
fn way(waits: &[Wait], from: Uuid, to: Uuid) -> Option<Vec<Uuid>> {
    let mut came: HashMap<Uuid, Uuid> = HashMap::new();
    let mut seen: HashSet<Uuid> = HashSet::from([from]);
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if at == to {
            let mut way = vec![to];
            let mut back = to;
            while let Some(before) = came.get(&back) {
                way.push(*before);
                back = *before;
            }
            way.reverse();
            return Some(way);
        }
        for (_, then) in waits.iter().filter(|(first, _)| *first == at) {
            if seen.insert(*then) {
                came.insert(*then, at);
                next.push(*then);
            }
        }
    }
    None
}

/// The keys of some bets and features.
fn keys(look: &mut Look, ids: &[Uuid]) -> Result<Vec<String>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select id, number from initiative where product = $1 and id in each($2) union all select id, number from feature where product = $1 and id in each($2)",
        &[product.value(), list(ids.iter().copied())],
    )?;
    let known: HashMap<Uuid, i64> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    Ok(ids.iter().map(|id| known.get(id).map_or_else(|| "something".to_owned(), |number| look.scope.key(*number))).collect())
}

command! {
    /// Says that a bet or a feature waits for another one.
    pub struct AddDependency in "dependency.add" at Post "/products/{product}/dependencies" [Roadmap] {
        /// What waits: number, key or id.
        pub item: Ref,
        /// What it waits for.
        pub on: Ref,
    }
}

/// The link, and why there cannot be one.
pub struct Waiting {
    ends: Ends,
    circle: Option<String>,
}

impl Command for AddDependency {
    type Before = Waiting;

    fn load(&self, look: &mut Look) -> Result<Waiting> {
        let (item, on) = (Item::find(look, &self.item)?, Item::find(look, &self.on)?);
        let ends = Item::ends(look, &on, &item)?;
        let waits = waits(look)?;
        let circle = match way(&waits, item.id(), on.id()) {
            None => None,
            Some(way) if way.len() == 1 => Some("Nothing waits for itself.".to_owned()),
            Some(way) => {
                let keys = keys(look, &way)?;
                let (first, last) = (keys.first().cloned().unwrap_or_default(), keys.last().cloned().unwrap_or_default());
                let between = match keys.get(1..keys.len() - 1) {
                    Some([]) | None => String::new(),
                    Some(between) => format!(" by way of {}", between.join(", ")),
                };
                Some(format!("{last} waits for {first}{between} already: they would wait for each other, and neither could ever come."))
            }
        };
        Ok(Waiting { ends, circle })
    }
    fn title(&self, before: &Waiting) -> String {
        format!("Link: {}", before.ends.told())
    }
    fn decide(self, before: Waiting, moment: &Moment, scope: &Scope) -> Result<Decided> {
        match before.circle {
            Some(why) => Err(Refusal::invalid("on", why)),
            None => Ok(before.ends.link(&INITIATIVE_LINKED, moment, scope.product_id()?)?.into()),
        }
    }
}

command! {
    /// Takes back that a bet or a feature waits for another one.
    pub struct RemoveDependency in "dependency.remove" at Delete "/products/{product}/dependencies/{item}/{on}" [Roadmap] {
        /// What waits: number, key or id.
        pub item: Ref,
        /// What it waits for.
        pub on: Ref,
    }
}

impl Command for RemoveDependency {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let (item, on) = (Item::find(look, &self.item)?, Item::find(look, &self.on)?);
        Item::ends(look, &on, &item)
    }
    fn title(&self, before: &Ends) -> String {
        format!("Unlink: {}", before.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&INITIATIVE_UNLINKED, moment.now)?.into())
    }
}

/// Something that another one waits for, or that waits for it.
pub(crate) struct Neighbour {
    pub number: i64,
    pub title: String,
    /// It comes first, and the one at hand waits for it.
    pub first: bool,
}

/// What a bet or a feature waits for, and what waits for it.
pub(crate) fn around(look: &mut Look, id: Uuid) -> Result<Vec<Neighbour>> {
    let product = look.scope.product_id()?;
    let side = |noun: &str, mine: &str, other: &str, first: i64| {
        format!(
            "select {noun}.number, {noun}.title, cast({first} as bigint) from relation join {noun} on {noun}.id = relation.{other}
             where relation.product = $1 and relation.verb = 'blocks' and relation.{mine} = $2 and relation.removed_at is null and {noun}.removed_at is null"
        )
    };
    let sides: Vec<String> =
        ["initiative", "feature"].iter().flat_map(|noun| [side(noun, "to_id", "from_id", 1), side(noun, "from_id", "to_id", 0)]).collect();
    let rows = look.query(&sides.join(" union all "), &[product.value(), id.value()])?;
    rows.into_iter().map(|mut row| Ok(Neighbour { number: row.take()?, title: row.take()?, first: row.take::<i64>()? == 1 })).collect()
}

/// As a past day had them, by the ids of those that stood then.
pub(crate) fn waits_then(look: &mut Look, at: i64, ids: &[Uuid]) -> Result<Vec<Wait>> {
    let mut links = activity::things_as_of::<Relation>(look, at, "and from_id in each($3) and verb = 'blocks'", &[list(ids.iter().copied())])?;
    links.sort_by_key(|link| (link.meta.created_at, link.meta.id));
    Ok(links.into_iter().map(|link| (link.from_id, link.to_id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn a_way_is_found_along_what_waits() {
        let waits = [(id(1), id(2)), (id(2), id(3)), (id(1), id(4))];
        assert_eq!(way(&waits, id(1), id(3)), Some(vec![id(1), id(2), id(3)]));
        assert_eq!(way(&waits, id(3), id(1)), None);
        assert_eq!(way(&waits, id(4), id(4)), Some(vec![id(4)]));
    }

    proptest! {
        #[test]
        fn what_is_let_in_never_goes_round(wished in prop::collection::vec((0_u128..9, 0_u128..9), 0..40)) {
            let mut waits: Vec<Wait> = vec![];
            for (on, item) in wished {
                if way(&waits, id(item), id(on)).is_none() {
                    waits.push((id(on), id(item)));
                }
            }
            for n in 0..9 {
                let round = waits.iter().filter(|(first, _)| *first == id(n)).any(|(_, then)| way(&waits, *then, id(n)).is_some());
                prop_assert!(!round, "{n} waits for itself: {waits:?}");
            }
        }
    }
}
