//! Messages and their steps, in rows.

use rusqlite::{Connection, OptionalExtension};

use super::apply::{Origin, Touched, peer};
use super::{Result, conversation};
use crate::chat::change::Change;
use crate::chat::event::{Message, Status, Telling};
use crate::chat::preview;
use crate::chat::receipt::Tick;
use crate::chat::view::{Direction, Failure};

/// The line shown for a message of which only statuses are known.
const SENT_ELSEWHERE: &str = "Sent from another system";

/// The word under which the archive stores a direction.
pub(super) const fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
    }
}

/// The direction that a stored word names.
pub(super) fn direction_of(word: &str) -> Direction {
    if word == "in" {
        Direction::In
    } else {
        Direction::Out
    }
}

/// Keeps a message. One that was known by its statuses only gets its content and its place.
pub(super) fn keep(
    connection: &Connection,
    origin: Origin,
    told: &Message,
    touched: &mut Touched,
) -> Result<()> {
    let sent_at = told.sent_at.unwrap_or(origin.received_at);
    let (author, with) = peer(connection, origin, &told.peer, sent_at, touched)?;
    let conversation = conversation::ensure(connection, origin.channel, with)?;
    let key = told.key.stored();
    let stub = stub_place(connection, origin.channel, &key)?;
    let telling = match told.telling {
        Telling::Live => "live",
        Telling::Echo => "echo",
        Telling::History => "history",
    };
    let is_news = told.direction == Direction::In && told.telling == Telling::Live;
    let context = told.context.as_ref();
    let id: Option<i64> = connection
        .prepare_cached(
            "INSERT INTO messages (channel_id, key, wamid, conversation_id, author_id, direction, telling, kind,
                 text, preview, context, reply_to, sent_at, received_at, delivery_id, unread, arrival)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 CASE WHEN ?16 THEN (SELECT coalesce(max(arrival), 0) + 1 FROM messages) END)
             ON CONFLICT (channel_id, key) DO UPDATE SET
                 conversation_id = excluded.conversation_id, author_id = excluded.author_id,
                 direction = excluded.direction, telling = excluded.telling, kind = excluded.kind,
                 text = excluded.text, preview = excluded.preview, context = excluded.context,
                 reply_to = excluded.reply_to, sent_at = excluded.sent_at, received_at = excluded.received_at,
                 delivery_id = excluded.delivery_id, unread = excluded.unread, arrival = excluded.arrival
             WHERE messages.telling = 'status'
             RETURNING id",
        )?
        .query_row(
            rusqlite::params![
                origin.channel,
                key,
                told.key.id(),
                conversation,
                author,
                direction_word(told.direction),
                telling,
                told.kind,
                told.text,
                told.preview,
                context.and_then(|context| serde_json::to_string(context).ok()),
                context.and_then(|context| context.id.as_deref()),
                sent_at.millis(),
                origin.received_at.millis(),
                origin.delivery,
                is_news,
            ],
            |row| row.get(0),
        )
        .optional()?;
    let Some(message) = id else {
        return Ok(());
    };
    touched.conversations.extend(stub);
    touched.conversations.insert(conversation);
    touched.changes.push(Change::Message {
        conversation,
        message,
        direction: told.direction,
    });
    derive(connection, origin.channel, &key, touched)
}

/// The conversation of a message that is known by its statuses only.
fn stub_place(connection: &Connection, channel: i64, key: &str) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached(
            "SELECT conversation_id FROM messages WHERE channel_id = ?1 AND key = ?2 AND telling = 'status'",
        )?
        .query_row((channel, key), |row| row.get(0))
        .optional()?)
}

/// Keeps a step. If nothing else is known of the message, the step makes it known.
pub(super) fn keep_status(
    connection: &Connection,
    origin: Origin,
    told: &Status,
    touched: &mut Touched,
) -> Result<()> {
    let at = told.at.unwrap_or(origin.received_at);
    let (_, with) = peer(connection, origin, &told.peer, at, touched)?;
    let key = told.message.stored();
    let is_new = insert_step(connection, origin, told)?;
    let known: Option<String> = connection
        .prepare_cached("SELECT telling FROM messages WHERE channel_id = ?1 AND key = ?2")?
        .query_row((origin.channel, &key), |row| row.get(0))
        .optional()?;
    if known.is_none_or(|telling| telling == "status") {
        let place = stub_place(connection, origin.channel, &key)?;
        let named = !matches!(with, conversation::With::Nobody);
        let conversation = match place {
            Some(place) if !named => place,
            Some(_) | None => conversation::ensure(connection, origin.channel, with)?,
        };
        touched.conversations.extend(place);
        touched.conversations.insert(conversation);
        // The earliest step told is the closest to when it was sent.
        connection
            .prepare_cached(
                "INSERT INTO messages (channel_id, key, wamid, conversation_id, direction, telling, kind, preview,
                     sent_at, received_at, delivery_id, unread)
                 VALUES (?1, ?2, ?3, ?4, 'out', 'status', 'unknown', ?5, ?6, ?7, ?8, 0)
                 ON CONFLICT (channel_id, key) DO UPDATE SET
                     conversation_id = excluded.conversation_id, sent_at = min(sent_at, excluded.sent_at)",
            )?
            .execute((
                origin.channel,
                &key,
                told.message.id(),
                conversation,
                SENT_ELSEWHERE,
                at.millis(),
                origin.received_at.millis(),
                origin.delivery,
            ))?;
    }
    if is_new {
        let (message, conversation) = connection
            .prepare_cached(
                "SELECT id, conversation_id FROM messages WHERE channel_id = ?1 AND key = ?2",
            )?
            .query_row((origin.channel, &key), |row| Ok((row.get(0)?, row.get(1)?)))?;
        touched.changes.push(Change::Step {
            conversation,
            message,
            status: told.word.clone(),
        });
        derive(connection, origin.channel, &key, touched)?;
    }
    Ok(())
}

/// Writes a step down and says whether it is new. Told twice with different times, the earlier counts.
fn insert_step(connection: &Connection, origin: Origin, told: &Status) -> Result<bool> {
    let whom = told.participant.as_deref().or(told.recipient.as_deref());
    let at = told.at.unwrap_or(origin.received_at);
    let failure = told.failure.as_ref();
    let values = rusqlite::params![
        origin.channel,
        told.message.stored(),
        told.word,
        whom.unwrap_or_default(),
        told.recipient,
        told.participant,
        at.millis(),
        told.at.is_some(),
        failure.and_then(|failure| failure.code),
        failure.and_then(|failure| failure.title.as_deref()),
        failure.and_then(|failure| failure.details.as_deref()),
        told.terms
            .as_ref()
            .and_then(|terms| serde_json::to_string(terms).ok()),
        origin.delivery,
    ];
    let columns = "INSERT INTO statuses (channel_id, message_key, status, whom, recipient, participant, at, at_told,
                       code, title, details, terms, delivery_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    let is_new = connection
        .prepare_cached(&format!("{columns} ON CONFLICT DO NOTHING"))?
        .execute(values)?
        > 0;
    if !is_new {
        connection
            .prepare_cached(&format!(
                "{columns} ON CONFLICT DO UPDATE SET
                     at = excluded.at, at_told = excluded.at_told, code = excluded.code, title = excluded.title,
                     details = excluded.details, terms = excluded.terms, delivery_id = excluded.delivery_id
                 WHERE (-excluded.at_told, excluded.at) < (-statuses.at_told, statuses.at)"
            ))?
            .execute(values)?;
    }
    Ok(is_new)
}

/// Brings what follows from statuses and amendments up to date in a message, if it is known.
pub(super) fn derive(
    connection: &Connection,
    channel: i64,
    key: &str,
    touched: &mut Touched,
) -> Result<()> {
    let found: Option<(i64, i64, String)> = connection
        .prepare_cached(
            "SELECT id, conversation_id, kind FROM messages WHERE channel_id = ?1 AND key = ?2",
        )?
        .query_row((channel, key), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((message, conversation, kind)) = found else {
        return Ok(());
    };
    let mut changed = raise_tick(connection, channel, key, message)?;
    changed |= apply_edit(connection, channel, key, message, &kind)?;
    changed |= apply_revoke(connection, channel, key, message)?;
    changed |= has_reactions(connection, channel, key)?;
    if changed {
        touched.conversations.insert(conversation);
        touched.changes.push(Change::Amended {
            conversation,
            message,
        });
    }
    Ok(())
}

fn raise_tick(connection: &Connection, channel: i64, key: &str, message: i64) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT status FROM statuses WHERE channel_id = ?1 AND message_key = ?2")?;
    let mut words = statement.query((channel, key))?;
    let mut tick = None;
    while let Some(row) = words.next()? {
        if let Some(step) = Tick::from_word(&row.get::<_, String>(0)?) {
            tick = Some(Tick::climb(tick, step));
        }
    }
    let raised = connection
        .prepare_cached("UPDATE messages SET tick = ?2 WHERE id = ?1 AND tick IS NOT ?2")?
        .execute((message, tick.map(Tick::rank)))?;
    Ok(raised > 0)
}

fn apply_edit(
    connection: &Connection,
    channel: i64,
    key: &str,
    message: i64,
    kind: &str,
) -> Result<bool> {
    let newest: Option<(Option<String>, i64)> = connection
        .prepare_cached(
            "SELECT value, at FROM amendments WHERE channel_id = ?1 AND target = ?2 AND deed = 'edit'
             ORDER BY at DESC, key DESC LIMIT 1",
        )?
        .query_row((channel, key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((words, at)) = newest else {
        return Ok(false);
    };
    let (text, line) = match (kind, words) {
        ("text", Some(words)) => {
            let line = preview::of_text(&words);
            (Some(words), Some(line))
        }
        (_, Some(words)) => (None, Some(preview::of_kind(kind, Some(&words)))),
        (_, None) => (None, None),
    };
    let changed = connection
        .prepare_cached(
            "UPDATE messages SET text = coalesce(?2, text), preview = coalesce(?3, preview), edited_at = ?4
             WHERE id = ?1 AND (edited_at IS NOT ?4 OR text IS NOT coalesce(?2, text) OR preview IS NOT coalesce(?3, preview))",
        )?
        .execute((message, text, line, at))?;
    Ok(changed > 0)
}

fn apply_revoke(connection: &Connection, channel: i64, key: &str, message: i64) -> Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE messages SET revoked_at = revoked.at
             FROM (SELECT min(at) AS at FROM amendments WHERE channel_id = ?1 AND target = ?2 AND deed = 'revoke') AS revoked
             WHERE messages.id = ?3 AND revoked.at IS NOT NULL AND revoked_at IS NOT revoked.at",
        )?
        .execute((channel, key, message))?;
    Ok(changed > 0)
}

/// Reactions are not derived but read; a message that has some must be shown anew.
fn has_reactions(connection: &Connection, channel: i64, key: &str) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM amendments WHERE channel_id = ?1 AND target = ?2 AND deed = 'reaction'",
        )?
        .exists((channel, key))?)
}

/// A failure from its columns, if any of them is set.
pub(super) fn failure_of(
    code: Option<i64>,
    title: Option<String>,
    details: Option<String>,
) -> Option<Failure> {
    (code.is_some() || title.is_some() || details.is_some()).then_some(Failure {
        code,
        title,
        details,
    })
}
