//! The clock on the wall: what "tonight" and "tomorrow" mean where this computer is.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{ToSpan, ZonedDateTime};

use crate::chat::time::Timestamp;
use crate::chat::view::{FOR_GOOD, Quiet, TimeOfDay};

/// When "until tomorrow" ends, as an hour of the day.
const MORNING: i8 = 8;

/// Milliseconds of an hour.
const HOUR: i64 = 60 * 60 * 1_000;

/// What a clock on the wall shows.
#[must_use]
pub fn time_of_day(now: Timestamp) -> TimeOfDay {
    let time = zoned(now, TimeZone::system()).time();
    let part = |part: i8| u16::try_from(part).unwrap_or(0);
    TimeOfDay::new(part(time.hour()), part(time.minute())).unwrap_or_default()
}

/// Until when to be quiet; `None` for not at all.
pub(super) fn until(quiet: Quiet, now: Timestamp) -> Option<Timestamp> {
    until_in(quiet, now, TimeZone::system())
}

fn until_in(quiet: Quiet, now: Timestamp, zone: TimeZone) -> Option<Timestamp> {
    let millis = match quiet {
        Quiet::Off => return None,
        Quiet::Hour => now.millis() + HOUR,
        Quiet::Week => now.millis() + 7 * 24 * HOUR,
        Quiet::Always => FOR_GOOD,
        Quiet::Tomorrow => morning_after(now, zone).unwrap_or(now.millis() + 24 * HOUR),
    };
    Some(Timestamp::from_millis(millis))
}

/// Eight o'clock of the next day, whatever the clocks do in between; `None` at the end of time.
fn morning_after(now: Timestamp, zone: TimeZone) -> Option<i64> {
    let morning = Time::new(MORNING, 0, 0, 0).ok()?;
    let tomorrow = zoned(now, zone).checked_add(1.day()).ok()?;
    let morning = tomorrow.with().time(morning).build().ok()?;
    Some(morning.timestamp().as_millisecond())
}

fn zoned(now: Timestamp, zone: TimeZone) -> ZonedDateTime {
    jiff::Timestamp::from_millisecond(now.millis())
        .unwrap_or_default()
        .to_zoned_datetime(zone)
}

#[cfg(test)]
mod tests {
    use super::{FOR_GOOD, HOUR, Quiet, TimeZone, Timestamp, until_in};

    #[test]
    fn tomorrow_is_the_next_morning_where_one_is() {
        let berlin = || TimeZone::get("Europe/Berlin").expect("a zone");
        for (now, morning) in [
            ("2026-11-28T13:18:00+01:00", "2026-11-29T08:00:00+01:00"),
            ("2026-11-28T02:00:00+01:00", "2026-11-29T08:00:00+01:00"),
            // The clocks go forward, and back, in the night.
            ("2026-03-28T23:00:00+01:00", "2026-03-29T08:00:00+02:00"),
            ("2026-10-24T23:00:00+02:00", "2026-10-25T08:00:00+01:00"),
        ] {
            let at = |text: &str| {
                let time: jiff::Timestamp = text.parse().expect("a time");
                Timestamp::from_millis(time.as_millisecond())
            };
            let until = until_in(Quiet::Tomorrow, at(now), berlin());
            assert_eq!(until, Some(at(morning)), "{now}");
        }
    }

    #[test]
    fn the_others_are_spans() {
        let now = Timestamp::from_millis(1_000);
        let span = |quiet| until_in(quiet, now, TimeZone::UTC).map(|until| until.millis());
        assert_eq!(span(Quiet::Off), None);
        assert_eq!(span(Quiet::Hour), Some(1_000 + HOUR));
        assert_eq!(span(Quiet::Week), Some(1_000 + 168 * HOUR));
        assert_eq!(span(Quiet::Always), Some(FOR_GOOD));
    }
}
