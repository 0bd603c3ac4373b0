//! Bytes from anybody go in; whatever they are, reading them ends, says the same twice, and says something.

#![no_main]

use bluetick_core::webhook::interpret;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;

fuzz_target!(|body: &[u8]| {
    let reading = interpret(body);
    assert!(reading == interpret(body), "reading twice says the same");
    assert!(
        reading.is_ok() == is_json(body),
        "JSON is read, and nothing else"
    );
    let is_object = body.trim_ascii_start().first() == Some(&b'{');
    if let (Ok(reading), true) = (reading, is_object) {
        assert!(
            !reading.items.is_empty() || !reading.unread.is_empty(),
            "an object never vanishes without a word"
        );
    }
});

/// Whether the bytes are JSON as RFC 8259 defines it: in UTF-8, a byte order mark allowed.
fn is_json(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else {
        return false;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
