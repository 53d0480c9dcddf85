//! Answers kept under an idempotency key: a repeated request is answered once more and not carried out again.

use crate::{Ask, outcome::Outcome, run::Work};
use kernel::{Refusal, Result, Scope, Value};

impl Work<'_> {
    /// What was answered to the same request before.
    pub fn answered(&mut self, scope: &Scope, ask: &Ask) -> Result<Option<Outcome>> {
        let Some(id) = receipt(scope, ask) else { return Ok(None) };
        let found = self.writer.query("select answer, asked from receipt where id = $1", &[Value::Text(id)])?.pop();
        let Some(mut row) = found else { return Ok(None) };
        let (answer, asked): (String, String) = (row.take()?, row.take()?);
        if !asked.is_empty() && asked != asked_for(ask) {
            return Err(Refusal::invalid("Idempotency-Key", "This key was used for another request. Take a new one; nothing was done."));
        }
        serde_json::from_str(&answer).map(Some).map_err(|e| Refusal::broken(e.to_string()))
    }

    /// Remembers the answer under its idempotency key, without any secret in it. Of what is counted in nobody's name not even
    /// a digest of the request stays: there are too few answers to hide behind one.
    pub fn answer(&mut self, scope: &Scope, ask: &Ask, outcome: &Outcome, counted: bool) -> Result<()> {
        let Some(id) = receipt(scope, ask) else { return Ok(()) };
        let mut kept = outcome.clone();
        if let Outcome::Done(done) = &mut kept {
            done.reveal = None;
        }
        let kept = serde_json::to_string(&kept).map_err(|e| Refusal::broken(e.to_string()))?;
        self.writer.put(
            "insert into receipt (id, at, answer, asked) values ($1, $2, $3, $4)",
            vec![Value::Text(id), Value::Int(self.moment.now), Value::Text(kept), Value::Text(if counted { String::new() } else { asked_for(ask) })],
        )
    }
}

fn receipt(scope: &Scope, ask: &Ask) -> Option<String> {
    let key = ask.receipt.as_ref()?;
    let product = scope.product.as_ref().map(|p| p.id);
    Some(crate::secret::hash(&format!("{:?} {:?} {product:?} {} {key}", scope.who.member, scope.who.assistant, ask.command)))
}

/// What a receipt answers to: the request without its key.
fn asked_for(ask: &Ask) -> String {
    crate::secret::hash(&format!("{} {:?} {:?} {} {:?}", ask.args, ask.hat, ask.reason, ask.as_proposal, ask.version))
}
