//! A request in the form of the chat completions that OpenAI, llama.cpp's server, Ollama, vLLM and others speak.

use serde_json::{Value, json};

/// Counts changes of what is asked and of how answers are read: how well a model agrees with people was found for one form and says nothing of another.
pub const FORM: i64 = 2;

/// A request. `name` says what the answer is, as a JSON schema.
pub fn body(system: &str, user: &str, name: &str, schema: &Value, most: u32, sample: u32) -> Value {
    let request = json!({
        "messages": [{ "role": "system", "content": system }, { "role": "user", "content": user }],
        "response_format": { "type": "json_schema", "json_schema": { "name": name, "strict": true, "schema": schema } },
        "max_tokens": most,
    });
    anew(request, sample)
}

/// The same request for another sample. The first is what the model holds to be likeliest, and comes out the same however
/// often it is asked for; the others differ.
pub fn anew(mut request: Value, sample: u32) -> Value {
    request["temperature"] = if sample == 0 { 0.0 } else { 0.8 }.into();
    request["seed"] = (sample + 1).into();
    request
}

/// Data in a prompt: as JSON, so that nothing in it ends it.
pub(crate) fn data(what: &impl serde::Serialize) -> String {
    serde_json::to_string(what).unwrap_or_default()
}

/// An object with all its fields required and no others, as strict schemas want it.
pub(crate) fn object(fields: &[(&str, Value)]) -> Value {
    let properties: serde_json::Map<String, Value> = fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
