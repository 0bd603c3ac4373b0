//! What goes to macOS, and what comes back, in the words of notify-rust. Pure.

use std::path::Path;

use notify_rust::{CloseReason, Notification, NotificationResponse};

use super::shown::Fate;
use super::{Closed, MARK_READ};
use crate::notify::Popup;
use crate::notify::content::{self, BodyForm};

/// Name of one of the sounds that come with macOS. Without one a notification is silent.
const SOUND: &str = "Ping";

/// The popup as a notification. `face` is the picture of who wrote. A click on the notification itself needs no action: one
/// would be a button.
pub(super) fn notification(popup: &Popup, face: Option<&Path>) -> Notification {
    let mut notification = Notification::new();
    notification
        .summary(&content::title(&popup.title))
        .body(&content::body(&popup.body, BodyForm::Plain));
    if popup.can_mark_read {
        notification.action(MARK_READ.0, MARK_READ.1);
    }
    if popup.sound {
        notification.sound_name(SOUND);
    }
    if let Some(face) = face.and_then(Path::to_str) {
        notification.image_path(face);
    }
    notification
}

/// What a response means. There is no other button than the one, and no field to reply in.
pub(super) fn fate(response: &NotificationResponse) -> Fate {
    match response {
        NotificationResponse::Default => Fate::Clicked,
        NotificationResponse::Action(action) if action == MARK_READ.0 => Fate::MarkedRead,
        NotificationResponse::Closed(CloseReason::Dismissed) => Fate::Closed(Closed::Dealt),
        NotificationResponse::Action(_)
        | NotificationResponse::Reply(_)
        | NotificationResponse::Closed(
            CloseReason::Expired | CloseReason::CloseAction | CloseReason::Other(_),
        ) => Fate::Closed(Closed::Expired),
    }
}

#[cfg(test)]
mod tests {
    use super::{CloseReason, Closed, Fate, NotificationResponse, Popup, fate, notification};

    fn popup() -> Popup {
        Popup {
            title: "<b>Ada</b>".to_owned(),
            body: "5 < 6\u{202e}".to_owned(),
            face: None,
            sound: true,
            can_mark_read: true,
        }
    }

    #[test]
    fn words_are_plain_and_the_only_button_marks_as_read() {
        let sent = notification(&popup(), None);
        assert_eq!(sent.summary, "<b>Ada</b>");
        assert_eq!(sent.body, "5 < 6");
        assert_eq!(sent.actions, ["mark-read", "Mark as read"]);
        let bare = Popup {
            can_mark_read: false,
            ..popup()
        };
        assert_eq!(notification(&bare, None).actions, Vec::<String>::new());
    }

    // Elsewhere they are fields that nobody can look at.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_sound_and_a_picture_are_there_if_they_are_wanted() {
        use std::path::Path;

        use notify_rust::Hint;

        let loud = notification(&popup(), Some(Path::new("/tmp/face.png"))).hints;
        assert!(loud.contains(&Hint::SoundName("Ping".to_owned())));
        assert!(loud.contains(&Hint::ImagePath("/tmp/face.png".to_owned())));
        let quiet = Popup {
            sound: false,
            ..popup()
        };
        assert!(notification(&quiet, None).hints.is_empty());
    }

    #[test]
    fn only_the_user_deals_with_a_notification() {
        use NotificationResponse::{Action, Closed as Gone, Default, Reply};

        let expired = Fate::Closed(Closed::Expired);
        for (response, expected) in [
            (Default, Fate::Clicked),
            (Action("mark-read".to_owned()), Fate::MarkedRead),
            (Gone(CloseReason::Dismissed), Fate::Closed(Closed::Dealt)),
            (Gone(CloseReason::Expired), expired),
            (Gone(CloseReason::CloseAction), expired),
            (Gone(CloseReason::Other(9)), expired),
            (Action(String::new()), expired),
            (Reply("text".to_owned()), expired),
        ] {
            assert_eq!(fate(&response), expected, "{response:?}");
        }
    }
}
