//! Conversations, in rows: finds and makes them, keeps their last line, marks them as read.

use rusqlite::{Connection, OptionalExtension};

use super::{Result, StoreError};
use crate::chat::time::Timestamp;

/// Whom a conversation is with, in rows.
#[derive(Debug, Clone, Copy)]
pub(super) enum With<'a> {
    Person(i64),
    Group(&'a str),
    Nobody,
}

/// The row of the conversation, made as needed.
pub(super) fn ensure(connection: &Connection, channel: i64, with: With<'_>) -> Result<i64> {
    let (person, group) = match with {
        With::Person(person) => (Some(person), None),
        With::Group(group) => (None, Some(group)),
        With::Nobody => (None, None),
    };
    let query = if person.is_some() {
        "SELECT id FROM conversations WHERE channel_id = ?1 AND person_id = ?2 AND ?3 IS NULL"
    } else {
        "SELECT id FROM conversations WHERE channel_id = ?1 AND person_id IS ?2
         AND coalesce(group_id, '') = coalesce(?3, '')"
    };
    let found = connection
        .prepare_cached(query)?
        .query_row((channel, person, group), |row| row.get(0))
        .optional()?;
    if let Some(found) = found {
        return Ok(found);
    }
    Ok(connection
        .prepare_cached(
            "INSERT INTO conversations (channel_id, person_id, group_id) VALUES (?1, ?2, ?3) RETURNING id",
        )?
        .query_row((channel, person, group), |row| row.get(0))?)
}

/// Brings the last line up to date with the messages.
pub(super) fn refresh(connection: &Connection, conversation: i64) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE conversations SET (last_message_id, last_at) =
                 (SELECT id, sent_at FROM messages WHERE conversation_id = ?1
                  ORDER BY sent_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
        )?
        .execute([conversation])?;
    Ok(())
}

/// What the user wants of a conversation's popups.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wish {
    /// None until then, or again some.
    Mute { until: Option<Timestamp> },
    /// They break through the quiet hours, or not.
    Vip { vip: bool },
}

/// Keeps a wish. Those that contradict each other do not last together.
pub(super) fn wish(connection: &Connection, conversation: i64, wish: Wish) -> Result<()> {
    let changed = match wish {
        Wish::Mute { until } => connection
            .prepare_cached(
                "UPDATE conversations SET muted_until = ?2, vip = iif(?2 IS NULL, vip, 0) WHERE id = ?1",
            )?
            .execute((conversation, until.map(Timestamp::millis)))?,
        Wish::Vip { vip } => connection
            .prepare_cached(
                "UPDATE conversations SET vip = ?2, muted_until = iif(?2, NULL, muted_until) WHERE id = ?1",
            )?
            .execute((conversation, vip))?,
    };
    if changed == 0 {
        return Err(no_conversation(conversation));
    }
    Ok(())
}

/// Marks everything as seen. Says whether anything was not.
pub(super) fn mark_read(connection: &Connection, conversation: i64) -> Result<bool> {
    let exists = connection
        .prepare_cached("SELECT 1 FROM conversations WHERE id = ?1")?
        .exists([conversation])?;
    if !exists {
        return Err(no_conversation(conversation));
    }
    let seen = connection
        .prepare_cached("UPDATE messages SET unread = 0 WHERE conversation_id = ?1 AND unread = 1")?
        .execute([conversation])?;
    Ok(seen > 0)
}

const fn no_conversation(id: i64) -> StoreError {
    StoreError::NotFound {
        what: "conversation",
        id,
    }
}
