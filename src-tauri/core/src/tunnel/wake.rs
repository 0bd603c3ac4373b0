//! Notices that the computer was asleep: a clock that is looked at every few seconds has jumped.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use super::Nudge;
use crate::chat::time::Timestamp;

/// A jump beyond the tick that is too large for a busy computer.
const JUMP: Duration = Duration::from_secs(10);

/// Looks at the clock. Clones remember the same last look.
#[derive(Clone)]
pub(super) struct Watch {
    now: fn() -> Timestamp,
    tick: Duration,
    last_look: Arc<AtomicI64>,
}

impl Watch {
    pub(super) fn new(now: fn() -> Timestamp, tick: Duration) -> Self {
        Self {
            now,
            tick,
            last_look: Arc::new(AtomicI64::new(now().millis())),
        }
    }

    /// Since when the computer was asleep, if it has just woken: whatever is noticed now may have been so since then.
    pub(super) fn asleep_since(&self) -> Option<Timestamp> {
        let before = Timestamp::from_millis(self.last_look.load(Ordering::Relaxed));
        slept(before, (self.now)(), self.tick).then_some(before)
    }

    /// Whether a moment is after the sleep that began at another one. The last moments awake may not have been looked at.
    pub(super) fn is_after_sleep(&self, moment: Timestamp, since: Timestamp) -> bool {
        slept(since, moment, self.tick)
    }

    /// Tells of every sleep, until nobody listens.
    pub(super) async fn run(self, told: mpsc::UnboundedSender<Nudge>) {
        loop {
            tokio::time::sleep(self.tick).await;
            let since = self.asleep_since();
            self.last_look
                .store((self.now)().millis(), Ordering::Relaxed);
            if let Some(since) = since
                && told.send(Nudge::Woke(since)).is_err()
            {
                return;
            }
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
