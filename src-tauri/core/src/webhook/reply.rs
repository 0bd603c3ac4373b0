//! Interactive messages: what a customer chose, or filled in (webhook catalogue §3, `interactive`).

use serde_json::Value;

use super::content::{Understood, named_values};
use super::{field, json};
use crate::chat::content::Content;

/// Answers of a form that are kept apart; the rest stays in the raw delivery.
const MOST_ANSWERS: usize = 200;

/// How deep answers may lie in each other.
const DEEPEST_ANSWER: usize = 4;

/// The forms, by the key of their content.
const FORMS: [&str; 5] = [
    "button_reply",
    "list_reply",
    "nfm_reply",
    "call_permission_reply",
    "payment_method",
];

/// Reads the content of an interactive message. It may be missing, and an error beside the message then says why.
pub(super) fn read(interactive: &Value) -> Understood {
    // The word and the content can disagree (Meta's own address example says `interactive`), so the content decides.
    let form = FORMS
        .iter()
        .find(|form| interactive.get(form).is_some_and(Value::is_object));
    let Some(form) = form else {
        let form = field::text(interactive, "type");
        return Understood::new(Content::Interactive { form }, None);
    };
    let content = &interactive[form];
    let (content, words) = match *form {
        "button_reply" => (
            Content::ButtonReply {
                id: field::text(content, "id"),
            },
            field::text(content, "title"),
        ),
        "list_reply" => (
            Content::ListReply {
                id: field::text(content, "id"),
                description: field::text(content, "description"),
            },
            field::text(content, "title"),
        ),
        "nfm_reply" => (form_reply(interactive, content), None),
        "call_permission_reply" => (call_permission(content), None),
        _ => (
            Content::PaymentMethod {
                method: field::text(content, "payment_method"),
                reference: field::text(content, "reference_id"),
                last_four_digits: field::text(content, "last_four_digits"),
            },
            None,
        ),
    };
    Understood::new(content, words)
}

/// `response_json` is text that holds JSON; it can be missing, broken, no object, or an object outright.
fn form_reply(interactive: &Value, reply: &Value) -> Content {
    let name = field::text(reply, "name").or_else(|| field::text(interactive, "action"));
    let told = reply.get("response_json").unwrap_or(&Value::Null);
    let parsed = match told {
        Value::String(text) => json::read(text.as_bytes()).ok(),
        Value::Object(_) => Some(told.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    match parsed.filter(Value::is_object) {
        Some(answers) => Content::FormReply {
            name,
            answers: named_values(&answers, DEEPEST_ANSWER, MOST_ANSWERS),
            raw: None,
        },
        None => Content::FormReply {
            name,
            answers: Vec::new(),
            raw: field::as_text(told).or_else(|| told.is_array().then(|| told.to_string())),
        },
    }
}

fn call_permission(reply: &Value) -> Content {
    Content::CallPermission {
        granted: match field::text(reply, "response").as_deref() {
            Some("accept") => Some(true),
            Some("reject") => Some(false),
            Some(_) | None => None,
        },
        permanent: field::flag(reply, "is_permanent") == Some(true),
        expires_at: field::time(reply, "expiration_timestamp").map(|time| time.millis()),
        automatic: field::text(reply, "response_source").as_deref() == Some("automatic"),
    }
}
