//! Reading a body of bounded size in bounded time.

use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, header};
use tokio::time::timeout;
use tokio_util::bytes::Bytes;

use super::{BODY_LIMIT, BODY_TIMEOUT};

/// How much of a body that is too large is still read, unkept. A sender that is cut off while it writes may never see the
/// answer and try again for days.
const DRAINED_AT_MOST: usize = 64 * 1024 * 1024;

/// What became of reading a body.
#[derive(Debug)]
pub(super) enum Read {
    /// All of it.
    Whole(Vec<u8>),
    /// There is more than is taken.
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// The connection broke.
    Broken,
}

/// Reads a body.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Read {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    let waits = headers.contains_key(header::EXPECT);
    if announced.is_some_and(|length| length > DRAINED_AT_MOST || (waits && length > BODY_LIMIT)) {
        return Read::TooLarge;
    }
    let chunks = body.into_data_stream();
    timeout(BODY_TIMEOUT, collect(chunks, announced.unwrap_or(0)))
        .await
        .unwrap_or(Read::TooSlow)
}

async fn collect(mut chunks: BodyDataStream, announced: usize) -> Read {
    let mut whole = Vec::with_capacity(announced.min(BODY_LIMIT));
    let mut length = 0;
    while let Some(chunk) = next(&mut chunks).await {
        let Ok(chunk) = chunk else {
            return Read::Broken;
        };
        length += chunk.len();
        if length > DRAINED_AT_MOST {
            return Read::TooLarge;
        }
        if length <= BODY_LIMIT {
            whole.extend_from_slice(&chunk);
        } else {
            whole = Vec::new();
        }
    }
    if length > BODY_LIMIT {
        Read::TooLarge
    } else {
        Read::Whole(whole)
    }
}

async fn next(chunks: &mut BodyDataStream) -> Option<Result<Bytes, axum::Error>> {
    use http_body_util::BodyExt;
    loop {
        match chunks.frame().await? {
            Ok(frame) => {
                if let Ok(data) = frame.into_data() {
                    return Some(Ok(data));
                }
            }
            Err(error) => return Some(Err(error)),
        }
    }
}
