//! Sealed text: what someone has said and nobody may read before it is opened, not even that it has changed. It is no noun,
//! so no door that reads nouns, no activity, no search, no export and no past knows of it. A command seals (`Decided::seals`)
//! and another one opens, which makes the nouns; from then on there is history.

use crate::{Column, EventKind, Look, Refusal, Result, Value, list};
use std::collections::HashMap;
use uuid::Uuid;

/// What a command seals for whoever asks. It takes the place of what they sealed in the same round before.
#[derive(Debug)]
pub struct Seal {
    /// The thing that will be opened.
    pub round: Uuid,
    pub noun: &'static str,
    pub body: String,
    /// How the act is told to its author, and to nobody else.
    pub kind: &'static EventKind,
    pub label: String,
}

/// A form that seals, as rooms list them; tests try every door for each.
#[derive(Clone, Copy, Debug)]
pub struct SealForm {
    /// The command that seals, and the one that opens.
    pub seals: &'static str,
    pub opens: &'static str,
    /// The argument of the first that says what is sealed, or a part of it in words.
    pub says: &'static str,
}

/// What the asker has sealed themself in some rounds.
pub fn own(look: &mut Look, rounds: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    if look.scope.who.assistant.is_some() || look.scope.who.member.is_none() {
        return Ok(HashMap::new());
    }
    let rows = look.query("select round, body from sealed where round in each($1) and member = $me", &[list(rounds)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// What a query asks to leave out the rounds in which a member has sealed; both as they are called there.
pub fn not_yet_by(round: &str, member: &str) -> String {
    format!("not exists (select 1 from sealed where sealed.round = {round} and sealed.member = {member})")
}

/// Who has sealed in some rounds: round and member, for forms under which names stand.
pub fn who(look: &mut Look, rounds: impl IntoIterator<Item = Uuid>) -> Result<Vec<(Uuid, Uuid)>> {
    let rows = look.query("select round, member from sealed where round in each($1) order by round, member", &[list(rounds)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// All that was sealed in a round, by member: for the command that opens it, and for nothing that is shown.
///
/// # Errors
/// `Broken` where a page or a query asks.
pub fn all(look: &mut Look, round: Uuid) -> Result<Vec<(Uuid, String)>> {
    if look.is_shown() {
        return Err(Refusal::broken("what is sealed is read by the command that opens it alone"));
    }
    let rows: Vec<_> = look.reader.query("select member, body from sealed where round = $1 order by member", &[round.value()])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The table, which a backup takes along; nothing else knows it.
pub const TABLE: &str = "sealed";

/// A row's statement with its values, for the one place that writes it.
pub fn writing(seal: &Seal, member: Uuid, id: Uuid, at: i64) -> (&'static str, Vec<Value>) {
    let sql = "insert into sealed (id, round, member, body, sealed_at) values ($1, $2, $3, $4, $5)";
    (sql, vec![id.value(), seal.round.value(), member.value(), Value::Text(seal.body.clone()), Value::Int(at)])
}
