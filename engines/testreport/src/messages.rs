//! Cucumber messages: an object on each line, from the sources to the end of the run. Held is what names a scenario and
//! how its attempts went; what it was made of and what it attached is passed over.

use crate::{
    Case, Limits, Outcome, Sink, Tag, Trouble, clipped,
    cucumber::{Ran, Status, Tags},
    source::Source,
    tag::{Name, add},
};
use serde::Deserialize;
use std::{collections::HashMap, io::BufRead, rc::Rc};

/// The kinds of message, any of which is the first.
const KINDS: &[&str] = &["meta", "source", "gherkinDocument", "pickle", "parseError", "testRunStarted", "stepDefinition", "hook", "parameterType"];

/// Whether a file begins with a message.
pub(crate) fn begin(start: &str) -> bool {
    let rest = start.trim_start().strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
    rest.is_some_and(|rest| KINDS.iter().any(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with('"'))))
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Message {
    gherkin_document: Option<Document>,
    pickle: Option<Pickle>,
    test_case: Option<TestCase>,
    test_case_started: Option<Started>,
    test_step_finished: Option<StepFinished>,
    test_case_finished: Option<Finished>,
    test_run_hook_finished: Option<HookFinished>,
    test_run_finished: Option<RunFinished>,
    parse_error: Option<ParseError>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    uri: String,
    feature: Option<Named>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    name: Name,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pickle {
    id: String,
    uri: String,
    name: Name,
    tags: Tags,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct TestCase {
    id: String,
    pickle_id: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Started {
    id: String,
    test_case_id: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct StepFinished {
    test_case_started_id: String,
    test_step_result: StepResult,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StepResult {
    status: String,
    message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Finished {
    test_case_started_id: String,
    will_be_retried: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct HookFinished {
    result: StepResult,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RunFinished {
    success: bool,
    message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ParseError {
    message: String,
}

/// Criteria that scenarios name which are still to end.
const MOST_NAMED: usize = 1_000_000;

/// A scenario that is to be run. What it has in common with others of its feature is held once.
struct Planned {
    within: Rc<Name>,
    name: String,
    tags: Box<[Tag]>,
    /// An earlier attempt failed.
    failed: bool,
    done: bool,
}

/// What is known so far.
#[derive(Default)]
struct Known {
    features: HashMap<String, Rc<Name>>,
    /// Scenarios in the order in which they were told.
    planned: Vec<Planned>,
    /// Criteria that they name.
    named: usize,
    by_pickle: HashMap<String, usize>,
    by_test: HashMap<String, usize>,
    /// Attempts that are under way.
    attempts: HashMap<String, (usize, Ran)>,
    over: bool,
}

pub(crate) fn read(mut source: Source, limits: &Limits, sink: &mut Sink) -> Result<(), Trouble> {
    let (mut known, mut line) = (Known::default(), vec![]);
    loop {
        source.next_piece();
        let at = source.line();
        let kept = next_line(&mut source, &mut line, limits.piece).map_err(|error| Trouble::at(at, error.to_string()))?;
        if line.is_empty() && !kept {
            break;
        }
        let text = line.trim_ascii();
        if text.is_empty() || passed_over(text) {
            continue;
        }
        if !kept {
            return Err(Trouble::at(at, format!("This message is longer than {} MiB.", limits.piece >> 20)));
        }
        let message: Message = serde_json::from_slice(text)
            .map_err(|error| Trouble::at(at, format!("This is no Cucumber message: {}.", clipped(&error.to_string(), 200))))?;
        known.take(message, limits, sink).map_err(|says| Trouble::at(at, says))?;
    }
    if !known.over {
        return Err(Trouble::at(source.line(), "The messages end before their run did, so it was cut off or the file was not written whole."));
    }
    // What was planned and did not end has not passed.
    for planned in known.planned.iter().filter(|planned| !planned.done) {
        sink.case(Case { said: "It did not run to its end.".into(), ..planned.case() }).map_err(Trouble::whole)?;
    }
    Ok(())
}

/// Reads a line; `false` where it is the end, or longer than may be held: then the rest of it is passed over.
fn next_line(source: &mut Source, line: &mut Vec<u8>, most: u64) -> std::io::Result<bool> {
    line.clear();
    let mut whole = true;
    loop {
        source.next_piece();
        let piece = source.fill_buf()?;
        if piece.is_empty() {
            return Ok(whole && !line.is_empty());
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(piece.len(), |at| at + 1);
        if line.len() as u64 + taken as u64 <= most {
            line.extend_from_slice(&piece[..taken]);
        } else {
            whole = false;
            line.truncate(100);
            if line.is_empty() {
                line.extend_from_slice(&piece[..taken.min(100)]);
            }
        }
        source.consume(taken);
        if end.is_some() {
            return Ok(whole);
        }
    }
}

/// Messages that say nothing of how the run went, told by how they begin: files, pictures, sources.
fn passed_over(line: &[u8]) -> bool {
    ["{\"attachment\"", "{\"source\"", "{\"meta\"", "{\"stepDefinition\"", "{\"hook\"", "{\"testStepStarted\"", "{\"suggestion\""]
        .iter()
        .any(|start| line.starts_with(start.as_bytes()))
}

impl Known {
    fn take(&mut self, message: Message, limits: &Limits, sink: &mut Sink) -> Result<(), String> {
        if let Some(Document { uri, feature: Some(feature) }) = message.gherkin_document {
            self.features.insert(uri, feature.name.into());
        }
        if let Some(Pickle { id, uri, name, tags: Tags(mut tags) }) = message.pickle {
            let within = self.features.get(&uri).cloned().unwrap_or_else(|| Name::of(&uri).into());
            add(&mut tags, name.tags);
            self.named += tags.len();
            if self.named > MOST_NAMED {
                return Err(format!("Its scenarios name more than {MOST_NAMED} criteria; post them in parts."));
            }
            self.by_pickle.insert(id, self.planned.len());
            self.planned.push(Planned { within, name: name.text, tags: tags.into(), failed: false, done: false });
        }
        if let Some(test) = message.test_case
            && let Some(at) = self.by_pickle.get(&test.pickle_id)
        {
            self.by_test.insert(test.id, *at);
        }
        if let Some(started) = message.test_case_started
            && let Some(at) = self.by_test.get(&started.test_case_id)
        {
            self.attempts.insert(started.id, (*at, Ran::default()));
        }
        let held = [self.features.len(), self.planned.len(), self.by_test.len(), self.attempts.len()];
        if held.into_iter().any(|held| held as u64 > limits.cases) {
            return Err(format!("There are more than {} scenarios; post them in parts.", limits.cases));
        }
        if let Some(finished) = message.test_step_finished
            && let Some((_, ran)) = self.attempts.get_mut(&finished.test_case_started_id)
        {
            let StepResult { status, message } = finished.test_step_result;
            ran.step(Status::of(&status), message.as_deref().unwrap_or(&status));
        }
        if let Some(finished) = message.test_case_finished
            && let Some((at, ran)) = self.attempts.remove(&finished.test_case_started_id)
            && let Some(planned) = self.planned.get_mut(at)
        {
            planned.ended(ran, finished.will_be_retried, sink)?;
        }
        if let Some(finished) = message.test_run_hook_finished
            && Status::of(&finished.result.status) == Status::Failed
        {
            sink.report.broken(finished.result.message.as_deref().unwrap_or("A hook of the run failed."));
        }
        if let Some(error) = message.parse_error {
            sink.report.broken(&error.message);
        }
        if let Some(finished) = message.test_run_finished {
            self.over = true;
            if let Some(said) = finished.message.filter(|_| !finished.success) {
                sink.report.broken(&said);
            }
        }
        Ok(())
    }
}

impl Planned {
    /// A case of it that has not run.
    fn case(&self) -> Case {
        let mut tags = self.tags.to_vec();
        add(&mut tags, self.within.tags.iter().copied());
        Case { within: self.within.text.clone(), name: self.name.clone(), tags, ..Case::default() }
    }

    /// An attempt has ended; the last one counts.
    fn ended(&mut self, ran: Ran, again: bool, sink: &mut Sink) -> Result<(), String> {
        let outcome = Status::outcome(ran.worst);
        if again {
            self.failed |= outcome == Outcome::Failed;
            return Ok(());
        }
        self.done = true;
        let said = if outcome == Outcome::Passed { String::new() } else { ran.said };
        sink.case(Case { outcome, said, flaky: self.failed && outcome == Outcome::Passed, ..self.case() })
    }
}
