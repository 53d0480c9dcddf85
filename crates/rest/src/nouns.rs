//! Reading any noun at its home: one by its id or key, and lists. A noun that a room adds is read here without a word
//! more; where a room offers a query of its own at the same address, that one answers.

use crate::{BASE, each_once, product_of, refused, visitor};
use app::Registry;
use axum::{
    Router,
    extract::{RawPathParams, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{
    Cell, Home, Json, Look, NounSpec, Reading, Refusal, Result, json,
    listing::{self, Wanted},
};
use web::{Web, text};

/// The nouns that programs may read.
fn readable(registry: &Registry) -> impl Iterator<Item = &'static NounSpec> {
    registry.nouns().filter(|noun| !matches!(noun.about.read, Reading::Nobody | Reading::ByRoom))
}

/// Address of a list, and of one thing. Where commands stand at the same address, its part is called as they call it.
fn paths(registry: &Registry, noun: &NounSpec) -> (String, String) {
    let home = match noun.about.home {
        Home::Product => "/products/{product}",
        Home::Workspace => "",
        Home::Member => "/account",
    };
    let list = format!("{home}/{}", noun.about.many);
    let begin = format!("{list}/{{");
    let called = registry.commands().find_map(|c| c.route.path.strip_prefix(&begin)?.split('}').next()).unwrap_or(noun.table);
    (list.clone(), format!("{list}/{{{called}}}"))
}

/// Whether a query of a room's own answers at an address.
fn is_taken(registry: &Registry, path: &str) -> bool {
    registry.queries().any(|query| query.route.path == path)
}

/// Routes for every noun that no query stands in the way of.
pub(crate) fn routes(registry: &Registry) -> Router<Web> {
    let mut router = Router::new();
    for noun in readable(registry) {
        let (list, one) = paths(registry, noun);
        if !is_taken(registry, &list) {
            router = router.route(&format!("{BASE}{list}"), get(move |house, path, query, headers| read_list(noun, house, path, query, headers)));
        }
        if !is_taken(registry, &one) {
            router = router.route(&format!("{BASE}{one}"), get(move |house, path, headers| read_one(noun, house, path, headers)));
        }
    }
    router
}

async fn read_list(
    noun: &'static NounSpec,
    State(house): State<Web>,
    path: RawPathParams,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let wanted = match wanted(query.as_deref().unwrap_or("")) {
        Ok(wanted) => wanted,
        Err(refusal) => return refused(&refusal),
    };
    match ask(&house, noun, &path, &headers, move |look| listing::list(look, noun, &wanted)).await {
        Ok(text) => json_text(text),
        Err(refusal) => refused(&refusal),
    }
}

async fn read_one(noun: &'static NounSpec, State(house): State<Web>, path: RawPathParams, headers: HeaderMap) -> Response {
    let which = path.iter().last().map(|(_, which)| which.to_owned()).unwrap_or_default();
    match ask(&house, noun, &path, &headers, move |look| listing::one(look, noun, &which)).await {
        Ok((text, version)) => tagged(json_text(text), Some(version)),
        Err(refusal) => refused(&refusal),
    }
}

async fn ask<T: Send + 'static>(
    house: &Web,
    noun: &'static NounSpec,
    path: &RawPathParams,
    headers: &HeaderMap,
    read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static,
) -> Result<T> {
    house
        .app
        .ask(&visitor(headers), product_of(path).as_deref(), move |look| {
            look.scope.who.signed_in()?;
            if noun.about.home == Home::Product {
                look.scope.product_id()?;
            }
            read(look)
        })
        .await
}

/// JSON that has been written already.
pub(crate) fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
}

/// With the version as its tag.
pub(crate) fn tagged(mut response: Response, version: Option<i64>) -> Response {
    if let Some(tag) = version.and_then(|v| HeaderValue::from_str(&format!("\"{v}\"")).ok()) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// What stands behind the `?` of a list.
fn wanted(query: &str) -> Result<Wanted> {
    let mut wanted = Wanted::default();
    let fields = text::pairs(query);
    each_once(&fields, |name| name != "fields")?;
    for (name, value) in fields {
        let whole = |value: &str| value.parse::<i64>().map_err(|_| Refusal::invalid(&name, format!("{value:?} is not a whole number.")));
        match name.as_str() {
            "limit" => wanted.limit = Some(whole(&value)?),
            "after" => wanted.after = value,
            "sort" => wanted.sort = value,
            "fields" => wanted.fields.extend(value.split(',').map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned)),
            "updated_since" => wanted.updated_since = Some(whole(&value)?),
            _ => wanted.filters.push((name, value)),
        }
    }
    Ok(wanted)
}

/// What OpenAPI says of an address.
pub(crate) struct Described {
    pub path: String,
    pub name: String,
    pub summary: String,
    pub parameters: Vec<Json>,
    pub answer: Json,
}

pub(crate) fn described(registry: &Registry) -> Vec<Described> {
    let mut all = vec![];
    for noun in readable(registry) {
        let (list, one) = paths(registry, noun);
        let name = noun.table.replace('_', " ");
        if !is_taken(registry, &list) {
            let items = json!({ "$ref": format!("#/components/schemas/{}", item_schema(noun.table)) });
            let next = json!({ "type": ["string", "null"], "description": "What to send as `after` for the next page." });
            all.push(Described {
                path: list,
                name: format!("{}.list", noun.table),
                summary: format!("Each {name} that one may read, in pages."),
                parameters: parameters(noun),
                answer: json!({ "type": "object", "required": ["items", "next"], "properties": { "items": { "type": "array", "items": items }, "next": next } }),
            });
        }
        if !is_taken(registry, &one) {
            let called = one.rsplit('{').next().and_then(|last| last.strip_suffix('}')).unwrap_or(noun.table);
            let which = if noun.fields.contains(&"number") { "Its number, key or id." } else { "Its id." };
            let parameter = json!({ "name": called, "in": "path", "required": true, "description": which, "schema": { "type": "string" } });
            all.push(Described {
                name: format!("{}.read", noun.table),
                summary: format!("One {name}."),
                parameters: vec![parameter],
                answer: json!({ "$ref": format!("#/components/schemas/{}", schema_name(noun.table)) }),
                path: one,
            });
        }
    }
    all
}

/// `key_result` as `KeyResult`.
fn schema_name(table: &str) -> String {
    table.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

fn item_schema(table: &str) -> String {
    format!("{}InList", schema_name(table))
}

fn parameters(noun: &NounSpec) -> Vec<Json> {
    let query =
        |name: &str, text: String, schema: Json| json!({ "name": name, "in": "query", "required": false, "description": text, "schema": schema });
    let mut all = vec![
        query("limit", "Things on a page.".into(), json!({ "type": "integer", "minimum": 1, "maximum": kernel::page::MOST })),
        query("after", "Where the last page ended: its `next`.".into(), json!({ "type": "string" })),
        query("sort", "The order; with - in front the other way.".into(), {
            let orders: Vec<String> = listing::orders(noun).into_iter().flat_map(|o| [o.to_owned(), format!("-{o}")]).collect();
            json!({ "type": "string", "enum": orders })
        }),
        query("fields", format!("The fields to tell, with commas; all but {} when left out.", long(noun)), json!({ "type": "string" })),
        query("updated_since", "Only what changed at or after this moment, in milliseconds since 1970.".into(), json!({ "type": "integer" })),
    ];
    let own = noun.fields.iter().zip(noun.cells).filter(|(name, cell)| **cell != Cell::Json && !name.ends_with("_hash"));
    all.extend(
        own.map(|(name, _)| query(name, format!("Only where {} is this; `none` for nothing.", name.replace('_', " ")), json!({ "type": "string" }))),
    );
    all
}

fn long(noun: &NounSpec) -> String {
    if noun.about.long.is_empty() { "none".into() } else { noun.about.long.join(", ") }
}

/// The schemas of things as they are told.
pub(crate) fn schemas(registry: &Registry) -> Vec<(String, Json)> {
    let mut all = vec![];
    for noun in readable(registry) {
        let mut whole = object(noun);
        all.push((schema_name(noun.table), whole.clone()));
        if let Some(whole) = whole.as_object_mut() {
            whole.insert("required".into(), json!(["id"]));
            whole.insert("description".into(), json!("As in a list: with the fields that were asked for."));
        }
        all.push((item_schema(noun.table), whole));
    }
    all
}

/// A noun as an object: the schema of its type, without what programs are not told, and null where a reader may not see.
fn object(noun: &NounSpec) -> Json {
    let typed = (noun.schema)();
    let mut properties = serde_json::Map::new();
    for (name, cell) in listing::fields(noun) {
        let plain = match cell {
            Cell::Text => json!({ "type": "string" }),
            Cell::Id => json!({ "type": "string", "format": "uuid" }),
            Cell::Named => json!({ "type": ["string", "null"] }),
            Cell::Whole => json!({ "type": "integer" }),
            Cell::Real => json!({ "type": "number" }),
            Cell::Flag => json!({ "type": "boolean" }),
            Cell::Json => json!({}),
        };
        let mut schema = typed["properties"].get(name).cloned().unwrap_or(plain);
        if noun.about.veiled.iter().any(|(veiled, _)| *veiled == name) {
            schema = json!({ "anyOf": [schema, { "type": "null" }] });
        }
        properties.insert(name.into(), schema);
    }
    let mut required: Vec<&str> = listing::fields(noun).map(|(name, _)| name).collect();
    if noun.about.keyed {
        properties.insert("key".into(), json!({ "type": "string", "description": "Such as ORB-42." }));
        required.push("key");
    }
    json!({ "type": "object", "description": typed["description"], "properties": properties, "required": required })
}
