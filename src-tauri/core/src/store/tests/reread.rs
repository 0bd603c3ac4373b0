//! Reading everything again: an archive of the first version becomes one of today's, once.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use super::{Archive, everything, text};
use crate::chat::view::RereadOutcome;
use crate::store::{ARCHIVE_FILE, Reread, Store};

/// Written by the code that understood only texts and ticks; see `tests/fixtures/README.md`.
const FIRST_VERSION: &str = "../../tests/fixtures/archive-1.db";

fn archive_of_the_first_version() -> Archive {
    let directory = TempDir::new().expect("a directory");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join(FIRST_VERSION);
    std::fs::copy(fixture, directory.path().join(ARCHIVE_FILE)).expect("the fixture");
    Archive {
        store: Store::open(directory.path()).expect("it is upgraded"),
        runtime: Runtime::new().expect("a runtime"),
        directory,
    }
}

fn reread(archive: &Archive, stop: &CancellationToken) -> Reread {
    archive
        .runtime
        .block_on(
            archive
                .store
                .reread(stop, |done, total| assert!(done <= total)),
        )
        .expect("it is read again")
}

/// The export as it is after a fresh engine took the same deliveries in the same order.
fn fresh(old: &Archive) -> Vec<Value> {
    let new = Archive::new();
    let mut ids = Vec::new();
    let reader = old.store.reader();
    reader
        .each_delivery(None, |row| -> crate::store::Result<()> {
            ids.push(row.id);
            Ok(())
        })
        .expect("the log");
    for id in ids {
        new.record_bytes(&reader.delivery_body(id).expect("the bytes"));
    }
    comparable(&new)
}

/// Records without row numbers and times of receipt.
fn comparable(archive: &Archive) -> Vec<Value> {
    let mut records = archive.export();
    for record in &mut records {
        let record = record.as_object_mut().expect("an object");
        for key in ["conversation", "delivery", "receivedAt"] {
            record.remove(key);
        }
    }
    records.sort_by_key(ToString::to_string);
    records
}

#[test]
fn an_archive_of_the_first_version_becomes_what_it_would_be_today() {
    let archive = archive_of_the_first_version();
    let reader = archive.store.reader();
    assert!(reader.is_reread_advised().expect("an answer"));
    let before = archive.messages();
    assert!(before.iter().all(|record| record["media"].is_null()));

    let done = reread(&archive, &CancellationToken::new());
    assert!(!done.cancelled);
    assert!(done.outcome.changed >= 15, "{done:?}");
    assert!(!reader.is_reread_advised().expect("an answer"));
    let messages = archive.messages();
    let by_id = |id: &str| {
        let found = messages.iter().find(|record| record["id"] == id);
        found.unwrap_or_else(|| panic!("no {id}")).clone()
    };
    assert_eq!(
        by_id("wamid.old-02-image")["media"]["caption"],
        "By the lake"
    );
    assert_eq!(
        by_id("wamid.old-05-document")["media"]["filename"],
        "invoice.pdf"
    );
    assert_eq!(
        by_id("wamid.old-07-location")["location"]["longitude"],
        16.3738
    );
    assert_eq!(
        by_id("wamid.old-01-text")["text"],
        "Good morning!",
        "the edit stands"
    );
    assert_eq!(by_id("0123456789abcdef0123")["channelKind"], "sms");
    assert_eq!(
        by_id("wamid.old-14-hologram")["content"],
        json!({"kind": "unknown"})
    );
    assert!(
        !messages.iter().any(|record| record["id"] == "wacid.old-2"),
        "a call is no message"
    );
    assert_eq!(comparable(&archive), fresh(&archive));

    let again = reread(&archive, &CancellationToken::new());
    let nothing = RereadOutcome {
        deliveries: done.outcome.deliveries,
        ..RereadOutcome::default()
    };
    assert_eq!(again.outcome, nothing, "the second time nothing changes");
}

#[test]
fn reading_again_is_no_news_and_takes_nothing_away() {
    let archive = archive_of_the_first_version();
    let unread: i64 = archive.conversations().iter().map(|row| row.unread).sum();
    let arrivals = archive.store.reader().arrivals(0, 1_000).expect("arrivals");
    reread(&archive, &CancellationToken::new());
    let after: i64 = archive.conversations().iter().map(|row| row.unread).sum();
    assert_eq!(after, unread);
    let now = archive.store.reader().arrivals(0, 1_000).expect("arrivals");
    let numbers = |arrivals: &[crate::store::News]| -> Vec<_> {
        arrivals.iter().map(|a| (a.number, a.message)).collect()
    };
    assert_eq!(numbers(&now), numbers(&arrivals), "nobody is told again");
}

#[test]
fn it_can_be_stopped_and_done_later() {
    let archive = archive_of_the_first_version();
    let stop = CancellationToken::new();
    stop.cancel();
    let stopped = reread(&archive, &stop);
    assert!(stopped.cancelled);
    assert_eq!(stopped.outcome.deliveries, 0);
    assert!(
        archive
            .store
            .reader()
            .is_reread_advised()
            .expect("an answer")
    );
    archive.record(&text("meanwhile", "4915", 1_700_000_000, "hi"));
    reread(&archive, &CancellationToken::new());
    assert_eq!(comparable(&archive), fresh(&archive));
}

#[test]
fn a_new_archive_has_nothing_to_gain() {
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "hi"));
    assert!(
        !archive
            .store
            .reader()
            .is_reread_advised()
            .expect("an answer")
    );
    let done = reread(&archive, &CancellationToken::new());
    assert_eq!((done.outcome.added, done.outcome.changed), (0, 0));
    let list = archive.store.reader().conversations(&everything());
    assert_eq!(
        list.expect("a list")[0].unread,
        1,
        "what is unread stays so"
    );
}
