//! One line of an export, in the shape that scripts rely on (design/interface.md). Fields are only ever added.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::chat::content::{Content, MediaFile, MediaForm, NamedValue};
use crate::chat::receipt::Tick;
use crate::chat::view::{Direction, Failure};

/// One line of an export.
#[derive(Debug, Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A message with everything that became of it.
    Message(Box<MessageRecord>),
    /// Anything else that was kept.
    Event(Box<EventRecord>),
}

/// A message, as `export` and `serve --json` write it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageRecord {
    pub(super) channel: Option<String>,
    pub(super) channel_kind: String,
    pub(super) channel_number: Option<String>,
    /// Row of the conversation.
    pub conversation: i64,
    /// What the conversation is called.
    #[serde(skip)]
    pub title: String,
    /// The group's id, where it is one.
    pub(super) group: Option<String>,
    /// Whom it was exchanged with.
    pub contact: ContactRecord,
    pub(super) id: Option<String>,
    /// Which way it went.
    pub direction: Direction,
    /// The payload's own word for the kind.
    #[serde(rename = "type")]
    pub kind: String,
    pub(super) text: Option<String>,
    /// One line of plain text.
    #[serde(skip)]
    pub preview: String,
    pub(super) media: Option<MediaRecord>,
    pub(super) location: Option<LocationRecord>,
    /// Everything that it holds beside its words, whatever it is; null where there is nothing else.
    pub(super) content: Option<Content>,
    pub(super) context: Option<Box<RawValue>>,
    pub(super) referral: Option<Box<RawValue>>,
    pub(super) problem: Option<Box<RawValue>>,
    pub(super) reactions: Vec<ReactionRecord>,
    pub(super) edited_at: Option<String>,
    pub(super) revoked_at: Option<String>,
    pub(super) sent_at: String,
    pub(super) received_at: String,
    /// The highest step.
    pub status: Option<Tick>,
    pub(super) statuses: Vec<StatusRecord>,
    pub(super) delivery: i64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MediaRecord {
    #[serde(flatten)]
    pub(super) file: MediaFile,
    pub(super) caption: Option<String>,
    pub(super) voice: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct LocationRecord {
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
    pub(super) name: Option<String>,
    pub(super) address: Option<String>,
    pub(super) url: Option<String>,
}

impl MediaRecord {
    pub(super) fn of(content: &Content, caption: Option<&str>) -> Option<Self> {
        match content {
            Content::Media { file } => Some(Self {
                file: file.clone(),
                caption: caption.map(str::to_owned),
                voice: file.form == MediaForm::Voice,
            }),
            _ => None,
        }
    }
}

impl LocationRecord {
    pub(super) fn of(content: &Content) -> Option<Self> {
        match content.clone() {
            Content::Location {
                latitude,
                longitude,
                name,
                address,
                url,
            } => Some(Self {
                latitude,
                longitude,
                name,
                address,
                url,
            }),
            _ => None,
        }
    }
}

/// The person on the other side.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactRecord {
    /// What they call themselves.
    pub name: Option<String>,
    /// Their phone number in digits.
    pub wa_id: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) username: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ReactionRecord {
    pub(super) from: String,
    pub(super) emoji: String,
    pub(super) at: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct StatusRecord {
    pub(super) status: String,
    pub(super) at: String,
    pub(super) recipient: Option<String>,
    pub(super) participant: Option<String>,
    pub(super) error: Option<Failure>,
    #[serde(flatten)]
    pub(super) terms: serde_json::Map<String, serde_json::Value>,
}

/// Something kept that is no message.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventRecord {
    pub(super) field: String,
    pub(super) channel: Option<String>,
    pub(super) at: Option<String>,
    pub(super) topic: String,
    pub(super) summary: String,
    /// What else was told, in the payload's own words.
    pub(super) facts: Vec<NamedValue>,
    /// Id of the message that it is about, where it is about one.
    pub(super) target: Option<String>,
    /// A call, where it is one.
    #[serde(flatten)]
    pub(super) call: Option<CallRecord>,
    pub(super) delivery: i64,
}

/// A call, with everything that was told of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallRecord {
    pub(super) id: Option<String>,
    pub(super) conversation: i64,
    pub(super) contact: ContactRecord,
    pub(super) direction: Direction,
    pub(super) call: Content,
    pub(super) statuses: Vec<StatusRecord>,
}
