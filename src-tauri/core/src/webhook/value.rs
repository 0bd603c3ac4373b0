//! One `value` of Meta's envelope: who it is for, and every item in it (webhook catalogue §1, §5).

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::message::{self, Place};
use super::person::Contacts;
use super::{Reading, call, field, notice, sms, status};
use crate::chat::call as calls;
use crate::chat::event::{Channel, Fingerprint, Inbound, Item, ItemKey};
use crate::chat::identity::Names;
use crate::chat::notice::{Concern, Notice, Topic};
use crate::chat::time::Timestamp;
use crate::chat::view::{ChannelKind, Failure};

/// What the envelope says about a value.
#[derive(Clone, Copy, Default)]
pub(super) struct Change<'a> {
    /// The `field` of the change.
    pub(super) field: Option<&'a str>,
    /// The `id` of the entry: the WhatsApp Business account.
    pub(super) account: Option<&'a str>,
    /// The `time` of the entry.
    pub(super) at: Option<Timestamp>,
}

/// Collects what is read, across all values of a body.
#[derive(Default)]
pub(super) struct Reader {
    reading: Reading,
    /// How often content without an id was seen, to tell equal items of one body apart.
    seen: HashMap<String, usize>,
}

impl Reader {
    /// Names something that could not be understood.
    pub(super) fn not_understood(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.reading.unread.contains(&what) {
            self.reading.unread.push(what);
        }
    }

    /// Everything read.
    pub(super) fn finish(self) -> Reading {
        self.reading
    }

    /// Reads the flat SMS notification.
    pub(super) fn sms(&mut self, body: &Value) {
        // What is not understood is known by its content: nobody says what its id is the id of.
        let id = field::text(body, "notificationId").filter(|_| sms::is_described(body));
        let key = self.key(id, body);
        let (channel, event) = sms::read(body, key);
        match &event {
            Inbound::Notice(_) => self.not_understood("an SMS notification of an unknown type"),
            Inbound::Status(told) if !status::is_known(&told.word) => {
                let word = field::word(&told.word);
                self.not_understood(format!("a delivery report of the word {word}"));
            }
            Inbound::Message(_)
            | Inbound::Status(_)
            | Inbound::Amendment(_)
            | Inbound::Call(_)
            | Inbound::Introduction(_) => {}
        }
        self.push(&channel, event);
    }

    /// Reads one value and everything in it.
    pub(super) fn value(&mut self, change: Change<'_>, value: &Value) {
        let before = self.reading.items.len();
        let channel = channel(value);
        let business = channel.number.clone();
        let about_calls = change.field == Some("calls");
        let mut sections: Vec<Section<'_>> = [Some(value), value.get("standby")]
            .into_iter()
            .flatten()
            .flat_map(|value| sections(value, change.field, business.as_deref()))
            .collect();
        // Messages come before the statuses beside them, so that a status finds its message.
        sections.sort_by_key(|section| matches!(section.kind, SectionKind::Statuses));
        let peers: Vec<Names> = sections.iter().flat_map(Section::peers).collect();
        let contacts = Contacts::of(value, &peers);
        let beside = (peers.len() == 1).then(|| status::failure(value)).flatten();
        for section in &sections {
            self.section(section, &channel, &contacts, about_calls, beside.as_ref());
        }
        let is_taken = beside.is_some_and(|error| {
            let read = &self.reading.items[before..];
            read.iter().any(|item| is_about(item, &error))
        });
        let has_items = self.reading.items.len() > before;
        self.notices(change, value, &channel, has_items, is_taken);
    }

    fn section(
        &mut self,
        section: &Section<'_>,
        channel: &Channel,
        contacts: &Contacts<'_>,
        about_calls: bool,
        beside: Option<&Failure>,
    ) {
        for item in section.items {
            if !item.is_object() {
                self.not_object(section, channel, item);
                continue;
            }
            let key = self.key(field::text(item, "id"), item);
            match section.kind {
                SectionKind::Messages(place) => {
                    let told = message::read(item, key, place, contacts, beside.cloned());
                    if let Some(unread) = told.unread {
                        self.not_understood(unread);
                    }
                    for event in told.events {
                        self.push(channel, event);
                    }
                }
                SectionKind::Calls => {
                    let step = call::read(item, key, contacts);
                    self.call(channel, step);
                }
                SectionKind::Statuses if about_calls || is_call(item) => {
                    let step = call::read_status(item, key, contacts);
                    self.call(channel, step);
                }
                SectionKind::Statuses => {
                    let told = status::read(item, key, contacts);
                    if !status::is_known(&told.word) {
                        let word = field::word(&told.word);
                        self.not_understood(format!("a status of the word {word}"));
                    }
                    self.push(channel, Inbound::Status(told));
                }
            }
        }
    }

    fn call(&mut self, channel: &Channel, step: crate::chat::event::CallStep) {
        if !calls::is_known(&step.word) {
            let word = field::word(&step.word);
            self.not_understood(format!("a step of a call of the word {word}"));
        }
        self.push(channel, Inbound::Call(step));
    }

    fn not_object(&mut self, section: &Section<'_>, channel: &Channel, item: &Value) {
        self.not_understood("an item is no object");
        let key = self.key(None, item);
        self.push(
            channel,
            Inbound::Notice(Notice {
                key,
                field: section.name().to_owned(),
                topic: Topic::Unknown,
                at: None,
                line: "An item that is no object".to_owned(),
                facts: Vec::new(),
                concern: Concern::Nothing,
            }),
        );
    }

    /// Keeps what a value says beside its items.
    fn notices(
        &mut self,
        change: Change<'_>,
        value: &Value,
        channel: &Channel,
        has_items: bool,
        first_error_is_taken: bool,
    ) {
        let notes = notice::read(change.field, value, has_items, first_error_is_taken);
        for unread in notes.unread {
            self.not_understood(unread);
        }
        for introduction in notes.introductions {
            self.push(channel, Inbound::Introduction(introduction));
        }
        for draft in notes.drafts {
            // The same words at another time, or about another account, are another notice.
            let account = change.account.unwrap_or_default();
            let told = serde_json::json!([
                account,
                change.at.map(Timestamp::millis),
                draft.topic.word(),
                draft.line,
                draft.about
            ]);
            let key = self.key(None, &told);
            let of_account = |subject: String| format!("{subject} {account}");
            self.push(
                channel,
                Inbound::Notice(Notice {
                    key,
                    field: change.field.unwrap_or("unknown").to_owned(),
                    topic: draft.topic,
                    at: draft.at.or(change.at),
                    line: draft.line,
                    facts: draft.facts,
                    concern: match draft.concern {
                        Concern::Nothing => Concern::Nothing,
                        Concern::Problem(subject) => Concern::Problem(of_account(subject)),
                        Concern::Over(subject) => Concern::Over(of_account(subject)),
                        Concern::Progress(subject, percent) => {
                            Concern::Progress(of_account(subject), percent)
                        }
                    },
                }),
            );
        }
    }

    fn push(&mut self, channel: &Channel, mut event: Inbound) {
        sign(&mut event);
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

/// Whether this error is the reason why a message has nothing in it.
fn is_about(item: &Item, error: &Failure) -> bool {
    match &item.event {
        Inbound::Message(message) => {
            message::says_nothing(&message.content) && message.problem.as_ref() == Some(error)
        }
        Inbound::Status(_)
        | Inbound::Amendment(_)
        | Inbound::Call(_)
        | Inbound::Introduction(_)
        | Inbound::Notice(_) => false,
    }
}

fn is_call(status: &Value) -> bool {
    field::text(status, "type").as_deref() == Some("call")
}

/// The first 16 bytes of the SHA-256 of an item's JSON with sorted keys, in hex.
fn digest(item: &Value) -> String {
    let hash = Sha256::digest(item.to_string().as_bytes());
    hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Gives an item the number that follows from all that was understood of it: also from what stood around it, such as whom a
/// thread is with.
fn sign(event: &mut Inbound) {
    let hash = Sha256::digest(format!("{event:?}").as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    let print = Fingerprint::from_be_bytes(first);
    match event {
        Inbound::Message(message) => message.fingerprint = print,
        Inbound::Status(status) => status.fingerprint = print,
        Inbound::Amendment(amendment) => amendment.fingerprint = print,
        Inbound::Call(step) => step.fingerprint = print,
        Inbound::Introduction(_) | Inbound::Notice(_) => {}
    }
}

/// A list of items in a value.
struct Section<'a> {
    kind: SectionKind<'a>,
    items: &'a [Value],
}

enum SectionKind<'a> {
    Messages(Place<'a>),
    Calls,
    Statuses,
}

impl Section<'_> {
    const fn name(&self) -> &'static str {
        match self.kind {
            SectionKind::Messages(Place::Incoming) => "messages",
            SectionKind::Messages(Place::Echo(_)) => "message_echoes",
            SectionKind::Messages(Place::Thread(_) | Place::Past(_)) => "history",
            SectionKind::Calls => "calls",
            SectionKind::Statuses => "statuses",
        }
    }

    /// The customers that the items name.
    fn peers(&self) -> impl Iterator<Item = Names> {
        self.items.iter().map(|item| match self.kind {
            SectionKind::Messages(place) => {
                message::names_of_customer(&message::unwrapped(item), place)
            }
            SectionKind::Calls => call::names_of_customer(item),
            SectionKind::Statuses => status::names_of_recipient(item),
        })
    }
}

/// Every list of items in a value.
fn sections<'a>(
    value: &'a Value,
    change_field: Option<&str>,
    business: Option<&'a str>,
) -> Vec<Section<'a>> {
    let messages = if change_field == Some("history") {
        Place::Past(business)
    } else {
        Place::Incoming
    };
    let mut sections = vec![
        Section {
            kind: SectionKind::Messages(messages),
            items: field::list(value, "messages"),
        },
        Section {
            kind: SectionKind::Messages(Place::Echo(business)),
            items: field::list(value, "message_echoes"),
        },
        Section {
            kind: SectionKind::Calls,
            items: field::list(value, "calls"),
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

/// The business number, from `metadata`, or from the `recipient` of a handover.
fn channel(value: &Value) -> Channel {
    let unnamed = Channel::unnamed(ChannelKind::Whatsapp);
    let named = value.get("metadata").or_else(|| value.get("recipient"));
    let Some(metadata) = named else {
        return unnamed;
    };
    Channel {
        id: field::text(metadata, "phone_number_id"),
        number: field::text(metadata, "display_phone_number"),
        ..unnamed
    }
}
