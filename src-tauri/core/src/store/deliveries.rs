//! The event log: every POST, with its exact bytes and what became of it.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Delivery, Reader, Recorded, Result, StoreError, apply};
use crate::chat::change::Change;
use crate::chat::time::Timestamp;
use crate::webhook::{NotJson, Reading};

/// Most rejected deliveries that are kept; anybody with the secret could send any number.
const REJECTED_KEPT: i64 = 1_000;

/// Most bytes of rejected deliveries that are kept.
const REJECTED_BYTES_KEPT: i64 = 64 * 1024 * 1024;

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Understood.
    Read,
    /// JSON that was not understood, or not wholly.
    Unread,
    /// Not JSON.
    Rejected,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Read, Self::Unread, Self::Rejected];

    /// The word under which the archive stores it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Rejected => "rejected",
        }
    }

    fn from_word(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|outcome| outcome.word() == word);
        known.unwrap_or(Self::Unread)
    }
}

/// Which deliveries to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryFilter {
    /// Every one.
    All,
    /// Those with this outcome.
    Only(Outcome),
}

/// One line of the event log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryRow {
    /// Its key.
    pub id: i64,
    /// When it came, in RFC 3339.
    pub received_at: String,
    /// Label of the address that it was posted to.
    pub hook: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was not understood.
    pub note: Option<String>,
    /// Size of its body.
    pub bytes: i64,
    /// The first delivery of the same bytes, if this is not it.
    pub repeats: Option<i64>,
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
    let (outcome, note) = match reading {
        Ok(reading) if reading.unread.is_empty() => (Outcome::Read, None),
        Ok(reading) => (Outcome::Unread, Some(reading.unread.join("; "))),
        Err(not_json) => (Outcome::Rejected, Some(not_json.reason.clone())),
    };
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO deliveries (received_at, hook, outcome, note, body_id, repeats)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        )?
        .query_row(
            (
                delivery.received_at.millis(),
                &delivery.hook,
                outcome.word(),
                note,
                body,
                first,
            ),
            |row| row.get(0),
        )?;
    match reading {
        Err(not_json) => {
            prune_rejected(connection)?;
            Ok(Recorded::Rejected(not_json.clone()))
        }
        Ok(reading) => {
            // The same bytes say the same: they were applied when they came first.
            if first.is_none() {
                apply::items(
                    connection,
                    &reading.items,
                    id,
                    delivery.received_at,
                    changes,
                )?;
                if outcome == Outcome::Unread {
                    changes.push(Change::Unread { delivery: id });
                }
            }
            Ok(Recorded::Kept { delivery: id })
        }
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
    /// The event log, oldest first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn deliveries(&self, filter: DeliveryFilter) -> Result<Vec<DeliveryRow>> {
        let outcome = match filter {
            DeliveryFilter::All => None,
            DeliveryFilter::Only(outcome) => Some(outcome.word()),
        };
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT deliveries.id, received_at, hook, outcome, note, length(bytes), repeats
                 FROM deliveries JOIN bodies ON bodies.id = body_id
                 WHERE ?1 IS NULL OR outcome = ?1 ORDER BY deliveries.id",
            )?;
            let rows = statement.query_map([outcome], delivery_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
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
    Ok(DeliveryRow {
        id: row.get(0)?,
        received_at: Timestamp::from_millis(row.get(1)?).rfc3339(),
        hook: row.get(2)?,
        outcome: Outcome::from_word(&row.get::<_, String>(3)?),
        note: row.get(4)?,
        bytes: row.get(5)?,
        repeats: row.get(6)?,
    })
}
