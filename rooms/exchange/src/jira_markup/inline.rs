//! What stands within a line: emphasis, links, mentions, images, code.

use std::collections::BTreeMap;

/// Marks inside one another that are read.
const DEEPEST: usize = 6;

/// One line of Jira's markup as Markdown.
pub fn inline(line: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    read(line, names, 0, &mut out);
    out.trim().to_owned()
}

/// Bytes after which a mark that was opened is no longer looked for, so that odd texts take no time.
const FURTHEST: usize = 2_000;

/// The beginning of a text, whole characters of it.
fn within(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Jira's mark, and what stands before and after the text in Markdown.
const MARKS: &[(&str, &str, &str)] = &[
    ("*", "**", "**"),
    ("_", "_", "_"),
    ("-", "~~", "~~"),
    ("??", "_", "_"),
    ("+", "<ins>", "</ins>"),
    ("^", "<sup>", "</sup>"),
    ("~", "<sub>", "</sub>"),
];
/// Marks that only say how a text looks, or where it can be jumped to.
const LOOKS: &[&str] = &["color", "anchor", "html", "toc", "div", "span", "adf"];

fn read(line: &str, names: &BTreeMap<String, String>, depth: usize, out: &mut String) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let (before, rest) = (line[..at].chars().next_back(), &line[at..]);
        let turned = match c {
            '\\' => escaped(rest),
            '{' => braced(rest, names, depth),
            '[' => link(rest, names),
            '!' => image(before, rest),
            'h' => address(before, rest),
            '<' if rest[1..].starts_with(|n: char| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')) => Some(("\\<".into(), 1)),
            _ => None,
        };
        let turned = turned.or_else(|| emphasis(before, rest, names, depth));
        match turned {
            Some((text, length)) => {
                out.push_str(&text);
                at += length;
            }
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
}

/// What was read of a line: its Markdown, and how long it was.
type Read = Option<(String, usize)>;

fn inner(text: &str, names: &BTreeMap<String, String>, depth: usize) -> String {
    let mut out = String::new();
    read(text, names, depth + 1, &mut out);
    out
}

/// `\{` is a brace and no mark; two at the end of a word end the line.
fn escaped(rest: &str) -> Read {
    let after = rest[1..].chars().next()?;
    match after {
        '\\' if rest[2..].is_empty() || rest[2..].starts_with(' ') => Some(("<br>".into(), 2)),
        '\\' => Some(("\\\\\\\\".into(), 2)),
        '{' | '}' => Some((after.to_string(), 2)),
        '*' | '_' | '[' | ']' | '!' | '+' | '-' | '^' | '~' | '|' | '#' => Some((format!("\\{after}"), 2)),
        _ => None,
    }
}

/// `{{code}}`, `{*}bold in a word{*}`, and marks of how a text looks.
fn braced(rest: &str, names: &BTreeMap<String, String>, depth: usize) -> Read {
    if let Some(code) = rest.strip_prefix("{{") {
        let mut end = code.find("}}")?;
        while code[end..].starts_with("}}}") {
            end += 1;
        }
        let text = code[..end].strip_prefix("{}").unwrap_or(&code[..end]);
        let text = text.strip_suffix("{}").unwrap_or(text).trim();
        let mark = if text.contains('`') { "``" } else { "`" };
        return Some((if text.is_empty() { String::new() } else { format!("{mark}{text}{mark}") }, end + 4));
    }
    let end = within(rest, FURTHEST).find('}')?;
    let mark = &rest[1..end];
    if LOOKS.contains(&mark.split(':').next().unwrap_or("")) {
        return Some((String::new(), end + 1));
    }
    let (_, open, close) = MARKS.iter().find(|(jira, ..)| *jira == mark)?;
    let token = &rest[..=end];
    let length = within(&rest[end + 1..], FURTHEST).find(token)?;
    let text = &rest[end + 1..end + 1 + length];
    (depth < DEEPEST && !text.trim().is_empty()).then(|| (spaced(open, &inner(text, names, depth), close), end + 1 + length + token.len()))
}

/// Spaces stand outside of Markdown's marks.
fn spaced(open: &str, text: &str, close: &str) -> String {
    let trimmed = text.trim();
    let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
    format!("{}{open}{trimmed}{close}{}", &text[..start], &text[end..])
}

/// `*bold*` and its like: the marks touch the text and no other word.
fn emphasis(before: Option<char>, rest: &str, names: &BTreeMap<String, String>, depth: usize) -> Read {
    let (jira, open, close) = MARKS.iter().find(|(jira, ..)| rest.starts_with(jira))?;
    let own = jira.chars().next()?;
    // What may also be a sign of its own wants a space before it.
    let starts = before
        .is_none_or(|b| b != own && if matches!(own, '*' | '_' | '?') { !b.is_alphanumeric() } else { b.is_whitespace() || "([{\"'*_}".contains(b) });
    let text = within(&rest[jira.len()..], FURTHEST);
    if depth >= DEEPEST || !starts || text.starts_with(|c: char| c.is_whitespace() || c == own) {
        return None;
    }
    let end = text.match_indices(jira).map(|(at, _)| at).find(|at| {
        let (inside, after) = (&text[..*at], &text[at + jira.len()..]);
        !inside.is_empty()
            && !inside.ends_with(|c: char| c.is_whitespace() || c == own)
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == own)
    })?;
    Some((format!("{open}{}{close}", inner(&text[..end], names, depth)), end + 2 * jira.len()))
}

/// `[text|address]`, `[address]`, `[^file]`, `[~person]`.
fn link(rest: &str, names: &BTreeMap<String, String>) -> Read {
    let end = within(rest, FURTHEST).find(']')?;
    let inside = &rest[1..end];
    let length = end + 1;
    if let Some(person) = inside.strip_prefix('~') {
        let id = person.strip_prefix("accountid:").unwrap_or(person);
        return Some((format!("@{}", names.get(id).map_or(id, String::as_str)), length));
    }
    if let Some(file) = inside.strip_prefix('^') {
        return Some((format!("_{}_", file.trim()), length));
    }
    let mut parts = inside.split('|');
    let (first, second) = (parts.next().unwrap_or("").trim(), parts.next().map(str::trim));
    let (text, target) = match second {
        Some(target) => (first, target),
        None => ("", first),
    };
    if leads_out(target) {
        let plain = text.is_empty() || text == target;
        return Some((if plain { format!("<{target}>") } else { format!("[{}]({})", inner(text, names, 1), destination(target)) }, length));
    }
    match (second, target.strip_prefix('#').or(target.strip_prefix('^'))) {
        (Some(_), Some(_)) => Some((inner(text, names, 1), length)),
        (None, Some(anchor)) if !anchor.contains(' ') && !anchor.starts_with(|c: char| c.is_ascii_digit()) => Some((anchor.to_owned(), length)),
        (Some(target), None) if !text.is_empty() && !target.is_empty() => Some((format!("{} ({target})", inner(text, names, 1)), length)),
        _ => None,
    }
}

fn leads_out(target: &str) -> bool {
    ["http://", "https://", "mailto:", "ftp://"].iter().any(|scheme| target.to_ascii_lowercase().starts_with(scheme))
        && !target.contains(char::is_whitespace)
}

/// An address in a link; brackets in it would end the link.
fn destination(address: &str) -> String {
    if address.contains(['(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

/// `!picture.png|thumbnail!`: by its name, and a link where it lies elsewhere.
fn image(before: Option<char>, rest: &str) -> Read {
    let end = within(&rest[1..], FURTHEST).find('!')? + 1;
    let name = rest[1..end].split('|').next().unwrap_or("");
    let file = name.rsplit('/').next().unwrap_or(name);
    let known = file
        .rsplit_once('.')
        .is_some_and(|(stem, kind)| !stem.is_empty() && (2..=4).contains(&kind.len()) && kind.chars().all(char::is_alphanumeric));
    if !known || name.starts_with(' ') || name.contains(['<', '>']) || before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let picture = if leads_out(name) { format!("[{file}]({})", destination(name)) } else { format!("_{file}_") };
    Some((picture, end + 1))
}

/// An address in the middle of a sentence is a link; the full stop behind it is not part of it.
fn address(before: Option<char>, rest: &str) -> Read {
    if before.is_some_and(char::is_alphanumeric) || !(rest.starts_with("http://") || rest.starts_with("https://")) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || "|<>\"]{}".contains(c)).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'', '\\']);
    // A bracket that was opened before the address is closed after it.
    let address = if address.contains('(') { address } else { address.trim_end_matches(')') };
    (address.len() > "https://".len()).then(|| (format!("<{address}>"), address.len()))
}
