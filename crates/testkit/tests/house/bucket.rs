//! Files in a store that speaks S3: a pretended one, which answers nobody whose request is not signed as it should be.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use kernel::{json, matrix::Way};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Blobs, Bucket};
use testkit::{House, address, files};

const KEY: &str = "AKTANDEM";
const SECRET: &str = "keep it";
const REGION: &str = "eu-test-1";
/// When everything in it came, as a list says it and as a file's head does.
const CAME: (&str, &str) = ("2020-01-01T00:00:00.000Z", "Wed, 01 Jan 2020 00:00:00 GMT");

#[derive(Clone, Default)]
struct Pretended(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    files: BTreeMap<String, Bytes>,
    /// Requests that were not signed as they should be.
    unsigned: usize,
    is_down: bool,
}

impl Pretended {
    fn with<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn names(&self) -> Vec<String> {
        self.with(|inside| inside.files.keys().cloned().collect())
    }
}

fn sha(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    let mut block = [0; 64];
    match key.len() > 64 {
        true => block[..32].copy_from_slice(&sha(key)),
        false => block[..key.len()].copy_from_slice(key),
    }
    let inner = sha(&[&block.map(|b| b ^ 0x36)[..], text.as_bytes()].concat());
    sha(&[&block.map(|b| b ^ 0x5c)[..], &inner].concat())
}

/// Whether a request is signed with the key, by the rules of AWS Signature Version 4.
fn is_signed(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<bool> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let part = |name: &str| header("authorization")?.split([' ', ',']).find_map(|part| part.trim().strip_prefix(name));
    let (date, payload, names) = (header("x-amz-date")?, header("x-amz-content-sha256")?, part("SignedHeaders=")?);
    let day = &date[..8];
    let scope = format!("{day}/{REGION}/s3/aws4_request");
    let mut query: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let signed: Option<Vec<String>> = names.split(';').map(|name| Some(format!("{name}:{}\n", header(name)?))).collect();
    let canonical = format!("{method}\n{}\n{}\n{}\n{names}\n{payload}", uri.path(), query.join("&"), signed?.concat());
    let said = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&sha(canonical.as_bytes())));
    let key = [day, REGION, "s3", "aws4_request"].iter().fold(format!("AWS4{SECRET}").into_bytes(), |key, part| hmac(&key, part).to_vec());
    let whole = payload == hex(&sha(body)) || payload == "UNSIGNED-PAYLOAD";
    Some(whole && part("Credential=")? == format!("{KEY}/{scope}") && part("Signature=")? == hex(&hmac(&key, &said)))
}

async fn answer(State(store): State<Pretended>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let key = uri.path().strip_prefix("/files/").unwrap_or_default().to_owned();
    store.with(|inside| {
        if inside.is_down {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        if is_signed(&method, &uri, &headers, &body) != Some(true) {
            inside.unsigned += 1;
            return StatusCode::FORBIDDEN.into_response();
        }
        let dated = [("last-modified", CAME.1), ("etag", "\"x\"")];
        match (method.as_str(), key.as_str()) {
            ("PUT", _) => {
                inside.files.insert(key, body);
                dated.into_response()
            }
            ("GET", "") => {
                let contents = |(name, bytes): (&String, &Bytes)| {
                    format!("<Contents><Key>{name}</Key><LastModified>{}</LastModified><ETag>x</ETag><Size>{}</Size></Contents>", CAME.0, bytes.len())
                };
                let all: String = inside.files.iter().map(contents).collect();
                format!(
                    "<ListBucketResult><Name>files</Name><KeyCount>{}</KeyCount><IsTruncated>false</IsTruncated>{all}</ListBucketResult>",
                    inside.files.len()
                )
                .into_response()
            }
            ("GET" | "HEAD", _) => match inside.files.get(&key) {
                Some(bytes) => (dated, bytes.clone()).into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            ("DELETE", _) => {
                inside.files.remove(&key);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        }
    })
}

/// A pretended store, and how its bucket is opened with a secret.
async fn pretended() -> (Pretended, impl Fn(&str) -> Bucket) {
    let store = Pretended::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(store.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let open = move |secret: &str| {
        let said = |name: &str| match name {
            "AWS_ACCESS_KEY_ID" => Some(KEY.to_owned()),
            "AWS_SECRET_ACCESS_KEY" => Some(secret.to_owned()),
            "AWS_REGION" => Some(REGION.to_owned()),
            "AWS_ENDPOINT" => Some(endpoint.clone()),
            _ => None,
        };
        Bucket::open("s3://files/tandem/", said).unwrap()
    };
    (store, open)
}

/// What is done with files away from the runtime's own thread, as everywhere.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_kept_in_a_bucket_and_the_folder_may_go() {
    let (store, open) = pretended().await;
    let folder = files();
    let app = testkit::open(address(), app::Clock::held(1_790_000_000_000), 2).await;
    let h = House::over(app.with_files(Blobs::at(&folder).behind(open(SECRET))), Way::TwoPeople).await;
    let story = h.made("owner", "story.create", json!({ "title": "Pay by card" }), "story").await;
    let attached = h.attach("owner", "story", &story, "notes.txt", b"zqwords").await;
    assert_eq!(attached.status, 200, "{}", attached.text);
    let id = attached.json()["attached"][0]["id"].as_str().unwrap().replace('-', "");
    let kept = format!("tandem/{}", hex(&sha(b"zqwords")));
    assert_eq!(store.names(), std::slice::from_ref(&kept));
    // What lay in the folder is lost, as on another node, which has one of its own.
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(h.get("developer", &format!("/attachments/{id}")).await.text, "zqwords");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
    let backup = crate::history::backup(&h.app).await;
    let other = crate::history::empty(&h.app.clock).await;
    crate::history::restore(&other, &backup).await.unwrap();
    assert!(other.check().await.unwrap().wrong.is_empty(), "brought back into a folder");
    // Thrown away once no row names it, as in a folder.
    h.run("owner", "attachment.remove", json!({ "attachment": id })).await.unwrap();
    h.app.clock.forward(400 * 86_400_000);
    h.app.tidy_up().await.unwrap();
    h.app.throw_files_away().await.unwrap();
    assert_eq!(store.names(), Vec::<String>::new());
    assert_eq!(store.with(|inside| inside.unsigned), 0);
    // And brought back into it.
    let third = crate::history::empty(&h.app.clock).await.with_files(Blobs::at(files()).behind(open(SECRET)));
    crate::history::restore(&third, &backup).await.unwrap();
    assert_eq!(store.names(), [kept]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_gone_is_told_and_what_cannot_be_asked_is_not_called_gone() {
    let (store, open) = pretended().await;
    let folder = files();
    let app = testkit::open(address(), app::Clock::held(1_790_000_000_000), 2).await;
    let h = House::over(app.with_files(Blobs::at(&folder).behind(open(SECRET))), Way::TwoPeople).await;
    let story = h.made("owner", "story.create", json!({ "title": "Pay by card" }), "story").await;
    h.attach("owner", "story", &story, "notes.txt", b"zqwords").await;
    std::fs::remove_dir_all(&folder).unwrap();
    store.with(|inside| inside.is_down = true);
    assert!(h.app.check().await.is_err(), "nobody knows");
    assert!(h.attach("owner", "story", &story, "more.txt", b"more").await.status.is_server_error());
    assert_eq!(h.number("select count(*) from attachment").await, 1);
    store.with(|inside| (inside.is_down, inside.files) = (false, BTreeMap::new()));
    let wrong = h.app.check().await.unwrap().wrong;
    assert!(wrong.iter().any(|w| w.contains("notes.txt") && w.contains("is gone")), "{wrong:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_in_the_folder_is_handed_over() {
    let (store, open) = pretended().await;
    let folder = files();
    let before = Blobs::at(&folder);
    let kept = before.keep(b"from before").unwrap();
    let blobs = before.clone().behind(open(SECRET));
    let (first, name) = (blobs.clone(), kept.sha256.clone());
    assert!(apart(move || first.size(&name).unwrap()).await.is_some(), "it is there all the same");
    let first = blobs.clone();
    apart(move || first.kept_before(i64::MAX).unwrap()).await;
    assert_eq!(store.names(), [format!("tandem/{}", kept.sha256)]);
    assert!(before.size(&kept.sha256).unwrap().is_none(), "once is enough");
    let (again, name) = (blobs.clone(), kept.sha256.clone());
    assert!(apart(move || again.open(&name).is_ok()).await);
    assert!(before.size(&kept.sha256).unwrap().is_some(), "for whoever asks next");
    // Whatever lies under a name that is not its own is not given out.
    let other = hex(&sha(b"other"));
    store.with(|inside| inside.files.insert(format!("tandem/{other}"), Bytes::from_static(b"not that")));
    assert!(apart(move || blobs.open(&other).is_err()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_key_opens_nothing() {
    let (store, open) = pretended().await;
    let blobs = Blobs::at(files()).behind(open("guessed"));
    assert!(apart(move || blobs.keep(b"x").is_err()).await);
    assert!(store.names().is_empty() && store.with(|inside| inside.unsigned) > 0);
}
