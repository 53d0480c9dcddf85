//! The OpenAPI 3.1 document, from the registry.

use crate::BASE;
use app::Registry;
use kernel::{Json, Route, json};
use serde_json::Map;

/// Describes every route.
pub fn document(registry: &Registry) -> Json {
    let mut paths: Map<String, Json> = Map::new();
    for spec in registry.commands().filter(|c| !c.route.is_inside()) {
        let areas: Vec<&str> = spec.areas.iter().map(|a| a.word()).collect();
        let mut operation = operation(spec.name, spec.summary, &spec.route, (spec.schema)(), true);
        operation["x-areas"] = json!(areas);
        operation["responses"]["202"] =
            described("Not yours to decide alone: it waits as a proposal.", &json!({ "$ref": "#/components/schemas/Proposed" }));
        operation["responses"]["200"] = described("It took effect.", &json!({ "$ref": "#/components/schemas/Done" }));
        insert(&mut paths, &spec.route, operation);
    }
    for spec in registry.queries() {
        let operation = operation(spec.name, spec.summary, &spec.route, (spec.schema)(), false);
        insert(&mut paths, &spec.route, operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Tandem", "version": env!("CARGO_PKG_VERSION"), "description": "Every command and query of Tandem. The same rights hold here as on the pages: what would be a proposal answers 202 with the proposal." },
        "servers": [{ "url": BASE }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Done": { "type": "object", "properties": { "act": { "type": "string" }, "things": { "type": "array", "items": { "type": "object" } }, "reveal": { "type": "string" }, "hat": { "type": "string" } } },
                "Proposed": { "type": "object", "properties": { "proposal": { "type": "string" }, "title": { "type": "string" }, "asked": { "type": "array", "items": { "type": "string" } } } },
                "Problem": { "type": "object", "properties": { "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" }, "detail": { "type": "string" }, "errors": { "type": "array", "items": { "type": "object" } } } },
            },
        },
    })
}

fn insert(paths: &mut Map<String, Json>, route: &Route, operation: Json) {
    let item = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
    item[route.verb.name().to_lowercase()] = operation;
}

fn described(text: &str, schema: &Json) -> Json {
    json!({ "description": text, "content": { "application/json": { "schema": schema } } })
}

fn operation(name: &str, summary: &str, route: &Route, mut schema: Json, is_command: bool) -> Json {
    let in_path: Vec<&str> = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    let properties = schema.get("properties").and_then(Json::as_object).cloned().unwrap_or_default();
    let mut parameters: Vec<Json> = in_path
        .iter()
        .map(|part| json!({ "name": part, "in": "path", "required": true, "schema": properties.get(*part).cloned().unwrap_or(json!({ "type": "string" })) }))
        .collect();
    let problem = json!({ "description": "Refused, with the reason.", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    let mut operation =
        json!({ "operationId": name, "summary": summary, "responses": { "200": { "description": "The answer." }, "default": problem } });
    if is_command {
        if let Some(map) = schema.get_mut("properties").and_then(Json::as_object_mut) {
            map.retain(|field, _| !in_path.contains(&field.as_str()));
        }
        if let Some(required) = schema.get_mut("required").and_then(Json::as_array_mut) {
            required.retain(|field| !in_path.contains(&field.as_str().unwrap_or("")));
        }
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": schema } } });
        for (header, text) in [
            ("Idempotency-Key", "The same key answers the same, once."),
            ("If-Match", "The version that was seen."),
            ("Tandem-Hat", "The hat to act under."),
            ("Tandem-Reason", "Why; percent-encoded."),
        ] {
            parameters.push(json!({ "name": header, "in": "header", "required": false, "description": text, "schema": { "type": "string" } }));
        }
    } else {
        let asked = properties.iter().filter(|(field, _)| !in_path.contains(&field.as_str()));
        parameters.extend(asked.map(|(field, schema)| json!({ "name": field, "in": "query", "required": false, "schema": schema })));
    }
    operation["parameters"] = json!(parameters);
    operation
}
