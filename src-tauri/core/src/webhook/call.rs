//! Calls: the elements of `calls[]`, and the steps of calls in `statuses[]` (webhook catalogue §4, §5).

use serde_json::Value;

use super::person::{self, Contacts};
use super::{field, status};
use crate::chat::event::{CallStep, ItemKey};
use crate::chat::identity::Names;
use crate::chat::view::Direction;

/// Who was called or called, as the element itself says.
pub(super) fn names_of_customer(item: &Value) -> Names {
    match direction(item) {
        Some(Direction::Out) => person::names(item, "to", "to_user_id", &["to_parent_user_id"]),
        Some(Direction::In) | None => {
            person::names(item, "from", "from_user_id", &["from_parent_user_id"])
        }
    }
}

/// Reads one of `calls[]`, which must be an object.
pub(super) fn read(item: &Value, call: ItemKey, contacts: &Contacts<'_>) -> CallStep {
    CallStep {
        call,
        peer: person::peer(contacts.complete(names_of_customer(item))),
        direction: direction(item),
        word: word(item),
        at: field::time(item, "timestamp"),
        seconds: field::integer(item, "duration").filter(|seconds| *seconds >= 0),
        failure: status::failure(item),
        fingerprint: 0,
    }
}

/// Reads one of the `statuses[]` that is about a call.
pub(super) fn read_status(item: &Value, call: ItemKey, contacts: &Contacts<'_>) -> CallStep {
    CallStep {
        call,
        peer: person::peer(contacts.complete(status::names_of_recipient(item))),
        direction: None,
        word: field::text(item, "status").unwrap_or_else(|| "unknown".to_owned()),
        at: field::time(item, "timestamp"),
        seconds: None,
        failure: status::failure(item),
        fingerprint: 0,
    }
}

fn direction(item: &Value) -> Option<Direction> {
    match field::text(item, "direction").as_deref() {
        Some("USER_INITIATED") => Some(Direction::In),
        Some("BUSINESS_INITIATED") => Some(Direction::Out),
        Some(_) | None => None,
    }
}

/// A call that ended says how in `status`. Meta's page shows all that it can say as a list, which says nothing.
fn word(item: &Value) -> String {
    field::first_text(item, &["status", "event"]).unwrap_or_else(|| "unknown".to_owned())
}
