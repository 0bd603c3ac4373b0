//! What is read from bodies of every shape, and that no damage costs more than itself.

#![expect(
    clippy::needless_pass_by_value,
    reason = "builders take what `json!` makes, where it is made"
)]

mod catalogue;
mod corpus;
mod damage;
mod item;
mod kinds;
pub(crate) mod mutation;
mod places;

use serde_json::{Value, json};

use super::{Reading, interpret};
use crate::chat::content::Content;
use crate::chat::event::{Inbound, ItemKey, Message, Peer, Status, Telling};
use crate::chat::notice::Notice;
use crate::chat::time::Timestamp;
use crate::chat::view::{ChannelKind, Direction};

fn read(body: &Value) -> Reading {
    interpret(body.to_string().as_bytes()).expect("it is JSON")
}

fn text(id: &str, from: &str, body: &str) -> Value {
    json!({"from": from, "id": id, "timestamp": "1700000000", "type": "text", "text": {"body": body}})
}

fn value(items: Value) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "+49 30 1234", "phone_number_id": "PN1"},
    });
    let more = items.as_object().expect("an object of lists").clone();
    value.as_object_mut().expect("an object").extend(more);
    value
}

fn envelope(values: Vec<Value>) -> Value {
    let changes: Vec<Value> = values
        .into_iter()
        .map(|value| json!({"field": "messages", "value": value}))
        .collect();
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]})
}

fn messages(reading: &Reading) -> Vec<&Message> {
    told(reading, |event| match event {
        Inbound::Message(message) => Some(message.as_ref()),
        _ => None,
    })
}

fn statuses(reading: &Reading) -> Vec<&Status> {
    told(reading, |event| match event {
        Inbound::Status(status) => Some(status),
        _ => None,
    })
}

fn notices(reading: &Reading) -> Vec<&Notice> {
    told(reading, |event| match event {
        Inbound::Notice(notice) => Some(notice),
        _ => None,
    })
}

fn told<T>(reading: &Reading, only: impl Fn(&Inbound) -> Option<&T>) -> Vec<&T> {
    reading
        .items
        .iter()
        .filter_map(|item| only(&item.event))
        .collect()
}

fn only_message(body: &Value) -> Message {
    let reading = read(body);
    assert_eq!(reading.unread, Vec::<String>::new());
    let found = messages(&reading);
    assert_eq!(found.len(), 1, "one message in {body}");
    found[0].clone()
}

fn of_one(item: Value) -> Message {
    only_message(&envelope(vec![value(json!({"messages": [item]}))]))
}

#[test]
fn every_outer_shape_is_read() {
    let inner = value(json!({"messages": [text("m", "4915", "hi")]}));
    let meta = envelope(vec![inner.clone()]);
    let link = json!({
        "customerChannelUuid": "u", "sender": "4915", "recipient": "r", "type": "whatsapp",
        "whatsappNotification": meta,
    });
    let shapes = [
        ("Meta's envelope", meta.clone()),
        ("LINK's wrapper", link.clone()),
        (
            "the wrapper with text inside",
            json!({"whatsappNotification": meta.to_string()}),
        ),
        ("an inner value", inner.clone()),
        (
            "a change",
            json!({"field": "messages", "value": inner.clone()}),
        ),
        (
            "an entry",
            json!({"id": "1", "changes": [{"field": "messages", "value": inner.clone()}]}),
        ),
        ("an array of envelopes", json!([meta.clone()])),
        ("an array of wrappers", json!([[link]])),
        (
            "no lists around single things",
            json!({"entry": {"changes": {"value": inner.clone()}}}),
        ),
        (
            "a flattened change",
            json!({"entry": [{"changes": [inner]}]}),
        ),
    ];
    for (name, body) in shapes {
        let reading = read(&body);
        let found = messages(&reading);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].text.as_deref(), Some("hi"), "{name}");
        assert_eq!(
            reading.items[0].channel.id.as_deref(),
            Some("PN1"),
            "{name}"
        );
        assert_eq!(reading.unread, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_entry_change_and_item_is_read() {
    let three = |n: usize| {
        let items: Vec<Value> = (0..3)
            .map(|i| text(&format!("m{n}.{i}"), &format!("49{n}"), "hi"))
            .collect();
        json!({"field": "messages", "value": value(json!({"messages": items}))})
    };
    let body = json!({"object": "whatsapp_business_account", "entry": [
        {"id": "1", "changes": [three(1), three(2)]},
        {"id": "2", "changes": [three(3), three(4)]},
    ]});
    assert_eq!(messages(&read(&body)).len(), 12);
}

#[test]
fn unrelated_json_is_kept_as_not_understood() {
    for body in [
        json!({}),
        json!([]),
        json!(7),
        json!("halo"),
        json!({"object": "user", "entry": [{"id": "0", "changed_fields": ["location"]}]}),
        json!({"entry": 5}),
        json!({"whatsappNotification": null}),
        json!({"whatsappNotification": []}),
        json!({"whatsappNotification": [[]]}),
        json!({"whatsappNotification": "[]"}),
        json!({"entry": [{"changes": [{"field": "messages", "value": []}]}]}),
        json!({"entry": [{"changes": [{"field": "tea", "value": {"event": "ready"}}]}]}),
    ] {
        let reading = read(&body);
        assert!(!reading.unread.is_empty(), "{body}");
        assert_eq!(messages(&reading).len(), 0, "{body}");
    }
}

#[test]
fn fields_without_messages_become_notices() {
    let body = json!({"entry": [{"changes": [
        {"field": "account_update", "value": {"event": "ACCOUNT_RESTRICTION"}},
        {"field": "messages", "value": value(json!({"errors": [{"code": 131000, "title": "Something went wrong"}]}))},
    ]}]});
    let reading = read(&body);
    let told: Vec<_> = notices(&reading)
        .iter()
        .map(|notice| (notice.field.as_str(), notice.line.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "account_update",
                "The WhatsApp Business account is restricted"
            ),
            (
                "messages",
                "WhatsApp reports an error: Something went wrong (131000)"
            ),
        ]
    );
    assert_eq!(reading.unread, Vec::<String>::new());
}

#[test]
fn sms_notifications_are_messages_and_steps_of_their_own_channel() {
    let body = json!({
        "messageType": "text", "notificationId": "n1", "senderAddress": "4366012345678",
        "recipientAddress": "0720001", "textMessageContent": "Hello", "sentOn": "2025-12-03T12:34:56Z",
    });
    let reading = read(&body);
    let channel = &reading.items[0].channel;
    assert_eq!(
        (channel.kind, channel.id.as_deref()),
        (ChannelKind::Sms, Some("0720001"))
    );
    let message = messages(&reading)[0];
    assert_eq!(message.key, ItemKey::Id("n1".to_owned()));
    assert_eq!(message.text.as_deref(), Some("Hello"));
    assert_eq!(
        message.sent_at.map(Timestamp::rfc3339).as_deref(),
        Some("2025-12-03T12:34:56Z")
    );
    let bytes = json!({
        "messageType": "binary", "notificationId": "n3", "senderAddress": "43", "binaryMessageContent": ["AQID"],
    });
    assert_eq!(
        messages(&read(&bytes))[0].content,
        Content::Bytes {
            parts: vec!["AQID".to_owned()]
        }
    );
    for (told, word) in [
        ("delivered", "delivered"),
        ("accepted", "sent"),
        ("expired", "failed"),
    ] {
        let report = json!({
            "messageType": "deliveryReport", "notificationId": "n4", "transferId": "t", "senderAddress": "43",
            "deliveryReportMessageStatus": told,
        });
        let reading = read(&report);
        let status = statuses(&reading)[0];
        assert_eq!(
            (&status.message, status.word.as_str()),
            (&ItemKey::Id("t".to_owned()), word),
            "{told}"
        );
        assert_eq!(status.failure.is_some(), word == "failed", "{told}");
    }
    let unknown = json!({"messageType": 42, "notificationId": "n2", "senderAddress": "43"});
    assert_eq!(read(&unknown).unread.len(), 1, "an unknown type stands out");
    assert_eq!(read(&unknown).items.len(), 1, "and is kept");
}

#[test]
fn echoes_and_history_know_their_direction() {
    let echo = json!({"field": "smb_message_echoes", "value": value(json!({"message_echoes": [
        {"from": "4930", "to": "4915", "id": "e", "timestamp": "1", "type": "text", "text": {"body": "hi"}},
    ]}))});
    let history = json!({"field": "history", "value": value(json!({"history": [{"threads": [{"id": "4915", "messages": [
        {"from": "4915", "id": "h1", "timestamp": "1", "type": "text", "text": {"body": "q"}},
        {"from": "4930", "to": "4915", "id": "h2", "timestamp": "2", "type": "text", "text": {"body": "a"}},
    ]}]}]}))});
    let standby = json!({"field": "standby", "value": value(json!({"standby": {"messages": [text("s", "4915", "hi")]}}))});
    let reading = read(&json!({"entry": [{"changes": [echo, history, standby]}]}));
    let told: Vec<_> = messages(&reading)
        .into_iter()
        .map(|message| {
            let Peer::Person(person) = &message.peer else {
                panic!("a person");
            };
            assert_eq!(
                person.names.wa_id.as_deref(),
                Some("4915"),
                "always the customer"
            );
            (message.direction, message.telling)
        })
        .collect();
    assert_eq!(
        told,
        [
            (Direction::Out, Telling::Echo),
            (Direction::In, Telling::History),
            (Direction::Out, Telling::History),
            (Direction::In, Telling::Live),
        ]
    );
    assert_eq!(reading.unread, Vec::<String>::new());
}
