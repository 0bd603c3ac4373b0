//! What is in the archive after what was told, however often and in whatever order.

#![expect(
    clippy::needless_pass_by_value,
    reason = "builders take what `json!` makes, where it is made"
)]

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{Delivery, DeliveryFilter, ExportFilter, Lock, Outcome, Recorded, Store, StoreError};
use crate::chat::change::Change;
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::{ConversationQuery, Filter, Part, Position};

struct Archive {
    // Last of all, after the connections are closed.
    store: Store,
    runtime: Runtime,
    directory: TempDir,
}

impl Archive {
    fn new() -> Self {
        let directory = TempDir::new().expect("a directory");
        Self {
            store: Store::open(directory.path()).expect("a new archive"),
            runtime: Runtime::new().expect("a runtime"),
            directory,
        }
    }

    fn record_bytes(&self, body: &[u8]) -> Recorded {
        let delivery = Delivery {
            received_at: Timestamp::from_millis(1_800_000_000_000),
            hook: "default".to_owned(),
            body: body.to_vec(),
        };
        self.runtime
            .block_on(self.store.record(delivery))
            .expect("it is recorded")
    }

    fn record(&self, value: &Value) {
        let recorded = self.record_bytes(value.to_string().as_bytes());
        assert!(matches!(recorded, Recorded::Kept { .. }), "{recorded:?}");
    }

    fn export(&self) -> Vec<Value> {
        let mut records = Vec::new();
        self.store
            .reader()
            .export(
                ExportFilter::default(),
                |record| -> Result<(), StoreError> {
                    records.push(serde_json::to_value(record).expect("a record is JSON"));
                    Ok(())
                },
            )
            .expect("an export");
        records
    }

    fn messages(&self) -> Vec<Value> {
        let mut records = self.export();
        records.retain(|record| record["record"] == "message");
        records
    }

    fn conversations(&self) -> Vec<crate::chat::view::ConversationRow> {
        self.store
            .reader()
            .conversations(&everything())
            .expect("a list")
    }
}

const fn everything() -> ConversationQuery {
    ConversationQuery {
        filter: Filter::All,
        channel: None,
        after: None,
    }
}

fn value(number: &str, items: Value) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "49301234", "phone_number_id": number},
    });
    let more = items.as_object().expect("an object of lists").clone();
    value.as_object_mut().expect("an object").extend(more);
    value
}

fn text(id: &str, from: &str, seconds: i64, body: &str) -> Value {
    let item = json!({"from": from, "id": id, "timestamp": seconds.to_string(), "type": "text", "text": {"body": body}});
    value("PN1", json!({"messages": [item]}))
}

fn status(id: &str, word: &str, seconds: i64) -> Value {
    let item =
        json!({"id": id, "status": word, "timestamp": seconds.to_string(), "recipient_id": "4915"});
    value("PN1", json!({"statuses": [item]}))
}

#[test]
fn the_same_delivery_twice_changes_nothing() {
    let archive = Archive::new();
    let mut changes = archive.store.changes();
    for _ in 0..10 {
        archive.record(&text("m", "4915", 1_700_000_000, "hi"));
    }
    assert_eq!(archive.messages().len(), 1);
    assert_eq!(archive.conversations()[0].unread, 1);
    let mut arrived = 0;
    while let Ok(change) = changes.try_recv() {
        arrived += usize::from(matches!(change, Change::Message { .. }));
    }
    assert_eq!(arrived, 1, "it is news once");
    let log = archive
        .store
        .reader()
        .deliveries(DeliveryFilter::All)
        .expect("the log");
    assert_eq!(log.len(), 10, "the log has every POST");
    assert_eq!(log[9].repeats, Some(log[0].id));
}

#[test]
fn another_wrapping_of_the_same_message_is_the_same_message() {
    let archive = Archive::new();
    let bare = text("m", "4915", 1_700_000_000, "hi");
    archive.record(&bare);
    archive.record(&json!({"entry": [{"changes": [{"field": "messages", "value": bare}]}]}));
    assert_eq!(archive.messages().len(), 1);
}

#[test]
fn one_id_on_two_business_numbers_is_two_messages() {
    let archive = Archive::new();
    for number in ["PN1", "PN2"] {
        let item = json!({"from": "4915", "id": "m", "type": "text", "text": {"body": "hi"}});
        archive.record(&value(number, json!({"messages": [item]})));
    }
    assert_eq!(archive.messages().len(), 2);
    assert_eq!(archive.conversations().len(), 2);
}

#[test]
fn ticks_climb_and_every_step_is_kept() {
    let archive = Archive::new();
    for (word, seconds) in [("read", 30), ("delivered", 20), ("sent", 10)] {
        archive.record(&status("m", word, 1_700_000_000 + seconds));
    }
    let messages = archive.messages();
    assert_eq!(messages.len(), 1);
    let message = &messages[0];
    assert_eq!(
        (&message["type"], &message["direction"]),
        (&json!("unknown"), &json!("out"))
    );
    assert_eq!(message["text"], Value::Null);
    assert_eq!(message["status"], "read");
    let steps: Vec<_> = message["statuses"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| step["status"].clone())
        .collect();
    assert_eq!(
        steps,
        ["sent", "delivered", "read"],
        "in the order of their times"
    );
    let row = &archive.conversations()[0];
    assert_eq!(row.last.tick, Some(Tick::Read));
    let page = archive
        .store
        .reader()
        .messages(row.id, Part::Start)
        .expect("a page");
    assert!(page.messages[0].statuses_only);
    let details = archive
        .store
        .reader()
        .message_details(page.messages[0].id)
        .expect("details");
    assert_eq!(details.steps.len(), 3);
}

#[test]
fn words_that_are_no_step_are_kept_and_move_nothing() {
    let archive = Archive::new();
    archive.record(&status("m", "delivered", 1_700_000_000));
    archive.record(&status("m", "deleted", 1_700_000_001));
    let message = &archive.messages()[0];
    assert_eq!(message["status"], "delivered");
    assert_eq!(message["statuses"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_failure_says_why() {
    let archive = Archive::new();
    archive.record(&value("PN1", json!({"statuses": [{
        "id": "m", "status": "failed", "timestamp": "1700000000", "recipient_id": "4915",
        "errors": [{"code": 131_047, "title": "Re-engagement message", "error_data": {"details": "24 hours"}}],
    }]})));
    let row = &archive.conversations()[0];
    assert_eq!((row.failed, row.last.tick), (1, Some(Tick::Failed)));
    let page = archive
        .store
        .reader()
        .messages(row.id, Part::Start)
        .expect("a page");
    let failure = page.messages[0].failure.clone().expect("a failure");
    assert_eq!(
        (failure.code, failure.details.as_deref()),
        (Some(131_047), Some("24 hours"))
    );
    let failed = ConversationQuery {
        filter: Filter::Failed,
        ..everything()
    };
    assert_eq!(
        archive
            .store
            .reader()
            .conversations(&failed)
            .expect("a list")
            .len(),
        1
    );
}

#[test]
fn a_person_with_two_names_is_one_conversation() {
    let archive = Archive::new();
    let from = |id: &str, from: Value| {
        let mut item =
            json!({"id": id, "type": "text", "timestamp": "1700000000", "text": {"body": "hi"}});
        item.as_object_mut()
            .expect("an object")
            .extend(from.as_object().expect("an object").clone());
        value("PN1", json!({"messages": [item]}))
    };
    archive.record(&from("a", json!({"from_user_id": "DE.1"})));
    archive.record(&from("b", json!({"from": "4915"})));
    assert_eq!(
        archive.conversations().len(),
        2,
        "nobody said that they are one"
    );
    let mut changes = archive.store.changes();
    archive.record(&from("c", json!({"from": "4915", "from_user_id": "DE.1"})));
    let rows = archive.conversations();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].unread, rows[0].number.as_deref()),
        (3, Some("+4915"))
    );
    let mut merged = None;
    while let Ok(change) = changes.try_recv() {
        if let Change::Merged { gone, into } = change {
            merged = Some((gone, into));
        }
    }
    let (gone, into) = merged.expect("the merge is told");
    assert_eq!(into, rows[0].id);
    assert!(archive.store.reader().conversation(gone).is_err());
}

#[test]
fn the_newest_name_counts() {
    let archive = Archive::new();
    for (seconds, name) in [(20, "New"), (10, "Old")] {
        let item = json!({"from": "4915", "id": name, "timestamp": (1_700_000_000 + seconds).to_string(), "type": "text", "text": {"body": "hi"}});
        archive.record(&value(
            "PN1",
            json!({"messages": [item], "contacts": [{"wa_id": "4915", "profile": {"name": name}}]}),
        ));
    }
    assert_eq!(archive.conversations()[0].title, "New");
}

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
            .deliveries(DeliveryFilter::Only(outcome))
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
    let rejected = archive
        .store
        .reader()
        .deliveries(DeliveryFilter::Only(Outcome::Rejected))
        .expect("the log");
    assert_eq!(rejected.len(), 1_000);
    let newest = rejected.last().expect("one");
    assert_eq!(
        archive
            .store
            .reader()
            .delivery_body(newest.id)
            .expect("the bytes"),
        b"halo 1009"
    );
}

#[test]
fn reading_marks_as_seen() {
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "hi"));
    let row = archive.conversations()[0].clone();
    assert_eq!(
        archive
            .store
            .reader()
            .unread_conversations()
            .expect("a count"),
        1
    );
    archive
        .runtime
        .block_on(archive.store.mark_read(row.id))
        .expect("marked");
    assert_eq!(archive.conversations()[0].unread, 0);
    assert_eq!(
        archive
            .store
            .reader()
            .unread_conversations()
            .expect("a count"),
        0
    );
    let nobody = archive.runtime.block_on(archive.store.mark_read(999));
    assert!(matches!(nobody, Err(StoreError::NotFound { .. })));
}

#[test]
fn pages_join_without_gap_or_overlap() {
    let archive = Archive::new();
    for number in 0..130i64 {
        // Several of the same second, which is all that providers tell.
        archive.record(&text(
            &format!("m{number:03}"),
            "4915",
            1_700_000_000 + number / 3,
            &number.to_string(),
        ));
    }
    let row = archive.conversations()[0].id;
    archive
        .runtime
        .block_on(archive.store.mark_read(row))
        .expect("marked");
    let reader = archive.store.reader();
    let mut page = reader.messages(row, Part::Start).expect("a page");
    assert!(page.has_older && !page.has_newer);
    let mut texts: Vec<String> = page
        .messages
        .iter()
        .filter_map(|m| m.text.clone())
        .collect();
    while page.has_older {
        let oldest = &page.messages[0];
        let position = Position {
            sent_at: oldest.sent_at,
            id: oldest.id,
        };
        page = reader
            .messages(row, Part::Before { position })
            .expect("a page");
        texts.splice(0..0, page.messages.iter().filter_map(|m| m.text.clone()));
    }
    let expected: Vec<String> = (0..130).map(|number| number.to_string()).collect();
    assert_eq!(texts, expected);
    let middle = reader.search("65").expect("found").messages[0].message;
    let around = reader
        .messages(row, Part::Around { message: middle })
        .expect("a page");
    assert!(around.has_older && around.has_newer);
    assert!(around.messages.iter().any(|m| m.id == middle));
}

#[test]
fn a_conversation_starts_at_the_first_unread() {
    let archive = Archive::new();
    for number in 0..120i64 {
        archive.record(&text(
            &format!("m{number}"),
            "4915",
            1_700_000_000 + number,
            "hi",
        ));
    }
    let row = archive.conversations()[0].id;
    let page = archive
        .store
        .reader()
        .messages(row, Part::Start)
        .expect("a page");
    assert_eq!(page.first_unread, Some(page.messages[0].id));
    assert!(!page.has_older && page.has_newer);
}

#[test]
fn words_are_found_whatever_their_accents() {
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "Grüße aus Málaga"));
    archive.record(&text("n", "4916", 1_700_000_001, "nothing \"OR\" here*"));
    let found = |words: &str| {
        archive
            .store
            .reader()
            .search(words)
            .expect("a search")
            .messages
            .len()
    };
    for words in ["grusse", "malaga", "MÁLAGA grü", "aus mal", "or"] {
        let expected = usize::from(words != "grusse");
        assert_eq!(found(words), expected, "{words}");
    }
    for nothing in ["", "  ", "\"", "*", "absent", "NEAR("] {
        assert_eq!(found(nothing), 0, "{nothing:?}");
    }
    let people = archive
        .store
        .reader()
        .search("4916")
        .expect("a search")
        .conversations;
    assert_eq!(people.len(), 1, "people are found by number");
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
    let path = archive.directory.path().join(super::ARCHIVE_FILE);
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
    let path = archive.directory.path().join(super::ARCHIVE_FILE);
    let connection = super::schema::open_for_writing(&path).expect("the file");
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

/// Deliveries of one conversation with everything that can be told about a message.
fn story() -> Vec<Value> {
    let item = |id: &str, seconds: i64, content: Value| {
        let mut item =
            json!({"id": id, "from": "4915", "timestamp": (1_700_000_000 + seconds).to_string()});
        item.as_object_mut()
            .expect("an object")
            .extend(content.as_object().expect("an object").clone());
        value("PN1", json!({"messages": [item]}))
    };
    vec![
        text("in", "4915", 1_700_000_000, "frist"),
        text("gone", "DE.1", 1_700_000_001, "secret"),
        item(
            "both",
            2,
            json!({"from_user_id": "DE.1", "type": "text", "text": {"body": "me too"}}),
        ),
        item(
            "e1",
            3,
            json!({"type": "edit", "edit": {"original_message_id": "in", "message": {"type": "text", "text": {"body": "firs"}}}}),
        ),
        item(
            "e2",
            4,
            json!({"type": "edit", "edit": {"original_message_id": "in", "message": {"type": "text", "text": {"body": "first"}}}}),
        ),
        item(
            "r1",
            5,
            json!({"type": "reaction", "reaction": {"message_id": "out", "emoji": "👍"}}),
        ),
        item(
            "r2",
            6,
            json!({"type": "reaction", "reaction": {"message_id": "out", "emoji": "🎉"}}),
        ),
        item(
            "r3",
            7,
            json!({"type": "reaction", "reaction": {"message_id": "both", "emoji": "👍"}}),
        ),
        item(
            "r4",
            8,
            json!({"type": "reaction", "reaction": {"message_id": "both"}}),
        ),
        item(
            "x",
            9,
            json!({"type": "revoke", "revoke": {"original_message_id": "gone"}}),
        ),
        status("out", "sent", 1_700_000_010),
        status("out", "delivered", 1_700_000_011),
        status("out", "read", 1_700_000_012),
        value(
            "PN1",
            json!({"message_echoes": [{"from": "49301234", "to": "4915", "id": "out", "timestamp": "1700000009", "type": "text", "text": {"body": "answer"}}]}),
        ),
    ]
}

/// The export without what depends on the order of arrival: rows.
fn told(archive: &Archive) -> Vec<Value> {
    let mut records = archive.export();
    for record in &mut records {
        for row in ["conversation", "delivery"] {
            record.as_object_mut().expect("an object").remove(row);
        }
    }
    records.sort_by_key(ToString::to_string);
    records
}

#[test]
fn the_story_ends_as_it_should() {
    let archive = Archive::new();
    story().iter().for_each(|delivery| archive.record(delivery));
    let messages = archive.messages();
    let by_id = |id: &str| {
        messages
            .iter()
            .find(|record| record["id"] == id)
            .expect("the message")
            .clone()
    };
    assert_eq!(messages.len(), 4);
    assert_eq!(by_id("in")["text"], "first");
    assert_eq!(by_id("in")["editedAt"], "2023-11-14T22:13:24Z");
    assert_eq!(by_id("gone")["revokedAt"], "2023-11-14T22:13:29Z");
    assert_eq!(by_id("out")["reactions"][0]["emoji"], "🎉");
    assert_eq!(
        by_id("out")["reactions"][0]["from"],
        "4915",
        "scripts get the number"
    );
    assert_eq!(by_id("out")["reactions"].as_array().map(Vec::len), Some(1));
    assert_eq!(by_id("both")["reactions"], json!([]), "it was taken away");
    assert_eq!(
        (&by_id("out")["type"], &by_id("out")["status"]),
        (&json!("text"), &json!("read"))
    );
    assert_eq!(archive.conversations().len(), 1);
    let page = archive
        .store
        .reader()
        .messages(archive.conversations()[0].id, Part::Start)
        .expect("a page");
    let revoked = page
        .messages
        .iter()
        .find(|row| row.revoked)
        .expect("a revoked one");
    assert_eq!(revoked.text, None, "what was deleted is not shown");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_deliveries_does_not_matter(
        shuffled in Just(story()).prop_shuffle(),
        again in prop::collection::vec(0..14usize, 0..6),
    ) {
        let (straight, mixed) = (Archive::new(), Archive::new());
        story().iter().for_each(|delivery| straight.record(delivery));
        shuffled.iter().for_each(|delivery| mixed.record(delivery));
        again.into_iter().for_each(|at| mixed.record(&shuffled[at]));
        prop_assert_eq!(told(&mixed), told(&straight));
        prop_assert_eq!(mixed.conversations().len(), 1);
        prop_assert_eq!(mixed.conversations()[0].unread, 3);
    }
}
