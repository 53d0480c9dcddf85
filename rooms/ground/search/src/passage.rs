//! The sentence of a text in which words were found.

use kernel::terms::Sought;
use std::{collections::HashSet, ops::Range};
use web::text::plain;

/// The longest sentence that is shown whole, in bytes.
const LONGEST: usize = 240;
/// Of a longer one so much stands before the first word that was found, and in all.
const AROUND: (usize, usize) = (70, 220);

/// The sentence with most of the words, the first of several; without Markdown. `wanted` are those that count.
pub(crate) fn sentence(text: &str, sought: &Sought, wanted: &dyn Fn(usize) -> bool) -> Option<String> {
    let mut best: Option<(usize, Range<usize>, usize)> = None;
    let mut places = sought.places(text).into_iter().filter(|(_, which)| wanted(*which)).peekable();
    while let Some((first, which)) = places.next() {
        let within = start(text, first.start)..end(text, first.end);
        let mut found = HashSet::from([which]);
        while let Some((_, which)) = places.next_if(|(at, _)| at.start < within.end) {
            found.insert(which);
        }
        if best.as_ref().is_none_or(|(most, ..)| found.len() > *most) {
            best = Some((found.len(), within, first.start));
        }
    }
    let (_, within, first) = best?;
    Some(if within.len() <= LONGEST { plain(text[within].trim()) } else { cut(text, within, first) })
}

/// The part of a long sentence around a place.
fn cut(text: &str, within: Range<usize>, first: usize) -> String {
    let from = match first.saturating_sub(AROUND.0) {
        from if from <= within.start => within.start,
        from => word(text, from, first),
    };
    let to = match from + AROUND.1 {
        to if to >= within.end => within.end,
        to => text.floor_char_boundary(to),
    };
    let before = if from > within.start { "…" } else { "" };
    let behind = if to < within.end { "…" } else { "" };
    format!("{before}{}{behind}", plain(text[from..to].trim()))
}

/// The beginning of the next word behind a place, or the place itself where none comes soon.
fn word(text: &str, from: usize, first: usize) -> usize {
    let from = text.floor_char_boundary(from);
    text[from..first].find(char::is_whitespace).map_or(from, |space| from + space + 1)
}

/// Where the sentence around a place begins.
fn start(text: &str, at: usize) -> usize {
    let mut behind = text[at..].chars().next();
    for (place, c) in text[..at].char_indices().rev() {
        if ends(c, behind) {
            return place + c.len_utf8();
        }
        behind = Some(c);
    }
    0
}

/// Where it ends.
fn end(text: &str, at: usize) -> usize {
    let mut rest = text[at..].char_indices().peekable();
    while let Some((place, c)) = rest.next() {
        if ends(c, rest.peek().map(|(_, next)| *next)) {
            return at + place + c.len_utf8();
        }
    }
    text.len()
}

/// Whether a sentence ends with a character.
fn ends(c: char, next: Option<char>) -> bool {
    match c {
        '\n' | '。' | '！' | '？' | '।' => true,
        '.' | '!' | '?' | '…' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked: &str, text: &str) -> Option<String> {
        sentence(text, &Sought::read(asked), &|_| true)
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        let text = "A lock opens. Version 2.5 of the lock *opens late*, says Ana! Nothing else.\n## Next\n- the lock";
        assert_eq!(found("lock late", text).as_deref(), Some("Version 2.5 of the lock opens late, says Ana!"));
        assert_eq!(found("next", text).as_deref(), Some("Next"));
        assert_eq!(found("bicycle", text), None);
        assert_eq!(found("登录", "首先登录页面。然后退出。").as_deref(), Some("首先登录页面。"));
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_words() {
        let text = format!("{} needle {}", "hay ".repeat(200), "straw ".repeat(200));
        let cut = found("needle", &text).unwrap();
        assert!(cut.starts_with("…hay") && cut.contains("needle") && cut.ends_with('…') && cut.len() < 300, "{cut}");
        assert!(found("末", &format!("{}末{}", "始".repeat(300), "中".repeat(300))).is_some_and(|cut| cut.contains('末')));
    }
}
