//! The webhooks of a product with what was sent to each lately.

use crate::{care::looks_after, deliver::Deliver, model::Webhook};
use kernel::{Column, Job, Json, Look, Noun, Reader, Refusal, Result, Row, Uuid, list};
use std::collections::HashMap;

/// So many of the last messages to each are shown.
const SHOWN: i64 = 20;

/// A webhook as the page shows it.
pub(crate) struct Line {
    pub webhook: Webhook,
    /// Who made it, and whether they still belong here; without them nothing is sent.
    pub by: String,
    pub here: bool,
    /// Whether the reader looks after it.
    pub own: bool,
    /// The newest first.
    pub sent: Vec<Delivery>,
}

/// One message: the last try of it.
pub(crate) struct Delivery {
    pub id: Uuid,
    /// `story.moved`
    pub about: String,
    /// What was sent and how the answer begins, for whoever looks after the webhook: it says what they may read.
    pub body: String,
    pub answer: String,
    pub at: i64,
    pub tries: i64,
    pub arrived: bool,
    pub status: Option<i64>,
    pub said: String,
    /// When it is tried again.
    pub next: Option<i64>,
    /// It tells of an act, and is no test.
    pub real: bool,
}

/// All of them, the oldest first.
pub(crate) fn webhooks(look: &mut Look) -> Result<Vec<Line>> {
    let found = Webhook::all(look, "order by created_at, id", &[])?;
    let names = people::names_of(look, found.iter().map(|webhook| webhook.member.0))?;
    let here = people::who_belong(look, found.iter().map(|webhook| webhook.member.0))?;
    let mut sent = deliveries(look, &found)?;
    let scope = look.scope;
    let line = |webhook: Webhook| {
        let own = looks_after(&webhook, scope);
        let mut sent = sent.remove(&webhook.meta.id).unwrap_or_default();
        if !own {
            sent.iter_mut().for_each(|one| (one.body, one.answer) = (String::new(), String::new()));
        }
        Line { by: names.get(&webhook.member.0).cloned().unwrap_or_default(), here: here.contains(&webhook.member.0), own, sent, webhook }
    };
    Ok(found.into_iter().map(line).collect())
}

fn deliveries(look: &mut Look, webhooks: &[Webhook]) -> Result<HashMap<Uuid, Vec<Delivery>>> {
    let sql = format!(
        "select sent_for, id, about, body, answer, last_at, tries, arrived, status, said, due, kind from (
           select delivery.sent_for, delivery.id, delivery.about, delivery.body, delivery.answer, delivery.last_at, delivery.tries,
             delivery.arrived, delivery.status, delivery.said, job.due, delivery.kind,
             row_number() over (partition by delivery.sent_for order by delivery.last_at desc, delivery.id desc) as nth
           from delivery left join job on job.id = delivery.id where delivery.sent_for in each($1)) as numbered
         where nth <= {SHOWN} order by last_at desc, id desc"
    );
    let mut sent: HashMap<Uuid, Vec<Delivery>> = HashMap::new();
    for mut row in look.query(&sql, &[list(webhooks.iter().map(|webhook| webhook.meta.id))])? {
        sent.entry(row.take()?).or_default().push(delivery(row)?);
    }
    Ok(sent)
}

fn delivery(mut row: Row) -> Result<Delivery> {
    Ok(Delivery {
        id: row.take()?,
        about: row.take()?,
        body: row.take()?,
        answer: row.take()?,
        at: row.take()?,
        tries: row.take()?,
        arrived: row.take()?,
        status: row.take()?,
        said: row.take()?,
        next: row.take()?,
        real: row.take::<String>()? == Deliver::KIND,
    })
}

/// What it takes to send something again.
pub(crate) struct Again {
    pub id: Uuid,
    pub kind: String,
    pub args: Json,
    pub under_way: bool,
}

pub(crate) fn again(reader: &mut dyn Reader, webhook: &Webhook, id: Uuid) -> Result<Option<Again>> {
    let sql = "select delivery.kind, delivery.args, job.id from delivery left join job on job.id = delivery.id
               where delivery.id = $1 and delivery.sent_for = $2";
    let Some(mut row) = reader.query(sql, &[id.value(), webhook.meta.id.value()])?.pop() else { return Ok(None) };
    Ok(Some(Again {
        id,
        kind: row.take()?,
        args: kernel::serde_json::from_str(&row.take::<String>()?).map_err(|e| Refusal::broken(e.to_string()))?,
        under_way: row.take::<Option<Uuid>>()?.is_some(),
    }))
}
