//! Notices that the computer was asleep: a clock that is looked at every few seconds has jumped.

use std::time::Duration;

use tokio::sync::mpsc;

use super::Nudge;
use crate::chat::time::Timestamp;

/// A jump beyond the tick that is too large for a busy computer.
const JUMP: Duration = Duration::from_secs(10);

/// Looks at the clock.
pub(super) struct Watch {
    pub(super) now: fn() -> Timestamp,
    pub(super) tick: Duration,
}

impl Watch {
    /// Tells of every sleep, until nobody listens.
    pub(super) async fn run(self, told: mpsc::UnboundedSender<Nudge>) {
        let mut before = (self.now)();
        loop {
            tokio::time::sleep(self.tick).await;
            let now = (self.now)();
            if slept(before, now, self.tick) && told.send(Nudge::Woke(before)).is_err() {
                return;
            }
            before = now;
        }
    }
}

/// Whether the computer slept between two looks at the clock. A clock that was set back proves nothing.
fn slept(before: Timestamp, now: Timestamp, tick: Duration) -> bool {
    let passed = now.millis().saturating_sub(before.millis());
    i64::try_from((tick + JUMP).as_millis()).is_ok_and(|most| passed > most)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::slept;
    use crate::chat::time::Timestamp;

    #[test]
    fn a_jump_is_a_sleep_and_a_busy_computer_is_not() {
        let slept = |seconds: i64| {
            let at = Timestamp::from_millis;
            slept(
                at(1_000),
                at(1_000 + seconds * 1_000),
                Duration::from_secs(5),
            )
        };
        assert!(!slept(5));
        assert!(!slept(14));
        assert!(slept(16));
        assert!(slept(8 * 60 * 60));
        assert!(!slept(-3_600), "the clock was set back");
    }
}
