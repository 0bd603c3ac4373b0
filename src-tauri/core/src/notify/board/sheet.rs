//! One popup, on the screen or not, and the news behind it.

use std::collections::VecDeque;
use std::time::Duration;

use super::Told;
use crate::notify::Slot;

/// How long a popup stays as it is, at least.
const CHANGES_EVERY: Duration = Duration::from_secs(1);

/// How long a popup makes no further sound.
const SOUNDS_EVERY: Duration = Duration::from_secs(10);

/// Messages of a popup whose words are kept, to fall back on when the last one is deleted.
pub(super) const LINES_KEPT: usize = 32;

/// Whether what is shown is as it should be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stirred {
    /// It is.
    #[default]
    No,
    /// Something in it is different.
    Changed,
    /// It was on the screen under another name.
    Moved,
    /// There is something new.
    New,
}

/// A popup, on the screen or not.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) on_screen: bool,
    pub(super) stirred: Stirred,
    pub(super) shown_at: Option<Duration>,
    pub(super) sounded_at: Option<Duration>,
}

impl Sheet {
    pub(super) fn stir(&mut self, stirred: Stirred) {
        self.stirred = self.stirred.max(stirred);
    }

    /// When it may be shown, if it should be.
    pub(super) fn due(&self) -> Option<Duration> {
        let next = self.shown_at.filter(|_| self.on_screen);
        (self.stirred != Stirred::No).then(|| next.map_or(Duration::ZERO, |at| at + CHANGES_EVERY))
    }

    pub(super) fn alert(&self, at: Duration) -> bool {
        let is_rested = self.sounded_at.is_none_or(|last| last + SOUNDS_EVERY <= at);
        self.stirred == Stirred::New && is_rested
    }

    pub(super) fn shown(&mut self, at: Duration, alert: bool) {
        self.on_screen = true;
        self.stirred = Stirred::No;
        self.shown_at = Some(at);
        if alert {
            self.sounded_at = Some(at);
        }
    }
}

/// Where a conversation is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a popup of its own.
    Apart,
    /// In the summary.
    Folded,
    /// Nowhere yet, since more may come. Since then, and the last of it.
    Held { last: Duration },
}

/// News of one conversation that the user has not dealt with.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) title: String,
    pub(super) group: bool,
    pub(super) vip: bool,
    /// The newest last.
    pub(super) lines: VecDeque<(i64, String)>,
    /// Messages before those.
    pub(super) earlier: usize,
    /// The first one that was never on the screen.
    pub(super) untold: Option<i64>,
    pub(super) place: Place,
    pub(super) sheet: Sheet,
}

impl Talk {
    pub(super) fn count(&self) -> usize {
        self.earlier + self.lines.len()
    }

    pub(super) fn told(&self, slot: Slot) -> Told {
        Told::Conversation {
            topic: slot.topic,
            conversation: slot.conversation,
            title: self.title.clone(),
            group: self.group,
            count: self.count(),
            last: self
                .lines
                .back()
                .map_or_else(String::new, |(_, line)| line.clone()),
        }
    }
}
