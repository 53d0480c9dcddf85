//! Who is named in a text: `@` and a name, an address or a hat, as it is typed or completed.

use kernel::{Hat, Uuid};
use std::collections::BTreeSet;

/// Somebody who can be named.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub hats: Vec<Hat>,
}

/// Everybody whom a text names.
pub fn named(text: &str, people: &[Person]) -> BTreeSet<Uuid> {
    let mut found = BTreeSet::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        // In an address or in the middle of a word it names nobody.
        if c == '@' && !before.is_some_and(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '/')) {
            found.extend(at_the_beginning(&text[at + 1..], people));
        }
        before = Some(c);
    }
    found
}

/// Whom a text names now and did not name before.
pub fn newly_named(before: &str, now: &str, people: &[Person]) -> BTreeSet<Uuid> {
    let known = named(before, people);
    named(now, people).into_iter().filter(|id| !known.contains(id)).collect()
}

/// Whose name a text begins with: the longest that fits, a whole one before a first name that only one of them has.
fn at_the_beginning(text: &str, people: &[Person]) -> Vec<Uuid> {
    let mut best = (0, vec![]);
    let mut fits = |length: usize, id: Uuid| match length.cmp(&best.0) {
        _ if length == 0 => {}
        std::cmp::Ordering::Greater => best = (length, vec![id]),
        std::cmp::Ordering::Equal => best.1.push(id),
        std::cmp::Ordering::Less => {}
    };
    for person in people {
        let hats = person.hats.iter().map(|hat| hat.word());
        let longest = [person.name.as_str(), &person.email].into_iter().chain(hats).map(|name| begins_with(text, name)).max();
        fits(longest.unwrap_or(0), person.id);
    }
    if best.0 > 0 {
        return best.1;
    }
    let first = |person: &&Person| person.name.split_whitespace().next().is_some_and(|first| begins_with(text, first) > 0);
    match people.iter().filter(first).collect::<Vec<_>>().as_slice() {
        [one] => vec![one.id],
        _ => vec![],
    }
}

/// How much of a text a name takes up at its beginning, whatever the case; nothing where a word goes on.
fn begins_with(text: &str, name: &str) -> usize {
    if name.is_empty() {
        return 0;
    }
    let mut rest = text.char_indices();
    for wanted in name.chars() {
        match rest.next() {
            Some((_, c)) if c == wanted || c.to_lowercase().eq(wanted.to_lowercase()) => {}
            _ => return 0,
        }
    }
    match rest.next() {
        None => text.len(),
        Some((_, c)) if c.is_alphanumeric() || c == '_' => 0,
        Some((at, _)) => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Vec<Person> {
        [("Mara Lind", "mara@x.org", Hat::Manager), ("Tomas Berg", "tomas@x.org", Hat::Owner), ("Mara Lindqvist", "ml@x.org", Hat::Developer)]
            .into_iter()
            .enumerate()
            .map(|(n, (name, email, hat))| Person { id: Uuid::from_u128(n as u128), name: name.into(), email: email.into(), hats: vec![hat] })
            .collect()
    }

    fn told(text: &str) -> Vec<u128> {
        named(text, &team()).into_iter().map(|id| id.as_u128()).collect()
    }

    #[test]
    fn people_are_named_by_name_address_and_hat() {
        assert_eq!(told("@Mara Lind, what do you think?"), [0]);
        assert_eq!(told("(@mara lindqvist)"), [2], "the longest name that fits");
        assert_eq!(told("Ask @tomas. And @MARA LIND!"), [0, 1]);
        assert_eq!(told("@ml@x.org knows"), [2]);
        assert_eq!(told("@Owner and @developer decide"), [1, 2]);
        assert_eq!(told("@Tomas's idea"), [1]);
    }

    #[test]
    fn what_only_looks_like_a_name_names_nobody() {
        for text in ["mail tomas@x.org", "@Mara", "@tomasz", "@", "@ Tomas", "", "https://x.org/@tomas", "@nobody", "@Ownership"] {
            assert_eq!(told(text), [] as [u128; 0], "{text}");
        }
    }

    #[test]
    fn whoever_was_named_before_is_not_named_again() {
        let new = newly_named("@Tomas look", "@Tomas look, and @Mara Lind", &team());
        assert_eq!(new.into_iter().map(|id| id.as_u128()).collect::<Vec<_>>(), [0]);
    }
}
