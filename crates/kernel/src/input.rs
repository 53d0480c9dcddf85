//! What may come in at all, whatever it is for: checked once, before a command or query reads its arguments.

use crate::{
    FieldError, Refusal, Result,
    arguments::{Wrong, arguments},
    checked,
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Entries of one list.
const MOST_ENTRIES: usize = 500;
/// Characters of one text; the largest field, the text of a story, takes as many.
const MOST_TEXT: usize = 200_000;

/// Reads arguments into what asks for them.
///
/// # Errors
/// `Invalid`, with the field that is wrong.
pub fn read<T: DeserializeOwned>(args: Json) -> Result<T> {
    bounded("", &args)?;
    arguments(args).map_err(|Wrong { field, said }| match said.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((missing, _)) => Refusal::invalid(missing, checked::EMPTY),
        None if said == checked::EMPTY => Refusal::invalid(&field, said),
        // Sentences of our own say all there is to say.
        None => Refusal::invalid(&field, if said.ends_with('.') { said } else { format!("This cannot be read: {said}.") }),
    })
}

/// What is said of NUL.
pub(crate) const NUL: &str = "This contains a NUL character, which cannot be kept. Please remove it.";

/// A sentence that goes with a command, such as its reason.
pub fn sentence(field: &str, text: &str) -> Result<()> {
    match text.chars().count() {
        0..=2_000 => no_nul(field, text),
        length => Err(Refusal::invalid(field, format!("At most 2000 characters fit here; this is {length}."))),
    }
}

/// Refuses NUL, which no database keeps.
pub fn no_nul(field: &str, text: &str) -> Result<()> {
    match text.contains('\0') {
        true => Err(Refusal::invalid(field, NUL)),
        false => Ok(()),
    }
}

fn bounded(path: &str, value: &Json) -> Result<()> {
    let too_many = |count: usize| {
        Refusal::Invalid(vec![FieldError { field: path.to_owned(), message: format!("{count} entries are too many; {MOST_ENTRIES} fit.") }])
    };
    match value {
        // A character has at most four bytes; counting them all is for texts that may be too long.
        Json::String(text) if text.len() > MOST_TEXT && text.chars().count() > MOST_TEXT => {
            Err(Refusal::invalid(path, format!("This is too long; {MOST_TEXT} characters fit.")))
        }
        Json::String(text) => no_nul(path, text),
        Json::Array(list) if list.len() > MOST_ENTRIES => Err(too_many(list.len())),
        Json::Object(fields) if fields.len() > MOST_ENTRIES => Err(too_many(fields.len())),
        Json::Array(list) => list.iter().enumerate().try_for_each(|(i, entry)| bounded(&format!("{path}[{i}]"), entry)),
        Json::Object(fields) => fields.iter().try_for_each(|(name, field)| {
            no_nul(path, name)?;
            bounded(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, field)
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    struct Asked {
        title: String,
        #[serde(default)]
        hats: Vec<crate::Hat>,
    }

    fn wrong(args: Json) -> (String, String) {
        match read::<Asked>(args) {
            Err(Refusal::Invalid(mut fields)) => fields.pop().map(|f| (f.field, f.message)).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        assert_eq!(wrong(json!({})), ("title".into(), checked::EMPTY.into()));
        assert_eq!(wrong(json!({ "title": 1 })).0, "title");
        assert_eq!(wrong(json!({ "title": "t", "hats": ["manager", "king"] })).0, "hats[1]", "not the word that is wrong");
        assert_eq!(wrong(json!({ "title": "t", "hats": vec!["manager"; 501] })), ("hats".into(), "501 entries are too many; 500 fit.".into()));
        assert_eq!(wrong(json!({ "title": "a\u{0}b" })).0, "title");
        assert_eq!(wrong(json!({ "title": "x".repeat(MOST_TEXT + 1) })).0, "title");
        assert!(read::<Asked>(json!({ "title": "ü".repeat(MOST_TEXT) })).is_ok());
    }
}
