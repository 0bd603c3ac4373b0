//! The popups that Windows or macOS has of us, and what is meant when it speaks of one. Pure.
//!
//! Both tell each popup's own listener what became of it, some time later: by then another popup may have taken its place.

use std::collections::BTreeMap;

use super::{Closed, Signal};
use crate::notify::Key;

/// What became of a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was clicked.
    Clicked,
    /// Its button was pressed.
    MarkedRead,
    /// It is gone.
    Closed(Closed),
}

/// What a listener has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The popup's key.
    pub(super) key: Key,
    /// Its number among all that were shown.
    pub(super) number: u64,
    pub(super) fate: Fate,
}

/// The popups that are there, each with what the system wants kept for it. The caller keeps them few.
#[derive(Debug)]
pub(super) struct Shown<T> {
    last: u64,
    popups: BTreeMap<Key, (u64, T)>,
}

impl<T> Shown<T> {
    pub(super) const fn new() -> Self {
        Self {
            last: 0,
            popups: BTreeMap::new(),
        }
    }

    /// A number for the next popup.
    pub(super) const fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A popup is there, in place of the one under the same key.
    pub(super) fn put(&mut self, key: Key, number: u64, kept: T) {
        self.popups.insert(key, (number, kept));
    }

    /// A popup is not to be there any more.
    pub(super) fn take(&mut self, key: Key) -> Option<T> {
        self.popups.remove(&key).map(|(_, kept)| kept)
    }

    /// None is.
    pub(super) fn take_all(&mut self) -> Vec<T> {
        let popups = std::mem::take(&mut self.popups).into_values();
        popups.map(|(_, kept)| kept).collect()
    }

    /// What a listener's word means; `None` if it means nothing to anybody. A click counts however late it comes, since a user
    /// stands behind it. That a popup is gone which was replaced or withdrawn is no news.
    pub(super) fn hear(&mut self, word: Word) -> Option<Signal> {
        let Word { key, number, fate } = word;
        match fate {
            Fate::Clicked => {
                self.popups.remove(&key);
                Some(Signal::Clicked {
                    key: Some(key),
                    activation: None,
                })
            }
            Fate::MarkedRead => {
                self.popups.remove(&key);
                Some(Signal::MarkedRead(key))
            }
            Fate::Closed(how) => {
                self.popups.get(&key).filter(|(of, _)| *of == number)?;
                self.popups.remove(&key);
                Some(Signal::Closed(key, how))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Closed, Fate, Key, Shown, Signal, Word};

    const KEY: Key = Key::Sample;

    fn word(number: u64, fate: Fate) -> Word {
        Word {
            key: KEY,
            number,
            fate,
        }
    }

    #[test]
    fn a_popup_that_was_replaced_is_not_told_gone() {
        let mut shown = Shown::new();
        let (first, second) = (shown.number(), shown.number());
        shown.put(KEY, first, "first");
        shown.put(KEY, second, "second");
        assert_eq!(shown.hear(word(first, Fate::Closed(Closed::Expired))), None);
        let gone = shown.hear(word(second, Fate::Closed(Closed::Dealt)));
        assert_eq!(gone, Some(Signal::Closed(KEY, Closed::Dealt)));
        assert_eq!(shown.take(KEY), None);
    }

    #[test]
    fn a_popup_that_was_withdrawn_is_not_told_gone() {
        let mut shown = Shown::new();
        let number = shown.number();
        shown.put(KEY, number, ());
        assert_eq!(shown.take(KEY), Some(()));
        assert_eq!(
            shown.hear(word(number, Fate::Closed(Closed::Expired))),
            None
        );
    }

    #[test]
    fn a_click_counts_however_late_it_comes() {
        let clicked = Signal::Clicked {
            key: Some(KEY),
            activation: None,
        };
        for (fate, signal) in [
            (Fate::Clicked, clicked),
            (Fate::MarkedRead, Signal::MarkedRead(KEY)),
        ] {
            let mut shown = Shown::new();
            let (first, second) = (shown.number(), shown.number());
            shown.put(KEY, second, ());
            assert_eq!(shown.hear(word(first, fate)), Some(signal.clone()));
            assert_eq!(
                shown.take(KEY),
                None,
                "whoever clicks has seen the newer one too"
            );
            assert_eq!(shown.hear(word(first, fate)), Some(signal));
        }
    }

    #[test]
    fn all_are_given_back_at_once() {
        let mut shown = Shown::new();
        for key in [Key::Sample, Key::InTray] {
            let number = shown.number();
            shown.put(key, number, key);
        }
        assert_eq!(shown.take_all(), [Key::Sample, Key::InTray]);
        assert_eq!(shown.take_all(), []);
    }
}
