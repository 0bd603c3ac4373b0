//! Reading beside the writer: a few connections, each lent to one caller at a time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension};

use super::{ARCHIVE_FILE, Lock, Result, schema};

/// Idle connections that are kept. More are opened when more callers read at once, and closed after.
const IDLE_KEPT: usize = 4;

/// A window on the archive that never writes and never waits for the writer. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Reader {
    path: PathBuf,
    // Held only to take or give back a connection, never while one is used.
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Reader {
    /// Opens the archive of a data directory, beside a running engine or without one. One of an earlier version is brought up to
    /// date first.
    ///
    /// # Errors
    /// If there is none, it is from a later version, or it is from an earlier one and somebody else has it.
    pub fn open(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(ARCHIVE_FILE);
        let mut first = schema::open_for_reading(&path)?;
        if schema::is_outdated(&first)? {
            let _lock = Lock::take(data_dir)?;
            schema::open_for_writing(&path)?;
            first = schema::open_for_reading(&path)?;
        }
        Ok(Self {
            path,
            idle: Arc::new(Mutex::new(vec![first])),
        })
    }

    /// How far a consumer of messages has come: the [`Arrival`](super::Arrival) it saw last, 0 at first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn cursor(&self, name: &str) -> Result<i64> {
        self.number("SELECT position FROM cursors WHERE name = ?1", name)
    }

    /// The value of a counter, 0 at first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn counter(&self, name: &str) -> Result<i64> {
        self.number("SELECT count FROM counters WHERE name = ?1", name)
    }

    /// Asks SQLite whether the file is sound. Takes time in proportion to its size.
    ///
    /// # Errors
    /// If the archive cannot be read. Damage is an answer, not an error.
    pub fn integrity(&self) -> Result<String> {
        self.with(|connection| {
            Ok(connection.pragma_query_value(None, "quick_check", |row| row.get(0))?)
        })
    }

    fn number(&self, query: &str, name: &str) -> Result<i64> {
        self.with(|connection| {
            let found = connection
                .prepare_cached(query)?
                .query_row([name], |row| row.get(0))
                .optional()?;
            Ok(found.unwrap_or(0))
        })
    }

    /// Lends a connection. It is given back even after an error, which spoils no connection.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_for_reading(&self.path)?,
        };
        let outcome = read(&connection);
        let mut idle = self.lock();
        if idle.len() < IDLE_KEPT {
            idle.push(connection);
        }
        outcome
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // The list is whole at every moment, whatever a holder of the lock did.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
