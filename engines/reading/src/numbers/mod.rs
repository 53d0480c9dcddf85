//! A column of numbers.
//!
//! Whether a comma or a point parts the decimals is decided from all rows: `1.200` is 1200 where another row is
//! `3,5`, and 1.2 where another is `0.125`. Where no row tells, `1,000` is a thousand, as most who write a comma before
//! three figures mean it; `1.200`, or either in a file with semicolons (which has them because its commas part
//! decimals), is refused with both possibilities: a wrong number is worse than none.

mod cell;

use crate::says_nothing;
use cell::{Parts, Written};

/// What parts decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    Comma,
    Point,
}

/// A number that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub value: f64,
    /// What stands beside it: `SP`, `%`, `EUR`; empty where nothing does.
    pub unit: String,
}

/// Why a cell is no number; as a sentence's end behind the cell: “many” *is no number*.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It says that there is none: empty, a dash, `n/a`.
    Nothing,
    Unread,
    /// The mark could part thousands or decimals.
    TwoWays(f64, f64),
    /// The column's rows part decimals otherwise.
    Decimal(Decimal),
    /// Its unit is another than that of most rows.
    Unit(String),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Nothing => f.write_str("says no number"),
            Why::Unread => f.write_str("is no number"),
            Why::TwoWays(a, b) => write!(f, "could be {a} or {b}"),
            Why::Decimal(Decimal::Comma) => f.write_str("is no number the way the column writes them (decimal comma)"),
            Why::Decimal(Decimal::Point) => f.write_str("is no number the way the column writes them (decimal point)"),
            Why::Unit(unit) => write!(f, "is not in {unit} as the other rows are"),
        }
    }
}

/// What rows of a column (or of several that one hand wrote) say about their decimals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    comma: usize,
    point: usize,
    /// Cells such as `1,000` and `1.000`, which say nothing.
    doubtful: usize,
    units: Vec<(String, usize)>,
}

impl Evidence {
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Evidence {
        let mut evidence = Evidence::default();
        cells.into_iter().for_each(|cell| evidence.see(cell));
        evidence
    }

    /// Takes note of a cell.
    pub fn see(&mut self, cell: &str) {
        if let Some(written) = cell::plain(cell) {
            return self.count(written);
        }
        let Some(parts) = Parts::of(cell) else { return };
        self.count(parts.written);
        if !parts.unit.is_empty() {
            match self.units.iter().position(|(unit, _)| *unit == parts.unit) {
                Some(at) => self.units[at].1 += 1,
                None if self.units.len() < 50 => self.units.push((parts.unit, 1)),
                None => {}
            }
        }
    }

    fn count(&mut self, written: Written) {
        match written {
            Written::Whole => {}
            Written::Sure(Decimal::Comma) => self.comma += 1,
            Written::Sure(Decimal::Point) => self.point += 1,
            Written::Doubtful(_) => self.doubtful += 1,
        }
    }

    /// Adds what another column of the same hand says about decimals.
    pub fn and(&mut self, other: &Evidence) {
        (self.comma, self.point) = (self.comma + other.comma, self.point + other.point);
    }

    /// What parts decimals, where the rows agree; one against ten is a slip.
    pub fn decimal(&self) -> Option<Decimal> {
        match (self.comma, self.point) {
            (comma, point) if comma > 0 && point * 10 <= comma => Some(Decimal::Comma),
            (comma, point) if point > 0 && comma * 10 <= point => Some(Decimal::Point),
            _ => None,
        }
    }
}

/// A column's form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    decimal: Option<Decimal>,
    /// Rows prove both, or the file is one of semicolons: no mark is taken for granted.
    strict: bool,
    undecided: bool,
    unit: Option<String>,
}

impl Column {
    /// Decides the form from all cells.
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Column {
        Column::from(&Evidence::of(cells), None)
    }

    /// Decides from what was seen, and from what parts the cells of the file.
    pub fn from(evidence: &Evidence, separator: Option<char>) -> Column {
        let decimal = evidence.decimal();
        let strict = decimal.is_none() && (evidence.comma > 0 || separator == Some(';'));
        let most = evidence.units.iter().max_by_key(|(_, rows)| *rows).map(|(unit, _)| unit.clone());
        Column { decimal, strict, undecided: decimal.is_none() && evidence.doubtful > 0, unit: most }
    }

    /// The same column, with what a person said about its decimals.
    #[must_use]
    pub fn with(self, decimal: Decimal) -> Column {
        Column { decimal: Some(decimal), strict: false, undecided: false, ..self }
    }

    /// What parts decimals, where a row tells.
    pub fn decimal(&self) -> Option<Decimal> {
        self.decimal
    }

    /// Whether there are cells such as `1,000` and no row that tells what their mark parts.
    pub fn undecided(&self) -> bool {
        self.undecided
    }

    /// The unit that most rows with one have.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// Reads a cell of the column.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, cell: &str) -> Result<Number, Why> {
        // As programs write numbers; large files hold little else.
        if self.decimal != Some(Decimal::Comma)
            && let Some(Written::Whole | Written::Sure(_)) = cell::plain(cell)
            && let Some(value) = cell.trim().parse().ok().filter(|v: &f64| v.is_finite())
        {
            return Ok(Number { value, unit: String::new() });
        }
        let Some(parts) = Parts::of(cell) else {
            return Err(if says_nothing(cell) { Why::Nothing } else { Why::Unread });
        };
        if let Some(unit) = self.unit.as_ref().filter(|unit| !parts.unit.is_empty() && **unit != parts.unit) {
            return Err(Why::Unit(unit.clone()));
        }
        let by = |decimal: Decimal| parts.value(decimal).ok_or(Why::Unread);
        let value = match (parts.written, self.decimal) {
            (Written::Whole, _) => by(Decimal::Point)?,
            (Written::Sure(sure), Some(decimal)) if sure != decimal => return Err(Why::Decimal(decimal)),
            (Written::Sure(decimal), _) | (Written::Doubtful(_), Some(decimal)) => by(decimal)?,
            (Written::Doubtful(','), None) if !self.strict => by(Decimal::Point)?,
            (Written::Doubtful(_), None) => {
                let (point, comma) = (by(Decimal::Point)?, by(Decimal::Comma)?);
                return Err(Why::TwoWays(point.min(comma), point.max(comma)));
            }
        };
        Ok(Number { value, unit: parts.unit })
    }
}

/// Reads a number that stands alone, as in a field of a form: no other row tells what its mark parts, so what could be two
/// numbers is refused, and of units only a percent sign says nothing else.
///
/// # Errors
/// Why it cannot be read.
pub fn alone(text: &str) -> Result<f64, Why> {
    let strict = Column { strict: true, ..Column::default() };
    match strict.read(text)? {
        Number { value, unit } if unit.is_empty() || unit == "%" => Ok(value),
        _ => Err(Why::Unread),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(cells: &[&str]) -> Vec<Result<f64, Why>> {
        let column = Column::of(cells.iter().copied());
        cells.iter().map(|c| column.read(c).map(|n| n.value)).collect()
    }

    fn all(cells: &[&str]) -> Vec<f64> {
        read(cells).into_iter().map(|n| n.unwrap()).collect()
    }

    #[test]
    fn the_column_decides_what_a_mark_parts() {
        assert_eq!(all(&["3,5", "1.200", "1.200,50"]), [3.5, 1200.0, 1200.5]);
        assert_eq!(all(&["0.125", "1.200", "1,200.50"]), [0.125, 1.2, 1200.5]);
        assert_eq!(all(&["0,125", "1,250"]), [0.125, 1.25], "a group of thousands does not begin with 0");
        assert_eq!(all(&["1,200", "1,180", "2,300"]), [1200.0, 1180.0, 2300.0]);
        assert_eq!(all(&["3", "1,000"]), [3.0, 1000.0]);
        assert_eq!(read(&["1.200", "3"]), [Err(Why::TwoWays(1.2, 1200.0)), Ok(3.0)]);
        assert_eq!(all(&["1.200.500", "1.200"]), [1_200_500.0, 1200.0]);
        assert_eq!(all(&["1,20,000", "3,000"]), [120_000.0, 3000.0]);
        assert_eq!(read(&["3,5", "2.5"]), [Ok(3.5), Ok(2.5)], "each is clear");
        assert_eq!(read(&["3,5", "2.5", "1,000"])[2], Err(Why::TwoWays(1.0, 1000.0)), "two hands");
        let mut slip = vec!["3,5"; 12];
        slip.push("2.5");
        assert_eq!(read(&slip)[12], Err(Why::Decimal(Decimal::Comma)));
        let semicolons = Column::from(&Evidence::of(["1,200"]), Some(';'));
        assert!(semicolons.undecided() && semicolons.read("1,200").is_err());
        assert_eq!(semicolons.with(Decimal::Comma).read("1,200").unwrap().value, 1.2);
        let mut evidence = Evidence::of(["1.200"]);
        evidence.and(&Evidence::of(["2,5"]));
        assert_eq!(Column::from(&evidence, Some(';')).read("1.200").unwrap().value, 1200.0, "the other column tells");
    }

    #[test]
    fn a_number_alone_is_read_with_either_mark_and_refused_where_it_could_be_two() {
        for (text, value) in
            [("22,5", 22.5), ("22.5", 22.5), ("0,125", 0.125), ("-3,25", -3.25), (" 40 % ", 40.0), ("1 200,50", 1200.5), ("1234", 1234.0)]
        {
            assert_eq!(alone(text), Ok(value), "{text}");
        }
        assert_eq!(alone("1,234"), Err(Why::TwoWays(1.234, 1234.0)));
        assert_eq!(alone("1.234"), Err(Why::TwoWays(1.234, 1234.0)));
        assert_eq!(alone("1.2340"), Ok(1.234));
        assert_eq!(alone("many"), Err(Why::Unread));
        assert_eq!(alone("3 h"), Err(Why::Unread));
    }

    #[test]
    fn thousands_signs_units_and_powers() {
        assert_eq!(all(&["1 200,50", "1\u{202f}200", "1'200", "1’200", "1\u{a0}200"]), [1200.5, 1200.0, 1200.0, 1200.0, 1200.0]);
        assert_eq!(all(&["-3", "−3", "+3", "(3)", "1.5e3", "2E-1", ".5", "-.5"]), [-3.0, -3.0, 3.0, -3.0, 1500.0, 0.2, 0.5, -0.5]);
        assert_eq!(all(&["$1,200.50", "-$5", "$-5", "$ 7"]), [1200.5, -5.0, -5.0, 7.0]);
        assert_eq!(all(&["3k", "2.5M", "1.5 Mio.", "2 million"]), [3000.0, 2.5e6, 1.5e6, 2e6]);
        assert_eq!(all(&["5 SP", "3", "8 sp"]), [5.0, 3.0, 8.0]);
        assert_eq!(all(&["12 %", "7.5%"]), [12.0, 7.5]);
        assert_eq!(all(&["1.200,50 €", "€ 3,00"]), [1200.5, 3.0]);
        let mixed = Column::of(["3 h", "4 h", "2 d"]);
        assert_eq!(mixed.read("2 d"), Err(Why::Unit("h".into())), "two units do not add up");
        assert_eq!(Column::of(["5 SP"]).read("5 SP").unwrap().unit, "sp");
        for none in [
            "M",
            "?",
            "3-5",
            "~5",
            "1h 30m",
            "12 34",
            "1,2,3",
            "1.2.3",
            "1.200,5,5",
            "v2",
            "3rd",
            "5 of 7",
            "2026-01-01",
            "3/4",
            "inf",
            "Infinity",
            "x5y z",
        ] {
            assert_eq!(read(&[none])[0], Err(Why::Unread), "{none}");
        }
        for nothing in ["", " ", "-", "–", "n/a", "N/A", "null"] {
            assert_eq!(read(&[nothing])[0], Err(Why::Nothing), "{nothing:?}");
        }
    }

    proptest! {
        /// Numbers of any hand are read back where one row of the column proves the hand.
        #[test]
        fn a_column_that_proves_its_hand_is_read_back(values in proptest::collection::vec(0_u64..100_000_000, 1..20), hand in 0_usize..6) {
            let (thousands, decimal) = [(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ","), ("", ".")][hand];
            let write = |cents: &u64| {
                let whole = (cents / 100).to_string();
                let mut grouped = String::new();
                for (at, c) in whole.chars().enumerate() {
                    if at > 0 && (whole.len() - at).is_multiple_of(3) {
                        grouped += thousands;
                    }
                    grouped.push(c);
                }
                // Whole ones are written without decimals.
                if cents.is_multiple_of(100) { grouped } else { format!("{grouped}{decimal}{:02}", cents % 100) }
            };
            let cells: Vec<String> = values.iter().map(write).chain([format!("0{decimal}75")]).collect();
            let column = Column::of(cells.iter().map(String::as_str));
            for (cell, cents) in cells.iter().zip(&values) {
                let read = column.read(cell);
                prop_assert!(read.as_ref().is_ok_and(|n| (n.value - *cents as f64 / 100.0).abs() < 1e-6), "{cell}: {read:?}");
            }
        }

        #[test]
        fn anything_is_read_or_refused(cells in proptest::collection::vec("[0-9.,' ke%()+€-]{0,12}|\\PC{0,12}", 0..6)) {
            let column = Column::of(cells.iter().map(String::as_str));
            for cell in &cells {
                if let Ok(number) = column.read(cell) {
                    prop_assert!(number.value.is_finite());
                }
            }
        }
    }
}
