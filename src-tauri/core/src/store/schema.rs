//! The tables, and how an archive of any version becomes one of today's.
//!
//! `PRAGMA user_version` counts the migrations that were applied. A migration is never changed after it was released; a new one
//! is added behind it.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{Result, StoreError, reread};

/// Every migration, oldest first. The archive's version is how many of them it has seen.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
];

/// How long to wait for another process that has the file, such as an export taking its snapshot.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Opens the archive for the one writer, making or upgrading it as needed.
pub(super) fn open_for_writing(path: &Path) -> Result<Connection> {
    make_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // WAL lets readers read while the writer writes; FULL syncs the log at every commit, which the 200 stands on.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens the archive for reading, beside whoever writes it.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let found = version(&connection)?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(StoreError::FromTheFuture { found, known });
    }
    Ok(connection)
}

/// Whether an archive lacks migrations.
pub(super) fn is_outdated(connection: &Connection) -> Result<bool> {
    Ok(version(connection)? < MIGRATIONS.len() as i64)
}

/// SQLite gives its side files the mode of the main one, so that one is made first, for the owner only.
fn make_private(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
}

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the tables up to date.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    let found = version(connection)?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(StoreError::FromTheFuture { found, known });
    }
    let pending = MIGRATIONS
        .iter()
        .zip(1i64..)
        .skip(usize::try_from(found).unwrap_or(0));
    for (migration, version) in pending {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    if found == 0 {
        // There is nothing yet that an earlier reader could have written.
        reread::keep_edition(connection)?;
    }
    Ok(())
}
