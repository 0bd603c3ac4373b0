//! A desktop session of the test's own: bus, screen and notification service. The developer's are never touched.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::process::Running;
use super::wait::eventually;

/// A session bus that starts nothing by itself, so that what is on it is what the test put there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=DIRECTORY</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Popups stay until the test has seen them, and none is left out.
const DUNST: &str = r#"[global]
notification_limit = 20
history_length = 100
markup = full
format = "<b>%s</b>\n%b"
ignore_dbusclose = false
dmenu = DMENU
width = (300, 480)
[urgency_low]
timeout = 120
[urgency_normal]
timeout = 120
[urgency_critical]
timeout = 120
"#;

/// Stands at the screen and chooses "mark as read" from dunst's menu of actions: the lines that it is given are
/// `#Label (title) [id,action]`.
const DMENU: &str = "#!/bin/sh\ngrep -m1 ',mark-read]$'\n";

/// A session bus, and nothing on it.
pub(crate) struct Bus {
    pub(crate) address: String,
    directory: TempDir,
    _process: Running,
}

impl Bus {
    /// Starts one.
    pub(crate) fn start() -> Self {
        let directory = tempfile::tempdir().expect("a place for temporary files");
        let config = directory.path().join("bus.conf");
        let place = directory.path().display().to_string();
        fs::write(&config, BUS.replace("DIRECTORY", &place)).expect("a file in a new directory");
        let (process, address, _) = Running::spawn_and_hear(
            Command::new("dbus-daemon")
                .arg("--nofork")
                .arg("--print-address=1")
                .arg(format!("--config-file={}", config.display()))
                // It complains of the limit of open files wherever it is not root of the whole machine.
                .stderr(Stdio::null()),
        );
        Self {
            address,
            directory,
            _process: process,
        }
    }

    /// Lets a command see this bus, no other bus, and no screen.
    pub(crate) fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("GSETTINGS_BACKEND", "memory")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
    }
}

/// A popup that was shown and closed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ClosedPopup {
    pub(crate) title: String,
    /// The body as the service got it, which is markup.
    pub(crate) body: String,
}

/// A bus, a screen, and a real notification service.
pub(crate) struct Desktop {
    // Dropped from the top: the service must not outlive its screen, nor the screen its bus.
    pub(crate) service: Option<Running>,
    _screen: Running,
    pub(crate) display: String,
    pub(crate) bus: Bus,
}

impl Desktop {
    /// Starts all of it and waits until popups can be shown.
    pub(crate) fn start() -> Self {
        let bus = Bus::start();
        let (screen, number, _) = Running::spawn_and_hear(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
                .args(["-nolisten", "tcp"])
                .stderr(Stdio::null()),
        );
        let display = format!(":{number}");
        let place = bus.directory.path();
        let menu = place.join("menu");
        fs::write(&menu, DMENU).expect("a file in a new directory");
        let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&menu, everybody).expect("it is ours");
        let config = DUNST.replace("DMENU", &menu.display().to_string());
        fs::write(place.join("dunstrc"), config).expect("a file in a new directory");
        let mut desktop = Self {
            service: None,
            _screen: screen,
            display,
            bus,
        };
        desktop.start_service();
        desktop
    }

    /// Starts the notification service, after the one before has ended.
    pub(crate) fn start_service(&mut self) {
        let mut dunst = Command::new("dunst");
        let config = self.bus.directory.path().join("dunstrc");
        let dunst = self.enter(dunst.arg("-conf").arg(config));
        let mut service = Running::spawn(dunst.stdout(Stdio::null()).stderr(Stdio::null()));
        eventually("dunst takes its name on the bus", || {
            let ended = service.exit_code();
            assert_eq!(ended, None, "dunst {} ended", service.id());
            self.dunstctl(&["count", "displayed"])
        });
        self.service = Some(service);
    }

    /// Lets a command see this session and no other.
    pub(crate) fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        self.bus.enter(command).env("DISPLAY", &self.display)
    }

    /// How many popups are on the screen.
    pub(crate) fn popup_count(&self) -> Option<usize> {
        let shown = self.dunstctl(&["count", "displayed"])?;
        Some(shown.trim().parse().expect("a number"))
    }

    /// Waits until as many popups are on the screen.
    pub(crate) fn wait_for_popups(&self, count: usize) {
        eventually(&format!("{count} popups are on the screen"), || {
            (self.popup_count()? == count).then_some(())
        });
    }

    /// Clicks the popup that has been on the screen longest.
    pub(crate) fn click_oldest_popup(&self) {
        self.dunstctl(&["action", "0"]).expect("dunst answers");
    }

    /// Closes every popup; those closed so far are what can be read, the newest first.
    pub(crate) fn close_popups(&self) -> Vec<ClosedPopup> {
        self.dunstctl(&["close-all"]).expect("dunst answers");
        let history = self.dunstctl(&["history"]).expect("dunst answers");
        let history: Value = serde_json::from_str(&history).expect("the history is JSON");
        let closed = history["data"][0].as_array().into_iter().flatten();
        let text = |popup: &Value, key: &str| {
            let text = popup[key]["data"].as_str();
            text.expect("popups have a title and a body").to_owned()
        };
        closed
            .map(|popup| ClosedPopup {
                title: text(popup, "summary"),
                body: text(popup, "body"),
            })
            .collect()
    }

    /// What dunst's remote control prints; nothing where dunst does not answer.
    pub(crate) fn dunstctl(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("dunstctl");
        let asked = self.enter(command.args(arguments)).output();
        let answer = asked.expect("dunstctl comes with dunst; `make test` installs it");
        let text = || String::from_utf8(answer.stdout).expect("dunstctl prints text");
        answer.status.success().then(text)
    }
}
