//! The one thread that writes.

use std::sync::mpsc;
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{broadcast, oneshot};

use super::reread::{self, Again};
use super::{Delivery, Recorded, Result, StoreError, conversation, deliveries, notice, outage};
use crate::chat::change::Change;
use crate::chat::view::RereadOutcome;
use crate::webhook::{NotJson, Reading};

/// Most jobs that share a commit. It bounds how long the first of them waits; beyond it a sync costs next to nothing per job.
const LARGEST_GROUP: usize = 512;

/// Something to write. Each job answers once, after its commit or with the reason why there was none.
pub(super) enum Job {
    Record {
        delivery: Delivery,
        reading: std::result::Result<Reading, NotJson>,
        reply: oneshot::Sender<Result<Recorded>>,
    },
    MarkRead {
        conversation: i64,
        reply: oneshot::Sender<Result<()>>,
    },
    Wish {
        conversation: i64,
        wish: conversation::Wish,
        reply: oneshot::Sender<Result<()>>,
    },
    Dismiss {
        notice: i64,
        reply: oneshot::Sender<Result<()>>,
    },
    Reread {
        batch: Vec<Again>,
        reply: oneshot::Sender<Result<RereadOutcome>>,
    },
    FinishReread {
        reply: oneshot::Sender<Result<RereadOutcome>>,
    },
    AdvanceCursor {
        name: &'static str,
        position: i64,
        reply: oneshot::Sender<Result<()>>,
    },
    Outage {
        deed: outage::Deed,
        reply: oneshot::Sender<Result<()>>,
    },
    Count {
        name: String,
        by: i64,
        reply: oneshot::Sender<Result<()>>,
    },
}

/// Says what became of a job, once it is known whether the group was committed.
type Answer = Box<dyn FnOnce(std::result::Result<(), &str>)>;

/// Where jobs are handed in. The thread ends when the last clone is gone, after the jobs handed in before.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the thread with the connection that only it will write to.
    pub(super) fn start(
        mut connection: Connection,
        changes: broadcast::Sender<Change>,
    ) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        connection.set_prepared_statement_cache_capacity(64);
        thread::Builder::new()
            .name("archive-writer".to_owned())
            .spawn(move || {
                while let Ok(first) = waiting.recv() {
                    let mut group = vec![first];
                    group.extend(waiting.try_iter().take(LARGEST_GROUP - 1));
                    commit(&mut connection, group, &changes);
                }
            })
            .map_err(|source| StoreError::File {
                path: "the archive's thread".into(),
                source,
            })?;
        Ok(Self { jobs })
    }

    /// Hands in a job.
    pub(super) fn send(&self, job: Job) -> Result<()> {
        self.jobs.send(job).map_err(|_| StoreError::Closed)
    }
}

/// Does a group of jobs in one transaction, then tells everybody who listens, then those who handed them in.
fn commit(connection: &mut Connection, group: Vec<Job>, listeners: &broadcast::Sender<Change>) {
    let mut answers: Vec<Answer> = Vec::with_capacity(group.len());
    let mut changes = Vec::new();
    let committed = write(connection, group, &mut answers, &mut changes);
    if let Err(error) = &committed {
        tracing::error!(%error, "writing to the archive failed");
    }
    let reason = committed.map_err(|error| error.to_string());
    if reason.is_ok() {
        // Before the answers, so that whoever was answered can rely on everybody having been told.
        for change in changes {
            // Nobody listening is fine.
            let _ = listeners.send(change);
        }
    }
    for answer in answers {
        answer(reason.as_ref().copied().map_err(String::as_str));
    }
}

fn write(
    connection: &mut Connection,
    group: Vec<Job>,
    answers: &mut Vec<Answer>,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let mut jobs = group.into_iter();
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let mut transaction = match begun {
        Ok(transaction) => transaction,
        Err(error) => {
            answers.extend(jobs.map(refuse));
            return Err(error.into());
        }
    };
    while let Some(job) = jobs.next() {
        answers.push(perform(&mut transaction, job, changes));
        // A full disk makes SQLite give up the whole transaction, not just one statement.
        if transaction.is_autocommit() {
            answers.extend(jobs.map(refuse));
            return Err(StoreError::NotCommitted("the disk is full".to_owned()));
        }
    }
    Ok(transaction.commit()?)
}

/// The answer to a job that was not tried, since the group it is in failed.
fn refuse(job: Job) -> Answer {
    match job {
        Job::Record { reply, .. } => answer(reply, Err(StoreError::Closed)),
        Job::Reread { reply, .. } | Job::FinishReread { reply } => {
            answer(reply, Err(StoreError::Closed))
        }
        Job::MarkRead { reply, .. }
        | Job::Wish { reply, .. }
        | Job::Dismiss { reply, .. }
        | Job::AdvanceCursor { reply, .. }
        | Job::Outage { reply, .. }
        | Job::Count { reply, .. } => answer(reply, Err(StoreError::Closed)),
    }
}

fn answer<T: 'static>(reply: oneshot::Sender<Result<T>>, outcome: Result<T>) -> Answer {
    Box::new(move |committed| {
        let answer = match committed {
            Ok(()) => outcome,
            Err(reason) => Err(StoreError::NotCommitted(reason.to_owned())),
        };
        // Whoever asked may have gone, for instance with their connection.
        let _ = reply.send(answer);
    })
}

fn perform(transaction: &mut Transaction<'_>, job: Job, changes: &mut Vec<Change>) -> Answer {
    match job {
        Job::Record {
            delivery,
            reading,
            reply,
        } => {
            let outcome = record(transaction, &delivery, reading, changes);
            answer(reply, outcome)
        }
        Job::MarkRead {
            conversation,
            reply,
        } => {
            let outcome = apart(transaction, changes, |transaction, changes| {
                if conversation::mark_read(transaction, conversation)? {
                    changes.push(Change::Conversation { conversation });
                }
                Ok(())
            });
            answer(reply, outcome)
        }
        Job::Wish {
            conversation,
            wish,
            reply,
        } => {
            let outcome = apart(transaction, changes, |transaction, changes| {
                changes.push(Change::Conversation { conversation });
                conversation::wish(transaction, conversation, wish)
            });
            answer(reply, outcome)
        }
        Job::Dismiss { notice, reply } => {
            let outcome = apart(transaction, changes, |transaction, changes| {
                changes.push(Change::Concern);
                notice::dismiss(transaction, notice)
            });
            answer(reply, outcome)
        }
        Job::Reread { batch, reply } => {
            let outcome = apart(transaction, changes, |transaction, changes| {
                reread::batch(transaction, &batch, changes)
            });
            answer(reply, outcome)
        }
        Job::FinishReread { reply } => {
            let outcome = apart(transaction, changes, reread::finish);
            answer(reply, outcome)
        }
        Job::AdvanceCursor {
            name,
            position,
            reply,
        } => {
            let outcome = apart(transaction, changes, |transaction, _| {
                advance_cursor(transaction, name, position)
            });
            answer(reply, outcome)
        }
        Job::Outage { deed, reply } => {
            let outcome = apart(transaction, changes, |transaction, changes| {
                outage::write(transaction, deed, changes)
            });
            answer(reply, outcome)
        }
        Job::Count { name, by, reply } => {
            let outcome = apart(transaction, changes, |transaction, _| {
                count(transaction, &name, by)
            });
            answer(reply, outcome)
        }
    }
}

/// Keeps a delivery. If its items cannot be kept, which would be a mistake of this program, its bytes still are.
fn record(
    transaction: &mut Transaction<'_>,
    delivery: &Delivery,
    reading: std::result::Result<Reading, NotJson>,
    changes: &mut Vec<Change>,
) -> Result<Recorded> {
    let kept = apart(transaction, changes, |transaction, changes| {
        deliveries::keep(transaction, delivery, &reading, changes)
    });
    match (kept, reading) {
        (Err(error), Ok(_)) if !transaction.is_autocommit() => {
            tracing::error!(%error, "the items of a delivery could not be kept, only its bytes");
            let only_bytes = Ok(Reading {
                unread: vec![format!("the items could not be kept: {error}")],
                ..Reading::default()
            });
            apart(transaction, changes, |transaction, changes| {
                deliveries::keep(transaction, delivery, &only_bytes, changes)
            })
        }
        (kept, _) => kept,
    }
}

/// Does something that fails alone: what it wrote and the changes it named are taken back, its neighbours' stay.
fn apart<T>(
    transaction: &mut Transaction<'_>,
    changes: &mut Vec<Change>,
    write: impl FnOnce(&Connection, &mut Vec<Change>) -> Result<T>,
) -> Result<T> {
    let told = changes.len();
    let savepoint = transaction.savepoint()?;
    match write(&savepoint, changes) {
        Ok(value) => {
            savepoint.commit()?;
            Ok(value)
        }
        Err(error) => {
            changes.truncate(told);
            // The savepoint rolls back as it is dropped, unless SQLite has done more than that already.
            drop(savepoint);
            Err(error)
        }
    }
}

fn advance_cursor(connection: &Connection, name: &str, position: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO cursors (name, position) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET position = max(position, excluded.position)",
        )?
        .execute((name, position))?;
    Ok(())
}

fn count(connection: &Connection, name: &str, by: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO counters (name, count) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?
        .execute((name, by))?;
    Ok(())
}
