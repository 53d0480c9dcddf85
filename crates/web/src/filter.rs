//! Filters of a list: words to look for, and `name:value` for what a thing is. They are typed into one bar, shown as
//! chips that can be taken away, and kept in the address, so that what one sees can be shared. Each room says its terms.

use crate::text::{encode, pairs};
use kernel::{Refusal, Result};

/// Something that a list can be narrowed by.
pub struct Term {
    /// How it is written, and called in the address.
    pub name: &'static str,
    /// How else it may be written.
    pub also: &'static [&'static str],
    /// What it is called on the screen.
    pub says: &'static str,
    /// The values that it takes, each with its words.
    pub values: &'static [(&'static str, &'static str)],
    /// Whether it takes others too: a name, a key.
    pub open: bool,
}

/// What a list is narrowed by.
pub struct Filter {
    pub terms: &'static [Term],
    words: String,
    set: Vec<(&'static Term, String)>,
}

/// What is written is read as one of these.
enum Part {
    Word(String),
    Set(&'static Term, String),
}

impl Filter {
    /// From what was typed and what the address says already; what was typed last holds.
    pub fn read(terms: &'static [Term], typed: &str, said: &[(&str, &str)]) -> Filter {
        let mut filter = Filter { terms, words: String::new(), set: vec![] };
        for (name, value) in said.iter().filter(|(_, value)| !value.trim().is_empty()) {
            if let Some(term) = terms.iter().find(|term| term.name == *name) {
                filter.put(term, value.trim().to_owned());
            }
        }
        let mut words = vec![];
        for part in parts(typed).into_iter().map(|part| part_of(terms, part)) {
            match part {
                Part::Word(word) => words.push(word),
                Part::Set(term, value) => filter.put(term, value),
            }
        }
        filter.words = words.join(" ");
        filter
    }

    /// From how an address goes on with it.
    pub fn from_address(terms: &'static [Term], address: &str) -> Filter {
        let pairs = pairs(address);
        let said: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let typed = said.iter().find(|(name, _)| *name == "q").map_or("", |(_, words)| words);
        Filter::read(terms, typed, &said)
    }

    fn put(&mut self, term: &'static Term, value: String) {
        match self.set.iter_mut().find(|(known, _)| known.name == term.name) {
            Some((_, old)) => *old = value,
            None => self.set.push((term, value)),
        }
        self.set.sort_by_key(|(term, _)| self.terms.iter().position(|known| known.name == term.name));
    }

    /// The words to look for; what stands in quotation marks is never a term.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The value of a term; empty where it is not set.
    pub fn get(&self, name: &str) -> &str {
        self.set.iter().find(|(term, _)| term.name == name).map_or("", |(_, value)| value)
    }

    /// What is set, in the order of the terms.
    pub fn set(&self) -> &[(&'static Term, String)] {
        &self.set
    }

    pub fn is_plain(&self) -> bool {
        self.words.is_empty() && self.set.is_empty()
    }

    /// What was read with this filter; where a value of it could not be meant, nothing, and the sentence that says so.
    pub fn or_odd<T>(&self, read: Result<T>, nothing: T) -> Result<(T, Option<String>)> {
        match read {
            Err(Refusal::Invalid(fields)) if fields.iter().all(|f| self.terms.iter().any(|term| term.name == f.field)) => {
                Ok((nothing, Some(Refusal::Invalid(fields).sentence())))
            }
            read => Ok((read?, None)),
        }
    }

    /// As an address goes on with it, each pair ended with `&`.
    pub fn address(&self) -> String {
        self.changed("", "")
    }

    /// The same with another value of one term; without it where the value is empty.
    pub fn changed(&self, name: &str, value: &str) -> String {
        let words = (!self.words.is_empty()).then(|| ("q", self.words.clone()));
        let kept = self.set.iter().filter(|(term, _)| term.name != name).map(|(term, value)| (term.name, value.clone()));
        let new = (!value.is_empty()).then(|| (name, value.to_owned()));
        words.into_iter().chain(kept).chain(new).map(|(name, value)| format!("{name}={}&", encode(&value))).collect()
    }
}

impl Term {
    /// What a chip says of a value: its words, or the value behind the term's name.
    pub(crate) fn told(&self, value: &str) -> String {
        match self.values.iter().find(|(known, _)| *known == value) {
            Some((_, says)) => (*says).to_owned(),
            None => format!("{}: {value}", self.says),
        }
    }

    /// A value as it was written: by its word or by what the screen calls it.
    fn value(&self, written: &str) -> Option<String> {
        let plain = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
        let known = self.values.iter().find(|(word, says)| plain(word) == plain(written) || plain(says) == plain(written));
        known.map(|(word, _)| (*word).to_owned()).or_else(|| (self.open && !written.is_empty()).then(|| written.to_owned()))
    }
}

/// What is written, split at spaces; what stands in quotation marks stays together, with its marks.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (vec![], String::new(), false);
    for c in text.chars() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `kind:bug` as a term with its value; anything else stays a word.
fn part_of(terms: &'static [Term], part: String) -> Part {
    let found = part.split_once(':').and_then(|(name, value)| {
        let name = name.to_lowercase();
        let term = terms.iter().find(|term| term.name == name || term.also.contains(&name.as_str()))?;
        Some((term, term.value(value.replace('"', "").trim())?))
    });
    found.map_or_else(|| Part::Word(part), |(term, value)| Part::Set(term, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: &[Term] = &[
        Term { name: "kind", also: &["type"], says: "Type", values: &[("story", "Stories"), ("bug", "Bugs")], open: false },
        Term { name: "who", also: &[], says: "Who", values: &[("me", "Mine"), ("nobody", "Unassigned")], open: true },
        Term { name: "stage", also: &[], says: "Stage", values: &[("handed_over", "Handed over")], open: false },
        Term { name: "label", also: &[], says: "Label", values: &[], open: true },
    ];

    fn typed(text: &str) -> Filter {
        Filter::read(TERMS, text, &[])
    }

    fn set(filter: &Filter) -> Vec<(&str, &str)> {
        filter.set().iter().map(|(term, value)| (term.name, value.as_str())).collect()
    }

    #[test]
    fn terms_are_lifted_out_of_the_words() {
        let all = typed("refund TYPE:Bugs label:\"needs care\" who:me stage:handed-over late");
        assert_eq!(all.words(), "refund late");
        assert_eq!(set(&all), [("kind", "bug"), ("who", "me"), ("stage", "handed_over"), ("label", "needs care")]);
        assert_eq!((all.get("kind"), all.get("label"), typed("x").get("kind")), ("bug", "needs care", ""));
    }

    #[test]
    fn what_is_no_term_stays_a_word() {
        for words in ["kind:horse", "12:30 train", "http://example.org", "label:", ":", "colour:red", "\"kind:bug\" late"] {
            assert_eq!(typed(words).words(), words);
            assert!(typed(words).set().is_empty(), "{words}");
        }
    }

    #[test]
    fn an_address_says_the_same_and_can_leave_one_out() {
        let all = Filter::read(TERMS, "late kind:bug", &[("kind", "story"), ("label", " a b "), ("who", ""), ("sort", "x")]);
        assert_eq!(all.address(), "q=late&kind=bug&label=a%20b&", "what was typed last holds");
        assert_eq!(all.changed("kind", ""), "q=late&label=a%20b&");
        assert_eq!(all.changed("who", "me"), "q=late&kind=bug&label=a%20b&who=me&");
        assert_eq!(Filter::from_address(TERMS, &all.address()).address(), all.address());
        assert!(typed(" ").is_plain() && !all.is_plain());
    }

    #[test]
    fn a_chip_says_what_the_screen_calls_it() {
        assert_eq!([TERMS[0].told("bug"), TERMS[3].told("web")], ["Bugs", "Label: web"]);
    }
}
