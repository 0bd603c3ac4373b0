//! What popups need to know of the archive: what to look at after which changes, and how far that goes.

use std::collections::{BTreeMap, BTreeSet};

use crate::chat::change::Change;
use crate::chat::view::{Direction, Failure};
use crate::notify::board::Board;
use crate::notify::{Slot, Topic};
use crate::store::{News, Reader, Result, Standing};

/// News that are read at a time.
const BATCH: usize = 256;

/// Changes that are to be looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    topics: BTreeSet<Topic>,
    merged: Vec<(i64, i64)>,
    amended: BTreeSet<(i64, i64)>,
    conversations: BTreeSet<i64>,
    everything: bool,
}

impl Gathered {
    /// All that there could be.
    pub(super) fn everything() -> Self {
        Self {
            topics: Topic::ALL.into(),
            everything: true,
            ..Self::default()
        }
    }

    /// Some changes were missed, so there may be anything beside these.
    pub(super) fn widen(&mut self) {
        self.topics = Topic::ALL.into();
        self.everything = true;
    }

    pub(super) fn is_empty(&self) -> bool {
        let Self {
            topics,
            merged,
            amended,
            conversations,
            everything,
        } = self;
        !everything
            && topics.is_empty()
            && merged.is_empty()
            && amended.is_empty()
            && conversations.is_empty()
    }

    pub(super) fn add(&mut self, change: &Change) {
        match *change {
            Change::Message {
                direction: Direction::In,
                ..
            } => {
                self.topics.insert(Topic::Message);
            }
            Change::Step { ref status, .. } if status == "failed" => {
                self.topics.insert(Topic::Failure);
            }
            Change::Merged { gone, into } => self.merged.push((gone, into)),
            Change::Amended {
                conversation,
                message,
            } => {
                self.amended.insert((conversation, message));
            }
            Change::Conversation { conversation } => {
                self.conversations.insert(conversation);
            }
            Change::Message {
                direction: Direction::Out,
                ..
            }
            | Change::Step { .. }
            | Change::Channel { .. }
            | Change::Concern
            | Change::Outage
            | Change::Unread { .. }
            | Change::Rejected { .. } => {}
        }
    }
}

/// How far each topic was read, and how far it is known to be told.
#[derive(Debug, Default)]
pub(super) struct Look {
    read: BTreeMap<Topic, i64>,
    kept: BTreeMap<Topic, i64>,
}

/// What to ask the archive.
pub(super) struct Question {
    topics: Vec<(Topic, Option<i64>)>,
    merged: Vec<(i64, i64)>,
    amended: Vec<(i64, i64)>,
    conversations: Vec<i64>,
}

/// What the archive said.
pub(super) struct Seen {
    /// Of each topic, from where on, what is new, and whether that is all.
    news: Vec<(Topic, i64, Vec<News>)>,
    merged: Vec<(i64, i64)>,
    lines: Vec<((i64, i64), Option<String>)>,
    standings: Vec<(i64, Option<Standing>)>,
}

impl Question {
    /// Asks it.
    pub(super) fn answer(self, reader: &Reader) -> Result<Seen> {
        let mut news = Vec::with_capacity(self.topics.len());
        for (topic, after) in self.topics {
            let after = match after {
                Some(after) => after,
                None => reader.cursor(cursor(topic))?,
            };
            let found = match topic {
                Topic::Message => reader.arrivals(after, BATCH)?,
                Topic::Failure => reader.failures(after, BATCH)?,
            };
            news.push((topic, after, found));
        }
        let mut lines = Vec::with_capacity(self.amended.len());
        for at in self.amended {
            let line = reader
                .line(at.1)?
                .map(|(author, preview)| by(author, preview));
            lines.push((at, line));
        }
        let mut standings = Vec::with_capacity(self.conversations.len());
        for conversation in self.conversations {
            standings.push((conversation, reader.standing(conversation)?));
        }
        Ok(Seen {
            news,
            merged: self.merged,
            lines,
            standings,
        })
    }
}

impl Seen {
    /// Whether there is nothing more to read.
    pub(super) fn is_all(&self) -> bool {
        self.news.iter().all(|(_, _, news)| news.len() < BATCH)
    }
}

impl Look {
    /// What to ask after these changes, as far as it concerns the board.
    pub(super) fn question(&self, gathered: &Gathered, board: &Board) -> Question {
        let topics = gathered.topics.iter();
        let conversations = if gathered.everything {
            board.conversations().collect()
        } else {
            let changed = gathered.conversations.iter().copied();
            changed
                .filter(|&conversation| board.has(conversation))
                .collect()
        };
        let amended = gathered.amended.iter().copied();
        Question {
            topics: topics
                .map(|&topic| (topic, self.read.get(&topic).copied()))
                .collect(),
            merged: gathered.merged.clone(),
            amended: amended
                .filter(|(conversation, _)| board.has(*conversation))
                .collect(),
            conversations,
        }
    }

    /// Brings the board up to date and says what is new.
    pub(super) fn take(&mut self, seen: Seen, board: &mut Board) -> Vec<(Topic, News)> {
        for (gone, into) in seen.merged {
            board.merge(gone, into);
        }
        for ((conversation, message), line) in seen.lines {
            board.amend(conversation, message, line);
        }
        let now = super::now().millis();
        for (conversation, standing) in seen.standings {
            let is_muted = |until: Option<i64>| until.is_some_and(|until| now < until);
            let gone: &[Topic] = match &standing {
                Some(standing) if is_muted(standing.muted_until) => &Topic::ALL,
                Some(standing) if !standing.unread => &[Topic::Message],
                Some(_) => &[],
                None => &Topic::ALL,
            };
            for &topic in gone {
                board.forget(Slot {
                    topic,
                    conversation,
                });
            }
            if let Some(standing) = standing {
                board.rename(conversation, &standing.title);
            }
        }
        let mut all = Vec::new();
        for (topic, after, news) in seen.news {
            let last = news.last().map_or(after, |news| news.number);
            self.read.insert(topic, last);
            self.kept.entry(topic).or_insert(after);
            all.extend(news.into_iter().map(|news| (topic, news)));
        }
        all
    }

    /// How far everything of a topic is told, if that is further than is known to be kept.
    pub(super) fn told(&mut self, topic: Topic, board: &Board) -> Option<(&'static str, i64)> {
        let read = *self.read.get(&topic)?;
        let told = board
            .untold(topic)
            .map_or(read, |first| (first - 1).min(read));
        let kept = self.kept.get_mut(&topic)?;
        (told > *kept).then(|| {
            *kept = told;
            (cursor(topic), told)
        })
    }
}

/// Name of the durable cursor of a topic.
const fn cursor(topic: Topic) -> &'static str {
    match topic {
        Topic::Message => "popups",
        Topic::Failure => "popups of failures",
    }
}

/// News in one line.
pub(super) fn line_of(topic: Topic, news: &News) -> String {
    match topic {
        Topic::Message => by(news.author.clone(), news.preview.clone()),
        Topic::Failure => reason(news.failure.as_ref()),
    }
}

fn by(author: Option<String>, preview: String) -> String {
    match author {
        Some(author) => format!("{author}: {preview}"),
        None => preview,
    }
}

/// Why a message was not delivered, in the provider's words.
fn reason(failure: Option<&Failure>) -> String {
    let words =
        failure.and_then(|failure| failure.title.clone().or_else(|| failure.details.clone()));
    let code = failure.and_then(|failure| failure.code);
    match (words, code) {
        (Some(words), Some(code)) => format!("{words} ({code})"),
        (Some(words), None) => words,
        (None, Some(code)) => format!("Error {code}"),
        (None, None) => "No reason was given".to_owned(),
    }
}
