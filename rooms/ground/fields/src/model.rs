//! Fields and their values.

use kernel::{Area, Id, Reading, Refusal, Result, Uuid, noun, value::Packed, words};

words! {
    /// What a field is defined on.
    pub enum Thing { Story = "story", Feature = "feature", Initiative = "initiative", Need = "need", Evidence = "evidence" }
}

impl Thing {
    /// Who decides on what its fields hold.
    pub const fn area(self) -> Area {
        match self {
            Thing::Story => Area::Backlog,
            Thing::Feature | Thing::Initiative => Area::Roadmap,
            Thing::Need | Thing::Evidence => Area::Customers,
        }
    }

    /// As many of them are called.
    pub const fn many(self) -> &'static str {
        match self {
            Thing::Story => "stories",
            Thing::Feature => "features",
            Thing::Initiative => "initiatives",
            Thing::Need => "needs",
            Thing::Evidence => "evidence",
        }
    }
}

words! {
    /// What a field holds.
    pub enum FieldKind { Text = "text", Number = "number", Day = "day", Choice = "choice", People = "people", Link = "link" }
}

noun! {
    /// A field that a product defines.
    pub struct Field in "field" {
        name: String,
        thing: Thing,
        kind: FieldKind,
        /// Of a number: what it counts, such as € or days.
        unit: String,
        /// Of a choice: what there is to choose from.
        choices: Packed<Vec<String>>,
    } label(f) f.name.clone();
    about { many: "fields", one: "own field", titled: true, called: &[("thing", "on"), ("kind", "type")] }
}

noun! {
    /// What a field holds of one thing.
    pub struct FieldValue in "field_value" {
        /// The noun and the id of the thing.
        about_noun: String,
        about_id: Uuid,
        field: Id<Field>,
        /// A text, a choice, an address, or people by their ids as a JSON list.
        text: String,
        number: Option<f64>,
        day: Option<String>,
    } label(_v) "a value".to_owned();
    about { many: "field-values", one: "value", read: Reading::Between(&[("about_noun", "about_id")]), part_of: "about_id", hushed: &["about_noun", "about_id", "field"],
      called: &[("text", "value"), ("number", "value"), ("day", "value")] }
}

/// So many fields fit on things of one kind, and so many choices in one of them.
pub(crate) const MOST_FIELDS: i64 = 40;
const MOST_CHOICES: usize = 60;
const LONGEST_CHOICE: usize = 60;

/// What there is to choose from, each once.
pub(crate) fn choices_of(kind: FieldKind, given: &[String]) -> Result<Packed<Vec<String>>> {
    let mut choices: Vec<String> = vec![];
    for choice in given.iter().map(|choice| choice.trim()).filter(|choice| !choice.is_empty()) {
        if choice.chars().count() > LONGEST_CHOICE || choice.contains('\0') {
            return Err(Refusal::invalid("choices", format!("“{choice}” is too long; {LONGEST_CHOICE} characters fit.")));
        }
        if !choices.iter().any(|known| known.to_lowercase() == choice.to_lowercase()) {
            choices.push(choice.to_owned());
        }
    }
    match (kind, choices.len()) {
        (FieldKind::Choice, 0) => Err(Refusal::invalid("choices", "Say what there is to choose from.")),
        (FieldKind::Choice, n) if n > MOST_CHOICES => Err(Refusal::invalid("choices", format!("{n} choices are too many; {MOST_CHOICES} fit."))),
        (FieldKind::Choice, _) => Ok(Packed(choices)),
        _ => Ok(Packed(vec![])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_kept_once_and_only_where_one_chooses() {
        let given = ["High".to_owned(), " high ".into(), String::new(), "Low".into()];
        assert_eq!(choices_of(FieldKind::Choice, &given).map(|c| c.0), Ok(vec!["High".to_owned(), "Low".into()]));
        assert_eq!(choices_of(FieldKind::Text, &given).map(|c| c.0), Ok(vec![]));
        assert!(choices_of(FieldKind::Choice, &[]).is_err());
    }
}
