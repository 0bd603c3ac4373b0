//! The app without its window: in the tray, or asked what to do where there is none.

use std::fs;
use std::process::{Command, Stdio};

use crate::app::{App, picture};
use crate::frame::{close_window, titles};
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};
use crate::support::process::{Running, program};
use crate::support::session::Desktop;
use crate::support::wait::eventually;
use crate::tray_host::TrayHost;

/// The app as a session starts it, without anybody driving its page.
struct Plain {
    process: Running,
    data_dir: DataDir,
    desktop: Desktop,
}

fn app(desktop: &Desktop, data_dir: &DataDir, arguments: &[&str]) -> Running {
    let mut command = Command::new(program("bluetick-desktop"));
    command
        .args(arguments)
        .env("BLUETICK_DATA_DIR", data_dir.path())
        .env("HOME", data_dir.path())
        .env("XDG_CONFIG_HOME", data_dir.path().join("config"))
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Running::spawn(desktop.enter(&mut command))
}

impl Plain {
    fn start(arguments: &[&str]) -> (Self, TrayHost) {
        let (desktop, data_dir) = (Desktop::start(), DataDir::new());
        let host = TrayHost::start(&desktop.bus);
        let process = app(&desktop, &data_dir, arguments);
        let plain = Self {
            process,
            data_dir,
            desktop,
        };
        host.wait_for("Open Bluetick");
        (plain, host)
    }

    /// Waits until the window has been painted so often.
    fn wait_for_paint(&self, times: usize) {
        eventually(&format!("the window is painted, time {times}"), || {
            let log = fs::read_to_string(self.data_dir.path().join("logs/bluetick.log")).ok()?;
            (log.matches("the window is painted").count() == times).then_some(())
        });
    }

    fn hook(&self) -> String {
        self.data_dir.hook().expect("it listens")
    }

    fn receive(&self, id: &str, words: &str) {
        let answer = post(&self.hook(), text(id, MINA, words).to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    fn title(&self) -> Option<String> {
        titles(&self.desktop)
            .into_iter()
            .next()
            .map(|(_, title)| title)
    }

    /// Waits until the window is called this; `None` if there is to be none.
    fn wait_for_title(&self, wanted: Option<&str>) {
        eventually(&format!("the window's title is {wanted:?}"), || {
            (self.title().as_deref() == wanted).then_some(())
        });
    }
}

#[test]
fn closing_leaves_it_in_the_tray_and_a_click_brings_it_back() {
    let (app, host) = Plain::start(&[]);
    app.wait_for_paint(1);
    let calm = host.icon();
    close_window(&app.desktop);
    app.wait_for_title(None);
    // The first time, it says where it went.
    app.desktop.wait_for_popups(1);
    assert_eq!(
        app.desktop.close_popups()[0].title,
        "Bluetick keeps receiving"
    );

    app.receive("wamid.1", "Are you there?");
    app.desktop.wait_for_popups(1);
    eventually("the icon says that something is unread", || {
        (host.icon() != calm).then_some(())
    });
    app.desktop.click_oldest_popup();
    app.wait_for_paint(2);
    app.desktop.wait_for_popups(0);
    // It is open at the conversation, and so read.
    app.wait_for_title(Some("Bluetick"));
    picture(&app.desktop, "back-from-the-tray");

    close_window(&app.desktop);
    app.wait_for_title(None);
    host.choose("Open Bluetick");
    app.wait_for_paint(3);
    assert_eq!(app.desktop.popup_count(), Some(0), "said once");
}

#[test]
fn the_menu_pauses_copies_and_quits() {
    let (mut app, host) = Plain::start(&[]);
    app.wait_for_paint(1);
    host.wait_for("No public URL");
    host.choose("For 1 hour");
    host.wait_for("Resume (paused until");
    app.receive("wamid.1", "In silence");
    host.choose("Resume");
    eventually("popups are not paused any more", || {
        let is_paused = host
            .menu()
            .iter()
            .any(|entry| entry.contains("paused until"));
        (!is_paused).then_some(())
    });
    app.receive("wamid.2", "Aloud");
    app.desktop.wait_for_popups(1);

    host.choose("Copy the URL");
    eventually("the URL is on the clipboard", || {
        let mut paste = Command::new("xclip");
        paste
            .args(["-selection", "clipboard", "-out"])
            .stderr(Stdio::null());
        let pasted = app.desktop.enter(&mut paste).output();
        let pasted = pasted.expect("xclip is installed by `make test`").stdout;
        (pasted == app.hook().as_bytes()).then_some(())
    });

    host.choose("Quit");
    eventually("it ends", || {
        app.process.exit_code().filter(|code| *code == 0)
    });
    app.desktop.wait_for_popups(0);
}

#[test]
fn a_second_start_raises_the_first() {
    let (app_of_first, _host) = Plain::start(&["--hidden"]);
    assert_eq!(
        app_of_first.title(),
        None,
        "a start with the session shows no window"
    );
    app_of_first.receive("wamid.1", "Kept");
    let mut second = app(&app_of_first.desktop, &app_of_first.data_dir, &[]);
    eventually("the second ends", || {
        second.exit_code().filter(|code| *code == 0)
    });
    app_of_first.wait_for_paint(1);
    app_of_first.wait_for_title(Some("(1) Bluetick"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tray_closing_asks() {
    let app = App::start().await;
    app.see("//h1[contains(., 'Connect your WhatsApp number')]")
        .await;
    close_window(&app.desktop);
    app.see("//dialog[contains(., 'Keep receiving messages?')]")
        .await;
    app.screenshot("closing").await;
    app.click("//dialog//button[contains(., 'Cancel')]").await;
    app.see("//body[not(.//dialog)]").await;
    close_window(&app.desktop);
    app.see("//dialog[contains(., 'Keep receiving messages?')]")
        .await;
    // Its answer does not come back: there is no page any more.
    let _ = app
        .page
        .execute(
            "[...document.querySelectorAll('dialog button')].find((button) => button.textContent.includes('background')).click()",
            Vec::new(),
        )
        .await;
    eventually("the window is gone", || {
        titles(&app.desktop).is_empty().then_some(())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_with_the_session_is_a_setting() {
    let app = App::start().await;
    app.see("//h1[contains(., 'Connect your WhatsApp number')]")
        .await;
    app.click("//button[contains(., 'Send a test message')]")
        .await;
    app.click("//button[contains(., 'Open the conversation')]")
        .await;
    app.click("//button[contains(., 'Settings')]").await;
    app.click("//label[contains(., 'Start Bluetick when I log in')]")
        .await;
    // The crate that writes it goes by the home directory, wherever the configuration is.
    let place = app.data_dir.path().join(".config/autostart");
    let entry = eventually("the desktop is told", || {
        let mut entries = fs::read_dir(&place).ok()?;
        let entry = entries.next()?.ok()?.path();
        fs::read_to_string(entry).ok()
    });
    assert!(entry.contains("bluetick-desktop"), "{entry}");
    assert!(entry.contains("--hidden"), "{entry}");
    app.screenshot("settings-notifications").await;
    app.click("//label[contains(., 'Start Bluetick when I log in')]")
        .await;
    eventually("the desktop is told that it is over", || {
        fs::read_dir(&place).ok()?.next().is_none().then_some(())
    });
    app.close().await;
}
