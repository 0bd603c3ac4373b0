//! Native popups for what arrived.
//!
//! Three pure parts decide: [`policy`] whether a message gets a popup, [`board`] what is on the screen and what should be, and
//! [`words`] what it says. A [`Native`] carries it out: the system's own service of notifications, behind one small set of
//! calls for all systems, each with a time-out, so that a service that hangs holds up nothing but popups.
//!
//! Deliberately not here: the archive. Who reads what arrived, and keeps how far it was told, is the engine.

mod avatar;
pub mod board;
mod content;
pub mod policy;
mod service;
pub mod words;

use std::fmt;
use std::path::PathBuf;

pub use self::avatar::Face;
pub(crate) use self::service::Notifier;
pub use self::service::{Closed, Native, Signal, Trouble};

/// What shows popups in this session, in its own words.
///
/// # Errors
/// If there is nothing, or it does not answer.
pub async fn service_name() -> Result<String, Trouble> {
    Native::new(PathBuf::new()).name().await
}

/// What a popup is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A customer wrote.
    Message,
    /// A message to a customer could not be delivered.
    Failure,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Message, Self::Failure];
}

/// One conversation in one topic: it has one popup at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// What it is about.
    pub topic: Topic,
    /// The conversation's row.
    pub conversation: i64,
}

/// Names a popup: a newer one under the same key takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// About one conversation.
    Conversation(Slot),
    /// About several.
    Summary(Topic),
    /// The public URL has been out of reach for long.
    Unreachable,
    /// The user wanted to see one.
    Sample,
    /// The window was closed for the first time.
    InTray,
}

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// First line, as told by whoever wrote: not yet safe for any service.
    pub title: String,
    /// The lines below it, likewise.
    pub body: String,
    /// Whose picture to show; without one there is the app's.
    pub face: Option<Face>,
    /// It may make the system's sound.
    pub sound: bool,
    /// It has a button that marks the conversation as read.
    pub can_mark_read: bool,
}

/// A click on a popup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// The conversation to open; `None` opens the window as it was.
    pub conversation: Option<i64>,
    /// What the desktop wants to see before it lets a window come to the front.
    pub activation: Option<Activation>,
}

/// A Wayland desktop's permission to bring a window to the front. Good for one use.
#[derive(Clone, PartialEq, Eq)]
pub struct Activation(String);

impl Activation {
    /// The token, for the desktop that gave it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Activation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Activation(…)")
    }
}
