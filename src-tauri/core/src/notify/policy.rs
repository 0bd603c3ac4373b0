//! When to be quiet. Pure: the clock and the situation are passed in.

use super::Topic;
use crate::chat::time::Timestamp;
use crate::chat::view::{PopupContent, PopupSettings, TimeOfDay};

/// What matters about a message for whether its popup is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// What it is told for.
    pub topic: Topic,
    /// The conversation it is in.
    pub conversation: i64,
    /// Popups of the conversation break through.
    pub vip: bool,
    /// Until when the conversation is muted.
    pub muted_until: Option<i64>,
    /// Its words, as far as it has some.
    pub words: &'a str,
}

/// What matters about everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// What the user decided.
    pub settings: &'a PopupSettings,
    /// Until when the user wants no popups at all.
    pub paused_until: Option<i64>,
    /// The conversation that the user is looking at.
    pub looking_at: Option<i64>,
    /// The time.
    pub now: Timestamp,
    /// The same on the wall.
    pub time: TimeOfDay,
}

/// Why there is no popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The user wants none of this topic.
    Off,
    /// The user is looking at it.
    InSight,
    /// The user wants none of this conversation.
    Muted,
    /// The user wants none for now.
    Paused,
    /// It is night, and this can wait.
    QuietHours,
}

/// Why a message gets no popup; `None` if it gets one.
#[must_use]
pub fn silence(facts: &Facts<'_>, situation: &Situation<'_>) -> Option<Silence> {
    let is_ahead = |until: Option<i64>| until.is_some_and(|until| situation.now.millis() < until);
    let settings = situation.settings;
    let is_wanted = match facts.topic {
        Topic::Message => settings.content != PopupContent::Off,
        Topic::Failure => settings.failures,
    };
    if !is_wanted {
        return Some(Silence::Off);
    }
    if situation.looking_at == Some(facts.conversation) {
        return Some(Silence::InSight);
    }
    if is_ahead(facts.muted_until) {
        return Some(Silence::Muted);
    }
    if is_ahead(situation.paused_until) {
        return Some(Silence::Paused);
    }
    let is_quiet = settings
        .quiet
        .is_some_and(|hours| hours.contain(situation.time));
    let breaks_through = facts.vip || settings.keywords.iter().any(|word| says(facts.words, word));
    (is_quiet && !breaks_through).then_some(Silence::QuietHours)
}

/// Whether a text has a word, or several in a row: in any case, and not within another word.
fn says(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.trim().to_lowercase());
    if word.is_empty() {
        return false;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (starts, ends) = (
        is_letter(word.chars().next()),
        is_letter(word.chars().next_back()),
    );
    text.match_indices(&word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let is_within = starts && is_letter(before) || ends && is_letter(after);
        !is_within
    })
}

#[cfg(test)]
mod tests {
    use super::{Facts, Silence, Situation, Topic, says, silence};
    use crate::chat::time::Timestamp;
    use crate::chat::view::{FOR_GOOD, PopupContent, PopupSettings, QuietHours};

    const NOW: i64 = 1_000_000;

    fn facts() -> Facts<'static> {
        Facts {
            topic: Topic::Message,
            conversation: 7,
            vip: false,
            muted_until: None,
            words: "Is this urgent?",
        }
    }

    fn at_night(keywords: &[&str]) -> PopupSettings {
        PopupSettings {
            quiet: Some(QuietHours {
                from: "22:00".parse().expect("a time"),
                until: "07:00".parse().expect("a time"),
            }),
            keywords: keywords.iter().map(|&word| word.to_owned()).collect(),
            ..PopupSettings::default()
        }
    }

    fn situation(settings: &PopupSettings) -> Situation<'_> {
        Situation {
            settings,
            paused_until: None,
            looking_at: None,
            now: Timestamp::from_millis(NOW),
            time: "23:30".parse().expect("a time"),
        }
    }

    #[test]
    fn every_reason_to_be_quiet() {
        let all = PopupSettings::default();
        let off = PopupSettings {
            content: PopupContent::Off,
            ..PopupSettings::default()
        };
        let no_failures = PopupSettings {
            failures: false,
            ..PopupSettings::default()
        };
        let failure = Facts {
            topic: Topic::Failure,
            ..facts()
        };
        let muted = |until| Facts {
            muted_until: Some(until),
            ..facts()
        };
        let vip = Facts {
            vip: true,
            ..facts()
        };
        let (night, urgent) = (at_night(&[]), at_night(&["urgent"]));
        let plain = situation(&all);
        let looking = |conversation| Situation {
            looking_at: Some(conversation),
            ..plain
        };
        let paused = |until| Situation {
            paused_until: Some(until),
            ..plain
        };
        let by_day = Situation {
            time: "12:00".parse().expect("a time"),
            ..situation(&night)
        };
        for (what, facts, situation, expected) in [
            ("nothing decided", facts(), plain, None),
            ("none wanted", facts(), situation(&off), Some(Silence::Off)),
            (
                "failures have their own wish",
                failure,
                situation(&off),
                None,
            ),
            (
                "no failures",
                failure,
                situation(&no_failures),
                Some(Silence::Off),
            ),
            (
                "messages all the same",
                facts(),
                situation(&no_failures),
                None,
            ),
            ("looked at", facts(), looking(7), Some(Silence::InSight)),
            ("another is looked at", facts(), looking(8), None),
            ("muted", muted(NOW + 1), plain, Some(Silence::Muted)),
            (
                "muted for good",
                muted(FOR_GOOD),
                plain,
                Some(Silence::Muted),
            ),
            ("was muted", muted(NOW), plain, None),
            ("paused", facts(), paused(NOW + 1), Some(Silence::Paused)),
            (
                "paused, even a VIP",
                vip,
                paused(NOW + 1),
                Some(Silence::Paused),
            ),
            ("was paused", facts(), paused(NOW), None),
            (
                "night",
                facts(),
                situation(&night),
                Some(Silence::QuietHours),
            ),
            (
                "failures can wait",
                failure,
                situation(&night),
                Some(Silence::QuietHours),
            ),
            ("day", facts(), by_day, None),
            ("night, a VIP", vip, situation(&night), None),
            ("night, a word", facts(), situation(&urgent), None),
        ] {
            assert_eq!(silence(&facts, &situation), expected, "{what}");
        }
    }

    #[test]
    fn words_are_found_as_words() {
        for (text, word, is_said) in [
            ("It is URGENT!", "urgent", true),
            ("insurgents", "urgent", false),
            ("non-urgent", "urgent", true),
            ("order 551", "order 55", false),
            ("Order 55, please", "order 55", true),
            ("Straße gesperrt", "STRASSE", false),
            ("STRAßE gesperrt", "straße", true),
            ("help me", " help ", true),
            ("anything", "", false),
            ("anything", "  ", false),
            ("10 €", "€", true),
            ("10€ only", "€", true),
            ("مساعدة الآن", "مساعدة", true),
        ] {
            assert_eq!(says(text, word), is_said, "{word:?} in {text:?}");
        }
    }
}
