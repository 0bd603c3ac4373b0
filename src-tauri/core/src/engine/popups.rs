//! What the shells ask about popups, and about conversations as far as popups are concerned.

use std::path::PathBuf;

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::announce::{self, Popups, Surroundings};
use super::{Engine, local_time, now};
use crate::chat::time::Timestamp;
use crate::chat::view::{NotificationState, PopupRow, PopupSettings, Quiet};
use crate::notify::{Click, Key, Trouble, words};
use crate::settings::{PopupWishes, SettingsError};
use crate::store::{self, Store};

/// Why there is no sample to be seen.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// This engine raises no popups.
    #[error("this Bluetick shows no notifications")]
    NoPopups,
    /// The system's service did not do it.
    #[error(transparent)]
    Service(#[from] Trouble),
}

/// What tells of news, and what it goes by.
#[derive(Debug)]
pub(super) struct Announcing {
    /// `None` where nobody wants popups.
    pub(super) popups: Option<Popups>,
    pub(super) row: watch::Sender<PopupRow>,
    wishes: watch::Sender<PopupWishes>,
    looking_at: watch::Sender<Option<i64>>,
}

impl Announcing {
    /// Starts to tell, if clicks are to go somewhere.
    pub(super) fn start(
        store: &Store,
        wishes: &PopupWishes,
        clicks: Option<mpsc::UnboundedSender<Click>>,
        faces: PathBuf,
        (tasks, stop): (&TaskTracker, &CancellationToken),
    ) -> Self {
        let row = PopupRow {
            state: NotificationState::Available,
            paused_until: wishes.paused_until.map(Timestamp::millis),
        };
        let mut announcing = Self {
            popups: None,
            row: watch::channel(row).0,
            wishes: watch::channel(wishes.clone()).0,
            looking_at: watch::channel(None).0,
        };
        if let Some(clicks) = clicks {
            let surroundings = Surroundings {
                wishes: announcing.wishes.subscribe(),
                looking_at: announcing.looking_at.subscribe(),
                row: announcing.row.clone(),
                clicks,
                faces,
            };
            let (popups, task) = announce::start(store.clone(), surroundings, stop.clone());
            tasks.spawn(task);
            announcing.popups = Some(popups);
        }
        announcing
    }
}

impl Engine {
    /// What was decided about popups.
    #[must_use]
    pub fn popup_settings(&self) -> PopupSettings {
        self.settings().popups.settings.clone()
    }

    /// Decides about popups.
    ///
    /// # Errors
    /// If something in it cannot be, or it cannot be kept.
    pub async fn set_popup_settings(&self, settings: PopupSettings) -> Result<(), SettingsError> {
        self.change_settings(move |all, data_dir| all.set_popups(data_dir, settings))
            .await?;
        self.tell_wishes();
        Ok(())
    }

    /// Wants no popups for a while, or wants them again.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub async fn pause_popups(&self, quiet: Quiet) -> Result<(), SettingsError> {
        let until = local_time::until(quiet, now());
        self.change_settings(move |all, data_dir| all.pause_popups(data_dir, until))
            .await?;
        self.tell_wishes();
        Ok(())
    }

    /// Shows a popup that says what popups look like.
    ///
    /// # Errors
    /// If it is not on the screen.
    pub async fn show_sample_popup(&self) -> Result<(), SampleError> {
        let popups = self.popups.popups.as_ref().ok_or(SampleError::NoPopups)?;
        Ok(popups.sample().await?)
    }

    /// Says, the first time, that the app goes on in the tray.
    ///
    /// # Errors
    /// If it cannot be kept that it was said.
    pub async fn tell_of_tray(&self) -> Result<(), SettingsError> {
        if self.settings().popups.told_of_tray {
            return Ok(());
        }
        if let Some(popups) = &self.popups.popups {
            popups.show(Key::InTray, words::in_tray()).await;
        }
        self.change_settings(|all, data_dir| all.told_of_tray(data_dir))
            .await
    }

    /// The window is there again, so nobody needs to be told where it went.
    pub async fn window_opened(&self) {
        if let Some(popups) = &self.popups.popups {
            popups.withdraw(Key::InTray).await;
        }
    }

    /// The conversation that the user is looking at, whose popups would tell nothing new.
    pub fn look_at(&self, conversation: Option<i64>) {
        self.popups.looking_at.send_if_modified(|before| {
            let changed = *before != conversation;
            *before = conversation;
            changed
        });
    }

    /// Wants no popups of a conversation for a while, or wants them again.
    ///
    /// # Errors
    /// If there is no such conversation, or it could not be written.
    pub async fn mute(&self, conversation: i64, quiet: Quiet) -> store::Result<()> {
        let until = local_time::until(quiet, now());
        self.store.mute(conversation, until).await
    }

    /// Whether popups can be shown, and are wanted.
    #[must_use]
    pub fn popup_row(&self) -> watch::Receiver<PopupRow> {
        self.popups.row.subscribe()
    }

    fn tell_wishes(&self) {
        let wishes = self.settings().popups.clone();
        let paused_until = wishes.paused_until.map(|until| until.millis());
        self.popups.wishes.send_replace(wishes);
        self.popups.row.send_if_modified(|row| {
            let changed = row.paused_until != paused_until;
            row.paused_until = paused_until;
            changed
        });
    }
}
