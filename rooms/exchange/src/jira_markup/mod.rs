//! Jira's wiki markup as Markdown: pieces that stand for themselves (code, quotes, panels), then lines (headings, lists,
//! tables, paragraphs), then what stands within a line. Every line of a text stays a line, and nothing is thrown away.

mod inline;
mod lines;
mod pieces;
mod tables;
#[cfg(test)]
mod tests;

use lines::{Block, Reader};
use pieces::{Code, Piece, split};
use std::collections::BTreeMap;

/// Quotes and panels inside one another that are taken apart; deeper ones stay as they were typed.
const DEEPEST: usize = 8;

/// A text of Jira's as Markdown. `names` are the people that mentions may mean, by the id that Jira has for them.
pub fn to_markdown(text: &str, names: &BTreeMap<String, String>) -> String {
    if is_markdown(text) {
        return text.to_owned();
    }
    converted(&text.replace("\r\n", "\n").replace('\r', "\n"), names, 0)
}

fn converted(text: &str, names: &BTreeMap<String, String>, depth: usize) -> String {
    let mut reader = Reader::default();
    for piece in split(text) {
        match piece {
            Piece::Text(text) => reader.text(&text, names),
            Piece::Code(code) => reader.put(fenced(&code)),
            Piece::Panel { title, inside, whole } => match depth < DEEPEST {
                true => reader.put(quoted(title.as_deref(), &converted(&inside, names, depth + 1))),
                false => reader.text(&whole, names),
            },
        }
    }
    written(&reader.blocks)
}

/// Markdown in one of Jira's columns: what somebody wrote by hand for an import. It shows marks that Jira does not have,
/// and none of Jira's own.
fn is_markdown(text: &str) -> bool {
    const JIRA: &[&str] = &["{code", "{noformat", "{quote", "{panel", "{color", "{{", "||", "|http"];
    if JIRA.iter().any(|mark| text.contains(mark)) || text.lines().any(|line| lines::heading(line.trim_start()).is_some()) {
        return false;
    }
    let bold = text.split("**").skip(1).step_by(2).any(|inner| inner.starts_with(char::is_alphanumeric) && !inner.contains('\n'));
    // Below a numbered item two of these are an item of its own.
    let mut above = "";
    let heading = text.lines().any(|line| {
        let below_an_item = std::mem::replace(&mut above, line).starts_with('#');
        !below_an_item && line.starts_with("##") && line.trim_start_matches('#').starts_with(' ')
    });
    text.contains("```") || text.contains("](") || bold || heading
}

/// Blocks with a blank line between them, but none between the items of a list.
fn written(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let item = matches!(block, Block::Item(_));
        if !out.is_empty() {
            out.push_str(if item && in_list { "\n" } else { "\n\n" });
        }
        let (Block::Item(text) | Block::Other(text)) = block;
        out.push_str(text);
        in_list = item;
    }
    out
}

/// Code with a fence that is longer than any in it.
fn fenced(code: &Code) -> String {
    let longest = code.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let title = code.title.as_ref().map(|t| format!("**{t}**\n\n")).unwrap_or_default();
    format!("{title}{fence}{}\n{}\n{fence}", code.language, code.text.trim_matches('\n').trim_end())
}

/// Text with the mark of a quote before each line.
fn quoted(title: Option<&str>, text: &str) -> String {
    let title = title.map(|t| format!("**{t}**\n\n")).unwrap_or_default();
    format!("{title}{text}")
        .trim_matches('\n')
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned() + trailing(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The two spaces that end a line within a paragraph.
fn trailing(line: &str) -> &'static str {
    if line.ends_with("  ") { "  " } else { "" }
}
