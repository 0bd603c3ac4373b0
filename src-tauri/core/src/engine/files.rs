//! The files of messages: where they are, and fetching one when the user asks for it.

use std::io;
use std::path::Path;

use super::Engine;
use crate::chat::view::MediaState;
use crate::media::{self, Cache, MediaError, Network, Token};
use crate::settings::{Secret, SettingsError};
use crate::store::{Reader, StoreError};

/// Name of the cache in the data directory.
const CACHE: &str = "media";

/// Why a file was not fetched, or the token for it not kept.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such message, or no file in it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The provider or the network.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The token cannot be kept.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// What was pasted is no token.
    #[error("that is no access token: it is empty, or has characters that no token has")]
    NoToken,
    /// The runtime is ending.
    #[error("the program is ending")]
    Ending,
}

impl FileError {
    /// Whether a token is needed, or another one.
    #[must_use]
    pub const fn wants_token(&self) -> bool {
        matches!(
            self,
            Self::Media(MediaError::TokenMissing | MediaError::TokenRefused { .. }) | Self::NoToken
        )
    }
}

/// Opens the cache of a data directory.
pub(super) fn open(data_dir: &Path) -> io::Result<Cache> {
    Cache::open(&data_dir.join(CACHE))
}

impl Engine {
    /// Where the file of a message is.
    ///
    /// # Errors
    /// If there is no such message, or no file in it.
    pub async fn media_state(&self, message: i64) -> Result<MediaState, FileError> {
        let cache = self.cache.clone();
        Ok(self
            .ask(move |reader| {
                let (key, _) = reader.media(message)?;
                Ok(cache.state(&key))
            })
            .await?)
    }

    /// Fetches the file of a message, unless it is here already.
    ///
    /// # Errors
    /// If it cannot be had. The message says why, in words for the user.
    pub async fn download_media(&self, message: i64) -> Result<MediaState, FileError> {
        let (key, file) = self
            .ask(move |reader: &Reader| reader.media(message))
            .await?;
        let token = self
            .settings()
            .media_token
            .as_ref()
            .and_then(|token| Token::new(token.reveal()));
        // The system's certificates are read anew each time, which takes a moment.
        let network = tokio::task::spawn_blocking(Network::new)
            .await
            .map_err(|_| FileError::Ending)??;
        Ok(media::download(&network, &self.cache, &key, &file, token.as_ref()).await?)
    }

    /// Keeps the token that the provider wants to see before it gives out files.
    ///
    /// # Errors
    /// If it is none, or cannot be kept.
    pub async fn set_media_token(&self, token: String) -> Result<(), FileError> {
        Token::new(&token).ok_or(FileError::NoToken)?;
        let token = Secret::new(token.trim().to_owned());
        self.change_settings(move |settings, data_dir| settings.set_media_token(data_dir, token))
            .await?;
        Ok(())
    }
}
