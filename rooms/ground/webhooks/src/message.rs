//! What a message says, before it takes a shape.

use activity::Spoken;
use kernel::{Json, Result, Scope, json, request::HERE};
use web::when;

/// One thing that happened.
pub(crate) struct Said {
    /// "Tomas Okafor moved".
    pub who_did: String,
    /// "ORB-7 Rain mode".
    pub what: String,
    /// Its page, while there is one.
    pub address: Option<String>,
    /// "place from 3rd to 1st".
    pub changed: Vec<String>,
    /// The same as data.
    data: Json,
}

/// What is told of an act.
pub(crate) struct Message {
    /// `story.moved`: what happened first.
    pub kind: String,
    pub at: i64,
    /// Name and key of the product, and its page.
    pub product: (String, String),
    pub said: Vec<Said>,
    /// The act did more than is told here.
    pub more: bool,
    head: Json,
}

impl Message {
    /// A message about what an act did; none where there is nothing to tell.
    pub fn of(scope: &Scope, spoken: Vec<Spoken>, more: bool) -> Result<Option<Message>> {
        let Some(first) = spoken.first() else { return Ok(None) };
        let (line, product) = (&first.line, scope.product()?);
        let head = json!({
            "product": product.key,
            "act": line.act,
            "by": line.who,
            "assistant": line.assistant,
            "hat": line.hat,
            "through": line.door,
            "reason": line.reason,
            "decision": line.proposal,
        });
        let (kind, at) = (line.kind.clone(), line.at);
        let said = spoken.into_iter().map(|one| said(&product.key, one)).collect();
        Ok(Some(Message { kind, at, product: (product.name.clone(), product.key.clone()), said, more, head }))
    }

    /// A message that says it is a test.
    pub fn test(scope: &Scope) -> Result<Message> {
        let product = scope.product()?;
        let head = json!({ "product": product.key, "by": scope.who.name });
        let said = Said {
            who_did: format!("{} sent a test from", scope.who.name),
            what: product.name.clone(),
            address: Some(format!("{HERE}/{}/", product.key)),
            changed: vec![],
            data: json!({ "type": "webhook.test", "noun": "product", "label": product.name, "address": format!("{HERE}/{}/", product.key) }),
        };
        Ok(Message {
            kind: "webhook.test".into(),
            at: scope.now,
            product: (product.name.clone(), product.key.clone()),
            said: vec![said],
            more: false,
            head,
        })
    }

    /// The message as Standard Webhooks has it: type, time, data.
    pub fn data(&self) -> Json {
        let mut data = self.head.clone();
        data["happened"] = self.said.iter().map(|said| said.data.clone()).collect();
        data["more"] = json!(self.more);
        json!({ "type": self.kind, "timestamp": when::iso(self.at), "data": data })
    }
}

fn said(key: &str, one: Spoken) -> Said {
    let address = one.place.map(|place| format!("{HERE}/{key}/{place}"));
    let data = json!({
        "type": one.line.kind,
        "noun": one.line.noun,
        "id": one.line.noun_id,
        "label": one.what,
        "did": one.line.did,
        "address": address,
        "changes": one.line.changes,
        "says": format!("{} {} {}", one.who, one.verb, one.what),
    });
    Said { who_did: format!("{} {}", one.who, one.verb), what: one.what, address, changed: one.changed, data }
}
