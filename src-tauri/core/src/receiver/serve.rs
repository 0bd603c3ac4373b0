//! Serving connections, a listener's and a tunnel's: bounds, time-outs, and an end that loses nothing.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The port that is tried first.
const FIRST_PORT: u16 = 4280;

/// How many ports are tried.
const PORTS: u16 = 100;

/// Connections that are open at a time. Idle ones count, so this is more than the requests that are worked on.
const CONNECTIONS: usize = 2_048;

/// How long a request's head may take to arrive, and how long a connection may stay without one.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);

/// How long requests that are being worked on may take to finish at the end.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listening {
    /// On this computer only, at the first free port from 4280 on.
    Loopback,
    /// Here and nowhere else.
    At(SocketAddr),
}

/// Starts to listen.
///
/// # Errors
/// If the address is taken or not allowed, or none of the ports is free.
pub async fn bind(listening: Listening) -> std::io::Result<TcpListener> {
    match listening {
        Listening::At(address) => TcpListener::bind(address).await,
        Listening::Loopback => {
            for port in FIRST_PORT..FIRST_PORT + PORTS {
                match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                    Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                    outcome => return outcome,
                }
            }
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
        }
    }
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Peer {
    /// The client's IP address. Behind a reverse proxy on this computer it is what that proxy says: the last entry of
    /// `X-Forwarded-For` is its own, whatever the client wrote before it.
    pub(super) fn client(self, headers: &HeaderMap) -> IpAddr {
        let own = self.0.ip().to_canonical();
        if !own.is_loopback() {
            return own;
        }
        let told = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        told.unwrap_or(own)
    }
}

/// The header in which proxies pass on who asked them.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Takes connections until `stop`, then lets the requests that are being worked on finish, for at most five seconds.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut doorway = Doorway::new(router, Arc::default());
    loop {
        let taken = tokio::select! {
            taken = take(&listener, &doorway.room) => taken,
            () = stop.cancelled() => break,
        };
        if let Some((stream, peer, permit)) = taken {
            doorway.serve(stream, peer, permit);
        }
    }
    drop(listener);
    doorway.close().await;
}

/// The same for connections that come another way than through a listener, such as a tunnel's. Every request on them is added
/// to `requests`.
pub async fn serve_visits<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    mut visits: mpsc::Receiver<(S, SocketAddr)>,
    router: Router,
    requests: Arc<AtomicI64>,
    stop: CancellationToken,
) {
    let mut doorway = Doorway::new(router, requests);
    loop {
        let visit = tokio::select! {
            visit = take_visit(&mut visits, &doorway.room) => visit,
            () = stop.cancelled() => break,
        };
        let Some(((stream, peer), permit)) = visit else {
            break;
        };
        doorway.serve(stream, peer, permit);
    }
    doorway.close().await;
    // Whoever sent them waits for this: until now the requests on them needed the way that they came.
    drop(visits);
}

/// Where connections are served, however they come.
struct Doorway {
    router: Router,
    room: Arc<Semaphore>,
    graceful: GracefulShutdown,
    requests: Arc<AtomicI64>,
}

impl Doorway {
    fn new(router: Router, requests: Arc<AtomicI64>) -> Self {
        Self {
            router,
            room: Arc::new(Semaphore::new(CONNECTIONS)),
            graceful: GracefulShutdown::new(),
            requests,
        }
    }

    fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &mut self,
        stream: S,
        peer: SocketAddr,
        permit: OwnedSemaphorePermit,
    ) {
        let requests = self.requests.clone();
        let router = self
            .router
            .clone()
            .map_request(move |mut request: Request<Incoming>| {
                requests.fetch_add(1, Ordering::Relaxed);
                request.extensions_mut().insert(Peer(peer));
                request
            });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
        let connection = self.graceful.watch(connection);
        tokio::spawn(async move {
            // A caller that goes away or speaks no HTTP is no news.
            let _ = connection.await;
            drop(permit);
        });
    }

    async fn close(self) {
        if tokio::time::timeout(LAST_REQUESTS, self.graceful.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("some requests were cut off at the end");
        }
    }
}

/// The next connection, when there is room for it.
async fn take(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are small; without this they would wait for more to send with them.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY was refused");
            }
            Some((stream, peer, permit))
        }
        Err(error) => {
            // Out of file descriptors, most likely: trying again at once would only burn the processor.
            tracing::warn!(%error, "a connection could not be taken");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// The next visit, when there is room for it; `None` when there are no more.
async fn take_visit<V>(
    visits: &mut mpsc::Receiver<V>,
    room: &Arc<Semaphore>,
) -> Option<(V, OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.ok()?;
    Some((visits.recv().await?, permit))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::{FORWARDED_FOR, Peer};

    #[test]
    fn only_a_proxy_of_this_computer_is_believed() {
        let client = |peer: &str, told: &[&str]| {
            let mut headers = HeaderMap::new();
            for told in told {
                headers.append(FORWARDED_FOR, told.parse().expect("a header value"));
            }
            let peer = Peer(peer.parse().expect("an address"));
            peer.client(&headers).to_string()
        };
        assert_eq!(client("127.0.0.1:9", &[]), "127.0.0.1");
        assert_eq!(
            client("127.0.0.1:9", &["6.6.6.6, 203.0.113.7"]),
            "203.0.113.7"
        );
        assert_eq!(
            client("[::1]:9", &["6.6.6.6", "2001:db8::1"]),
            "2001:db8::1"
        );
        assert_eq!(client("127.0.0.1:9", &["nobody"]), "127.0.0.1");
        assert_eq!(client("203.0.113.7:9", &["6.6.6.6"]), "203.0.113.7");
        assert_eq!(client("[::ffff:203.0.113.7]:9", &[]), "203.0.113.7");
    }
}
