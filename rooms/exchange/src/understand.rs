//! From entries in their own words to stories in ours.

use crate::{
    RowProblem,
    draft::{Became, Draft, Drafted, Origin},
    entry::{Entries, Entry, Tool},
    family, kinds,
    mapping::{LEAVE_OUT, Mapping, column_in},
};
use backlog::{BringInStory, Stage, StoryKind, Whence};
use reading::states::{self, State};
use std::collections::{BTreeMap, HashMap};

/// Labels that fit a story, with room for the epic's.
const MOST_LABELS: usize = 28;
const LONGEST_LABEL: usize = 40;
/// Criteria that fit a story, and their length.
const MOST_CRITERIA: usize = 200;
const LONGEST_CRITERION: usize = 5_000;

/// Understands a file by what was chosen.
pub fn understood(file: Entries, mapping: &Mapping) -> Draft {
    let mut draft = Draft {
        tool: file.tool,
        mapping: mapping.clone(),
        read: file.read,
        columns: file.columns,
        found: file.found,
        notes: file.notes,
        unread: file.unread,
        two_ways: file.two_ways,
        problems: file.problems,
        left_out: file.left_out,
        ..Draft::default()
    };
    draft.family = family::of(&file.entries, file.tool);
    let mut keys = Keys::default();
    let without = file.entries.iter().filter(|entry| entry.key.is_empty()).count();
    for (at, entry) in file.entries.into_iter().enumerate() {
        let row = entry.row;
        let origin = keys.origin(file.tool, &entry);
        if let Some(first) = keys.seen.insert(origin.clone(), row) {
            draft.problems.push(RowProblem { row, column: "key".into(), reason: format!("The same key stands in row {first} already.") });
            keys.seen.insert(origin, first);
            continue;
        }
        let (title, body, key) = (entry.title.clone(), entry.body.clone(), entry.key.clone());
        draft.origins.insert(at, Origin { origin: origin.clone(), key, title, body });
        if let Some(drafted) = drafted(at, entry, origin, mapping, &mut draft) {
            draft.stories.push(drafted);
        }
    }
    if without > 0 {
        draft.notes.push(format!(
            "{} {} no key and will be recognised by {} title and text. Say which column tells rows apart, if there is one.",
            web::several(without, "row"),
            if without == 1 { "has" } else { "have" },
            if without == 1 { "its" } else { "their" },
        ));
    }
    if file.clocked {
        let zone = if mapping.zone.is_empty() { "UTC" } else { &mapping.zone };
        draft.notes.push(format!("The file names no time zone: its times are read as those of {zone}, yours."));
    }
    absent(mapping, &mut draft);
    draft.problems.sort_by_key(|problem| problem.row);
    draft
}

/// How entries are recognised again: by their key, or by what they say.
#[derive(Default)]
struct Keys {
    seen: HashMap<String, usize>,
    alike: HashMap<String, usize>,
}

impl Keys {
    fn origin(&mut self, tool: Tool, entry: &Entry) -> String {
        if !entry.key.is_empty() {
            return format!("{}:{}", tool.prefix(), entry.key);
        }
        let says = format!("{}:~{}", tool.prefix(), backlog::fingerprint(&format!("{}\n{}", entry.title.trim(), entry.body.trim())));
        // Rows that say the same are told apart by their order.
        let nth = self.alike.entry(says.clone()).or_insert(0);
        *nth += 1;
        if *nth == 1 { says } else { format!("{says}~{nth}") }
    }
}

fn drafted(at: usize, mut entry: Entry, origin: String, mapping: &Mapping, draft: &mut Draft) -> Option<Drafted> {
    let stage = stage(&entry, mapping, draft);
    let kind = kind(&entry, mapping, draft);
    for person in &entry.people {
        *draft.people.entry(person.clone()).or_insert(0) += 1;
    }
    let (stage, column) = stage.or_else(|| draft.leave_out(format!("state {}", entry.state)))?;
    let kind = kind.or_else(|| draft.leave_out(format!("type {}", entry.kind)))?;
    let criteria = criteria(&entry, mapping, draft);
    let labels = labels(&mut entry, draft);
    let story = BringInStory {
        take: mapping.takes(&entry.key, &origin),
        origin,
        origin_url: entry.url,
        number: None,
        title: entry.title,
        kind,
        body: entry.body,
        points: entry.points,
        stage,
        column,
        // Members are known once the product is.
        assignee: None,
        labels,
        criteria,
        extra: entry.extra,
        created_at: entry.created,
        started_at: entry.started,
        settled_at: entry.closed,
        handed_over_at: entry.updated.filter(|_| stage == Stage::HandedOver),
        feature: None,
        feature_label: String::new(),
        sprint: Some(entry.sprint).filter(|s| !s.is_empty()),
        comments: entry.comments,
        named: String::new(),
        awaited: String::new(),
        whence: Whence { file: String::new(), project: entry.project },
    };
    if let Err(refusal) = story.check() {
        let told = match refusal {
            _ if story.title.trim().is_empty() => vec![("title".to_owned(), "It has no title.".to_owned())],
            kernel::Refusal::Invalid(fields) => fields.into_iter().map(|f| (f.field, f.message)).collect(),
            other => vec![(String::new(), other.sentence())],
        };
        draft.problems.extend(told.into_iter().map(|(column, reason)| RowProblem { row: entry.row, column, reason }));
        return None;
    }
    Some(Drafted {
        at,
        row: entry.row,
        key: entry.key,
        people: entry.people,
        sprint_days: entry.sprint_days,
        state: entry.state,
        epic: String::new(),
        story,
    })
}

/// The stage of an entry, and the column that was chosen for it; `None` leaves it out.
fn stage(entry: &Entry, mapping: &Mapping, draft: &mut Draft) -> Option<(Stage, Option<String>)> {
    let named = match entry.state.as_str() {
        // A row with a closing day and no state is done.
        "" => Some(if entry.closed.is_some() { State::Done } else { State::Open }),
        // What ended is done for Jira, whether it was done or given up.
        state if matches!(entry.known, None | Some(State::Done)) && states::of(state) == Some(State::Dropped) => Some(State::Dropped),
        state => entry.known.or_else(|| states::of(state)),
    };
    let chosen = mapping.states.get(&entry.state).map(String::as_str).filter(|c| !c.is_empty() && !entry.state.is_empty());
    let (word, column) = chosen.map_or(("", None), column_in);
    let (stage, known) = match (chosen, named) {
        (Some(LEAVE_OUT), _) => (None, true),
        (Some(_), _) => (Stage::parse(word), true),
        (None, Some(state)) => (Some(stage_of(state)), true),
        (None, None) => (Some(Stage::Open), false),
    };
    if !entry.state.is_empty() {
        Became::count(&mut draft.states, &entry.state, chosen.unwrap_or_else(|| stage.map_or(LEAVE_OUT, |s| s.word())), known);
    }
    // How a row ended says more than the word for where it stands: "Done", and in truth "Won't do".
    stage.map(|stage| if entry.gave_up { (Stage::Dropped, None) } else { (stage, column.map(str::to_owned)) })
}

fn stage_of(state: State) -> Stage {
    match state {
        State::Open => Stage::Open,
        State::Doing => Stage::Doing,
        State::HandedOver => Stage::HandedOver,
        State::Done => Stage::Accepted,
        State::Dropped => Stage::Dropped,
    }
}

/// The kind of an entry; `None` leaves it out.
fn kind(entry: &Entry, mapping: &Mapping, draft: &mut Draft) -> Option<StoryKind> {
    let named = if entry.kind.is_empty() { Some(StoryKind::Story) } else { kinds::of(&entry.kind) };
    let (kind, known) = match mapping.types.get(&entry.kind).map(String::as_str) {
        Some(LEAVE_OUT) => (None, true),
        Some(word) => (StoryKind::parse(word), true),
        None => (named.or(Some(StoryKind::Story)), named.is_some()),
    };
    if !entry.kind.is_empty() {
        Became::count(&mut draft.types, &entry.kind, kind.map_or(LEAVE_OUT, |k| k.word()), known);
    }
    kind
}

/// From a column or checklist and from the text, each once.
fn criteria(entry: &Entry, mapping: &Mapping, draft: &mut Draft) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for text in entry.criteria.iter().cloned().chain(backlog::criteria_in(&entry.body)) {
        if !all.iter().any(|known| backlog::same_criterion(known, &text)) {
            all.push(text);
        }
    }
    draft.offering += usize::from(!all.is_empty());
    let found = all.len();
    all.retain(|text| text.chars().count() <= LONGEST_CRITERION);
    all.truncate(MOST_CRITERIA);
    if !mapping.criteria && mapping.columns.get("criteria").is_none_or(|column| column == crate::mapping::NO_COLUMN) {
        return vec![];
    }
    if all.len() < found {
        draft.notes.push(format!(
            "Row {}: {} of its {found} acceptance criteria are too long or too many; they stay in the text alone.",
            entry.row,
            found - all.len()
        ));
    }
    all
}

/// The labels that fit; the others are kept as text.
fn labels(entry: &mut Entry, draft: &mut Draft) -> Vec<String> {
    let mut fit: Vec<String> = vec![];
    let mut rest: Vec<String> = vec![];
    for label in std::mem::take(&mut entry.labels).into_iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()) {
        match label.chars().count() <= LONGEST_LABEL && fit.len() < MOST_LABELS {
            true if fit.contains(&label) => {}
            true => fit.push(label),
            false => rest.push(label),
        }
    }
    if !rest.is_empty() {
        let (labels, are) = (web::several(rest.len(), "label"), if rest.len() == 1 { "is" } else { "are" });
        draft.notes.push(format!("Row {}: {labels} {are} too long or too many, and kept as text.", entry.row));
        crate::columns::keep(&mut entry.extra, "Labels", &rest.join("\n"));
    }
    if kinds::is_epic(&entry.kind) && !fit.iter().any(|l| l == "epic") {
        fit.push("epic".into());
    }
    fit
}

/// Says of words in the mapping that the file does not have them.
fn absent(mapping: &Mapping, draft: &mut Draft) {
    let mut notes = vec![];
    let mut missing = |what: &str, chosen: &BTreeMap<String, String>, found: &dyn Fn(&str) -> bool| {
        notes.extend(chosen.keys().filter(|word| !found(word)).map(|word| format!("The {what} “{word}” does not occur in the file.")));
    };
    missing("state", &mapping.states, &|word| draft.states.contains_key(word));
    missing("type", &mapping.types, &|word| draft.types.contains_key(word));
    missing("person", &mapping.people, &|word| draft.people.contains_key(word));
    missing("column", &mapping.dates, &|word| draft.columns.iter().any(|c| c == word) || crate::fields::Field::of_word(word).is_some());
    draft.notes.extend(notes);
}
