//! What is news to the user, in the order in which it came: messages of customers, and messages that could not be delivered.
//!
//! Each has a number, after which whoever tells of it keeps how far they have come.

use rusqlite::{Connection, OptionalExtension, Row};

use super::list::{TITLE, conversation_title};
use super::message::failure_of;
use super::{Reader, Result};
use crate::chat::receipt::Tick;
use crate::chat::view::Failure;

/// Something that is news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Counts what is news; consumers keep the last one they saw as their cursor.
    pub number: i64,
    /// The message's row.
    pub message: i64,
    /// It has not been dealt with: a message not seen, a failure still one.
    pub open: bool,
    /// It was sent in an outage and came after it.
    pub late: bool,
    /// Who wrote, in a conversation of several.
    pub author: Option<String>,
    /// The message in one line.
    pub preview: String,
    /// Its words as they are now, as far as it has some.
    pub text: Option<String>,
    /// Why it failed, as far as it was told.
    pub failure: Option<Failure>,
    /// The conversation it is in.
    pub conversation: Standing,
}

/// A conversation, as far as popups are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its row.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// It is a group's.
    pub group: bool,
    /// Until when it is muted.
    pub muted_until: Option<i64>,
    /// Its popups break through the quiet hours.
    pub vip: bool,
    /// There is something in it that has not been seen.
    pub unread: bool,
}

/// The number of the next message that is news: above all there are, and above all that were told of, since those that turned out
/// to be no message are gone.
pub(super) const NEXT_ARRIVAL: &str = "(SELECT 1 + max(
    coalesce((SELECT max(arrival) FROM messages), 0),
    coalesce((SELECT max(position) FROM cursors WHERE name = 'popups'), 0)))";

/// Columns of [`standing`].
fn standing_columns() -> String {
    let title = conversation_title();
    format!(
        "conversations.id, {title}, conversations.group_id IS NOT NULL, conversations.muted_until, conversations.vip,
         EXISTS (SELECT 1 FROM messages AS seen WHERE seen.conversation_id = conversations.id AND seen.unread = 1)"
    )
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        id: row.get(0)?,
        title: row.get(1)?,
        group: row.get(2)?,
        muted_until: row.get(3)?,
        vip: row.get(4)?,
        unread: row.get(5)?,
    })
}

/// A failure is news if the message is one that failed, once.
pub(super) fn keep_failure(connection: &Connection, channel: i64, key: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO failures (message_id)
             SELECT id FROM messages WHERE channel_id = ?1 AND key = ?2 AND direction = 'out' AND tick = ?3
             ON CONFLICT DO NOTHING",
        )?
        .execute((channel, key, Tick::Failed.rank()))?;
    Ok(())
}

impl Reader {
    /// Incoming messages after an arrival.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn arrivals(&self, after: i64, limit: usize) -> Result<Vec<News>> {
        self.news(
            "messages.arrival",
            "messages.unread",
            "messages",
            after,
            limit,
        )
    }

    /// Messages that failed, after a failure.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn failures(&self, after: i64, limit: usize) -> Result<Vec<News>> {
        let from = "failures JOIN messages ON messages.id = failures.message_id";
        self.news("failures.id", "messages.tick IS 2", from, after, limit)
    }

    /// How a message is told now; `None` if it was deleted, or is gone.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn line(&self, message: i64) -> Result<Option<(Option<String>, String)>> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {}, messages.preview FROM messages
                     JOIN conversations ON conversations.id = messages.conversation_id
                     LEFT JOIN people ON people.id = messages.author_id
                     WHERE messages.id = ?1 AND messages.revoked_at IS NULL",
                    author()
                ))?
                .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })
    }

    /// A conversation, as far as popups are concerned; `None` if there is none.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn standing(&self, conversation: i64) -> Result<Option<Standing>> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {} FROM conversations
                     LEFT JOIN people ON people.id = conversations.person_id WHERE conversations.id = ?1",
                    standing_columns()
                ))?
                .query_row([conversation], standing)
                .optional()?)
        })
    }

    fn news(
        &self,
        number: &str,
        open: &str,
        from: &str,
        after: i64,
        limit: usize,
    ) -> Result<Vec<News>> {
        self.with(|connection| {
            let author = author().replace("people.", "author.").replace("people ", "author ");
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {standing}, {number}, messages.id, {open} AND messages.revoked_at IS NULL,
                     messages.direction = 'in' AND EXISTS (SELECT 1 FROM outages
                         WHERE messages.sent_at BETWEEN began_at AND ended_at AND messages.received_at >= ended_at),
                     {author}, messages.preview, messages.text, failed.code, failed.title, failed.details
                 FROM {from}
                 JOIN conversations ON conversations.id = messages.conversation_id
                 LEFT JOIN people ON people.id = conversations.person_id
                 LEFT JOIN people AS author ON author.id = messages.author_id
                 LEFT JOIN statuses AS failed ON failed.channel_id = messages.channel_id
                     AND failed.message_key = messages.key AND failed.status = 'failed'
                 WHERE {number} > ?1 GROUP BY {number} ORDER BY {number} LIMIT ?2",
                standing = standing_columns(),
            ))?;
            let rows = statement.query_map((after, limit as i64), |row| {
                Ok(News {
                    conversation: standing(row)?,
                    number: row.get(6)?,
                    message: row.get(7)?,
                    open: row.get(8)?,
                    late: row.get(9)?,
                    author: row.get(10)?,
                    preview: row.get(11)?,
                    text: row.get(12)?,
                    failure: failure_of(row.get(13)?, row.get(14)?, row.get(15)?),
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Who wrote a message, where the conversation is not with one person. `people` must be its author.
fn author() -> String {
    format!("CASE WHEN conversations.person_id IS NULL AND people.id IS NOT NULL THEN {TITLE} END")
}
