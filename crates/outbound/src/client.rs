//! The client: one request, one answer, in bounds.

use crate::{Allowed, signature};
use app::jobs::{Answer, Outward, Sending, Undelivered};
use reqwest::{
    Client, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, LOCATION},
    redirect,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::{
    error::Error,
    fmt,
    future::Future,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

/// How much and how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until the head of the answer is there.
    pub answer: Duration,
    /// For what is read of its text.
    pub text: Duration,
    /// Bytes of it that are read.
    pub most: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { connect: Duration::from_secs(5), answer: Duration::from_secs(15), text: Duration::from_secs(5), most: 1_000 }
    }
}

type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up.
pub trait Names: Send + Sync {
    /// # Errors
    /// Whatever the look-up says.
    fn look_up(&self, host: &str) -> Found;
}

/// As this machine knows them.
struct System;

impl Names for System {
    fn look_up(&self, host: &str) -> Found {
        let host = host.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

/// Sends requests.
pub struct Outbound {
    pub(crate) client: Client,
    allowed: Allowed,
    limits: Limits,
}

/// Why a request is not sent at all.
#[derive(Debug)]
pub(crate) struct NotLet(pub(crate) String);

impl fmt::Display for NotLet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for NotLet {}

/// Looks a name up and lets nothing through that leads where it may not.
struct Judged {
    names: Arc<dyn Names>,
    allowed: Allowed,
}

impl Resolve for Judged {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, allowed, host) = (self.names.look_up(name.as_str()), self.allowed.clone(), name.as_str().to_owned());
        Box::pin(async move {
            let found = found.await?;
            if let Some(inside) = found.iter().find(|address| !allowed.names(&host) && !allowed.lets(**address)) {
                return Err(NotLet(inward(&host, *inside)).into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

fn inward(host: &str, address: IpAddr) -> String {
    let leads = if host == address.to_string() { format!("{host} is") } else { format!("{host} leads to {address},") };
    format!("{leads} an address of a private network, where nothing is sent. Whoever runs Tandem may allow it (--allow-hosts).")
}

impl Outbound {
    /// # Errors
    /// What is wrong with the machine's cryptography.
    pub fn new(allowed: Allowed) -> Result<Outbound, String> {
        Outbound::with(allowed, Arc::new(System), Limits::default())
    }

    /// The same with names looked up otherwise, or other limits.
    ///
    /// # Errors
    /// What is wrong with the machine's cryptography.
    pub fn with(allowed: Allowed, names: Arc<dyn Names>, limits: Limits) -> Result<Outbound, String> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
        let tls = tls.map_err(|e| e.to_string())?.with_root_certificates(roots).with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(Judged { names, allowed: allowed.clone() }))
            .redirect(redirect::Policy::none())
            // One named by the environment would look names up itself.
            .no_proxy()
            .pool_max_idle_per_host(0)
            .connect_timeout(limits.connect)
            .user_agent(concat!("Tandem/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Outbound { client, allowed, limits })
    }

    /// An address as it is asked, if it may be.
    pub(crate) fn judged(&self, address: &str) -> Result<Url, NotLet> {
        let url = Url::parse(address).map_err(|e| NotLet(format!("{address} is no address: {e}.")))?;
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        // A number in the place of a name is looked up by nobody.
        let literal = host.parse::<IpAddr>().ok();
        if let Some(literal) = literal.filter(|literal| !self.allowed.lets(*literal)) {
            return Err(NotLet(inward(&host, literal)));
        }
        let own = self.allowed.names(&host) || literal.is_some_and(|literal| self.allowed.has(literal));
        match url.scheme() {
            "https" => Ok(url),
            "http" if own => Ok(url),
            "http" => {
                Err(NotLet("Nothing is sent without encryption, unless whoever runs Tandem allows the host (--allow-hosts). Use https.".into()))
            }
            other => Err(NotLet(format!("Nothing is sent by {other}; use https."))),
        }
    }

    async fn ask(&self, sending: &Sending) -> Result<Answer, Undelivered> {
        let url = self.judged(&sending.address).map_err(|refused| Undelivered { said: refused.0, for_good: true })?;
        let (id, at) = (format!("msg_{}", sending.id.simple()), sending.at / 1_000);
        let mut request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", at.to_string())
            .body(sending.body.clone());
        if let Some(signature) = sending.key.as_deref().and_then(|key| signature(key, &id, at, &sending.body)) {
            request = request.header("webhook-signature", signature);
        }
        let late = || Undelivered { said: format!("It did not answer within {} seconds.", self.limits.answer.as_secs()), for_good: false };
        let response = tokio::time::timeout(self.limits.answer, request.send()).await.map_err(|_| late())?.map_err(|error| undelivered(&error))?;
        let status = response.status().as_u16();
        let leads_to = response.headers().get(LOCATION).map(|place| String::from_utf8_lossy(place.as_bytes()).into_owned());
        Ok(Answer { status, leads_to, begins: self.beginning(response).await })
    }

    /// How the text of an answer begins. However long it is or takes, no more is read, and the connection is closed.
    async fn beginning(&self, mut response: Response) -> String {
        let mut read: Vec<u8> = vec![];
        let reading = async {
            while read.len() < self.limits.most {
                match response.chunk().await {
                    Ok(Some(chunk)) => read.extend_from_slice(&chunk[..chunk.len().min(self.limits.most - read.len())]),
                    Ok(None) | Err(_) => break,
                }
            }
        };
        // That it answered is known; the rest of its text is no matter.
        let _ = tokio::time::timeout(self.limits.text, reading).await;
        // A database keeps no NUL in a text.
        String::from_utf8_lossy(&read).replace('\0', "\u{fffd}")
    }
}

/// What stands in the way, in words; the innermost cause says most.
pub(crate) fn undelivered(error: &reqwest::Error) -> Undelivered {
    let mut cause: &(dyn Error + 'static) = error;
    while let Some(inner) = cause.source() {
        cause = inner;
        if let Some(NotLet(said)) = cause.downcast_ref::<NotLet>() {
            return Undelivered { said: said.clone(), for_good: true };
        }
    }
    let said = if error.is_timeout() { "It could not be reached in time.".to_owned() } else { format!("It could not be reached: {cause}.") };
    Undelivered { said, for_good: false }
}

impl Outward for Outbound {
    fn send<'a>(&'a self, sending: &'a Sending) -> Pin<Box<dyn Future<Output = Result<Answer, Undelivered>> + Send + 'a>> {
        Box::pin(self.ask(sending))
    }
}
