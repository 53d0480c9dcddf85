//! `@ORB-42.3` names the third criterion of story 42.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A criterion as tests name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tag {
    /// Key of the product, in capitals.
    pub product: String,
    pub story: u32,
    pub criterion: u32,
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}.{}", self.product, self.story, self.criterion)
    }
}

impl Tag {
    /// `ORB-42.3`, with or without the sign in front, whatever case.
    pub fn parse(word: &str) -> Option<Tag> {
        let word = word.trim();
        let (product, rest) = word.strip_prefix('@').unwrap_or(word).split_once('-')?;
        let (story, criterion) = rest.split_once('.')?;
        let key = (2..=10).contains(&product.len())
            && product.starts_with(|c: char| c.is_ascii_alphabetic())
            && product.bytes().all(|b| b.is_ascii_alphanumeric());
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten().filter(|n| *n > 0);
        key.then(|| Some(Tag { product: product.to_ascii_uppercase(), story: number(story)?, criterion: number(criterion)? }))?
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
pub(crate) fn tags_of(value: &str) -> Vec<Tag> {
    value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter_map(Tag::parse).collect()
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
        let told: Vec<String> = tags_of("ORB-42.3, @ORB-42.4;none").iter().map(Tag::to_string).collect();
        assert_eq!(told, ["ORB-42.3", "ORB-42.4"]);
    }
}
