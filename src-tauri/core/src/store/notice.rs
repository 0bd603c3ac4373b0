//! What was told that is no message, in rows, and what of it the user should know.

use rusqlite::Connection;

use super::apply::{Origin, Touched};
use super::message::json;
use super::{Reader, Result, StoreError};
use crate::chat::change::Change;
use crate::chat::notice::{Concern, Notice};
use crate::chat::view::NoticeRow;
use crate::webhook::EDITION;

/// Notices that are shown at most; more would hide the window.
const SHOWN: i64 = 5;

/// Milliseconds within which parts of one import belong together: they come out of order, and another import may follow later.
const ONE_IMPORT: i64 = 24 * 60 * 60 * 1_000;

/// Keeps a notice.
pub(super) fn keep(
    connection: &Connection,
    origin: Origin,
    told: &Notice,
    touched: &mut Touched,
) -> Result<()> {
    let (concern, percent) = match &told.concern {
        Concern::Nothing => ("nothing", None),
        Concern::Problem(_) => ("problem", None),
        Concern::Over(_) => ("over", Some(100)),
        Concern::Progress(_, percent) => ("progress", Some(*percent)),
    };
    let moment = told.at.unwrap_or(origin.received_at);
    let is_different = connection
        .prepare_cached(
            "INSERT INTO notices (channel_id, field, key, at, summary, delivery_id, topic, facts, concern, subject,
                 percent, moment, edition)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT DO UPDATE SET at = excluded.at, summary = excluded.summary, topic = excluded.topic,
                 facts = excluded.facts, concern = excluded.concern, subject = excluded.subject,
                 percent = excluded.percent, moment = excluded.moment, edition = excluded.edition
             WHERE excluded.edition > notices.edition",
        )?
        .execute(rusqlite::params![
            origin.channel,
            told.field,
            told.key.stored(),
            told.at.map(crate::chat::time::Timestamp::millis),
            told.line,
            origin.delivery,
            told.topic.word(),
            json(Some(&told.facts)),
            concern,
            told.concern.subject(),
            percent,
            moment.millis(),
            EDITION,
        ])?
        > 0;
    if is_different && told.concern != Concern::Nothing {
        touched.changes.push(Change::Concern);
    }
    Ok(())
}

/// Puts a notice away: the user knows.
pub(super) fn dismiss(connection: &Connection, notice: i64) -> Result<()> {
    let found = connection
        .prepare_cached("UPDATE notices SET dismissed = 1 WHERE id = ?1")?
        .execute([notice])?;
    match found {
        0 => Err(StoreError::NotFound {
            what: "notice",
            id: notice,
        }),
        _ => Ok(()),
    }
}

impl Reader {
    /// What the user should know and has not put away, newest first: of each subject the newest notice, if it is a concern.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn notices(&self) -> Result<Vec<NoticeRow>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, summary, moment, iif(concern = 'progress', percent, NULL), delivery_id FROM notices AS told
                 WHERE subject IS NOT NULL AND concern IN ('problem', 'progress') AND dismissed = 0
                 AND NOT EXISTS (
                     SELECT 1 FROM notices AS other
                     WHERE other.subject = told.subject AND other.channel_id = told.channel_id
                     AND CASE told.concern
                         WHEN 'progress' THEN (other.percent, other.id) > (told.percent, told.id)
                             AND abs(other.moment - told.moment) < ?1
                         ELSE (other.moment, other.id) > (told.moment, told.id) END)
                 ORDER BY moment DESC, id DESC LIMIT ?2",
            )?;
            let rows = statement.query_map([ONE_IMPORT, SHOWN], |row| {
                Ok(NoticeRow {
                    id: row.get(0)?,
                    line: row.get(1)?,
                    at: row.get(2)?,
                    percent: row.get(3)?,
                    delivery: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}
