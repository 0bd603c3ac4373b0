//! Reading everything again beside the rest, at the user's word: once at a time, with progress, until it ends or is stopped.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::chat::view::RereadState;
use crate::store::Store;

/// Progress is told in this many steps at most; more would only keep the page busy.
const STEPS: i64 = 200;

/// The one run there may be.
#[derive(Debug, Clone)]
pub(super) struct Rereading {
    state: watch::Sender<RereadState>,
    /// Stops the run that goes on, if one does.
    running: Arc<Mutex<Option<CancellationToken>>>,
}

impl Rereading {
    /// Nothing runs at first; it may be advised.
    pub(super) fn new(advised: bool) -> Self {
        let state = if advised {
            RereadState::Advised
        } else {
            RereadState::Idle
        };
        Self {
            state: watch::channel(state).0,
            running: Arc::default(),
        }
    }

    pub(super) fn state(&self) -> watch::Receiver<RereadState> {
        self.state.subscribe()
    }

    /// Starts, unless it runs already. It ends with `stop` at the latest.
    pub(super) fn start(&self, store: Store, tasks: &TaskTracker, stop: &CancellationToken) {
        let token = stop.child_token();
        {
            let mut running = self.lock();
            if running.is_some() {
                return;
            }
            *running = Some(token.clone());
        }
        let this = self.clone();
        tasks.spawn(async move {
            let state = this.run(&store, &token).await;
            *this.lock() = None;
            this.state.send_replace(state);
        });
    }

    /// Stops what runs, if anything does. What was done stays.
    pub(super) fn stop(&self) {
        if let Some(running) = self.lock().as_ref() {
            running.cancel();
        }
    }

    async fn run(&self, store: &Store, token: &CancellationToken) -> RereadState {
        let mut told = -1;
        let progress = |done: i64, total: i64| {
            let step = done * STEPS / total.max(1);
            if step != told {
                told = step;
                self.state
                    .send_replace(RereadState::Running { done, total });
            }
        };
        match store.reread(token, progress).await {
            Ok(reread) => RereadState::Done {
                outcome: reread.outcome,
                cancelled: reread.cancelled,
            },
            Err(error) => {
                tracing::error!(%error, "reading everything again failed");
                RereadState::Failed {
                    reason: error.to_string(),
                }
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<CancellationToken>> {
        // It holds one value, which is whole at every moment.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
