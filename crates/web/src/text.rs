//! Text that people typed: Markdown to safe HTML, and text in cookies and links.

mod refer;

use kernel::{Scope, terms::Sought};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event as MarkdownEvent, LinkType, Options, Parser, Tag, TagEnd, html::push_html};
use refer::Refers;
use std::{borrow::Cow, collections::HashSet, ops::Range, sync::LazyLock};

/// Elements inside one another that are drawn; deeper ones only show what they hold.
const DEEPEST: usize = 30;
/// Tags that a text may bring along; where there are more, they are shown as they were typed.
const MOST_TAGS: usize = 300;

/// Signs of Markdown (emphasis, brackets, quotes) that are read as such; a text with more is shown as it was typed. A real
/// one of this length has far fewer, and reading them takes longer the more of them wait for their other half.
const MOST_SIGNS: usize = 10_000;

/// Takes out of HTML what a browser could run or open without being asked to.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner.url_schemes(HashSet::from(["http", "https", "mailto"]));
    cleaner
});

/// Markdown as HTML, with everything a browser could run taken out. However a text is built, drawing it takes a time
/// that follows its length.
pub fn markdown(text: &str) -> Markup {
    drawn(text, None)
}

/// The same of what was written in a product: whoever is named in it is marked so, and the product's own keys lead to
/// their things. `names` says where a text names somebody.
pub fn written(scope: &Scope, names: &dyn Fn(&str) -> Vec<Range<usize>>, text: &str) -> Markup {
    drawn(text, Some(&Refers { scope, names }))
}

fn drawn(text: &str, refers: Option<&Refers>) -> Markup {
    if text.trim().is_empty() {
        return html! {};
    }
    let text = refer::without_signs(text);
    let text = &*text;
    if text.bytes().filter(|b| matches!(b, b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'>' | b'|')).count() > MOST_SIGNS {
        return html! { pre { (text) } };
    }
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS);
    let tags_as_text = text.bytes().filter(|b| *b == b'<').count() > MOST_TAGS;
    let mut depth = 0;
    let shallow = parser.filter_map(|event| match event {
        MarkdownEvent::Start(_) => {
            depth += 1;
            (depth <= DEEPEST).then_some(event)
        }
        MarkdownEvent::End(_) => {
            depth -= 1;
            (depth < DEEPEST).then_some(event)
        }
        MarkdownEvent::Html(words) | MarkdownEvent::InlineHtml(words) if tags_as_text => Some(MarkdownEvent::Text(words)),
        _ => Some(event),
    });
    let mut out = String::with_capacity(text.len() * 2);
    match (text.contains(ATTACHED), refers.filter(|_| refer::may_refer(text))) {
        (true, None) => push_html(&mut out, with_attached(shallow)),
        (true, Some(refers)) => push_html(&mut out, refers.marked(with_attached(shallow))),
        (false, None) => push_html(&mut out, shallow),
        (false, Some(refers)) => push_html(&mut out, refers.marked(shallow)),
    }
    // Without these there is neither markup nor a link in the text, so nothing to take out.
    let clean = match text.contains(['<', '[', '&', ':']) {
        true => CLEANER.clean(&out).to_string(),
        false => out,
    };
    let clean = refers.map_or(Cow::Borrowed(&*clean), |refers| refers.told(&clean));
    PreEscaped(if text.contains(runs_leftwards) { directed(&clean) } else { clean.into_owned() })
}

/// How a text names a file that hangs on a thing: this and the file's id.
const ATTACHED: &str = "attachment:";

/// Where a file is that a text names, and the same made small.
fn attached(url: &str) -> Option<(String, String)> {
    let id = url.strip_prefix(ATTACHED).filter(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some((format!("/attachments/{id}"), format!("/attachments/{id}/small")))
}

/// With files led to where they are: a picture is shown small and leads to the whole one, unless it is in a link already.
fn with_attached<'a>(events: impl Iterator<Item = MarkdownEvent<'a>>) -> impl Iterator<Item = MarkdownEvent<'a>> {
    let link = |to: String| Tag::Link { link_type: LinkType::Inline, dest_url: to.into(), title: CowStr::Borrowed(""), id: CowStr::Borrowed("") };
    let (mut links, mut led) = (0_u32, vec![]);
    events.flat_map(move |event| {
        let both = match event {
            MarkdownEvent::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let file = attached(&dest_url);
                let leads = file.is_some() && links == 0;
                led.push(leads);
                let (whole, shown) = file.map_or((None, dest_url), |(whole, small)| (leads.then_some(whole), small.into()));
                let image = Tag::Image { link_type, dest_url: shown, title, id };
                [whole.map(|to| MarkdownEvent::Start(link(to))), Some(MarkdownEvent::Start(image))]
            }
            MarkdownEvent::End(TagEnd::Image) => {
                let leads = led.pop().unwrap_or_default();
                [Some(event), leads.then_some(MarkdownEvent::End(TagEnd::Link))]
            }
            MarkdownEvent::Start(Tag::Link { link_type, dest_url, title, id }) => {
                links += 1;
                let dest_url = attached(&dest_url).map_or(dest_url, |(whole, _)| whole.into());
                [Some(MarkdownEvent::Start(Tag::Link { link_type, dest_url, title, id })), None]
            }
            MarkdownEvent::End(TagEnd::Link) => {
                links = links.saturating_sub(1);
                [Some(event), None]
            }
            other => [Some(other), None],
        };
        both.into_iter().flatten()
    })
}

/// Letters of scripts that are written from right to left: Hebrew, Arabic and their neighbours.
fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1eeff}')
}

/// Lets each block take the direction of its own words; a tag of ours is the only thing that begins with a bare `<`.
fn directed(html: &str) -> String {
    ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"]
        .iter()
        .fold(html.to_owned(), |html, tag| html.replace(&format!("<{tag}>"), &format!("<{tag} dir=\"auto\">")))
}

/// Markdown as one line of words, for lists.
pub fn plain(text: &str) -> String {
    line_of(text, |_| true)
}

/// What somebody says themself, as one line of words: what they quote is left out, unless it is all there is.
pub fn own_words(text: &str) -> String {
    match line_of(text, |quoted| !quoted) {
        own if own.is_empty() => plain(text),
        own => own,
    }
}

/// Of what is quoted and of what is not, what is wanted.
fn line_of(text: &str, wanted: impl Fn(bool) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quotes = 0;
    for event in Parser::new(text) {
        match event {
            MarkdownEvent::Start(Tag::BlockQuote(_)) => quotes += 1,
            MarkdownEvent::End(TagEnd::BlockQuote(_)) => quotes -= 1,
            _ if !wanted(quotes > 0) => {}
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

/// Markdown in which a file is called by its name alone, not by where it lies: for whoever reads the text as it is.
pub fn files_named(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, lies)) = rest.split_once("](attachment:") {
        let (Some((head, name)), Some((_, after))) = (before.rsplit_once('['), lies.split_once(')')) else { break };
        out.push_str(head.strip_suffix('!').unwrap_or(head));
        out.push_str(name);
        rest = after;
    }
    out + rest
}

/// A text with the words marked that were looked for.
pub fn marked(text: &str, sought: &Sought) -> Markup {
    let mut from = 0;
    html! {
        @for at in sought.marks(text) { (text[from..at.start]) mark { (text[at.clone()]) } @let () = { from = at.end; }; }
        (text[from..])
    }
}

/// An address that someone gave, as a link where it is one that may be followed.
pub fn link_out(url: &str) -> Markup {
    html! { @if kernel::fields::is_link(url) { a href=(url) rel="noreferrer" { (url) } } @else { (url) } }
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
    fn a_file_in_a_text_is_called_by_its_name() {
        assert_eq!(files_named("See ![lock.png](attachment:01a2) and [log](attachment:01a3)."), "See lock.png and log.");
        for plain in ["a [link](https://x.org)", "](attachment:", "[x](attachment:1", ""] {
            assert_eq!(files_named(plain), plain);
        }
    }

    #[test]
    fn lists_show_words_without_their_markdown() {
        assert_eq!(plain("It caches for **60 seconds**.\nSee `Vec<u8>`.\n\n- one\n- two"), "It caches for 60 seconds. See Vec<u8>. one two");
        assert_eq!(plain("a <b> c"), "a <b> c");
        assert_eq!(own_words("> What of **it**?\n> > More\n\nAll *is* well.\n\n> And?\n\nYes"), "All is well. Yes");
        assert_eq!(own_words("> Only this"), "Only this");
    }

    #[test]
    fn each_block_takes_the_direction_of_its_words() {
        let html = markdown("# مرحبا\n\nPlain words, 12.\n\n- שלום").into_string();
        assert!(html.contains("<h1 dir=\"auto\">مرحبا") && html.contains("<li dir=\"auto\">שלום"), "{html}");
        assert!(!markdown("Plain words").into_string().contains("dir="));
    }

    #[test]
    fn scripts_do_not_survive() {
        let html = markdown("**hi** <script>alert(1)</script> <a href=\"javascript:x\" onclick=y>z</a>").into_string();
        assert!(html.contains("<strong>hi</strong>"));
        assert!(!html.contains("script") && !html.contains("onclick"), "{html}");
    }

    #[test]
    fn a_text_shows_the_files_that_it_names() {
        let id = "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6";
        let html = markdown(&format!("See ![the shot](attachment:{id}) and [the plan](attachment:{id}).")).into_string();
        assert!(
            html.contains(&format!("<a href=\"/attachments/{id}\""))
                && html.contains(&format!("<img src=\"/attachments/{id}/small\" alt=\"the shot\"")),
            "{html}"
        );
        assert_eq!(html.matches("<a ").count(), 2, "{html}");
        let inside = markdown(&format!("[![x](attachment:{id})](https://x.org)")).into_string();
        assert_eq!(inside.matches("<a ").count(), 1, "{inside}");
        let other = markdown("![x](attachment:../../etc) [y](attachment:javascript)").into_string();
        assert!(!other.contains("/attachments/") && !other.contains("href") && !other.contains("src"), "{other}");
    }

    #[test]
    fn what_is_too_deep_is_shown_flat() {
        let deep = markdown(&format!("{} end", ">".repeat(1_000))).into_string();
        assert!(deep.contains("end") && deep.matches("<blockquote>").count() <= DEEPEST, "{deep}");
        assert_eq!(deep.matches("<blockquote>").count(), deep.matches("</blockquote>").count());
        let signs = markdown(&"*[".repeat(MOST_SIGNS)).into_string();
        assert!(signs.starts_with("<pre>*["), "too many to be meant");
        let tags = markdown(&format!("{} end", "<b>".repeat(MOST_TAGS + 1))).into_string();
        assert!(tags.contains("&lt;b&gt;") && !tags.contains("<b>"), "{tags}");
        assert!(markdown("a <b>b</b> c").into_string().contains("<b>b</b>"), "a few are taken as they are meant");
    }

    #[test]
    fn links_that_people_type_are_those_that_may_be_followed() {
        let html = markdown("[a](https://x.org) [b](javascript:x) [c](data:text/html,x) [d](mailto:a@x.org) <vbscript:x>").into_string();
        assert!(html.contains("https://x.org") && html.contains("mailto:a@x.org"), "{html}");
        assert!(!html.contains("href=\"javascript") && !html.contains("href=\"data") && !html.contains("href=\"vbscript"), "{html}");
        assert_eq!(link_out("javascript:x").into_string(), "javascript:x");
        assert_eq!(link_out("https://x.org").into_string(), "<a href=\"https://x.org\" rel=\"noreferrer\">https://x.org</a>");
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
