//! The times in which providers could not reach this engine. At most one goes on at a time.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Reader, Result, StoreError};
use crate::chat::change::Change;
use crate::chat::time::Timestamp;
use crate::chat::view::{OutageRow, Trouble, TroubleKind};

/// Outages in the list.
const LISTED: i64 = 100;

/// An outage shorter than this is over before anybody would want to be told, in milliseconds.
const WORTH_TELLING: i64 = 60_000;

/// Columns of [`outage_row`].
const COLUMNS: &str = "SELECT id, began_at, ended_at, trouble,
        (SELECT count(*) FROM messages WHERE direction = 'in' AND telling = 'live'
            AND sent_at BETWEEN began_at AND ended_at AND received_at >= ended_at)
     FROM outages";

/// What is written about outages.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// One begins, unless one goes on already, or this one was told before.
    Begin { at: Timestamp, trouble: Trouble },
    /// The one that goes on is over.
    End { at: Timestamp },
    /// The one that goes on was none, and this cursor says nothing any more: the public URL was switched off.
    Forget { cursor: &'static str },
    /// The user knows of all that are over.
    Dismiss,
}

pub(super) fn write(connection: &Connection, deed: Deed, changes: &mut Vec<Change>) -> Result<()> {
    let written = match deed {
        Deed::Begin { at, trouble } => {
            let trouble = serde_json::to_string(&trouble)
                .map_err(|error| StoreError::NotCommitted(error.to_string()))?;
            connection
                .prepare_cached(
                    "INSERT INTO outages (began_at, trouble)
                     SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM outages WHERE began_at = ?1)
                     ON CONFLICT DO NOTHING",
                )?
                .execute((at.millis(), trouble))?
        }
        Deed::End { at } => connection
            .prepare_cached(
                "UPDATE outages SET ended_at = max(?1, began_at) WHERE ended_at IS NULL",
            )?
            .execute([at.millis()])?,
        Deed::Forget { cursor } => {
            connection
                .prepare_cached("DELETE FROM cursors WHERE name = ?1")?
                .execute([cursor])?;
            connection
                .prepare_cached("DELETE FROM outages WHERE ended_at IS NULL")?
                .execute([])?
        }
        Deed::Dismiss => connection
            .prepare_cached(
                "UPDATE outages SET dismissed = 1 WHERE ended_at IS NOT NULL AND dismissed = 0",
            )?
            .execute([])?,
    };
    if written > 0 {
        changes.push(Change::Outage);
    }
    Ok(())
}

impl Reader {
    /// The newest outages, newest first, the one that goes on included.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn outages(&self) -> Result<Vec<OutageRow>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} ORDER BY began_at DESC, id DESC LIMIT ?1"
            ))?;
            let rows = statement.query_map([LISTED], outage_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The last outage, if it is over, was long enough to matter, and the user has not said that they know.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn back_again(&self) -> Result<Option<OutageRow>> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "{COLUMNS} WHERE ended_at - began_at >= ?1 AND dismissed = 0
                     AND NOT EXISTS (SELECT 1 FROM outages WHERE ended_at IS NULL)
                     ORDER BY ended_at DESC, id DESC LIMIT 1"
                ))?
                .query_row([WORTH_TELLING], outage_row)
                .optional()?)
        })
    }
}

fn outage_row(row: &Row<'_>) -> rusqlite::Result<OutageRow> {
    let trouble: String = row.get(3)?;
    Ok(OutageRow {
        id: row.get(0)?,
        began_at: row.get(1)?,
        ended_at: row.get(2)?,
        // One that a later version told would have a word that is not known here.
        trouble: serde_json::from_str(&trouble)
            .unwrap_or(Trouble::plain(TroubleKind::ConnectionLost)),
        late: row.get(4)?,
    })
}
