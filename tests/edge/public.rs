//! The public side: what comes from the internet goes to the agent that has the name.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use muxado::OpenClose;
use serde_json::json;
use tokio::io::{self, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::Shared;
use super::faults::Front;
use super::session::PROXY;
use super::state::Route;

/// What a café's network answers to whatever is sent.
pub(super) const PORTAL: &str = "HTTP/1.1 302 Found\r\n\
    Location: http://portal.example/sign-in\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

const OFFLINE: &str = "HTTP/1.1 404 Not Found\r\nngrok-error-code: ERR_NGROK_3200\r\n\
    Content-Type: text/plain\r\nContent-Length: 24\r\nConnection: close\r\n\r\nThe endpoint is offline.";

/// The header is what ngrok documents; which status comes with it is a guess.
const OVER_QUOTA: &str = "HTTP/1.1 403 Forbidden\r\nngrok-error-code: ERR_NGROK_727\r\n\
    Content-Type: text/plain\r\nContent-Length: 32\r\nConnection: close\r\n\r\nNo requests left for this month.";

const FOREIGN: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/html\r\nContent-Length: 21\r\nConnection: close\r\n\r\n<!doctype html>hello\n";

/// How long somebody who was answered may take to close the connection.
const LINGER: Duration = Duration::from_secs(2);

/// Receives who comes from the internet.
pub(super) async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    loop {
        // One that is gone again before it was accepted is none.
        if let Ok((tcp, peer)) = listener.accept().await {
            shared.spawn(visit(Arc::clone(&shared), tcp, peer));
        }
    }
}

async fn visit(shared: Arc<Shared>, tcp: TcpStream, peer: SocketAddr) {
    let (front, end) = shared.state.borrow().front();
    let answered = async {
        match front {
            Front::Relay => relay(&shared, tcp, peer).await,
            Front::Foreign => answer(tcp, FOREIGN).await,
            Front::Offline => answer(tcp, OFFLINE).await,
            Front::OverQuota => answer(tcp, OVER_QUOTA).await,
        }
    };
    end.run_until_cancelled(answered).await;
}

async fn relay(shared: &Shared, mut tcp: TcpStream, peer: SocketAddr) {
    let (route, client) = {
        let state = shared.state.borrow();
        (state.route(), state.client_addr.clone())
    };
    let Some(mut route) = route else {
        return answer(tcp, OFFLINE).await;
    };
    tcp.set_nodelay(true).expect("an open socket has options");
    let client = client.unwrap_or_else(|| peer.to_string());
    let close = route.close.clone();
    let copied = copy(&mut route, &mut tcp, &client);
    // Whether the agent or the client ends it, and how, is theirs to know.
    let _ = close.run_until_cancelled(copied).await;
}

/// Opens a stream to the agent, says who is calling, and copies both ways.
async fn copy(route: &mut Route, tcp: &mut TcpStream, client: &str) -> io::Result<()> {
    let mut stream = route.opener.open().await.map_err(io::Error::other)?;
    let header = json!({
        "Id": route.tunnel, "ClientAddr": client, "Proto": "https", "EdgeType": "0", "PassthroughTLS": false,
    });
    let header = header.to_string();
    let length = i64::try_from(header.len()).map_err(io::Error::other)?;
    // In one piece, and so in one frame. The agent library reads this before it takes the next stream, and nothing at all
    // while 64 streams wait to be taken: it would stand still for ever if so many streams began before one went on.
    let (kind, length) = (PROXY.to_be_bytes(), length.to_le_bytes());
    let start = [kind.as_slice(), &length, header.as_bytes()].concat();
    stream.write_all(&start).await?;
    io::copy_bidirectional(&mut stream, tcp).await?;
    Ok(())
}

/// Answers whatever is sent with the same text.
pub(super) async fn answer(mut tcp: TcpStream, text: &str) {
    // An answer to nothing would not be taken for one, so this waits for the beginning of a request.
    let mut start = [0; 1024];
    let heard = tcp.read(&mut start).await;
    if heard.is_err() || tcp.write_all(text.as_bytes()).await.is_err() {
        return;
    }
    // Closing before everything is read would take the answer back.
    let rest = async {
        tcp.shutdown().await?;
        io::copy(&mut tcp, &mut io::sink()).await
    };
    let _ = timeout(LINGER, rest).await;
}
