//! The program `bluetick`, as a test runs it.

use std::io::{BufRead, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use serde_json::Value;

use crate::support::data_dir::DataDir;
use crate::support::process::{Running, program};
use crate::support::wait::{PATIENCE, eventually};

/// A command of `bluetick` on this data directory, which sees neither the developer's session nor their proxy.
pub(crate) fn command(data_dir: &DataDir) -> Command {
    let mut command = Command::new(program("bluetick"));
    command.arg("--data-dir").arg(data_dir.path());
    for variable in ["BLUETICK_DATA_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"] {
        command.env_remove(variable);
    }
    command
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) errors: String,
}

impl Ran {
    /// What it printed, which must be text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("it prints text")
    }
}

/// Runs a command to its end.
pub(crate) fn run(data_dir: &DataDir, arguments: &[&str]) -> Ran {
    run_with_input(data_dir, arguments, "")
}

/// Runs a command to its end, with this on its standard input.
pub(crate) fn run_with_input(data_dir: &DataDir, arguments: &[&str], input: &str) -> Ran {
    let mut child = command(data_dir)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bluetick starts");
    let mut stdin = child.stdin.take().expect("the input was asked for");
    // A command that reads nothing may have ended already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("bluetick ends");
    Ran {
        code: output.status.code(),
        out: output.stdout,
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// What JSON Lines hold.
pub(crate) fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("each line is one JSON value"))
        .collect()
}

/// Every record of the archive.
pub(crate) fn export(data_dir: &DataDir) -> Vec<Value> {
    let ran = run(data_dir, &["export"]);
    assert_eq!(ran.code, Some(0), "export works: {}", ran.errors);
    json_lines(ran.text())
}

/// The records of messages.
pub(crate) fn messages(data_dir: &DataDir) -> Vec<Value> {
    let mut records = export(data_dir);
    records.retain(|record| record["record"] == "message");
    records
}

/// The event log.
pub(crate) fn deliveries(data_dir: &DataDir, kind: &str) -> Vec<Value> {
    let ran = run(data_dir, &["deliveries", "--kind", kind, "--json"]);
    assert_eq!(ran.code, Some(0), "the event log works: {}", ran.errors);
    json_lines(ran.text())
}

/// Sends a signal.
pub(crate) fn signal(process: u32, name: &str) {
    let sent = Command::new("sh")
        .args([
            "-c",
            "kill -s \"$1\" \"$2\"",
            "kill",
            name,
            &process.to_string(),
        ])
        .status()
        .expect("every system has a shell");
    assert!(sent.success(), "{name} can be sent to {process}");
}

/// A running `bluetick serve --json`.
pub(crate) struct Serve {
    pub(crate) process: Running,
    pub(crate) hook: String,
    pub(crate) address: String,
    pub(crate) verify_token: String,
    /// Its first line.
    pub(crate) listening: Value,
    events: mpsc::Receiver<String>,
}

impl Serve {
    /// Starts it on a free port.
    pub(crate) fn start(data_dir: &DataDir) -> Self {
        Self::start_as(&mut command(data_dir))
    }

    /// Starts it with a command that ends where `serve` comes next.
    pub(crate) fn start_as(command: &mut Command) -> Self {
        let (process, first, out) =
            Running::spawn_and_hear(command.args(["serve", "--json", "--listen", "127.0.0.1:0"]));
        let listening: Value = serde_json::from_str(&first).expect("the first line is JSON");
        let text = |key: &str| {
            let text = listening[key].as_str();
            text.expect("the first line says where it listens")
                .to_owned()
        };
        let (hook, address, verify_token) = (text("hook"), text("address"), text("verifyToken"));
        let (told, events) = mpsc::channel();
        // Somebody must read what it prints, or it would wait for ever once the pipe is full.
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = told.send(line);
            }
        });
        Self {
            process,
            hook,
            address,
            verify_token,
            listening,
            events,
        }
    }

    /// The next thing it says.
    pub(crate) fn next_event(&self) -> Value {
        let line = self.events.recv_timeout(PATIENCE);
        serde_json::from_str(&line.expect("something is said")).expect("every line is JSON")
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        signal(self.process.id(), "TERM");
        let code = eventually("serve ends after SIGTERM", || self.process.exit_code());
        assert_eq!(code, 0, "SIGTERM is an orderly end");
    }
}
