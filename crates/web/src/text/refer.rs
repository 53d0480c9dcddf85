//! Whom and what a text speaks of: people's names, and keys of things. Both are found in the words as they stand, not in code
//! or in links, and marked by signs that are no text; only once everything a browser could run has been taken out do the
//! signs become elements, so nobody can write such an element themselves.

use kernel::{Key, ProductHead, Scope};
use pulldown_cmark::{Event, Tag, TagEnd, TextMergeStream};
use std::{borrow::Cow, ops::Range};

/// Before and behind a name, before and behind a key: for private use, and in no text.
const NAME: [char; 2] = ['\u{f8c0}', '\u{f8c1}'];
const KEY: [char; 2] = ['\u{f8c2}', '\u{f8c3}'];

fn is_sign(c: char) -> bool {
    NAME.contains(&c) || KEY.contains(&c)
}

/// A text without the signs, should somebody have typed one.
pub(super) fn without_signs(text: &str) -> Cow<'_, str> {
    if text.contains(is_sign) { text.replace(is_sign, "").into() } else { text.into() }
}

/// Whether there could be a name or a key in it.
pub(super) fn may_refer(text: &str) -> bool {
    text.contains(['@', '-'])
}

/// What can be referred to.
pub(super) struct Refers<'a> {
    pub scope: &'a Scope,
    /// Where a text names somebody.
    pub names: &'a dyn Fn(&str) -> Vec<Range<usize>>,
}

impl Refers<'_> {
    /// With signs around names and keys.
    pub fn marked<'e>(&self, events: impl Iterator<Item = Event<'e>>) -> impl Iterator<Item = Event<'e>> {
        // How deep one is in what is not to be touched.
        let mut apart = 0_u32;
        TextMergeStream::new(events).map(move |event| match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }) => {
                apart += 1;
                event
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => {
                apart = apart.saturating_sub(1);
                event
            }
            Event::Text(words) if apart == 0 => match self.in_words(&words) {
                Some(marked) => Event::Text(marked.into()),
                None => Event::Text(words),
            },
            other => other,
        })
    }

    fn in_words(&self, words: &str) -> Option<String> {
        let mut places: Vec<(Range<usize>, [char; 2])> = (self.names)(words).into_iter().map(|at| (at, NAME)).collect();
        let named = |at: &Range<usize>| places.iter().any(|(name, _)| name.start < at.end && at.start < name.end);
        let product = self.scope.product.as_ref();
        let keys: Vec<_> = product.map(|product| keys(words, product)).unwrap_or_default().into_iter().filter(|at| !named(at)).collect();
        places.extend(keys.into_iter().map(|at| (at, KEY)));
        if places.is_empty() {
            return None;
        }
        places.sort_by_key(|(at, _)| at.start);
        let (mut out, mut from) = (String::with_capacity(words.len() + 12 * places.len()), 0);
        for (at, [before, behind]) in places {
            out.push_str(&words[from..at.start]);
            out.push(before);
            out.push_str(&words[at.clone()]);
            out.push(behind);
            from = at.end;
        }
        out.push_str(&words[from..]);
        Some(out)
    }

    /// The signs in finished HTML as elements.
    pub fn told<'h>(&self, html: &'h str) -> Cow<'h, str> {
        if !html.contains(is_sign) {
            return html.into();
        }
        let product = self.scope.product.as_ref().map_or("", |product| product.key.as_str());
        let mut out = String::with_capacity(html.len() * 2);
        let mut rest = html;
        while let Some(at) = rest.find(is_sign) {
            out.push_str(&rest[..at]);
            let sign = rest[at..].chars().next().unwrap_or_default();
            rest = &rest[at + sign.len_utf8()..];
            match sign {
                _ if sign == NAME[0] => out.push_str("<span class=\"named\">"),
                _ if sign == NAME[1] => out.push_str("</span>"),
                _ if sign == KEY[0] => {
                    let key = rest.split(KEY[1]).next().unwrap_or_default();
                    // A search for a key goes straight to its thing.
                    out.push_str(&format!("<a class=\"key\" href=\"/{product}/search?q={key}\">"));
                }
                _ => out.push_str("</a>"),
            }
        }
        out.push_str(rest);
        out.into()
    }
}

/// Where a text has keys of a product, whole words.
fn keys(words: &str, product: &ProductHead) -> Vec<Range<usize>> {
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '@' | '#');
    let mut found = vec![];
    for (dash, _) in words.match_indices('-') {
        let start =
            words[..dash].rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
        let end = words[dash + 1..].find(|c: char| !c.is_ascii_digit()).map_or(words.len(), |length| dash + 1 + length);
        let ends = words[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '@'));
        let begins = words[..start].chars().next_back().is_none_or(|c| !is_of_key(c));
        if begins && ends && Key::parse(&words[start..end]).is_some_and(|key| product.goes_by(&key.product)) {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use kernel::{Door, ProductHead, Scope, Uuid};

    fn told(text: &str) -> String {
        let product = ProductHead::named(Uuid::nil(), "ORB".into(), "Orbit".into());
        let mut scope = Scope::nowhere(Door::Page, 0);
        scope.product = Some(product);
        let names = |words: &str| words.match_indices("@Olga").map(|(at, name)| at..at + name.len()).collect();
        written(&scope, &names, text).into_string()
    }

    #[test]
    fn names_are_marked_and_keys_lead_to_their_things() {
        assert_eq!(told("**Ask** @Olga"), "<p><strong>Ask</strong> <span class=\"named\">@Olga</span></p>\n");
        assert_eq!(told("See ORB-42."), "<p>See <a class=\"key\" href=\"/ORB/search?q=ORB-42\">ORB-42</a>.</p>\n");
        assert_eq!(told("(ORB-1)").matches("<a ").count(), 1);
        assert_eq!(told("ÄORB-1, <b>@Olga</b> & co").matches("<span").count(), 1);
    }

    #[test]
    fn what_is_code_a_link_or_only_looks_like_a_key_stays_as_it_is() {
        for text in ["`@Olga ORB-1`", "```\n@Olga ORB-1\n```", "[@Olga ORB-1](https://x.org)", "ORB-1-2 XORB-1 ORB-0 ABC-1 orb-1 x.org/ORB-1 ORB-1x"]
        {
            let html = told(text);
            assert!(!html.contains("named") && !html.contains("search?q"), "{text}: {html}");
        }
    }

    #[test]
    fn nobody_types_such_an_element() {
        let html = told("<span class=\"named\">@Nobody</span> \u{f8c0}x\u{f8c1} \u{f8c2}\"><script>\u{f8c3}");
        assert!(!html.contains("named") && !html.contains("search?q") && !html.contains("<script"), "{html}");
    }
}
