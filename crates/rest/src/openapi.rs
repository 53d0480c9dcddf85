//! The OpenAPI 3.1 document, from the registry: what each operation takes, what it answers, an example of it, and how it
//! refuses.

use crate::{BASE, example::example, nouns};
use app::{Done, Proposed, Registry};
use kernel::{Json, Route, json};
use serde_json::Map;

/// Describes every route.
pub fn document(registry: &Registry) -> Json {
    let mut schemas: Map<String, Json> = nouns::schemas(registry).into_iter().collect();
    schemas.insert("Done".into(), schema::<Done>());
    schemas.insert("Proposed".into(), schema::<Proposed>());
    schemas.insert("Problem".into(), problem());
    let mut paths: Map<String, Json> = Map::new();
    for spec in registry.commands().filter(|c| !c.route.is_inside()) {
        let mut operation = command(spec.name, spec.summary, &spec.route, (spec.schema)(), &schemas);
        operation["x-areas"] = json!(spec.areas.iter().map(|a| a.word()).collect::<Vec<_>>());
        insert(&mut paths, spec.route.verb.name(), spec.route.path, operation);
    }
    for spec in registry.queries() {
        let schema = (spec.schema)();
        let mut parameters = in_path(&spec.route, &schema);
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        for (field, schema) in
            schema["properties"].as_object().into_iter().flatten().filter(|(field, _)| !names(&spec.route).contains(&field.as_str()))
        {
            parameters.push(
                json!({ "name": field, "in": "query", "required": required.contains(&field.as_str()), "description": schema["description"].as_str().unwrap_or(""), "schema": schema }),
            );
        }
        insert(&mut paths, "GET", spec.route.path, read(spec.name, spec.summary, parameters, (spec.answer)(), &schemas));
    }
    if let Some(read) = registry.queries().find(|query| query.name == "run.read") {
        schemas.insert("RunTold".into(), (read.answer)());
        insert(&mut paths, "POST", "/products/{product}/runs", report(&schemas));
    }
    for told in nouns::described(registry) {
        let mut parameters = if told.path.contains("{product}") { vec![product_parameter()] } else { vec![] };
        parameters.extend(told.parameters);
        insert(&mut paths, "GET", &told.path, read(&told.name, &told.summary, parameters, told.answer, &schemas));
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Tandem", "version": env!("CARGO_PKG_VERSION"), "description": "Every command, query and noun of Tandem. The same rights hold here as on the pages: what would be a proposal answers 202 with the proposal." },
        "servers": [{ "url": BASE }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }, "schemas": schemas },
    });
    spelled_out(&mut document);
    document
}

fn schema<T: kernel::JsonSchema>() -> Json {
    let settings = kernel::schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    serde_json::to_value(settings.into_generator().into_root_schema_for::<T>()).unwrap_or_default()
}

/// What makers of clients do not read otherwise: "anything" as an object instead of `true`, and a list by place as one of so many,
/// which says no more what stands at which place.
fn spelled_out(schema: &mut Json) {
    match schema {
        Json::Object(fields) => {
            if fields.get("prefixItems").is_some_and(Json::is_array)
                && let Some(Json::Array(mut places)) = fields.remove("prefixItems")
            {
                places.dedup();
                let place = if places.len() == 1 { places.pop() } else { None };
                fields.insert("items".into(), place.unwrap_or_else(|| json!({ "anyOf": places })));
            }
            for (name, inner) in fields.iter_mut() {
                match (name.as_str(), inner) {
                    ("properties", Json::Object(all)) => all.values_mut().for_each(any_as_object),
                    ("items", inner) => any_as_object(inner),
                    (_, inner) => spelled_out(inner),
                }
            }
        }
        Json::Array(all) => all.iter_mut().for_each(spelled_out),
        _ => {}
    }
}

fn any_as_object(schema: &mut Json) {
    match schema {
        Json::Bool(true) => *schema = json!({}),
        other => spelled_out(other),
    }
}

/// A refusal (RFC 9457).
fn problem() -> Json {
    json!({ "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
        "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
        "detail": { "type": "string", "description": "A sentence for a person: what happened and what to do." },
        "errors": { "type": "array", "description": "What is wrong with which field.", "items": { "type": "object", "required": ["field", "message"],
            "properties": { "field": { "type": "string" }, "message": { "type": "string" } } } },
        "version": { "type": "integer", "description": "409: the version there is now." },
        "newer": { "description": "409: the thing as it is now." },
        "names": { "type": "object", "additionalProperties": { "type": "string" }, "description": "409: what the ids in `newer` stand for, by field." },
        "area": { "type": ["string", "null"], "description": "403: the area that others decide in." },
        "decides": { "type": "array", "items": { "type": "string" }, "description": "403: the hats that decide there." },
    } })
}

fn insert(paths: &mut Map<String, Json>, verb: &str, path: &str, operation: Json) {
    let item = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
    item[verb.to_lowercase()] = operation;
}

fn names(route: &Route) -> Vec<&'static str> {
    route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn product_parameter() -> Json {
    json!({ "name": "product", "in": "path", "required": true, "description": "Its key, such as ORB.", "schema": { "type": "string" } })
}

fn in_path(route: &Route, schema: &Json) -> Vec<Json> {
    let told = |name: &str| {
        let known = schema["properties"].get(name).cloned().unwrap_or(json!({ "type": "string" }));
        let text = known["description"].as_str().unwrap_or("").to_owned();
        json!({ "name": name, "in": "path", "required": true, "description": text, "schema": known })
    };
    names(route)
        .into_iter()
        .map(|name| if name == "product" && schema["properties"].get(name).is_none() { product_parameter() } else { told(name) })
        .collect()
}

/// A body with an example of it.
fn body(schema: Json, known: &Map<String, Json>) -> Json {
    let shown = example(&schema, known);
    json!({ "application/json": { "schema": schema, "example": shown } })
}

fn answered(text: &str, schema: Json, known: &Map<String, Json>) -> Json {
    json!({ "description": text, "content": body(schema, known) })
}

/// How any operation may refuse.
fn refusals(responses: &mut Json, codes: &[(&str, &str)]) {
    for (code, text) in codes {
        responses[*code] =
            json!({ "description": text, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    }
}

const ANY: &[(&str, &str)] = &[
    ("401", "No token, or not one that is known."),
    ("404", "There is nothing here that you can see."),
    ("422", "Something cannot be read; `errors` says what and why."),
    ("429", "Too many tries; `Retry-After` says how long to wait."),
    ("503", "The database is away or the server stops; try again."),
    ("default", "Refused, with the reason."),
];

const CHANGES: &[(&str, &str)] = &[
    ("403", "Not yours to do, and not to propose either."),
    ("409", "Someone else was faster: the newer state is in `newer`."),
    ("413", "The body is too large."),
];

fn read(name: &str, summary: &str, parameters: Vec<Json>, answer: Json, known: &Map<String, Json>) -> Json {
    let mut responses = json!({ "200": answered("The answer.", answer, known) });
    refusals(&mut responses, ANY);
    json!({ "operationId": name, "summary": summary, "parameters": parameters, "responses": responses })
}

/// The one door that takes no JSON of ours: a report of tests, as it was written.
fn report(known: &Map<String, Json>) -> Json {
    let answer = json!({ "$ref": "#/components/schemas/RunTold" });
    let mut parameters = vec![product_parameter()];
    for (name, text) in [
        (
            "suite",
            "What ran: \"unit tests\". Where it is named, a criterion that passed in its last run on the branch and is missing in this one passes no more.",
        ),
        ("commit", "The commit that was tested."),
        ("branch", "The branch."),
        ("link", "The address of the pipeline."),
        ("at", "When it ran, as 2026-11-23T10:00:00Z; when it arrives if left out."),
    ] {
        parameters.push(json!({ "name": name, "in": "query", "required": false, "description": text, "schema": { "type": "string" } }));
    }
    let mut responses = json!({
        "200": answered("This report was recorded before; nothing new was made.", answer.clone(), known),
        "201": answered("It was recorded as a run.", answer, known),
        "202": answered("Not yours to decide alone: it waits as a proposal.", json!({ "$ref": "#/components/schemas/Proposed" }), known),
    });
    refusals(&mut responses, CHANGES);
    refusals(&mut responses, ANY);
    json!({ "operationId": "run.post", "summary": "Records a report of tests as it is: JUnit XML, Cucumber JSON or Cucumber messages. It is read while it arrives.",
        "description": "A test names its criterion by the tag that stands beside it, such as @ORB-42.3, in its name or among its tags. The same report in the same circumstances is one run.",
        "parameters": parameters, "x-raw": true,
        "requestBody": { "required": true, "content": {
            "application/octet-stream": { "schema": { "type": "string", "format": "binary", "description": "As it was written, of whatever content type; which form it has is seen by how it begins." } } } },
        "responses": responses })
}

fn command(name: &str, summary: &str, route: &Route, mut schema: Json, known: &Map<String, Json>) -> Json {
    let mut parameters = in_path(route, &schema);
    let inside = names(route);
    if let Some(map) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        map.retain(|field, _| !inside.contains(&field.as_str()));
    }
    if let Some(required) = schema.get_mut("required").and_then(Json::as_array_mut) {
        required.retain(|field| !inside.contains(&field.as_str().unwrap_or("")));
    }
    for (header, text) in [
        ("Idempotency-Key", "The same request with the same key is done once and answered the same."),
        ("If-Match", "The ETag of the version that was seen; another version answers 409."),
        ("Tandem-Hat", "The hat to act under."),
        ("Tandem-Reason", "Why; percent-encoded."),
        ("Tandem-Propose", "Anything: ask for signatures even where you could decide."),
    ] {
        parameters.push(json!({ "name": header, "in": "header", "required": false, "description": text, "schema": { "type": "string" } }));
    }
    let mut responses = json!({
        "200": answered("It took effect.", json!({ "$ref": "#/components/schemas/Done" }), known),
        "202": answered("Not yours to decide alone: it waits as a proposal.", json!({ "$ref": "#/components/schemas/Proposed" }), known),
    });
    refusals(&mut responses, CHANGES);
    refusals(&mut responses, ANY);
    let required = schema["required"].as_array().is_some_and(|r| !r.is_empty());
    json!({ "operationId": name, "summary": summary, "parameters": parameters,
        "requestBody": { "required": required, "content": body(schema, known) }, "responses": responses })
}
