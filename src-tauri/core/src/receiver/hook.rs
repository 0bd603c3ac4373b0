//! The hook itself: who is asked, what is asked, and the answer.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::answer::{Answer, nothing_here, wrong_method};
use super::limit::{self, Read};
use super::{BODY_LIMIT, Door, Peer, signature};
use crate::settings::{Address, Secret};
use crate::store::{Delivery, Recorded};

/// Longest nonce of a probe, in bytes.
const NONCE_LIMIT: usize = 128;

/// Name of the counter of deliveries that were not signed as asked for.
pub const UNSIGNED_COUNTER: &str = "unsigned";

/// Meta's verification of an address (webhook catalogue §7).
#[derive(Debug, Deserialize)]
pub(super) struct Verification {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// `/hook/SECRET`.
pub(super) async fn hook(
    State(door): State<Door>,
    method: Method,
    secret: Result<Path<String>, PathRejection>,
    query: Result<Query<Verification>, QueryRejection>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let told = secret.map(|Path(secret)| secret).unwrap_or_default();
    let Some((address, _)) = find(&door, &told) else {
        return nothing_here();
    };
    if method == Method::POST {
        let client = peer.map(|Extension(peer)| peer.client(&headers));
        let answer = deliver(&door, &address, client, &headers, body).await;
        answer.into_response(address.status_code)
    } else if method == Method::GET {
        verify(&address, query.ok().map(|Query(verification)| verification))
    } else {
        wrong_method("GET, POST")
    }
}

/// `/hook/SECRET/probe/NONCE`.
pub(super) async fn probe(
    State(door): State<Door>,
    method: Method,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let (secret, nonce) = path.map(|Path(parts)| parts).unwrap_or_default();
    let found = find(&door, &secret).filter(|_| nonce.len() <= NONCE_LIMIT);
    let Some((_, secret)) = found else {
        return nothing_here();
    };
    if method != Method::GET {
        return wrong_method("GET");
    }
    let answer = signature::keyed_answer(&secret, &nonce);
    let text = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (text, answer).into_response()
}

/// The address that lets this secret in, and the secret. Digests are compared, all of them and in constant time, so that the
/// time taken tells neither how much of a secret was right nor which address it was.
fn find(door: &Door, secret: &str) -> Option<(Address, Secret)> {
    let told = Sha256::digest(secret.as_bytes());
    let addresses = door.addresses.borrow();
    let now = (door.now)();
    let mut found = None;
    for address in addresses.iter() {
        for own in address.hook_secrets(now) {
            let digest = Sha256::digest(own.reveal().as_bytes());
            if bool::from(digest.as_slice().ct_eq(told.as_slice())) {
                found = Some((address, own));
            }
        }
    }
    found.map(|(address, secret)| (address.clone(), secret.clone()))
}

fn verify(address: &Address, verification: Option<Verification>) -> Response {
    let is_ours = |token: &str| same(&address.secrets.verify_token, token);
    let challenge = verification
        .filter(|told| told.mode.as_deref() == Some("subscribe"))
        .filter(|told| told.token.as_deref().is_some_and(is_ours))
        .and_then(|told| told.challenge);
    match challenge {
        Some(challenge) => {
            let text = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (text, challenge).into_response()
        }
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

fn same(secret: &Secret, told: &str) -> bool {
    let (own, told) = (
        Sha256::digest(secret.reveal().as_bytes()),
        Sha256::digest(told.as_bytes()),
    );
    own.as_slice().ct_eq(told.as_slice()).into()
}

async fn deliver(
    door: &Door,
    address: &Address,
    client: Option<IpAddr>,
    headers: &HeaderMap,
    body: Body,
) -> Answer {
    let Ok(_permit) = door.in_flight.try_acquire() else {
        return Answer::TryAgain {
            reason: "too many requests at a time",
        };
    };
    let body = match limit::read(headers, body).await {
        Read::Whole(body) => body,
        Read::TooLarge => {
            return Answer::Refused {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                reason: format!("the body is larger than {} MiB", BODY_LIMIT / 1024 / 1024),
            };
        }
        Read::TooSlow => {
            return Answer::Refused {
                status: StatusCode::REQUEST_TIMEOUT,
                reason: "the body did not arrive in time".to_owned(),
            };
        }
        Read::Broken => {
            return Answer::Refused {
                status: StatusCode::BAD_REQUEST,
                reason: "the body did not arrive whole".to_owned(),
            };
        }
    };
    if address.require_signature && !is_signed(address, headers, &body) {
        if let Err(error) = door.store.count(UNSIGNED_COUNTER, 1).await {
            tracing::error!(%error, "an unsigned delivery could not be counted");
        }
        return Answer::Unsigned;
    }
    record(door, address, client, body).await
}

/// Where a signature is asked for but no app secret was given, nothing is signed.
fn is_signed(address: &Address, headers: &HeaderMap, body: &[u8]) -> bool {
    let secret = address.secrets.app_secret.as_ref();
    secret.is_some_and(|secret| signature::is_valid(secret, headers, body))
}

async fn record(door: &Door, address: &Address, client: Option<IpAddr>, body: Vec<u8>) -> Answer {
    let delivery = Delivery {
        received_at: (door.now)(),
        hook: address.label.clone(),
        client,
        body,
    };
    match door.store.record(delivery).await {
        Ok(Recorded::Kept { .. }) => Answer::Kept,
        Ok(Recorded::Rejected(not_json)) => Answer::Refused {
            status: StatusCode::BAD_REQUEST,
            reason: not_json.to_string(),
        },
        // The writer has told the log why.
        Err(_) => Answer::TryAgain {
            reason: "the archive cannot be written, try again later",
        },
    }
}
