//! A letter as data: what it says, in parts, from which its text and its HTML are made.

/// A letter to one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letter {
    /// An e-mail address.
    pub to: String,
    pub subject: String,
    pub parts: Vec<Part>,
    /// The path below the house's address where one POST ends letters of this kind (RFC 8058).
    pub stop: Option<String>,
}

/// A part of a letter. Paths are below the house's address.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Text(String),
    Heading(String),
    /// What the letter is for.
    Button {
        says: String,
        path: String,
    },
    /// A line of a list, with a page to look at and a word more.
    Item {
        says: String,
        path: String,
        more: String,
    },
    /// In small print.
    Note(String),
}

/// Stands in a path for what is revealed only when the letter is sent.
pub const REVEALED: &str = "{revealed}";

impl Letter {
    pub fn new(to: impl Into<String>, subject: impl Into<String>) -> Letter {
        Letter { to: to.into(), subject: subject.into(), ..Letter::default() }
    }

    pub fn text(self, text: impl Into<String>) -> Letter {
        self.with(Part::Text(text.into()))
    }

    pub fn note(self, text: impl Into<String>) -> Letter {
        self.with(Part::Note(text.into()))
    }

    pub fn button(self, says: impl Into<String>, path: impl Into<String>) -> Letter {
        self.with(Part::Button { says: says.into(), path: path.into() })
    }

    pub fn with(mut self, part: Part) -> Letter {
        self.parts.push(part);
        self
    }

    /// With what was revealed in its place.
    pub fn revealing(mut self, word: &str) -> Letter {
        for part in &mut self.parts {
            if let Part::Button { path, .. } | Part::Item { path, .. } = part {
                *path = path.replace(REVEALED, word);
            }
        }
        self.stop = self.stop.map(|path| path.replace(REVEALED, word));
        self
    }
}
