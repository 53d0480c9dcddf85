//! What stands for itself in a text of Jira's: code, whose marks mean nothing, and panels, which hold a text of their own.

/// A part of a text.
pub enum Piece {
    Text(String),
    Code(Code),
    Panel {
        title: Option<String>,
        inside: String,
        /// As it was typed.
        whole: String,
    },
}

pub struct Code {
    pub language: String,
    pub title: Option<String>,
    pub text: String,
}

const VERBATIM: &[&str] = &["code", "noformat"];
const PANELS: &[&str] = &["quote", "panel", "info", "note", "warning", "tip", "expand"];

/// A mark such as `{code:title=a.rs|java}`.
struct Mark<'a> {
    name: &'a str,
    settings: &'a str,
    /// Its length.
    length: usize,
}

/// The mark at the beginning of a text.
fn mark(text: &str) -> Option<Mark<'_>> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find(['}', '{', '\n'])?;
    if !inner[end..].starts_with('}') {
        return None;
    }
    let (name, settings) = inner[..end].split_once(':').unwrap_or((&inner[..end], ""));
    Some(Mark { name, settings, length: end + 2 })
}

/// Takes a text apart. A mark that is never closed is text.
pub fn split(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, here) = rest.split_at(at);
        plain.push_str(before);
        let known = mark(here).filter(|m| !before.ends_with('\\') && (VERBATIM.contains(&m.name) || PANELS.contains(&m.name)));
        let closed = known.and_then(|m| {
            let inside = &here[m.length..];
            let close = format!("{{{}}}", m.name);
            inside.find(&close).map(|end| (m, &inside[..end], &inside[end + close.len()..]))
        });
        let Some((mark, inside, after)) = closed else {
            plain.push('{');
            rest = &here[1..];
            continue;
        };
        if VERBATIM.contains(&mark.name) {
            if is_within_a_line(&plain, inside, after) {
                plain.push_str(&format!("{{{{{inside}}}}}"));
                rest = after;
                continue;
            }
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Code(code(&mark, inside)));
        } else {
            let whole = here[..here.len() - after.len()].to_owned();
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Panel { title: title(&mark), inside: inside.trim_matches('\n').to_owned(), whole });
        }
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    pieces
}

/// A few words of code in the middle of a sentence.
fn is_within_a_line(before: &str, inside: &str, after: &str) -> bool {
    let words = |line: Option<&str>| line.is_some_and(|l| !l.trim().is_empty());
    !inside.contains('\n') && (words(before.rsplit('\n').next()) || words(after.split('\n').next()))
}

fn setting<'a>(mark: &Mark<'a>, name: &str) -> Option<&'a str> {
    mark.settings
        .split('|')
        .find_map(|s| s.split_once('=').filter(|(n, _)| n.trim() == name))
        .map(|(_, value)| value.trim())
        .filter(|v| !v.is_empty())
}

fn code(mark: &Mark, inside: &str) -> Code {
    let named = mark.settings.split('|').find(|s| !s.contains('=')).unwrap_or("");
    let language = named.trim().rsplit('.').next().unwrap_or("").chars().filter(|c| c.is_alphanumeric() || "+#-".contains(*c)).collect();
    Code { language, title: setting(mark, "title").map(str::to_owned), text: inside.to_owned() }
}

fn title(mark: &Mark) -> Option<String> {
    let bare = (mark.name == "expand" && !mark.settings.contains('=') && !mark.settings.is_empty()).then_some(mark.settings);
    let kind = matches!(mark.name, "info" | "note" | "warning" | "tip").then(|| format!("{}{}", mark.name[..1].to_uppercase(), &mark.name[1..]));
    setting(mark, "title").or(bare).map(str::to_owned).or(kind)
}
