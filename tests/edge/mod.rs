//! A stand-in for ngrok's edge on this machine, which the real agent library takes for the real one.
//!
//! It speaks the agent protocol (TLS, muxado, JSON calls) and relays what comes to a public address, so that a tunnel
//! can be tested without an account, the internet or anybody's token. Above all it can fail in each way that networks,
//! proxies and ngrok itself do.
//!
//! It is no model of ngrok: it has one account, one name, no plans and no traffic policy. The public address speaks
//! plain HTTP and does not look into what it relays; a connection that is kept alive stays with the agent that it was
//! relayed to, even when that has unbound the name since.

mod faults;
mod link;
mod public;
mod session;
mod state;
mod tls;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

pub(crate) use self::faults::{Front, Refusal, Welcome};
pub(crate) use self::state::{Count, Seen};

use self::state::State;
use self::tls::Certificates;
use crate::support::wait::PATIENCE;

/// An edge that runs until it is dropped, which closes everything it holds.
pub(crate) struct Edge {
    shared: Arc<Shared>,
    /// Accepts agents; nothing while the edge is away.
    listening: Mutex<Option<JoinHandle<()>>>,
    agents: SocketAddr,
    /// Keeps the port while nobody listens there. Otherwise another program could get it, or the agent itself: a socket
    /// that dials a free port of its own machine now and then gets that port as its own, and is answered by itself.
    #[cfg(unix)]
    _port: TcpSocket,
    _stop: DropGuard,
}

/// What the edge's tasks have in common.
struct Shared {
    state: watch::Sender<State>,
    certificates: Certificates,
    public_url: String,
    stop: CancellationToken,
}

impl Shared {
    /// Changes what is known; whoever waits for something looks again.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut outcome = None;
        self.state
            .send_modify(|state| outcome = Some(change(state)));
        outcome.expect("the change was made")
    }

    /// Starts a task that ends with the edge.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        let stop = self.stop.clone();
        tokio::spawn(async move {
            stop.run_until_cancelled(task).await;
        })
    }
}

impl Edge {
    /// Starts one that is reachable from this machine only.
    pub(crate) async fn start() -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST).await
    }

    /// Starts one at another address of this machine, such as one that leads out of a network namespace.
    ///
    /// Of the two kinds of addresses, agents can be given only the older one.
    pub(crate) async fn start_at(ip: Ipv4Addr) -> Self {
        let port = bind((ip, 0).into()).expect("the machine has a free port");
        let agents = port.local_addr().expect("a bound socket has an address");
        #[cfg(not(unix))]
        drop(port);
        let public = TcpListener::bind((ip, 0)).await;
        let public = public.expect("the machine has another free port");
        let address = public.local_addr().expect("a listener has an address");
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared {
            state: watch::Sender::new(State::default()),
            certificates: Certificates::issue(ip),
            public_url: format!("http://{address}"),
            stop: stop.clone(),
        });
        shared.spawn(public::accept(Arc::clone(&shared), public));
        let edge = Self {
            shared,
            listening: Mutex::default(),
            agents,
            #[cfg(unix)]
            _port: port,
            _stop: stop.drop_guard(),
        };
        edge.come_back();
        edge
    }

    /// Where agents connect to, as `host:port`.
    pub(crate) fn server(&self) -> String {
        self.agents.to_string()
    }

    /// The certificate that agents have to trust, as PEM.
    pub(crate) fn ca_pem(&self) -> &str {
        self.shared.certificates.ca_pem()
    }

    /// The address on the internet that an agent gets. Everybody gets the same.
    pub(crate) fn public_url(&self) -> String {
        self.shared.public_url.clone()
    }

    /// How many of everything there are now.
    pub(crate) fn count(&self) -> Count {
        self.shared.state.borrow().count()
    }

    /// Waits until there are as many as it takes.
    pub(crate) async fn wait_until(&self, what: &str, mut enough: impl FnMut(Count) -> bool) {
        let mut changes = self.shared.state.subscribe();
        let waiting = changes.wait_for(|state| enough(state.count()));
        let seen = timeout(PATIENCE, waiting).await.is_ok();
        assert!(
            seen,
            "waited {} s in vain: {what}; there are {:?}",
            PATIENCE.as_secs(),
            self.count()
        );
    }

    /// Where the last agent connected from, whatever became of it.
    pub(crate) fn last_agent(&self) -> Option<SocketAddr> {
        self.shared.state.borrow().last_agent()
    }

    /// What agents have asked for since the start.
    pub(crate) fn seen(&self) -> Seen {
        self.shared.state.borrow().seen()
    }

    /// Decides how agents are received from now on. Those that are in stay in.
    pub(crate) fn receive(&self, welcome: Welcome) {
        self.shared.change(|state| state.welcome = welcome);
    }

    /// Refuses the next attempts to bind the name.
    pub(crate) fn fail_binds(&self, times: usize, refusal: Refusal) {
        self.shared
            .change(|state| state.failing_binds = vec![refusal; times]);
    }

    /// Decides what the public address answers from now on, and closes the connections it has.
    pub(crate) fn show(&self, front: Front) {
        self.shared.change(|state| state.show(front));
    }

    /// Tells agents from now on that requests come from another address than they do.
    pub(crate) fn client_addr_as(&self, address: &str) {
        self.shared
            .change(|state| state.client_addr = Some(address.to_owned()));
    }

    /// Closes the sockets of all agents without a word.
    pub(crate) fn cut(&self) {
        self.shared.change(|state| state.cut());
    }

    /// Keeps the connections of the agents that are in, and moves not a byte over them in either direction. Who connects
    /// later is served, unless told otherwise with [`Edge::receive`].
    pub(crate) fn black_hole(&self) {
        self.shared.state.borrow().hold();
    }

    /// Closes the tunnel as the dashboard's "stop" does: the agent is told, and stays connected.
    pub(crate) async fn close_tunnel(&self, message: &str, code: Option<&str>) {
        let stopped = self.shared.change(State::stop_tunnel);
        let (agent, tunnel) = stopped.expect("there is a tunnel to close");
        let command = json!({"Id": tunnel, "Message": message, "ErrorCode": code});
        session::command(agent, session::STOP_TUNNEL, &command).await;
    }

    /// Stops listening for agents, whose connections are refused until [`Edge::come_back`]. Those that are in stay in.
    pub(crate) async fn go_away(&self) {
        let listening = self.listening().take();
        if let Some(listening) = listening {
            listening.abort();
            // The port is closed when the task is gone; that it was cancelled is what was asked for.
            let _ = listening.await;
        }
    }

    /// Listens for agents again, at the same port.
    pub(crate) fn come_back(&self) {
        let socket = bind(self.agents).expect("the port is kept for the edge");
        let listener = socket.listen(1024).expect("a bound socket can listen");
        let accepting = session::accept(Arc::clone(&self.shared), listener);
        *self.listening() = Some(self.shared.spawn(accepting));
    }

    fn listening(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A socket at an address that the edge may bind twice: once to keep it, once to listen there.
fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    #[cfg(unix)]
    socket.set_reuseport(true)?;
    // Connections of a time before the edge went away may still be closing.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
