//! An archive that the first version wrote, in the hands of today's programs.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::bluetick::{Serve, deliveries, messages, run};
use crate::support::data_dir::DataDir;

/// A data directory with the archive of the first version; see `tests/fixtures/README.md`.
fn upgraded() -> DataDir {
    let data_dir = DataDir::new();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/archive-1.db");
    fs::copy(fixture, data_dir.path().join("archive.db")).expect("the fixture is there");
    data_dir
}

fn by_id(records: &[Value], id: &str) -> Value {
    let found = records.iter().find(|record| record["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is there")).clone()
}

#[test]
fn an_old_archive_can_be_read_at_once_and_gains_from_being_read_again() {
    let data_dir = upgraded();
    let before = messages(&data_dir);
    assert_eq!(by_id(&before, "wamid.old-02-image")["media"], Value::Null);

    let ran = run(&data_dir, &["reinterpret"]);
    assert_eq!(ran.code, Some(0), "{}", ran.errors);
    assert!(
        ran.text().contains("Read 31 deliveries again"),
        "{}",
        ran.text()
    );
    let after = messages(&data_dir);
    assert_eq!(by_id(&after, "wamid.old-02-image")["text"], "By the lake");
    assert_eq!(
        by_id(&after, "wamid.old-08-contacts")["content"]["cards"][0]["phones"][0],
        json!({"name": "Mobil", "value": "+43 660 1"})
    );

    let ran = run(&data_dir, &["reinterpret"]);
    assert!(
        ran.text()
            .contains("0 messages new, 0 different, 0 gone; 0 other events"),
        "{}",
        ran.text()
    );
    assert_eq!(
        messages(&data_dir),
        after,
        "the second time nothing changes"
    );
    let unread = deliveries(&data_dir, "unread");
    assert_eq!(unread.len(), 2, "an unknown type and an unknown field");
}

#[test]
fn an_archive_that_is_in_use_is_not_read_again_from_outside() {
    let data_dir = upgraded();
    let serve = Serve::start(&data_dir);
    assert_eq!(run(&data_dir, &["reinterpret"]).code, Some(3));
    serve.stop();
    assert_eq!(run(&data_dir, &["reinterpret"]).code, Some(0));
    assert_eq!(
        run(&DataDir::new(), &["reinterpret"]).code,
        Some(1),
        "there is nothing"
    );
}
