//! The notification service of Linux desktops, through notify-rust.
//!
//! Each popup on the screen has a small task that waits for a click or for newer text. Their number is bounded: every one holds
//! a connection to the session bus, and a service that was restarted never answers those before.

use std::collections::VecDeque;

use notify_rust::{
    Hint, Notification, NotificationHandle, NotificationResponse, Timeout, get_capabilities,
    get_server_information,
};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::content::{self, BodyForm};
use super::{Click, Popup, SERVICE_TIMEOUT};
use crate::chat::view::NotificationState;

/// Popups that are looked after at a time; the oldest is closed for a new one.
const LIVE_AT_MOST: usize = 32;

/// The action that a click on the popup itself means. Some services show it as a button, so it has a word.
const OPEN: (&str, &str) = ("default", "Open");

/// A popup on the screen.
struct Live {
    conversation: Option<i64>,
    newer: mpsc::UnboundedSender<Notification>,
}

/// Shows popups until there are no more to come.
pub(super) async fn run(
    mut popups: mpsc::Receiver<Popup>,
    clicks: mpsc::UnboundedSender<Click>,
    state: watch::Sender<NotificationState>,
) {
    let mut live: VecDeque<Live> = VecDeque::new();
    let mut form = None;
    while let Some(popup) = popups.recv().await {
        if form.is_none() {
            form = body_form().await;
        }
        // Not knowing, escaping is the side to err on: a stray `&amp;` harms nobody.
        let notification = notification(&popup, form.unwrap_or(BodyForm::Markup));
        live.retain(|live| !live.newer.is_closed());
        let same = live
            .iter()
            .position(|live| live.conversation == popup.conversation);
        let unsent = match same.and_then(|at| live.remove(at)) {
            Some(same) => {
                let unsent = same.newer.send(notification).err().map(|unsent| unsent.0);
                if unsent.is_none() {
                    live.push_back(same);
                }
                unsent
            }
            None => Some(notification),
        };
        if let Some(notification) = unsent
            && let Some(shown) = show(notification, &state).await
        {
            if live.len() == LIVE_AT_MOST {
                live.pop_front();
            }
            let (newer, changes) = mpsc::unbounded_channel();
            tokio::spawn(look_after(
                shown,
                changes,
                popup.conversation,
                clicks.clone(),
            ));
            live.push_back(Live {
                conversation: popup.conversation,
                newer,
            });
        }
    }
}

/// Asks the service how it reads bodies. `None` if it does not say; it is asked again at the next popup.
async fn body_form() -> Option<BodyForm> {
    let asked = tokio::task::spawn_blocking(get_capabilities);
    let capabilities = timeout(SERVICE_TIMEOUT, asked).await.ok()?.ok()?.ok()?;
    let reads_markup = capabilities
        .iter()
        .any(|capability| capability == "body-markup");
    Some(if reads_markup {
        BodyForm::Markup
    } else {
        BodyForm::Plain
    })
}

/// What shows popups in this session, in its own words.
///
/// # Errors
/// With the reason why there is nothing, in words.
pub fn service_name() -> Result<String, String> {
    let (told, answer) = std::sync::mpsc::channel();
    // A thread of its own, since a frozen service never answers.
    std::thread::spawn(move || told.send(get_server_information()));
    match answer.recv_timeout(SERVICE_TIMEOUT) {
        Ok(Ok(service)) => Ok(format!("{} {}", service.name, service.version)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the notification service does not answer".to_owned()),
    }
}

fn notification(popup: &Popup, form: BodyForm) -> Notification {
    Notification::new()
        .appname("Bluetick")
        .summary(&content::title(&popup.title))
        .body(&content::body(&popup.body, form))
        .hint(Hint::DesktopEntry("bluetick-desktop".to_owned()))
        .hint(Hint::Category("im.received".to_owned()))
        .timeout(Timeout::Default)
        .action(OPEN.0, OPEN.1)
        .finalize()
}

async fn show(
    notification: Notification,
    state: &watch::Sender<NotificationState>,
) -> Option<NotificationHandle> {
    let outcome = timeout(SERVICE_TIMEOUT, notification.show_async()).await;
    let (shown, now) = match outcome {
        Ok(Ok(shown)) => (Some(shown), NotificationState::Available),
        Ok(Err(error)) => (None, unavailable(error.to_string())),
        Err(_) => (
            None,
            unavailable("the notification service does not answer".to_owned()),
        ),
    };
    state.send_if_modified(|before| {
        let changed = *before != now;
        if changed && let NotificationState::Unavailable { reason } = &now {
            tracing::warn!(%reason, "popups cannot be shown");
        }
        *before = now;
        changed
    });
    shown
}

const fn unavailable(reason: String) -> NotificationState {
    NotificationState::Unavailable { reason }
}

/// Waits for a click, for newer text, or for the room to be needed.
async fn look_after(
    mut shown: NotificationHandle,
    mut changes: mpsc::UnboundedReceiver<Notification>,
    conversation: Option<i64>,
    clicks: mpsc::UnboundedSender<Click>,
) {
    loop {
        let mut clicked = false;
        let next = tokio::select! {
            () = shown.wait_for_action_async(|response| clicked = *response == NotificationResponse::Default) => None,
            newer = changes.recv() => Some(newer),
        };
        match next {
            // Newer text: the same popup says it.
            Some(Some(newer)) => {
                shown.summary(&newer.summary).body(&newer.body);
                let updated = tokio::task::spawn_blocking(move || shown.update().map(|()| shown));
                match timeout(SERVICE_TIMEOUT, updated).await {
                    Ok(Ok(Ok(same))) => shown = same,
                    Ok(_) | Err(_) => return,
                }
            }
            // Another popup needs the room.
            Some(None) => break,
            // Clicked, closed or expired.
            None => {
                if clicked {
                    // The window may be gone already; then there is nothing to open.
                    let _ = clicks.send(Click { conversation });
                    break;
                }
                return;
            }
        }
    }
    // Some services leave a popup up after a click.
    let _ = timeout(SERVICE_TIMEOUT, shown.close_async()).await;
}
