//! Where each thing is looked at.

use kernel::Uuid;

/// The page of a thing, below its product; `None` where it has none of its own.
pub fn place(noun: &str, id: Uuid, number: Option<i64>) -> Option<String> {
    let id = id.simple();
    let which = number.map_or_else(|| id.to_string(), |n| n.to_string());
    match noun {
        "story" => Some(format!("story/{which}")),
        "initiative" | "feature" => Some(format!("roadmap?open={which}")),
        "sprint" => number.map(|n| format!("sprint?sprint={n}")),
        "verdict" => number.map(|n| format!("acceptance?open={n}")),
        "need" => Some(format!("customers?open={id}")),
        "evidence" => Some(format!("customers#e-{id}")),
        "objective" => Some(format!("strategy#o-{id}")),
        "vision" | "key_result" => Some("strategy".into()),
        "proposal" => Some(format!("decisions#p-{id}")),
        _ => None,
    }
}
