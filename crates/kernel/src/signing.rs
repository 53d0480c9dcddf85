//! Keys that the house signs with what it sends. It must know them itself, so what is kept is no hash; therefore they are
//! no noun and stand in a table that nothing which reads nouns knows: neither activity, export, search, stream nor any
//! door. A backup carries them. Only what signs reads them (`crates/app/src/jobs/outward.rs`).

use uuid::Uuid;

/// The table, which a backup takes along.
pub const TABLE: &str = "signing_key";

/// A key is made for a thing, in the place of the one before, or thrown away.
#[derive(Debug)]
pub struct SigningKey {
    pub of: Uuid,
    /// As Standard Webhooks writes it; none throws it away.
    pub word: Option<String>,
}

impl SigningKey {
    /// A key from a secret of 256 bits. Its digits are read as base64, so nothing has to be written anew.
    pub fn new(of: Uuid, secret: &str) -> SigningKey {
        SigningKey { of, word: Some(format!("whsec_{secret}")) }
    }

    pub fn thrown_away(of: Uuid) -> SigningKey {
        SigningKey { of, word: None }
    }
}
