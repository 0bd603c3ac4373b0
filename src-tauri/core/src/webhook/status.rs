//! One element of `statuses[]`: a step of an outgoing message (webhook catalogue §4).

use serde_json::Value;

use super::field;
use super::person::{self, Contacts};
use crate::chat::event::{Fingerprint, ItemKey, Peer, Status, Terms};
use crate::chat::identity::Names;
use crate::chat::receipt::Tick;
use crate::chat::view::Failure;

/// Whom the message was sent to, as the status itself says.
pub(super) fn names_of_recipient(item: &Value) -> Names {
    // Meta uses two names for the portfolio's id in two examples of one page.
    let parents = ["parent_recipient_user_id", "parent_user_id"];
    let names = person::names(item, "recipient_id", "recipient_user_id", &parents);
    let on_premises = item
        .get("message")
        .and_then(|message| field::text(message, "recipient_id"))
        .map(|id| Names::from_untyped(&id))
        .unwrap_or_default();
    names.or(on_premises)
}

/// Reads one element, which must be an object.
pub(super) fn read(
    item: &Value,
    message: ItemKey,
    fingerprint: Fingerprint,
    contacts: &Contacts<'_>,
) -> Status {
    let recipient = field::first_text(item, &["recipient_id", "recipient_user_id"]);
    let is_group = field::text(item, "recipient_type").as_deref() == Some("group");
    let peer = match (&recipient, is_group) {
        (Some(group), true) => Peer::Group {
            id: group.clone(),
            author: None,
        },
        (Some(_) | None, _) => person::peer(contacts.complete(names_of_recipient(item))),
    };
    Status {
        message,
        word: field::text(item, "status").unwrap_or_else(|| "unknown".to_owned()),
        at: field::time(item, "timestamp"),
        recipient,
        participant: participant(item),
        peer,
        failure: failure(item),
        terms: terms(item),
        fingerprint,
    }
}

/// Words beyond the ladder of ticks that are documented: of an older API, and of payments (webhook catalogue §4).
const ASIDE: [&str; 6] = [
    "deleted", "warning", "pending", "captured", "success", "canceled",
];

/// Whether the provider documents this word.
pub(super) fn is_known(word: &str) -> bool {
    Tick::from_word(word).is_some() || ASIDE.contains(&word)
}

/// The member of the group, under any of the names that Meta's pages give it.
fn participant(item: &Value) -> Option<String> {
    field::first_text(
        item,
        &[
            "recipient_participant_id",
            "participant_recipient_id",
            "recipient_participant_user_id",
        ],
    )
}

/// The first error of an item.
pub(super) fn failure(item: &Value) -> Option<Failure> {
    field::list(item, "errors").first().map(failure_of)
}

/// One error object. Only its code is reliable (webhook catalogue §4.2).
pub(super) fn failure_of(error: &Value) -> Failure {
    let details = error
        .get("error_data")
        .and_then(|data| field::text(data, "details"))
        .or_else(|| field::text(error, "details"));
    Failure {
        code: field::integer(error, "code"),
        title: field::first_text(error, &["title", "message"]),
        details,
    }
}

fn terms(item: &Value) -> Option<Terms> {
    let nothing = Value::Null;
    let conversation = item.get("conversation").unwrap_or(&nothing);
    // A page about groups nests the price inside the conversation.
    let pricing = item
        .get("pricing")
        .or_else(|| conversation.get("pricing"))
        .unwrap_or(&nothing);
    let terms = Terms {
        conversation: field::text(conversation, "id"),
        origin: conversation
            .get("origin")
            .and_then(|origin| field::text(origin, "type")),
        expires_at: field::time(conversation, "expiration_timestamp").map(|time| time.millis()),
        billable: field::flag(pricing, "billable"),
        pricing_model: field::text(pricing, "pricing_model"),
        pricing_type: field::text(pricing, "type"),
        category: field::text(pricing, "category"),
        callback_data: field::text(item, "biz_opaque_callback_data"),
    };
    (terms != Terms::default()).then_some(terms)
}
