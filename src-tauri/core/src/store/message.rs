//! Messages, in rows.
//!
//! A message may be told several times and not always alike: as a placeholder first and with its file later, live and again from
//! history. The telling that says most is kept, whichever comes first.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::apply::{Origin, Touched, peer};
use super::news::NEXT_ARRIVAL;
use super::{Result, conversation, derive};
use crate::chat::change::Change;
use crate::chat::content::Content;
use crate::chat::event::{Message, Telling};
use crate::chat::preview;
use crate::chat::receipt::Tick;
use crate::chat::view::{Direction, Failure};
use crate::webhook::EDITION;

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

/// How much a telling says, compared with another of the same message. Beyond it the fingerprint decides.
fn rank(told: &Message) -> i64 {
    let telling = match told.telling {
        Telling::History => 1,
        Telling::Echo => 2,
        Telling::Live => 3,
    };
    if told.content.is_hollow() {
        telling
    } else {
        telling + 10
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
    let place_before = place(connection, origin.channel, &key)?;
    let telling = match told.telling {
        Telling::Live => "live",
        Telling::Echo => "echo",
        Telling::History => "history",
    };
    let is_news = told.direction == Direction::In
        && told.telling == Telling::Live
        && told.content.is_from_a_person()
        && !origin.again;
    let context = told.context.as_ref();
    let content = (told.content != Content::Text).then_some(&told.content);
    let id: Option<i64> = connection
        .prepare_cached(
            &format!("INSERT INTO messages (channel_id, key, wamid, conversation_id, author_id, direction, telling, kind,
                 text, content, preview, context, referral, problem, reply_to, sent_at, received_at, delivery_id,
                 tick_told, unread, arrival, edition, rank, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                 CASE WHEN ?20 THEN {NEXT_ARRIVAL} END, ?21, ?22, ?23)
             ON CONFLICT (channel_id, key) DO UPDATE SET
                 conversation_id = excluded.conversation_id, author_id = excluded.author_id,
                 direction = excluded.direction, kind = excluded.kind, text = excluded.text, original = NULL,
                 edited_at = NULL, content = excluded.content, preview = excluded.preview, context = excluded.context,
                 referral = excluded.referral, problem = excluded.problem, reply_to = excluded.reply_to,
                 sent_at = excluded.sent_at, received_at = min(messages.received_at, excluded.received_at),
                 delivery_id = excluded.delivery_id, tick_told = excluded.tick_told,
                 unread = iif(messages.telling = 'live', messages.unread, excluded.unread),
                 arrival = iif(messages.telling = 'live', messages.arrival, excluded.arrival),
                 telling = excluded.telling,
                 edition = excluded.edition, rank = excluded.rank, fingerprint = excluded.fingerprint
             WHERE messages.telling IN ('status', 'call')
             OR (excluded.edition, excluded.rank, excluded.fingerprint)
                > (messages.edition, messages.rank, messages.fingerprint)
             RETURNING id"),
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
                told.text.as_deref().filter(|text| !text.is_empty()),
                json(content),
                preview::of(&told.kind, &told.content, told.text.as_deref()),
                json(context),
                json(told.referral.as_ref()),
                json(told.problem.as_ref()),
                context.and_then(|context| context.id.as_deref()),
                sent_at.millis(),
                origin.received_at.millis(),
                origin.delivery,
                told.tick.map(Tick::rank),
                is_news,
                EDITION,
                rank(told),
                told.fingerprint,
            ],
            |row| row.get(0),
        )
        .optional()?;
    let Some(message) = id else {
        return Ok(());
    };
    touched.conversations.extend(place_before);
    touched.conversations.insert(conversation);
    touched.changes.push(Change::Message {
        conversation,
        message,
        direction: told.direction,
    });
    derive::message(connection, origin, &key, touched)
}

/// The conversation that a message is in so far.
pub(super) fn place(connection: &Connection, channel: i64, key: &str) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT conversation_id FROM messages WHERE channel_id = ?1 AND key = ?2")?
        .query_row((channel, key), |row| row.get(0))
        .optional()?)
}

/// The form in which the archive stores what has a shape of its own.
pub(super) fn json<T: Serialize>(told: Option<&T>) -> Option<String> {
    told.and_then(|told| serde_json::to_string(told).ok())
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
