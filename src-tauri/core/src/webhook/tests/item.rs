//! What one item says: who, what, about which other message.

use serde_json::{Value, json};

use super::{envelope, messages, of_one, only_message, read, statuses, text, value};
use crate::chat::event::{Deed, Inbound, Peer, Telling};
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::Direction;

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
fn reactions_edits_and_revokes_are_about_another_message() {
    let deed = |item: Value| {
        let reading = read(&envelope(vec![value(json!({"messages": [item]}))]));
        match &reading.items[0].event {
            Inbound::Amendment(amendment) => (amendment.target.clone(), amendment.deed.clone()),
            other => panic!("an amendment, not {other:?}"),
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
fn a_payment_that_failed_is_no_message_that_failed() {
    let status = |keys: Value| {
        let mut status = json!({"id": "m", "recipient_id": "4915", "status": "failed"});
        status
            .as_object_mut()
            .expect("an object")
            .extend(keys.as_object().expect("keys").clone());
        let reading = read(&envelope(vec![value(json!({"statuses": [status]}))]));
        assert_eq!(reading.unread, Vec::<String>::new());
        statuses(&reading)[0].word.clone()
    };
    assert_eq!(Tick::from_word(&status(json!({}))), Some(Tick::Failed));
    assert_eq!(
        Tick::from_word(&status(json!({"type": "message"}))),
        Some(Tick::Failed)
    );
    assert_eq!(Tick::from_word(&status(json!({"type": "payment"}))), None);
    assert_eq!(
        status(json!({"type": "payment", "status": "captured"})),
        "captured"
    );
}
