//! The archive as JSON Lines, in the shape that scripts rely on (design/interface.md).

use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;

use super::message::failure_of;
use super::thread::reactions;
use super::{Reader, Result};
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::{Direction, Failure};

/// What to export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportFilter {
    /// Only this conversation. Other kept events belong to none and are left out then.
    pub conversation: Option<i64>,
    /// Only what was sent at this time or later.
    pub since: Option<Timestamp>,
    /// Only this message.
    pub message: Option<i64>,
}

/// One line of an export.
#[derive(Debug, Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A message with everything that became of it.
    Message(Box<MessageRecord>),
    /// Anything else that was kept.
    Event(EventRecord),
}

/// A message, as `export` and `serve --json` write it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageRecord {
    channel: Option<String>,
    channel_number: Option<String>,
    /// Row of the conversation.
    pub conversation: i64,
    /// Whom it was exchanged with.
    pub contact: ContactRecord,
    id: Option<String>,
    /// Which way it went.
    pub direction: Direction,
    /// The payload's own word for the kind.
    #[serde(rename = "type")]
    pub kind: String,
    text: Option<String>,
    /// One line of plain text.
    #[serde(skip)]
    pub preview: String,
    media: Option<Box<RawValue>>,
    location: Option<Box<RawValue>>,
    context: Option<Box<RawValue>>,
    reactions: Vec<ReactionRecord>,
    edited_at: Option<String>,
    revoked_at: Option<String>,
    sent_at: String,
    received_at: String,
    /// The highest step.
    pub status: Option<Tick>,
    statuses: Vec<StatusRecord>,
    delivery: i64,
}

/// The person on the other side.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactRecord {
    /// What they call themselves.
    pub name: Option<String>,
    /// Their phone number in digits.
    pub wa_id: Option<String>,
    user_id: Option<String>,
    username: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ReactionRecord {
    from: String,
    emoji: String,
    at: String,
}

#[derive(Debug, Clone, Serialize)]
struct StatusRecord {
    status: String,
    at: String,
    recipient: Option<String>,
    participant: Option<String>,
    error: Option<Failure>,
    #[serde(flatten)]
    terms: serde_json::Map<String, serde_json::Value>,
}

/// Something kept that is no message.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventRecord {
    field: String,
    channel: Option<String>,
    at: Option<String>,
    summary: String,
    /// Id of the message that it is about, where it is about one.
    target: Option<String>,
    delivery: i64,
}

impl Reader {
    /// Hands every record to `write`, messages first, each sort oldest first, all of one moment of the archive.
    ///
    /// # Errors
    /// If the archive cannot be read, or with what `write` returns.
    pub fn export<E: From<super::StoreError>>(
        &self,
        filter: ExportFilter,
        mut write: impl FnMut(&Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut outcome = Ok(());
        self.with(|connection| {
            // Without a transaction, each query would see a later moment than the one before.
            let snapshot = connection.unchecked_transaction()?;
            messages(&snapshot, filter, &mut |record| {
                outcome = write(record);
                outcome.is_ok()
            })?;
            if outcome.is_ok() && filter.conversation.is_none() && filter.message.is_none() {
                events(&snapshot, filter, &mut |record| {
                    outcome = write(record);
                    outcome.is_ok()
                })?;
            }
            Ok(())
        })
        .map_err(E::from)?;
        outcome
    }
}

type Sink<'a> = &'a mut dyn FnMut(&Record) -> bool;

fn messages(connection: &Connection, filter: ExportFilter, write: Sink<'_>) -> Result<()> {
    let condition = match (filter.message, filter.conversation) {
        (Some(_), _) => "messages.id = ?1",
        (None, Some(_)) => "messages.conversation_id = ?1",
        (None, None) => "?1 IS NULL",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT channels.phone_number_id, channels.number, conversation_id, people.id, people.name, people.username,
            wamid, direction, kind, text, preview, context, edited_at, revoked_at, sent_at, received_at, tick,
            delivery_id, messages.channel_id, messages.key
         FROM messages
         JOIN channels ON channels.id = messages.channel_id
         JOIN conversations ON conversations.id = conversation_id
         LEFT JOIN people ON people.id = coalesce(conversations.person_id, messages.author_id)
         WHERE {condition} AND sent_at >= ?2 ORDER BY sent_at, messages.id"
    ))?;
    let since = filter.since.map_or(0, Timestamp::millis);
    let mut rows = statement.query((filter.message.or(filter.conversation), since))?;
    while let Some(row) = rows.next()? {
        let (channel, key): (i64, String) = (row.get(18)?, row.get(19)?);
        let time = |column| -> rusqlite::Result<Option<String>> {
            Ok(row.get::<_, Option<i64>>(column)?.map(rfc3339))
        };
        let record = MessageRecord {
            channel: row.get::<_, Option<String>>(0)?.filter(|id| !id.is_empty()),
            channel_number: row.get(1)?,
            conversation: row.get(2)?,
            contact: contact(connection, row.get(3)?, row.get(4)?, row.get(5)?)?,
            id: row.get(6)?,
            direction: super::message::direction_of(&row.get::<_, String>(7)?),
            kind: row.get(8)?,
            text: row.get(9)?,
            preview: row.get(10)?,
            media: None,
            location: None,
            context: row
                .get::<_, Option<String>>(11)?
                .and_then(|json| RawValue::from_string(json).ok()),
            reactions: reaction_records(connection, channel, &key)?,
            edited_at: time(12)?,
            revoked_at: time(13)?,
            sent_at: rfc3339(row.get(14)?),
            received_at: rfc3339(row.get(15)?),
            status: row.get::<_, Option<i64>>(16)?.and_then(Tick::from_rank),
            statuses: statuses(connection, channel, &key)?,
            delivery: row.get(17)?,
        };
        if !write(&Record::Message(Box::new(record))) {
            return Ok(());
        }
    }
    Ok(())
}

/// Notices, and amendments of messages that never came.
fn events(connection: &Connection, filter: ExportFilter, write: Sink<'_>) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT field, phone_number_id, at, summary, NULL, delivery_id FROM notices
         JOIN channels ON channels.id = channel_id
         WHERE coalesce(at, ?1) >= ?1
         UNION ALL
         SELECT 'messages', phone_number_id, at, deed, target, delivery_id FROM amendments
         JOIN channels ON channels.id = channel_id
         WHERE at >= ?1 AND NOT EXISTS (
             SELECT 1 FROM messages WHERE messages.channel_id = amendments.channel_id AND messages.key = target)
         ORDER BY delivery_id",
    )?;
    let mut rows = statement.query([filter.since.map_or(0, Timestamp::millis)])?;
    while let Some(row) = rows.next()? {
        let record = EventRecord {
            field: row.get(0)?,
            channel: row.get::<_, Option<String>>(1)?.filter(|id| !id.is_empty()),
            at: row.get::<_, Option<i64>>(2)?.map(rfc3339),
            summary: row.get(3)?,
            target: row.get(4)?,
            delivery: row.get(5)?,
        };
        if !write(&Record::Event(record)) {
            return Ok(());
        }
    }
    Ok(())
}

fn rfc3339(millis: i64) -> String {
    Timestamp::from_millis(millis).rfc3339()
}

fn contact(
    connection: &Connection,
    person: Option<i64>,
    name: Option<String>,
    username: Option<String>,
) -> Result<ContactRecord> {
    let mut contact = ContactRecord {
        name,
        wa_id: None,
        user_id: None,
        username,
    };
    let Some(person) = person else {
        return Ok(contact);
    };
    let mut statement = connection.prepare_cached(
        "SELECT kind, value FROM names WHERE person_id = ?1 ORDER BY kind, value",
    )?;
    let mut rows = statement.query([person])?;
    while let Some(row) = rows.next()? {
        let value: String = row.get(1)?;
        let slot = match row.get::<_, String>(0)?.as_str() {
            "wa_id" => &mut contact.wa_id,
            "user_id" => &mut contact.user_id,
            "username" => &mut contact.username,
            _ => continue,
        };
        slot.get_or_insert(value);
    }
    Ok(contact)
}

fn reaction_records(
    connection: &Connection,
    channel: i64,
    key: &str,
) -> Result<Vec<ReactionRecord>> {
    Ok(reactions(connection, channel, key)?
        .into_iter()
        .map(|reaction| ReactionRecord {
            from: reaction.from,
            emoji: reaction.row.emoji,
            at: rfc3339(reaction.at),
        })
        .collect())
}

fn statuses(connection: &Connection, channel: i64, key: &str) -> Result<Vec<StatusRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT status, at, recipient, participant, code, title, details, terms FROM statuses
         WHERE channel_id = ?1 AND message_key = ?2 ORDER BY at, status, whom",
    )?;
    let rows = statement.query_map((channel, key), |row| {
        let terms = row
            .get::<_, Option<String>>(7)?
            .and_then(|json| serde_json::from_str(&json).ok());
        Ok(StatusRecord {
            status: row.get(0)?,
            at: rfc3339(row.get(1)?),
            recipient: row.get(2)?,
            participant: row.get(3)?,
            error: failure_of(row.get(4)?, row.get(5)?, row.get(6)?),
            terms: terms.unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
