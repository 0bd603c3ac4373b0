//! The toasts of Windows, through `WinRT` itself.
//!
//! notify-rust can neither replace nor withdraw a toast there, and takes the end of its time on the screen for the end of its
//! life. Each popup is one toast under its [`tag`]: a newer one takes its place, and it can be taken away by that name, even if
//! an earlier run of the app left it. A toast whose time on the screen is over waits in the notification centre and counts as
//! being there.
//!
//! Not here: being started by a click. Windows tells it to the process that showed the toast; once that has ended, a click
//! does nothing. It takes a COM server or an address of our own to change that, and quitting takes all toasts away.

use std::fs;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::timeout;
use windows::Data::Xml::Dom::XmlDocument;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{
    ToastActivatedEventArgs, ToastDismissedEventArgs, ToastFailedEventArgs, ToastNotification,
    ToastNotificationManager, ToastNotifier,
};
use windows::core::{HSTRING, IInspectable, Interface, Ref};
use windows_registry::CURRENT_USER;

use super::shown::{Fate, Shown, Word};
use super::tag::tag;
use super::toast::{self, activated, dismissed, refusal};
use super::{Closed, Notifier, SERVICE_TIMEOUT, Signal, Trouble};
use crate::notify::{Key, Popup, avatar};

/// By which Windows knows the app: the bundle identifier, which the installer writes into the shortcut of the start menu.
const APP: &str = "io.github.bluetick.desktop";

/// What all our toasts have in common, beside the app.
const GROUP: &str = "bluetick";

/// The app's picture, for those who did not install it.
const ICON: &[u8] = include_bytes!("../../../../../icons/128x128.png");
const ICON_FILE: &str = "bluetick.png";

/// The toasts of this session.
#[derive(Debug)]
pub struct Windows {
    faces: PathBuf,
    is_registered: bool,
    /// Held, since a toast nobody holds tells nobody of a click.
    shown: Shown<ToastNotification>,
    /// What is being taken away, that nobody waited for.
    leaving: JoinSet<()>,
    told: mpsc::UnboundedSender<Word>,
    heard: mpsc::UnboundedReceiver<Word>,
}

impl Windows {
    /// Nothing is asked of Windows before the first call. `faces` is a directory for the pictures of people.
    #[must_use]
    pub fn new(faces: PathBuf) -> Self {
        let (told, heard) = mpsc::unbounded_channel();
        Self {
            faces,
            is_registered: false,
            shown: Shown::new(),
            leaving: JoinSet::new(),
            told,
            heard,
        }
    }
}

impl Notifier for Windows {
    async fn name(&mut self) -> Result<String, Trouble> {
        within(|| allowed(&notifier()?)).await?;
        Ok("Windows notifications".to_owned())
    }

    fn is_free(&self) -> bool {
        true
    }

    async fn show(&mut self, key: Key, popup: &Popup) -> Result<(), Trouble> {
        if !self.is_registered {
            let faces = self.faces.clone();
            // Where that fails, an installed app is known all the same.
            if let Err(trouble) = within(move || register(&faces)).await {
                tracing::debug!(%trouble, "Windows was not told what this app is called");
            }
            self.is_registered = true;
        }
        let face = avatar::file(&self.faces, popup.face.as_ref()).await;
        let xml = toast::toast(popup, face.as_deref());
        // What is taken away under this key is to be gone before this one comes.
        let gone = async { while self.leaving.join_next().await.is_some() {} };
        if timeout(SERVICE_TIMEOUT, gone).await.is_err() {
            return Err(Trouble::Silent);
        }
        let number = self.shown.number();
        let told = self.told.clone();
        let tell = move |fate| {
            // Nobody listens any more when the app ends.
            let _ = told.send(Word { key, number, fate });
        };
        let toast = within(move || put_up(key, &xml, tell)).await?;
        self.shown.put(key, number, toast);
        Ok(())
    }

    async fn withdraw(&mut self, key: Key) {
        let toasts = self.shown.take(key).into_iter().collect();
        note(within(move || take_away(toasts, Some(key))).await);
    }

    async fn leave(&mut self) {
        let toasts = self.shown.take_all();
        note(within(move || take_away(toasts, None)).await);
    }

    async fn next(&mut self) -> Signal {
        loop {
            let Some(word) = self.heard.recv().await else {
                // Not while there is a sender here.
                return std::future::pending().await;
            };
            let Some(signal) = self.shown.hear(word) else {
                continue;
            };
            match word.fate {
                // A toast that was waved away may wait in the notification centre, and a newer one may have come under this
                // key. Not waited for: the signal would be lost if this were given up.
                Fate::Clicked | Fate::MarkedRead | Fate::Closed(Closed::Dealt) => {
                    self.leaving
                        .spawn_blocking(move || note(take_away(Vec::new(), Some(word.key))));
                }
                Fate::Closed(Closed::Expired) => {}
            }
            return signal;
        }
    }
}

/// What comes of calls to Windows, in time. They block, and go on by themselves if they are late.
async fn within<T: Send + 'static>(
    calls: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    match timeout(SERVICE_TIMEOUT, spawn_blocking(calls)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(_) => Err(Trouble::Silent),
    }
}

/// Nothing depends on it: a toast that is still there can still be replaced.
fn note(taken_away: Result<(), Trouble>) {
    if let Err(trouble) = taken_away {
        tracing::debug!(%trouble, "a toast was not taken away");
    }
}

impl From<windows::core::Error> for Trouble {
    fn from(error: windows::core::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

fn notifier() -> Result<ToastNotifier, Trouble> {
    Ok(ToastNotificationManager::CreateToastNotifierWithId(
        &HSTRING::from(APP),
    )?)
}

/// Whether toasts of ours may be shown. Windows shows none, and says nothing, where they may not.
fn allowed(notifier: &ToastNotifier) -> Result<(), Trouble> {
    // An app that has never shown a toast has no setting.
    let reason = notifier
        .Setting()
        .ok()
        .and_then(|setting| refusal(setting.0));
    reason.map_or(Ok(()), |reason| Err(Trouble::Refused(reason.to_owned())))
}

/// Tells Windows the app's name and picture, without which it shows no toast of an app that has no shortcut in the start menu.
fn register(directory: &Path) -> Result<(), Trouble> {
    let app = CURRENT_USER.create(format!(r"SOFTWARE\Classes\AppUserModelId\{APP}"))?;
    app.set_string("DisplayName", "Bluetick")?;
    let icon = directory.join(ICON_FILE);
    if fs::write(&icon, ICON).is_ok() {
        app.set_hstring("IconUri", &HSTRING::from(icon.as_path()))?;
    }
    Ok(())
}

/// Shows a toast, in place of the one under the same key.
fn put_up(
    key: Key,
    xml: &str,
    tell: impl Fn(Fate) + Clone + Send + 'static,
) -> Result<ToastNotification, Trouble> {
    let notifier = notifier()?;
    allowed(&notifier)?;
    let document = XmlDocument::new()?;
    document.LoadXml(&HSTRING::from(xml))?;
    let toast = ToastNotification::CreateToastNotification(&document)?;
    toast.SetTag(&HSTRING::from(tag(key)))?;
    toast.SetGroup(&HSTRING::from(GROUP))?;
    let tell_activated = tell.clone();
    toast.Activated(&TypedEventHandler::new(
        move |_: Ref<'_, ToastNotification>, told: Ref<'_, IInspectable>| {
            let told = told
                .as_ref()
                .and_then(|told| told.cast::<ToastActivatedEventArgs>().ok());
            let arguments = told.and_then(|told| told.Arguments().ok());
            tell_activated(activated(&arguments.unwrap_or_default().to_string_lossy()));
            Ok(())
        },
    ))?;
    let tell_dismissed = tell.clone();
    toast.Dismissed(&TypedEventHandler::new(
        move |_: Ref<'_, ToastNotification>, told: Ref<'_, ToastDismissedEventArgs>| {
            if let Some(how) = dismissed(told.ok()?.Reason()?.0) {
                tell_dismissed(Fate::Closed(how));
            }
            Ok(())
        },
    ))?;
    toast.Failed(&TypedEventHandler::new(
        move |_: Ref<'_, ToastNotification>, told: Ref<'_, ToastFailedEventArgs>| {
            tell(Fate::Closed(Closed::Expired));
            let error = windows::core::Error::from(told.ok()?.ErrorCode()?);
            tracing::warn!(%error, "Windows did not show a toast that it had taken");
            Ok(())
        },
    ))?;
    notifier.Show(&toast)?;
    Ok(toast)
}

/// Takes toasts away, from the screen and from the notification centre: that of one key, or all of ours.
fn take_away(toasts: Vec<ToastNotification>, key: Option<Key>) -> Result<(), Trouble> {
    let notifier = notifier()?;
    for toast in toasts {
        // It fails if the toast is not on the screen any more.
        let _ = notifier.Hide(&toast);
    }
    let history = ToastNotificationManager::History()?;
    let (group, app) = (HSTRING::from(GROUP), HSTRING::from(APP));
    match key {
        Some(key) => history.RemoveGroupedTagWithId(&HSTRING::from(tag(key)), &group, &app)?,
        None => history.RemoveGroupWithId(&group, &app)?,
    }
    Ok(())
}
