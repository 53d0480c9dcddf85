//! An answer: Markdown with the headings of its kind, taken apart.

use crate::{Kind, text::figures};

/// What somebody has answered, by heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub kind: Kind,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    heading: String,
    text: String,
}

/// What is below a heading, for somebody who looks for it there.
static NOTHING: &str = "";

impl Answer {
    /// Takes an answer apart. Whatever is written is an answer: headings that are missing have nothing below them, and
    /// what stands before the first belongs nowhere.
    pub fn read(kind: Kind, text: &str) -> Answer {
        Answer { kind, parts: parts(text).into_iter().map(|(heading, text)| Part { heading, text }).collect() }
    }

    /// What stands below a heading; of two alike headings the first counts.
    pub fn part(&self, heading: &str) -> &str {
        self.parts.iter().find(|part| part.heading == heading).map_or(NOTHING, |part| &part.text)
    }

    /// All of it, without headings.
    pub fn whole(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// What does not fit the format, in sentences.
    pub fn faults(&self) -> Vec<String> {
        let headings: Vec<&str> = self.parts.iter().map(|part| part.heading.as_str()).collect();
        let mut found = vec![];
        if headings != self.kind.headings() {
            found.push(format!("The headings are {}; they should be {}.", headings.join(", "), self.kind.headings().join(", ")));
        }
        found
    }
}

/// The parts of a text by heading; the first has none where something stands before all of them.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![];
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        match line.strip_prefix("## ").filter(|_| !fenced) {
            Some(heading) => found.push((heading.trim().to_owned(), String::new())),
            None if found.is_empty() && line.trim().is_empty() => {}
            None => {
                if found.is_empty() {
                    found.push((String::new(), String::new()));
                }
                if let Some((_, own)) = found.last_mut() {
                    own.push_str(line);
                    own.push('\n');
                }
            }
        }
    }
    found
}

/// The fenced blocks of a text.
pub(crate) fn fences(text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut open: Option<String> = None;
    for line in text.lines() {
        match (line.starts_with("```"), &mut open) {
            (true, None) => open = Some(String::new()),
            (true, Some(_)) => found.extend(open.take()),
            (false, Some(block)) => {
                block.push_str(line);
                block.push('\n');
            }
            (false, None) => {}
        }
    }
    found
}

/// What stands outside of fenced blocks.
pub(crate) fn prose(text: &str) -> String {
    let mut fenced = false;
    let keep = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    };
    text.lines().filter(keep).collect::<Vec<_>>().join("\n")
}

/// The items of a list, each with the lines that go on from it; without a list, its paragraphs.
pub(crate) fn items(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    let listed = text.lines().any(|line| bullet(line).is_some());
    let mut open = false;
    for line in text.lines() {
        match bullet(line) {
            Some(item) => {
                found.push(item.to_owned());
                open = true;
            }
            None if line.trim().is_empty() => open = listed && open,
            None if open => {
                if let Some(last) = found.last_mut() {
                    last.push(' ');
                    last.push_str(line.trim());
                }
            }
            None if !listed => {
                found.push(line.trim().to_owned());
                open = true;
            }
            None => {}
        }
        if !listed && line.trim().is_empty() {
            open = false;
        }
    }
    found
}

/// What follows a bullet.
pub(crate) fn bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match line.as_bytes().first()? {
        b'-' | b'*' | b'+' => &line[1..],
        b'0'..=b'9' => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    rest.starts_with(char::is_whitespace).then(|| rest.trim())
}

/// The sentences of a text; a list's items end one, too.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    let mut open = String::new();
    let mut close = |open: &mut String| {
        let sentence = std::mem::take(open).trim().to_owned();
        if sentence.chars().any(char::is_alphanumeric) {
            found.push(sentence);
        }
    };
    for line in prose(text).lines() {
        let item = bullet(line);
        if item.is_some() || line.trim().is_empty() || line.trim_start().starts_with('|') {
            close(&mut open);
        }
        let line = item.unwrap_or(line).trim();
        let letters: Vec<char> = line.chars().collect();
        for (at, c) in letters.iter().enumerate() {
            open.push(*c);
            let next = letters.get(at + 1);
            if matches!(c, '.' | '!' | '?' | ';') && next.is_none_or(|n| n.is_whitespace()) {
                close(&mut open);
            }
        }
        open.push(' ');
    }
    close(&mut open);
    found
}

/// `low to high`: the first two figures with “to” or a dash between them.
pub fn interval(text: &str) -> Option<(f64, f64)> {
    let found = figures(text);
    for pair in found.windows(2) {
        let between = text.get(pair[0].end..pair[1].start)?;
        let joined = between.split(|c: char| !c.is_alphanumeric()).any(|word| word == "to") || between.contains(['–', '—', '-']);
        if !joined || between.contains('\n') || between.chars().count() > 40 {
            continue;
        }
        let scaled = |f: &crate::text::Figure| if f.percent { f.value / 100.0 } else { f.value };
        let (mut low, high) = (scaled(&pair[0]), scaled(&pair[1]));
        // “3 to 5 million”: the word belongs to both.
        let bare = text[pair[0].start..pair[0].end].chars().all(|c| !c.is_alphabetic() && c != '%');
        if bare {
            for (word, scale) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12), ("k", 1e3), ("M", 1e6), ("B", 1e9)] {
                if text[pair[1].start..pair[1].end].trim_end().ends_with(word) && low < high / scale {
                    low *= scale;
                    break;
                }
            }
            if pair[1].percent {
                low /= 100.0;
            }
        }
        return Some((low, high));
    }
    None
}

/// The rows of a table, without its head and the line below it.
pub(crate) fn table(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().map(str::trim).filter(|line| line.starts_with('|'));
    let cells = rows.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    cells.filter(|row| !row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')))).skip(1).collect()
}

/// A solution with what it was rated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rated {
    pub solution: String,
    pub value: f64,
    pub effort: f64,
    pub confidence: f64,
}

/// A row of the table of priorities: solution, value and effort from 1 to 5, confidence as a percentage.
pub(crate) fn rated(row: &[String]) -> Option<Rated> {
    let number = |cell: &str| cell.trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
    let point = |cell: &String| number(cell).filter(|n| (1.0..=5.0).contains(n));
    // The head of the column has the sign already, and 0.8 is a share.
    let confidence = row.get(3)?;
    let bare = number(confidence.trim().trim_end_matches('%'))?;
    let share = if !confidence.contains('%') && bare < 1.0 { bare } else { bare / 100.0 };
    let confidence = Some(share).filter(|share| (0.0..=1.0).contains(share))?;
    Some(Rated { solution: row[0].clone(), value: point(row.get(1)?)?, effort: point(row.get(2)?)?, confidence })
}

/// A cut as it is written: a step, by a dimension, where dimensions have values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub step: String,
    pub by: String,
    pub only: Vec<(String, String)>,
}

/// `step by dimension where dimension = value`, with whatever is said of it behind a colon or dash.
pub(crate) fn cut(item: &str) -> Option<Cut> {
    let mut item = item.trim().replace('`', "");
    for mark in [": ", " -- ", "--", " –", "–", " —", "—", "; "] {
        if let Some(at) = item.find(mark) {
            item.truncate(at);
        }
    }
    let item = item.trim().trim_end_matches([':', '.', ';']);
    let (step, rest) = item.split_once(" by ")?;
    let (by, filter) = rest.split_once(" where ").unwrap_or((rest, ""));
    let mut only = vec![];
    for part in filter.split(',').flat_map(|part| part.split(" and ")).map(str::trim).filter(|part| !part.is_empty()) {
        let (dimension, value) = part.split_once('=')?;
        only.push((dimension.trim().to_owned(), value.trim().trim_matches(['"', '“', '”']).to_owned()));
    }
    Some(Cut { step: step.trim().to_owned(), by: by.trim().to_owned(), only })
}

/// The first percentage of a text, as a share.
pub(crate) fn percentage(text: &str) -> Option<f64> {
    figures(text).into_iter().find(|f| f.percent && f.value <= 100.0).map(|f| f.value / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_apart() {
        let answer =
            Answer::read(Kind::Guesstimate, "## Scope\nPer year.\n\n## Model\n```\n## no heading\nanswer = 3\n```\n## Interval\n3 to 5 million\n");
        assert_eq!(answer.part("Scope"), "Per year.\n\n");
        assert_eq!(fences(answer.part("Model")), ["## no heading\nanswer = 3\n"]);
        assert_eq!(interval(answer.part("Interval")), Some((3e6, 5e6)));
        assert_eq!((answer.part("Answer"), answer.faults().len()), ("", 1));
    }

    #[test]
    fn lists_sentences_and_tables() {
        assert_eq!(items("- one\n  goes on\n- two\n\n3. three"), ["one goes on", "two", "three"]);
        assert_eq!(items("one\ngoes on\n\ntwo"), ["one goes on", "two"]);
        assert_eq!(sentences("It is 3.5 km. Then? - no\n- item one\n- two; three"), ["It is 3.5 km.", "Then?", "- no", "item one", "two;", "three"]);
        let rows = table("| Solution | Value | Effort | Confidence |\n|---|:-:|--|---|\n| A map | 4 | 2 | 80 % |\n| A list | 9 | 2 | x |");
        assert_eq!(rated(&rows[0]).map(|r| (r.value, r.confidence)), Some((4.0, 0.8)));
        assert_eq!(rated(&rows[1]), None);
        let bare =
            table("| Solution | Value 1–5 | Effort 1–5 | Confidence % |\n| A twenty minutes | 5 | 1 | 80 |\n| B | 4 | 1 | 0.7 |\n| C | 3 | 2 | |");
        let sure: Vec<Option<f64>> = bare.iter().map(|row| rated(row).map(|r| r.confidence)).collect();
        assert_eq!(sure, [Some(0.8), Some(0.7), None], "the head of the column says that it is a percentage");
    }

    #[test]
    fn intervals_and_cuts() {
        assert_eq!(interval("between 1,200 and 3,400? 12 to 15"), Some((12.0, 15.0)));
        assert_eq!(interval("40k – 60k people"), Some((40e3, 60e3)));
        assert_eq!(interval("5 to 8 %"), Some((0.05, 0.08)));
        assert_eq!(interval("about 5"), None);
        let found = cut("pay by device where country = Poland and plan = “free”: the phones fell").unwrap();
        assert_eq!((found.step.as_str(), found.by.as_str(), found.only.len()), ("pay", "device", 2));
        assert_eq!(cut("look at everything"), None);
    }
}
