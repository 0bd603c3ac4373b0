//! A stored thing on one line, field by field, for a row of the catalogue to name all of it.

use serde_json::Value;

/// What is stored of something, as JSON.
pub(super) fn serialised(told: &impl serde::Serialize) -> Value {
    serde_json::to_value(told).expect("it can be serialised")
}

/// What an object says: its kind, and every field that is neither missing nor false nor empty.
pub(super) fn flat(told: &Value) -> String {
    let mut words = Vec::new();
    words.extend(told["kind"].as_str().map(str::to_owned));
    collect(told, "", &mut words);
    words.join(" ")
}

fn collect(told: &Value, path: &str, words: &mut Vec<String>) {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match told {
        Value::Object(object) => {
            if let (2, Some(Value::String(name)), Some(Value::String(value))) =
                (object.len(), object.get("name"), object.get("value"))
            {
                words.push(format!("{path}.{name}={value}"));
                return;
            }
            for (name, value) in object {
                if name != "kind" || !path.is_empty() {
                    collect(value, &below(name), words);
                }
            }
        }
        Value::Array(elements) => {
            for (number, element) in elements.iter().enumerate() {
                collect(element, &below(&number.to_string()), words);
            }
        }
        Value::String(text) if text.is_empty() => words.push(format!("{path}=\"\"")),
        Value::String(text) => words.push(format!("{path}={}", text.replace('\n', "\\n"))),
        Value::Number(number) => words.push(format!("{path}={number}")),
        Value::Bool(true) => words.push(path.to_owned()),
        Value::Bool(false) | Value::Null => {}
    }
}
