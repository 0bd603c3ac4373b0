//! The public URL of this engine: what runs for it, what the user decided, and how it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use axum::Router;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Engine, now};
use crate::chat::view::{PublicUrlChange, PublicUrlRow, PublicUrlSetup, Way};
use crate::receiver;
use crate::settings::{self, Address, KeptUrl, Settings, SettingsError};
use crate::tunnel::{self, Challenge, NgrokPlan, Nudge, Plan, State, Surroundings, Tempo, Token};

/// Connections that wait to be served. Beyond it ngrok holds them back.
const WAITING: usize = 64;

/// Characters of a probe's nonce.
const NONCE_LENGTH: usize = 24;

/// What runs for the public URL, and where to ask how it is.
#[derive(Debug)]
pub(super) struct Reach {
    /// As the tunnel tells it.
    pub(super) state: watch::Sender<State>,
    /// As the window is told it.
    pub(super) row: watch::Sender<PublicUrlRow>,
    /// Requests through the tunnel that the archive has not counted yet.
    pub(super) requests: Arc<AtomicI64>,
    kept: std::sync::Mutex<KeptUrl>,
    running: Mutex<Option<Running>>,
    nudges: std::sync::Mutex<Option<mpsc::UnboundedSender<Nudge>>>,
    pub(super) tempo: Tempo,
    data_dir: PathBuf,
}

#[derive(Debug)]
struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// What the tunnel needs of the engine.
pub(super) struct Door {
    pub(super) router: Router,
    pub(super) addresses: watch::Receiver<Arc<[Address]>>,
    pub(super) tasks: TaskTracker,
    pub(super) stop: CancellationToken,
}

impl Reach {
    pub(super) fn new(data_dir: PathBuf, kept: KeptUrl, tempo: Tempo) -> Self {
        let row = PublicUrlRow {
            way: Way::Off,
            url: kept.url.clone(),
            status: crate::chat::view::UrlStatus::Off,
            former: kept.former.clone(),
            quota: None,
        };
        Self {
            state: watch::channel(State::default()).0,
            row: watch::channel(row).0,
            requests: Arc::default(),
            kept: std::sync::Mutex::new(kept),
            running: Mutex::default(),
            nudges: std::sync::Mutex::default(),
            tempo,
            data_dir,
        }
    }

    /// Runs what the settings say in place of what ran before, which is ended first.
    pub(super) async fn run(&self, settings: &settings::PublicUrl, door: &Door) {
        let mut running = self.running.lock().await;
        if let Some(before) = running.take() {
            before.stop.cancel();
            // It ends by itself, in seconds at most; a panic in it has been told already.
            let _ = before.task.await;
        }
        self.state.send_replace(State::default());
        self.row.send_if_modified(|row| {
            let changed = row.way != settings.settings.way;
            row.way = settings.settings.way;
            changed
        });
        let Some(plan) = plan(settings) else {
            *self.nudges_slot() = None;
            return;
        };
        let stop = door.stop.child_token();
        let (nudges, nudged) = mpsc::unbounded_channel();
        *self.nudges_slot() = Some(nudges);
        let (visits, visitors) = mpsc::channel(WAITING);
        let surroundings = Surroundings {
            now,
            challenge: challenge(door.addresses.clone()),
            state: self.state.clone(),
            tempo: self.tempo.clone(),
        };
        let serving = receiver::serve_visits(
            visitors,
            door.router.clone(),
            self.requests.clone(),
            stop.clone(),
        );
        let tunnel = tunnel::run(plan, surroundings, visits, nudged, stop.clone());
        let task = door.tasks.spawn(async move {
            tokio::join!(tunnel, serving);
        });
        *running = Some(Running { stop, task });
    }

    /// Gives a reason to look at once.
    pub(super) fn nudge(&self, nudge: Nudge) {
        if let Some(nudges) = self.nudges_slot().as_ref() {
            // One that has just ended needs none.
            let _ = nudges.send(nudge);
        }
    }

    /// A URL was proven: keeps it, and tells if it is another one than before.
    pub(super) async fn proven(&self, url: &str) {
        self.keep(|kept| kept.proven(url)).await;
    }

    /// Keeps what became of the kept URL, if that is different.
    async fn keep(&self, change: impl FnOnce(&KeptUrl) -> KeptUrl) {
        let new = {
            let mut kept = self.kept();
            let new = change(&kept);
            if *kept == new {
                return;
            }
            *kept = new.clone();
            new
        };
        self.row
            .send_modify(|row| row.former.clone_from(&new.former));
        let data_dir = self.data_dir.clone();
        let saved = tokio::task::spawn_blocking(move || new.save(&data_dir)).await;
        if let Ok(Err(error)) = saved {
            tracing::error!(%error, "the public URL could not be kept");
        }
    }

    pub(super) fn kept(&self) -> std::sync::MutexGuard<'_, KeptUrl> {
        // It is whole at every moment, whatever a holder of the lock did.
        self.kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn nudges_slot(&self) -> std::sync::MutexGuard<'_, Option<mpsc::UnboundedSender<Nudge>>> {
        self.nudges
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What the tunnel is to do; nothing if there is to be none.
fn plan(settings: &settings::PublicUrl) -> Option<Plan> {
    let token = |secret: &settings::Secret| Token::new(secret.reveal().to_owned());
    let decided = &settings.settings;
    match decided.way {
        Way::Off => None,
        Way::Own => decided.own_url.clone().map(Plan::Own),
        Way::Ngrok => Some(Plan::Ngrok(NgrokPlan {
            token: settings.token.as_ref().map(token),
            domain: decided.domain.clone(),
            server: decided.server.clone(),
            roots: match &decided.roots {
                settings::Roots::Ngrok => tunnel::Roots::Ngrok,
                settings::Roots::System => tunnel::Roots::System,
                settings::Roots::File(path) => tunnel::Roots::File(path.clone()),
            },
            proxy: settings.proxy.as_ref().map(token),
        })),
    }
}

/// Asks for the probe of the first address, whose secret is as good as any.
fn challenge(
    addresses: watch::Receiver<Arc<[Address]>>,
) -> Arc<dyn Fn() -> Challenge + Send + Sync> {
    Arc::new(move || challenge_of(&addresses.borrow()))
}

/// A question that only an engine with these addresses can answer.
#[must_use]
pub fn challenge_of(addresses: &[Address]) -> Challenge {
    let mut bytes = [0; NONCE_LENGTH / 2];
    // Without random numbers the nonce is a fixed one, which proves a little less and never fails.
    let _ = getrandom::fill(&mut bytes);
    let nonce: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match addresses.first() {
        Some(address) => {
            let secret = &address.secrets.hook_secret;
            Challenge {
                path: format!("/hook/{}/probe/{nonce}", secret.reveal()),
                answer: receiver::keyed_answer(secret, &nonce),
            }
        }
        None => Challenge {
            path: "/".to_owned(),
            answer: nonce,
        },
    }
}

impl Engine {
    /// What was decided about the public URL.
    #[must_use]
    pub fn public_url_setup(&self) -> PublicUrlSetup {
        self.settings().public_url.setup()
    }

    /// How it is with the public URL, now and from now on.
    #[must_use]
    pub fn public_url(&self) -> watch::Receiver<PublicUrlRow> {
        self.reach.row.subscribe()
    }

    /// Decides about the public URL, and does it.
    ///
    /// # Errors
    /// If what was typed cannot be used, or not be kept.
    pub async fn set_public_url(&self, change: PublicUrlChange) -> Result<(), SettingsError> {
        let (before, new) = self
            .change_settings(move |settings: &mut Settings, data_dir| {
                let before = settings.public_url.clone();
                let new = before.with(change)?;
                settings.set_public_url(data_dir, new.clone())?;
                Ok((before, new))
            })
            .await?;
        if new.leads_as(&before) {
            // A connection that works is worth more than one that is made anew.
            self.reach.nudge(Nudge::Retry);
        } else {
            self.reach.run(&new, &self.door()).await;
        }
        Ok(())
    }

    /// Looks at once whether the public URL works, or tries at once to make it work.
    pub fn retry_public_url(&self) {
        self.reach.nudge(Nudge::Retry);
    }

    /// The network may be another one now.
    pub fn network_changed(&self) {
        self.reach.nudge(Nudge::Network);
    }

    /// The user's provider knows the public URL of now.
    pub async fn settle_public_url(&self) {
        self.reach.keep(KeptUrl::settled).await;
    }

    fn door(&self) -> Door {
        Door {
            router: self.router.clone(),
            addresses: self.addresses.subscribe(),
            tasks: self.tasks.clone(),
            stop: self.stop.clone(),
        }
    }
}
