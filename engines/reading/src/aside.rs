//! Rows that cannot be used: named and set aside as long as they are few.

use crate::{Wrong, wrong};

/// More than these are counted, but not told.
const MOST_TOLD: usize = 20;

/// What was set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Row and reason.
    told: Vec<(usize, String)>,
    count: usize,
}

impl Aside {
    /// Sets a row aside, with the reason as the end of a sentence: *“soon” is no day that can be read*.
    pub fn row(&mut self, number: usize, reason: impl std::fmt::Display) {
        self.count += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push((number, reason.to_string()));
        }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// A sentence for each, and one for those that are not told.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let more = self.count - self.told.len();
        let rest = (more > 0).then(|| if more == 1 { "And one more row is.".to_owned() } else { format!("And {more} more rows are.") });
        self.told.iter().map(|(number, reason)| format!("Row {number} is left out: {reason}.")).chain(rest)
    }

    /// Whether so few were set aside that the others may speak for all: a quarter at most.
    ///
    /// # Errors
    /// They are more; the first of them are named.
    pub fn few(&self, of: usize) -> Result<(), Wrong> {
        if self.count * 4 <= of {
            return Ok(());
        }
        let first = self.told.iter().take(3).map(|(number, reason)| format!("Row {number}: {reason}.")).collect::<Vec<_>>().join(" ");
        wrong(match of {
            1 => first,
            _ => format!("{} of {of} rows cannot be used. {first}", self.count),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn few_are_told_and_many_refused() {
        let mut aside = Aside::default();
        aside.row(6, "it is odd");
        assert_eq!((aside.few(4), aside.sentences().collect::<Vec<_>>()), (Ok(()), vec!["Row 6 is left out: it is odd.".to_owned()]));
        assert_eq!(aside.few(3).unwrap_err().0, "1 of 3 rows cannot be used. Row 6: it is odd.");
        (0..30).for_each(|n| aside.row(n, "it is odd"));
        assert_eq!(aside.sentences().last().unwrap(), "And 11 more rows are.");
    }
}
