//! One element of `statuses[]`: a step of an outgoing message (webhook catalogue §4).

use serde_json::Value;

use super::field;
use super::person::{self, Contacts};
use crate::chat::event::{ItemKey, Peer, Status, Terms};
use crate::chat::identity::Names;
use crate::chat::receipt::Tick;
use crate::chat::view::Failure;

/// Whom the message was sent to, as the status itself says.
pub(super) fn names_of_recipient(item: &Value) -> Names {
    // Meta uses two names for the portfolio's id in two examples of one page.
    let parents = ["parent_recipient_user_id", "parent_user_id"];
    let names = person::names(item, "recipient_id", "recipient_user_id", &parents);
    let on_premises = on_premises(item).map(|id| Names::from_untyped(&id));
    names.or(on_premises.unwrap_or_default())
}

/// Where an older API puts the recipient.
fn on_premises(item: &Value) -> Option<String> {
    field::text(item.get("message")?, "recipient_id")
}

/// Reads one element, which must be an object.
pub(super) fn read(item: &Value, message: ItemKey, contacts: &Contacts<'_>) -> Status {
    let recipient = field::first_text(item, &["recipient_id", "recipient_user_id"])
        .or_else(|| on_premises(item));
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
        word: word(item),
        at: field::time(item, "timestamp"),
        recipient,
        participant: participant(item),
        peer,
        failure: failure(item),
        terms: terms(item),
        fingerprint: 0,
    }
}

/// Words beyond the ladder of ticks that are documented: of an older API, and of payments (webhook catalogue §4).
const ASIDE: [&str; 7] = [
    "deleted",
    "warning",
    "pending",
    "captured",
    "success",
    "canceled",
    "payment_failed",
];

/// Whether the provider documents this word.
pub(super) fn is_known(word: &str) -> bool {
    Tick::from_word(word).is_some() || ASIDE.contains(&word)
}

/// What the step is called. A payment that failed says nothing about the message that asked for it, so it must not look like the
/// step of that name.
fn word(item: &Value) -> String {
    let word = field::text(item, "status").unwrap_or_else(|| "unknown".to_owned());
    let is_payment = field::text(item, "type").as_deref() == Some("payment");
    if is_payment && Tick::from_word(&word).is_some() {
        format!("payment_{word}")
    } else {
        word
    }
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
