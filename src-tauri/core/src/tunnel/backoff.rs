//! How long to wait before trying again: twice as long each time, up to a limit, and never in step with others.

use std::time::Duration;

/// The first wait.
const FIRST: Duration = Duration::from_millis(200);

/// Counts tries.
#[derive(Debug)]
pub(super) struct Backoff {
    tries: u32,
    longest: Duration,
}

impl Backoff {
    pub(super) const fn new(longest: Duration) -> Self {
        Self { tries: 0, longest }
    }

    /// The wait after so many connections in a row that were of no use; none after the first, which is soon made up for.
    pub(super) fn after(in_vain: u32, longest: Duration) -> Option<Duration> {
        let tries = in_vain.checked_sub(2)?;
        Some(wait(tries, longest, dice()))
    }

    /// One more try has failed.
    pub(super) fn next(&mut self) -> Duration {
        let wait = wait(self.tries, self.longest, dice());
        self.tries = self.tries.saturating_add(1);
        wait
    }

    /// Tries that have failed.
    pub(super) const fn tries(&self) -> u32 {
        self.tries
    }

    /// It worked.
    pub(super) const fn reset(&mut self) {
        self.tries = 0;
    }
}

/// The wait after so many failed tries before: between three and five quarters of the power of two.
fn wait(tries: u32, longest: Duration, dice: u8) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(tries.min(20)));
    doubled.min(longest).mul_f64(0.75 + f64::from(dice) / 510.0)
}

/// A random number. Where the system has none, everybody waits the same, which is no harm for one computer.
fn dice() -> u8 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => byte[0],
        Err(_) => 128,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Backoff, wait};

    #[test]
    fn waits_grow_to_their_limit_and_differ() {
        let longest = Duration::from_secs(30);
        let middle = |tries| wait(tries, longest, 128).as_millis();
        let waits: Vec<_> = (0..10).map(middle).collect();
        assert!(waits.windows(2).all(|two| two[0] <= two[1]), "{waits:?}");
        assert!((190..=210).contains(&waits[0]), "{waits:?}");
        assert!((29_000..=31_000).contains(&waits[9]), "{waits:?}");
        assert!(middle(u32::MAX) <= 31_000, "it never overflows");
        assert!(wait(3, longest, 0) < wait(3, longest, 255));
        assert!(wait(30, longest, 255) <= longest.mul_f64(1.25));
    }

    #[test]
    fn what_works_is_tried_soon_again() {
        let mut backoff = Backoff::new(Duration::from_secs(30));
        for _ in 0..9 {
            backoff.next();
        }
        assert!(backoff.next() > Duration::from_secs(20));
        assert_eq!(backoff.tries(), 10);
        backoff.reset();
        assert!(backoff.next() < Duration::from_secs(1));
    }
}
