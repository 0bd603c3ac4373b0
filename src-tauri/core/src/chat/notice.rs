//! What is told about the account and not about a message: each with a topic, a readable line, and whether it is a concern.

use super::content::NamedValue;
use super::event::ItemKey;
use super::time::Timestamp;

/// Something told that is no message.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What makes it the same notice.
    pub key: ItemKey,
    /// The `field` it came under, or the reader's word for it.
    pub field: String,
    /// What it is about.
    pub topic: Topic,
    /// When, if that was told.
    pub at: Option<Timestamp>,
    /// One line that says what happened. It may name templates, numbers and people.
    pub line: String,
    /// What else was told, in the payload's own words.
    pub facts: Vec<NamedValue>,
    /// Whether the user must know.
    pub concern: Concern,
}

/// What a notice is about (webhook catalogue §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The WhatsApp Business account.
    Account,
    /// An alert about any part of it.
    Alert,
    /// A sale or lead that Meta detected.
    AutomaticEvent,
    /// What may be sent.
    Capability,
    /// A contact in the business's own address book.
    Contact,
    /// An error that concerns no single message.
    Error,
    /// A Flow.
    Flow,
    /// A group.
    Group,
    /// Who answers a conversation.
    Handover,
    /// Messages from before the number was connected.
    History,
    /// A customer's user id.
    Identity,
    /// A link in a marketing message.
    LinkClick,
    /// The business number.
    Number,
    /// Payments.
    Payment,
    /// What a customer wants to receive.
    Preference,
    /// The two-step verification of the number.
    Security,
    /// A partner's solution.
    Solution,
    /// A message template.
    Template,
    /// The username of the business.
    Username,
    /// Nothing that this version understands.
    Unknown,
}

impl Topic {
    /// The word under which the archive stores it and the export names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Alert => "alert",
            Self::AutomaticEvent => "automatic_event",
            Self::Capability => "capability",
            Self::Contact => "contact",
            Self::Error => "error",
            Self::Flow => "flow",
            Self::Group => "group",
            Self::Handover => "handover",
            Self::History => "history",
            Self::Identity => "identity",
            Self::LinkClick => "link_click",
            Self::Number => "number",
            Self::Payment => "payment",
            Self::Preference => "preference",
            Self::Security => "security",
            Self::Solution => "solution",
            Self::Template => "template",
            Self::Username => "username",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether the user must know, beyond the event log. Concerns of one subject replace each other: the newest holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// No.
    Nothing,
    /// Messages may not come, or may not go, until the user does something.
    Problem(String),
    /// The problem of this subject is over.
    Over(String),
    /// Something goes on; percent done.
    Progress(String, u8),
}

impl Concern {
    /// What it is about, if it is one.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Problem(subject) | Self::Over(subject) | Self::Progress(subject, _) => {
                Some(subject)
            }
        }
    }
}
