//! Damage of every sort: it costs no more than what it hit.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{envelope, messages, read, statuses, text, value};
use crate::webhook::interpret;

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
        // Skipping looks into no text, but bytes that are not UTF-8 are no JSON either.
        let is_json = std::str::from_utf8(&body)
            .is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
        prop_assert_eq!(interpret(&body).is_ok(), is_json);
    }
}
