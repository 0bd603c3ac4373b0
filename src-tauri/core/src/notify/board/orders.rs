//! From what there is to tell to what is on the screen: who shares a summary, what is due, what must make room.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::Duration;

use super::sheet::{Place, Stirred};
use super::{Board, Order, Told};
use crate::notify::{Key, Slot, Topic};

/// More conversations than this, in the time of [`BURST`], are told in one popup.
const APART_AT_MOST: usize = 3;

/// How long a conversation counts as one of those that speak at the same time.
const BURST: Duration = Duration::from_secs(2);

/// For so long nothing late must have come before what came late is told.
const GATHERED_FOR: Duration = Duration::from_secs(3);

/// Popups on the screen at a time.
pub const LIVE_AT_MOST: usize = 10;

/// Something that is due to be shown, and whether it makes a sound.
type Show = (Key, Told, bool);

impl Board {
    /// Nothing more is late: what was gathered is told now.
    pub fn settle(&mut self) {
        for topic in Topic::ALL {
            self.release(topic, None);
        }
    }

    /// What to do now. Nothing of it counts as done before [`shown`](Self::shown).
    pub fn orders(&mut self, at: Duration) -> Vec<Order> {
        for topic in Topic::ALL {
            self.release(topic, Some(at));
            self.fold(topic, at);
        }
        let mut shows = self.shows(at);
        self.make_room(&mut shows);
        let withdrawn = std::mem::take(&mut self.to_withdraw);
        let shown: BTreeSet<Key> = shows.iter().map(|(key, ..)| *key).collect();
        let withdrawn = withdrawn.into_iter().filter(|key| !shown.contains(key));
        let shows = shows
            .into_iter()
            .map(|(key, told, alert)| Order::Show { key, told, alert });
        withdrawn.map(Order::Withdraw).chain(shows).collect()
    }

    /// When there will be something to do, if nothing else happens.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        let talks = self.talks.values().filter_map(|talk| match talk.place {
            Place::Apart => talk.sheet.due(),
            Place::Held { .. } | Place::Folded => None,
        });
        let held = Topic::ALL
            .into_iter()
            .filter_map(|topic| self.held_until(topic));
        let summaries = self.summaries.values();
        let summaries = summaries.filter_map(|summary| summary.sheet.due());
        let now = (!self.to_withdraw.is_empty()).then_some(Duration::ZERO);
        talks.chain(held).chain(summaries).chain(now).min()
    }

    /// When what is gathered of a topic is told, if nothing more is late.
    fn held_until(&self, topic: Topic) -> Option<Duration> {
        let talks = self.talks.iter();
        let held = talks.filter_map(|(slot, talk)| match talk.place {
            Place::Held { last } if slot.topic == topic => Some(last + GATHERED_FOR),
            Place::Held { .. } | Place::Apart | Place::Folded => None,
        });
        held.max()
    }

    /// Tells what was gathered: now, or at a time if nothing late has come for long enough. Of one conversation, in its own
    /// popup; else in the summary.
    fn release(&mut self, topic: Topic, at: Option<Duration>) {
        let Some(until) = self.held_until(topic) else {
            return;
        };
        if at.is_some_and(|at| at < until) {
            return;
        }
        let talks = self.talks.iter();
        let held: Vec<Slot> = talks
            .filter(|(slot, talk)| slot.topic == topic && matches!(talk.place, Place::Held { .. }))
            .map(|(slot, _)| *slot)
            .collect();
        for slot in &held {
            self.place(*slot, held.len() > 1);
        }
    }

    /// Puts those that speak at the same time into the summary, if they are too many.
    fn fold(&mut self, topic: Topic, at: Duration) {
        let Some(summary) = self.summaries.get_mut(&topic) else {
            return;
        };
        while summary
            .recent
            .front()
            .is_some_and(|(then, _)| *then + BURST <= at)
        {
            summary.recent.pop_front();
        }
        let mut many: BTreeSet<i64> = summary.recent.iter().map(|(_, who)| *who).collect();
        // What could not be shown for a while waits here, however long ago it came.
        let waiting = self.talks.iter().filter(|(slot, talk)| {
            slot.topic == topic
                && talk.place == Place::Apart
                && talk.untold.is_some()
                && !talk.sheet.on_screen
        });
        many.extend(waiting.map(|(slot, _)| slot.conversation));
        many.retain(|&conversation| {
            let talk = self.talks.get(&Slot {
                topic,
                conversation,
            });
            talk.is_some_and(|talk| !talk.vip)
        });
        if many.len() > APART_AT_MOST {
            for conversation in many {
                self.place(
                    Slot {
                        topic,
                        conversation,
                    },
                    true,
                );
            }
        }
    }

    /// Gives a conversation its place: in the summary, or in a popup of its own.
    fn place(&mut self, slot: Slot, folded: bool) {
        let Some(talk) = self.talks.get_mut(&slot) else {
            return;
        };
        talk.place = if folded && !talk.vip {
            Place::Folded
        } else {
            Place::Apart
        };
        if talk.place == Place::Apart {
            return;
        }
        let summary = self.summaries.entry(slot.topic).or_default();
        summary.sheet.stir(talk.sheet.stirred);
        talk.sheet.stirred = Stirred::No;
        if std::mem::take(&mut talk.sheet.on_screen) {
            self.to_withdraw.insert(Key::Conversation(slot));
        }
    }

    /// Everything that is due to be shown, and whether it makes a sound.
    fn shows(&mut self, at: Duration) -> Vec<Show> {
        let mut shows = Vec::new();
        for topic in Topic::ALL {
            let counts: Vec<usize> = self.folded(topic).map(|talk| talk.count()).collect();
            let Some(summary) = self.summaries.get_mut(&topic) else {
                continue;
            };
            if counts.is_empty() {
                summary.sheet.stirred = Stirred::No;
                if std::mem::take(&mut summary.sheet.on_screen) {
                    self.to_withdraw.insert(Key::Summary(topic));
                }
            } else if summary.sheet.stirred == Stirred::Changed && !summary.sheet.on_screen {
                // It is less than was told before, and that is gone already.
                summary.sheet.stirred = Stirred::No;
            } else if summary.sheet.due().is_some_and(|due| due <= at) {
                let told = Told::Summary {
                    topic,
                    messages: counts.iter().sum(),
                    conversations: counts.len(),
                };
                shows.push((Key::Summary(topic), told, summary.sheet.alert(at)));
            }
        }
        for (slot, talk) in &mut self.talks {
            if talk.sheet.stirred == Stirred::Changed
                && !talk.sheet.on_screen
                && talk.untold.is_none()
            {
                // Nobody needs a popup for a correction of what went from the screen.
                talk.sheet.stirred = Stirred::No;
            }
            let is_due = talk.sheet.due().is_some_and(|due| due <= at);
            if talk.place == Place::Apart && is_due {
                shows.push((
                    Key::Conversation(*slot),
                    talk.told(*slot),
                    talk.sheet.alert(at),
                ));
            }
        }
        shows
    }

    /// Takes the oldest popups away for new ones. The newest of those to be shown have their turn; the others are in the list.
    fn make_room(&mut self, shows: &mut Vec<Show>) {
        let mut live: Vec<(Option<Duration>, Slot)> = self
            .talks
            .iter()
            .filter(|(slot, talk)| {
                talk.sheet.on_screen
                    && !shows
                        .iter()
                        .any(|(key, ..)| *key == Key::Conversation(**slot))
            })
            .map(|(slot, talk)| (talk.sheet.shown_at, *slot))
            .collect();
        live.sort_by_key(|(shown_at, _)| Reverse(*shown_at));
        let summaries = self.summaries.iter();
        let summaries = summaries.filter(|(topic, summary)| {
            summary.sheet.on_screen && !shows.iter().any(|(key, ..)| *key == Key::Summary(**topic))
        });
        let others = summaries.count();
        while live.len() + others + shows.len() > LIVE_AT_MOST {
            if let Some((_, oldest)) = live.pop() {
                if let Some(talk) = self.talks.get_mut(&oldest) {
                    talk.sheet.on_screen = false;
                }
                self.to_withdraw.insert(Key::Conversation(oldest));
            } else if let Some((Key::Conversation(slot), ..)) = shows.pop()
                && let Some(talk) = self.talks.get_mut(&slot)
            {
                // Only VIPs can be so many at once; even they share the summary then, at the next look.
                talk.place = Place::Folded;
                talk.sheet.stirred = Stirred::No;
                self.summaries
                    .entry(slot.topic)
                    .or_default()
                    .sheet
                    .stir(Stirred::New);
            }
        }
    }
}
