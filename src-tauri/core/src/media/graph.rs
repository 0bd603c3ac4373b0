//! What Meta says about a file: `GET /<id>` of the Graph API (webhook catalogue, §7.1).
//!
//! The answer is `{"url", "mime_type", "sha256", "file_size", …}`; its address ends after 5 minutes and wants the token too. A
//! refusal is `{"error": {"code", …}}` under a status that says little.

use serde_json::Value;

use super::Token;
use super::digest::Digest;
use super::error::{BadAnswer, MediaError, Result};
use super::network::{Answer, Network, broken};
use super::place::{MediaId, Place};

/// Largest answer that is read, in bytes. Meta's have less than one kilobyte.
const ANSWER_LIMIT: usize = 64 * 1024;

/// Where a file lies, and what it is.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) place: Place,
    pub(super) sha256: Option<Digest>,
    /// Bytes.
    pub(super) size: Option<u64>,
}

/// Asks Meta about a file.
///
/// # Errors
/// `TokenRefused`, `Expired`, `BadAnswer`, the refusals of the address that was told, and those of [`Network::get`].
pub(super) async fn describe(
    network: &Network,
    id: &MediaId,
    token: &Token,
) -> Result<Description> {
    let answer = network.get(Place::description(id)?, Some(token)).await?;
    let host = answer.place.host().to_owned();
    let status = answer.response.status().as_u16();
    let body: Option<Value> = serde_json::from_slice(&read(answer).await?).ok();
    if status != 200 {
        return Err(refusal(host, status, body.as_ref()));
    }
    let bad = || MediaError::BadAnswer {
        host,
        what: BadAnswer::Description,
    };
    let Some(body) = body else { return Err(bad()) };
    let Some(url) = body.get("url").and_then(Value::as_str) else {
        return Err(bad());
    };
    Ok(Description {
        place: Place::parse(url)?,
        sha256: body
            .get("sha256")
            .and_then(Value::as_str)
            .and_then(Digest::told),
        size: body.get("file_size").and_then(number),
    })
}

/// As much of an answer as is looked at; the rest would not make it more readable.
async fn read(mut answer: Answer) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < ANSWER_LIMIT {
        let chunk = answer.response.chunk().await;
        match chunk.map_err(|error| broken(answer.place.host(), &error))? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    Ok(body)
}

/// What a refusal means. Graph's code says more than the status: 190 is a token that ended, 10 and 200 to 299 are permissions
/// that it lacks, and 100 is an object that does not exist, or not for this token.
fn refusal(host: String, status: u16, body: Option<&Value>) -> MediaError {
    let code = body
        .and_then(|body| body.get("error")?.get("code"))
        .and_then(number);
    match (code, status) {
        (Some(190 | 10 | 200..=299), _) | (_, 401 | 403) => MediaError::TokenRefused { host },
        (Some(100), _) | (_, 404 | 410) => MediaError::Expired,
        (_, status) => unexpected(host, status),
    }
}

/// What a status means that is nothing in particular.
pub(super) fn unexpected(host: String, status: u16) -> MediaError {
    match status {
        429 | 500..=599 => MediaError::Unreachable {
            host,
            reason: format!("it answered with status {status}"),
        },
        status => MediaError::BadAnswer {
            host,
            what: BadAnswer::Status(status),
        },
    }
}

/// A number, which other systems write as a string (webhook catalogue, §8).
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
