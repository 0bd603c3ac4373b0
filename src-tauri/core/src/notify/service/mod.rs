//! The system's own service of notifications, behind one set of calls.
//!
//! Each system has its own module; what it has in common with the others is [`Notifier`]. Mapping a popup to the system's words is
//! pure in each, so that it can be tested where the system itself cannot.

#[cfg(any(target_os = "macos", all(test, target_os = "linux")))]
mod banner;
#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(any(test, not(target_os = "linux")))]
mod shown;
#[cfg(any(test, not(target_os = "linux")))]
mod tag;
#[cfg(any(test, target_os = "windows"))]
mod toast;
#[cfg(target_os = "windows")]
mod windows;

use std::time::Duration;

#[cfg(target_os = "linux")]
pub use self::freedesktop::Freedesktop as Native;
#[cfg(target_os = "macos")]
pub use self::macos::Macos as Native;
#[cfg(target_os = "windows")]
pub use self::windows::Windows as Native;
use super::{Activation, Key, Popup};

/// How long the system's service may take for one call. A popup that is later than this is no use, and a frozen service never
/// answers at all.
const SERVICE_TIMEOUT: Duration = Duration::from_secs(3);

/// The action that a click on the popup itself means. Some services show it as a button, so it has a word.
#[cfg(target_os = "linux")]
const OPEN: (&str, &str) = ("default", "Open");

/// The action that marks a conversation as read.
const MARK_READ: (&str, &str) = ("mark-read", "Mark as read");

/// Why a popup is not on the screen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The service has not answered in time. It may still do what it was told, and is told nothing more until it has.
    #[error("the notification service does not answer")]
    Silent,
    /// The service, or the way to it, said no.
    #[error("{0}")]
    Refused(String),
}

/// What becomes known without being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// A popup was clicked. It is gone from the screen.
    Clicked {
        /// Which one; `None` if it is none of those known.
        key: Option<Key>,
        /// What the desktop wants to see before it lets a window come to the front.
        activation: Option<Activation>,
    },
    /// The button that marks as read was pressed. The popup is gone from the screen.
    MarkedRead(Key),
    /// A popup is gone from the screen.
    Closed(Key, Closed),
    /// The service was restarted or ended: every popup is gone from the screen.
    Lost,
    /// There is a service, after there was none.
    Ready,
    /// The service answers again. Where a key is named, that popup, which had been given up, is on the screen now.
    Thawed(Option<Key>),
}

/// How a popup went from the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The user dealt with it.
    Dealt,
    /// Its time was over, or the service needed the room. Nobody may have seen it.
    Expired,
}

/// What every system's service can do. All calls end within a few seconds.
pub(crate) trait Notifier {
    /// What the service calls itself.
    ///
    /// # Errors
    /// If there is none, or it does not answer.
    async fn name(&mut self) -> Result<String, Trouble>;

    /// Whether it makes sense to call now: a service that has not answered yet is not asked again.
    fn is_free(&self) -> bool;

    /// Puts a popup on the screen, in place of the one under the same key.
    ///
    /// # Errors
    /// If it is not there.
    async fn show(&mut self, key: Key, popup: &Popup) -> Result<(), Trouble>;

    /// Takes a popup from the screen, if it is there. If that cannot be done now, it is done as soon as it can.
    async fn withdraw(&mut self, key: Key);

    /// Takes all popups from the screen, as far as that can be done at once.
    async fn leave(&mut self);

    /// Waits for something to become known. Nothing is lost if the wait is given up.
    async fn next(&mut self) -> Signal;
}
