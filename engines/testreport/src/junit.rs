//! JUnit XML: whatever has `testsuites` or `testsuite` as its root, in the words of Maven, Gradle, pytest, Jest, PHPUnit,
//! GoogleTest and others.

use crate::{
    Case, Limits, MOST_SAID, Outcome, Sink, Tag, Trouble, clipped, other,
    source::Source,
    tag::{Name, add, add_named},
};
use quick_xml::{
    Error, Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::collections::HashMap;

/// Attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 60;

/// A suite that is open.
struct Suite {
    depth: usize,
    name: String,
    /// What it names, and what those around it named before it began.
    tags: Vec<Tag>,
}

/// A case that is open.
struct Begun {
    depth: usize,
    case: Case,
    /// What its names name.
    named: Vec<Tag>,
}

/// What is open at the place that is read.
#[derive(Default)]
struct Open {
    depth: usize,
    /// The root has ended.
    over: bool,
    /// Suites within suites.
    suites: Vec<Suite>,
    case: Option<Begun>,
    /// Text that is kept: at which depth, and of what.
    text: Option<(usize, Kept)>,
}

/// What a text is kept for.
enum Kept {
    /// What a failing case says.
    Said,
    /// What broke outside of any case.
    Broke(String),
    /// The value of a property, whose name is known.
    Property(String, String),
}

pub(crate) fn read(source: Source, limits: &Limits, sink: &mut Sink) -> Result<(), Trouble> {
    let mut reader = Reader::from_reader(source);
    let (mut buffer, mut open) = (Vec::with_capacity(8 << 10), Open::default());
    loop {
        buffer.clear();
        reader.get_mut().next_piece();
        let event = reader.read_event_into(&mut buffer);
        let line = reader.get_ref().line();
        let wrong = |says: String| Trouble::at(line, says);
        match event.map_err(|error| wrong(says(&error)))? {
            Event::Start(start) => {
                open.depth += 1;
                if open.depth > limits.depth {
                    return Err(wrong(format!("Elements are nested more than {} deep, which no report of tests is.", limits.depth)));
                }
                open.begin(&start, sink).map_err(wrong)?;
            }
            Event::Empty(start) => {
                open.depth += 1;
                open.begin(&start, sink).map_err(wrong)?;
                open.end(sink).map_err(wrong)?;
            }
            Event::End(_) => open.end(sink).map_err(wrong)?,
            Event::Text(text) => open.text(&text).map_err(wrong)?,
            Event::CData(text) => open.text(&text).map_err(wrong)?,
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|error| wrong(says(&error)))? {
                Some(c) => open.text(c.encode_utf8(&mut [0; 4])).map_err(wrong)?,
                None => open.text(entity(&reference).map_err(wrong)?).map_err(wrong)?,
            },
            Event::DocType(_) => return Err(wrong("It declares a document type. Such declarations, and entities, are not read.".into())),
            Event::Eof if open.depth > 0 || !open.over => {
                return Err(wrong("The report ends in the middle, so the run was cut off or the file was not written whole.".into()));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The five entities that XML knows by itself.
fn entity(name: &str) -> Result<&'static str, String> {
    match name {
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "amp" => Ok("&"),
        "apos" => Ok("'"),
        "quot" => Ok("\""),
        other => Err(format!("The entity &{}; is not known; entities are not read.", clipped(other, 40))),
    }
}

fn says(error: &Error) -> String {
    match error {
        Error::Io(error) => error.to_string(),
        Error::Encoding(_) => "This is no UTF-8, and no other encoding is declared.".into(),
        other => format!("This is no XML: {}.", clipped(&other.to_string(), 200)),
    }
}

/// The attributes of an element that say anything.
fn attributes(start: &BytesStart) -> Result<HashMap<String, String>, String> {
    let mut told = HashMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("This is no XML: {error}."))?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| says(&error))?;
        told.insert(attribute.key.local_name().as_ref().to_owned(), value.into_owned());
        if told.len() > MOST_ATTRIBUTES {
            return Err(format!("An element has more than {MOST_ATTRIBUTES} attributes."));
        }
    }
    Ok(told)
}

impl Open {
    fn begin(&mut self, start: &BytesStart, sink: &mut Sink) -> Result<(), String> {
        let name = start.local_name();
        let name = name.as_ref();
        if self.depth == 1 {
            match name {
                _ if self.over => return Err("There is more than one root element.".into()),
                "testsuites" | "testsuite" => {}
                other => return Err(other::xml(other)),
            }
        }
        let has = |told: &HashMap<String, String>, names: &[&str]| {
            names.iter().find_map(|name| told.get(*name).filter(|value| !value.trim().is_empty()).cloned()).unwrap_or_default()
        };
        match (name, &mut self.case) {
            ("testsuite" | "testsuites", None) => {
                let Name { text, mut tags } = Name::of(&has(&attributes(start)?, &["name"]));
                add(&mut tags, self.suites.last().into_iter().flat_map(|around| around.tags.iter().copied()));
                self.suites.push(Suite { depth: self.depth, name: text, tags });
            }
            ("testcase", None) => {
                let told = attributes(start)?;
                let (mut name, mut within) = (Name::of(&has(&told, &["name"])), Name::of(&has(&told, &["classname", "class"])));
                if within.text.is_empty() {
                    within.text = self.suites.last().map(|suite| suite.name.clone()).unwrap_or_default();
                }
                // A test without a name goes by what it belongs to.
                if name.text.is_empty() {
                    name.text.clone_from(&within.text);
                }
                let ran = !["status", "result"].iter().any(|word| told.get(*word).is_some_and(|word| is_skipped(word)));
                let mut case = Case { within: within.text, name: name.text, ..Case::default() };
                case.outcome = if ran { Outcome::Passed } else { Outcome::Skipped };
                if told.get("status").is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "failed" | "failure" | "error" | "errored")) {
                    case.outcome = Outcome::Failed;
                }
                self.case = Some(Begun { depth: self.depth, case, named: [name.tags, within.tags].concat() });
            }
            ("failure" | "error" | "rerunFailure" | "rerunError", Some(Begun { case, .. })) if self.text.is_none() => {
                case.outcome = Outcome::Failed;
                let said = has(&attributes(start)?, &["message"]);
                keep_first(&mut case.said, said, &mut self.text, self.depth);
            }
            ("flakyFailure" | "flakyError", Some(Begun { case, .. })) => case.flaky = true,
            ("skipped", Some(Begun { case, .. })) if case.outcome == Outcome::Passed => {
                case.outcome = Outcome::Skipped;
                let said = has(&attributes(start)?, &["message"]);
                keep_first(&mut case.said, said, &mut self.text, self.depth);
            }
            ("failure" | "error", None) if self.text.is_none() => match has(&attributes(start)?, &["message"]) {
                said if said.is_empty() => self.text = Some((self.depth, Kept::Broke(String::new()))),
                said => sink.report.broken(&said),
            },
            ("property", _) if self.text.is_none() => {
                let told = attributes(start)?;
                let name = has(&told, &["name"]);
                match told.get("value") {
                    Some(value) => self.property(&name, value),
                    None => self.text = Some((self.depth, Kept::Property(clipped(&name, MOST_SAID), String::new()))),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn property(&mut self, name: &str, value: &str) {
        match (&mut self.case, self.suites.last_mut()) {
            (Some(begun), _) => add_named(&mut begun.case.tags, name, value),
            (None, Some(suite)) => add_named(&mut suite.tags, name, value),
            _ => {}
        }
    }

    fn end(&mut self, sink: &mut Sink) -> Result<(), String> {
        let depth = self.depth;
        if let Some((_, kept)) = self.text.take_if(|(at, _)| *at == depth) {
            match kept {
                Kept::Said => {}
                Kept::Broke(said) => sink.report.broken(&said),
                Kept::Property(name, value) => self.property(&name, &value),
            }
        }
        if let Some(Begun { mut case, named, .. }) = self.case.take_if(|begun| begun.depth == depth) {
            add(&mut case.tags, named);
            add(&mut case.tags, self.suites.last().into_iter().flat_map(|suite| suite.tags.iter().copied()));
            case.flaky &= case.outcome == Outcome::Passed;
            sink.case(case)?;
        }
        self.suites.pop_if(|suite| suite.depth == depth);
        self.depth = depth.saturating_sub(1);
        self.over |= self.depth == 0;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.depth == 0 {
            return if text.trim().is_empty() { Ok(()) } else { Err("There is text outside of any element.".into()) };
        }
        let into = match (&mut self.text, &mut self.case) {
            (Some((_, Kept::Said)), Some(Begun { case, .. })) => &mut case.said,
            (Some((_, Kept::Broke(said) | Kept::Property(_, said))), _) => said,
            _ => return Ok(()),
        };
        // As much as is kept of it, however long a letter is.
        let room = (4 * MOST_SAID).saturating_sub(into.len());
        let text = if into.is_empty() { text.trim_start() } else { text };
        into.extend(text.chars().take(room));
        Ok(())
    }
}

/// Keeps the first thing that a case said: the message, or else the text that follows.
fn keep_first(kept: &mut String, said: String, text: &mut Option<(usize, Kept)>, depth: usize) {
    if kept.is_empty() {
        match said.is_empty() {
            true => *text = Some((depth, Kept::Said)),
            false => *kept = clipped(&said, MOST_SAID),
        }
    }
}

/// Words of tools for a case that did not run.
fn is_skipped(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "notrun" | "not_run" | "skipped" | "disabled" | "ignored" | "pending" | "suppressed" | "inconclusive"
    )
}
