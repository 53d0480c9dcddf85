//! Places in a model's text, and what is wrong there.

/// A place: line and column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What is wrong with a model, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub at: Place,
    pub says: String,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.at.line {
            0 => f.write_str(&self.says),
            line => write!(f, "Line {line}, column {}: {}", self.at.column, self.says),
        }
    }
}

impl std::error::Error for Wrong {}

impl Place {
    pub(crate) fn wrong<T>(self, says: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong { at: self, says: says.into() })
    }
}

/// The known name that was probably meant: at most two slips away, and no more than a third of its letters.
pub(crate) fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).clamp(1, 2);
    known.map(|k| (slips(name, k), k)).filter(|(n, _)| *n <= most).min().map(|(_, k)| k)
}

/// Letters to insert, leave out or replace (Levenshtein 1965), without regard to case.
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_what_was_meant() {
        let known = ["price", "riders", "rides_per_day"];
        assert_eq!(meant("prise", known.into_iter()), Some("price"));
        assert_eq!(meant("Rides_per_dya", known.into_iter()), Some("rides_per_day"));
        assert_eq!(meant("profit", known.into_iter()), None);
    }
}
