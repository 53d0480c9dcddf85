//! Text that people typed: Markdown to safe HTML, and text in cookies and links.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event as MarkdownEvent, Options, Parser, TagEnd, html::push_html};

/// Markdown as HTML, with everything a browser could run taken out.
pub fn markdown(text: &str) -> Markup {
    if text.trim().is_empty() {
        return html! {};
    }
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS);
    let mut out = String::with_capacity(text.len() * 2);
    push_html(&mut out, parser);
    // Without these there is neither markup nor a link in the text, so nothing to take out.
    match text.contains(['<', '[', '&', ':']) {
        true => PreEscaped(ammonia::clean(&out)),
        false => PreEscaped(out),
    }
}

/// Markdown as one line of words, for lists.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new(text) {
        match event {
            MarkdownEvent::Text(words) | MarkdownEvent::Code(words) | MarkdownEvent::Html(words) | MarkdownEvent::InlineHtml(words) => {
                out.push_str(&words)
            }
            MarkdownEvent::SoftBreak | MarkdownEvent::HardBreak => out.push(' '),
            MarkdownEvent::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => out.push(' '),
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

/// Whether a path leads into this site. Browsers read `//host` and `/\\host` as another one, and take out tabs
/// and line ends before they look.
pub fn is_ours(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// Percent-encodes everything but letters and digits.
pub fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}

/// What stands behind the `?` of an address, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| decode(&text.replace('+', " "));
    let split = |pair: &str| pair.split_once('=').map_or_else(|| (plain(pair), String::new()), |(name, value)| (plain(name), plain(value)));
    query.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

/// Reverses `encode`; what is not encoded well stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = vec![];
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = (byte == b'%').then(|| (rest.next(), rest.next()));
        match digits {
            Some((Some(a), Some(b))) => {
                let hex = [a, b];
                bytes.extend(std::str::from_utf8(&hex).ok().and_then(|h| u8::from_str_radix(h, 16).ok()));
            }
            Some(_) => {}
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_show_words_without_their_markdown() {
        assert_eq!(plain("It caches for **60 seconds**.\nSee `Vec<u8>`.\n\n- one\n- two"), "It caches for 60 seconds. See Vec<u8>. one two");
        assert_eq!(plain("a <b> c"), "a <b> c");
    }

    #[test]
    fn scripts_do_not_survive() {
        let html = markdown("**hi** <script>alert(1)</script> <a href=\"javascript:x\" onclick=y>z</a>").into_string();
        assert!(html.contains("<strong>hi</strong>"));
        assert!(!html.contains("script") && !html.contains("onclick"), "{html}");
    }

    #[test]
    fn no_redirect_leaves_the_site() {
        assert!(is_ours("/ORB/backlog?q=a%20b"));
        for elsewhere in
            ["", "x", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example"]
        {
            assert!(!is_ours(elsewhere), "{elsewhere:?}");
        }
    }

    #[test]
    fn encoding_round_trips() {
        for text in ["", "a b", "Größe: 5 %", "%", "100% sure; \"yes\""] {
            assert_eq!(decode(&encode(text)), text);
        }
    }
}
