//! Native popups for what arrived.
//!
//! What a popup says is decided by pure functions ([`policy`], [`content`]); one task owns the system's notification service and
//! talks to it with time-outs, so that a service that hangs holds up nothing but popups. One popup stands for a conversation at a
//! time and is changed in place. Deliberately not here: when to be quiet, and what to do on other systems than Linux beyond
//! showing text; these have an issue of their own.

mod content;
pub mod policy;
#[cfg(not(target_os = "linux"))]
#[path = "plain.rs"]
mod service;
#[cfg(target_os = "linux")]
#[path = "freedesktop.rs"]
mod service;

use std::time::Duration;

use tokio::sync::{mpsc, watch};

#[cfg(target_os = "linux")]
pub use self::service::service_name;
use crate::chat::view::NotificationState;

/// How long the system's service may take for one call. A popup that is later than this is no use, and a frozen service never
/// answers at all.
const SERVICE_TIMEOUT: Duration = Duration::from_secs(3);

/// Popups that may wait to be shown. Beyond it the oldest conversations are already on the screen and in the list.
const WAITING: usize = 64;

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// The conversation that a click opens; `None` for a summary of several, which opens the window.
    pub conversation: Option<i64>,
    /// First line, as told by whoever wrote: not yet safe for any service.
    pub title: String,
    /// The lines below it, likewise.
    pub body: String,
}

/// A click on a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Click {
    /// The conversation to open; `None` opens the window as it was.
    pub conversation: Option<i64>,
}

/// The task that shows popups. It ends when this is dropped; popups on the screen stay until they are clicked or expire.
#[derive(Debug, Clone)]
pub struct Popups {
    waiting: mpsc::Sender<Popup>,
    state: watch::Receiver<NotificationState>,
}

impl Popups {
    /// Starts the task on the current tokio runtime. Clicks are sent to `clicks`.
    #[must_use]
    pub fn start(clicks: mpsc::UnboundedSender<Click>) -> Self {
        let (waiting, popups) = mpsc::channel(WAITING);
        let (told, state) = watch::channel(NotificationState::Available);
        tokio::spawn(service::run(popups, clicks, told));
        Self { waiting, state }
    }

    /// Hands over a popup; waits only if many are waiting already.
    pub async fn show(&self, popup: Popup) {
        // The task ends only with the runtime, and then there is nobody to show anything to.
        let _ = self.waiting.send(popup).await;
    }

    /// Whether popups can be shown, as far as the last try told.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<NotificationState> {
        self.state.clone()
    }
}
