//! Meta's signature of a body: `X-Hub-Signature-256: sha256=<hex HMAC-SHA256(app secret, raw body)>` (webhook catalogue §7).
//!
//! It is over the raw bytes; JSON that was read and written again never matches. There is no time in it, so a repetition is
//! valid, and harmless here.

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::settings::Secret;

const HEADER: &str = "x-hub-signature-256";

/// Whether the body was signed with the secret. Compared in constant time.
pub(super) fn is_valid(secret: &Secret, headers: &HeaderMap, body: &[u8]) -> bool {
    let told = headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("sha256="))
        .and_then(from_hex);
    told.is_some_and(|told| mac(secret, body).verify_slice(&told).is_ok())
}

/// A keyed answer to a nonce: only whoever knows the secret can give it.
#[must_use]
pub fn keyed_answer(secret: &Secret, nonce: &str) -> String {
    to_hex(&mac(secret, nonce.as_bytes()).finalize().into_bytes())
}

fn mac(secret: &Secret, data: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length, so this cannot fail.
    #[expect(clippy::expect_used, reason = "documented to take keys of any length")]
    let mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes())
        .expect("HMAC takes keys of any length");
    mac.chain_update(data)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::{HEADER, is_valid, keyed_answer};
    use crate::settings::Secret;

    /// RFC 4231, test case 2.
    const KEY: &str = "Jefe";
    const BODY: &[u8] = b"what do ya want for nothing?";
    const DIGEST: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    fn headers(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, value.parse().expect("a header value"));
        headers
    }

    #[test]
    fn only_the_right_signature_of_the_same_bytes_is_valid() {
        let secret = Secret::new(KEY.to_owned());
        let valid = |value: &str, body: &[u8]| is_valid(&secret, &headers(value), body);
        assert!(valid(&format!("sha256={DIGEST}"), BODY));
        assert!(valid(&format!("sha256={}", DIGEST.to_uppercase()), BODY));
        assert!(!valid(&format!("sha256={DIGEST}"), b"what do you want?"));
        assert!(!valid(DIGEST, BODY), "the algorithm is part of the value");
        assert!(!valid(&format!("sha1={DIGEST}"), BODY));
        assert!(
            !valid(&format!("sha256={}", &DIGEST[2..]), BODY),
            "too short"
        );
        for nonsense in ["", "sha256=", "sha256=0", "sha256=zz", "sha256=+1"] {
            assert!(!valid(nonsense, BODY), "{nonsense:?}");
        }
        assert!(!is_valid(&secret, &HeaderMap::new(), BODY), "missing");
        let other = Secret::new("Jeff".to_owned());
        assert!(!is_valid(
            &other,
            &headers(&format!("sha256={DIGEST}")),
            BODY
        ));
    }

    #[test]
    fn the_answer_to_a_nonce_depends_on_both() {
        let answer = |key: &str, nonce| keyed_answer(&Secret::new(key.to_owned()), nonce);
        assert_eq!(answer(KEY, "what do ya want for nothing?"), DIGEST);
        assert_ne!(answer(KEY, "a"), answer(KEY, "b"));
        assert_ne!(answer(KEY, "a"), answer("other", "a"));
    }
}
