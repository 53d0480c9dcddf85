//! Texts that were drafted from the record, such as an update: "ORB-7 Hold a bike is blocked: no permit." Whoever sends one has
//! edited it, so nothing in it points at what it quotes. But its lines name their things by their keys and numbers, which
//! lead there as ids do: a line loses the words that were said of the thing it names, and no other line that says the same.

use crate::Registry;
use kernel::{Reader, Result, Uuid, erasure::ERASED, list};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that are shorter stand in a line by chance, but after a colon, where drafts put them.
const LONG_ENOUGH: usize = 12;
/// So much of a text is quoted in a draft, in characters.
const MOST_QUOTED: usize = 150;

/// What a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// A thing with a key such as `ORB-7`, whatever its product was called then.
    Thing(i64),
    /// A decision: `D-7`.
    Decision(i64),
}

/// What was said of something, and what stands there from now on.
struct Said {
    of: Of,
    words: String,
    instead: String,
}

/// What may be quoted, by product.
#[derive(Default)]
pub(crate) struct Drafted(HashMap<Uuid, Vec<Said>>);

impl Drafted {
    /// Of what goes: whatever was said of a thing that has a key.
    pub(crate) fn of(
        reader: &mut dyn Reader,
        registry: &Registry,
        said: &BTreeMap<&'static str, BTreeSet<Uuid>>,
        held: &HashMap<Uuid, BTreeSet<String>>,
    ) -> Result<Drafted> {
        let mut drafted = Drafted::default();
        for (table, ids) in said {
            let Some((noun, part_of)) = registry.noun(table).map(|noun| (noun, noun.about.part_of)) else { continue };
            let Some(whole) = noun.points_at(part_of).and_then(|whole| registry.noun(whole)).filter(|whole| whole.about.keyed) else { continue };
            let sql = format!(
                "select said.id, said.product, whole.number from {table} said join {} whole on whole.id = said.{part_of} where said.id in each($1)",
                whole.table
            );
            for mut row in reader.query(&sql, &[list(ids.iter().copied())])? {
                let (id, product, number): (Uuid, Uuid, i64) = (row.take()?, row.take()?, row.take()?);
                for words in held.get(&id).into_iter().flatten() {
                    drafted.learn(product, Of::Thing(number), words, ERASED);
                }
            }
        }
        Ok(drafted)
    }

    fn learn(&mut self, product: Uuid, of: Of, words: &str, instead: &str) {
        self.0.entry(product).or_default().push(Said { of, words: words.to_owned(), instead: instead.to_owned() });
    }

    /// A decision is called otherwise from now on.
    pub(crate) fn retitled(&mut self, product: Uuid, number: i64, before: &str, now: &str) {
        self.learn(product, Of::Decision(number), before, now);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A text of a product without what goes; nothing where it quotes none of it.
    pub(crate) fn without(&self, product: Uuid, text: &str) -> Option<String> {
        let said = self.0.get(&product)?;
        let line = |line: &str| said.iter().filter(|said| names(line, said.of)).fold(line.to_owned(), |line, said| cut(&line, said));
        let told = text.split('\n').map(line).collect::<Vec<_>>().join("\n");
        (told != text).then_some(told)
    }
}

/// Whether a line names a thing by its key, or a decision by its number.
fn names(line: &str, of: Of) -> bool {
    let number = match of {
        Of::Thing(number) | Of::Decision(number) => format!("-{number}"),
    };
    line.match_indices(&number).any(|(at, _)| {
        let goes_on = line[at + number.len()..].starts_with(char::is_alphanumeric);
        let before = line[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let is_decision = before == "D";
        !goes_on && !before.is_empty() && is_decision == matches!(of, Of::Decision(_))
    })
}

/// A line without words that were said, wherever they stand in it as a draft quotes them: clipped, without the point at their
/// end, with the marks of Markdown escaped.
fn cut(line: &str, said: &Said) -> String {
    let whole: Vec<char> = said.words.lines().next().unwrap_or("").trim().chars().collect();
    let bare: &[char] = &whole[..whole.len() - whole.iter().rev().take_while(|c| **c == '.').count()];
    if bare.is_empty() {
        return line.to_owned();
    }
    // A text that was sent by a program may hold all of it.
    let clipped: Option<Vec<char>> =
        (bare.len() > MOST_QUOTED).then(|| bare[..MOST_QUOTED].iter().collect::<String>().trim_end().chars().chain(['…']).collect());
    let forms: Vec<&[char]> = [Some(bare), clipped.as_deref()].into_iter().flatten().collect();
    let read = unescaped(line);
    let (mut told, mut at, mut kept) = (String::new(), 0, 0);
    while at < read.len() {
        let is_here = |form: &&&[char]| read.len() - at >= form.len() && read[at..].iter().zip(form.iter()).all(|((c, ..), wanted)| c == wanted);
        match forms.iter().find(is_here).map(|form| form.len()).filter(|length| stands_alone(&read, at, *length)) {
            Some(length) => {
                told += &line[kept..read[at].1];
                told += &said.instead;
                kept = read[at + length - 1].2;
                at += length;
            }
            None => at += 1,
        }
    }
    told + &line[kept..]
}

/// Whether so many characters from one on are words of their own, and no chance.
fn stands_alone(read: &[(char, usize, usize)], at: usize, length: usize) -> bool {
    let before: String = read[at.saturating_sub(2)..at].iter().map(|(c, ..)| *c).collect();
    let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = !within(before.chars().last()) && !within(read.get(at + length).map(|(c, ..)| *c));
    whole && (length >= LONG_ENOUGH || before == ": ")
}

/// The characters of a line as they are read, each with where it stands: without what escapes marks of Markdown.
fn unescaped(line: &str) -> Vec<(char, usize, usize)> {
    let mut read = vec![];
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match chars.peek().copied() {
            _ if c == '\u{200b}' => {}
            Some((next, mark)) if c == '\\' && mark.is_ascii_punctuation() => {
                chars.next();
                read.push((mark, at, next + mark.len_utf8()));
            }
            _ => read.push((c, at, at + c.len_utf8())),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(words: &str, text: &str) -> Option<String> {
        let mut drafted = Drafted::default();
        drafted.learn(Uuid::nil(), Of::Thing(7), words, ERASED);
        drafted.retitled(Uuid::nil(), 7, "Take off “Too slow”", "Take off “(erased)”");
        drafted.without(Uuid::nil(), text)
    }

    #[test]
    fn a_line_loses_what_was_said_of_the_thing_it_names() {
        let text = "### Ride more\n\n- ORB-7 The key is blocked: the \\*key\\*.\n- ORB-70 Door is blocked: the \\*key\\*.\n- ORB-8 is blocked: the \\*key\\*.";
        let told = text.replacen(": the \\*key\\*", ": (erased)", 1);
        assert_eq!(without("the *key*.", text).as_deref(), Some(told.as_str()));
        assert_eq!(without("key", "ORB-7: key").as_deref(), Some("ORB-7: (erased)"));
        for other in ["ORB-7 The key is lost", "ORB-7: keys", "A-70: key", "-7: key", "D-7: key", "OLD7: key"] {
            assert_eq!(without("key", other), None, "{other}");
        }
        assert_eq!(without("Ask @mara at once", "OLD-7 waits: Ask @\u{200b}mara at once!").as_deref(), Some("OLD-7 waits: (erased)!"));
    }

    #[test]
    fn long_words_go_wherever_they_stand_in_it_and_as_far_as_they_are_quoted() {
        let said = "Nobody has signed. ".repeat(12);
        let told = format!("- ORB-7 Hold is blocked: {}….", said.chars().take(150).collect::<String>().trim_end());
        assert_eq!(without(&said, &told).as_deref(), Some("- ORB-7 Hold is blocked: (erased)."));
        assert_eq!(
            without("No permit yet", "Because of (no) “No permit yet” ORB-7 waits").as_deref(),
            Some("Because of (no) “(erased)” ORB-7 waits")
        );
    }

    #[test]
    fn a_decision_is_called_as_it_is_called_now() {
        let told = without("x", "- Declined: Take off “Too slow” (D-7).\n- Declined: Take off “Too slow” (D-8).\n- ORB-7 Take off “Too slow”");
        assert_eq!(
            told.as_deref(),
            Some("- Declined: Take off “(erased)” (D-7).\n- Declined: Take off “Too slow” (D-8).\n- ORB-7 Take off “Too slow”")
        );
    }
}
