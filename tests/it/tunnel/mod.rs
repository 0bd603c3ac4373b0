//! The public URL, through a stand-in for ngrok's edge that speaks the real protocol: it is proven, it says what is wrong, and
//! it comes back by itself.

#[cfg(target_os = "linux")]
mod black_hole;
mod faults;
mod outages;
mod own;
mod proxy;
mod traffic;
mod wake;

use std::time::{Duration, Instant};

use bluetick_core::chat::view::{PublicUrlChange, PublicUrlRow, TroubleKind, UrlStatus, Way};
use bluetick_core::engine::{Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::tunnel::Tempo;
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::edge::Edge;
use crate::support::data_dir::DataDir;
use crate::support::wait::PATIENCE;

/// Looks like one, and must never be seen again.
pub(crate) const TOKEN: &str = "2tEsTtOkEn_NobodyMaySeeThis4711";

/// Waits that nobody has time for are shorter; how long a network may take is as it is.
pub(crate) fn hasty() -> Tempo {
    Tempo {
        heartbeat: Duration::from_secs(1),
        heartbeat_tolerance: Duration::from_secs(1),
        step: Duration::from_secs(2),
        request: Duration::from_secs(3),
        probe: Duration::from_secs(2),
        longest_wait: Duration::from_secs(2),
        ..Tempo::default()
    }
}

/// An engine that is to be reached through an edge. Each has threads of its own.
pub(crate) struct Reached {
    // Dropped from the top: the engine before its directory.
    pub(crate) engine: Engine,
    pub(crate) runtime: Runtime,
    pub(crate) edge: Edge,
    pub(crate) network: Runtime,
    pub(crate) data_dir: DataDir,
}

impl Reached {
    /// Starts both and waits for nothing.
    pub(crate) fn start(tempo: Tempo) -> Self {
        let network = Runtime::new().expect("a runtime");
        let edge = network.block_on(Edge::start());
        let data_dir = DataDir::new();
        trust(&data_dir, &edge);
        let runtime = Runtime::new().expect("a runtime");
        let engine = runtime.block_on(start(&data_dir, tempo));
        Self {
            engine,
            runtime,
            edge,
            network,
            data_dir,
        }
    }

    /// Starts both and waits until the public URL is proven.
    pub(crate) fn online(tempo: Tempo) -> Self {
        let reached = Self::start(tempo);
        reached.set(token(TOKEN));
        reached.wait_online();
        reached
    }

    pub(crate) fn set(&self, change: PublicUrlChange) {
        let set = self.runtime.block_on(self.engine.set_public_url(change));
        set.expect("it can be used");
    }

    /// Waits for a state, and says how long that took.
    pub(crate) fn wait(
        &self,
        what: &str,
        mut enough: impl FnMut(&PublicUrlRow) -> bool,
    ) -> (PublicUrlRow, Duration) {
        let started = Instant::now();
        let mut states = self.engine.public_url();
        let waiting = async { timeout(PATIENCE, states.wait_for(|row| enough(row))).await };
        let Ok(Ok(row)) = self
            .runtime
            .block_on(waiting)
            .map(|row| row.map(|row| row.clone()))
        else {
            panic!("waited in vain: {what}; it is {:?}", self.row());
        };
        (row, started.elapsed())
    }

    pub(crate) fn wait_online(&self) -> Duration {
        self.wait("online", is_online).1
    }

    /// Waits until it is online by a proof newer than this row's.
    pub(crate) fn wait_proven_after(&self, before: &PublicUrlRow) -> Duration {
        let before = checked_at(before);
        let newer = |row: &PublicUrlRow| checked_at(row) > before;
        self.wait("online again", newer).1
    }

    pub(crate) fn wait_trouble(&self, kind: TroubleKind) -> PublicUrlRow {
        let what = format!("trouble of the kind {kind:?}");
        self.wait(&what, |row| trouble(row) == Some(kind)).0
    }

    pub(crate) fn row(&self) -> PublicUrlRow {
        self.engine.public_url().borrow().clone()
    }

    /// The first address as providers are given it.
    pub(crate) fn hook(&self) -> String {
        let hook = self.engine.hooks().remove(0);
        hook.public_url.expect("there is a public URL")
    }

    pub(crate) fn come_back(&self) {
        let _network = self.network.enter();
        self.edge.come_back();
    }

    pub(crate) fn stop(&self) {
        self.runtime.block_on(self.engine.stop());
    }
}

/// Lets the engine of a data directory connect to this edge and trust its certificate.
pub(crate) fn trust(data_dir: &DataDir, edge: &Edge) {
    data_dir.trust(&edge.server(), edge.ca_pem());
}

pub(crate) async fn start(data_dir: &DataDir, tempo: Tempo) -> Engine {
    let engine = Engine::start(Options {
        data_dir: data_dir.path().to_owned(),
        listening: Listening::At(([127, 0, 0, 1], 0).into()),
        popups: None,
        tempo,
    });
    engine.await.expect("the engine starts")
}

/// ngrok with this token.
pub(crate) fn token(token: &str) -> PublicUrlChange {
    PublicUrlChange {
        way: Some(Way::Ngrok),
        token: Some(token.to_owned()),
        ..PublicUrlChange::default()
    }
}

pub(crate) fn is_online(row: &PublicUrlRow) -> bool {
    matches!(row.status, UrlStatus::Online { .. })
}

fn checked_at(row: &PublicUrlRow) -> i64 {
    match row.status {
        UrlStatus::Online { checked_at, .. } => checked_at,
        UrlStatus::Off
        | UrlStatus::Connecting
        | UrlStatus::Reconnecting { .. }
        | UrlStatus::NeedsYou { .. } => 0,
    }
}

pub(crate) fn trouble(row: &PublicUrlRow) -> Option<TroubleKind> {
    match &row.status {
        UrlStatus::Reconnecting { trouble, .. } | UrlStatus::NeedsYou { trouble, .. } => {
            Some(trouble.kind)
        }
        UrlStatus::Off | UrlStatus::Connecting | UrlStatus::Online { .. } => None,
    }
}
