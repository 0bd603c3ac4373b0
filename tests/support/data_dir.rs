//! Data directories that touch nobody's keyring.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A new data directory, removed after the test.
pub(crate) struct DataDir {
    path: PathBuf,
    _parent: TempDir,
}

impl DataDir {
    /// One with settings that keep secrets in a file: the developer's keyring is not for tests to write to.
    pub(crate) fn new() -> Self {
        let parent = tempfile::tempdir().expect("a place for temporary files");
        let path = parent.path().join("bluetick");
        fs::create_dir(&path).expect("a directory in a new one");
        fs::write(
            path.join("settings.toml"),
            "secrets = \"file\"\n\n[[address]]\nlabel = \"default\"\n",
        )
        .expect("a file in a new directory");
        Self {
            path,
            _parent: parent,
        }
    }

    /// Lets the engine that will use it connect to this server for ngrok's, and trust this certificate.
    pub(crate) fn trust(&self, server: &str, certificate: &str) {
        let file = self.path.join("edge.pem");
        fs::write(&file, certificate).expect("a file in a directory of ours");
        let settings = format!(
            "secrets = \"file\"\n\n[public-url]\nserver = \"{server}\"\nroots = {{ file = '{}' }}\n\n[[address]]\nlabel = \"default\"\n",
            file.display()
        );
        fs::write(self.path.join("settings.toml"), settings)
            .expect("a file in a directory of ours");
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
