//! What the columns of a table are taken for: feedback or customers, what is guessed from their names, and what was chosen.

use customers::EvidenceKind;
use kernel::{Deserialize, Serialize, words};
use reading::{fold, table::Table};
use std::collections::HashMap;

words! {
    /// What a table holds.
    pub enum Holds { Feedback = "feedback", Customers = "customers" }
}

words! {
    /// How days are read that can be read in two ways.
    pub enum Days { Found = "found" says "as the column tells", DayFirst = "day_first" says "day first", MonthFirst = "month_first" says "month first" }
}

/// What a column can be taken for: its name in forms, what it is called, and names that it goes by.
pub(crate) struct Field {
    pub word: &'static str,
    pub says: &'static str,
    names: &'static [&'static str],
}

const fn field(word: &'static str, says: &'static str, names: &'static [&'static str]) -> Field {
    Field { word, says, names }
}

const OF_FEEDBACK: &[Field] = &[
    field(
        "text",
        "What was said",
        &["review", "quote", "text", "feedback", "comment", "description", "body", "content", "message", "verbatim", "answer"],
    ),
    field("title", "Its title", &["title", "subject", "summary", "headline"]),
    field("key", "Id there", &["id", "key", "number", "reference", "ticket"]),
    field("customer", "Customer", &["customer", "company", "account", "organization", "organisation", "client"]),
    field("segment", "Segment", &["segment"]),
    field("source", "Source", &["source", "channel", "origin"]),
    field("on", "Day", &["date", "created_at", "created", "day", "submitted", "posted", "time", "at"]),
    field("url", "Link", &["url", "link", "permalink", "address"]),
];

const OF_CUSTOMERS: &[Field] = &[
    field("key", "Id there", &["id", "key", "external_id", "customer_id", "account_id", "number"]),
    field("name", "Name", &["name", "customer", "company", "account", "organization", "organisation"]),
    field("segment", "Segment", &["segment", "tier", "industry", "type"]),
    field("size", "People", &["size", "people", "employees", "seats", "users"]),
    field("revenue", "Revenue a year", &["revenue", "arr", "value", "amount"]),
    field("note", "Note", &["note", "notes", "description"]),
];

impl Holds {
    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            Holds::Feedback => OF_FEEDBACK,
            Holds::Customers => OF_CUSTOMERS,
        }
    }
}

/// What was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Mapping {
    pub holds: Holds,
    /// Columns by what they are taken for.
    pub columns: HashMap<String, String>,
    /// Of all that comes in.
    pub kind: EvidenceKind,
    pub source: String,
    pub days: Days,
    /// Rows that cannot be read are left out.
    pub leave_out: bool,
    /// So are rows that say exactly the same as one above them.
    #[serde(default)]
    pub once: bool,
}

/// The choice that stands for no column.
pub(crate) const NONE: &str = "-";

impl Mapping {
    /// What is guessed, with what was chosen in its place; `chosen` are the fields of the form.
    pub fn of(holds: Holds, table: &Table, chosen: &[(String, String)]) -> Mapping {
        let get = |name: &str| chosen.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let mut columns = HashMap::new();
        for field in holds.fields() {
            match get(&format!("column:{}", field.word)) {
                Some(NONE) => {}
                Some(column) if table.header.iter().any(|known| known == column) => drop(columns.insert(field.word.to_owned(), column.to_owned())),
                _ => {
                    let taken = |column: &str| columns.values().any(|known: &String| known == column);
                    if let Some(column) = guess(field, table).filter(|column| !taken(column)) {
                        columns.insert(field.word.to_owned(), column);
                    }
                }
            }
        }
        // What is longest is what was said.
        if holds == Holds::Feedback && !columns.contains_key("text") && get("column:text").is_none() && !columns.contains_key("title") {
            let long = (0..table.header.len()).max_by_key(|at| table.column(*at).map(str::len).sum::<usize>());
            columns.extend(long.and_then(|at| table.header.get(at)).map(|column| ("text".to_owned(), column.clone())));
        }
        Mapping {
            holds,
            columns,
            kind: get("kind").and_then(EvidenceKind::parse).unwrap_or(EvidenceKind::Review),
            source: get("source").unwrap_or_default().trim().to_owned(),
            days: get("days").and_then(Days::parse).unwrap_or(Days::Found),
            leave_out: get("leave_out").is_some(),
            once: get("once").is_some(),
        }
    }
}

/// The column that goes by one of the names of a field, the likeliest name first.
fn guess(field: &Field, table: &Table) -> Option<String> {
    let plain = |name: &str| fold(name).trim().replace([' ', '-'], "_");
    field.names.iter().find_map(|name| table.header.iter().find(|column| plain(column) == *name)).cloned()
}
