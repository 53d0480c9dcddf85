//! Erasing a person's data: what is asked for, and how their name is taken out of a text. It is the one thing that
//! changes what stands in the record; that it was done stands there too.

use uuid::Uuid;

/// What a person is called from then on, alone and within a sentence.
pub const FORMER: &str = "A former member";
const NAMED: &str = "a former member";
/// What stands where their own words were.
pub const ERASED: &str = "(erased)";

/// What is erased of a member, besides their account.
#[derive(Clone, Debug)]
pub struct Erasure {
    pub member: Uuid,
    pub name: String,
    pub email: String,
    /// What else they are called.
    pub words: Vec<String>,
    /// Also what they said in their own words.
    pub said: bool,
    /// Also the files that they brought.
    pub files: bool,
}

/// What a noun has of a member's own words: the field that names them, the fields with the words, and a field that says
/// they are somebody else's where it is not empty.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub by: &'static str,
    pub words: &'static [&'static str],
    pub unless: &'static str,
}

/// Where words of one thing stand in another: found by the field that points from the one to the other, so that an erasure
/// reaches them without looking for words.
#[derive(Clone, Copy, Debug)]
pub struct Copied {
    /// The field that points.
    pub by: &'static str,
    pub way: Way,
    /// The field that holds the words: of this noun, or with [`Way::Into`] of the one that is pointed at.
    pub field: &'static str,
    pub goes: Goes,
}

/// From where to where words were copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Out of what `by` points at, into this.
    From,
    /// Out of this, into what `by` points at.
    Into,
    /// Out of others that point at the same by `by`, into this.
    Beside,
}

/// What goes where words were copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// All of it: it was taken from there, word for word.
    Whole,
    /// All of it, where it says the same as what was said there.
    Same,
    /// What stands within its JSON under `quote` or `quotes`.
    Quotes,
    /// Lines that quote what was said there, as Markdown does.
    Lines,
}

/// Fields of a thing of which nothing stays in the record but what they hold once an act is done: what somebody without an
/// account said, and how they called themselves.
#[derive(Clone, Debug)]
pub struct Wipe {
    pub noun: &'static str,
    pub id: Uuid,
    pub fields: &'static [&'static str],
    /// Its lines are called by what goes.
    pub called: bool,
    /// What it said, wherever else that is quoted: in proposals, in lines about other things.
    pub said: Vec<String>,
}

/// Names to be taken out of texts: whole words, whichever letters are large.
pub struct Names(Vec<String>, &'static str);

impl Names {
    /// The longest first, so that a whole name goes before a part of it.
    pub fn new(names: impl IntoIterator<Item = String>) -> Names {
        let mut names: Vec<String> = names.into_iter().map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Names(names, NAMED)
    }

    /// Words of somebody, in whose place it is told that they were erased.
    pub fn words(said: impl IntoIterator<Item = String>) -> Names {
        Names(Names::new(said).0, ERASED)
    }

    /// The text without them; nothing where none of them stands in it.
    pub fn taken_out(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        if !self.0.iter().any(|name| lower.contains(name.as_str())) {
            return None;
        }
        let (mut out, mut rest) = (String::with_capacity(text.len()), text);
        let mut found = false;
        while let Some(next) = rest.chars().next() {
            match self.0.iter().find_map(|name| starts(rest, name).filter(|_| ends_word(&out))) {
                Some(length) => {
                    out.push_str(self.1);
                    rest = &rest[length..];
                    found = true;
                }
                None => {
                    out.push(next);
                    rest = &rest[next.len_utf8()..];
                }
            }
        }
        found.then_some(out)
    }
}

/// How many bytes of a text a name takes up at its start, where it ends there with a word.
fn starts(text: &str, name: &str) -> Option<usize> {
    let (mut wanted, mut length) = (name.chars().peekable(), 0);
    for c in text.chars() {
        if wanted.peek().is_none() {
            break;
        }
        for low in c.to_lowercase() {
            if wanted.next() != Some(low) {
                return None;
            }
        }
        length += c.len_utf8();
    }
    (wanted.peek().is_none() && !text[length..].starts_with(char::is_alphanumeric)).then_some(length)
}

/// Whether a new word may begin behind a text. In JSON a line's end is written as a letter behind a stroke.
fn ends_word(text: &str) -> bool {
    let mut back = text.chars().rev();
    match back.next() {
        Some('n' | 't' | 'r') => back.next() == Some('\\'),
        Some(last) => !last.is_alphanumeric(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(text: &str) -> Option<String> {
        Names::new(["Ada Núñez".to_owned(), "ada@x.org".to_owned(), "Ada".to_owned()]).taken_out(text)
    }

    #[test]
    fn a_name_goes_as_a_whole_word_and_the_longest_first() {
        assert_eq!(out("ADA NÚÑEZ said so, and Ada again.").as_deref(), Some("a former member said so, and a former member again."));
        assert_eq!(out("Write to ada@x.org!").as_deref(), Some("Write to a former member!"));
        assert_eq!(out("[\"x\\nAda\"]").as_deref(), Some("[\"x\\na former member\"]"), "within JSON");
        for other in ["Adapter", "Canada", "", "nada@x.org.uk", "Nobody"] {
            assert_eq!(out(other), None, "{other}");
        }
    }

    #[test]
    fn letters_that_change_their_length_take_nothing_apart() {
        assert_eq!(Names::new(["İnci".to_owned()]).taken_out("x İNCI y"), Some("x a former member y".into()));
        assert_eq!(Names::new(["ß".to_owned()]).taken_out("Straße"), None);
    }
}
