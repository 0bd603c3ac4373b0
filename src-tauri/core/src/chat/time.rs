//! Points in time. There is no clock here: "now" is always passed in by the engine.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since 1970-01-01 UTC, between the years 1970 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The last second of the year 9999, beyond which RFC 3339 has no form.
const LAST_SECOND: i64 = 253_402_300_799;

/// From here on a number cannot be meant as seconds (it would be the year 5138) and is read as milliseconds, which one legacy
/// field uses (webhook catalogue, rule 4).
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

impl Timestamp {
    /// A time from milliseconds, brought into range.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis < 0 {
            Self(0)
        } else if millis > LAST_SECOND * 1_000 {
            Self(LAST_SECOND * 1_000)
        } else {
            Self(millis)
        }
    }

    /// A time from a payload's number, which counts seconds, or milliseconds where it is too large for that.
    /// `None` for numbers that are no time of the last fifty years or the next few thousand.
    #[must_use]
    pub const fn from_payload(number: i64) -> Option<Self> {
        if number <= 0 || number > LAST_SECOND * 1_000 {
            None
        } else if number < FIRST_MILLISECONDS {
            Some(Self(number * 1_000))
        } else {
            Some(Self(number))
        }
    }

    /// Reads RFC 3339, as `--since` and some providers write it.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = time.unix_timestamp_nanos() / 1_000_000;
        i64::try_from(millis).ok().map(Self::from_millis)
    }

    /// Milliseconds since 1970 UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// RFC 3339 in UTC.
    #[must_use]
    pub fn rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|time| time.format(&Rfc3339).ok())
            .unwrap_or_default()
    }

    /// The day in UTC, in words: `17 January 2026`.
    #[must_use]
    pub fn date(self) -> String {
        let Ok(time) = OffsetDateTime::from_unix_timestamp(self.0 / 1_000) else {
            return String::new();
        };
        format!("{} {} {}", time.day(), time.month(), time.year())
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn seconds_and_milliseconds_are_told_apart() {
        let table = [
            (1_672_531_200, Some("2023-01-01T00:00:00Z")),
            (1_602_532_300_000, Some("2020-10-12T19:51:40Z")),
            (0, None),
            (-5, None),
            (i64::MAX, None),
        ];
        for (number, expected) in table {
            let told = Timestamp::from_payload(number).map(Timestamp::rfc3339);
            assert_eq!(told.as_deref(), expected, "{number}");
        }
    }

    #[test]
    fn rfc3339_goes_there_and_back_with_its_offset() {
        let time = Timestamp::from_rfc3339("2024-10-15T20:33:02.5+02:00").expect("a valid time");
        assert_eq!(time.rfc3339(), "2024-10-15T18:33:02.5Z");
        assert_eq!(Timestamp::from_rfc3339("yesterday"), None);
    }

    #[test]
    fn every_timestamp_can_be_written() {
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            assert!(!Timestamp::from_millis(millis).rfc3339().is_empty());
        }
    }
}
