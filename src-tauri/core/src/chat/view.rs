//! What a window is told: the read models of conversations and messages, and the events that keep them current.
//!
//! These types cross to the page as JSON; `cargo test` writes their TypeScript to `ui/src/host/generated`, which is committed
//! and checked. They are deliberately flat and ready to show: the page formats dates and chooses words, but decides nothing
//! about ticks, identity or order. All times are milliseconds since 1970 UTC.

use serde::{Deserialize, Serialize};

use super::receipt::Tick;

/// Which way a message went, seen from the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Direction {
    /// From the customer to the business.
    In,
    /// From the business to the customer, by whatever system sent it.
    Out,
}

/// A business number (or another kind of line) that messages arrive on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ChannelRow {
    /// Key of the row.
    pub id: i64,
    /// The number for display; absent where no payload told it.
    pub number: Option<String>,
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
    /// What to call it: the person's name, else number, else username.
    pub title: String,
    /// The person's number in international form, where one is known.
    pub number: Option<String>,
    /// The person's username without `@`, where one is known.
    pub username: Option<String>,
    /// Messages of the customer not yet seen.
    pub unread: i64,
    /// Outgoing messages that failed.
    pub failed: i64,
    /// When the customer last wrote; opens the 24-hour window in which free-form answers are allowed.
    pub last_incoming_at: Option<i64>,
    /// The newest message.
    pub last: LastMessage,
}

/// Why a message failed, as the provider told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Failure {
    /// Meta's error code; the only part of an error that is stable.
    pub code: Option<i64>,
    /// Short title.
    pub title: Option<String>,
    /// Longer explanation.
    pub details: Option<String>,
}

/// The message that another one answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Quote {
    /// Row of the quoted message if it is in the archive.
    pub message: Option<i64>,
    /// Its direction, where known.
    pub direction: Option<Direction>,
    /// One line of it, where known.
    pub preview: Option<String>,
}

/// An emoji put on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReactionRow {
    /// The emoji.
    pub emoji: String,
    /// Who put it there: a name or a number.
    pub from: String,
}

/// One bubble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MessageRow {
    /// Key of the row.
    pub id: i64,
    /// The conversation it belongs to.
    pub conversation: i64,
    /// Which way it went.
    pub direction: Direction,
    /// The payload's own word for the kind: `text`, `image`, …, or one never seen before.
    pub kind: String,
    /// The text of a text message.
    pub text: Option<String>,
    /// One line of plain text that says what this is, for every kind.
    pub preview: String,
    /// Who wrote it, where the conversation has several writers.
    pub author: Option<String>,
    /// When it was sent.
    pub sent_at: i64,
    /// When Bluetick received it.
    pub received_at: i64,
    /// The highest delivery step told.
    pub tick: Option<Tick>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// The message it answers.
    pub quote: Option<Quote>,
    /// It was forwarded.
    pub forwarded: bool,
    /// Its text was changed by its writer.
    pub edited: bool,
    /// Its writer deleted it for everyone.
    pub revoked: bool,
    /// Only statuses are known: another system sent it.
    pub statuses_only: bool,
    /// The customer's message has not been seen yet.
    pub unread: bool,
    /// Emojis on it.
    pub reactions: Vec<ReactionRow>,
}

/// Where a page of messages is cut. The order is by sending time, then by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Position {
    /// Sending time of the row next to the cut.
    pub sent_at: i64,
    /// Its key.
    pub id: i64,
}

/// Which part of a conversation to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Part {
    /// Around the first unread message, or the end where all has been read.
    Start,
    /// Older than this row.
    Before {
        /// The oldest row the reader has.
        position: Position,
    },
    /// Newer than this row.
    After {
        /// The newest row the reader has.
        position: Position,
    },
    /// Around this message.
    Around {
        /// Key of the message.
        message: i64,
    },
}

/// Part of a conversation, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MessagePage {
    /// The bubbles.
    pub messages: Vec<MessageRow>,
    /// There is more before the first.
    pub has_older: bool,
    /// There is more after the last.
    pub has_newer: bool,
    /// The first message that has not been seen, wherever it is.
    pub first_unread: Option<i64>,
}

/// One step of a message's delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StepRow {
    /// The payload's own word: `sent`, `delivered`, …, or one never seen before.
    pub status: String,
    /// When it happened.
    pub at: i64,
    /// For whom, where the provider said.
    pub recipient: Option<String>,
    /// Why it failed.
    pub failure: Option<Failure>,
}

/// All that is known of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MessageDetails {
    /// The provider's id of the message; absent where the payload had none.
    pub wamid: Option<String>,
    /// Every step told, oldest first.
    pub steps: Vec<StepRow>,
    /// The delivery that brought it, as text, exactly as it came.
    pub raw: String,
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

/// Where providers can reach this engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HookRow {
    /// The user's name for this address.
    pub label: String,
    /// The address on this computer, secret included.
    pub local_url: String,
    /// The word to type into Meta's "Verify token" field.
    pub verify_token: String,
}

/// Whether popups can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum NotificationState {
    /// The system takes notifications, as far as is known.
    Available,
    /// The last try failed.
    Unavailable {
        /// Why, in the system's words.
        reason: String,
    },
}

/// All that the window needs for its first paint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Snapshot {
    /// Version of the app.
    pub version: String,
    /// Addresses to give to providers.
    pub hooks: Vec<HookRow>,
    /// The lines that messages arrived on so far.
    pub channels: Vec<ChannelRow>,
    /// The first part of the conversation list, unfiltered.
    pub conversations: Vec<ConversationRow>,
    /// Conversations with unread messages.
    pub unread_conversations: i64,
    /// Whether popups can be shown.
    pub notifications: NotificationState,
}

/// What came back from posting a sample message to the own hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TestOutcome {
    /// HTTP status of the answer.
    pub http_status: u16,
    /// Body of the answer.
    pub body: String,
    /// How long it took.
    pub milliseconds: u64,
}

/// What happened since the snapshot. Sent in order; each says how things are now, so that a repeated event does no harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ViewEvent {
    /// A conversation is new or different.
    Conversation {
        /// How it is now.
        row: ConversationRow,
        /// Conversations with unread messages, of all.
        unread_conversations: i64,
    },
    /// Two conversations turned out to be with the same person.
    ConversationMerged {
        /// The one that is gone.
        gone: i64,
        /// The one that has all messages now.
        into: i64,
    },
    /// A channel is new or has a number now.
    Channel {
        /// How it is now.
        row: ChannelRow,
    },
    /// A message is new or different.
    Message {
        /// How it is now.
        row: MessageRow,
    },
    /// The user asked for this conversation from outside the window.
    OpenConversation {
        /// Its key.
        conversation: i64,
    },
    /// Whether popups can be shown has changed.
    Notifications {
        /// How it is now.
        state: NotificationState,
    },
    /// Too much happened to tell one by one: read everything anew.
    Stale,
}
