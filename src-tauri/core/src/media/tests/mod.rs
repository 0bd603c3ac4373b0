//! Downloads from a real server on this computer, over TLS. No test waits but for the server.

mod cache;
mod direct;
mod limits;
mod meta;
mod secrets;
mod server;

use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use self::server::{Reply, Request, Server};
use super::network::{Limits, Lookup};
use super::{Cache, MediaError, Network, Token, download};
use crate::chat::content::{MediaFile, MediaForm};
use crate::chat::view::MediaState;

/// The token of all tests; whoever prints it is found out.
const TOKEN: &str = "EAAhush-hush";
const ID: &str = "1234567890";
const KEY: &str = "15550199\nwamid.A==";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

const LIMITS: Limits = Limits {
    connect: Duration::from_secs(10),
    idle: Duration::from_secs(10),
    whole: Duration::from_secs(60),
    size: 64 * 1024,
};

/// A server, a way to it, and a cache.
struct World {
    server: Server,
    network: Network,
    dir: TempDir,
    cache: Cache,
}

impl World {
    async fn new(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(LIMITS, answer).await
    }

    /// The answer gets the request, and how many were for the same address before.
    async fn with(
        limits: Limits,
        answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let server = Server::start(answer).await;
        let network = Network::local(Lookup::Unjudged(server.address), server.root(), limits)
            .expect("a network");
        let dir = TempDir::new().expect("a directory");
        let cache = Cache::open(&dir.path().join("media")).expect("a cache");
        Self {
            server,
            network,
            dir,
            cache,
        }
    }

    async fn download(&self, file: &MediaFile) -> Result<MediaState, MediaError> {
        let token = Token::new(TOKEN);
        download(&self.network, &self.cache, KEY, file, token.as_ref()).await
    }

    async fn download_without_token(&self, file: &MediaFile) -> Result<MediaState, MediaError> {
        download(&self.network, &self.cache, KEY, file, None).await
    }

    /// Fails as expected, and leaves nothing behind.
    async fn fails(&self, file: &MediaFile) -> MediaError {
        let error = self.download(file).await.expect_err("no file");
        assert_eq!(self.files(), Vec::<String>::new(), "nothing is left behind");
        assert_eq!(self.cache.state(KEY), MediaState::Remote);
        let text = format!("{error} {error:?}");
        assert!(!text.contains("hush"), "a secret is in: {text}");
        error
    }

    /// Names of everything in the cache.
    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir.path().join("media")).expect("the cache");
        entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }
}

fn file() -> MediaFile {
    MediaFile {
        form: MediaForm::Image,
        id: None,
        mime_type: Some("image/jpeg".to_owned()),
        sha256: None,
        size: None,
        filename: Some("../../photo.exe".to_owned()),
        url: None,
        animated: false,
    }
}

fn by_id(id: &str) -> MediaFile {
    MediaFile {
        id: Some(id.to_owned()),
        ..file()
    }
}

fn at(url: &str) -> MediaFile {
    MediaFile {
        url: Some(url.to_owned()),
        ..file()
    }
}

fn hex_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Meta's description of a file.
fn description(url: &str, bytes: &[u8]) -> Reply {
    let description = serde_json::json!({
        "messaging_product": "whatsapp", "id": ID, "url": url, "mime_type": "image/jpeg",
        "sha256": hex_digest(bytes), "file_size": bytes.len(),
    });
    Reply::ok(description.to_string().as_bytes())
}

/// A refusal of the Graph API.
fn graph_error(status: u16, code: u32) -> Reply {
    let error =
        serde_json::json!({"error": {"message": "…", "type": "OAuthException", "code": code}});
    Reply::status(status, error.to_string().as_bytes())
}

/// The bytes of a file that is here.
fn bytes_of(state: &MediaState) -> Vec<u8> {
    match state {
        MediaState::Here { path, .. } => std::fs::read(path).expect("the file"),
        MediaState::Remote => panic!("the file is not here"),
    }
}
