//! One engine per data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::{Result, StoreError};

/// Name of the lock's file in the data directory.
const LOCK_FILE: &str = "lock";

/// The right to write to a data directory. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it.
    pub fn take(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(LOCK_FILE);
        let failed = |source| StoreError::File {
            path: path.clone(),
            source,
        };
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(data_dir.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that is just being started by another thread has it open as well, until it
        // runs its own program. Where this fails, the end of the process does it.
        let _ = self.file.unlock();
    }
}
