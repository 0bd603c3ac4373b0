//! The archive: everything that was ever received, in one SQLite file.
//!
//! One writer thread owns the only connection that writes; it takes everything that is waiting and commits it together, so that
//! durability costs one sync per group and not one per request. Readers have connections of their own and never wait for it.
//! [`Store::record`] returns after the commit was synced: that is what a 200 stands on.
//!
//! Facts are kept as told, under keys that make a repetition change nothing; what is derived from them (the tick, the newest
//! text, the conversation's last line) is computed in the same transaction. There is no "check, then insert".
//!
//! Deliberately absent: an ORM, a second database, any network, any clock.

mod apply;
mod conversation;
mod deliveries;
mod derive;
mod export;
mod list;
mod lock;
mod message;
mod news;
mod notice;
mod outage;
mod people;
mod reader;
mod record;
mod reread;
mod schema;
mod search;
mod step;
mod thread;
mod writer;

use std::path::{Path, PathBuf};

use tokio::sync::{broadcast, oneshot};

pub use self::export::ExportFilter;
pub use self::lock::Lock;
pub use self::news::{News, Standing};
pub use self::reader::Reader;
pub use self::record::{ContactRecord, EventRecord, MessageRecord, Record};
pub use self::reread::Reread;
use self::writer::{Job, Writer};
use crate::chat::change::Change;
use crate::chat::time::Timestamp;
use crate::chat::view::Trouble;
use crate::webhook::{self, NotJson, Reading};

/// Name of the archive in the data directory.
pub const ARCHIVE_FILE: &str = "archive.db";

/// Changes that a slow listener may be behind before it is told that it missed some.
const CHANGES_KEPT: usize = 4_096;

/// Why the archive could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the archive: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    File {
        /// What was touched.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Another engine has the data directory.
    #[error("{} is in use by another Bluetick", .0.display())]
    InUse(PathBuf),
    /// A later version of Bluetick wrote the archive.
    #[error(
        "the archive has version {found}, this Bluetick knows up to {known}; install a newer one"
    )]
    FromTheFuture {
        /// Version of the archive.
        found: i64,
        /// Newest version known.
        known: i64,
    },
    /// There is no such conversation, message or delivery.
    #[error("there is no {what} {id}")]
    NotFound {
        /// What was asked for.
        what: &'static str,
        /// Its key.
        id: i64,
    },
    /// The group of writes that this one was in was not committed.
    #[error("the archive could not be written: {0}")]
    NotCommitted(String),
    /// The writer has stopped.
    #[error("the archive is closed")]
    Closed,
}

/// What every function of this room returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// One body as it came, from whatever source. Nothing after this asks where it came from.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// When the last byte was here.
    pub received_at: Timestamp,
    /// The label of the address that it was posted to.
    pub hook: String,
    /// The IP address of whoever posted it, where it is known.
    pub client: Option<std::net::IpAddr>,
    /// The exact bytes.
    pub body: Vec<u8>,
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It is on the disk, with everything that was understood of it.
    Kept {
        /// Its row.
        delivery: i64,
    },
    /// It is no JSON. The bytes are on the disk all the same, as long as there is room among the rejected.
    Rejected(NotJson),
}

/// The archive, open for writing. Clones share one writer, which stops when the last clone is gone.
#[derive(Debug, Clone)]
pub struct Store {
    writer: Writer,
    reader: Reader,
    changes: broadcast::Sender<Change>,
}

impl Store {
    /// Opens the archive in a data directory, making or upgrading it as needed. The caller must hold the directory's [`Lock`].
    ///
    /// # Errors
    /// If the file cannot be opened or is from a later version.
    pub fn open(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(ARCHIVE_FILE);
        let connection = schema::open_for_writing(&path)?;
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        Ok(Self {
            writer: Writer::start(connection, changes.clone())?,
            reader: Reader::open(data_dir)?,
            changes,
        })
    }

    /// Keeps a delivery: its bytes and everything read from them, in one transaction. Returns after the commit was synced to
    /// the disk. The same bytes again add one line to the event log and nothing else.
    ///
    /// # Errors
    /// If it is not on the disk; the sender must try again.
    pub async fn record(&self, delivery: Delivery) -> Result<Recorded> {
        let (delivery, reading) = tokio::task::spawn_blocking(move || {
            let reading = read(&delivery.body);
            (delivery, reading)
        })
        .await
        .map_err(|_| StoreError::Closed)?;
        self.ask(|reply| Job::Record {
            delivery,
            reading,
            reply,
        })
        .await
    }

    /// Marks everything in a conversation as seen.
    ///
    /// # Errors
    /// If there is no such conversation, or it could not be written.
    pub async fn mark_read(&self, conversation: i64) -> Result<()> {
        self.ask(|reply| Job::MarkRead {
            conversation,
            reply,
        })
        .await
    }

    /// Wants no popups of a conversation until then, or wants them again. Who is muted is no VIP.
    ///
    /// # Errors
    /// If there is no such conversation, or it could not be written.
    pub async fn mute(&self, conversation: i64, until: Option<Timestamp>) -> Result<()> {
        let wish = conversation::Wish::Mute { until };
        self.wish(conversation, wish).await
    }

    /// Lets the popups of a conversation break through the quiet hours, or no longer. A VIP is not muted.
    ///
    /// # Errors
    /// If there is no such conversation, or it could not be written.
    pub async fn set_vip(&self, conversation: i64, vip: bool) -> Result<()> {
        let wish = conversation::Wish::Vip { vip };
        self.wish(conversation, wish).await
    }

    async fn wish(&self, conversation: i64, wish: conversation::Wish) -> Result<()> {
        self.ask(|reply| Job::Wish {
            conversation,
            wish,
            reply,
        })
        .await
    }

    /// Puts a notice away: the user knows.
    ///
    /// # Errors
    /// If there is no such notice, or it could not be written.
    pub async fn dismiss_notice(&self, notice: i64) -> Result<()> {
        self.ask(|reply| Job::Dismiss { notice, reply }).await
    }

    /// Moves a durable cursor forward; see [`Reader::cursor`].
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn advance_cursor(&self, name: &'static str, position: i64) -> Result<()> {
        self.ask(|reply| Job::AdvanceCursor {
            name,
            position,
            reply,
        })
        .await
    }

    /// Adds to a durable counter; see [`Reader::counter`].
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn count(&self, name: impl Into<String>, by: i64) -> Result<()> {
        let name = name.into();
        self.ask(|reply| Job::Count { name, by, reply }).await
    }

    /// An outage begins, unless one goes on already, or this one was told before.
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn begin_outage(&self, at: Timestamp, trouble: Trouble) -> Result<()> {
        self.outage(outage::Deed::Begin { at, trouble }).await
    }

    /// The outage that goes on, if one does, is over.
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn end_outage(&self, at: Timestamp) -> Result<()> {
        self.outage(outage::Deed::End { at }).await
    }

    /// The outage that goes on was none: nobody is to reach this engine any more. The cursor that says until when it could be
    /// reached goes with it.
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn forget_outage(&self, cursor: &'static str) -> Result<()> {
        self.outage(outage::Deed::Forget { cursor }).await
    }

    /// The user knows of all outages that are over.
    ///
    /// # Errors
    /// If it could not be written.
    pub async fn dismiss_outages(&self) -> Result<()> {
        self.outage(outage::Deed::Dismiss).await
    }

    async fn outage(&self, deed: outage::Deed) -> Result<()> {
        self.ask(|reply| Job::Outage { deed, reply }).await
    }

    /// Reading connections.
    #[must_use]
    pub const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Everything that changes from now on, after each commit, in order.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T>>) -> Job) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(job(reply))?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

/// Reads a body. Reading never panics; if it ever did, the bytes would still be kept and marked as not understood.
fn read(body: &[u8]) -> std::result::Result<Reading, NotJson> {
    std::panic::catch_unwind(|| webhook::interpret(body)).unwrap_or_else(|_| {
        Ok(Reading {
            unread: vec!["the reader failed".to_owned()],
            ..Reading::default()
        })
    })
}

#[cfg(test)]
mod tests;
