//! From a form's fields to a command's arguments, guided by the command's schema.

use kernel::{FieldError, Json, Refusal, Result};
use maud::{Markup, PreEscaped};
use serde_json::Map;
use std::fmt::Write;

/// Fields whose name starts with `_` are about the form, not the command.
///
/// # Errors
/// `Invalid`, with every number that cannot be read.
pub fn arguments(schema: &Json, fields: &[(String, String)], number: Numbers) -> Result<Json> {
    let (mut args, mut wrong) = (Map::new(), vec![]);
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return Ok(Json::Object(args)) };
    for (name, schema) in properties {
        if let Some(entry) = entries_of(schema) {
            let given = entries(name, entry, fields, number, &mut wrong);
            args.extend(given.map(|given| (name.clone(), given)));
            continue;
        }
        let typed: Vec<&str> = fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect();
        if typed.is_empty() {
            continue;
        }
        match read(schema, &typed, number) {
            Ok(Some(value)) => drop(args.insert(name.clone(), value)),
            Ok(None) => {}
            Err(message) => wrong.push(FieldError { field: name.clone(), message }),
        }
    }
    if wrong.is_empty() { Ok(Json::Object(args)) } else { Err(Refusal::Invalid(wrong)) }
}

/// The schema of a field by its name, which may lead into maps.
pub fn schema_of<'s>(schema: &'s Json, name: &str) -> Option<&'s Json> {
    let mut steps = name.split('.');
    let field = schema.get("properties")?.get(steps.next()?)?;
    steps.try_fold(field, |map, _| entries_of(map))
}

/// The schema of a map's entries, where it is one.
fn entries_of(schema: &Json) -> Option<&Json> {
    schema.get("additionalProperties").filter(|entry| entry.is_object())
}

/// Fields called `name.entry` as one map, or as maps within it; none where there is no such field.
fn entries(name: &str, entry: &Json, fields: &[(String, String)], number: Numbers, wrong: &mut Vec<FieldError>) -> Option<Json> {
    let within = format!("{name}.");
    let own: Vec<(String, String)> =
        fields.iter().filter_map(|(field, value)| Some((field.strip_prefix(&within)?.to_owned(), value.clone()))).collect();
    let mut given = Map::new();
    for (field, _) in &own {
        let key = field.split_once('.').map_or(field.as_str(), |(key, _)| key);
        if given.contains_key(key) {
            continue;
        }
        let first_wrong = wrong.len();
        let value = match entries_of(entry) {
            Some(inner) => entries(key, inner, &own, number, wrong),
            None => {
                let typed: Vec<&str> = own.iter().filter(|(field, _)| field == key).map(|(_, value)| value.as_str()).collect();
                read(entry, &typed, number).unwrap_or_else(|message| {
                    wrong.push(FieldError { field: key.to_owned(), message });
                    None
                })
            }
        };
        wrong[first_wrong..].iter_mut().for_each(|error| error.field = format!("{within}{}", error.field));
        given.insert(key.to_owned(), value.unwrap_or(Json::Null));
    }
    given.retain(|_, value| !value.is_null());
    (!own.is_empty()).then_some(Json::Object(given))
}

/// Whether a schema allows a type, alone or among others.
pub fn allows(schema: &Json, kind: &str) -> bool {
    match schema.get("type") {
        Some(Json::String(one)) => one == kind,
        Some(Json::Array(several)) => several.iter().any(|one| one == kind),
        _ => schema.get("anyOf").and_then(Json::as_array).is_some_and(|any| any.iter().any(|one| allows(one, kind))),
    }
}

/// Whether it takes a text of people, which is taken away by leaving its field empty: those have a limit.
fn is_text(schema: &Json) -> bool {
    schema.get("maxLength").is_some() || schema.get("anyOf").and_then(Json::as_array).is_some_and(|any| any.iter().any(is_text))
}

/// How a number, which may have to be a whole one, is read from text; or why it is none.
pub type Numbers = fn(&str, bool) -> std::result::Result<Json, String>;

/// A number as programs write it. What is none is judged by whatever takes it.
pub fn by_program(text: &str, _: bool) -> std::result::Result<Json, String> {
    Ok(text.parse::<i64>().map(Json::from).or_else(|_| text.parse::<f64>().map(Json::from)).unwrap_or_else(|_| text.into()))
}

/// A number as people write it, with a decimal comma or a point.
pub fn by_hand(text: &str, whole: bool) -> std::result::Result<Json, String> {
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(whole.into());
    }
    match reading::numbers::alone(text) {
        Ok(value) if whole && value.fract() == 0.0 && value.abs() < 1e15 => Ok((value as i64).into()),
        Ok(_) if whole => Err(format!("“{text}” is no whole number.")),
        Ok(value) => Ok(value.into()),
        Err(why @ reading::numbers::Why::TwoWays(..)) => Err(format!("“{text}” {why}. Write it without a mark between thousands.")),
        Err(_) => Err(format!("“{text}” is no number.")),
    }
}

/// A number as it stands in a field to be changed: so that it is read as itself again.
pub fn number_text(value: f64) -> String {
    let text = crate::telling::typed(value);
    // A point before three figures could part thousands.
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) { text + "0" } else { text }
}

fn read(schema: &Json, typed: &[&str], number: Numbers) -> std::result::Result<Option<Json>, String> {
    let last = typed.last().copied().unwrap_or_default().trim();
    if allows(schema, "array") {
        // One field with commas, or several fields of one name.
        let parts: Vec<&str> = if let [one] = typed { one.split(',').collect() } else { typed.to_vec() };
        return Ok(Some(parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(Json::from).collect()));
    }
    if allows(schema, "boolean") {
        return Ok(Some(Json::Bool(matches!(last, "true" | "on" | "1" | "yes"))));
    }
    if allows(schema, "integer") || allows(schema, "number") {
        return if last.is_empty() { Ok(Some(Json::Null)) } else { number(last, !allows(schema, "number")).map(Some) };
    }
    if last.is_empty() && allows(schema, "null") && !is_text(schema) {
        return Ok(Some(Json::Null));
    }
    if last.is_empty() && !is_text(schema) && schema.get("enum").or(schema.get("anyOf")).or(schema.get("oneOf")).is_some() {
        return Ok(None);
    }
    Ok(Some(Json::from(typed.last().copied().unwrap_or_default())))
}

/// Fields of a command's form, with the limits that the command puts on their texts.
pub fn limited(command: &str, fields: Markup) -> Markup {
    const NAME: &str = " name=\"";
    let html = fields.into_string();
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html.as_str();
    // What people wrote is escaped, so this stands in our own tags only.
    while let Some((before, after)) = rest.split_once(NAME) {
        let (name, behind) = after.split_once('"').unwrap_or((after, ""));
        out.extend([before, NAME, name, "\""]);
        let tag = &out[out.rfind('<').unwrap_or(0)..];
        let typed = (tag.starts_with("<input") && !tag.contains("type=\"hidden\"")) || tag.starts_with("<textarea");
        if let Some(most) = kernel::checked::limit(command, name).filter(|_| typed) {
            let _ = write!(out, " maxlength=\"{most}\"");
        }
        rest = behind;
    }
    out.push_str(rest);
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_have_the_limits_of_their_command() {
        let schema = json!({ "properties": { "title": { "maxLength": 7 }, "kind": { "maxLength": 5 }, "id": { "maxLength": 3 } } });
        kernel::checked::learn([("a.b", &schema)].into_iter());
        let form = maud::html! {
            input type="text" name="title" value="a name=\"title\" b"; textarea name="title" rows="2" { "<input name=\"title\">" }
            select name="kind" {} input type="hidden" name="id" value="1"; input name="other";
        };
        let limited = limited("a.b", form).into_string();
        assert_eq!(limited.matches("maxlength=\"7\"").count(), 2, "{limited}");
        assert_eq!(limited.matches("maxlength").count(), 2, "{limited}");
    }

    #[test]
    fn fields_become_what_the_schema_wants() {
        let schema = json!({ "properties": {
            "title": { "type": "string" }, "points": { "type": ["number", "null"] }, "labels": { "type": "array" },
            "sure": { "type": "boolean" }, "body": { "type": ["string", "null"], "maxLength": 9 }, "need": { "type": ["string", "null"] }, "version": { "type": ["integer", "null"] } } });
        let fields =
            [("title", " a "), ("points", "1,5"), ("labels", "x, y"), ("sure", "on"), ("body", ""), ("need", ""), ("version", "3"), ("_back", "/")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(
            arguments(&schema, &fields, by_hand).unwrap(),
            json!({ "title": " a ", "points": 1.5, "labels": ["x", "y"], "sure": true, "body": "", "need": null, "version": 3 })
        );
    }

    #[test]
    fn maps_are_filled_from_fields_with_points_in_their_names() {
        let text = json!({ "type": "string", "maxLength": 9 });
        let schema = json!({ "properties": {
            "given": { "type": "object", "additionalProperties": { "type": "object", "additionalProperties": text } },
            "who": { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } },
            "sizes": { "type": "object", "additionalProperties": { "type": "integer" } } } });
        let read = |fields: &[(&str, &str)]| {
            let fields: Vec<(String, String)> = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            arguments(&schema, &fields, by_hand)
        };
        assert_eq!(
            read(&[("given.a.x", "1 to 2"), ("given.a.y", ""), ("given.b.x", "3"), ("who.m", "x"), ("who.m", "y"), ("given", "no")]).unwrap(),
            json!({ "given": { "a": { "x": "1 to 2", "y": "" }, "b": { "x": "3" } }, "who": { "m": ["x", "y"] } }),
            "what is left empty is said to be empty"
        );
        assert_eq!(read(&[("other.a", "1")]).unwrap(), json!({}));
        let Refusal::Invalid(wrong) = read(&[("sizes.a", "many")]).unwrap_err() else { panic!("a number") };
        assert_eq!(wrong[0].field, "sizes.a");
    }

    #[test]
    fn numbers_are_read_with_either_mark_and_told_where_they_are_not() {
        let schema = json!({ "properties": { "amount": { "type": "number", "format": "double" }, "wip": { "type": ["integer", "null"] } } });
        let args =
            |amount: &str, wip: &str| arguments(&schema, &[("amount".to_owned(), amount.to_owned()), ("wip".to_owned(), wip.to_owned())], by_hand);
        assert_eq!(args("22,5", "3").unwrap(), json!({ "amount": 22.5, "wip": 3 }));
        assert_eq!(args("22.5", "").unwrap(), json!({ "amount": 22.5, "wip": null }));
        let told = |amount: &str, wip: &str| args(amount, wip).unwrap_err().sentence();
        assert!(told("1,234", "").contains("could be 1.234 or 1234"));
        assert!(told("a lot", "").contains("is no number"));
        assert!(told("1", "2,5").contains("is no whole number"));
        for value in [1.234, 0.1 + 0.2, 28.000000000000004, 1234.0, -2.5] {
            let read = args(&number_text(value), "").unwrap()["amount"].as_f64().unwrap();
            assert!((read - value).abs() < 1e-8, "{value}: {}", number_text(value));
        }
    }
}
