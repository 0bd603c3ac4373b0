//! The steps of messages and calls, in rows, under the key of what made them: a step may come before its message, or without it.

use rusqlite::{Connection, OptionalExtension};

use super::apply::{Origin, Touched, peer};
use super::message::{direction_word, json, place};
use super::{Result, conversation, derive, news};
use crate::chat::change::Change;
use crate::chat::event::{CallStep, Fingerprint, Peer, Status};
use crate::chat::time::Timestamp;
use crate::chat::view::{Direction, Failure};
use crate::webhook::EDITION;

/// The line shown for a message of which only statuses are known.
const SENT_ELSEWHERE: &str = "Sent from another system";

/// Keeps a step of a message. If nothing else is known of the message, the step makes it known.
pub(super) fn keep_status(
    connection: &Connection,
    origin: Origin,
    told: &Status,
    touched: &mut Touched,
) -> Result<()> {
    let row = StepRow {
        key: &told.message.stored(),
        word: &told.word,
        recipient: told.recipient.as_deref(),
        participant: told.participant.as_deref(),
        at: told.at,
        failure: told.failure.as_ref(),
        terms: json(told.terms.as_ref()),
        seconds: None,
        fingerprint: told.fingerprint,
    };
    let is_new = keep(connection, origin, &row)?;
    let stub = Stub {
        key: row.key,
        id: told.message.id(),
        peer: &told.peer,
        direction: Direction::Out,
        telling: "status",
        kind: "unknown",
        preview: SENT_ELSEWHERE,
        rank: i64::from(told.peer != Peer::Nobody),
        at: told.at.unwrap_or(origin.received_at),
        fingerprint: told.fingerprint,
    };
    keep_stub(connection, origin, &stub, touched)?;
    if is_new {
        announce(connection, origin, row.key, &told.word, touched)?;
    }
    derive::message(connection, origin, row.key, touched)?;
    if is_new && !origin.again {
        news::keep_failure(connection, origin.channel, row.key)?;
    }
    Ok(())
}

/// Keeps a step of a call, and the call's place in a conversation.
pub(super) fn keep_call(
    connection: &Connection,
    origin: Origin,
    told: &CallStep,
    touched: &mut Touched,
) -> Result<()> {
    let row = StepRow {
        key: &told.call.stored(),
        word: &told.word,
        recipient: None,
        participant: None,
        at: told.at,
        failure: told.failure.as_ref(),
        terms: None,
        seconds: told.seconds,
        fingerprint: told.fingerprint,
    };
    keep(connection, origin, &row)?;
    let is_named = told.peer != Peer::Nobody;
    let stub = Stub {
        key: row.key,
        id: told.call.id(),
        peer: &told.peer,
        // Steps that do not say it come of calls that the business made (webhook catalogue §4).
        direction: told.direction.unwrap_or(Direction::Out),
        telling: "call",
        kind: "call",
        preview: "Call",
        rank: i64::from(told.direction.is_some()) * 2 + i64::from(is_named),
        at: told.at.unwrap_or(origin.received_at),
        fingerprint: told.fingerprint,
    };
    keep_stub(connection, origin, &stub, touched)?;
    derive::message(connection, origin, row.key, touched)
}

/// A step as it is stored.
struct StepRow<'a> {
    key: &'a str,
    word: &'a str,
    recipient: Option<&'a str>,
    participant: Option<&'a str>,
    at: Option<Timestamp>,
    failure: Option<&'a Failure>,
    terms: Option<String>,
    seconds: Option<i64>,
    fingerprint: Fingerprint,
}

/// Writes a step down and says whether it is new. Told twice with different times, the earlier counts.
fn keep(connection: &Connection, origin: Origin, row: &StepRow<'_>) -> Result<bool> {
    let at = row.at.unwrap_or(origin.received_at);
    let values = rusqlite::params![
        origin.channel,
        row.key,
        row.word,
        row.participant.or(row.recipient).unwrap_or_default(),
        row.recipient,
        row.participant,
        at.millis(),
        row.at.is_some(),
        row.failure.and_then(|failure| failure.code),
        row.failure.and_then(|failure| failure.title.as_deref()),
        row.failure.and_then(|failure| failure.details.as_deref()),
        row.terms,
        row.seconds,
        origin.delivery,
        EDITION,
        row.fingerprint,
    ];
    let columns = "INSERT INTO statuses (channel_id, message_key, status, whom, recipient, participant, at, at_told,
                       code, title, details, terms, seconds, delivery_id, edition, fingerprint)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    let is_new = connection
        .prepare_cached(&format!("{columns} ON CONFLICT DO NOTHING"))?
        .execute(values)?
        > 0;
    if !is_new {
        connection
            .prepare_cached(&format!(
                "{columns} ON CONFLICT DO UPDATE SET
                     recipient = excluded.recipient, participant = excluded.participant,
                     at = excluded.at, at_told = excluded.at_told, code = excluded.code, title = excluded.title,
                     details = excluded.details, terms = excluded.terms, seconds = excluded.seconds,
                     delivery_id = excluded.delivery_id, edition = excluded.edition, fingerprint = excluded.fingerprint
                 WHERE (-excluded.at_told, excluded.at, -excluded.edition, excluded.fingerprint)
                     < (-statuses.at_told, statuses.at, -statuses.edition, statuses.fingerprint)"
            ))?
            .execute(values)?;
        // Told again, whichever of the two counts.
        connection
            .prepare_cached(
                "UPDATE statuses SET edition = ?5
                 WHERE channel_id = ?1 AND message_key = ?2 AND status = ?3 AND whom = ?4 AND edition < ?5",
            )?
            .execute((
                origin.channel,
                row.key,
                row.word,
                row.participant.or(row.recipient).unwrap_or_default(),
                EDITION,
            ))?;
    }
    Ok(is_new)
}

/// What is shown of something that is known by its steps only.
struct Stub<'a> {
    key: &'a str,
    id: Option<&'a str>,
    peer: &'a Peer,
    direction: Direction,
    telling: &'a str,
    kind: &'a str,
    preview: &'a str,
    rank: i64,
    at: Timestamp,
    fingerprint: Fingerprint,
}

/// Makes something known that was not, or puts it where the step that says most wants it. The earliest step is the closest to
/// when it was sent.
fn keep_stub(
    connection: &Connection,
    origin: Origin,
    stub: &Stub<'_>,
    touched: &mut Touched,
) -> Result<()> {
    let (_, with) = peer(connection, origin, stub.peer, stub.at, touched)?;
    let known: Option<String> = connection
        .prepare_cached("SELECT telling FROM messages WHERE channel_id = ?1 AND key = ?2")?
        .query_row((origin.channel, stub.key), |row| row.get(0))
        .optional()?;
    let is_stub = matches!(known.as_deref(), None | Some("status" | "call"));
    if !is_stub {
        return Ok(());
    }
    let before = place(connection, origin.channel, stub.key)?;
    let conversation = match (before, with) {
        (Some(before), conversation::With::Nobody) => before,
        (Some(_) | None, with) => conversation::ensure(connection, origin.channel, with)?,
    };
    connection
        .prepare_cached(
            "INSERT INTO messages (channel_id, key, wamid, conversation_id, direction, telling, kind, preview,
                 sent_at, received_at, delivery_id, unread, edition, rank, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?14)
             ON CONFLICT (channel_id, key) DO UPDATE SET
                 conversation_id = iif((excluded.rank, excluded.fingerprint) >= (messages.rank, messages.fingerprint),
                     excluded.conversation_id, messages.conversation_id),
                 direction = iif((excluded.rank, excluded.fingerprint) >= (messages.rank, messages.fingerprint),
                     excluded.direction, messages.direction),
                 fingerprint = iif((excluded.rank, excluded.fingerprint) >= (messages.rank, messages.fingerprint),
                     excluded.fingerprint, messages.fingerprint),
                 rank = max(messages.rank, excluded.rank),
                 telling = iif(messages.telling = 'call', messages.telling, excluded.telling),
                 kind = iif(messages.telling = 'call', messages.kind, excluded.kind),
                 sent_at = min(messages.sent_at, excluded.sent_at),
                 received_at = min(messages.received_at, excluded.received_at), edition = excluded.edition",
        )?
        .execute(rusqlite::params![
            origin.channel,
            stub.key,
            stub.id,
            conversation,
            direction_word(stub.direction),
            stub.telling,
            stub.kind,
            stub.preview,
            stub.at.millis(),
            origin.received_at.millis(),
            origin.delivery,
            EDITION,
            stub.rank,
            stub.fingerprint,
        ])?;
    let after = place(connection, origin.channel, stub.key)?;
    touched
        .conversations
        .extend(before.into_iter().chain(after));
    Ok(())
}

fn announce(
    connection: &Connection,
    origin: Origin,
    key: &str,
    word: &str,
    touched: &mut Touched,
) -> Result<()> {
    let (message, conversation) = connection
        .prepare_cached(
            "SELECT id, conversation_id FROM messages WHERE channel_id = ?1 AND key = ?2",
        )?
        .query_row((origin.channel, key), |row| Ok((row.get(0)?, row.get(1)?)))?;
    touched.changes.push(Change::Step {
        conversation,
        message,
        status: word.to_owned(),
    });
    Ok(())
}
