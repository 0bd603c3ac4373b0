//! The outer shapes of a body, down to the values that hold the items.

use serde_json::Value;

use super::value::{Change, Reader};
use super::{field, json, sms};

/// Lists in lists are read to here. Nobody is known to send more than one level.
const DEEPEST_LIST: usize = 4;

/// Reads a whole body.
pub(super) fn read(root: &Value, reader: &mut Reader) {
    read_any(root, reader, 0);
}

fn read_any(body: &Value, reader: &mut Reader, depth: usize) {
    match body {
        Value::Array(bodies) if bodies.is_empty() => {
            reader.not_understood("a list of nothing stands where a notification should");
        }
        Value::Array(bodies) if depth < DEEPEST_LIST => {
            for body in bodies {
                read_any(body, reader, depth + 1);
            }
        }
        Value::Object(_) => read_object(body, reader, depth),
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            reader.not_understood("the body is no object");
        }
    }
}

fn read_object(body: &Value, reader: &mut Reader, depth: usize) {
    if let Some(wrapped) = body.get("whatsappNotification") {
        read_wrapped(wrapped, reader, depth);
    } else if body.get("entry").is_some() {
        read_envelope(body, reader);
    } else if body.get("changes").is_some() {
        read_entry(body, reader);
    } else if let Some(value) = body.get("value").filter(|value| value.is_object()) {
        reader.value(change_of(body, Change::default()), value);
    } else if sms::is_notification(body) {
        reader.sms(body);
    } else {
        // A bare value, or something nobody has described yet: the reader of values tells them apart.
        reader.value(Change::default(), body);
    }
}

/// LINK Mobility's wrapper (webhook catalogue §9). The inner notification may come as an object or as text that holds one.
fn read_wrapped(wrapped: &Value, reader: &mut Reader, depth: usize) {
    match wrapped {
        Value::String(text) if depth < DEEPEST_LIST => match json::read(text.as_bytes()) {
            Ok(inner) => read_any(&inner, reader, depth + 1),
            Err(_) => reader.not_understood("whatsappNotification is text that is not JSON"),
        },
        Value::Object(_) | Value::Array(_) if depth < DEEPEST_LIST => {
            read_any(wrapped, reader, depth + 1);
        }
        Value::Object(_)
        | Value::Array(_)
        | Value::String(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_) => reader.not_understood("whatsappNotification is no object"),
    }
}

fn read_envelope(envelope: &Value, reader: &mut Reader) {
    let entries = field::list(envelope, "entry");
    if entries.is_empty() {
        reader.not_understood("the envelope has no entry");
    }
    for entry in entries {
        read_entry(entry, reader);
    }
}

fn read_entry(entry: &Value, reader: &mut Reader) {
    let changes = field::list(entry, "changes");
    if changes.is_empty() {
        reader.not_understood("an entry has no changes");
    }
    let around = Change {
        field: None,
        account: entry.get("id").and_then(Value::as_str),
        at: field::time(entry, "time"),
    };
    for change in changes {
        let told = change_of(change, around);
        match change.get("value") {
            Some(Value::Array(values)) if !values.is_empty() => {
                for value in values {
                    reader.value(told, value);
                }
            }
            Some(value) => reader.value(told, value),
            // Some libraries flatten a change and its value into one.
            None => reader.value(told, change),
        }
    }
}

fn change_of<'a>(change: &'a Value, around: Change<'a>) -> Change<'a> {
    let within = change.get("value").and_then(|value| value.get("field"));
    Change {
        field: change.get("field").or(within).and_then(Value::as_str),
        ..around
    }
}
