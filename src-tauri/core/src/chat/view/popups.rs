//! Popups: what the user decided about them, and how they do.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Until when a conversation is muted that is muted for good: the last second of the year 9999.
pub const FOR_GOOD: i64 = 253_402_300_799_000;

/// How much of a message a popup shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum PopupContent {
    /// Who wrote, and what.
    #[default]
    Full,
    /// Who wrote.
    Name,
    /// That somebody wrote.
    Generic,
    /// Nothing: there are no popups for messages.
    Off,
}

/// A time of the day as a clock on the wall shows it, in minutes since midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, as = "String"))]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The time so many hours and minutes after midnight; `None` if no clock shows it.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 {
            Some(Self(hour * 60 + minute))
        } else {
            None
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// What was written is no time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of the day is written like 22:00")]
pub struct NoTimeOfDay;

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let number = |digits: &str| {
            let is_plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_plain)
        };
        let (hour, minute) = text.split_once(':').ok_or(NoTimeOfDay)?;
        let time = number(hour).zip(number(minute));
        time.and_then(|(hour, minute)| Self::new(hour, minute))
            .ok_or(NoTimeOfDay)
    }
}

/// The hours of each day in which popups wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct QuietHours {
    /// The first quiet minute.
    pub from: TimeOfDay,
    /// The first minute that is not quiet any more; the next day's if it is not after the first. Equal to it: the whole day.
    pub until: TimeOfDay,
}

impl QuietHours {
    /// Whether it is quiet at this time of the day.
    #[must_use]
    pub fn contain(self, time: TimeOfDay) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }
}

/// What the user decided about popups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PopupSettings {
    /// How much of a message they show.
    pub content: PopupContent,
    /// There are popups for messages that could not be delivered as well.
    pub failures: bool,
    /// They have a button that marks the conversation as read.
    pub buttons: bool,
    /// They may make the system's sound.
    pub sound: bool,
    /// When to be quiet.
    pub quiet: Option<QuietHours>,
    /// Words that break through the quiet hours, wherever a message has them. As typed, without space around them.
    pub keywords: Vec<String>,
}

impl Default for PopupSettings {
    fn default() -> Self {
        Self {
            content: PopupContent::Full,
            failures: true,
            buttons: true,
            sound: true,
            quiet: None,
            keywords: Vec::new(),
        }
    }
}

/// For how long to mute a conversation, or to pause all popups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Quiet {
    /// Not any more.
    Off,
    /// For an hour.
    Hour,
    /// Until eight in the morning of the next day.
    Tomorrow,
    /// For seven days.
    Week,
    /// For good.
    Always,
}

/// Whether popups can be shown, and whether they are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PopupRow {
    /// Whether the system takes them.
    pub state: NotificationState,
    /// Until when the user wants none; absent or past if there is no such wish.
    pub paused_until: Option<i64>,
}

/// Whether popups can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum NotificationState {
    /// The system takes notifications, as far as is known.
    Available,
    /// The last try failed.
    Unavailable {
        /// Why, in the system's words.
        reason: String,
    },
}

/// What can be decided about how the app lives on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DesktopSetup {
    /// It starts with the session, without a window; absent where the system does not tell.
    pub starts_with_session: Option<bool>,
    /// There is a tray, in which the app stays when its window is closed.
    pub has_tray: bool,
}

#[cfg(test)]
mod tests {
    use super::{QuietHours, TimeOfDay};

    #[test]
    fn times_of_the_day_are_written_in_one_way() {
        for (text, shown) in [("00:00", Some("00:00")), ("23:59", Some("23:59"))] {
            let time = text.parse::<TimeOfDay>().ok().map(|time| time.to_string());
            assert_eq!(time.as_deref(), shown);
        }
        for text in [
            "",
            "24:00",
            "12:60",
            "7:00",
            "07:0",
            "+7:00",
            "07:00:00",
            "٠٧:٠٠",
        ] {
            assert!(text.parse::<TimeOfDay>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let at = |text: &str| text.parse::<TimeOfDay>().expect("a time");
        for (from, until, time, is_quiet) in [
            ("22:00", "07:00", "21:59", false),
            ("22:00", "07:00", "22:00", true),
            ("22:00", "07:00", "00:00", true),
            ("22:00", "07:00", "06:59", true),
            ("22:00", "07:00", "07:00", false),
            ("12:00", "13:30", "13:29", true),
            ("12:00", "13:30", "13:30", false),
            ("12:00", "13:30", "11:59", false),
            ("09:00", "09:00", "09:00", true),
            ("09:00", "09:00", "08:59", true),
        ] {
            let hours = QuietHours {
                from: at(from),
                until: at(until),
            };
            assert_eq!(
                hours.contain(at(time)),
                is_quiet,
                "{from}-{until} at {time}"
            );
        }
    }
}
