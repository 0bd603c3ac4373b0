//! Listening on this computer: connections, time-outs, and an end that loses nothing.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

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

/// Takes connections until `stop`, then lets the requests that are being worked on finish, for at most five seconds.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            () = stop.cancelled() => break,
        };
        let Some((stream, permit)) = accepted else {
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A caller that goes away or speaks no HTTP is no news.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were cut off at the end");
    }
}

/// The next connection, when there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Answers are small; without this they would wait for more to send with them.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY was refused");
            }
            Some((stream, permit))
        }
        Err(error) => {
            // Out of file descriptors, most likely: trying again at once would only burn the processor.
            tracing::warn!(%error, "a connection could not be taken");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
