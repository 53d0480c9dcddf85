//! Beginning to ask why: from a table, or from what was noted of a measure by its parts.

use crate::{data, events::*, model::*};
use kernel::{
    Column, Command, Day, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Value, Words, command, value::Packed,
};
use measures::{Measure, MeasureValue, PartsMake};
use rootcause::cube::Cells;
use std::collections::BTreeSet;

/// So long a table is taken as it is; a longer file is added up first.
pub(crate) const MOST_TABLE: usize = 200_000;

command! {
    /// Begins to ask why a figure changed, from a table with its parts before and after, or over time.
    pub struct BeginInquiry in "inquiry.begin" at Post "/products/{product}/inquiries" [Customers] {
        pub title: Line<200>,
        /// What was seen, in words.
        #[serde(default)]
        pub seen: Text<5_000>,
        /// Rows under named columns: `country,before,after`, or a column of times and one of figures. All other columns are what
        /// the figures are told apart by.
        pub table: Words<MOST_TABLE>,
        /// The column that is measured, or a rate of two: `orders/visits`; found out where only one fits.
        #[serde(default)]
        pub counted: Text<120>,
        /// The column of times; found out where it is named so.
        #[serde(default)]
        pub time: Text<120>,
        /// The time that is asked about; the last one where it is left out.
        #[serde(default)]
        pub at: Text<60>,
    }
}

impl Command for BeginInquiry {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Ask: {}", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let found = data::read(self.table.as_bytes(), &self.counted, &self.time, &self.at).map_err(|wrong| Refusal::invalid("table", wrong.0))?;
        let inquiry = Inquiry {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            seen: self.seen.into(),
            measure: None,
            counted: found.counted,
            compared: found.compared,
            data: Packed(found.data),
            asking: Asking::Open,
            finding: String::new(),
        };
        crate::looked::whole(&inquiry).map_err(|wrong| Refusal::invalid("table", wrong.0))?;
        Ok(Event::created(&INQUIRY_BEGUN, &inquiry).into())
    }
}

command! {
    /// Begins to ask why a measure changed, from its values by parts in two stretches of days.
    pub struct BeginFromMeasure in "inquiry.begin_from_measure" at Post "/products/{product}/measures/{measure}/inquiries" [Customers] {
        pub measure: Id<Measure>,
        pub title: Line<200>,
        #[serde(default)]
        pub seen: Text<5_000>,
        /// The days before, the first and the last.
        pub before_from: Day,
        pub before_to: Day,
        /// The days that are asked about.
        pub after_from: Day,
        pub after_to: Day,
    }
}

/// So many values are read.
const MOST_VALUES: i64 = 20_000;

impl Command for BeginFromMeasure {
    type Before = (Measure, Vec<MeasureValue>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let measure = Measure::get(look, self.measure)?;
        let text = |day: &Day| Value::Text(String::from(day.clone()));
        let clause = "and measure = $2 and along <> '{}' and ((on_day >= $3 and on_day <= $4) or (on_day >= $5 and on_day <= $6)) order by on_day, id limit $7";
        let days = [text(&self.before_from), text(&self.before_to), text(&self.after_from), text(&self.after_to)];
        let params = [vec![measure.id().value()], days.into(), vec![Value::Int(MOST_VALUES)]].concat();
        let values = MeasureValue::all(look, clause, &params)?;
        Ok((measure, values))
    }
    fn title(&self, _: &Self::Before) -> String {
        // Whoever signs for it may not read what the measure is called.
        format!("Ask why a measure changed: {}", self.title)
    }
    fn decide(self, (measure, values): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let [before_from, before_to, after_from, after_to] = [self.before_from, self.before_to, self.after_from, self.after_to].map(String::from);
        for (field, from, to) in [("before_to", &before_from, &before_to), ("after_to", &after_from, &after_to)] {
            if to < from {
                return Err(Refusal::invalid(field, "The last day lies before the first."));
            }
        }
        if after_from <= before_to && before_from <= after_to {
            return Err(Refusal::invalid("after_from", "The days before and after overlap; each day is one or the other."));
        }
        let within = |value: &&MeasureValue, from: &str, to: &str| value.on_day.as_str() >= from && value.on_day.as_str() <= to;
        let (before, after): (Vec<_>, Vec<_>) = values.iter().partition(|value| within(value, &before_from, &before_to));
        for (field, some) in [("before_from", &before), ("after_from", &after)] {
            if some.is_empty() {
                return Err(Refusal::invalid(
                    field,
                    "Nothing was noted by parts in these days; note what it was by its parts first, or bring in a table.",
                ));
            }
        }
        let days = |of: &[&MeasureValue]| of.iter().map(|value| value.on_day.as_str()).collect::<BTreeSet<_>>().len();
        let (days_before, days_after) = (days(&before), days(&after));
        let mean = measure.parts_make == PartsMake::Mean;
        // As many days of before as of after, so that a longer stretch is not a fall.
        let scale = if mean { 1.0 } else { days_after as f64 / days_before as f64 };
        let mut cells = Cells::new(&measure.dimensions);
        for (value, is_before) in before.iter().map(|value| (value, true)).chain(after.iter().map(|value| (value, false))) {
            let key: Vec<&str> = measure.dimensions.iter().map(|name| value.along.get(name).map_or("not said", String::as_str)).collect();
            match (mean, is_before) {
                (true, true) => cells.add(&key, (value.amount, 1.0), (0.0, 0.0)),
                (true, false) => cells.add(&key, (0.0, 0.0), (value.amount, 1.0)),
                (false, true) => cells.sum(&key, value.amount * scale, 0.0),
                (false, false) => cells.sum(&key, 0.0, value.amount),
            }
        }
        let wrong = |wrong: rootcause::Wrong| Refusal::invalid("measure", wrong.0);
        let cube = cells.cube().map_err(wrong)?;
        data::fits(&cube).map_err(wrong)?;
        // A stroke would part a rate.
        let name = measure.name.replace('/', " per ");
        let counted = if mean { format!("{name}/values") } else { name };
        let scaled =
            if mean || days_before == days_after { String::new() } else { format!(" The {days_before} days before are counted as {days_after}.") };
        let inquiry = Inquiry {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            seen: self.seen.into(),
            measure: Some(measure.id()),
            counted,
            compared: format!("{after_from} to {after_to} compared with {before_from} to {before_to}.{scaled}"),
            data: Packed(data::Data::of(cube, vec![])),
            asking: Asking::Open,
            finding: String::new(),
        };
        crate::looked::whole(&inquiry).map_err(wrong)?;
        // Its figures are the measure's, which not all read who see customers.
        Ok(Decided { untold: true, ..Event::created(&INQUIRY_BEGUN, &inquiry).into() })
    }
}
