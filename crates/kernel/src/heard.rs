//! What other people hear of a noun, said once in its `about`. Whoever tells them reads it here and knows no noun by name.

use crate::Change;

/// Who hears what of a noun.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// Fields with Markdown, in which people may be named.
    pub texts: &'static [&'static str],
    /// Fields with a member whose matter it is: who works on it, who put it forward. They watch it without saying so.
    pub whose: &'static [&'static str],
    /// Fields with a list of members who are named by it; they watch it too.
    pub names: &'static [&'static str],
    /// Fields with the members of whom a new one asks something.
    pub asks: &'static [&'static str],
    /// Fields whose change those who watch it hear of.
    pub news: &'static [&'static str],
    /// Fields that are news where they come to hold a word: a criterion that begins to fail.
    pub turns: &'static [(&'static str, &'static str)],
    /// A new one is news to those who watch what it is part of.
    pub new: bool,
    /// A new one is news to everyone in the product: each is asked whether it is theirs too.
    pub everyone: bool,
    /// Fields with the member, or the list of members, to whom a new one is addressed.
    pub addressed: &'static [&'static str],
    /// The field that points at the one of its kind which it answers.
    pub answers: &'static str,
}

impl Heard {
    /// Nobody hears of it.
    pub const NOTHING: Heard =
        Heard { texts: &[], whose: &[], names: &[], asks: &[], news: &[], turns: &[], new: false, everyone: false, addressed: &[], answers: "" };

    /// Whether anything of it is ever news.
    pub const fn is_said(&self) -> bool {
        self.new || self.everyone || !self.news.is_empty() || !self.turns.is_empty() || !self.addressed.is_empty()
    }

    /// Whether a change of a field is news.
    pub fn is_news(&self, change: &Change) -> bool {
        let turned = |(field, word): &(&str, &str)| change.field == *field && change.to.words() == *word;
        self.news.contains(&change.field.as_str()) || self.turns.iter().any(turned)
    }
}
