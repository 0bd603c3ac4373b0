//! One `value` of Meta's envelope: who it is for, and every item in it (webhook catalogue §1, §5).

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::message::{self, Place};
use super::person::Contacts;
use super::{Reading, field, sms, status};
use crate::chat::event::{Channel, Inbound, Item, ItemKey, Notice};
use crate::chat::identity::Names;
use crate::chat::time::Timestamp;

/// The fields of webhook catalogue §5 that hold no messages. What comes under another name is kept and marked as not understood.
const NOTICE_FIELDS: [&str; 34] = [
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "automatic_events",
    "business_capability_update",
    "business_username_update",
    "business_username_updates",
    "calls",
    "flows",
    "group_lifecycle_update",
    "group_participant_update",
    "group_participants_update",
    "group_settings_update",
    "group_status_update",
    "history",
    "message_echoes",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messages",
    "messaging_handovers",
    "partner_solutions",
    "payment_configuration_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_app_state_sync",
    "smb_message_echoes",
    "standby",
    "template_category_update",
    "template_correct_category_detection",
    "user_id_update",
    "user_preferences",
];

/// Collects what is read, across all values of a body.
#[derive(Default)]
pub(super) struct Reader {
    reading: Reading,
    /// How often content without an id was seen, to tell equal items of one body apart.
    seen: HashMap<String, usize>,
}

impl Reader {
    /// Names something that could not be understood.
    pub(super) fn not_understood(&mut self, what: &str) {
        self.reading.unread.push(what.to_owned());
    }

    /// Everything read.
    pub(super) fn finish(self) -> Reading {
        self.reading
    }

    /// Reads the flat SMS notification.
    pub(super) fn sms(&mut self, body: &Value) {
        if !sms::is_known(body) {
            self.not_understood("an SMS notification of an unknown type");
        }
        let key = self.key(field::text(body, "notificationId"), body);
        let notice = sms::read(body, key);
        self.push(&Channel::default(), Inbound::Notice(notice));
    }

    /// Reads one value and everything in it.
    pub(super) fn value(&mut self, change_field: Option<&str>, value: &Value) {
        let before = self.reading.items.len();
        let channel = channel(value);
        let standby = value.get("standby");
        let mut sections: Vec<Section<'_>> = [Some(value), standby]
            .into_iter()
            .flatten()
            .flat_map(sections)
            .collect();
        // Messages come before the statuses beside them, so that a status finds its message.
        sections.sort_by_key(|section| matches!(section.kind, SectionKind::Statuses));
        let peers: Vec<Names> = sections.iter().flat_map(Section::peers).collect();
        let contacts = Contacts::of(value, &peers);
        for section in &sections {
            self.section(section, &channel, &contacts);
        }
        let only_messages = change_field.is_none_or(|name| name == "messages");
        let has_items = self.reading.items.len() > before;
        if !has_items || !only_messages || value.get("errors").is_some() {
            self.notice(change_field, value, &channel, has_items);
        }
    }

    fn section(&mut self, section: &Section<'_>, channel: &Channel, contacts: &Contacts<'_>) {
        for item in section.items {
            if !item.is_object() {
                self.not_understood("an item is no object");
                let key = self.key(None, item);
                self.push(
                    channel,
                    Inbound::Notice(Notice {
                        key,
                        field: section.name().to_owned(),
                        at: None,
                        summary: "An item that is no object".to_owned(),
                    }),
                );
                continue;
            }
            let key = self.key(field::text(item, "id"), item);
            let event = match section.kind {
                SectionKind::Messages(place) => message::read(item, key, place, contacts),
                SectionKind::Statuses => Inbound::Status(status::read(item, key, contacts)),
            };
            self.push(channel, event);
        }
    }

    /// Keeps what a value says beside its items.
    fn notice(
        &mut self,
        change_field: Option<&str>,
        value: &Value,
        channel: &Channel,
        has_items: bool,
    ) {
        let name = change_field.unwrap_or("messages");
        let says_more = value.get("errors").is_some() || !sections_only(value);
        if has_items && !says_more {
            return;
        }
        let is_described = NOTICE_FIELDS.contains(&name) && change_field.is_some();
        if !has_items && (!is_described || name == "messages") && !has_known_extra(value) {
            self.not_understood("a value with nothing known in it");
        }
        let key = self.key(None, value);
        let notice = Notice {
            key,
            field: change_field.unwrap_or("unknown").to_owned(),
            at: notice_time(value),
            summary: summary(name, value),
        };
        self.push(channel, Inbound::Notice(notice));
    }

    fn push(&mut self, channel: &Channel, event: Inbound) {
        self.reading.items.push(Item {
            channel: channel.clone(),
            event,
        });
    }

    fn key(&mut self, id: Option<String>, item: &Value) -> ItemKey {
        match id {
            Some(id) => ItemKey::Id(id),
            None => {
                let digest = digest(item);
                let seen = self.seen.entry(digest.clone()).or_default();
                let key = ItemKey::Content(digest, *seen);
                *seen += 1;
                key
            }
        }
    }
}

/// The first 16 bytes of the SHA-256 of an item's JSON with sorted keys, in hex.
fn digest(item: &Value) -> String {
    let hash = Sha256::digest(item.to_string().as_bytes());
    hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A list of items in a value.
struct Section<'a> {
    kind: SectionKind<'a>,
    items: &'a [Value],
}

enum SectionKind<'a> {
    Messages(Place<'a>),
    Statuses,
}

impl Section<'_> {
    const fn name(&self) -> &'static str {
        match self.kind {
            SectionKind::Messages(Place::Incoming) => "messages",
            SectionKind::Messages(Place::Echo) => "message_echoes",
            SectionKind::Messages(Place::Thread(_)) => "history",
            SectionKind::Statuses => "statuses",
        }
    }

    /// The customers that the items name.
    fn peers(&self) -> impl Iterator<Item = Names> {
        self.items.iter().map(|item| match self.kind {
            SectionKind::Messages(place) => message::names_of_customer(item, place),
            SectionKind::Statuses => status::names_of_recipient(item),
        })
    }
}

/// Every list of items in a value.
fn sections(value: &Value) -> Vec<Section<'_>> {
    let mut sections = vec![
        Section {
            kind: SectionKind::Messages(Place::Incoming),
            items: field::list(value, "messages"),
        },
        Section {
            kind: SectionKind::Messages(Place::Echo),
            items: field::list(value, "message_echoes"),
        },
        Section {
            kind: SectionKind::Statuses,
            items: field::list(value, "statuses"),
        },
    ];
    for chunk in field::list(value, "history") {
        for thread in field::list(chunk, "threads") {
            let customer = thread.get("id").and_then(Value::as_str);
            sections.push(Section {
                kind: SectionKind::Messages(Place::Thread(customer)),
                items: field::list(thread, "messages"),
            });
        }
    }
    sections.retain(|section| !section.items.is_empty());
    sections
}

/// Whether a value has nothing but items and what describes them.
fn sections_only(value: &Value) -> bool {
    const DESCRIBING: [&str; 9] = [
        "messaging_product",
        "metadata",
        "contacts",
        "messages",
        "message_echoes",
        "statuses",
        "history",
        "standby",
        "conversation_context",
    ];
    value
        .as_object()
        .is_some_and(|value| value.keys().all(|key| DESCRIBING.contains(&key.as_str())))
}

/// What may stand in a value of the field `messages` without any item (webhook catalogue §1).
fn has_known_extra(value: &Value) -> bool {
    value.get("errors").is_some() || value.get("user_actions").is_some()
}

fn channel(value: &Value) -> Channel {
    let Some(metadata) = value.get("metadata") else {
        return Channel::default();
    };
    Channel {
        phone_number_id: field::text(metadata, "phone_number_id"),
        number: field::text(metadata, "display_phone_number"),
    }
}

fn notice_time(value: &Value) -> Option<Timestamp> {
    field::time(value, "timestamp")
}

/// One line for the event log: the field and the one word that says most about it.
fn summary(name: &str, value: &Value) -> String {
    let words = ["event", "decision", "type", "status"]
        .iter()
        .find_map(|key| field::text(value, key))
        .or_else(|| status::failure(value).and_then(|failure| failure.title));
    match words {
        Some(words) => format!("{name}: {words}"),
        None => name.to_owned(),
    }
}
