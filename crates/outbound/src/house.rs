//! Asking a Tandem that runs elsewhere, on behalf of whoever types at the terminal: they name the machine, so it may stand
//! in their own network, and certificates of their own may be trusted.

use reqwest::{Client, header::CONTENT_TYPE, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::Path, sync::Arc, time::Duration};

/// How often it is tried where nobody answers, and how long it waits before.
const WAITS: &[u64] = &[0, 2, 6];
/// As long as a large report may take.
const LONGEST: Duration = Duration::from_secs(300);

/// A Tandem elsewhere.
pub struct Elsewhere {
    client: Client,
    base: String,
    token: String,
}

impl Elsewhere {
    /// # Errors
    /// What is wrong with the address, or with the file of certificates.
    pub fn new(base: &str, token: &str, certificates: Option<&Path>) -> Result<Elsewhere, String> {
        let base = base.trim_end_matches('/').to_owned();
        if !(base.starts_with("https://") || base.starts_with("http://")) {
            return Err(format!("{base} is no address of Tandem; write it as https://tandem.example.org"));
        }
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(file) = certificates {
            let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| wrong(&error))? {
                roots.add(certificate.map_err(|error| wrong(&error))?).map_err(|error| wrong(&error))?;
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
        let tls = tls.map_err(|error| error.to_string())?.with_root_certificates(roots).with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .timeout(LONGEST)
            .user_agent(concat!("Tandem/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Elsewhere { client, base, token: token.to_owned() })
    }

    /// Posts what may be posted twice; the status and the text of the answer. Tried again where nobody answers.
    ///
    /// # Errors
    /// That nobody answers.
    pub async fn post(&self, path: &str, kind: &str, body: &[u8]) -> Result<(u16, String), String> {
        let mut said = String::new();
        for wait in WAITS {
            tokio::time::sleep(Duration::from_secs(*wait)).await;
            let request = self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token).header(CONTENT_TYPE, kind).body(body.to_vec());
            match request.send().await {
                Ok(answer) if matches!(answer.status().as_u16(), 502..=504) => said = format!("{} answers {}", self.base, answer.status()),
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    return Ok((status, answer.text().await.map_err(|error| error.to_string())?));
                }
                Err(error) => {
                    let mut cause: &dyn std::error::Error = &error;
                    while let Some(inner) = cause.source() {
                        cause = inner;
                    }
                    said = format!("{} cannot be reached: {cause}", self.base);
                }
            }
        }
        Err(said)
    }
}
