//! LINK Mobility's flat SMS notification, which may arrive at the same URL (webhook catalogue §9).
//!
//! A text is a message on the channel of the number or short code that it was sent to; a delivery report is a step of a message
//! that another system sent. What the portal calls statuses are its own words; they are put beside Meta's where they mean the
//! same.

use serde_json::Value;

use super::field;
use crate::chat::content::Content;
use crate::chat::event::{Channel, Inbound, ItemKey, Message, Peer, Person, Status, Telling};
use crate::chat::identity::{Names, digits_of};
use crate::chat::notice::{Concern, Notice, Topic};
use crate::chat::time::Timestamp;
use crate::chat::view::{ChannelKind, Direction, Failure};

/// The keys that only this notification has.
const KEYS: [&str; 3] = ["messageType", "notificationId", "senderAddress"];

/// Whether a body is such a notification: two of its three telling keys are enough, since any may be missing.
pub(super) fn is_notification(body: &Value) -> bool {
    KEYS.iter().filter(|key| body.get(key).is_some()).count() >= 2
}

/// Whether its type is one that the provider documents.
pub(super) fn is_described(body: &Value) -> bool {
    let kind = body.get("messageType").and_then(Value::as_str);
    matches!(kind, Some("text" | "binary" | "deliveryReport"))
}

/// Reads the notification. One of an unknown type becomes a notice.
pub(super) fn read(body: &Value, key: ItemKey) -> (Channel, Inbound) {
    let event = match body.get("messageType").and_then(Value::as_str) {
        Some("text") => {
            let text = field::text(body, "textMessageContent");
            message(body, key, Content::Text, text)
        }
        Some("binary") => {
            let parts = field::list_of_text(body, "binaryMessageContent");
            message(body, key, Content::Bytes { parts }, None)
        }
        Some("deliveryReport") => report(body, key),
        Some(_) | None => Inbound::Notice(Notice {
            key,
            field: "sms".to_owned(),
            topic: Topic::Unknown,
            at: time(body, "sentOn"),
            line: "SMS notification of an unknown type".to_owned(),
            facts: Vec::new(),
            concern: Concern::Nothing,
        }),
    };
    let own = field::text(body, "recipientAddress");
    let channel = Channel {
        id: own.clone(),
        number: own,
        ..Channel::unnamed(ChannelKind::Sms)
    };
    (channel, event)
}

fn message(body: &Value, key: ItemKey, content: Content, text: Option<String>) -> Inbound {
    Inbound::Message(Box::new(Message {
        key,
        peer: peer(field::text(body, "senderAddress")),
        direction: Direction::In,
        telling: Telling::Live,
        kind: field::text(body, "messageType").unwrap_or_default(),
        text,
        content,
        referral: None,
        problem: None,
        tick: None,
        sent_at: time(body, "sentOn"),
        context: None,
        fingerprint: 0,
    }))
}

/// A report is about the message of `transferId`, which the portal gave to whoever sent it. Its sender is the phone that the
/// message went to; the address that it was sent from is not told.
fn report(body: &Value, key: ItemKey) -> Inbound {
    let told = field::text(body, "deliveryReportMessageStatus");
    let (word, failure) = match told.as_deref() {
        Some("accepted") => ("sent", None),
        Some("delivered") => ("delivered", None),
        Some(reason @ ("undelivered" | "expired" | "deleted" | "rejected")) => {
            ("failed", Some(reason))
        }
        Some(other) => (other, None),
        None => ("unknown", None),
    };
    let recipient = field::text(body, "senderAddress");
    Inbound::Status(Status {
        message: field::first_text(body, &["transferId", "clientMessageId"])
            .map_or(key, ItemKey::Id),
        word: word.to_owned(),
        at: time(body, "deliveredOn").or_else(|| time(body, "sentOn")),
        peer: peer(recipient.clone()),
        recipient,
        participant: None,
        failure: failure.map(|reason| Failure {
            code: None,
            title: Some(reason.to_owned()),
            details: None,
        }),
        terms: None,
        fingerprint: 0,
    })
}

/// Numbers are people; an alphanumeric sender is known by its name.
fn peer(address: Option<String>) -> Peer {
    let Some(address) = address else {
        return Peer::Nobody;
    };
    let names = match digits_of(&address) {
        Some(number) => Names {
            wa_id: Some(number),
            ..Names::default()
        },
        None => Names {
            user_id: Some(address),
            ..Names::default()
        },
    };
    Peer::Person(Person {
        names,
        ..Person::default()
    })
}

fn time(body: &Value, key: &str) -> Option<Timestamp> {
    Timestamp::from_rfc3339(&field::text(body, key)?)
}
