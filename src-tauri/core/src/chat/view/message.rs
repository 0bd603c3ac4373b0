//! One conversation: its bubbles, page by page, and all that is known of each.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::chat::content::{Content, Product, Referral};
use crate::chat::event::Terms;
use crate::chat::receipt::Tick;

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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Its words as they are now: a text, a caption, the title of a button, …
    pub text: Option<String>,
    /// What it holds beside its words.
    pub content: Content,
    /// The advertisement that brought it.
    pub referral: Option<Referral>,
    /// The product that it asks about.
    pub product: Option<Product>,
    /// What the provider says went wrong with a message of the customer, which may be all that is told of it.
    pub problem: Option<Failure>,
    /// One line of plain text that says what this is, for every kind.
    pub preview: String,
    /// Who wrote it, where the conversation has several writers.
    pub author: Option<String>,
    /// When it was sent.
    pub sent_at: i64,
    /// When Bluetick received it.
    pub received_at: i64,
    /// It came long after it was sent, as messages do that waited for this engine to be reachable.
    pub late: bool,
    /// The highest delivery step told.
    pub tick: Option<Tick>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// The message it answers.
    pub quote: Option<Quote>,
    /// It was forwarded.
    pub forwarded: bool,
    /// It was forwarded more than five times.
    pub frequently_forwarded: bool,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// What it costs.
    pub terms: Option<Terms>,
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
