//! What is different after something was recorded.
//!
//! One closed enum, told to everybody who listens, after the commit. It carries keys, not content: a listener that needs more
//! asks the archive, and so sees how things are, not how they were.

use super::view::Direction;

/// Something in the archive is new or different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A channel is new, or its number is.
    Channel {
        /// Its row.
        channel: i64,
    },
    /// A conversation's line in the list is different.
    Conversation {
        /// Its row.
        conversation: i64,
    },
    /// Two conversations turned out to be with the same person.
    Merged {
        /// The row that is gone.
        gone: i64,
        /// The row that has all messages now.
        into: i64,
    },
    /// A message is new.
    Message {
        /// The conversation it is in.
        conversation: i64,
        /// Its row.
        message: i64,
        /// Which way it went.
        direction: Direction,
    },
    /// A message that was known is different.
    Amended {
        /// The conversation it is in.
        conversation: i64,
        /// Its row.
        message: i64,
    },
    /// A message made a step that had not been told.
    Step {
        /// The conversation it is in.
        conversation: i64,
        /// Its row.
        message: i64,
        /// The payload's word.
        status: String,
    },
    /// What the user should know about their account is different.
    Concern,
    /// An outage of the public URL began or ended, or the user knows of it.
    Outage,
    /// A delivery was kept that could not be understood, or not wholly.
    Unread {
        /// Its row.
        delivery: i64,
    },
    /// A delivery was kept that is not JSON.
    Rejected {
        /// Its row.
        delivery: i64,
    },
}
