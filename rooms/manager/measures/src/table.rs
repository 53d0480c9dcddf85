//! Values of a table: one row for each day, or for each part of a day. What cannot be read is refused with its row, and
//! then nothing of the table is taken.

use crate::{
    commands::TAKEN,
    model::{Along, Measure},
};
use kernel::{Refusal, Result};
use reading::{dates, fold, numbers, table::Table};

/// So many rows are taken at once.
const MOST_ROWS: usize = 3_000;
/// So many wrong rows are told.
const MOST_TOLD: usize = 5;

/// A row that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Read {
    pub on_day: String,
    pub amount: f64,
    pub along: Along,
    pub note: String,
}

const ONE_COLUMN: &str = "This is one column. Its first line has to name a “day” and a “value”, parted by a comma, a semicolon or a tab.";

fn wrong<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Refusal::invalid("csv", sentence))
}

/// What a column holds.
enum Holds {
    Day,
    Value,
    Note,
    Part(String),
}

/// Which column holds what. The value may stand under the measure's own name.
fn columns(table: &Table, measure: &Measure) -> Result<Vec<Holds>> {
    let mut holds = vec![];
    for name in &table.header {
        let folded = fold(name.trim());
        holds.push(match folded.as_str() {
            "day" | "date" | "on" | "on_day" => Holds::Day,
            "value" | "amount" => Holds::Value,
            "note" => Holds::Note,
            other if other == fold(&measure.name) => Holds::Value,
            other => match measure.dimensions.iter().find(|dimension| fold(dimension) == other) {
                Some(dimension) => Holds::Part(dimension.clone()),
                None if table.separator.is_none() => return wrong(ONE_COLUMN),
                None => {
                    let known: Vec<&str> = TAKEN.into_iter().chain(measure.dimensions.iter().map(String::as_str)).collect();
                    return wrong(format!(
                        "There is a column “{name}”; what can be read are {}. A dimension is named with the measure first.",
                        known.join(", ")
                    ));
                }
            },
        });
    }
    let count = |which: fn(&Holds) -> bool| holds.iter().filter(|held| which(held)).count();
    match (count(|held| matches!(held, Holds::Day)), count(|held| matches!(held, Holds::Value))) {
        (1, 1) => Ok(holds),
        (0, _) | (_, 0) if table.separator.is_none() => wrong(ONE_COLUMN),
        (0, _) => wrong(format!("No column is called “day”; there are {}.", table.header.join(", "))),
        (_, 0) => wrong(format!("No column is called “value”; there are {}.", table.header.join(", "))),
        _ => wrong("The day and the value each need one column, not several."),
    }
}

/// Reads a table for a measure.
pub(crate) fn read(text: &str, measure: &Measure, today: &str) -> Result<Vec<Read>> {
    let table = Table::read(text).map_err(|wrong| Refusal::invalid("csv", wrong.0))?;
    let holds = columns(&table, measure)?;
    let place = |which: fn(&Holds) -> bool| holds.iter().position(which).unwrap_or_default();
    let (day, value) = (place(|held| matches!(held, Holds::Day)), place(|held| matches!(held, Holds::Value)));
    match table.rows.len() {
        0 => return wrong("Below the names of the columns there is no row."),
        many if many > MOST_ROWS => return wrong(format!("These are {many} rows; {MOST_ROWS} fit at once. Split the table.")),
        _ => {}
    }
    let days = dates::Column::of(table.column(day));
    let mut seen = numbers::Evidence::default();
    table.column(value).for_each(|cell| seen.see(cell));
    let amounts = numbers::Column::from(&seen, table.separator);
    let (mut read, mut bad) = (vec![], vec![]);
    for row in &table.rows {
        let mut refuse = |why: String| bad.push(format!("Row {}: {why}.", row.number));
        let on = match days.read(row.cell(day)) {
            Ok(when) => when.date.to_string(),
            Err(why) => {
                refuse(format!("“{}” {why}", row.cell(day)));
                continue;
            }
        };
        if on.as_str() > today {
            refuse(format!("{on} is still to come"));
            continue;
        }
        let amount = match amounts.read(row.cell(value)) {
            Ok(number) => number.value,
            Err(why) => {
                refuse(format!("“{}” {why}", row.cell(value)));
                continue;
            }
        };
        let mut one = Read { on_day: on, amount, along: Along::new(), note: String::new() };
        for (at, held) in holds.iter().enumerate() {
            let cell = row.cell(at);
            match held {
                Holds::Part(dimension) if !reading::says_nothing(cell) => {
                    one.along.insert(dimension.clone(), cell.chars().take(100).collect());
                }
                Holds::Note => one.note = cell.chars().take(2_000).collect(),
                _ => {}
            }
        }
        // Of two rows about the same the later one counts, as it would if they were noted one by one.
        match read.iter_mut().find(|known: &&mut Read| known.on_day == one.on_day && known.along == one.along) {
            Some(known) => *known = one,
            None => read.push(one),
        }
    }
    if bad.is_empty() {
        return Ok(read);
    }
    let more = if bad.len() > MOST_TOLD { format!(" And {} more.", bad.len() - MOST_TOLD) } else { String::new() };
    bad.truncate(MOST_TOLD);
    wrong(format!("Nothing was taken. {}{more}", bad.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Better, Part, PartsMake};
    use kernel::{Meta, Uuid, value::Packed};

    fn riders() -> Measure {
        Measure {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            name: "Riders".into(),
            meaning: String::new(),
            unit: String::new(),
            part: Part::NorthStar,
            better: Better::More,
            parts_make: PartsMake::Sum,
            dimensions: Packed(vec!["city".into()]),
        }
    }

    fn said(text: &str) -> String {
        read(text, &riders(), "2026-11-30").unwrap_err().sentence()
    }

    #[test]
    fn a_table_is_read_however_it_is_written() {
        let rows = read("Date;Riders;City;Note\n13/11/2026;1.200,5;Lindau;snow\n14/11/2026;900,0;-;\n", &riders(), "2026-11-30").unwrap();
        assert_eq!(
            (rows[0].on_day.as_str(), rows[0].amount, rows[0].along["city"].as_str(), rows[0].note.as_str()),
            ("2026-11-13", 1200.5, "Lindau", "snow")
        );
        assert_eq!((rows[1].amount, rows[1].along.len()), (900.0, 0));
        let twice = read("day,value\n2026-11-13,1\n2026-11-13,2\n", &riders(), "2026-11-30").unwrap();
        assert_eq!(twice.iter().map(|row| row.amount).collect::<Vec<_>>(), [2.0], "the later one counts");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_row() {
        let soon = said("day,value\n2026-11-13,1\nsoon,2\n2026-12-24,3\n2026-11-14,many\n");
        assert!(
            soon.contains("Nothing was taken") && soon.contains("Row 3: “soon”") && soon.contains("Row 4: 2026-12-24 is still to come"),
            "{soon}"
        );
        assert!(soon.contains("Row 5: “many” is no number"), "{soon}");
        assert!(said("day,value,region\n2026-11-13,1,North").contains("“region”"));
        for parted_otherwise in ["day|value\n2026-11-13|1", "when:much\n2026-11-13:1", "day\n2026-11-13"] {
            assert!(said(parted_otherwise).contains("This is one column"), "{parted_otherwise}");
        }
        assert!(said("day,amount,value\n2026-11-13,1,2").contains("one column, not several"));
        assert!(said("day,value\n").contains("no row"));
    }
}
