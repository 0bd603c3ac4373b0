//! Collected payloads of real senders, where they lie beside the repo; they are not part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bluetick::{Serve, deliveries, export};
use crate::support::data_dir::DataDir;
use crate::support::http::post;

/// Kinds that change another message and are none themselves.
const AMENDMENTS: [&str; 3] = ["reaction", "edit", "revoke"];

/// Files of which something is not understood, and why that is right. The malformed ones are refused and not listed.
const NOT_UNDERSTOOD: [(&str, &str); 13] = [
    (
        "froggy1014-ts/test-utils____webhookProcessingData.json",
        "no webhook: a library's test data, in which one is wrapped",
    ),
    (
        "gokapso-ts/normalize-webhook__normalizes_Meta_webhook_payloads_into_unified_structures__payload.json",
        "CONNECTED, a call's status that only one library's test knows",
    ),
    (
        "linkmobility/websms_sms_Parse_String_MissingMessageType_ThrowsJsonException.json",
        "an SMS notification that does not say of what; the provider's library refuses it",
    ),
    (
        "linkmobility/websms_sms_Parse_String_UnknownMessageType_ThrowsJsonException.json",
        "an SMS notification of a type that does not exist; the provider's library refuses it",
    ),
    (
        "linkmobility/websms_sms_Read_DeliveryReport_AllStatusValues_AreParsed.json",
        "a template of a test: its status is {{wireValue}}",
    ),
    (
        "linkmobility/websms_sms_Read_EmptyMessageType_ThrowsJsonException.json",
        "an SMS notification without a type; the provider's library refuses it",
    ),
    (
        "linkmobility/websms_sms_Read_MessageTypeIsCaseSensitive_TitleCaseRejected.json",
        "an SMS notification whose type is spelled wrong; the provider's library refuses it",
    ),
    (
        "linkmobility/websms_sms_Read_NullMessageType_ThrowsJsonException.json",
        "an SMS notification whose type is null; the provider's library refuses it",
    ),
    (
        "linkmobility/websms_sms_Read_NumericMessageType_ThrowsJsonException.json",
        "an SMS notification whose type is a number; the provider's library refuses it",
    ),
    (
        "meta-docs-repaired/grupos-webhooks__06.json",
        "a page's syntax and no example: the type is GROUP_REQUEST_TYPE",
    ),
    (
        "meta-docs-repaired/ligacoes-business_initiated_calls__02.json",
        "a page's syntax and no example: the status is [RINGING|ACCEPTED|REJECTED]",
    ),
    (
        "meta-docs-repaired/pagamentos-pagamentos_na_india-pg__01.json",
        "a page's syntax and no example: the status is [TRANSACTION_STATUS], the message {}",
    ),
    (
        "vaam-rs/messaging_handovers_unknown_type.json",
        "control_shared, which is documented nowhere; the library tests that it is kept",
    ),
];

type Keys = BTreeSet<Vec<Option<String>>>;

/// What the payloads tell, or what the archive holds of it.
#[derive(Default)]
struct Told {
    messages: Keys,
    /// Steps of messages: channel, message, step, recipient.
    statuses: Keys,
    /// Steps of calls: channel, call, step.
    calls: Keys,
    /// Messages that were edited, deleted or reacted to.
    amended: Keys,
    /// Messages told elsewhere than in `messages[]`.
    also: Keys,
}

#[test]
fn every_collected_payload_is_answered_and_counted_right() {
    let Some(folder) = collection() else {
        return;
    };
    let (data_dir, files) = post_all(&folder);
    let mut told = Told::default();
    for (_, body) in &files {
        if let Ok(body) = serde_json::from_slice::<Value>(body) {
            told.read(&body);
        }
    }
    let kept = Told::kept(&export(&data_dir));
    say(&format!(
        "posted {} payloads: {} messages, {} statuses, {} steps of calls, {} amended",
        files.len(),
        told.messages.len(),
        told.statuses.len(),
        told.calls.len(),
        told.amended.len()
    ));
    for (what, told, kept) in [
        ("messages", &told.messages, &kept.messages),
        ("statuses", &told.statuses, &kept.statuses),
        ("steps of calls", &told.calls, &kept.calls),
        ("amended", &told.amended, &kept.amended),
    ] {
        assert!(!told.is_empty(), "the collection has {what}");
        let missing: Vec<_> = told.difference(kept).collect();
        assert!(missing.is_empty(), "{what} not kept: {missing:?}");
    }
    for (what, told, kept) in [
        ("statuses", &told.statuses, &kept.statuses),
        ("steps of calls", &told.calls, &kept.calls),
    ] {
        let invented: Vec<_> = kept.difference(told).collect();
        assert!(invented.is_empty(), "{what} that nobody told: {invented:?}");
    }
    let mut invented: Vec<_> = kept.messages.difference(&told.messages).collect();
    invented.retain(|key| !told.also.contains(*key));
    assert!(
        invented.is_empty(),
        "messages that nobody sent: {invented:?}"
    );
}

#[test]
fn every_collected_payload_is_understood_but_for_what_nobody_could() {
    let Some(folder) = collection() else {
        return;
    };
    let (data_dir, files) = post_all(&folder);
    let mut log = deliveries(&data_dir, "all");
    log.sort_by_key(|delivery| delivery["id"].as_i64());
    assert_eq!(log.len(), files.len(), "each is a delivery");
    let name_of: BTreeMap<_, _> = log
        .iter()
        .zip(&files)
        .map(|(delivery, (name, _))| (delivery["id"].as_i64(), name.as_str()))
        .collect();
    let named = |kind: &str| -> BTreeMap<&str, String> {
        let log = deliveries(&data_dir, kind);
        let notes = log.iter().map(|delivery| {
            let note = text(&delivery["note"]).unwrap_or_default();
            (name_of[&delivery["id"].as_i64()], note)
        });
        notes.collect()
    };
    let (unread, rejected) = (named("unread"), named("rejected"));
    let mut lines = vec![format!(
        "{} payloads: {} refused as malformed, {} kept but not wholly understood:",
        files.len(),
        rejected.len(),
        unread.len()
    )];
    let expected: BTreeMap<&str, &str> = NOT_UNDERSTOOD.into_iter().collect();
    for (name, note) in &unread {
        let reason = expected.get(name).unwrap_or(&"THIS SHOULD BE UNDERSTOOD");
        lines.push(format!("  {name}: {note}\n    ({reason})"));
    }
    say(&lines.join("\n"));
    let unread: Vec<&str> = unread.into_keys().collect();
    let expected: Vec<&str> = expected.into_keys().collect();
    assert_eq!(unread, expected, "exactly these are not understood");
    for (name, body) in &files {
        let is_json = serde_json::from_slice::<Value>(body).is_ok();
        assert_eq!(rejected.contains_key(name.as_str()), !is_json, "{name}");
    }
}

/// Writes past the test harness, which would keep what a passing test prints to itself.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").expect("the test can print");
}

/// The folder, if it is there.
fn collection() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/payloads");
    if !folder.exists() {
        say(&format!(
            "{} is not there, so nothing was posted",
            folder.display()
        ));
        return None;
    }
    Some(folder)
}

/// Posts every file to a fresh archive. Returns them in the order in which they were posted, under their names in the folder.
fn post_all(folder: &Path) -> (DataDir, Vec<(String, Vec<u8>)>) {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let mut posted = Vec::new();
    for file in files(folder) {
        let body = fs::read(&file).expect("the file can be read");
        let name = file.strip_prefix(folder).expect("it lies in the folder");
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let answer = post(&serve.hook, &body);
        let is_json = serde_json::from_slice::<Value>(&body).is_ok();
        let expected = if is_json { 200 } else { 400 };
        assert_eq!(answer.status, expected, "{name:?}: {}", answer.body);
        posted.push((name.join("/"), body));
    }
    serve.stop();
    (data_dir, posted)
}

impl Told {
    /// Adds what a body tells.
    fn read(&mut self, body: &Value) {
        if body["messageType"].is_string() {
            self.read_sms(body);
        }
        for (field, value) in values(body) {
            let channel = text(&value["metadata"]["phone_number_id"]);
            // A number that is shared between two systems gets its items one level deeper.
            for value in [value, &value["standby"]] {
                for message in items(&value["messages"]) {
                    self.read_message(&channel, message);
                }
                for message in told_otherwise(value) {
                    self.also
                        .insert(vec![channel.clone(), text(&message["id"])]);
                    self.read_amendment(&channel, message);
                }
                for call in items(&value["calls"]) {
                    let step = text(&call["status"]).or_else(|| text(&call["event"]));
                    self.calls
                        .insert(vec![channel.clone(), text(&call["id"]), step]);
                }
                for status in items(&value["statuses"]) {
                    let (id, step) = (text(&status["id"]), text(&status["status"]));
                    if field == "calls" || status["type"] == "call" {
                        self.calls.insert(vec![channel.clone(), id, step]);
                    } else {
                        self.statuses
                            .insert(vec![channel.clone(), id, step, recipient(status)]);
                    }
                }
            }
        }
    }

    fn read_message(&mut self, channel: &Option<String>, message: &Value) {
        let kind = message["type"].as_str().unwrap_or_default();
        if AMENDMENTS.contains(&kind) {
            self.read_amendment(channel, message);
        } else {
            self.messages
                .insert(vec![channel.clone(), text(&message["id"])]);
        }
    }

    fn read_amendment(&mut self, channel: &Option<String>, message: &Value) {
        let targets = ["message_id", "messsage_id", "original_message_id"];
        for content in AMENDMENTS.map(|kind| &message[kind]) {
            if let Some(target) = targets.iter().find_map(|key| text(&content[key])) {
                self.amended.insert(vec![channel.clone(), Some(target)]);
            }
        }
    }

    /// The provider's SMS come flat.
    fn read_sms(&mut self, body: &Value) {
        let channel = text(&body["recipientAddress"]);
        let own_id = text(&body["notificationId"]);
        match body["messageType"].as_str() {
            Some("text" | "binary") => {
                self.messages.insert(vec![channel, own_id]);
            }
            Some("deliveryReport") => {
                let step = text(&body["deliveryReportMessageStatus"]).map(|word| match &*word {
                    "accepted" => "sent".to_owned(),
                    "undelivered" | "expired" | "deleted" | "rejected" => "failed".to_owned(),
                    _ => word,
                });
                let id = text(&body["transferId"]).or_else(|| text(&body["clientMessageId"]));
                let whom = text(&body["senderAddress"]);
                self.statuses
                    .insert(vec![channel, id.or(own_id), step, whom]);
            }
            Some(_) | None => {}
        }
    }

    /// What an export holds.
    fn kept(records: &[Value]) -> Self {
        let mut kept = Self::default();
        for record in records {
            // The channel of an SMS is the address that it went to.
            let channel = text(&record["channel"]).or_else(|| text(&record["channelNumber"]));
            let key = vec![channel.clone(), text(&record["id"])];
            let is_call = !record["call"].is_null();
            for status in items(&record["statuses"]) {
                let mut key = key.clone();
                key.push(text(&status["status"]));
                if is_call {
                    kept.calls.insert(key);
                } else {
                    key.push(text(&status["participant"]).or_else(|| text(&status["recipient"])));
                    kept.statuses.insert(key);
                }
            }
            if record["record"] == "event" {
                kept.amended.insert(vec![channel, text(&record["target"])]);
            } else {
                let is_amended = !record["editedAt"].is_null()
                    || !record["revokedAt"].is_null()
                    || items(&record["reactions"]).next().is_some();
                if is_amended {
                    kept.amended.insert(key.clone());
                }
                // A message that is known by its statuses only stands in no `messages[]`.
                if record["type"] != "unknown" || record["direction"] == "in" {
                    kept.messages.insert(key);
                }
            }
        }
        kept
    }
}

fn recipient(status: &Value) -> Option<String> {
    let keys = [
        "recipient_participant_id",
        "participant_recipient_id",
        "recipient_participant_user_id",
        "recipient_id",
        "recipient_user_id",
    ];
    let told = keys.iter().find_map(|key| text(&status[key]));
    told.or_else(|| text(&status["message"]["recipient_id"]))
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

/// Every value of a body, whatever it is wrapped in, with the field that it came under.
fn values(body: &Value) -> Vec<(&str, &Value)> {
    match body {
        Value::Array(bodies) => bodies.iter().flat_map(values).collect(),
        Value::Object(object) => match (object.get("whatsappNotification"), object.get("entry")) {
            (Some(wrapped), _) => values(wrapped),
            (None, Some(entries)) => items(entries)
                .flat_map(|entry| items(&entry["changes"]))
                .map(|change| {
                    (
                        change["field"].as_str().unwrap_or_default(),
                        &change["value"],
                    )
                })
                .collect(),
            (None, None) => vec![("", body)],
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
