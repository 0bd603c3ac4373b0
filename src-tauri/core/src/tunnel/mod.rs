//! The public URL: how providers reach this computer, and whether they can.
//!
//! Two ways: ngrok, through its crate, or a URL that the user sees to. Either is *online* only after a request through it came
//! back with an answer that nobody else can give; until then, and whenever that stops being so, the state says since when it is
//! not reachable and why. The crate's own reconnecting is unfit for a laptop (knowledge: tunnel §1), so the dialing, the
//! back-off and the ending are done here, around it.
//!
//! Deliberately not here: what becomes of a request (connections are handed on), what is done about an outage, and any word for
//! the user: there is one closed list of troubles, which others put into sentences.

mod backoff;
mod connector;
mod dial;
mod line;
mod ngrok;
mod own;
mod probe;
mod report;
mod session;
mod trouble;
mod wake;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

pub use self::probe::{Challenge, Proof, is_this_computer, prove};
use self::report::Report;
pub use self::trouble::sentence;
use crate::chat::time::Timestamp;
use crate::chat::view::{Trouble, UrlStatus};

/// What to run.
#[derive(Clone)]
pub enum Plan {
    /// Connect to ngrok.
    Ngrok(NgrokPlan),
    /// The user sees to this URL; only look whether it works.
    Own(String),
}

/// How to connect to ngrok.
#[derive(Clone)]
pub struct NgrokPlan {
    /// What the account is known by; without one nothing is tried.
    pub token: Option<Token>,
    /// The domain to ask for; the account's own if there is none.
    pub domain: Option<String>,
    /// ngrok's server as `host:port`, if it is not the usual one.
    pub server: Option<String>,
    /// Whose certificates are trusted.
    pub roots: Roots,
    /// The proxy on the way: `http://` or `socks5://`, perhaps with a password.
    pub proxy: Option<Token>,
}

/// Something that must not be seen.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// What the user gave.
    #[must_use]
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    fn reveal(&self) -> &str {
        &self.0
    }
}

/// Whose certificates are trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// ngrok's own root.
    Ngrok,
    /// Those of the system.
    System,
    /// Those in a PEM file.
    File(PathBuf),
}

/// How it is with the public URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The URL, as long as this runs and as far as it is known.
    pub url: Option<String>,
    /// Whether it works.
    pub status: UrlStatus,
    /// While it works: since when it had not, before, and why. Whoever looks now and then would miss a short outage, and one
    /// that was slept through is over in a moment.
    pub over: Option<(Timestamp, Trouble)>,
}

/// A reason to look at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// The user asks.
    Retry,
    /// The network may be another one now.
    Network,
    /// The computer was asleep since this moment.
    Woke(Timestamp),
}

/// A connection of somebody who asked the public URL.
pub type Visit = (Box<dyn Duplex>, SocketAddr);

/// A stream in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Duplex for S {}

/// Every time that is waited. The defaults are right; tests have no time for some of them.
#[derive(Debug, Clone)]
pub struct Tempo {
    /// Between two heartbeats to ngrok.
    pub heartbeat: Duration,
    /// How late the answer to a heartbeat may be.
    pub heartbeat_tolerance: Duration,
    /// For each step of a connection: names, TCP, TLS.
    pub step: Duration,
    /// For a whole connection to ngrok, and for each request to it.
    pub request: Duration,
    /// For the answer of a probe.
    pub probe: Duration,
    /// Between two probes through ngrok, which its plan counts.
    pub probe_ngrok: Duration,
    /// Between two probes of an own URL.
    pub probe_own: Duration,
    /// The longest wait between two tries.
    pub longest_wait: Duration,
    /// The user is told of an outage after it went on for so long, the computer being awake.
    pub told_after: Duration,
    /// Between two looks at the clock.
    pub tick: Duration,
}

impl Default for Tempo {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(10),
            heartbeat_tolerance: Duration::from_secs(5),
            step: Duration::from_secs(5),
            request: Duration::from_secs(15),
            probe: Duration::from_secs(6),
            probe_ngrok: Duration::from_secs(6 * 60 * 60),
            probe_own: Duration::from_secs(15 * 60),
            longest_wait: Duration::from_secs(30),
            told_after: Duration::from_secs(2 * 60),
            tick: Duration::from_secs(5),
        }
    }
}

/// What this needs of the world around it.
#[derive(Clone)]
pub struct Surroundings {
    /// The clock.
    pub now: fn() -> Timestamp,
    /// Makes something to ask the public URL that only this engine can answer.
    pub challenge: Arc<dyn Fn() -> Challenge + Send + Sync>,
    /// Where it is told how it is.
    pub state: watch::Sender<State>,
    /// How long to wait.
    pub tempo: Tempo,
}

/// Runs until `stop`: then no more connections come, and this returns when the receiver of `visits` is gone, after six seconds
/// at the latest.
pub async fn run(
    plan: Plan,
    surroundings: Surroundings,
    visits: mpsc::Sender<Visit>,
    nudges: mpsc::UnboundedReceiver<Nudge>,
    stop: CancellationToken,
) {
    let watching = wake::Watch::new(surroundings.now, surroundings.tempo.tick);
    let report = Report::new(
        surroundings.state.clone(),
        surroundings.now,
        watching.clone(),
    );
    let (woken, mut wakes) = mpsc::unbounded_channel();
    let nudges = Nudges {
        asked: nudges,
        wakes: &mut wakes,
    };
    let work = async {
        match plan {
            Plan::Ngrok(plan) => {
                ngrok::run(&plan, &surroundings, report, visits, nudges, stop.clone()).await;
            }
            Plan::Own(url) => own::run(url, &surroundings, report, nudges, stop.clone()).await,
        }
    };
    tokio::select! {
        () = work => {}
        () = watching.run(woken) => {}
    }
}

/// Every nudge, wherever it comes from.
struct Nudges<'a> {
    asked: mpsc::UnboundedReceiver<Nudge>,
    wakes: &'a mut mpsc::UnboundedReceiver<Nudge>,
}

impl Nudges<'_> {
    /// The next one. Waits for ever when nobody is left to nudge.
    async fn next(&mut self) -> Nudge {
        let nudge = tokio::select! {
            nudge = self.asked.recv() => nudge,
            nudge = self.wakes.recv() => nudge,
        };
        match nudge {
            Some(nudge) => nudge,
            None => std::future::pending().await,
        }
    }
}

/// Whether a line of a library's log may be kept. Below a warning, ngrok's crates write whole frames: tokens and messages.
#[must_use]
pub fn may_be_logged(line: &tracing::Metadata<'_>) -> bool {
    let root = line.target().split("::").next().unwrap_or_default();
    !matches!(root, "ngrok" | "muxado") || *line.level() <= tracing::Level::WARN
}
