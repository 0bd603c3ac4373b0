//! A popup's name, in the letters that Windows and macOS know a notification by.
//!
//! It is the same in every run of the app: a popup that was left behind by an earlier one is replaced, or taken away, by the
//! next one of the same name. It is never read back, since each popup's own listener knows whose it is.

use crate::notify::{Key, Slot, Topic};

/// The name: of letters, digits and hyphens, and short enough for Windows, which takes 64 of them.
pub(super) fn tag(key: Key) -> String {
    match key {
        Key::Conversation(Slot {
            topic,
            conversation,
        }) => format!("{}-{conversation}", word(topic)),
        Key::Summary(topic) => format!("{}-summary", word(topic)),
        Key::Unreachable => "unreachable".to_owned(),
        Key::Sample => "sample".to_owned(),
        Key::InTray => "in-tray".to_owned(),
    }
}

const fn word(topic: Topic) -> &'static str {
    match topic {
        Topic::Message => "message",
        Topic::Failure => "failure",
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Slot, Topic, tag};

    #[test]
    fn names_stay_what_they_are() {
        let slot = |topic, conversation| {
            Key::Conversation(Slot {
                topic,
                conversation,
            })
        };
        for (key, expected) in [
            (slot(Topic::Message, 7), "message-7"),
            (slot(Topic::Failure, 7), "failure-7"),
            (Key::Summary(Topic::Message), "message-summary"),
            (Key::Summary(Topic::Failure), "failure-summary"),
            (Key::Unreachable, "unreachable"),
            (Key::Sample, "sample"),
            (Key::InTray, "in-tray"),
        ] {
            assert_eq!(tag(key), expected);
        }
    }

    #[test]
    fn the_longest_name_fits() {
        for topic in Topic::ALL {
            let longest = tag(Key::Conversation(Slot {
                topic,
                conversation: i64::MIN,
            }));
            assert!(longest.len() <= 64, "{longest}");
        }
    }
}
