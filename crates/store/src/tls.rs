//! How connections to other machines are encrypted: with ring, trusting who the web trusts, or whom a file names instead.

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{fmt::Display, sync::Arc};

/// # Errors
/// A sentence about the file of authorities, or about the machine's cryptography.
pub(crate) fn config(authorities: Option<&str>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = authorities {
        roots = RootCertStore::empty();
        let unread = |e: &dyn Display| format!("{file}: {e}");
        for certificate in CertificateDer::pem_file_iter(file).map_err(|e| unread(&e))? {
            roots.add(certificate.map_err(|e| unread(&e))?).map_err(|e| unread(&e))?;
        }
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    Ok(tls.map_err(|e| e.to_string())?.with_root_certificates(roots).with_no_client_auth())
}
