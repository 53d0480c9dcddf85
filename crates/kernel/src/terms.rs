//! The words of a text as full text knows them. What is indexed and what is asked for are taken apart here and nowhere
//! else, so both databases find the same:
//!
//! - accents, capitals and widths make no difference, *ß* is *ss*;
//! - *e-mail* is also *email*, and *don't* is *dont*; asked for, it is that one word;
//! - *c++*, *c#* and *.net* are words of their own;
//! - in scripts without spaces each two neighbours are a word, so any part of a text is found.

use std::{collections::HashSet, ops::Range};
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// Counts the changes of this file: what is indexed in an older form is indexed anew.
pub const FORM: i64 = 1;

/// Characters of a text that are indexed; what comes later is not found by it.
const MOST_CHARACTERS: usize = 200_000;
/// Bytes of all words of one text; PostgreSQL keeps a mebibyte, with what it writes beside each.
const MOST_BYTES: usize = 500_000;
/// The longest word, in characters: what is longer is known by its beginning.
const LONGEST: usize = 60;
/// Words that one search may ask for.
const MOST_ASKED: usize = 24;
/// Parts of a word with hyphens that are joined in every way.
const MOST_JOINED: usize = 4;

/// The words of a text to be indexed, each once.
pub fn of(text: &str) -> Vec<String> {
    let (mut known, mut words, mut bytes) = (HashSet::new(), vec![], 0);
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    walk(&text[..end], &mut |token| {
        if bytes < MOST_BYTES && !known.contains(token.word) {
            bytes += token.word.len();
            known.insert(token.word.to_owned());
            words.push(token.word.to_owned());
        }
    });
    words
}

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// It may go on: only its beginning was asked for.
    pub open: bool,
}

impl Term {
    /// Whether a word of a text is what is asked for.
    pub fn is(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.word) } else { word == self.word }
    }
}

/// What is asked for: all of these words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(Vec<Term>);

impl Sought {
    /// Reads what someone typed; the last word may be unfinished.
    pub fn read(text: &str) -> Sought {
        let mut terms: Vec<Term> = vec![];
        let mut last = None;
        walk(text, &mut |token| {
            if !token.asked || terms.len() == MOST_ASKED {
                return;
            }
            last = (!token.pair).then_some(token.word.to_owned());
            // One character of a script without spaces begins the pairs that it stands in.
            let term = Term { word: token.word.to_owned(), open: token.single };
            if !terms.contains(&term) {
                terms.push(term);
            }
        });
        if let Some(term) = last.and_then(|last| terms.iter_mut().find(|term| term.word == last)) {
            term.open = true;
        }
        Sought(terms)
    }

    pub fn terms(&self) -> &[Term] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where words that are asked for stand in a text, with which of them it is, in the order of the text.
    pub fn places(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = vec![];
        walk(text, &mut |token| {
            found.extend(self.0.iter().position(|term| term.is(token.word)).map(|which| (token.at.clone(), which)));
        });
        found
    }

    /// Whether a text has them all.
    pub fn finds(&self, text: &str) -> bool {
        // One word of the text may be what several of those asked for begin with.
        let mut found = HashSet::new();
        walk(text, &mut |token| found.extend(self.0.iter().enumerate().filter(|(_, term)| term.is(token.word)).map(|(which, _)| which)));
        found.len() == self.0.len()
    }

    /// The places in a text to be marked, apart from one another.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = self.places(text).into_iter().map(|(at, _)| at).collect();
        places.sort_by_key(|at| at.start);
        let mut marks: Vec<Range<usize>> = vec![];
        for place in places {
            match marks.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => marks.push(place),
            }
        }
        marks
    }
}

/// A word where it stands.
struct Token<'a> {
    word: &'a str,
    at: Range<usize>,
    /// Whoever types this asks for this word; the others are other ways to find it.
    asked: bool,
    /// Two neighbours in a script without spaces; it never goes on.
    pair: bool,
    /// One character of such a script.
    single: bool,
}

/// Hands over every word of a text.
fn walk(text: &str, each: &mut dyn FnMut(Token)) {
    let mut rest = 0;
    while let Some((start, first)) = text[rest..].char_indices().find(|(_, c)| belongs(*c)).map(|(at, c)| (rest + at, c)) {
        let run = |from: usize, dense: bool| -> usize {
            text[from..]
                .char_indices()
                .find(|(_, c)| !belongs(*c) || (is_dense(*c) != dense && !is_combining_mark(*c)))
                .map_or(text.len(), |(at, _)| from + at)
        };
        if is_dense(first) {
            rest = run(start, true);
            neighbours(text, start..rest, each);
            continue;
        }
        // Words that one sign joins belong together.
        let mut parts: Vec<Range<usize>> = std::iter::once(start..run(start, false)).collect();
        while let Some(next) = parts.last().and_then(|last| joined(text, last.end)) {
            parts.push(next..run(next, false));
        }
        rest = parts.last().map_or(text.len(), |last| last.end);
        together(text, &parts, each);
    }
}

/// Where the next part of a word begins, where one sign joins it to what ends here.
fn joined(text: &str, end: usize) -> Option<usize> {
    let mut ahead = text[end..].chars();
    let sign = ahead.next().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '_' | '&'))?;
    ahead.next().filter(|c| belongs(*c) && !is_dense(*c)).map(|_| end + sign.len_utf8())
}

/// The words of parts that are joined.
fn together(text: &str, parts: &[Range<usize>], each: &mut dyn FnMut(Token)) {
    let words: Vec<String> = parts.iter().map(|part| folded(&text[part.clone()])).collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
    let alone = parts.len() == 1;
    // A sign in front or behind makes it another word, which is the one that is meant.
    let dotted = text[..first.start].ends_with('.') && !text[..first.start].ends_with("..") && words[0].starts_with(char::is_alphabetic);
    let behind = signs(&text[last.end..]);
    let mut tell = |word: &str, at: Range<usize>, asked: bool| {
        if !word.is_empty() {
            let word = word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end]);
            each(Token { word, at, asked, pair: false, single: false });
        }
    };
    for (i, (word, at)) in words.iter().zip(parts).enumerate() {
        tell(word, at.clone(), alone && !dotted && behind.is_empty());
        if i > 0 && words.len() > MOST_JOINED {
            tell(&words[i - 1..=i].concat(), parts[i - 1].start..at.end, false);
        }
    }
    let whole = words.concat();
    if !alone {
        tell(&whole, first.start..last.end, !dotted && behind.is_empty());
        if words.len() <= MOST_JOINED {
            for (from, to) in
                (0..words.len()).flat_map(|from| (from + 1..words.len()).map(move |to| (from, to))).filter(|(from, to)| to - from + 1 < words.len())
            {
                tell(&words[from..=to].concat(), parts[from].start..parts[to].end, false);
            }
        }
    }
    if !behind.is_empty() {
        tell(&(whole.clone() + behind), first.start..last.end + behind.len(), true);
    }
    if dotted {
        tell(&format!(".{whole}"), first.start - 1..last.end, behind.is_empty());
    }
}

/// The signs behind a word that make it another: `c++`, `c#`, `disney+`; not those of `a+b`.
fn signs(behind: &str) -> &str {
    let signs = &behind[..behind.find(|c| !matches!(c, '+' | '#')).unwrap_or(behind.len())];
    let next = behind[signs.len()..].chars().next();
    match signs {
        "++" | "#" if !next.is_some_and(char::is_alphabetic) => signs,
        "+" if !next.is_some_and(char::is_alphanumeric) => signs,
        _ => "",
    }
}

/// The words of a text without spaces: each two neighbours, and the last alone, which begins no pair.
fn neighbours(text: &str, run: Range<usize>, each: &mut dyn FnMut(Token)) {
    // What is written as one: a character with the marks on it.
    let mut units: Vec<(String, Range<usize>)> = vec![];
    for (at, c) in text[run.clone()].char_indices() {
        let at = run.start + at..run.start + at + c.len_utf8();
        match units.last_mut() {
            Some((_, unit)) if is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}') => unit.end = at.end,
            _ => units.push((String::new(), at)),
        }
    }
    for (word, at) in &mut units {
        *word = folded(&text[at.clone()]);
    }
    units.retain(|(word, _)| !word.is_empty());
    for two in units.windows(2) {
        let word = two[0].0.clone() + &two[1].0;
        each(Token { word: &word, at: two[0].1.start..two[1].1.end, asked: true, pair: true, single: false });
    }
    if let Some((word, at)) = units.last() {
        each(Token { word, at: at.clone(), asked: units.len() == 1, pair: false, single: true });
    }
}

/// A word without what makes no difference.
fn folded(piece: &str) -> String {
    if piece.is_ascii() {
        return piece.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(piece.len());
    for c in piece.nfkd().filter(|c| belongs(*c) && !is_dropped(*c)).nfc().flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            other => out.push(other),
        }
    }
    out
}

/// Whether a character is part of a word: letters, figures, and the marks on them.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && (is_combining_mark(c) || is_unseen(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}'))
}

/// Marks that may be left out of a word: accents, and the vowels of Hebrew and Arabic. The vowels of Indic scripts and the
/// voice of kana may not.
fn is_dropped(c: char) -> bool {
    let class = canonical_combining_class(c);
    class >= 200 || (10..=36).contains(&class) || is_unseen(c)
}

/// What stands within words and is not seen: soft hyphens, joiners, the stretching of Arabic.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// Whether a script puts no spaces between words.
fn is_dense(c: char) -> bool {
    !c.is_ascii()
        && matches!(c as u32, 0x0e00..=0x0fff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x2e80..=0x2fdf | 0x3005..=0x3007
            | 0x3040..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff66..=0xffdc
            | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a search finds a text.
    fn finds(asked: &str, text: &str) -> bool {
        let words = of(text);
        let sought = Sought::read(asked);
        let found = sought.terms().iter().all(|term| words.iter().any(|word| term.is(word)));
        assert_eq!(found, sought.finds(text), "{asked} in {text}: index and marks agree");
        found && !sought.is_empty()
    }

    #[test]
    fn parts_of_texts_without_spaces_are_found() {
        for part in ["登录", "修复", "页面", "登", "面", "修复登录页面"] {
            assert!(finds(part, "修复登录页面"), "{part}");
        }
        assert!(!finds("登页", "修复登录页面"));
        assert!(finds("ログイン", "新しいログイン画面") && finds("ﾛｸﾞｲﾝ", "ログイン"));
        assert!(finds("バグ", "バグ修正") && !finds("ハク", "バグ修正"));
        assert!(finds("로그인", "사용자로그인을") && finds("บัญชี", "เปิดบัญชีใหม่"));
        assert!(finds("API 登录", "修复API登录") && finds("登 api", "修复API登录"));
    }

    #[test]
    fn spelling_makes_no_difference_where_people_make_none() {
        assert!(finds("strasse", "Die Straße") && finds("STRASSE", "straße") && finds("straße", "Strasse"));
        assert!(finds("cafe", "Café") && finds("Café", "cafe\u{301}") && finds("istanbul", "İstanbul"));
        assert!(finds("ＡＢＣ", "abc") && finds("ελληνικος", "ΕΛΛΗΝΙΚΌΣ") && finds("lodz", "Łódź"));
        assert!(finds("שלום", "שָׁלוֹם") && finds("कितना", "कितना") && !finds("कतना", "कितना"));
    }

    #[test]
    fn hyphens_join_and_part() {
        assert!(finds("email", "An e-mail came") && finds("e-mail", "An email came") && finds("resend", "Re-send it") && finds("mail", "e-mail"));
        assert!(finds("re-send", "resend") && finds("sign-in page", "The sign-in-page") && finds("inpage", "sign-in-page"));
        assert!(finds("dont", "Don’t") && finds("don't", "dont") && finds("user", "The user's") && finds("user_id", "userid"));
        assert!(finds("ABC-123", "jira:ABC-123") && finds("abc-12", "ABC-123") && !finds("abc-13", "ABC-123"));
        assert!(!finds("e-mail", "Mail from E.") && finds("well-known-bug-in-login", "a well-known-bug-in-login here"));
    }

    #[test]
    fn languages_with_signs_are_words() {
        assert!(finds("C++", "Port to C++") && finds("C++", "C++17") && !finds("C++", "C code") && !finds("C++", "Call the cat"));
        assert!(finds("c#", "C#, F#") && !finds("C#", "C++") && finds("c", "C++"));
        assert!(finds(".NET", "A .NET app") && finds(".net", "asp.net") && !finds(".net", "The net") && finds("node.js", "Node.js"));
        assert!(finds("a+b", "a+b") && finds("end", "The end. Next") && !finds("++", "C++"));
    }

    #[test]
    fn the_last_word_may_be_unfinished() {
        assert!(finds("ea e", "ea e") && finds("car c", "A car"));
        assert!(finds("pay by ca", "Pay by card") && !finds("pa by card", "Pay by card") && finds("e-ma", "email"));
        assert!(Sought::read(" -- ").is_empty());
    }

    #[test]
    fn what_is_found_is_marked_where_it_stands() {
        let marked = |asked: &str, text: &'static str| Sought::read(asked).marks(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(marked("登录页", "修复登录页面"), ["登录页"]);
        assert_eq!(marked("email", "The e-mail of the e-mailer"), ["e-mail", "e-mailer"]);
        assert_eq!(marked("strasse", "In der Straße."), ["Straße"]);
        assert_eq!(marked("c++ c", "C++, then C"), ["C++", "C"]);
    }

    proptest! {
        #[test]
        fn a_text_finds_itself(text in "\\PC{0,60}") {
            let sought = Sought::read(&text);
            prop_assert!(sought.finds(&text), "{sought:?} in {:?}", of(&text));
            for at in sought.marks(&text) {
                prop_assert!(text.is_char_boundary(at.start) && text.is_char_boundary(at.end));
            }
        }

        #[test]
        fn words_have_neither_spaces_nor_quotes(text in "\\PC{0,60}") {
            prop_assert!(of(&text).iter().all(|word| !word.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\\' | '\0'))));
        }
    }
}
