//! What was typed as a value of a field: read, and told again.

use crate::model::{Field, FieldKind};
use kernel::{Day, Refusal, Result, Uuid, serde_json};
use std::collections::HashMap;
use web::telling::figure;

/// The longest value that is typed, in characters.
pub const LONGEST: usize = 2_000;

/// What a field holds of one thing, in the cells of its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    pub text: String,
    pub number: Option<f64>,
    pub day: Option<String>,
}

fn bad(sentence: impl Into<String>) -> Refusal {
    Refusal::invalid("value", sentence)
}

/// Reads a value; nothing where nothing was typed. `people` are the members that were found by what was typed.
pub fn read(field: &Field, typed: &str, people: &[(String, Uuid)]) -> Result<Option<Held>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let text = |text: &str| Held { text: text.to_owned(), ..Held::default() };
    Ok(Some(match field.kind {
        FieldKind::Text => text(typed),
        FieldKind::Link if kernel::fields::is_link(typed) => text(typed),
        FieldKind::Link => return Err(bad("An address begins with https://, http:// or mailto:.")),
        FieldKind::Number => Held { number: Some(number(field, typed)?), ..Held::default() },
        FieldKind::Day => {
            let day: Day = serde_json::from_value(serde_json::Value::from(typed)).map_err(|why| bad(why.to_string()))?;
            Held { day: Some(day.into()), ..Held::default() }
        }
        FieldKind::Choice => {
            let known = field.choices.iter().find(|choice| choice.to_lowercase() == typed.to_lowercase());
            text(known.ok_or_else(|| bad(format!("“{typed}” is not among the choices: {}.", field.choices.join(", "))))?)
        }
        FieldKind::People => {
            let named: Vec<&str> = names(typed).collect();
            let mut ids: Vec<String> = vec![];
            for name in named {
                let (_, id) = people
                    .iter()
                    .find(|(known, _)| known.to_lowercase() == name.to_lowercase())
                    .ok_or_else(|| bad(format!("Nobody here is called “{name}”.")))?;
                let id = id.simple().to_string();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            text(&serde_json::to_string(&ids).unwrap_or_default())
        }
    }))
}

/// The names, addresses or ids that people are typed by.
pub(crate) fn names(typed: &str) -> impl Iterator<Item = &str> {
    typed.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty())
}

/// A number as programs or as people write it; the unit may stand behind it.
fn number(field: &Field, typed: &str) -> Result<f64> {
    let bare = typed.strip_suffix(field.unit.as_str()).unwrap_or(typed).trim();
    let read = bare.parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(|| reading::numbers::alone(bare), Ok);
    read.map_err(|why| match why {
        why @ reading::numbers::Why::TwoWays(..) => bad(format!("“{bare}” {why}. Write it without a mark between thousands.")),
        _ => bad(format!("“{bare}” is no number.")),
    })
}

/// The members whom a value names.
pub(crate) fn people_in(text: &str) -> Vec<Uuid> {
    let ids: Vec<String> = serde_json::from_str(text).unwrap_or_default();
    ids.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect()
}

impl Held {
    /// In words, with the unit; `people` are the names of the members in it.
    pub fn told(&self, kind: FieldKind, unit: &str, people: &HashMap<Uuid, String>) -> String {
        match kind {
            FieldKind::Number => {
                let number = self.number.map(figure).unwrap_or_default();
                if unit.is_empty() { number } else { format!("{number} {unit}") }
            }
            FieldKind::Day => self.day.clone().unwrap_or_default(),
            FieldKind::People => people_in(&self.text).iter().map(|id| people::name_in(people, *id)).collect::<Vec<_>>().join(", "),
            FieldKind::Text | FieldKind::Choice | FieldKind::Link => self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Thing;
    use kernel::{Meta, value::Packed};

    fn field(kind: FieldKind) -> Field {
        let meta = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        Field { meta, name: "F".into(), thing: Thing::Story, kind, unit: "k€".into(), choices: Packed(vec!["High".into(), "Low".into()]) }
    }

    fn typed(kind: FieldKind, text: &str) -> std::result::Result<String, String> {
        let ada = Uuid::from_u128(7);
        let held = read(&field(kind), text, &[("Ada".to_owned(), ada)]).map_err(|refusal| refusal.sentence())?;
        Ok(held.map_or("nothing".into(), |held| held.told(kind, "k€", &HashMap::from([(ada, "Ada".to_owned())]))))
    }

    #[test]
    fn what_is_typed_is_read_as_what_the_field_holds() {
        use FieldKind::*;
        for (kind, text, told) in [
            (Text, "  a b ", "a b"),
            (Number, "2,5", "2.5 k€"),
            (Number, "2.5 k€", "2.5 k€"),
            (Number, "-3", "−3 k€"),
            (Number, "−3 k€", "−3 k€"),
            (Day, "2026-2-3", "2026-02-03"),
            (Choice, "high", "High"),
            (People, "ada, Ada", "Ada"),
            (Link, "https://x.org", "https://x.org"),
            (Text, " ", "nothing"),
            (People, "", "nothing"),
        ] {
            assert_eq!(typed(kind, text).as_deref(), Ok(told), "{kind} {text:?}");
        }
        for (kind, text) in
            [(Number, "many"), (Number, "NaN"), (Number, "1e999"), (Day, "soon"), (Choice, "middle"), (People, "Bob"), (Link, "javascript:x")]
        {
            assert!(typed(kind, text).is_err(), "{kind} {text:?}");
        }
    }
}
