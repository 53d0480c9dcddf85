//! Files in a store that speaks S3. Where it is was said by whoever runs the program, so it may be a machine of one's own
//! network; nothing that people write leads there.

use crate::tls;
use kernel::{Refusal, Result};
use object_store::{
    ClientOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{HttpClient, HttpConnector},
    path::Path as Key,
};
use reqwest::{Client, redirect};
use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};
use tokio::{runtime, sync::mpsc::UnboundedSender};
use tokio_stream::StreamExt;

/// Who waits for a file waits so long, with all tries.
const PATIENCE: Duration = Duration::from_secs(20);
/// Tries after the first.
const MORE_TRIES: usize = 2;

/// One who asks over the net as the rest of the house does: encrypted alike, led on to no other machine.
#[derive(Debug)]
struct Messenger(Client);

impl Messenger {
    fn new(authorities: Option<&str>) -> std::result::Result<Messenger, String> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls::config(authorities)?)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .user_agent(concat!("Tandem/", env!("CARGO_PKG_VERSION")));
        Ok(Messenger(client.build().map_err(|e| e.to_string())?))
    }
}

impl HttpConnector for Messenger {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

/// What a thread of its own asks the other machine: whoever waits for the answer holds up nobody who asks.
type Question = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A thread that asks until nobody holds its end any more.
fn asking() -> std::result::Result<UnboundedSender<Question>, String> {
    let (questions, mut asked) = tokio::sync::mpsc::unbounded_channel::<Question>();
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    let ask = move || {
        runtime.block_on(async move {
            while let Some(question) = asked.recv().await {
                tokio::spawn(question);
            }
        });
    };
    thread::Builder::new().name("bucket".into()).spawn(ask).map_err(|e| e.to_string())?;
    Ok(questions)
}

/// A place in a bucket.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    /// As it was named.
    url: String,
    prefix: String,
    questions: UnboundedSender<Question>,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.url)
    }
}

impl Bucket {
    /// `s3://BUCKET/PREFIX`. `said` answers what the environment says: with which key it opens, in which region it lies,
    /// and at which endpoint, where that is not Amazon's.
    ///
    /// # Errors
    /// A sentence for whoever starts the program.
    pub fn open(url: &str, said: impl Fn(&str) -> Option<String>) -> std::result::Result<Bucket, String> {
        let rest = url.strip_prefix("s3://").filter(|rest| !rest.is_empty() && !rest.starts_with('/'));
        let rest = rest.ok_or_else(|| format!("“{url}” is no bucket; write s3://BUCKET/PREFIX"))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let said = |name: &str| said(name).filter(|value| !value.is_empty());
        // Without a key of its own the library would ask machines that nobody has named for one.
        let needed = |name: &str| said(name).ok_or_else(|| format!("to open {url}, say {name} in the environment"));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_access_key_id(needed("AWS_ACCESS_KEY_ID")?)
            .with_secret_access_key(needed("AWS_SECRET_ACCESS_KEY")?)
            .with_region(said("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned()))
            .with_retry(RetryConfig { max_retries: MORE_TRIES, retry_timeout: PATIENCE, ..RetryConfig::default() })
            .with_http_connector(Messenger::new(said("AWS_CA_BUNDLE").as_deref())?)
            // One file at a time, by the plain request that every store knows.
            .with_disable_bulk_delete(true)
            .with_allow_http(true);
        if let Some(token) = said("AWS_SESSION_TOKEN") {
            builder = builder.with_token(token);
        }
        if let Some(endpoint) = said("AWS_ENDPOINT").or_else(|| said("AWS_ENDPOINT_URL")) {
            builder = builder.with_endpoint(endpoint);
        }
        let store = Arc::new(builder.build().map_err(|e| format!("{url}: {e}"))?);
        Ok(Bucket { store, url: url.to_owned(), prefix: prefix.trim_matches('/').to_owned(), questions: asking()? })
    }

    fn key(&self, name: &str) -> Key {
        Key::from(if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) })
    }

    /// Waits for the other machine on the thread that asks, which must be none of those that serve requests.
    fn wait<T: Send + 'static>(&self, asked: impl Future<Output = object_store::Result<T>> + Send + 'static) -> Result<Option<T>> {
        let (answer, answered) = mpsc::channel();
        // Where nobody asks any more, nobody answers either.
        drop(self.questions.send(Box::pin(async move { drop(answer.send(asked.await)) })));
        match answered.recv() {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(None),
            Ok(Err(error)) => Err(Refusal::broken(format!("{}: {error}", self.url))),
            Err(_) => Err(Refusal::broken(format!("{}: nobody asks there any more", self.url))),
        }
    }

    pub(crate) fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let (store, key) = (self.store.clone(), self.key(name));
        self.wait(async move { store.put(&key, PutPayload::from(bytes)).await }).map(drop)
    }

    pub(crate) fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let (store, key) = (self.store.clone(), self.key(name));
        self.wait(async move { Ok(store.get(&key).await?.bytes().await?.to_vec()) })
    }

    /// How large a file is and when it came, in milliseconds since 1970.
    pub(crate) fn head(&self, name: &str) -> Result<Option<(u64, i64)>> {
        let (store, key) = (self.store.clone(), self.key(name));
        Ok(self.wait(async move { store.head(&key).await })?.map(|meta| (meta.size, came(&meta))))
    }

    /// The names of all files, and when each came.
    pub(crate) fn all(&self) -> Result<HashMap<String, i64>> {
        let (store, prefix) = (self.store.clone(), self.prefix.clone());
        let all = self.wait(async move {
            let prefix = (!prefix.is_empty()).then(|| Key::from(prefix));
            store.list(prefix.as_ref()).collect::<object_store::Result<Vec<ObjectMeta>>>().await
        })?;
        let named = |meta: ObjectMeta| Some((meta.location.filename()?.to_owned(), came(&meta)));
        Ok(all.unwrap_or_default().into_iter().filter_map(named).collect())
    }

    pub(crate) fn delete(&self, name: &str) -> Result<()> {
        let (store, key) = (self.store.clone(), self.key(name));
        self.wait(async move { store.delete(&key).await }).map(drop)
    }
}

fn came(meta: &ObjectMeta) -> i64 {
    meta.last_modified.timestamp_millis()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_open_is_told_with_what_to_say() {
        let key = |name: &str| matches!(name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY").then(|| "known".to_owned());
        assert!(Bucket::open("s3://files/tandem/", key).is_ok_and(|bucket| bucket.key("ab").as_ref() == "tandem/ab"));
        assert!(Bucket::open("s3://files", key).is_ok_and(|bucket| bucket.key("ab").as_ref() == "ab"));
        for no_bucket in ["s3://", "s3:///x", "files", "https://x.org"] {
            assert!(Bucket::open(no_bucket, key).is_err_and(|why| why.contains("write s3://BUCKET/PREFIX")), "{no_bucket}");
        }
        let without = Bucket::open("s3://files", |name| key(name).filter(|_| name != "AWS_SECRET_ACCESS_KEY"));
        assert!(without.is_err_and(|why| why.contains("AWS_SECRET_ACCESS_KEY")));
    }
}
