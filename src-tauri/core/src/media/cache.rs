//! The folder of fetched files. It remembers by names alone: there is no index that could disagree with it.
//!
//! A file is named by the SHA-256 of its message's key, so that nothing a stranger chose becomes a path, with an extension by
//! what its bytes are. Its loss costs a second download, no more; so the folder itself is not synced.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::digest::Digest;
use super::format::{Format, HEAD};
use crate::chat::view::MediaState;

/// What unfinished files start with.
const PART: &str = ".part-";

/// The extension of everything that is no [`Format`].
const UNKNOWN: &str = "bin";

/// After this long an unfinished file is nobody's: no download takes so long.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The folder of fetched files.
#[derive(Debug, Clone)]
pub struct Cache {
    dir: PathBuf,
}

impl Cache {
    /// Opens the folder, which is made if need be and is its owner's alone, and sweeps out what a crash left unfinished.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir)?;
        #[cfg(unix)]
        fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let cache = Self {
            dir: dir.to_owned(),
        };
        cache.sweep()?;
        Ok(cache)
    }

    /// Whether the file of a message is here. Looks at the disk, not at the network.
    #[must_use]
    pub fn state(&self, key: &str) -> MediaState {
        let stem = stem(key);
        let found = formats().find_map(|format| {
            let path = self.path(&stem, format);
            // A link would lead out of the folder, and nothing here makes one.
            let found = fs::symlink_metadata(&path)
                .ok()
                .filter(fs::Metadata::is_file)?;
            Some(here(&path, format, found.len()))
        });
        found.unwrap_or(MediaState::Remote)
    }

    /// Removes the file of a message, if it is here: the message is gone for good.
    ///
    /// # Errors
    /// If it is here and stays.
    pub fn forget(&self, key: &str) -> io::Result<()> {
        let stem = stem(key);
        formats().try_for_each(|format| match fs::remove_file(self.path(&stem, format)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        })
    }

    /// Starts a file. It vanishes when it is dropped, unless it is kept.
    pub(super) fn part(&self) -> io::Result<Part> {
        // Readable by its owner only, which is what this crate does on its own accord.
        let file = tempfile::Builder::new()
            .prefix(PART)
            .tempfile_in(&self.dir)?;
        Ok(Part {
            file,
            head: Vec::with_capacity(HEAD),
            sha256: Sha256::new(),
            size: 0,
        })
    }

    fn path(&self, stem: &str, format: Option<Format>) -> PathBuf {
        self.dir.join(format!(
            "{stem}.{}",
            format.map_or(UNKNOWN, Format::extension)
        ))
    }

    /// Removes unfinished files that are too old to be in the works. One that stays does no harm.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let is_part = entry.file_name().to_string_lossy().starts_with(PART);
            let age = || {
                entry
                    .metadata()?
                    .modified()?
                    .elapsed()
                    .map_err(io::Error::other)
            };
            if is_part && age().is_ok_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }
}

/// A file that is being fetched.
pub(super) struct Part {
    file: NamedTempFile<File>,
    head: Vec<u8>,
    sha256: Sha256,
    size: u64,
}

impl Part {
    /// Appends bytes. They go to the system's memory, not to the disk, so this does not wait.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..wanted]);
        self.sha256.update(bytes);
        self.size = self.size.saturating_add(bytes.len() as u64);
        self.file.write_all(bytes)
    }

    /// Bytes so far.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// Their SHA-256.
    pub(super) fn digest(&self) -> Digest {
        Digest(self.sha256.clone().finalize().into())
    }

    /// Puts the file in its place in one step, after it is on the disk.
    pub(super) fn keep(self, cache: &Cache, key: &str) -> io::Result<MediaState> {
        let format = Format::of(&self.head);
        let path = cache.path(&stem(key), format);
        self.file.as_file().sync_all()?;
        self.file.persist(&path)?;
        Ok(here(&path, format, self.size))
    }
}

/// Every answer to what a file is.
fn formats() -> impl Iterator<Item = Option<Format>> {
    Format::ALL.into_iter().map(Some).chain([None])
}

fn stem(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn here(path: &Path, format: Option<Format>, size: u64) -> MediaState {
    MediaState::Here {
        path: path.display().to_string(),
        mime_type: format.map(|format| format.mime_type().to_owned()),
        size: i64::try_from(size).unwrap_or(i64::MAX),
    }
}
