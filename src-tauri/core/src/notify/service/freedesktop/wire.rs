//! What goes over the bus, and what comes back, in the words of the freedesktop specification. Pure.

use std::path::Path;

use notify_rust::{Hint, Notification, Timeout};

use super::super::{Closed, MARK_READ, OPEN};
use crate::notify::Popup;
use crate::notify::content::{self, BodyForm};

/// Name of the desktop entry, by which a desktop knows whose popups these are.
const DESKTOP_ENTRY: &str = "bluetick-desktop";

/// Name of the sound of a message, in the freedesktop naming specification.
const SOUND: &str = "message-new-instant";

/// What a service says that it can do, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Capabilities {
    body: BodyForm,
    actions: bool,
}

impl Capabilities {
    /// From the service's own words.
    pub(super) fn of(words: &[String]) -> Self {
        let has = |word: &str| words.iter().any(|told| told == word);
        Self {
            body: if has("body-markup") {
                BodyForm::Markup
            } else {
                BodyForm::Plain
            },
            actions: has("actions"),
        }
    }
}

/// The popup as a notification for a service that can do this. `face` is the picture of who wrote.
pub(super) fn notification(
    popup: &Popup,
    capabilities: Capabilities,
    face: Option<&Path>,
) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Bluetick")
        .icon(DESKTOP_ENTRY)
        .summary(&content::title(&popup.title))
        .body(&content::body(&popup.body, capabilities.body))
        .hint(Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()))
        .hint(Hint::Category("im.received".to_owned()))
        .timeout(Timeout::Default);
    if capabilities.actions {
        notification.action(OPEN.0, OPEN.1);
        if popup.can_mark_read {
            notification.action(MARK_READ.0, MARK_READ.1);
        }
    }
    if let Some(face) = face.and_then(Path::to_str) {
        notification.hint(Hint::ImagePath(face.to_owned()));
    }
    notification.hint(if popup.sound {
        Hint::SoundName(SOUND.to_owned())
    } else {
        Hint::SuppressSound(true)
    });
    notification.finalize()
}

/// What a reason of `NotificationClosed` means: 2 is the user, 3 a call to close, 1 and 4 nobody's wish.
pub(super) const fn closed(reason: u32) -> Closed {
    match reason {
        2 => Closed::Dealt,
        _ => Closed::Expired,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{Capabilities, Closed, Popup, closed, notification};

    fn popup() -> Popup {
        Popup {
            title: "<b>Ada</b>".to_owned(),
            body: "5 < 6 & 7".to_owned(),
            face: None,
            sound: true,
            can_mark_read: true,
        }
    }

    fn capabilities(words: &[&str]) -> Capabilities {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Capabilities::of(&words)
    }

    fn hints(popup: &Popup, face: Option<&Path>) -> BTreeMap<String, String> {
        let notification = notification(popup, capabilities(&[]), face);
        notification
            .hints
            .iter()
            .map(|hint| {
                let (key, value): (&str, zbus::Variant<'_>) = hint.into();
                (key.to_owned(), value.to_string())
            })
            .collect()
    }

    #[test]
    fn a_service_gets_what_it_can_read() {
        let sent = |words: &[&str]| {
            let sent = notification(&popup(), capabilities(words), None);
            (sent.summary, sent.body, sent.actions)
        };
        let (title, body, actions) = sent(&["body", "body-markup", "actions"]);
        assert_eq!(title, "<b>Ada</b>", "titles are never markup");
        assert_eq!(body, "5 &lt; 6 &amp; 7");
        assert_eq!(actions, ["default", "Open", "mark-read", "Mark as read"]);
        let (_, body, actions) = sent(&["body"]);
        assert_eq!(body, "5 < 6 & 7");
        assert_eq!(actions, Vec::<String>::new());
    }

    #[test]
    fn a_service_is_told_whose_popup_it_is_and_how_loud() {
        let loud = hints(&popup(), Some(Path::new("/tmp/face.png")));
        let of = |key: &str| loud.get(key).cloned();
        assert_eq!(of("desktop-entry").as_deref(), Some("\"bluetick-desktop\""));
        assert_eq!(of("category").as_deref(), Some("\"im.received\""));
        assert_eq!(of("image-path").as_deref(), Some("\"/tmp/face.png\""));
        assert_eq!(of("sound-name").as_deref(), Some("\"message-new-instant\""));
        assert_eq!(of("suppress-sound"), None);
        let quiet = Popup {
            sound: false,
            ..popup()
        };
        let quiet = hints(&quiet, None);
        assert_eq!(
            quiet.get("suppress-sound").map(String::as_str),
            Some("true")
        );
        assert_eq!(quiet.get("sound-name"), None);
    }

    #[test]
    fn only_the_user_deals_with_a_popup() {
        let dealt: Vec<u32> = (0..6)
            .filter(|&reason| closed(reason) == Closed::Dealt)
            .collect();
        assert_eq!(dealt, [2]);
    }
}
