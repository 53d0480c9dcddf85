//! Parcels: files that a job works on. Their bytes stand in the database in pieces, so that any node can go on with them
//! after another stopped, and a backup carries them. Machinery without activity: what is made of one has its own.

use crate::{App, jobs::At, run::Work};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Column, Refusal, Result, Row, Uuid, Value, Writer, words};
use std::sync::Arc;

/// The tables, which a backup takes along.
pub const TABLES: &[&str] = &["parcel", "parcel_piece"];
/// So many of one member are under way at once.
const MOST: i64 = 4;
/// Bytes in a piece.
const PIECE: usize = 192 << 10;

words! {
    /// What became of a parcel.
    pub enum Stand { Waiting = "waiting", Done = "done", Failed = "failed" }
}

/// A file, with what is to be done with it.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub id: Uuid,
    /// The key of its product.
    pub product: String,
    pub member: Uuid,
    /// What the file is called.
    pub name: String,
    /// What its room needs to know.
    pub head: String,
    pub stand: Stand,
    pub done: i64,
    pub whole: i64,
    /// What is told once it is done or has failed; before, what its room has to remember.
    pub told: String,
    /// A job works on it, or will: what stopped its last try, if something did.
    pub under_way: Option<String>,
}

/// A parcel that is worked on.
pub struct Opened {
    pub name: String,
    pub head: String,
    pub bytes: Vec<u8>,
    /// What its room had to remember.
    pub told: String,
    /// Somebody was at it before.
    pub began: bool,
}

impl App {
    /// Keeps a file until its job has ended.
    pub async fn keep_parcel(&self, parcel: Parcel, bytes: Arc<Vec<u8>>) -> Result<()> {
        let now = self.clock.now();
        self.store
            .write(move |writer| {
                let under_way = "select count(*) from parcel join job on job.id = parcel.id where parcel.member = $1";
                let under_way: i64 = writer.query(under_way, &[parcel.member.value()])?.pop().map_or(Ok(0), |mut row| row.take())?;
                if under_way >= MOST {
                    return Err(Refusal::TooMany { retry_seconds: 60 });
                }
                writer.put(
                    "insert into parcel (id, product, member, name, head, stand, done, whole, told, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    vec![
                        parcel.id.value(),
                        Value::Text(parcel.product),
                        parcel.member.value(),
                        Value::Text(parcel.name),
                        Value::Text(parcel.head),
                        parcel.stand.value(),
                        Value::Int(parcel.done),
                        Value::Int(parcel.whole),
                        Value::Text(parcel.told),
                        Value::Int(now),
                    ],
                )?;
                for (nth, piece) in bytes.chunks(PIECE).enumerate() {
                    let id = format!("{}-{nth}", parcel.id.simple());
                    writer.put(
                        "insert into parcel_piece (id, parcel, nth, body, at) values ($1, $2, $3, $4, $5)",
                        vec![Value::Text(id), parcel.id.value(), Value::Int(nth as i64), Value::Text(STANDARD.encode(piece)), Value::Int(now)],
                    )?;
                }
                Ok(())
            })
            .await
    }

    /// A parcel of a member in a product.
    pub async fn parcel(&self, id: Uuid, product: &str, member: Uuid) -> Result<Option<Parcel>> {
        let product = product.to_owned();
        let sql = "select name, head, stand, done, whole, told, (select said from job where job.id = parcel.id) from parcel
                   where id = $1 and product = $2 and member = $3";
        let read = move |product, mut row: Row| {
            let (name, head, stand) = (row.take()?, row.take()?, row.take()?);
            let (done, whole, told) = (row.take()?, row.take()?, row.take()?);
            Ok(Parcel { id, product, member, name, head, stand, done, whole, told, under_way: row.take()? })
        };
        self.store
            .read(move |reader| {
                let found = reader.query(sql, &[id.value(), Value::Text(product.clone()), member.value()])?.pop();
                found.map(|row| read(product, row)).transpose()
            })
            .await
    }

    /// Ends the job of a parcel where it is. What it has done stays, and it may be gone on with.
    pub async fn stop_parcel(&self, id: Uuid, product: &str, member: Uuid) -> Result<()> {
        let product = product.to_owned();
        let sql = "delete from job where id in (select id from parcel where id = $1 and product = $2 and member = $3)";
        self.store.write(move |writer| writer.put_any(sql, vec![id.value(), Value::Text(product), member.value()])).await
    }

    /// What is in it, and what is to be done with that.
    pub async fn open_parcel(&self, id: Uuid) -> Result<Opened> {
        self.store
            .read(move |reader| {
                let mut row =
                    reader.query("select name, head, told, done from parcel where id = $1", &[id.value()])?.pop().ok_or(Refusal::NotFound)?;
                let (name, head, told, done) = (row.take()?, row.take()?, row.take()?, row.take::<i64>()?);
                let mut bytes = vec![];
                reader.each("select body from parcel_piece where parcel = $1 order by nth", &[id.value()], &mut |mut row| {
                    STANDARD.decode_vec(row.take::<String>()?, &mut bytes).map_err(|e| Refusal::broken(e.to_string()))
                })?;
                Ok(Opened { name, head, bytes, told, began: done > 0 })
            })
            .await
    }
}

/// Writes down how far the work on one is. Whoever goes over what is done already is no less far.
pub(crate) fn note(writer: &mut dyn Writer, at: &At) -> Result<()> {
    let sql = "update parcel set done = case when done > $1 then done else $1 end, whole = $2 where id = $3";
    writer.put(sql, vec![Value::Int(at.done), Value::Int(at.whole), at.parcel.value()])
}

/// Writes down what its room has to remember.
pub(crate) fn tell(writer: &mut dyn Writer, parcel: Uuid, told: String) -> Result<()> {
    writer.put("update parcel set told = $1 where id = $2", vec![Value::Text(told), parcel.value()])
}

/// Writes down what became of one; its bytes have done their work.
pub(crate) fn settle(writer: &mut dyn Writer, parcel: Uuid, stand: Stand, told: String) -> Result<()> {
    writer.put("update parcel set stand = $1, told = $2 where id = $3", vec![stand.value(), Value::Text(told), parcel.value()])?;
    writer.put_any("delete from parcel_piece where parcel = $1", vec![parcel.value()])
}

impl Work<'_> {
    /// Forgets what a member brought, and of others what nobody works on any more.
    pub fn forget_parcels(&mut self, member: Uuid) -> Result<()> {
        self.writer.execute("delete from job where id in (select id from parcel where member = $1)", &[member.value()])?;
        self.writer.execute("delete from parcel where not exists (select 1 from job where job.id = parcel.id)", &[])?;
        self.writer.execute("delete from parcel_piece where not exists (select 1 from parcel where parcel.id = parcel_piece.parcel)", &[]).map(drop)
    }
}
