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

/// What has to be over before something else is.
#[derive(Default)]
pub(crate) struct Ahead {
    /// What was said to wait.
    pub waits: Vec<Wait>,
    /// Features that wait for something, each with its bet: no bet is over before what it is made of.
    pub parts: Vec<Wait>,
}

impl Ahead {
    /// All that stands today. A link whose end was taken off the roadmap holds nothing up.
    pub fn read(look: &mut Look) -> Result<Ahead> {
        let product = look.scope.product_id()?;
        let stands = |end: &str| {
            let one = |noun: &str| format!("exists (select 1 from {noun} where {noun}.id = relation.{end} and {noun}.removed_at is null)");
            format!("({} or {})", one("initiative"), one("feature"))
        };
        let sql = format!(
            "select relation.from_id as came, relation.to_id as went, cast(0 as bigint) as part, relation.created_at as noted, relation.id as link
             from relation
             where relation.product = $1 and relation.verb = 'blocks' and relation.from_noun in each($2) and relation.to_noun in each($2)
             and relation.removed_at is null and {} and {}
             union all
             select feature.id, feature.initiative, cast(1 as bigint), relation.created_at, relation.id
             from relation join feature on feature.id = relation.to_id join initiative on initiative.id = feature.initiative
             where relation.product = $1 and relation.verb = 'blocks' and relation.removed_at is null
             and feature.removed_at is null and initiative.removed_at is null
             order by noted, link, part",
            stands("from_id"),
            stands("to_id")
        );
        let mut ahead = Ahead::default();
        for mut row in look.query(&sql, &[product.value(), list(["initiative".to_owned(), "feature".to_owned()])])? {
            let wait: Wait = (row.take()?, row.take()?);
            match row.take::<i64>()? {
                0 => ahead.waits.push(wait),
                _ => ahead.parts.push(wait),
            }
        }
        Ok(ahead)
    }

    fn all(&self) -> Vec<Wait> {
        [self.waits.as_slice(), self.parts.as_slice()].concat()
    }

    /// Which steps of a way are there because one is part of the other: " (ORB-4 is part of ORB-1)".
    fn made_of(&self, way: &[Uuid], keys: &[String]) -> String {
        let steps = way.iter().zip(way.iter().skip(1)).zip(keys.iter().zip(keys.iter().skip(1)));
        let parts = steps.filter(|((a, b), _)| !self.waits.contains(&(**a, **b)));
        let told: Vec<String> = parts.map(|(_, (part, whole))| format!("{part} is part of {whole}")).collect();
        if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
    }

    /// What can never come, because it waits for itself by way of others: each round once, by the keys along it.
    pub fn rounds(&self, look: &mut Look) -> Result<Vec<Vec<String>>> {
        let rounds = rounds(&self.all());
        if rounds.is_empty() {
            return Ok(vec![]);
        }
        let mut keys = keys(look, &rounds.concat())?.into_iter();
        Ok(rounds.iter().map(|round| keys.by_ref().take(round.len()).collect()).collect())
    }
}

/// Each way that leads back to where it began, once for what stands on it. Nothing lets one in; but an undo may bring one
/// back, and so may a feature that becomes part of another bet.
fn rounds(ahead: &[Wait]) -> Vec<Vec<Uuid>> {
    let mut left = ahead.to_vec();
    loop {
        // What nothing leads to, and what leads nowhere, is on no way back.
        let (firsts, thens): (HashSet<Uuid>, HashSet<Uuid>) = left.iter().copied().unzip();
        let before = left.len();
        left.retain(|(first, then)| thens.contains(first) && firsts.contains(then));
        if left.len() == before {
            break;
        }
    }
    let mut told: HashSet<Uuid> = HashSet::new();
    let mut rounds = vec![];
    for (first, then) in &left {
        if told.contains(first) {
            continue;
        }
        if let Some(way) = way(&left, *then, *first) {
            told.extend(&way);
            rounds.push(way);
        }
    }
    rounds
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
        let mut ahead = Ahead::read(look)?;
        if let Item::Part(Feature { initiative: Some(bet), .. }) = &item {
            ahead.parts.push((item.id(), bet.0));
        }
        let circle = match way(&ahead.all(), item.id(), on.id()) {
            None => None,
            Some(way) if way.len() == 1 => Some("Nothing waits for itself.".to_owned()),
            Some(way) => {
                let keys = keys(look, &way)?;
                let (first, last) = (keys.first().cloned().unwrap_or_default(), keys.last().cloned().unwrap_or_default());
                let between = match keys.get(1..keys.len() - 1) {
                    Some([]) | None => String::new(),
                    Some(between) => format!(" by way of {}", between.join(", ")),
                };
                let made = ahead.made_of(&way, &keys);
                Some(format!("{last} waits for {first}{between} already{made}: they would wait for each other, and neither could ever come."))
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

    #[test]
    fn ways_that_lead_back_are_found_once_each() {
        let ahead = [(id(9), id(1)), (id(1), id(2)), (id(2), id(3)), (id(3), id(1)), (id(3), id(4)), (id(5), id(6)), (id(6), id(5)), (id(4), id(7))];
        let found = rounds(&ahead);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].len() == 3 && found[1].len() == 2 && !found.concat().contains(&id(4)));
        assert!(rounds(&ahead[..3]).is_empty());
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
            prop_assert!(rounds(&waits).is_empty());
        }
    }
}
