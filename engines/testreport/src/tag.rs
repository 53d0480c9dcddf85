//! `@ORB-42.3` names the third criterion of story 42.

use crate::{MOST_NAME, clipped};
use std::fmt;

/// Characters of a product's key.
const MOST_KEY: usize = 10;
/// Criteria that one name, one property or one case names.
pub(crate) const MOST_TAGS: usize = 50;
/// Characters of a name or a property in which criteria are looked for.
const MOST_READ: usize = 4_000;

/// A criterion as tests name it. It holds its key in place: a report may name millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// Key of the product, in capitals, with zeros behind it.
    key: [u8; MOST_KEY],
    pub story: u32,
    pub criterion: u32,
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}.{}", self.product(), self.story, self.criterion)
    }
}

impl Tag {
    /// `ORB-42.3`, with or without the sign in front, whatever case.
    pub fn parse(word: &str) -> Option<Tag> {
        let word = word.trim();
        let (product, rest) = word.strip_prefix('@').unwrap_or(word).split_once('-')?;
        let (story, criterion) = rest.split_once('.')?;
        let is_key = (2..=MOST_KEY).contains(&product.len())
            && product.starts_with(|c: char| c.is_ascii_alphabetic())
            && product.bytes().all(|b| b.is_ascii_alphanumeric());
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten().filter(|n| *n > 0);
        if !is_key {
            return None;
        }
        let mut key = [0; MOST_KEY];
        key.iter_mut().zip(product.bytes()).for_each(|(into, byte)| *into = byte.to_ascii_uppercase());
        Some(Tag { key, story: number(story)?, criterion: number(criterion)? })
    }

    /// Key of the product, in capitals.
    pub fn product(&self) -> &str {
        let length = self.key.iter().position(|byte| *byte == 0).unwrap_or(MOST_KEY);
        str::from_utf8(&self.key[..length]).unwrap_or_default()
    }
}

/// Of a name or a property as much as is looked at: whoever shares it, or repeats it, costs no more than that. A tag is
/// not cut apart.
fn looked_at(text: &str) -> &str {
    let text = text.trim_start();
    match text.char_indices().nth(MOST_READ) {
        None => text,
        Some((end, _)) => {
            let kept = &text[..end];
            kept.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).map_or(kept, |at| &kept[..at])
        }
    }
}

/// Adds to criteria those that are not among them, as many as are kept.
pub(crate) fn add(tags: &mut Vec<Tag>, found: impl IntoIterator<Item = Tag>) {
    for tag in found {
        if tags.len() == MOST_TAGS {
            return;
        }
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
}

/// A name as it stands in a report: as much of it as is kept, and the criteria that it names. Both are read once, however
/// many cases belong to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Name {
    pub text: String,
    pub tags: Vec<Tag>,
}

impl Name {
    pub fn of(text: &str) -> Name {
        let (text, mut tags) = (looked_at(text), vec![]);
        add(&mut tags, tags_in(text));
        Name { text: clipped(text, MOST_NAME), tags }
    }
}

/// The criteria that a text names with the sign in front: in the name of a test, among tags.
pub fn tags_in(text: &str) -> impl Iterator<Item = Tag> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(rest.len());
        // A full stop behind it belongs to the sentence.
        Tag::parse(rest[..end].trim_end_matches(['.', '-']))
    })
}

/// The criteria in the value of a property, where the sign may be left out.
pub(crate) fn tags_of(value: &str) -> impl Iterator<Item = Tag> + '_ {
    value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter_map(Tag::parse)
}

/// The properties that name criteria without the sign in front.
const NAMING: &[&str] = &["criterion", "criteria", "requirement", "requirements", "tandem"];

/// Adds the criteria that a property names.
pub(crate) fn add_named(tags: &mut Vec<Tag>, property: &str, value: &str) {
    let property = looked_at(property).to_ascii_lowercase();
    let last = property.rsplit(['.', ':', '_']).next().unwrap_or_default();
    let value = looked_at(value);
    if NAMING.contains(&last) { add(tags, tags_of(value)) } else { add(tags, tags_in(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        tags_in(text).map(|tag| tag.to_string()).collect()
    }

    #[test]
    fn tags_are_found_in_names_and_nothing_else_is() {
        assert_eq!(told("keeps the list (@ORB-42.3)"), ["ORB-42.3"]);
        assert_eq!(told("@orb-42.3 @ORB-7.1. and @ORB-7.2, too"), ["ORB-42.3", "ORB-7.1", "ORB-7.2"]);
        for none in
            ["ORB-42.3", "@ORB-42", "@ORB-42.", "a@b.de", "@ORB-42.3.4", "@O-1.1", "@ORB-0.1", "@1RB-1.1", "@ORB-99999999999.1", "@", "@ORB-+1.1"]
        {
            assert_eq!(told(none), [] as [&str; 0], "{none}");
        }
    }

    #[test]
    fn a_property_names_several() {
        let told: Vec<String> = tags_of("ORB-42.3, @ORB-42.4;none").map(|tag| tag.to_string()).collect();
        assert_eq!(told, ["ORB-42.3", "ORB-42.4"]);
    }

    #[test]
    fn of_a_name_no_more_is_read_than_its_beginning() {
        let long = format!("{}@ORB-1.1 {} @ORB-2.15", " ".repeat(9_000), "x".repeat(3_982));
        let name = Name::of(&long);
        assert_eq!(name.tags.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ORB-1.1"], "a tag is not cut apart");
        assert_eq!(name.text.chars().count(), MOST_NAME + 1);
        let many: String = (1..500).map(|n| format!("@ORB-1.{n} ")).collect();
        assert_eq!(Name::of(&many).tags.len(), MOST_TAGS);
        let mut tags = vec![];
        add_named(&mut tags, "requirement", &many.replace('@', ""));
        assert_eq!(tags.len(), MOST_TAGS);
        assert_eq!((Tag::parse("abcdefghij-1.2").unwrap().product(), size_of::<Tag>()), ("ABCDEFGHIJ", 20));
    }
}
