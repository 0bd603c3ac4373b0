//! The files of messages: fetched from the provider when the user asks for one, and kept in a folder.
//!
//! A message only describes its file, and whoever can post to the hook can write that description. So it is treated as a
//! stranger's word: only https, only a handful of hosts that providers are known to keep files on (`place`), only public
//! addresses (`public`), every redirect judged like the first address, at most 100 MiB, and the access token goes to the
//! hosts that are asked for it and to no other. What a file *is* is decided by its bytes and not by its description
//! (`format`). Format facts are those of the webhook catalogue, §7.1.
//!
//! Deliberately absent: fetching anything that nobody asked for, proxies (one would resolve names in our place, past every
//! check), thumbnails, a queue, and a limit to the folder's size: what the user fetched stays until its message goes.

mod cache;
mod digest;
mod error;
mod fetch;
mod format;
mod graph;
mod network;
mod place;
mod public;

#[cfg(test)]
mod tests;

use std::fmt;

pub use self::cache::Cache;
pub use self::error::{BadAnswer, MediaError, Result};
pub use self::network::Network;
use crate::chat::content::MediaFile;
use crate::chat::view::MediaState;

/// Largest file that is fetched, in bytes: WhatsApp's own limit for documents, the largest of its kinds (§7.1).
pub const SIZE_LIMIT: u64 = 100 * 1024 * 1024;

/// What the provider wants to see before it hands out a file. It is shown to nobody, not even in [`fmt::Debug`].
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token that the user pasted, without the white space around it. `None` if what is left can be no token: nothing, or
    /// something that does not fit in a header.
    #[must_use]
    pub fn new(pasted: &str) -> Option<Self> {
        let token = pasted.trim();
        let fits = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(token.to_owned()))
    }

    fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token([redacted])")
    }
}

/// Fetches the file of a message into the cache, unless it is there already, and says where it is.
///
/// `key` names the message for good: its channel and its id. It may hold anything; two messages must not share one. The
/// future may be dropped at any time: a file is in the cache whole, or not at all. Two at a time for one key do the work twice, and
/// make one file.
///
/// # Errors
/// See [`MediaError`]; the cache is then as it was. Nothing is tried twice but an address that ended meanwhile.
pub async fn download(
    network: &Network,
    cache: &Cache,
    key: &str,
    file: &MediaFile,
    token: Option<&Token>,
) -> Result<MediaState> {
    match cache.state(key) {
        here @ MediaState::Here { .. } => Ok(here),
        MediaState::Remote => {
            network
                .in_time(fetch::fetch(network, cache, key, file, token))
                .await
        }
    }
}
