//! Sentences: what became of one thing from the first line about it to the last.

use crate::{
    drafting::{Weight, plain},
    model::Kind,
};
use activity::Line;
use kernel::{Act, Area, Uuid, Value};
use std::collections::BTreeMap;
use web::{capital, when};

/// What became of one thing.
pub(crate) struct Course<'a> {
    pub noun: &'a str,
    pub id: Uuid,
    pub label: &'a str,
    created: Option<&'a Line>,
    removed: Option<&'a Line>,
    /// Of each field what it was before, what it is now, and the line that said so last.
    fields: BTreeMap<&'a str, (&'a Value, &'a Value, &'a Line)>,
    /// The last line of each kind.
    kinds: BTreeMap<&'a str, &'a Line>,
}

/// A sentence with the line that it comes from.
pub(crate) type Said<'a> = (Weight, String, &'a Line);

impl<'a> Course<'a> {
    pub fn of(line: &'a Line) -> Course<'a> {
        let (noun, id, label) = (line.noun.as_str(), line.noun_id, line.label.as_str());
        Course { noun, id, label, created: None, removed: None, fields: BTreeMap::new(), kinds: BTreeMap::new() }
    }

    /// Takes the next line about it in.
    pub fn follow(&mut self, line: &'a Line) {
        self.label = &line.label;
        self.kinds.insert(&line.kind, line);
        match line.did {
            Act::Create => (self.created, self.removed) = (Some(line), None),
            Act::Remove => self.removed = Some(line),
            Act::Change if self.removed.is_some() => self.removed = None,
            Act::Change => {}
        }
        for change in &line.changes {
            let first = self.fields.get(change.field.as_str()).map_or(&change.from, |(from, ..)| *from);
            self.fields.insert(&change.field, (first, &change.to, line));
        }
    }

    /// A field that is another now than before.
    fn changed(&self, field: &str) -> Option<(&'a Value, &'a Value, &'a Line)> {
        self.fields.get(field).copied().filter(|(from, to, _)| from != to && self.created.is_none())
    }

    /// What a field became, also of a new thing.
    fn became(&self, field: &str) -> Option<(&'a str, &'a Line)> {
        self.fields.get(field).filter(|(from, to, _)| from != to).map(|(_, to, line)| (text(to), *line))
    }

    fn kind(&self, kind: &str) -> Option<&'a Line> {
        self.kinds.get(kind).copied()
    }
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

fn figure(value: &Value) -> Option<String> {
    match value {
        Value::Int(n) => Some(n.to_string()),
        Value::Real(n) => Some(web::forms::number_text(*n)),
        _ => None,
    }
}

/// What there is to say of one thing in an update of a kind. `called` is text of Markdown already.
pub(crate) fn say<'a>(kind: Kind, course: &Course<'a>, called: &str, year: &str) -> Vec<Said<'a>> {
    let new_and_gone = course.created.is_some() && course.removed.is_some();
    if new_and_gone {
        return vec![];
    }
    match (course.noun, kind) {
        ("initiative", Kind::Roadmap) => bet(course, called, year, true),
        ("feature", Kind::Roadmap) => bet(course, called, year, false),
        ("objective", Kind::Roadmap) => objective(course, called, year),
        ("key_result", Kind::Roadmap) => key_result(course, called),
        ("vision" | "target_market" | "top_needs", Kind::Roadmap) => version(course),
        ("proposal", _) => decision(kind, course, called),
        ("sprint", Kind::Progress) => sprint(course, called, year),
        ("story", Kind::Progress) => story(course, called),
        _ => vec![],
    }
}

/// "now until 31 Oct instead of 30 Sep", of the two ends of a window.
fn window<'a>(course: &Course<'a>, called: &str, year: &str) -> Option<Said<'a>> {
    let day = |value: &Value| when::short_day(text(value), year);
    let side = |field: &str, word: &str| {
        let (from, to, line) = course.changed(field)?;
        let words = match (text(from).is_empty(), text(to).is_empty()) {
            (true, _) => format!("{word} {}", day(to)),
            (false, true) => format!("no longer {word} {}", day(from)),
            (false, false) => format!("{word} {} instead of {}", day(to), day(from)),
        };
        Some((words, line))
    };
    let sides: Vec<(String, &Line)> = [side("starts_on", "from"), side("ends_on", "until")].into_iter().flatten().collect();
    let line = sides.iter().map(|(_, line)| *line).max_by_key(|line| (line.at, line.id))?;
    let words: Vec<&str> = sides.iter().map(|(words, _)| words.as_str()).collect();
    Some((Weight::Window, format!("{called} is now planned {}.", words.join(" and ")), line))
}

fn bet<'a>(course: &Course<'a>, called: &str, year: &str, whole: bool) -> Vec<Said<'a>> {
    if let Some(line) = course.removed {
        return vec![(Weight::Moved, format!("{called} was taken off the roadmap."), line)];
    }
    let mut said: Vec<Said> = window(course, called, year).into_iter().collect();
    if let Some((state, line)) = course.became("state").filter(|(state, _)| course.created.is_none() || *state != "open") {
        said.push((
            Weight::Moved,
            match state {
                "released" => format!("{called} is released."),
                "dropped" => format!("{called} is not pursued any more."),
                _ => format!("{called} is taken up again."),
            },
            line,
        ));
    } else if let Some((from, to, line)) = course.changed("horizon").filter(|(from, to, _)| whole || [text(from), text(to)].contains(&"now")) {
        said.push((Weight::Moved, format!("{called} moved from {} to {}.", capital(text(from)), capital(text(to))), line));
    }
    if let Some(line) = course.created.filter(|_| whole && said.is_empty()) {
        let place = course.became("horizon").map_or(String::new(), |(horizon, _)| format!(", in {}", capital(horizon)));
        said.push((Weight::News, format!("New on the roadmap{place}: {called}."), line));
    }
    said
}

fn objective<'a>(course: &Course<'a>, called: &str, year: &str) -> Vec<Said<'a>> {
    if let Some(line) = course.removed {
        return vec![(Weight::Moved, format!("The objective {called} was removed."), line)];
    }
    let mut said: Vec<Said> = window(course, &format!("The objective {called}"), year).into_iter().collect();
    if let Some((_, to, line)) = course.changed("state") {
        let became = match text(to) {
            "reached" => "is reached",
            "missed" => "was missed",
            "dropped" => "is not pursued any more",
            _ => "is open again",
        };
        said.push((Weight::Moved, format!("The objective {called} {became}."), line));
    }
    if let Some(line) = course.created {
        said.push((Weight::News, format!("New objective: {called}."), line));
    }
    said
}

fn key_result<'a>(course: &Course<'a>, called: &str) -> Vec<Said<'a>> {
    let from_to = |field: &str| {
        let (from, to, line) = course.changed(field)?;
        Some((figure(from)?, figure(to)?, line))
    };
    let target = from_to("target").map(|(from, to, line)| (Weight::Window, format!("The target of {called} is now {to} instead of {from}."), line));
    let stands = from_to("current_value").map(|(from, to, line)| (Weight::Measured, format!("{called} stands at {to}, {from} before."), line));
    target.into_iter().chain(stands).collect()
}

fn version<'a>(course: &Course<'a>) -> Vec<Said<'a>> {
    let called = match course.noun {
        "vision" => "vision",
        "target_market" => "target market",
        _ => "needs that come first",
    };
    course.created.map(|line| (Weight::Decision, format!("There is a new version of the {called}."), line)).into_iter().collect()
}

/// What was decided, in the update that it belongs to.
fn decision<'a>(kind: Kind, course: &Course<'a>, called: &str) -> Vec<Said<'a>> {
    use Area::*;
    let settled = [("proposal.agreed", "Decided"), ("proposal.declined", "Declined")];
    let found = settled.into_iter().find_map(|(name, word)| Some((course.kind(name)?, word)));
    let Some((line, word)) = found else { return vec![] };
    let belongs = match line.area.as_deref().and_then(Area::parse) {
        Some(Research | Customers | Strategy | Roadmap | Commitments | Priorities) => Kind::Roadmap,
        Some(Backlog | Estimates | Sprints | Work | Acceptance) => Kind::Progress,
        _ => return vec![],
    };
    let number = match course.fields.get("number") {
        Some((_, Value::Int(number), _)) => format!(" (D-{number})"),
        _ => String::new(),
    };
    let reason = line.reason.as_deref().filter(|reason| !reason.is_empty()).map_or(String::new(), |reason| format!(" {}", plain(reason)));
    (belongs == kind).then(|| (Weight::Decision, format!("{word}: {called}{number}.{reason}"), line)).into_iter().collect()
}

fn sprint<'a>(course: &Course<'a>, called: &str, year: &str) -> Vec<Said<'a>> {
    if let Some(line) = course.kind("sprint.cancelled") {
        return vec![(Weight::Window, format!("{called} was cancelled."), line)];
    }
    let mut said: Vec<Said> = window(course, called, year).into_iter().collect();
    if let Some(line) = course.kind("sprint.closed") {
        said.push((Weight::Moved, format!("{called} is over."), line));
    } else if let Some(line) = course.kind("sprint.started") {
        said.push((Weight::Moved, format!("{called} has begun."), line));
    }
    if let Some((_, to, line)) = course.changed("goal").filter(|(from, ..)| !text(from).is_empty()) {
        said.push((Weight::Decision, format!("The goal of {called} is now: {}.", plain(text(to).trim_end_matches('.'))), line));
    }
    said
}

fn story<'a>(course: &Course<'a>, called: &str) -> Vec<Said<'a>> {
    if course.removed.is_some() {
        return vec![];
    }
    // What was accepted and reopened, or rejected and accepted, is told by what came last.
    let verdicts = ["story.accepted", "story.rejected", "story.reopened", "story.dropped", "story.taken_up"];
    let last = verdicts.iter().filter_map(|kind| course.kind(kind)).max_by_key(|line| (line.at, line.id));
    let verdict = last.and_then(|line| {
        let (weight, says) = match line.kind.as_str() {
            "story.accepted" => (Weight::News, format!("Done: {called}.")),
            "story.rejected" => (Weight::Moved, format!("{called} was not accepted and goes on.")),
            "story.reopened" => (Weight::Moved, format!("{called} is worked on again.")),
            "story.dropped" => (Weight::Moved, format!("{called} is not pursued any more.")),
            _ => return None,
        };
        Some((weight, says, line))
    });
    let over = verdict.as_ref().is_some_and(|(_, _, line)| matches!(line.kind.as_str(), "story.accepted" | "story.dropped"));
    let blocked = course.fields.get("blocked_since").filter(|(from, to, _)| from.is_unset() && !to.is_unset() && !over).map(|(.., line)| {
        let reason = course.fields.get("blocked_reason").map_or("", |(_, to, _)| text(to)).trim_end_matches('.');
        let why = if reason.is_empty() { String::new() } else { format!(": {}", plain(reason)) };
        (Weight::Decision, format!("{called} is blocked{why}."), *line)
    });
    blocked.into_iter().chain(verdict).collect()
}
