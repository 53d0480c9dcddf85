//! Examples for the OpenAPI document, made from schemas, so that none goes stale.

use kernel::{Json, json};
use serde_json::Map;

/// How deep an example goes.
const DEPTH: usize = 8;

/// A value that fits a schema; `known` has what `$ref` points at.
pub(crate) fn example(schema: &Json, known: &Map<String, Json>) -> Json {
    made(schema, known, DEPTH)
}

fn made(schema: &Json, known: &Map<String, Json>, depth: usize) -> Json {
    if depth == 0 {
        return Json::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return known.get(name).map_or(Json::Null, |schema| made(schema, known, depth));
    }
    for choice in ["enum", "examples"] {
        if let Some(first) = schema[choice].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    for choice in ["anyOf", "oneOf", "allOf"] {
        let first = schema[choice].as_array().and_then(|all| all.iter().find(|s| s["type"] != "null"));
        if let Some(first) = first {
            return made(first, known, depth);
        }
    }
    let kind = match &schema["type"] {
        Json::String(one) => one.as_str(),
        Json::Array(several) => several.iter().filter_map(Json::as_str).find(|t| *t != "null").unwrap_or("null"),
        _ => "",
    };
    match kind {
        "object" => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Json::Object(fields.map(|(name, schema)| (name.clone(), made(schema, known, depth - 1))).collect())
        }
        "array" => match schema["prefixItems"].as_array() {
            Some(each) => Json::Array(each.iter().map(|schema| made(schema, known, depth - 1)).collect()),
            None if depth == 1 => json!([]),
            None => json!([made(&schema["items"], known, depth - 1)]),
        },
        "integer" => schema.get("minimum").filter(|m| m.as_i64().is_some_and(|m| m > 1)).cloned().unwrap_or(json!(1)),
        "number" => json!(1.5),
        "boolean" => json!(true),
        "string" => json!(match schema["format"].as_str() {
            Some("uuid") => "0192d1a0-6b3f-7c4a-9d5e-8f1b2c3d4e5f",
            Some("date") => "2026-09-21",
            _ => "text",
        }),
        _ => Json::Null,
    }
}
