//! Deliveries as a provider sends them, made here so that each test names what matters to it.

use serde_json::{Value, json};

/// Id of the business number that everything is sent to.
pub(crate) const NUMBER: &str = "104500000000001";

/// Somebody who writes to the business. 555-01xx numbers belong to nobody.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Customer {
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) const MINA: Customer = Customer {
    number: "15550111",
    name: "Mina Okafor",
};

/// Meta's envelope around values of the field `messages`.
pub(crate) fn envelope(values: &[Value]) -> Value {
    let changes = values
        .iter()
        .map(|value| json!({"field": "messages", "value": value}));
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": "200600000000001", "changes": changes.collect::<Vec<_>>()}],
    })
}

/// A text message of a customer, in Meta's bare envelope.
pub(crate) fn text(id: &str, from: Customer, text: &str) -> Value {
    envelope(&[json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550199", "phone_number_id": NUMBER},
        "contacts": [{"profile": {"name": from.name}, "wa_id": from.number}],
        "messages": [{
            "from": from.number, "id": id, "timestamp": "1790000000", "type": "text", "text": {"body": text},
        }],
    })])
}

/// A step of a message to a customer, `seconds` after it was sent.
pub(crate) fn status(id: &str, to: Customer, status: &str, seconds: u32) -> Value {
    envelope(&[json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550199", "phone_number_id": NUMBER},
        "statuses": [{
            "id": id, "status": status, "timestamp": (1_790_000_100 + seconds).to_string(), "recipient_id": to.number,
        }],
    })])
}
