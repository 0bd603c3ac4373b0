//! A notification service that freezes, ends, is another one, or is not there: popups suffer, and nothing else does.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::recorder::Recorder;
use super::{Ask, IDA, OMAR, PopupEngine};
use crate::bluetick::{messages, signal};
use crate::support::data_dir::DataDir;
use crate::support::payload::MINA;
use crate::support::session::{Bus, Desktop};
use crate::support::wait::eventually;

/// Waiting for the service would take its time-out of three seconds.
const AT_ONCE: Duration = Duration::from_secs(2);

fn receive_at_once(engine: &PopupEngine, count: usize) {
    for number in 0..count {
        let asked = Instant::now();
        let from = if number % 2 == 0 { MINA } else { OMAR };
        engine.receive(&format!("wamid.{number}"), from, "Are you there?");
        let took = asked.elapsed();
        assert!(took < AT_ONCE, "answer {number} took {took:?}");
    }
}

/// Waits until the engine says whether popups can be shown.
fn wait_for_state(engine: &PopupEngine, kind: &str) {
    loop {
        let said = engine.hear();
        if said["popups"]["state"]["kind"] == kind {
            return;
        }
    }
}

#[test]
fn a_frozen_service_holds_up_nothing_but_popups() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.before", MINA, "Before");
    desktop.wait_for_popups(1);
    signal(desktop.service_id(), "STOP");
    receive_at_once(&engine, 100);
    assert_eq!(messages(&data_dir).len(), 101);
    wait_for_state(&engine, "unavailable");
    signal(desktop.service_id(), "CONT");
    wait_for_state(&engine, "available");
    engine.receive("wamid.after", IDA, "After");
    desktop.wait_for_popups(3);
    let closed = desktop.close_popups();
    let of = |title: &str| closed.iter().filter(|popup| popup.title == title).count();
    assert_eq!(
        (of(MINA.name), of(OMAR.name), of(IDA.name)),
        (1, 1, 1),
        "{closed:?}"
    );
}

#[test]
fn what_is_read_while_the_service_is_frozen_goes_when_it_thaws() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let mut engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "On the screen");
    desktop.wait_for_popups(1);
    signal(desktop.service_id(), "STOP");
    engine.receive("wamid.2", OMAR, "On its way");
    wait_for_state(&engine, "unavailable");
    for with in [MINA, OMAR] {
        let conversation = super::conversation(&data_dir, with);
        assert_eq!(engine.ask(&Ask::MarkRead(conversation)), Value::Null);
    }
    engine.receive("wamid.3", IDA, "After");
    signal(desktop.service_id(), "CONT");
    eventually("only what is unread is left", || {
        let shown = desktop.close_popups();
        shown
            .iter()
            .any(|popup| popup.title == IDA.name)
            .then_some(())
    });
    desktop.wait_for_popups(0);
}

#[test]
fn a_service_that_is_started_anew_shows_what_comes_and_touches_no_others() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let before = Recorder::start(&bus);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    engine.receive("wamid.1", MINA, "Before");
    before.wait_for(&[(MINA.name, "Before")]);
    let id = before.id(MINA.name);
    drop(before);
    let after = Recorder::start(&bus);
    let foreign = loop {
        let foreign = after.show_foreign();
        if foreign == id {
            break foreign;
        }
    };
    let untouched = after.popup(foreign);
    // Neither changed in place nor closed: the popup under this id is another app's now.
    engine.receive("wamid.2", MINA, "Meanwhile");
    after.wait_until("the next one is shown", |shown| {
        shown
            .iter()
            .any(|popup| popup.body == "2 new messages\nMeanwhile")
    });
    after.choose(MINA.name, "mark-read", None);
    after.wait_until("it is gone again", |shown| {
        !shown.iter().any(|popup| popup.title == MINA.name)
    });
    assert_eq!(after.popup(foreign), untouched);
}

#[test]
fn a_service_that_was_killed_is_found_again() {
    let (mut desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.before", MINA, "Before");
    desktop.wait_for_popups(1);
    desktop.kill_service();
    receive_at_once(&engine, 20);
    wait_for_state(&engine, "unavailable");
    let told = desktop.overhear();
    desktop.start_service();
    // What came while there was none is told now; what was told before counts, and is not told again.
    told.wait_for(&["\"11 new messages", "\"10 new messages"]);
    desktop.wait_for_popups(2);
}

#[test]
fn popups_come_by_themselves_when_there_is_a_service_at_last() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    receive_at_once(&engine, 20);
    assert_eq!(messages(&data_dir).len(), 20);
    let screen = Recorder::start(&bus);
    screen.wait_for(&[
        (MINA.name, "10 new messages\nAre you there?"),
        (OMAR.name, "10 new messages\nAre you there?"),
    ]);
}

#[test]
fn without_a_bus_everything_else_goes_on() {
    let data_dir = DataDir::new();
    let mut engine = PopupEngine::start(&data_dir, |command| {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
            .env_remove("DISPLAY");
    });
    receive_at_once(&engine, 20);
    assert_eq!(messages(&data_dir).len(), 20);
    assert!(engine.ask(&Ask::Sample).is_string(), "a reason");
}

#[test]
fn clicks_that_nobody_else_may_make_are_not_heard() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    engine.receive("wamid.1", MINA, "Not yet clicked");
    screen.wait_for(&[(MINA.name, "Not yet clicked")]);
    let mut forged = std::process::Command::new("gdbus");
    forged.args([
        "emit",
        "--session",
        "--object-path",
        "/org/freedesktop/Notifications",
    ]);
    forged.args(["--signal", "org.freedesktop.Notifications.ActionInvoked"]);
    forged.args([screen.id(MINA.name).to_string().as_str(), "default"]);
    let emitted = bus
        .enter(&mut forged)
        .status()
        .expect("gdbus is installed by `make test`");
    assert!(emitted.success());
    screen.choose(MINA.name, "default", Some("token"));
    let mut clicks = 0;
    screen.wait_for(&[]);
    let mina = super::conversation(&data_dir, MINA);
    while clicks == 0 {
        clicks += usize::from(engine.hear() == json!({"clicked": mina}));
    }
    engine.receive("wamid.2", MINA, "Clicked once");
    screen.wait_for(&[(MINA.name, "Clicked once")]);
    assert!(
        engine
            .said
            .try_iter()
            .all(|said| said.get("clicked").is_none()),
        "once"
    );
}
