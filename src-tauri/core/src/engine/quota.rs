//! What the tunnel's plan counts: requests in a calendar month (UTC).

use crate::chat::time::Timestamp;

/// Name of the counter of the month that this moment is in.
pub(super) fn counter(now: Timestamp) -> String {
    let date = now.rfc3339();
    // YYYY-MM
    format!("tunnel requests {}", date.get(..7).unwrap_or(&date))
}

/// When the next month begins.
pub(super) fn resets_at(now: Timestamp) -> Timestamp {
    let date = now.rfc3339();
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<u32>().ok();
    let (Some(year), Some(month)) = (number(0..4), number(5..7)) else {
        return now;
    };
    let (year, month) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    Timestamp::from_rfc3339(&format!("{year:04}-{month:02}-01T00:00:00Z")).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{counter, resets_at};
    use crate::chat::time::Timestamp;

    #[test]
    fn a_month_ends_where_the_next_begins() {
        for (now, name, reset) in [
            (
                "2026-11-25T13:00:00Z",
                "tunnel requests 2026-11",
                "2026-12-01T00:00:00",
            ),
            (
                "2026-12-31T23:59:59Z",
                "tunnel requests 2026-12",
                "2027-01-01T00:00:00",
            ),
            (
                "2028-02-29T00:00:00Z",
                "tunnel requests 2028-02",
                "2028-03-01T00:00:00",
            ),
        ] {
            let now = Timestamp::from_rfc3339(now).expect("a time");
            assert_eq!(counter(now), name);
            assert!(resets_at(now).rfc3339().starts_with(reset), "{name}");
        }
    }
}
