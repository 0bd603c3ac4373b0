//! LINK Mobility's flat SMS notification, which may arrive at the same URL (webhook catalogue §9).
//!
//! It is kept as a notice with a readable line. It is not yet a conversation of its own.

use serde_json::Value;

use super::field;
use crate::chat::event::{ItemKey, Notice};
use crate::chat::preview;
use crate::chat::time::Timestamp;

/// The keys that only this notification has.
const KEYS: [&str; 3] = ["messageType", "notificationId", "senderAddress"];

/// Whether a body is such a notification: two of its three telling keys are enough, since any may be missing.
pub(super) fn is_notification(body: &Value) -> bool {
    KEYS.iter().filter(|key| body.get(key).is_some()).count() >= 2
}

/// Whether its type is one that the provider documents.
pub(super) fn is_known(body: &Value) -> bool {
    matches!(
        body.get("messageType").and_then(Value::as_str),
        Some("text" | "binary" | "deliveryReport")
    )
}

/// Reads the notification.
pub(super) fn read(body: &Value, key: ItemKey) -> Notice {
    let at = ["deliveredOn", "sentOn"]
        .iter()
        .find_map(|key| Timestamp::from_rfc3339(&field::text(body, key)?));
    let summary = match body.get("messageType").and_then(Value::as_str) {
        Some("text") => {
            let text = field::text(body, "textMessageContent").unwrap_or_default();
            format!("SMS: {}", preview::of_text(&text))
        }
        Some("binary") => "SMS with binary content".to_owned(),
        Some("deliveryReport") => {
            let status = field::text(body, "deliveryReportMessageStatus");
            format!("SMS {}", status.as_deref().unwrap_or("delivery report"))
        }
        Some(_) | None => "SMS notification of an unknown type".to_owned(),
    };
    Notice {
        key,
        field: "sms".to_owned(),
        at,
        summary,
    }
}
