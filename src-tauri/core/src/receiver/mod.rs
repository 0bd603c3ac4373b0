//! The door: an axum router that takes deliveries, has them recorded, and confirms what is on the disk.
//!
//! Who may post is decided by the secret in the path, which is compared in constant time and answered with 404 when wrong, so
//! that nobody learns anything by trying. Nothing slow stands before the confirmation: no popup, no forward, no network.
//! Deliberately absent: any other route. There is nothing here to browse, and no way to read what was received.

mod answer;
mod hook;
mod limit;
mod serve;
mod signature;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use tokio::sync::{Semaphore, watch};

pub use self::hook::UNSIGNED_COUNTER;
pub use self::serve::{Listening, Peer, bind, serve, serve_visits};
pub use self::signature::keyed_answer;
use crate::chat::time::Timestamp;
use crate::settings::Address;
use crate::store::Store;

/// Largest body that is taken. Meta's largest is 3 MB, and LINK's wrapper adds some (webhook catalogue, rule 10).
pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// Requests that are worked on at a time. More are asked to try again.
pub const REQUESTS_IN_FLIGHT: usize = 512;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// What every request needs.
#[derive(Debug, Clone)]
struct Door {
    /// As they are now; a change counts from the next request on.
    addresses: watch::Receiver<Arc<[Address]>>,
    store: Store,
    now: fn() -> Timestamp,
    in_flight: Arc<Semaphore>,
}

/// The routes of `design/interface.md`, for any listener or tunnel.
pub fn router(
    addresses: watch::Receiver<Arc<[Address]>>,
    store: Store,
    now: fn() -> Timestamp,
) -> Router {
    let door = Door {
        addresses,
        store,
        now,
        in_flight: Arc::new(Semaphore::new(REQUESTS_IN_FLIGHT)),
    };
    Router::new()
        .route("/hook/{secret}", any(hook::hook))
        .route("/hook/{secret}/probe/{nonce}", any(hook::probe))
        .with_state(door)
}

#[cfg(test)]
mod tests;
