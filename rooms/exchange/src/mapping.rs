//! What whoever imports chooses: which column is what, what the other tool's words mean here, and what to do where the
//! file alone does not say. Empty means: guess, and ask where it cannot be guessed.

use crate::{fields::Field, nearest::guess};
use backlog::{Stage, StoryKind};
use kernel::{Deserialize, FieldError, Refusal, Result, Serialize, words};
use reading::dates::Order;
use std::collections::BTreeMap;

words! {
    /// A file's format.
    pub enum Format { JiraCsv = "jira-csv", GithubJson = "github-json", Csv = "csv" }
}

/// The word that leaves a row out.
pub const LEAVE_OUT: &str = "leave_out";
/// In the place of a column: there is none.
pub const NO_COLUMN: &str = "-";
/// In the place of an origin or a field: all of them.
pub const ALL: &str = "all";

/// What the mapping page sets, and the options of the command line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", default)]
pub struct Mapping {
    /// Our field to the file's column.
    pub columns: BTreeMap<String, String>,
    /// The other tool's state to a stage (`doing`, or `doing:In review` for a column of the board), or `leave_out`.
    pub states: BTreeMap<String, String>,
    /// The other tool's type to a kind, or `leave_out`.
    pub types: BTreeMap<String, String>,
    /// Columns that become own fields, each with what it holds: `text`, `number`, `day`, `choice`, `people` or `link`.
    pub own: BTreeMap<String, String>,
    /// The other tool's person to a member's e-mail; empty for nobody.
    pub people: BTreeMap<String, String>,
    /// People of the file who are invited, and at which address.
    pub invited: BTreeMap<String, String>,
    /// A column's order of day and month: `day`, `month` or `year` first, or `text` to keep what can be read two ways.
    pub dates: BTreeMap<String, String>,
    /// First and last day of a sprint that the file names without days: `2026-04-09..2026-04-22`.
    pub sprints: BTreeMap<String, String>,
    /// Take acceptance criteria over: from their column, from a list under such a heading, from checklists.
    pub criteria: bool,
    /// States that are not known are left open.
    pub open_unknown: bool,
    /// Rows that cannot come in are left out.
    pub skip_bad: bool,
    /// Epics stay labels and are not proposed as features.
    pub epics_as_labels: bool,
    /// Rows with the key of a story here are that story, whatever they say.
    pub same: bool,
    /// Which sheet of a workbook; empty for the first.
    pub sheet: String,
    /// The time zone of whoever imports, for times that name none; empty for UTC.
    pub zone: String,
    /// What was changed here and is to be the file's all the same: key there, or all, and the field, or all.
    pub take: Vec<(String, String)>,
}

impl Mapping {
    /// Refuses what does not exist, with the names that come nearest.
    ///
    /// # Errors
    /// `Invalid`, with everything that is wrong.
    pub fn check(&self) -> Result<()> {
        let mut wrong = vec![];
        let mut refuse = |field: &str, message: String| wrong.push(FieldError { field: field.to_owned(), message });
        for word in self.columns.keys().filter(|word| Field::of_word(word).is_none()) {
            let fields: Vec<&str> = Field::chosen().map(Field::word).collect();
            let meant = Field::suggested(word)
                .map(|field| format!(" Do you mean “{}”?", field.word()))
                .unwrap_or_else(|| guess(word, fields.iter().copied()));
            refuse("map", format!("{word} is no field; there are {}.{meant}", fields.join(", ")));
        }
        let stages = stage_words();
        for chosen in self.states.values().filter(|word| !word.is_empty() && !stages.contains(&column_in(word).0)) {
            refuse("state", format!("{chosen} is no stage: {}.{}", stages.join(", "), guess(chosen, stages.iter().copied())));
        }
        let kinds = kind_words();
        for chosen in self.types.values().filter(|word| !kinds.contains(&word.as_str())) {
            refuse("type", format!("{chosen} is no kind: {}.{}", kinds.join(", "), guess(chosen, kinds.iter().copied())));
        }
        for chosen in self.own.values().filter(|word| fields::FieldKind::parse(word).is_none()) {
            let all: Vec<&str> = fields::FieldKind::ALL.iter().map(|kind| kind.word()).collect();
            refuse("field", format!("{chosen} is nothing that an own field holds: {}.{}", all.join(", "), guess(chosen, all.iter().copied())));
        }
        for chosen in self.dates.values().filter(|word| order(word).is_none()) {
            refuse("dates", format!("{chosen} is no order: day, month or year first, or text."));
        }
        for (sprint, days) in self.sprints.iter().filter(|(_, days)| !days.is_empty()) {
            if let Err(refusal) = days_of(days) {
                refuse("sprint", format!("{sprint}: {}", refusal.sentence()));
            }
        }
        for (_, field) in self.take.iter().filter(|(_, field)| field != ALL && !backlog::IMPORTED_FIELDS.iter().any(|(known, _)| known == field)) {
            let fields: Vec<&str> = backlog::IMPORTED_FIELDS.iter().map(|(field, _)| *field).collect();
            refuse("take", format!("{field} is no field that a file can win: {}.{}", fields.join(", "), guess(field, fields.iter().copied())));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
    }

    /// The fields in which the file is to win over what was changed here.
    pub fn takes(&self, key: &str, origin: &str) -> Vec<String> {
        let of_story = self.take.iter().filter(|(which, _)| which == ALL || which == key || which == origin).map(|(_, field)| field.as_str());
        if of_story.clone().any(|field| field == ALL) {
            return backlog::IMPORTED_FIELDS.iter().map(|(field, _)| (*field).to_owned()).collect();
        }
        of_story.map(str::to_owned).collect()
    }
}

/// Every stage a state can become, and leaving it out.
pub fn stage_words() -> Vec<&'static str> {
    Stage::ALL.iter().map(|s| s.word()).chain([LEAVE_OUT]).collect()
}

/// A stage's word, and the name of the column that stands behind it: `doing:In review`.
pub fn column_in(word: &str) -> (&str, Option<&str>) {
    word.split_once(':').map_or((word, None), |(stage, column)| (stage, Some(column.trim())))
}

/// Every kind a type can become, and leaving it out.
pub fn kind_words() -> Vec<&'static str> {
    StoryKind::ALL.iter().map(|k| k.word()).chain([LEAVE_OUT]).collect()
}

/// The order that a word chooses; of `text`, that nothing is chosen.
pub fn order(word: &str) -> Option<Option<Order>> {
    match word {
        "day" => Some(Some(Order::DayFirst)),
        "month" => Some(Some(Order::MonthFirst)),
        "year" => Some(Some(Order::YearFirst)),
        "text" | "" => Some(None),
        _ => None,
    }
}

/// First and last day, as `2026-04-09..2026-04-22`.
pub fn days_of(text: &str) -> Result<(String, String)> {
    let (first, last) = text.split_once("..").ok_or_else(|| Refusal::invalid("sprint", "Write its days as 2026-04-09..2026-04-22."))?;
    let day = |field: &str, text: &str| match web::when::end_of(text.trim()) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err(Refusal::invalid(field, "Write the day as 2026-11-23.")),
    };
    Ok((day("starts_on", first)?, day("ends_on", last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_refused_with_what_comes_near() {
        let pair = |a: &str, b: &str| BTreeMap::from([(a.to_owned(), b.to_owned())]);
        let said = |mapping: Mapping| mapping.check().err().map(|e| e.sentence()).unwrap_or_default();
        let wrong = said(Mapping {
            columns: pair("storypoints", "weight"),
            states: pair("Ripe", "finished"),
            types: pair("Tree", "plant"),
            ..Mapping::default()
        });
        for sentence in [
            "storypoints is no field; there are key, id, title, body,",
            "Do you mean “points”?",
            "finished is no stage: open, doing, handed_over, accepted, dropped, leave_out.",
            "plant is no kind: story, bug, task, spike, leave_out.",
        ] {
            assert!(wrong.contains(sentence), "{wrong}");
        }
        assert!(said(Mapping { columns: pair("status", "where"), ..Mapping::default() }).contains("“state”"));
        assert!(said(Mapping { states: pair("Ripe", "acepted"), ..Mapping::default() }).contains("“accepted”"));
        assert!(said(Mapping { sprints: pair("S 1", "soon"), ..Mapping::default() }).contains("S 1: Write its days"));
        assert!(Mapping { columns: pair("points", "weight"), states: pair("Ripe", "accepted"), ..Mapping::default() }.check().is_ok());
    }

    #[test]
    fn a_choice_may_be_for_one_story_or_for_all() {
        let mapping = Mapping { take: vec![("B-1".into(), "title".into()), ("csv:B-2".into(), ALL.into())], ..Mapping::default() };
        assert_eq!(mapping.takes("B-1", "csv:B-1"), ["title"]);
        assert_eq!(mapping.takes("B-2", "csv:B-2").len(), backlog::IMPORTED_FIELDS.len());
        assert!(mapping.takes("B-3", "csv:B-3").is_empty());
    }
}
