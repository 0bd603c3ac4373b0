//! What becomes of deliveries in the archive, from the POST to the export.

use serde_json::{Value, json};

use crate::bluetick::{Serve, deliveries, export, messages};
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, MINA, NUMBER, status, text};

fn take(serve: &Serve, body: impl AsRef<[u8]>) {
    let answer = post(&serve.hook, body);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn the_same_delivery_ten_times_is_one_message() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let body = text("wamid.again", MINA, "Once is enough").to_string();
    for _ in 0..10 {
        take(&serve, &body);
    }
    let export = export(&data_dir);
    assert_eq!(export.len(), 1, "{export:?}");
    assert_eq!(
        deliveries(&data_dir, "all").len(),
        10,
        "the event log says how often it came"
    );
}

#[test]
fn ticks_only_go_up() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    // Providers promise no order: the highest comes first here.
    for (step, seconds) in [("read", 9), ("delivered", 2), ("sent", 1)] {
        take(&serve, status("wamid.out", MINA, step, seconds).to_string());
    }
    let messages = messages(&data_dir);
    assert_eq!(messages.len(), 1, "three steps of one message");
    let message = &messages[0];
    assert_eq!(message["status"], "read");
    assert_eq!(
        (&message["direction"], &message["type"], &message["text"]),
        (&json!("out"), &json!("unknown"), &Value::Null),
        "another system sent it, so only its steps are known"
    );
    let steps = message["statuses"].as_array().expect("every step is told");
    let words: Vec<_> = steps.iter().map(|step| &step["status"]).collect();
    assert_eq!(
        words,
        ["sent", "delivered", "read"],
        "in the order in which they happened"
    );
    assert_eq!(
        steps[1]["at"], "2026-09-21T14:15:02Z",
        "each with its own time"
    );
}

#[test]
fn a_failure_says_why() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let mut failed = status("wamid.failed", MINA, "failed", 1);
    failed["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"] = json!([{
        "code": 131_026, "title": "Message undeliverable", "error_data": {"details": "No such phone."},
    }]);
    take(&serve, failed.to_string());
    let messages = messages(&data_dir);
    assert_eq!(messages[0]["status"], "failed");
    assert_eq!(
        messages[0]["statuses"][0]["error"],
        json!({"code": 131_026, "title": "Message undeliverable", "details": "No such phone."})
    );
}

#[test]
fn every_item_of_a_delivery_counts() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    // Two entries of two changes with three messages each.
    take(&serve, include_bytes!("../fixtures/two-entries.json"));
    let mut texts: Vec<_> = messages(&data_dir)
        .iter()
        .map(|message| message["text"].as_str().unwrap_or_default().to_owned())
        .collect();
    texts.sort();
    let expected: Vec<_> = (1..=12)
        .map(|number| format!("Order line {number:02}"))
        .collect();
    assert_eq!(texts, expected);
}

#[test]
fn a_text_reads_the_same_in_every_language() {
    let languages: [(&str, &[u8]); 4] = [
        (
            "LINK's wrapper",
            include_bytes!("../fixtures/text-link-wrapper.json"),
        ),
        (
            "Meta's envelope",
            include_bytes!("../fixtures/text-envelope.json"),
        ),
        (
            "the inner value",
            include_bytes!("../fixtures/text-value.json"),
        ),
        (
            "a list of envelopes",
            include_bytes!("../fixtures/text-list.json"),
        ),
    ];
    for (language, body) in languages {
        let data_dir = DataDir::new();
        let serve = Serve::start(&data_dir);
        take(&serve, body);
        let mut messages = messages(&data_dir);
        assert_eq!(messages.len(), 1, "{language}");
        let mut message = messages.remove(0);
        let received = message["receivedAt"].take();
        assert!(received.is_string(), "{language}");
        assert_eq!(
            message,
            json!({
                "record": "message", "channel": NUMBER, "channelKind": "whatsapp", "channelNumber": "15550199",
                "conversation": 1, "group": null,
                "contact": {"name": "Jonas Thorn", "waId": "15550122", "userId": null, "username": null},
                "id": "wamid.fixture.text", "direction": "in", "type": "text",
                "text": "Two loaves for Saturday, please 🥖", "media": null, "location": null, "content": null,
                "context": null, "referral": null, "problem": null,
                "reactions": [], "editedAt": null, "revokedAt": null, "sentAt": "2026-09-21T14:13:20Z",
                "receivedAt": null, "status": null, "statuses": [], "delivery": 1,
            }),
            "{language}"
        );
    }
}

#[test]
fn text_is_kept_to_the_letter_whatever_it_says() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let texts = [
        "<img src=x onerror=alert(1)><script>window.__xss = 1</script>",
        "'; DROP TABLE messages; --",
        "line one\nline two\ttab \"quoted\" \\ back",
        "\u{202e}moc.live\u{202c} 👩\u{200d}🚒 e\u{301}",
        "{{constructor.constructor('return 1')()}} %s %n ${HOME}",
    ];
    let stranger = Customer {
        number: "15550133",
        name: "<b onmouseover=alert(1)>Eve</b>",
    };
    for (number, words) in texts.iter().enumerate() {
        let id = format!("wamid.hostile{number}");
        take(&serve, text(&id, stranger, words).to_string());
    }
    let messages = messages(&data_dir);
    let kept: Vec<_> = messages
        .iter()
        .map(|message| message["text"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(kept, texts);
    assert_eq!(messages[0]["contact"]["name"], stranger.name);
}
