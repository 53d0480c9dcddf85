//! How keys to sign with are kept and thrown away: without an event, and told to nobody.

use crate::run::Work;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Column, Reader, Result, SigningKey, Uuid, Value};
use sha2::{Digest, Sha256};

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

/// How a message from elsewhere shows that its sender knows the key of a thing.
#[derive(Clone, Debug)]
pub enum Proof {
    /// HMAC-SHA256 over the message, in hexadecimal digits.
    Signed(String),
    /// The key itself.
    Word(String),
}

/// Whether a message comes from whoever knows the key of a thing. Without a key nothing is proven.
///
/// # Errors
/// Whatever the database says.
pub fn proves(reader: &mut dyn Reader, thing: Uuid, message: &[u8], proof: &Proof) -> Result<bool> {
    Ok(key_of(reader, thing)?.is_some_and(|key| fits(&key, message, proof)))
}

fn fits(key: &str, message: &[u8], proof: &Proof) -> bool {
    match proof {
        Proof::Signed(hex) => {
            let bytes = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
            let signature: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(bytes).collect();
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return false };
            mac.update(message);
            signature.is_some_and(|signature| mac.verify_slice(&signature).is_ok())
        }
        // By their digests, so that how long it takes tells nothing.
        Proof::Word(word) => Sha256::digest(word.as_bytes()) == Sha256::digest(key.as_bytes()),
    }
}

/// The key of a thing, for what signs with it.
pub(crate) fn key_of(reader: &mut dyn Reader, thing: Uuid) -> Result<Option<String>> {
    reader.query("select word from signing_key where id = $1", &[thing.value()])?.pop().map(|mut row| row.take()).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of GitHub's own documentation.
    #[test]
    fn a_signature_proves_the_message_and_nothing_else_does() {
        let signed = |hex: &str| Proof::Signed(hex.to_owned());
        let right = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let proven = |message: &[u8], proof: &Proof| fits("It's a Secret to Everybody", message, proof);
        assert!(proven(b"Hello, World!", &signed(right)));
        assert!(!proven(b"Hello, World?", &signed(right)));
        for wrong in ["", "75", "zz", &right[1..], &right.replace('7', "8")] {
            assert!(!proven(b"Hello, World!", &signed(wrong)), "{wrong}");
        }
        assert!(proven(b"x", &Proof::Word("It's a Secret to Everybody".into())) && !proven(b"x", &Proof::Word(String::new())));
    }
}
