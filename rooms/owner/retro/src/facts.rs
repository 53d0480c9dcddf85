//! What happened in the time that is looked back on, as facts: blocked, scope that came and went, rejections, tests that failed.

use crate::rows::Span;
use acceptance::{Run, Verdict};
use activity::Line;
use kernel::{Look, Noun, Result, Uuid, Value};
use std::collections::HashMap;

/// So many facts of a kind stand on the line of time; of more the latest.
const MOST: usize = 60;

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Blocked,
    Unblocked,
    CameIn,
    TakenOut,
    Rejected,
    Reopened,
    Goal,
    Failed,
}

impl Sort {
    pub fn icon(self) -> &'static str {
        match self {
            Sort::Blocked => "ban",
            Sort::Unblocked => "check",
            Sort::CameIn => "plus",
            Sort::TakenOut => "arrow-down",
            Sort::Rejected | Sort::Reopened => "undo-2",
            Sort::Goal => "target",
            Sort::Failed => "octagon-alert",
        }
    }

    pub fn says(self) -> &'static str {
        match self {
            Sort::Blocked => "Blocked",
            Sort::Unblocked => "Unblocked",
            Sort::CameIn => "Came into the sprint",
            Sort::TakenOut => "Taken out of the sprint",
            Sort::Rejected => "Rejected",
            Sort::Reopened => "Reopened",
            Sort::Goal => "Sprint changed",
            Sort::Failed => "Tests failed",
        }
    }
}

const KINDS: &[(&str, Sort)] = &[
    ("story.blocked", Sort::Blocked),
    ("story.unblocked", Sort::Unblocked),
    ("story.planned", Sort::CameIn),
    ("story.taken_out", Sort::TakenOut),
    ("story.rejected", Sort::Rejected),
    ("story.reopened", Sort::Reopened),
    ("sprint.edited", Sort::Goal),
];

/// One fact.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub at: i64,
    pub sort: Sort,
    /// What it is about.
    pub label: String,
    /// What is to be said besides: why it is blocked, why it was rejected, how many tests failed.
    pub note: String,
    pub path: Option<String>,
}

/// Whether a line belongs to the sprint at hand, where it is about one.
fn is_of(line: &Line, sort: Sort, sprint: Option<Uuid>) -> bool {
    let names = |id: &Uuid| {
        line.changes.iter().any(|change| change.field == "sprint" && [&change.from, &change.to].iter().any(|v| v.words() == id.simple().to_string()))
    };
    match sort {
        Sort::CameIn | Sort::TakenOut => sprint.as_ref().is_none_or(names),
        Sort::Goal => sprint.is_none_or(|sprint| line.noun_id == sprint),
        _ => true,
    }
}

/// Why stories were rejected, by the story and the moment.
type Reasons = HashMap<(Uuid, i64), String>;

fn reasons(look: &mut Look, lines: &[Line], span: &Span) -> Result<Reasons> {
    if !lines.iter().any(|line| line.kind == "story.rejected") {
        return Ok(Reasons::new());
    }
    let clause = format!("and accepted = 0 and created_at >= $2 and created_at < $3 order by created_at desc, id desc limit {MOST}");
    let verdicts = Verdict::all(look, &clause, &[Value::Int(span.from), Value::Int(span.until)])?;
    Ok(verdicts.into_iter().map(|verdict| ((verdict.story.0, verdict.meta.created_at), verdict.reason)).collect())
}

fn told(line: Line, sprint: Option<Uuid>, reasons: &Reasons) -> Option<Fact> {
    let (_, sort) = KINDS.iter().find(|(kind, _)| *kind == line.kind)?;
    if !is_of(&line, *sort, sprint) {
        return None;
    }
    let to = |field: &str| line.changes.iter().find(|change| change.field == field).map(|change| change.to.words()).unwrap_or_default();
    let note = match sort {
        Sort::Blocked => to("blocked_reason"),
        Sort::Goal => to("goal"),
        Sort::Rejected => reasons.get(&(line.noun_id, line.at)).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let path = kernel::about::place(&line.noun, line.noun_id, None);
    Some(Fact { at: line.at, sort: *sort, label: line.label, note, path })
}

/// The facts of a stretch of time in their order, as far as whoever asks may read them.
pub(crate) fn read(look: &mut Look, span: &Span) -> Result<Vec<Fact>> {
    let kinds: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    let lines = activity::of_kinds(look, &kinds, span.from, span.until, MOST)?;
    let reasons = reasons(look, &lines, span)?;
    let mut facts: Vec<Fact> = lines.into_iter().filter_map(|line| told(line, span.sprint, &reasons)).collect();
    let clause =
        format!("and ran_at >= $2 and ran_at < $3 and (failed > 0 or broke <> '[]') and taken_back = '' order by ran_at desc, id desc limit {MOST}");
    for run in Run::all(look, &clause, &[Value::Int(span.from), Value::Int(span.until)])? {
        let note = if run.failed > 0 { web::several(run.failed, "test") } else { "outside of any test".to_owned() };
        let path = kernel::about::place(Run::TABLE, run.meta.id, None);
        facts.push(Fact { at: run.ran_at, sort: Sort::Failed, label: run.called(), note, path });
    }
    facts.sort_by_key(|fact| fact.at);
    Ok(facts)
}
