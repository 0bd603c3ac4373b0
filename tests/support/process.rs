//! Processes that a test starts, and that end with it.

use std::io::{BufRead, BufReader, ErrorKind};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A process that does not outlive the test, whether that passes or not.
pub(crate) struct Running {
    pub(crate) child: Child,
}

impl Running {
    /// Starts it.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        match command.spawn() {
            Ok(child) => Self { child },
            Err(error) if error.kind() == ErrorKind::NotFound => panic!(
                "{} is not installed; `make test` installs what the tests need",
                command.get_program().display()
            ),
            Err(error) => panic!("{command:?} does not start: {error}"),
        }
    }

    /// Starts it and waits for the first line that it prints.
    pub(crate) fn spawn_and_hear(command: &mut Command) -> (Self, String, BufReader<ChildStdout>) {
        let mut running = Self::spawn(command.stdout(Stdio::piped()));
        let out = running.child.stdout.take();
        let mut out = BufReader::new(out.expect("the output was asked for"));
        let mut line = String::new();
        out.read_line(&mut line)
            .expect("what the process prints is text");
        assert!(
            !line.is_empty(),
            "{command:?} ended without a word: {:?}",
            running.child.wait()
        );
        (running, line.trim_end().to_owned(), out)
    }

    /// The number by which the system knows it.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended; nothing while it runs.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let ended = self.child.try_wait();
        let status = ended.expect("a child can be waited for")?;
        // A signal is no code, but an end all the same.
        Some(status.code().unwrap_or(-1))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program of this workspace, which cargo puts beside the directory of the test binaries.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    let built = test
        .parent()
        .and_then(|deps| deps.parent())
        .map(|debug| debug.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .expect("test binaries are in target/debug/deps");
    assert!(
        built.exists(),
        "{} is not built; run `cargo build --workspace --all-targets` first",
        built.display()
    );
    built
}
