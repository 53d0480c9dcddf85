//! From a form's fields to a command's arguments, guided by the command's schema.

use kernel::Json;
use maud::{Markup, PreEscaped};
use serde_json::Map;
use std::fmt::Write;

/// Fields whose name starts with `_` are about the form, not the command.
pub fn arguments(schema: &Json, fields: &[(String, String)]) -> Json {
    let mut args = Map::new();
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return Json::Object(args) };
    for (name, schema) in properties {
        let typed: Vec<&str> = fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect();
        if typed.is_empty() {
            continue;
        }
        if let Some(value) = read(schema, &typed) {
            args.insert(name.clone(), value);
        }
    }
    Json::Object(args)
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

fn read(schema: &Json, typed: &[&str]) -> Option<Json> {
    let last = typed.last().copied().unwrap_or_default().trim();
    if allows(schema, "array") {
        // One field with commas, or several fields of one name.
        let parts: Vec<&str> = if let [one] = typed { one.split(',').collect() } else { typed.to_vec() };
        return Some(parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(Json::from).collect());
    }
    if allows(schema, "boolean") {
        return Some(Json::Bool(matches!(last, "true" | "on" | "1" | "yes")));
    }
    if allows(schema, "integer") || allows(schema, "number") {
        if last.is_empty() {
            return Some(Json::Null);
        }
        let number = last.parse::<i64>().map(Json::from).ok().or_else(|| last.replace(',', ".").parse::<f64>().map(Json::from).ok());
        return Some(number.unwrap_or_else(|| Json::from(last)));
    }
    if last.is_empty() && allows(schema, "null") && !is_text(schema) {
        return Some(Json::Null);
    }
    if last.is_empty() && !is_text(schema) && schema.get("enum").or(schema.get("anyOf")).or(schema.get("oneOf")).is_some() {
        return None;
    }
    Some(Json::from(typed.last().copied().unwrap_or_default()))
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
            arguments(&schema, &fields),
            json!({ "title": " a ", "points": 1.5, "labels": ["x", "y"], "sure": true, "body": "", "need": null, "version": 3 })
        );
    }
}
