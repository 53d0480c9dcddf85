//! Numbers: a key that begins as this product's keeps its number where nothing here has it.

use crate::{here::Here, plan::Plan};
use kernel::{Key, Scope};
use std::collections::HashSet;

/// Keys that are named in one sentence.
const NAMED: usize = 5;

/// The number that a key of another tool asks for here: `ORB-8` in the product ORB.
pub(crate) fn wished(scope: &Scope, key: &str) -> Option<i64> {
    let product = scope.product().ok()?;
    Key::parse(key.trim()).filter(|key| product.goes_by(&key.product) && (1..=product::MOST_NUMBER).contains(&key.number)).map(|key| key.number)
}

impl Plan {
    /// Says which number each new thing is to have. Once one keeps its own, those that cannot are numbered behind all that
    /// the file names, so that nobody takes the number of a later row.
    pub(crate) fn number(&mut self, here: &Here) {
        let scope = &here.scope;
        let mut given: HashSet<i64> = here.taken.clone();
        let new = |origin: &str| !here.stories.contains_key(origin);
        let keys: Vec<&str> = self
            .stories
            .iter()
            .filter(|d| new(&d.story.origin))
            .map(|d| d.key.as_str())
            .chain(self.feature_keys.iter().map(String::as_str))
            .collect();
        let asked: Vec<Option<i64>> = keys.iter().map(|key| wished(scope, key)).collect();
        let Some(highest) = asked.iter().flatten().max() else {
            let named = keys.iter().any(|key| crate::family::is_key(key));
            if named {
                self.report.notes.push(
                    "Each story gets a number of this product; its key in the file stays with it, is shown on it and found by the search.".into(),
                );
            }
            return;
        };
        let mut next = (*highest).max(here.last);
        let (mut kept, mut moved) = (0, vec![]);
        let numbers: Vec<i64> = asked
            .iter()
            .zip(&keys)
            .map(|(asked, key)| match asked.filter(|number| given.insert(*number)) {
                Some(number) => {
                    kept += 1;
                    number
                }
                None => {
                    next += 1;
                    if asked.is_some() {
                        moved.push(format!("{key} becomes {}", scope.key(next)));
                    }
                    next
                }
            })
            .collect();
        let mut numbers = numbers.into_iter();
        for drafted in self.stories.iter_mut().filter(|d| !here.stories.contains_key(&d.story.origin)) {
            drafted.story.number = numbers.next();
        }
        for feature in &mut self.features {
            feature.number = numbers.next();
        }
        if kept > 0 {
            self.report.notes.push(match kept {
                1 => "1 key stays as it is in the file.".into(),
                many => format!("{many} keys stay as they are in the file."),
            });
        }
        if !moved.is_empty() {
            let more = moved.len().saturating_sub(NAMED);
            let named = moved.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.report.notes.push(format!(
                "Something here has the number already: {named}{more}. The key of the file stays on the story, and is found by the search."
            ));
        }
    }
}
