//! The proof that the public URL leads here: a question that only this engine can answer, asked from outside.

use std::error::Error;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use reqwest::{Client, Proxy, Response, StatusCode, Url};

use super::Token;
use super::trouble::{detailed, of_code};
use crate::chat::time::Timestamp;
use crate::chat::view::{Trouble, TroubleKind};

/// Longest answer that is looked at, in bytes. The right one is 64.
const ANSWER_LENGTH: usize = 256;

/// The header in which ngrok says that it answers itself.
const NGROK_CODE: &str = "ngrok-error-code";

/// What to ask.
#[derive(Clone)]
pub struct Challenge {
    /// The path behind the public URL, with its slash. It holds a secret.
    pub path: String,
    /// The only right answer.
    pub answer: String,
}

/// That the public URL led here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// When the answer came.
    pub at: Timestamp,
    /// How long it took.
    pub milliseconds: i64,
}

/// Asks the public URL, on a connection of its own, through the proxy that the tunnel goes through.
///
/// # Errors
/// With what is in the way.
pub async fn prove(
    base: &str,
    challenge: &Challenge,
    proxy: Option<&Token>,
    patience: Duration,
    now: fn() -> Timestamp,
) -> Result<Proof, Trouble> {
    let started = Instant::now();
    let answer = ask(base, challenge, proxy, patience)
        .await
        .map_err(|error| unanswered(&error))?;
    let status = answer.status();
    let code = answer
        .headers()
        .get(NGROK_CODE)
        .and_then(|code| Some(code.to_str().ok()?.to_owned()));
    let told = text(answer).await.map_err(|error| unanswered(&error))?;
    if status == StatusCode::OK && told == challenge.answer {
        let took = i64::try_from(started.elapsed().as_millis());
        return Ok(Proof {
            at: now(),
            milliseconds: took.unwrap_or(i64::MAX),
        });
    }
    Err(match code {
        Some(code) => Trouble {
            kind: match of_code(&code) {
                TroubleKind::QuotaUsedUp => TroubleKind::QuotaUsedUp,
                // Whatever ngrok says itself, it says instead of passing the question on.
                _ => TroubleKind::UrlUnreachable,
            },
            code: Some(code),
            detail: None,
        },
        None => detailed(
            TroubleKind::UrlAnswersOther,
            &format!("HTTP {}", status.as_u16()),
        ),
    })
}

async fn ask(
    base: &str,
    challenge: &Challenge,
    proxy: Option<&Token>,
    patience: Duration,
) -> reqwest::Result<Response> {
    // Somebody else in this process may have chosen one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = Client::builder()
        .timeout(patience)
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none());
    if is_this_computer(base) {
        client = client.no_proxy();
    } else if let Some(proxy) = proxy {
        // Where the tunnel goes through it there may be no other way out.
        client = client.proxy(Proxy::all(proxy.reveal())?);
    }
    client
        .build()?
        .get(format!("{base}{}", challenge.path))
        // ngrok shows browsers a page of its own first.
        .header("ngrok-skip-browser-warning", "1")
        .header(
            "User-Agent",
            concat!("Bluetick/", env!("CARGO_PKG_VERSION")),
        )
        .send()
        .await
}

/// The beginning of the answer.
async fn text(mut answer: Response) -> reqwest::Result<String> {
    let mut bytes = Vec::new();
    while bytes.len() < ANSWER_LENGTH
        && let Some(chunk) = answer.chunk().await?
    {
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a URL leads to this computer and not out of it: a proxy could not reach that, and would learn the secret in it.
#[must_use]
pub fn is_this_computer(url: &str) -> bool {
    let host = Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

/// Why there is no answer. The error itself may hold the URL and with it the secret.
fn unanswered(error: &reqwest::Error) -> Trouble {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return Trouble::plain(TroubleKind::UrlCertificate);
        }
        let io = error.downcast_ref::<std::io::Error>();
        cause = match io.and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    if error.is_timeout() {
        return detailed(TroubleKind::UrlUnreachable, &"no answer in time");
    }
    Trouble::plain(TroubleKind::UrlUnreachable)
}
