//! JSON as providers send it, which is wider than what a strict tree can hold.
//!
//! The grammar is `serde_json`'s and so is the verdict on what is JSON. Four things that are valid JSON but fit no
//! [`serde_json::Value`] are made to fit, so that they cost nothing but themselves: a lone surrogate becomes U+FFFD, a number
//! beyond a double becomes its text, nesting beyond [`DEEPEST`] becomes null, and of a repeated key all list elements count.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::NotJson;

/// Nesting that is still read. The deepest thing that Meta documents, a contact card in an edit in a history, is at 16; the
/// bound keeps recursion, here and when the tree is dropped, far from the end of the stack.
const DEEPEST: usize = 96;

/// Reads a body into a tree.
pub(super) fn read(body: &[u8]) -> Result<Value, NotJson> {
    let text = std::str::from_utf8(body).map_err(|_| not_json(body, "it is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match tree(text) {
        Ok(tree) => Ok(tree),
        Err(error) => {
            // A raw value is checked against the grammar alone, without building anything.
            serde_json::from_str::<&RawValue>(text)
                .map_err(|_| not_json(body, &position(&error)))?;
            Ok(tree(&mend(text)).unwrap_or(Value::Null))
        }
    }
}

/// Where the reading stopped. `serde_json`'s own message is not passed on, since it may quote the body.
fn position(error: &serde_json::Error) -> String {
    if error.is_eof() {
        "it ends too early".to_owned()
    } else {
        format!(
            "it breaks off at line {}, column {}",
            error.line(),
            error.column()
        )
    }
}

fn not_json(body: &[u8], reason: &str) -> NotJson {
    let reason = match body.trim_ascii_start().first() {
        None => "it is empty".to_owned(),
        Some(b'<') => "it looks like XML; choose JSON in the forward rule".to_owned(),
        Some(_) => reason.to_owned(),
    };
    NotJson { reason }
}

fn tree(text: &str) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Tree { depth: 0 }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Rewrites what is valid but does not fit: escapes of lone surrogates, and numbers beyond a double. The text must be JSON.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        mended.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = if rest.starts_with('"') {
            let length = string_length(rest);
            mended.push_str(&without_lone_surrogates(&rest[..length]));
            length
        } else {
            let length = rest
                .find(|c: char| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
                .unwrap_or(rest.len());
            mended.push_str(&fitting_number(&rest[..length]));
            length
        };
        rest = &rest[length..];
    }
    mended.push_str(rest);
    mended
}

/// Length of the string literal that `text` starts with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn without_lone_surrogates(literal: &str) -> Cow<'_, str> {
    if !literal.contains("\\u") {
        return Cow::Borrowed(literal);
    }
    let mut fitting = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(start) = rest.find('\\') {
        fitting.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = match (code_unit(rest), rest.get(6..).and_then(code_unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => {
                fitting.push_str(&rest[..12]);
                12
            }
            (Some(0xD800..=0xDFFF), _) => {
                fitting.push('\u{fffd}');
                6
            }
            _ => {
                fitting.push_str(&rest[..2]);
                2
            }
        };
        rest = &rest[length..];
    }
    fitting.push_str(rest);
    Cow::Owned(fitting)
}

/// The UTF-16 code unit of the `\uXXXX` that `text` starts with.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

fn fitting_number(literal: &str) -> Cow<'_, str> {
    match literal.parse::<f64>() {
        Ok(number) if number.is_finite() => Cow::Borrowed(literal),
        Ok(_) | Err(_) => Cow::Owned(format!("\"{literal}\"")),
    }
}

/// Builds the tree, counting depth.
struct Tree {
    depth: usize,
}

impl Tree {
    const fn inner(&self) -> Self {
        Self {
            depth: self.depth + 1,
        }
    }

    const fn is_too_deep(&self) -> bool {
        self.depth >= DEEPEST
    }
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.is_too_deep() {
            // Skipping is iterative, so it has no depth of its own to run out of.
            return deserializer
                .deserialize_ignored_any(IgnoredAny)
                .map(|_| Value::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element_seed(self.inner())? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let value = access.next_value_seed(self.inner())?;
            match (object.get_mut(&key), value) {
                (Some(Value::Array(so_far)), Value::Array(more)) => so_far.extend(more),
                // One object stands for a list of it, wherever it is read.
                (Some(Value::Array(so_far)), single @ Value::Object(_)) => so_far.push(single),
                (
                    Some(Value::Array(_)),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_),
                ) => {}
                (_, value) => {
                    object.insert(key, value);
                }
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{DEEPEST, read};

    #[test]
    fn what_fits_no_tree_costs_nothing_but_itself() {
        let table = [
            (
                r#"{"a":"\ud83d\ude00 \ud83d \\ud83d \ude00\n"}"#,
                json!({"a": "😀 \u{fffd} \\ud83d \u{fffd}\n"}),
            ),
            (
                r#"{"a":1e999,"b":-1e999,"c":"1e999"}"#,
                json!({"a": "1e999", "b": "-1e999", "c": "1e999"}),
            ),
            (
                r#"{"\ud800":[1,2.5,-3]}"#,
                json!({"\u{fffd}": [1, 2.5, -3]}),
            ),
            (
                r#"{"m":[1],"x":1,"m":[2,3],"x":2}"#,
                json!({"m": [1, 2, 3], "x": 2}),
            ),
            (
                r#"{"m":[1],"m":null,"m":{"a":2},"m":"x"}"#,
                json!({"m": [1, {"a": 2}]}),
            ),
            ("\u{feff}{\"a\":1}", json!({"a": 1})),
            ("18446744073709551615", json!(u64::MAX)),
        ];
        for (body, expected) in table {
            assert_eq!(read(body.as_bytes()), Ok(expected), "{body}");
        }
    }

    #[test]
    fn nesting_is_cut_where_it_is_deep_and_nowhere_else() {
        for levels in [DEEPEST * 2, 200_000] {
            let body = format!(
                r#"{{"deep":{}{},"beside":7}}"#,
                "[".repeat(levels),
                "]".repeat(levels)
            );
            let tree = read(body.as_bytes()).expect("deep nesting is JSON");
            assert_eq!(tree["beside"], json!(7), "the neighbour is still there");
            assert!(tree["deep"].is_array());
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_a_reason() {
        let table: [(&[u8], &str); 8] = [
            (b"", "it is empty"),
            (b" \n", "it is empty"),
            (b"halo", "it breaks off at line 1, column 1"),
            (br#"{"a":1,}"#, "it breaks off at line 1, column 8"),
            (br#"{"a":1} {"a":2}"#, "it breaks off at line 1, column 9"),
            (br#"{"a":"#, "it ends too early"),
            (
                b"<?xml version=\"1.0\"?>",
                "it looks like XML; choose JSON in the forward rule",
            ),
            (b"\"\xff\"", "it is not UTF-8 text"),
        ];
        for (body, reason) in table {
            let error = read(body).expect_err("not JSON");
            assert_eq!(error.reason, reason, "{:?}", String::from_utf8_lossy(body));
        }
    }
}
