//! The one place that says how it is with the public URL.

use tokio::sync::watch;

use super::State;
use super::probe::Proof;
use super::trouble::{self, Cure};
use super::wake::Watch;
use crate::chat::time::Timestamp;
use crate::chat::view::{Trouble, TroubleKind, UrlStatus};

/// Says how it is. An outage keeps its first moment until the URL is proven again, whatever goes wrong meanwhile.
pub(super) struct Report {
    state: watch::Sender<State>,
    now: fn() -> Timestamp,
    clock: Watch,
    began: Timestamp,
    /// The outage that goes on: its beginning and its first cause. A first connection that fails is none.
    outage: Option<(Timestamp, Trouble)>,
    attempt: u32,
}

impl Report {
    pub(super) fn new(state: watch::Sender<State>, now: fn() -> Timestamp, clock: Watch) -> Self {
        state.send_replace(State {
            url: None,
            status: UrlStatus::Connecting,
            over: None,
        });
        Self {
            state,
            now,
            clock,
            began: now(),
            outage: None,
            attempt: 0,
        }
    }

    /// The URL is this, proven or not.
    pub(super) fn url(&self, url: &str) {
        self.state.send_if_modified(|state| {
            let is_new = state.url.as_deref() != Some(url);
            state.url = Some(url.to_owned());
            is_new
        });
    }

    /// A request through the URL came back.
    pub(super) fn online(&mut self, proof: Proof) {
        self.attempt = 0;
        let online = UrlStatus::Online {
            checked_at: proof.at.millis(),
            milliseconds: proof.milliseconds,
        };
        let over = self.outage.take();
        self.set(online, over);
    }

    pub(super) fn is_online(&self) -> bool {
        matches!(self.state.borrow().status, UrlStatus::Online { .. })
    }

    /// It cannot be reached any more, as of now, or since the computer fell asleep if it has just woken.
    pub(super) fn lost(&mut self, trouble: Trouble) {
        match self.clock.asleep_since() {
            Some(since) if self.is_online() => self.slept(since),
            Some(_) | None => self.lost_since((self.now)(), trouble),
        }
    }

    /// The computer was asleep, and could not be reached since then. What was proven after it woke stays proven.
    pub(super) fn slept(&mut self, since: Timestamp) {
        let proven_since = match self.state.borrow().status {
            UrlStatus::Online { checked_at, .. } => {
                let checked = Timestamp::from_millis(checked_at);
                self.clock.is_after_sleep(checked, since)
            }
            UrlStatus::Off
            | UrlStatus::Connecting
            | UrlStatus::Reconnecting { .. }
            | UrlStatus::NeedsYou { .. } => false,
        };
        if !proven_since {
            self.lost_since(since, Trouble::plain(TroubleKind::Asleep));
        }
    }

    fn lost_since(&mut self, since: Timestamp, trouble: Trouble) {
        if self.is_online() {
            self.began = since;
            self.outage = Some((since, trouble.clone()));
        }
        self.say(trouble);
    }

    /// One more try has failed.
    pub(super) fn failed(&mut self, trouble: Trouble) {
        self.attempt = self.attempt.saturating_add(1);
        self.lost(trouble);
    }

    fn say(&self, trouble: Trouble) {
        let since = self.began.millis();
        let status = match trouble::cure(trouble.kind) {
            Cure::Retry => UrlStatus::Reconnecting {
                since,
                attempt: self.attempt,
                trouble,
            },
            Cure::TellAndRetry(_) | Cure::Tell => UrlStatus::NeedsYou { since, trouble },
        };
        self.set(status, None);
    }

    fn set(&self, status: UrlStatus, over: Option<(Timestamp, Trouble)>) {
        self.state.send_if_modified(|state| {
            let changed = state.status != status;
            if changed {
                tracing::info!(status = word(&status), "the public URL");
                state.status = status;
                state.over = over;
            }
            changed
        });
    }
}

/// For the log.
const fn word(status: &UrlStatus) -> &'static str {
    match status {
        UrlStatus::Off => "off",
        UrlStatus::Connecting => "connecting",
        UrlStatus::Online { .. } => "online",
        UrlStatus::Reconnecting { .. } => "reconnecting",
        UrlStatus::NeedsYou { .. } => "needs the user",
    }
}
