//! Reports of test runs: JUnit XML in its dialects, Cucumber JSON and Cucumber messages, read piece by piece as they
//! arrive. Whatever else comes is refused with a word on how its tool writes JUnit. Entities are not resolved, nesting,
//! sizes and counts are bounded, and what is wrong is told with its line.
//!
//! An error is a failure; what was skipped, is pending, or was never begun has not passed.

mod cucumber;
mod junit;
mod messages;
mod other;
mod shortened;
mod source;
mod tag;

pub use tag::{Tag, tags_in};

use serde::{Deserialize, Serialize};
use source::Source;
use std::{fmt, io::BufRead};

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a report.
    pub bytes: u64,
    /// Bytes between one mark and the next: a text, a tag with its attributes.
    pub piece: u64,
    /// How deep elements are nested.
    pub depth: usize,
    /// Cases of a report.
    pub cases: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 64 << 20, piece: 8 << 20, depth: 100, cases: 200_000 }
    }
}

/// Characters that are kept of what a test said, and of a name.
const MOST_SAID: usize = 1_000;
const MOST_NAME: usize = 300;

/// In which form a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Junit,
    CucumberJson,
    CucumberMessages,
}

impl Format {
    pub const fn says(self) -> &'static str {
        match self {
            Format::Junit => "JUnit XML",
            Format::CucumberJson => "Cucumber JSON",
            Format::CucumberMessages => "Cucumber messages",
        }
    }
}

/// What became of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    Passed,
    /// It did not run to its end: skipped, pending, not written yet, or never begun.
    #[default]
    Skipped,
    /// It failed or broke.
    Failed,
}

/// One test case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// What it belongs to: a class, a file, a feature.
    pub within: String,
    pub name: String,
    pub outcome: Outcome,
    /// It passed only after it had failed in the same run.
    pub flaky: bool,
    /// What it said when it failed, or why it was skipped.
    pub said: String,
    /// The criteria that it names, each once.
    pub tags: Vec<Tag>,
}

impl Case {
    /// What it goes by from one run to the next.
    pub fn full_name(&self) -> String {
        match self.within.is_empty() || self.within == self.name {
            true => self.name.clone(),
            false => format!("{} › {}", self.within, self.name),
        }
    }
}

/// What a report says as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub format: Format,
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// What broke outside of any case; the first of it.
    pub broke: Vec<String>,
}

impl Report {
    fn of(format: Format) -> Report {
        Report { format, passed: 0, failed: 0, skipped: 0, broke: vec![] }
    }

    pub fn cases(&self) -> u64 {
        self.passed + self.failed + self.skipped
    }

    fn broken(&mut self, said: &str) {
        if self.broke.len() < 5 && !said.trim().is_empty() {
            self.broke.push(clipped(said, MOST_SAID));
        }
    }
}

/// Why a report is not read, and at which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub line: Option<u64>,
    pub says: String,
}

impl Trouble {
    fn whole(says: impl Into<String>) -> Trouble {
        Trouble { line: None, says: says.into() }
    }

    fn at(line: u64, says: impl Into<String>) -> Trouble {
        Trouble { line: Some(line), says: says.into() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line}: {}", self.says),
            None => f.write_str(&self.says),
        }
    }
}

impl std::error::Error for Trouble {}

/// Where cases go as they are read; counts them. Their names come as they are kept, with the criteria that they name.
struct Sink<'a> {
    report: Report,
    most: u64,
    each: &'a mut dyn FnMut(Case),
}

impl Sink<'_> {
    fn case(&mut self, mut case: Case) -> Result<(), String> {
        match case.outcome {
            Outcome::Passed => self.report.passed += 1,
            Outcome::Failed => self.report.failed += 1,
            Outcome::Skipped => self.report.skipped += 1,
        }
        if self.report.cases() > self.most {
            return Err(format!("There are more than {} test cases; post them in parts.", self.most));
        }
        case.said = clipped(&case.said, MOST_SAID);
        (self.each)(case);
        Ok(())
    }
}

/// Reads a report; each case is handed on as soon as it is read.
///
/// # Errors
/// Why it is no report that is read here, or where it breaks off.
pub fn read(report: &mut dyn BufRead, limits: &Limits, each: &mut dyn FnMut(Case)) -> Result<Report, Trouble> {
    let mut recoded = source::recoded(report)?;
    let mut source = Source::new(&mut *recoded, limits);
    let start = source.start()?;
    let mut sink = Sink { report: Report::of(Format::Junit), most: limits.cases, each };
    match start.trim_start().as_bytes().first() {
        None => return Err(Trouble::whole("The report is empty: nothing ran, or it was not written.")),
        Some(b'<') => junit::read(source, limits, &mut sink)?,
        Some(b'[') if start.contains("\"elements\"") || start.contains("\"keyword\"") || start.trim() == "[]" => {
            sink.report = Report::of(Format::CucumberJson);
            cucumber::read(source, &mut sink)?;
        }
        Some(b'{') if messages::begin(&start) => {
            sink.report = Report::of(Format::CucumberMessages);
            messages::read(source, limits, &mut sink)?;
        }
        Some(b'[' | b'{') => return Err(Trouble::whole(other::json(&start))),
        Some(_) => return Err(Trouble::at(1, other::text(&start))),
    }
    Ok(sink.report)
}

/// The first characters of a text, without what no database keeps.
fn clipped(text: &str, most: usize) -> String {
    let kept: String = text.trim().chars().filter(|c| *c != '\0').take(most + 1).collect();
    match kept.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &kept[..at]),
        None => kept,
    }
}
