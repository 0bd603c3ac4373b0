//! Reading every kept delivery again, with today's understanding.
//!
//! The bytes are all kept, so whatever an earlier version did not understand is only waiting. Everything is told again as if it
//! had just come, except that nothing in it is news; rows that nobody tells any more go at the end. It is done in small
//! transactions beside everything else, can be stopped between any two of them, and changes nothing the second time.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use tokio_util::sync::CancellationToken;

use super::apply::{self, Origin, Source, Touched};
use super::writer::Job;
use super::{Reader, Result, Store, StoreError, deliveries, derive};
use crate::chat::change::Change;
use crate::chat::event::{Inbound, Item};
use crate::chat::time::Timestamp;
use crate::chat::view::RereadOutcome;
use crate::webhook::{EDITION, NotJson, Reading};

/// Deliveries in one transaction, so that those that come meanwhile never wait long.
const BATCH: i64 = 64;

/// Bytes in one transaction, beyond which no further delivery is added to it.
const BATCH_BYTES: usize = 2 * 1024 * 1024;

/// Name of the counter that holds the edition whose understanding the whole archive has.
const EDITION_COUNTER: &str = "edition";

/// A delivery that was read again.
pub(super) struct Again {
    delivery: i64,
    received_at: Timestamp,
    reading: std::result::Result<Reading, NotJson>,
}

/// How reading everything again ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reread {
    /// What is different now.
    pub outcome: RereadOutcome,
    /// It was stopped before its end.
    pub cancelled: bool,
}

impl Store {
    /// Reads every kept delivery again and brings the archive up to date. `progress` is told how many of how many were read.
    ///
    /// # Errors
    /// If the archive cannot be read or written. What was done until then stays.
    pub async fn reread(
        &self,
        stop: &CancellationToken,
        mut progress: impl FnMut(i64, i64),
    ) -> Result<Reread> {
        let total = self.read(Reader::distinct_deliveries).await?;
        let (mut after, mut outcome) = (0, RereadOutcome::default());
        progress(0, total);
        loop {
            if stop.is_cancelled() {
                return Ok(Reread {
                    outcome,
                    cancelled: true,
                });
            }
            let batch = self.read(move |reader| reader.read_again(after)).await?;
            let Some(last) = batch.last() else {
                break;
            };
            after = last.delivery;
            let done = self.ask(|reply| Job::Reread { batch, reply }).await?;
            add(&mut outcome, done);
            progress(outcome.deliveries.min(total), total);
        }
        let done = self.ask(|reply| Job::FinishReread { reply }).await?;
        add(&mut outcome, done);
        Ok(Reread {
            outcome,
            cancelled: false,
        })
    }

    async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let reader = self.reader().clone();
        tokio::task::spawn_blocking(move || question(&reader))
            .await
            .map_err(|_| StoreError::Closed)?
    }
}

impl Reader {
    /// Whether the archive was read by an earlier edition, at least in part.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn is_reread_advised(&self) -> Result<bool> {
        Ok(self.counter(EDITION_COUNTER)? < EDITION)
    }

    fn distinct_deliveries(&self) -> Result<i64> {
        self.with(|connection| {
            Ok(connection
                .prepare_cached("SELECT count(*) FROM deliveries WHERE repeats IS NULL")?
                .query_row([], |row| row.get(0))?)
        })
    }

    /// The next deliveries, each with what today's reader makes of it.
    fn read_again(&self, after: i64) -> Result<Vec<Again>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT deliveries.id, received_at, bytes FROM deliveries JOIN bodies ON bodies.id = body_id
                 WHERE deliveries.id > ?1 AND repeats IS NULL ORDER BY deliveries.id LIMIT ?2",
            )?;
            let mut rows = statement.query([after, BATCH])?;
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let body: Vec<u8> = row.get(2)?;
                bytes += body.len();
                batch.push(Again {
                    delivery: row.get(0)?,
                    received_at: Timestamp::from_millis(row.get(1)?),
                    reading: super::read(&body),
                });
                if bytes > BATCH_BYTES {
                    break;
                }
            }
            Ok(batch)
        })
    }
}

fn add(sum: &mut RereadOutcome, more: RereadOutcome) {
    sum.deliveries += more.deliveries;
    sum.added += more.added;
    sum.changed += more.changed;
    sum.removed += more.removed;
    sum.events += more.events;
}

/// Tells a few deliveries again.
pub(super) fn batch(
    connection: &Connection,
    batch: &[Again],
    changes: &mut Vec<Change>,
) -> Result<RereadOutcome> {
    let mut sum = RereadOutcome::default();
    for again in batch {
        add(&mut sum, delivery(connection, again, changes)?);
    }
    Ok(sum)
}

fn delivery(
    connection: &Connection,
    again: &Again,
    changes: &mut Vec<Change>,
) -> Result<RereadOutcome> {
    let (outcome, note) = deliveries::outcome(&again.reading);
    connection
        .prepare_cached(
            "UPDATE deliveries SET outcome = ?2, note = ?3
             WHERE (id = ?1 OR repeats = ?1) AND (outcome, note) IS NOT (?2, ?3)",
        )?
        .execute((again.delivery, deliveries::outcome_word(outcome), note))?;
    let mut sum = RereadOutcome {
        deliveries: 1,
        ..RereadOutcome::default()
    };
    let Ok(reading) = &again.reading else {
        return Ok(sum);
    };
    let told = told(&reading.items);
    let before = looks(connection, &told)?;
    let source = Source {
        delivery: again.delivery,
        received_at: again.received_at,
        again: true,
    };
    apply::items(connection, &reading.items, source, changes)?;
    for (before, after) in before.iter().zip(looks(connection, &told)?) {
        match (before, after) {
            (Look::Event(before), Look::Event(after)) if *before != after => sum.events += 1,
            (Look::Message(None), Look::Message(Some(_))) => sum.added += 1,
            (Look::Message(Some(before)), Look::Message(Some(after))) if *before != after => {
                sum.changed += 1;
            }
            (Look::Message(_) | Look::Event(_), _) => {}
        }
    }
    Ok(sum)
}

/// What the items are about: channel, and the key of a message or of another event.
fn told(items: &[Item]) -> BTreeSet<(String, Told)> {
    let channel = |item: &Item| apply::channel_key(&item.channel).1;
    items
        .iter()
        .filter_map(|item| {
            let told = match &item.event {
                Inbound::Message(told) => Told::Message(told.key.stored()),
                Inbound::Status(told) => Told::Message(told.message.stored()),
                Inbound::Call(told) => Told::Message(told.call.stored()),
                Inbound::Amendment(told) => Told::Message(told.target.clone()),
                Inbound::Notice(told) => Told::Event(told.field.clone(), told.key.stored()),
                Inbound::Introduction(_) => return None,
            };
            Some((channel(item), told))
        })
        .collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Message(String),
    Event(String, String),
}

/// How something looks to the user: as text, since it is only compared.
#[derive(PartialEq, Eq)]
enum Look {
    Message(Option<String>),
    Event(Option<String>),
}

fn looks(connection: &Connection, told: &BTreeSet<(String, Told)>) -> Result<Vec<Look>> {
    let mut message = connection.prepare_cached(
        "SELECT json_array(messages.kind, text, content, preview, context, referral, problem, conversation_id, direction, sent_at,
             tick, edited_at, revoked_at, telling)
         FROM messages JOIN channels ON channels.id = channel_id
         WHERE channels.key = ?1 AND messages.key = ?2",
    )?;
    let mut event = connection.prepare_cached(
        "SELECT json_array(topic, summary, facts, concern, percent) FROM notices JOIN channels ON channels.id = channel_id
         WHERE channels.key = ?1 AND field = ?2 AND notices.key = ?3",
    )?;
    told.iter()
        .map(|(channel, told)| {
            Ok(match told {
                Told::Message(key) => Look::Message(
                    message
                        .query_row((channel, key), |row| row.get(0))
                        .optional()?,
                ),
                Told::Event(field, key) => Look::Event(
                    event
                        .query_row((channel, field, key), |row| row.get(0))
                        .optional()?,
                ),
            })
        })
        .collect()
}

/// Lets go of what no delivery tells any more, now that all of them were read.
pub(super) fn finish(connection: &Connection, changes: &mut Vec<Change>) -> Result<RereadOutcome> {
    let mut touched = Touched::default();
    let mut affected: BTreeSet<(i64, String)> = BTreeSet::new();
    for statement in [
        "DELETE FROM statuses WHERE edition < ?1 RETURNING channel_id, message_key",
        "DELETE FROM amendments WHERE edition < ?1 RETURNING channel_id, target",
    ] {
        let mut statement = connection.prepare_cached(statement)?;
        let rows = statement.query_map([EDITION], |row| Ok((row.get(0)?, row.get(1)?)))?;
        affected.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    let events = connection
        .prepare_cached("DELETE FROM notices WHERE edition < ?1")?
        .execute([EDITION])?;
    let removed: Vec<i64> = connection
        .prepare_cached("DELETE FROM messages WHERE edition < ?1 RETURNING conversation_id")?
        .query_map([EDITION], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for (channel, key) in affected {
        let origin = Origin {
            channel,
            // Nothing is told here, so no delivery tells it.
            delivery: 0,
            received_at: Timestamp::from_millis(0),
            again: true,
        };
        derive::message(connection, origin, &key, &mut touched)?;
    }
    touched.conversations.extend(&removed);
    touched.settle(connection, changes)?;
    if events > 0 {
        changes.push(Change::Concern);
    }
    keep_edition(connection)?;
    Ok(RereadOutcome {
        removed: removed.len() as i64,
        events: events as i64,
        ..RereadOutcome::default()
    })
}

/// Notes that the whole archive has today's understanding.
pub(super) fn keep_edition(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO counters (name, count) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET count = excluded.count",
        )?
        .execute((EDITION_COUNTER, EDITION))?;
    Ok(())
}
