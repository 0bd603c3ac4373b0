//! The notification centre of macOS: notify-rust's notifications, sent and listened to with what it sends them with itself.
//!
//! notify-rust would block a thread for each popup, and no call ends that. Each popup is one notification under its [`tag`]: a
//! newer one takes its place, and it can be taken away by that name, even if an earlier run of the app left it. A notification
//! whose time on the screen is over waits in the notification centre and counts as being there.
//!
//! What that crate cannot do: tell of "Clear All" for popups with a button, or of a click on what an earlier run left, though
//! macOS brings the app to the front then. It finds out about popups without a button by asking twice a second. A picture is
//! moved away by macOS when it is shown, and is drawn anew the next time. And only an app in a signed bundle, whose main thread
//! runs an event loop, may do any of it; outside of a bundle macOS ends a process that tries.

use std::path::PathBuf;

use mac_usernotifications::{
    AuthorizationStatus, Error, check_bundle, close_delivered, get_delivered_notification_ids,
    get_notification_settings, request_auth,
};
use notify_rust::NotificationResponse;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::banner;
use super::shown::{Fate, Shown, Word};
use super::tag::tag;
use super::{Closed, Notifier, SERVICE_TIMEOUT, Signal, Trouble};
use crate::notify::{Key, Popup, avatar};

/// What becomes known.
#[derive(Debug)]
enum Heard {
    /// The user lets popups be shown.
    Allowed,
    /// What became of one.
    Word(Word),
}

/// The notifications of this session.
#[derive(Debug)]
pub struct Macos {
    faces: PathBuf,
    has_asked: bool,
    /// Each with the task that listens.
    shown: Shown<AbortHandle>,
    told: mpsc::UnboundedSender<Heard>,
    heard: mpsc::UnboundedReceiver<Heard>,
}

impl Macos {
    /// Nothing is asked of macOS before the first call. `faces` is a directory for the pictures of people.
    #[must_use]
    pub fn new(faces: PathBuf) -> Self {
        let (told, heard) = mpsc::unbounded_channel();
        Self {
            faces,
            has_asked: false,
            shown: Shown::new(),
            told,
            heard,
        }
    }

    /// Whether popups may be shown. Only the user can say so, and is asked once; the answer may take its time.
    async fn allowed(&mut self) -> Result<(), Trouble> {
        match within(get_notification_settings())
            .await?
            .authorization_status
        {
            AuthorizationStatus::Authorized
            | AuthorizationStatus::Provisional
            | AuthorizationStatus::Ephemeral
            | AuthorizationStatus::Unknown => Ok(()),
            AuthorizationStatus::Denied => Err(Trouble::Refused(
                "the notifications of Bluetick are turned off in the system settings".to_owned(),
            )),
            AuthorizationStatus::NotDetermined => {
                if !self.has_asked {
                    self.has_asked = true;
                    tokio::spawn(ask(self.told.clone()));
                }
                Err(Trouble::Refused(
                    "macOS is asking whether Bluetick may show notifications".to_owned(),
                ))
            }
        }
    }
}

impl Notifier for Macos {
    async fn name(&mut self) -> Result<String, Trouble> {
        self.allowed().await?;
        Ok("macOS notifications".to_owned())
    }

    fn is_free(&self) -> bool {
        true
    }

    async fn show(&mut self, key: Key, popup: &Popup) -> Result<(), Trouble> {
        self.allowed().await?;
        let face = avatar::file(&self.faces, popup.face.as_ref()).await;
        let notification = banner::notification(popup, face.as_deref());
        let notification = mac_usernotifications::Notification::from(&notification).id(&tag(key));
        let number = self.shown.number();
        let told = self.told.clone();
        let (answered, answer) = oneshot::channel();
        let listening = tokio::spawn(async move {
            let sent = notification.send().await;
            let (sent, outcome) = match sent {
                Ok(sent) => (Some(sent), Ok(())),
                Err(error) => (None, Err(error)),
            };
            // Whoever showed it may have given up waiting; a click counts all the same.
            let _ = answered.send(outcome);
            // It fails when a newer one takes its place.
            if let Some(sent) = sent
                && let Ok(response) = sent.response().await
            {
                let fate = banner::fate(&NotificationResponse::from(response));
                let _ = told.send(Heard::Word(Word { key, number, fate }));
            }
        });
        // The one before it is not ended here: that would end this one, which has the same name. It ends by itself.
        self.shown.put(key, number, listening.abort_handle());
        let answer = async { answer.await.unwrap_or(Err(Error::NotificationRejected)) };
        let shown = within(answer).await;
        if let Err(Trouble::Refused(_)) = shown {
            self.shown.take(key);
        }
        shown
    }

    async fn withdraw(&mut self, key: Key) {
        if let Some(listening) = self.shown.take(key) {
            listening.abort();
        }
        if check_bundle().is_ok() {
            // It is done later if it is late.
            let _ = timeout(SERVICE_TIMEOUT, close_delivered(&tag(key))).await;
        }
    }

    async fn leave(&mut self) {
        for listening in self.shown.take_all() {
            listening.abort();
        }
        if check_bundle().is_ok() {
            let all = async {
                for id in get_delivered_notification_ids().await {
                    close_delivered(&id).await;
                }
            };
            // What is late stays.
            let _ = timeout(SERVICE_TIMEOUT, all).await;
        }
    }

    async fn next(&mut self) -> Signal {
        loop {
            let word = match self.heard.recv().await {
                Some(Heard::Allowed) => return Signal::Ready,
                Some(Heard::Word(word)) => word,
                // Not while there is a sender here.
                None => return std::future::pending().await,
            };
            let Some(signal) = self.shown.hear(word) else {
                continue;
            };
            match word.fate {
                // A newer one may have come under this key. Not waited for: the signal would be lost if this were given up.
                Fate::Clicked | Fate::MarkedRead | Fate::Closed(Closed::Dealt) => {
                    tokio::spawn(close_delivered(&tag(word.key)));
                }
                Fate::Closed(Closed::Expired) => {}
            }
            return signal;
        }
    }
}

/// What comes of a call, in time.
async fn within<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    match timeout(SERVICE_TIMEOUT, call).await {
        Ok(outcome) => outcome.map_err(|error| Trouble::Refused(error.to_string())),
        Err(_) => Err(Trouble::Silent),
    }
}

/// Has macOS ask the user. What they decide later, they decide in its settings.
async fn ask(told: mpsc::UnboundedSender<Heard>) {
    match request_auth().await {
        Ok(true) => {
            // Nobody listens any more when the app ends.
            let _ = told.send(Heard::Allowed);
        }
        Ok(false) => {}
        Err(error) => tracing::debug!(%error, "macOS did not ask whether popups may be shown"),
    }
}
