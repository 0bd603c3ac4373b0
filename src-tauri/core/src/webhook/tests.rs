//! What is read from bodies of every shape, and that no damage costs more than itself.

#![expect(
    clippy::needless_pass_by_value,
    reason = "builders take what `json!` makes, where it is made"
)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Reading, interpret};
use crate::chat::event::{Deed, Inbound, Item, ItemKey, Message, Peer, Status, Telling};
use crate::chat::time::Timestamp;
use crate::chat::view::Direction;

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
    let only = |item: &'_ Item| matches!(item.event, Inbound::Message(_));
    reading
        .items
        .iter()
        .filter(|item| only(item))
        .filter_map(|item| match &item.event {
            Inbound::Message(message) => Some(message),
            Inbound::Status(_) | Inbound::Amendment(_) | Inbound::Notice(_) => None,
        })
        .collect()
}

fn statuses(reading: &Reading) -> Vec<&Status> {
    reading
        .items
        .iter()
        .filter_map(|item| match &item.event {
            Inbound::Status(status) => Some(status),
            Inbound::Message(_) | Inbound::Amendment(_) | Inbound::Notice(_) => None,
        })
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
            reading.items[0].channel.phone_number_id.as_deref(),
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
        json!({"entry": [{"changes": [{"field": "tea", "value": {"event": "ready"}}]}]}),
    ] {
        let reading = read(&body);
        let is_empty_list = body.as_array().is_some_and(Vec::is_empty);
        assert_eq!(reading.unread.is_empty(), is_empty_list, "{body}");
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
    let notices: Vec<_> = reading
        .items
        .iter()
        .map(|item| match &item.event {
            Inbound::Notice(notice) => (notice.field.as_str(), notice.summary.as_str()),
            Inbound::Message(_) | Inbound::Status(_) | Inbound::Amendment(_) => panic!("a notice"),
        })
        .collect();
    assert_eq!(
        notices,
        [
            ("account_update", "account_update: ACCOUNT_RESTRICTION"),
            ("messages", "messages: Something went wrong"),
        ]
    );
    assert_eq!(reading.unread, Vec::<String>::new());
}

#[test]
fn sms_notifications_are_kept_with_a_readable_line() {
    let body = json!({
        "messageType": "text", "notificationId": "n1", "senderAddress": "4366012345678",
        "textMessageContent": "Hello", "sentOn": "2025-12-03T12:34:56Z",
    });
    let reading = read(&body);
    let Inbound::Notice(notice) = &reading.items[0].event else {
        panic!("a notice");
    };
    assert_eq!(
        (notice.field.as_str(), notice.summary.as_str()),
        ("sms", "SMS: Hello")
    );
    assert_eq!(notice.key, ItemKey::Id("n1".to_owned()));
    assert_eq!(
        notice.at.map(Timestamp::rfc3339).as_deref(),
        Some("2025-12-03T12:34:56Z")
    );
    let unknown = json!({"messageType": 42, "notificationId": "n2", "senderAddress": "43"});
    assert_eq!(read(&unknown).unread.len(), 1, "an unknown type stands out");
    assert_eq!(read(&unknown).items.len(), 1, "and is kept");
}

#[test]
fn the_sender_is_whoever_is_named_first() {
    let person = |item: Value, contacts: Value| {
        let body = envelope(vec![value(
            json!({"messages": [item], "contacts": contacts}),
        )]);
        match only_message(&body).peer {
            Peer::Person(person) => person,
            Peer::Group { .. } | Peer::Nobody => panic!("a person in {body}"),
        }
    };
    let number = person(text("m", "+4915 1", "hi"), json!([]));
    assert_eq!(number.names.wa_id.as_deref(), Some("49151"));

    let user_id = person(text("m", "US.1349", "hi"), json!([]));
    assert_eq!(user_id.names.user_id.as_deref(), Some("US.1349"));

    let withheld = person(
        text("m", "", "hi"),
        json!([{"profile": {"name": "Pablo", "username": "@pablo"}, "user_id": "US.1", "wa_id": ""}]),
    );
    assert_eq!(withheld.names.user_id.as_deref(), Some("US.1"));
    assert_eq!(withheld.names.username.as_deref(), Some("pablo"));
    assert_eq!(withheld.names.wa_id, None);
    assert_eq!(withheld.profile_name.as_deref(), Some("Pablo"));

    let both = person(
        json!({"from": "4915", "from_user_id": "DE.1", "id": "m", "type": "text", "text": {"body": "hi"}}),
        json!([]),
    );
    assert_eq!(both.names.keys().len(), 2, "both names are of one person");

    let nobody = of_one(json!({"id": "m", "type": "text", "text": {"body": "hi"}}));
    assert_eq!(nobody.peer, Peer::Nobody);
}

#[test]
fn a_contact_names_only_whom_it_matches() {
    let body = envelope(vec![value(json!({
        "contacts": [{"wa_id": "2", "profile": {"name": "Two"}}],
        "messages": [text("a", "1", "hi"), text("b", "2", "hi")],
    }))]);
    let reading = read(&body);
    let names: Vec<_> = messages(&reading)
        .into_iter()
        .map(|message| match &message.peer {
            Peer::Person(person) => person.profile_name.clone(),
            Peer::Group { .. } | Peer::Nobody => panic!("a person"),
        })
        .collect();
    assert_eq!(names, [None, Some("Two".to_owned())]);
}

#[test]
fn items_without_an_id_are_known_by_their_content() {
    let nameless = json!({"from": "4915", "type": "text", "text": {"body": "hi"}});
    let body = envelope(vec![value(json!({"messages": [nameless, nameless]}))]);
    let first: Vec<_> = messages(&read(&body))
        .iter()
        .map(|m| m.key.clone())
        .collect();
    let again: Vec<_> = messages(&read(&body))
        .iter()
        .map(|m| m.key.clone())
        .collect();
    assert_eq!(first.len(), 2);
    assert_ne!(first[0], first[1], "two equal messages are two");
    assert_eq!(first, again, "and the same two when they come again");
}

#[test]
fn texts_have_their_full_meaning() {
    let message = of_one(json!({
        "from": "4915", "id": "m", "timestamp": 1_700_000_000, "type": "text",
        "text": {"body": "a\u{0}b\nc"},
        "context": {"from": "4930", "id": "quoted", "forwarded": true},
    }));
    assert_eq!(message.text.as_deref(), Some("ab\nc"), "U+0000 is stripped");
    assert_eq!(message.preview, "ab c");
    assert_eq!(message.sent_at, Timestamp::from_payload(1_700_000_000));
    let context = message.context.expect("a context");
    assert_eq!(context.id.as_deref(), Some("quoted"));
    assert!(context.forwarded && !context.frequently_forwarded);
    assert_eq!(
        (message.direction, message.telling),
        (Direction::In, Telling::Live)
    );
}

#[test]
fn other_kinds_keep_their_word_and_a_line() {
    let kind = |item: Value| {
        let message = of_one(item);
        (message.kind, message.preview)
    };
    let table = [
        (
            json!({"id": "m", "from": "1", "type": "image", "image": {"id": "9", "caption": "the lake"}}),
            ("image", "Photo: the lake"),
        ),
        (
            json!({"id": "m", "from": "1", "type": "audio", "audio": {"voice": true}}),
            ("audio", "Voice message"),
        ),
        (
            json!({"id": "m", "from": "1", "type": "hologram", "hologram": {}}),
            ("hologram", "Message of type hologram"),
        ),
        (
            json!({"id": "m", "from": "1", "location": {"latitude": "1"}}),
            ("location", "Location"),
        ),
        (
            json!({"id": "m", "from": "1", "a": {}, "b": {}}),
            ("unknown", "A message that WhatsApp does not pass on"),
        ),
        (
            json!({"id": "m", "from": "1", "type": "reaction", "reaction": {"emoji": "x"}}),
            ("reaction", "Reaction"),
        ),
        (
            json!({"id": "m", "from": "1", "type": "text", "text": "flat"}),
            ("text", "flat"),
        ),
        (
            json!({"id": "m", "from": "1", "type": "text"}),
            ("text", "Empty message"),
        ),
    ];
    for (item, (word, line)) in table {
        assert_eq!(
            kind(item.clone()),
            (word.to_owned(), line.to_owned()),
            "{item}"
        );
    }
}

#[test]
fn reactions_edits_and_revokes_are_about_another_message() {
    let deed = |item: Value| {
        let reading = read(&envelope(vec![value(json!({"messages": [item]}))]));
        match &reading.items[0].event {
            Inbound::Amendment(amendment) => (amendment.target.clone(), amendment.deed.clone()),
            Inbound::Message(_) | Inbound::Status(_) | Inbound::Notice(_) => panic!("an amendment"),
        }
    };
    let of =
        |kind: &str, content: Value| json!({"id": "a", "from": "1", "type": kind, kind: content});
    let table = [
        (
            of("reaction", json!({"message_id": "m", "emoji": "👍"})),
            Deed::React("👍".to_owned()),
        ),
        (
            of("reaction", json!({"message_id": "m"})),
            Deed::React(String::new()),
        ),
        (
            of("reaction", json!({"messsage_id": "m", "emoji": ""})),
            Deed::React(String::new()),
        ),
        (
            of(
                "edit",
                json!({"original_message_id": "m", "message": {"type": "text", "text": {"body": "new"}}}),
            ),
            Deed::Edit(Some("new".to_owned())),
        ),
        (
            of("revoke", json!({"original_message_id": "m"})),
            Deed::Revoke,
        ),
    ];
    for (item, expected) in table {
        assert_eq!(deed(item.clone()), ("m".to_owned(), expected), "{item}");
    }
}

#[test]
fn statuses_have_their_full_meaning() {
    let body = envelope(vec![value(json!({"statuses": [{
        "id": "m", "status": "failed", "timestamp": "1700000000", "recipient_id": "4915",
        "recipient_user_id": "DE.1", "biz_opaque_callback_data": "order 7",
        "conversation": {"id": "c", "expiration_timestamp": 1_700_086_400, "origin": {"type": "utility"}},
        "pricing": {"billable": "true", "pricing_model": "PMP", "type": "regular", "category": "utility"},
        "errors": [{"code": "131047", "title": "Re-engagement message", "error_data": {"details": "24 hours"}}],
    }]}))]);
    let reading = read(&body);
    let status = statuses(&reading)[0];
    assert_eq!(
        (status.word.as_str(), status.recipient.as_deref()),
        ("failed", Some("4915"))
    );
    let failure = status.failure.clone().expect("a failure");
    assert_eq!(
        (failure.code, failure.details.as_deref()),
        (Some(131_047), Some("24 hours"))
    );
    let terms = status.terms.clone().expect("terms");
    assert_eq!(terms.expires_at, Some(1_700_086_400_000));
    assert_eq!(
        (terms.billable, terms.callback_data.as_deref()),
        (Some(true), Some("order 7"))
    );
    let Peer::Person(person) = &status.peer else {
        panic!("a person");
    };
    assert_eq!(person.names.keys().len(), 2);
}

#[test]
fn group_statuses_name_the_group_and_the_member() {
    for spelling in ["recipient_participant_id", "participant_recipient_id"] {
        let body = envelope(vec![value(json!({"statuses": [{
            "id": "m", "status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", spelling: "4915",
        }]}))]);
        let reading = read(&body);
        let status = statuses(&reading)[0];
        assert_eq!(status.participant.as_deref(), Some("4915"), "{spelling}");
        assert!(matches!(&status.peer, Peer::Group { id, .. } if id == "Z3JvdXA="));
    }
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

/// A batch with one message in the middle of which anything may be wrong.
fn batch(middle: Value) -> Value {
    envelope(vec![value(json!({
        "contacts": [{"wa_id": "4915", "profile": {"name": "Ada"}}],
        "messages": [text("before", "4915", "hi"), middle, text("after", "4915", "hi")],
        "statuses": [{"id": "s", "status": "read", "timestamp": "1700000000", "recipient_id": "4915"}],
    }))])
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("wamid.\u{0}\u{202e}")),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let key = prop_oneof![
            "[a-z_]{1,8}",
            Just("id".to_owned()),
            Just("from".to_owned()),
            Just("type".to_owned()),
            Just("text".to_owned()),
            Just("timestamp".to_owned()),
            Just("context".to_owned()),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..5)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_bad_item_never_spoils_its_neighbours(middle in any_json()) {
        let reading = read(&batch(middle));
        let ids: Vec<_> = messages(&reading).iter().filter_map(|m| m.key.id()).map(str::to_owned).collect();
        prop_assert!(ids.contains(&"before".to_owned()), "{ids:?}");
        prop_assert!(ids.contains(&"after".to_owned()), "{ids:?}");
        prop_assert_eq!(statuses(&reading).len(), 1);
        prop_assert_eq!(reading.items.len(), 4, "the bad item is kept as well");
    }

    #[test]
    fn one_changed_field_never_loses_the_message(
        field in prop::sample::select(vec!["from", "id", "timestamp", "type", "text", "context"]),
        told in any_json(),
    ) {
        let mut item = text("m", "4915", "hi");
        item[field] = told;
        let reading = read(&batch(item));
        prop_assert_eq!(reading.items.len(), 4);
    }

    #[test]
    fn anything_at_all_is_read_without_panic(body in any_json()) {
        let reading = interpret(body.to_string().as_bytes());
        prop_assert!(reading.is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_ok();
        prop_assert_eq!(interpret(&body).is_ok(), is_json);
    }
}
