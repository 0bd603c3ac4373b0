//! Delivery receipts: the ladder that a message's tick climbs.
//!
//! Pure. Words that are not on the ladder (`deleted`, `warning`, whatever comes next) are steps worth keeping and showing in
//! the details, but they move no tick.

use serde::{Deserialize, Serialize};

/// What the tick beside a message shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Tick {
    /// The provider took it.
    Sent,
    /// It will not arrive.
    Failed,
    /// It is on the recipient's phone.
    Delivered,
    /// The recipient opened the conversation.
    Read,
    /// The recipient played the voice message.
    Played,
}

impl Tick {
    /// Every step, lowest first.
    ///
    /// `failed` stands between `sent` and `delivered`: it is final for a message of which nothing higher was seen, whichever
    /// of the two came first, and it never takes back a tick that proves arrival (webhook catalogue, rule 8).
    pub const LADDER: [Self; 5] = [
        Self::Sent,
        Self::Failed,
        Self::Delivered,
        Self::Read,
        Self::Played,
    ];

    /// The step that a payload's `status` word names, if it is on the ladder.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::LADDER.into_iter().find(|tick| tick.word() == word)
    }

    /// The payload's word for this step.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
        }
    }

    /// Height on the ladder, for storing and comparing.
    #[must_use]
    pub const fn rank(self) -> i64 {
        match self {
            Self::Sent => 1,
            Self::Failed => 2,
            Self::Delivered => 3,
            Self::Read => 4,
            Self::Played => 5,
        }
    }

    /// The step of this height; `None` for a height that is not on the ladder.
    #[must_use]
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::LADDER.into_iter().find(|tick| tick.rank() == rank)
    }

    /// What the tick of a message to a group shows, from what the ticks of its members show: as far as everybody has come whom it
    /// reached at all (webhook catalogue §4.1).
    #[must_use]
    pub fn of_group(members: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut failed = None;
        let mut lowest: Option<Self> = None;
        for member in members {
            if member == Self::Failed {
                failed = Some(member);
            } else if lowest.is_none_or(|lowest| member.rank() < lowest.rank()) {
                lowest = Some(member);
            }
        }
        lowest.or(failed)
    }

    /// What the tick shows after `next` was told: it only climbs.
    #[must_use]
    pub fn climb(current: Option<Self>, next: Self) -> Self {
        match current {
            Some(current) if current.rank() >= next.rank() => current,
            Some(_) | None => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Tick;

    fn any_tick() -> impl Strategy<Value = Tick> {
        prop::sample::select(Tick::LADDER.to_vec())
    }

    fn shown(steps: &[Tick]) -> Option<Tick> {
        steps
            .iter()
            .fold(None, |tick, next| Some(Tick::climb(tick, *next)))
    }

    #[test]
    fn late_steps_never_lower_the_tick() {
        use Tick::{Delivered, Failed, Played, Read, Sent};
        let table = [
            (&[Read, Delivered, Sent][..], Read),
            (&[Sent, Delivered, Read], Read),
            (&[Read, Played, Read], Played),
            (&[Sent, Failed], Failed),
            (&[Failed, Sent], Failed),
            (&[Failed, Delivered], Delivered),
            (&[Read, Failed], Read),
        ];
        for (steps, expected) in table {
            assert_eq!(shown(steps), Some(expected), "after {steps:?}");
        }
    }

    #[test]
    fn a_group_has_read_when_everybody_has() {
        use Tick::{Delivered, Failed, Read, Sent};
        let table = [
            (&[Read, Delivered][..], Some(Delivered)),
            (&[Read, Read], Some(Read)),
            (&[Read, Failed], Some(Read)),
            (&[Failed, Failed], Some(Failed)),
            (&[Sent, Read], Some(Sent)),
            (&[], None),
        ];
        for (members, expected) in table {
            assert_eq!(
                Tick::of_group(members.iter().copied()),
                expected,
                "{members:?}"
            );
        }
    }

    #[test]
    fn words_are_read_back_and_others_move_nothing() {
        for tick in Tick::LADDER {
            assert_eq!(Tick::from_word(tick.word()), Some(tick));
            assert_eq!(Tick::from_rank(tick.rank()), Some(tick));
        }
        for word in ["", "Read", "READ", "deleted", "warning", "pending"] {
            assert_eq!(Tick::from_word(word), None, "{word:?} is not a step");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(mut steps in prop::collection::vec(any_tick(), 1..8), seed in any::<u64>()) {
            let expected = shown(&steps);
            let by = (seed as usize) % steps.len();
            steps.rotate_left(by);
            steps.reverse();
            prop_assert_eq!(shown(&steps), expected);
        }
    }
}
