//! The conversation list, and what a search finds.

use serde::{Deserialize, Serialize};

use super::{Direction, Position};
use crate::chat::receipt::Tick;

/// A business number (or another kind of line) that messages arrive on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ChannelRow {
    /// Key of the row.
    pub id: i64,
    /// What goes over it.
    pub kind: ChannelKind,
    /// The number for display; absent where no payload told it.
    pub number: Option<String>,
}

/// What goes over a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ChannelKind {
    /// WhatsApp messages of a business number.
    Whatsapp,
    /// Text messages of a telephone number or short code.
    Sms,
}

/// The last thing that happened in a conversation, for the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LastMessage {
    /// The payload's own word for the kind: `text`, `image`, …
    pub kind: String,
    /// One line of plain text.
    pub preview: String,
    /// Only statuses are known: another system sent it.
    pub statuses_only: bool,
    /// Which way it went.
    pub direction: Direction,
    /// The highest delivery step, for outgoing messages.
    pub tick: Option<Tick>,
    /// When it was sent.
    pub sent_at: i64,
}

/// One line of the conversation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConversationRow {
    /// Key of the row.
    pub id: i64,
    /// The channel it belongs to.
    pub channel: i64,
    /// What to call it: the person's name, else number, else username; the subject of a group.
    pub title: String,
    /// It is a group's.
    pub group: bool,
    /// The person's number in international form, where one is known.
    pub number: Option<String>,
    /// The person's username without `@`, where one is known.
    pub username: Option<String>,
    /// Messages of the customer not yet seen.
    pub unread: i64,
    /// Outgoing messages that failed.
    pub failed: i64,
    /// Until when its popups are not wanted; absent or past if there is no such wish. Muted for good: the year 9999.
    pub muted_until: Option<i64>,
    /// Its popups break through the quiet hours.
    pub vip: bool,
    /// When the customer last wrote; opens the 24-hour window in which free-form answers are allowed.
    pub last_incoming_at: Option<i64>,
    /// The newest message.
    pub last: LastMessage,
}

/// Which conversations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Filter {
    /// All of them.
    All,
    /// Those with unread messages.
    Unread,
    /// Those with outgoing messages that failed.
    Failed,
}

/// A part of the conversation list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConversationQuery {
    /// Which ones.
    pub filter: Filter,
    /// Only those of this channel.
    pub channel: Option<i64>,
    /// Only those after this one in the list: its last message's time and its own key.
    pub after: Option<Position>,
}

/// A message that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SearchHit {
    /// Key of the message.
    pub message: i64,
    /// The conversation it is in.
    pub conversation: i64,
    /// What the conversation is called.
    pub title: String,
    /// The message's text around the found words.
    pub excerpt: String,
    /// When it was sent.
    pub sent_at: i64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SearchResults {
    /// Conversations by the person's name, number or username.
    pub conversations: Vec<ConversationRow>,
    /// Messages by their text, newest first.
    pub messages: Vec<SearchHit>,
}
