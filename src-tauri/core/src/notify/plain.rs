//! Windows and macOS, for now: text in the system's own popup, without clicks and without changing it later.

use notify_rust::Notification;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::content::{self, BodyForm};
use super::{Click, Popup, SERVICE_TIMEOUT};
use crate::chat::view::NotificationState;

/// Shows popups until there are no more to come.
pub(super) async fn run(
    mut popups: mpsc::Receiver<Popup>,
    _clicks: mpsc::UnboundedSender<Click>,
    state: watch::Sender<NotificationState>,
) {
    while let Some(popup) = popups.recv().await {
        let shown = tokio::task::spawn_blocking(move || {
            Notification::new()
                .summary(&content::title(&popup.title))
                .body(&content::body(&popup.body, BodyForm::Plain))
                .show()
                .map(drop)
        });
        let now = match timeout(SERVICE_TIMEOUT, shown).await {
            Ok(Ok(Ok(()))) => NotificationState::Available,
            Ok(Ok(Err(error))) => NotificationState::Unavailable {
                reason: error.to_string(),
            },
            Ok(Err(_)) | Err(_) => NotificationState::Unavailable {
                reason: "the notification service does not answer".to_owned(),
            },
        };
        state.send_replace(now);
    }
}
