//! What is wrong with a challenge, and where.

/// A sentence about a place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The path within the challenge's folder; empty where the folder itself is meant.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    pub says: String,
}

impl Fault {
    pub(crate) fn of(file: &str, line: usize, says: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line, says: says.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.file.as_str(), self.line) {
            ("", _) => f.write_str(&self.says),
            (file, 0) => write!(f, "{file}: {}", self.says),
            (file, line) => write!(f, "{file}, line {line}: {}", self.says),
        }
    }
}

impl std::error::Error for Fault {}
