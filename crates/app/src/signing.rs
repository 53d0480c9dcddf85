//! How keys to sign with are kept and thrown away: without an event, and told to nobody.

use crate::run::Work;
use kernel::{Column, Reader, Result, SigningKey, Uuid, Value};

impl Work<'_> {
    pub fn keep_keys(&mut self, keys: Vec<SigningKey>) -> Result<()> {
        for key in keys {
            match key.word {
                Some(word) => self.writer.put(
                    "insert into signing_key (id, word, made_at) values ($1, $2, $3)
                     on conflict (id) do update set word = excluded.word, made_at = excluded.made_at",
                    vec![key.of.value(), Value::Text(word), Value::Int(self.moment.now)],
                )?,
                None => self.writer.put_any("delete from signing_key where id = $1", vec![key.of.value()])?,
            }
        }
        Ok(())
    }
}

/// The key of a thing, for what signs with it.
pub(crate) fn key_of(reader: &mut dyn Reader, thing: Uuid) -> Result<Option<String>> {
    reader.query("select word from signing_key where id = $1", &[thing.value()])?.pop().map(|mut row| row.take()).transpose()
}
