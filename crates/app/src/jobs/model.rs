//! The model that helps to mark and to draft: asked one question after the other, at most so many a day for each member,
//! and kept with what it answered for whoever asked (`model_call`, machinery without activity, for a month). Whatever it
//! answers, or doesn't, is a reply; no task fails because of it.

use super::{
    Claimed,
    perform::{Failed, Tried},
};
use crate::{App, live::Told, run};
use kernel::{Asking, Column, Json, Lane, Reader, Reply, Result, Uuid, Value};
use std::{collections::BTreeSet, future::Future, pin::Pin, sync::Arc};

/// So long a question counts towards a day, in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// Why a model gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// In a sentence.
    pub said: String,
    /// What it wrote before that, which is no answer and only shown.
    pub heard: String,
}

/// Asks a model. It judges where one may go, and gives up after a while.
pub trait Model: Send + Sync {
    /// What it is called.
    fn name(&self) -> &str;

    /// How many questions each member may ask in a day.
    fn a_day(&self) -> i64;

    /// What it writes in answer to a request in the form of chat completions.
    ///
    /// # Errors
    /// Why there is nothing, in a sentence.
    fn ask<'a>(&'a self, body: &'a Json) -> Pin<Box<dyn Future<Output = std::result::Result<String, Unanswered>> + Send + 'a>>;
}

/// One question as it was asked, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub part: String,
    pub model: String,
    pub body: String,
    /// Of what failed, as far as it came.
    pub answer: String,
    /// Why there is no answer.
    pub said: String,
    pub at: i64,
    /// Milliseconds.
    pub took: Option<i64>,
}

/// How many questions a member has asked within a day.
fn within_a_day(reader: &mut dyn Reader, member: Uuid, now: i64) -> Result<i64> {
    let sql = "select count(*) from model_call where member = $1 and for_all = 0 and at > $2";
    reader.query(sql, &[member.value(), Value::Int(now - DAY)])?.pop().map_or(Ok(0), |mut row| row.take())
}

/// What was asked for a thing, by whoever looks: the last of each part first. Only what they caused themselves.
///
/// # Errors
/// What the database says.
pub fn asked_of(reader: &mut dyn Reader, of: Uuid, member: Uuid, most: usize) -> Result<Vec<Asked>> {
    let sql = format!(
        "select part, model, body, answer, said, at, took from model_call where sent_for = $1 and member = $2 and body <> '' order by part, at, id limit {most}"
    );
    let rows = reader.query(&sql, &[of.value(), member.value()])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Asked {
                part: row.take()?,
                model: row.take()?,
                body: row.take()?,
                answer: row.take()?,
                said: row.take()?,
                at: row.take()?,
                took: row.take()?,
            })
        })
        .collect()
}

/// What can be done about a full day.
const LASTS: &str = "Each counts for 24 hours; whoever runs Tandem can allow more.";

/// Whether a member has had this asked before, word for word.
///
/// # Errors
/// What the database says.
pub fn was_asked(reader: &mut dyn Reader, member: Uuid, body: &Json) -> Result<bool> {
    let sql = "select 1 from model_call where member = $1 and body = $2 limit 1";
    Ok(!reader.query(sql, &[member.value(), Value::Text(body.to_string())])?.is_empty())
}

/// That a day is full.
fn spent(a_day: i64) -> String {
    match a_day {
        ..=0 => "Nobody may ask the model here.".into(),
        1 => format!("Your one question of this day is asked. {LASTS}"),
        _ => format!("Your {a_day} questions of this day are asked. {LASTS}"),
    }
}

impl App {
    /// Sets up the model that is asked; only the first call counts.
    pub fn ask_by(&self, model: Arc<dyn Model>) {
        if self.jobs.model.set(model).is_err() {
            tracing::warn!("a model was set up before");
        }
    }

    /// What the model is called, where one is set up.
    pub fn model(&self) -> Option<String> {
        self.jobs.model.get().map(|model| model.name().to_owned())
    }

    /// Whether a model is set up.
    pub fn has_model(&self) -> bool {
        self.jobs.does(Lane::Model)
    }

    /// How many questions a member may still ask today.
    ///
    /// # Errors
    /// What the database says.
    pub fn questions_left(&self, reader: &mut dyn Reader, member: Uuid) -> Result<i64> {
        let a_day = self.jobs.model.get().map_or(0, |model| model.a_day());
        Ok((a_day - within_a_day(reader, member, self.clock.now())?).max(0))
    }

    /// Asks what a task asks.
    pub(super) async fn ask_model(&self, job: &Claimed, asking: Asking) -> Tried<Vec<Reply>> {
        let Some(model) = self.jobs.model.get().cloned() else {
            return Err(Failed { said: "No model is set up here.".into(), for_good: false });
        };
        let mut replies = vec![];
        for body in &asking.bodies {
            let name = model.name().to_owned();
            replies.push(match self.begin_call(job, &asking, body, &*model).await? {
                None => Reply { model: name, text: String::new(), failed: Some(spent(model.a_day())) },
                Some((id, began)) => {
                    let answered = model.ask(body).await;
                    let (text, failed) = match answered {
                        Ok(text) => (text, None),
                        Err(Unanswered { said, heard }) => (heard, Some(said)),
                    };
                    self.end_call(job, &asking, id, self.clock.now() - began, (&text, failed.as_deref())).await?;
                    Reply { model: name, text: if failed.is_none() { text } else { String::new() }, failed }
                }
            });
        }
        Ok(replies)
    }

    /// Notes that a question is asked, before it is: what a stop breaks off counts all the same. None where the day is full.
    async fn begin_call(&self, job: &Claimed, asking: &Asking, body: &Json, model: &dyn Model) -> Result<Option<(Uuid, i64)>> {
        let (now, id, a_day) = (self.clock.now(), Uuid::now_v7(), model.a_day());
        let (actor, of, part, for_all) = (job.actor, asking.of, asking.part.clone(), asking.for_all);
        let (name, body, kind, job) = (model.name().to_owned(), body.to_string(), job.kind.clone(), job.clone());
        self.store
            .write(move |writer| {
                // What was to be asked was read before; where somebody's data was erased meanwhile, the job is no longer held.
                job.hold(writer)?;
                if let Some(member) = actor.filter(|_| !for_all)
                    && within_a_day(writer.reader(), member, now)? >= a_day
                {
                    return Ok(None);
                }
                let values = vec![
                    id.value(),
                    of.value(),
                    Value::Text(part),
                    actor.value(),
                    for_all.value(),
                    Value::Text(kind),
                    Value::Text(name),
                    Value::Text(body),
                    Value::Int(now),
                ];
                writer.put(
                    "insert into model_call (id, sent_for, part, member, for_all, kind, model, body, at, took, answer, said)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, '', '')",
                    values,
                )?;
                Ok(Some((id, now)))
            })
            .await
    }

    /// Keeps what came of it.
    async fn end_call(&self, job: &Claimed, asking: &Asking, id: Uuid, took: i64, (text, failed): (&str, Option<&str>)) -> Result<()> {
        let (registry, clock, node) = (self.registry.clone(), self.clock.clone(), self.hub.node());
        let values = vec![id.value(), Value::Int(took), Value::Text(text.to_owned()), Value::Text(failed.unwrap_or_default().to_owned())];
        let (noun, product, only) = (asking.noun, job.product, job.actor.filter(|_| !asking.for_all));
        let job = job.clone();
        let told = self
            .store
            .write(move |writer| {
                job.hold(writer)?;
                writer.put_any("update model_call set took = $2, answer = $3, said = $4 where id = $1", values)?;
                let mut work = run::Work::new(writer, &registry, clock.moment(None), node);
                // Pages that show it follow its thing.
                work.told.push(Told { node, product, only, nouns: BTreeSet::from([noun.to_owned()]), act: Uuid::nil() });
                work.tell_others()
            })
            .await?;
        self.tell(told);
        Ok(())
    }
}
