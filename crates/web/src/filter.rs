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

    /// What stands in quotation marks and is more than one word.
    pub fn phrases(&self) -> Vec<&str> {
        self.words.split('"').skip(1).step_by(2).map(str::trim).filter(|phrase| phrase.contains(char::is_whitespace)).collect()
    }

    /// The value of a term; empty where it is not set.
    pub fn get(&self, name: &str) -> &str {
        self.set.iter().find(|(term, _)| term.name == name).map_or("", |(_, value)| value)
    }

    /// What among the words looks like a term and cannot be meant by it, said at the character where it stands.
    pub fn slips(&self) -> Vec<String> {
        let mut slips: Vec<String> = placed(&self.words).into_iter().filter_map(|(at, part)| self.slip(at, &part)).collect();
        if self.words.matches('"').count() % 2 == 1 {
            let at = self.words.char_indices().filter(|(_, c)| *c == '"').count().checked_sub(1);
            let last = at.and_then(|n| self.words.chars().enumerate().filter(|(_, c)| *c == '"').nth(n));
            slips.extend(last.map(|(at, _)| format!("At character {}: this quotation mark is not closed.", at + 1)));
        }
        slips
    }

    /// What is wrong with a word that begins as a term does.
    fn slip(&self, at: usize, part: &str) -> Option<String> {
        let (name, value) = part.split_once(':')?;
        let lower = name.to_lowercase();
        let term = self.terms.iter().find(|term| term.name == lower || term.also.contains(&lower.as_str()))?;
        let known = term.values.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        let choices = match known.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => "a name".to_owned(),
        };
        // Where the value begins, which is what cannot be read.
        let at = at + name.chars().count() + 2;
        let value = value.replace('"', "");
        Some(match value.trim() {
            "" => format!("At character {at}: say which after “{name}:”, such as {choices}."),
            value => format!("At character {at}: “{value}” is not known to “{name}:”. It takes {choices}."),
        })
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
    placed(text).into_iter().map(|(_, part)| part).collect()
}

/// The same, each with how many characters stand ahead of it.
fn placed(text: &str) -> Vec<(usize, String)> {
    let (mut parts, mut part, mut quoted) = (vec![], String::new(), false);
    for (at, c) in text.chars().enumerate() {
        quoted ^= c == '"';
        if !c.is_whitespace() || quoted {
            part.push(c);
        } else if !part.is_empty() {
            let whole = std::mem::take(&mut part);
            parts.push((at - whole.chars().count(), whole));
        }
    }
    if !part.is_empty() {
        parts.push((text.chars().count() - part.chars().count(), part));
    }
    parts
}

/// A length of time up to now, as a filter says it: `<2w` is less than two weeks ago, `>3m` more than three months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago {
    /// Longer ago than that, or else less long.
    pub longer: bool,
    pub days: i64,
}

/// So many characters at most are looked through for what is wrong with them.
const MOST_OF_A_SLIP: usize = 25;

impl Ago {
    /// Reads one; without a mark in front it is less long ago.
    ///
    /// # Errors
    /// What cannot be read, at its character.
    pub fn read(text: &str) -> std::result::Result<Ago, String> {
        let (longer, rest) = match text.strip_prefix('>') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('<').unwrap_or(text)),
        };
        let marks = text.chars().count() - rest.chars().count();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        // What is longer than any slip of the pen is something else altogether.
        let slip = text.chars().count() < MOST_OF_A_SLIP;
        let odd = |at: usize, wants: &str| match slip {
            true => Err(format!("“{text}” is no length of time: at character {} {wants}, as in <2w or >3m.", marks + at + 1)),
            false => Err(format!("“{text}” is no length of time, such as <2w or >3m.")),
        };
        let Ok(count) = digits.parse::<i64>() else { return odd(0, "a number is missing") };
        let each = match rest[digits.len()..].to_lowercase().as_str() {
            "d" | "day" | "days" => 1,
            "w" | "week" | "weeks" => 7,
            "m" | "month" | "months" => 30,
            "y" | "year" | "years" => 365,
            _ => return odd(digits.len(), "d, w, m or y is missing (days, weeks, months, years)"),
        };
        match count.checked_mul(each).filter(|days| *days <= 36_500) {
            Some(days) => Ok(Ago { longer, days }),
            None => odd(0, "the number is too large"),
        }
    }
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
    fn what_cannot_be_meant_is_said_at_its_character() {
        assert_eq!(typed("late kind:horse").slips(), ["At character 11: “horse” is not known to “kind:”. It takes story or bug."]);
        assert_eq!(typed("label:").slips(), ["At character 7: say which after “label:”, such as a name."]);
        assert_eq!(typed("a \"b c").slips(), ["At character 3: this quotation mark is not closed."]);
        for fine in ["", "refund late", "http://example.org 12:30", "\"kind:horse\"", "colour:red", "kind:bug label:x"] {
            assert!(typed(fine).slips().is_empty(), "{fine}");
        }
    }

    #[test]
    fn lengths_of_time_are_read_or_refused_at_their_character() {
        assert_eq!(Ago::read("<2w"), Ok(Ago { longer: false, days: 14 }));
        assert_eq!(Ago::read(">3m"), Ok(Ago { longer: true, days: 90 }));
        assert_eq!(Ago::read("10 days".replace(' ', "").as_str()), Ok(Ago { longer: false, days: 10 }));
        for (odd, at) in [("", 1), ("soon", 1), ("<", 2), ("2", 2), ("<2x", 3), (">99999999999999999999w", 2), ("999999y", 1)] {
            assert!(Ago::read(odd).unwrap_err().contains(&format!("at character {at} ")), "{odd}: {:?}", Ago::read(odd));
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
        assert_eq!(typed("a \"late fee\" \"b\" c").phrases(), ["late fee"]);
    }

    #[test]
    fn a_chip_says_what_the_screen_calls_it() {
        assert_eq!([TERMS[0].told("bug"), TERMS[3].told("web")], ["Bugs", "Label: web"]);
    }
}
