//! Errors as the page gets them: data, not words to search in.

use bluetick_core::engine::FileError;
use bluetick_core::sample::SendError;
use bluetick_core::settings::SettingsError;
use bluetick_core::store::StoreError;
use serde::Serialize;

/// What the page branches on. There is a code only where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Code {
    /// The engine did not start: nothing can be received or shown.
    NotStarted,
    /// A token is needed to fetch the file, or the one there is was refused.
    MediaToken,
    /// This one thing did not work.
    Failed,
}

/// What a command returns when it cannot do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{message}")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "HostError"))]
pub struct Error {
    /// For the page.
    pub code: Code,
    /// For the user.
    pub message: String,
}

impl Error {
    pub(super) const fn not_started(message: String) -> Self {
        Self {
            code: Code::NotStarted,
            message,
        }
    }
}

impl Error {
    pub(super) fn failed(message: &str) -> Self {
        Self {
            code: Code::Failed,
            message: message.to_owned(),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self {
            code: Code::Failed,
            message: error.to_string(),
        }
    }
}

impl From<SettingsError> for Error {
    fn from(error: SettingsError) -> Self {
        Self::failed(&error.to_string())
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self {
            code: if error.wants_token() {
                Code::MediaToken
            } else {
                Code::Failed
            },
            message: error.to_string(),
        }
    }
}

impl From<SendError> for Error {
    fn from(error: SendError) -> Self {
        Self {
            code: Code::Failed,
            message: error.to_string(),
        }
    }
}
