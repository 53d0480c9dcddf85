//! Figures before and after by what they can be told apart by: read from a table, kept with the inquiry. Pure.

use kernel::{Deserialize, JsonSchema, Serialize};
use reading::{
    Wrong,
    table::{Row, Rows},
};
use rootcause::{
    cube::{Cube, Dimension},
    table::{Compared, Measure, Times, read as read_table},
};

/// So many combinations are kept; more are no question that a page answers.
pub(crate) const MOST_CELLS: usize = 4_000;
/// So many things are told apart.
const MOST_DIMENSIONS: usize = 12;
/// So many rows tell what a column holds.
const LOOKED_AT: usize = 400;

/// Cells by their dimensions, with an amount and a base before and after.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct Data {
    /// The dimensions: `country`.
    pub names: Vec<String>,
    /// For each the values that occur.
    pub values: Vec<Vec<String>>,
    /// For each the value of every cell, by its place.
    pub keys: Vec<Vec<u32>>,
    pub before: Vec<(f64, f64)>,
    pub after: Vec<(f64, f64)>,
    pub is_ratio: bool,
    /// What was assumed about the file, and which rows were left out.
    pub notes: Vec<String>,
}

impl Data {
    pub(crate) fn of(cube: Cube, notes: Vec<String>) -> Data {
        Data {
            names: cube.dimensions.iter().map(|d| d.name.clone()).collect(),
            values: cube.dimensions.into_iter().map(|d| d.values).collect(),
            keys: cube.keys,
            before: cube.before,
            after: cube.after,
            is_ratio: cube.is_ratio,
            notes,
        }
    }

    pub(crate) fn cube(&self) -> Cube {
        let dimensions = self.names.iter().zip(&self.values).map(|(name, values)| Dimension { name: name.clone(), values: values.clone() });
        Cube {
            dimensions: dimensions.collect(),
            keys: self.keys.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            is_ratio: self.is_ratio,
        }
    }
}

/// What was found in a table.
#[derive(Debug)]
pub(crate) struct Found {
    pub data: Data,
    /// As [`Measure::parse`] reads it.
    pub counted: String,
    pub compared: String,
}

fn wrong<T>(says: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(says.into()))
}

/// Reads a table, CSV or the first sheet of a workbook. What is left empty is found out where only one thing fits.
///
/// # Errors
/// What is wrong with the table, or what has to be said about it.
pub(crate) fn read(file: &[u8], counted: &str, time: &str, at: &str) -> Result<Found, Wrong> {
    let (text, _) = reading::text::decode(file)?;
    let mut rows = Rows::new(&text)?;
    let header = rows.header()?;
    let wide = header.iter().any(|name| is_before(name));
    let time = match time.trim() {
        "" if wide => None,
        "" => Some(time_of(&header)?),
        named => Some(named.to_owned()),
    };
    let counted = match counted.trim() {
        "" if time.is_none() => of_wide(&header)?,
        "" => of_long(&header, rows, time.as_deref().unwrap_or_default())?,
        said => said.to_owned(),
    };
    let at = Some(at.trim().to_owned()).filter(|at| !at.is_empty());
    let column = time.clone().unwrap_or_default();
    let times = time.map(|column| Times { column, at });
    let found = read_table(file, &Measure::parse(&counted), times.as_ref(), None).map_err(|wrong| nothing(wrong, &text))?;
    fits(&found.cube)?;
    let notes = found.notes.iter().cloned().chain(found.aside.sentences()).take(20).collect();
    Ok(Found {
        data: Data::of(found.cube, notes),
        counted,
        compared: found.compared.as_ref().map_or_else(|| "Before and after, as the table has them.".to_owned(), |compared| told(&column, compared)),
    })
}

/// Cells that hold nothing are left out, so a table of zeros seems to have no rows; that is said as it is.
fn nothing(wrong: Wrong, text: &str) -> Wrong {
    let some_rows = || {
        Rows::new(text)
            .and_then(|mut rows| {
                rows.header()?;
                rows.next(&mut Row::default())
            })
            .unwrap_or(false)
    };
    if wrong.0.starts_with("There is no row") && some_rows() { Wrong("Everything is zero, before and after.".into()) } else { wrong }
}

/// Refuses what is too much to be looked at.
pub(crate) fn fits(cube: &Cube) -> Result<(), Wrong> {
    match (cube.cells(), cube.dimensions.len()) {
        (_, many) if many > MOST_DIMENSIONS => {
            wrong(format!("{many} columns to tell apart by are too many; {MOST_DIMENSIONS} fit. Leave out what cannot be a cause."))
        }
        (many, _) if many > MOST_CELLS => {
            let most = cube.dimensions.iter().max_by_key(|d| d.values.len()).map_or("", |d| d.name.as_str());
            wrong(format!(
                "The table has {many} combinations; {MOST_CELLS} fit. Leave out a column that tells single things apart, such as “{most}”, or group its values."
            ))
        }
        _ => Ok(()),
    }
}

/// Which times are compared. A bare number is called as its column is: “Week 5 compared with the 4 before it, 1 to 4.”
fn told(column: &str, compared: &Compared) -> String {
    let is_bare = compared.at.chars().all(|c| c.is_ascii_digit()) && compared.at.len() < 4;
    let at = if is_bare { format!("{} {}", web::capital(&column.replace('_', " ")), compared.at) } else { compared.at.clone() };
    match &compared.with {
        (first, _, 1) => format!("{at} compared with {first}."),
        (first, last, many) => format!("{at} compared with the {many} before it, {first} to {last}."),
    }
}

fn is_before(name: &str) -> bool {
    name.eq_ignore_ascii_case("before") || stem(name).is_some()
}

/// What `orders_before` is before.
fn stem(name: &str) -> Option<&str> {
    const ENDING: &str = "_before";
    let (stem, ending) = name.split_at_checked(name.len().checked_sub(ENDING.len())?)?;
    ending.eq_ignore_ascii_case(ENDING).then_some(stem)
}

/// What a table with before and after in columns counts.
fn of_wide(header: &[String]) -> Result<String, Wrong> {
    let pairs: Vec<&str> = header.iter().filter_map(|name| stem(name)).collect();
    match pairs.as_slice() {
        [] => Ok("amount".into()),
        [one] => Ok((*one).to_owned()),
        several => wrong(format!(
            "The table has {}. Say what is measured: one of them, or a rate such as {}/{}.",
            several.join(" and "),
            several[0],
            several[1]
        )),
    }
}

const TIMES: &[&str] = &["date", "day", "week", "month", "period", "time", "year", "quarter", "datum", "on_day", "timestamp"];

/// The column of times.
fn time_of(header: &[String]) -> Result<String, Wrong> {
    let known = header.iter().find(|name| TIMES.contains(&name.trim().to_lowercase().as_str()));
    match known {
        Some(name) => Ok(name.clone()),
        None => wrong(format!("Which column says when? Name it, or have columns “before” and “after”. The table has: {}.", header.join(", "))),
    }
}

/// What a table with a column of times counts: the one column of numbers, or its rows.
fn of_long(header: &[String], mut rows: Rows, time: &str) -> Result<String, Wrong> {
    let mut numbers = vec![true; header.len()];
    let mut seen = vec![0_usize; header.len()];
    let mut sums = vec![0.0_f64; header.len()];
    let mut row = Row::default();
    for _ in 0..LOOKED_AT {
        if !rows.next(&mut row)? {
            break;
        }
        for (at, number) in numbers.iter_mut().enumerate() {
            let cell = row.cell(at).trim();
            if !cell.is_empty() {
                seen[at] += 1;
                let figure = cell.trim_end_matches('%').replace([',', ' ', '\u{a0}', '\''], "").parse::<f64>();
                *number &= figure.is_ok();
                sums[at] += figure.unwrap_or(0.0).abs();
            }
        }
    }
    let found: Vec<usize> = (0..header.len()).filter(|at| numbers[*at] && seen[*at] > 0 && !header[*at].eq_ignore_ascii_case(time)).collect();
    match found.as_slice() {
        [] => Ok("count".into()),
        [one] => Ok(header[*one].clone()),
        several => {
            // A rate is of the larger: orders of visits.
            let (amount, base) = if sums[several[0]] <= sums[several[1]] { (several[0], several[1]) } else { (several[1], several[0]) };
            let names: Vec<&str> = several.iter().map(|at| header[*at].as_str()).collect();
            wrong(format!(
                "{} hold numbers. Say what is measured: one of them, or a rate such as {}/{}.",
                names.join(" and "),
                header[amount],
                header[base]
            ))
        }
    }
}

/// A table that is too long to be kept as it came, added up by its parts: with before and after in columns, and what it counts.
pub(crate) fn added_up(found: &Found) -> (String, String) {
    let data = &found.data;
    let counted = if found.counted == "count" { "rows".to_owned() } else { found.counted.clone() };
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let measured: Vec<String> = match (data.is_ratio, counted.split_once('/')) {
        (true, Some((amount, base))) => {
            [amount, base].iter().flat_map(|name| [format!("{}_before", name.trim()), format!("{}_after", name.trim())]).collect()
        }
        _ => vec!["before".into(), "after".into()],
    };
    let mut lines = vec![data.names.iter().chain(&measured).map(|name| quoted(name)).collect::<Vec<_>>().join(",")];
    for cell in 0..data.before.len() {
        let key = data.keys.iter().zip(&data.values).map(|(column, values)| quoted(&values[column[cell] as usize]));
        let ((b, b_base), (a, a_base)) = (data.before[cell], data.after[cell]);
        let amounts = if data.is_ratio { vec![b, a, b_base, a_base] } else { vec![b, a] };
        // With so many decimals a point is nothing else.
        lines.push(key.chain(amounts.into_iter().map(|amount| format!("{amount:.6}"))).collect::<Vec<_>>().join(","));
    }
    (lines.join("\n"), counted)
}

/// As people read what is counted.
pub(crate) fn spoken(counted: &str) -> String {
    match counted {
        "count" => "rows".into(),
        counted => counted.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "week,country,device,orders\n1,FR,phone,100\n1,FR,desktop,90\n1,DE,phone,120\n1,DE,desktop,110\n2,FR,phone,40\n2,FR,desktop,91\n2,DE,phone,119\n2,DE,desktop,112\n";

    #[test]
    fn what_is_measured_is_found_out() {
        let found = read(LONG.as_bytes(), "", "", "").unwrap();
        assert_eq!((found.counted.as_str(), found.compared.as_str()), ("orders", "Week 2 compared with 1."));
        assert_eq!(found.data.names, ["country", "device"]);
        assert_eq!(Data::of(found.data.cube(), found.data.notes.clone()), found.data, "it is kept as it was read");
        let wide = read(b"country,before,after\nFR,10,4\nDE,9,9\n", "", "", "").unwrap();
        assert_eq!((wide.counted.as_str(), wide.data.before[0].0), ("amount", 10.0));
        let rate = read(b"country,o_before,o_after,v_before,v_after\nFR,10,4,100,100\nDE,9,9,90,91\n", "o/v", "", "").unwrap();
        assert!(rate.data.is_ratio);
    }

    #[test]
    fn a_long_table_is_added_up_without_loss() {
        let long = read(LONG.as_bytes(), "", "", "").unwrap();
        let (table, counted) = added_up(&long);
        let again = read(table.as_bytes(), &counted, "", "").unwrap();
        assert_eq!((again.data.cube().total(), again.counted.as_str()), (long.data.cube().total(), "orders"), "{table}");
        let rate = read(b"country,o_before,o_after,v_before,v_after\nFR,10,4,100,100\nDE,9,9,90,91\n", "o/v", "", "").unwrap();
        let (table, counted) = added_up(&rate);
        let again = read(table.as_bytes(), &counted, "", "").unwrap();
        assert!(again.data.is_ratio && again.data.cube().total() == rate.data.cube().total(), "{table}");
    }

    #[test]
    fn what_has_to_be_said_is_asked_for_in_a_sentence() {
        let says = |file: &str, counted: &str| read(file.as_bytes(), counted, "", "").map(|found| found.counted).unwrap_err().0;
        assert!(says("country,o_before,o_after,v_before,v_after\nFR,1,2,3,4\n", "").contains("such as o/v"));
        assert!(says("week,country,searches,rides\n1,FR,100,40\n2,FR,90,30\n", "").contains("such as rides/searches"), "a rate is of the larger");
        assert!(says("country,orders\nFR,1\n", "").contains("Which column says when?"));
        assert!(says("week,orders\n1,2\n2,1\n", "").contains("no dimension"));
        assert!(says("", "").len() > 10);
        assert_eq!(says("country,before,after\nFR,0,0\nDE,0,0\n", ""), "Everything is zero, before and after.");
        assert!(!says(LONG, "visits").is_empty(), "a column that is not there");
        let many: String = (0..5_000).map(|n| format!("u{n},1,2\n")).collect();
        assert!(says(&format!("user,before,after\n{many}"), "").contains("such as “user”"));
    }
}
