//! What the product is measured by.

use crate::{events::*, model::*};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give, value::Packed};

/// So many dimensions a measure is taken apart by at most.
const MOST_DIMENSIONS: usize = 6;
/// Characters of the name of a dimension.
const LONGEST_NAME: usize = 40;
/// Words that name the columns of a table of values, so no dimension can.
pub(crate) const TAKEN: [&str; 3] = ["day", "value", "note"];

/// Names of dimensions, parted by commas: each once, trimmed.
fn dimensions(text: &str) -> Result<Packed<Vec<String>>> {
    let wrong = |why: String| Err(Refusal::invalid("dimensions", why));
    let mut names: Vec<String> = vec![];
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if name.chars().count() > LONGEST_NAME {
            return wrong(format!("“{name}” is too long; {LONGEST_NAME} characters fit."));
        }
        if TAKEN.contains(&name.to_lowercase().as_str()) || name.contains('.') {
            return wrong(format!("A dimension cannot be called “{name}”. Name it otherwise, such as “city”."));
        }
        if !names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            names.push(name.to_owned());
        }
    }
    match names.len() {
        0..=MOST_DIMENSIONS => Ok(Packed(names)),
        many => wrong(format!("{many} dimensions are too many; {MOST_DIMENSIONS} fit.")),
    }
}

/// There is one north star at most.
fn one_star(part: Option<Part>, others: &[Measure], own: Option<Id<Measure>>) -> Result<()> {
    match others.iter().find(|other| other.part == Part::NorthStar && Some(other.id()) != own) {
        Some(star) if part == Some(Part::NorthStar) => {
            Err(Refusal::invalid("part", format!("“{}” is the north star. A product has one; make that an input first.", star.name)))
        }
        _ => Ok(()),
    }
}

command! {
    /// Adds a measure: a figure that says how the product does.
    pub struct AddMeasure in "measure.add" at Post "/products/{product}/measures" [Strategy] {
        pub name: Line<200>,
        /// What is counted, and how.
        #[serde(default)]
        pub meaning: Text<5_000>,
        #[serde(default)]
        pub unit: Text<40>,
        #[serde(default = "input")]
        pub part: Part,
        #[serde(default = "more")]
        pub better: Better,
        #[serde(default = "sum")]
        pub parts_make: PartsMake,
        /// Along what it can be taken apart, parted by commas: `city, platform`.
        #[serde(default)]
        pub dimensions: Text<300>,
    }
}

fn input() -> Part {
    Part::Input
}

fn more() -> Better {
    Better::More
}

fn sum() -> PartsMake {
    PartsMake::Sum
}

impl Command for AddMeasure {
    type Before = Vec<Measure>;

    fn load(&self, look: &mut Look) -> Result<Vec<Measure>> {
        Measure::all(look, "", &[])
    }
    fn title(&self, _: &Vec<Measure>) -> String {
        format!("Add the measure “{}”", self.name)
    }
    fn decide(self, others: Vec<Measure>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        one_star(Some(self.part), &others, None)?;
        let measure = Measure {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            meaning: self.meaning.into(),
            unit: self.unit.into(),
            part: self.part,
            better: self.better,
            parts_make: self.parts_make,
            dimensions: dimensions(&self.dimensions)?,
        };
        Ok(Event::created(&MEASURE_ADDED, &measure).into())
    }
}

command! {
    /// Changes a measure. Values that are there stay as they were noted.
    pub struct EditMeasure in "measure.edit" at Patch "/products/{product}/measures/{measure}" [Strategy] {
        pub measure: Id<Measure>,
        pub name: Option<Line<200>>,
        pub meaning: Option<Text<5_000>>,
        pub unit: Option<Text<40>>,
        pub part: Option<Part>,
        pub better: Option<Better>,
        pub parts_make: Option<PartsMake>,
        /// Parted by commas.
        pub dimensions: Option<Text<300>>,
    }
}

impl Command for EditMeasure {
    type Before = (Measure, Vec<Measure>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let all = Measure::all(look, "", &[])?;
        let measure = all.iter().find(|m| m.id() == self.measure).cloned().ok_or(Refusal::NotFound)?;
        Ok((measure, all))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the measure “{}”", before.name)
    }
    fn decide(self, (before, all): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        one_star(self.part, &all, Some(before.id()))?;
        let event = edit(&MEASURE_EDITED, &before, |m| {
            give(&mut m.name, self.name);
            give(&mut m.meaning, self.meaning);
            give(&mut m.unit, self.unit);
            give(&mut m.part, self.part);
            give(&mut m.better, self.better);
            give(&mut m.parts_make, self.parts_make);
            if let Some(text) = self.dimensions {
                m.dimensions = dimensions(&text)?;
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes a measure. A key result that read it keeps what it read last.
    pub struct RemoveMeasure in "measure.remove" at Delete "/products/{product}/measures/{measure}" [Strategy] {
        pub measure: Id<Measure>,
    }
}

impl Command for RemoveMeasure {
    type Before = Measure;

    fn load(&self, look: &mut Look) -> Result<Measure> {
        Measure::get(look, self.measure)
    }
    fn title(&self, before: &Measure) -> String {
        format!("Remove the measure “{}”", before.name)
    }
    fn decide(self, before: Measure, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&MEASURE_REMOVED, &before, moment.now).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_are_named_once_and_are_no_columns() {
        assert_eq!(dimensions(" city, platform,, City").map(|d| d.0), Ok(vec!["city".to_owned(), "platform".to_owned()]));
        for wrong in ["Value", "a.b", "a,b,c,d,e,f,g", &"x".repeat(41)] {
            assert!(dimensions(wrong).is_err(), "{wrong}");
        }
    }
}
