//! The files of messages, as far as they are on this computer.

use serde::Serialize;

/// Where the file of a message is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum MediaState {
    /// With the provider only. Nothing is fetched until the user asks for it.
    Remote,
    /// In the cache.
    Here {
        /// Its path on this computer.
        path: String,
        /// What it is, as the bytes themselves say; absent where they are none of the few formats that the page shows.
        mime_type: Option<String>,
        /// Bytes.
        size: i64,
    },
}
