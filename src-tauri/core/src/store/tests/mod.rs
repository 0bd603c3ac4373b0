//! What is in the archive after what was told, however often and in whatever order.

#![expect(
    clippy::needless_pass_by_value,
    reason = "builders take what `json!` makes, where it is made"
)]

mod damage;
mod file;
mod identity;
mod news;
mod notice;
mod order;
mod outage;
mod reread;
mod story;
mod view;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{Delivery, ExportFilter, Recorded, Store, StoreError};
use crate::chat::change::Change;
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::{ConversationQuery, Filter, LogQuery, Part};

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
            client: None,
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
        .deliveries(LogQuery {
            outcome: None,
            before: None,
        })
        .expect("the log");
    assert_eq!(log.len(), 10, "the log has every POST");
    assert_eq!(log[0].repeats, Some(log[9].id), "newest first");
    assert_eq!(log[9].lines, ["1 message: text"]);
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
