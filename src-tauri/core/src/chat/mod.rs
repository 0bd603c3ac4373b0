//! The domain: what a conversation is made of, whatever language a provider tells it in.
//!
//! Pure: no input, no output, no clock, no randomness. Times are passed in, effects are returned. It knows no other room; the
//! others know it.

pub mod call;
pub mod change;
pub mod content;
pub mod event;
pub mod filename;
pub mod identity;
pub mod notice;
pub mod preview;
pub mod receipt;
pub mod time;
pub mod view;
