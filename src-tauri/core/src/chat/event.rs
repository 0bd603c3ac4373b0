//! What a provider can tell us, in the words of the domain.
//!
//! One closed enum, [`Inbound`]. The `webhook` room writes it, the `store` room keeps it. Everything here is a fact as told:
//! nothing is looked up, nothing depends on what was told before.

use serde::{Deserialize, Serialize};

use super::content::{Content, Product, Referral};
use super::identity::Names;
use super::notice::Notice;
use super::receipt::Tick;
use super::time::Timestamp;
use super::view::{ChannelKind, Direction, Failure};

/// One thing told about one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The business number it is about.
    pub channel: Channel,
    /// What happened.
    pub event: Inbound,
}

/// A business number as a payload names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// What goes over it.
    pub kind: ChannelKind,
    /// Meta's stable key of the number (`phone_number_id`), or the address that an SMS went to; some payloads have none.
    pub id: Option<String>,
    /// The number for display, as written.
    pub number: Option<String>,
}

impl Channel {
    /// A channel that a payload does not name.
    #[must_use]
    pub const fn unnamed(kind: ChannelKind) -> Self {
        Self {
            kind,
            id: None,
            number: None,
        }
    }
}

/// Everything that can be told.
#[derive(Debug, Clone, PartialEq)]
pub enum Inbound {
    /// Somebody wrote something.
    Message(Box<Message>),
    /// A message made a step on its way.
    Status(Status),
    /// Something was done to a message.
    Amendment(Amendment),
    /// A call made a step.
    Call(CallStep),
    /// Somebody is known by another name.
    Introduction(Introduction),
    /// Anything else worth keeping: it is about no message.
    Notice(Notice),
}

/// What makes an item the same as one that came before. Ids are opaque and may be missing, so an item without one is known by
/// its content and by how many equal ones came before it in the same body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ItemKey {
    /// The provider's id.
    Id(String),
    /// SHA-256 of the item's JSON, in hex, and its number among equals.
    Content(String, usize),
}

impl ItemKey {
    /// The key's form in the archive. `~` starts no id that any provider is known to make.
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::Id(id) => id.clone(),
            Self::Content(digest, 0) => format!("~{digest}"),
            Self::Content(digest, number) => format!("~{digest}.{number}"),
        }
    }

    /// The provider's id, if there was one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Content(..) => None,
        }
    }
}

/// Somebody outside the business, as a payload describes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The names to know them by.
    pub names: Names,
    /// More names that the payload says are theirs: `wa_id` may be written differently from `from`, and a change of number
    /// names the old and the new one.
    pub aliases: Vec<Names>,
    /// What they call themselves.
    pub profile_name: Option<String>,
}

/// Whom a conversation is with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peer {
    /// One person.
    Person(Person),
    /// A group.
    Group {
        /// The group's id; opaque.
        id: String,
        /// Who wrote, where that is told.
        author: Option<Person>,
    },
    /// The payload does not say.
    Nobody,
}

/// How a message came to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// As it happened.
    Live,
    /// Typed by a colleague in WhatsApp's own app and echoed.
    Echo,
    /// From the past, when a number was connected. No news to anybody.
    History,
}

/// A message, of any kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// What makes it the same message.
    pub key: ItemKey,
    /// Whom it was exchanged with.
    pub peer: Peer,
    /// Which way it went.
    pub direction: Direction,
    /// How it came to be told.
    pub telling: Telling,
    /// The payload's own word: `text`, `image`, …, or one never seen before.
    pub kind: String,
    /// Its words: a text, a caption, the title of a button. Without control characters.
    pub text: Option<String>,
    /// What it holds beside its words.
    pub content: Content,
    /// The advertisement that brought it.
    pub referral: Option<Referral>,
    /// What the provider says went wrong with it.
    pub problem: Option<Failure>,
    /// How far it had come when it was told from the past.
    pub tick: Option<Tick>,
    /// When it was sent, if that was told and makes sense.
    pub sent_at: Option<Timestamp>,
    /// What it refers to.
    pub context: Option<Context>,
    /// Decides between two that are told under one key, whichever comes first; see [`Fingerprint`].
    pub fingerprint: Fingerprint,
}

/// A number that follows from what was understood of an item, and from nothing else. Where two items claim to be the same and differ, the greater one counts,
/// so that the outcome does not depend on which came first.
pub type Fingerprint = i64;

/// What a message refers to (webhook catalogue §2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who sent that message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// It was forwarded up to five times.
    pub forwarded: bool,
    /// It was forwarded more than five times.
    pub frequently_forwarded: bool,
    /// The product that it asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
}

/// A step of an outgoing message (webhook catalogue §4).
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// The message that made the step.
    pub message: ItemKey,
    /// The payload's own word: `sent`, `delivered`, …, or one never seen before.
    pub word: String,
    /// When, if that was told and makes sense.
    pub at: Option<Timestamp>,
    /// The recipient as told: a number, a user id or a group id.
    pub recipient: Option<String>,
    /// The member of the group, where the recipient is one.
    pub participant: Option<String>,
    /// Whom the message was sent to.
    pub peer: Peer,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// What it costs, and the sender's own mark.
    pub terms: Option<Terms>,
    /// Decides between two that are told under one key.
    pub fingerprint: Fingerprint,
}

/// What a status tells of the conversation's price (webhook catalogue §4), and the mark that the sending system put on the
/// message. All words are the provider's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Terms {
    /// Meta's id of the 24-hour conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// Who opened it, or for what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// When it ends, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// Whether it costs anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billable: Option<bool>,
    /// `CBP` (per conversation) or `PMP` (per message).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing_model: Option<String>,
    /// `regular`, `free_customer_service`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing_type: Option<String>,
    /// `marketing`, `utility`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// `biz_opaque_callback_data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
}

/// Something done to a message that may not have arrived yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Amendment {
    /// What makes it the same amendment.
    pub key: ItemKey,
    /// Id of the message that it is about.
    pub target: String,
    /// Who did it.
    pub peer: Peer,
    /// Whether a customer or the business did it.
    pub direction: Direction,
    /// When, if that was told and makes sense.
    pub at: Option<Timestamp>,
    /// What was done.
    pub deed: Deed,
    /// Decides between two that are told under one key.
    pub fingerprint: Fingerprint,
}

/// What can be done to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// An emoji was put on it; an empty one takes the last one away.
    React(String),
    /// Its words were replaced; by none at all where the text is empty. `None` where the new words are not told.
    Edit(Option<String>),
    /// It was deleted for everyone.
    Revoke,
}

impl Deed {
    /// The word under which the archive stores it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::React(_) => "reaction",
            Self::Edit(_) => "edit",
            Self::Revoke => "revoke",
        }
    }
}

/// A step of a call (webhook catalogue §5, `calls`).
#[derive(Debug, Clone, PartialEq)]
pub struct CallStep {
    /// The call.
    pub call: ItemKey,
    /// Whom it was with.
    pub peer: Peer,
    /// Who called, if that was told.
    pub direction: Option<Direction>,
    /// The payload's own word: `connect`, `COMPLETED`, `RINGING`, …
    pub word: String,
    /// When, if that was told and makes sense.
    pub at: Option<Timestamp>,
    /// How long it lasted, at its end.
    pub seconds: Option<i64>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Decides between two that are told under one key.
    pub fingerprint: Fingerprint,
}

/// Who somebody is, told on its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Introduction {
    /// Somebody known by old names has new ones.
    Renamed {
        /// The old names.
        was: Names,
        /// The new ones.
        is: Names,
        /// Since when, if that was told.
        at: Option<Timestamp>,
    },
    /// What the business calls somebody in its own address book. An empty name takes the entry away.
    AddressBook {
        /// Who.
        names: Names,
        /// The name in full.
        name: String,
        /// Since when, if that was told.
        at: Option<Timestamp>,
    },
    /// What a group is called.
    Group {
        /// The group's id.
        id: String,
        /// Its subject.
        subject: String,
        /// Since when, if that was told.
        at: Option<Timestamp>,
    },
}
