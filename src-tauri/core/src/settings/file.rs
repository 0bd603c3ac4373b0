//! Small files that are read whole and replaced whole.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Result, SettingsError};

/// The file's text; `None` if there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SettingsError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Replaces the file in one step, readable by the owner only: whatever happens, the old text or the new one is there.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let failed = |source| SettingsError::File {
        path: path.to_owned(),
        source,
    };
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}

/// Reads TOML. The error says where it stopped, not what is there: the file may hold secrets.
pub(super) fn from_toml<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| SettingsError::Malformed {
        path: path.to_owned(),
        reason: match error.span() {
            Some(span) => {
                let line = text[..span.start.min(text.len())].lines().count().max(1);
                format!("line {line}: {}", error.message())
            }
            None => error.message().to_owned(),
        },
    })
}

/// Writes TOML.
pub(super) fn to_toml<T: Serialize>(path: &Path, value: &T) -> Result<String> {
    toml::to_string_pretty(value).map_err(|error| SettingsError::Malformed {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}
