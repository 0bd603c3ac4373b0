//! The edge's certificates: one of the authority that its agents trust, and one of another.

use std::net::Ipv4Addr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// New ones for each edge, so that no key lies about.
pub(super) struct Certificates {
    own: TlsAcceptor,
    foreign: TlsAcceptor,
    ca_pem: String,
}

impl Certificates {
    /// Certificates for `localhost`, 127.0.0.1 and one more address.
    pub(super) fn issue(ip: Ipv4Addr) -> Self {
        let own = authority("Bluetick's stand-in for ngrok");
        Self {
            foreign: acceptor(&authority("Somebody who reads along"), ip),
            ca_pem: own.pem(),
            own: acceptor(&own, ip),
        }
    }

    /// Accepts with the certificate of the authority that agents trust.
    pub(super) fn own(&self) -> &TlsAcceptor {
        &self.own
    }

    /// Accepts with a certificate that is just as good, but of an authority that nobody knows.
    pub(super) fn foreign(&self) -> &TlsAcceptor {
        &self.foreign
    }

    /// The authority that agents trust.
    pub(super) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }
}

fn key() -> KeyPair {
    KeyPair::generate().expect("the system has random numbers")
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, name);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    CertifiedIssuer::self_signed(authority, key()).expect("an authority may sign its own")
}

fn acceptor(authority: &CertifiedIssuer<'static, KeyPair>, ip: Ipv4Addr) -> TlsAcceptor {
    let names = vec![
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        ip.to_string(),
    ];
    let key = key();
    let certificate = CertificateParams::new(names)
        .and_then(|leaf| leaf.signed_by(&key, authority))
        .expect("the names are proper ones");
    let private = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows today's versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("the key is the certificate's");
    TlsAcceptor::from(Arc::new(config))
}
