//! What only these tests do to dunst.

use std::io::BufRead;
use std::process::Command;
use std::sync::mpsc;

use crate::support::process::Running;
use crate::support::session::Desktop;
use crate::support::wait::PATIENCE;

impl Desktop {
    /// Ends the notification service, without giving it time for anything.
    pub(crate) fn kill_service(&mut self) {
        self.service = None;
    }

    /// The notification service's process.
    pub(crate) fn service_id(&self) -> u32 {
        let service = self.service.as_ref();
        service.expect("it is running").id()
    }

    /// Chooses "Mark as read" of a popup that has it.
    pub(crate) fn mark_popup_as_read(&self) {
        self.dunstctl(&["context"]).expect("dunst answers");
    }

    /// Listens to what the service is told from now on.
    pub(crate) fn overhear(&self) -> Overheard {
        let mut monitor = Command::new("dbus-monitor");
        monitor.args([
            "--session",
            "interface='org.freedesktop.Notifications',member='Notify'",
        ]);
        // It says first that it was let in.
        let (process, _, out) = Running::spawn_and_hear(self.enter(&mut monitor));
        let (told, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = told.send(line);
            }
        });
        Overheard {
            lines,
            _process: process,
        }
    }
}

/// What a notification service is told.
pub(crate) struct Overheard {
    lines: mpsc::Receiver<String>,
    _process: Running,
}

impl Overheard {
    /// Waits until it was told all of these, in any order.
    pub(crate) fn wait_for(&self, words: &[&str]) {
        let mut heard = Vec::new();
        let is_missing = |heard: &[String]| {
            let said = |words: &&str| heard.iter().any(|line| line.contains(words));
            !words.iter().all(said)
        };
        while is_missing(&heard) {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => heard.push(line),
                Err(_) => panic!("{words:?} is not told: {heard:#?}"),
            }
        }
    }
}
