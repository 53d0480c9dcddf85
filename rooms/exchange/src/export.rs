//! A whole product as JSON: every noun with every field, and the record of what happened.

use kernel::{Json, Look, Result, json};
use web::app::Registry;

/// Writes the product at hand out. Hashes of secrets stay behind.
pub fn export(look: &mut Look, registry: &Registry) -> Result<Json> {
    let product = look.scope.product_id()?;
    let key = look.scope.product()?.key.clone();
    let mut nouns = serde_json::Map::new();
    for noun in registry.nouns() {
        let found =
            (noun.find)(look.reader, "where product = $1 and removed_at is null order by created_at, id", &[kernel::Column::value(&product)])?;
        let things: Vec<Json> = found
            .into_iter()
            .map(|thing| {
                let mut out = serde_json::Map::new();
                out.insert("id".into(), json!(thing.meta.id.simple().to_string()));
                out.insert("version".into(), json!(thing.meta.version));
                out.insert("created_at".into(), json!(thing.meta.created_at));
                out.insert("updated_at".into(), json!(thing.meta.updated_at));
                for (field, value) in noun.fields.iter().zip(thing.values).filter(|(f, _)| !f.ends_with("_hash")) {
                    out.insert((*field).to_owned(), serde_json::to_value(value).unwrap_or_default());
                }
                Json::Object(out)
            })
            .collect();
        if !things.is_empty() {
            nouns.insert(noun.table.to_owned(), Json::Array(things));
        }
    }
    let members: Vec<Json> = people::people_of(look)?.into_iter().map(|p| json!({ "id": p.id, "name": p.name, "email": p.email })).collect();
    Ok(json!({ "tandem": "product", "format": 1, "product": key, "members": members, "nouns": nouns }))
}
