//! The agents' side: from an accepted socket to the calls of an agent that was let in.
//!
//! Each stream of a connection begins with a number that says what it is for. Agents' calls are JSON that ends without
//! a mark, and the answer ends with the stream; the edge's commands are the same the other way round.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use muxado::typed::{StreamType, Typed, TypedAccept, TypedOpenClose, TypedSession, TypedStream};
use muxado::{Error, SessionBuilder};
use serde_json::Value;
use tokio::io::{self, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::{interval, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Shared;
use super::faults::Welcome;
use super::link::{Gate, Link};
use super::public;
use super::state::{Connection, Opener};

const AUTH: u32 = 0;
const BIND: u32 = 1;
const UNBIND: u32 = 2;
const HEARTBEAT: u32 = u32::MAX;

/// A stream for a connection that is relayed to an agent.
pub(super) const PROXY: u32 = 3;

/// A stream for the command that closes a tunnel.
pub(super) const STOP_TUNNEL: u32 = 9;

/// How often the edge asks an agent whether it is still there.
const BEAT: Duration = Duration::from_secs(10);

/// Receives agents for as long as it is listened for them.
pub(super) async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    loop {
        // One that is gone again before it was accepted is none.
        if let Ok((tcp, peer)) = listener.accept().await {
            let agent = Agent::enter(&shared, peer);
            shared.spawn(agent.serve(tcp));
        }
    }
}

/// A connection of an agent, for as long as it lasts.
struct Agent {
    shared: Arc<Shared>,
    number: usize,
    gate: Arc<Gate>,
    close: CancellationToken,
    /// Whatever way this ends, the connection's tasks end with it.
    _end: DropGuard,
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.shared.change(|state| state.leave(self.number));
    }
}

impl Agent {
    fn enter(shared: &Arc<Shared>, peer: SocketAddr) -> Self {
        shared.change(|state| {
            let number = state.enter(peer);
            let connection = state.connection(number).expect("it has just come");
            Self {
                shared: Arc::clone(shared),
                number,
                gate: Arc::clone(&connection.gate),
                close: connection.close.clone(),
                _end: connection.close.clone().drop_guard(),
            }
        })
    }

    async fn serve(self, tcp: TcpStream) {
        let close = self.close.clone();
        close.run_until_cancelled(self.receive(tcp)).await;
    }

    async fn receive(&self, mut tcp: TcpStream) {
        let welcome = self.shared.state.borrow().welcome.clone();
        match welcome {
            Welcome::ClosedAtOnce => {}
            Welcome::Silence => {
                // Over when the agent gives up, in whatever way.
                let _ = io::copy(&mut tcp, &mut io::sink()).await;
            }
            Welcome::CaptivePortal => public::answer(tcp, public::PORTAL).await,
            Welcome::ForeignAuthority => {
                let foreign = self.shared.certificates.foreign();
                self.talk(tcp, foreign).await;
            }
            Welcome::Served | Welcome::AuthIgnored | Welcome::AuthRefused(_) => {
                self.talk(tcp, self.shared.certificates.own()).await;
            }
        }
    }

    /// Serves the agent's streams until the connection ends.
    async fn talk(&self, tcp: TcpStream, acceptor: &TlsAcceptor) {
        // Without it each answer waits 40 ms for the other side's acknowledgement.
        tcp.set_nodelay(true).expect("an open socket has options");
        let link = Link::new(tcp, Arc::clone(&self.gate));
        let Ok(tls) = acceptor.accept(link).await else {
            return;
        };
        let session = Typed::new(SessionBuilder::new(tls).server().start());
        let (opener, mut streams) = session.split_typed();
        self.spawn(beat(opener.clone()));
        self.shared.change(|state| {
            if let Some(connection) = state.connection(self.number) {
                connection.opener = Some(opener);
            }
        });
        let beats = Arc::new(Notify::new());
        loop {
            match streams.accept_typed().await {
                Ok(stream) => {
                    let caller = Caller {
                        shared: Arc::clone(&self.shared),
                        number: self.number,
                        beats: Arc::clone(&beats),
                    };
                    self.spawn(caller.answer(stream));
                }
                Err(Error::SessionClosed) => return,
                // A stream that ended before it said what it was for.
                Err(_) => {}
            }
        }
    }

    /// Starts a task that ends with the connection.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let close = self.close.clone();
        self.shared.spawn(async move {
            close.run_until_cancelled(task).await;
        });
    }
}

/// A stream's task's view of the connection that the stream belongs to.
struct Caller {
    shared: Arc<Shared>,
    number: usize,
    /// Told of each heartbeat.
    beats: Arc<Notify>,
}

impl Caller {
    async fn answer(self, mut stream: TypedStream) {
        let kind = *stream.typ();
        if kind == HEARTBEAT {
            return self.echo(stream).await;
        }
        let Some(request) = read_json(&mut stream).await else {
            return;
        };
        let patience = patience(&request);
        let answer = self.shared.change(|state| match kind {
            AUTH => state.authenticate(self.number, request),
            BIND => Some(state.bind(self.number, request, &self.shared.public_url)),
            UNBIND => Some(state.unbind(self.number, request)),
            _ => None,
        });
        let Some(answer) = answer else {
            // No answer is not the end of the stream: the agent waits for as long as it likes.
            return std::future::pending().await;
        };
        write_json(&mut stream, &answer).await;
        drop(stream);
        if kind == AUTH {
            self.watch(patience).await;
        }
    }

    /// Sends heartbeats back until there are none.
    async fn echo(&self, mut stream: TypedStream) {
        let mut beat = [0; 4];
        while stream.read_exact(&mut beat).await.is_ok() {
            self.beats.notify_one();
            if stream.write_all(&beat).await.is_err() {
                return;
            }
        }
    }

    /// Gives the agent up when it has not been heard for longer than it said. Only then can another have its name.
    async fn watch(&self, patience: Duration) {
        while timeout(patience, self.beats.notified()).await.is_ok() {}
        self.shared.change(|state| {
            let connection = state.connection(self.number);
            connection.map(|Connection { close, .. }| close.cancel())
        });
    }
}

/// How long an agent says it may be silent.
fn patience(auth: &Value) -> Duration {
    let nanos = |key: &str| auth["Extra"][key].as_u64().unwrap_or_default();
    Duration::from_nanos(nanos("HeartbeatInterval") + nanos("HeartbeatTolerance"))
}

/// Asks the agent now and then whether it is still there, as ngrok does. Nothing follows from its silence: see
/// [`Caller::watch`] for what does.
async fn beat(mut opener: Opener) {
    let Ok(mut stream) = opener.open_typed(StreamType::clamp(HEARTBEAT)).await else {
        return;
    };
    let mut ticks = interval(BEAT);
    let mut echo = [0; 4];
    loop {
        ticks.tick().await;
        let sent = stream.write_all(b"beat").await;
        if sent.is_err() || stream.read_exact(&mut echo).await.is_err() {
            return;
        }
    }
}

/// Sends an agent a command that needs no answer.
pub(super) async fn command(mut agent: Opener, kind: u32, command: &Value) {
    // An agent that is gone needs no command.
    if let Ok(mut stream) = agent.open_typed(StreamType::clamp(kind)).await {
        write_json(&mut stream, command).await;
    }
}

/// Reads until the JSON is whole; nothing where it ends before that.
async fn read_json(stream: &mut TypedStream) -> Option<Value> {
    let mut read = Vec::new();
    loop {
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
        if let Ok(value) = serde_json::from_slice(&read) {
            return Some(value);
        }
    }
}

/// Writes JSON and ends the stream. An agent that is gone gets none.
async fn write_json(stream: &mut TypedStream, value: &Value) {
    let text = value.to_string();
    if stream.write_all(text.as_bytes()).await.is_ok() {
        let _ = stream.shutdown().await;
    }
}
