//! Popups that others ask for, beside what the archive says.

use tokio::sync::{mpsc, oneshot};

use crate::notify::{Key, Popup, Trouble};

/// What may wait to be done here.
pub(super) const WAITING: usize = 64;

/// What to do beside what the archive says.
#[derive(Debug)]
pub(super) enum Command {
    /// Show this.
    Show(Key, Popup),
    /// Take it away.
    Withdraw(Key),
    /// Show a sample and say what became of it.
    Sample(oneshot::Sender<Result<(), Trouble>>),
}

/// Where popups are asked for.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Popups {
    pub(super) commands: mpsc::Sender<Command>,
}

impl Popups {
    /// Shows a popup.
    pub(in crate::engine) async fn show(&self, key: Key, popup: Popup) {
        // The task ends only with the engine, and then there is nobody to show anything to.
        let _ = self.commands.send(Command::Show(key, popup)).await;
    }

    /// Takes a popup away, if it is there.
    pub(in crate::engine) async fn withdraw(&self, key: Key) {
        let _ = self.commands.send(Command::Withdraw(key)).await;
    }

    /// Shows a sample.
    pub(in crate::engine) async fn sample(&self) -> Result<(), Trouble> {
        let (told, outcome) = oneshot::channel();
        let _ = self.commands.send(Command::Sample(told)).await;
        outcome.await.unwrap_or(Err(Trouble::Silent))
    }
}
