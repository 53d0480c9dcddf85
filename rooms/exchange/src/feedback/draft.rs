//! A table as feedback or customers: what each row says, once it is known what the columns are taken for.

use super::mapping::{Days, Holds, Mapping};
use kernel::{Json, Refusal, Result, json};
use reading::{dates, numbers, table::Table, workbook};
use std::collections::{HashMap, HashSet};

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wrong {
    pub row: usize,
    pub column: String,
    pub reason: String,
}

/// A file as commands.
pub(crate) struct Draft {
    /// Each with the number of its row.
    pub rows: Vec<(usize, Json)>,
    pub wrong: Vec<Wrong>,
    pub notes: Vec<String>,
    /// How many say exactly the same as a row above them, under another id.
    pub twins: usize,
    /// Days that can be read in two ways, and no row tells in which.
    pub two_ways: bool,
}

/// The table of a file: a workbook's first sheet, or text.
///
/// # Errors
/// `Invalid`, where the file as a whole cannot be read.
pub(crate) fn table(bytes: &[u8]) -> Result<Table> {
    let unread = |wrong: reading::Wrong| Refusal::invalid("file", wrong.to_string());
    let table = if workbook::is_workbook(bytes) {
        let sheet = workbook::sheets(bytes).map_err(unread)?.into_iter().next().unwrap_or_default();
        Table::of_sheet(bytes, &sheet).map_err(unread)?
    } else {
        Table::of(bytes).map_err(unread)?
    };
    if table.rows.is_empty() {
        return Err(Refusal::invalid("file", "The file has names of columns and no row below them."));
    }
    Ok(table)
}

/// So long a piece may be.
const LONGEST: usize = 20_000;

struct Reader<'a> {
    mapping: &'a Mapping,
    at: HashMap<&'a str, usize>,
    days: dates::Column,
    numbers: HashMap<&'static str, numbers::Column>,
    today: &'a str,
}

/// What each row says.
///
/// # Errors
/// `Invalid`, where a column is missing without which nothing can be read.
pub(crate) fn read(table: &Table, mapping: &Mapping, today: &str) -> Result<Draft> {
    let at: HashMap<&str, usize> =
        mapping.columns.iter().filter_map(|(field, column)| Some((field.as_str(), table.header.iter().position(|known| known == column)?))).collect();
    match mapping.holds {
        Holds::Feedback if !at.contains_key("text") && !at.contains_key("title") => {
            return Err(Refusal::invalid("column:text", "Choose the column with what was said."));
        }
        Holds::Customers if !at.contains_key("key") || !at.contains_key("name") => {
            return Err(Refusal::invalid(
                "column:key",
                "Choose the columns with the id there and with the name: by its id a customer is found again.",
            ));
        }
        _ => {}
    }
    let found = dates::Column::of(at.get("on").into_iter().flat_map(|at| table.column(*at)));
    let two_ways = found.undecided().is_some() && mapping.days == Days::Found;
    let days = match mapping.days {
        Days::Found => found,
        Days::DayFirst => found.with(dates::Order::DayFirst),
        Days::MonthFirst => found.with(dates::Order::MonthFirst),
    };
    let numbers = ["size", "revenue"]
        .into_iter()
        .filter_map(|name| Some((name, numbers::Column::from(&numbers::Evidence::of(table.column(*at.get(name)?)), table.separator))))
        .collect();
    let reader = Reader { mapping, at, days, numbers, today };
    let unparted = parted_otherwise(table).map(|by| {
        format!(
            "All of it is one column. If “{by}” parts its cells, save the file with commas, semicolons or tabs between them, and choose it again."
        )
    });
    let notes = table.notes.iter().cloned().chain(unparted).collect();
    let mut draft = Draft { rows: vec![], wrong: vec![], notes, twins: 0, two_ways };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut said: HashSet<String> = HashSet::new();
    for row in &table.rows {
        let read = match table.ragged(row) {
            Some(reason) => Err((String::new(), reason)),
            None => reader.row(row, &mut seen),
        };
        match read {
            Ok(args) => {
                let words = args["quote"].as_str().filter(|_| mapping.holds == Holds::Feedback);
                let twin = words.is_some_and(|words| !said.insert(words.to_owned()));
                draft.twins += usize::from(twin);
                if !(twin && mapping.once) {
                    draft.rows.push((row.number, args));
                }
            }
            Err((column, reason)) => draft.wrong.push(Wrong { row: row.number, column, reason }),
        }
    }
    Ok(draft)
}

/// So many rows are looked at to see what parts their cells.
const SAMPLE: usize = 20;

/// What seems to part the cells of a table that was read as one column: it stands as often in each row as in the names.
fn parted_otherwise(table: &Table) -> Option<char> {
    let names = table.header.first().filter(|_| table.separator.is_none())?;
    let times = |text: &str, sign: char| text.chars().filter(|other| *other == sign).count();
    let parts = |sign: &char| table.column(0).take(SAMPLE).all(|cell| times(cell, *sign) == times(names, *sign));
    names.chars().filter(|sign| "|:~^/\\".contains(*sign)).find(parts)
}

type Unread = (String, String);

impl Reader<'_> {
    fn cell<'r>(&self, row: &'r reading::table::Row, field: &str) -> &'r str {
        self.at.get(field).map_or("", |at| row.cell(*at).trim())
    }

    fn unread(&self, field: &str, reason: impl std::fmt::Display) -> Unread {
        (self.mapping.columns.get(field).cloned().unwrap_or_default(), reason.to_string())
    }

    fn row(&self, row: &reading::table::Row, seen: &mut HashMap<String, usize>) -> std::result::Result<Json, Unread> {
        match self.mapping.holds {
            Holds::Feedback => self.feedback(row, seen),
            Holds::Customers => self.customer(row, seen),
        }
    }

    /// Fits into so many characters, or is refused.
    fn bounded(&self, row: &reading::table::Row, field: &str, most: usize) -> std::result::Result<String, Unread> {
        let text = self.cell(row, field);
        match text.chars().count() {
            long if long > most => Err(self.unread(field, format!("at most {most} characters fit, and this has {long}"))),
            _ => Ok(text.to_owned()),
        }
    }

    fn feedback(&self, row: &reading::table::Row, seen: &mut HashMap<String, usize>) -> std::result::Result<Json, Unread> {
        let (title, text) = (self.bounded(row, "title", LONGEST)?, self.bounded(row, "text", LONGEST)?);
        let quote = match (title.is_empty(), text.is_empty()) {
            (true, true) => return Err(self.unread("text", "nothing was said in it")),
            (false, false) if title != text => format!("{title}\n{text}"),
            (false, _) => title,
            (true, false) => text,
        };
        let key = self.bounded(row, "key", 150)?;
        // Without an id the words are what it is known by, each time they stand in the file.
        let key = if key.is_empty() { web::app::secret::hash(&quote)[..32].to_owned() } else { key };
        let times = seen.entry(key.clone()).or_default();
        *times += 1;
        if *times > 1 && self.at.contains_key("key") {
            return Err(self.unread("key", format!("another row has the id “{key}” already")));
        }
        let external = if *times > 1 { format!("{key}~{times}") } else { key };
        let source = match self.bounded(row, "source", 300)? {
            own if own.is_empty() => self.mapping.source.clone(),
            own => own,
        };
        let mut args = json!({ "external_id": external, "quote": quote, "kind": self.mapping.kind });
        // What the file does not say stays as it is here.
        for (name, text) in [("source", source), ("customer", self.bounded(row, "customer", 200)?), ("segment", self.bounded(row, "segment", 200)?)] {
            if !text.is_empty() {
                args[name] = json!(text);
            }
        }
        let url = self.cell(row, "url");
        if !url.is_empty() {
            if !kernel::fields::is_link(url) {
                return Err(self.unread("url", format!("“{url}” is no address; one begins with https://")));
            }
            args["url"] = json!(url);
        }
        let on = self.cell(row, "on");
        if !on.is_empty() {
            let day = self.days.read(on).map_err(|why| self.unread("on", format!("“{on}” {why}")))?.date.to_string();
            if day.as_str() > self.today {
                return Err(self.unread("on", format!("“{on}” is still to come")));
            }
            args["noted_on"] = json!(day);
        }
        Ok(args)
    }

    fn customer(&self, row: &reading::table::Row, seen: &mut HashMap<String, usize>) -> std::result::Result<Json, Unread> {
        let (key, name) = (self.bounded(row, "key", 200)?, self.bounded(row, "name", 200)?);
        if key.is_empty() {
            return Err(self.unread("key", "it has no id"));
        }
        if name.is_empty() {
            return Err(self.unread("name", "it has no name"));
        }
        if seen.insert(key.clone(), row.number).is_some() {
            return Err(self.unread("key", format!("another row has the id “{key}” already")));
        }
        let mut args = json!({ "external_id": key, "name": name });
        for (field, most) in [("segment", 200), ("note", 5_000)] {
            let text = self.bounded(row, field, most)?;
            if !text.is_empty() {
                args[field] = json!(text);
            }
        }
        for field in ["size", "revenue"] {
            let cell = self.cell(row, field);
            if !cell.is_empty() {
                let numbers = self.numbers.get(field).ok_or_else(|| self.unread(field, "it is no number"))?;
                let value = numbers.read(cell).map_err(|why| self.unread(field, format!("“{cell}” {why}")))?.value;
                if value < 0.0 || field == "size" && value.fract() != 0.0 {
                    return Err(self.unread(field, format!("“{cell}” is no number from 0 on")));
                }
                args[field] = if field == "size" { json!(value as i64) } else { json!(value) };
            }
        }
        Ok(args)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{super::mapping::NONE, *};

    fn drafted(text: &str, holds: Holds, chosen: &[(&str, &str)]) -> Draft {
        let table = Table::read(text).unwrap();
        let chosen: Vec<(String, String)> = chosen.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        read(&table, &Mapping::of(holds, &table, &chosen), "2026-09-20").unwrap()
    }

    #[test]
    fn columns_are_guessed_and_can_be_chosen() {
        let posts = "number,title,description,created_at,created_by\n10,Go is fast,Very tiny,2018-03-23T19:33:22Z,Faceless\n15,Go is great,,2018-02-21T15:51:35Z,x\n";
        let draft = drafted(posts, Holds::Feedback, &[("kind", "survey")]);
        assert_eq!(draft.rows[0].1, json!({ "external_id": "10", "quote": "Go is fast\nVery tiny", "kind": "survey", "noted_on": "2018-03-23" }));
        assert_eq!(draft.rows[1].1["quote"], "Go is great");
        let other = drafted(posts, Holds::Feedback, &[("column:title", NONE), ("column:customer", "created_by")]);
        assert_eq!((other.rows[0].1["customer"].as_str(), other.rows[0].1["quote"].as_str()), (Some("Faceless"), Some("Very tiny")));
        assert_eq!(other.wrong, [Wrong { row: 3, column: "description".into(), reason: "nothing was said in it".into() }]);
    }

    #[test]
    fn what_has_no_id_is_known_by_its_words() {
        let draft = drafted("review\nGood\nGood\nBad\n", Holds::Feedback, &[]);
        let ids: Vec<&str> = draft.rows.iter().map(|(_, args)| args["external_id"].as_str().unwrap()).collect();
        assert_eq!((ids.len(), ids[1]), (3, format!("{}~2", ids[0]).as_str()));
    }

    #[test]
    fn what_says_the_same_under_another_id_is_counted_and_left_out_by_choice() {
        let twice = "id,review,stars\n1,Good,5\n2,Bad,1\n3,Good,4\n4, Good ,3\n";
        let kept = drafted(twice, Holds::Feedback, &[]);
        assert_eq!((kept.rows.len(), kept.twins), (4, 2));
        let once = drafted(twice, Holds::Feedback, &[("once", "true")]);
        assert_eq!(once.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(once.twins, 2);
        assert_eq!(drafted("id,name\n1,A\n2,A\n", Holds::Customers, &[("once", "true")]).rows.len(), 2);
    }

    #[test]
    fn rows_that_cannot_be_read_say_why() {
        let draft = drafted("id,text,date,url\n1,a,2031-01-01,\n2,b,soon,\n1,c,,\n4,d,,javascript:x\n", Holds::Feedback, &[]);
        let told: Vec<(usize, &str)> = draft.wrong.iter().map(|wrong| (wrong.row, wrong.column.as_str())).collect();
        assert_eq!(told, [(2, "date"), (3, "date"), (4, "id"), (5, "url")]);
        let table = Table::read("a,b\n1,2\n").unwrap();
        assert!(read(&table, &Mapping::of(Holds::Customers, &table, &[]), "2026-09-20").is_err());
    }

    #[test]
    fn customers_have_figures() {
        let draft = drafted("id;name;revenue;seats\n7;Bakery;1.250,50;12\n8;Hotel;x;\n", Holds::Customers, &[]);
        assert_eq!(draft.rows[0].1, json!({ "external_id": "7", "name": "Bakery", "size": 12, "revenue": 1250.5 }));
        assert_eq!(draft.wrong.len(), 1);
    }
}
