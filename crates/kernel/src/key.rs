//! Keys such as `ORB-42`: one sequence per product for initiatives, features and stories.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A product's short key and a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub product: String,
    pub number: i64,
}

impl Key {
    /// Reads `ORB-42`; `None` when it does not look like a key.
    pub fn parse(text: &str) -> Option<Key> {
        let (product, number) = text.trim().rsplit_once('-')?;
        let number: i64 = number.parse().ok().filter(|n| *n > 0)?;
        Key::is_product_key(product).then(|| Key { product: product.to_owned(), number })
    }

    /// A product key is 2 to 8 capital letters or digits, starting with a letter.
    pub fn is_product_key(text: &str) -> bool {
        (2..=8).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && text.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.product, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn reads_keys() {
        assert_eq!(Key::parse("ORB-42").map(|k| k.to_string()).as_deref(), Some("ORB-42"));
        for bad in ["", "ORB", "orb-1", "ORB-0", "ORB--1", "ORB-x", "-3", "A-1"] {
            assert_eq!(Key::parse(bad), None, "{bad}");
        }
    }
}
