//! The file and the event log: who may open it, what is synced, and what is kept of bodies that are no JSON.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::{Archive, text};
use crate::chat::view::{LogQuery, Outcome};
use crate::store::{ARCHIVE_FILE, Lock, Recorded, Store, StoreError, schema};

#[test]
fn what_is_not_json_is_kept_apart() {
    let archive = Archive::new();
    assert!(matches!(
        archive.record_bytes(b"halo"),
        Recorded::Rejected(_)
    ));
    archive.record(&json!({"tea": "ready"}));
    let reader = archive.store.reader();
    let only = |outcome| {
        reader
            .deliveries(LogQuery {
                outcome: Some(outcome),
                before: None,
            })
            .expect("the log")
    };
    let rejected = only(Outcome::Rejected);
    assert_eq!(rejected.len(), 1);
    assert_eq!(
        reader.delivery_body(rejected[0].id).expect("the bytes"),
        b"halo"
    );
    assert_eq!(only(Outcome::Unread).len(), 1);
    assert!(matches!(
        reader.delivery_body(99),
        Err(StoreError::NotFound { .. })
    ));
}

#[test]
fn rejected_bytes_have_a_bound() {
    let archive = Archive::new();
    for number in 0..1_010 {
        archive.record_bytes(format!("halo {number}").as_bytes());
    }
    let mut rejected = Vec::new();
    archive
        .store
        .reader()
        .each_delivery(Some(Outcome::Rejected), |row| -> Result<(), StoreError> {
            rejected.push(row.id);
            Ok(())
        })
        .expect("the log");
    assert_eq!(rejected.len(), 1_000);
    let newest = *rejected.last().expect("one");
    assert_eq!(
        archive
            .store
            .reader()
            .delivery_body(newest)
            .expect("the bytes"),
        b"halo 1009"
    );
}

#[test]
fn one_engine_has_the_directory() {
    let directory = TempDir::new().expect("a directory");
    let lock = Lock::take(directory.path()).expect("nobody has it");
    assert!(matches!(
        Lock::take(directory.path()),
        Err(StoreError::InUse(_))
    ));
    drop(lock);
    Lock::take(directory.path()).expect("it was given back");
}

#[test]
fn an_archive_of_a_later_version_is_left_alone() {
    let archive = Archive::new();
    let path = archive.directory.path().join(ARCHIVE_FILE);
    let connection = rusqlite::Connection::open(&path).expect("the file");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("a version");
    let opened = Store::open(archive.directory.path());
    assert!(matches!(
        opened,
        Err(StoreError::FromTheFuture { found: 99, .. })
    ));
}

#[test]
fn commits_are_synced() {
    let archive = Archive::new();
    let path = archive.directory.path().join(ARCHIVE_FILE);
    let connection = schema::open_for_writing(&path).expect("the file");
    let pragma = |name: &str| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .expect("a pragma")
    };
    assert_eq!(pragma("synchronous"), 2, "FULL");
    let journal: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .expect("a pragma");
    assert_eq!(journal, "wal");
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "hi"));
    let mode = |path: &Path| {
        std::fs::metadata(path)
            .expect("a file")
            .permissions()
            .mode()
            & 0o777
    };
    for entry in std::fs::read_dir(archive.directory.path()).expect("a directory") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}
