//! What follows from the facts: a message's tick, its words after edits, whether it was deleted, how a call went.
//!
//! It is always computed from all facts at once, never from what it was before, so that their order does not matter.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::Result;
use super::apply::{Origin, Touched};
use super::news::NEXT_ARRIVAL;
use crate::chat::change::Change;
use crate::chat::content::{CallOutcome, Content};
use crate::chat::receipt::Tick;
use crate::chat::{call, preview};

/// A message as far as it matters here.
struct Row {
    id: i64,
    conversation: i64,
    kind: String,
    content: Content,
    text: Option<String>,
    original: Option<String>,
    edited_at: Option<i64>,
    is_call: bool,
}

/// Brings what follows from other facts up to date in a message or call, if it is known.
pub(super) fn message(
    connection: &Connection,
    origin: Origin,
    key: &str,
    touched: &mut Touched,
) -> Result<()> {
    let channel = origin.channel;
    let found = connection
        .prepare_cached(
            "SELECT id, conversation_id, kind, content, text, original, edited_at, telling = 'call'
             FROM messages WHERE channel_id = ?1 AND key = ?2",
        )?
        .query_row((channel, key), |row| {
            Ok(Row {
                id: row.get(0)?,
                conversation: row.get(1)?,
                kind: row.get(2)?,
                content: content_of(row.get(3)?),
                text: row.get(4)?,
                original: row.get(5)?,
                edited_at: row.get(6)?,
                is_call: row.get(7)?,
            })
        })
        .optional()?;
    let Some(row) = found else {
        return Ok(());
    };
    let mut changed = if row.is_call {
        outcome(connection, origin, key, &row, touched)?
    } else {
        raise_tick(connection, channel, key, row.id)?
    };
    changed |= apply_edit(connection, channel, key, &row)?;
    changed |= apply_revoke(connection, channel, key, row.id)?;
    changed |= has_reactions(connection, channel, key)?;
    if changed {
        touched.conversations.insert(row.conversation);
        touched.changes.push(Change::Amended {
            conversation: row.conversation,
            message: row.id,
        });
    }
    Ok(())
}

/// The content of a message from its column.
pub(super) fn content_of(json: Option<String>) -> Content {
    match json {
        None => Content::Text,
        Some(json) => serde_json::from_str(&json).unwrap_or_default(),
    }
}

fn raise_tick(connection: &Connection, channel: i64, key: &str, message: i64) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT status, participant FROM statuses WHERE channel_id = ?1 AND message_key = ?2",
    )?;
    let mut rows = statement.query((channel, key))?;
    let mut alone = None;
    let mut members: BTreeMap<String, Tick> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some(step) = Tick::from_word(&row.get::<_, String>(0)?) else {
            continue;
        };
        match row.get::<_, Option<String>>(1)? {
            None => alone = Some(Tick::climb(alone, step)),
            Some(member) => {
                let tick = Tick::climb(members.get(&member).copied(), step);
                members.insert(member, tick);
            }
        }
    }
    let tick = Tick::of_group(members.into_values()).or(alone);
    let raised = connection
        .prepare_cached(
            "UPDATE messages SET tick = nullif(max(coalesce(?2, 0), coalesce(tick_told, 0)), 0)
             WHERE id = ?1 AND tick IS NOT nullif(max(coalesce(?2, 0), coalesce(tick_told, 0)), 0)",
        )?
        .execute((message, tick.map(Tick::rank)))?;
    Ok(raised > 0)
}

/// How a call went. A missed one is news, once.
fn outcome(
    connection: &Connection,
    origin: Origin,
    key: &str,
    row: &Row,
    touched: &mut Touched,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT status, seconds FROM statuses WHERE channel_id = ?1 AND message_key = ?2",
    )?;
    let steps: Vec<(String, Option<i64>)> = statement
        .query_map((origin.channel, key), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let content = Content::Call {
        outcome: call::outcome(steps.iter().map(|(word, _)| word.as_str())),
        seconds: steps.iter().filter_map(|(_, seconds)| *seconds).max(),
    };
    let is_missed = matches!(
        content,
        Content::Call {
            outcome: CallOutcome::Missed,
            ..
        }
    );
    let changed = connection
        .prepare_cached(
            "UPDATE messages SET content = ?2, preview = ?3 WHERE id = ?1 AND content IS NOT ?2",
        )?
        .execute((
            row.id,
            super::message::json(Some(&content)),
            preview::of(&row.kind, &content, None),
        ))?
        > 0;
    if is_missed && !origin.again {
        let is_news = connection
            .prepare_cached(&format!(
                "UPDATE messages SET unread = 1, arrival = {NEXT_ARRIVAL}
                 WHERE id = ?1 AND arrival IS NULL AND direction = 'in'"
            ))?
            .execute([row.id])?
            > 0;
        if is_news {
            touched.changes.push(Change::Message {
                conversation: row.conversation,
                message: row.id,
                direction: crate::chat::view::Direction::In,
            });
        }
    }
    Ok(changed)
}

/// The newest edit's words, or the message's own where there is none.
fn apply_edit(connection: &Connection, channel: i64, key: &str, row: &Row) -> Result<bool> {
    let newest: Option<(Option<String>, i64)> = connection
        .prepare_cached(
            "SELECT value, at FROM amendments WHERE channel_id = ?1 AND target = ?2 AND deed = 'edit'
             ORDER BY at DESC, key DESC LIMIT 1",
        )?
        .query_row((channel, key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let own = match row.edited_at {
        Some(_) => &row.original,
        None => &row.text,
    };
    let (text, original, edited_at) = match &newest {
        None if row.edited_at.is_none() => return Ok(false),
        None => (own, &None, None),
        Some((None, at)) => (own, own, Some(*at)),
        Some((words, at)) => (words, own, Some(*at)),
    };
    let text = text.as_deref().filter(|text| !text.is_empty());
    let changed = connection
        .prepare_cached(
            "UPDATE messages SET text = ?2, original = ?3, edited_at = ?4, preview = ?5 WHERE id = ?1
             AND (text IS NOT ?2 OR original IS NOT ?3 OR edited_at IS NOT ?4 OR preview IS NOT ?5)",
        )?
        .execute((
            row.id,
            text,
            original,
            edited_at,
            preview::of(&row.kind, &row.content, text),
        ))?;
    Ok(changed > 0)
}

fn apply_revoke(connection: &Connection, channel: i64, key: &str, message: i64) -> Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE messages SET revoked_at = revoked.at
             FROM (SELECT min(at) AS at FROM amendments WHERE channel_id = ?1 AND target = ?2 AND deed = 'revoke') AS revoked
             WHERE messages.id = ?3 AND revoked_at IS NOT revoked.at",
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
