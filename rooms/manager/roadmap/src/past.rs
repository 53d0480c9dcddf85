//! The roadmap as it stood at a past moment.

use crate::{model::*, rows::Reasons};
use customers::Need;
use kernel::{Look, Noun, Relation, Result, Tie, Uuid, list};
use std::{cmp::Ordering, collections::HashMap};
use strategy::Objective;

/// A noun's things as they were, in their order then.
pub(crate) fn things<T: Noun>(look: &mut Look, at: i64, order: impl Fn(&T, &T) -> Ordering) -> Result<Vec<T>> {
    let mut things = activity::things_as_of::<T>(look, at, "", &[])?;
    things.sort_by(order);
    Ok(things)
}

/// What initiatives served and addressed then, as it was called then.
pub(crate) fn reasons(look: &mut Look, at: i64, initiatives: &[Initiative]) -> Result<Reasons> {
    let from = list(initiatives.iter().map(|i| i.meta.id));
    let mut links = activity::things_as_of::<Relation>(look, at, "and from_id in each($3)", &[from])?;
    links.retain(|link| matches!(link.verb, Tie::Serves | Tie::Addresses));
    links.sort_by_key(|link| (link.verb != Tie::Serves, link.meta.id));
    let mut called: HashMap<Uuid, (&str, String)> = HashMap::new();
    let among = |verb| list(links.iter().filter(|link| link.verb == verb).map(|link| link.to_id));
    for objective in activity::things_as_of::<Objective>(look, at, "and id in each($3)", &[among(Tie::Serves)])? {
        called.insert(objective.meta.id, ("objective", objective.title));
    }
    for need in activity::things_as_of::<Need>(look, at, "and id in each($3)", &[among(Tie::Addresses)])? {
        called.insert(need.meta.id, ("need", need.title));
    }
    let mut reasons = Reasons::new();
    for link in links {
        if let Some((noun, title)) = called.get(&link.to_id) {
            reasons.entry(link.from_id).or_default().push(((*noun).to_owned(), link.to_id, title.clone()));
        }
    }
    Ok(reasons)
}
