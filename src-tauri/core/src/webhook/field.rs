//! Tolerant looks into a JSON tree.
//!
//! The same field comes as text, as a number, as null, or not at all, depending on who sends it (webhook catalogue §8). These
//! functions say what was meant, or nothing; they never fail.

use serde_json::Value;

use crate::chat::time::Timestamp;

/// The text of a field that may come as a number. Empty text is as good as none.
pub(super) fn text(object: &Value, key: &str) -> Option<String> {
    as_text(object.get(key)?)
}

/// The same for a value in hand.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The whole number of a field that may come as text.
pub(super) fn integer(object: &Value, key: &str) -> Option<i64> {
    match object.get(key)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A double that stands for a whole number, as some serialisers write one (`1672531200.0`).
fn whole(number: f64) -> Option<i64> {
    let is_exact = number.fract() == 0.0 && number.abs() < 9e15;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small enough"
    )]
    is_exact.then_some(number as i64)
}

/// The yes or no of a field that may come as text.
pub(super) fn flag(object: &Value, key: &str) -> Option<bool> {
    match object.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The time of a field that holds seconds, as text or number.
pub(super) fn time(object: &Value, key: &str) -> Option<Timestamp> {
    integer(object, key).and_then(Timestamp::from_payload)
}

/// The number of a field that may come as text.
pub(super) fn decimal(object: &Value, key: &str) -> Option<f64> {
    let number = match object.get(key)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    number.filter(|number| number.is_finite())
}

/// The text of the first of these fields that has one.
pub(super) fn first_text(object: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(object, key))
}

/// The texts in a list; a single text stands for a list of one.
pub(super) fn list_of_text(object: &Value, key: &str) -> Vec<String> {
    match object.get(key) {
        Some(Value::Array(elements)) => elements.iter().filter_map(as_text).collect(),
        Some(single) => as_text(single).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A word of the payload's own vocabulary, for the event log. Anything that does not look like such a word is not repeated,
/// since it could be what somebody wrote.
pub(super) fn word(text: &str) -> &str {
    let looks_like_a_word = !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    if looks_like_a_word {
        text
    } else {
        "(unreadable)"
    }
}

/// The elements of a field that should be a list. A single object stands for a list of one; anything else is empty.
pub(super) fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    match object.get(key) {
        Some(Value::Array(elements)) => elements,
        Some(single @ Value::Object(_)) => std::slice::from_ref(single),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => &[],
    }
}

/// Takes out what no archive, popup or window can hold: U+0000 and its kin, but not line breaks and tabs.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}
