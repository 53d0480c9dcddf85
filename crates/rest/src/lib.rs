//! The REST door: one route for each command and query that rooms offer, errors as problem+json, and
//! the OpenAPI document, all made from the same lists.

mod example;
mod nouns;
mod openapi;

pub use openapi::document;

use app::{Ask, Outcome, Visitor};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{RawPathParams, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, any, get, on},
};
use kernel::{CommandSpec, Door, Hat, Json as Value, Key, QuerySpec, Refusal, Result, Told, Verb, arguments::TWICE, json};
use std::{collections::HashSet, sync::OnceLock};
use web::{Web, errors::problem, forms, text};

/// Where the interface starts.
pub const BASE: &str = "/api/v1";

/// Routes for everything in the registry.
pub fn routes(house: &Web) -> Router<Web> {
    let mut router = Router::new();
    for spec in house.app.registry.commands().filter(|c| !c.route.is_inside()) {
        router = router.route(&format!("{BASE}{}", spec.route.path), command_route(spec));
    }
    for spec in house.app.registry.queries() {
        router = router.route(&format!("{BASE}{}", spec.route.path), query_route(spec));
    }
    router
        .merge(nouns::routes(&house.app.registry))
        .route(&format!("{BASE}/openapi.json"), get(described))
        // A program that asks for what is not there is answered as a program, not sent to sign in.
        .route(&format!("{BASE}/{{*nothing}}"), any(|| async { problem(&Refusal::NotFound) }))
        .method_not_allowed_fallback(|| async { other_method() })
}

/// The description: made once it is asked for, and kept as text, because as a tree it would be most of what an idle
/// server holds. Every house has the same rooms. Its tag is that of its text, so whoever kept it asks again and gets it
/// anew only after a change.
async fn described(State(house): State<Web>, headers: HeaderMap) -> Response {
    static TEXT: OnceLock<(Bytes, String)> = OnceLock::new();
    let (text, tag) = TEXT.get_or_init(|| {
        let text = document(&house.app.registry).to_string();
        let tag = format!("\"{}\"", &app::secret::hash(&text)[..32]);
        (text.into(), tag)
    });
    let kept = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or("");
    let told = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, "public, no-cache"), (header::CONTENT_TYPE, "application/json")];
    match kept.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        true => (StatusCode::NOT_MODIFIED, [&told[0], &told[1]].map(|(name, value)| (name.clone(), *value))).into_response(),
        false => (told, text.clone()).into_response(),
    }
}

fn other_method() -> Response {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let body = json!({ "type": "about:blank", "title": "Method Not Allowed", "status": status.as_u16(),
        "detail": format!("This address is asked in another way; {BASE}/openapi.json says how.") });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

fn filter(verb: Verb) -> MethodFilter {
    match verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Patch => MethodFilter::PATCH,
        Verb::Delete => MethodFilter::DELETE,
    }
}

fn command_route(spec: &'static CommandSpec) -> MethodRouter<Web> {
    on(
        filter(spec.route.verb),
        move |State(house): State<Web>, path: RawPathParams, RawQuery(query): RawQuery, headers: HeaderMap, body: Bytes| async move {
            match run(&house, spec, &path, query.as_deref(), &headers, &body).await {
                Ok(Outcome::Done(done)) => Json(done).into_response(),
                Ok(Outcome::Proposed(proposed)) => (StatusCode::ACCEPTED, Json(proposed)).into_response(),
                Err(refusal) => refused(&refusal),
            }
        },
    )
}

fn query_route(spec: &'static QuerySpec) -> MethodRouter<Web> {
    on(filter(spec.route.verb), move |State(house): State<Web>, path: RawPathParams, RawQuery(query): RawQuery, headers: HeaderMap| async move {
        match answer(&house, spec, &path, query.as_deref(), &headers).await {
            Ok(told) => nouns::tagged(nouns::json_text(told.json), told.version),
            Err(refusal) => refused(&refusal),
        }
    })
}

fn refused(refusal: &Refusal) -> Response {
    let mut response = problem(refusal);
    if *refusal == Refusal::SignIn {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn visitor(headers: &HeaderMap) -> Visitor {
    Visitor { credential: web::credential(headers), door: Door::Rest }
}

/// Path and query parameters, as their schema types them.
fn parameters(schema: &Value, path: &RawPathParams, query: Option<&str>) -> Result<Value> {
    let mut fields: Vec<(String, String)> = path.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    fields.extend(text::pairs(query.unwrap_or("")));
    each_once(&fields, |name| forms::schema_of(schema, name).is_some_and(|field| !forms::allows(field, "array")))?;
    forms::arguments(schema, &fields, forms::by_program)
}

/// Refuses a field that takes one value and is given several, be it in the path and behind the `?`.
fn each_once(fields: &[(String, String)], takes_one: impl Fn(&str) -> bool) -> Result<()> {
    let mut seen = HashSet::new();
    match fields.iter().find(|(name, _)| !seen.insert(name) && takes_one(name)) {
        Some((name, _)) => Err(Refusal::invalid(name, TWICE)),
        None => Ok(()),
    }
}

fn product_of(path: &RawPathParams) -> Option<String> {
    path.iter().find(|(name, _)| *name == "product").map(|(_, key)| key.to_uppercase()).filter(|key| Key::is_product_key(key))
}

async fn run(
    house: &Web,
    spec: &'static CommandSpec,
    path: &RawPathParams,
    query: Option<&str>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Outcome> {
    let visitor = visitor(headers);
    match asked(house, spec, path, query, headers, body) {
        Ok(ask) => house.app.run(&visitor, ask).await,
        Err(refusal) => {
            house.app.admits(&visitor, product_of(path).as_deref(), spec.name).await?;
            Err(refusal)
        }
    }
}

/// Reads a request into what it asks for.
fn asked(house: &Web, spec: &CommandSpec, path: &RawPathParams, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Result<Ask> {
    let schema = &house.app.registry.command(spec.name)?.schema;
    let mut args = match body.iter().all(u8::is_ascii_whitespace) {
        true => Value::Object(serde_json::Map::new()),
        false => serde_json::from_slice(body).map_err(|e| Refusal::invalid("body", format!("The body is no JSON: {e}.")))?,
    };
    let Value::Object(fields) = &mut args else {
        return Err(Refusal::invalid("body", "The body must be a JSON object."));
    };
    if let Value::Object(named) = parameters(schema, path, query)? {
        fields.extend(named);
    }
    let hat = match said(headers, "Tandem-Hat")? {
        None => None,
        Some(word) => Some(Hat::parse(word).ok_or_else(|| Refusal::invalid("Tandem-Hat", "There is no such hat."))?),
    };
    let receipt = said(headers, "Idempotency-Key")?;
    if receipt.is_some_and(|key| key.trim().is_empty() || key.len() > LONGEST_KEY) {
        return Err(Refusal::invalid("Idempotency-Key", format!("A key has between 1 and {LONGEST_KEY} characters.")));
    }
    Ok(Ask {
        product: product_of(path),
        command: spec.name.to_owned(),
        args,
        version: seen_version(headers)?,
        hat,
        reason: said(headers, "Tandem-Reason")?.map(text::decode),
        as_proposal: said(headers, "Tandem-Propose")?.is_some(),
        receipt: receipt.map(str::to_owned),
        ..Ask::default()
    })
}

/// Characters of an idempotency key.
const LONGEST_KEY: usize = 200;

/// What a header says. One that cannot be read must not pass for none: the program would count on what nobody heard.
fn said<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>> {
    let mut sent = headers.get_all(name).iter();
    match (sent.next(), sent.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Refusal::invalid(name, "This cannot be read; percent-encode what is not ASCII.")),
        _ => Err(Refusal::invalid(name, TWICE)),
    }
}

/// The version that an `If-Match` names. Proxies make tags weak, so `W/"3"` is `"3"`; `*` is whichever there is.
fn seen_version(headers: &HeaderMap) -> Result<Option<i64>> {
    let mut tags = headers.get_all(header::IF_MATCH).iter();
    let (Some(tag), None) = (tags.next(), tags.next()) else {
        return if headers.contains_key(header::IF_MATCH) { Err(unreadable_tag()) } else { Ok(None) };
    };
    let tag = tag.to_str().map_err(|_| unreadable_tag())?.trim();
    let version = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"').and_then(|t| t.strip_suffix('"')).map(str::parse);
    match (tag, version) {
        ("*", _) => Ok(None),
        (_, Some(Ok(version))) => Ok(Some(version)),
        _ => Err(unreadable_tag()),
    }
}

fn unreadable_tag() -> Refusal {
    Refusal::invalid("If-Match", "This is no tag of ours; send the ETag that came with the thing, such as \"3\".")
}

async fn answer(house: &Web, spec: &'static QuerySpec, path: &RawPathParams, query: Option<&str>, headers: &HeaderMap) -> Result<Told> {
    let args = parameters(house.app.registry.question(spec.name)?, path, query)?;
    let in_product = spec.route.in_product();
    house
        .app
        .ask(&visitor(headers), product_of(path).as_deref(), move |look| {
            look.scope.who.signed_in()?;
            if in_product {
                look.scope.product_id()?;
            }
            (spec.ask)(args, look)
        })
        .await
}
