//! What a window is told: the read models of conversations and messages, and the events that keep them current.
//!
//! These types cross to the page as JSON; `cargo test` writes their TypeScript to `ui/src/host/generated`, which is committed
//! and checked. They are deliberately flat and ready to show: the page formats dates and chooses words, but decides nothing
//! about ticks, identity or order. All times are milliseconds since 1970 UTC.

mod list;
mod log;
mod media;
mod message;
mod popups;
mod public_url;

use serde::{Deserialize, Serialize};

pub use self::list::*;
pub use self::log::*;
pub use self::media::*;
pub use self::message::*;
pub use self::popups::*;
pub use self::public_url::*;

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

/// Where providers can reach this engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HookRow {
    /// The user's name for this address.
    pub label: String,
    /// The address on this computer, secret included.
    pub local_url: String,
    /// The address for providers, secret included, where there is a public URL.
    pub public_url: Option<String>,
    /// The word to type into Meta's "Verify token" field.
    pub verify_token: String,
    /// What is not signed with the app secret is refused.
    pub require_signature: bool,
    /// There is an app secret. It is never shown again.
    pub has_app_secret: bool,
    /// The confirmation writes its `statusCode` as text.
    pub status_code_as_text: bool,
    /// Until when the secrets that were replaced still work, soonest first.
    pub former_until: Vec<i64>,
}

/// All that the window needs for its first paint.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Whether popups can be shown, and are wanted.
    pub popups: PopupRow,
    /// What the user should know about their account, newest first.
    pub notices: Vec<NoticeRow>,
    /// Reading everything again, if that goes on or would be of use.
    pub reread: RereadState,
    /// Whether providers can reach this engine.
    pub public_url: PublicUrlRow,
    /// The last time that they could not, until the user knows.
    pub back_again: Option<OutageRow>,
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
    /// It went through the public URL.
    pub through_public_url: bool,
}

/// What happened since the snapshot. Sent in order; each says how things are now, so that a repeated event does no harm.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
        row: Box<MessageRow>,
    },
    /// The user asked for this conversation from outside the window.
    OpenConversation {
        /// Its key.
        conversation: i64,
    },
    /// Whether popups can be shown, or are wanted, has changed.
    Popups {
        /// How it is now.
        row: PopupRow,
    },
    /// The user wants to close the window, and there is no tray to find the app in again: the page asks what to do.
    Closing,
    /// What the user should know about their account is different.
    Notices {
        /// All of it now, newest first.
        rows: Vec<NoticeRow>,
    },
    /// Reading everything again has come this far.
    Reread {
        /// How it is now.
        state: RereadState,
    },
    /// The public URL has another state.
    PublicUrl {
        /// How it is now.
        row: PublicUrlRow,
    },
    /// The addresses are different.
    Hooks {
        /// All of them now.
        rows: Vec<HookRow>,
    },
    /// Providers can reach this engine again, or more of what is late has come, or the user knows.
    BackAgain {
        /// The time in which they could not; `None` when the user knows.
        outage: Option<OutageRow>,
    },
    /// Something was delivered that could not be understood, or not wholly, or is not JSON; the event log has it.
    Unread,
    /// Too much happened to tell one by one: read everything anew.
    Stale,
}
