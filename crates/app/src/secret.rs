//! Secrets: random words that are shown once and kept only as a hash, and passwords.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use kernel::{Refusal, Result, Secret};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use tokio::sync::Semaphore;

/// A fresh secret of 256 bits.
pub fn make() -> Secret {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    let plain = hex(&bytes);
    let hash = hash(&plain);
    Secret { plain, hash }
}

/// What is kept of a secret. It has 256 bits of its own, so a plain SHA-256 suffices.
pub fn hash(plain: &str) -> String {
    hex(&Sha256::digest(plain.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Argon2id with the crate's defaults (19 MiB, two passes: OWASP's first choice). Takes some 20 ms of
/// CPU, so it runs on a blocking thread and never inside a transaction.
pub async fn hash_password(password: String) -> Result<String> {
    blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(|e| Refusal::broken(e.to_string()))).await
}

/// Whether the password fits. Without a hash (an unknown e-mail) it takes just as long.
pub async fn verify_password(password: String, hash: Option<String>) -> Result<bool> {
    blocking(move || {
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$6b6wWzQhB8TzJ0Zs0lW0m8wYb0mJm4t5m3d0qk0YH3k";
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let parsed = PasswordHash::new(&hash).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
}

/// Passwords worked on at once: each takes 19 MiB and a core, and strangers may ask for it.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(|e| Refusal::broken(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Refusal::broken(e.to_string()))?
}
