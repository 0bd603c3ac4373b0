//! The event log: every POST, with its exact bytes and what became of it.

use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::apply::{self, Source};
use super::{Delivery, Reader, Recorded, Result, StoreError};
use crate::chat::change::Change;
use crate::chat::event::Inbound;
use crate::chat::preview::one_line;
use crate::chat::time::Timestamp;
use crate::chat::view::{DeliveryRow, LogQuery, Outcome};
use crate::webhook::{NotJson, Reading};

/// Most rejected deliveries that are kept; anybody with the secret could send any number.
const REJECTED_KEPT: i64 = 1_000;

/// Most bytes of rejected deliveries that are kept.
const REJECTED_BYTES_KEPT: i64 = 64 * 1024 * 1024;

/// Deliveries in one part of the event log.
const DELIVERIES_PER_PART: i64 = 50;

/// Largest body that is read to say what is in it, in bytes: 50 of them are listed at a time.
const LARGEST_SUMMED_UP: i64 = 256 * 1024;

/// Columns of [`delivery_row`]. `?1` is the largest body that comes along.
const DELIVERY_COLUMNS: &str =
    "SELECT deliveries.id, received_at, hook, outcome, note, length(bytes), repeats,
        iif(length(bytes) <= ?1, bytes, NULL), client
     FROM deliveries JOIN bodies ON bodies.id = body_id WHERE true";

/// The word under which the archive stores an outcome.
pub(super) const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Read => "read",
        Outcome::Unread => "unread",
        Outcome::Rejected => "rejected",
    }
}

fn outcome_of(word: &str) -> Outcome {
    match word {
        "read" => Outcome::Read,
        "rejected" => Outcome::Rejected,
        _ => Outcome::Unread,
    }
}

/// Keeps a delivery and everything that was read from it.
pub(super) fn keep(
    connection: &Connection,
    delivery: &Delivery,
    reading: &std::result::Result<Reading, NotJson>,
    changes: &mut Vec<Change>,
) -> Result<Recorded> {
    let body = keep_body(connection, &delivery.body)?;
    let first: Option<i64> = connection
        .prepare_cached("SELECT id FROM deliveries WHERE body_id = ?1 ORDER BY id LIMIT 1")?
        .query_row([body], |row| row.get(0))
        .optional()?;
    let (outcome, note) = outcome(reading);
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO deliveries (received_at, hook, outcome, note, body_id, repeats, client)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        )?
        .query_row(
            (
                delivery.received_at.millis(),
                &delivery.hook,
                outcome_word(outcome),
                note,
                body,
                first,
                delivery.client.map(|client| client.to_string()),
            ),
            |row| row.get(0),
        )?;
    match reading {
        Err(not_json) => {
            prune_rejected(connection)?;
            changes.push(Change::Rejected { delivery: id });
            Ok(Recorded::Rejected(not_json.clone()))
        }
        Ok(reading) => {
            // The same bytes say the same: they were applied when they came first.
            if first.is_none() {
                let source = Source {
                    delivery: id,
                    received_at: delivery.received_at,
                    again: false,
                };
                apply::items(connection, &reading.items, source, changes)?;
                if outcome == Outcome::Unread {
                    changes.push(Change::Unread { delivery: id });
                }
            }
            Ok(Recorded::Kept { delivery: id })
        }
    }
}

/// What became of a body, and what was not understood of it.
pub(super) fn outcome(
    reading: &std::result::Result<Reading, NotJson>,
) -> (Outcome, Option<String>) {
    match reading {
        Ok(reading) if reading.unread.is_empty() => (Outcome::Read, None),
        Ok(reading) => (Outcome::Unread, Some(reading.unread.join("; "))),
        Err(not_json) => (Outcome::Rejected, Some(not_json.reason.clone())),
    }
}

fn keep_body(connection: &Connection, bytes: &[u8]) -> Result<i64> {
    let digest = Sha256::digest(bytes);
    let digest = digest.as_slice();
    connection
        .prepare_cached(
            "INSERT INTO bodies (digest, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute((digest, bytes))?;
    Ok(connection
        .prepare_cached("SELECT id FROM bodies WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))?)
}

/// Lets go of the oldest rejected deliveries when there are too many of them or they take too much room.
fn prune_rejected(connection: &Connection) -> Result<()> {
    let mut newest_first = connection.prepare_cached(
        "SELECT deliveries.id, length(bodies.bytes) FROM deliveries
         JOIN bodies ON bodies.id = body_id
         WHERE outcome = 'rejected' ORDER BY deliveries.id DESC",
    )?;
    let mut rows = newest_first.query([])?;
    let (mut kept, mut bytes) = (0, 0);
    let mut last_kept = None;
    while let Some(row) = rows.next()? {
        kept += 1;
        bytes += row.get::<_, i64>(1)?;
        if kept > REJECTED_KEPT || (bytes > REJECTED_BYTES_KEPT && last_kept.is_some()) {
            break;
        }
        last_kept = Some(row.get::<_, i64>(0)?);
    }
    drop(rows);
    let bodies: Vec<i64> = connection
        .prepare_cached(
            "DELETE FROM deliveries WHERE outcome = 'rejected' AND id < ?1 RETURNING body_id",
        )?
        .query_map([last_kept], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for body in bodies {
        connection
            .prepare_cached(
                "DELETE FROM bodies WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE body_id = ?1)",
            )?
            .execute([body])?;
    }
    Ok(())
}

impl Reader {
    /// A part of the event log, newest first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn deliveries(&self, query: LogQuery) -> Result<Vec<DeliveryRow>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{DELIVERY_COLUMNS} AND (?2 IS NULL OR outcome = ?2) AND deliveries.id < ?3
                 ORDER BY deliveries.id DESC LIMIT ?4"
            ))?;
            let rows = statement.query_map(
                (
                    LARGEST_SUMMED_UP,
                    query.outcome.map(outcome_word),
                    query.before.unwrap_or(i64::MAX),
                    DELIVERIES_PER_PART,
                ),
                delivery_row,
            )?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many deliveries became this.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn count_deliveries(&self, outcome: Outcome) -> Result<i64> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached("SELECT count(*) FROM deliveries WHERE outcome = ?1")?
                .query_row([outcome_word(outcome)], |row| row.get(0))?)
        })
    }

    /// Hands the whole event log to `write`, oldest first.
    ///
    /// # Errors
    /// If the archive cannot be read, or with what `write` returns.
    pub fn each_delivery<E: From<StoreError>>(
        &self,
        outcome: Option<Outcome>,
        mut write: impl FnMut(&DeliveryRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut written = Ok(());
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{DELIVERY_COLUMNS} AND (?2 IS NULL OR outcome = ?2) ORDER BY deliveries.id"
            ))?;
            let mut rows = statement.query((LARGEST_SUMMED_UP, outcome.map(outcome_word)))?;
            while let Some(row) = rows.next()? {
                written = write(&delivery_row(row)?);
                if written.is_err() {
                    break;
                }
            }
            Ok(())
        })
        .map_err(E::from)?;
        written
    }

    /// The exact bytes of one delivery.
    ///
    /// # Errors
    /// If there is no such delivery.
    pub fn delivery_body(&self, id: i64) -> Result<Vec<u8>> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT bytes FROM deliveries JOIN bodies ON bodies.id = body_id
                     WHERE deliveries.id = ?1",
                )?
                .query_row([id], |row| row.get(0))
                .optional()?
                .ok_or(StoreError::NotFound {
                    what: "delivery",
                    id,
                })
        })
    }
}

fn delivery_row(row: &Row<'_>) -> rusqlite::Result<DeliveryRow> {
    let bytes: Option<Vec<u8>> = row.get(7)?;
    Ok(DeliveryRow {
        id: row.get(0)?,
        received_at: Timestamp::from_millis(row.get(1)?).rfc3339(),
        hook: row.get(2)?,
        client: row.get(8)?,
        outcome: outcome_of(&row.get::<_, String>(3)?),
        note: row.get(4)?,
        bytes: row.get(5)?,
        repeats: row.get(6)?,
        lines: match bytes {
            Some(bytes) => lines(&bytes),
            None => vec!["A large delivery".to_owned()],
        },
    })
}

/// What a body tells, in lines: it is read anew, so that the log always says what today's reader understands.
fn lines(body: &[u8]) -> Vec<String> {
    let Ok(reading) = super::read(body) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let [mut messages, mut steps, mut calls, mut deeds]: [Vec<&str>; 4] = Default::default();
    for item in &reading.items {
        match &item.event {
            Inbound::Message(message) => messages.push(&message.kind),
            Inbound::Status(status) => steps.push(&status.word),
            Inbound::Call(step) => calls.push(&step.word),
            Inbound::Amendment(amendment) => deeds.push(amendment.deed.word()),
            Inbound::Introduction(_) => {}
            Inbound::Notice(notice) => lines.push(notice.line.clone()),
        }
    }
    let counted = [
        counted(&messages, "message", "messages"),
        counted(&steps, "delivery step", "delivery steps"),
        counted(&calls, "step of a call", "steps of calls"),
        counted(&deeds, "change of a message", "changes of messages"),
    ];
    counted.into_iter().flatten().chain(lines).collect()
}

/// How many there are, and of what sorts. Sorts are the payload's own words, so they are cut like any other text.
fn counted(sorts: &[&str], one: &str, more: &str) -> Option<String> {
    let mut different: Vec<&str> = Vec::new();
    for sort in sorts {
        if !different.contains(sort) {
            different.push(sort);
        }
    }
    let count = match sorts.len() {
        0 => return None,
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    };
    Some(one_line(&format!("{count}: {}", different.join(", "))))
}
