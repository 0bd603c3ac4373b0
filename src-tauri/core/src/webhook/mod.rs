//! The languages that Bluetick is spoken to in, read into the words of the domain.
//!
//! LINK Mobility's wrapper, Meta's envelope, one of its inner values, a list of any of these, and LINK's flat SMS notification
//! (webhook catalogue §0, §1, §9). They are told apart by their keys, never by their order. Pure: bytes in, facts out.
//!
//! Two promises: reading never panics, and no bad item spoils its neighbours. What could not be understood is named in
//! [`Reading::unread`]; the bytes are kept by the caller, so nothing is lost by not understanding it.

mod call;
mod card;
mod content;
mod envelope;
mod field;
mod json;
mod message;
mod notice;
mod person;
mod reply;
mod sms;
mod status;
mod value;

use crate::chat::event::Item;

/// Counts how much this reader understands. It grows whenever the same bytes are read differently than before, so that an archive
/// that was written by an earlier one is known to gain from being read again.
pub const EDITION: i64 = 2;

/// What was read from one body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Everything understood, in the order of the body, messages before the statuses beside them.
    pub items: Vec<Item>,
    /// What was not, in words for the event log. Never holds message content.
    pub unread: Vec<String>,
}

/// The body is not JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("body is not JSON: {reason}")]
pub struct NotJson {
    /// Why, in words that help whoever set up the forwarding. Never holds content.
    pub reason: String,
}

/// Reads one body.
///
/// # Errors
/// Only where the body is not JSON (RFC 8259, in UTF-8, a byte order mark allowed).
pub fn interpret(body: &[u8]) -> Result<Reading, NotJson> {
    let root = json::read(body)?;
    let mut reader = value::Reader::default();
    envelope::read(&root, &mut reader);
    Ok(reader.finish())
}

#[cfg(test)]
pub(crate) mod tests;
