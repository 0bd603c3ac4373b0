//! What popups say. Pure; whoever shows them makes it safe for the system's service.

use super::board::Told;
use super::{Face, Popup, Topic};
use crate::chat::view::{PopupContent, PopupSettings};

/// Title of popups that do not say who wrote.
const APP: &str = "Bluetick";

/// The popup that tells this, as much of it as the user wants. `alert`: something in it is new.
#[must_use]
pub fn popup(told: &Told, settings: &PopupSettings, alert: bool) -> Popup {
    let sound = alert && settings.sound;
    match told {
        Told::Conversation {
            topic: Topic::Message,
            conversation,
            title,
            group,
            count,
            last,
        } => {
            let news = match count {
                0 | 1 => "New message".to_owned(),
                more => format!("{more} new messages"),
            };
            let (title, body, named) = match settings.content {
                PopupContent::Full if *count > 1 => {
                    (title.as_str(), format!("{news}\n{last}"), true)
                }
                PopupContent::Full => (title.as_str(), last.clone(), true),
                PopupContent::Name => (title.as_str(), news, true),
                PopupContent::Generic | PopupContent::Off => (APP, news, false),
            };
            Popup {
                title: title.to_owned(),
                body,
                face: named.then(|| Face::of(*conversation, title, *group)),
                sound,
                can_mark_read: settings.buttons,
            }
        }
        Told::Conversation {
            topic: Topic::Failure,
            conversation,
            title,
            group,
            count,
            last,
        } => match settings.content {
            PopupContent::Full | PopupContent::Name => Popup {
                title: format!("Not delivered to {title}"),
                body: if *count > 1 {
                    format!("{count} messages were not delivered\n{last}")
                } else {
                    last.clone()
                },
                face: Some(Face::of(*conversation, title, *group)),
                sound,
                can_mark_read: false,
            },
            PopupContent::Generic | PopupContent::Off => plain(
                APP.to_owned(),
                match count {
                    0 | 1 => "A message was not delivered".to_owned(),
                    more => format!("{more} messages were not delivered"),
                },
                sound,
            ),
        },
        Told::Summary {
            topic,
            messages,
            conversations,
        } => {
            let title = match topic {
                Topic::Message => "New messages",
                Topic::Failure => "Messages not delivered",
            };
            let body = format!(
                "{} in {}",
                counted(*messages, "message"),
                counted(*conversations, "chat")
            );
            plain(title.to_owned(), body, sound)
        }
    }
}

/// The popup for a public URL that has been out of reach for a while, for the reason told.
#[must_use]
pub fn unreachable(reason: &str) -> Popup {
    plain(
        "Bluetick cannot be reached".to_owned(),
        format!("No new messages arrive: {reason}. Providers keep trying, nothing is lost yet."),
        false,
    )
}

/// The popup for somebody who wants to see one.
#[must_use]
pub fn sample(settings: &PopupSettings) -> Popup {
    let told = Told::Conversation {
        topic: Topic::Message,
        conversation: 2,
        title: "Maya Lindqvist".to_owned(),
        group: false,
        count: 1,
        last: "This is what a new message looks like.".to_owned(),
    };
    Popup {
        can_mark_read: false,
        ..popup(&told, settings, true)
    }
}

/// The popup for somebody who closed the window for the first time.
#[must_use]
pub fn in_tray() -> Popup {
    plain(
        "Bluetick keeps receiving".to_owned(),
        "It stays in the tray. To quit, choose Quit there.".to_owned(),
        false,
    )
}

const fn plain(title: String, body: String, sound: bool) -> Popup {
    Popup {
        title,
        body,
        face: None,
        sound,
        can_mark_read: false,
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::{Popup, PopupContent, PopupSettings, Told, Topic, popup};

    fn told(topic: Topic, count: usize) -> Told {
        Told::Conversation {
            topic,
            conversation: 1,
            title: "Ada".to_owned(),
            group: false,
            count,
            last: "Hello".to_owned(),
        }
    }

    fn said(told: &Told, content: PopupContent) -> (String, String, bool) {
        let settings = PopupSettings {
            content,
            ..PopupSettings::default()
        };
        let Popup {
            title, body, face, ..
        } = popup(told, &settings, true);
        (title, body, face.is_some())
    }

    #[test]
    fn a_popup_says_as_much_as_is_wanted() {
        use PopupContent::{Full, Generic, Name, Off};
        for (topic, count, content, title, body, named) in [
            (Topic::Message, 1, Full, "Ada", "Hello", true),
            (
                Topic::Message,
                3,
                Full,
                "Ada",
                "3 new messages\nHello",
                true,
            ),
            (Topic::Message, 1, Name, "Ada", "New message", true),
            (Topic::Message, 3, Name, "Ada", "3 new messages", true),
            (Topic::Message, 1, Generic, "Bluetick", "New message", false),
            (
                Topic::Message,
                3,
                Generic,
                "Bluetick",
                "3 new messages",
                false,
            ),
            (
                Topic::Failure,
                1,
                Full,
                "Not delivered to Ada",
                "Hello",
                true,
            ),
            (
                Topic::Failure,
                2,
                Name,
                "Not delivered to Ada",
                "2 messages were not delivered\nHello",
                true,
            ),
            (
                Topic::Failure,
                1,
                Generic,
                "Bluetick",
                "A message was not delivered",
                false,
            ),
            (
                Topic::Failure,
                4,
                Off,
                "Bluetick",
                "4 messages were not delivered",
                false,
            ),
        ] {
            assert_eq!(
                said(&told(topic, count), content),
                (title.to_owned(), body.to_owned(), named)
            );
        }
    }

    #[test]
    fn a_summary_counts() {
        let summary = |messages, conversations| Told::Summary {
            topic: Topic::Message,
            messages,
            conversations,
        };
        for content in [PopupContent::Full, PopupContent::Generic] {
            let (title, body, named) = said(&summary(12, 4), content);
            assert_eq!(
                (title.as_str(), body.as_str(), named),
                ("New messages", "12 messages in 4 chats", false)
            );
        }
        assert_eq!(
            said(&summary(1, 1), PopupContent::Full).1,
            "1 message in 1 chat"
        );
    }

    #[test]
    fn sounds_and_buttons_are_wishes() {
        let quiet = PopupSettings {
            sound: false,
            buttons: false,
            ..PopupSettings::default()
        };
        let loud = PopupSettings::default();
        let of = |settings, alert| {
            let popup = popup(&told(Topic::Message, 1), settings, alert);
            (popup.sound, popup.can_mark_read)
        };
        assert_eq!(of(&loud, true), (true, true));
        assert_eq!(
            of(&loud, false),
            (false, true),
            "what is only corrected makes no sound"
        );
        assert_eq!(of(&quiet, true), (false, false));
        assert!(
            !popup(&told(Topic::Failure, 1), &loud, true).can_mark_read,
            "nothing to read"
        );
    }
}
