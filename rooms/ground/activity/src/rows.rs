//! Reading activity.

use kernel::{Act, Change, Column, Deserialize, JsonSchema, Look, Query, Refusal, Result, Route, Row, Serialize, Uuid, Value, Verb};

/// One line: what happened to one thing.
#[derive(Clone, Debug, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct Line {
    pub id: Uuid,
    pub act: Uuid,
    pub at: i64,
    pub who: Option<String>,
    pub assistant: Option<String>,
    pub hat: Option<String>,
    pub door: String,
    pub command: String,
    pub area: Option<String>,
    pub kind: String,
    pub noun: String,
    pub noun_id: Uuid,
    pub label: String,
    pub changes: Vec<Change>,
    pub proposal: Option<Uuid>,
    pub reason: Option<String>,
    pub member: Option<Uuid>,
    pub assistant_id: Option<Uuid>,
    /// Whether the thing was created, changed or removed.
    pub did: Act,
    /// Whether whoever did it may take it back.
    pub undoable: bool,
}

const COLUMNS: &str = "activity.id, activity.act, activity.at, member.name, helper.name, activity.hat, activity.door, activity.command,
    activity.area, activity.kind, activity.noun, activity.noun_id, activity.label, activity.changes, activity.proposal, activity.reason, activity.member, activity.assistant,
    activity.did, activity.undoable
    from activity left join member on member.id = activity.member left join member helper on helper.id = activity.assistant";

fn line(mut row: Row) -> Result<Line> {
    Ok(Line {
        id: row.take()?,
        act: row.take()?,
        at: row.take()?,
        who: row.take()?,
        assistant: row.take()?,
        hat: row.take()?,
        door: row.take()?,
        command: row.take()?,
        area: row.take()?,
        kind: row.take()?,
        noun: row.take()?,
        noun_id: row.take()?,
        label: row.take()?,
        changes: changes(&row.take::<String>()?)?,
        proposal: row.take()?,
        reason: row.take()?,
        member: row.take()?,
        assistant_id: row.take()?,
        did: row.take()?,
        undoable: row.take()?,
    })
}

pub(crate) fn changes(text: &str) -> Result<Vec<Change>> {
    kernel::serde_json::from_str(text).map_err(|e| Refusal::broken(e.to_string()))
}

/// What happened to one thing, newest first.
pub fn history(look: &mut Look, id: Uuid, most: i64) -> Result<Vec<Line>> {
    let product = look.scope.product_id()?;
    let sql = format!("select {COLUMNS} where activity.noun_id = $1 and activity.product = $2 order by activity.at desc, activity.id desc limit $3");
    look.query(&sql, &[id.value(), product.value(), Value::Int(most)])?.into_iter().map(line).collect()
}

/// What happened in the product, newest first, before a moment and after another.
pub fn latest(look: &mut Look, after: i64, before: i64, most: i64) -> Result<Vec<Line>> {
    let product = look.scope.product_id()?;
    let sql = format!(
        "select {COLUMNS} where activity.product = $1 and activity.at > $2 and activity.at < $3 order by activity.at desc, activity.id desc limit $4"
    );
    look.query(&sql, &[product.value(), Value::Int(after), Value::Int(before), Value::Int(most)])?.into_iter().map(line).collect()
}

/// The lines of one act in the order they were written.
pub(crate) fn of_act(look: &mut Look, act: Uuid) -> Result<Vec<Line>> {
    let product = look.scope.product_id()?;
    let sql = format!("select {COLUMNS} where activity.act = $1 and activity.product = $2 order by activity.id");
    look.query(&sql, &[act.value(), product.value()])?.into_iter().map(line).collect()
}

/// What happened in a product, newest first.
#[derive(Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Activity {
    /// Only what is older than this (milliseconds since 1970); for the next page.
    pub before: Option<i64>,
    /// Only about this thing.
    pub about: Option<String>,
}

impl Query for Activity {
    const NAME: &'static str = "activity.list";
    const SUMMARY: &'static str = "What happened in a product, newest first.";
    const ROUTE: Route = Route::new(Verb::Get, "/products/{product}/activity");
    type Answer = Vec<Line>;

    fn ask(self, look: &mut Look) -> Result<Vec<Line>> {
        match self.about {
            Some(text) => history(look, Uuid::parse_str(&text).map_err(|_| Refusal::NotFound)?, 200),
            None => latest(look, 0, self.before.unwrap_or(i64::MAX), 100),
        }
    }
}
