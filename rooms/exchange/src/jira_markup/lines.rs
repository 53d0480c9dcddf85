//! Lines of Jira's markup as blocks of Markdown.

use super::{inline::inline, tables};
use std::collections::BTreeMap;

/// A block of Markdown, ready to be written.
pub enum Block {
    /// An item of a list with all that hangs on it; items stand together.
    Item(String),
    Other(String),
}

/// Reads lines one after the other.
#[derive(Default)]
pub struct Reader {
    pub blocks: Vec<Block>,
    /// How far the text of each level of the list goes in, while a list goes on.
    levels: Vec<usize>,
    /// The last block is a paragraph or an item that a further line continues.
    goes_on: bool,
    /// Lines of a table.
    table: Vec<String>,
}

impl Reader {
    /// Reads the lines of a text.
    pub fn text(&mut self, text: &str, names: &BTreeMap<String, String>) {
        let text = text.strip_suffix('\n').unwrap_or(text);
        if text.is_empty() {
            return;
        }
        for line in text.split('\n') {
            self.line(line, names);
        }
        self.end_table(names);
    }

    /// Adds a block that was written elsewhere: into the item above, if a list goes on.
    pub fn put(&mut self, block: String) {
        match self.blocks.last_mut() {
            Some(Block::Item(item)) if !self.levels.is_empty() => {
                let pad = " ".repeat(self.levels.iter().sum());
                if block.starts_with('|') {
                    item.push('\n');
                }
                for line in block.lines() {
                    item.push('\n');
                    if !line.is_empty() {
                        item.push_str(&pad);
                        item.push_str(line);
                    }
                }
            }
            _ => self.blocks.push(Block::Other(block)),
        }
        self.goes_on = false;
    }

    fn line(&mut self, line: &str, names: &BTreeMap<String, String>) {
        let line = line.trim();
        if tables::goes_on(&self.table, line) {
            return self.table.push(line.to_owned());
        }
        self.end_table(names);
        if line.is_empty() {
            self.goes_on = false;
            self.levels.clear();
        } else if line.starts_with('|') && line.len() > 1 {
            self.table.push(line.to_owned());
        } else if let Some((level, title)) = heading(line) {
            self.other(format!("{} {}", "#".repeat(level), inline(title, names)));
        } else if line.len() >= 3 && line.bytes().all(|b| b == b'-') {
            self.other("---".into());
        } else if let Some(quote) = line.strip_prefix("bq. ") {
            self.other(format!("> {}", inline(quote, names)));
        } else if let Some((marks, text)) = item(line, !self.levels.is_empty()) {
            self.item(marks, &inline(text, names));
        } else {
            self.words(&inline(line, names));
        }
    }

    fn other(&mut self, block: String) {
        self.blocks.push(Block::Other(block));
        self.goes_on = false;
        self.levels.clear();
    }

    /// An item goes in as far as the text of the item above it does.
    fn item(&mut self, marks: &str, text: &str) {
        self.levels.truncate(marks.len() - 1);
        let pad: usize = self.levels.iter().sum();
        let mark = if marks.ends_with('#') { "1." } else { "-" };
        self.levels.push(mark.len() + 1);
        self.blocks.push(Block::Item(format!("{}{mark} {text}", " ".repeat(pad))));
        self.goes_on = true;
    }

    /// A line of a paragraph; each line stays one.
    fn words(&mut self, line: &str) {
        let pad = " ".repeat(self.levels.iter().sum());
        match self.blocks.last_mut() {
            Some(Block::Item(text) | Block::Other(text)) if self.goes_on => {
                text.push_str("  \n");
                text.push_str(&pad);
                text.push_str(&plain_start(line));
            }
            _ => {
                self.levels.clear();
                self.blocks.push(Block::Other(plain_start(line)));
            }
        }
        self.goes_on = true;
    }

    fn end_table(&mut self, names: &BTreeMap<String, String>) {
        if !self.table.is_empty() {
            let table = tables::table(&std::mem::take(&mut self.table), names);
            self.put(table);
        }
    }
}

/// `h3. Title` is a heading of level 3.
pub fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.strip_prefix('h')?;
    let level = rest.chars().next()?.to_digit(10).filter(|d| (1..=6).contains(d))?;
    let title = rest.get(1..)?.strip_prefix('.')?;
    title.starts_with(' ').then(|| (level as usize, title.trim()))
}

/// The marks of a list's item and its text. Two dashes are a dash of typography, unless they go on with a list.
fn item(line: &str, in_list: bool) -> Option<(&str, &str)> {
    let count = line.bytes().take_while(|b| matches!(b, b'*' | b'#' | b'-')).count();
    let (marks, text) = line.split_at(count);
    let text = text.strip_prefix([' ', '\t'])?.trim();
    let dashes = marks.len() > 1 && marks.bytes().all(|b| b == b'-');
    (!marks.is_empty() && !text.is_empty() && (in_list || !dashes)).then_some((marks, text))
}

/// Keeps the beginning of a line from being read as a mark that Jira does not have.
fn plain_start(line: &str) -> String {
    let marked = line.starts_with('>') || line.starts_with("+ ") || (line.starts_with('=') && line.bytes().all(|b| b == b'='));
    let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    if marked || heading { format!("\\{line}") } else { line.to_owned() }
}
