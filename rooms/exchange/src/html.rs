//! Cells that hold HTML, as Azure DevOps and Plane write them, as Markdown.

/// Whether a cell is HTML from end to end; text that only speaks of a tag is text.
pub fn is_html(cell: &str) -> bool {
    let cell = cell.trim();
    let named = cell.strip_prefix('<').and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_ascii_alphabetic());
    named && cell.ends_with('>') && cell.contains("</")
}

/// What it says, in Markdown.
pub fn to_markdown(cell: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = cell.trim();
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        writer.tag(&rest[at + 1..at + end]);
        rest = &rest[at + end + 1..];
    }
    writer.text(rest);
    writer.out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The lists around, with the next number of those that count.
    lists: Vec<Option<usize>>,
    links: Vec<String>,
    verbatim: bool,
}

impl Writer {
    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("").to_lowercase();
        match name.as_str() {
            "b" | "strong" => self.mark("**", closes),
            "i" | "em" => self.mark("_", closes),
            "s" | "del" | "strike" => self.mark("~~", closes),
            "code" if !self.verbatim => self.out.push('`'),
            "pre" => {
                self.verbatim = !closes;
                self.line(1);
                self.out.push_str("```");
                self.line(1);
            }
            "br" => self.out.push('\n'),
            "hr" => {
                self.line(2);
                self.out.push_str("---");
                self.line(2);
            }
            "p" | "div" | "blockquote" | "table" => self.line(if name == "div" || !self.lists.is_empty() { 1 } else { 2 }),
            "tr" => self.line(1),
            "td" | "th" if closes => self.out.push_str(" | "),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.line(2);
                if !closes {
                    self.out.push_str(&"#".repeat(usize::from(name.as_bytes()[1] - b'0')));
                    self.out.push(' ');
                }
            }
            "ul" | "ol" if closes => {
                self.lists.pop();
                self.line(if self.lists.is_empty() { 2 } else { 1 });
            }
            "ul" | "ol" => {
                self.line(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push((name == "ol").then_some(1));
            }
            "li" if !closes => self.item(),
            "a" if closes => {
                let address = self.links.pop().unwrap_or_default();
                self.out.push_str(&format!("](<{address}>)"));
            }
            "a" => {
                self.links.push(attribute(tag, "href"));
                self.out.push('[');
            }
            "img" => {
                let (said, source) = (attribute(tag, "alt"), attribute(tag, "src"));
                let named = if said.is_empty() { source.rsplit('/').next().unwrap_or("").to_owned() } else { said };
                self.out.push_str(&format!("_{named}_"));
            }
            _ => {}
        }
    }

    /// Begins and ends emphasis, which touches its words.
    fn mark(&mut self, mark: &str, closes: bool) {
        let spaces = if closes { self.out.len() - self.out.trim_end_matches(' ').len() } else { 0 };
        self.out.truncate(self.out.len() - spaces);
        match closes && self.out.ends_with(mark) {
            true => self.out.truncate(self.out.len() - mark.len()),
            false => self.out.push_str(mark),
        }
        self.out.push_str(&" ".repeat(spaces));
    }

    fn item(&mut self) {
        self.line(1);
        let depth = self.lists.len().saturating_sub(1);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.out.push_str(&"   ".repeat(depth));
        self.out.push_str(&marker);
    }

    /// Goes to the beginning of a line, with a blank one before it where two are asked for.
    fn line(&mut self, breaks: usize) {
        let text = self.out.trim_end_matches([' ', '\n']).len();
        let there = self.out[text..].matches('\n').count();
        if text > 0 {
            self.out.truncate(text);
            self.out.push_str(&"\n".repeat(there.max(breaks)));
        }
    }

    fn text(&mut self, text: &str) {
        let text = unescaped(text);
        if self.verbatim {
            self.out.push_str(&text);
            return;
        }
        for (at, word) in text.split([' ', '\n', '\t', '\r', '\u{a0}']).enumerate() {
            let begins = self.out.is_empty() || self.out.ends_with([' ', '\n', '[']);
            if at > 0 && !begins {
                self.out.push(' ');
            }
            self.out.push_str(&word.replace('<', "\\<"));
        }
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let found = tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value);
    unescaped(found)
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let named = rest.find(';').filter(|end| *end <= 10).map(|end| (&rest[1..end], &rest[end + 1..]));
        let found = named.and_then(|(name, after)| Some((character(name)?, after)));
        match found {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            (
                "<div>As a <b>guest</b> I&nbsp;want it</div><ul><li>one</li><li>two &amp; a half</li></ul><div>After</div>",
                "As a **guest** I want it\n\n- one\n- two & a half\n\nAfter",
            ),
            ("<p>One</p><p>Two <a href=\"https://x.org/?a=1&amp;b=2\">here</a></p>", "One\n\nTwo [here](<https://x.org/?a=1&b=2>)"),
            ("<ol><li>open<ul><li>at dusk</li></ul></li><li>close</li></ol>", "1. open\n   - at dusk\n2. close"),
            ("<h2>Why</h2><div>So&#39;s <i>this </i>true<br>next</div>", "## Why\n\nSo's _this_ true\nnext"),
            ("<pre>  a &lt; b\n  c</pre>", "```\n  a < b\n  c\n```"),
            ("<div>\n  <span style=\"color:red\">1 &lt; 2</span>\n</div>", "1 \\< 2"),
            ("<div><b></b>none</div>", "none"),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
    }

    #[test]
    fn text_that_speaks_of_tags_is_text() {
        assert!(is_html(" <div>x</div>\n") && is_html("<p class=\"a\">x</p>"));
        for text in ["use <div> here", "<div", "< 3 and > 2", "a > b", "<Enter> ends it>"] {
            assert!(!is_html(text), "{text}");
        }
    }
}
