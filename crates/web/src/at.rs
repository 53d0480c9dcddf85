//! Where a request stands: the house, who knocks, and which product the path names.

use crate::{Page, Peer, errors, frame, peer::Proxies, waiting::MOST_PRODUCTS};
use app::{App, Boxed, Credential, Visitor};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Door, Key, Look, Result};
use std::sync::Arc;

/// The running program as pages see it.
pub struct House {
    pub app: App,
    /// Where people reach it, for links in mail; else taken from the request.
    pub origin: Option<String>,
    /// Whose word about who asks is taken.
    pub proxies: Proxies,
    /// Ends the streams of news when the house closes.
    pub closing: Closing,
}

impl House {
    /// Whether people come by HTTPS.
    pub fn is_https(&self, peer: &Peer) -> bool {
        self.origin.as_deref().map_or(peer.https, |origin| origin.starts_with("https://"))
    }
}

/// Said once, when the house closes.
#[derive(Clone, Debug, Default)]
pub struct Closing(tokio::sync::watch::Sender<bool>);

impl Closing {
    /// Says it.
    pub fn say(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was said, followed.
    pub fn watch(&self) -> tokio::sync::watch::Receiver<bool> {
        self.0.subscribe()
    }
}

pub type Web = Arc<House>;

/// A request, read as far as any page needs.
pub struct At {
    pub house: Web,
    pub visitor: Visitor,
    pub product: Option<String>,
    pub uri: Uri,
    /// The page's script asks: answer with data instead of redirects.
    pub scripted: bool,
    /// Its page may take long to read, so that is done apart from the short ones.
    long: bool,
    pub headers: HeaderMap,
    pub peer: Peer,
}

impl FromRequestParts<Web> for At {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &Web) -> std::result::Result<Self, Response> {
        let path = RawPathParams::from_request_parts(parts, house).await.map_err(IntoResponse::into_response)?;
        // What is no key is no product, and goes into no link.
        let product = path.iter().find(|(name, key)| *name == "product" && Key::is_product_key(key)).map(|(_, key)| key.to_owned());
        let credential = session(&parts.headers);
        Ok(At {
            house: house.clone(),
            visitor: Visitor { credential, door: Door::Page },
            product,
            uri: parts.uri.clone(),
            long: false,
            scripted: parts.headers.contains_key("x-tandem"),
            headers: parts.headers.clone(),
            peer: parts.extensions.get::<Peer>().cloned().unwrap_or_default(),
        })
    }
}

fn session(headers: &HeaderMap) -> Credential {
    cookie(headers, SESSION).map_or(Credential::Nobody, |word| Credential::Session(app::secret::hash(word)))
}

/// What a request shows: a bearer token, or the session of our own pages.
pub fn credential(headers: &HeaderMap) -> Credential {
    let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.split_once(' '));
    match shown {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Credential::Token(app::secret::hash(token.trim())),
        _ => session(headers),
    }
}

/// Name of the session cookie.
pub const SESSION: &str = "tandem";
/// Name of the cookie with a sentence for the next page.
pub const SAID: &str = "said";

/// Name of the cookie with the keys of the products looked at last.
const RECENT: &str = "recent";

fn recent(headers: &HeaderMap) -> Vec<String> {
    let keys = cookie(headers, RECENT).unwrap_or_default().split('.');
    keys.filter(|key| kernel::Key::is_product_key(key)).take(MOST_PRODUCTS).map(str::to_owned).collect()
}

/// The cookie once a product is looked at; none where it was the last one already.
fn remembered(key: &str, recent: &[String]) -> Option<HeaderValue> {
    if recent.first().is_some_and(|first| first == key) || !kernel::Key::is_product_key(key) {
        return None;
    }
    let others = recent.iter().map(String::as_str).filter(|known| *known != key);
    let keys: Vec<&str> = std::iter::once(key).chain(others).take(MOST_PRODUCTS).collect();
    HeaderValue::from_str(&format!("{RECENT}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", keys.join("."))).ok()
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl At {
    /// For a page that may take long: the past, a report.
    pub fn long(mut self) -> At {
        self.long = true;
        self
    }

    /// Reads, renders and frames a page, all in one reading job.
    pub fn page(self, read: impl FnOnce(&mut Look) -> Result<Page> + Send + 'static) -> Boxed<'static, Response> {
        Box::pin(self.paged(Box::new(read)))
    }

    /// Without the type of what is read, so that all of it is built once and not for each page.
    async fn paged(self, read: Box<dyn FnOnce(&mut Look) -> Result<Page> + Send>) -> Response {
        let said = cookie(&self.headers, SAID).map(str::to_owned);
        let uri = self.uri.clone();
        let had_said = said.is_some();
        let recent = recent(&self.headers);
        let keeps = self.product.as_ref().and_then(|key| remembered(key, &recent));
        let in_product = self.product.is_some();
        let framed = self
            .read(move |look| {
                // First of all, so that nothing else is said to whoever does not belong to it.
                if in_product {
                    look.scope.product_id()?;
                }
                let page = read(look)?;
                frame::complete(look, page, &uri, said.as_deref(), &recent)
            })
            .await;
        match framed {
            Ok(markup) => {
                let mut response = markup.into_response();
                if had_said {
                    let gone = HeaderValue::from_static("said=; Path=/; Max-Age=0; SameSite=Lax");
                    response.headers_mut().append(header::SET_COOKIE, gone);
                }
                if let Some(kept) = keeps {
                    response.headers_mut().append(header::SET_COOKIE, kept);
                }
                response
            }
            Err(refusal) => errors::page(&self, refusal).await,
        }
    }

    /// Reads as whoever asks, on the thread that asks or apart from the short reads.
    pub async fn read<T: Send + 'static>(&self, read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static) -> Result<T> {
        let (app, product) = (&self.house.app, self.product.as_deref());
        match self.long {
            true => app.compute(&self.visitor, product, read).await,
            false => app.ask(&self.visitor, product, read).await,
        }
    }

    /// The address of ours at which the form stood that is sent.
    pub fn came_from(&self) -> Option<String> {
        let full = self.headers.get(header::REFERER)?.to_str().ok()?;
        let (_, rest) = full.split_once("://")?;
        rest.find('/').map(|slash| rest[slash..].to_owned())
    }

    /// Where this house is reached, for links that leave it.
    pub fn origin(&self) -> String {
        self.house.origin.clone().unwrap_or_else(|| {
            let scheme = if self.peer.https { "https" } else { "http" };
            format!("{scheme}://{}", self.peer.host.as_deref().unwrap_or("127.0.0.1:8040"))
        })
    }
}
