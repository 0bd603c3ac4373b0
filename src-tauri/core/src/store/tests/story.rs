//! One conversation with everything that can be told about a message, in every order.

use serde_json::{Value, json};

use super::{Archive, status, text, value};
use crate::chat::view::Part;

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
