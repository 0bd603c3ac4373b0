//! The traps of whole values: errors beside messages, who is who, and which way something went (webhook catalogue §1, §5, §6).

use serde_json::{Value, json};

use super::{messages, notices, read, statuses, text, told, value};
use crate::chat::event::{CallStep, Inbound, Introduction, Message, Peer, Person, Telling};
use crate::chat::identity::Names;
use crate::chat::receipt::Tick;
use crate::chat::view::Direction;
use crate::webhook::Reading;

fn under(field: &str, items: Value) -> Reading {
    read(&json!({"entry": [{"id": "1", "changes": [{"field": field, "value": value(items)}]}]}))
}

fn numbers(wa_id: &str) -> Names {
    Names::from_untyped(wa_id)
}

fn person(message: &Message) -> &Person {
    match &message.peer {
        Peer::Person(person) => person,
        other @ (Peer::Group { .. } | Peer::Nobody) => panic!("a person, not {other:?}"),
    }
}

#[test]
fn an_error_beside_says_why_a_message_has_nothing_in_it() {
    let hollow = json!({"from": "4915", "id": "m", "type": "interactive", "interactive": {"type": "nfm_reply"}});
    let error = json!({"code": 131_000, "title": "Something went wrong"});
    let other = json!({"code": 131_001, "title": "And more"});
    let own = json!({"from": "4915", "id": "m", "type": "unsupported", "errors": [other]});
    // The messages, the errors beside them; the problem of the first message and how many errors are told on their own.
    let table = [
        (json!([hollow]), json!([error]), Some(131_000), 0),
        (json!([hollow]), json!(error), Some(131_000), 0),
        (json!([hollow]), json!([error, other]), Some(131_000), 1),
        (
            json!([hollow, text("n", "4916", "hi")]),
            json!([error]),
            None,
            1,
        ),
        (json!([text("m", "4915", "hi")]), json!([error]), None, 1),
        (json!([own]), json!([other]), Some(131_001), 0),
        (json!([own]), json!([error]), Some(131_001), 1),
        (json!([own]), json!([]), Some(131_001), 0),
    ];
    for (items, errors, problem, told_apart) in table {
        let reading = under("messages", json!({"messages": items, "errors": errors}));
        let first = messages(&reading)[0].problem.as_ref();
        assert_eq!(
            first.and_then(|failure| failure.code),
            problem,
            "{items} {errors}"
        );
        assert_eq!(notices(&reading).len(), told_apart, "{items} {errors}");
    }
    let bare = json!({"from": "4915", "id": "m", "type": "interactive"});
    let explained = json!({"from": "4915", "id": "m", "type": "interactive", "errors": [error]});
    for (item, errors, is_understood) in [
        (&hollow, json!([]), false),
        (&hollow, json!([error]), true),
        (&bare, json!([]), false),
        (&bare, json!([error]), true),
        (&explained, json!([]), true),
    ] {
        let reading = under("messages", json!({"messages": [item], "errors": errors}));
        let expected: &[&str] = if is_understood {
            &[]
        } else {
            &["an interactive message of an unknown form"]
        };
        assert_eq!(reading.unread, expected, "{item} {errors}");
    }
}

#[test]
fn a_new_number_or_id_is_introduced_as_the_same_person() {
    let user = |id: &str, parent: Option<&str>| Names {
        user_id: Some(id.to_owned()),
        parent_user_id: parent.map(str::to_owned),
        ..Names::default()
    };
    let table = [
        (
            json!({"type": "user_changed_number", "wa_id": "4916"}),
            Some((numbers("4915"), numbers("4916"))),
        ),
        (
            json!({"type": "user_changed_number", "wa_id": "4916", "user_id": "DE.2", "previous_user_id": "DE.1"}),
            Some((
                numbers("4915").or(user("DE.1", None)),
                numbers("4916").or(user("DE.2", None)),
            )),
        ),
        (
            json!({"type": "customer_changed_number", "new_wa_id": "4916"}),
            Some((numbers("4915"), numbers("4916"))),
        ),
        (
            json!({"new_wa_id": "4916"}),
            Some((numbers("4915"), numbers("4916"))),
        ),
        (
            json!({
                "type": "user_changed_user_id", "user_id": "DE.2", "previous_user_id": "DE.1",
                "parent_user_id": "DE.ENT.2", "previous_parent_user_id": "DE.ENT.1",
            }),
            Some((
                user("DE.1", Some("DE.ENT.1")),
                user("DE.2", Some("DE.ENT.2")),
            )),
        ),
        (json!({"type": "user_changed_number"}), None),
        (
            json!({"type": "user_changed_number", "wa_id": "4915"}),
            None,
        ),
        (
            json!({"type": "user_changed_user_id", "user_id": "DE.2"}),
            None,
        ),
        (
            json!({"type": "customer_identity_changed", "wa_id": "4916"}),
            None,
        ),
        (json!({"type": "never_heard_of", "wa_id": "4916"}), None),
    ];
    for (system, expected) in table {
        let item = json!({"from": "4915", "id": "m", "timestamp": "1700000000", "type": "system", "system": system});
        let reading = under("messages", json!({"messages": [item]}));
        let renamed = told(&reading, |event| match event {
            Inbound::Introduction(introduction) => Some(introduction),
            _ => None,
        });
        let renamed: Vec<_> = renamed
            .into_iter()
            .map(|introduction| match introduction {
                Introduction::Renamed { was, is, .. } => (was.clone(), is.clone()),
                other => panic!("a new name, not {other:?}"),
            })
            .collect();
        assert_eq!(renamed, Vec::from_iter(expected.clone()), "{system}");
        let found = messages(&reading);
        assert_eq!(found.len(), 1, "the news itself is a message: {system}");
        let aliases = Vec::from_iter(expected.into_iter().flat_map(|(was, is)| [was, is]));
        assert_eq!(person(found[0]).aliases, aliases, "{system}");
    }
}

#[test]
fn one_number_may_be_written_in_two_ways() {
    let table = [
        ("551187654321", "5511987654321", true),
        ("5215512345678", "525512345678", true),
        ("5491112345678", "541112345678", true),
        ("4915", "4915", false),
        ("4915112345678", "4915187654321", false),
        ("1234567", "991234567", false),
        ("12345678", "4912345678", true),
    ];
    for (from, wa_id, is_same) in table {
        let contacts = json!([{"wa_id": wa_id, "profile": {"name": "Zé"}}]);
        let reading = under(
            "messages",
            json!({"messages": [text("m", from, "oi")], "contacts": contacts}),
        );
        let found = messages(&reading);
        let person = person(found[0]);
        assert_eq!(
            person.names.wa_id.as_deref(),
            Some(from),
            "the message decides"
        );
        let aliases = if is_same {
            vec![numbers(wa_id)]
        } else {
            vec![]
        };
        assert_eq!(person.aliases, aliases, "{from} and {wa_id}");
    }
    let two = json!({
        "messages": [text("m", "551187654321", "oi"), text("n", "4915", "hi")],
        "contacts": [{"wa_id": "5511987654321", "profile": {"name": "Zé"}}],
    });
    let reading = under("messages", two);
    for message in messages(&reading) {
        assert_eq!(
            person(message).profile_name,
            None,
            "it could be anybody's card"
        );
        assert_eq!(person(message).aliases, Vec::<Names>::new());
    }
}

/// Which way each message went, how it came to be told, and with whom.
fn ways(reading: &Reading) -> Vec<(Direction, Telling, Option<String>)> {
    let found = messages(reading).into_iter();
    found
        .map(|message| {
            (
                message.direction,
                message.telling,
                person(message).names.wa_id.clone(),
            )
        })
        .collect()
}

fn written(from: Value, to: Value) -> Value {
    let mut item = text("m", "", "hi");
    item["from"] = from;
    item["to"] = to;
    item
}

#[test]
fn an_echo_is_from_the_business_whoever_stands_in_front() {
    let (customer, business) = (json!("4915"), json!("49301234"));
    let table = [
        written(business.clone(), customer.clone()),
        written(customer.clone(), business.clone()),
        written(json!("+49 30 1234"), json!("+49 15")),
        written(json!("49 15"), json!("+49-30-1234")),
        json!({"id": "m", "message": {"to": "4915", "type": "text", "text": {"body": "hi"}}}),
    ];
    for echo in table {
        for field in ["message_echoes", "smb_message_echoes"] {
            let reading = under(field, json!({"message_echoes": [echo]}));
            assert_eq!(
                ways(&reading),
                [(Direction::Out, Telling::Echo, Some("4915".to_owned()))],
                "{echo}"
            );
            assert_eq!(reading.unread, Vec::<String>::new(), "{echo}");
        }
        let deeper = under("standby", json!({"standby": {"message_echoes": [echo]}}));
        assert_eq!(
            ways(&deeper),
            [(Direction::Out, Telling::Echo, Some("4915".to_owned()))],
            "{echo}"
        );
        assert_eq!(messages(&deeper)[0].key.id(), Some("m"), "{echo}");
        assert_eq!(messages(&deeper)[0].text.as_deref(), Some("hi"), "{echo}");
    }
}

#[test]
fn a_standby_system_has_its_contacts_beside_its_messages() {
    let contacts = json!([{"wa_id": "4915", "profile": {"name": "Ada"}}]);
    let status = json!({"id": "s", "status": "read", "recipient_id": "4915"});
    let standby =
        json!({"messages": [text("m", "4915", "hi")], "contacts": contacts, "statuses": [status]});
    let reading = under("standby", json!({"standby": standby}));
    assert_eq!(
        person(messages(&reading)[0]).profile_name.as_deref(),
        Some("Ada")
    );
    assert_eq!(statuses(&reading).len(), 1);
}

#[test]
fn what_is_told_from_the_past_is_no_news() {
    let business = json!("49301234");
    let thread =
        |item: Value| json!({"history": [{"threads": [{"id": "4915", "messages": [item]}]}]});
    let table = [
        (
            json!({"messages": [written(json!("4915"), json!(null))]}),
            Direction::In,
        ),
        (
            json!({"messages": [written(json!("4915"), business.clone())]}),
            Direction::In,
        ),
        (
            json!({"messages": [written(business.clone(), json!("4915"))]}),
            Direction::Out,
        ),
        (
            json!({"messages": [written(json!("+49 30 1234"), json!("4915"))]}),
            Direction::Out,
        ),
        (thread(written(json!("4915"), json!(null))), Direction::In),
        (
            thread(written(json!("+49 15"), business.clone())),
            Direction::In,
        ),
        (
            thread(written(business.clone(), json!("4915"))),
            Direction::Out,
        ),
        (thread(written(business, json!(null))), Direction::Out),
    ];
    for (items, direction) in table {
        let reading = under("history", items.clone());
        assert_eq!(
            ways(&reading),
            [(direction, Telling::History, Some("4915".to_owned()))],
            "{items}"
        );
    }
    let live = under("messages", json!({"messages": [text("m", "4915", "hi")]}));
    assert_eq!(messages(&live)[0].telling, Telling::Live);
}

#[test]
fn the_past_says_how_far_a_message_had_come() {
    let table = [
        ("SENT", Some(Tick::Sent)),
        ("DELIVERED", Some(Tick::Delivered)),
        ("READ", Some(Tick::Read)),
        ("read", Some(Tick::Read)),
        ("PLAYED", Some(Tick::Played)),
        ("ERROR", Some(Tick::Failed)),
        ("PENDING", None),
        ("", None),
    ];
    for (word, tick) in table {
        let told = |from: &str| {
            let mut item = written(json!(from), json!("4915"));
            item["history_context"] = json!({"status": word});
            let reading = under(
                "history",
                json!({"history": [{"threads": [{"id": "4915", "messages": [item]}]}]}),
            );
            messages(&reading)[0].tick
        };
        assert_eq!(told("49301234"), tick, "{word}");
        assert_eq!(
            told("4915"),
            None,
            "a customer's message has no tick: {word}"
        );
    }
}

#[test]
fn a_call_says_how_it_ended_in_one_word_or_not_at_all() {
    let table = [
        (
            json!({"event": "terminate", "status": "COMPLETED", "duration": 7}),
            "COMPLETED",
            Some(7),
        ),
        (
            json!({"event": "terminate", "status": ["FAILED", "COMPLETED"], "duration": "7"}),
            "terminate",
            Some(7),
        ),
        (
            json!({"event": "terminate", "status": null, "duration": -7}),
            "terminate",
            None,
        ),
        (
            json!({"event": "connect", "duration": "long"}),
            "connect",
            None,
        ),
        (json!({"status": "FAILED"}), "FAILED", None),
        (json!({"duration": 7.0}), "unknown", Some(7)),
    ];
    for (keys, word, seconds) in table {
        let mut call = json!({"id": "wacid.1", "from": "4915", "to": "49301234", "direction": "USER_INITIATED"});
        call.as_object_mut()
            .expect("an object")
            .extend(keys.as_object().expect("keys").clone());
        let reading = under("calls", json!({"calls": [call]}));
        let steps: Vec<&CallStep> = told(&reading, |event| match event {
            Inbound::Call(step) => Some(step),
            _ => None,
        });
        assert_eq!(
            (steps[0].word.as_str(), steps[0].seconds),
            (word, seconds),
            "{keys}"
        );
        assert_eq!(reading.unread.is_empty(), word != "unknown", "{keys}");
    }
}
