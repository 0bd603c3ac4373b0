//! Collected payloads of real senders, where they lie beside the repo; they are not part of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bluetick::{Serve, messages};
use crate::support::data_dir::DataDir;
use crate::support::http::post;

/// Kinds that change another message and are none themselves.
const AMENDMENTS: [&str; 3] = ["reaction", "edit", "revoke"];

type Keys = BTreeSet<Vec<Option<String>>>;

#[test]
fn every_collected_payload_is_answered_and_counted_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/payloads");
    if !folder.exists() {
        println!("{} is not there, so nothing was posted", folder.display());
        return;
    }
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (mut expected_messages, mut expected_statuses) = (Keys::new(), Keys::new());
    let mut also_kept = Keys::new();
    let files = files(&folder);
    for file in &files {
        let body = fs::read(file).expect("the file can be read");
        let answer = post(&serve.hook, &body);
        let json = serde_json::from_slice::<Value>(&body);
        let expected = if json.is_ok() { 200 } else { 400 };
        assert_eq!(
            answer.status,
            expected,
            "{}: {}",
            file.display(),
            answer.body
        );
        for value in json.iter().flat_map(values) {
            let channel = text(&value["metadata"]["phone_number_id"]);
            // A number that is shared between two systems gets its items one level deeper.
            for value in [value, &value["standby"]] {
                for message in items(&value["messages"]) {
                    let kind = message["type"].as_str().unwrap_or_default();
                    if !AMENDMENTS.contains(&kind) {
                        expected_messages.insert(vec![channel.clone(), text(&message["id"])]);
                    }
                }
                for message in told_otherwise(value) {
                    also_kept.insert(vec![channel.clone(), text(&message["id"])]);
                }
                for status in items(&value["statuses"]) {
                    let whom = [
                        "recipient_participant_id",
                        "participant_recipient_id",
                        "recipient_participant_user_id",
                        "recipient_id",
                        "recipient_user_id",
                    ];
                    let whom = whom.iter().find_map(|key| text(&status[key]));
                    let step = text(&status["status"]);
                    let id = text(&status["id"]);
                    expected_statuses.insert(vec![channel.clone(), id, step, whom]);
                }
            }
        }
    }

    let (mut kept_messages, mut kept_statuses) = (Keys::new(), Keys::new());
    for message in messages(&data_dir) {
        let key = vec![text(&message["channel"]), text(&message["id"])];
        for status in items(&message["statuses"]) {
            let whom = text(&status["participant"]).or_else(|| text(&status["recipient"]));
            let mut key = key.clone();
            key.extend([text(&status["status"]), whom]);
            kept_statuses.insert(key);
        }
        // A message that is known by its statuses only stands in no `messages[]`.
        if message["type"] != "unknown" || message["direction"] == "in" {
            kept_messages.insert(key);
        }
    }
    println!(
        "posted {} files: {} messages, {} statuses",
        files.len(),
        expected_messages.len(),
        expected_statuses.len()
    );
    let missing: Vec<_> = expected_messages.difference(&kept_messages).collect();
    assert!(missing.is_empty(), "messages not kept: {missing:?}");
    let missing: Vec<_> = expected_statuses.difference(&kept_statuses).collect();
    assert!(missing.is_empty(), "statuses not kept: {missing:?}");
    let invented: Vec<_> = kept_statuses.difference(&expected_statuses).collect();
    assert!(invented.is_empty(), "statuses nobody told: {invented:?}");
    kept_messages.retain(|key| !also_kept.contains(key) || expected_messages.contains(key));
    let invented: Vec<_> = kept_messages.difference(&expected_messages).collect();
    assert!(invented.is_empty(), "messages nobody sent: {invented:?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            found.extend(files(&path));
        } else if name != "INDEX.tsv" && name != "SOURCES.md" {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every value of a body, whatever it is wrapped in.
fn values(body: &Value) -> Vec<&Value> {
    match body {
        Value::Array(bodies) => bodies.iter().flat_map(values).collect(),
        Value::Object(object) => match (object.get("whatsappNotification"), object.get("entry")) {
            (Some(wrapped), _) => values(wrapped),
            (None, Some(entries)) => items(entries)
                .flat_map(|entry| items(&entry["changes"]))
                .map(|change| &change["value"])
                .collect(),
            (None, None) => vec![body],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Messages that stand elsewhere than in `messages[]`: what the business wrote on their phone, and what was before.
fn told_otherwise(value: &Value) -> impl Iterator<Item = &Value> {
    let threads = items(&value["history"]).flat_map(|chunk| items(&chunk["threads"]));
    items(&value["message_echoes"]).chain(threads.flat_map(|thread| items(&thread["messages"])))
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
