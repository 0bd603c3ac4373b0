//! What is on the screen, and what should be. Pure: time is passed in, as the time since the start, which no clock turns back.
//!
//! Each conversation has one popup, which is changed in place: the first message shows at once, later ones together after a
//! second. Where more conversations speak than anybody could follow, one summary stands for them; what is late, since it was
//! sent while nobody could receive it, is gathered first. Nothing is taken for told before it was on the screen.

mod orders;
mod sheet;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

pub use self::orders::LIVE_AT_MOST;
use self::sheet::{LINES_KEPT, Place, Sheet, Stirred, Talk};
use super::{Closed, Key, Slot, Topic};

/// Something that nobody was told about yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What it is about.
    pub slot: Slot,
    /// Its place among all of its topic.
    pub number: i64,
    /// The message's row.
    pub message: i64,
    /// What the conversation is called.
    pub title: String,
    /// It is a group's.
    pub group: bool,
    /// The message, or what happened to it, in one line.
    pub line: String,
    /// It is never told in a summary.
    pub vip: bool,
}

/// When news came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Right after it was sent.
    Timely,
    /// Long after, or while no popups were shown.
    Late,
}

/// What a popup tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// News of one conversation.
    Conversation {
        /// What it is about.
        topic: Topic,
        /// The conversation's row.
        conversation: i64,
        /// What it is called.
        title: String,
        /// It is a group's.
        group: bool,
        /// How much there is.
        count: usize,
        /// The newest of it.
        last: String,
    },
    /// News of several conversations.
    Summary {
        /// What it is about.
        topic: Topic,
        /// How much there is.
        messages: usize,
        /// In how many of them.
        conversations: usize,
    },
}

/// What to do on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Show this, in place of what is there under the key.
    Show {
        /// The popup's name.
        key: Key,
        /// What it tells.
        told: Told,
        /// Something in it is new, and it has not made a sound for a while.
        alert: bool,
    },
    /// Take it away.
    Withdraw(Key),
}

/// The summary of one topic.
#[derive(Debug, Default)]
struct Summary {
    sheet: Sheet,
    /// Who spoke lately, oldest first.
    recent: VecDeque<(Duration, i64)>,
}

/// Everything that the user has not dealt with, and what of it is on the screen.
#[derive(Debug, Default)]
pub struct Board {
    talks: BTreeMap<Slot, Talk>,
    summaries: BTreeMap<Topic, Summary>,
    to_withdraw: BTreeSet<Key>,
}

impl Board {
    /// Takes in news. The same message again changes nothing.
    pub fn tell(&mut self, news: News, arrival: Arrival, at: Duration) {
        let summary = self.summaries.entry(news.slot.topic).or_default();
        let talk = self.talks.entry(news.slot).or_insert_with(|| Talk {
            title: String::new(),
            group: news.group,
            vip: news.vip,
            lines: VecDeque::new(),
            earlier: 0,
            untold: None,
            place: Place::Apart,
            sheet: Sheet::default(),
        });
        if talk
            .lines
            .iter()
            .any(|(message, _)| *message == news.message)
        {
            return;
        }
        (talk.title, talk.group, talk.vip) = (news.title, news.group, news.vip);
        talk.lines.push_back((news.message, news.line));
        if talk.lines.len() > LINES_KEPT {
            talk.lines.pop_front();
            talk.earlier += 1;
        }
        talk.untold = talk.untold.or(Some(news.number));
        talk.sheet.stir(Stirred::New);
        match (arrival, talk.place) {
            (Arrival::Late, Place::Apart) if talk.sheet.on_screen => {}
            (Arrival::Late, Place::Apart | Place::Held { .. }) => {
                talk.place = Place::Held { last: at };
            }
            (Arrival::Late, Place::Folded) => summary.sheet.stir(Stirred::New),
            (Arrival::Timely, Place::Folded) => {
                // What was told in the summary speaks again: it has a popup of its own, unless too many speak.
                talk.place = Place::Apart;
                summary.sheet.stir(Stirred::Changed);
                summary.recent.push_back((at, news.slot.conversation));
            }
            (Arrival::Timely, Place::Apart | Place::Held { .. }) => {
                talk.place = Place::Apart;
                summary.recent.push_back((at, news.slot.conversation));
            }
        }
    }

    /// A popup is on the screen as it was ordered.
    pub fn shown(&mut self, key: Key, at: Duration, alert: bool) {
        match key {
            Key::Conversation(slot) => {
                if let Some(talk) = self.talks.get_mut(&slot) {
                    talk.sheet.shown(at, alert);
                    talk.untold = None;
                }
            }
            Key::Summary(topic) => {
                if let Some(summary) = self.summaries.get_mut(&topic) {
                    summary.sheet.shown(at, alert);
                }
                for talk in self.folded(topic) {
                    talk.untold = None;
                }
            }
            Key::Unreachable | Key::Sample | Key::InTray => {}
        }
    }

    /// A popup is on the screen that had been given up. Says whether it is still wanted there.
    pub fn appeared(&mut self, key: Key, at: Duration) -> bool {
        let sheet = match key {
            Key::Conversation(slot) => {
                let talk = self.talks.get_mut(&slot);
                let talk = talk.filter(|talk| talk.place == Place::Apart);
                talk.map(|talk| &mut talk.sheet)
            }
            Key::Summary(topic) => {
                let is_told = self.folded(topic).next().is_some();
                let summary = self.summaries.get_mut(&topic).filter(|_| is_told);
                summary.map(|summary| &mut summary.sheet)
            }
            Key::Unreachable | Key::Sample | Key::InTray => return true,
        };
        let Some(sheet) = sheet else {
            return false;
        };
        sheet.on_screen = true;
        sheet.shown_at = Some(at);
        // What it says may be old by now.
        sheet.stir(Stirred::Changed);
        true
    }

    /// A popup went from the screen without being told to.
    pub fn closed(&mut self, key: Key, how: Closed) {
        self.to_withdraw.remove(&key);
        match (key, how) {
            (Key::Conversation(slot), Closed::Dealt) => {
                self.talks.remove(&slot);
            }
            (Key::Conversation(slot), Closed::Expired) => {
                if let Some(talk) = self.talks.get_mut(&slot) {
                    talk.sheet.on_screen = false;
                }
            }
            (Key::Summary(topic), Closed::Dealt) => {
                self.talks
                    .retain(|slot, talk| slot.topic != topic || talk.place != Place::Folded);
                self.summaries.remove(&topic);
            }
            (Key::Summary(topic), Closed::Expired) => {
                if let Some(summary) = self.summaries.get_mut(&topic) {
                    summary.sheet.on_screen = false;
                }
            }
            (Key::Unreachable | Key::Sample | Key::InTray, Closed::Dealt | Closed::Expired) => {}
        }
    }

    /// Everything that was on the screen is gone: the service was restarted. What was told stays told.
    pub fn lost(&mut self) {
        let talks = self.talks.values_mut().map(|talk| &mut talk.sheet);
        let summaries = self
            .summaries
            .values_mut()
            .map(|summary| &mut summary.sheet);
        for sheet in talks.chain(summaries) {
            sheet.on_screen = false;
        }
        self.to_withdraw.clear();
    }

    /// The user has dealt with it, or does not want to be told.
    pub fn forget(&mut self, slot: Slot) {
        let Some(talk) = self.talks.remove(&slot) else {
            return;
        };
        self.leave(slot, &talk);
    }

    /// The user does not want to be told of a topic.
    pub fn forget_all(&mut self, topic: Topic) {
        let slots: Vec<Slot> = self.talks.keys().copied().collect();
        for slot in slots.into_iter().filter(|slot| slot.topic == topic) {
            self.forget(slot);
        }
    }

    /// Another conversation took this one in.
    pub fn merge(&mut self, gone: i64, into: i64) {
        for topic in Topic::ALL {
            let slot = Slot {
                topic,
                conversation: gone,
            };
            let Some(talk) = self.talks.remove(&slot) else {
                continue;
            };
            self.leave(slot, &talk);
            let into = Slot {
                topic,
                conversation: into,
            };
            let other = self.talks.entry(into).or_insert_with(|| Talk {
                lines: VecDeque::new(),
                earlier: 0,
                sheet: Sheet::default(),
                untold: None,
                title: talk.title,
                ..talk
            });
            other.earlier += talk.earlier;
            other.lines.extend(talk.lines);
            other.untold = [other.untold, talk.untold].into_iter().flatten().min();
            let moved = if talk.sheet.on_screen {
                Stirred::Moved
            } else {
                Stirred::Changed
            };
            let stirred = talk.sheet.stirred.max(moved);
            if other.place == Place::Folded {
                let summary = self.summaries.entry(topic).or_default();
                summary.sheet.stir(stirred);
            } else {
                other.sheet.stir(stirred);
            }
        }
    }

    /// The conversations that there is something about.
    pub fn conversations(&self) -> impl Iterator<Item = i64> {
        let all: BTreeSet<i64> = self.talks.keys().map(|slot| slot.conversation).collect();
        all.into_iter()
    }

    /// Whether there is something about this conversation.
    #[must_use]
    pub fn has(&self, conversation: i64) -> bool {
        Topic::ALL.into_iter().any(|topic| {
            self.talks.contains_key(&Slot {
                topic,
                conversation,
            })
        })
    }

    /// A conversation is called this now.
    pub fn rename(&mut self, conversation: i64, title: &str) {
        for topic in Topic::ALL {
            if let Some(talk) = self.talks.get_mut(&Slot {
                topic,
                conversation,
            }) && talk.title != title
            {
                title.clone_into(&mut talk.title);
                talk.sheet.stir(Stirred::Changed);
            }
        }
    }

    /// A message says something else now; `None` if it was deleted.
    pub fn amend(&mut self, conversation: i64, message: i64, line: Option<String>) {
        let slot = Slot {
            topic: Topic::Message,
            conversation,
        };
        let Some(talk) = self.talks.get_mut(&slot) else {
            return;
        };
        let Some(at) = talk.lines.iter().position(|(row, _)| *row == message) else {
            return;
        };
        match line {
            Some(line) if talk.lines[at].1 == line => return,
            Some(line) => talk.lines[at].1 = line,
            None => {
                talk.lines.remove(at);
            }
        }
        if talk.lines.is_empty() {
            self.forget(slot);
            return;
        }
        talk.sheet.stir(Stirred::Changed);
        if let Some(summary) = self.summaries.get_mut(&Topic::Message)
            && talk.place == Place::Folded
        {
            summary.sheet.stir(Stirred::Changed);
        }
    }

    /// What popups say is decided anew: all that are on the screen change.
    pub fn reword(&mut self) {
        let talks = self.talks.values_mut().map(|talk| &mut talk.sheet);
        let summaries = self
            .summaries
            .values_mut()
            .map(|summary| &mut summary.sheet);
        for sheet in talks.chain(summaries).filter(|sheet| sheet.on_screen) {
            sheet.stir(Stirred::Changed);
        }
    }

    /// The first news of a topic that was never on the screen.
    #[must_use]
    pub fn untold(&self, topic: Topic) -> Option<i64> {
        let talks = self.talks.iter().filter(|(slot, _)| slot.topic == topic);
        talks.filter_map(|(_, talk)| talk.untold).min()
    }

    /// What a conversation that is gone from here leaves on the screen.
    fn leave(&mut self, slot: Slot, talk: &Talk) {
        if talk.sheet.on_screen {
            self.to_withdraw.insert(Key::Conversation(slot));
        }
        if talk.place == Place::Folded
            && let Some(summary) = self.summaries.get_mut(&slot.topic)
        {
            summary.sheet.stir(Stirred::Changed);
        }
    }

    fn folded(&mut self, topic: Topic) -> impl Iterator<Item = &mut Talk> {
        let talks = self.talks.iter_mut();
        let talks =
            talks.filter(move |(slot, talk)| slot.topic == topic && talk.place == Place::Folded);
        talks.map(|(_, talk)| talk)
    }
}

#[cfg(test)]
mod tests;
