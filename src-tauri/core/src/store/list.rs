//! The conversation list, from rows: what each conversation is called, its last line, what is unread in it.
//!
//! Paged by key, never by offset, so that no part of it costs more in a large archive than in a small one.

use rusqlite::{OptionalExtension, Row};

use super::message::direction_of;
use super::{Reader, Result, StoreError};
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::{
    ChannelKind, ChannelRow, ConversationQuery, ConversationRow, Direction, Filter, LastMessage,
    Position,
};

/// Conversations in one part of the list.
const CONVERSATIONS_PER_PART: usize = 50;

/// The line shown for a message that its writer deleted.
pub(super) const REVOKED: &str = "This message was deleted";

/// Which of several names of one kind a person goes by: one that no other took the place of, else the one that came back.
macro_rules! current_name {
    ($shown:literal, $kind:literal) => {
        concat!(
            "(SELECT ",
            $shown,
            " FROM names WHERE person_id = people.id AND kind = '",
            $kind,
            "'
              ORDER BY superseded_at IS NOT NULL, superseded_at, value LIMIT 1)"
        )
    };
}

/// The person's number, in international form.
const NUMBER: &str = current_name!("'+' || value", "wa_id");

/// What a person is called, in order of preference: what the business calls them comes first, as in WhatsApp itself. `people` must
/// be in scope.
pub(super) const TITLE: &str = concat!(
    "coalesce(nullif(people.contact_name, ''), people.name, ",
    current_name!("'+' || value", "wa_id"),
    ", '@' || coalesce(people.username, ",
    current_name!("value", "username"),
    "), ",
    current_name!("value", "user_id"),
    ", (SELECT value FROM names WHERE person_id = people.id ORDER BY value LIMIT 1))"
);

/// What a conversation is called. `conversations` and `people` must be in scope.
pub(super) fn conversation_title() -> String {
    format!(
        "CASE WHEN conversations.person_id IS NOT NULL THEN {TITLE}
              WHEN conversations.group_id IS NOT NULL THEN coalesce(conversations.subject, 'Group')
              ELSE 'Unknown sender' END"
    )
}

/// Columns of [`conversation_row`], from `conversations`, `people` and the last message.
pub(super) fn conversation_columns() -> String {
    let title = conversation_title();
    format!(
        "SELECT conversations.id, conversations.channel_id, {title}, {NUMBER}, people.username,
            (SELECT count(*) FROM messages WHERE conversation_id = conversations.id AND unread = 1),
            (SELECT count(*) FROM messages WHERE conversation_id = conversations.id AND tick = 2),
            (SELECT max(sent_at) FROM messages WHERE conversation_id = conversations.id AND direction = 'in'
                AND kind NOT IN ('system', 'request_welcome')),
            last.kind, last.preview, last.direction, last.tick, last.sent_at, last.revoked_at, last.telling = 'status',
            conversations.group_id IS NOT NULL, conversations.muted_until, conversations.vip
         FROM conversations
         JOIN messages AS last ON last.id = conversations.last_message_id
         LEFT JOIN people ON people.id = conversations.person_id"
    )
}

pub(super) fn conversation_row(row: &Row<'_>) -> rusqlite::Result<ConversationRow> {
    let direction = direction_of(&row.get::<_, String>(10)?);
    let revoked: Option<i64> = row.get(13)?;
    Ok(ConversationRow {
        id: row.get(0)?,
        channel: row.get(1)?,
        title: row.get(2)?,
        group: row.get(15)?,
        number: row.get(3)?,
        username: row.get(4)?,
        unread: row.get(5)?,
        failed: row.get(6)?,
        muted_until: row.get(16)?,
        vip: row.get(17)?,
        last_incoming_at: row.get(7)?,
        last: LastMessage {
            kind: row.get(8)?,
            preview: match revoked {
                Some(_) => REVOKED.to_owned(),
                None => row.get(9)?,
            },
            statuses_only: row.get(14)?,
            tick: tick_of(direction, row.get(11)?),
            direction,
            sent_at: row.get(12)?,
        },
    })
}

/// Only outgoing messages have a tick to show.
pub(super) fn tick_of(direction: Direction, rank: Option<i64>) -> Option<Tick> {
    match direction {
        Direction::In => None,
        Direction::Out => rank.and_then(Tick::from_rank),
    }
}

impl Reader {
    /// A part of the conversation list, newest first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationRow>> {
        let filter = match query.filter {
            Filter::All => "",
            Filter::Unread => {
                "AND EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id AND unread = 1)"
            }
            Filter::Failed => {
                "AND EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id AND tick = 2)"
            }
        };
        let after = query.after.unwrap_or(Position {
            sent_at: i64::MAX,
            id: i64::MAX,
        });
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE (conversations.last_at, conversations.id) < (?1, ?2)
                 AND (?3 IS NULL OR conversations.channel_id = ?3) {filter}
                 ORDER BY conversations.last_at DESC, conversations.id DESC LIMIT ?4",
                conversation_columns()
            ))?;
            let rows = statement.query_map(
                (
                    after.sent_at,
                    after.id,
                    query.channel,
                    CONVERSATIONS_PER_PART as i64,
                ),
                conversation_row,
            )?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One conversation.
    ///
    /// # Errors
    /// If there is none of this key, or no message in it.
    pub fn conversation(&self, id: i64) -> Result<ConversationRow> {
        self.with(|connection| {
            connection
                .prepare_cached(&format!(
                    "{} WHERE conversations.id = ?1",
                    conversation_columns()
                ))?
                .query_row([id], conversation_row)
                .optional()?
                .ok_or(StoreError::NotFound {
                    what: "conversation",
                    id,
                })
        })
    }

    /// How many conversations have unread messages, not counting those that are muted at this time.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn unread_conversations(&self, now: Timestamp) -> Result<i64> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT count(*) FROM (SELECT DISTINCT conversation_id FROM messages WHERE unread = 1)
                     JOIN conversations ON conversations.id = conversation_id
                     WHERE coalesce(muted_until, 0) <= ?1",
                )?
                .query_row([now.millis()], |row| row.get(0))?)
        })
    }

    /// Every channel that anything was received on.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn channels(&self) -> Result<Vec<ChannelRow>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, kind, iif(kind = 'whatsapp' AND number GLOB '[0-9]*', '+', '') || number FROM channels
                 WHERE EXISTS (SELECT 1 FROM conversations WHERE channel_id = channels.id) ORDER BY id",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(ChannelRow {
                    id: row.get(0)?,
                    kind: match row.get::<_, String>(1)?.as_str() {
                        "sms" => ChannelKind::Sms,
                        _ => ChannelKind::Whatsapp,
                    },
                    number: row.get(2)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}
