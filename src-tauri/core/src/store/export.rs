//! The archive as JSON Lines, in the shape that scripts rely on (design/interface.md).

use rusqlite::{Connection, Row};
use serde_json::value::RawValue;

use super::derive::content_of;
use super::list::conversation_title;
use super::message::failure_of;
use super::record::{
    CallRecord, ContactRecord, EventRecord, LocationRecord, MediaRecord, MessageRecord,
    ReactionRecord, Record, StatusRecord,
};
use super::thread::reactions;
use super::{Reader, Result};
use crate::chat::content::Content;
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;

/// What a person is called in a record: what the business calls them comes first.
const NAME: &str = "coalesce(nullif(people.contact_name, ''), people.name)";

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
            records(&snapshot, filter, &mut |record| {
                outcome = write(record);
                outcome.is_ok()
            })
        })
        .map_err(E::from)?;
        outcome
    }
}

/// Takes records, and says whether it wants more.
type Sink<'a> = &'a mut dyn FnMut(&Record) -> bool;

/// Hands every record to `write`, until it wants no more.
pub(super) fn records(
    connection: &Connection,
    filter: ExportFilter,
    write: &mut dyn FnMut(&Record) -> bool,
) -> Result<()> {
    let mut wants_more = true;
    let mut write = |record: &Record| {
        wants_more = wants_more && write(record);
        wants_more
    };
    messages(connection, filter, &mut write)?;
    if filter.message.is_none() {
        calls(connection, filter, &mut write)?;
        if filter.conversation.is_none() {
            events(connection, filter, &mut write)?;
        }
    }
    Ok(())
}

fn messages(connection: &Connection, filter: ExportFilter, write: Sink<'_>) -> Result<()> {
    let condition = match (filter.message, filter.conversation) {
        (Some(_), _) => "messages.id = ?1",
        (None, Some(_)) => "messages.conversation_id = ?1",
        (None, None) => "?1 IS NULL",
    };
    let title = conversation_title();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT channels.kind, channels.key, channels.number, conversation_id, people.id, {NAME}, people.username,
            wamid, direction, messages.kind, text, preview, context, edited_at, revoked_at, sent_at, received_at, tick,
            delivery_id, messages.channel_id, messages.key, content, referral, problem, group_id, {title}
         FROM messages
         JOIN channels ON channels.id = messages.channel_id
         JOIN conversations ON conversations.id = conversation_id
         LEFT JOIN people ON people.id = coalesce(conversations.person_id, messages.author_id)
         WHERE {condition} AND sent_at >= ?2 AND telling <> 'call'
         ORDER BY sent_at, channels.key, messages.key"
    ))?;
    let since = filter.since.map_or(0, Timestamp::millis);
    let mut rows = statement.query((filter.message.or(filter.conversation), since))?;
    while let Some(row) = rows.next()? {
        let record = message(connection, row)?;
        if !write(&Record::Message(Box::new(record))) {
            return Ok(());
        }
    }
    Ok(())
}

fn message(connection: &Connection, row: &Row<'_>) -> Result<MessageRecord> {
    let (channel, key): (i64, String) = (row.get(19)?, row.get(20)?);
    let time = |column| -> rusqlite::Result<Option<String>> {
        Ok(row.get::<_, Option<i64>>(column)?.map(rfc3339))
    };
    let raw = |column| -> rusqlite::Result<Option<Box<RawValue>>> {
        let json = row.get::<_, Option<String>>(column)?;
        Ok(json.and_then(|json| RawValue::from_string(json).ok()))
    };
    let text: Option<String> = row.get(10)?;
    let content = content_of(row.get(21)?);
    let channel_kind: String = row.get(0)?;
    Ok(MessageRecord {
        channel: channel_id(&channel_kind, row.get(1)?),
        channel_kind,
        channel_number: row.get(2)?,
        conversation: row.get(3)?,
        title: row.get(25)?,
        group: row.get(24)?,
        contact: contact(connection, row.get(4)?, row.get(5)?, row.get(6)?)?,
        id: row.get(7)?,
        direction: super::message::direction_of(&row.get::<_, String>(8)?),
        kind: row.get(9)?,
        preview: row.get(11)?,
        media: MediaRecord::of(&content, text.as_deref()),
        location: LocationRecord::of(&content),
        content: Some(content).filter(|content| *content != Content::Text),
        text,
        context: raw(12)?,
        referral: raw(22)?,
        problem: raw(23)?,
        reactions: reaction_records(connection, channel, &key)?,
        edited_at: time(13)?,
        revoked_at: time(14)?,
        sent_at: rfc3339(row.get(15)?),
        received_at: rfc3339(row.get(16)?),
        status: row.get::<_, Option<i64>>(17)?.and_then(Tick::from_rank),
        statuses: statuses(connection, channel, &key)?,
        delivery: row.get(18)?,
    })
}

/// `phone_number_id`, where there is one: text messages have none.
fn channel_id(kind: &str, key: String) -> Option<String> {
    Some(key).filter(|key| kind == "whatsapp" && !key.is_empty())
}

/// Notices, and amendments of messages that never came.
fn events(connection: &Connection, filter: ExportFilter, write: Sink<'_>) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT field, channels.kind, channels.key, at, topic, summary, facts, NULL, delivery_id FROM notices
         JOIN channels ON channels.id = channel_id
         WHERE coalesce(at, ?1) >= ?1
         UNION ALL
         SELECT 'messages', channels.kind, channels.key, at, deed, deed, NULL, target, delivery_id FROM amendments
         JOIN channels ON channels.id = channel_id
         WHERE at >= ?1 AND NOT EXISTS (
             SELECT 1 FROM messages WHERE messages.channel_id = amendments.channel_id AND messages.key = target)
         ORDER BY delivery_id, field, summary",
    )?;
    let mut rows = statement.query([filter.since.map_or(0, Timestamp::millis)])?;
    while let Some(row) = rows.next()? {
        let facts: Option<String> = row.get(6)?;
        let record = EventRecord {
            field: row.get(0)?,
            channel: channel_id(&row.get::<_, String>(1)?, row.get(2)?),
            at: row.get::<_, Option<i64>>(3)?.map(rfc3339),
            topic: row.get(4)?,
            summary: row.get(5)?,
            facts: facts
                .and_then(|facts| serde_json::from_str(&facts).ok())
                .unwrap_or_default(),
            target: row.get(7)?,
            call: None,
            delivery: row.get(8)?,
        };
        if !write(&Record::Event(Box::new(record))) {
            return Ok(());
        }
    }
    Ok(())
}

/// Calls, which are rows of a conversation but no messages.
fn calls(connection: &Connection, filter: ExportFilter, write: Sink<'_>) -> Result<()> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT channels.kind, channels.key, sent_at, preview, messages.channel_id, messages.key, wamid, conversation_id,
            people.id, {NAME}, people.username, direction, content, delivery_id
         FROM messages
         JOIN channels ON channels.id = messages.channel_id
         JOIN conversations ON conversations.id = conversation_id
         LEFT JOIN people ON people.id = conversations.person_id
         WHERE telling = 'call' AND sent_at >= ?1 AND (?2 IS NULL OR conversation_id = ?2)
         ORDER BY sent_at, channels.key, messages.key"
    ))?;
    let since = filter.since.map_or(0, Timestamp::millis);
    let mut rows = statement.query((since, filter.conversation))?;
    while let Some(row) = rows.next()? {
        let key: String = row.get(5)?;
        let record = EventRecord {
            field: "calls".to_owned(),
            channel: channel_id(&row.get::<_, String>(0)?, row.get(1)?),
            at: Some(rfc3339(row.get(2)?)),
            topic: "call".to_owned(),
            summary: row.get(3)?,
            facts: Vec::new(),
            target: None,
            call: Some(CallRecord {
                id: row.get(6)?,
                conversation: row.get(7)?,
                contact: contact(connection, row.get(8)?, row.get(9)?, row.get(10)?)?,
                direction: super::message::direction_of(&row.get::<_, String>(11)?),
                call: content_of(row.get(12)?),
                statuses: statuses(connection, row.get(4)?, &key)?,
            }),
            delivery: row.get(13)?,
        };
        if !write(&Record::Event(Box::new(record))) {
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
        "SELECT kind, value FROM names WHERE person_id = ?1
         ORDER BY kind, superseded_at IS NOT NULL, superseded_at, value",
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
