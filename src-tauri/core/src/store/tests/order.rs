//! Everything that can be told of a few conversations, in a thousand orders: the archive ends the same.
//!
//! Among it is what providers really do: a message told twice and not alike, an edit before its original, a step before its
//! message, a person known by one name, then by another, then by both.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{status, text, value};
use crate::chat::time::Timestamp;
use crate::store::{Delivery, ExportFilter, deliveries, export, read, schema};

const START: i64 = 1_700_000_000;

/// An archive in memory that forgets one order before the next, so that a thousand of them take seconds and not minutes.
pub(super) struct Ledger(Connection);

impl Ledger {
    pub(super) fn new() -> Self {
        let mut connection = Connection::open_in_memory().expect("memory");
        schema::migrate(&mut connection).expect("the tables");
        connection.set_prepared_statement_cache_capacity(128);
        Self(connection)
    }

    fn record(&self, body: &str) {
        let delivery = Delivery {
            received_at: Timestamp::from_millis(1_800_000_000_000),
            hook: "default".to_owned(),
            client: None,
            body: body.as_bytes().to_vec(),
        };
        let reading = read(&delivery.body);
        deliveries::keep(&self.0, &delivery, &reading, &mut Vec::new()).expect("it is kept");
    }

    /// The export without the numbers of rows, which say nothing but who came first.
    fn told(&self) -> Vec<Value> {
        let mut records = Vec::new();
        export::records(&self.0, ExportFilter::default(), &mut |record| {
            let mut record = serde_json::to_value(record).expect("a record is JSON");
            for row in ["conversation", "delivery"] {
                record.as_object_mut().expect("an object").remove(row);
            }
            records.push(record);
            true
        })
        .expect("an export");
        records.sort_by_key(ToString::to_string);
        records
    }

    fn conversations(&self) -> i64 {
        self.0
            .query_row(
                "SELECT count(*) FROM conversations WHERE last_message_id IS NOT NULL",
                [],
                |row| row.get(0),
            )
            .expect("a number")
    }
}

/// What an archive says in the end that was told this, and how many conversations it has.
pub(super) struct End {
    pub(super) records: Vec<Value>,
    pub(super) conversations: i64,
}

impl Ledger {
    pub(super) fn end_of<'a>(&self, deliveries: impl IntoIterator<Item = &'a str>) -> End {
        let order = self.0.unchecked_transaction().expect("a transaction");
        deliveries.into_iter().for_each(|body| self.record(body));
        let end = End {
            records: self.told(),
            conversations: self.conversations(),
        };
        order.rollback().expect("it is forgotten");
        end
    }
}

fn item(id: &str, seconds: i64, content: Value) -> Value {
    let mut item = json!({"id": id, "from": "4915", "timestamp": (START + seconds).to_string()});
    item.as_object_mut()
        .expect("an object")
        .extend(content.as_object().expect("an object").clone());
    value("PN1", json!({"messages": [item]}))
}

fn change(field: &str, value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "WABA", "changes": [{"field": field, "value": value}]}]})
}

/// What is done to messages.
fn deeds() -> Vec<Value> {
    let edit = |id: &str, seconds: i64, text: &str| {
        item(
            id,
            seconds,
            json!({"type": "edit", "edit": {"original_message_id": "in", "message": {"type": "text", "text": {"body": text}}}}),
        )
    };
    let react = |id: &str, seconds: i64, target: &str, emoji: Value| {
        item(
            id,
            seconds,
            json!({"type": "reaction", "reaction": {"message_id": target, "emoji": emoji}}),
        )
    };
    vec![
        text("in", "4915", START, "frist"),
        edit("e1", 3, "firs"),
        edit("e2", 4, "first"),
        // The same edit again, and not alike: only one of the two can count.
        edit("e2", 4, "1st"),
        react("r1", 5, "out", json!("👍")),
        react("r2", 6, "out", json!("🎉")),
        react("r3", 7, "both", json!("👍")),
        react("r4", 8, "both", Value::Null),
        item(
            "x",
            9,
            json!({"type": "revoke", "revoke": {"original_message_id": "gone"}}),
        ),
        item(
            "pic",
            20,
            json!({"type": "image", "image": {"id": "1", "caption": "befor"}}),
        ),
        item(
            "e3",
            21,
            json!({"type": "edit", "edit": {"original_message_id": "pic", "message": {"type": "image", "image": {"caption": "before"}}}}),
        ),
    ]
}

/// Who they are.
fn introductions() -> Vec<Value> {
    vec![
        text("gone", "DE.1", START + 1, "secret"),
        item(
            "both",
            2,
            json!({"from_user_id": "DE.1", "type": "text", "text": {"body": "me too"}}),
        ),
        item(
            "moved",
            30,
            json!({"type": "system", "system": {"type": "user_changed_number", "body": "moved", "wa_id": "4916"}}),
        ),
        text("after", "4916", START + 31, "new number"),
        item(
            "rotated",
            32,
            json!({"type": "system", "from": "4916",
                "system": {"type": "user_changed_user_id", "previous_user_id": "DE.1", "user_id": "DE.2"}}),
        ),
        text("later", "DE.2", START + 33, "new id"),
        value(
            "PN1",
            json!({"contacts": [{"wa_id": "4916", "profile": {"name": "Ada", "username": "ada"}}],
                "messages": [{"id": "named", "from": "4916", "timestamp": (START + 34).to_string(), "type": "text", "text": {"body": "hi"}}]}),
        ),
        change(
            "smb_app_state_sync",
            value(
                "PN1",
                json!({"state_sync": [{"type": "contact", "action": "add", "contact": {"full_name": "Ada L.", "phone_number": "4915"}, "metadata": {"timestamp": (START + 35).to_string()}}]}),
            ),
        ),
        text("stranger", "4917", START + 40, "somebody else"),
    ]
}

/// What comes twice, not alike, or from elsewhere.
fn repetitions() -> Vec<Value> {
    let image = json!({"type": "image", "image": {"id": "77", "caption": "the lake"}});
    vec![
        value(
            "PN1",
            json!({"message_echoes": [{"from": "49301234", "to": "4915", "id": "out", "timestamp": (START + 9).to_string(), "type": "text", "text": {"body": "answer"}}]}),
        ),
        status("out", "sent", START + 10),
        status("out", "delivered", START + 11),
        status("out", "read", START + 12),
        // The same step with another time and another price.
        value(
            "PN1",
            json!({"statuses": [{"id": "out", "status": "read", "timestamp": (START + 12).to_string(), "recipient_id": "4915",
                "pricing": {"pricing_model": "PMP", "category": "utility"}}]}),
        ),
        change(
            "history",
            value(
                "PN1",
                json!({"history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 55}, "threads": [{"id": "4915", "messages": [
                    {"from": "4915", "id": "file", "timestamp": (START - 50).to_string(), "type": "media_placeholder"},
                    {"from": "49301234", "to": "4915", "id": "old", "timestamp": (START - 40).to_string(), "type": "text", "text": {"body": "old"}, "history_context": {"status": "READ"}},
                ]}]}]}),
            ),
        ),
        change(
            "history",
            value(
                "PN1",
                json!({"messages": [{"id": "file", "from": "4915", "timestamp": (START - 50).to_string(), "type": "image", "image": {"id": "78"}}]}),
            ),
        ),
        item(
            "twice",
            50,
            json!({"type": "unsupported", "errors": [{"code": 131_060}]}),
        ),
        item("twice", 50, image.clone()),
        item(
            "twice",
            50,
            json!({"type": "text", "text": {"body": "or was it this"}}),
        ),
        change(
            "calls",
            value(
                "PN1",
                json!({"calls": [{"id": "wacid", "from": "4915", "to": "49301234", "event": "connect", "direction": "USER_INITIATED", "timestamp": (START + 60).to_string()}]}),
            ),
        ),
        change(
            "calls",
            value(
                "PN1",
                json!({"calls": [{"id": "wacid", "from": "4915", "to": "49301234", "event": "terminate", "status": "FAILED", "direction": "USER_INITIATED", "timestamp": (START + 70).to_string()}]}),
            ),
        ),
        change(
            "calls",
            value(
                "PN1",
                json!({"statuses": [{"id": "wacid", "type": "call", "status": "RINGING", "timestamp": (START + 61).to_string(), "recipient_id": "4917"}]}),
            ),
        ),
        value(
            "PN1",
            json!({"statuses": [
                {"id": "group-out", "status": "read", "timestamp": (START + 80).to_string(), "recipient_id": "G", "recipient_type": "group", "recipient_participant_id": "4915"},
                {"id": "group-out", "status": "delivered", "timestamp": (START + 81).to_string(), "recipient_id": "G", "recipient_type": "group", "participant_recipient_id": "4917"},
            ]}),
        ),
        change(
            "group_lifecycle_update",
            value(
                "PN1",
                json!({"groups": [{"group_id": "G", "type": "group_create", "subject": "Bakers", "timestamp": (START + 79).to_string()}]}),
            ),
        ),
        // Two steps of one message that name two people.
        value(
            "PN1",
            json!({"statuses": [{"id": "elsewhere", "status": "sent", "timestamp": (START + 90).to_string(), "recipient_id": "4915"}]}),
        ),
        value(
            "PN1",
            json!({"statuses": [{"id": "elsewhere", "status": "delivered", "timestamp": (START + 91).to_string(), "recipient_id": "4917"}]}),
        ),
    ]
}

fn story() -> Vec<Value> {
    [deeds(), introductions(), repetitions()].concat()
}

#[test]
fn the_story_is_told_as_it_should_be() {
    let story: Vec<String> = story().iter().map(Value::to_string).collect();
    let End {
        records,
        conversations,
    } = Ledger::new().end_of(story.iter().map(String::as_str));
    let by_id = |id: &str| {
        let found = records.iter().find(|record| record["id"] == id);
        found.unwrap_or_else(|| panic!("no {id}")).clone()
    };
    assert_eq!(by_id("pic")["text"], "before", "a caption can be edited");
    assert_eq!(by_id("pic")["media"]["caption"], "before");
    assert!(by_id("in")["editedAt"].is_string());
    assert_eq!(
        by_id("file")["type"],
        "image",
        "the file says more than its placeholder"
    );
    assert_ne!(by_id("twice")["type"], "unsupported");
    assert_eq!(by_id("old")["status"], "read");
    assert_eq!(
        by_id("group-out")["status"],
        "delivered",
        "not everybody has read it"
    );
    assert_eq!(by_id("group-out")["group"], "G");
    assert_eq!(by_id("wacid")["summary"], "Missed call");
    assert_eq!(by_id("wacid")["contact"]["name"], "Ada L.");
    for id in ["in", "gone", "both", "after", "later", "named"] {
        let contact = &by_id(id)["contact"];
        assert_eq!(contact["name"], "Ada L.", "{id} is theirs");
        assert_eq!(contact["waId"], "4916", "{id}: the number they have now");
        assert_eq!(contact["userId"], "DE.2", "{id}: the id they have now");
    }
    assert_eq!(conversations, 3, "one person, one stranger, one group");
}

#[test]
fn a_thousand_orders_end_the_same() {
    let ledger = Ledger::new();
    let story: Vec<String> = story().iter().map(Value::to_string).collect();
    let straight = ledger.end_of(story.iter().map(String::as_str));
    let orders = (
        Just(story).prop_shuffle(),
        prop::collection::vec(any::<Index>(), 0..6),
    );
    let mut runner = TestRunner::new(ProptestConfig::with_cases(1_000));
    let outcome = runner.run(&orders, |(shuffled, again)| {
        let again = again.iter().map(|at| at.get(&shuffled));
        let all = shuffled.iter().chain(again);
        let mixed = ledger.end_of(all.map(String::as_str));
        prop_assert_eq!(mixed.records, straight.records.clone());
        prop_assert_eq!(mixed.conversations, straight.conversations);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
