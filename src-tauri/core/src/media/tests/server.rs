//! A server that says what a test wants, byte by byte; a well-behaved one could not misbehave.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::Certificate;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

const NAMES: [&str; 6] = [
    "graph.facebook.com",
    "lookaside.fbsbx.com",
    "*.fbcdn.net",
    "*.xx.fbcdn.net",
    "*.whatsapp.net",
    "*.linkmobility.eu",
];

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// `host/path?query`.
    pub(super) address: String,
    pub(super) authorization: Option<String>,
    pub(super) agent: Option<String>,
}

/// What is answered. The connection is closed afterwards.
pub(super) enum Reply {
    /// These bytes, head included.
    Bytes(Vec<u8>),
    /// These bytes, and then nothing until the other side hangs up.
    Stall(Vec<u8>),
    /// A file without an end, of unknown length.
    Endless,
}

impl Reply {
    pub(super) fn ok(body: &[u8]) -> Self {
        Self::status(200, body)
    }

    pub(super) fn status(status: u16, body: &[u8]) -> Self {
        Self::claiming(status, body.len(), body)
    }

    /// An answer that says it has so many bytes.
    pub(super) fn claiming(status: u16, length: usize, body: &[u8]) -> Self {
        let head =
            format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        Self::Bytes([head.as_bytes(), body].concat())
    }

    pub(super) fn redirect(location: &str) -> Self {
        let head = format!(
            "HTTP/1.1 302 X\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        Self::Bytes(head.into_bytes())
    }
}

type Answer = dyn Fn(&Request, usize) -> Reply + Send + Sync;

/// A server for all providers' names, with a certificate of its own authority.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    root: Certificate,
    seen: Arc<Mutex<Vec<Request>>>,
    stalled: Arc<Notify>,
}

impl Server {
    pub(super) async fn start(
        answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let (root, config) = certificates();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let answer: Arc<Answer> = Arc::new(answer);
        let server = Self {
            address,
            root,
            seen: Arc::default(),
            stalled: Arc::default(),
        };
        let (seen, stalled) = (Arc::clone(&server.seen), Arc::clone(&server.stalled));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, answer) = (acceptor.clone(), Arc::clone(&answer));
                let (seen, stalled) = (Arc::clone(&seen), Arc::clone(&stalled));
                // A client that hangs up is part of many tests.
                tokio::spawn(async move {
                    let _ = serve(stream, acceptor, &*answer, &seen, &stalled).await;
                });
            }
        });
        server
    }

    pub(super) fn root(&self) -> Certificate {
        self.root.clone()
    }

    /// Everything that was asked so far.
    pub(super) fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("the requests").clone()
    }

    /// Where everything so far was asked.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.seen()
            .into_iter()
            .map(|request| request.address)
            .collect()
    }

    /// Returns when [`Reply::Stall`] has said what it has to say.
    pub(super) async fn stalled(&self) {
        self.stalled.notified().await;
    }
}

fn certificates() -> (Certificate, ServerConfig) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().expect("a key");
    let root = authority
        .self_signed(&authority_key)
        .expect("a certificate");
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().expect("a key");
    let own = CertificateParams::new(NAMES.map(str::to_owned)).expect("names");
    let own = own.signed_by(&key, &issuer).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![own.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .expect("a configuration");
    (Certificate::from_der(root.der()).expect("a root"), config)
}

async fn serve(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    answer: &Answer,
    seen: &Mutex<Vec<Request>>,
    stalled: &Notify,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(acceptor.accept(stream).await?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let request = request(&lines);
    let before = {
        let mut seen = seen.lock().expect("the requests");
        let before = seen
            .iter()
            .filter(|other| other.address == request.address)
            .count();
        seen.push(request.clone());
        before
    };
    match answer(&request, before) {
        Reply::Bytes(bytes) => stream.write_all(&bytes).await?,
        Reply::Stall(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            stalled.notify_one();
            stream.read_u8().await?;
        }
        Reply::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")
                .await?;
            let chunk = [b"400\r\n".as_slice(), &[7; 0x400], b"\r\n"].concat();
            loop {
                stream.write_all(&chunk).await?;
            }
        }
    }
    stream.shutdown().await
}

fn request(lines: &[String]) -> Request {
    let (first, headers) = lines.split_first().expect("a request");
    let path = first.split(' ').nth(1).expect("a path");
    let headers: BTreeMap<String, String> = headers
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Request {
        address: format!("{}{path}", headers.get("host").expect("a host")),
        authorization: headers.get("authorization").cloned(),
        agent: headers.get("user-agent").cloned(),
    }
}
