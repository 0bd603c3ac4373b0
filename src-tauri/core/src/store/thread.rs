//! One conversation, from rows: its messages page by page, and all that is known of each.
//!
//! Paged by key, never by offset, so that no page costs more in a long conversation than in a short one.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::derive::content_of;
use super::list::{REVOKED, TITLE, tick_of};
use super::message::{direction_of, failure_of};
use super::{Reader, Result, StoreError};
use crate::chat::content::{Content, MediaFile};
use crate::chat::event::Context;
use crate::chat::receipt::Tick;
use crate::chat::view::{
    Failure, MessageDetails, MessagePage, MessageRow, Part, Position, Quote, ReactionRow, StepRow,
};

/// Messages in one page.
const MESSAGES_PER_PAGE: usize = 50;

/// A message that came so long after it was sent is late, in milliseconds. Providers take seconds, and try again after minutes.
const LATE: i64 = 5 * 60 * 1_000;

impl Reader {
    /// A page of a conversation, oldest first.
    ///
    /// # Errors
    /// If the archive cannot be read, or the message to look around does not exist.
    pub fn messages(&self, conversation: i64, part: Part) -> Result<MessagePage> {
        self.with(|connection| {
            let first_unread = first_unread(connection, conversation)?;
            let page = |before, after| page(connection, conversation, before, after);
            let (older, newer) = match part {
                Part::Before { position } => (page(Some(position), None)?, Vec::new()),
                Part::After { position } => (Vec::new(), page(None, Some(position))?),
                Part::Around { message } => around(connection, conversation, message)?,
                Part::Start => match first_unread {
                    Some(message) => around(connection, conversation, message)?,
                    None => (page(None, None)?, Vec::new()),
                },
            };
            // One more than a page was read, to know whether there is more.
            let (has_older, has_newer) = match part {
                Part::After { .. } => (true, newer.len() > MESSAGES_PER_PAGE),
                Part::Before { .. } => (older.len() > MESSAGES_PER_PAGE, true),
                Part::Start | Part::Around { .. } => (
                    older.len() > MESSAGES_PER_PAGE,
                    newer.len() > MESSAGES_PER_PAGE,
                ),
            };
            let mut messages: Vec<MessageRow> = older.into_iter().take(MESSAGES_PER_PAGE).collect();
            messages.reverse();
            messages.extend(newer.into_iter().take(MESSAGES_PER_PAGE));
            Ok(MessagePage {
                messages,
                has_older,
                has_newer,
                first_unread,
            })
        })
    }

    /// One message.
    ///
    /// # Errors
    /// If there is none of this key.
    pub fn message(&self, id: i64) -> Result<MessageRow> {
        self.with(|connection| {
            connection
                .prepare_cached(&format!("{} WHERE messages.id = ?1", message_columns()))?
                .query_row([id], |row| message_row(connection, row))
                .optional()?
                .ok_or(StoreError::NotFound {
                    what: "message",
                    id,
                })
        })
    }

    /// All that is known of one message.
    ///
    /// # Errors
    /// If there is none of this key.
    pub fn message_details(&self, id: i64) -> Result<MessageDetails> {
        self.with(|connection| {
            let found: Option<(i64, String, Option<String>, Vec<u8>)> = connection
                .prepare_cached(
                    "SELECT channel_id, key, wamid, bytes FROM messages
                     JOIN deliveries ON deliveries.id = delivery_id
                     JOIN bodies ON bodies.id = body_id WHERE messages.id = ?1",
                )?
                .query_row([id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .optional()?;
            let Some((channel, key, wamid, raw)) = found else {
                return Err(StoreError::NotFound {
                    what: "message",
                    id,
                });
            };
            Ok(MessageDetails {
                wamid,
                steps: steps(connection, channel, &key)?,
                raw: String::from_utf8_lossy(&raw).into_owned(),
            })
        })
    }

    /// The file of a message, and a key under which it can be kept: the same for as long as the message exists.
    ///
    /// # Errors
    /// If there is no message of this key, or no file in it.
    pub fn media(&self, id: i64) -> Result<(String, MediaFile)> {
        self.with(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT channels.key, messages.key, content FROM messages
                     JOIN channels ON channels.id = channel_id WHERE messages.id = ?1 AND revoked_at IS NULL",
                )?
                .query_row([id], |row| {
                    let (channel, key): (String, String) = (row.get(0)?, row.get(1)?);
                    Ok((format!("{channel}\n{key}"), content_of(row.get(2)?)))
                })
                .optional()?;
            match found {
                Some((key, Content::Media { file })) => Ok((key, file)),
                Some(_) | None => Err(StoreError::NotFound { what: "file", id }),
            }
        })
    }
}

fn first_unread(connection: &Connection, conversation: i64) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached(
            "SELECT id FROM messages WHERE conversation_id = ?1 AND unread = 1 ORDER BY sent_at, id LIMIT 1",
        )?
        .query_row([conversation], |row| row.get(0))
        .optional()?)
}

/// Up to a page and one more: before a place (newest first) or after it (oldest first).
fn page(
    connection: &Connection,
    conversation: i64,
    before: Option<Position>,
    after: Option<Position>,
) -> Result<Vec<MessageRow>> {
    let (condition, order, place) = match after {
        Some(after) => ("(messages.sent_at, messages.id) > (?2, ?3)", "ASC", after),
        None => (
            "(messages.sent_at, messages.id) < (?2, ?3)",
            "DESC",
            before.unwrap_or(Position {
                sent_at: i64::MAX,
                id: i64::MAX,
            }),
        ),
    };
    let mut statement = connection.prepare_cached(&format!(
        "{} WHERE messages.conversation_id = ?1 AND {condition}
         ORDER BY messages.sent_at {order}, messages.id {order} LIMIT ?4",
        message_columns()
    ))?;
    let rows = statement.query_map(
        (
            conversation,
            place.sent_at,
            place.id,
            MESSAGES_PER_PAGE as i64 + 1,
        ),
        |row| message_row(connection, row),
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is before a message, and the message with what is after it.
fn around(
    connection: &Connection,
    conversation: i64,
    message: i64,
) -> Result<(Vec<MessageRow>, Vec<MessageRow>)> {
    let place = connection
        .prepare_cached("SELECT sent_at FROM messages WHERE id = ?1 AND conversation_id = ?2")?
        .query_row((message, conversation), |row| {
            Ok(Position {
                sent_at: row.get(0)?,
                id: message,
            })
        })
        .optional()?
        .ok_or(StoreError::NotFound {
            what: "message",
            id: message,
        })?;
    let just_before = Position {
        id: message - 1,
        ..place
    };
    Ok((
        page(connection, conversation, Some(place), None)?,
        page(connection, conversation, None, Some(just_before))?,
    ))
}

/// Columns of [`message_row`].
fn message_columns() -> String {
    let author = TITLE;
    format!(
        "SELECT messages.id, messages.conversation_id, messages.direction, messages.kind, messages.text, messages.preview,
            CASE WHEN conversations.person_id IS NULL AND people.id IS NOT NULL THEN {author} END,
            messages.sent_at, messages.received_at, messages.tick, messages.edited_at, messages.revoked_at,
            messages.telling = 'status', messages.unread, messages.context, messages.channel_id, messages.key,
            quoted.id, quoted.direction, quoted.preview, quoted.revoked_at,
            messages.content, messages.referral, messages.problem,
            messages.direction = 'in' AND messages.telling = 'live' AND messages.received_at - messages.sent_at >= {LATE}
         FROM messages
         JOIN conversations ON conversations.id = messages.conversation_id
         LEFT JOIN people ON people.id = messages.author_id
         LEFT JOIN messages AS quoted
            ON quoted.channel_id = messages.channel_id AND quoted.key = messages.reply_to"
    )
}

fn message_row(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    let direction = direction_of(&row.get::<_, String>(2)?);
    let tick = tick_of(direction, row.get(9)?);
    let revoked = row.get::<_, Option<i64>>(11)?.is_some();
    let context: Context = from_json(row.get(14)?).unwrap_or_default();
    let channel: i64 = row.get(15)?;
    let key: String = row.get(16)?;
    let content = if revoked {
        Content::Text
    } else {
        content_of(row.get(21)?)
    };
    Ok(MessageRow {
        id: row.get(0)?,
        conversation: row.get(1)?,
        direction,
        kind: row.get(3)?,
        text: if revoked { None } else { row.get(4)? },
        content,
        referral: from_json(row.get(22)?),
        product: context.product.clone(),
        problem: from_json(row.get(23)?),
        preview: if revoked {
            REVOKED.to_owned()
        } else {
            row.get(5)?
        },
        author: row.get(6)?,
        sent_at: row.get(7)?,
        received_at: row.get(8)?,
        late: row.get(24)?,
        tick,
        failure: match tick {
            Some(Tick::Failed) => failure(connection, channel, &key)?,
            Some(Tick::Sent | Tick::Delivered | Tick::Read | Tick::Played) | None => None,
        },
        quote: context.id.as_ref().map(|_| quote(row)).transpose()?,
        forwarded: context.forwarded || context.frequently_forwarded,
        frequently_forwarded: context.frequently_forwarded,
        edited: row.get::<_, Option<i64>>(10)?.is_some(),
        revoked,
        statuses_only: row.get(12)?,
        unread: row.get(13)?,
        reactions: reactions(connection, channel, &key)?
            .into_iter()
            .map(|reaction| reaction.row)
            .collect(),
    })
}

/// What was stored as JSON, if it can still be read.
fn from_json<T: DeserializeOwned>(json: Option<String>) -> Option<T> {
    json.and_then(|json| serde_json::from_str(&json).ok())
}

fn quote(row: &Row<'_>) -> rusqlite::Result<Quote> {
    let revoked: Option<i64> = row.get(20)?;
    Ok(Quote {
        message: row.get(17)?,
        direction: row
            .get::<_, Option<String>>(18)?
            .map(|word| direction_of(&word)),
        preview: match revoked {
            Some(_) => Some(REVOKED.to_owned()),
            None => row.get(19)?,
        },
    })
}

fn failure(connection: &Connection, channel: i64, key: &str) -> rusqlite::Result<Option<Failure>> {
    connection
        .prepare_cached(
            "SELECT code, title, details FROM statuses
             WHERE channel_id = ?1 AND message_key = ?2 AND status = 'failed' ORDER BY at, whom LIMIT 1",
        )?
        .query_row((channel, key), |row| {
            Ok(failure_of(row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()
        .map(Option::flatten)
}

/// A reaction that stands, and since when.
pub(super) struct Reaction {
    pub(super) row: ReactionRow,
    /// The name that lasts of whoever put it there: a number or an id, not what they call themselves.
    pub(super) from: String,
    pub(super) at: i64,
}

/// The reactions that stand: of each person the newest, unless it took the emoji away.
pub(super) fn reactions(
    connection: &Connection,
    channel: i64,
    key: &str,
) -> rusqlite::Result<Vec<Reaction>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT value, CASE WHEN amendments.direction = 'out' THEN 'You' ELSE coalesce({TITLE}, 'Unknown sender') END,
            max(printf('%020d', at) || amendments.key), at,
            coalesce(
                (SELECT value FROM names WHERE person_id = author_id
                 ORDER BY kind <> 'wa_id', kind <> 'user_id', superseded_at IS NOT NULL, superseded_at, value LIMIT 1),
                iif(amendments.direction = 'out', number, NULL),
                '')
         FROM amendments
         JOIN channels ON channels.id = amendments.channel_id
         LEFT JOIN people ON people.id = author_id
         WHERE amendments.channel_id = ?1 AND target = ?2 AND deed = 'reaction'
         GROUP BY amendments.direction, author_id HAVING value <> '' ORDER BY at, amendments.key"
    ))?;
    let rows = statement.query_map((channel, key), |row| {
        Ok(Reaction {
            row: ReactionRow {
                emoji: row.get(0)?,
                from: row.get(1)?,
            },
            at: row.get(3)?,
            from: row.get(4)?,
        })
    })?;
    rows.collect()
}

pub(super) fn steps(connection: &Connection, channel: i64, key: &str) -> Result<Vec<StepRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT status, at, coalesce(participant, recipient), code, title, details, terms FROM statuses
         WHERE channel_id = ?1 AND message_key = ?2
         ORDER BY at, CASE status WHEN 'sent' THEN 1 WHEN 'delivered' THEN 2 ELSE 3 END, status, whom",
    )?;
    let rows = statement.query_map((channel, key), |row| {
        Ok(StepRow {
            status: row.get(0)?,
            at: row.get(1)?,
            recipient: row.get(2)?,
            failure: failure_of(row.get(3)?, row.get(4)?, row.get(5)?),
            terms: from_json(row.get(6)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
